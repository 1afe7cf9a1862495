"""Chairs and sofas.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.household._cloth import CLOTH


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
