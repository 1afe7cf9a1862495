"""Submarines and anchors.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth


@kind("submarine", group="vehicle", stands=False)
def submarine(rng: np.random.Generator) -> Thing:
    """A round submarine with portholes, a tower, a periscope and a propeller."""
    parts, lines = [], []
    middle, tall, tower = 0.62, rng.uniform(0.18, 0.24), rng.uniform(0.46, 0.56)
    parts.append(
        part(
            "periscope",
            thick(np.float32([(tower, 0.34), (tower, 0.2), (tower + 0.1, 0.2)]), 0.04),
            "gray, black, silver, yellow",
        )
    )
    parts.append(part("propeller", ellipse(0.06, middle - 0.08, 0.03, 0.08), "gray, gold, silver"))
    parts.append(part("propeller", ellipse(0.06, middle + 0.08, 0.03, 0.08), "gray, gold, silver"))
    parts.append(
        part(
            "fin",
            polygon(
                (0.1, middle - 0.2),
                (0.2, middle - 0.18),
                (0.26, middle),
                (0.2, middle + 0.18),
                (0.1, middle + 0.2),
                (0.15, middle),
            ),
            "red, orange, blue, gray",
        )
    )
    parts.append(
        part(
            "tower",
            polygon(
                (tower - 0.12, middle - tall + 0.08),
                (tower - 0.1, 0.31),
                (tower + 0.1, 0.31),
                (tower + 0.14, middle - tall + 0.08),
            ),
            "red, orange, blue, gray, yellow",
        )
    )
    hull = smooth(
        [
            (0.09, middle - 0.02),
            (0.22, middle - tall * 0.7),
            (0.5, middle - tall),
            (0.78, middle - tall * 0.85),
            (0.95, middle),
            (0.78, middle + tall * 0.85),
            (0.5, middle + tall),
            (0.22, middle + tall * 0.7),
            (0.09, middle + 0.02),
        ]
    )
    parts.append(part("hull", hull, "yellow, red, blue, gray, green, orange", body=True))
    count = int(rng.integers(2, 5))
    for x in np.linspace(0.34, 0.78, count):
        radius = min(0.075, 0.17 / count + 0.02)
        parts.append(part("frame", ellipse(x, middle, radius), "gray, gold, white, dark gray"))
        parts.append(part("porthole", ellipse(x, middle, radius * 0.66), GLASS))
    if some(rng):
        parts += [
            part("bubble", ellipse(x, y, r), "light blue, white")
            for x, y, r in ((0.04, 0.36, 0.03), (0.1, 0.27, 0.025), (0.05, 0.18, 0.035))
        ]
    lines.append(
        smooth([(0.3, middle + tall * 0.62), (0.5, middle + tall * 0.72), (0.7, middle + tall * 0.64)], closed=False)
    )
    return finished(rng, parts, lines, says=("side view",), flips=True, middle=True)


@kind("anchor", group="object", stands=False)
def anchor(rng: np.random.Generator) -> Thing:
    """An anchor, its ring, its stock and its two flukes."""
    parts, lines = [], []
    parts += [
        part("ring", ellipse(0.5, 0.12, 0.08), "gray, gold, silver, dark gray"),
        part("hole", ellipse(0.5, 0.12, 0.042), "white, light blue"),
    ]
    iron = METAL + ", dark gray, blue, black"
    curve = smooth(
        [(0.14, 0.6), (0.2, 0.76), (0.34, 0.88), (0.5, 0.92), (0.66, 0.88), (0.8, 0.76), (0.86, 0.6)], closed=False
    )
    parts.append(part("arm", thick(curve, 0.09), iron, body=True))
    for side in (-1, 1):
        x = 0.5 + side * 0.36
        parts.append(
            part("fluke", polygon((x - side * 0.13, 0.64), (x + side * 0.02, 0.5), (x + side * 0.1, 0.68)), iron)
        )
    parts.append(part("shank", polygon((0.465, 0.18), (0.535, 0.18), (0.55, 0.92), (0.45, 0.92)), iron))
    parts.append(part("stock", box(0.28, 0.27, 0.72, 0.35, radius=0.03), "brown, gray, gold, light brown"))
    if some(rng):
        parts.append(
            part(
                "rope",
                thick(
                    smooth(
                        [
                            (0.54, 0.1),
                            (0.68, 0.06),
                            (0.76, 0.2),
                            (0.62, 0.42),
                            (0.42, 0.52),
                            (0.36, 0.68),
                            (0.56, 0.72),
                        ],
                        closed=False,
                    ),
                    0.035,
                ),
                "beige, yellow, light brown",
            )
        )
    return finished(rng, parts, lines, middle=True)
