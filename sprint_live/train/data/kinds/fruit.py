"""Fruit and vegetables.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, dot, even, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth, turned


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


@kind("banana", group="food")
def banana(rng: np.random.Generator) -> Thing:
    """A bent banana, whole or half peeled."""
    bend = rng.uniform(0.3, 0.42)
    path = [(0.06, 0.3), (0.2, 0.3 + bend * 0.75), (0.5, 0.32 + bend), (0.8, 0.3 + bend * 0.7), (0.93, 0.25)]
    fat = rng.uniform(0.19, 0.25)
    if rng.random() < 0.35:
        fruit = limb([(0.5, 0.7), (0.48, 0.4), (0.55, 0.12)], [fat, fat * 0.9, fat * 0.55])
        parts = [area("flesh", fruit, "light yellow", "beige", "white")]
        parts.append(
            area(
                "peel",
                limb([(0.5, 0.55), (0.51, 0.75), (0.44, 0.95)], [fat * 1.12, fat, fat * 0.35]),
                "yellow",
                body=True,
            )
        )
        for out in (-1, 1):
            parts.append(
                area(
                    "peel",
                    limb(
                        [(0.5 + out * fat * 0.3, 0.56), (0.5 + out * 0.19, 0.47), (0.5 + out * 0.33, 0.66)],
                        [0.1, 0.13, 0.03],
                    ),
                    "yellow",
                    body=True,
                )
            )
        return in_square(rng, parts, says=("peeled",))
    parts = [area("peel", limb(path, [0.07, fat * 0.95, fat, fat * 0.9, 0.06]), "yellow", "green", body=True)]
    parts.append(area("tip", limb([(0.935, 0.27), (0.95, 0.2), (0.97, 0.14)], [0.06, 0.05, 0.06]), "brown", "green"))
    parts.append(area("tip", ellipse(0.06, 0.3, 0.042, 0.03, turn_deg=10), "brown", "black"))
    return in_square(
        rng,
        parts,
        [
            smooth(
                [(0.1, 0.36), (0.26, 0.27 + bend * 0.75), (0.5, 0.28 + bend), (0.74, 0.27 + bend * 0.7), (0.9, 0.3)],
                closed=False,
            )
        ],
    )


@kind("strawberry", group="food")
def strawberry(rng: np.random.Generator) -> Thing:
    """A strawberry with seeds and a green top."""
    wide = rng.uniform(0.32, 0.38)
    skin = even(
        [
            (0.5, 0.28),
            (0.5 + wide * 0.7, 0.26),
            (0.5 + wide, 0.42),
            (0.5 + wide * 0.75, 0.66),
            (0.5 + wide * 0.3, 0.88),
            (0.5, 0.95),
        ]
    )
    parts = [area("skin", skin, "red", "pink", body=True)]
    for row, (y, num) in enumerate(((0.44, 4), (0.56, 3), (0.68, 3), (0.8, 2))):
        for place in np.linspace(-1, 1, num) * wide * (0.7, 0.52, 0.42, 0.16)[row]:
            parts.append(
                area(
                    "seed",
                    petal(0.5 + place + rng.uniform(-0.01, 0.01), y, 0.055, 0.032, 180, sharp=True),
                    "yellow",
                    "white",
                )
            )
    num = int(rng.integers(5, 8))
    parts += [
        area("leaf", petal(0.5, 0.23, rng.uniform(0.18, 0.23), 0.12, turn, sharp=True), "green", "dark green")
        for turn in np.linspace(95, 265, num)
    ]
    parts.append(
        area(
            "stem",
            limb([(0.5, 0.27), (0.5, 0.18), (0.5 + rng.uniform(-0.06, 0.06), 0.1)], [0.05, 0.035, 0.04]),
            "green",
            "brown",
        )
    )
    return in_square(rng, parts)


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


@kind("pineapple", group="food")
def pineapple(rng: np.random.Generator) -> Thing:
    """A pineapple with a criss-cross skin and a tuft."""
    wide, top = rng.uniform(0.22, 0.27), rng.uniform(0.38, 0.43)
    parts = [
        area("leaf", petal(0.5, top + 0.1, rng.uniform(0.3, 0.38), 0.1, turn, sharp=True), "green", "dark green")
        for turn in (-50, 50, -32, 32, -14, 14)
    ]
    parts.append(area("leaf", petal(0.5, top + 0.1, 0.42, 0.11, rng.uniform(-3, 3), sharp=True), "green", "dark green"))
    middle, tall = (top + 0.95) / 2, (0.95 - top) / 2
    parts.append(area("skin", ellipse(0.5, middle, wide, tall), "yellow", "orange", "brown", body=True))
    lines, step = [], rng.uniform(0.3, 0.4)
    for way in (-1, 1):
        for place in np.arange(-1.2, 1.25, step):
            t = np.linspace(-1, 1, 60)
            x, y = place + way * t * 0.5, t
            inside = x**2 + y**2 < 0.97
            if inside.sum() > 6:
                lines.append(np.stack([0.5 + x[inside] * wide, middle + y[inside] * tall], 1).astype(np.float32))
    return in_square(rng, parts, lines)


@kind("carrot", group="food")
def carrot(rng: np.random.Generator) -> Thing:
    """A carrot with green leaves, upright or slanting."""
    wide, lean = rng.uniform(0.13, 0.18), rng.uniform(-25, 45)
    outlines = [("leaf", petal(0.5, 0.38, rng.uniform(0.26, 0.34), 0.1, turn), ("green",)) for turn in (-28, 28, 0)]
    root = even([(0.5, 0.34), (0.5 + wide * 0.8, 0.35), (0.5 + wide, 0.43), (0.5 + wide * 0.65, 0.68), (0.515, 0.94)])
    outlines.append(("skin", root, ("orange",)))
    parts = [
        area(name, turned(outline, lean, (0.5, 0.6)), *colors, body=name == "skin")
        for name, outline, colors in outlines
    ]
    lines = [
        turned(
            smooth(
                [
                    (0.5 + side * wide * s, y),
                    (0.5 + side * wide * (s - 0.3), y + 0.01),
                    (0.5 + side * wide * (s - 0.55), y),
                ],
                closed=False,
            ),
            lean,
            (0.5, 0.6),
        )
        for side, s, y in ((-1, 0.88, 0.48), (1, 0.72, 0.57), (-1, 0.62, 0.67), (1, 0.42, 0.76))
    ]
    return in_square(rng, parts, lines)


@kind("watermelon slice", "slice of watermelon", "watermelon", group="food")
def watermelon(rng: np.random.Generator) -> Thing:
    """A slice of watermelon with black seeds: half a disk or a wedge."""
    half = rng.random() < 0.5
    parts = []
    for name, scale, colors in (
        ("rind", 1.0, ("green", "dark green")),
        ("edge", 0.9, ("white", "light green")),
        ("flesh", 0.83, ("red", "pink")),
    ):
        if half:
            outline = np.concatenate([arc(0.5, 0.3, 0.45 * scale, 0.42 * scale, 0, 180)])
        else:
            outline = np.concatenate([polygon((0.5, 0.1)), arc(0.5, 0.1, 0.8 * scale, 0.8 * scale, 62, 118)])
        parts.append(area(name, outline, *colors, body=name == "flesh"))
    seeds = (
        [(0.3, 0.4), (0.42, 0.5), (0.5, 0.38), (0.58, 0.52), (0.7, 0.4)]
        if half
        else [(0.5, 0.34), (0.42, 0.5), (0.57, 0.52), (0.5, 0.64), (0.36, 0.65), (0.64, 0.66)]
    )
    parts += [
        area(
            "seed",
            petal(x + rng.uniform(-0.02, 0.02), y, 0.07, 0.04, rng.uniform(-20, 20), sharp=True),
            "black",
            "brown",
        )
        for x, y in seeds
    ]
    return in_square(rng, parts)


@kind("orange slice", "slice of lemon", "slice of orange", group="food")
def orange_slice(rng: np.random.Generator) -> Thing:
    """A round slice of citrus with segments."""
    num = int(rng.integers(6, 9))
    color = str(rng.choice(["orange", "yellow", "light green", "red"]))
    parts = [
        area("peel", ellipse(0.5, 0.5, 0.45), color, body=True),
        area("edge", ellipse(0.5, 0.5, 0.39), "white", "light yellow"),
    ]
    for turn in np.arange(num) * 360 / num + rng.uniform(0, 60):
        spread = 180 / num - 5
        piece = np.concatenate([polygon((0.07, 0)), arc(0, 0, 0.35, 0.35, -spread, spread, num_points=10)])
        parts.append(area("segment", turned(piece, turn) + np.float32(0.5), color))
    return in_square(rng, parts)


@kind("grapes", "bunch of grapes", group="food")
def grapes(rng: np.random.Generator) -> Thing:
    """A bunch of round grapes below a leaf."""
    size = rng.uniform(0.095, 0.11)
    parts = [area("stem", limb([(0.5, 0.36), (0.5, 0.2), (0.55, 0.06)], [0.04, 0.035, 0.045]), "brown", "green")]
    for row, num in enumerate((4, 3, 4, 3, 2, 1)):
        for place in (np.arange(num) - (num - 1) / 2) * size * 1.75:
            parts.append(
                area(
                    "grape",
                    ellipse(0.5 + place + rng.uniform(-0.01, 0.01), 0.36 + row * size * 1.25, size),
                    "purple",
                    "green",
                    "red",
                    body=True,
                )
            )
    leaf = loosely(
        rng,
        [
            (0.5, 0.24),
            (0.58, 0.1),
            (0.68, 0.14),
            (0.8, 0.1),
            (0.8, 0.22),
            (0.86, 0.32),
            (0.72, 0.34),
            (0.62, 0.42),
            (0.58, 0.32),
        ],
    )
    parts.append(area("leaf", leaf, "green", "dark green"))
    return in_square(rng, parts)


@kind("avocado", group="food")
def avocado(rng: np.random.Generator) -> Thing:
    """Half an avocado with its stone."""
    wide = rng.uniform(0.27, 0.33)
    skin = even(
        [(0.5, 0.08), (0.62, 0.14), (0.5 + wide * 0.75, 0.4), (0.5 + wide, 0.66), (0.5 + wide * 0.62, 0.9), (0.5, 0.95)]
    )
    middle = np.float32([0.5, 0.56])
    parts = [
        area("skin", skin, "dark green", "green", body=True),
        area("flesh", (skin - middle) * 0.85 + middle, "light green", "light yellow"),
    ]
    parts += [
        area("stone", ellipse(0.5, 0.66, rng.uniform(0.12, 0.15)), "brown", "dark brown"),
        dot(0.46, 0.62, 0.03, "white"),
    ]
    return in_square(rng, parts)


@kind("tomato", group="food")
def tomato(rng: np.random.Generator) -> Thing:
    """A round tomato with a green star on top."""
    wide = rng.uniform(0.4, 0.45)
    skin = even(
        [
            (0.5, 0.24),
            (0.65, 0.19),
            (0.5 + wide * 0.88, 0.33),
            (0.5 + wide, 0.57),
            (0.5 + wide * 0.75, 0.83),
            (0.5, 0.93),
        ]
    )
    parts = [area("skin", skin, "red", "orange", "yellow", body=True)]
    parts += [
        area("leaf", petal(0.5, 0.24, rng.uniform(0.17, 0.24), 0.09, turn, sharp=True), "green")
        for turn in (75, 120, 180, 240, 285)
    ]
    parts.append(area("stem", limb([(0.5, 0.26), (0.5, 0.17), (0.53, 0.1)], [0.05, 0.035, 0.04]), "green"))
    return in_square(rng, parts, [arc(0.5, 0.56, wide * 0.75, 0.27, 180, 225)])
