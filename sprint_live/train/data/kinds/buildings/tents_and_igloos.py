"""Tents and igloos.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, style
from sprint_live.train.data.kinds._thing import Thing, arc, kind, polygon, smooth


@kind("tent", group="building")
def tent(rng: np.random.Generator) -> Thing:
    """A camping tent, a tepee or the tent of a circus."""
    form, parts, lines = style(rng, "camping", "camping", "tepee", "circus"), [], []
    cloth = "orange, green, red, blue, yellow, turquoise"
    if form == "camping":
        peak = (rng.uniform(0.34, 0.4), rng.uniform(0.24, 0.32))
        parts.append(part("side", polygon(peak, (0.78, peak[1] + 0.03), (0.96, 0.93), (0.66, 0.95)), cloth, body=True))
        parts.append(
            part(
                "front",
                polygon(peak, (0.66, 0.95), (0.06, 0.95)),
                "yellow, light green, light blue, orange, white, red",
            )
        )
        parts.append(
            part(
                "entrance",
                polygon((peak[0], peak[1] + 0.16), (0.48, 0.95), (0.24, 0.95)),
                "dark brown, black, dark blue",
            )
        )
        parts.append(
            part(
                "flap",
                polygon((peak[0], peak[1] + 0.16), (0.24, 0.95), (0.16, 0.95), (0.2, 0.76)),
                "white, beige, yellow, light blue",
            )
        )
        lines += [polygon((0.9, 0.7), (1.0, 0.93)), polygon((peak[0], peak[1]), (peak[0], peak[1] - 0.05))]
    elif form == "tepee":
        lines += [polygon((0.5, 0.2), (0.4, 0.05)), polygon((0.5, 0.2), (0.5, 0.03)), polygon((0.5, 0.2), (0.6, 0.05))]
        parts.append(
            part(
                "tent",
                polygon((0.46, 0.16), (0.54, 0.16), (0.86, 0.95), (0.14, 0.95)),
                "beige, white, light brown, orange",
                body=True,
            )
        )
        parts.append(
            part(
                "stripe",
                polygon(
                    *[(0.3 + 0.4 * index / 8, 0.56 + (0.06 if index % 2 else 0.0)) for index in range(9)],
                    *[(0.265 + 0.47 * (8 - index) / 8, 0.64 + (0.06 if index % 2 else 0.0)) for index in range(9)],
                ),
                "red, blue, turquoise, yellow",
            )
        )
        parts.append(part("entrance", polygon((0.5, 0.62), (0.61, 0.95), (0.39, 0.95)), "dark brown, black, brown"))
    else:
        lines.append(polygon((0.5, 0.16), (0.5, 0.03)))
        parts.append(part("flag", polygon((0.5, 0.03), (0.62, 0.06), (0.5, 0.1)), "yellow, blue, green"))
        count, low = int(rng.choice([5, 7])), 0.52
        for index in range(count):
            a, b = index / count, (index + 1) / count
            name, colors = ("stripe", "white, yellow, beige") if index % 2 else ("tent", "red, blue, purple, orange")
            parts.append(
                part(
                    name,
                    polygon(
                        (0.12 + 0.76 * a, low), (0.12 + 0.76 * b, low), (0.14 + 0.72 * b, 0.95), (0.14 + 0.72 * a, 0.95)
                    ),
                    colors,
                )
            )
        for index in range(count):
            a, b = 0.05 + 0.9 * index / count, 0.05 + 0.9 * (index + 1) / count
            name, colors = ("stripe", "white, yellow, beige") if index % 2 else ("tent", "red, blue, purple, orange")
            parts.append(
                part(
                    name,
                    np.concatenate([polygon((0.5, 0.15)), arc((a + b) / 2, low, (b - a) / 2, 0.05, 0, 180)]),
                    colors,
                )
            )
        parts.append(
            part("entrance", polygon((0.5, low + 0.12), (0.6, 0.95), (0.4, 0.95)), "dark red, black, dark blue")
        )
    return finished(rng, parts, lines, flips=True)


@kind("igloo", group="building")
def igloo(rng: np.random.Generator) -> Thing:
    """A dome of snow blocks with its tunnel."""
    parts, lines, ice = [], [], "white, light blue, light gray"
    radius, low, door = rng.uniform(0.38, 0.42), 0.84, rng.uniform(0.46, 0.66)
    parts.append(part("igloo", arc(0.46, low, radius, rng.uniform(0.44, 0.5), 180, 360, num_points=40), ice, body=True))
    high = float(low - parts[0].outline_xy[:, 1].min())
    for share in (0.3, 0.58, 0.82):
        half = radius * np.sqrt(1 - share**2)
        lines.append(
            smooth(
                [
                    (0.46 - half, low - share * high),
                    (0.46, low - share * high + 0.015),
                    (0.46 + half, low - share * high),
                ],
                closed=False,
            )
        )
    rows = (0.0, 0.3, 0.58, 0.82, 1.0)
    for row in range(4):
        for offset in (-0.55, -0.1, 0.3, 0.75) if row % 2 else (-0.7, -0.35, 0.1, 0.5):
            a, b = rows[row], rows[row + 1]
            x = [0.46 + offset * radius * np.sqrt(max(1 - y**2, 0.02)) for y in (a, min(b, 0.98))]
            if row > 1 or max(x) < door - 0.19 or min(x) > door + 0.19:
                lines.append(polygon((x[0], low - a * high + (0.012 if row else 0)), (x[1], low - b * high + 0.01)))
    lines = [
        line
        for line in lines
        if not (
            line[:, 1].max() > low - 0.36 * high and line[:, 0].min() < door - 0.2 and line[:, 0].max() > door + 0.2
        )
    ]
    y = low - 0.3 * high
    half = radius * np.sqrt(1 - 0.3**2)
    lines += (
        [polygon((0.46 - half, y), (door - 0.16, y + 0.012)), polygon((door + 0.16, y + 0.012), (0.46 + half, y))]
        if door + 0.16 < 0.46 + half
        else [polygon((0.46 - half, y), (door - 0.16, y + 0.012))]
    )
    parts.append(
        part(
            "tunnel",
            np.concatenate(
                [
                    arc(door, low - 0.12, 0.18, 0.2, 180, 360),
                    polygon((door + 0.18, low + 0.03), (door - 0.18, low + 0.03)),
                ]
            ),
            ice + ", blue",
        )
    )
    parts.append(
        part(
            "entrance",
            np.concatenate(
                [
                    arc(door, low - 0.1, 0.11, 0.13, 180, 360),
                    polygon((door + 0.11, low + 0.03), (door - 0.11, low + 0.03)),
                ]
            ),
            "black, dark blue, dark gray, blue",
        )
    )
    if some(rng, 0.6):
        parts.append(
            part(
                "snow",
                smooth(
                    [
                        (0.0, 0.9),
                        (0.12, 0.83),
                        (0.32, 0.87),
                        (0.52, 0.855),
                        (0.76, 0.87),
                        (0.92, 0.83),
                        (1.0, 0.9),
                        (0.5, 0.95),
                    ]
                ),
                "white, light blue, light gray",
            )
        )
    return finished(rng, parts, lines, flips=True)
