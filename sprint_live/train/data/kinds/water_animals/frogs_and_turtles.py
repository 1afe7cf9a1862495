"""Frogs and turtles.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, smile, star
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth


@kind("turtle", "tortoise", group="animal")
def turtle(rng: np.random.Generator) -> Thing:
    """A turtle from the side with a domed shell, or a sea turtle from above."""
    coat = Coat(rng, "green", "light green", "light brown", "beige")
    shell = tuple(color for color in ("brown", "dark green", "green", "orange") if color != coat.color)
    if rng.random() < 0.3:
        parts = [
            coat("tail", polygon((-0.03, 0.3), (0.03, 0.3), (0, 0.42)), 0.4),
            coat("head", ellipse(0, -0.36, 0.09, 0.12), 0.5),
        ]
        parts += [
            coat("leg", limb([(s * 0.18, -0.15), (s * 0.34, -0.22), (s * 0.44, -0.08)], [0.12, 0.13, 0.04]), 0.5)
            for s in (-1, 1)
        ]
        parts += [
            coat("leg", limb([(s * 0.15, 0.18), (s * 0.26, 0.28), (s * 0.28, 0.38)], [0.1, 0.1, 0.05]), 0.5)
            for s in (-1, 1)
        ]
        parts.append(area("shell", ellipse(0, 0.02, 0.26, 0.31), *shell))
        parts += [
            area("spot", star(x, y, r, r * 0.87, 3, 30), "light green", "yellow", "green")
            for x, y, r in (
                (0, 0.02, 0.1),
                (0, -0.17, 0.07),
                (0, 0.21, 0.07),
                (-0.15, -0.08, 0.065),
                (0.15, -0.08, 0.065),
                (-0.15, 0.12, 0.065),
                (0.15, 0.12, 0.065),
            )
        ]
        parts += [dot(s * 0.045, -0.41, 0.018) for s in (-1, 1)]
        return in_square(rng, parts, says=("from above",), stands=False)
    parts = [coat("tail", polygon((-0.32, 0.12), (-0.46, 0.2), (-0.3, 0.2)), 0.4)]
    parts += [
        coat("leg", limb([(x, 0.12), (x + 0.01, 0.22), (x + 0.02, 0.3)], [0.12, 0.11, 0.11], round_end=False), 0.5)
        for x in (-0.22, 0.17)
    ]
    parts += [
        coat("neck", limb([(0.22, 0.14), (0.34, 0.1), (0.4, 0.0)], [0.12, 0.11, 0.1]), 0.0),
        coat("head", ellipse(0.43, -0.04, 0.11, 0.095), 0.4),
    ]
    dome = np.concatenate(
        [arc(0, 0.14, 0.34, rng.uniform(0.32, 0.4), 180, 360), arc(0, 0.14, 0.34, 0.05, 0, 180)[1:-1]]
    )
    parts.append(area("shell", dome, *shell))
    places = ((0.0, -0.06, 0.085), (-0.17, 0.03, 0.07), (0.17, 0.03, 0.07))
    parts += (
        [area("spot", star(x, y, r, r * 0.87, 3, 30), "light green", "yellow", "light brown") for x, y, r in places]
        if rng.random() < 0.6
        else []
    )
    if rng.random() < 0.5:
        parts.append(area("rim", limb([(-0.34, 0.15), (0, 0.2), (0.34, 0.15)], 0.06), "beige", "light brown", "yellow"))
    parts += eyes(rng, [(0.46, -0.07)], 0.026)
    return in_square(rng, parts, [arc(0.48, -0.02, 0.05, 0.03, 40, 150, num_points=8)], ("side view",), joins=0.6)


@kind("frog", "toad", group="animal")
def frog(rng: np.random.Generator) -> Thing:
    """A frog from the front with eyes on top, on a lily pad or with a crown now and then."""
    coat, parts = Coat(rng, "green", "light green", "dark green", "yellow", "blue"), []
    pad = rng.random() < 0.3
    if pad:
        parts.append(
            area("lily pad", ellipse(0, 0.4, 0.48, 0.09), *(c for c in ("green", "dark green") if c != coat.color))
        )
    for s in (-1, 1):
        parts.append(coat("leg", ellipse(s * 0.27, 0.26, 0.13, 0.14, turn_deg=s * 20), 0.3))
        parts.append(
            coat(
                "foot",
                smooth([(s * 0.22, 0.36), (s * 0.36, 0.36), (s * 0.44, 0.41), (s * 0.3, 0.42), (s * 0.18, 0.41)]),
                0.3,
            )
        )
    parts.append(coat("body", even([(0, 0.0), (0.18, 0.05), (0.25, 0.25), (0.18, 0.39), (0, 0.41)], x=0)))
    if rng.random() < 0.7:
        parts.append(area("belly", ellipse(0, 0.25, 0.15, 0.14), "light green", "light yellow", "white"))
    for s in (-1, 1):
        parts.append(coat("hand", ellipse(s * 0.12, 0.4, 0.075, 0.03), 0.2))
        parts.append(coat("lid", ellipse(s * 0.16, -0.26, 0.11), 0.0))
    parts.append(coat("head", ellipse(0, -0.1, 0.32, 0.19), 0.0))
    parts += [area("eye", ellipse(s * 0.16, -0.26, 0.075), "white", "yellow") for s in (-1, 1)] + [
        dot(s * 0.16, -0.26, 0.035) for s in (-1, 1)
    ]
    if rng.random() < 0.3:
        parts += [dot(s * 0.23, -0.06, 0.04, "pink", "cheek") for s in (-1, 1)]
    lines = [
        smile(0, -0.1, 0.36, 0.55),
        *(np.float32([(s * 0.025, -0.15), (s * 0.025, -0.14)]) for s in (-1, 1)),
        *(np.float32([(s * 0.09, 0.22), (s * 0.1, 0.37)]) for s in (-1, 1)),
    ]
    if rng.random() < 0.25:
        parts.append(
            area(
                "crown",
                polygon(
                    (-0.1, -0.28),
                    (-0.13, -0.44),
                    (-0.06, -0.36),
                    (0, -0.47),
                    (0.06, -0.36),
                    (0.13, -0.44),
                    (0.1, -0.28),
                ),
                "gold",
                "yellow",
            )
        )
    return in_square(rng, parts, lines, ("on a lily pad",) if pad else (), joins=0.6)
