"""Gloves, scarves, bow ties and glasses.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, star_outline, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.clothes._cloth import CLOTH


@kind("glove", group="clothes")
def glove(rng: np.random.Generator) -> Thing:
    """A glove with four fingers and a thumb."""
    return _hand(rng, mitten=False)


@kind("mitten", group="clothes")
def mitten(rng: np.random.Generator) -> Thing:
    """A mitten."""
    return _hand(rng, mitten=True)


def _hand(rng: np.random.Generator, *, mitten: bool) -> Thing:
    """A glove, or a mitten, with a knitted cuff."""
    parts, lines = [], []
    thumb = smooth([(0.64, 0.74), (0.68, 0.54), (0.8, 0.4), (0.9, 0.42), (0.9, 0.52), (0.78, 0.7), (0.7, 0.8)])
    parts.append(part("thumb", thumb, CLOTH))
    if mitten:
        parts.append(
            part(
                "mitten",
                smooth(
                    [(0.22, 0.8), (0.2, 0.4), (0.27, 0.16), (0.46, 0.06), (0.64, 0.16), (0.71, 0.4), (0.7, 0.8)],
                    closed=False,
                ),
                CLOTH,
                body=True,
            )
        )
        parts.append(
            part("snowflake", star_outline(0.46, 0.44, 0.14, 0.05, 6), "white, yellow, light blue")
            if some(rng)
            else part("stripe", polygon((0.205, 0.42), (0.71, 0.42), (0.71, 0.54), (0.21, 0.54)), "white, yellow, red")
        )
    else:
        for x, y in ((0.26, 0.24), (0.39, 0.12), (0.52, 0.1), (0.645, 0.2)):
            parts.append(part("finger", box(x - 0.062, y, x + 0.062, 0.6, radius=0.06), CLOTH))
        parts.append(part("palm", box(0.195, 0.46, 0.71, 0.82, radius=0.05), CLOTH))
    parts.append(part("cuff", box(0.18, 0.77, 0.74, 0.94, radius=0.04), CLOTH))
    lines += [polygon((x, 0.8), (x, 0.91)) for x in np.linspace(0.27, 0.65, 6)]
    return finished(rng, parts, lines, flips=True)


@kind("scarf", group="clothes")
def scarf(rng: np.random.Generator) -> Thing:
    """A scarf in a loop, its end with stripes and a fringe."""
    parts, lines = [], []
    parts.append(part("loop", ellipse(0.5, 0.26, 0.36, 0.19), CLOTH))
    parts.append(part("inside", ellipse(0.5, 0.2, 0.24, 0.085), "dark gray, dark red, dark blue, brown, black"))
    end = polygon((0.52, 0.36), (0.72, 0.32), (0.8, 0.84), (0.58, 0.87))
    parts.append(part("end", end, CLOTH))
    for share in (0.35, 0.6, 0.85):
        a, b = end[0] + (end[3] - end[0]) * share, end[1] + (end[2] - end[1]) * share
        c, d = end[1] + (end[2] - end[1]) * (share + 0.1), end[0] + (end[3] - end[0]) * (share + 0.1)
        parts.append(part("stripe", np.stack([a, b, c, d]), "white, yellow, light blue, red"))
    parts.append(part("knot", smooth([(0.5, 0.3), (0.72, 0.26), (0.76, 0.42), (0.54, 0.46)], steps=5), CLOTH))
    lines += [
        polygon((0.58 + 0.22 * t, 0.87 - 0.03 * t), (0.59 + 0.22 * t, 0.94 - 0.03 * t))
        for t in np.linspace(0.05, 0.95, 7)
    ]
    return finished(rng, parts, lines, flips=True)


@kind("glasses", "spectacles", group="clothes")
def glasses(rng: np.random.Generator) -> Thing:
    """Round or square glasses, or sunglasses."""
    parts, lines, round_ones = [], [], some(rng)
    dark = some(rng)
    frame, lens = (
        "black, brown, red, gold, blue, pink, turquoise",
        "black, dark gray, dark blue, purple, brown" if dark else "light blue, white, light gray, light yellow",
    )
    for side in (-1, 1):
        parts.append(
            part(
                "temple",
                thick(
                    smooth(
                        [(0.5 + side * 0.42, 0.46), (0.5 + side * 0.47, 0.36), (0.5 + side * 0.44, 0.26)], closed=False
                    ),
                    0.04,
                ),
                frame,
            )
        )
    parts.append(part("bridge", thick(arc(0.5, 0.53, 0.09, 0.07, 190, 350), 0.045), frame))
    for x in (0.27, 0.73):
        if round_ones:
            parts += [part("frame", ellipse(x, 0.54, 0.2), frame), part("lens", ellipse(x, 0.54, 0.145), lens)]
        else:
            parts += [
                part("frame", box(x - 0.21, 0.39, x + 0.21, 0.68, radius=0.09), frame),
                part("lens", box(x - 0.155, 0.44, x + 0.155, 0.63, radius=0.06), lens),
            ]
        if not dark:
            lines += [polygon((x - 0.06, 0.56), (x + 0.02, 0.48)), polygon((x - 0.01, 0.58), (x + 0.06, 0.51))]
    return finished(rng, parts, lines, says=("sunglasses",) if dark else (), middle=True)


@kind("bow tie", "bow", group="clothes", stands=False)
def bow_tie(rng: np.random.Generator) -> Thing:
    """A bow with a knot, now and then with dots or tails."""
    parts, lines = [], []
    if some(rng):
        tail = polygon((0.5, 0.5), (0.6, 0.52), (0.78, 0.86), (0.68, 0.84), (0.62, 0.92))
        parts += [part("tail", tail, CLOTH), part("tail", mirrored(tail), CLOTH)]
    wing = smooth(
        [(0.5, 0.46), (0.74, 0.28), (0.95, 0.26), (0.92, 0.46), (0.95, 0.68), (0.74, 0.66), (0.5, 0.54)], steps=6
    )
    parts += [part("bow", wing, CLOTH, body=True), part("bow", mirrored(wing), CLOTH, body=True)]
    if some(rng):
        parts += [
            part("dot", ellipse(0.5 + side * x, y, 0.036), "white, yellow, red, light blue")
            for side in (-1, 1)
            for x, y in ((0.2, 0.42), (0.22, 0.56), (0.34, 0.36), (0.35, 0.5), (0.34, 0.61))
        ]
    else:
        lines += [
            polygon((0.5 + side * 0.1, y), (0.5 + side * 0.24, z))
            for side in (-1, 1)
            for y, z in ((0.44, 0.4), (0.5, 0.5), (0.53, 0.58))
        ]
    parts.append(part("knot", box(0.42, 0.39, 0.58, 0.58, radius=0.05), CLOTH))
    return finished(rng, parts, lines, middle=True)
