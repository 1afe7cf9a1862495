"""Vegetables.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, even, in_square, limb, petal
from sprint_live.train.data.kinds._thing import Thing, arc, kind, smooth, turned


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
