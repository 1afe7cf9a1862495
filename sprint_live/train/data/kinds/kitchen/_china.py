"""What vessels share: their colors, outlines and patterns.

Knows: numpy, the form of a thing.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import part, star_outline, style
from sprint_live.train.data.kinds._thing import Part, ellipse, mirrored, smooth

CHINA = "white, light blue, red, yellow, green, blue, pink, turquoise, orange"


def turned_body(*half: tuple[float, float], steps: int = 6) -> np.ndarray:
    """The outline of a body of revolution about x = 0.5 from the widths of its right half, top to bottom."""
    right = smooth([(0.5 + wide, y) for wide, y in half], closed=False, steps=steps)
    return np.concatenate([right, mirrored(right)[::-1]])


def pattern_on(rng: np.random.Generator, left: float, right: float, top: float, bottom: float) -> list[Part]:
    """A heart, a star, dots or nothing in a rectangle."""
    form = style(rng, "heart", "star", "dots", "none")
    x, y, size = (left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top) * 0.4
    if form == "heart":
        half = smooth(
            [(x, y - size * 0.4), (x + size * 0.5, y - size * 0.85), (x + size, y - size * 0.3), (x, y + size)],
            closed=False,
        )
        return [part("heart", np.concatenate([half, mirrored(half, x)[::-1][1:-1]]), "red, pink, yellow")]
    if form == "star":
        return [part("star", star_outline(x, y, size, size * 0.42), "yellow, red, blue")]
    if form == "dots":
        return [
            part("dot", ellipse(x + dx * size, y + dy * size, size * 0.25), "red, yellow, blue, white, orange")
            for dx, dy in ((-0.9, -0.5), (0.1, -0.7), (0.9, -0.3), (-0.4, 0.4), (0.5, 0.6))
        ]
    return []
