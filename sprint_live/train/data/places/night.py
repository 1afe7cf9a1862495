"""A clear night: moon, stars, dark hills.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    either,
    grid,
    ink,
    mix,
    noise,
    over,
    rows,
    shine,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import hills, moon, stars

WORDS = ("at night", "at night under the stars", "in the moonlight", "under a starry sky")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Deep blue to violet, paler over the hills, with the moon high on one side."""
    high, middle, low, far, near, grass = vary(
        rng, "#0a1238", "#1b2f72", "#4a69ae", "#2a437c", "#182c58", "#12233f", hue_deg=14
    )
    horizon = rng.uniform(0.6, 0.66)
    canvas = rows((0, high), (0.55 * horizon, middle), (horizon, low), soft=0.05)
    shine(canvas, 0.22 * smoothstep(0, 1.2, noise(rng, 2, 3)) * (1 - under(0.5 * horizon, soft=0.3)), ink("#8b9cff"))
    stars(canvas, rng, 130, bottom=horizon)
    sun = either(rng)
    moon(
        canvas,
        rng,
        0.5 + sun * rng.uniform(0.24, 0.34),
        rng.uniform(0.14, 0.22),
        rng.uniform(0.055, 0.08),
        ink("#fdf6dc"),
    )
    hills(
        canvas,
        rng,
        horizon - 0.02,
        rise=0.045,
        cells=2.4,
        color=mix(far, low, 0.35),
        foot=mix(far, low, 0.55),
        soft=0.008,
    )
    hills(canvas, rng, horizon + 0.05, rise=0.03, cells=1.8, color=mix(near, far, 0.5), foot=near, soft=0.008)
    edge = hills(
        canvas,
        rng,
        horizon + 0.12,
        rise=0.015,
        cells=1.2,
        color=mix(near, low, 0.28),
        foot=grass,
        soft=0.01,
        depth=0.35,
    )
    y = grid()[1]
    over(
        canvas,
        mix(low, "#7fa8c8", 0.3),
        0.3 * under(edge, soft=0.02) * smoothstep(-0.2, 1.0, noise(rng, 3, 9)) * (1.15 - y),
    )
    return scenery(
        canvas,
        side,
        light=toward(0.6 * sun, -0.65, 0.45),
        words=WORDS,
        ground_y=horizon + 0.15,
        shadow=False,
        ambient=0.55,
    )


PLACE = Place(name="night", words=WORDS, paint=paint, ground=0.78)
