"""Sheep and goats.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, cloud, dot, even, eyes, in_square, limb
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs


@kind("sheep", "lamb", group="animal")
def sheep(rng: np.random.Generator) -> Thing:
    """A woolly sheep from the side or from the front."""
    skin, num = str(rng.choice(["black", "beige", "gray", "light pink", "dark brown"])), int(rng.integers(9, 14))
    wool, front = ("white", "beige", "gray", "black"), rng.random() < 0.35
    wool = tuple(color for color in wool if color != skin)
    pale = skin in ("beige", "light pink", "gray")
    places = (-0.14, 0.14) if front else (-0.2, -0.08, 0.1, 0.22)
    parts = [
        area("leg", limb([(x, 0.1), (x, 0.25), (x + rng.uniform(-0.01, 0.01), 0.42)], 0.07, round_end=False), skin)
        for x in places
    ]
    wide = 0.32 if front else 0.38
    parts.append(area("wool", cloud(rng, 0, 0, wide, 0.27, num), *wool, body=True))
    x, y = (0.0, -0.08) if front else (0.36, -0.12)
    parts += [
        area(
            "ear",
            limb([(x + s * 0.09, y - 0.08), (x + s * 0.17, y - 0.06), (x + s * 0.23, y - 0.01)], [0.04, 0.075, 0.02]),
            skin,
        )
        for s in (-1, 1)
    ]
    parts.append(
        area(
            "head",
            even([(x, y - 0.15), (x + 0.1, y - 0.11), (x + 0.1, y + 0.03), (x + 0.06, y + 0.13), (x, y + 0.15)], x=x),
            skin,
        )
    )
    if pale:
        parts += [
            *eyes(rng, [(x + s * 0.045, y - 0.03) for s in (-1, 1)], 0.022),
            area("nose", ellipse(x, y + 0.075, 0.026, 0.018), "pink", "black"),
        ]
    else:
        for s in (-1, 1):
            parts += [
                area("eye", ellipse(x + s * 0.045, y - 0.03, 0.026), "white", fixed=True),
                dot(x + s * 0.045, y - 0.03, 0.012),
            ]
    parts.append(area("wool", cloud(rng, x, y - 0.16, 0.11, 0.07, 6), *wool, body=True))
    curls = [
        arc(cx * wide, cy * 0.27, 0.035, 0.03, turn, turn + 230, num_points=10)
        for cx, cy, turn in ((-0.5, -0.2, 0), (-0.15, 0.35, 60), (-0.65, 0.35, 120), (0.5, 0.45, 20))
    ]
    lines = curls if rng.random() < 0.6 else []
    return in_square(rng, parts, lines, ("front view",) if front else ())


@kind("goat", group="animal")
def goat(rng: np.random.Generator) -> Thing:
    """A goat from the side, with horns and a beard."""
    coat = Coat(rng, "white", "gray", "brown", "light brown", "beige")
    parts = [coat("tail", limb([(-0.28, -0.08), (-0.34, -0.15), (-0.36, -0.22)], [0.07, 0.06, 0.02]), 0.4)]
    parts += four_legs(rng, coat, 0.3, 0.16, rng.uniform(0.22, 0.27), 0.07, ("black", "gray"))
    parts.append(coat("neck", limb([(0.2, 0.0), (0.27, -0.15), (0.32, -0.28)], [0.2, 0.15, 0.13]), 0.0))
    parts += [
        area(
            "horn",
            limb([(x, -0.37), (x - 0.04, -0.5), (x - 0.15, -0.56)], [0.06, 0.045, 0.01]),
            "gray",
            "beige",
            "dark brown",
        )
        for x in (0.37, 0.31)
    ]
    parts.append(area("beard", polygon((0.4, -0.22), (0.47, -0.2), (0.42, -0.06)), "gray", "white", "brown"))
    parts.append(
        coat(
            "head",
            smooth(
                [(0.26, -0.35), (0.34, -0.41), (0.43, -0.36), (0.52, -0.27), (0.51, -0.2), (0.42, -0.2), (0.3, -0.24)]
            ),
            0.1,
        )
    )
    parts.append(coat("ear", limb([(0.29, -0.34), (0.22, -0.32), (0.16, -0.26)], [0.04, 0.065, 0.02]), 0.5))
    parts += eyes(rng, [(0.39, -0.33)], 0.024, coat.color)
    return in_square(rng, parts, [smooth([(0.5, -0.23), (0.46, -0.24), (0.43, -0.25)], closed=False)], joins=0.7)
