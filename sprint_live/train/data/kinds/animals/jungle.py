"""Animals of the jungle: tigers, monkeys, snakes.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, smile, whiskers
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import Drawn, four_legs, round_ears, round_face


@kind("tiger", group="animal")
def tiger(rng: np.random.Generator) -> Thing:
    """A striped tiger from the side."""
    coat, stripe = Coat(rng, "orange", "orange", "white", "yellow"), ("black", "dark brown")
    parts = [
        coat(
            "tail",
            limb([(-0.3, -0.06), (-0.43, -0.08), (-0.47, -0.25), (-0.4, -0.35)], [0.07, 0.065, 0.06, 0.055]),
            0.3,
        )
    ]
    parts += [area("stripe", limb([(-0.49, y), (-0.46, y + 0.005), (-0.42, y)], 0.03), *stripe) for y in (-0.18, -0.26)]
    parts += four_legs(rng, coat, 0.34, 0.17, rng.uniform(0.15, 0.2), 0.1)
    for x in (-0.22, -0.12, -0.02, 0.08):
        parts.append(
            area(
                "stripe",
                limb([(x, -0.165), (x + 0.02, -0.08), (x - 0.01, 0.0)], [0.05, 0.035, 0.008], round_start=False),
                *stripe,
            )
        )
    parts += [
        area("stripe", limb([(x, 0.16), (x + 0.02, 0.1), (x, 0.05)], [0.045, 0.03, 0.008], round_start=False), *stripe)
        for x in (-0.17, -0.05)
    ]
    parts += round_ears(coat, [(0.3 + s * 0.13, -0.31) for s in (-1, 1)], 0.055, ("white", "pink"))
    face, lines = round_face(rng, coat, 0.3, -0.17, 0.17, ("white", "beige"), ("pink", "black"))
    parts += face
    for d in (-0.05, 0, 0.05):
        parts.append(area("stripe", polygon((0.29 + d, -0.33), (0.31 + d, -0.33), (0.3 + d * 0.8, -0.26)), *stripe))
    for s in (-1, 1):
        parts.append(
            area("stripe", polygon((0.3 + s * 0.17, -0.16), (0.3 + s * 0.172, -0.13), (0.3 + s * 0.1, -0.14)), *stripe)
        )
    return in_square(rng, parts, lines + whiskers(0.3, -0.1, 0.06, 0.08, 2), ("side view",), joins=0.5)


@kind("monkey", "ape", group="animal")
def monkey(rng: np.random.Generator) -> Thing:
    """A monkey that sits or hangs, or its head."""
    style = rng.choice(["sitting", "hanging", "head"], p=[0.5, 0.25, 0.25])
    coat = Coat(rng, "brown", "dark brown", "light brown", "gray", whole="head" if style == "head" else "body")
    skin = ("beige", "light pink", "light brown") if coat.color != "light brown" else ("beige", "light pink")

    def head(x: float, y: float, r: float) -> Drawn:
        """A head with round ears and a pale heart-shaped face."""
        some = round_ears(coat, [(x + s * r * 1.08, y) for s in (-1, 1)], r * 0.38, skin)
        some.append(coat("head", ellipse(x, y, r * 1.05, r), 0.1))
        some.append(
            area(
                "face",
                even(
                    [
                        (x, y - r * 0.4),
                        (x + r * 0.4, y - r * 0.6),
                        (x + r * 0.7, y - r * 0.2),
                        (x + r * 0.65, y + r * 0.5),
                        (x, y + r * 0.9),
                    ],
                    x=x,
                ),
                *skin,
            )
        )
        some += eyes(rng, [(x + s * r * 0.33, y - r * 0.15) for s in (-1, 1)], r * 0.14)
        some += [dot(x + s * r * 0.08, y + r * 0.18, r * 0.045) for s in (-1, 1)]
        return some, [smile(x, y + r * 0.32, r * 0.8, 0.7)]

    if style == "head":
        parts, lines = head(0, 0, 0.36)
        return in_square(rng, parts, lines, ("head",), stands=False)
    tail = [(0.12, 0.32), (0.26, 0.34), (0.36, 0.22), (0.4, 0.06), (0.3, 0.0), (0.26, 0.1)]
    parts = [coat("tail", limb(tail, [0.05, 0.05, 0.045, 0.045, 0.04, 0.035]), 0.4)]
    face, lines = head(0, -0.22, 0.19)
    if style == "hanging":
        parts.append(
            area(
                "branch",
                limb([(-0.5, -0.56), (0, -0.58), (0.5, -0.55)], [0.06, 0.07, 0.05]),
                "brown",
                "dark brown",
                "green",
            )
        )
        parts += [
            coat("arm", limb([(-0.12, 0.05), (-0.3, -0.2), (-0.26, -0.56)], [0.1, 0.08, 0.08]), 0.4),
            coat("arm", limb([(0.12, 0.05), (0.26, 0.12), (0.3, 0.22)], [0.1, 0.08, 0.08]), 0.4),
        ]
    else:
        parts += [
            coat("arm", limb([(s * 0.12, 0.03), (s * 0.25, 0.14), (s * 0.2, 0.28)], [0.1, 0.08, 0.075]), 0.4)
            for s in (-1, 1)
        ]
    parts.append(coat("body", even([(0, -0.08), (0.13, -0.02), (0.18, 0.2), (0.13, 0.36), (0, 0.39)], x=0)))
    parts.append(area("belly", ellipse(0, 0.18, 0.11, 0.15), *skin))
    for s in (-1, 1):
        parts.append(coat("leg", limb([(s * 0.1, 0.32), (s * 0.2, 0.34), (s * 0.18, 0.43)], [0.11, 0.09, 0.08]), 0.3))
        parts.append(area("foot", ellipse(s * 0.2, 0.45, 0.09, 0.04), *skin))
    if style == "sitting" and rng.random() < 0.4:
        parts.append(area("banana", limb([(0.12, 0.16), (0.22, 0.22), (0.34, 0.14)], [0.02, 0.065, 0.02]), "yellow"))
    return in_square(rng, parts + face, lines, (str(style),), stands=style != "hanging", joins=0.4)


@kind("snake", group="animal")
def snake(rng: np.random.Generator) -> Thing:
    """A wavy snake, or a coiled one."""
    coat, coiled = Coat(rng, "green", "yellow", "red", "purple", "brown", "orange"), rng.random() < 0.4
    mark = tuple(c for c in ("yellow", "dark green", "black", "orange", "white") if c != coat.color)
    fat, parts = rng.uniform(0.09, 0.12), []
    if coiled:
        parts.append(
            coat(
                "neck",
                limb([(-0.05, 0.15), (-0.02, 0.0), (0.1, -0.12), (0.08, -0.28)], [fat, fat, fat, fat * 0.9]),
                0.0,
            )
        )
        for y, wide in ((0.14, 0.2), (0.25, 0.3), (0.37, 0.38)):
            parts.append(coat("body", box(-wide, y - fat * 0.65, wide, y + fat * 0.65, radius=fat * 0.65)))
            parts += (
                [
                    area("stripe", box(x - 0.025, y - fat * 0.65, x + 0.025, y + fat * 0.65), *mark)
                    for x in (-wide * 0.5, wide * 0.05, wide * 0.55)
                ]
                if rng.random() < 0.6
                else []
            )
        parts.append(coat("tail", limb([(0.3, 0.4), (0.42, 0.38), (0.5, 0.27)], [fat * 0.9, fat * 0.6, 0.01]), 0.4))
        head = (0.11, -0.32)
    else:
        high = rng.uniform(0.11, 0.15)
        points = [
            (-0.5, 0.02),
            (-0.36, high),
            (-0.2, 0.0),
            (-0.05, -high),
            (0.1, 0.0),
            (0.2, high),
            (0.34, 0.05),
            (0.4, -0.12),
        ]
        parts.append(coat("body", limb(points, [0.015, fat * 0.7, fat, fat, fat, fat, fat, fat])))
        curve = smooth(points, closed=False, steps=6)
        spots = curve[10:-6:4] if rng.random() < 0.7 else []
        parts += [area("spot", ellipse(x, y, fat * 0.26), *mark) for x, y in spots]
        head = (0.43, -0.15)
    x, y = head
    parts.append(
        area(
            "tongue",
            polygon(
                (x + 0.1, y - 0.008),
                (x + 0.18, y - 0.01),
                (x + 0.24, y - 0.04),
                (x + 0.2, y),
                (x + 0.24, y + 0.035),
                (x + 0.18, y + 0.015),
                (x + 0.1, y + 0.015),
            ),
            "red",
            "pink",
        )
    )
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (x - 0.1, y - 0.05),
                    (x, y - 0.1),
                    (x + 0.11, y - 0.05),
                    (x + 0.13, y + 0.02),
                    (x + 0.02, y + 0.08),
                    (x - 0.09, y + 0.06),
                ]
            ),
            0.2,
        )
    )
    parts += eyes(rng, [(x + 0.02, y - 0.04)], 0.028, coat.color)
    return in_square(
        rng,
        parts,
        [smooth([(x + 0.125, y + 0.01), (x + 0.06, y + 0.025), (x, y + 0.01)], closed=False)],
        ("coiled",) if coiled else (),
        joins=0.8,
    )
