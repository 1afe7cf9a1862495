"""Fruit of warm lands.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, dot, even, in_square, limb, petal
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth, turned


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
