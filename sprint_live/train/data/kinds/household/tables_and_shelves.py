"""Tables, shelves and cabinets.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("table", group="object")
def table(rng: np.random.Generator) -> Thing:
    """A table with four legs, a round one on one foot, or a desk with drawers."""
    form, parts, lines = style(rng, "four", "round", "desk", "cloth"), [], []
    wood = WOOD + ", white, beige"
    if form == "round":
        parts.append(
            part(
                "foot",
                smooth(
                    [
                        (0.47, 0.4),
                        (0.53, 0.4),
                        (0.54, 0.8),
                        (0.72, 0.9),
                        (0.72, 0.94),
                        (0.28, 0.94),
                        (0.28, 0.9),
                        (0.46, 0.8),
                    ],
                    steps=5,
                ),
                wood,
            )
        )
        parts.append(
            part(
                "edge",
                np.concatenate(
                    [arc(0.5, 0.42, 0.45, 0.1, 0, 180, num_points=30), arc(0.5, 0.36, 0.45, 0.1, 180, 0, num_points=30)]
                ),
                wood,
            )
        )
        parts.append(part("table top", ellipse(0.5, 0.36, 0.45, 0.1), wood + ", red, green"))
    elif form == "desk":
        parts += [part("leg", box(0.1, 0.44, 0.16, 0.95), wood), part("cabinet", box(0.58, 0.44, 0.92, 0.93), wood)]
        for y in (0.48, 0.63, 0.78):
            parts.append(part("drawer", box(0.62, y, 0.88, y + 0.12), wood))
            parts.append(part("knob", ellipse(0.75, y + 0.06, 0.022), "gold, gray, black, white"))
        parts.append(part("table top", box(0.04, 0.36, 0.96, 0.44, radius=0.01), wood))
    elif form == "cloth":
        parts += [part("leg", box(x, 0.6, x + 0.05, 0.95), wood) for x in (0.14, 0.81)]
        hem = [(0.06 + 0.88 * index / 16, 0.68 + (0.03 if index % 2 else 0)) for index in range(17)]
        parts.append(
            part(
                "tablecloth",
                np.concatenate(
                    [
                        polygon((0.12, 0.38), (0.88, 0.38), (0.94, 0.68)),
                        smooth(hem[::-1][1:-1], closed=False, steps=4),
                        polygon((0.06, 0.68)),
                    ]
                ),
                "white, red, light blue, yellow, pink",
            )
        )
        lines += [polygon((x, 0.46), (0.5 + (x - 0.5) * 1.12, 0.66)) for x in (0.24, 0.4, 0.6, 0.76)] + [
            polygon((0.105, 0.45), (0.895, 0.45))
        ]
    else:
        parts += [
            part("leg", polygon((x, 0.42), (x + 0.05, 0.42), (x + 0.045, 0.8), (x + 0.005, 0.8)), wood)
            for x in (0.24, 0.71)
        ]
        parts.append(
            part("table top", polygon((0.2, 0.3), (0.8, 0.3), (0.95, 0.44), (0.05, 0.44)), wood + ", red, green")
        )
        parts += [
            part("leg", polygon((x, 0.5), (x + 0.06, 0.5), (x + 0.05, 0.95), (x + 0.01, 0.95)), wood)
            for x in (0.08, 0.86)
        ]
        parts.append(part("edge", box(0.05, 0.44, 0.95, 0.51), wood))
    if form != "cloth" and some(rng, 0.4):
        x = rng.uniform(0.3, 0.5)
        y = 0.4 if form == "four" else 0.37
        parts.append(
            part(
                "vase",
                smooth(
                    [
                        (x - 0.03, y - 0.2),
                        (x + 0.03, y - 0.2),
                        (x + 0.025, y - 0.15),
                        (x + 0.06, y - 0.06),
                        (x + 0.035, y),
                        (x - 0.035, y),
                        (x - 0.06, y - 0.06),
                        (x - 0.025, y - 0.15),
                    ],
                    steps=4,
                ),
                "blue, white, turquoise, red",
            )
        )
        parts.append(part("flower", ellipse(x, y - 0.28, 0.055), "pink, yellow, red, white"))
        lines.append(polygon((x, y - 0.225), (x, y - 0.2)))
    return finished(rng, parts, lines, flips=True)


@kind("bookshelf", "bookcase", group="object")
def bookshelf(rng: np.random.Generator) -> Thing:
    """Two or three shelves of books, among them a plant or a ball."""
    rows = int(rng.integers(2, 4))
    parts, lines = [part("shelf", box(0.14, 0.06, 0.86, 0.95), WOOD + ", white", body=True)], []
    tall = 0.85 / rows
    for row in range(rows):
        top, low = 0.06 + tall * row + 0.035, 0.06 + tall * (row + 1)
        parts.append(part("inside", box(0.19, top, 0.81, low), "dark brown, beige, light gray, dark gray"))
        x, extra = 0.2, style(rng, "plant", "ball", "none")
        while x < (0.58 if extra != "none" else 0.74):
            width, high = rng.uniform(0.045, 0.075), (low - top) * rng.uniform(0.62, 0.9)
            color = style(rng, "red", "blue", "green", "yellow", "orange", "purple")
            parts.append(part(f"{color} book", box(x, low - high, x + width, low), color, fixed=True))
            lines.append(polygon((x, low - high + 0.035), (x + width, low - high + 0.035)))
            x += width + 0.002
        if extra == "plant":
            parts.append(
                part(
                    "plant",
                    smooth(
                        [
                            (0.72, low - 0.07),
                            (0.66, low - 0.15),
                            (0.7, low - 0.17),
                            (0.73, low - 0.2),
                            (0.76, low - 0.17),
                            (0.79, low - 0.14),
                            (0.74, low - 0.07),
                        ]
                    ),
                    "green, light green",
                )
            )
            parts.append(
                part(
                    "pot",
                    polygon((0.67, low - 0.08), (0.78, low - 0.08), (0.76, low), (0.69, low)),
                    "orange, brown, white",
                )
            )
        elif extra == "ball":
            parts.append(part("globe", ellipse(0.72, low - 0.075, 0.07), "light blue, blue, red"))
    return finished(rng, parts, lines)


@kind("wardrobe", "closet", group="object")
def wardrobe(rng: np.random.Generator) -> Thing:
    """A wardrobe with two doors and a drawer."""
    return _cabinet(rng, doors=True)


@kind("dresser", "chest of drawers", group="object")
def dresser(rng: np.random.Generator) -> Thing:
    """A chest of two to four drawers."""
    return _cabinet(rng, doors=False)


def _cabinet(rng: np.random.Generator, *, doors: bool) -> Thing:
    """A wardrobe, or a dresser."""
    parts, lines, wood = [], [], WOOD + ", white, blue, green"
    if doors:
        parts += [part("foot", ellipse(x, 0.92, 0.045, 0.035), WOOD + ", black") for x in (0.25, 0.75)]
        parts.append(part("wardrobe", box(0.17, 0.1, 0.83, 0.91), wood, body=True))
        parts += [part("door", box(x, 0.15, x + 0.28, 0.72), wood) for x in (0.21, 0.51)]
        parts += [part("knob", ellipse(x, 0.44, 0.02), "gold, gray, black") for x in (0.46, 0.54)]
        parts.append(part("drawer", box(0.21, 0.76, 0.79, 0.87), wood))
        parts.append(part("knob", ellipse(0.5, 0.815, 0.02), "gold, gray, black"))
        parts.append(part("top", box(0.13, 0.06, 0.87, 0.12, radius=0.02), WOOD + ", white"))
        if some(rng):
            lines += [box(x, 0.2, x + 0.18, 0.66)[[0, 1, 2, 3, 0]] for x in (0.26, 0.56)]
        return finished(rng, parts, lines)
    parts += [
        part("foot", polygon((x - 0.04, 0.88), (x + 0.04, 0.88), (x + 0.02, 0.95), (x - 0.02, 0.95)), WOOD + ", black")
        for x in (0.2, 0.8)
    ]
    parts.append(part("dresser", box(0.12, 0.34, 0.88, 0.9), wood, body=True))
    count = int(rng.integers(2, 5))
    for row in range(count):
        top = 0.38 + 0.5 * row / count
        parts.append(part("drawer", box(0.17, top, 0.83, top + 0.5 / count - 0.03), wood))
        parts += [
            part("knob", ellipse(x, top + 0.25 / count - 0.015, 0.024), "gold, gray, black") for x in (0.34, 0.66)
        ]
    parts.append(part("top", box(0.08, 0.29, 0.92, 0.35, radius=0.02), WOOD + ", white"))
    return finished(rng, parts, lines)
