"""Plants that stand in pots, or may.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import GREENS, area, in_square, limb, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon


def pot(rng: np.random.Generator, top: float) -> list[Part]:
    """A flower pot from `top` to the ground, with a rim and a stripe now and then."""
    wide, foot = rng.uniform(0.19, 0.24), rng.uniform(0.12, 0.16)
    parts = [
        area(
            "pot",
            polygon((0.5 - wide, top), (0.5 + wide, top), (0.5 + foot, 0.95), (0.5 - foot, 0.95)),
            "orange",
            "brown",
            "white",
            "blue",
        )
    ]
    if rng.random() < 0.7:
        parts.append(
            area("rim", box(0.5 - wide - 0.03, top - 0.01, 0.5 + wide + 0.03, top + 0.06), "orange", "brown", "white")
        )
    elif rng.random() < 0.6:
        parts.append(
            area(
                "stripe",
                polygon(
                    (0.5 - wide * 0.93, top + 0.07),
                    (0.5 + wide * 0.93, top + 0.07),
                    (0.5 + wide * 0.83, top + 0.12),
                    (0.5 - wide * 0.83, top + 0.12),
                ),
                "white",
                "yellow",
                "red",
            )
        )
    return parts


@kind("cactus", group="plant")
def cactus(rng: np.random.Generator) -> Thing:
    """A cactus with arms or a round one, in a pot or in sand, with a flower now and then."""
    parts, lines, color = [], [], pick(rng, GREENS)
    potted, round_one = rng.random() < 0.6, rng.random() < 0.3
    foot, wide = (0.74 if potted else 0.93), rng.uniform(0.17, 0.22)
    if round_one:
        middle = foot - 0.2
        parts.append(area("body", ellipse(0.5, middle, wide * 1.3, 0.26), color, body=True))
        lines += [
            arc(0.5, middle, wide * 1.3 * s, 0.25, 130, 255, num_points=14)
            if s > 0
            else arc(0.5, middle, -wide * 1.3 * s, 0.25, -75, 50, num_points=14)
            for s in (0.55, -0.55)
        ]
        top = middle - 0.25
    else:
        for side in (-1, 1)[: int(rng.integers(1, 3))]:
            y, out = rng.uniform(0.45, 0.58), rng.uniform(0.22, 0.27)
            parts.append(
                area(
                    "arm",
                    limb(
                        [
                            (0.5, y),
                            (0.5 + side * out * 0.75, y),
                            (0.5 + side * out, y - 0.07),
                            (0.5 + side * out, y - 0.2),
                        ],
                        wide * 0.55,
                    ),
                    color,
                )
            )
        parts.append(
            area("body", box(0.5 - wide / 2, 0.1, 0.5 + wide / 2, foot + 0.03, radius=wide / 2), color, body=True)
        )
        top = 0.1
        lines += (
            [np.float32([(0.5 + x * wide, 0.24 + 0.03 * abs(x)), (0.5 + x * wide, foot - 0.05)]) for x in (-0.2, 0.2)]
            if rng.random() < 0.5
            else []
        )
        if not lines:
            for x, y in ((-0.25, 0.25), (0.2, 0.35), (-0.2, 0.47), (0.25, 0.58), (-0.1, 0.66)):
                lines.append(
                    np.float32(
                        [(0.5 + x * wide - 0.014, y - 0.02), (0.5 + x * wide, y), (0.5 + x * wide + 0.014, y - 0.02)]
                    )
                )
    if rng.random() < 0.5:
        parts += [
            area("flower", petal(0.5, top + 0.03, 0.1, 0.06, turn), "pink", "red", "yellow") for turn in (-45, 45, 0)
        ]
    parts += pot(rng, foot) if potted else [area("sand", arc(0.5, 0.96, 0.36, 0.08, 180, 360), "yellow", "beige")]
    return in_square(rng, parts, lines)


@kind("potted plant", "house plant", "plant in a pot", group="plant")
def potted_plant(rng: np.random.Generator) -> Thing:
    """A plant in a pot: broad leaves, long leaves or round leaves."""
    top, style, num, parts = rng.uniform(0.62, 0.7), rng.choice(["broad", "long", "round"]), int(rng.integers(5, 9)), []
    turns = np.linspace(-75, 75, num)
    lines = []
    for turn in sorted(turns, key=lambda angle: -abs(angle)):
        length = rng.uniform(0.38, 0.52) * (1.1 - abs(turn) / 250)
        tip = (0.5 + np.sin(np.deg2rad(turn)) * length, top - np.cos(np.deg2rad(turn)) * length)
        if style == "round":
            parts.append(
                area(
                    "stem",
                    limb([(0.5, top + 0.02), ((tip[0] + 0.5) / 2, (tip[1] + top) / 2), tip], 0.022),
                    "green",
                    "brown",
                )
            )
            parts.append(area("leaf", ellipse(*tip, 0.075, 0.1, turn_deg=turn), *GREENS, body=True))
        else:
            wide = 0.17 if style == "broad" else 0.08
            parts.append(
                area("leaf", petal(0.5, top + 0.03, length * 1.05, wide, turn, sharp=True), *GREENS, body=True)
            )
    parts += pot(rng, top)
    return in_square(rng, parts, lines)
