"""Cows and pigs.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, loosely, smile
from sprint_live.train.data.kinds._thing import Part, Thing, ellipse, kind, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs


def cow_head(rng: np.random.Generator, coat: Coat, x: float, y: float, r: float) -> tuple[list[Part], list[np.ndarray]]:
    """A cow's head from the front, with horns and a broad pink muzzle."""
    parts = []
    if rng.random() < 0.75:
        parts += [
            area(
                "horn",
                limb(
                    [(x + s * r * 0.45, y - r * 0.8), (x + s * r * 0.75, y - r * 1.1), (x + s * r * 0.6, y - r * 1.45)],
                    [r * 0.26, r * 0.2, r * 0.04],
                ),
                "beige",
                "white",
                "gray",
            )
            for s in (-1, 1)
        ]
    parts += [
        coat(
            "ear",
            limb(
                [(x + s * r * 0.6, y - r * 0.55), (x + s * r * 1.05, y - r * 0.6), (x + s * r * 1.4, y - r * 0.45)],
                [r * 0.2, r * 0.42, r * 0.1],
            ),
            0.5,
        )
        for s in (-1, 1)
    ]
    parts.append(
        coat(
            "head",
            even(
                [
                    (x, y - r),
                    (x + r * 0.65, y - r * 0.85),
                    (x + r * 0.75, y - r * 0.1),
                    (x + r * 0.6, y + r * 0.8),
                    (x, y + r),
                ],
                x=x,
            ),
            0.1,
        )
    )
    if rng.random() < 0.4:
        parts.append(
            area(
                "spot",
                loosely(rng, ellipse(x + r * 0.36, y - r * 0.3, r * 0.28, r * 0.36)[::5], 0.01),
                "black",
                "brown",
            )
        )
    parts += eyes(rng, [(x + s * r * 0.33, y - r * 0.25) for s in (-1, 1)], r * 0.15, coat.color)
    parts.append(area("muzzle", ellipse(x, y + r * 0.58, r * 0.74, r * 0.44), "pink", "light pink", "beige"))
    parts += [dot(x + s * r * 0.28, y + r * 0.5, r * 0.085) for s in (-1, 1)]
    return parts, [smile(x, y + r * 0.65, r * 0.6, 0.5)]


@kind("cow", "bull", group="animal")
def cow(rng: np.random.Generator) -> Thing:
    """A cow from the side with spots and an udder, or a cow's head."""
    head_only = rng.random() < 0.2
    coat = Coat(rng, "white", "brown", "light brown", "black", whole="head" if head_only else "body")
    if head_only:
        parts, lines = cow_head(rng, coat, 0, 0, 0.4)
        return in_square(rng, parts, lines, ("head",), stands=False)
    spot = "black" if coat.color == "white" and rng.random() < 0.7 else "brown" if coat.color == "white" else "white"
    parts = [
        coat("tail", limb([(-0.35, -0.1), (-0.44, 0.0), (-0.44, 0.16)], 0.028), 0.3),
        area("tail", ellipse(-0.44, 0.2, 0.03, 0.055), spot),
    ]
    if rng.random() < 0.75:
        parts.append(area("udder", even([(-0.16, 0.1), (-0.07, 0.18), (-0.1, 0.25), (-0.16, 0.26)], x=-0.16), "pink"))
    parts += four_legs(rng, coat, 0.37, 0.2, rng.uniform(0.15, 0.22), 0.09, ("black", "gray", "brown"))
    for x, y, size in ((-0.2, -0.06, 0.1), (0.0, 0.06, 0.08), (0.12, -0.08, 0.07), (-0.27, 0.08, 0.05))[
        : int(rng.integers(2, 5))
    ]:
        parts.append(area("spot", loosely(rng, ellipse(x, y, size, size * 0.75)[::5], 0.02), spot))
    head, lines = cow_head(rng, coat, 0.38, -0.16, 0.17)
    if rng.random() < 0.3:
        parts.append(
            area(
                "bell",
                even([(0.36, 0.02), (0.39, 0.05), (0.41, 0.12), (0.36, 0.12)], x=0.36, curved=False),
                "gold",
                "yellow",
            )
        )
    return in_square(rng, parts + head, lines, joins=0.5)


def pig_face(rng: np.random.Generator, coat: Coat, x: float, y: float, r: float) -> tuple[list[Part], list[np.ndarray]]:
    """A pig's head with a round snout."""
    parts = []
    for s in (-1, 1):
        parts.append(
            coat(
                "ear",
                smooth(
                    [
                        (x + s * r * 0.3, y - r * 0.85),
                        (x + s * r * 0.85, y - r * 1.3),
                        (x + s * r * 1.0, y - r * 0.8),
                        (x + s * r * 0.85, y - r * 0.4),
                    ]
                ),
                0.5,
            )
        )
    parts.append(coat("head", ellipse(x, y, r * 1.08, r), 0.1))
    parts += eyes(rng, [(x + s * r * 0.45, y - r * 0.2) for s in (-1, 1)], r * 0.13, coat.color)
    parts.append(area("snout", ellipse(x, y + r * 0.22, r * 0.4, r * 0.28), "pink", "light red"))
    parts += [dot(x + s * r * 0.14, y + r * 0.22, r * 0.075, "dark red") for s in (-1, 1)]
    if rng.random() < 0.4:
        parts += [dot(x + s * r * 0.68, y + r * 0.3, r * 0.14, "light red", "cheek") for s in (-1, 1)]
    return parts, [smile(x, y + r * 0.5, r * 0.6, 0.5)]


@kind("pig", "piglet", group="animal")
def pig(rng: np.random.Generator) -> Thing:
    """A pig from the side, from the front, or a pig's head."""
    style = rng.choice(["side", "front", "head"], p=[0.5, 0.3, 0.2])
    coat = Coat(rng, "light pink", "pink", "beige", "light pink", whole="head" if style == "head" else "body")
    if style == "head":
        parts, lines = pig_face(rng, coat, 0, 0, 0.4)
        return in_square(rng, parts, lines, ("head",), stands=False)
    if style == "front":
        parts = [coat("leg", limb([(s * 0.13, 0.3), (s * 0.15, 0.4), (s * 0.15, 0.46)], 0.12), 0.3) for s in (-1, 1)]
        parts.append(coat("body", ellipse(0, 0.16, 0.28, 0.26)))
        if rng.random() < 0.5:
            parts.append(area("belly", ellipse(0, 0.22, 0.17, 0.16), "light pink", "white"))
        parts += [
            coat("arm", limb([(s * 0.2, 0.05), (s * 0.3, 0.1), (s * 0.34, 0.2)], [0.1, 0.09, 0.08]), 0.3)
            for s in (-1, 1)
        ]
        head, lines = pig_face(rng, coat, 0, -0.2, 0.24)
        return in_square(rng, parts + head, lines, joins=0.4)
    t = np.linspace(0, 2 * np.pi * 1.4, 24)
    tail = np.stack([-0.36 - 0.07 * t / t[-1] - 0.025 * np.sin(t), -0.07 - 0.035 * np.cos(t) + 0.035], 1).astype(
        np.float32
    )
    parts = four_legs(
        rng, coat, 0.36, 0.22, rng.uniform(0.08, 0.14), 0.1, ("brown", "gray", "dark red") if rng.random() < 0.5 else ()
    )
    if rng.random() < 0.3:
        parts += [
            area("spot", loosely(rng, ellipse(x, y, s, s * 0.8)[::5]), "brown", "black")
            for x, y, s in ((-0.18, -0.06, 0.08), (-0.02, 0.05, 0.06))
        ]
    head, lines = pig_face(rng, coat, 0.28, -0.07, 0.18)
    return in_square(rng, parts + head, [*lines, tail], ("side view",), joins=0.5)
