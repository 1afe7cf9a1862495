"""Tools of the workshop, of the garden, of the painter.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth, turned

GRIP = "red, blue, yellow, green, orange, black, brown, purple"


@kind("hammer", group="object", stands=False)
def hammer(rng: np.random.Generator) -> Thing:
    """A claw hammer or a mallet, at a slant."""
    parts = [part("handle", box(0.46, 0.2, 0.54, 0.95, radius=0.03), WOOD + ", red, yellow")]
    if some(rng):
        parts.append(part("grip", box(0.445, 0.66, 0.555, 0.96, radius=0.04), GRIP))
    if some(rng, 0.7):
        head = np.concatenate(
            [
                polygon((0.66, 0.13), (0.66, 0.27), (0.44, 0.27)),
                smooth([(0.44, 0.27), (0.36, 0.22), (0.22, 0.32)], closed=False)[1:],
                smooth([(0.22, 0.32), (0.28, 0.14), (0.44, 0.1)], closed=False)[1:],
                polygon((0.56, 0.1)),
            ]
        )
        parts += [
            part("head", head, METAL + ", dark gray, black"),
            part("face", box(0.65, 0.1, 0.73, 0.3, radius=0.02), METAL + ", dark gray, black"),
        ]
    else:
        parts.append(part("head", box(0.26, 0.07, 0.74, 0.3, radius=0.03), WOOD + ", gray, black"))
        parts += [part("band", box(x, 0.07, x + 0.05, 0.3), "gray, gold, dark brown, silver") for x in (0.31, 0.64)]
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 35, 35])), middle=True)


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


@kind("saw", group="object", stands=False)
def saw(rng: np.random.Generator) -> Thing:
    """A hand saw with teeth."""
    teeth = [(0.34 + 0.6 * index / 24, 0.62 - 0.08 * index / 24 + (0.03 if index % 2 else 0.0)) for index in range(25)]
    parts = [part("blade", polygon((0.3, 0.36), (0.95, 0.44), *teeth[::-1]), METAL)]
    grip = smooth([(0.1, 0.34), (0.24, 0.3), (0.37, 0.36), (0.38, 0.6), (0.3, 0.7), (0.12, 0.68), (0.04, 0.56)])
    parts += [
        part("handle", grip, WOOD + ", red, yellow, orange, blue"),
        part(
            "hole",
            smooth([(0.16, 0.44), (0.24, 0.43), (0.27, 0.5), (0.25, 0.58), (0.16, 0.59), (0.13, 0.52)]),
            "white, light gray",
        ),
    ]
    parts += [detail(ellipse(0.33, y, 0.018), "gold") for y in (0.45, 0.55)]
    return finished(rng, parts, flips=True, tilt_deg=rng.uniform(-30, 10), middle=True)


@kind("wrench", "spanner", group="object", stands=False)
def wrench(rng: np.random.Generator) -> Thing:
    """An open wrench with a ring at its other end."""
    jaw = np.concatenate(
        [
            polygon((0.45, 0.04), (0.45, 0.16), (0.5, 0.2), (0.55, 0.16), (0.55, 0.04)),
            smooth([(0.55, 0.04), (0.66, 0.1), (0.67, 0.22), (0.56, 0.33)], closed=False)[1:],
            smooth([(0.44, 0.33), (0.33, 0.22), (0.34, 0.1), (0.45, 0.04)], closed=False)[:-1],
        ]
    )
    iron = METAL + ", dark gray, red, blue"
    parts = [
        part("handle", box(0.45, 0.28, 0.55, 0.86), iron),
        part("jaw", jaw, iron),
        part("ring", ellipse(0.5, 0.86, 0.11), iron),
        part("hole", star_outline(0.5, 0.86, 0.062, 0.0537, 6), "white, light gray"),
    ]
    return finished(
        rng, parts, [polygon((0.5, 0.38), (0.5, 0.7))], tilt_deg=float(rng.choice([35, -35, 0])), middle=True
    )


@kind("screwdriver", group="object", stands=False)
def screwdriver(rng: np.random.Generator) -> Thing:
    """A screwdriver with a ribbed grip."""
    parts = [
        part("shaft", polygon((0.475, 0.14), (0.525, 0.14), (0.525, 0.6), (0.475, 0.6)), METAL),
        part("tip", polygon((0.465, 0.05), (0.535, 0.05), (0.53, 0.16), (0.47, 0.16)), METAL + ", dark gray"),
    ]
    parts.append(
        part(
            "handle",
            smooth(
                [
                    (0.44, 0.56),
                    (0.56, 0.56),
                    (0.58, 0.64),
                    (0.6, 0.86),
                    (0.54, 0.96),
                    (0.46, 0.96),
                    (0.4, 0.86),
                    (0.42, 0.64),
                ],
                steps=5,
            ),
            GRIP,
        )
    )
    parts.append(part("collar", box(0.435, 0.53, 0.565, 0.6, radius=0.015), "black, gold, gray, yellow, white"))
    return finished(
        rng,
        parts,
        [polygon((x, 0.66), (x + (x - 0.5) * 0.2, 0.88)) for x in (0.46, 0.5, 0.54)],
        tilt_deg=float(rng.choice([35, -35, 0])),
        middle=True,
    )


@kind("axe", group="object", stands=False)
def axe(rng: np.random.Generator) -> Thing:
    """An axe with a curved edge."""
    parts = [
        part(
            "handle",
            thick(smooth([(0.5, 0.05), (0.48, 0.4), (0.52, 0.72), (0.48, 0.96)], closed=False), 0.075),
            WOOD + ", red",
        )
    ]
    head = np.concatenate(
        [
            polygon((0.44, 0.13)),
            smooth([(0.56, 0.13), (0.68, 0.13), (0.82, 0.06)], closed=False),
            smooth([(0.82, 0.06), (0.88, 0.24), (0.8, 0.44)], closed=False)[1:],
            smooth([(0.8, 0.44), (0.68, 0.31), (0.56, 0.3)], closed=False)[1:],
            polygon((0.44, 0.3)),
        ]
    )
    parts.append(part("head", head, "red, gray, dark gray, blue, black"))
    parts.append(
        part(
            "edge",
            np.concatenate(
                [
                    smooth([(0.82, 0.06), (0.88, 0.24), (0.8, 0.44)], closed=False),
                    smooth([(0.8, 0.44), (0.79, 0.25), (0.82, 0.06)], closed=False)[1:-1],
                ]
            ),
            "silver, white, light gray",
        )
    )
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 25])), middle=True)


@kind("shovel", "spade", group="object", stands=False)
def shovel(rng: np.random.Generator) -> Thing:
    """A shovel with a handle like a D, or a straight one."""
    parts, lines, colors = [], [], METAL + ", red, blue, yellow, green"
    parts.append(part("shaft", box(0.47, 0.1, 0.53, 0.62), WOOD + ", yellow"))
    if some(rng):
        parts += [
            part(
                "handle",
                polygon((0.38, 0.05), (0.62, 0.05), (0.62, 0.1), (0.53, 0.22), (0.47, 0.22), (0.38, 0.1)),
                GRIP,
            ),
            part("hole", polygon((0.44, 0.095), (0.56, 0.095), (0.52, 0.16), (0.48, 0.16)), "white, light gray"),
        ]
    else:
        parts.append(part("handle", box(0.36, 0.05, 0.64, 0.12, radius=0.035), GRIP))
    blade = np.concatenate(
        [
            polygon((0.36, 0.57), (0.45, 0.57), (0.46, 0.54), (0.54, 0.54), (0.55, 0.57), (0.64, 0.57)),
            smooth([(0.65, 0.68), (0.62, 0.84), (0.5, 0.96), (0.38, 0.84), (0.35, 0.68)], closed=False),
        ]
    )
    parts.append(part("blade", blade, colors))
    lines.append(polygon((0.5, 0.62), (0.5, 0.8)))
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 35, -35])), middle=True)


@kind("bucket", "pail", group="object")
def bucket(rng: np.random.Generator) -> Thing:
    """A bucket, empty, or full of water or sand."""
    parts, lines = [], []
    form = style(rng, "empty", "water", "sand")
    parts.append(
        part(
            "handle",
            thick(arc(0.5, 0.36, 0.34, 0.29, 180, 360, num_points=30), 0.035),
            METAL + ", white, yellow, black",
        )
    )
    if form == "sand":
        parts.append(
            part(
                "sand",
                smooth([(0.16, 0.4), (0.3, 0.28), (0.5, 0.22), (0.7, 0.28), (0.84, 0.4), (0.5, 0.48)]),
                "yellow, beige, light brown",
            )
        )
    front = np.concatenate([arc(0.5, 0.38, 0.37, 0.075, 180, 0), arc(0.5, 0.9, 0.26, 0.05, 0, 180)])
    paint = "red, blue, yellow, green, gray, silver, pink, orange"
    if form == "sand":
        parts.append(part("bucket", front, paint, body=True))
    else:
        parts.append(
            part(
                "bucket",
                np.concatenate([arc(0.5, 0.38, 0.37, 0.075, 180, 360), arc(0.5, 0.9, 0.26, 0.05, 0, 180)]),
                paint,
                body=True,
            )
        )
        inside = ellipse(0.5, 0.38, 0.335, 0.058)
        parts.append(
            part("water", inside, "light blue, blue, turquoise")
            if form == "water"
            else part("inside", inside, "dark gray, gray, dark blue, black")
        )
    if some(rng):
        parts.append(part("star", star_outline(0.5, 0.69, 0.12, 0.05), "yellow, white, red, blue"))
    else:
        parts.append(
            part(
                "band",
                np.concatenate([arc(0.5, 0.6, 0.318, 0.06, 180, 0), arc(0.5, 0.7, 0.302, 0.06, 0, 180)]),
                "white, yellow, red, light blue",
            )
        )
    return finished(rng, parts, lines)


@kind("watering can", group="object")
def watering_can(rng: np.random.Generator) -> Thing:
    """A watering can, drops falling from it or not."""
    parts, lines, paint = [], [], "green, blue, red, gray, yellow, orange, turquoise, pink"
    parts.append(
        part(
            "handle",
            thick(
                smooth([(0.4, 0.45), (0.3, 0.24), (0.14, 0.22), (0.06, 0.4), (0.1, 0.66), (0.2, 0.78)], closed=False),
                0.05,
            ),
            paint,
        )
    )
    parts.append(part("spout", polygon((0.6, 0.66), (0.86, 0.32), (0.91, 0.36), (0.64, 0.86)), paint))
    parts.append(
        part(
            "rose",
            smooth([(0.81, 0.29), (0.86, 0.22), (0.98, 0.32), (0.93, 0.39)], steps=5),
            "gold, gray, yellow, silver, white",
        )
    )
    parts.append(
        part("watering can", polygon((0.19, 0.46), (0.63, 0.46), (0.67, 0.93), (0.15, 0.93)), paint, body=True)
    )
    parts.append(part("rim", ellipse(0.41, 0.46, 0.22, 0.045), "dark gray, light gray, dark green, dark blue"))
    parts.append(
        part(
            "stripe",
            polygon((0.178, 0.62), (0.643, 0.62), (0.652, 0.72), (0.168, 0.72)),
            "white, yellow, light blue, orange",
        )
    )
    if some(rng):
        lines += [
            polygon((x, y), (x + 0.02, y + 0.07)) for x, y in ((0.95, 0.44), (0.99, 0.5), (0.96, 0.58), (1.0, 0.66))
        ]
    return finished(rng, parts, lines, flips=True)


@kind("ladder", group="object")
def ladder(rng: np.random.Generator) -> Thing:
    """A ladder with five or more rungs, or a stepladder."""
    parts, colors = [], WOOD + ", gray, silver, yellow, red"
    if some(rng):
        parts += [part("back leg", thick([(0.54, 0.08), (0.86, 0.95)], 0.04), colors)]
        for y in (0.28, 0.48, 0.68):
            x = 0.44 - (y - 0.08) * 0.3
            parts.append(part("step", box(x - 0.02, y, x + 0.2, y + 0.05), colors))
        parts += [part("rail", thick([(x, 0.08), (x - 0.26, 0.95)], 0.045), colors) for x in (0.42, 0.63)]
        parts.append(part("top", box(0.36, 0.05, 0.7, 0.12, radius=0.01), colors))
        return finished(rng, parts, flips=True)
    rungs = int(rng.integers(5, 8))
    parts += [part("rung", box(0.32, y, 0.68, y + 0.04), colors) for y in np.linspace(0.14, 0.82, rungs)]
    parts += [part("rail", box(x, 0.05, x + 0.06, 0.95, radius=0.01), colors) for x in (0.3, 0.64)]
    return finished(rng, parts, tilt_deg=rng.uniform(-12, 12))


@kind("broom", group="object")
def broom(rng: np.random.Generator) -> Thing:
    """A broom of twigs, or a flat one."""
    parts, lines = [part("stick", box(0.475, 0.05, 0.525, 0.64, radius=0.02), WOOD + ", red, blue, yellow")], []
    edge = [(0.76 - 0.52 * index / 10, 0.95 - (0.03 if index % 2 else 0.0)) for index in range(11)]
    parts.append(
        part(
            "bristles",
            np.concatenate(
                [
                    smooth([(0.45, 0.6), (0.5, 0.58), (0.55, 0.6), (0.66, 0.74)], closed=False),
                    polygon(*edge, (0.34, 0.74)),
                ]
            ),
            "yellow, beige, light brown, gold, brown",
        )
    )
    parts.append(part("binding", box(0.43, 0.6, 0.57, 0.67, radius=0.02), "red, blue, brown, green, black"))
    lines += [polygon((0.5 + x * 0.35, 0.7), (0.5 + x, 0.91)) for x in (-0.18, -0.09, 0.0, 0.09, 0.18)]
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 25, -25])))


@kind("key", group="object", stands=False)
def key(rng: np.random.Generator) -> Thing:
    """An old key with a round, a square or a heart-shaped bow."""
    parts, gold, form = [], "gold, silver, gray, yellow, brown", style(rng, "round", "square", "heart")
    parts.append(
        part(
            "bit",
            polygon(
                (0.5, 0.72),
                (0.68, 0.72),
                (0.68, 0.78),
                (0.62, 0.78),
                (0.62, 0.82),
                (0.68, 0.82),
                (0.68, 0.89),
                (0.5, 0.89),
            ),
            gold,
        )
    )
    parts.append(part("shaft", box(0.465, 0.38, 0.535, 0.95, radius=0.03), gold))
    if form == "round":
        parts += [
            part("bow", ellipse(0.5, 0.22, 0.175), gold),
            part("hole", ellipse(0.5, 0.22, 0.1), "white, light gray, light blue"),
        ]
    elif form == "square":
        parts.append(part("bow", turned(box(0.36, 0.08, 0.64, 0.36, radius=0.05), 45, (0.5, 0.22)), gold))
        parts.append(
            part(
                "hole",
                turned(box(0.43, 0.15, 0.57, 0.29, radius=0.02), 45, (0.5, 0.22)),
                "white, light gray, light blue",
            )
        )
    else:
        half = smooth([(0.5, 0.14), (0.57, 0.06), (0.68, 0.09), (0.7, 0.2), (0.5, 0.42)], closed=False)
        heart = np.concatenate([half, mirrored(half)[::-1][1:-1]])
        parts += [
            part("bow", heart, gold),
            part(
                "hole",
                np.float32([0.5, 0.21]) + (heart - np.float32([0.5, 0.21])) * 0.5,
                "white, light gray, light blue",
            ),
        ]
    parts.append(part("collar", box(0.43, 0.39, 0.57, 0.45, radius=0.02), gold))
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 40, 90])), middle=True)


@kind("lock", "padlock", group="object")
def lock(rng: np.random.Generator) -> Thing:
    """A padlock with its keyhole, closed or open."""
    opened, parts = some(rng, 0.35), []
    x = 0.3 if opened else 0.5
    path = np.concatenate(
        [polygon((x - 0.19, 0.42 if opened else 0.52)), arc(x, 0.3, 0.19, 0.2, 180, 360), polygon((x + 0.19, 0.52))]
    )
    parts.append(part("shackle", thick(path, 0.075), METAL + ", dark gray"))
    parts.append(
        part("lock", box(0.2, 0.46, 0.8, 0.94, radius=0.08), "gold, yellow, red, blue, gray, orange", body=True)
    )
    parts.append(
        part(
            "keyhole",
            np.concatenate([arc(0.5, 0.65, 0.065, 0.065, 125, 415), polygon((0.56, 0.83), (0.44, 0.83))]),
            "black, dark gray, dark brown",
        )
    )
    return finished(rng, parts, says=("open",) if opened else ())


@kind("magnifying glass", "magnifier", group="object", stands=False)
def magnifying_glass(rng: np.random.Generator) -> Thing:
    """A lens with a rim and a grip."""
    parts = [
        part("handle", box(0.44, 0.62, 0.56, 0.96, radius=0.05), WOOD + ", black, red, blue"),
        part("collar", box(0.455, 0.56, 0.545, 0.66), "gold, silver, gray"),
    ]
    parts += [
        part("rim", ellipse(0.5, 0.32, 0.27), "gold, gray, black, red, silver, brown"),
        part("lens", ellipse(0.5, 0.32, 0.21), "light blue, white, light gray, turquoise"),
    ]
    return finished(
        rng, parts, [arc(0.5, 0.32, 0.15, 0.15, 190, 260)], tilt_deg=float(rng.choice([-45, 45, 0])), middle=True
    )


@kind("magnet", group="object", stands=False)
def magnet(rng: np.random.Generator) -> Thing:
    """A magnet like a horseshoe."""
    parts, lines = [], []
    shape = np.concatenate(
        [
            arc(0.5, 0.44, 0.34, 0.36, 180, 360, num_points=30),
            polygon((0.84, 0.72), (0.64, 0.72)),
            arc(0.5, 0.44, 0.14, 0.15, 360, 180),
            polygon((0.36, 0.72), (0.16, 0.72)),
        ]
    )
    parts.append(part("magnet", shape, "red, blue, green, purple", body=True))
    parts += [part("tip", box(x, 0.7, x + 0.2, 0.86), "white, silver, gray, light gray") for x in (0.16, 0.64)]
    if some(rng):
        lines += [
            polygon((x, 0.9), (x + dx, 0.97))
            for x, dx in ((0.2, -0.03), (0.27, 0.0), (0.34, 0.03), (0.66, -0.03), (0.73, 0.0), (0.8, 0.03))
        ]
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 30, -30, 180])), middle=True)
