"""Dragons.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, eyes, in_square, limb
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import spikes_at


@kind("dragon", group="animal")
def dragon(rng: np.random.Generator) -> Thing:
    """A dragon from the side with wings, spikes and horns; now and then it breathes fire."""
    coat = Coat(rng, "green", "red", "purple", "blue", "orange")
    second = tuple(c for c in ("yellow", "orange", "red", "purple", "turquoise") if c != coat.color)
    parts = (
        [
            coat(
                "wing",
                smooth([(-0.02, -0.02), (0.0, -0.3), (0.12, -0.5), (0.15, -0.35), (0.2, -0.25), (0.1, -0.05)]),
                0.0,
            )
        ]
        if rng.random() < 0.4
        else []
    )
    parts.append(
        coat("tail", limb([(-0.05, 0.25), (-0.25, 0.36), (-0.42, 0.32), (-0.48, 0.16)], [0.24, 0.14, 0.09, 0.03]), 0.3)
    )
    parts.append(area("tip", polygon((-0.55, 0.18), (-0.48, 0.02), (-0.41, 0.18)), *second))
    parts += spikes_at([(-0.34, 0.3, -15), (-0.2, 0.23, -30), (-0.03, -0.2, -70), (0.0, -0.32, -60)], second)
    parts += [coat("leg", ellipse(x, 0.33, 0.1, 0.11), 0.3) for x in (0.08, -0.02)] + [
        coat("foot", ellipse(x, 0.43, 0.11, 0.04), 0.3) for x in (0.14, 0.03)
    ]
    parts.append(
        coat(
            "body",
            smooth(
                [
                    (0.03, -0.34),
                    (0.16, -0.32),
                    (0.16, -0.1),
                    (0.23, 0.1),
                    (0.21, 0.3),
                    (0.08, 0.4),
                    (-0.12, 0.34),
                    (-0.14, 0.15),
                    (-0.03, -0.1),
                ]
            ),
        )
    )
    belly = smooth(
        [(0.12, -0.22), (0.14, -0.08), (0.21, 0.1), (0.195, 0.27), (0.12, 0.35), (0.08, 0.2), (0.1, 0.05), (0.07, -0.1)]
    )
    parts.append(area("belly", belly, "light yellow", "beige", "yellow"))
    parts.append(
        area(
            "wing",
            smooth(
                [
                    (-0.01, 0.05),
                    (-0.08, -0.14),
                    (-0.22, -0.38),
                    (-0.5, -0.36),
                    (-0.42, -0.24),
                    (-0.42, -0.13),
                    (-0.3, -0.08),
                    (-0.26, 0.04),
                    (-0.12, 0.08),
                ]
            ),
            *second,
        )
    )
    parts += [
        area(
            "horn",
            limb([(x, -0.42), (x - 0.04, -0.5), (x - 0.1, -0.54)], [0.05, 0.035, 0.008]),
            "beige",
            "white",
            "gray",
        )
        for x in (0.1, 0.04)
    ]
    if rng.random() < 0.4:
        parts.append(
            area(
                "flame",
                smooth(
                    [
                        (0.36, -0.3),
                        (0.48, -0.4),
                        (0.55, -0.34),
                        (0.7, -0.34),
                        (0.6, -0.26),
                        (0.66, -0.18),
                        (0.5, -0.2),
                        (0.44, -0.16),
                    ]
                ),
                "orange",
                "red",
            )
        )
        parts.append(
            area("fire", smooth([(0.38, -0.28), (0.47, -0.33), (0.58, -0.29), (0.48, -0.23)]), "yellow", "orange")
        )
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (-0.0, -0.38),
                    (0.06, -0.46),
                    (0.18, -0.44),
                    (0.28, -0.37),
                    (0.4, -0.34),
                    (0.4, -0.24),
                    (0.25, -0.2),
                    (0.06, -0.24),
                ]
            ),
            0.1,
        )
    )
    parts += [coat("arm", limb([(0.12, 0.02), (0.22, 0.08), (0.29, 0.03)], 0.06), 0.3)]
    parts += eyes(rng, [(0.17, -0.36)], 0.035, coat.color)
    lines = [
        smooth([(0.395, -0.27), (0.3, -0.265), (0.2, -0.29)], closed=False),
        np.float32([(0.36, -0.31), (0.37, -0.305)]),
    ]
    lines += [
        smooth([(-0.01, 0.05), (-0.2, -0.15), (-0.42, -0.24)], closed=False),
        smooth([(-0.01, 0.05), (-0.15, -0.05), (-0.3, -0.08)], closed=False),
    ]
    return in_square(rng, parts, lines, ("side view",), joins=0.7)
