"""Flowers.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import GREENS, area, in_square, limb, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, ellipse, kind, smooth, turned


def stalk(rng: np.random.Generator, top: float, num_leaves: int, bend: float) -> list[Part]:
    """A stem from the ground to (0.5, top), with leaves."""
    parts = [
        area(
            "stem",
            limb(
                [(0.5 + bend, 0.95), (0.5 + bend * 0.2, (0.95 + top) / 2), (0.5, top)],
                rng.uniform(0.03, 0.045),
                round_start=False,
            ),
            "green",
            "dark green",
        )
    ]
    for index in range(num_leaves):
        side, y = (-1, 1)[index % 2], 0.92 - 0.1 * index - rng.uniform(0, 0.05)
        x = 0.5 + bend * ((y - top) / (0.95 - top)) ** 2 * 0.95
        parts.append(
            area(
                "leaf",
                petal(x, y, rng.uniform(0.2, 0.28), rng.uniform(0.08, 0.12), side * rng.uniform(40, 65), sharp=True),
                "green",
                "light green",
                "dark green",
            )
        )
    return parts


@kind("flower", "blossom", group="plant")
def flower(rng: np.random.Generator) -> Thing:
    """Petals about a center: round, long or pointed ones, on a stem or only the head."""
    num, style, y = int(rng.integers(5, 10)), rng.choice(["round", "long", "sharp"]), 0.3
    color, head_only = pick(rng, ("red", "pink", "yellow", "purple", "white", "blue", "orange")), rng.random() < 0.2
    parts = [] if head_only else stalk(rng, y, int(rng.integers(0, 4)), rng.uniform(-0.1, 0.1))
    size = rng.uniform(0.22, 0.27)
    for turn in np.arange(num) * 360 / num + rng.uniform(0, 40):
        if style == "round":
            radius = size * min(0.5, 2.2 / num + 0.06)
            outline = ellipse(
                0.5 + np.sin(np.deg2rad(turn)) * size * 0.6, y - np.cos(np.deg2rad(turn)) * size * 0.6, radius
            )
        else:
            outline = petal(0.5, y, size, size * min(0.75, 4.6 / num), turn, sharp=style == "sharp")
        parts.append(area("petal", outline, color, body=True))
    parts.append(area("center", ellipse(0.5, y, size * rng.uniform(0.28, 0.38)), "yellow", "orange", "brown", "white"))
    return in_square(rng, parts, says=("only the head",) if head_only else ())


@kind("tulip", group="plant")
def tulip(rng: np.random.Generator) -> Thing:
    """A tulip: a cup of three petals with long leaves."""
    bend, wide, parts = rng.uniform(-0.05, 0.05), rng.uniform(0.16, 0.2), []
    parts += stalk(rng, 0.38, 0, bend)
    for side in (-1, 1)[: int(rng.integers(1, 3))]:
        parts.append(
            area(
                "leaf",
                limb(
                    [(0.5 + bend, 0.95), (0.5 + side * 0.12, 0.72), (0.5 + side * rng.uniform(0.16, 0.26), 0.5)],
                    [0.06, 0.09, 0.008],
                ),
                *GREENS,
            )
        )
    color, edge = pick(rng, ("red", "pink", "yellow", "purple", "orange", "white")), 0.1 + rng.uniform(0, 0.05)
    parts.append(area("petal", petal(0.5, 0.36, 0.29, wide * 1.3, 0, sharp=True), color, body=True))
    for side in (-1, 1):
        outline = [
            (0.5, 0.44),
            (0.5 + side * wide * 0.75, 0.4),
            (0.5 + side * wide * 1.05, 0.26),
            (0.5 + side * wide * 0.95, edge),
            (0.5 + side * wide * 0.35, 0.2),
            (0.5 - side * wide * 0.12, 0.32),
        ]
        parts.append(area("petal", smooth(outline), color, body=True))
    return in_square(rng, parts)


@kind("sunflower", group="plant")
def sunflower(rng: np.random.Generator) -> Thing:
    """A sunflower: many pointed petals about a wide dark center."""
    num, size, y = int(rng.integers(12, 18)), rng.uniform(0.26, 0.3), 0.32
    parts = stalk(rng, y, int(rng.integers(2, 4)), rng.uniform(-0.06, 0.06))
    turns = np.arange(num) * 360 / num
    if rng.random() < 0.4:
        parts += [
            area("petal", petal(0.5, y, size * 1.03, 0.1, turn + 180 / num, sharp=True), "yellow", body=True)
            for turn in turns
        ]
    parts += [
        area("petal", petal(0.5, y, size, 0.12, turn, sharp=True), "yellow", "orange", body=True) for turn in turns
    ]
    inner = rng.uniform(0.12, 0.15)
    parts.append(area("center", ellipse(0.5, y, inner), "brown", "dark brown", "black"))
    lines = []
    if rng.random() < 0.6:
        for way in (-1, 1):
            for place in (-0.45, 0, 0.45):
                reach = np.sqrt(0.85 - place**2) * inner
                ends = np.float32([(-reach, place * inner), (reach, place * inner)])
                lines.append(turned(ends, way * 45) + np.float32([0.5, y]))
    return in_square(rng, parts, lines)


@kind("rose", group="plant")
def rose(rng: np.random.Generator) -> Thing:
    """A rose: a round head with a swirl, on a stem with leaves and thorns."""
    bend, size, y = rng.uniform(-0.08, 0.08), rng.uniform(0.19, 0.23), 0.28
    parts = stalk(rng, y, int(rng.integers(2, 4)), bend)
    parts += [area("leaf", petal(0.5, y + size * 0.7, 0.18, 0.08, turn, sharp=True), "green") for turn in (105, 255)]
    color = pick(rng, ("red", "pink", "white", "yellow", "dark red"))
    parts += [
        area(
            "petal",
            ellipse(0.5 + np.cos(a) * size * 0.5, y + np.sin(a) * size * 0.42, size * 0.62, size * 0.58),
            color,
            body=True,
        )
        for a in np.deg2rad([200, 340, 270, 140, 40])
    ]
    parts.append(area("petal", ellipse(0.5, y + size * 0.1, size * 0.72, size * 0.66), color, body=True))
    t = np.linspace(0, 2.2 * 2 * np.pi, 50)
    swirl = np.stack(
        [0.5 + np.cos(t) * t / t[-1] * size * 0.5, y + size * 0.06 + np.sin(t) * t / t[-1] * size * 0.42], 1
    ).astype(np.float32)
    return in_square(rng, parts, [swirl])
