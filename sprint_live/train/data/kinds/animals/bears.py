"""Bears, pandas and teddy bears.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, in_square, limb, petal, smile
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs, round_ears, round_face, upright


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
