"""Trains and streetcars.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, finished, part, some, style, wheel
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth

PAINT = "red, blue, green, yellow, orange, black, purple"


@kind("train", group="vehicle")
def train(rng: np.random.Generator) -> Thing:
    """A steam locomotive with a car behind it or without, or a modern train from the side."""
    form, parts, lines = style(rng, "steam", "steam", "tender", "modern"), [], []
    if form == "modern":
        nose = smooth([(0.03, 0.4), (0.6, 0.4), (0.76, 0.44), (0.9, 0.58), (0.97, 0.74), (0.94, 0.8)], closed=False)
        parts.append(part("train", np.concatenate([nose, polygon((0.03, 0.8))]), PAINT + ", white", body=True))
        parts.append(
            part(
                "stripe",
                polygon((0.03, 0.66), (0.944, 0.66), (0.965, 0.72), (0.03, 0.72)),
                "white, yellow, red, light blue",
            )
        )
        parts += [part("window", box(x, 0.47, x + 0.1, 0.6, radius=0.02), GLASS) for x in (0.08, 0.21, 0.47)]
        parts.append(part("window", smooth([(0.64, 0.47), (0.76, 0.5), (0.84, 0.6), (0.64, 0.6)], steps=4), GLASS))
        parts.append(part("door", box(0.34, 0.46, 0.43, 0.78, radius=0.01), "light gray, yellow, white"))
        for x in (0.14, 0.27, 0.66, 0.79):
            parts += wheel(x, 0.83, 0.055)
        lines.append(polygon((0.0, 0.89), (1.0, 0.89)))
        return finished(rng, parts, lines, says=("side view",), flips=True)
    if form == "tender":
        parts.append(part("wagon", box(-0.3, 0.5, 0.02, 0.78, radius=0.02), PAINT))
        if some(rng):
            parts.insert(
                0,
                part(
                    "coal",
                    smooth([(-0.28, 0.54), (-0.22, 0.44), (-0.14, 0.47), (-0.08, 0.41), (0.0, 0.54)]),
                    "black, dark gray",
                ),
            )
        else:
            parts += [part("wagon window", box(x, 0.55, x + 0.09, 0.65), GLASS) for x in (-0.26, -0.12)]
        lines.append(polygon((0.02, 0.75), (0.08, 0.75)))
        for x in (-0.22, -0.06):
            parts += wheel(x, 0.83, 0.065)
    if some(rng, 0.6):
        parts.append(
            part(
                "smoke",
                smooth(
                    [
                        (0.72, 0.18),
                        (0.68, 0.1),
                        (0.6, 0.11),
                        (0.54, 0.03),
                        (0.42, 0.02),
                        (0.36, 0.1),
                        (0.44, 0.16),
                        (0.54, 0.16),
                        (0.62, 0.2),
                    ]
                ),
                "white, gray, light gray",
            )
        )
    parts.append(
        part("funnel", polygon((0.68, 0.24), (0.84, 0.24), (0.8, 0.46), (0.72, 0.46)), "black, dark gray, red, yellow")
    )
    parts.append(
        part(
            "dome",
            np.concatenate([arc(0.54, 0.42, 0.055, 0.07, 180, 360), polygon((0.595, 0.47), (0.485, 0.47))]),
            "gold, yellow, red",
        )
    )
    parts.append(part("boiler", box(0.34, 0.44, 0.9, 0.72, radius=0.05), PAINT, body=True))
    parts.append(part("cab", box(0.08, 0.3, 0.38, 0.75), PAINT))
    parts.append(part("roof", box(0.04, 0.25, 0.42, 0.31, radius=0.02), "black, gray, red, brown"))
    parts.append(part("window", box(0.15, 0.37, 0.31, 0.52), GLASS))
    lines += [polygon((x, 0.44), (x, 0.72)) for x in (0.48, 0.66)]
    parts.append(part("lamp", ellipse(0.9, 0.52, 0.04), "yellow, white"))
    parts.append(part("frame", box(0.06, 0.72, 0.92, 0.78), "black, dark gray, red"))
    parts.append(
        part("cowcatcher", polygon((0.88, 0.75), (0.94, 0.75), (1.02, 0.9), (0.86, 0.9)), "red, gray, black, yellow")
    )
    for x, radius in ((0.22, 0.115), (0.48, 0.085), (0.68, 0.085)):
        parts += wheel(x, 0.91 - radius, radius, hub=0.55)
    lines.append(polygon((0.22, 0.8), (0.68, 0.825)))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("tram", "streetcar", group="vehicle")
def tram(rng: np.random.Generator) -> Thing:
    """A streetcar under its wire, its wheels evenly spread or in pairs, its doors at the ends or between windows."""
    wire, knee, ridge, sill = (
        rng.uniform(0.1, 0.17),
        rng.uniform(0.54, 0.64),
        rng.uniform(0.26, 0.31),
        rng.uniform(0.54, 0.59),
    )
    parts, lines = [], [polygon((0.0, wire), (1.0, wire)), polygon((0.45, 0.3), (knee, 0.21), (0.48, wire))]
    window_first = some(rng)
    parts.append(
        part(
            "roof",
            smooth(
                [(0.08, 0.38), (0.16, ridge + 0.02), (0.5, ridge), (0.84, ridge + 0.02), (0.92, 0.38)], closed=False
            ),
            "gray, white, dark gray, brown",
        )
    )
    parts.append(
        part(
            "tram",
            box(0.06, 0.37, 0.94, 0.82, radius=rng.uniform(0.02, 0.1)),
            "red, yellow, green, blue, orange",
            body=True,
        )
    )
    parts.append(part("stripe", box(0.06, 0.62, 0.94, 0.69), "white, yellow, beige, black"))
    windows, doors = ((0.11, 0.4, 0.56), (0.265, 0.73)) if window_first else ((0.26, 0.435, 0.61), (0.12, 0.77))
    parts += [part("window", box(x, 0.42, x + 0.13, sill, radius=0.015), GLASS) for x in windows]
    parts += [part("door", box(x, 0.42, x + 0.11, 0.8), "light blue, white, light gray, brown") for x in doors]
    lines += [polygon((x + 0.055, 0.42), (x + 0.055, 0.8)) for x in doors]
    for x in (0.17, 0.43, 0.59, 0.85) if some(rng) else (0.17, 0.3, 0.7, 0.83):
        parts.append(part("wheel", ellipse(x, 0.84, 0.055), "black, dark gray, gray"))
    lines.append(polygon((0.0, 0.9), (1.0, 0.9)))
    return finished(rng, parts, lines, says=("side view",))
