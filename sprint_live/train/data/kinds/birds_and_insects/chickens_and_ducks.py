"""Birds of a farm.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.birds_and_insects._legs import thin_legs


@kind("chicken", "hen", "rooster", group="animal")
def chicken(rng: np.random.Generator) -> Thing:
    """A hen or a rooster from the side, with comb and wattle."""
    coat, rooster = Coat(rng, "white", "brown", "orange", "beige", "black"), rng.random() < 0.4
    parts = thin_legs((-0.06, 0.08), 0.15, 0.42)
    if rooster:
        for x, y in ((-0.5, -0.02), (-0.47, -0.16), (-0.38, -0.26)):
            tail = limb([(-0.16, 0.02), ((x - 0.16) / 2 - 0.02, y / 2 - 0.12), (x, y)], [0.1, 0.11, 0.05])
            parts.append(area("tail", tail, "green", "black", "red"))
    else:
        parts.append(
            coat(
                "tail",
                smooth([(-0.15, -0.02), (-0.32, -0.22), (-0.36, -0.1), (-0.42, -0.07), (-0.37, 0.03), (-0.25, 0.12)]),
                0.5,
            )
        )
    parts += [area("comb", ellipse(x, y, 0.042), "red") for x, y in ((0.14, -0.32), (0.2, -0.36), (0.26, -0.33))]
    parts.append(area("wattle", ellipse(0.3, -0.13, 0.03, 0.05), "red"))
    parts.append(area("beak", polygon((0.28, -0.28), (0.4, -0.22), (0.28, -0.18)), "yellow", "orange"))
    shape = [
        (0.1, -0.3),
        (0.2, -0.33),
        (0.3, -0.26),
        (0.28, -0.13),
        (0.32, 0.02),
        (0.25, 0.17),
        (0.05, 0.24),
        (-0.18, 0.2),
        (-0.3, 0.05),
        (-0.28, -0.06),
        (-0.1, -0.02),
        (0.05, -0.12),
    ]
    parts.append(coat("body", loosely(rng, shape, 0.008)))
    wing = [(0.1, 0.0), (-0.06, -0.03), (-0.2, 0.02), (-0.16, 0.08), (-0.11, 0.1), (-0.06, 0.15), (0.06, 0.13)]
    parts.append(
        area("wing", smooth(wing), *(color for color in ("brown", "white", "orange", "beige") if color != coat.color))
    )
    parts += eyes(rng, [(0.22, -0.24)], 0.028, coat.color)
    return in_square(rng, parts, says=("rooster",) if rooster else ())


@kind("chick", "baby chicken", group="animal")
def chick(rng: np.random.Generator) -> Thing:
    """A round yellow chick from the front or the side, in half an egg now and then."""
    coat, hatching = Coat(rng, "yellow", "light yellow"), rng.random() < 0.35
    parts = [] if hatching else thin_legs((-0.09, 0.09), 0.22, 0.42)
    parts += [coat("wing", petal(s * 0.24, 0.0, 0.2, 0.13, s * rng.uniform(110, 140)), 0.6) for s in (-1, 1)]
    parts.append(coat("tuft", smooth([(-0.04, -0.26), (-0.07, -0.4), (0, -0.34), (0.05, -0.42), (0.05, -0.26)]), 0.3))
    parts.append(
        coat("body", even([(0, -0.3), (0.17, -0.24), (0.24, -0.06), (0.29, 0.12), (0.18, 0.27), (0, 0.29)], x=0))
    )
    parts += eyes(rng, [(s * 0.1, -0.12) for s in (-1, 1)], 0.036)
    parts.append(area("beak", polygon((-0.05, -0.08), (0, -0.12), (0.05, -0.08), (0, -0.02)), "orange"))
    if rng.random() < 0.4:
        parts += [dot(s * 0.17, -0.04, 0.035, "pink", "cheek") for s in (-1, 1)]
    if hatching:
        edge = [(x, 0.08 if i % 2 == 0 else 0.0) for i, x in enumerate(np.linspace(-0.33, 0.33, 9))]
        parts.append(
            area(
                "shell",
                np.concatenate([np.float32(edge), arc(0, 0.08, 0.33, 0.33, 5, 175)]),
                "white",
                "beige",
                "light blue",
            )
        )
    return in_square(rng, parts, says=("in an egg",) if hatching else ())


@kind("duck", "duckling", group="animal")
def duck(rng: np.random.Generator) -> Thing:
    """A duck from the side: it swims or stands; a green head now and then."""
    coat, swims = Coat(rng, "yellow", "white", "brown", "gray"), rng.random() < 0.5
    parts = [] if swims else thin_legs((-0.08, 0.06), 0.2, 0.42)
    neck = coat("neck", limb([(0.14, 0.05), (0.2, -0.1), (0.2, -0.2)], [0.2, 0.14, 0.13]), 0.0)
    body = coat(
        "body",
        loosely(
            rng,
            [
                (-0.44, -0.1),
                (-0.3, 0.0),
                (-0.05, -0.02),
                (0.18, -0.02),
                (0.3, 0.1),
                (0.2, 0.23),
                (-0.05, 0.28),
                (-0.3, 0.2),
            ],
            0.006,
        ),
    )
    bill = area(
        "beak", smooth([(0.3, -0.27), (0.42, -0.22), (0.48, -0.19), (0.42, -0.15), (0.28, -0.17)]), "orange", "yellow"
    )
    mallard = coat.color in ("brown", "gray") and rng.random() < 0.8
    head = area("head", ellipse(0.2, -0.24, 0.13), "green") if mallard else coat("head", ellipse(0.2, -0.24, 0.13), 0.1)
    parts += [bill, body, neck, head]
    if mallard:
        parts.append(area("collar", polygon((0.12, -0.12), (0.28, -0.12), (0.28, -0.08), (0.12, -0.08)), "white"))
    wing = [(0.1, 0.06), (-0.05, 0.02), (-0.24, 0.06), (-0.3, 0.02), (-0.26, 0.14), (-0.1, 0.2), (0.06, 0.16)]
    parts.append(coat("wing", smooth(wing), 0.6))
    parts += eyes(rng, [(0.23, -0.28)], 0.028)
    if swims:
        top = [(x, 0.21 + 0.02 * np.sin(i * np.pi / 2)) for i, x in enumerate(np.linspace(-0.5, 0.46, 17))]
        parts.append(
            area(
                "water",
                np.concatenate([smooth(top, closed=False, steps=3), polygon((0.46, 0.36), (-0.5, 0.36))]),
                "blue",
                "light blue",
            )
        )
    return in_square(rng, parts, says=("swimming",) if swims else (), joins=0.6)
