"""Faces that fill the page.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import (
    BRIGHT,
    HAIRS,
    SKINS,
    area,
    cloud,
    dot,
    even,
    in_square,
    limb,
    pick,
    smile,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._hair import beard, hair_behind, hair_in_front


def shoulders(rng: np.random.Generator, skin: str) -> list[Part]:
    """A neck and a shirt below a head of radius 0.3 about (0, 0)."""
    parts = [area("neck", box(-0.1, 0.2, 0.1, 0.44), skin)]
    wide = rng.uniform(0.34, 0.44)
    shirt = [
        (0.11, 0.36),
        (wide * 0.75, 0.42),
        (wide, 0.56),
        (wide, 0.62),
        (-wide, 0.62),
        (-wide, 0.56),
        (-wide * 0.75, 0.42),
        (-0.11, 0.36),
        (0, 0.44),
    ]
    parts.append(area("shirt", polygon(*shirt), *rng.permutation(BRIGHT)))
    return parts


@kind("face", "person's face", "portrait", group="person")
def face(rng: np.random.Generator) -> Thing:
    """A face from the front with one of many hairstyles; shoulders, glasses, a beard or a hat now and then."""
    skin, hair = pick(rng, SKINS), pick(rng, (*HAIRS, "gray", "red", "pink"))
    style = str(rng.choice(["short", "long", "curly", "bun", "pigtails", "bob", "spiky", "bald", "braids"]))
    parts = hair_behind(rng, 0, 0, 0.3, style, hair)
    if rng.random() < 0.5:
        parts += shoulders(rng, skin)
    some, lines = face_of(rng, 0, 0, 0.3, skin, brows=rng.random() < 0.7)
    parts += some
    if style in ("short", "spiky", "bald") and rng.random() < 0.4:
        parts += beard(rng, 0, 0, 0.3, hair)
    parts += hair_in_front(rng, 0, 0, 0.3, style, hair)
    says = [f"{style} hair"] if style in ("short", "long", "curly", "spiky") else ["bald"] if style == "bald" else []
    if rng.random() < 0.2:
        says.append("with glasses")
        for s in (-1, 1):
            ring = ellipse(s * 0.12, -0.03, 0.085, num_points=24)
            lines.append(np.concatenate([ring, ring[:1]]))
        lines += [
            np.float32([(-0.035, -0.04), (0.035, -0.04)]),
            *(np.float32([(s * 0.205, -0.04), (s * 0.3, -0.06)]) for s in (-1, 1)),
        ]
    elif rng.random() < 0.2:
        color = rng.permutation(BRIGHT)
        parts.append(area("hat", np.concatenate([arc(0, -0.14, 0.32, 0.32, 180, 360)]), *color))
        brim = (
            box(-0.34, -0.18, 0.34, -0.1, radius=0.04)
            if rng.random() < 0.5
            else smooth([(-0.1, -0.17), (0.32, -0.17), (0.5, -0.1), (0.3, -0.1), (-0.1, -0.11)])
        )
        parts.append(area("brim", brim, *color[1:]))
    return in_square(rng, parts, lines, says, stands=False)


@kind("clown", group="person")
def clown(rng: np.random.Generator) -> Thing:
    """A clown's face with a red nose, wild hair and a hat or a bow tie."""
    skin, hair = (
        str(rng.choice(["white", *SKINS])),
        tuple(rng.permutation(["red", "orange", "green", "blue", "purple", "yellow"])),
    )
    bald = rng.random() < 0.6
    parts = [area("hair", cloud(rng, s * 0.27, -0.06, 0.16, 0.2, 8), *hair) for s in (-1, 1)]
    if not bald:
        parts.append(area("hair", cloud(rng, 0, -0.2, 0.3, 0.17, 9), *hair))
    if rng.random() < 0.6:
        for s in (-1, 1):
            parts.append(
                area(
                    "bow tie", smooth(np.float32([(0, 0.33), (0.2, 0.24), (0.22, 0.44)]) * np.float32([s, 1])), *BRIGHT
                )
            )
        parts.append(area("knot", ellipse(0, 0.34, 0.05), *BRIGHT[1:]))
    parts.append(area("face", ellipse(0, 0, 0.27, 0.29), skin))
    for s in (-1, 1):
        parts.append(
            area(
                "patch",
                ellipse(s * 0.11, -0.08, 0.06, 0.09),
                *(c for c in ("white", "light blue", "blue", "yellow") if c != skin),
            )
        )
        parts.append(dot(s * 0.11, -0.07, 0.028, name="eye"))
        parts.append(area("cheek", ellipse(s * 0.17, 0.07, 0.045), "pink", "red"))
    lips = np.concatenate([arc(0, 0.09, 0.16, 0.15, 0, 180), arc(0, 0.09, 0.16, 0.05, 180, 0)[1:-1]])
    parts.append(area("mouth", lips, "red", "white"))
    parts.append(area("nose", ellipse(0, 0.02, 0.06), "red"))
    if rng.random() < 0.65:
        x = rng.uniform(-0.06, 0.06)
        parts.append(
            area(
                "hat",
                polygon((x - 0.15, -0.24), (x + rng.uniform(-0.03, 0.1), -0.58), (x + 0.15, -0.24)),
                *rng.permutation(BRIGHT),
            )
        )
        parts += [
            area("dot", ellipse(x + d, y, 0.025), "white", "yellow")
            for d, y in ((-0.05, -0.3), (0.05, -0.32), (0.02, -0.42))
        ]
    return in_square(rng, parts, [smile(0, 0.14, 0.2, 0.4)], stands=False)


@kind("pumpkin", "jack-o'-lantern", group="plant")
def pumpkin(rng: np.random.Generator) -> Thing:
    """A ribbed pumpkin, most often with a carved face."""
    color, parts = (
        ("orange",),
        [
            area(
                "stem",
                limb([(0, -0.2), (0.02, -0.32), (rng.uniform(-0.1, 0.1), -0.4)], [0.1, 0.07, 0.08]),
                "green",
                "brown",
            )
        ],
    )
    for x, rx in ((-0.27, 0.17), (0.27, 0.17), (-0.14, 0.2), (0.14, 0.2), (0, 0.17)):
        parts.append(area("skin", ellipse(x, 0.06, rx, 0.29 - abs(x) * 0.1), *color, body=True))
    if rng.random() < 0.65:
        for s in (-1, 1):
            parts.append(
                area(
                    "eye",
                    polygon((s * 0.17 - 0.07, 0.02), (s * 0.17 + 0.07, 0.02), (s * 0.17, -0.1)),
                    "yellow",
                    "black",
                )
            )
        parts.append(area("nose", polygon((-0.035, 0.09), (0.035, 0.09), (0, 0.03)), "yellow", "black"))
        mouth = [
            (-0.25, 0.1),
            (-0.14, 0.16),
            (-0.1, 0.13),
            (-0.04, 0.19),
            (0.02, 0.15),
            (0.08, 0.18),
            (0.14, 0.15),
            (0.25, 0.1),
            (0.16, 0.24),
            (0.06, 0.27),
            (0.03, 0.22),
            (-0.03, 0.27),
            (-0.15, 0.24),
        ]
        parts.append(area("mouth", polygon(*mouth), "yellow", "black"))
        return in_square(rng, parts, says=("carved",))
    if rng.random() < 0.6:
        parts.append(area("leaf", cloud(rng, 0.18, -0.25, 0.12, 0.08, 6), "green"))
    return in_square(rng, parts)


@kind("skull", group="object")
def skull(rng: np.random.Generator) -> Thing:
    """A skull with dark eyes, on crossed bones now and then."""
    parts, bone = [], ("white", "beige", "light gray")
    if rng.random() < 0.5:
        for s in (-1, 1):
            ends = [np.float32([0.4 * s, 0.12]), np.float32([-0.4 * s, 0.46])]
            for end in ends:
                parts += [
                    area("bone", ellipse(end[0] + d, end[1] + e, 0.055), *bone)
                    for d, e in ((0.03, -0.03 * s), (-0.02, 0.04 * s))
                ]
            parts.append(area("bone", limb([ends[0], (0, 0.29), ends[1]], 0.075), *bone))
    parts.append(
        area(
            "skull",
            even([(0, -0.36), (0.2, -0.32), (0.3, -0.12), (0.26, 0.06), (0.17, 0.13), (0.15, 0.28), (0, 0.3)], x=0),
            *bone,
            body=True,
        )
    )
    parts += [
        area("eye", ellipse(s * 0.12, -0.06, 0.08, 0.09, turn_deg=s * 10), "black", "red", "purple") for s in (-1, 1)
    ]
    parts.append(area("nose", polygon((-0.04, 0.11), (0.04, 0.11), (0, 0.03)), "black", fixed=True))
    return in_square(rng, parts, [np.float32([(x, 0.2), (x, 0.29)]) for x in (-0.08, 0, 0.08)], stands=False)
