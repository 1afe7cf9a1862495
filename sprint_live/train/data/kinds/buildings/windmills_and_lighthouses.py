"""Windmills and lighthouses.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, WOOD, detail, finished, panes, part, some
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth, turned


def _arched(x: float, top: float, half: float, bottom: float) -> np.ndarray:
    """A door or a window with a round top."""
    return np.concatenate([arc(x, top + half, half, half, 180, 360), polygon((x + half, bottom), (x - half, bottom))])


@kind("windmill", "mill", group="building")
def windmill(rng: np.random.Generator) -> Thing:
    """A tapering mill with four sails, slats in each."""
    top, head, foot = 0.36, rng.uniform(0.1, 0.13), rng.uniform(0.19, 0.24)
    parts, lines = [], []
    parts.append(
        part(
            "wall",
            polygon((0.5 - head, top), (0.5 + head, top), (0.5 + foot, 0.95), (0.5 - foot, 0.95)),
            "white, beige, red, brown, light gray",
            body=True,
        )
    )
    cap = (
        arc(0.5, top + 0.01, head + 0.03, 0.14, 180, 360)
        if some(rng)
        else polygon((0.5 - head - 0.03, top + 0.01), (0.5, top - 0.17), (0.5 + head + 0.03, top + 0.01))
    )
    parts.append(part("roof", cap, "red, brown, gray, blue, dark gray"))
    parts.append(part("window", _arched(0.5, 0.53, 0.045, 0.64), "light blue, yellow"))
    parts.append(part("door", _arched(0.5, 0.75, 0.065, 0.95), "brown, green, red, blue"))
    parts.append(detail(ellipse(0.535, 0.86, 0.012), "gold"))
    center, turn = (0.5, top - 0.03), rng.uniform(20, 70)
    for index in range(4):
        angle = turn + 90 * index
        parts.append(
            part(
                "arm",
                turned(box(center[0] - 0.012, center[1] - 0.34, center[0] + 0.012, center[1]), angle, center),
                WOOD,
            )
        )
        parts.append(
            part(
                "sail",
                turned(box(center[0] + 0.012, center[1] - 0.34, center[0] + 0.1, center[1] - 0.08), angle, center),
                "white, beige, light brown, red",
            )
        )
        lines += [
            turned(polygon((center[0] + 0.012, center[1] - y), (center[0] + 0.1, center[1] - y)), angle, center)
            for y in (0.145, 0.21, 0.275)
        ]
        lines.append(
            turned(polygon((center[0] + 0.056, center[1] - 0.34), (center[0] + 0.056, center[1] - 0.08)), angle, center)
        )
    parts.append(part("hub", ellipse(*center, 0.035), "brown, black, gray, gold"))
    return finished(rng, parts, lines)


@kind("lighthouse", group="building")
def lighthouse(rng: np.random.Generator) -> Thing:
    """A striped tower with a lantern on rocks, now and then with rays."""
    head, foot, top, bands = rng.uniform(0.08, 0.1), rng.uniform(0.14, 0.17), 0.34, int(rng.choice([4, 5, 6]))
    parts, lines = [], []
    if some(rng):
        parts += [
            part(
                "beam",
                polygon((0.5, 0.24), (0.5 + side * 0.45, 0.1), (0.5 + side * 0.45, 0.36)),
                "yellow, light yellow",
            )
            for side in (-1, 1)
        ]
    parts.append(
        part(
            "roof",
            polygon((0.5 - head - 0.01, 0.18), (0.5, 0.05), (0.5 + head + 0.01, 0.18))
            if some(rng)
            else arc(0.5, 0.185, head + 0.01, 0.1, 180, 360),
            "red, blue, gray, black",
        )
    )
    parts.append(part("lantern", box(0.5 - head * 0.8, 0.18, 0.5 + head * 0.8, 0.31), "yellow, light yellow, orange"))
    lines += panes(0.5 - head * 0.8, 0.18, 0.5 + head * 0.8, 0.31, 3, 1)
    for index in range(bands):
        a, b = index / bands, (index + 1) / bands
        half, under = head + (foot - head) * a, head + (foot - head) * b
        upper, lower = top + (0.88 - top) * a, top + (0.88 - top) * b
        name, colors = (
            ("wall", "white, beige, light yellow") if index % 2 else ("stripe", "red, blue, black, orange, turquoise")
        )
        parts.append(
            part(
                name,
                polygon((0.5 - half, upper), (0.5 + half, upper), (0.5 + under, lower), (0.5 - under, lower)),
                colors,
            )
        )
    parts.append(
        part("balcony", box(0.5 - head - 0.05, 0.305, 0.5 + head + 0.05, 0.35), "gray, white, black, dark gray")
    )
    parts.append(part("window", _arched(0.5, 0.47, 0.028, 0.55), GLASS))
    parts.append(part("door", _arched(0.5, 0.73, 0.05, 0.88), "brown, blue, green, red"))
    if some(rng, 0.75):
        parts.append(
            part(
                "rock",
                smooth(
                    [
                        (0.08, 0.95),
                        (0.14, 0.87),
                        (0.28, 0.88),
                        (0.36, 0.85),
                        (0.5, 0.88),
                        (0.64, 0.85),
                        (0.76, 0.88),
                        (0.88, 0.87),
                        (0.93, 0.95),
                    ],
                    steps=4,
                ),
                "gray, brown, dark gray, green",
            )
        )
    return finished(rng, parts, lines)
