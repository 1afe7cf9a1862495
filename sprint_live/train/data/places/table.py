"""A wooden table top before a blurred room.

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

WORDS = ("on a table", "on a wooden table", "on a desk", "on a wooden table top")
WOODS = (("#c98d54", "#8f5930"), ("#a86a3c", "#6b3d22"), ("#deb07a", "#ae7a48"))
ROOMS = (("#6b5a4c", "#b09274"), ("#5a6a66", "#a9b49c"), ("#7a5a56", "#c79a86"), ("#4f5f74", "#a9b2b9"))


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Planks that run toward the viewer with a shine on them; behind, a dim room with a window and discs of light."""
    codes = (*WOODS[rng.integers(len(WOODS))], *ROOMS[rng.integers(len(ROOMS))])
    wood, grain, dim, warm = vary(rng, *codes, hue_deg=7)
    sun = either(rng)
    edge = rng.uniform(0.58, 0.63)
    x, y = grid()
    canvas = rows((0, dim), (edge, mix(dim, warm, 0.6)), soft=0.08)
    shelves = [box(at, rng.uniform(0.05, 0.3), at + rng.uniform(0.06, 0.2), edge) for at in rng.uniform(-0.1, 0.9, 5)]
    over(canvas, warm, 0.3 * shape(shelves[:3], blur=0.03))
    over(canvas, 0.7 * dim, 0.4 * shape(shelves[3:], blur=0.03))
    window = 0.5 + 0.33 * sun
    shine(
        canvas,
        0.75
        * shape(
            [box(window - 0.15, 0.05, window - 0.012, 0.42), box(window + 0.012, 0.05, window + 0.15, 0.42)], blur=0.02
        ),
        ink("#fff4d8"),
    )
    glow(canvas, window, 0.24, 0.34, ink("#ffe2b0"), 0.5)
    for _ in range(16):
        size = rng.uniform(0.018, 0.045)
        tint = mix("#ffdf9a", "#ff9f6a", rng.random())
        blob(
            canvas,
            0.5 - sun * rng.uniform(-0.1, 0.5),
            rng.uniform(0.06, edge - 0.06),
            size,
            tint,
            alpha=rng.uniform(0.15, 0.4),
            soft=0.2 * size + 0.004,
            light=True,
        )
    top = under(edge, soft=0.01)
    depth = (y - edge).clip(0) + 0.34
    across = (x - 0.5) / depth * 2.1 + 20.5
    plank, within = np.floor(across).astype(np.int64), np.abs(across % 1 - 0.5)
    tone = rng.uniform(-0.11, 0.11, 64).astype(np.float32)[plank.clip(0, 63)]
    streaks = np.take_along_axis(
        noise(rng, 26, 2.2, octaves=2), (((x - 0.5) / depth * 0.3 + 0.5) * 255).clip(0, 255).astype(np.int64), 1
    )
    face = rows((edge, mix(wood, warm, 0.35)), (0.8, wood), (1, mix(wood, grain, 0.3)))
    face = face + (grain - face) * (0.5 * smoothstep(-0.3, 1.2, streaks))[..., None]
    over(canvas, face * (1 + tone[..., None]), top)
    over(canvas, 0.6 * grain, 0.65 * top * smoothstep(0.478, 0.5, within))
    shine(canvas, 0.4 * top * np.exp(-(((y - edge) / 0.12) ** 2)), mix(warm, "#fff0d0", 0.5))
    glow(canvas, 0.5 + 0.2 * sun, edge + 0.14, 0.12, ink("#ffeccc"), 0.35, flat=2.0)
    return scenery(canvas, side, light=toward(0.6 * sun, -0.6, 0.5), words=WORDS, ground_y=edge + 0.12, ambient=0.8)


PLACE = Place(name="table", words=WORDS, paint=paint, ground=0.73)
