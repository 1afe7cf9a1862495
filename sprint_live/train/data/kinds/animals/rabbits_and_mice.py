"""Rabbits, mice and hamsters.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, loosely, smile, whiskers
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon
from sprint_live.train.data.kinds.animals._bodies import round_ears


@kind("rabbit", "bunny", "hare", group="animal")
def rabbit(rng: np.random.Generator) -> Thing:
    """A rabbit from the front with long ears, or from the side with a round tail."""
    coat, inner = Coat(rng, "white", "gray", "brown", "beige", "light brown"), ("pink", "light pink")
    if rng.random() < 0.35:
        parts = [
            coat("ear", limb([(0.24, -0.2), (x - 0.03, -0.36), (x - 0.08, -0.5)], [0.06, 0.1, 0.05]), 0.5)
            for x in (0.26, 0.2)
        ]
        parts.append(area("tail", ellipse(-0.34, 0.12, 0.08), "white", "beige"))
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    [
                        (-0.34, 0.2),
                        (-0.3, -0.04),
                        (-0.08, -0.15),
                        (0.14, -0.06),
                        (0.2, 0.12),
                        (0.16, 0.26),
                        (-0.2, 0.27),
                    ],
                ),
            )
        )
        parts += [
            coat("leg", ellipse(-0.17, 0.17, 0.12, 0.1), 0.3),
            coat("leg", ellipse(-0.12, 0.27, 0.14, 0.04), 0.3),
            coat("leg", limb([(0.12, 0.1), (0.17, 0.2), (0.18, 0.28)], 0.075), 0.3),
        ]
        parts.append(coat("head", ellipse(0.25, -0.12, 0.14, 0.115, turn_deg=10), 0.15))
        parts += [
            *eyes(rng, [(0.28, -0.15)], 0.025, coat.color),
            area("nose", ellipse(0.385, -0.1, 0.02), "pink", "black"),
        ]
        lines = [np.float32([(0.34, -0.08 + d), (0.46, -0.09 + 3 * d)]) for d in (0, 0.015)]
        return in_square(rng, parts, lines, ("side view",), joins=0.5)
    parts, lean = [], rng.uniform(3, 14)
    for s in (-1, 1):
        a = np.deg2rad(lean) * s
        tip = (s * 0.09 + np.sin(a) * 0.36, -0.32 - np.cos(a) * 0.32)
        half = ((s * 0.09 + tip[0]) / 2, (-0.32 + tip[1]) / 2)
        parts.append(coat("", limb([(s * 0.08, -0.3), half, tip], [0.09, 0.13, 0.08]), 0.0))
        parts.append(
            area("ear", limb([(s * 0.083, -0.38), half, (tip[0], tip[1] + 0.02)], [0.04, 0.065, 0.035]), *inner)
        )
    if rng.random() < 0.5:
        parts.append(area("tail", ellipse(0.2, 0.36, 0.07), "white", "beige"))
    parts.append(coat("body", even([(0, -0.1), (0.13, -0.04), (0.22, 0.2), (0.2, 0.4), (0, 0.45)], x=0)))
    if rng.random() < 0.6:
        parts.append(area("belly", ellipse(0, 0.2, 0.12, 0.16), "white", "beige", "light pink"))
    parts += [coat("paw", ellipse(s * 0.13, 0.43, 0.1, 0.045), 0.4) for s in (-1, 1)]
    if rng.random() < 0.4:
        parts.append(area("carrot", limb([(-0.02, 0.05), (0.05, 0.17), (0.1, 0.3)], [0.09, 0.07, 0.015]), "orange"))
        parts.append(area("stalk", limb([(-0.02, 0.05), (-0.05, 0.0), (-0.1, -0.03)], [0.03, 0.04, 0.02]), "green"))
    parts += [coat("arm", limb([(s * 0.14, 0.05), (s * 0.13, 0.13), (s * 0.06, 0.17)], 0.07), 0.2) for s in (-1, 1)]
    parts.append(coat("head", ellipse(0, -0.2, 0.2, 0.175), 0.15))
    parts += eyes(rng, [(s * 0.085, -0.23) for s in (-1, 1)], 0.035, coat.color)
    parts += [
        area("tooth", polygon((-0.025, -0.12), (0.025, -0.12), (0.025, -0.075), (-0.025, -0.075)), "white", fixed=True)
    ]
    parts.append(area("nose", polygon((-0.03, -0.17), (0.03, -0.17), (0, -0.14)), "pink", "black"))
    lines = [
        arc(s * 0.035, -0.135, 0.035, 0.03, 180 if s > 0 else 0, 20 if s > 0 else 160, num_points=8) for s in (-1, 1)
    ]
    return in_square(rng, parts, lines + whiskers(0, -0.14, 0.09, 0.12, 2), joins=0.5)


@kind("mouse", "rat", group="animal")
def mouse(rng: np.random.Generator) -> Thing:
    """A mouse from the side, like a drop, or from the front with big ears."""
    coat = Coat(rng, "gray", "white", "brown", "light gray")
    if rng.random() < 0.55:
        tail = limb(
            [(-0.3, 0.14), (-0.44, 0.1), (-0.5, -0.02), (-0.6, -0.06 + rng.uniform(-0.1, 0.1))],
            [0.035, 0.03, 0.028, 0.012],
        )
        parts = [area("tail", tail, "pink", "gray"), *round_ears(coat, [(0.2, -0.19)], 0.1, ("pink",))]
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    [
                        (-0.34, 0.17),
                        (-0.32, -0.03),
                        (-0.14, -0.19),
                        (0.12, -0.17),
                        (0.34, -0.02),
                        (0.48, 0.11),
                        (0.4, 0.18),
                        (0, 0.21),
                    ],
                ),
            )
        )
        parts += round_ears(coat, [(0.09, -0.19)], 0.12, ("pink",))
        parts += [area("paw", ellipse(x, 0.215, 0.06, 0.028), "pink", coat.color) for x in (-0.2, 0.2)]
        parts += [
            *eyes(rng, [(0.27, -0.0)], 0.035, coat.color),
            area("nose", ellipse(0.48, 0.1, 0.035), "pink", "black"),
        ]
        return in_square(
            rng,
            parts,
            [np.float32([(0.4, 0.1), (0.42 + dx, dy)]) for dx, dy in ((0.14, 0.02), (0.16, 0.13), (0.1, -0.03))],
            ("side view",),
        )
    parts = [
        area(
            "tail",
            limb([(0.12, 0.38), (0.32, 0.4), (0.34, 0.25), (0.46, 0.2)], [0.035, 0.03, 0.028, 0.015]),
            "pink",
            "gray",
        )
    ]
    parts.append(coat("body", even([(0, -0.05), (0.12, 0.05), (0.2, 0.28), (0.14, 0.43), (0, 0.45)], x=0)))
    if rng.random() < 0.6:
        parts.append(area("belly", ellipse(0, 0.25, 0.11, 0.15), "white", "beige", "pink"))
    parts += [area("paw", ellipse(s * 0.1, 0.44, 0.08, 0.035), "pink", coat.color) for s in (-1, 1)]
    parts += [coat("arm", limb([(s * 0.13, 0.08), (s * 0.17, 0.17), (s * 0.07, 0.2)], 0.06), 0.2) for s in (-1, 1)]
    parts += round_ears(coat, [(s * 0.2, -0.3) for s in (-1, 1)], rng.uniform(0.12, 0.15), ("pink", "light pink"))
    parts.append(coat("head", even([(0, -0.34), (0.17, -0.28), (0.19, -0.13), (0.08, 0.0), (0, 0.02)], x=0), 0.15))
    parts += [
        *eyes(rng, [(s * 0.075, -0.17) for s in (-1, 1)], 0.035, coat.color),
        area("nose", ellipse(0, -0.04, 0.03, 0.025), "pink", "black"),
    ]
    return in_square(rng, parts, whiskers(0, -0.04, 0.06, 0.14, 2), joins=0.5)


@kind("hamster", "guinea pig", group="animal")
def hamster(rng: np.random.Generator) -> Thing:
    """A round hamster from the front."""
    coat = Coat(rng, "orange", "light brown", "beige", "gray", "white")
    parts = round_ears(coat, [(s * 0.24, -0.33) for s in (-1, 1)], 0.09, ("pink",))
    parts.append(
        coat("body", even([(0, -0.4), (0.25, -0.32), (0.36, -0.05), (0.4, 0.22), (0.26, 0.4), (0, 0.42)], x=0))
    )
    parts.append(
        area("belly", even([(0, -0.08), (0.16, -0.12), (0.26, 0.02), (0.25, 0.25), (0, 0.36)], x=0), "white", "beige")
    )
    parts += [area("paw", ellipse(s * 0.18, 0.42, 0.09, 0.04), "pink") for s in (-1, 1)]
    if rng.random() < 0.5:
        parts.append(area("seed", ellipse(0, 0.17, 0.05, 0.08), "brown", "yellow"))
    parts += [coat("arm", limb([(s * 0.27, 0.06), (s * 0.2, 0.15), (s * 0.07, 0.16)], 0.08), 0.2) for s in (-1, 1)]
    parts += eyes(rng, [(s * 0.15, -0.17) for s in (-1, 1)], 0.045, coat.color)
    if rng.random() < 0.6:
        parts += [dot(s * 0.25, -0.06, 0.05, "pink", "cheek") for s in (-1, 1)]
    parts.append(area("nose", ellipse(0, -0.12, 0.03, 0.022), "pink", "black"))
    return in_square(rng, parts, [smile(0, -0.12, 0.12, 0.9)])
