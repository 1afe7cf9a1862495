"""Horses, unicorns and donkeys.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, eyes, in_square, limb, loosely
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, smooth
from sprint_live.train.data.kinds.animals._bodies import four_legs


def horse_like(
    rng: np.random.Generator, coat: Coat, mane: tuple[str, ...], hoof: tuple[str, ...], ear: float
) -> tuple[list[Part], list[np.ndarray]]:
    """A trunk on four legs, a neck with a mane, a long head to the right."""
    tail = smooth(
        [(-0.28, -0.08), (-0.38, -0.1), (-0.46, 0.08), (-0.47, 0.27), (-0.39, 0.2), (-0.35, 0.06), (-0.29, 0.0)]
    )
    parts = [area("tail", tail, *mane), *four_legs(rng, coat, 0.31, 0.14, rng.uniform(0.24, 0.31), 0.075, hoof)]
    parts.append(
        coat(
            "neck",
            smooth(
                [
                    (0.12, -0.08),
                    (0.2, -0.22),
                    (0.27, -0.38),
                    (0.38, -0.42),
                    (0.41, -0.28),
                    (0.37, -0.14),
                    (0.33, 0.02),
                    (0.22, 0.06),
                ]
            ),
            0.0,
        )
    )
    for x in (0.3, 0.36):
        parts.append(
            coat(
                "ear", limb([(x, -0.4), (x - 0.005, -0.44 - ear / 2), (x + 0.01, -0.44 - ear)], [0.05, 0.06, 0.01]), 0.3
            )
        )
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (0.29, -0.4),
                    (0.37, -0.45),
                    (0.46, -0.37),
                    (0.56, -0.27),
                    (0.575, -0.2),
                    (0.52, -0.16),
                    (0.44, -0.21),
                    (0.36, -0.24),
                    (0.3, -0.3),
                ]
            ),
            0.1,
        )
    )
    if rng.random() < 0.35:
        parts.append(
            area(
                "muzzle",
                smooth([(0.52, -0.31), (0.575, -0.24), (0.57, -0.18), (0.52, -0.155), (0.48, -0.2)]),
                "pink",
                "white",
                "gray",
            )
        )
    curly = [
        (0.36, -0.47),
        (0.27, -0.46),
        (0.18, -0.33),
        (0.12, -0.2),
        (0.06, -0.1),
        (0.12, -0.07),
        (0.17, -0.12),
        (0.2, -0.1),
        (0.22, -0.2),
        (0.26, -0.2),
        (0.27, -0.32),
        (0.32, -0.34),
        (0.34, -0.4),
    ]
    parts.append(area("mane", smooth(curly), *mane))
    parts += eyes(rng, [(0.41, -0.34)], 0.028, coat.color)
    return parts, [
        arc(0.53, -0.22, 0.03, 0.02, 60, 150, num_points=6),
        smooth([(0.54, -0.18), (0.5, -0.2), (0.47, -0.22)], closed=False),
    ]


@kind("horse", "pony", group="animal")
def horse(rng: np.random.Generator) -> Thing:
    """A horse from the side; a saddle or spots now and then."""
    coat = Coat(rng, "brown", "white", "black", "gray", "light brown", "orange", "beige")
    mane = tuple(
        rng.permutation([color for color in ("black", "dark brown", "yellow", "white", "gray") if color != coat.color])[
            :1
        ]
    )
    parts, lines = horse_like(rng, coat, mane, ("black", "gray", "dark brown"), 0.08)
    if rng.random() < 0.35:
        parts.append(
            area(
                "saddle",
                smooth([(-0.12, -0.15), (-0.02, -0.13), (0.1, -0.16), (0.09, -0.02), (0.0, 0.03), (-0.1, -0.02)]),
                "red",
                "blue",
                "brown",
            )
        )
    elif rng.random() < 0.3:
        parts += [
            area("spot", loosely(rng, ellipse(x, y, 0.06, 0.045)[::5]), "white", "brown")
            for x, y in ((-0.18, -0.03), (-0.03, 0.04), (0.08, -0.05))
        ]
    return in_square(rng, parts, lines, joins=0.8)


@kind("unicorn", group="animal")
def unicorn(rng: np.random.Generator) -> Thing:
    """A horse with a horn and a bright mane; wings now and then."""
    coat = Coat(rng, "white", "pink", "light purple", "light blue")
    mane = (str(rng.choice(["pink", "purple", "blue", "turquoise", "yellow", "red"])),)
    parts, lines = horse_like(rng, coat, mane, ("gold", "pink", "purple"), 0.06)
    parts.append(
        area(
            "horn",
            limb([(0.4, -0.41), (0.46, -0.54), (0.5, -0.66)], [0.06, 0.04, 0.006], round_end=False),
            "gold",
            "yellow",
            "silver",
        )
    )
    lines += [np.float32([(0.415, -0.46), (0.455, -0.49)]), np.float32([(0.44, -0.53), (0.475, -0.55)])]
    if rng.random() < 0.3:
        wing = smooth(
            [
                (0.08, -0.08),
                (-0.02, -0.3),
                (-0.25, -0.44),
                (-0.27, -0.32),
                (-0.22, -0.24),
                (-0.2, -0.14),
                (-0.12, -0.07),
                (-0.04, -0.0),
            ]
        )
        parts.append(area("wing", wing, "white", "light blue", "gold"))
        return in_square(rng, parts, lines, ("winged",), joins=0.8)
    return in_square(rng, parts, lines, joins=0.8)


@kind("donkey", "mule", group="animal")
def donkey(rng: np.random.Generator) -> Thing:
    """A gray donkey with long ears and a pale muzzle."""
    coat = Coat(rng, "gray", "brown", "dark gray", "light brown")
    parts, lines = horse_like(rng, coat, ("black", "dark brown"), ("black", "dark gray"), 0.18)
    parts.insert(
        -2,
        area(
            "muzzle",
            smooth([(0.5, -0.33), (0.58, -0.24), (0.575, -0.17), (0.52, -0.15), (0.46, -0.2)]),
            "white",
            "beige",
        ),
    )
    return in_square(rng, parts, lines, joins=0.8)
