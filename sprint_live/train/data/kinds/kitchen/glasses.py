"""Glasses to drink from.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon
from sprint_live.train.data.kinds.kitchen._china import turned_body


@kind("glass", group="object")
def glass(rng: np.random.Generator) -> Thing:
    """A tumbler with a straw or a slice."""
    return _glass(rng, "tumbler")


@kind("wine glass", group="object")
def wine_glass(rng: np.random.Generator) -> Thing:
    """A wine glass, partly full."""
    return _glass(rng, "wine")


@kind("cocktail glass", "cocktail", group="object")
def cocktail_glass(rng: np.random.Generator) -> Thing:
    """A pointed glass on a stem, with an olive."""
    return _glass(rng, "cocktail")


def _glass(rng: np.random.Generator, form: str) -> Thing:
    """A glass of that form and its drink."""
    parts, lines = [], []
    drink = "red, orange, yellow, purple, pink, green, dark red"
    if form == "tumbler":
        if some(rng, 0.7):
            parts.append(
                part(
                    "straw",
                    thick(np.float32([(0.42, 0.6), (0.6, 0.16), (0.78, 0.1)]), 0.035),
                    "red, yellow, green, pink, white",
                )
            )
        parts.append(
            part(
                "glass",
                polygon((0.24, 0.24), (0.76, 0.24), (0.69, 0.94), (0.31, 0.94)),
                "light blue, white, light gray",
                body=True,
            )
        )
        level = rng.uniform(0.36, 0.5)
        inset = (level - 0.24) * 0.1 + 0.03
        parts.append(
            part(
                "drink",
                polygon((0.24 + inset, level), (0.76 - inset, level), (0.665, 0.9), (0.335, 0.9)),
                drink + ", brown",
            )
        )
        if some(rng):
            parts += [
                part("ice cube", box(x, y, x + 0.12, y + 0.11, radius=0.015), "light blue, white")
                for x, y in ((0.38, level + 0.04), (0.52, level + 0.1))
            ]
        if some(rng):
            parts += [
                part("slice", ellipse(0.75, 0.25, 0.12), "yellow, orange, green"),
                part("pulp", ellipse(0.75, 0.25, 0.09), "light yellow, light orange, light green"),
            ]
            lines += [
                polygon((0.75 - 0.09 * c, 0.25 - 0.09 * s), (0.75 + 0.09 * c, 0.25 + 0.09 * s))
                for c, s in ((1, 0), (0.5, 0.87), (-0.5, 0.87))
            ]
        return finished(rng, parts, lines)
    parts.append(part("stem", box(0.478, 0.5, 0.522, 0.9), "light gray, white, light blue"))
    parts.append(part("base", arc(0.5, 0.95, 0.19, 0.06, 180, 360), "light gray, white, light blue"))
    if form == "cocktail":
        level = rng.uniform(0.25, 0.34)
        brim = 0.26 * (0.58 - level) / 0.31
        parts.append(part("stick", thick([(0.38, 0.44), (0.72, 0.06)], 0.02), WOOD))
        parts.append(part("olive", ellipse(0.66, 0.13, 0.055), "green, red, dark green"))
        parts.append(
            part(
                "glass",
                polygon((0.12, 0.18), (0.88, 0.18), (0.52, 0.62), (0.48, 0.62)),
                "light blue, white, light gray",
                body=True,
            )
        )
        parts.append(part("drink", polygon((0.5 - brim, level), (0.5 + brim, level), (0.5, 0.58)), drink))
    else:
        wide = rng.uniform(0.2, 0.24)
        bowl = turned_body((wide * 0.82, 0.06), (wide, 0.26), (wide * 0.8, 0.46), (0.03, 0.6))
        parts.append(part("glass", bowl, "light blue, white, light gray", body=True))
        inner = np.float32([0.5, 0.56]) + (bowl - np.float32([0.5, 0.6])) * np.float32([0.84, 0.92])
        parts.append(part("drink", inner[inner[:, 1] > rng.uniform(0.22, 0.32)], drink + ", dark red"))
    return finished(rng, parts, lines)
