"""Animals of woods, savannas and stories.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._animals import four_legs, pointed_ears, round_ears
from sprint_live.train.data.kinds._shapes import (
    Coat,
    area,
    cloud,
    dot,
    even,
    eyes,
    in_square,
    limb,
    loosely,
    petal,
    smile,
    whiskers,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth

Drawn = tuple[list[Part], list[np.ndarray]]


@kind("elephant", group="animal")
def elephant(rng: np.random.Generator) -> Thing:
    """An elephant from the side, or from the front."""
    coat = Coat(rng, "gray", "light gray", "light blue", "gray", "pink")
    ear = ("pink", "light pink") if rng.random() < 0.5 else (coat.color,)
    if rng.random() < 0.35:
        parts = [
            coat("leg", limb([(s * 0.15, 0.2), (s * 0.16, 0.35), (s * 0.16, 0.44)], 0.15, round_end=False), 0.3)
            for s in (-1, 1)
        ]
        parts.append(coat("body", ellipse(0, 0.15, 0.28, 0.24)))
        for s in (-1, 1):
            shape = np.float32(
                [(0.12, -0.28), (0.3, -0.4), (0.46, -0.28), (0.44, -0.05), (0.3, 0.06), (0.14, -0.05)]
            ) * np.float32([s, 1])
            parts.append(coat("", smooth(shape), 0.0))
            parts.append(
                area(
                    "ear", smooth((shape - np.float32([s * 0.29, -0.17])) * 0.68 + np.float32([s * 0.29, -0.17])), *ear
                )
            )
        parts.append(coat("head", ellipse(0, -0.18, 0.2, 0.21), 0.1))
        parts += [
            area(
                "tusk",
                limb([(s * 0.09, -0.04), (s * 0.13, 0.06), (s * 0.1, 0.13)], [0.05, 0.04, 0.008]),
                "white",
                "beige",
            )
            for s in (-1, 1)
        ]
        parts.append(
            coat("trunk", limb([(0, -0.12), (0.0, 0.08), (0.04, 0.22), (0.14, 0.26)], [0.14, 0.11, 0.085, 0.075]), 0.4)
        )
        parts += eyes(rng, [(s * 0.09, -0.22) for s in (-1, 1)], 0.03)
        lines = [np.float32([(-0.05, y), (0.05, y)]) for y in (0.0, 0.06, 0.12)]
        return in_square(rng, parts, lines, ("front view",), joins=0.5)
    parts = [
        coat("tail", limb([(-0.33, -0.1), (-0.41, -0.02), (-0.42, 0.1)], [0.03, 0.025, 0.02]), 0.3),
        dot(-0.42, 0.11, 0.024, "dark gray"),
    ]
    parts += four_legs(rng, coat, 0.35, 0.23, rng.uniform(0.13, 0.19), 0.14)
    up = rng.random() < 0.5
    trunk = (
        [(0.48, -0.08), (0.6, 0.02), (0.67, -0.1), (0.66, -0.25)]
        if up
        else [(0.48, -0.08), (0.58, 0.08), (0.57, 0.25), (0.64, 0.32)]
    )
    parts.append(coat("head", ellipse(0.37, -0.13, 0.2, 0.19), 0.1))
    parts.append(coat("trunk", limb(trunk, [0.17, 0.12, 0.085, 0.075]), 0.4))
    parts.append(area("tusk", limb([(0.46, 0.02), (0.54, 0.09), (0.6, 0.06)], [0.05, 0.04, 0.008]), "white", "beige"))
    shape = loosely(rng, [(0.2, -0.29), (0.33, -0.26), (0.36, -0.08), (0.3, 0.09), (0.18, 0.06), (0.1, -0.12)], 0.01)
    if ear[0] == coat.color:
        parts.append(area("ear", shape, *ear))
    else:
        parts += [
            coat("", shape, 0.0),
            area("ear", (shape - np.float32([0.24, -0.1])) * 0.68 + np.float32([0.24, -0.1]), *ear),
        ]
    parts += eyes(rng, [(0.46, -0.19)], 0.026)
    return in_square(rng, parts, (), ("side view",), joins=0.6)


@kind("giraffe", group="animal")
def giraffe(rng: np.random.Generator) -> Thing:
    """A giraffe from the side with spots."""
    coat, spot, tall = Coat(rng, "yellow", "orange", "beige"), ("brown", "orange", "dark brown"), rng.uniform(0.0, 0.12)
    spot = tuple(color for color in spot if color != coat.color)
    parts = [
        coat("tail", limb([(-0.23, 0.0), (-0.3, 0.1), (-0.29, 0.2)], 0.025), 0.3),
        area("tuft", ellipse(-0.29, 0.22, 0.025, 0.045), *spot),
    ]
    parts += four_legs(rng, coat, 0.25, 0.13, rng.uniform(0.28, 0.34), 0.065, ("brown", "black", "dark brown"))
    top = -0.55 - tall
    parts.append(area("mane", limb([(0.1, -0.08), (0.17, -0.3), (0.2, top)], [0.05, 0.05, 0.05]), *spot))
    parts.append(coat("neck", limb([(0.16, 0.02), (0.22, -0.25), (0.27, top)], [0.2, 0.12, 0.1]), 0.0))
    for x in (0.24, 0.29):
        parts.append(
            area("horn", limb([(x, top - 0.02), (x - 0.01, top - 0.08), (x - 0.01, top - 0.12)], 0.022), coat.color)
        )
        parts.append(dot(x - 0.01, top - 0.13, 0.022, spot[0]))
    parts.append(coat("ear", petal(0.22, top, 0.12, 0.06, -75, sharp=True), 0.5))
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (0.2, top - 0.02),
                    (0.27, top - 0.07),
                    (0.36, top - 0.02),
                    (0.46, top + 0.07),
                    (0.44, top + 0.12),
                    (0.34, top + 0.1),
                    (0.24, top + 0.08),
                ]
            ),
            0.1,
        )
    )
    for x, y, r in (
        (-0.15, -0.03, 0.05),
        (-0.03, 0.03, 0.045),
        (0.08, -0.03, 0.05),
        (0.17, 0.05, 0.04),
        (-0.12, 0.07, 0.035),
        (0.19, -0.1, 0.035),
        (0.225, -0.22, 0.03),
        (0.25, -0.34, 0.03),
        (0.25, -0.45, 0.025),
    ):
        parts.append(area("spot", loosely(rng, ellipse(x, y, r, r * 0.9)[::6], 0.008), *spot))
    parts += eyes(rng, [(0.31, top + 0.0)], 0.024)
    return in_square(
        rng,
        parts,
        [smooth([(0.44, top + 0.09), (0.4, top + 0.09), (0.36, top + 0.07)], closed=False)],
        ("side view",),
        joins=0.7,
    )


def round_face(
    rng: np.random.Generator,
    coat: Coat,
    x: float,
    y: float,
    r: float,
    muzzle: tuple[str, ...],
    nose: tuple[str, ...] = ("black", "brown"),
) -> Drawn:
    """A round head with a pale muzzle: a bear's, a lion's."""
    parts = [coat("head", ellipse(x, y, r * 1.05, r), 0.1)]
    parts.append(area("muzzle", ellipse(x, y + r * 0.38, r * 0.5, r * 0.4), *muzzle))
    parts += eyes(rng, [(x + s * r * 0.4, y - r * 0.15) for s in (-1, 1)], r * 0.14, coat.color)
    parts.append(
        area(
            "nose",
            even(
                [(x, y + r * 0.12), (x + r * 0.17, y + r * 0.15), (x + r * 0.08, y + r * 0.3), (x, y + r * 0.34)], x=x
            ),
            *nose,
        )
    )
    lines = [np.float32([(x, y + r * 0.34), (x, y + r * 0.46)])]
    lines += [
        arc(x + s * r * 0.15, y + r * 0.44, r * 0.15, r * 0.14, 180 if s > 0 else 0, 20 if s > 0 else 160, num_points=8)
        for s in (-1, 1)
    ]
    return parts, lines


def upright(rng: np.random.Generator, coat: Coat, belly: tuple[str, ...]) -> list[Part]:
    """A body that sits upright, seen from the front: two arms, two legs with soles."""
    parts = [
        coat(
            "arm", limb([(s * 0.15, 0.02), (s * 0.26, 0.1), (s * rng.uniform(0.28, 0.33), 0.2)], [0.12, 0.11, 0.1]), 0.4
        )
        for s in (-1, 1)
    ]
    parts.append(coat("body", even([(0, -0.06), (0.16, 0.0), (0.22, 0.2), (0.17, 0.37), (0, 0.41)], x=0)))
    parts.append(area("belly", ellipse(0, 0.2, 0.14, 0.15), *belly))
    parts += [coat("leg", ellipse(s * 0.19, 0.36, 0.11, 0.1), 0.4) for s in (-1, 1)]
    return parts


@kind("bear", "brown bear", group="animal")
def bear(rng: np.random.Generator) -> Thing:
    """A bear that stands on four legs, sits, or shows its head."""
    style = rng.choice(["standing", "sitting", "head"], p=[0.4, 0.35, 0.25])
    coat = Coat(rng, "brown", "dark brown", "white", "black", "gray", whole="head" if style == "head" else "body")
    muzzle = tuple(color for color in ("beige", "light brown", "gray") if color != coat.color)
    if style == "head":
        parts = round_ears(coat, [(s * 0.3, -0.3) for s in (-1, 1)], 0.14, ("pink", *muzzle))
        face, lines = round_face(rng, coat, 0, 0, 0.4, muzzle)
        return in_square(rng, parts + face, lines, ("head",), stands=False)
    if style == "sitting":
        parts = upright(rng, coat, muzzle)
        parts += round_ears(coat, [(s * 0.15, -0.37) for s in (-1, 1)], 0.075, muzzle)
        face, lines = round_face(rng, coat, 0, -0.22, 0.2, muzzle)
        return in_square(rng, parts + face, lines, ("sitting",), joins=0.4)
    parts = [
        coat("tail", ellipse(-0.36, -0.08, 0.05), 0.4),
        *four_legs(rng, coat, 0.36, 0.22, rng.uniform(0.12, 0.17), 0.14),
    ]
    parts += round_ears(coat, [(0.38 + s * 0.13, -0.26) for s in (-1, 1)], 0.065, muzzle)
    face, lines = round_face(rng, coat, 0.38, -0.12, 0.18, muzzle)
    return in_square(rng, parts + face, lines, ("side view",), joins=0.6)


@kind("teddy bear", "teddy", group="object")
def teddy_bear(rng: np.random.Generator) -> Thing:
    """A teddy bear that sits, with a bow or a heart now and then."""
    coat = Coat(rng, "brown", "beige", "light brown", "pink", "light blue", "white")
    pale = tuple(color for color in ("beige", "light brown", "white", "light pink") if color != coat.color)
    parts = upright(rng, coat, pale)
    parts += [area("sole", ellipse(s * 0.19, 0.37, 0.06, 0.055), *pale) for s in (-1, 1)]
    parts += round_ears(coat, [(s * 0.18, -0.37) for s in (-1, 1)], 0.085, pale)
    face, lines = round_face(rng, coat, 0, -0.22, 0.23, pale)
    parts += face
    extra = rng.random()
    if extra < 0.4:
        for s in (-1, 1):
            parts.append(
                area(
                    "bow",
                    smooth(
                        np.float32([(0, -0.0), (0.12, -0.06), (0.13, 0.06)]) * np.float32([s, 1])
                        + np.float32([0, 0.01])
                    ),
                    "red",
                    "blue",
                    "pink",
                )
            )
        parts.append(area("knot", ellipse(0, 0.01, 0.03), "red", "blue", "pink"))
    elif extra < 0.65:
        heart = even([(0, 0.14), (0.05, 0.09), (0.1, 0.12), (0.09, 0.19), (0, 0.28)], x=0)
        parts.append(area("heart", heart, "red", "pink"))
    if rng.random() < 0.4:
        lines.append(np.float32([(0, -0.45), (0, -0.33)]))
    return in_square(rng, parts, lines, joins=0.3)


@kind("lion", group="animal")
def lion(rng: np.random.Generator) -> Thing:
    """A lion with a mane: from the side, sitting, or its head."""
    style = rng.choice(["standing", "sitting", "head"], p=[0.4, 0.3, 0.3])
    coat = Coat(rng, "yellow", "orange", "light brown", "beige", whole="head" if style == "head" else "body")
    mane = tuple(color for color in ("brown", "orange", "dark brown", "red") if color != coat.color)

    def head(x: float, y: float, r: float) -> Drawn:
        """The head in its mane."""
        if rng.random() < 0.5:
            around = [area("mane", cloud(rng, x, y, r * 1.55, r * 1.5, int(rng.integers(9, 13))), *mane)]
        else:
            tips = np.linspace(0, 2 * np.pi, 32, endpoint=False)
            radius = np.where(np.arange(32) % 2 == 0, 1.65, 1.38) * r
            around = [area("mane", np.stack([x + radius * np.cos(tips), y + radius * np.sin(tips)], 1), *mane)]
        around += round_ears(coat, [(x + s * r * 0.8, y - r * 0.75) for s in (-1, 1)], r * 0.28, ("pink", "beige"))
        face, lines = round_face(rng, coat, x, y, r, ("white", "beige"))
        return around + face, lines + whiskers(x, y + r * 0.4, r * 0.3, r * 0.4, 2)

    if style == "head":
        parts, lines = head(0, 0, 0.28)
        return in_square(rng, parts, lines, ("head",), stands=False)
    if style == "sitting":
        parts = [
            coat("tail", limb([(0.15, 0.38), (0.32, 0.36), (0.36, 0.2)], 0.04), 0.4),
            area("tuft", petal(0.36, 0.24, 0.14, 0.1, 0, sharp=True), *mane),
            *upright(rng, coat, ("beige", "white")),
        ]
        face, lines = head(0, -0.2, 0.17)
        return in_square(rng, parts + face, lines, ("sitting",), joins=0.4)
    parts = [
        coat("tail", limb([(-0.3, -0.06), (-0.44, -0.04), (-0.46, -0.2)], 0.04), 0.4),
        area("tuft", petal(-0.46, -0.16, 0.14, 0.1, 0, sharp=True), *mane),
    ]
    parts += four_legs(rng, coat, 0.33, 0.17, rng.uniform(0.15, 0.2), 0.095)
    face, lines = head(0.3, -0.14, 0.15)
    return in_square(rng, parts + face, lines, ("side view",), joins=0.6)


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


@kind("panda", group="animal")
def panda(rng: np.random.Generator) -> Thing:
    """A panda that sits, with bamboo now and then, or its head."""
    head_only, dark = rng.random() < 0.25, str(rng.choice(["black", "black", "brown", "dark gray"]))
    x, y, r = (0, 0, 0.4) if head_only else (0, -0.2, 0.23)
    head = [area("ear", ellipse(x + s * r * 0.78, y - r * 0.75, r * 0.32), dark) for s in (-1, 1)]
    head.append(area("head", ellipse(x, y, r * 1.08, r * 0.95), "white", body=True))
    head += [
        area("patch", ellipse(x + s * r * 0.42, y - r * 0.08, r * 0.2, r * 0.27, turn_deg=s * 30), dark)
        for s in (-1, 1)
    ]
    head += [area("eye", ellipse(x + s * r * 0.4, y - r * 0.1, r * 0.09), "white", fixed=True) for s in (-1, 1)] + [
        dot(x + s * r * 0.4, y - r * 0.1, r * 0.045) for s in (-1, 1)
    ]
    head.append(area("nose", ellipse(x, y + r * 0.3, r * 0.14, r * 0.1), dark, fixed=True))
    lines = [smile(x, y + r * 0.42, r * 0.4, 0.7)]
    if head_only:
        return in_square(rng, head, lines, ("head",), stands=False)
    parts = [
        area("belly", even([(0, -0.06), (0.2, 0.02), (0.26, 0.22), (0.18, 0.4), (0, 0.43)], x=0), "white", "beige")
    ]
    parts += [area("leg", ellipse(s * 0.21, 0.37, 0.12, 0.1), dark) for s in (-1, 1)]
    parts += [area("sole", ellipse(s * 0.22, 0.38, 0.055, 0.05), "gray", "pink") for s in (-1, 1)]
    if rng.random() < 0.5:
        parts.append(
            area(
                "bamboo",
                limb([(0.12, 0.26), (0.16, 0.06), (0.19, -0.14)], 0.04, round_end=False),
                "green",
                "light green",
            )
        )
        parts += [
            area("leaf", petal(px, py, 0.13, 0.06, turn, sharp=True), "green")
            for px, py, turn in ((0.19, -0.12, 50), (0.17, 0.0, 70), (0.19, -0.12, -10))
        ]
    parts += [
        area("arm", limb([(s * 0.18, 0.03), (s * 0.28, 0.14), (s * 0.16, 0.2)], [0.11, 0.11, 0.1]), dark)
        for s in (-1, 1)
    ]
    return in_square(rng, parts + head, lines, ("sitting",))


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


def spikes_at(places: list[tuple[float, float, float]], colors: tuple[str, ...]) -> list[Part]:
    """Spikes along a back, at (x, y, degrees from upright)."""
    return [area("spike", petal(x, y, 0.13, 0.1, turn, sharp=True), *colors) for x, y, turn in places]


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
