"""A winter landscape with firs and falling snow.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    blob,
    either,
    glow,
    ink,
    mix,
    noise,
    over,
    rows,
    shape,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import hills, pine

WORDS = ("in the snow", "on the snow", "in winter", "in a snowy landscape")
SKIES = (("#5b9fe0", "#d3e9fb", "#fff3d6"), ("#8ea4dc", "#fbd7dc", "#ffdcc0"), ("#7fa6cc", "#d6e6f2", "#ffffff"))


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """A blue, rosy or pale gray winter sky, rows of firs that fade away, blue shadows on white ground, soft flakes."""
    high, low, beam = vary(rng, *SKIES[rng.integers(len(SKIES))])
    white, blue, fir = vary(rng, "#fafcff", "#a9c8ef", "#2c6670", hue_deg=8)
    sun = either(rng)
    horizon = rng.uniform(0.52, 0.6)
    canvas = rows((0, high), (horizon, low))
    glow(canvas, 0.5 + 0.35 * sun, 0.2, 0.26, beam, 0.65)
    hills(
        canvas,
        rng,
        horizon - 0.08,
        rise=0.05,
        cells=2.2,
        color=mix(white, low, 0.35),
        foot=mix(blue, low, 0.4),
        soft=0.012,
    )
    for depth, height, edges in (
        (0.66, 0.2, ((-0.05, 1.05),) * 9),
        (0.2, 0.38, ((-0.04, 0.24),) * 4 + ((0.76, 1.04),) * 4),
    ):
        firs = [
            pine(rng.uniform(*edge), horizon + 0.06 - 0.05 * depth, height * rng.uniform(0.8, 1.25)) for edge in edges
        ]
        alpha = shape(firs, blur=0.005 + 0.005 * depth)
        over(canvas, mix(fir, low, depth), 0.95 * alpha)
        lifted = shape([outline - np.float32([-0.014 * sun, 0.016]) for outline in firs], blur=0.008)
        over(
            canvas,
            mix(white, low, 0.6 * depth),
            0.85 * alpha * lifted * smoothstep(-0.5, 0.6, noise(rng, 12, 26, octaves=1)),
        )
    hills(
        canvas,
        rng,
        horizon + 0.06,
        rise=0.018,
        cells=1.5,
        color=mix(white, low, 0.15),
        foot=mix(blue, white, 0.35),
        soft=0.01,
    )
    edge = hills(
        canvas,
        rng,
        horizon + 0.15,
        rise=0.02,
        cells=1.1,
        color=white,
        foot=mix(white, blue, 0.35),
        soft=0.01,
        depth=0.4,
    )
    over(canvas, blue, 0.55 * under(edge + 0.03, soft=0.06) * smoothstep(0, 1.1, noise(rng, 2, 5)))
    for _ in range(60):
        size = 0.003 + 0.011 * rng.random() ** 3
        blob(canvas, rng.random(), rng.random(), size, ink("#ffffff"), alpha=0.85, soft=0.8 * size)
    return scenery(
        canvas, side, light=toward(0.55 * sun, -0.55, 0.6), words=WORDS, ground_y=horizon + 0.18, ambient=0.95
    )


PLACE = Place(name="snow", words=WORDS, paint=paint, ground=0.74)
