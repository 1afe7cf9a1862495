"""Furniture, and what stands about in a room.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, panes, part, some, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth

CLOTH = "red, blue, green, yellow, pink, purple, gray, orange, turquoise, beige"


@kind("chair", group="object")
def chair(rng: np.random.Generator) -> Thing:
    """A chair from the front, or at a slant, its back with slats or closed."""
    parts, lines, slats = [], [], some(rng, 0.6)
    seat_color, frame = CLOTH + ", brown", WOOD + ", red, white, blue"
    if some(rng):
        left, right, top = rng.uniform(0.26, 0.3), rng.uniform(0.7, 0.74), rng.uniform(0.06, 0.14)
        if slats:
            for x in np.linspace(left + 0.08, right - 0.08, int(rng.integers(2, 5))):
                parts.append(part("slat", box(x - 0.02, top + 0.06, x + 0.02, 0.56), frame))
        else:
            parts.append(part("back", box(left + 0.03, top + 0.06, right - 0.03, 0.5), seat_color))
        parts += [
            part("leg", box(x, top if index < 2 else 0.6, x + 0.05, 0.95), frame)
            for index, x in enumerate((left, right - 0.05))
        ]
        parts.append(part("rail", box(left - 0.02, top, right + 0.02, top + 0.09, radius=0.04), frame))
        parts.append(part("rung", box(left + 0.05, 0.76, right - 0.05, 0.8), frame))
        parts.append(
            part(
                "seat",
                polygon((left + 0.01, 0.53), (right - 0.01, 0.53), (right + 0.05, 0.64), (left - 0.05, 0.64)),
                seat_color,
            )
        )
        parts.append(part("edge", box(left - 0.05, 0.64, right + 0.05, 0.68), frame))
        return finished(rng, parts, lines, says=("front view",))
    top, lean = rng.uniform(0.05, 0.12), rng.uniform(0, 0.05)
    parts.append(part("leg", thick([(0.42, 0.56), (0.42, 0.86)], 0.045), frame))
    parts.append(part("leg", thick([(0.8, 0.56), (0.82, 0.88)], 0.045), frame))
    if slats:
        parts += [
            part(
                "slat",
                polygon(
                    (0.24 - lean, y),
                    (0.4 - lean * 0.8, y - 0.05),
                    (0.4 - lean * 0.6, y + 0.03),
                    (0.24 - lean * 0.8, y + 0.08),
                ),
                frame,
            )
            for y in np.linspace(top + 0.06, 0.42, 3)
        ]
    else:
        parts.append(
            part("back", polygon((0.24 - lean, top + 0.06), (0.41 - lean, top), (0.42, 0.5), (0.25, 0.56)), seat_color)
        )
    parts.append(
        part(
            "leg",
            polygon(
                (0.2 - lean, top + 0.03),
                (0.25 - lean, top + 0.03),
                (0.26, 0.58),
                (0.24, 0.95),
                (0.18, 0.95),
                (0.21, 0.58),
            ),
            frame,
        )
    )
    parts.append(
        part("leg", polygon((0.4 - lean, top - 0.02), (0.45 - lean, top - 0.02), (0.46, 0.52), (0.41, 0.54)), frame)
    )
    parts.append(part("seat", polygon((0.22, 0.58), (0.44, 0.51), (0.85, 0.54), (0.66, 0.62)), seat_color))
    parts.append(
        part(
            "edge", polygon((0.22, 0.58), (0.66, 0.62), (0.85, 0.54), (0.85, 0.585), (0.66, 0.67), (0.22, 0.63)), frame
        )
    )
    parts.append(part("leg", polygon((0.62, 0.665), (0.67, 0.67), (0.67, 0.97), (0.62, 0.97)), frame))
    return finished(rng, parts, lines, flips=True)


@kind("armchair", group="object")
def armchair(rng: np.random.Generator) -> Thing:
    """A soft chair with arms, buttons or a cushion."""
    parts, lines, cloth = [], [], CLOTH + ", brown"
    parts += [
        part("leg", polygon((x - 0.03, 0.86), (x + 0.03, 0.86), (x + 0.02, 0.95), (x - 0.02, 0.95)), WOOD + ", black")
        for x in (0.24, 0.76)
    ]
    top = rng.uniform(0.1, 0.2)
    back = box(0.2, top, 0.8, 0.7, radius=rng.uniform(0.08, 0.22))
    parts.append(part("armchair", back, cloth, body=True))
    if some(rng):
        parts += [
            part("button", ellipse(x, y, 0.02), "gold, brown, white, black")
            for x, y in (
                (0.38, top + 0.14),
                (0.5, top + 0.14),
                (0.62, top + 0.14),
                (0.44, top + 0.26),
                (0.56, top + 0.26),
            )
        ]
    else:
        parts.append(
            part(
                "cushion",
                smooth([(0.36, top + 0.2), (0.64, top + 0.2), (0.67, top + 0.46), (0.33, top + 0.46)], steps=6),
                "yellow, white, pink, light blue, orange",
            )
        )
    parts.append(part("seat", box(0.24, 0.56, 0.76, 0.72, radius=0.05), cloth))
    parts.append(part("armchair", box(0.2, 0.7, 0.8, 0.88, radius=0.02), cloth, body=True))
    arm = "armchair" if some(rng, 0.6) else "arm"
    for left in (0.08, 0.74):
        parts.append(part(arm, box(left, 0.46, left + 0.18, 0.88, radius=0.08), cloth, body=arm != "arm"))
        lines.append(arc(left + 0.09, 0.55, 0.045, 0.045, 180, 360))
    return finished(rng, parts, lines)


@kind("table", group="object")
def table(rng: np.random.Generator) -> Thing:
    """A table with four legs, a round one on one foot, or a desk with drawers."""
    form, parts, lines = style(rng, "four", "round", "desk", "cloth"), [], []
    wood = WOOD + ", white, beige"
    if form == "round":
        parts.append(
            part(
                "foot",
                smooth(
                    [
                        (0.47, 0.4),
                        (0.53, 0.4),
                        (0.54, 0.8),
                        (0.72, 0.9),
                        (0.72, 0.94),
                        (0.28, 0.94),
                        (0.28, 0.9),
                        (0.46, 0.8),
                    ],
                    steps=5,
                ),
                wood,
            )
        )
        parts.append(
            part(
                "edge",
                np.concatenate(
                    [arc(0.5, 0.42, 0.45, 0.1, 0, 180, num_points=30), arc(0.5, 0.36, 0.45, 0.1, 180, 0, num_points=30)]
                ),
                wood,
            )
        )
        parts.append(part("table top", ellipse(0.5, 0.36, 0.45, 0.1), wood + ", red, green"))
    elif form == "desk":
        parts += [part("leg", box(0.1, 0.44, 0.16, 0.95), wood), part("cabinet", box(0.58, 0.44, 0.92, 0.93), wood)]
        for y in (0.48, 0.63, 0.78):
            parts.append(part("drawer", box(0.62, y, 0.88, y + 0.12), wood))
            parts.append(part("knob", ellipse(0.75, y + 0.06, 0.022), "gold, gray, black, white"))
        parts.append(part("table top", box(0.04, 0.36, 0.96, 0.44, radius=0.01), wood))
    elif form == "cloth":
        parts += [part("leg", box(x, 0.6, x + 0.05, 0.95), wood) for x in (0.14, 0.81)]
        hem = [(0.06 + 0.88 * index / 16, 0.68 + (0.03 if index % 2 else 0)) for index in range(17)]
        parts.append(
            part(
                "tablecloth",
                np.concatenate(
                    [
                        polygon((0.12, 0.38), (0.88, 0.38), (0.94, 0.68)),
                        smooth(hem[::-1][1:-1], closed=False, steps=4),
                        polygon((0.06, 0.68)),
                    ]
                ),
                "white, red, light blue, yellow, pink",
            )
        )
        lines += [polygon((x, 0.46), (0.5 + (x - 0.5) * 1.12, 0.66)) for x in (0.24, 0.4, 0.6, 0.76)] + [
            polygon((0.105, 0.45), (0.895, 0.45))
        ]
    else:
        parts += [
            part("leg", polygon((x, 0.42), (x + 0.05, 0.42), (x + 0.045, 0.8), (x + 0.005, 0.8)), wood)
            for x in (0.24, 0.71)
        ]
        parts.append(
            part("table top", polygon((0.2, 0.3), (0.8, 0.3), (0.95, 0.44), (0.05, 0.44)), wood + ", red, green")
        )
        parts += [
            part("leg", polygon((x, 0.5), (x + 0.06, 0.5), (x + 0.05, 0.95), (x + 0.01, 0.95)), wood)
            for x in (0.08, 0.86)
        ]
        parts.append(part("edge", box(0.05, 0.44, 0.95, 0.51), wood))
    if form != "cloth" and some(rng, 0.4):
        x = rng.uniform(0.3, 0.5)
        y = 0.4 if form == "four" else 0.37
        parts.append(
            part(
                "vase",
                smooth(
                    [
                        (x - 0.03, y - 0.2),
                        (x + 0.03, y - 0.2),
                        (x + 0.025, y - 0.15),
                        (x + 0.06, y - 0.06),
                        (x + 0.035, y),
                        (x - 0.035, y),
                        (x - 0.06, y - 0.06),
                        (x - 0.025, y - 0.15),
                    ],
                    steps=4,
                ),
                "blue, white, turquoise, red",
            )
        )
        parts.append(part("flower", ellipse(x, y - 0.28, 0.055), "pink, yellow, red, white"))
        lines.append(polygon((x, y - 0.225), (x, y - 0.2)))
    return finished(rng, parts, lines, flips=True)


@kind("bed", group="object")
def bed(rng: np.random.Generator) -> Thing:
    """A bed from the side or from its foot."""
    parts, lines = [], []
    wood = WOOD + ", white, gray"
    if some(rng):
        top, foot = rng.uniform(0.26, 0.34), rng.uniform(0.46, 0.54)
        parts.append(
            part(
                "headboard",
                np.concatenate(
                    [
                        smooth(
                            [(0.03, 0.92), (0.03, top + 0.04), (0.07, top), (0.11, top + 0.04)], closed=False, steps=5
                        ),
                        polygon((0.12, 0.92)),
                    ]
                ),
                wood,
            )
        )
        parts.append(
            part(
                "pillow",
                smooth([(0.13, 0.6), (0.13, 0.5), (0.22, 0.46), (0.32, 0.5), (0.34, 0.6), (0.22, 0.63)]),
                "white, light blue, pink, yellow",
            )
        )
        parts.append(part("mattress", box(0.11, 0.6, 0.9, 0.72, radius=0.03), "white, beige, light blue"))
        parts.append(
            part(
                "blanket",
                np.concatenate(
                    [
                        smooth([(0.3, 0.74), (0.31, 0.58), (0.4, 0.55), (0.7, 0.57), (0.9, 0.56)], closed=False),
                        smooth([(0.9, 0.76), (0.75, 0.79), (0.6, 0.76), (0.45, 0.79), (0.3, 0.74)], closed=False),
                    ]
                ),
                CLOTH,
            )
        )
        lines.append(polygon((0.39, 0.56), (0.39, 0.77)))
        parts.append(part("frame", box(0.1, 0.76, 0.9, 0.85), wood))
        parts.append(
            part(
                "footboard",
                np.concatenate(
                    [
                        smooth(
                            [(0.88, 0.92), (0.89, foot + 0.03), (0.925, foot), (0.97, foot + 0.03)],
                            closed=False,
                            steps=5,
                        ),
                        polygon((0.97, 0.92)),
                    ]
                ),
                wood,
            )
        )
        return finished(rng, parts, lines, says=("side view",), flips=True)
    top = rng.uniform(0.14, 0.24)
    parts.append(
        part(
            "headboard",
            np.concatenate([arc(0.5, top + 0.14, 0.38, 0.16, 180, 360), polygon((0.88, 0.5), (0.12, 0.5))]),
            wood,
        )
    )
    parts.append(
        part("mattress", polygon((0.16, 0.42), (0.84, 0.42), (0.9, 0.8), (0.1, 0.8)), "white, beige, light blue")
    )
    for x in (0.33, 0.67) if some(rng) else (0.5,):
        half = 0.14 if x != 0.5 else 0.24
        parts.append(
            part(
                "pillow",
                smooth(
                    [
                        (x - half, 0.36),
                        (x, 0.34),
                        (x + half, 0.36),
                        (x + half + 0.01, 0.48),
                        (x, 0.5),
                        (x - half - 0.01, 0.48),
                    ],
                    steps=6,
                ),
                "white, light blue, pink, yellow",
            )
        )
    parts.append(
        part(
            "blanket",
            smooth([(0.13, 0.54), (0.5, 0.52), (0.87, 0.54), (0.93, 0.84), (0.5, 0.86), (0.07, 0.84)], steps=6),
            CLOTH,
        )
    )
    parts.append(
        part(
            "fold",
            smooth([(0.13, 0.53), (0.5, 0.505), (0.87, 0.53), (0.885, 0.59), (0.5, 0.575), (0.115, 0.59)], steps=6),
            "white, light yellow, light pink, light blue",
        )
    )
    parts.append(part("footboard", box(0.06, 0.78, 0.94, 0.91, radius=0.03), wood))
    parts += [part("leg", box(x, 0.9, x + 0.07, 0.96), wood) for x in (0.09, 0.84)]
    return finished(rng, parts, lines, says=("front view",))


@kind("sofa", "couch", group="object")
def sofa(rng: np.random.Generator) -> Thing:
    """A sofa with two or three seats and a cushion or two."""
    parts, lines, cloth, count = [], [], CLOTH + ", brown", int(rng.integers(2, 4))
    parts += [
        part("leg", polygon((x - 0.03, 0.84), (x + 0.03, 0.84), (x + 0.02, 0.93), (x - 0.02, 0.93)), WOOD + ", black")
        for x in (0.14, 0.86)
    ]
    top = rng.uniform(0.34, 0.42)
    parts.append(part("sofa", box(0.1, top, 0.9, 0.7, radius=rng.uniform(0.05, 0.12)), cloth, body=True))
    lines += [
        polygon((0.14 + 0.72 * index / count, top + 0.03), (0.14 + 0.72 * index / count, 0.6))
        for index in range(1, count)
    ]
    for index, x in enumerate((0.25, 0.75)):
        if index == 0 or some(rng):
            parts.append(
                part(
                    "cushion",
                    np.float32([x, 0.53])
                    + smooth([(-0.1, -0.1), (0.1, -0.1), (0.1, 0.1), (-0.1, 0.1)], steps=6) * np.float32([0.9, 0.85]),
                    "yellow, white, pink, light blue, red, orange",
                )
            )
    lines = (
        [line for line in lines if not (0.12 < line[0, 0] < 0.38 or 0.62 < line[0, 0] < 0.88)] if count == 3 else lines
    )
    for index in range(count):
        parts.append(
            part(
                "seat",
                box(0.14 + 0.72 * index / count, 0.6, 0.14 + 0.72 * (index + 1) / count, 0.74, radius=0.03),
                cloth,
            )
        )
    parts.append(part("sofa", box(0.1, 0.73, 0.9, 0.86, radius=0.02), cloth, body=True))
    arm = "sofa" if some(rng, 0.6) else "arm"
    parts += [part(arm, box(x, 0.5, x + 0.13, 0.86, radius=0.06), cloth, body=arm != "arm") for x in (0.03, 0.84)]
    return finished(rng, parts, lines)


@kind("lamp", group="object")
def lamp(rng: np.random.Generator) -> Thing:
    """A table lamp, a floor lamp, one that hangs, or a desk lamp with joints."""
    form, parts, lines = style(rng, "table", "floor", "desk", "hanging"), [], []
    shade = "yellow, red, orange, green, blue, white, pink, turquoise"
    metal = METAL + ", black, brown, gold"
    if form == "hanging":
        lines.append(polygon((0.5, 0.05), (0.5, 0.36)))
        parts.append(part("bulb", ellipse(0.5, 0.72, 0.1), "yellow, light yellow, white"))
        parts.append(part("socket", box(0.46, 0.33, 0.54, 0.44, radius=0.02), metal))
        parts.append(
            part("shade", np.concatenate([arc(0.5, 0.7, 0.4, 0.3, 180, 360), polygon((0.9, 0.7), (0.1, 0.7))]), shade)
        )
        return finished(rng, parts, lines, middle=True)
    if form == "desk":
        elbow, head = (0.22, 0.5), (0.5, 0.18)
        parts.append(part("bulb", ellipse(0.72, 0.36, 0.085), "yellow, light yellow, white"))
        parts += [
            part("arm", thick([(0.38, 0.88), elbow], 0.045), metal),
            part("arm", thick([elbow, head], 0.045), metal),
            part("joint", ellipse(*elbow, 0.045), metal),
        ]
        parts.append(
            part(
                "shade",
                np.concatenate(
                    [
                        smooth([(0.48, 0.1), (0.6, 0.08), (0.86, 0.3)], closed=False),
                        polygon((0.58, 0.48)),
                        smooth([(0.58, 0.48), (0.44, 0.24), (0.48, 0.1)], closed=False)[1:-1],
                    ]
                ),
                shade,
            )
        )
        parts.append(part("base", arc(0.4, 0.94, 0.24, 0.09, 180, 360), metal + ", red, blue"))
        return finished(rng, parts, lines, flips=True)
    if form == "floor":
        parts.append(part("stand", box(0.48, 0.3, 0.52, 0.92), metal))
        parts.append(part("base", arc(0.5, 0.95, 0.17, 0.06, 180, 360), metal))
        half, top = rng.uniform(0.1, 0.14), 0.06
        parts.append(
            part(
                "shade",
                polygon((0.5 - half, top), (0.5 + half, top), (0.5 + half + 0.1, 0.34), (0.5 - half - 0.1, 0.34)),
                shade,
            )
        )
    else:
        low = 0.52
        parts.append(part("neck", box(0.465, low - 0.02, 0.535, 0.64), "gold, gray, brown"))
        belly = rng.uniform(0.12, 0.17)
        parts.append(
            part(
                "stand",
                smooth(
                    [(0.46, 0.62), (0.54, 0.62), (0.5 + belly, 0.74), (0.56, 0.89), (0.44, 0.89), (0.5 - belly, 0.74)]
                ),
                "blue, white, green, red, brown, turquoise, pink",
            )
        )
        parts.append(part("base", box(0.36, 0.88, 0.64, 0.95, radius=0.02), "brown, gold, gray, black"))
        half = rng.uniform(0.14, 0.2)
        parts.append(part("shade", polygon((0.5 - half, 0.08), (0.5 + half, 0.08), (0.82, low), (0.18, low)), shade))
        if some(rng):
            lines += [polygon((0.5 + share * half, 0.08), (0.5 + share * 0.32, low)) for share in (-0.5, 0, 0.5)]
    lines.append(polygon((0.58, 0.34 if form == "floor" else 0.52), (0.58, 0.45 if form == "floor" else 0.6)))
    return finished(rng, parts, lines)


def _hands(rng: np.random.Generator, x: float, y: float, radius: float) -> list[np.ndarray]:
    """Two hands, and marks at the hours."""
    lines = []
    for size in (0.5, 0.75):
        angle = rng.uniform(0, 2 * np.pi)
        lines.append(polygon((x, y), (x + radius * size * np.cos(angle), y + radius * size * np.sin(angle))))
    for hour in range(12):
        angle, inner = hour * np.pi / 6, 0.8 if hour % 3 == 0 else 0.88
        lines.append(
            polygon(
                (x + radius * inner * np.cos(angle), y + radius * inner * np.sin(angle)),
                (x + radius * 0.96 * np.cos(angle), y + radius * 0.96 * np.sin(angle)),
            )
        )
    return lines


@kind("clock", group="object")
def clock(rng: np.random.Generator) -> Thing:
    """A wall clock, an alarm clock, or a grandfather clock."""
    form, parts, lines = style(rng, "wall", "alarm", "alarm", "grandfather"), [], []
    case, dial = "red, blue, green, yellow, black, turquoise, pink, gold, brown", "white, light yellow, beige"
    if form == "grandfather":
        parts.append(part("case", box(0.32, 0.34, 0.68, 0.86), WOOD, body=True))
        parts.append(
            part(
                "case",
                polygon((0.28, 0.38), (0.28, 0.14), (0.4, 0.12), (0.5, 0.05), (0.6, 0.12), (0.72, 0.14), (0.72, 0.38)),
                WOOD,
                body=True,
            )
        )
        parts.append(part("case", box(0.26, 0.84, 0.74, 0.95), WOOD, body=True))
        parts.append(part("dial", ellipse(0.5, 0.25, 0.11), dial))
        parts.append(part("glass", box(0.39, 0.43, 0.61, 0.8), "light blue, white, dark brown, beige"))
        x = 0.5 + rng.uniform(-0.05, 0.05)
        parts.append(part("pendulum", ellipse(x, 0.7, 0.05), "gold, yellow"))
        lines += [polygon((0.5, 0.43), (x, 0.65)), *_hands(rng, 0.5, 0.25, 0.11)[:2]]
        return finished(rng, parts, lines)
    radius = 0.34
    if form == "alarm":
        parts.append(part("handle", thick(arc(0.5, 0.2, 0.09, 0.11, 180, 360), 0.03), METAL + ", gold"))
        parts += [
            part("bell", arc(x, 0.24, 0.13, 0.13, 180 + turn, 360 + turn), "gold, yellow, gray, silver")
            for x, turn in ((0.29, -35), (0.71, 35))
        ]
        parts += [
            part("foot", thick([(0.5 + side * 0.2, 0.82), (0.5 + side * 0.3, 0.95)], 0.06), METAL + ", gold, black")
            for side in (-1, 1)
        ]
    parts.append(
        part(
            "case",
            ellipse(0.5, 0.55, radius)
            if form == "alarm" or some(rng, 0.7)
            else box(0.16, 0.21, 0.84, 0.89, radius=0.08),
            case,
            body=True,
        )
    )
    parts.append(part("dial", ellipse(0.5, 0.55, radius * 0.8), dial))
    lines += _hands(rng, 0.5, 0.55, radius * 0.8)
    parts.append(part("pin", ellipse(0.5, 0.55, 0.026), "black, red, gold"))
    return finished(rng, parts, lines)


@kind("bookshelf", "bookcase", group="object")
def bookshelf(rng: np.random.Generator) -> Thing:
    """Two or three shelves of books, among them a plant or a ball."""
    rows = int(rng.integers(2, 4))
    parts, lines = [part("shelf", box(0.14, 0.06, 0.86, 0.95), WOOD + ", white", body=True)], []
    tall = 0.85 / rows
    for row in range(rows):
        top, low = 0.06 + tall * row + 0.035, 0.06 + tall * (row + 1)
        parts.append(part("inside", box(0.19, top, 0.81, low), "dark brown, beige, light gray, dark gray"))
        x, extra = 0.2, style(rng, "plant", "ball", "none")
        while x < (0.58 if extra != "none" else 0.74):
            width, high = rng.uniform(0.045, 0.075), (low - top) * rng.uniform(0.62, 0.9)
            color = style(rng, "red", "blue", "green", "yellow", "orange", "purple")
            parts.append(part(f"{color} book", box(x, low - high, x + width, low), color, fixed=True))
            lines.append(polygon((x, low - high + 0.035), (x + width, low - high + 0.035)))
            x += width + 0.002
        if extra == "plant":
            parts.append(
                part(
                    "plant",
                    smooth(
                        [
                            (0.72, low - 0.07),
                            (0.66, low - 0.15),
                            (0.7, low - 0.17),
                            (0.73, low - 0.2),
                            (0.76, low - 0.17),
                            (0.79, low - 0.14),
                            (0.74, low - 0.07),
                        ]
                    ),
                    "green, light green",
                )
            )
            parts.append(
                part(
                    "pot",
                    polygon((0.67, low - 0.08), (0.78, low - 0.08), (0.76, low), (0.69, low)),
                    "orange, brown, white",
                )
            )
        elif extra == "ball":
            parts.append(part("globe", ellipse(0.72, low - 0.075, 0.07), "light blue, blue, red"))
    return finished(rng, parts, lines)


@kind("wardrobe", "closet", group="object")
def wardrobe(rng: np.random.Generator) -> Thing:
    """A wardrobe with two doors and a drawer."""
    return _cabinet(rng, doors=True)


@kind("dresser", "chest of drawers", group="object")
def dresser(rng: np.random.Generator) -> Thing:
    """A chest of two to four drawers."""
    return _cabinet(rng, doors=False)


def _cabinet(rng: np.random.Generator, *, doors: bool) -> Thing:
    """A wardrobe, or a dresser."""
    parts, lines, wood = [], [], WOOD + ", white, blue, green"
    if doors:
        parts += [part("foot", ellipse(x, 0.92, 0.045, 0.035), WOOD + ", black") for x in (0.25, 0.75)]
        parts.append(part("wardrobe", box(0.17, 0.1, 0.83, 0.91), wood, body=True))
        parts += [part("door", box(x, 0.15, x + 0.28, 0.72), wood) for x in (0.21, 0.51)]
        parts += [part("knob", ellipse(x, 0.44, 0.02), "gold, gray, black") for x in (0.46, 0.54)]
        parts.append(part("drawer", box(0.21, 0.76, 0.79, 0.87), wood))
        parts.append(part("knob", ellipse(0.5, 0.815, 0.02), "gold, gray, black"))
        parts.append(part("top", box(0.13, 0.06, 0.87, 0.12, radius=0.02), WOOD + ", white"))
        if some(rng):
            lines += [box(x, 0.2, x + 0.18, 0.66)[[0, 1, 2, 3, 0]] for x in (0.26, 0.56)]
        return finished(rng, parts, lines)
    parts += [
        part("foot", polygon((x - 0.04, 0.88), (x + 0.04, 0.88), (x + 0.02, 0.95), (x - 0.02, 0.95)), WOOD + ", black")
        for x in (0.2, 0.8)
    ]
    parts.append(part("dresser", box(0.12, 0.34, 0.88, 0.9), wood, body=True))
    count = int(rng.integers(2, 5))
    for row in range(count):
        top = 0.38 + 0.5 * row / count
        parts.append(part("drawer", box(0.17, top, 0.83, top + 0.5 / count - 0.03), wood))
        parts += [
            part("knob", ellipse(x, top + 0.25 / count - 0.015, 0.024), "gold, gray, black") for x in (0.34, 0.66)
        ]
    parts.append(part("top", box(0.08, 0.29, 0.92, 0.35, radius=0.02), WOOD + ", white"))
    return finished(rng, parts, lines)


@kind("bathtub", "bath", group="object")
def bathtub(rng: np.random.Generator) -> Thing:
    """A tub on feet with foam and a tap."""
    parts = [
        part(
            "tap",
            thick(np.float32([(0.86, 0.56), (0.86, 0.34), (0.74, 0.34), (0.74, 0.41)]), 0.045),
            "gold, gray, silver",
        )
    ]
    for x, y, radius in ((0.22, 0.46, 0.08), (0.34, 0.4, 0.1), (0.48, 0.43, 0.09), (0.6, 0.47, 0.07)):
        parts.append(part("bubble", ellipse(x, y, radius * rng.uniform(0.85, 1.1)), "white, light blue"))
    if some(rng):
        parts.append(
            part(
                "duck",
                smooth(
                    [
                        (0.36, 0.52),
                        (0.33, 0.42),
                        (0.4, 0.42),
                        (0.42, 0.36),
                        (0.47, 0.32),
                        (0.52, 0.36),
                        (0.51, 0.42),
                        (0.55, 0.52),
                    ]
                ),
                "yellow, orange",
            )
        )
        parts += [
            detail(ellipse(0.485, 0.37, 0.012), "black"),
            part("beak", polygon((0.51, 0.36), (0.57, 0.385), (0.51, 0.41)), "orange, red"),
        ]
    parts += [
        part(
            "foot",
            smooth([(x - 0.05, 0.82), (x + 0.05, 0.82), (x + 0.05, 0.93), (x - 0.04, 0.94)], steps=5),
            "gold, gray, brown",
        )
        for x in (0.27, 0.73)
    ]
    parts.append(
        part(
            "bathtub",
            np.concatenate(
                [
                    polygon((0.07, 0.52), (0.93, 0.52)),
                    smooth([(0.93, 0.52), (0.88, 0.74), (0.74, 0.87)], closed=False),
                    smooth([(0.26, 0.87), (0.12, 0.74), (0.07, 0.52)], closed=False),
                ]
            ),
            "white, light blue, pink, light gray, turquoise",
            body=True,
        )
    )
    parts.append(part("rim", box(0.03, 0.48, 0.97, 0.55, radius=0.035), "white, light gray, gold, pink"))
    return finished(rng, parts, flips=True)


@kind("mirror", group="object")
def mirror(rng: np.random.Generator) -> Thing:
    """A mirror in a frame on a stand."""
    parts = [
        part("stand", polygon((0.47, 0.72), (0.53, 0.72), (0.54, 0.88), (0.46, 0.88)), "gold, brown, gray"),
        part("base", arc(0.5, 0.95, 0.2, 0.08, 180, 360), "gold, brown, gray"),
    ]
    oval, wide = some(rng, 0.7), rng.uniform(0.25, 0.31)
    parts.append(
        part(
            "frame",
            ellipse(0.5, 0.41, wide, 0.36) if oval else box(0.5 - wide, 0.06, 0.5 + wide, 0.76, radius=0.06),
            "gold, brown, pink, white, silver, red",
        )
    )
    parts.append(
        part(
            "glass",
            ellipse(0.5, 0.41, wide - 0.06, 0.29) if oval else box(0.56 - wide, 0.12, 0.44 + wide, 0.7, radius=0.03),
            "light blue, white, light gray",
        )
    )
    return finished(rng, parts, [polygon((0.4, 0.4), (0.54, 0.26)), polygon((0.44, 0.47), (0.6, 0.31))])


@kind("window", group="object", stands=False)
def window(rng: np.random.Generator) -> Thing:
    """A window in its frame with curtains or shutters."""
    parts, lines = [], []
    curtains = some(rng)
    if not curtains:
        for x in (0.05, 0.73):
            parts.append(part("shutter", box(x, 0.16, x + 0.22, 0.82), "green, blue, brown, red"))
            lines += [polygon((x + 0.04, y), (x + 0.18, y)) for y in np.linspace(0.24, 0.74, 6)]
    parts += [
        part("frame", box(0.24, 0.12, 0.76, 0.84), WOOD + ", white"),
        part("glass", box(0.29, 0.17, 0.71, 0.79), "light blue, blue, yellow, dark blue"),
    ]
    lines += panes(0.29, 0.17, 0.71, 0.79, 2, int(rng.integers(2, 4)))
    if curtains:
        lines = [polygon((0.5, 0.17), (0.5, 0.79)), polygon((0.38, 0.48), (0.62, 0.48))]
        cloth = smooth([(0.22, 0.125), (0.46, 0.125), (0.42, 0.34), (0.3, 0.52), (0.34, 0.86), (0.18, 0.86)], steps=5)
        parts += [part("curtain", cloth, CLOTH), part("curtain", np.stack([1 - cloth[:, 0], cloth[:, 1]], 1), CLOTH)]
        parts.append(part("rod", box(0.12, 0.06, 0.88, 0.11, radius=0.025), WOOD + ", gold"))
    parts.append(part("sill", box(0.2, 0.84, 0.8, 0.9), "white, gray, brown"))
    return finished(rng, parts, lines, middle=True)
