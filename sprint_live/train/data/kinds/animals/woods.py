"""Animals of the woods: foxes, hedgehogs, squirrels.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, even, eyes, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs, pointed_ears


@kind("fox", group="animal")
def fox(rng: np.random.Generator) -> Thing:
    """A fox with a white-tipped tail: sitting, from the side, or its head."""
    style = rng.choice(["sitting", "standing", "head"], p=[0.4, 0.35, 0.25])
    coat = Coat(rng, "orange", "orange", "red", "white", "gray", whole="head" if style == "head" else "body")
    pale = ("white", "beige") if coat.color != "white" else ("light gray", "beige")

    def head(x: float, y: float, r: float) -> list[Part]:
        """A triangular head with white cheeks."""
        some = pointed_ears(
            coat,
            [(x + s * r * 0.65, y - r * 0.55, s * 14) for s in (-1, 1)],
            r * 1.05,
            ("black", "pink", "white"),
            0.75,
        )
        shape = [
            (x, y - r * 0.72),
            (x + r * 0.6, y - r * 0.68),
            (x + r * 1.15, y + r * 0.1),
            (x + r * 0.45, y + r * 0.62),
            (x, y + r * 0.92),
        ]
        some.append(coat("head", even(shape, x=x), 0.1))
        for s in (-1, 1):
            cheek = np.float32(
                [(0.0, 0.88), (0.42, 0.6), (1.02, 0.12), (0.55, 0.18), (0.2, 0.2), (0.03, 0.5)]
            ) * np.float32([s * r, r]) + np.float32([x, y])
            some.append(area("cheek", smooth(cheek), *pale))
        some += eyes(rng, [(x + s * r * 0.42, y - r * 0.08) for s in (-1, 1)], r * 0.13)
        some.append(area("nose", ellipse(x, y + r * 0.84, r * 0.15, r * 0.12), "black", fixed=True))
        return some

    if style == "head":
        return in_square(rng, head(0, 0, 0.38), says=("head",), stands=False)
    if style == "sitting":
        tail = [(0.1, 0.43), (0.28, 0.42), (0.42, 0.28), (0.41, 0.1), (0.35, -0.02)]
        parts = [
            coat("tail", limb(tail, [0.08, 0.14, 0.18, 0.14, 0.01]), 0.5),
            area("tip", limb([*tail[-2:], (0.33, -0.04)], [0.14, 0.05, 0.01]), *pale),
        ]
        parts.append(coat("body", even([(0, -0.1), (0.12, -0.04), (0.19, 0.2), (0.18, 0.42), (0, 0.45)], x=0)))
        parts.append(area("belly", even([(0, 0.0), (0.08, 0.04), (0.09, 0.16), (0, 0.28)], x=0), *pale))
        parts += [area("paw", ellipse(s * 0.08, 0.44, 0.075, 0.04), "black", "brown", coat.color) for s in (-1, 1)]
        return in_square(
            rng,
            parts + head(0, -0.2, 0.22),
            [np.float32([(s * 0.09, 0.26), (s * 0.08, 0.4)]) for s in (-1, 1)],
            ("sitting",),
            joins=0.4,
        )
    tail = [(-0.27, 0.0), (-0.42, 0.08), (-0.56, 0.0), (-0.66, -0.12)]
    parts = [
        coat("tail", limb(tail, [0.07, 0.15, 0.14, 0.01]), 0.5),
        area("tip", limb([(-0.57, -0.01), (-0.61, -0.06), (-0.66, -0.12)], [0.14, 0.1, 0.01]), *pale),
    ]
    parts += four_legs(rng, coat, 0.3, 0.13, rng.uniform(0.16, 0.22), 0.07, ("black", "dark brown"))
    return in_square(rng, parts + head(0.34, -0.16, 0.19), says=("side view",), joins=0.5)


@kind("hedgehog", "porcupine", group="animal")
def hedgehog(rng: np.random.Generator) -> Thing:
    """A hedgehog from the side; an apple on its back now and then."""
    parts, num = [], int(rng.integers(13, 19))
    if rng.random() < 0.35:
        parts += [
            area("apple", ellipse(-0.05, -0.37, 0.1), "red", "green"),
            area("leaf", petal(-0.04, -0.45, 0.09, 0.05, 50, sharp=True), "green"),
        ]
    angle = np.deg2rad(np.linspace(165, 330, 2 * num + 1))
    radius = np.where(np.arange(2 * num + 1) % 2 == 0, 0.88, 1.08)
    spines = np.stack([-0.04 + 0.36 * radius * np.cos(angle), 0.06 + 0.36 * radius * np.sin(angle)], 1)
    parts += [area("foot", ellipse(x, 0.2, 0.06, 0.035), "beige", "light brown", "pink") for x in (-0.2, 0.18)]
    face = smooth([(-0.3, 0.17), (-0.1, 0.0), (0.15, -0.14), (0.28, -0.06), (0.46, 0.1), (0.38, 0.16), (0.1, 0.21)])
    parts.append(area("face", face, "beige", "light brown", "light pink"))
    parts.append(
        area(
            "spines",
            np.concatenate(
                [spines, smooth([(0.23, -0.08), (0.12, 0.02), (0.06, 0.14), (-0.15, 0.2), (-0.34, 0.18)], closed=False)]
            ),
            "brown",
            "dark brown",
            "gray",
            body=True,
        )
    )
    parts.append(area("ear", ellipse(0.17, -0.06, 0.05), "beige", "light brown", "pink"))
    parts += [*eyes(rng, [(0.28, 0.02)], 0.03), area("nose", ellipse(0.46, 0.1, 0.035), "black", fixed=True)]
    marks = [
        np.float32([(x, y), (x - 0.03, y - 0.06)])
        for x, y in ((-0.25, 0.02), (-0.14, -0.06), (-0.02, -0.13), (-0.12, 0.08), (0.0, 0.0), (-0.2, -0.14))
    ]
    return in_square(
        rng, parts, [*marks, smooth([(0.42, 0.14), (0.36, 0.13), (0.31, 0.1)], closed=False)], ("side view",)
    )


@kind("squirrel", "chipmunk", group="animal")
def squirrel(rng: np.random.Generator) -> Thing:
    """A squirrel from the side with a large tail and an acorn."""
    coat = Coat(rng, "orange", "brown", "gray", "red")
    parts = [
        coat(
            "tail",
            limb(
                [(-0.05, 0.36), (-0.24, 0.32), (-0.34, 0.05), (-0.24, -0.22), (-0.36, -0.32), (-0.44, -0.24)],
                [0.08, 0.2, 0.22, 0.22, 0.16, 0.04],
            ),
            0.6,
        )
    ]
    parts.append(
        coat(
            "body",
            loosely(
                rng,
                [(0.02, -0.08), (0.14, 0.0), (0.2, 0.18), (0.14, 0.38), (-0.06, 0.42), (-0.16, 0.28), (-0.08, 0.05)],
                0.008,
            ),
        )
    )
    parts.append(area("belly", ellipse(0.13, 0.2, 0.06, 0.13, turn_deg=-8), "white", "beige"))
    parts += [coat("leg", ellipse(-0.02, 0.33, 0.12, 0.1), 0.3), coat("foot", ellipse(0.07, 0.43, 0.12, 0.035), 0.3)]
    parts += [coat("ear", polygon((x, -0.26), (x + 0.0, -0.42), (x + 0.09, -0.28)), 0.5) for x in (0.04, 0.12)]
    parts.append(
        coat(
            "head",
            smooth(
                [(-0.04, -0.18), (0.04, -0.3), (0.18, -0.29), (0.3, -0.17), (0.26, -0.08), (0.1, -0.04), (0.0, -0.08)]
            ),
            0.1,
        )
    )
    if rng.random() < 0.7:
        parts += [
            area("acorn", petal(0.29, 0.04, 0.14, 0.11, 180), "light brown", "orange"),
            area("cap", arc(0.29, 0.08, 0.07, 0.06, 180, 360), "brown", "dark brown"),
        ]
    parts.append(coat("arm", limb([(0.08, 0.05), (0.17, 0.13), (0.27, 0.12)], 0.07), 0.2))
    parts += [*eyes(rng, [(0.17, -0.2)], 0.032), area("nose", ellipse(0.3, -0.16, 0.022), "black", "pink")]
    return in_square(rng, parts, (), ("side view",), joins=0.6)
