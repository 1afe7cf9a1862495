"""Computers and televisions.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("laptop", group="object")
def laptop(rng: np.random.Generator) -> Thing:
    """A laptop, open."""
    return _computer(rng, folds=True)


@kind("computer", group="object")
def computer(rng: np.random.Generator) -> Thing:
    """A screen with a keyboard and a mouse."""
    return _computer(rng, folds=False)


def _computer(rng: np.random.Generator, *, folds: bool) -> Thing:
    """A laptop, or a computer on a desk, and what its screen shows."""
    parts, lines, case = [], [], "gray, silver, black, white, light gray, blue, pink"
    screen = "light blue, blue, white, green, black, purple"
    if folds:
        parts += [
            part("lid", box(0.17, 0.18, 0.83, 0.66, radius=0.03), case),
            part("screen", box(0.21, 0.22, 0.79, 0.62), screen),
        ]
        parts.append(
            part(
                "base",
                polygon((0.17, 0.66), (0.83, 0.66), (0.97, 0.88), (0.95, 0.92), (0.05, 0.92), (0.03, 0.88)),
                case,
            )
        )
        parts.append(
            part(
                "keyboard",
                polygon((0.2, 0.69), (0.8, 0.69), (0.86, 0.79), (0.14, 0.79)),
                "black, dark gray, white, light gray",
            )
        )
        lines += [polygon((0.17, 0.74), (0.83, 0.74))] + [
            polygon((0.5 + x * 0.6, 0.69), (0.5 + x * 0.72, 0.79)) for x in np.linspace(-0.4, 0.4, 9)
        ]
        parts.append(
            part("touchpad", polygon((0.42, 0.81), (0.58, 0.81), (0.6, 0.87), (0.4, 0.87)), "light gray, gray, white")
        )
        left, top, right, low = 0.21, 0.22, 0.79, 0.62
    else:
        parts += [
            part("stand", polygon((0.43, 0.62), (0.57, 0.62), (0.6, 0.76), (0.4, 0.76)), case),
            part("foot", box(0.32, 0.73, 0.68, 0.78, radius=0.02), case),
        ]
        parts += [
            part("frame", box(0.14, 0.1, 0.86, 0.65, radius=0.03), case),
            part("screen", box(0.18, 0.14, 0.82, 0.57), screen),
        ]
        parts.append(
            part(
                "keyboard",
                polygon((0.14, 0.82), (0.76, 0.82), (0.8, 0.93), (0.1, 0.93)),
                "white, light gray, gray, black",
            )
        )
        lines += [polygon((0.12, 0.875), (0.78, 0.875))] + [
            polygon((0.45 + x, 0.82), (0.45 + x * 1.12, 0.93)) for x in np.linspace(-0.24, 0.24, 8)
        ]
        parts.append(part("mouse", ellipse(0.89, 0.88, 0.05, 0.055), "white, gray, black, red"))
        lines.append(polygon((0.89, 0.825), (0.89, 0.87)))
        left, top, right, low = 0.18, 0.14, 0.82, 0.57
    form = style(rng, "window", "picture", "text")
    if form == "window":
        parts += [
            part("window", box(left + 0.08, top + 0.07, right - 0.08, low - 0.07), "white, light yellow, light gray"),
            part("title bar", box(left + 0.08, top + 0.07, right - 0.08, top + 0.14), "red, blue, orange, green"),
        ]
    elif form == "picture":
        parts += [
            part(
                "hill",
                smooth(
                    [
                        (left, low),
                        (left + 0.04, low - 0.12),
                        (left + 0.2, low - 0.2),
                        (left + 0.36, low - 0.1),
                        (right - 0.1, low - 0.16),
                        (right, low),
                    ],
                    closed=False,
                    steps=5,
                ).clip([left, 0], [right, low]),
                "green, light green, brown",
            ),
            part("sun", ellipse(right - 0.14, top + 0.11, 0.06), "yellow, orange"),
        ]
    else:
        lines += [
            polygon((left + 0.06, top + y), (left + 0.06 + wide, top + y))
            for y, wide in ((0.09, 0.34), (0.17, 0.42), (0.25, 0.28), (0.33, 0.38))
        ]
    return finished(rng, parts, lines)


@kind("television", "tv", group="object")
def television(rng: np.random.Generator) -> Thing:
    """An old television with antennas and knobs, or a flat one."""
    parts, lines = [], []
    if some(rng, 0.65):
        lines += [polygon((0.47, 0.26), (0.3, 0.06)), polygon((0.53, 0.26), (0.7, 0.06))]
        parts += [part("knob of the antenna", ellipse(x, 0.055, 0.024), "red, gold, gray, black") for x in (0.3, 0.7)]
        parts += [
            part(
                "foot",
                polygon((x - 0.035, 0.84), (x + 0.035, 0.84), (x + dx, 0.95), (x + dx - 0.03, 0.95)),
                WOOD + ", black",
            )
            for x, dx in ((0.22, -0.02), (0.78, 0.05))
        ]
        parts.append(part("antenna foot", arc(0.5, 0.27, 0.1, 0.06, 180, 360), "gray, black, brown"))
        parts.append(
            part(
                "television",
                box(0.07, 0.26, 0.93, 0.86, radius=0.07),
                "brown, red, orange, turquoise, yellow, gray, light brown, blue",
                body=True,
            )
        )
        parts.append(
            part("screen", box(0.14, 0.33, 0.68, 0.79, radius=0.1), "light blue, gray, white, light green, dark gray")
        )
        parts += [part("knob", ellipse(0.81, y, 0.048), "gold, black, white, gray") for y in (0.42, 0.55)]
        lines += [polygon((0.75, y), (0.87, y)) for y in (0.66, 0.7, 0.74, 0.78)] + [
            polygon((0.24, 0.52), (0.34, 0.42)),
            polygon((0.27, 0.58), (0.41, 0.44)),
        ]
    else:
        parts += [
            part("stand", box(0.45, 0.7, 0.55, 0.86), "gray, black, silver"),
            part("foot", box(0.28, 0.84, 0.72, 0.9, radius=0.02), "gray, black, silver"),
        ]
        parts += [
            part("television", box(0.03, 0.16, 0.97, 0.74, radius=0.02), "black, gray, white, dark gray", body=True),
            part("screen", box(0.07, 0.2, 0.93, 0.69), "light blue, blue, dark blue, purple"),
        ]
        if some(rng, 0.7):
            parts += [
                part(
                    "hill",
                    smooth(
                        [(0.07, 0.6), (0.22, 0.5), (0.44, 0.58), (0.66, 0.48), (0.93, 0.6), (0.93, 0.69), (0.07, 0.69)],
                        steps=5,
                    ).clip([0.07, 0.2], [0.93, 0.69]),
                    "green, yellow, brown",
                ),
                part("sun", ellipse(0.74, 0.34, 0.075), "yellow, orange, white"),
            ]
    return finished(rng, parts, lines)
