"""Polished silver: gold's mirror in cool grays.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.materials._surface import Layer, Material, Surface
from sprint_live.train.data.materials.gold import metal


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Near black through cool gray to white."""
    dark, middle, bright = np.float32([[0.07, 0.08, 0.10], [0.66, 0.69, 0.74], [1.0, 1.0, 1.0]])
    return metal(surface, dark, middle, bright, rng)


MATERIAL = Material(
    name="silver",
    words=("made of silver", "silver metal", "chrome", "polished silver", "shiny metal"),
    render=render,
    tints=False,
)
