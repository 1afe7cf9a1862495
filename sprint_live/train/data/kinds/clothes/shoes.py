"""Shoes, boots and socks.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.clothes._cloth import CLOTH


@kind("shoe", group="clothes")
def shoe(rng: np.random.Generator) -> Thing:
    """A sneaker with laces, or a shoe with a heel."""
    parts, lines = [], []
    if some(rng, 0.35):
        parts.append(
            part("heel", polygon((0.08, 0.5), (0.26, 0.58), (0.17, 0.93), (0.1, 0.93)), CLOTH + ", brown, gold")
        )
        parts.append(
            part(
                "inside",
                smooth([(0.08, 0.42), (0.2, 0.36), (0.5, 0.58), (0.64, 0.7), (0.5, 0.72), (0.2, 0.54)], steps=6),
                "beige, light brown, white, pink",
            )
        )
        upper = np.concatenate(
            [
                smooth([(0.06, 0.4), (0.2, 0.46), (0.42, 0.64), (0.6, 0.76), (0.66, 0.7)], closed=False),
                smooth([(0.66, 0.7), (0.82, 0.76), (0.97, 0.88), (0.9, 0.94)], closed=False)[1:],
                smooth([(0.9, 0.94), (0.62, 0.93), (0.36, 0.78), (0.16, 0.6), (0.07, 0.56)], closed=False)[1:],
            ]
        )
        parts.append(part("shoe", upper, CLOTH + ", gold", body=True))
        parts.append(part("bow", ellipse(0.72, 0.75, 0.055, 0.04, turn_deg=20), "white, yellow, red, gold, pink"))
        return finished(rng, parts, lines, says=("high heel",), flips=True)
    parts.append(
        part(
            "tongue",
            smooth([(0.34, 0.34), (0.46, 0.3), (0.56, 0.5), (0.46, 0.54)], steps=5),
            "white, gray, yellow, light blue",
        )
    )
    upper = np.concatenate(
        [
            smooth([(0.06, 0.8), (0.08, 0.56), (0.1, 0.36)], closed=False),
            smooth([(0.1, 0.36), (0.22, 0.42), (0.38, 0.36)], closed=False)[1:],
            smooth([(0.38, 0.36), (0.54, 0.54), (0.78, 0.62), (0.94, 0.7), (0.96, 0.82)], closed=False)[1:],
        ]
    )
    parts.append(part("shoe", upper, CLOTH, body=True))
    parts.append(
        part(
            "toe cap",
            smooth([(0.76, 0.82), (0.78, 0.66), (0.86, 0.65), (0.95, 0.72), (0.96, 0.82)], steps=5),
            "white, gray, yellow, red, black",
        )
    )
    form = style(rng, "star", "stripes", "heel")
    if form == "star":
        parts.append(part("star", star_outline(0.24, 0.62, 0.1, 0.042), "white, yellow, gold"))
    elif form == "stripes":
        parts += [
            part(
                "stripe",
                polygon((x + 0.07, 0.52), (x + 0.12, 0.55), (x + 0.06, 0.8), (x, 0.8)),
                "white, yellow, red, black",
            )
            for x in (0.3, 0.41)
        ]
    else:
        parts.append(
            part(
                "heel cap",
                smooth([(0.07, 0.8), (0.09, 0.56), (0.17, 0.62), (0.2, 0.8)], closed=False),
                "white, yellow, red, gray",
            )
        )
    parts.append(part("sole", box(0.04, 0.78, 0.98, 0.9, radius=0.045), "white, gray, beige, black, light brown"))
    for x, y in ((0.4, 0.42), (0.47, 0.5), (0.55, 0.56)):
        lines.append(polygon((x - 0.07, y + 0.075), (x + 0.045, y + 0.005)))
    lines += [smooth([(0.37, 0.4), (0.3, 0.3), (0.22, 0.32), (0.3, 0.38), (0.37, 0.4)], closed=False)]
    return finished(rng, parts, lines, flips=True)


@kind("boot", group="clothes")
def boot(rng: np.random.Generator) -> Thing:
    """A rubber boot, or one with laces."""
    parts, lines, laced = [], [], some(rng)
    shaft = np.concatenate(
        [
            polygon((0.2, 0.12), (0.56, 0.12), (0.57, 0.5)),
            smooth([(0.57, 0.5), (0.64, 0.62), (0.82, 0.66), (0.9, 0.78), (0.9, 0.88)], closed=False)[1:],
            polygon((0.2, 0.88), (0.17, 0.5)),
        ]
    )
    parts.append(part("boot", shaft, "red, yellow, blue, brown, black, green, pink", body=True))
    if laced:
        parts.append(
            part("tongue", polygon((0.46, 0.12), (0.56, 0.12), (0.57, 0.5), (0.47, 0.52)), "beige, gray, yellow, white")
        )
        lines += [polygon((0.42, y), (0.56, y + 0.03)) for y in (0.24, 0.32, 0.4, 0.48)]
        parts.append(part("cuff", box(0.17, 0.08, 0.6, 0.18, radius=0.03), "white, beige, gray, light brown"))
    else:
        parts.append(
            part(
                "stripe",
                polygon((0.198, 0.2), (0.562, 0.2), (0.565, 0.27), (0.194, 0.27)),
                "white, yellow, black, light blue",
            )
        )
        if some(rng):
            parts += [
                part("dot", ellipse(x, y, 0.036), "white, yellow, red, blue")
                for x, y in ((0.28, 0.38), (0.44, 0.44), (0.3, 0.56), (0.48, 0.62), (0.66, 0.74), (0.36, 0.74))
            ]
    parts.append(
        part(
            "sole",
            np.concatenate(
                [
                    box(0.14, 0.84, 0.94, 0.9, radius=0.03)[:14],
                    polygon((0.42, 0.9), (0.4, 0.95), (0.16, 0.95)),
                    box(0.14, 0.84, 0.94, 0.9, radius=0.03)[21:],
                ]
            ),
            "black, white, dark brown, gray, beige",
        )
    )
    return finished(rng, parts, lines, flips=True)


@kind("sock", group="clothes")
def sock(rng: np.random.Generator) -> Thing:
    """A sock with stripes or dots, heel and toe of another color."""
    parts, lines = [], []
    half = smooth(
        [
            (0.58, 0.14),
            (0.58, 0.46),
            (0.66, 0.58),
            (0.84, 0.68),
            (0.92, 0.8),
            (0.84, 0.92),
            (0.6, 0.9),
            (0.34, 0.78),
            (0.23, 0.6),
            (0.24, 0.14),
        ],
        closed=False,
    )
    parts.append(part("sock", half, CLOTH, body=True))
    if some(rng):
        parts += [
            part(
                "stripe",
                polygon((0.238, y), (0.582, y), (0.582, y + 0.075), (0.236, y + 0.075)),
                "white, yellow, red, light blue, pink",
            )
            for y in (0.24, 0.39)
        ]
    else:
        parts += [
            part("dot", ellipse(x, y, 0.035), "white, yellow, red, light blue, pink")
            for x, y in ((0.33, 0.28), (0.48, 0.34), (0.34, 0.44), (0.5, 0.5), (0.52, 0.66), (0.64, 0.76))
        ]
    heel = np.concatenate(
        [half[52:66], smooth([tuple(half[65]), (0.38, 0.6), (0.45, 0.7), tuple(half[52])], closed=False)[1:-1]]
    )
    toe = np.concatenate([half[25:44], smooth([tuple(half[43]), (0.68, 0.8), tuple(half[25])], closed=False)[1:-1]])
    parts += [
        part("heel", heel, "white, red, yellow, gray, blue, orange"),
        part("toe", toe, "white, red, yellow, gray, blue, orange"),
    ]
    parts.append(part("cuff", box(0.21, 0.06, 0.61, 0.19, radius=0.03), "white, red, yellow, gray, blue, green"))
    lines += [polygon((x, 0.09), (x, 0.16)) for x in np.linspace(0.27, 0.55, 6)]
    return finished(rng, parts, lines, flips=True)
