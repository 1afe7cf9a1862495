"""What lives at the bottom of the sea or drifts in it.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import (
    BRIGHT,
    Coat,
    area,
    cloud,
    dot,
    even,
    eyes,
    in_square,
    limb,
    smile,
    star,
)
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth


@kind("octopus", group="animal", stands=False)
def octopus(rng: np.random.Generator) -> Thing:
    """An octopus with a round head and six to eight arms."""
    coat, num, parts, lines = (
        Coat(rng, "purple", "pink", "orange", "red", "blue", "green"),
        int(rng.integers(5, 8)),
        [],
        [],
    )
    for place in sorted(np.linspace(-1, 1, num), key=lambda value: -abs(value)):
        curl, out = rng.choice([-1, 1]), place * 0.42
        if abs(place) > 0.3:
            curl = np.sign(place)
        arm = [
            (place * 0.16, 0.05),
            (place * 0.26, 0.2),
            (out * 0.85, 0.34),
            (out + curl * 0.06, 0.38),
            (out + curl * 0.1, 0.3),
        ]
        parts.append(coat("arm", limb(arm, [0.11, 0.09, 0.075, 0.055, 0.03]), 0.3))
    parts.append(
        coat("head", even([(0, -0.42), (0.18, -0.38), (0.27, -0.2), (0.2, 0.0), (0.2, 0.1), (0, 0.15)], x=0), 0.0)
    )
    if rng.random() < 0.4:
        parts += [
            area("spot", ellipse(x, y, s), *(c for c in ("light pink", "yellow", "white")))
            for x, y, s in ((-0.12, -0.3, 0.035), (0.02, -0.35, 0.025), (0.14, -0.27, 0.03))
        ]
    parts += eyes(rng, [(s * 0.09, -0.1) for s in (-1, 1)], rng.uniform(0.045, 0.06))
    return in_square(rng, parts, [*lines, smile(0, 0.0, 0.12, 0.7)], stands=False, joins=0.5)


@kind("crab", group="animal")
def crab(rng: np.random.Generator) -> Thing:
    """A crab from the front with two claws."""
    coat, parts = Coat(rng, "red", "orange", "blue", "purple"), []
    for s in (-1, 1):
        for y, out, low in ((0.08, 0.46, 0.2), (0.13, 0.42, 0.29), (0.17, 0.34, 0.34)):
            parts.append(
                coat(
                    "leg", limb([(s * 0.2, y), (s * (out - 0.08), y - 0.02), (s * out, low)], [0.05, 0.045, 0.015]), 0.3
                )
            )
        parts.append(coat("arm", limb([(s * 0.24, 0.02), (s * 0.36, -0.03), (s * 0.36, -0.14)], 0.055), 0.0))
        x, y, turn = s * 0.37, -0.22, np.deg2rad(-90 - s * rng.uniform(-5, 25))
        around = np.linspace(0.5, 2 * np.pi - 0.5, 18) + turn
        claw = np.stack([x + 0.12 * np.cos(around), y + 0.13 * np.sin(around)], 1)
        parts.append(coat("claw", np.concatenate([claw, [[x - 0.02 * np.cos(turn), y - 0.02 * np.sin(turn)]]]), 0.6))
        parts.append(coat("stalk", limb([(s * 0.09, -0.05), (s * 0.09, -0.12), (s * 0.1, -0.18)], 0.03), 0.0))
    parts.append(coat("body", even([(0, -0.09), (0.18, -0.08), (0.3, 0.04), (0.22, 0.2), (0, 0.24)], x=0)))
    parts += [area("eye", ellipse(s * 0.1, -0.2, 0.05), "white") for s in (-1, 1)] + [
        dot(s * 0.095, -0.2, 0.024) for s in (-1, 1)
    ]
    return in_square(rng, parts, [smile(0, 0.05, 0.18, 0.5)], joins=0.4)


@kind("starfish", "sea star", group="animal", stands=False)
def starfish(rng: np.random.Generator) -> Thing:
    """A five-armed starfish, with a face or with dots."""
    turn, inner = rng.uniform(-15, 15), rng.uniform(0.17, 0.22)
    outline = smooth(star(0, 0, 0.45, inner, 5, turn), steps=6)
    parts = [area("body", outline, "orange", "red", "pink", "yellow", "purple", body=True)]
    for index in range(5):
        a = np.deg2rad(index * 72 - 90 + turn)
        parts += [
            area("spot", ellipse(np.cos(a) * r, np.sin(a) * r, size, num_points=16), "light yellow", "white", "red")
            for r, size in ((0.22, 0.028), (0.31, 0.02))
        ]
    if rng.random() < 0.6:
        parts += eyes(rng, [(s * 0.07, -0.04) for s in (-1, 1)], 0.035)
        return in_square(rng, parts, [smile(0, 0.03, 0.12, 0.7)], stands=False)
    parts.append(area("spot", ellipse(0, 0, 0.04), "light yellow", "white", "red"))
    return in_square(rng, parts, stands=False)


@kind("jellyfish", group="animal", stands=False)
def jellyfish(rng: np.random.Generator) -> Thing:
    """A jellyfish: a dome with wavy tentacles."""
    color, parts, num = (
        str(rng.choice(["pink", "purple", "light blue", "turquoise", "orange"])),
        [],
        int(rng.integers(4, 7)),
    )
    for x in np.linspace(-0.22, 0.22, num):
        wave, length = rng.choice([-1, 1]) * 0.035, rng.uniform(0.3, 0.45)
        points = [
            (x, -0.05),
            (x + wave, -0.05 + length / 3),
            (x - wave, -0.05 + length * 2 / 3),
            (x + wave, -0.05 + length),
        ]
        parts.append(
            area(
                "tentacle",
                limb(points, [0.05, 0.045, 0.035, 0.015]),
                "light pink",
                "light purple",
                "light blue",
                "white",
            )
        )
    scallop = [(x, 0.0 if i % 2 == 0 else -0.05) for i, x in enumerate(np.linspace(0.32, -0.32, 9))]
    parts.append(
        area(
            "bell",
            np.concatenate(
                [arc(0, 0, 0.32, rng.uniform(0.32, 0.4), 180, 360), smooth(scallop, closed=False, steps=4)[1:-1]]
            ),
            color,
            body=True,
        )
    )
    if rng.random() < 0.4:
        parts += [
            area("spot", ellipse(x, y, 0.03), "white", "light yellow")
            for x, y in ((-0.16, -0.2), (0.0, -0.26), (0.16, -0.2))
        ]
    lines = []
    if rng.random() < 0.6:
        parts += eyes(rng, [(s * 0.1, -0.12) for s in (-1, 1)], 0.035)
        lines.append(smile(0, -0.09, 0.1, 0.7))
    return in_square(rng, parts, lines, stands=False)


@kind("seahorse", group="animal", stands=False)
def seahorse(rng: np.random.Generator) -> Thing:
    """A seahorse with a curled tail."""
    coat = Coat(rng, "orange", "yellow", "purple", "pink", "turquoise", "green")
    parts = [
        area(
            "fin",
            smooth([(-0.08, -0.12), (-0.2, -0.2), (-0.25, -0.08), (-0.2, 0.04), (-0.08, 0.04)]),
            *(c for c in BRIGHT if c != coat.color),
        )
    ]
    parts.append(
        coat(
            "body",
            limb(
                [
                    (0.03, -0.3),
                    (-0.03, -0.15),
                    (0.05, 0.05),
                    (0.0, 0.25),
                    (-0.12, 0.38),
                    (-0.02, 0.48),
                    (0.09, 0.42),
                    (0.04, 0.36),
                ],
                [0.15, 0.17, 0.25, 0.15, 0.09, 0.065, 0.05, 0.03],
            ),
        )
    )
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (-0.05, -0.36),
                    (0.05, -0.44),
                    (0.14, -0.38),
                    (0.28, -0.33),
                    (0.29, -0.27),
                    (0.15, -0.27),
                    (0.05, -0.22),
                    (-0.05, -0.27),
                ]
            ),
            0.0,
        )
    )
    parts.append(coat("crest", polygon((-0.06, -0.33), (-0.07, -0.44), (0.0, -0.41), (0.03, -0.5), (0.08, -0.41)), 0.5))
    parts.append(
        area("belly", limb([(0.06, -0.12), (0.12, 0.03), (0.06, 0.18)], [0.06, 0.1, 0.04]), "light yellow", "white")
    )
    parts += eyes(rng, [(0.08, -0.34)], 0.03)
    return in_square(
        rng,
        parts,
        [
            smooth([(x, y), (x + 0.05, y + 0.02), (x + 0.1, y)], closed=False, steps=4)
            for x, y in ((-0.06, -0.05), (-0.05, 0.05), (-0.05, 0.14))
        ],
        stands=False,
        joins=0.7,
    )


@kind("coral", group="nature")
def coral(rng: np.random.Generator) -> Thing:
    """A branched coral on a stone."""
    parts, color = [], ("pink", "red", "orange", "purple")
    for x, y, base in ((-0.3, -0.15, 0.25), (0.32, -0.2, 0.2), (-0.12, -0.4, 0.0), (0.12, -0.36, 0.05)):
        parts.append(
            area(
                "branch",
                limb(
                    [(x * 0.1, base + 0.1), (x * 0.75, base - 0.05), (x + rng.uniform(-0.04, 0.04), y)],
                    [0.1, 0.085, 0.075],
                ),
                *color,
                body=True,
            )
        )
    parts.append(area("branch", limb([(0, 0.42), (0, 0.2), (0, -0.05)], [0.15, 0.12, 0.08]), *color, body=True))
    parts.append(area("stone", cloud(rng, 0, 0.45, 0.3, 0.09, 6), "gray", "brown", "beige"))
    return in_square(rng, parts, joins=0.8)
