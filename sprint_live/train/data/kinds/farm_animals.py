"""Animals of a farm: horse, cow, pig, sheep, goat, donkey; the unicorn is a horse.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._animals import four_legs
from sprint_live.train.data.kinds._shapes import Coat, area, cloud, dot, even, eyes, in_square, limb, loosely, smile
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth


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


@kind("sheep", "lamb", group="animal")
def sheep(rng: np.random.Generator) -> Thing:
    """A woolly sheep from the side or from the front."""
    skin, num = str(rng.choice(["black", "beige", "gray", "light pink", "dark brown"])), int(rng.integers(9, 14))
    wool, front = ("white", "beige", "gray", "black"), rng.random() < 0.35
    wool = tuple(color for color in wool if color != skin)
    pale = skin in ("beige", "light pink", "gray")
    places = (-0.14, 0.14) if front else (-0.2, -0.08, 0.1, 0.22)
    parts = [
        area("leg", limb([(x, 0.1), (x, 0.25), (x + rng.uniform(-0.01, 0.01), 0.42)], 0.07, round_end=False), skin)
        for x in places
    ]
    wide = 0.32 if front else 0.38
    parts.append(area("wool", cloud(rng, 0, 0, wide, 0.27, num), *wool, body=True))
    x, y = (0.0, -0.08) if front else (0.36, -0.12)
    parts += [
        area(
            "ear",
            limb([(x + s * 0.09, y - 0.08), (x + s * 0.17, y - 0.06), (x + s * 0.23, y - 0.01)], [0.04, 0.075, 0.02]),
            skin,
        )
        for s in (-1, 1)
    ]
    parts.append(
        area(
            "head",
            even([(x, y - 0.15), (x + 0.1, y - 0.11), (x + 0.1, y + 0.03), (x + 0.06, y + 0.13), (x, y + 0.15)], x=x),
            skin,
        )
    )
    if pale:
        parts += [
            *eyes(rng, [(x + s * 0.045, y - 0.03) for s in (-1, 1)], 0.022),
            area("nose", ellipse(x, y + 0.075, 0.026, 0.018), "pink", "black"),
        ]
    else:
        for s in (-1, 1):
            parts += [
                area("eye", ellipse(x + s * 0.045, y - 0.03, 0.026), "white", fixed=True),
                dot(x + s * 0.045, y - 0.03, 0.012),
            ]
    parts.append(area("wool", cloud(rng, x, y - 0.16, 0.11, 0.07, 6), *wool, body=True))
    curls = [
        arc(cx * wide, cy * 0.27, 0.035, 0.03, turn, turn + 230, num_points=10)
        for cx, cy, turn in ((-0.5, -0.2, 0), (-0.15, 0.35, 60), (-0.65, 0.35, 120), (0.5, 0.45, 20))
    ]
    lines = curls if rng.random() < 0.6 else []
    return in_square(rng, parts, lines, ("front view",) if front else ())


@kind("goat", group="animal")
def goat(rng: np.random.Generator) -> Thing:
    """A goat from the side, with horns and a beard."""
    coat = Coat(rng, "white", "gray", "brown", "light brown", "beige")
    parts = [coat("tail", limb([(-0.28, -0.08), (-0.34, -0.15), (-0.36, -0.22)], [0.07, 0.06, 0.02]), 0.4)]
    parts += four_legs(rng, coat, 0.3, 0.16, rng.uniform(0.22, 0.27), 0.07, ("black", "gray"))
    parts.append(coat("neck", limb([(0.2, 0.0), (0.27, -0.15), (0.32, -0.28)], [0.2, 0.15, 0.13]), 0.0))
    parts += [
        area(
            "horn",
            limb([(x, -0.37), (x - 0.04, -0.5), (x - 0.15, -0.56)], [0.06, 0.045, 0.01]),
            "gray",
            "beige",
            "dark brown",
        )
        for x in (0.37, 0.31)
    ]
    parts.append(area("beard", polygon((0.4, -0.22), (0.47, -0.2), (0.42, -0.06)), "gray", "white", "brown"))
    parts.append(
        coat(
            "head",
            smooth(
                [(0.26, -0.35), (0.34, -0.41), (0.43, -0.36), (0.52, -0.27), (0.51, -0.2), (0.42, -0.2), (0.3, -0.24)]
            ),
            0.1,
        )
    )
    parts.append(coat("ear", limb([(0.29, -0.34), (0.22, -0.32), (0.16, -0.26)], [0.04, 0.065, 0.02]), 0.5))
    parts += eyes(rng, [(0.39, -0.33)], 0.024, coat.color)
    return in_square(rng, parts, [smooth([(0.5, -0.23), (0.46, -0.24), (0.43, -0.25)], closed=False)], joins=0.7)
