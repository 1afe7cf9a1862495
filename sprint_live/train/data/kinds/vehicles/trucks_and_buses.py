"""Trucks, vans and buses.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, finished, part, some, style, wheel
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.vehicles._road import PAINT, lights_at_ends


@kind("truck", "lorry", group="vehicle")
def truck(rng: np.random.Generator) -> Thing:
    """A truck with a box or an open load, from the side."""
    parts, lines = [], []
    load = style(rng, "box", "box", "sand", "logs", "tank")
    top, split = rng.uniform(0.28, 0.34), rng.uniform(0.6, 0.64)
    if load == "box":
        parts.append(part("cargo box", box(0.04, top, split, 0.74), "white, yellow, light blue, orange, gray"))
        if some(rng):
            parts.append(part("stripe", box(0.04, 0.5, split, 0.58), "red, blue, green, yellow"))
        else:
            lines += [polygon((x, top), (x, 0.74)) for x in (0.16, 0.29, 0.42)]
    elif load == "sand":
        parts.append(
            part(
                "sand",
                smooth([(0.06, 0.56), (0.18, 0.42), (0.32, 0.33), (0.46, 0.42), (split - 0.03, 0.56)], closed=False),
                "yellow, beige, brown, gray",
            )
        )
        parts.append(
            part(
                "cargo bed",
                polygon((0.02, 0.5), (split, 0.5), (split - 0.03, 0.74), (0.08, 0.74)),
                "yellow, orange, gray, blue",
            )
        )
        lines += [polygon((x, 0.5), (x, 0.74)) for x in (0.2, 0.35, 0.5)]
    elif load == "logs":
        for x, y in ((0.15, 0.6), (0.31, 0.6), (0.47, 0.6), (0.23, 0.46), (0.39, 0.46)):
            parts.append(part("log", ellipse(x, y, 0.08), "brown, light brown"))
            parts.append(part("", ellipse(x, y, 0.045), "beige", fixed=True))
        parts.append(part("cargo bed", box(0.04, 0.66, split, 0.74), "gray, black, brown"))
    else:
        parts.append(part("tank", box(0.04, top + 0.1, split, 0.7, radius=0.14), "silver, white, light gray, yellow"))
        parts.append(part("cargo bed", box(0.06, 0.68, split, 0.75), "gray, black"))
        lines += [polygon((x, top + 0.1), (x, 0.68)) for x in (0.22, 0.42)]
    roof = rng.uniform(0.38, 0.42)
    cab = polygon(
        (split + 0.02, 0.76),
        (split + 0.02, roof),
        (split + 0.17, roof),
        (split + 0.26, 0.56),
        (0.96, 0.58),
        (0.97, 0.76),
    )
    parts.append(part("cab", cab, PAINT, body=True))
    parts.append(
        part(
            "window",
            polygon(
                (split + 0.06, 0.55), (split + 0.06, roof + 0.04), (split + 0.155, roof + 0.04), (split + 0.22, 0.55)
            ),
            GLASS,
        )
    )
    lines += [
        polygon((split + 0.05, 0.58), (split + 0.05, 0.74)),
        polygon((split + 0.19, 0.58), (split + 0.19, 0.7)),
        polygon((split + 0.14, 0.62), (split + 0.18, 0.62)),
    ]
    parts.append(part("headlight", ellipse(0.94, 0.65, 0.022, 0.03), "yellow, white"))
    parts.append(part("bumper", box(0.06, 0.74, 0.98, 0.79, radius=0.015), "gray, dark gray, black"))
    for x in (0.16, 0.38, 0.82) if some(rng) else (0.25, 0.82):
        parts += wheel(x, 0.81, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("pickup truck", "pickup", group="vehicle")
def pickup(rng: np.random.Generator) -> Thing:
    """A pickup from the side, empty or loaded."""
    parts, lines, roof = [], [], rng.uniform(0.3, 0.36)
    if some(rng):
        for x, y in ((0.13, 0.47), (0.25, 0.46), (0.19, 0.38)):
            parts.append(part("pumpkin", ellipse(x, y, 0.075, 0.065), "orange, green, red, brown"))
    parts.append(
        part(
            "truck",
            np.concatenate(
                [
                    polygon((0.04, 0.78), (0.03, 0.5), (0.36, 0.5), (0.37, roof + 0.02), (0.4, roof), (0.56, roof)),
                    smooth([(0.58, roof + 0.01), (0.68, 0.52), (0.88, 0.54), (0.96, 0.6), (0.97, 0.78)], closed=False),
                ]
            ),
            PAINT,
            body=True,
        )
    )
    parts.append(part("window", polygon((0.41, 0.52), (0.41, roof + 0.04), (0.55, roof + 0.04), (0.64, 0.52)), GLASS))
    lines += [
        polygon((0.37, 0.5), (0.37, 0.76)),
        polygon((0.62, 0.55), (0.62, 0.74)),
        polygon((0.42, 0.6), (0.47, 0.6)),
        polygon((0.06, 0.55), (0.35, 0.55)),
    ]
    parts += lights_at_ends(0.965, 0.035, 0.63)
    parts += [part("bumper", box(x, 0.74, x + 0.12, 0.79, radius=0.02), METAL) for x in (0.0, 0.88)]
    for x in (0.2, 0.77):
        parts += wheel(x, 0.8, 0.105)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("bus", "coach", group="vehicle")
def bus(rng: np.random.Generator) -> Thing:
    """A bus from the side: a city bus, a school bus or one with two decks."""
    form, parts, lines = style(rng, "city", "school", "double"), [], []
    top = {"city": 0.36, "school": 0.36, "double": 0.18}[form]
    colors = {"city": "red, blue, green, orange, white", "school": "yellow, orange", "double": "red, blue, green"}[form]
    nose = 0.82 if form == "school" else 0.96
    if form == "school":
        parts.append(
            part(
                "bus",
                np.concatenate(
                    [
                        smooth([(0.8, 0.58), (0.92, 0.59), (0.96, 0.64), (0.97, 0.79)], closed=False),
                        polygon((0.8, 0.79)),
                    ]
                ),
                colors,
                body=True,
            )
        )
    parts.append(part("bus", box(0.03, top, nose, 0.8, radius=0.05), colors, body=True))
    rows = [0.25, 0.47] if form == "double" else [top + 0.06]
    for row in rows:
        last = row == rows[-1]
        count, end = (4, nose - 0.19) if last else (5, nose - 0.03)
        wide = (end - 0.07) / count
        for index in range(count):
            x = 0.07 + wide * index
            parts.append(part("window", box(x, row, x + wide - 0.025, row + 0.14, radius=0.015), GLASS))
    door, high = nose - 0.17, rows[-1]
    parts.append(part("door", box(door, high, door + 0.12, 0.78), "light blue, white, gray"))
    lines.append(polygon((door + 0.06, high), (door + 0.06, 0.78)))
    parts.append(part("stripe", box(0.03, 0.64, door - 0.02, 0.675), "black, white, yellow, blue"))
    parts += [
        part("headlight", ellipse(0.935, 0.7, 0.022), "white, yellow"),
        part("bumper", box(0.01, 0.77, 0.99, 0.81, radius=0.015), "gray, black"),
    ]
    for x in (0.2, 0.66):
        parts += wheel(x, 0.83, 0.085)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("van", "minibus", "camper van", group="vehicle")
def van(rng: np.random.Generator) -> Thing:
    """A van from the side, painted in two colors or in one."""
    parts, lines, top = [], [], rng.uniform(0.26, 0.32)
    shell = smooth(
        [
            (0.04, 0.7),
            (0.04, top + 0.1),
            (0.1, top + 0.01),
            (0.3, top),
            (0.62, top),
            (0.78, top + 0.03),
            (0.88, 0.5),
            (0.96, 0.58),
            (0.97, 0.72),
        ],
        closed=False,
    )
    parts.append(part("van", np.concatenate([shell, polygon((0.96, 0.79), (0.05, 0.79))]), PAINT, body=True))
    if some(rng):
        parts.append(
            part(
                "lower half",
                polygon((0.04, 0.57), (0.935, 0.57), (0.965, 0.62), (0.96, 0.79), (0.05, 0.79)),
                "white, beige, light blue, yellow, orange",
            )
        )
    for x in (0.1, 0.3, 0.5):
        parts.append(part("window", box(x, top + 0.06, x + 0.17, 0.53, radius=0.03), GLASS))
    parts.append(part("window", polygon((0.7, top + 0.06), (0.76, top + 0.06), (0.84, 0.53), (0.7, 0.53)), GLASS))
    lines += [polygon((x, 0.55), (x, 0.77)) for x in (0.485, 0.685)] + [polygon((0.63, 0.61), (0.67, 0.61))]
    parts += [
        *lights_at_ends(0.965, 0.035, 0.65),
        part("bumper", box(0.01, 0.75, 0.99, 0.8, radius=0.02), METAL + ", white"),
    ]
    if some(rng, 0.4):
        board = smooth([(0.1, top - 0.05), (0.4, top - 0.09), (0.74, top - 0.05), (0.4, top - 0.02)])
        parts.append(part("surfboard", board, "yellow, red, turquoise, orange"))
        lines += [polygon((x, top - 0.02), (x, top + 0.02)) for x in (0.25, 0.55)]
    for x in (0.22, 0.77):
        parts += wheel(x, 0.82, 0.09)
    return finished(rng, parts, lines, says=("side view",), flips=True)
