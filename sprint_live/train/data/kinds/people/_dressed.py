"""People with their clothes on: in trousers or skirts, in robes, in gowns, under crowns.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, HAIRS, SKINS, area, pick
from sprint_live.train.data.kinds._thing import Part, box, ellipse, polygon, smooth
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._hair import hair_behind, hair_in_front
from sprint_live.train.data.kinds.people._limbs import sewn, two_arms, two_legs

Drawn = tuple[list[Part], list[np.ndarray], list[Part]]
CLOTH = ("blue", "red", "green", "brown", "purple", "black", "gray", "orange", "turquoise")


def head(rng: np.random.Generator, x: float, y: float, r: float, skin: str, hair: str, style: str) -> Drawn:
    """What is behind the body, the lines, and what is in front."""
    some, lines = face_of(rng, x, y, r, skin, plain=True, ears=style not in ("long", "bob"))
    return hair_behind(rng, x, y, r, style, hair), lines, some + hair_in_front(rng, x, y, r, style, hair)


def dressed(
    rng: np.random.Generator, style: str, skirt: bool, r: float
) -> tuple[list[Part], list[np.ndarray], list[tuple[float, float]]]:
    """A figure from head to foot; r: the radius of its head (a child's is larger)."""
    skin, hair, y = pick(rng, SKINS), pick(rng, HAIRS), -0.28
    neck = y + r * 0.95
    behind, lines, front = head(rng, 0, y, r, skin, hair, style)
    wide, hip = rng.uniform(0.105, 0.135), neck + rng.uniform(0.25, 0.29)
    sleeve = float(rng.choice([0.45, 1.0]))
    arms, sleeves, hands = two_arms(rng, wide - 0.005, neck + 0.065, 0.2, 0.065, skin, sleeve)
    colors = tuple(rng.permutation(BRIGHT))
    parts = [*behind, area("neck", box(-0.035, y + r * 0.7, 0.035, neck + 0.05), skin)]
    low = 0.48
    if skirt:
        hem = rng.uniform(hip + 0.02, low - 0.1)
        out = rng.uniform(0.19, 0.28)
        parts += [*two_legs(rng, 0.06, hem - 0.05, low, 0.06, skin), *arms]
        torso = smooth(
            [
                (-0.06, neck + 0.01),
                (0.06, neck + 0.01),
                (wide, neck + 0.05),
                (wide * 0.75, hip - 0.1),
                (out, hem),
                (0, hem + 0.02),
                (-out, hem),
                (-wide * 0.75, hip - 0.1),
                (-wide, neck + 0.05),
            ],
            steps=5,
        )
        if rng.random() < 0.35:
            blouse = polygon(
                (-0.06, neck),
                (0.06, neck),
                (wide, neck + 0.04),
                (wide * 0.8, hip - 0.08),
                (-wide * 0.8, hip - 0.08),
                (-wide, neck + 0.04),
            )
            parts += sewn("shirt", [blouse, *sleeves], *colors)
            parts.append(
                area(
                    "skirt",
                    polygon((-wide * 0.85, hip - 0.1), (wide * 0.85, hip - 0.1), (out, hem), (-out, hem)),
                    *colors[1:],
                )
            )
        else:
            parts += sewn("dress", [torso, *sleeves], *colors)
            if rng.random() < 0.4:
                parts.append(
                    area(
                        "belt",
                        polygon(
                            (-wide * 0.82, hip - 0.12),
                            (wide * 0.82, hip - 0.12),
                            (wide * 0.92, hip - 0.08),
                            (-wide * 0.92, hip - 0.08),
                        ),
                        *colors[1:],
                    )
                )
    else:
        parts += [
            *two_legs(rng, 0.065, hip - 0.01, low, 0.085, skin, CLOTH, 0.45 if rng.random() < 0.3 else 1.0),
            *arms,
        ]
        torso = polygon(
            (-0.05, neck),
            (0.05, neck),
            (wide, neck + 0.035),
            (wide * 0.98, hip),
            (-wide * 0.98, hip),
            (-wide, neck + 0.035),
        )
        parts += sewn("shirt", [torso, *sleeves], *colors)
        extra = rng.random()
        if extra < 0.25:
            parts += [
                area("stripe", box(-wide * 0.97, neck + d, wide * 0.97, neck + d + 0.035), "white", "yellow", "black")
                for d in (0.1, 0.17)
            ]
        elif extra < 0.5:
            parts += [
                area("button", ellipse(0, neck + d, 0.012), "white", "yellow", "black") for d in (0.06, 0.12, 0.18)
            ]
        elif extra < 0.65:
            parts.append(
                area(
                    "tie",
                    polygon(
                        (-0.02, neck),
                        (0.02, neck),
                        (0.012, neck + 0.03),
                        (0.03, neck + 0.15),
                        (0, neck + 0.19),
                        (-0.03, neck + 0.15),
                        (-0.012, neck + 0.03),
                    ),
                    "red",
                    "blue",
                    "black",
                )
            )
    return parts + front, lines, hands


def robed(
    rng: np.random.Generator, name: str, colors: tuple[str, ...], skin: str, out: float, low: float = 0.47
) -> tuple[list[Part], list[tuple[float, float]]]:
    """A robe or a gown down to the ground, with wide sleeves and hands."""
    arms, sleeves, hands = two_arms(rng, 0.1, -0.05, 0.21, 0.07, skin, 1.0, (30, 45, 65))
    torso = smooth(
        [
            (-0.06, -0.12),
            (0.06, -0.12),
            (0.13, -0.07),
            (0.12, 0.08),
            (out * 0.75, 0.3),
            (out, low),
            (0, low + 0.015),
            (-out, low),
            (-out * 0.75, 0.3),
            (-0.12, 0.08),
            (-0.13, -0.07),
        ],
        steps=5,
    )
    return [*arms, *sewn(name, [torso, *sleeves], *colors)], hands


def crown_on(rng: np.random.Generator, x: float, y: float, half: float, high: float) -> list[Part]:
    """A crown whose rim is at y, with jewels."""
    zigzag = [
        (x - half, y),
        (x - half * 1.15, y - high),
        (x - half * 0.5, y - high * 0.5),
        (x, y - high * 1.15),
        (x + half * 0.5, y - high * 0.5),
        (x + half * 1.15, y - high),
        (x + half, y),
    ]
    parts = [area("crown", polygon(*zigzag), "gold", "yellow", "silver")]
    return parts + [
        area("jewel", ellipse(x + d * half, y - high * 0.25, high * 0.13), "red", "blue", "green")
        for d in (-0.5, 0, 0.5)
    ]


def lady(
    rng: np.random.Generator, gown: tuple[str, ...], styles: tuple[str, ...]
) -> tuple[list[Part], list[np.ndarray], list[tuple[float, float]]]:
    """A lady in a wide gown."""
    skin, hair = pick(rng, SKINS), pick(rng, HAIRS)
    behind, lines, front = head(rng, 0, -0.25, 0.135, skin, hair, str(rng.choice(styles)))
    body, hands = robed(rng, "dress", gown, skin, rng.uniform(0.3, 0.38))
    extra = rng.random()
    parts = [*behind, area("neck", box(-0.035, -0.15, 0.035, -0.08), skin), *body]
    if extra < 0.4:
        hem = [(x, 0.37 - 0.03 * (index % 2)) for index, x in enumerate(np.linspace(-0.245, 0.245, 9))]
        parts.append(
            area(
                "hem",
                np.concatenate([np.float32(hem), [[0.28, 0.455], [0.0, 0.475], [-0.28, 0.455]]]),
                "white",
                "yellow",
                "pink",
            )
        )
    elif extra < 0.7:
        parts.append(
            area(
                "belt",
                polygon((-0.125, 0.04), (0.125, 0.04), (0.125, 0.085), (-0.125, 0.085)),
                "gold",
                "white",
                "yellow",
            )
        )
    return parts + front, lines, hands
