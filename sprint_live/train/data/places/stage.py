"""A theater stage with spotlights and curtains.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    either,
    glow,
    grid,
    hsv,
    ink,
    mix,
    over,
    rows,
    shine,
    smoothstep,
    under,
    vary,
)

WORDS = ("on a stage", "on stage in the spotlight", "in the spotlight", "on a theater stage")
CLOTHS = ("#b3162c", "#a01440", "#7a1fa0", "#163f9a")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Curtains in deep folds at both sides, two or three cones of light that meet on the boards in the middle."""
    cloth, dark, boards = vary(
        rng, CLOTHS[rng.integers(len(CLOTHS)) if rng.random() < 0.55 else 0], "#150d1c", "#5f3a2a", hue_deg=8
    )
    sun = either(rng)
    edge = rng.uniform(0.64, 0.69)
    x, y = grid()
    canvas = rows((0, dark), (edge, mix(dark, cloth, 0.3)), soft=0.06)
    over(canvas, rows((edge, mix(dark, boards, 0.55)), (1, boards)), under(edge, soft=0.008))
    planks = np.abs(((x - 0.5) / (y - 0.3).clip(0.1) * 3.2) % 1 - 0.5)
    over(canvas, 0.5 * boards, 0.5 * under(edge, soft=0.008) * smoothstep(0.42, 0.5, planks))
    warm = hsv(rng.uniform(36, 52), 0.22, 1.0)
    lamps = [(0.5 + 0.3 * sun, warm, 0.6), (0.5 - 0.32 * sun, hsv(rng.uniform(180, 330), 0.42, 1.0), 0.42)]
    if rng.random() < 0.5:
        lamps.append((0.5, warm, 0.35))
    for at, color, strength in lamps:
        share = ((y + 0.08) / (edge + 0.22)).clip(0, 1.3)
        center, half = at + (0.5 - at) * share, 0.02 + 0.2 * share
        cone = (
            smoothstep(1.0, 0.35, np.abs(x - center) / half)
            * (1 - smoothstep(edge, edge + 0.16, y))
            * (1 - 0.45 * share)
        )
        shine(canvas, strength * cone, color)
        glow(canvas, at, 0.0, 0.09, color, 0.8)
    pool = np.hypot((x - 0.5) / 0.32, (y - edge - 0.15) / 0.085)
    shine(canvas, 0.75 * smoothstep(1.15, 0.5, pool), mix(warm, "#ffd9a0", 0.5))
    waves = rng.uniform(0, 6.28)
    for way in (-1, 1):
        inner = (0.5 - way * 0.5) * np.float32(1) + way * (
            0.15 + 0.05 * smoothstep(0.7, 0.0, y) - 0.035 * np.exp(-(((y - 0.52) / 0.1) ** 2))
        )
        cover = smoothstep(0.012, -0.012, (x - inner) * way)
        fold = 0.5 + 0.5 * np.sin(2 * np.pi * x / 0.052 + waves + 0.8 * np.sin(5 * y))
        drape = cloth * (0.35 + 0.75 * fold * (0.55 + 0.45 * smoothstep(0.0, 0.6, y)))[..., None]
        over(canvas, drape, cover * (1 - smoothstep(edge + 0.055, edge + 0.075, y)))
    swag = 0.07 + 0.03 * np.abs(np.sin(2.5 * np.pi * x))
    valance = (
        cloth
        * (0.4 + 0.55 * (0.5 + 0.5 * np.sin(2 * np.pi * y / 0.045 - 3 * np.abs(np.sin(2.5 * np.pi * x)))))[..., None]
    )
    over(canvas, valance, smoothstep(0.006, -0.006, y - swag))
    over(canvas, ink("#e8b84f"), 0.85 * np.exp(-(((y - swag) / 0.007) ** 2)))
    return scenery(canvas, side, light=toward(0.4 * sun, -0.8, 0.45), words=WORDS, ground_y=edge + 0.12, ambient=0.6)


PLACE = Place(name="stage", words=WORDS, paint=paint, ground=0.78)
