"""Light bulbs, candles, flashlights and lanterns.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("light bulb", "bulb", group="object", stands=False)
def light_bulb(rng: np.random.Generator) -> Thing:
    """A bulb with its filament and its screw, shining or not."""
    parts, lines, shines = [], [], some(rng)
    glass = smooth(
        [
            (0.41, 0.7),
            (0.38, 0.6),
            (0.27, 0.48),
            (0.26, 0.32),
            (0.36, 0.2),
            (0.5, 0.16),
            (0.64, 0.2),
            (0.74, 0.32),
            (0.73, 0.48),
            (0.62, 0.6),
            (0.59, 0.7),
        ],
        closed=False,
    )
    parts.append(
        part(
            "bulb",
            glass,
            "yellow, light yellow, orange" if shines else "white, light blue, light yellow, light gray",
            body=True,
        )
    )
    lines.append(
        smooth(
            [
                (0.45, 0.7),
                (0.43, 0.5),
                (0.4, 0.42),
                (0.46, 0.4),
                (0.47, 0.46),
                (0.5, 0.4),
                (0.53, 0.46),
                (0.54, 0.4),
                (0.6, 0.42),
                (0.57, 0.5),
                (0.55, 0.7),
            ],
            closed=False,
        )
    )
    parts.append(part("screw", box(0.4, 0.69, 0.6, 0.88, radius=0.03), METAL + ", gold"))
    lines += [polygon((0.4, y + 0.02), (0.6, y)) for y in (0.74, 0.79, 0.84)]
    parts.append(part("contact", arc(0.5, 0.88, 0.065, 0.06, 0, 180), "black, dark gray, gold"))
    if shines:
        lines += [
            np.stack([0.5 + np.float32([0.31, 0.43]) * np.cos(a), 0.38 + np.float32([0.29, 0.39]) * np.sin(a)], 1)
            for a in np.deg2rad(np.linspace(-200, 20, 8))
        ]
    return finished(rng, parts, lines, says=("shining",) if shines else (), middle=True)


@kind("candle", group="object")
def candle(rng: np.random.Generator) -> Thing:
    """A candle on a saucer, a striped one, or three in a holder."""
    parts, lines = [], []
    wax = "white, red, beige, yellow, pink, blue, light blue, green"

    def flame(x: float, y: float, size: float) -> list:
        """A flame and its core over a wick at (x, y)."""
        outer = smooth(
            [
                (x, y - size),
                (x + size * 0.3, y - size * 0.5),
                (x + size * 0.34, y - size * 0.2),
                (x, y),
                (x - size * 0.34, y - size * 0.2),
                (x - size * 0.28, y - size * 0.5),
            ]
        )
        inner = np.float32([x, y - size * 0.08]) + (outer - np.float32([x, y])) * 0.5
        return [part("flame", outer, "orange, yellow, red"), part("inner flame", inner, "yellow, light yellow, white")]

    if some(rng, 0.3):
        curve = smooth(
            [(0.18, 0.5), (0.22, 0.66), (0.36, 0.72), (0.5, 0.72), (0.64, 0.72), (0.78, 0.66), (0.82, 0.5)],
            closed=False,
        )
        parts += [
            part("holder", thick(curve, 0.05), "gold, silver, brown, black, gray"),
            part("holder", box(0.47, 0.5, 0.53, 0.9), "gold, silver, brown, black, gray"),
            part("base", arc(0.5, 0.95, 0.2, 0.09, 180, 360), "gold, silver, brown, black, gray"),
        ]
        for x, top in ((0.18, 0.28), (0.5, 0.24), (0.82, 0.28)):
            parts += [
                part("candle", box(x - 0.05, top, x + 0.05, 0.5), wax, body=True),
                part(
                    "cup",
                    polygon((x - 0.08, 0.48), (x + 0.08, 0.48), (x + 0.05, 0.55), (x - 0.05, 0.55)),
                    "gold, silver, brown, black, gray",
                ),
            ]
            lines.append(polygon((x, top), (x, top - 0.03)))
            parts += flame(x, top - 0.025, 0.17)
        return finished(rng, parts, lines)
    half, top = rng.uniform(0.1, 0.16), rng.uniform(0.36, 0.44)
    saucer = some(rng, 0.65)
    if saucer:
        parts.append(
            part("handle", thick(arc(0.78, 0.82, 0.11, 0.1, -140, 140), 0.045), "gold, gray, brown, red, blue")
        )
        parts.append(part("saucer", ellipse(0.5, 0.87, 0.36, 0.075), "gold, gray, brown, red, blue"))
    parts.append(
        part(
            "candle",
            np.concatenate([polygon((0.5 - half, top), (0.5 + half, top)), arc(0.5, 0.86, half, 0.04, 0, 180)]),
            wax,
            body=True,
        )
    )
    if some(rng):
        for y in (top + 0.16, top + 0.32):
            parts.append(
                part(
                    "stripe",
                    polygon((0.5 - half, y), (0.5 + half, y - 0.06), (0.5 + half, y + 0.01), (0.5 - half, y + 0.07)),
                    "white, red, yellow, gold, light blue",
                )
            )
    else:
        drip = np.concatenate(
            [
                polygon((0.5 - half, top)),
                polygon((0.5 + half, top)),
                smooth(
                    [
                        (0.5 + half, top + 0.16),
                        (0.5 + half * 0.72, top + 0.2),
                        (0.5 + half * 0.5, top + 0.08),
                        (0.5, top + 0.06),
                        (0.5 - half * 0.2, top + 0.14),
                        (0.5 - half * 0.5, top + 0.13),
                        (0.5 - half * 0.6, top + 0.07),
                        (0.5 - half, top + 0.1),
                    ],
                    closed=False,
                ),
            ]
        )
        parts.append(part("wax", drip, "white, light yellow, beige, light red, light pink"))
    parts.append(part("top", ellipse(0.5, top, half, 0.032), "white, light yellow, beige, orange"))
    lines.append(polygon((0.5, top), (0.5, top - 0.07)))
    parts += flame(0.5, top - 0.04, 0.27)
    return finished(rng, parts, lines, flips=True)


@kind("flashlight", "torch", group="object", stands=False)
def flashlight(rng: np.random.Generator) -> Thing:
    """A flashlight, with its beam or without."""
    parts, shines = [], some(rng)
    if shines:
        parts.append(
            part("beam", polygon((0.56, 0.38), (1.0, 0.2), (1.0, 0.8), (0.56, 0.62)), "yellow, light yellow, white")
        )
    parts.append(
        part("grip", box(0.04, 0.42, 0.42, 0.58, radius=0.03), "red, blue, black, yellow, green, gray", body=True)
    )
    parts.append(
        part("head", polygon((0.4, 0.42), (0.54, 0.34), (0.54, 0.66), (0.4, 0.58)), "gray, black, silver, red, yellow")
    )
    parts.append(part("rim", box(0.53, 0.32, 0.59, 0.68, radius=0.015), "silver, gray, gold, black"))
    if not shines:
        parts.append(part("lens", arc(0.59, 0.5, 0.05, 0.15, -90, 90), GLASS + ", yellow"))
    parts.append(part("switch", box(0.26, 0.45, 0.36, 0.51, radius=0.02), "white, yellow, red, black"))
    return finished(rng, parts, flips=True, tilt_deg=rng.uniform(-25, 25), middle=True)


@kind("lantern", group="object")
def lantern(rng: np.random.Generator) -> Thing:
    """A lantern with a flame behind glass, or one of paper."""
    parts, lines = [], []
    if some(rng, 0.6):
        metal = "black, dark gray, gold, brown, red, green"
        parts.append(part("handle", thick(arc(0.5, 0.24, 0.15, 0.17, 170, 370, num_points=24), 0.03), metal))
        parts += [
            part("roof", polygon((0.42, 0.18), (0.58, 0.18), (0.76, 0.36), (0.24, 0.36)), metal),
            part(
                "glass",
                polygon((0.28, 0.36), (0.72, 0.36), (0.68, 0.82), (0.32, 0.82)),
                "light yellow, light blue, white, yellow",
                body=True,
            ),
        ]
        parts += [
            part("candle", box(0.44, 0.66, 0.56, 0.82), "white, red, beige"),
            part("flame", smooth([(0.5, 0.44), (0.555, 0.56), (0.5, 0.65), (0.445, 0.56)]), "orange, red, yellow"),
        ]
        parts.append(part("base", box(0.25, 0.81, 0.75, 0.94, radius=0.02), metal))
        lines += [polygon((0.39, 0.36), (0.4, 0.82)), polygon((0.61, 0.36), (0.6, 0.82))]
        return finished(rng, parts, lines)
    lines.append(polygon((0.5, 0.05), (0.5, 0.16)))
    parts.append(
        part("tassel", polygon((0.47, 0.78), (0.53, 0.78), (0.55, 0.96), (0.45, 0.96)), "yellow, gold, red, orange")
    )
    parts.append(part("lantern", ellipse(0.5, 0.47, 0.38, 0.3), "red, orange, yellow, pink, purple, green", body=True))
    parts += [
        part("cap", box(0.36, y, 0.64, y + 0.07, radius=0.02), "gold, yellow, black, brown") for y in (0.14, 0.74)
    ]
    lines += [
        np.stack([0.5 + 0.38 * share * np.sin(t), 0.47 - 0.26 * np.cos(t)], 1)
        for share in (-0.66, -0.25, 0.25, 0.66)
        for t in (np.linspace(0.28, np.pi - 0.28, 16),)
    ]
    return finished(rng, parts, lines, says=("paper",), middle=True)
