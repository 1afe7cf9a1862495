"""Human heads, their hair and limbs, for faces and for people.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, dot, even, eyes, joined, limb, smile
from sprint_live.train.data.kinds._thing import Part, arc, ellipse, polygon, smooth

SHOES = ("brown", "black", "red", "blue", "white")


def at(points: Sequence[tuple[float, float]], x: float, y: float, r: float, mirror: float = 1.0) -> np.ndarray:
    """Points in units of a head's radius about its middle."""
    return np.float32(points) * np.float32([r * mirror, r]) + np.float32([x, y])


def hair_behind(rng: np.random.Generator, x: float, y: float, r: float, style: str, color: str) -> list[Part]:
    """What of the hair lies behind the face."""
    if style == "long":
        low, flip = rng.uniform(1.3, 1.9), rng.uniform(0.95, 1.3)
        return [
            area(
                "hair",
                even(
                    list(
                        map(
                            tuple,
                            at(
                                [
                                    (0, -1.18),
                                    (0.8, -0.98),
                                    (1.18, -0.2),
                                    (1.15, 0.6),
                                    (flip, low),
                                    (0.5, low),
                                    (0, low * 0.9),
                                ],
                                x,
                                y,
                                r,
                            ),
                        )
                    ),
                    x=x,
                ),
                color,
            )
        ]
    if style == "bob":
        return [
            area(
                "hair",
                even(
                    list(
                        map(
                            tuple,
                            at([(0, -1.18), (0.8, -0.98), (1.2, -0.2), (1.22, 0.75), (0.7, 0.85), (0, 0.8)], x, y, r),
                        )
                    ),
                    x=x,
                ),
                color,
            )
        ]
    if style == "curly":
        return [area("hair", cloud(rng, x, y - r * 0.25, r * 1.4, r * 1.25, int(rng.integers(9, 14))), color)]
    if style == "bun":
        places = [(0.0, -1.3)] if rng.random() < 0.5 else [(-0.75, -1.05), (0.75, -1.05)]
        return [area("hair", ellipse(x + r * a, y + r * b, r * 0.38), color) for a, b in places]
    if style in ("pigtails", "braids"):
        parts = []
        for s in (-1, 1):
            if style == "pigtails":
                parts.append(
                    area(
                        "hair",
                        smooth(
                            at(
                                [(0.9, -0.35), (1.35, -0.5), (1.75, 0.0), (1.6, 0.75), (1.3, 0.45), (1.1, 0.1)],
                                x,
                                y,
                                r,
                                s,
                            )
                        ),
                        color,
                    )
                )
            else:
                parts += [
                    area("hair", ellipse(x + s * r * 1.05, y + r * b, r * 0.26, r * 0.28), color)
                    for b in (0.3, 0.7, 1.1)
                ]
        return parts
    return []


def hair_in_front(rng: np.random.Generator, x: float, y: float, r: float, style: str, color: str) -> list[Part]:
    """What of the hair lies on the forehead; ties for tails."""
    if style == "bald":
        return []
    outer = arc(x, y - r * 0.02, r * 1.06, r * 1.14, 184, 356)
    if style == "spiky":
        angle = np.deg2rad(np.linspace(190, 350, 13))
        out = np.where(np.arange(13) % 2 == 1, 1.5, 1.05)
        outer = np.stack([x + r * out * np.cos(angle), y + r * out * np.sin(angle)], 1)
    fringe = str(rng.choice(["straight", "parted", "zigzag", "side"]))
    inner = {
        "straight": [(0.92, -0.25), (0.78, -0.42), (0.3, -0.4), (-0.3, -0.4), (-0.78, -0.42), (-0.92, -0.25)],
        "parted": [(0.93, 0.0), (0.72, -0.4), (0.1, -0.78), (-0.1, -0.78), (-0.72, -0.4), (-0.93, 0.0)],
        "zigzag": [
            (0.93, -0.1),
            (0.75, -0.5),
            (0.5, -0.3),
            (0.28, -0.55),
            (0.0, -0.32),
            (-0.28, -0.55),
            (-0.5, -0.3),
            (-0.75, -0.5),
            (-0.93, -0.1),
        ],
        "side": [(0.95, -0.05), (0.7, -0.4), (0.2, -0.52), (-0.35, -0.75), (-0.75, -0.45), (-0.95, -0.05)],
    }[fringe]
    edge = at(inner, x, y, r, rng.choice([-1, 1]) if fringe == "side" else 1.0)
    if edge[0, 0] < x:
        edge = edge[::-1]
    parts = [
        area(
            "hair", np.concatenate([outer, edge if fringe == "zigzag" else smooth(edge, closed=False, steps=5)]), color
        )
    ]
    if style in ("pigtails", "braids"):
        tie = (0.98, -0.35) if style == "pigtails" else (1.05, 1.4)
        parts += [
            area("bow", ellipse(x + s * r * tie[0], y + r * tie[1], r * 0.17), "red", "pink", "blue", "yellow")
            for s in (-1, 1)
        ]
    return parts


def face_of(
    rng: np.random.Generator,
    x: float,
    y: float,
    r: float,
    skin: str,
    *,
    brows: bool = False,
    ears: bool = True,
    plain: bool = False,
) -> tuple[list[Part], list[np.ndarray]]:
    """A face with eyes, nose and mouth; plain: dots and a smile, for small figures."""
    parts = (
        [area("ear", ellipse(x + s * r * 0.97, y + r * 0.05, r * 0.2, r * 0.25), skin) for s in (-1, 1)] if ears else []
    )
    chin = rng.uniform(0.98, 1.12)
    parts.append(
        area(
            "face",
            even(
                list(map(tuple, at([(0, -1), (0.72, -0.75), (0.98, -0.1), (0.78, chin * 0.68), (0, chin)], x, y, r))),
                x=x,
            ),
            skin,
        )
    )
    lines = []
    if plain and rng.random() < 0.6:
        parts += [dot(x + s * r * 0.36, y - r * 0.05, r * 0.1, name="eye") for s in (-1, 1)]
    elif rng.random() < 0.35:
        for s in (-1, 1):
            parts.append(
                area(
                    "eye",
                    np.concatenate(
                        [
                            arc(x + s * r * 0.4, y - r * 0.1, r * 0.22, r * 0.17, 180, 360),
                            arc(x + s * r * 0.4, y - r * 0.1, r * 0.22, r * 0.12, 0, 180)[1:-1],
                        ]
                    ),
                    "white",
                    fixed=True,
                )
            )
        iris = str(rng.choice(["blue", "green", "brown", "gray"]))
        parts += [area("iris", ellipse(x + s * r * 0.4, y - r * 0.1, r * 0.12), iris) for s in (-1, 1)] + [
            dot(x + s * r * 0.4, y - r * 0.1, r * 0.055) for s in (-1, 1)
        ]
    else:
        parts += eyes(rng, [(x + s * r * 0.38, y - r * 0.08) for s in (-1, 1)], r * rng.uniform(0.14, 0.18))
    if brows:
        lines += [arc(x + s * r * 0.4, y - r * 0.25, r * 0.2, r * 0.14, 210, 330, num_points=8) for s in (-1, 1)]
    if not plain or rng.random() < 0.3:
        nose = (
            [(0.02, 0.05), (0.12, 0.24), (-0.02, 0.28)]
            if rng.random() < 0.5
            else [(-0.08, 0.22), (0.0, 0.28), (0.08, 0.22)]
        )
        lines.append(smooth(at(nose, x, y, r), closed=False, steps=5))
    if rng.random() < 0.3:
        parts += [
            area("cheek", ellipse(x + s * r * 0.55, y + r * 0.32, r * 0.15, r * 0.12), "pink", "light red")
            for s in (-1, 1)
        ]
    mouth = rng.random()
    if mouth < 0.25:
        parts.append(
            area(
                "mouth",
                np.concatenate(
                    [
                        arc(x, y + r * 0.43, r * 0.32, r * 0.28, 0, 180),
                        arc(x, y + r * 0.43, r * 0.32, r * 0.03, 180, 0)[1:-1],
                    ]
                ),
                "red",
                "dark red",
            )
        )
    elif mouth < 0.45 and not plain:
        parts.append(
            area(
                "lips",
                even(
                    list(map(tuple, at([(0, 0.47), (0.1, 0.42), (0.3, 0.52), (0.13, 0.66), (0, 0.68)], x, y, r))), x=x
                ),
                "red",
                "pink",
            )
        )
        lines.append(smooth(at([(-0.28, 0.52), (0, 0.55), (0.28, 0.52)], x, y, r), closed=False, steps=5))
    else:
        lines.append(smile(x, y + r * 0.45, r * rng.uniform(0.5, 0.8), rng.uniform(0.35, 0.7)))
    return parts, lines


def beard(rng: np.random.Generator, x: float, y: float, r: float, color: str, long: float = 1.3) -> list[Part]:
    """A full beard with an open mouth in it, or a mustache."""
    if long < 1.4 and rng.random() < 0.35:
        return [
            area(
                "mustache",
                smooth(at([(0, 0.3), (0.3, 0.28), (0.55, 0.42), (0.25, 0.46), (0.0, 0.42)], x, y, r, s)),
                color,
            )
            for s in (-1, 1)
        ]
    around = [
        (0.98, 0.0),
        (0.95, 0.6),
        (0.55, 0.6 + long * 0.4),
        (0, long),
        (-0.55, 0.6 + long * 0.4),
        (-0.95, 0.6),
        (-0.98, 0.0),
    ]
    inside = [(-0.7, 0.25), (-0.3, 0.3), (0.0, 0.34), (0.3, 0.3), (0.7, 0.25)]
    parts = [
        area(
            "beard",
            np.concatenate(
                [smooth(at(around, x, y, r), closed=False, steps=5), smooth(at(inside, x, y, r), closed=False, steps=4)]
            ),
            color,
        )
    ]
    parts.append(area("mouth", ellipse(x, y + r * 0.56, r * 0.22, r * 0.1), "red", "dark red"))
    return parts


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
