"""Songbirds, owls and parrots.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.birds_and_insects._legs import thin_legs


@kind("bird", "little bird", group="animal")
def bird(rng: np.random.Generator) -> Thing:
    """A small bird from the side, on its feet or in flight."""
    coat, belly = (
        Coat(rng, "blue", "red", "yellow", "brown", "green", "gray", "purple"),
        ("white", "yellow", "orange", "beige"),
    )
    beak = str(rng.choice(["orange", "yellow", "gray"]))
    if rng.random() < 0.3:
        parts = [coat("tail", polygon((-0.22, 0.02), (-0.46, -0.06), (-0.42, 0.04), (-0.48, 0.12)), 0.5)]
        parts.append(
            coat("wing", smooth([(0.1, -0.05), (0.16, -0.3), (0.08, -0.46), (-0.04, -0.3), (-0.06, -0.05)]), 0.6)
        )
        parts.append(area("beak", polygon((0.36, -0.06), (0.48, 0.0), (0.36, 0.03)), beak))
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    [
                        (-0.28, 0.03),
                        (-0.1, -0.09),
                        (0.15, -0.13),
                        (0.32, -0.13),
                        (0.4, -0.03),
                        (0.3, 0.08),
                        (0.1, 0.14),
                        (-0.12, 0.12),
                    ],
                ),
            )
        )
        parts.append(area("belly", smooth([(-0.1, 0.1), (0.08, 0.05), (0.28, 0.06), (0.1, 0.13)]), *belly))
        parts.append(
            coat("wing", smooth([(0.1, -0.04), (0.02, -0.26), (-0.14, -0.42), (-0.16, -0.2), (-0.1, -0.01)]), 0.6)
        )
        return in_square(rng, [*parts, *eyes(rng, [(0.3, -0.06)], 0.03)], says=("flying",), stands=False)
    round_one = rng.random() < 0.5
    parts = thin_legs((-0.06, 0.06), 0.15, 0.42, str(rng.choice(["orange", "brown", "gray"])))
    parts.append(coat("tail", polygon((-0.2, 0.06), (-0.44, 0.08), (-0.46, 0.15), (-0.36, 0.2), (-0.15, 0.16)), 0.5))
    head = (0.16, -0.2) if not round_one else (0.13, -0.12)
    parts.append(
        area(
            "beak",
            polygon(
                (head[0] + 0.12, head[1] - 0.05), (head[0] + 0.28, head[1] + 0.01), (head[0] + 0.12, head[1] + 0.06)
            ),
            beak,
        )
    )
    parts.append(coat("body", ellipse(0, 0.06, 0.28 if round_one else 0.27, 0.24 if round_one else 0.17, turn_deg=-18)))
    if rng.random() < 0.7:
        parts.append(area("belly", ellipse(0.07, 0.1, 0.17, 0.12, turn_deg=-25), *belly))
    if rng.random() < 0.3:
        parts.append(
            coat(
                "crest",
                smooth(
                    [
                        (head[0] - 0.05, head[1] - 0.11),
                        (head[0] - 0.16, head[1] - 0.26),
                        (head[0], head[1] - 0.2),
                        (head[0] + 0.05, head[1] - 0.24),
                        (head[0] + 0.06, head[1] - 0.1),
                    ]
                ),
                0.8,
            )
        )
    parts.append(coat("head", ellipse(*head, 0.145), 0.3))
    parts.append(
        coat(
            "wing",
            loosely(rng, [(0.05, 0.0), (-0.05, -0.06), (-0.22, 0.0), (-0.32, 0.14), (-0.14, 0.17), (0.02, 0.12)]),
            0.6,
        )
    )
    parts += eyes(rng, [(head[0] + 0.05, head[1] - 0.03)], 0.035)
    lines = (
        [arc(-0.1 + d, 0.07, 0.04, 0.03, 20, 160, num_points=8) for d in (-0.05, 0.04)] if rng.random() < 0.5 else []
    )
    return in_square(rng, parts, lines, ("side view",), joins=0.5)


@kind("owl", group="animal")
def owl(rng: np.random.Generator) -> Thing:
    """An owl from the front with big eyes, on a branch now and then."""
    coat, parts = Coat(rng, "brown", "gray", "beige", "purple", "blue", "white"), []
    belly = tuple(color for color in ("beige", "white", "light brown") if color != coat.color)
    parts += [coat("ear", polygon((s * 0.08, -0.36), (s * 0.26, -0.46), (s * 0.25, -0.24)), 0.5) for s in (-1, 1)]
    branch = rng.random() < 0.5
    if branch:
        parts.append(
            area("branch", limb([(-0.46, 0.45), (0, 0.43), (0.46, 0.45)], [0.05, 0.06, 0.05]), "brown", "dark brown")
        )
    parts.append(
        coat("body", even([(0, -0.37), (0.2, -0.35), (0.27, -0.15), (0.28, 0.15), (0.18, 0.38), (0, 0.43)], x=0))
    )
    parts.append(area("belly", even([(0, -0.05), (0.12, -0.02), (0.19, 0.15), (0.13, 0.33), (0, 0.38)], x=0), *belly))
    parts += [
        coat(
            "wing",
            smooth([(s * 0.24, -0.1), (s * 0.36, 0.1), (s * 0.32, 0.28), (s * 0.22, 0.36), (s * 0.19, 0.12)]),
            0.7,
        )
        for s in (-1, 1)
    ]
    if rng.random() < 0.5:
        parts += [area("disk", ellipse(s * 0.125, -0.2, 0.14), *belly) for s in (-1, 1)]
    parts += [area("eye", ellipse(s * 0.12, -0.2, 0.1), "white", "yellow", "orange") for s in (-1, 1)]
    parts += [dot(s * 0.115, -0.2, rng.uniform(0.045, 0.06)) for s in (-1, 1)]
    parts.append(area("beak", polygon((-0.045, -0.15), (0.045, -0.15), (0, -0.05)), "orange", "yellow"))
    parts += [area("foot", ellipse(x, 0.42, 0.03, 0.04), "orange", "yellow") for x in (-0.13, -0.07, 0.07, 0.13)]
    lines = (
        [
            arc(x, y, 0.035, 0.03, 10, 170, num_points=8)
            for x, y in ((-0.07, 0.08), (0.0, 0.08), (0.07, 0.08), (-0.035, 0.16), (0.035, 0.16), (0, 0.24))
        ]
        if rng.random() < 0.7
        else []
    )
    return in_square(rng, parts, lines, ("on a branch",) if branch else (), joins=0.5)


@kind("parrot", group="animal")
def parrot(rng: np.random.Generator) -> Thing:
    """A parrot from the side on a branch, with a bent beak and a long tail."""
    coat = Coat(rng, "red", "green", "blue", "yellow")
    wing = tuple(color for color in ("blue", "green", "yellow", "red") if color != coat.color)
    parts = [
        area("tail", limb([(-0.05, 0.15), (-0.13 + d, 0.32), (-0.18 + d * 2.2, 0.5)], [0.09, 0.07, 0.03]), *wing)
        for d in (-0.02, 0.03)
    ]
    parts.append(
        area("branch", limb([(-0.36, 0.27), (0.05, 0.23), (0.42, 0.26)], [0.04, 0.055, 0.045]), "brown", "dark brown")
    )
    if rng.random() < 0.5:
        parts.append(area("leaf", petal(0.36, 0.24, 0.15, 0.08, 40, sharp=True), "green"))
    parts.append(
        area(
            "beak",
            smooth([(0.2, -0.37), (0.32, -0.32), (0.33, -0.2), (0.28, -0.18), (0.25, -0.24), (0.17, -0.22)]),
            "orange",
            "gray",
            "black",
            "yellow",
        )
    )
    parts.append(
        coat(
            "body",
            loosely(
                rng,
                [
                    (0.08, -0.46),
                    (0.2, -0.41),
                    (0.22, -0.28),
                    (0.2, -0.15),
                    (0.22, 0.02),
                    (0.13, 0.19),
                    (-0.02, 0.26),
                    (-0.12, 0.12),
                    (-0.1, -0.15),
                    (-0.03, -0.4),
                ],
                0.006,
            ),
        )
    )
    parts.append(area("cheek", ellipse(0.12, -0.3, 0.085, 0.1), "white", "light yellow"))
    parts.append(
        area(
            "wing",
            smooth([(0.02, -0.14), (-0.1, -0.14), (-0.17, 0.05), (-0.18, 0.3), (-0.06, 0.22), (0.05, 0.05)]),
            *wing,
        )
    )
    parts += eyes(rng, [(0.13, -0.33)], 0.03)
    parts += [area("foot", ellipse(x, 0.22, 0.025, 0.045), "gray", "black") for x in (0.03, 0.09)]
    return in_square(rng, parts, [smooth([(-0.14, 0.12), (-0.08, 0.12), (-0.03, 0.08)], closed=False)])
