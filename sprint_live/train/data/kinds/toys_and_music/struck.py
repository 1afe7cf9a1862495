"""Instruments that are struck.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth


@kind("drum", group="object")
def drum(rng: np.random.Generator) -> Thing:
    """A drum with cords in zigzag and two sticks."""
    parts, lines = [], []
    top, low, wide = rng.uniform(0.36, 0.42), rng.uniform(0.78, 0.86), 0.38
    rims = "gold, yellow, white, brown, silver"
    parts.append(
        part(
            "drum",
            np.concatenate(
                [arc(0.5, top, wide, 0.1, 180, 0, num_points=20), arc(0.5, low, wide, 0.1, 0, 180, num_points=20)]
            ),
            "red, blue, green, orange, purple, turquoise",
            body=True,
        )
    )
    parts.append(
        part(
            "lower rim",
            np.concatenate(
                [
                    arc(0.5, low - 0.04, wide + 0.015, 0.1, 180, 0, num_points=20),
                    arc(0.5, low + 0.02, wide + 0.015, 0.1, 0, 180, num_points=20),
                ]
            ),
            rims,
        )
    )
    parts.append(
        part(
            "upper rim",
            np.concatenate(
                [
                    arc(0.5, top - 0.01, wide + 0.015, 0.1, 180, 360, num_points=20),
                    arc(0.5, top + 0.05, wide + 0.015, 0.1, 0, 180, num_points=20),
                ]
            ),
            rims,
        )
    )
    parts.append(part("drumhead", ellipse(0.5, top - 0.01, wide + 0.015, 0.1), "white, beige, light yellow"))
    xs = np.linspace(-0.97, 0.97, 2 * int(rng.integers(3, 5)) + 1)
    zigzag = [
        (0.5 + wide * x, (top + 0.055 if index % 2 == 0 else low - 0.045) + 0.1 * np.sqrt(1 - x * x))
        for index, x in enumerate(xs)
    ]
    lines.append(polygon(*zigzag))
    for a, b in (((0.3, top - 0.02), (0.06, 0.1)), ((0.62, top - 0.01), (0.9, 0.08))):
        parts += [
            part("drumstick", thick([a, b], 0.035), WOOD + ", yellow"),
            part("tip", ellipse(*a, 0.045, 0.04), WOOD + ", white, red"),
        ]
    return finished(rng, parts, lines)


@kind("piano", group="object")
def piano(rng: np.random.Generator) -> Thing:
    """An upright piano, a grand piano or a keyboard."""
    form, parts, lines = style(rng, "upright", "grand", "toy"), [], []
    wood = "black, brown, dark brown, white, red"
    if form == "grand":
        parts.append(
            part(
                "lid",
                smooth([(0.2, 0.48), (0.26, 0.16), (0.52, 0.06), (0.7, 0.2), (0.93, 0.34), (0.9, 0.48)], steps=6),
                wood,
            )
        )
        parts.append(part("prop", thick([(0.66, 0.48), (0.72, 0.3)], 0.02), "gold, brown, gray"))
        parts += [
            part("leg", polygon((x - 0.03, 0.6), (x + 0.03, 0.6), (x + 0.015, 0.93), (x - 0.015, 0.93)), wood)
            for x in (0.2, 0.56, 0.86)
        ]
        parts += [
            part("pedal", box(0.36, 0.84, 0.42, 0.9, radius=0.02), "gold, yellow"),
            part("lyre", box(0.375, 0.6, 0.405, 0.86), wood),
        ]
        parts.append(part("piano", box(0.08, 0.46, 0.94, 0.64, radius=0.03), wood, body=True))
        left, right, y, low = 0.1, 0.5, 0.52, 0.6
    elif form == "upright":
        parts += [part("leg", box(x, 0.6, x + 0.05, 0.93), wood) for x in (0.1, 0.85)]
        parts.append(part("piano", box(0.12, 0.16, 0.88, 0.92, radius=0.02), wood, body=True))
        parts.append(part("top", box(0.08, 0.11, 0.92, 0.18, radius=0.02), wood))
        if some(rng):
            parts.append(
                part(
                    "sheet music",
                    polygon((0.36, 0.24), (0.5, 0.26), (0.64, 0.24), (0.64, 0.44), (0.5, 0.46), (0.36, 0.44)),
                    "white, light yellow",
                )
            )
            lines += [polygon((0.5, 0.26), (0.5, 0.46))] + [
                polygon((x, y), (x + 0.08, y)) for x in (0.39, 0.53) for y in (0.31, 0.36, 0.4)
            ]
        parts.append(part("shelf", box(0.07, 0.62, 0.93, 0.69), wood))
        parts += [part("pedal", box(x, 0.86, x + 0.05, 0.9, radius=0.015), "gold, yellow") for x in (0.41, 0.475, 0.54)]
        left, right, y, low = 0.1, 0.9, 0.52, 0.63
    else:
        parts.append(
            part(
                "piano",
                box(0.04, 0.3, 0.96, 0.86, radius=0.06),
                "red, blue, black, purple, turquoise, pink, green",
                body=True,
            )
        )
        parts += [
            part("button", ellipse(x, 0.4, 0.03), "yellow, green, red, white, orange") for x in (0.14, 0.23, 0.32)
        ]
        parts.append(part("screen", box(0.44, 0.36, 0.66, 0.45, radius=0.01), "light blue, light green, black"))
        parts.append(part("speaker", box(0.72, 0.36, 0.9, 0.45, radius=0.02), "gray, dark gray, silver"))
        lines += [polygon((0.74, y), (0.88, y)) for y in (0.385, 0.405, 0.425)]
        left, right, y, low = 0.09, 0.91, 0.51, 0.82
    parts.append(part("key", box(left, y, right, low), "white, light yellow"))
    count = 14 if right - left > 0.6 else 10
    step = (right - left) / count
    lines += [polygon((left + step * index, y), (left + step * index, low)) for index in range(1, count)]
    for index in range(count - 1):
        if index % 7 not in (2, 6):
            x = left + step * (index + 1)
            parts.append(detail(box(x - step * 0.3, y, x + step * 0.3, y + (low - y) * 0.6), "black"))
    return finished(rng, parts, lines, says={"grand": ("grand",), "upright": (), "toy": ("toy",)}[form], flips=False)


@kind("bell", group="object", stands=False)
def bell(rng: np.random.Generator) -> Thing:
    """A bell with its clapper, now and then with a bow."""
    parts, lines = [], []
    parts.append(part("clapper", ellipse(0.5, 0.85, 0.085), "gold, brown, gray, red"))
    parts.append(part("ring", thick(arc(0.5, 0.15, 0.055, 0.065, -200, 20), 0.03), "gold, brown, gray"))
    right = smooth([(0.5, 0.18), (0.62, 0.21), (0.72, 0.36), (0.76, 0.6), (0.88, 0.77)], closed=False)
    parts.append(
        part(
            "bell", np.concatenate([right, mirrored(right)[::-1][:-1]]), "gold, yellow, silver, red, orange", body=True
        )
    )
    parts.append(part("rim", box(0.1, 0.75, 0.9, 0.83, radius=0.035), "gold, yellow, orange, silver, brown"))
    if some(rng):
        loop = smooth([(0.5, 0.2), (0.36, 0.1), (0.26, 0.14), (0.26, 0.28), (0.38, 0.29)], steps=6)
        parts += [
            part("bow", loop, "red, blue, green, purple"),
            part("bow", mirrored(loop), "red, blue, green, purple"),
            part("knot", ellipse(0.5, 0.2, 0.05), "red, blue, green, purple, gold"),
        ]
    lines.append(smooth([(0.36, 0.34), (0.31, 0.46), (0.3, 0.6)], closed=False))
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 18, -18])), middle=True)


@kind("xylophone", group="object")
def xylophone(rng: np.random.Generator) -> Thing:
    """Bars of all colors that grow shorter, and a mallet."""
    parts, lines = [], []
    parts += [
        part("frame", polygon((0.08, y0), (0.92, y1), (0.92, y1 + 0.06), (0.08, y0 + 0.06)), WOOD + ", white")
        for y0, y1 in ((0.38, 0.48), (0.7, 0.6))
    ]
    names = ("red", "orange", "yellow", "green", "light blue", "blue", "purple")
    for index, color in enumerate(names):
        x, half = 0.1 + 0.117 * index, 0.27 - 0.022 * index
        parts.append(part(f"{color} bar", box(x, 0.57 - half, x + 0.095, 0.57 + half, radius=0.03), color, fixed=True))
        parts += [detail(ellipse(x + 0.0475, 0.57 + side * (half - 0.06), 0.02), "white") for side in (-1, 1)]
    parts += [
        part("stick", thick([(0.44, 0.36), (0.88, 0.1)], 0.03), WOOD),
        part("mallet", ellipse(0.42, 0.37, 0.06), "red, yellow, black, blue, white"),
    ]
    return finished(rng, parts, lines, flips=True)
