"""Mountains, islands and a campfire.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, curl, finished, part, some, thick, wavy
from sprint_live.train.data.kinds._thing import Thing, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.nature._sky import cloud_outline


@kind("mountain", "peak", group="nature")
def mountain(rng: np.random.Generator) -> Thing:
    """One peak or two or three, each with snow."""
    parts, lines = [], []
    rock = "gray, brown, blue, purple, dark gray"
    peaks = [
        [(0.5, 0.12, 0.44)],
        [(0.68, 0.32, 0.3), (0.36, 0.14, 0.33)],
        [(0.24, 0.4, 0.22), (0.78, 0.36, 0.22), (0.5, 0.14, 0.33)],
    ][int(rng.integers(3))]
    for x, top, half in peaks:
        x, top = x + rng.uniform(-0.02, 0.02), top + rng.uniform(-0.03, 0.03)
        tall = 0.9 - top
        jag = rng.uniform(-0.03, 0.03)
        parts.append(
            part(
                "mountain",
                polygon(
                    (x - half, 0.9),
                    (x - half * 0.52 + jag, top + tall * 0.5),
                    (x, top),
                    (x + half * 0.55, top + tall * 0.52 + jag),
                    (x + half, 0.9),
                ),
                rock,
                body=True,
            )
        )
        depth = rng.uniform(0.28, 0.36)
        edge = [
            (x + half * depth * share * 1.04, top + tall * (depth * 0.96 + (0.08 if index % 2 else -0.07)))
            for index, share in enumerate((0.55, 0.15, -0.25, -0.62))
        ]
        cap = polygon(
            (x, top),
            (x + (half * 0.55) * depth / 0.52, top + tall * depth),
            *edge,
            (x + (-half * 0.52 + jag) * depth / 0.5, top + tall * depth),
        )
        parts.append(part("snow", cap, "white, light blue"))
        lines.append(
            polygon(
                (x + half * 0.12, top + tall * 0.55),
                (x + half * 0.05, top + tall * 0.68),
                (x + half * 0.2, top + tall * 0.8),
            )
        )
    parts.append(
        part(
            "meadow",
            smooth(
                [
                    (0.02, 0.92),
                    (0.1, 0.83),
                    (0.3, 0.87),
                    (0.5, 0.82),
                    (0.72, 0.87),
                    (0.9, 0.82),
                    (0.98, 0.92),
                    (0.5, 0.96),
                ]
            ),
            "green, light green, dark green",
        )
    )
    return finished(rng, parts, lines)


@kind("volcano", group="nature")
def volcano(rng: np.random.Generator) -> Thing:
    """A cone with lava, smoke and stones that fly."""
    parts = []
    top = rng.uniform(0.38, 0.44)
    if some(rng, 0.7):
        parts.append(
            part("smoke", cloud_outline(rng, 0.26, 0.74, 0.27, rng.uniform(0.2, 0.24)), "gray, dark gray, light gray")
        )
    fountain = smooth(
        [
            (0.42, top + 0.04),
            (0.4, top - 0.12),
            (0.34, top - 0.16),
            (0.44, top - 0.17),
            (0.5, top - 0.25),
            (0.56, top - 0.17),
            (0.66, top - 0.16),
            (0.6, top - 0.12),
            (0.58, top + 0.04),
        ]
    )
    parts.append(part("lava", fountain, "red, orange, yellow"))
    parts.append(
        part(
            "volcano",
            np.concatenate(
                [
                    smooth([(0.04, 0.93), (0.2, 0.8), (0.31, 0.6), (0.38, top)], closed=False),
                    smooth([(0.62, top), (0.69, 0.6), (0.8, 0.8), (0.96, 0.93)], closed=False),
                ]
            ),
            "brown, gray, dark brown, dark gray",
            body=True,
        )
    )
    river = smooth(
        [
            (0.625, top + 0.03),
            (0.64, 0.62),
            (0.6, 0.66),
            (0.57, 0.56),
            (0.54, 0.8),
            (0.5, 0.86),
            (0.46, 0.76),
            (0.46, 0.58),
            (0.41, 0.68),
            (0.37, 0.62),
            (0.375, top + 0.03),
        ],
        closed=False,
    )
    parts.append(part("lava", np.concatenate([polygon((0.38, top), (0.62, top)), river]), "red, orange, yellow"))
    for x, y in ((0.22, 0.36), (0.78, 0.32), (0.3, 0.48), (0.72, 0.47)):
        if some(rng, 0.7):
            parts.append(part("stone", ellipse(x, y, 0.03, 0.026), "orange, red, dark gray, brown"))
    return finished(rng, parts)


@kind("island", group="nature")
def island(rng: np.random.Generator) -> Thing:
    """Sand in the sea with one palm or two."""
    parts, lines = [], []
    parts.append(part("sea", ellipse(0.5, 0.85, 0.48, 0.11), "blue, light blue, turquoise"))
    parts.append(
        part(
            "sand",
            smooth([(0.14, 0.85), (0.3, 0.74), (0.5, 0.69), (0.72, 0.75), (0.86, 0.85), (0.5, 0.9)]),
            "yellow, beige, light orange",
        )
    )
    palms = (
        [(0.46, 0.72, 0.56, 0.3, 1.0)]
        if some(rng, 0.6)
        else [(0.6, 0.73, 0.74, 0.42, 0.7), (0.42, 0.72, 0.34, 0.28, 0.85)]
    )
    for foot, ground, x, y, size in palms:
        path = smooth(
            [(foot, ground + 0.03), ((foot * 2 + x) / 3 + 0.03 * np.sign(foot - x), (2 * ground + y) / 3), (x, y)],
            closed=False,
        )
        parts.append(part("trunk", thick(path, 0.075 * size, 0.045 * size), "brown, light brown"))
        for index in range(3, len(path) - 1, 3):
            a = path[index]
            lines.append(polygon((a[0] - 0.025 * size, a[1]), (a[0] + 0.025 * size, a[1] + 0.01)))
        for angle, long in ((-172, 0.3), (-8, 0.3), (-135, 0.25), (-45, 0.25), (150, 0.25), (30, 0.25)):
            a = np.deg2rad(angle)
            tip = (x + np.cos(a) * long * size, y + np.sin(a) * long * size * 0.8 + 0.06 * size)
            middle = (x + np.cos(a) * long * size * 0.55, y + np.sin(a) * long * size * 0.5 - 0.05 * size)
            parts.append(
                part(
                    "leaf",
                    thick(smooth([(x, y), middle, tip], closed=False), 0.085 * size, 0.012),
                    "green, light green, dark green",
                )
            )
        parts += [
            part("coconut", ellipse(x + dx * size, y + 0.035 * size, 0.037 * size), "brown, dark brown")
            for dx in (-0.035, 0.04)
        ]
    lines += [wavy(0.12, 0.3, 0.9, 0.008, 2), wavy(0.62, 0.84, 0.915, 0.008, 2)]
    return finished(rng, parts, lines, flips=True)


@kind("campfire", "bonfire", "fire", group="nature")
def campfire(rng: np.random.Generator) -> Thing:
    """Flames over crossed logs, now and then with stones around."""
    parts, lines = [], []
    top = rng.uniform(0.08, 0.14)
    flame = [
        (0.5, 0.82),
        (0.28, 0.76),
        (0.22, 0.58),
        (0.3, 0.36),
        (0.36, 0.5),
        (0.42, 0.34),
        (0.5, top),
        (0.58, 0.3),
        (0.66, 0.46),
        (0.71, 0.34),
        (0.79, 0.56),
        (0.72, 0.76),
    ]
    parts.append(part("outer flame", smooth(flame), "red, orange"))
    for name, scale, colors in (
        ("middle flame", 0.68, "orange, yellow"),
        ("inner flame", 0.38, "yellow, white, light yellow"),
    ):
        parts.append(
            part(name, smooth([(0.5 + (x - 0.5) * scale, 0.82 + (y - 0.82) * scale) for x, y in flame]), colors)
        )
    for a, b in (((0.16, 0.76), (0.8, 0.92)), ((0.84, 0.76), (0.2, 0.92))):
        parts.append(part("log", thick([a, b], 0.09), WOOD))
        parts.append(part("log end", ellipse(*b, 0.032, 0.05), "beige, light brown"))
        parts.append(part("log end", ellipse(*a, 0.032, 0.05), "beige, light brown"))
    if some(rng, 0.4):
        parts += [
            part("stone", ellipse(x, 0.94, 0.065, 0.045), "gray, light gray, dark gray")
            for x in (0.12, 0.26, 0.4, 0.56, 0.72, 0.88)
        ]
    elif some(rng):
        lines.append(curl(0.5, top - 0.03, 0.12, 0.03))
    return finished(rng, parts, lines)
