"""Bottles, jars and vases.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.kitchen._china import CHINA, pattern_on, turned_body


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
        parts += pattern_on(rng, 0.5 - wide * 0.9, 0.5 + wide * 0.9, top + 0.02, top + 0.22)
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
        parts += pattern_on(rng, 0.5 - belly * 0.8, 0.5 + belly * 0.8, top + high * 0.36, top + high * 0.7)
    parts.append(part("rim", ellipse(0.5, top, neck + 0.055, 0.028), "white, gold, light blue, dark gray"))
    return finished(rng, parts, lines)


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
    parts += pattern_on(rng, 0.34, 0.66, 0.55, 0.77) or [
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
