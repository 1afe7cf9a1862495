"""What draws, paints and cuts paper.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.tools._grip import GRIP


@kind("scissors", group="object", stands=False)
def scissors(rng: np.random.Generator) -> Thing:
    """Open scissors."""
    parts, spread = [], rng.uniform(0.09, 0.15)
    for side in (1, -1):
        parts.append(
            part(
                "blade",
                polygon((0.5 + side * spread, 0.05), (0.5 - side * 0.03, 0.56), (0.5 + side * 0.045, 0.6)),
                METAL + ", white",
            )
        )
        grip = thick([(0.5, 0.52), (0.5 - side * 0.1, 0.72)], 0.065, 0.07)
        parts.append(part("handle", grip, GRIP))
    for side in (1, -1):
        parts.append(part("handle", ellipse(0.5 - side * 0.19, 0.81, 0.125, 0.15, turn_deg=side * 25), GRIP))
        parts.append(
            part("hole", ellipse(0.5 - side * 0.19, 0.81, 0.07, 0.095, turn_deg=side * 25), "white, light gray")
        )
    parts.append(part("screw", ellipse(0.5, 0.53, 0.034), "gold, silver, gray, black"))
    return finished(rng, parts, tilt_deg=float(rng.choice([0, 30, -30])), middle=True)


@kind("pencil", group="object", stands=False)
def pencil(rng: np.random.Generator) -> Thing:
    """A pencil, with an eraser or without."""
    return _pencil(rng, crayon=False)


@kind("crayon", group="object", stands=False)
def crayon(rng: np.random.Generator) -> Thing:
    """A crayon in its paper."""
    return _pencil(rng, crayon=True)


def _pencil(rng: np.random.Generator, *, crayon: bool) -> Thing:
    """A pencil, or a crayon."""
    parts, lines, half = [], [], rng.uniform(0.065, 0.085)
    tilt = float(rng.choice([0, 40, -40]))
    paint = "yellow, red, blue, green, orange, purple, pink"
    if crayon:
        parts.append(
            part(
                "tip",
                polygon(
                    (0.5 - half * 0.85, 0.24),
                    (0.5 - half * 0.35, 0.07),
                    (0.5 + half * 0.35, 0.07),
                    (0.5 + half * 0.85, 0.24),
                ),
                paint,
            )
        )
        parts.append(part("crayon", box(0.5 - half * 1.2, 0.22, 0.5 + half * 1.2, 0.94, radius=0.02), paint, body=True))
        parts.append(
            part("label", box(0.5 - half * 1.2, 0.36, 0.5 + half * 1.2, 0.8), "white, black, light yellow, light blue")
        )
        lines.append(smooth([(0.5, 0.44), (0.47, 0.5), (0.53, 0.57), (0.47, 0.64), (0.5, 0.72)], closed=False))
        return finished(rng, parts, lines, tilt_deg=tilt, middle=True)
    parts.append(part("wood", polygon((0.5 - half, 0.25), (0.5, 0.05), (0.5 + half, 0.25)), "beige, light brown"))
    parts.append(
        part(
            "tip",
            polygon((0.5 - half * 0.42, 0.134), (0.5, 0.05), (0.5 + half * 0.42, 0.134)),
            "black, dark gray, red, blue, green",
        )
    )
    edge = [(0.5 - half + 2 * half * index / 6, 0.25 - (0.025 if index % 2 else 0.0)) for index in range(7)]
    parts.append(part("pencil", polygon(*edge, (0.5 + half, 0.82), (0.5 - half, 0.82)), paint, body=True))
    lines += [polygon((0.5 + x * half, 0.25), (0.5 + x * half, 0.8)) for x in (-0.34, 0.34)]
    if some(rng, 0.75):
        parts += [
            part("eraser", box(0.5 - half, 0.83, 0.5 + half, 0.95, radius=0.04), "pink, red, white, light red"),
            part("ring", box(0.5 - half * 1.05, 0.79, 0.5 + half * 1.05, 0.87), "gold, silver, gray, yellow"),
        ]
    return finished(rng, parts, lines, tilt_deg=tilt, middle=True)


@kind("paintbrush", "brush", group="object", stands=False)
def paintbrush(rng: np.random.Generator) -> Thing:
    """An artist's brush with paint on its tip, or a wide one."""
    parts, lines, paint = [], [], "red, blue, yellow, green, orange, purple, pink, turquoise"
    if some(rng, 0.4):
        parts += [
            part(
                "bristles",
                polygon((0.29, 0.28), (0.71, 0.28), (0.7, 0.12), (0.3, 0.12)),
                "beige, light brown, brown, black",
            )
        ]
        parts.append(
            part(
                "paint",
                smooth(
                    [
                        (0.3, 0.18),
                        (0.3, 0.06),
                        (0.4, 0.08),
                        (0.5, 0.05),
                        (0.6, 0.08),
                        (0.7, 0.06),
                        (0.7, 0.18),
                        (0.6, 0.21),
                        (0.5, 0.17),
                        (0.4, 0.21),
                    ],
                    steps=5,
                ),
                paint,
            )
        )
        handle = np.concatenate(
            [
                polygon((0.3, 0.42), (0.7, 0.42)),
                smooth([(0.7, 0.5), (0.57, 0.58), (0.56, 0.7), (0.58, 0.9)], closed=False),
                smooth([(0.5, 0.96), (0.42, 0.9), (0.44, 0.7), (0.43, 0.58), (0.3, 0.5)], closed=False),
            ]
        )
        parts += [
            part("handle", handle, WOOD + ", red, blue, yellow"),
            part("ferrule", box(0.28, 0.27, 0.72, 0.43, radius=0.01), METAL + ", gold"),
        ]
        parts += [detail(ellipse(x, 0.35, 0.017), "dark gray") for x in (0.34, 0.66)]
    else:
        parts.append(part("handle", thick([(0.5, 0.34), (0.5, 0.55), (0.5, 0.96)], 0.1, 0.03), GRIP + ", light brown"))
        parts.append(
            part(
                "bristles",
                smooth(
                    [(0.44, 0.28), (0.42, 0.18), (0.47, 0.09), (0.53, 0.09), (0.58, 0.18), (0.56, 0.28)], closed=False
                ),
                "beige, light brown, brown, black",
            )
        )
        parts.append(
            part(
                "paint",
                smooth(
                    [
                        (0.415, 0.19),
                        (0.43, 0.11),
                        (0.52, 0.03),
                        (0.57, 0.11),
                        (0.585, 0.19),
                        (0.54, 0.17),
                        (0.5, 0.2),
                        (0.46, 0.17),
                    ],
                    steps=5,
                ),
                paint,
            )
        )
        parts.append(
            part("ferrule", polygon((0.435, 0.26), (0.565, 0.26), (0.555, 0.4), (0.445, 0.4)), METAL + ", gold")
        )
        lines += [polygon((0.44, 0.31), (0.56, 0.31))]
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 40, -40])), middle=True)


@kind("palette", group="object", stands=False)
def palette(rng: np.random.Generator) -> Thing:
    """A painter's palette with blots of paint."""
    shape = smooth(
        [
            (0.08, 0.5),
            (0.16, 0.26),
            (0.42, 0.14),
            (0.72, 0.18),
            (0.92, 0.38),
            (0.88, 0.56),
            (0.7, 0.6),
            (0.62, 0.7),
            (0.6, 0.84),
            (0.38, 0.86),
            (0.16, 0.74),
        ]
    )
    parts = [
        part("palette", shape, "light brown, brown, beige, white", body=True),
        part("hole", ellipse(0.47, 0.7, 0.06, 0.05), "white, dark gray, black"),
    ]
    places = ((0.2, 0.48), (0.28, 0.32), (0.44, 0.26), (0.6, 0.28), (0.75, 0.36), (0.26, 0.64))
    colors = rng.permutation(["red", "blue", "yellow", "green", "orange", "purple", "white", "pink"])
    for (x, y), color in zip(places, colors, strict=False):
        blot = np.float32([x, y]) + smooth(
            [
                (0.075 * rng.uniform(0.75, 1.0) * np.cos(a), 0.06 * rng.uniform(0.75, 1.0) * np.sin(a))
                for a in np.arange(6) * np.pi / 3
            ],
            steps=5,
        )
        parts.append(part(f"{color} paint", blot, str(color), fixed=True))
    return finished(rng, parts, flips=True, middle=True)
