"""Birds that are seen in a zoo.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import (
    Coat,
    area,
    cloud,
    dot,
    even,
    eyes,
    in_square,
    limb,
    loosely,
    petal,
    smile,
)
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth


@kind("penguin", group="animal")
def penguin(rng: np.random.Generator) -> Thing:
    """A penguin from the front; a scarf or a hat now and then."""
    coat, wide = Coat(rng, "black", "dark blue", "dark gray", "blue"), rng.uniform(0.24, 0.29)
    lift = rng.uniform(0, 60)
    parts = [area("foot", ellipse(s * 0.12, 0.45, 0.1, 0.04), "orange", "yellow") for s in (-1, 1)]
    parts += [coat("wing", petal(s * wide * 0.75, -0.05, 0.34, 0.13, s * (165 - lift)), 0.5) for s in (-1, 1)]
    parts.append(
        coat("body", even([(0, -0.44), (0.15, -0.39), (0.2, -0.22), (wide, 0.1), (wide * 0.85, 0.36), (0, 0.45)], x=0))
    )
    face = [
        (0, -0.26),
        (0.07, -0.33),
        (0.14, -0.27),
        (0.12, -0.15),
        (wide * 0.72, 0.08),
        (wide * 0.62, 0.33),
        (0, 0.41),
    ]
    parts.append(area("belly", even(face, x=0), "white"))
    parts += eyes(rng, [(s * 0.065, -0.24) for s in (-1, 1)], 0.03)
    parts.append(area("beak", polygon((-0.05, -0.2), (0.05, -0.2), (0, -0.13)), "orange", "yellow"))
    if rng.random() < 0.35:
        parts.append(
            area(
                "scarf",
                limb([(0.1, -0.06), (0.14, 0.06), (0.13, 0.18)], 0.075, round_end=False),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(area("scarf", box(-0.21, -0.13, 0.21, -0.05, radius=0.04), "red", "blue", "green"))
    if rng.random() < 0.25:
        parts.append(
            area("hat", even([(0, -0.58), (0.1, -0.52), (0.15, -0.37), (0, -0.35)], x=0), "red", "blue", "green")
        )
        parts.append(area("pompom", cloud(rng, 0, -0.58, 0.05, 0.05, 6), "white", "yellow"))
    return in_square(rng, parts, joins=0.4)


@kind("flamingo", group="animal")
def flamingo(rng: np.random.Generator) -> Thing:
    """A flamingo on one or two long legs."""
    coat, one = Coat(rng, "pink", "light pink", "light red"), rng.random() < 0.5
    parts = [
        area("leg", limb([(0, 0.05), (0.01, 0.25), (0.0, 0.46)], 0.026), "pink", "gray", "orange"),
        area("foot", polygon((-0.015, 0.44), (0.09, 0.47), (-0.02, 0.47)), "pink", "gray"),
    ]
    bent = [(-0.08, 0.05), (-0.14, 0.22), (-0.01, 0.26)] if one else [(-0.08, 0.05), (-0.09, 0.25), (-0.09, 0.46)]
    parts.insert(0, area("leg", limb(bent, 0.026), "pink", "gray", "orange"))
    parts.append(
        area(
            "beak",
            smooth([(0.23, -0.5), (0.33, -0.46), (0.34, -0.37), (0.29, -0.36), (0.27, -0.42), (0.2, -0.44)]),
            "black",
            "orange",
            "gray",
        )
    )
    parts.append(
        coat(
            "neck",
            limb(
                [(0.08, 0.0), (0.22, -0.07), (0.2, -0.2), (0.07, -0.3), (0.09, -0.46), (0.18, -0.48)],
                [0.09, 0.075, 0.065, 0.06, 0.06, 0.08],
            ),
            0.0,
        )
    )
    parts.append(
        coat(
            "body",
            loosely(
                rng, [(0.16, 0.0), (0.05, -0.1), (-0.15, -0.08), (-0.34, 0.08), (-0.12, 0.12), (0.06, 0.12)], 0.008
            ),
        )
    )
    parts.append(
        coat(
            "wing",
            smooth([(0.06, -0.02), (-0.06, -0.06), (-0.22, 0.01), (-0.3, 0.08), (-0.1, 0.08), (0.02, 0.06)]),
            0.6,
        )
    )
    parts += [dot(0.2, -0.49, 0.016)]
    return in_square(rng, parts, [smile(-0.06, 0.01, 0.1, 0.4)], joins=0.7)
