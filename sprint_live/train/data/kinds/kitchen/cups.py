"""Cups, also with tea.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import curl, finished, part, some, thick
from sprint_live.train.data.kinds._shapes import area, even, in_square, star
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.kitchen._china import CHINA, pattern_on


@kind("cup", "coffee cup", group="object")
def cup(rng: np.random.Generator) -> Thing:
    """A mug, or a cup on a saucer; steam rises or not."""
    parts, lines = [], []
    if some(rng):
        lines += [curl(x, 0.26, rng.uniform(0.14, 0.2), 0.025) for x in (0.34, 0.46, 0.58)]
    if some(rng):
        top, wide = 0.36, rng.uniform(0.24, 0.28)
        middle = 0.44
        parts.append(
            part(
                "handle",
                thick(
                    smooth(
                        [
                            (middle + wide - 0.04, 0.48),
                            (middle + wide + 0.14, 0.48),
                            (middle + wide + 0.17, 0.64),
                            (middle + wide + 0.1, 0.77),
                            (middle + wide - 0.04, 0.78),
                        ],
                        closed=False,
                    ),
                    0.065,
                ),
                CHINA,
            )
        )
        straight = np.concatenate(
            [
                polygon((middle - wide, top)),
                arc(middle - wide * 0.9 + 0.06, 0.89, 0.06, 0.06, 180, 90, num_points=6),
                arc(middle + wide * 0.9 - 0.06, 0.89, 0.06, 0.06, 90, 0, num_points=6),
                polygon((middle + wide, top)),
            ]
        )
        parts.append(part("cup", straight, CHINA, body=True))
        parts += [
            part("rim", ellipse(middle, top, wide, 0.065), "white, beige, light gray, light yellow"),
            part("drink", ellipse(middle, top + 0.012, wide * 0.84, 0.042), "brown, dark brown, orange, beige"),
        ]
        parts += pattern_on(rng, middle - 0.16, middle + 0.16, 0.5, 0.86)
    else:
        parts.append(part("saucer", ellipse(0.46, 0.86, 0.42, 0.085), CHINA))
        parts.append(
            part(
                "handle",
                thick(
                    smooth([(0.68, 0.46), (0.86, 0.44), (0.88, 0.56), (0.8, 0.66), (0.62, 0.7)], closed=False), 0.055
                ),
                CHINA,
            )
        )
        bowl = np.concatenate(
            [
                smooth([(0.14, 0.4), (0.17, 0.62), (0.32, 0.84)], closed=False),
                smooth([(0.6, 0.84), (0.75, 0.62), (0.78, 0.4)], closed=False),
            ]
        )
        parts.append(part("cup", bowl, CHINA, body=True))
        parts += [
            part("rim", ellipse(0.46, 0.4, 0.32, 0.075), "white, beige, light gray, light yellow"),
            part("drink", ellipse(0.46, 0.415, 0.27, 0.048), "brown, dark brown, orange, light green"),
        ]
        if some(rng):
            parts.append(
                part(
                    "stripe",
                    np.concatenate(
                        [
                            arc(0.46, 0.5, 0.306, 0.09, 180, 0, num_points=16),
                            arc(0.46, 0.56, 0.29, 0.09, 0, 180, num_points=16),
                        ]
                    ),
                    "gold, red, blue, yellow",
                )
            )
        elif some(rng):
            parts += pattern_on(rng, 0.3, 0.62, 0.5, 0.8)
    return finished(rng, parts, lines, flips=True)


@kind("cup of tea", "cup of coffee", group="food")
def cup_of_tea(rng: np.random.Generator) -> Thing:
    """A cup on a saucer from a little above, with tea in it, steam, a tea bag or a slice of lemon."""
    color, parts = ("white", "blue", "red", "pink", "green", "yellow"), []
    w = rng.uniform(0.27, 0.32)
    parts.append(area("saucer", ellipse(0, 0.4, 0.46, 0.07), "white", "light blue", "pink", "yellow"))
    ring = np.concatenate([arc(w * 0.95, 0.1, 0.16, 0.13, -100, 110), arc(w * 0.95, 0.1, 0.095, 0.075, 110, -100)])
    parts.append(area("handle", ring, *color[:1] if rng.random() < 0.3 else color))
    parts.append(
        area(
            "cup",
            np.concatenate(
                [
                    polygon((-w, -0.05), (w, -0.05)),
                    smooth(
                        [
                            (w * 0.98, 0.1),
                            (w * 0.8, 0.28),
                            (w * 0.5, 0.4),
                            (0, 0.42),
                            (-w * 0.5, 0.4),
                            (-w * 0.8, 0.28),
                            (-w * 0.98, 0.1),
                        ],
                        closed=False,
                    ),
                ]
            ),
            *color,
            body=True,
        )
    )
    parts.append(area("rim", ellipse(0, -0.05, w, 0.075), "white", "light gray"))
    parts.append(area("tea", ellipse(0, -0.04, w * 0.87, 0.053), "brown", "orange", "dark brown", "light green"))
    extra = rng.random()
    if extra < 0.35:
        parts.append(area("lemon", ellipse(-w * 0.35, -0.045, 0.085, 0.032), "yellow"))
    elif extra < 0.65:
        parts.append(area("tag", box(-w * 0.62, 0.12, -w * 0.62 + 0.1, 0.23), "white", "yellow", "red"))
    if rng.random() < 0.4:
        heart = even([(0, 0.16), (0.04, 0.12), (0.09, 0.15), (0.07, 0.22), (0, 0.29)], x=0)
        parts.append(
            area(
                "heart" if extra < 0.9 else "star",
                heart if extra < 0.9 else star(0, 0.2, 0.09, 0.04),
                "red",
                "yellow",
                "pink",
            )
        )
    lines = (
        [
            smooth([(x, -0.15), (x + 0.04, -0.22), (x - 0.03, -0.3), (x + 0.02, -0.38)], closed=False)
            for x in (-0.12, 0.0, 0.12)
        ]
        if rng.random() < 0.75
        else []
    )
    if 0.35 <= extra < 0.65:
        lines.append(smooth([(-w * 0.4, -0.0), (-w * 0.52, 0.05), (-w * 0.46, 0.12)], closed=False))
    return in_square(rng, parts, lines)
