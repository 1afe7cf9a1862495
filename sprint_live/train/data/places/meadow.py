"""Green hills under a summer sky.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    blob,
    either,
    glow,
    grid,
    ink,
    mix,
    noise,
    over,
    rows,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import hills, puffs

WORDS = ("on a meadow", "in a meadow", "on the grass", "in a green field")
FLOWERS = ("on a flower meadow", "in a meadow full of flowers")
PETALS = ("#fff6e0", "#ffd34d", "#f4709a", "#c48bef", "#ff8f5c")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Blue sky with round clouds, two rows of hills, grass with patches of sun; flowers in half of the pictures."""
    sun = either(rng)
    high, low = vary(rng, "#3f97e6", "#d2eefb")
    far, near, sunny, dark = vary(rng, "#9fd3a0", "#6fbf5a", "#b4de5e", "#3f9440", hue_deg=9)
    horizon = rng.uniform(0.5, 0.58)
    canvas = rows((0, high), (horizon, low))
    glow(canvas, 0.5 + 0.42 * sun, 0.05, 0.24, ink("#fff0b0"), 0.6)
    puffs(canvas, rng, rng.integers(2, 5), top=0.14, bottom=0.36, lit=ink("#ffffff"), shaded=mix(low, "#a9c6e4", 0.6))
    hills(
        canvas,
        rng,
        horizon - 0.03,
        rise=0.035,
        cells=2.5,
        color=mix(far, low, 0.25),
        foot=mix(far, low, 0.5),
        soft=0.01,
    )
    hills(canvas, rng, horizon + 0.05, rise=0.03, cells=1.6, color=mix(near, far, 0.35), foot=near, soft=0.008)
    edge = hills(
        canvas,
        rng,
        horizon + 0.14,
        rise=0.018,
        cells=1.2,
        color=mix(near, sunny, 0.6),
        foot=mix(near, dark, 0.15),
        depth=0.35,
    )
    _x, y = grid()
    field = under(edge + 0.01, soft=0.03)
    over(canvas, sunny, 0.55 * field * smoothstep(-0.2, 1.1, noise(rng, 2, 7) - 0.5 * (y - 0.6)))
    over(canvas, dark, 0.5 * field * smoothstep(0.86, 1.08, y + 0.06 * noise(rng, 16, 4, octaves=2)))
    words = WORDS
    if rng.random() < 0.5:
        words = FLOWERS
        for depth in np.sort(rng.random(70)) ** 0.8:
            at_x, at_y = rng.random(), horizon + 0.2 + 0.3 * depth
            if depth < 0.6 and abs(at_x - 0.5) < 0.2:
                continue
            size = 0.004 + 0.011 * depth**1.6
            blob(
                canvas,
                at_x,
                at_y,
                size,
                ink(PETALS[rng.integers(len(PETALS))]),
                ry=0.8 * size,
                soft=0.7 * size,
                alpha=0.9,
            )
    return scenery(
        canvas, side, light=toward(0.55 * sun, -0.7, 0.5), words=words, ground_y=horizon + 0.21, ambient=0.92
    )


PLACE = Place(name="meadow", words=WORDS, paint=paint, ground=0.75, variants=FLOWERS)
