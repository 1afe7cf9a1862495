"""Strawberries and grapes.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, even, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind


@kind("strawberry", group="food")
def strawberry(rng: np.random.Generator) -> Thing:
    """A strawberry with seeds and a green top."""
    wide = rng.uniform(0.32, 0.38)
    skin = even(
        [
            (0.5, 0.28),
            (0.5 + wide * 0.7, 0.26),
            (0.5 + wide, 0.42),
            (0.5 + wide * 0.75, 0.66),
            (0.5 + wide * 0.3, 0.88),
            (0.5, 0.95),
        ]
    )
    parts = [area("skin", skin, "red", "pink", body=True)]
    for row, (y, num) in enumerate(((0.44, 4), (0.56, 3), (0.68, 3), (0.8, 2))):
        for place in np.linspace(-1, 1, num) * wide * (0.7, 0.52, 0.42, 0.16)[row]:
            parts.append(
                area(
                    "seed",
                    petal(0.5 + place + rng.uniform(-0.01, 0.01), y, 0.055, 0.032, 180, sharp=True),
                    "yellow",
                    "white",
                )
            )
    num = int(rng.integers(5, 8))
    parts += [
        area("leaf", petal(0.5, 0.23, rng.uniform(0.18, 0.23), 0.12, turn, sharp=True), "green", "dark green")
        for turn in np.linspace(95, 265, num)
    ]
    parts.append(
        area(
            "stem",
            limb([(0.5, 0.27), (0.5, 0.18), (0.5 + rng.uniform(-0.06, 0.06), 0.1)], [0.05, 0.035, 0.04]),
            "green",
            "brown",
        )
    )
    return in_square(rng, parts)


@kind("grapes", "bunch of grapes", group="food")
def grapes(rng: np.random.Generator) -> Thing:
    """A bunch of round grapes below a leaf."""
    size = rng.uniform(0.095, 0.11)
    parts = [area("stem", limb([(0.5, 0.36), (0.5, 0.2), (0.55, 0.06)], [0.04, 0.035, 0.045]), "brown", "green")]
    for row, num in enumerate((4, 3, 4, 3, 2, 1)):
        for place in (np.arange(num) - (num - 1) / 2) * size * 1.75:
            parts.append(
                area(
                    "grape",
                    ellipse(0.5 + place + rng.uniform(-0.01, 0.01), 0.36 + row * size * 1.25, size),
                    "purple",
                    "green",
                    "red",
                    body=True,
                )
            )
    leaf = loosely(
        rng,
        [
            (0.5, 0.24),
            (0.58, 0.1),
            (0.68, 0.14),
            (0.8, 0.1),
            (0.8, 0.22),
            (0.86, 0.32),
            (0.72, 0.34),
            (0.62, 0.42),
            (0.58, 0.32),
        ],
    )
    parts.append(area("leaf", leaf, "green", "dark green"))
    return in_square(rng, parts)
