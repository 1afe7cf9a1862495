"""Dinosaurs.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, eyes, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs, spikes_at


@kind("dinosaur", "dino", group="animal")
def dinosaur(rng: np.random.Generator) -> Thing:
    """A long-necked dinosaur, one with plates, or one on two legs with teeth."""
    style = rng.choice(["long neck", "plates", "two legs"])
    coat = Coat(rng, "green", "purple", "orange", "blue", "light green", "turquoise")
    second = tuple(c for c in ("orange", "yellow", "red", "dark green", "pink") if c != coat.color)
    if style == "two legs":
        parts = [
            coat(
                "tail",
                limb([(-0.06, 0.18), (-0.25, 0.28), (-0.42, 0.26), (-0.54, 0.16)], [0.26, 0.17, 0.09, 0.01]),
                0.3,
            )
        ]
        parts += [
            coat("leg", limb([(x, 0.2), (x - 0.03, 0.32), (x + 0.02, 0.42)], [0.17, 0.11, 0.09]), 0.3)
            for x in (0.1, -0.03)
        ]
        parts += [coat("foot", ellipse(x, 0.44, 0.1, 0.04), 0.3) for x in (0.17, 0.03)]
        spikes = [(-0.33, 0.18, -20), (-0.2, 0.1, -35), (-0.13, -0.03, -60), (-0.07, -0.15, -65), (-0.03, -0.28, -60)]
        parts += spikes_at(spikes, second)
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    [
                        (-0.05, -0.22),
                        (0.12, -0.18),
                        (0.18, 0.05),
                        (0.2, 0.22),
                        (0.05, 0.34),
                        (-0.15, 0.27),
                        (-0.15, 0.05),
                    ],
                    0.008,
                ),
            )
        )
        parts.append(
            area(
                "belly",
                smooth([(0.12, -0.12), (0.17, 0.05), (0.185, 0.2), (0.08, 0.31), (0.05, 0.15), (0.07, 0.0)]),
                "light yellow",
                "beige",
                "light green",
            )
        )
        parts += [coat("arm", limb([(0.08, -0.02), (0.18, 0.05), (0.26, 0.02)], 0.055), 0.3)]
        parts.append(
            coat(
                "head",
                smooth(
                    [
                        (-0.1, -0.3),
                        (-0.02, -0.46),
                        (0.15, -0.47),
                        (0.36, -0.38),
                        (0.38, -0.25),
                        (0.2, -0.17),
                        (0.0, -0.17),
                    ]
                ),
                0.1,
            )
        )
        parts += eyes(rng, [(0.1, -0.38)], 0.04)
        lines = [
            smooth([(0.375, -0.28), (0.25, -0.26), (0.12, -0.27)], closed=False),
            np.float32([(0.33, -0.36), (0.335, -0.355)]),
        ]
        if rng.random() < 0.6:
            parts += [
                area("tooth", polygon((x, -0.275), (x + 0.04, -0.275), (x + 0.02, -0.22)), "white", fixed=True)
                for x in (0.18, 0.235, 0.29)
            ]
        return in_square(rng, parts, lines, (str(style),), joins=0.7)
    parts = [
        coat("tail", limb([(-0.22, 0.0), (-0.42, 0.08), (-0.56, 0.04), (-0.66, -0.06)], [0.24, 0.13, 0.07, 0.01]), 0.3)
    ]
    if style == "plates":
        for x, y, size in (
            (-0.32, -0.04, 0.11),
            (-0.2, -0.13, 0.15),
            (-0.06, -0.17, 0.18),
            (0.08, -0.16, 0.17),
            (0.2, -0.1, 0.13),
        ):
            parts.append(area("plate", petal(x, y + 0.04, size * 1.25, size, x * 60, sharp=True), *second))
    parts += four_legs(rng, coat, 0.32, 0.18, rng.uniform(0.13, 0.18), 0.12)
    if style == "plates":
        parts.append(coat("neck", limb([(0.24, 0.0), (0.36, -0.01), (0.44, 0.0)], [0.2, 0.13, 0.11]), 0.0))
        x, y = 0.47, -0.01
    else:
        rise = rng.uniform(0.35, 0.5)
        parts.append(coat("neck", limb([(0.2, 0.0), (0.36, -0.12), (0.4, -rise)], [0.22, 0.13, 0.1]), 0.0))
        x, y = 0.44, -rise - 0.03
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (x - 0.1, y - 0.04),
                    (x, y - 0.1),
                    (x + 0.12, y - 0.04),
                    (x + 0.17, y + 0.03),
                    (x + 0.05, y + 0.08),
                    (x - 0.08, y + 0.06),
                ]
            ),
            0.1,
        )
    )
    if rng.random() < 0.6:
        parts += [
            area("spot", ellipse(px, py, size), *second)
            for px, py, size in ((-0.15, -0.05, 0.05), (0.0, 0.0, 0.06), (0.13, -0.06, 0.04), (-0.07, 0.08, 0.035))
        ]
    parts += eyes(rng, [(x + 0.02, y - 0.03)], 0.028)
    return in_square(
        rng,
        parts,
        [smooth([(x + 0.16, y + 0.03), (x + 0.1, y + 0.04), (x + 0.04, y + 0.02)], closed=False)],
        (str(style),),
        joins=0.7,
    )
