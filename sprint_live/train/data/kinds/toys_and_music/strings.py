"""Guitars and violins.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Part, Thing, box, ellipse, kind, mirrored, polygon, smooth

VARNISH = "brown, orange, light brown, red, dark brown, yellow"


def _waisted(upper: float, waist: float, lower: float, top: float, bottom: float) -> np.ndarray:
    """The outline of a guitar or violin about x = 0.5."""
    tall = bottom - top
    right = smooth(
        [
            (0.5, top),
            (0.5 + upper * 0.75, top + tall * 0.04),
            (0.5 + upper, top + tall * 0.2),
            (0.5 + waist, top + tall * 0.42),
            (0.5 + lower, top + tall * 0.7),
            (0.5 + lower * 0.7, top + tall * 0.96),
            (0.5, bottom),
        ],
        closed=False,
    )
    return np.concatenate([right, mirrored(right)[::-1][1:-1]])


def _head(y: float, half: float, *, pegs: int) -> list[Part]:
    """A head with pegs on both sides."""
    parts = []
    for index in range(pegs):
        for side in (-1, 1):
            parts.append(
                part(
                    "peg",
                    ellipse(0.5 + side * (half + 0.025), y + 0.035 + 0.045 * index, 0.026, 0.018),
                    "gold, black, silver, white",
                )
            )
    return [
        *parts,
        part(
            "head",
            polygon((0.5 - half, y), (0.5 + half, y), (0.5 + half * 0.75, y + 0.16), (0.5 - half * 0.75, y + 0.16)),
            WOOD + ", black",
        ),
    ]


@kind("guitar", group="object")
def guitar(rng: np.random.Generator) -> Thing:
    """An acoustic or an electric guitar with its strings."""
    electric, tilt = some(rng, 0.4), float(rng.choice([0, 35, -35]))
    parts, lines = _head(0.04, 0.055, pegs=3), []
    if electric:
        body = smooth(
            [
                (0.5, 0.62),
                (0.6, 0.58),
                (0.64, 0.52),
                (0.7, 0.56),
                (0.68, 0.7),
                (0.76, 0.82),
                (0.68, 0.94),
                (0.48, 0.95),
                (0.3, 0.93),
                (0.25, 0.8),
                (0.33, 0.68),
                (0.3, 0.54),
                (0.34, 0.49),
                (0.4, 0.58),
            ]
        )
        parts.append(part("guitar", body, "red, blue, black, white, yellow, green, purple", body=True))
        parts.append(
            part(
                "pickguard",
                smooth([(0.55, 0.64), (0.62, 0.62), (0.62, 0.74), (0.66, 0.86), (0.58, 0.89), (0.55, 0.76)], steps=5),
                "white, black, beige",
            )
        )
        parts += [
            part("pickup", box(0.43, y, 0.57, y + 0.035, radius=0.01), "black, silver, white") for y in (0.69, 0.77)
        ]
        parts += [part("dial", ellipse(x, y, 0.02), "gold, black, white") for x, y in ((0.65, 0.8), (0.62, 0.86))]
    else:
        parts.append(
            part(
                "guitar",
                _waisted(rng.uniform(0.16, 0.19), 0.13, rng.uniform(0.22, 0.26), 0.45, 0.95),
                VARNISH + ", blue",
                body=True,
            )
        )
        parts += [
            part("rosette", ellipse(0.5, 0.65, 0.085), "white, yellow, dark brown, gold"),
            detail(ellipse(0.5, 0.65, 0.06), "black"),
        ]
    parts.append(
        part("neck", box(0.465, 0.19, 0.535, 0.62 if not electric else 0.68), "dark brown, brown, black, light brown")
    )
    parts.append(part("bridge", box(0.41, 0.83, 0.59, 0.865, radius=0.01), "dark brown, black, gold"))
    lines += [polygon((x, 0.12), (x, 0.845)) for x in (0.483, 0.5, 0.517)]
    lines += [polygon((0.465, y), (0.535, y)) for y in (0.25, 0.31, 0.37, 0.43, 0.49)]
    return finished(rng, parts, lines, says=("electric",) if electric else (), tilt_deg=tilt, middle=tilt != 0)


@kind("violin", "fiddle", group="object")
def violin(rng: np.random.Generator) -> Thing:
    """A violin with its f-holes, now and then with a bow."""
    tilt, parts, lines = float(rng.choice([0, 30, -30])), [], []
    if some(rng):
        parts += [
            part("bow", thick([(0.86, 0.1), (0.83, 0.5), (0.86, 0.92)], 0.03), WOOD),
            part("frog", box(0.8, 0.8, 0.86, 0.9), "black, brown"),
        ]
        lines.append(polygon((0.83, 0.12), (0.815, 0.9)))
    parts += [
        part("peg", ellipse(0.5 + side * 0.05, y, 0.035, 0.017), "black, brown, gold")
        for y in (0.12, 0.18)
        for side in (-1, 1)
    ]
    parts += [
        part("scroll", ellipse(0.5, 0.07, 0.045), VARNISH),
        part("neck", box(0.47, 0.08, 0.53, 0.5), "black, dark brown"),
    ]
    half = smooth(
        [
            (0.5, 0.42),
            (0.58, 0.42),
            (0.68, 0.48),
            (0.68, 0.57),
            (0.61, 0.62),
            (0.61, 0.7),
            (0.71, 0.75),
            (0.73, 0.86),
            (0.64, 0.94),
            (0.5, 0.95),
        ],
        closed=False,
    )
    parts.append(part("violin", np.concatenate([half, mirrored(half)[::-1][1:-1]]), VARNISH, body=True))
    parts.append(
        part("fingerboard", polygon((0.47, 0.26), (0.53, 0.26), (0.54, 0.62), (0.46, 0.62)), "black, dark brown")
    )
    parts += [
        part("bridge", box(0.43, 0.7, 0.57, 0.725), "beige, light brown, white"),
        part("tailpiece", polygon((0.455, 0.79), (0.545, 0.79), (0.52, 0.93), (0.48, 0.93)), "black, dark brown"),
    ]
    parts.append(part("chin rest", ellipse(0.6, 0.89, 0.06, 0.035), "black, dark brown"))
    lines += [polygon((x, 0.12), (x, 0.8)) for x in (0.485, 0.5, 0.515)]
    for side in (-1, 1):
        lines.append(
            smooth(
                [
                    (0.5 + side * 0.085, 0.66),
                    (0.5 + side * 0.1, 0.68),
                    (0.5 + side * 0.085, 0.73),
                    (0.5 + side * 0.11, 0.78),
                    (0.5 + side * 0.13, 0.76),
                ],
                closed=False,
            )
        )
    return finished(rng, parts, lines, tilt_deg=tilt, middle=tilt != 0)
