"""Animals of the savanna: elephants, giraffes, lions.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, cloud, dot, eyes, in_square, limb, loosely, petal, whiskers
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, smooth
from sprint_live.train.data.kinds.animals._bodies import Drawn, four_legs, round_ears, round_face, upright


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
