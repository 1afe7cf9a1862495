"""A photographer's studio: a colored backdrop that rounds into the floor, a soft pool of light.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import either, glow, hsv, ink, mix, over, rows, under

WORDS = ("in a studio", "in front of a studio backdrop", "studio shot", "on a soft gradient background")
HUES = {"red": 2, "orange": 28, "yellow": 50, "green": 115, "teal": 175, "blue": 212, "purple": 272, "pink": 335}


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Light gray in a quarter of the pictures, and for seed 7, that scenes without a told place use."""
    neutral = rng.random() >= 0.6 and rng.random() >= 0.35
    name = "gray" if neutral else list(HUES)[rng.integers(len(HUES))]
    wall = (
        ink("#dfe1e5")
        if neutral
        else hsv(HUES[name] + rng.uniform(-7, 7), rng.uniform(0.3, 0.58), rng.uniform(0.82, 0.96))
    )
    sun = -1 if neutral else either(rng)
    fold = rng.uniform(0.62, 0.7)
    canvas = rows(
        (0, 0.86 * wall), (fold - 0.1, wall), (fold + 0.06, 0.93 * wall), (1, mix(wall, "#ffffff", 0.22)), soft=0.06
    )
    glow(canvas, 0.5 + 0.16 * sun, 0.36, 0.4, mix(wall, "#ffffff", 0.6), 0.55, flat=1.1)
    glow(canvas, 0.5, 0.9, 0.2, mix(wall, "#ffffff", 0.8), 0.4, flat=2.4)
    over(canvas, 0.72 * wall, 0.12 * under(fold, soft=0.1) * (1 - under(fold + 0.12, soft=0.12)))
    light, article = toward(0.5 * sun, -0.65, 0.6), "an" if name == "orange" else "a"
    return scenery(
        canvas,
        side,
        light=light,
        words=(*WORDS, f"in front of {article} {name} backdrop"),
        ground_y=fold + 0.1,
        calm=0,
        ambient=0.92,
    )


PLACE = Place(
    name="studio",
    words=WORDS,
    paint=paint,
    ground=0.76,
    variants=("gray backdrop", *(f"{name} backdrop" for name in HUES)),
)
