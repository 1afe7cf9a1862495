"""Jewels, crowns and a chest to keep them in.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("ring", group="clothes", stands=False)
def ring(rng: np.random.Generator) -> Thing:
    """A ring with a stone."""
    gold = "gold, yellow, silver"
    parts = [
        part(
            "ring",
            np.concatenate(
                [
                    arc(0.5, 0.62, 0.32, 0.32, -88, 268, num_points=60),
                    arc(0.5, 0.62, 0.25, 0.25, 268, -88, num_points=60),
                ]
            ),
            gold,
            body=True,
        )
    ]
    if some(rng):
        parts += [
            part(
                "stone",
                polygon((0.36, 0.06), (0.64, 0.06), (0.76, 0.17), (0.5, 0.38), (0.24, 0.17)),
                "light blue, red, green, purple, pink, turquoise",
            )
        ]
        lines = [
            polygon((0.24, 0.17), (0.76, 0.17)),
            polygon((0.36, 0.06), (0.42, 0.17), (0.5, 0.38), (0.58, 0.17), (0.64, 0.06)),
            polygon((0.42, 0.17), (0.5, 0.06), (0.58, 0.17)),
        ]
    else:
        parts += [
            part("setting", ellipse(0.5, 0.25, 0.19, 0.15), gold),
            part("stone", ellipse(0.5, 0.24, 0.14, 0.105), "red, blue, green, purple, turquoise"),
        ]
        lines = [arc(0.5, 0.24, 0.09, 0.06, 190, 260)]
    return finished(rng, parts, lines, middle=True)


@kind("crown", group="clothes")
def crown(rng: np.random.Generator) -> Thing:
    """A crown with three or five points, pearls and jewels."""
    points = int(rng.choice([3, 5]))
    top, valley, flare = rng.uniform(0.25, 0.32), rng.uniform(0.5, 0.58), rng.uniform(0.02, 0.08)
    left, right, band = 0.12, 0.88, rng.uniform(0.72, 0.76)
    tips = [
        (
            left - flare + (right - left + 2 * flare) * index / (points - 1),
            top + (0.06 if index in (0, points - 1) else 0),
        )
        for index in range(points)
    ]
    outline = [(left, band + 0.04)]
    for index, tip in enumerate(tips):
        outline.append(tip)
        if index + 1 < points:
            outline.append(((tip[0] + tips[index + 1][0]) / 2, valley))
    parts = []
    if some(rng, 0.3):
        parts.append(part("cushion", ellipse(0.5, 0.55, 0.3, 0.22), "red, purple, dark red"))
    parts.append(part("crown", polygon(*outline, (right, band + 0.04)), "gold, yellow, silver", body=True))
    parts += [part("pearl", ellipse(x, y, 0.04), "white, red, pink, light blue") for x, y in tips]
    parts.append(
        part("band", box(left - 0.02, band, right + 0.02, 0.88, radius=0.03), "gold, red, purple, orange, white")
    )
    for index, x in enumerate(np.linspace(0.24, 0.76, int(rng.choice([3, 4, 5])))):
        y = (band + 0.88) / 2
        jewel = (
            polygon((x - 0.04, y), (x, y - 0.045), (x + 0.04, y), (x, y + 0.045)) if index % 2 else ellipse(x, y, 0.038)
        )
        parts.append(part("jewel", jewel, "red, blue, green, purple, turquoise"))
    return finished(rng, parts)


@kind("treasure chest", "chest", group="object")
def treasure_chest(rng: np.random.Generator) -> Thing:
    """A chest of wood with metal bands, closed, or open with coins and jewels."""
    opened, parts, lines = some(rng), [], []
    left, right = 0.1, 0.9
    middle = rng.uniform(0.52, 0.56)
    if opened:
        lid = np.concatenate([arc(0.5, 0.3, 0.4, 0.18, 180, 360), polygon((right, middle), (left, middle))])
        parts.append(part("lid", lid, WOOD))
        parts.append(
            part(
                "inside",
                np.concatenate([arc(0.5, 0.32, 0.33, 0.13, 180, 360), polygon((0.83, middle), (0.17, middle))]),
                "dark brown, dark red, black",
            )
        )
        coins = [(x, 0.47 - 0.1 * (1 - ((x - 0.5) / 0.3) ** 2)) for x in (0.23, 0.33, 0.64, 0.75)]
        heap = smooth(
            [
                (0.14, middle + 0.05),
                (0.22, 0.47),
                (0.36, 0.4),
                (0.5, 0.37),
                (0.64, 0.4),
                (0.78, 0.47),
                (0.86, middle + 0.05),
            ],
            closed=False,
        )
        parts.append(part("gold", heap, "gold, yellow"))
        for x, y in coins:
            parts.append(part("coin", ellipse(x, y + 0.05, 0.05, 0.045), "gold, yellow"))
        parts.append(
            part(
                "jewel",
                polygon((0.38, 0.42), (0.43, 0.36), (0.5, 0.36), (0.55, 0.42), (0.465, 0.52)),
                "red, green, blue, purple",
            )
        )
    else:
        lid = np.concatenate([arc(0.5, middle - 0.12, 0.4, 0.2, 180, 360), polygon((right, middle), (left, middle))])
        parts.append(part("lid", lid, WOOD))
        lines.append(polygon((0.14, middle - 0.13), (0.86, middle - 0.13)))
    parts.append(part("chest", box(left, middle, right, 0.93), WOOD, body=True))
    for y in (middle + 0.13, middle + 0.25):
        lines += [polygon((left + 0.16, y), (0.43, y)), polygon((0.57, y), (right - 0.16, y))]
    for x in (left + 0.05, right - 0.16):
        parts.append(part("band", box(x, middle, x + 0.11, 0.93), "gold, gray, dark gray"))
    parts.append(part("lock", box(0.43, middle - 0.03, 0.57, middle + 0.14, radius=0.03), "gold, yellow, gray"))
    parts.append(detail(ellipse(0.5, middle + 0.05, 0.022), "black"))
    return finished(rng, parts, lines)


@kind("diamond", "gem", "jewel", group="object", stands=False)
def diamond(rng: np.random.Generator) -> Thing:
    """A cut stone: the facets of its crown and of its pavilion."""
    top, belt, flat = rng.uniform(0.16, 0.22), rng.uniform(0.38, 0.42), rng.uniform(0.24, 0.3)
    xs = (0.06, 0.33, 0.67, 0.94)
    parts = [
        part(
            "top facet",
            polygon((flat, top), (1 - flat, top), (0.67, belt), (0.33, belt)),
            "light blue, white, pink, light green, light purple",
        ),
        part("side facet", polygon((flat, top), (xs[1], belt), (xs[0], belt)), "blue, turquoise, red, green, purple"),
        part(
            "side facet", polygon((1 - flat, top), (xs[2], belt), (xs[3], belt)), "blue, turquoise, red, green, purple"
        ),
        part(
            "lower facet",
            polygon((xs[0], belt), (xs[1], belt), (0.5, 0.92)),
            "turquoise, blue, pink, green, purple, red",
        ),
        part(
            "middle facet",
            polygon((xs[1], belt), (xs[2], belt), (0.5, 0.92)),
            "light blue, turquoise, light green, pink",
        ),
        part(
            "lower facet",
            polygon((xs[2], belt), (xs[3], belt), (0.5, 0.92)),
            "turquoise, blue, pink, green, purple, red",
        ),
    ]
    lines = []
    if some(rng):
        lines += [polygon((x, y - 0.05), (x, y + 0.05)) for x, y in ((0.08, 0.16), (0.93, 0.2))]
        lines += [polygon((x - 0.04, y), (x + 0.04, y)) for x, y in ((0.08, 0.16), (0.93, 0.2))]
    return finished(rng, parts, lines, middle=True)
