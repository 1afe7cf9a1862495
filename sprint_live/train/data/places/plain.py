"""One flat color, or white: the place when none is asked for.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import WORK, either, hsv, ink

WORDS = ("on a plain background", "on a flat background", "with nothing behind")
WHITE = ("on a white background", "on white")
SHADES = {
    "white": "#ffffff",
    "light blue": "#cfe6f7",
    "pink": "#f8d3dc",
    "yellow": "#fbe9a6",
    "light green": "#d3ecc9",
    "beige": "#f1e4d0",
    "gray": "#c9ccd1",
    "purple": "#d9cdee",
    "orange": "#fbcf9f",
    "blue": "#8fbde8",
    "black": "#1d1f26",
}


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """White in half of the pictures, and for the generator of seed 7, that scenes without a told place use."""
    names = list(SHADES)
    name = "white" if rng.random() >= 0.5 else names[rng.integers(1, len(names))]
    color = ink(SHADES[name])
    if name not in ("white", "black"):
        color = np.clip(color * rng.uniform(0.97, 1.03) + hsv(rng.uniform(0, 360), 1, 0.02), 0, 1).astype(np.float32)
    canvas = np.tile(color, (WORK, WORK, 1))
    article = "an" if name == "orange" else "a"
    words = (
        (*WORDS, *WHITE)
        if name == "white"
        else (f"on {article} {name} background", f"on {article} plain {name} background")
    )
    return scenery(
        canvas,
        side,
        light=toward(0.5 * either(rng), -0.65, 0.6),
        words=words,
        ground_y=0.8,
        calm=0,
        ambient=0.5 if name == "black" else 0.95,
    )


PLACE = Place(
    name="plain",
    words=(*WORDS, *WHITE),
    paint=paint,
    ground=0.8,
    variants=tuple(f"{name} background" for name in SHADES if name != "white"),
)
