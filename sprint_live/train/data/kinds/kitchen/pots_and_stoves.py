"""What cooks, and what keeps cool.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, curl, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.kitchen._china import CHINA, pattern_on


@kind("teapot", group="object")
def teapot(rng: np.random.Generator) -> Thing:
    """A round teapot with a spout, a handle and a lid."""
    parts, lines = [], []
    parts.append(
        part(
            "spout",
            smooth(
                [(0.68, 0.56), (0.8, 0.5), (0.86, 0.36), (0.97, 0.33), (0.92, 0.44), (0.88, 0.62), (0.72, 0.78)],
                steps=6,
            ),
            CHINA,
        )
    )
    parts.append(
        part(
            "handle",
            thick(smooth([(0.28, 0.45), (0.12, 0.4), (0.04, 0.55), (0.12, 0.72), (0.28, 0.76)], closed=False), 0.06),
            CHINA + ", brown, black",
        )
    )
    parts.append(part("knob", ellipse(0.48, 0.25, 0.045), CHINA + ", gold"))
    parts.append(part("lid", arc(0.48, 0.41, 0.16, 0.14, 180, 360), CHINA))
    parts.append(part("foot", box(0.34, 0.85, 0.62, 0.92, radius=0.02), CHINA))
    parts.append(
        part("teapot", ellipse(0.48, 0.63, rng.uniform(0.28, 0.31), rng.uniform(0.25, 0.27)), CHINA, body=True)
    )
    parts += pattern_on(rng, 0.3, 0.66, 0.48, 0.8)
    if some(rng):
        lines.append(curl(0.98, 0.3, 0.18, 0.02))
    return finished(rng, parts, lines, flips=True)


@kind("kettle", group="object")
def kettle(rng: np.random.Generator) -> Thing:
    """A kettle with a handle over its lid."""
    parts = [
        part("handle", thick(arc(0.46, 0.44, 0.26, 0.32, 180, 360, num_points=30), 0.06), "black, brown, red, gray")
    ]
    parts.append(
        part(
            "spout",
            polygon((0.62, 0.62), (0.86, 0.42), (0.97, 0.42), (0.95, 0.48), (0.76, 0.84)),
            METAL + ", red, blue",
        )
    )
    parts += [
        part("knob", ellipse(0.46, 0.34, 0.045), "black, red, brown"),
        part("lid", arc(0.46, 0.46, 0.15, 0.1, 180, 360), METAL + ", red, blue"),
    ]
    body = np.concatenate(
        [
            smooth([(0.3, 0.45), (0.62, 0.45)], closed=False, steps=2),
            smooth([(0.66, 0.46), (0.78, 0.66), (0.82, 0.92)], closed=False),
            smooth([(0.1, 0.92), (0.14, 0.66), (0.26, 0.46)], closed=False),
        ]
    )
    parts.append(part("kettle", body, METAL + ", red, blue, green, yellow, turquoise", body=True))
    lines = [curl(0.97, 0.38, 0.2, 0.02)] if some(rng) else []
    parts.append(part("base", box(0.07, 0.88, 0.85, 0.95, radius=0.02), "black, dark gray, gray"))
    return finished(rng, parts, lines, flips=True)


@kind("frying pan", "pan", group="object", stands=False)
def frying_pan(rng: np.random.Generator) -> Thing:
    """A frying pan with an egg, seen from above."""
    parts: list[Part] = []
    parts.append(part("handle", thick([(0.6, 0.42), (1.02, 0.14)], 0.075), "black, brown, red"))
    parts += [
        part("pan", ellipse(0.4, 0.6, 0.38, 0.33), "dark gray, black, gray, red", body=True),
        part("inside", ellipse(0.4, 0.6, 0.31, 0.265), "gray, dark gray, light gray"),
    ]
    parts.append(
        part(
            "egg white",
            smooth([(0.24, 0.5), (0.38, 0.44), (0.54, 0.5), (0.6, 0.62), (0.5, 0.74), (0.36, 0.72), (0.22, 0.68)]),
            "white",
        )
    )
    parts.append(part("yolk", ellipse(0.41, 0.59, 0.085), "yellow, orange"))
    return finished(rng, parts, says=("seen from above",), flips=True, middle=True)


@kind("pot", "cooking pot", group="object")
def pot(rng: np.random.Generator) -> Thing:
    """A pot with a lid and two handles."""
    parts, lines = [], []
    paint = METAL + ", red, blue, orange, black, green"
    tall, side = rng.uniform(0.4, 0.48), rng.uniform(0.24, 0.3)
    for side_sign in (-1, 1):
        ear = smooth(
            [
                (0.5 + side_sign * 0.33, tall + 0.1),
                (0.5 + side_sign * 0.46, tall + 0.1),
                (0.5 + side_sign * 0.46, tall + 0.22),
                (0.5 + side_sign * 0.33, tall + 0.22),
            ],
            closed=False,
        )
        parts.append(part("handle", thick(ear, 0.055), "black, brown, gray, gold"))
    parts.append(part("pot", box(0.15, tall, 0.85, 0.93, radius=0.07), paint, body=True))
    parts.append(part("knob", ellipse(0.5, tall - 0.175, 0.045), "black, brown, gold, red"))
    parts.append(part("lid", arc(0.5, tall, 0.37, 0.14, 180, 360, num_points=30), paint))
    parts.append(part("rim", box(0.11, tall - 0.025, 0.89, tall + 0.03, radius=0.025), METAL + ", white"))
    if some(rng):
        lines += [curl(x, tall - 0.2 + abs(x - 0.5) * 0.3, 0.16, 0.02) for x in (0.3, 0.7)]
    if some(rng):
        parts += pattern_on(rng, 0.5 - side, 0.5 + side, tall + 0.08, 0.88)
    return finished(rng, parts, lines)


@kind("refrigerator", "fridge", group="object")
def refrigerator(rng: np.random.Generator) -> Thing:
    """A fridge with two doors and magnets."""
    parts, lines = [], []
    parts += [part("foot", box(x, 0.92, x + 0.08, 0.96), "black, gray") for x in (0.3, 0.62)]
    split, paint = rng.uniform(0.32, 0.4), "white, light blue, red, turquoise, gray, yellow, silver, pink"
    parts.append(part("refrigerator", box(0.24, 0.05, 0.76, 0.93, radius=0.06), paint, body=True))
    lines.append(polygon((0.24, split), (0.76, split)))
    parts += [
        part("handle", box(0.29, top, 0.335, low, radius=0.02), METAL + ", black")
        for top, low in ((split - 0.15, split - 0.04), (split + 0.05, split + 0.22))
    ]
    if some(rng):
        parts += [
            part("note", box(0.45, 0.5, 0.62, 0.66), "yellow, white, pink"),
            part("magnet", ellipse(0.535, 0.51, 0.025), "red, blue, green"),
        ]
        lines += [polygon((0.48, y), (0.59, y)) for y in (0.56, 0.6)]
    return finished(rng, parts, lines)


@kind("stove", "oven", group="object")
def stove(rng: np.random.Generator) -> Thing:
    """A stove with an oven window and knobs."""
    parts, lines = [], []
    if some(rng):
        parts += [
            part("pot", box(0.28, 0.16, 0.56, 0.34, radius=0.03), "red, gray, blue, orange"),
            part("lid", arc(0.42, 0.17, 0.15, 0.06, 180, 360), "gray, red, silver"),
            part("knob", ellipse(0.42, 0.095, 0.022), "black, brown"),
        ]
    parts.append(part("top", box(0.14, 0.33, 0.86, 0.39, radius=0.015), "black, gray, dark gray"))
    parts.append(
        part("stove", box(0.17, 0.39, 0.83, 0.94, radius=0.02), "white, gray, red, light blue, beige", body=True)
    )
    parts += [part("dial", ellipse(x, 0.46, 0.033), "black, red, gray, silver") for x in (0.27, 0.42, 0.58, 0.73)]
    parts += [
        part("oven door", box(0.23, 0.54, 0.77, 0.89, radius=0.03), "gray, white, dark gray, beige"),
        part("window", box(0.3, 0.64, 0.7, 0.84, radius=0.03), "orange, yellow, black, light blue"),
    ]
    parts.append(part("handle", box(0.3, 0.565, 0.7, 0.605, radius=0.02), METAL + ", gold"))
    lines.append(polygon((0.17, 0.515), (0.83, 0.515)))
    return finished(rng, parts, lines)
