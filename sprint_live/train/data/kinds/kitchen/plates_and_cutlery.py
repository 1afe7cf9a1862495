"""Plates, bowls, spoons, forks and knives.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, curl, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.kitchen._china import CHINA, turned_body


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
