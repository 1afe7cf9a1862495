"""Presents, flags and party hats.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, star_outline, style, wavy
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.toys_and_music._paint import BRIGHT


def _bow(x: float, y: float, size: float, colors: str) -> list[Part]:
    """Two loops and a knot."""
    loop = smooth(
        [
            (x, y),
            (x + size * 0.5, y - size * 0.6),
            (x + size, y - size * 0.5),
            (x + size * 0.95, y + size * 0.05),
            (x + size * 0.45, y + size * 0.08),
        ],
        steps=6,
    )
    return [
        part("bow", loop, colors),
        part("bow", mirrored(loop, x), colors),
        part("knot", ellipse(x, y - size * 0.02, size * 0.22, size * 0.2), colors),
    ]


@kind("gift", "present", group="object")
def gift(rng: np.random.Generator) -> Thing:
    """A box with a lid, a ribbon and a bow; plain, dotted or striped."""
    parts, lines = [], []
    left, right, top = rng.uniform(0.12, 0.22), rng.uniform(0.78, 0.88), rng.uniform(0.36, 0.46)
    ribbon = "red, gold, yellow, white, pink, blue, green"
    parts.append(part("box", box(left, top + 0.1, right, 0.95), BRIGHT + ", white", body=True))
    middle = (left + right) / 2
    form = style(rng, "plain", "dots", "stripes")
    for side in (-1, 1):
        center = middle + side * (right - left) * 0.29
        if form == "dots":
            parts += [
                part("dot", ellipse(center + dx, y, 0.032), "white, yellow, orange, red")
                for dx, y in ((-0.06, top + 0.19), (0.06, top + 0.26), (-0.05, top + 0.35), (0.06, top + 0.43))
            ]
        elif form == "stripes":
            parts.append(
                part("stripe", box(center - 0.04, top + 0.1, center + 0.04, 0.95), "white, yellow, light blue, pink")
            )
    parts.append(part("ribbon", box(middle - 0.055, top + 0.1, middle + 0.055, 0.95), ribbon))
    parts.append(part("lid", box(left - 0.04, top, right + 0.04, top + 0.12), BRIGHT + ", white"))
    parts.append(part("ribbon", box(middle - 0.055, top, middle + 0.055, top + 0.12), ribbon))
    parts += _bow(middle, top, 0.2, ribbon)
    return finished(rng, parts, lines)


@kind("flag", group="object")
def flag(rng: np.random.Generator) -> Thing:
    """A flag that waves, with stripes, a star, a cross or a disc."""
    parts, lines = (
        [
            part("pole", box(0.12, 0.07, 0.165, 0.95), WOOD + ", gray, gold"),
            part("knob", ellipse(0.1425, 0.07, 0.04), "gold, yellow, red, gray"),
        ],
        [],
    )
    wave, low, right = rng.uniform(0.02, 0.05), rng.uniform(0.52, 0.6), rng.uniform(0.86, 0.95)

    def edge(y: float) -> np.ndarray:
        """A wavy line across the cloth."""
        return wavy(0.165, right, y, wave, 1)

    form, top, colors = (
        style(rng, "three", "star", "cross", "disc", "checkered", "upright"),
        0.13,
        BRIGHT + ", white, black",
    )
    if form == "three":
        for index, name in enumerate(("upper stripe", "middle stripe", "lower stripe")):
            a, b = top + (low - top) * index / 3, top + (low - top) * (index + 1) / 3
            parts.append(part(name, np.concatenate([edge(a), edge(b)[::-1]]), colors))
        return finished(rng, parts, lines)
    if form in ("upright", "checkered"):
        columns, rows = (3, 1) if form == "upright" else (6, 4)
        upper = wavy(0.165, right, top, wave, 1)
        shares = np.linspace(0, len(upper) - 1, columns + 1).round().astype(int)
        for column in range(columns):
            for row in range(rows):
                a, b = (low - top) * row / rows, (low - top) * (row + 1) / rows
                piece = upper[shares[column] : shares[column + 1] + 1]
                outline = np.concatenate([piece + np.float32([0, a]), piece[::-1] + np.float32([0, b])])
                name = (
                    ("left stripe", "middle stripe", "right stripe")[column]
                    if form == "upright"
                    else ("dark square", "light square")[(row + column) % 2]
                )
                parts.append(
                    part(
                        name,
                        outline,
                        colors if form == "upright" else ("black, dark blue, red", "white, yellow")[(row + column) % 2],
                    )
                )
        return finished(rng, parts, lines, says=("checkered",) if form == "checkered" else ())
    parts.append(part("flag", np.concatenate([edge(top), edge(low)[::-1]]), colors, body=True))
    x, y = 0.165 + (right - 0.165) * (0.35 if form == "cross" else 0.5), (top + low) / 2
    if form == "cross":
        line = edge(y)
        parts.append(
            part(
                "cross",
                np.concatenate([line - np.float32([0, 0.04]), (line + np.float32([0, 0.04]))[::-1]]),
                "white, yellow, red, blue",
            )
        )
        share = (x - 0.165) / (right - 0.165)
        shift = -wave * np.sin(share * 2 * np.pi)
        parts.append(
            part(
                "cross",
                polygon(
                    (x - 0.04, top + shift - wave * 0.1),
                    (x + 0.04, top + shift),
                    (x + 0.04, low + shift),
                    (x - 0.04, low + shift - wave * 0.1),
                ),
                "white, yellow, red, blue",
            )
        )
    else:
        parts.append(
            part("star", star_outline(x, y, 0.14, 0.058), "yellow, white, red")
            if form == "star"
            else part("disc", ellipse(x, y, 0.125), "yellow, white, red, orange")
        )
    return finished(rng, parts, lines)


@kind("party hat", group="clothes")
def party_hat(rng: np.random.Generator) -> Thing:
    """A paper cone with stripes or dots and a tuft."""
    parts, lines, stripes = [], [], some(rng)
    parts.append(
        part("hat", np.concatenate([polygon((0.5, 0.14)), arc(0.5, 0.85, 0.3, 0.08, 0, 180)]), BRIGHT, body=True)
    )
    if stripes:
        for a, b in ((0.3, 0.45), (0.62, 0.78)):
            ya, yb = 0.14 + 0.71 * a, 0.14 + 0.71 * b
            parts.append(
                part(
                    "stripe",
                    np.concatenate([arc(0.5, ya, 0.3 * a, 0.08 * a, 180, 0), arc(0.5, yb, 0.3 * b, 0.08 * b, 0, 180)]),
                    "white, yellow, light blue, orange",
                )
            )
    else:
        parts += [
            part("dot", ellipse(x, y, 0.042), "white, yellow, red, light blue")
            for x, y in ((0.5, 0.4), (0.42, 0.57), (0.58, 0.6), (0.33, 0.76), (0.5, 0.78), (0.67, 0.78))
        ]
    parts.append(part("pompom", star_outline(0.5, 0.12, 0.1, 0.06, 8), "yellow, white, red, pink"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-12, 12))
