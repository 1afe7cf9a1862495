"""A kitchen: tiles, a shelf with jars, a pale counter.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    blob,
    box,
    either,
    glow,
    grid,
    hsv,
    ink,
    mix,
    noise,
    over,
    rows,
    shape,
    shine,
    smoothstep,
    under,
    vary,
)

WORDS = ("in a kitchen", "in the kitchen", "on a kitchen counter")
TILES = ("#a9d8d0", "#bcd8ee", "#f4e6c4", "#cfe3b8", "#f0c9bc")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Glossy tiles in one color, a wooden shelf with jars and pots above, a stone or wooden counter in front."""
    tile, shelf = vary(rng, TILES[rng.integers(len(TILES))], "#b98250", hue_deg=9)
    sun = either(rng)
    edge = rng.uniform(0.64, 0.69)
    x, y = grid()
    canvas = rows((0, 0.9 * tile), (0.4, tile), (edge, 0.92 * tile))
    size = rng.uniform(0.085, 0.105)
    row = np.floor(y / size)
    at_x, at_y = (
        np.abs(((x / (1.7 * size) + 0.5 * (row % 2)) % 1) - 0.5) * 1.7 * size,
        np.abs((y / size) % 1 - 0.5) * size,
    )
    joint = np.maximum(
        smoothstep(0.85 * size - 0.007, 0.85 * size - 0.002, at_x),
        smoothstep(0.5 * size - 0.007, 0.5 * size - 0.002, at_y),
    )
    over(canvas, mix(tile, "#ffffff", 0.75), 0.7 * joint)
    shine(canvas, 0.22 * smoothstep(0.5, 0.0, (y / size) % 1) * (1 - joint), ink("#ffffff"))
    glow(canvas, 0.5 + 0.3 * sun, 0.2, 0.42, ink("#fff0cc"), 0.6)
    level = rng.uniform(0.23, 0.27)
    over(canvas, 0.75 * tile, 0.5 * shape(box(-0.1, level, 1.1, level + 0.06), blur=0.02))
    at = rng.uniform(-0.02, 0.03)
    while at < 1:
        wide, tall, color = (
            rng.uniform(0.035, 0.06),
            rng.uniform(0.08, 0.15),
            hsv(rng.choice((12, 30, 48, 120, 190, 345)), rng.uniform(0.35, 0.65), rng.uniform(0.75, 0.95)),
        )
        if rng.random() < 0.75:
            over(canvas, color, shape(box(at, level - tall, at + 2 * wide, level, radius=0.022), blur=0.006))
            blob(
                canvas,
                at + 0.6 * wide,
                level - 0.55 * tall,
                0.16 * wide,
                ink("#ffffff"),
                ry=0.3 * tall,
                alpha=0.4,
                soft=0.012,
                light=True,
            )
            over(
                canvas,
                mix(color, "#6b4a30", 0.5),
                shape(
                    box(at + 0.25 * wide, level - tall - 0.018, at + 1.75 * wide, level - tall + 0.008, radius=0.008),
                    blur=0.005,
                ),
            )
        at += 2 * wide + rng.uniform(0.01, 0.05)
    over(
        canvas,
        rows((level, mix(shelf, "#ffe0b0", 0.3)), (level + 0.03, 0.85 * shelf), soft=0.005),
        shape(box(-0.1, level, 1.1, level + 0.026), blur=0.004),
    )
    wooden = rng.random() < 0.3
    stone = mix(shelf, "#e8c08a", 0.55) if wooden else mix(mix("#f3f1ec", tile, 0.15), "#9fa8b4", 0.12)
    top = under(edge, soft=0.006)
    over(canvas, rows((edge, 0.9 * stone), (0.86, stone), (1, mix(stone, "#ffffff", 0.3))), top)
    over(
        canvas,
        0.8 * stone,
        0.45 * top * smoothstep(-0.2, 1.1, noise(rng, 2.5 if wooden else 4, 26 if wooden else 9, octaves=2)),
    )
    over(canvas, 0.6 * stone, 0.5 * np.exp(-(((y - edge) / 0.012) ** 2)))
    glow(canvas, 0.5 + 0.2 * sun, edge + 0.13, 0.1, ink("#fffbe8"), 0.3, flat=2.6)
    return scenery(
        canvas, side, light=toward(0.5 * sun, -0.7, 0.5), words=WORDS, ground_y=edge + 0.1, ambient=0.92, calm=0.7
    )


PLACE = Place(name="kitchen", words=WORDS, paint=paint, ground=0.77)
