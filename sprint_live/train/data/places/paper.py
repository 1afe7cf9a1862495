"""A sheet of paper: blank, lined or squared, with soft shading.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    either,
    glow,
    grid,
    ink,
    mix,
    noise,
    over,
    rows,
    shine,
    smoothstep,
    vary,
)

WORDS = ("on paper", "on a sheet of paper", "on drawing paper")
VARIANTS = {
    "": WORDS,
    "lined": ("on lined paper", "on a page of a notebook"),
    "squared": ("on graph paper", "on squared paper"),
    "kraft": ("on brown paper", "on kraft paper"),
}


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Cream or white; light falls across it and it is a little wavy. Brown kraft paper in some pictures."""
    name = list(VARIANTS)[int(np.searchsorted((0.45, 0.65, 0.85), rng.random()))]
    sheet, blue, red = vary(
        rng,
        "#c99f6f" if name == "kraft" else ("#fbf6e9", "#f7f7f4", "#f5ecd6")[rng.integers(3)],
        "#7fa6d9",
        "#e58a8a",
        hue_deg=6,
        light=0.02,
    )
    sun = either(rng)
    x, y = grid()
    canvas = rows((0, sheet), (1, 0.96 * sheet))
    over(canvas, 0.86 * sheet, 0.4 * smoothstep(-0.6, 1.2, noise(rng, 1.5, 2, octaves=2)))
    over(canvas, 0.9 * sheet, 0.35 * smoothstep(-0.2, 1.0, noise(rng, 22, 22, octaves=2)))
    pitch = rng.uniform(0.055, 0.075)
    if name in ("lined", "squared"):
        bend = 0.004 * noise(rng, 1, 1, octaves=1)
        lines = [y + bend] if name == "lined" else [y + bend, x + bend]
        for along in lines:
            far = np.abs((along / pitch) % 1 - 0.5) * pitch
            over(canvas, blue, 0.55 * np.exp(-((far / 0.0036) ** 2)))
        if name == "lined":
            over(canvas, red, 0.6 * np.exp(-(((x - 0.13 + bend) / 0.0042) ** 2)))
    shine(canvas, 0.5 * smoothstep(-0.7, 0.9, sun * (x - 0.5) - (y - 0.5)), mix(sheet, "#fffdf2", 0.7))
    over(canvas, mix(sheet, "#5a4a4a", 0.5), 0.28 * smoothstep(0.35, 0.95, np.hypot(x - 0.5 - 0.16 * sun, y - 0.4)))
    glow(canvas, 0.5 + 0.3 * sun, 0.1, 0.4, ink("#fff8e0"), 0.3)
    return scenery(
        canvas,
        side,
        light=toward(0.5 * sun, -0.6, 0.65),
        words=VARIANTS[name],
        ground_y=None,
        shadow=False,
        ambient=0.95,
        calm=0,
    )


PLACE = Place(
    name="paper",
    words=WORDS,
    paint=paint,
    variants=tuple(word for name in list(VARIANTS)[1:] for word in VARIANTS[name]),
)
