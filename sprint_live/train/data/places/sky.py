"""High up in the sky, among clouds.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import either, glow, grid, ink, mix, noise, over, rows, smoothstep, vary
from sprint_live.train.data.places._sky import puffs, veils

WORDS = ("in the sky", "in the clouds", "high in the sky", "flying above the clouds")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Blue above, paler below, a few small clouds and a sea of large ones along the lower edge."""
    high, middle, low, shaded = vary(rng, "#2b82e0", "#74bcf4", "#d3eefc", "#b3cdee", hue_deg=10)
    sun = either(rng)
    canvas = rows((0, high), (0.5, middle), (0.9, low), soft=0.06)
    glow(canvas, 0.5 + 0.36 * sun, 0.08, 0.2, ink("#fff0b8"), 0.75)
    veils(canvas, rng, ink("#ffffff"), top=0.05, bottom=0.6, amount=0.4, across=2, down=7)
    puffs(
        canvas,
        rng,
        rng.integers(2, 4),
        top=0.16,
        bottom=0.5,
        lit=ink("#ffffff"),
        shaded=mix(middle, shaded, 0.7),
        size=0.05,
    )
    for depth in (0.0, 0.5, 1.0):
        puffs(
            canvas,
            rng,
            7,
            top=0.74 + 0.09 * depth,
            bottom=0.8 + 0.14 * depth,
            lit=mix("#ffffff", low, 0.45 * (1 - depth)),
            shaded=mix(shaded, low, 0.7 * (1 - depth)),
            size=0.11 + 0.05 * depth,
        )
    over(canvas, ink("#ffffff"), 0.8 * smoothstep(0.88, 1.02, grid()[1] + 0.05 * noise(rng, 3, 3)))
    return scenery(
        canvas, side, light=toward(0.55 * sun, -0.7, 0.5), words=WORDS, ground_y=None, shadow=False, ambient=0.97
    )


PLACE = Place(name="sky", words=WORDS, paint=paint)
