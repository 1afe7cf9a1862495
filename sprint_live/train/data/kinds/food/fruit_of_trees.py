"""Apples, pears and cherries.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, even, in_square, limb, petal
from sprint_live.train.data.kinds._thing import Part, Thing, arc, kind, smooth, turned


def stem_and_leaf(rng: np.random.Generator, x: float, y: float, length: float, leaf_chance: float = 0.8) -> list[Part]:
    """A stem that stands at (x, y), and a leaf beside it."""
    lean = rng.uniform(-0.05, 0.06)
    parts = [
        area(
            "stem",
            limb([(x, y), (x + lean * 0.3, y - length / 2), (x + lean, y - length)], [0.03, 0.025, 0.04]),
            "brown",
            "green",
        )
    ]
    if rng.random() < leaf_chance:
        side = rng.choice([-1, 1])
        leaf = petal(
            x + lean * 0.3,
            y - length * 0.4,
            rng.uniform(0.18, 0.26),
            rng.uniform(0.09, 0.13),
            side * rng.uniform(55, 80),
            sharp=True,
        )
        parts.append(area("leaf", leaf, "green", "dark green"))
    return parts


@kind("apple", "red apple", group="food")
def apple(rng: np.random.Generator) -> Thing:
    """A round apple with a stem, or half an apple with its seeds."""
    wide, waist = rng.uniform(0.36, 0.42), rng.uniform(0.24, 0.3)
    skin = even(
        [
            (0.5, 0.3),
            (0.62, 0.23),
            (0.5 + wide * 0.8, 0.26),
            (0.5 + wide, 0.46),
            (0.5 + wide * 0.85, 0.72),
            (0.5 + waist * 0.6, 0.93),
            (0.5, 0.89),
        ]
    )
    parts = [area("skin", skin, "red", "green", "yellow", body=True)]
    lines = []
    if rng.random() < 0.25:
        middle = np.float32([0.5, 0.58])
        parts.append(area("flesh", (skin - middle) * 0.87 + middle, "white", "beige", "light yellow"))
        parts += [
            area("seed", petal(0.5 + side * 0.06, 0.52, 0.14, 0.07, 180 - side * 12, sharp=True), "brown", "black")
            for side in (-1, 1)
        ]
        lines.append(smooth([(0.5, 0.33), (0.49, 0.55), (0.5, 0.85)], closed=False))
    elif rng.random() < 0.5:
        lines.append(arc(0.5 - wide * 0.45, 0.48, 0.1, 0.14, 180, 260))
    return in_square(rng, parts + stem_and_leaf(rng, 0.5, 0.31, rng.uniform(0.14, 0.2)), lines)


@kind("pear", group="food")
def pear(rng: np.random.Generator) -> Thing:
    """A pear with a stem."""
    neck, wide = rng.uniform(0.1, 0.14), rng.uniform(0.28, 0.34)
    skin = even(
        [
            (0.5, 0.18),
            (0.5 + neck, 0.24),
            (0.5 + neck * 1.25, 0.4),
            (0.5 + wide * 0.9, 0.6),
            (0.5 + wide, 0.76),
            (0.5 + wide * 0.6, 0.93),
            (0.5, 0.95),
        ]
    )
    lines = [arc(0.5 - wide * 0.5, 0.72, 0.08, 0.12, 120, 220)] if rng.random() < 0.5 else []
    parts = [
        area("skin", skin, "green", "yellow", "light green", body=True),
        *stem_and_leaf(rng, 0.5, 0.2, rng.uniform(0.12, 0.17)),
    ]
    return in_square(
        rng,
        [
            Part(**{**vars(part), "outline_xy": turned(part.outline_xy, lean, (0.5, 0.6))})
            for lean in [rng.uniform(-12, 12)]
            for part in parts
        ],
        lines,
    )


@kind("cherries", "two cherries", group="food")
def cherries(rng: np.random.Generator) -> Thing:
    """Two cherries on stems that meet."""
    size, top = rng.uniform(0.17, 0.21), (rng.uniform(0.45, 0.6), 0.1)
    places = ((0.26, rng.uniform(0.7, 0.76)), (0.7, rng.uniform(0.68, 0.78)))
    parts = [
        area(
            "stem",
            limb([(x, y - size * 0.8), ((x + top[0]) / 2 + (x - 0.5) * 0.25, 0.38), top], [0.03, 0.022, 0.03]),
            "green",
            "brown",
        )
        for x, y in places
    ]
    lines = []
    for x, y in places:
        cherry = even(
            [
                (x, y - size * 0.8),
                (x + size * 0.6, y - size * 0.92),
                (x + size * 1.02, y),
                (x + size * 0.6, y + size * 0.85),
                (x, y + size * 0.98),
            ],
            x=x,
        )
        parts.append(area("cherry", cherry, "red", "dark red", body=True))
        lines.append(arc(x, y, size * 0.6, size * 0.6, 190, 250, num_points=8))
    parts.append(
        area(
            "leaf",
            petal(*top, rng.uniform(0.26, 0.34), rng.uniform(0.13, 0.17), rng.uniform(85, 110), sharp=True),
            "green",
        )
    )
    return in_square(rng, parts, lines)
