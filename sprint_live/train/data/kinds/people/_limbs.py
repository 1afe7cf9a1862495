"""Arms and legs, sleeves and shoes.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sprint_live.train.data.kinds._shapes import area, joined, limb
from sprint_live.train.data.kinds._thing import Part, ellipse, polygon, smooth

SHOES = ("brown", "black", "red", "blue", "white")


def two_arms(
    rng: np.random.Generator,
    x: float,
    y: float,
    length: float,
    width: float,
    skin: str,
    sleeve: float = 1.0,
    poses: Sequence[float] = (20, 35, 60, 130),
) -> tuple[list[Part], list[np.ndarray], list[tuple[float, float]]]:
    """Arms from (+-x, y): what shows of the skin, the outlines of the sleeves, and where the hands are."""
    parts, sleeves, hands = [], [], []
    for s in (-1, 1):
        angle = np.deg2rad(float(rng.choice(poses)) + rng.uniform(-8, 8))
        along = np.float32([s * np.sin(angle), np.cos(angle)])
        hand = np.float32([s * x, y]) + along * length
        bend = np.float32([s * x, y]) + along * length * 0.5 + np.float32([s * 0.015, 0])
        if sleeve < 1:
            parts.append(area("arm", limb([(s * x, y), bend, hand], [width * 0.8, width * 0.75, width * 0.7]), skin))
        parts.append(area("hand", ellipse(*(hand + along * width * 0.25), width * 0.5), skin))
        end = np.float32([s * x, y]) + along * length * sleeve
        sleeves.append(
            limb(
                [(s * (x - 0.02), y), ((s * x + end[0]) / 2 + s * 0.01 * sleeve, (y + end[1]) / 2), tuple(end)],
                [width, width, width * 1.1],
                round_end=False,
            )
        )
        hands.append((float(hand[0] + along[0] * width * 0.25), float(hand[1] + along[1] * width * 0.25)))
    return parts, sleeves, hands


def sewn(name: str, outlines: list[np.ndarray], *colors: str) -> list[Part]:
    """One garment of several pieces: a single outline where they overlap."""
    around = joined(outlines)
    return (
        [area(name, around, *colors)] if around is not None else [area(name, outline, *colors) for outline in outlines]
    )


def two_legs(
    rng: np.random.Generator,
    gap: float,
    top: float,
    low: float,
    width: float,
    skin: str,
    pants: Sequence[str] = (),
    short: float = 1.0,
    shoes: Sequence[str] = SHOES,
) -> list[Part]:
    """Legs with shoes; with `pants`, a pair of trousers down to a share `short` of their length."""
    parts, cloth = [], []
    shoe = tuple(rng.permutation(list(shoes)))
    stance = gap + rng.uniform(0, 0.035)
    for s in (-1, 1):
        if not pants or short < 1:
            parts.append(
                area(
                    "leg",
                    polygon(
                        (s * gap - width * 0.4, top),
                        (s * gap + width * 0.4, top),
                        (s * stance + width * 0.33, low),
                        (s * stance - width * 0.33, low),
                    ),
                    skin,
                )
            )
        parts.append(
            area(
                "shoe",
                smooth(
                    [
                        (s * (stance - width * 0.45), low + 0.02),
                        (s * (stance - width * 0.4), low - 0.035),
                        (s * (stance + width * 0.3), low - 0.035),
                        (s * (stance + width * 0.95), low),
                        (s * (stance + width * 0.9), low + 0.022),
                    ]
                ),
                *shoe,
            )
        )
        foot, share = low - 0.02, short
        at_y = top + (foot - top) * share
        x = gap + (stance - gap) * share
        cloth.append(
            polygon(
                (s * gap - width * 0.62, top - 0.03),
                (s * gap + width * 0.62, top - 0.03),
                (s * x + width * 0.56, at_y),
                (s * x - width * 0.56, at_y),
            )
        )
    if pants:
        hip = polygon(
            (-gap - width * 0.62, top - 0.04),
            (gap + width * 0.62, top - 0.04),
            (gap + width * 0.62, top + 0.04),
            (-gap - width * 0.62, top + 0.04),
        )
        parts += sewn("shorts" if short < 0.8 else "pants", [hip, *cloth], *pants)
    return parts
