"""Cookies and candy.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, in_square
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth


@kind("cookie", "biscuit", group="food")
def cookie(rng: np.random.Generator) -> Thing:
    """A round cookie with chips; a bite out of it now and then."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = 0.43 + rng.uniform(-0.012, 0.012, 40)
    outline = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    bitten = rng.random() < 0.4
    if bitten:
        around, inward = np.deg2rad(np.linspace(-23, 248, 32)), np.deg2rad(np.linspace(202, 68, 25))
        teeth = 0.165 + 0.022 * np.abs(np.sin(np.linspace(0, 3 * np.pi, 25)))
        kept = 0.43 * np.stack([np.cos(around), np.sin(around)], 1)
        # the kept edge ends beside the bite, which runs back to its start
        bite = np.stack([0.33 + teeth * np.cos(inward), -0.33 + teeth * np.sin(inward)], 1)
        outline = np.concatenate([kept[1:-1], bite])
    parts = [area("dough", outline, "light brown", "orange", "beige", body=True)]
    places = (
        (-0.2, -0.2),
        (0.02, -0.28),
        (-0.28, 0.05),
        (0.0, 0.0),
        (0.25, 0.1),
        (-0.12, 0.25),
        (0.14, 0.28),
        (0.12, -0.1),
        (-0.12, -0.02),
    )
    parts += [
        area(
            "chip",
            smooth(
                np.float32([x, y])
                + rng.uniform(0.03, 0.05, (5, 1))
                * np.stack([np.cos(np.arange(5) * 1.257), np.sin(np.arange(5) * 1.257)], 1),
                steps=4,
            ),
            "brown",
            "dark brown",
            "black",
        )
        for x, y in places[: int(rng.integers(6, 10))]
    ]
    return in_square(rng, parts, says=("bitten",) if bitten else (), stands=False)


@kind("candy", "sweet", "lollipop", group="food", stands=False)
def candy(rng: np.random.Generator) -> Thing:
    """A wrapped candy or a lollipop with a swirl."""
    colors = tuple(rng.permutation(["red", "pink", "yellow", "blue", "green", "purple", "orange"]))
    if rng.random() < 0.5:
        parts = [
            area("stick", box(-0.02, 0.05, 0.02, 0.5), "white", "beige"),
            area("candy", ellipse(0, -0.18, 0.26), *colors, body=True),
        ]
        t = np.linspace(0.3, 1, 60)
        swirl = np.stack([0.25 * t * np.cos(t * 15), -0.18 + 0.25 * t * np.sin(t * 15)], 1).astype(np.float32)
        if rng.random() < 0.5:
            for s in (-1, 1):
                parts.append(
                    area("bow", smooth([(0, 0.14), (s * 0.13, 0.06), (s * 0.14, 0.2)], steps=5), *colors[::-1])
                )
        return in_square(rng, parts, [swirl], ("lollipop",), stands=False)
    parts = [
        area(
            "wrapper",
            polygon(
                (s * 0.2, -0.02),
                (s * 0.42, -0.16),
                (s * 0.38, -0.06),
                (s * 0.45, 0.0),
                (s * 0.38, 0.06),
                (s * 0.42, 0.16),
                (s * 0.2, 0.02),
            ),
            *colors,
        )
        for s in (-1, 1)
    ]
    parts.append(area("candy", ellipse(0, 0, 0.24, 0.19), *colors, body=True))
    parts += (
        [
            area(
                "stripe",
                smooth(
                    [
                        (x - 0.03, -0.17),
                        (x + 0.03, -0.17),
                        (x + 0.06, 0),
                        (x + 0.02, 0.16),
                        (x - 0.04, 0.16),
                        (x - 0.0, 0),
                    ],
                    steps=5,
                ),
                "white",
                "yellow",
            )
            for x in (-0.1, 0.06)
        ]
        if rng.random() < 0.7
        else []
    )
    return in_square(rng, parts, stands=False)
