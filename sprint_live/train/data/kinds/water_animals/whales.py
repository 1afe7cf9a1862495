"""Whales and dolphins.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, eyes, in_square, limb, loosely
from sprint_live.train.data.kinds._thing import Thing, kind, smooth


@kind("whale", group="animal", stands=False)
def whale(rng: np.random.Generator) -> Thing:
    """A round whale with a tail that stands up, and a spout now and then."""
    coat, parts = Coat(rng, "blue", "gray", "light blue", "dark blue", "turquoise"), []
    if rng.random() < 0.65:
        for s in (-1, 1):
            parts.append(
                area(
                    "spout",
                    limb(
                        [(0.16, -0.17), (0.16 + s * 0.03, -0.32), (0.16 + s * 0.11, -0.36), (0.16 + s * 0.15, -0.28)],
                        [0.03, 0.045, 0.045, 0.03],
                    ),
                    "light blue",
                    "white",
                )
            )
    parts.append(
        coat(
            "tail",
            smooth(
                [
                    (-0.42, -0.14),
                    (-0.55, -0.2),
                    (-0.56, -0.31),
                    (-0.46, -0.3),
                    (-0.4, -0.22),
                    (-0.33, -0.31),
                    (-0.24, -0.3),
                    (-0.26, -0.19),
                    (-0.37, -0.12),
                ]
            ),
            0.5,
        )
    )
    body = [
        (-0.43, -0.14),
        (-0.37, -0.14),
        (-0.25, -0.03),
        (-0.05, -0.13),
        (0.15, -0.19),
        (0.36, -0.13),
        (0.46, 0.05),
        (0.4, 0.2),
        (0.1, 0.25),
        (-0.2, 0.22),
        (-0.38, 0.08),
    ]
    parts.append(coat("body", loosely(rng, body, 0.005)))
    parts.append(
        area(
            "belly",
            smooth([(0.452, 0.1), (0.38, 0.2), (0.1, 0.243), (-0.16, 0.22), (0.0, 0.16), (0.25, 0.14)]),
            "white",
            "light blue",
            "beige",
        )
    )
    parts.append(coat("fin", smooth([(0.1, 0.1), (0.03, 0.22), (-0.06, 0.29), (-0.04, 0.17), (0.0, 0.08)]), 0.6))
    parts += eyes(rng, [(0.3, 0.0)], 0.03, coat.color)
    lines = [smooth([(0.45, 0.08), (0.36, 0.1), (0.28, 0.06)], closed=False)]
    return in_square(rng, parts, lines, ("side view",), stands=False, joins=0.6)


@kind("dolphin", group="animal", stands=False)
def dolphin(rng: np.random.Generator) -> Thing:
    """A dolphin that jumps."""
    coat = Coat(rng, "blue", "gray", "light blue", "turquoise")
    parts = [
        coat(
            "tail",
            smooth(
                [(-0.4, 0.2), (-0.55, 0.22), (-0.58, 0.29), (-0.46, 0.27), (-0.43, 0.38), (-0.36, 0.36), (-0.36, 0.25)]
            ),
            0.5,
        )
    ]
    parts.append(coat("fin", smooth([(-0.1, -0.13), (-0.2, -0.28), (-0.13, -0.28), (0.02, -0.15)]), 0.6))
    parts.append(
        coat(
            "body",
            smooth(
                [
                    (-0.42, 0.24),
                    (-0.3, 0.05),
                    (-0.1, -0.14),
                    (0.12, -0.18),
                    (0.28, -0.12),
                    (0.36, -0.02),
                    (0.48, 0.06),
                    (0.45, 0.1),
                    (0.32, 0.09),
                    (0.1, 0.08),
                    (-0.12, 0.1),
                    (-0.3, 0.2),
                    (-0.38, 0.28),
                ]
            ),
        )
    )
    parts.append(
        area(
            "belly",
            smooth([(0.36, 0.085), (0.1, 0.075), (-0.12, 0.095), (-0.26, 0.17), (-0.05, 0.04), (0.15, 0.02)]),
            "white",
            "light gray",
        )
    )
    parts.append(coat("fin", smooth([(0.1, 0.0), (0.04, 0.14), (-0.03, 0.22), (-0.02, 0.1), (0.0, 0.0)]), 0.6))
    parts += eyes(rng, [(0.27, -0.03)], 0.024, coat.color)
    return in_square(
        rng, parts, [smooth([(0.46, 0.07), (0.36, 0.05), (0.3, 0.02)], closed=False)], stands=False, joins=0.6
    )
