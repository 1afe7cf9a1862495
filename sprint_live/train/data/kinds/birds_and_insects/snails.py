"""Snails.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, in_square, limb, smile
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, smooth


@kind("snail", group="animal")
def snail(rng: np.random.Generator) -> Thing:
    """A snail with a spiral shell."""
    coat = Coat(rng, "beige", "yellow", "light green", "light brown", "pink")
    body = smooth(
        [
            (-0.45, 0.3),
            (-0.25, 0.2),
            (0.1, 0.2),
            (0.24, 0.1),
            (0.28, -0.08),
            (0.38, -0.13),
            (0.46, -0.04),
            (0.43, 0.15),
            (0.32, 0.28),
            (0.1, 0.31),
            (-0.2, 0.31),
        ]
    )
    parts = [
        coat("stalk", limb([(x, -0.08), (x + d * 0.5, -0.18), (x + d, -0.26)], 0.03), 0.0)
        for x, d in ((0.34, -0.04), (0.4, 0.05))
    ]
    parts += [coat("body", body), *(dot(x, -0.28, 0.035, name="eye") for x in (0.3, 0.45))]
    radius = rng.uniform(0.24, 0.28)
    parts.append(area("shell", ellipse(-0.06, 0.22 - radius, radius), "brown", "orange", "red", "purple", "blue"))
    t = np.linspace(0, 2.2 * 2 * np.pi, 60)
    spiral = np.stack(
        [
            -0.06 + radius * 0.92 * t / t[-1] * np.cos(t + 1.3),
            0.22 - radius + radius * 0.92 * t / t[-1] * np.sin(t + 1.3),
        ],
        1,
    ).astype(np.float32)
    if rng.random() < 0.3:
        parts.append(area("swirl", ellipse(-0.06, 0.22 - radius, radius * 0.6), "yellow", "white", "pink"))
        parts.append(
            area("shell", ellipse(-0.06, 0.22 - radius, radius * 0.25), "brown", "orange", "red", "purple", "blue")
        )
        spiral = smile(0.38, 0.05, 0.08, 0.5)
    return in_square(rng, parts, [spiral, smile(0.39, 0.03, 0.08, 0.6)])
