"""Hair and beards.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, even
from sprint_live.train.data.kinds._thing import Part, arc, ellipse, smooth


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
