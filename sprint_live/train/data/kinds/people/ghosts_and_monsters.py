"""Ghosts, aliens and monsters.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, dot, even, eyes, in_square, limb, pick, smile
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth


@kind("ghost", group="person", stands=False)
def ghost(rng: np.random.Generator) -> Thing:
    """A ghost with a wavy hem; arms, a mouth, a hat or a bow now and then."""
    wide, waves = rng.uniform(0.26, 0.32), int(rng.integers(3, 6))
    hem = [(wide - 2 * wide * i / (2 * waves), 0.36 + (0.07 if i % 2 == 0 else -0.01)) for i in range(2 * waves + 1)]
    swing = rng.uniform(-0.08, 0.08)
    hem = [(x + swing, y) for x, y in hem]
    outline = np.concatenate(
        [
            arc(0, -0.15, wide * 0.9, 0.29, 180, 360),
            smooth([(wide * 0.93, 0.1), *hem, (-wide * 0.93, 0.1)], closed=False, steps=5),
        ]
    )
    parts = (
        [
            area(
                "arm",
                limb(
                    [(s * wide * 0.7, 0.02), (s * (wide + 0.06), 0.04), (s * (wide + 0.12), rng.uniform(-0.1, 0.12))],
                    [0.14, 0.12, 0.07],
                ),
                "white",
            )
            for s in (-1, 1)
        ]
        if rng.random() < 0.6
        else []
    )
    parts.append(area("body", outline, "white", "light blue", "light purple", "light green", body=True))
    if rng.random() < 0.6:
        parts += [area("eye", ellipse(s * 0.1, -0.16, 0.045, 0.065), "black", fixed=True) for s in (-1, 1)]
    else:
        parts += eyes(rng, [(s * 0.1, -0.16) for s in (-1, 1)], 0.06)
    lines = []
    if rng.random() < 0.6:
        parts.append(area("mouth", ellipse(0, 0.0, 0.05, 0.07), "black", "red"))
    else:
        lines.append(smile(0, -0.05, 0.16, 0.7))
    if rng.random() < 0.4:
        parts += [area("cheek", ellipse(s * 0.18, -0.06, 0.04, 0.03), "pink") for s in (-1, 1)]
    if rng.random() < 0.25:
        parts.append(area("hat", polygon((-0.16, -0.38), (0.05, -0.66), (0.16, -0.38)), "black", "purple"))
        parts.append(area("brim", ellipse(0, -0.38, 0.26, 0.04), "black", "purple"))
    return in_square(rng, parts, lines, stands=False)


@kind("alien", group="person")
def alien(rng: np.random.Generator) -> Thing:
    """An alien with a large head, dark or many eyes, and feelers."""
    color, num = (
        pick(rng, ("green", "light green", "purple", "blue", "turquoise", "gray")),
        int(rng.choice([1, 2, 2, 3])),
    )
    parts = []
    if rng.random() < 0.7:
        for s in (-1, 1):
            parts.append(area("feeler", limb([(s * 0.08, -0.36), (s * 0.12, -0.48), (s * 0.17, -0.53)], 0.022), color))
            parts.append(area("bulb", ellipse(s * 0.18, -0.55, 0.035), "yellow", "red", "pink"))
    parts += [
        area("leg", limb([(s * 0.06, 0.25), (s * 0.07, 0.36), (s * 0.07, 0.45)], [0.09, 0.07, 0.06]), color)
        for s in (-1, 1)
    ]
    parts += [area("foot", ellipse(s * 0.095, 0.46, 0.08, 0.035), color) for s in (-1, 1)]
    parts += [
        area(
            "arm",
            limb([(s * 0.09, 0.06), (s * 0.2, 0.1), (s * 0.27, rng.uniform(-0.02, 0.22))], [0.07, 0.055, 0.05]),
            color,
        )
        for s in (-1, 1)
    ]
    suit = rng.random() < 0.5
    parts.append(
        area(
            "suit" if suit else "body",
            even([(0, 0.0), (0.09, 0.02), (0.14, 0.2), (0.1, 0.32), (0, 0.34)], x=0),
            *(("silver", "blue", "orange") if suit else (color,)),
            body=not suit,
        )
    )
    parts.append(area("head", even([(0, -0.4), (0.2, -0.34), (0.27, -0.17), (0.14, 0.02), (0, 0.07)], x=0), color))
    if num == 2 and rng.random() < 0.6:
        parts += [
            area("eye", ellipse(s * 0.115, -0.15, 0.06, 0.095, turn_deg=s * 25), "black", "dark green", "purple")
            for s in (-1, 1)
        ]
        parts += [dot(s * 0.115 + 0.02, -0.19, 0.016, "white") for s in (-1, 1)]
    else:
        for x in (np.arange(num) - (num - 1) / 2) * 0.14:
            parts += [
                area("eye", ellipse(x, -0.18, 0.095 if num == 1 else 0.065), "white", "yellow"),
                dot(x, -0.17, 0.04 if num == 1 else 0.028),
            ]
    return in_square(rng, parts, [smile(0, -0.04, 0.12, 0.6)])


@kind("monster", group="person")
def monster(rng: np.random.Generator) -> Thing:
    """A furry or smooth monster with horns, teeth and one to three eyes."""
    color = pick(rng, ("purple", "green", "blue", "orange", "pink", "turquoise", "red"))
    second = tuple(c for c in ("yellow", "orange", "pink", "light green", "light blue") if c != color)
    num, furry = int(rng.integers(1, 4)), rng.random() < 0.4
    parts = (
        [
            area(
                "horn",
                limb([(s * 0.16, -0.24), (s * 0.24, -0.36), (s * 0.22, -0.48)], [0.1, 0.07, 0.01]),
                "beige",
                "white",
                "yellow",
            )
            for s in (-1, 1)
        ]
        if rng.random() < 0.7
        else []
    )
    parts += [
        area(
            "arm",
            limb([(s * 0.26, 0.05), (s * 0.38, 0.08), (s * 0.42, rng.uniform(-0.12, 0.2))], [0.1, 0.09, 0.09]),
            color,
        )
        for s in (-1, 1)
    ]
    parts += [area("foot", ellipse(s * 0.14, 0.43, 0.11, 0.055), color, *second) for s in (-1, 1)]
    if furry:
        angle = np.linspace(0, 2 * np.pi, 44, endpoint=False)
        out = np.where(np.arange(44) % 2 == 0, 1.0, 0.9)
        outline = np.stack([0.32 * out * np.cos(angle), 0.04 + 0.37 * out * np.sin(angle)], 1)
    else:
        outline = even([(0, -0.34), (0.2, -0.3), (0.29, -0.08), (0.3, 0.25), (0.2, 0.41), (0, 0.43)], x=0)
    parts.append(area("body", outline, color, body=True))
    if rng.random() < 0.5:
        parts.append(area("belly", ellipse(0, 0.25, 0.15, 0.12), *second))
    else:
        parts += [
            area("spot", ellipse(x, y, r), *second)
            for x, y, r in ((-0.18, 0.25, 0.04), (0.16, 0.28, 0.05), (0.05, 0.33, 0.03))
        ]
    size = (0, 0.12, 0.085, 0.065)[num]
    for index, x in enumerate((np.arange(num) - (num - 1) / 2) * size * 2.1):
        y = -0.14 - (0.05 if num == 3 and index == 1 else 0)
        parts += [area("eye", ellipse(x, y, size), "white", "yellow"), dot(x, y + 0.01, size * 0.45)]
    parts.append(
        area(
            "mouth",
            np.concatenate([arc(0, 0.03, 0.17, 0.13, 0, 180), arc(0, 0.03, 0.17, 0.02, 180, 0)[1:-1]]),
            "dark red",
            "black",
            "red",
        )
    )
    parts += [
        area("tooth", polygon((x - 0.03, 0.045), (x + 0.03, 0.045), (x, 0.095)), "white", fixed=True)
        for x in (-0.09, 0.09)
    ]
    return in_square(rng, parts)
