"""What stands on a table or in a kitchen.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    METAL,
    WOOD,
    curl,
    detail,
    finished,
    part,
    some,
    star_outline,
    style,
    thick,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

CHINA = "white, light blue, red, yellow, green, blue, pink, turquoise, orange"


def turned_body(*half: tuple[float, float], steps: int = 6) -> np.ndarray:
    """The outline of a body of revolution about x = 0.5 from the widths of its right half, top to bottom."""
    right = smooth([(0.5 + wide, y) for wide, y in half], closed=False, steps=steps)
    return np.concatenate([right, mirrored(right)[::-1]])


def _pattern(rng: np.random.Generator, left: float, right: float, top: float, bottom: float) -> list[Part]:
    """A heart, a star, dots or nothing in a rectangle."""
    form = style(rng, "heart", "star", "dots", "none")
    x, y, size = (left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top) * 0.4
    if form == "heart":
        half = smooth(
            [(x, y - size * 0.4), (x + size * 0.5, y - size * 0.85), (x + size, y - size * 0.3), (x, y + size)],
            closed=False,
        )
        return [part("heart", np.concatenate([half, mirrored(half, x)[::-1][1:-1]]), "red, pink, yellow")]
    if form == "star":
        return [part("star", star_outline(x, y, size, size * 0.42), "yellow, red, blue")]
    if form == "dots":
        return [
            part("dot", ellipse(x + dx * size, y + dy * size, size * 0.25), "red, yellow, blue, white, orange")
            for dx, dy in ((-0.9, -0.5), (0.1, -0.7), (0.9, -0.3), (-0.4, 0.4), (0.5, 0.6))
        ]
    return []


@kind("cup", "coffee cup", group="object")
def cup(rng: np.random.Generator) -> Thing:
    """A mug, or a cup on a saucer; steam rises or not."""
    parts, lines = [], []
    if some(rng):
        lines += [curl(x, 0.26, rng.uniform(0.14, 0.2), 0.025) for x in (0.34, 0.46, 0.58)]
    if some(rng):
        top, wide = 0.36, rng.uniform(0.24, 0.28)
        middle = 0.44
        parts.append(
            part(
                "handle",
                thick(
                    smooth(
                        [
                            (middle + wide - 0.04, 0.48),
                            (middle + wide + 0.14, 0.48),
                            (middle + wide + 0.17, 0.64),
                            (middle + wide + 0.1, 0.77),
                            (middle + wide - 0.04, 0.78),
                        ],
                        closed=False,
                    ),
                    0.065,
                ),
                CHINA,
            )
        )
        straight = np.concatenate(
            [
                polygon((middle - wide, top)),
                arc(middle - wide * 0.9 + 0.06, 0.89, 0.06, 0.06, 180, 90, num_points=6),
                arc(middle + wide * 0.9 - 0.06, 0.89, 0.06, 0.06, 90, 0, num_points=6),
                polygon((middle + wide, top)),
            ]
        )
        parts.append(part("cup", straight, CHINA, body=True))
        parts += [
            part("rim", ellipse(middle, top, wide, 0.065), "white, beige, light gray, light yellow"),
            part("drink", ellipse(middle, top + 0.012, wide * 0.84, 0.042), "brown, dark brown, orange, beige"),
        ]
        parts += _pattern(rng, middle - 0.16, middle + 0.16, 0.5, 0.86)
    else:
        parts.append(part("saucer", ellipse(0.46, 0.86, 0.42, 0.085), CHINA))
        parts.append(
            part(
                "handle",
                thick(
                    smooth([(0.68, 0.46), (0.86, 0.44), (0.88, 0.56), (0.8, 0.66), (0.62, 0.7)], closed=False), 0.055
                ),
                CHINA,
            )
        )
        bowl = np.concatenate(
            [
                smooth([(0.14, 0.4), (0.17, 0.62), (0.32, 0.84)], closed=False),
                smooth([(0.6, 0.84), (0.75, 0.62), (0.78, 0.4)], closed=False),
            ]
        )
        parts.append(part("cup", bowl, CHINA, body=True))
        parts += [
            part("rim", ellipse(0.46, 0.4, 0.32, 0.075), "white, beige, light gray, light yellow"),
            part("drink", ellipse(0.46, 0.415, 0.27, 0.048), "brown, dark brown, orange, light green"),
        ]
        if some(rng):
            parts.append(
                part(
                    "stripe",
                    np.concatenate(
                        [
                            arc(0.46, 0.5, 0.306, 0.09, 180, 0, num_points=16),
                            arc(0.46, 0.56, 0.29, 0.09, 0, 180, num_points=16),
                        ]
                    ),
                    "gold, red, blue, yellow",
                )
            )
        elif some(rng):
            parts += _pattern(rng, 0.3, 0.62, 0.5, 0.8)
    return finished(rng, parts, lines, flips=True)


@kind("teapot", group="object")
def teapot(rng: np.random.Generator) -> Thing:
    """A round teapot with a spout, a handle and a lid."""
    parts, lines = [], []
    parts.append(
        part(
            "spout",
            smooth(
                [(0.68, 0.56), (0.8, 0.5), (0.86, 0.36), (0.97, 0.33), (0.92, 0.44), (0.88, 0.62), (0.72, 0.78)],
                steps=6,
            ),
            CHINA,
        )
    )
    parts.append(
        part(
            "handle",
            thick(smooth([(0.28, 0.45), (0.12, 0.4), (0.04, 0.55), (0.12, 0.72), (0.28, 0.76)], closed=False), 0.06),
            CHINA + ", brown, black",
        )
    )
    parts.append(part("knob", ellipse(0.48, 0.25, 0.045), CHINA + ", gold"))
    parts.append(part("lid", arc(0.48, 0.41, 0.16, 0.14, 180, 360), CHINA))
    parts.append(part("foot", box(0.34, 0.85, 0.62, 0.92, radius=0.02), CHINA))
    parts.append(
        part("teapot", ellipse(0.48, 0.63, rng.uniform(0.28, 0.31), rng.uniform(0.25, 0.27)), CHINA, body=True)
    )
    parts += _pattern(rng, 0.3, 0.66, 0.48, 0.8)
    if some(rng):
        lines.append(curl(0.98, 0.3, 0.18, 0.02))
    return finished(rng, parts, lines, flips=True)


@kind("kettle", group="object")
def kettle(rng: np.random.Generator) -> Thing:
    """A kettle with a handle over its lid."""
    parts = [
        part("handle", thick(arc(0.46, 0.44, 0.26, 0.32, 180, 360, num_points=30), 0.06), "black, brown, red, gray")
    ]
    parts.append(
        part(
            "spout",
            polygon((0.62, 0.62), (0.86, 0.42), (0.97, 0.42), (0.95, 0.48), (0.76, 0.84)),
            METAL + ", red, blue",
        )
    )
    parts += [
        part("knob", ellipse(0.46, 0.34, 0.045), "black, red, brown"),
        part("lid", arc(0.46, 0.46, 0.15, 0.1, 180, 360), METAL + ", red, blue"),
    ]
    body = np.concatenate(
        [
            smooth([(0.3, 0.45), (0.62, 0.45)], closed=False, steps=2),
            smooth([(0.66, 0.46), (0.78, 0.66), (0.82, 0.92)], closed=False),
            smooth([(0.1, 0.92), (0.14, 0.66), (0.26, 0.46)], closed=False),
        ]
    )
    parts.append(part("kettle", body, METAL + ", red, blue, green, yellow, turquoise", body=True))
    lines = [curl(0.97, 0.38, 0.2, 0.02)] if some(rng) else []
    parts.append(part("base", box(0.07, 0.88, 0.85, 0.95, radius=0.02), "black, dark gray, gray"))
    return finished(rng, parts, lines, flips=True)


@kind("bottle", group="object")
def bottle(rng: np.random.Generator) -> Thing:
    """A bottle with a cork or a cap, and a label."""
    parts, lines = [], []
    wide, shoulder = rng.uniform(0.13, 0.18), rng.uniform(0.34, 0.46)
    cork = some(rng)
    parts.append(
        part("cork", polygon((0.46, 0.05), (0.54, 0.05), (0.53, 0.14), (0.47, 0.14)), "beige, light brown, brown")
        if cork
        else part("cap", box(0.445, 0.05, 0.555, 0.12, radius=0.015), "red, blue, white, gold, yellow, black")
    )
    glass = np.concatenate(
        [
            polygon((0.455, 0.11), (0.545, 0.11)),
            smooth(
                [(0.545, 0.2), (0.555, shoulder - 0.1), (0.5 + wide, shoulder + 0.03), (0.5 + wide, shoulder + 0.12)],
                closed=False,
            ),
            box(0.5 - wide, 0.5, 0.5 + wide, 0.95, radius=0.04)[7:21],
        ]
    )
    left = mirrored(glass[2 : 2 + 25])[::-1]
    glass = np.concatenate([glass, left])
    parts.append(part("bottle", glass, "green, dark green, brown, light blue, white, blue, red", body=True))
    top = shoulder + 0.12
    parts.append(part("label", box(0.5 - wide, top, 0.5 + wide, top + 0.24), "white, yellow, beige, red, orange"))
    if some(rng):
        parts += _pattern(rng, 0.5 - wide * 0.9, 0.5 + wide * 0.9, top + 0.02, top + 0.22)
    else:
        lines += [polygon((0.5 - wide * 0.65, top + y), (0.5 + wide * 0.65, top + y)) for y in (0.07, 0.12, 0.17)]
    parts.append(part("ring", box(0.44, 0.13, 0.56, 0.165, radius=0.012), "gold, white, gray, red"))
    return finished(rng, parts, lines)


@kind("vase", group="object")
def vase(rng: np.random.Generator) -> Thing:
    """A vase with a few flowers, or empty."""
    parts, lines = [], []
    belly, neck = rng.uniform(0.18, 0.24), rng.uniform(0.07, 0.1)
    flowers = some(rng, 0.65)
    top = 0.48 if flowers else 0.12
    if flowers:
        for x, y in ((0.3, 0.28), (0.7, 0.26), (0.5, 0.14))[: int(rng.integers(1, 4))][::-1]:
            parts.append(
                part(
                    "stem",
                    thick(smooth([(x, y), ((x + 1) / 3 + 0.02, 0.4), (0.5, 0.54)], closed=False), 0.025),
                    "green, dark green",
                )
            )
            parts.append(
                part(
                    "leaf",
                    ellipse(
                        x * 0.6 + 0.2 + (0.05 if x > 0.5 else -0.05), 0.4, 0.05, 0.022, turn_deg=-35 if x > 0.5 else 35
                    ),
                    "green, light green",
                )
            )
            for angle in np.arange(5) * 2 * np.pi / 5 - np.pi / 2:
                parts.append(
                    part(
                        "petal",
                        ellipse(x + 0.062 * np.cos(angle), y + 0.062 * np.sin(angle), 0.048),
                        "pink, red, yellow, purple, white, orange",
                    )
                )
            parts.append(part("flower center", ellipse(x, y, 0.036), "yellow, orange, brown"))
    high = 0.95 - top
    body = turned_body(
        (neck + 0.05, top),
        (neck, top + high * 0.14),
        (belly, top + high * 0.5),
        (belly * 0.75, top + high * 0.8),
        (0.1, 0.95),
    )
    parts.append(part("vase", body, CHINA + ", purple, brown", body=True))
    inside = (body[:, 1] > top + high * 0.4) & (body[:, 1] < top + high * 0.62)
    if some(rng):
        parts.append(part("stripe", body[inside], "gold, white, blue, yellow, red"))
    else:
        parts += _pattern(rng, 0.5 - belly * 0.8, 0.5 + belly * 0.8, top + high * 0.36, top + high * 0.7)
    parts.append(part("rim", ellipse(0.5, top, neck + 0.055, 0.028), "white, gold, light blue, dark gray"))
    return finished(rng, parts, lines)


@kind("glass", group="object")
def glass(rng: np.random.Generator) -> Thing:
    """A tumbler with a straw or a slice."""
    return _glass(rng, "tumbler")


@kind("wine glass", group="object")
def wine_glass(rng: np.random.Generator) -> Thing:
    """A wine glass, partly full."""
    return _glass(rng, "wine")


@kind("cocktail glass", "cocktail", group="object")
def cocktail_glass(rng: np.random.Generator) -> Thing:
    """A pointed glass on a stem, with an olive."""
    return _glass(rng, "cocktail")


def _glass(rng: np.random.Generator, form: str) -> Thing:
    """A glass of that form and its drink."""
    parts, lines = [], []
    drink = "red, orange, yellow, purple, pink, green, dark red"
    if form == "tumbler":
        if some(rng, 0.7):
            parts.append(
                part(
                    "straw",
                    thick(np.float32([(0.42, 0.6), (0.6, 0.16), (0.78, 0.1)]), 0.035),
                    "red, yellow, green, pink, white",
                )
            )
        parts.append(
            part(
                "glass",
                polygon((0.24, 0.24), (0.76, 0.24), (0.69, 0.94), (0.31, 0.94)),
                "light blue, white, light gray",
                body=True,
            )
        )
        level = rng.uniform(0.36, 0.5)
        inset = (level - 0.24) * 0.1 + 0.03
        parts.append(
            part(
                "drink",
                polygon((0.24 + inset, level), (0.76 - inset, level), (0.665, 0.9), (0.335, 0.9)),
                drink + ", brown",
            )
        )
        if some(rng):
            parts += [
                part("ice cube", box(x, y, x + 0.12, y + 0.11, radius=0.015), "light blue, white")
                for x, y in ((0.38, level + 0.04), (0.52, level + 0.1))
            ]
        if some(rng):
            parts += [
                part("slice", ellipse(0.75, 0.25, 0.12), "yellow, orange, green"),
                part("pulp", ellipse(0.75, 0.25, 0.09), "light yellow, light orange, light green"),
            ]
            lines += [
                polygon((0.75 - 0.09 * c, 0.25 - 0.09 * s), (0.75 + 0.09 * c, 0.25 + 0.09 * s))
                for c, s in ((1, 0), (0.5, 0.87), (-0.5, 0.87))
            ]
        return finished(rng, parts, lines)
    parts.append(part("stem", box(0.478, 0.5, 0.522, 0.9), "light gray, white, light blue"))
    parts.append(part("base", arc(0.5, 0.95, 0.19, 0.06, 180, 360), "light gray, white, light blue"))
    if form == "cocktail":
        level = rng.uniform(0.25, 0.34)
        brim = 0.26 * (0.58 - level) / 0.31
        parts.append(part("stick", thick([(0.38, 0.44), (0.72, 0.06)], 0.02), WOOD))
        parts.append(part("olive", ellipse(0.66, 0.13, 0.055), "green, red, dark green"))
        parts.append(
            part(
                "glass",
                polygon((0.12, 0.18), (0.88, 0.18), (0.52, 0.62), (0.48, 0.62)),
                "light blue, white, light gray",
                body=True,
            )
        )
        parts.append(part("drink", polygon((0.5 - brim, level), (0.5 + brim, level), (0.5, 0.58)), drink))
    else:
        wide = rng.uniform(0.2, 0.24)
        bowl = turned_body((wide * 0.82, 0.06), (wide, 0.26), (wide * 0.8, 0.46), (0.03, 0.6))
        parts.append(part("glass", bowl, "light blue, white, light gray", body=True))
        inner = np.float32([0.5, 0.56]) + (bowl - np.float32([0.5, 0.6])) * np.float32([0.84, 0.92])
        parts.append(part("drink", inner[inner[:, 1] > rng.uniform(0.22, 0.32)], drink + ", dark red"))
    return finished(rng, parts, lines)


@kind("frying pan", "pan", group="object", stands=False)
def frying_pan(rng: np.random.Generator) -> Thing:
    """A frying pan with an egg, seen from above."""
    parts: list[Part] = []
    parts.append(part("handle", thick([(0.6, 0.42), (1.02, 0.14)], 0.075), "black, brown, red"))
    parts += [
        part("pan", ellipse(0.4, 0.6, 0.38, 0.33), "dark gray, black, gray, red", body=True),
        part("inside", ellipse(0.4, 0.6, 0.31, 0.265), "gray, dark gray, light gray"),
    ]
    parts.append(
        part(
            "egg white",
            smooth([(0.24, 0.5), (0.38, 0.44), (0.54, 0.5), (0.6, 0.62), (0.5, 0.74), (0.36, 0.72), (0.22, 0.68)]),
            "white",
        )
    )
    parts.append(part("yolk", ellipse(0.41, 0.59, 0.085), "yellow, orange"))
    return finished(rng, parts, says=("seen from above",), flips=True, middle=True)


@kind("pot", "cooking pot", group="object")
def pot(rng: np.random.Generator) -> Thing:
    """A pot with a lid and two handles."""
    parts, lines = [], []
    paint = METAL + ", red, blue, orange, black, green"
    tall, side = rng.uniform(0.4, 0.48), rng.uniform(0.24, 0.3)
    for side_sign in (-1, 1):
        ear = smooth(
            [
                (0.5 + side_sign * 0.33, tall + 0.1),
                (0.5 + side_sign * 0.46, tall + 0.1),
                (0.5 + side_sign * 0.46, tall + 0.22),
                (0.5 + side_sign * 0.33, tall + 0.22),
            ],
            closed=False,
        )
        parts.append(part("handle", thick(ear, 0.055), "black, brown, gray, gold"))
    parts.append(part("pot", box(0.15, tall, 0.85, 0.93, radius=0.07), paint, body=True))
    parts.append(part("knob", ellipse(0.5, tall - 0.175, 0.045), "black, brown, gold, red"))
    parts.append(part("lid", arc(0.5, tall, 0.37, 0.14, 180, 360, num_points=30), paint))
    parts.append(part("rim", box(0.11, tall - 0.025, 0.89, tall + 0.03, radius=0.025), METAL + ", white"))
    if some(rng):
        lines += [curl(x, tall - 0.2 + abs(x - 0.5) * 0.3, 0.16, 0.02) for x in (0.3, 0.7)]
    if some(rng):
        parts += _pattern(rng, 0.5 - side, 0.5 + side, tall + 0.08, 0.88)
    return finished(rng, parts, lines)


@kind("spoon", group="object", stands=False)
def spoon(rng: np.random.Generator) -> Thing:
    """A spoon of metal or wood."""
    wide, tall = rng.uniform(0.11, 0.15), rng.uniform(0.16, 0.19)
    colors = METAL + ", gold, brown, light brown"
    parts = [part("handle", thick(smooth([(0.5, 0.36), (0.5, 0.6), (0.5, 0.95)], closed=False), 0.05, 0.085), colors)]
    parts.append(
        part(
            "bowl",
            turned_body(
                (0.01, 0.05),
                (wide * 0.8, 0.05 + tall * 0.4),
                (wide, 0.05 + tall),
                (wide * 0.6, 0.05 + tall * 1.8),
                (0.024, 0.07 + tall * 2.1),
            ),
            colors,
        )
    )
    parts.append(
        part("hollow", ellipse(0.5, 0.06 + tall, wide * 0.62, tall * 0.68), "light gray, white, light brown, beige")
    )
    return finished(rng, parts, tilt_deg=float(rng.choice([0, 45, -45])), middle=True)


@kind("fork", group="object", stands=False)
def fork(rng: np.random.Generator) -> Thing:
    """A fork with three or four tines."""
    tines, half = int(rng.integers(3, 5)), rng.uniform(0.1, 0.13)
    step, points = 2 * half / (2 * tines - 1), []
    for index in range(tines):
        x = 0.5 - half + 2 * index * step
        points += [(x, 0.3), (x, 0.08), (x + step / 2, 0.05), (x + step, 0.08), (x + step, 0.3)]
    head = np.concatenate(
        [
            polygon(*points),
            smooth([(0.5 + half, 0.38), (0.5 + half * 0.8, 0.46), (0.53, 0.53)], closed=False),
            smooth([(0.47, 0.53), (0.5 - half * 0.8, 0.46), (0.5 - half, 0.38)], closed=False),
        ]
    )
    colors = METAL + ", gold"
    parts = [
        part("handle", thick([(0.5, 0.5), (0.5, 0.7), (0.5, 0.95)], 0.05, 0.085), colors + ", brown, red, blue"),
        part("head", head, colors),
    ]
    return finished(rng, parts, tilt_deg=float(rng.choice([0, 40, -40])), middle=True)


@kind("knife", group="object", stands=False)
def knife(rng: np.random.Generator) -> Thing:
    """A kitchen knife with rivets."""
    wide = rng.uniform(0.1, 0.15)
    blade = np.concatenate(
        [
            polygon((0.45, 0.6), (0.45, 0.04)),
            smooth([(0.45, 0.04), (0.45 + wide * 0.9, 0.22), (0.45 + wide, 0.42), (0.45 + wide, 0.6)], closed=False)[
                1:
            ],
        ]
    )
    parts = [
        part("blade", blade, METAL),
        part("handle", box(0.44, 0.6, 0.56, 0.96, radius=0.05), WOOD + ", black, red, blue"),
    ]
    parts += [detail(ellipse(0.5, y, 0.018), "silver") for y in (0.69, 0.78, 0.87)]
    return finished(
        rng, parts, [polygon((0.475, 0.56), (0.475, 0.2))], flips=True, tilt_deg=float(rng.choice([0, 45])), middle=True
    )


@kind("jar", group="object")
def jar(rng: np.random.Generator) -> Thing:
    """A jar of jam, honey or cookies."""
    parts, lines = [], []
    parts.append(part("jar", box(0.2, 0.24, 0.8, 0.95, radius=0.1), "light blue, white, light gray", body=True))
    parts.append(
        part(
            "jam",
            box(0.25, rng.uniform(0.36, 0.44), 0.75, 0.91, radius=0.08),
            "red, orange, purple, yellow, gold, dark red",
        )
    )
    parts.append(part("label", box(0.28, 0.53, 0.72, 0.78, radius=0.03), "white, beige, light yellow, pink"))
    parts += _pattern(rng, 0.34, 0.66, 0.55, 0.77) or [
        part("berry", ellipse(0.5, 0.66, 0.08), "red, purple, orange, blue")
    ]
    if some(rng):
        hem = [(0.14 + 0.72 * index / 12, 0.3 + (0.025 if index % 2 else -0.01)) for index in range(13)]
        parts.append(
            part(
                "cloth",
                np.concatenate([smooth([(0.24, 0.12), (0.5, 0.09), (0.76, 0.12)], closed=False), polygon(*hem[::-1])]),
                "red, blue, yellow, green, pink",
            )
        )
        parts.append(part("ribbon", box(0.22, 0.2, 0.78, 0.24), "white, yellow, gold, red"))
    else:
        parts.append(part("lid", box(0.22, 0.12, 0.78, 0.26, radius=0.03), "red, gold, gray, yellow, green, white"))
        lines += [polygon((x, 0.15), (x, 0.24)) for x in np.linspace(0.3, 0.7, 7)]
    return finished(rng, parts, lines)


@kind("plate", "dish", group="object", stands=False)
def plate(rng: np.random.Generator) -> Thing:
    """A plate from above, between a fork and a knife."""
    parts, lines = [], []
    parts += [
        part("plate", ellipse(0.5, 0.5, 0.3), CHINA, body=True),
        part("middle", ellipse(0.5, 0.5, 0.2), "white, light gray, light yellow, light blue"),
    ]
    if some(rng):
        parts += [
            part(
                "rim dot",
                ellipse(0.5 + 0.25 * np.cos(a), 0.5 + 0.25 * np.sin(a), 0.022),
                "red, blue, gold, green, white",
            )
            for a in np.arange(12) * np.pi / 6
        ]
    points = []
    for index in range(3):
        x = 0.05 + index * 0.035
        points += [(x, 0.36), (x, 0.2), (x + 0.018, 0.2), (x + 0.018, 0.36)]
    parts.append(
        part(
            "fork",
            polygon(*points, (0.138, 0.42), (0.108, 0.48), (0.112, 0.82), (0.076, 0.82), (0.08, 0.48), (0.05, 0.42)),
            METAL + ", gold",
        )
    )
    parts.append(
        part(
            "knife",
            np.concatenate(
                [
                    polygon((0.88, 0.2)),
                    smooth([(0.88, 0.2), (0.94, 0.3), (0.94, 0.5)], closed=False)[1:],
                    polygon((0.92, 0.52), (0.925, 0.82), (0.875, 0.82), (0.88, 0.5)),
                ]
            ),
            METAL + ", gold",
        )
    )
    return finished(rng, parts, lines, says=("seen from above",), middle=True)


@kind("refrigerator", "fridge", group="object")
def refrigerator(rng: np.random.Generator) -> Thing:
    """A fridge with two doors and magnets."""
    parts, lines = [], []
    parts += [part("foot", box(x, 0.92, x + 0.08, 0.96), "black, gray") for x in (0.3, 0.62)]
    split, paint = rng.uniform(0.32, 0.4), "white, light blue, red, turquoise, gray, yellow, silver, pink"
    parts.append(part("refrigerator", box(0.24, 0.05, 0.76, 0.93, radius=0.06), paint, body=True))
    lines.append(polygon((0.24, split), (0.76, split)))
    parts += [
        part("handle", box(0.29, top, 0.335, low, radius=0.02), METAL + ", black")
        for top, low in ((split - 0.15, split - 0.04), (split + 0.05, split + 0.22))
    ]
    if some(rng):
        parts += [
            part("note", box(0.45, 0.5, 0.62, 0.66), "yellow, white, pink"),
            part("magnet", ellipse(0.535, 0.51, 0.025), "red, blue, green"),
        ]
        lines += [polygon((0.48, y), (0.59, y)) for y in (0.56, 0.6)]
    return finished(rng, parts, lines)


@kind("stove", "oven", group="object")
def stove(rng: np.random.Generator) -> Thing:
    """A stove with an oven window and knobs."""
    parts, lines = [], []
    if some(rng):
        parts += [
            part("pot", box(0.28, 0.16, 0.56, 0.34, radius=0.03), "red, gray, blue, orange"),
            part("lid", arc(0.42, 0.17, 0.15, 0.06, 180, 360), "gray, red, silver"),
            part("knob", ellipse(0.42, 0.095, 0.022), "black, brown"),
        ]
    parts.append(part("top", box(0.14, 0.33, 0.86, 0.39, radius=0.015), "black, gray, dark gray"))
    parts.append(
        part("stove", box(0.17, 0.39, 0.83, 0.94, radius=0.02), "white, gray, red, light blue, beige", body=True)
    )
    parts += [part("dial", ellipse(x, 0.46, 0.033), "black, red, gray, silver") for x in (0.27, 0.42, 0.58, 0.73)]
    parts += [
        part("oven door", box(0.23, 0.54, 0.77, 0.89, radius=0.03), "gray, white, dark gray, beige"),
        part("window", box(0.3, 0.64, 0.7, 0.84, radius=0.03), "orange, yellow, black, light blue"),
    ]
    parts.append(part("handle", box(0.3, 0.565, 0.7, 0.605, radius=0.02), METAL + ", gold"))
    lines.append(polygon((0.17, 0.515), (0.83, 0.515)))
    return finished(rng, parts, lines)


@kind("bowl", group="object")
def bowl(rng: np.random.Generator) -> Thing:
    """A bowl of soup with steam, or of fruit."""
    parts, lines = [], []
    if some(rng):
        parts += [part("soup", ellipse(0.5, 0.49, 0.38, 0.06), "orange, red, yellow, green")]
        lines += [curl(x, 0.38, 0.2, 0.025) for x in (0.36, 0.5, 0.64)]
        parts.insert(0, part("rim", ellipse(0.5, 0.48, 0.44, 0.09), "white, light gray, beige"))
    else:
        for name, x, y, radius, colors in (
            ("orange", 0.34, 0.4, 0.14, "orange"),
            ("apple", 0.64, 0.38, 0.15, "red, green, yellow"),
            ("plum", 0.49, 0.43, 0.12, "purple, dark blue"),
        ):
            parts.append(part(name, ellipse(x, y, radius), colors))
        lines.append(polygon((0.64, 0.25), (0.66, 0.18)))
    parts.append(
        part(
            "bowl",
            np.concatenate(
                [
                    arc(0.5, 0.5, 0.44, 0.38, 0, 180, num_points=40),
                    arc(0.5, 0.49, 0.44, 0.08, 180, 0, num_points=20)[1:-1],
                ]
            ),
            CHINA + ", brown",
            body=True,
        )
    )
    parts.append(part("foot", box(0.36, 0.84, 0.64, 0.92, radius=0.02), CHINA + ", brown"))
    if some(rng):
        parts += [
            part("dot", ellipse(x, y, 0.035), "red, blue, yellow, white")
            for x, y in ((0.24, 0.64), (0.42, 0.69), (0.58, 0.69), (0.76, 0.64), (0.5, 0.79))
        ]
    return finished(rng, parts, lines)
