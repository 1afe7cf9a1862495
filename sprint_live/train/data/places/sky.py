"""High up in the sky, among clouds.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places._noise import blob, either, glow, grid, ink, mix, noise, over, rows, smoothstep, vary
from sprint_live.train.data.places._place import Place, Scenery, scenery, toward
from sprint_live.train.data.places._sky import puffs, veils

WORDS = ("in the sky", "in the clouds", "high in the sky", "flying above the clouds")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Blue above, paler below, a few small clouds and a sea of large ones along the lower edge."""
    high, middle, low, shaded = vary(rng, "#2b82e0", "#74bcf4", "#d3eefc", "#b3cdee", hue_deg=10)
    sun = either(rng)
    canvas = rows((0, high), (0.5, middle), (0.9, low), soft=0.06)
    glow(canvas, 0.5 + 0.36 * sun, 0.1, 0.22, ink("#fff6cf"), 0.9)
    veils(canvas, rng, ink("#ffffff"), top=0.05, bottom=0.6, amount=0.4, across=2, down=7)
    puffs(canvas, rng, rng.integers(2, 4), top=0.16, bottom=0.5, lit=ink("#ffffff"), shaded=mix(middle, shaded, 0.7), size=0.05)
    for depth in (0.0, 0.5, 1.0):
        level = 0.74 + 0.13 * depth
        for at in rng.permutation(np.linspace(-0.05, 1.05, 9)):
            size = rng.uniform(0.06, 0.1) * (0.8 + 0.6 * depth) * (0.8 + 0.7 * abs(at - 0.5))
            at_y = level + rng.uniform(-0.02, 0.05) - 0.12 * abs(at - 0.5)
            blob(canvas, at, at_y + 0.02, 1.05 * size, mix(shaded, low, 0.6 * (1 - depth)), alpha=0.8, soft=0.5 * size)
            blob(canvas, at + 0.25 * size * sun, at_y - 0.1 * size, 0.9 * size, mix("#ffffff", low, 0.35 * (1 - depth)), alpha=0.85, soft=0.6 * size)
    over(canvas, ink("#ffffff"), 0.85 * smoothstep(0.86, 1.02, grid()[1] + 0.05 * noise(rng, 3, 3)))
    return scenery(canvas, side, light=toward(0.55 * sun, -0.7, 0.5), words=WORDS, ground_y=None, shadow=False, ambient=0.97)


PLACE = Place(name="sky", words=WORDS, paint=paint)
