"""What hangs in the air under a balloon or a cloth.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, finished, part, some, star_outline
from sprint_live.train.data.kinds._thing import Thing, arc, box, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.vehicles._air import PAINT


@kind("hot air balloon", group="vehicle", stands=False)
def hot_air_balloon(rng: np.random.Generator) -> Thing:
    """A balloon with gores, or with a band, over a basket."""
    parts, lines = [], []
    low = 0.66
    half = np.concatenate(
        [
            arc(0.5, 0.38, 0.36, 0.34, -90, 8, num_points=20),
            smooth([(0.5 + 0.355, 0.43), (0.74, 0.57), (0.6, low)], closed=False)[1:],
        ]
    )
    colors = "red, yellow, blue, orange, green, purple, pink, turquoise"
    if some(rng, 0.65):
        count, second = int(rng.choice([3, 5])), "white, yellow, light blue, orange, beige"
        for index in range(count):
            a, b = 2 * index / count - 1, 2 * (index + 1) / count - 1
            left = np.stack([0.5 + (half[:, 0] - 0.5) * np.sin(a * np.pi / 2), half[:, 1]], 1)
            right = np.stack([0.5 + (half[:, 0] - 0.5) * np.sin(b * np.pi / 2), half[:, 1]], 1)
            name = "stripe" if index % 2 else "balloon"
            parts.append(
                part(
                    name, np.concatenate([right, left[::-1][:-1]]), second if index % 2 else colors, body=not index % 2
                )
            )
    else:
        parts.append(part("balloon", np.concatenate([half, mirrored(half)[::-1][:-1]]), colors, body=True))
        rows = (half[:, 1] > 0.3) & (half[:, 1] < 0.48)
        band = half[rows]
        parts.append(part("band", np.concatenate([band, mirrored(band)[::-1]]), "yellow, white, blue, red, green"))
        if some(rng):
            parts.append(part("star", star_outline(0.5, 0.39, 0.085, 0.036), "yellow, red, white, orange"))
    lines += [
        polygon((0.41, low), (0.43, 0.8)),
        polygon((0.59, low), (0.57, 0.8)),
        polygon((0.47, low), (0.475, 0.8)),
        polygon((0.53, low), (0.525, 0.8)),
    ]
    parts.append(
        part(
            "basket",
            polygon((0.41, 0.8), (0.59, 0.8), (0.57, 0.95), (0.43, 0.95)),
            "brown, light brown, beige, dark brown",
        )
    )
    parts.append(part("rim", box(0.395, 0.79, 0.605, 0.83, radius=0.015), "brown, dark brown, light brown, red"))
    lines += [polygon((0.42, 0.87), (0.58, 0.87)), polygon((0.425, 0.91), (0.575, 0.91))]
    lines += [polygon((x, 0.83), (x, 0.95)) for x in (0.47, 0.53)]
    return finished(rng, parts, lines, middle=True)


@kind("parachute", group="object", stands=False)
def parachute(rng: np.random.Generator) -> Thing:
    """A parachute with gores that carries a box."""
    count, parts, lines = int(rng.choice([3, 5])), [], []
    for index in range(count):
        a, b = np.sin((2 * index / count - 1) * np.pi / 2), np.sin((2 * (index + 1) / count - 1) * np.pi / 2)
        angle = np.linspace(0, np.pi / 2, 14)
        left = np.stack([0.5 + 0.44 * a * np.sin(angle), 0.46 - 0.38 * np.cos(angle)], 1)
        right = np.stack([0.5 + 0.44 * b * np.sin(angle), 0.46 - 0.38 * np.cos(angle)], 1)
        x0, x1 = float(left[-1, 0]), float(right[-1, 0])
        hem = arc((x0 + x1) / 2, 0.46, (x1 - x0) / 2, 0.035, 360, 180, num_points=8)
        name = "stripe" if index % 2 else "canopy"
        parts.append(
            part(
                name,
                np.concatenate([right, hem[1:-1], left[::-1][:-1]]),
                "white, yellow, beige" if index % 2 else "red, blue, orange, green, purple, pink",
            )
        )
        lines += [polygon((x0, 0.46), (0.45 + 0.1 * index / count, 0.76))]
    lines.append(polygon((0.94, 0.46), (0.55, 0.76)))
    parts.append(part("box", box(0.4, 0.76, 0.6, 0.94), "brown, light brown, red, yellow, blue"))
    lines += [polygon((0.5, 0.76), (0.5, 0.94)), polygon((0.4, 0.85), (0.6, 0.85))]
    return finished(rng, parts, lines, middle=True)


@kind("airship", "blimp", "zeppelin", group="vehicle", stands=False)
def airship(rng: np.random.Generator) -> Thing:
    """A long balloon with fins and a gondola."""
    parts, lines = [], []
    fins = "red, blue, orange, yellow, gray"
    fin = polygon((0.06, 0.28), (0.2, 0.3), (0.28, 0.44), (0.12, 0.44))
    below = np.stack([fin[:, 0], 0.94 - fin[:, 1]], 1)
    parts += [part("fin", fin, fins), part("fin", below, fins)]
    parts.append(
        part(
            "gondola",
            smooth([(0.4, 0.62), (0.66, 0.62), (0.7, 0.68), (0.62, 0.77), (0.44, 0.77), (0.38, 0.7)], steps=4),
            "brown, gray, red, yellow, white",
        )
    )
    hull = smooth(
        [(0.04, 0.47), (0.2, 0.36), (0.5, 0.29), (0.8, 0.33), (0.96, 0.47), (0.8, 0.61), (0.5, 0.65), (0.2, 0.58)]
    )
    parts.append(part("airship", hull, PAINT + ", gray, purple", body=True))
    parts.append(part("middle fin", polygon((0.02, 0.43), (0.18, 0.45), (0.18, 0.49), (0.02, 0.51)), fins))
    parts += [part("window", box(x, 0.68, x + 0.05, 0.73), GLASS) for x in (0.44, 0.52, 0.6)]
    lines += [
        smooth([(0.22, 0.42), (0.5, 0.39), (0.8, 0.41), (0.94, 0.46)], closed=False),
        smooth([(0.22, 0.53), (0.5, 0.555), (0.8, 0.535), (0.94, 0.48)], closed=False),
    ]
    return finished(rng, parts, lines, says=("side view",), flips=True, middle=True)
