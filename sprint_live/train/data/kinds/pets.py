"""Animals that live with people: cats, dogs, rabbits, mice, hamsters.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._animals import collar, four_legs, pointed_ears, round_ears
from sprint_live.train.data.kinds._shapes import Coat, area, dot, even, eyes, in_square, limb, loosely, smile, whiskers
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth

LIGHTER = ("white", "beige", "light brown")


def cat_head(rng: np.random.Generator, coat: Coat, x: float, y: float, r: float) -> tuple[list[Part], list[np.ndarray]]:
    """A cat's head from the front."""
    wide, inner = r * rng.uniform(1.08, 1.25), ("pink", "light pink") if rng.random() < 0.6 else ()
    turn, parts = rng.uniform(18, 30), []
    parts += pointed_ears(
        coat, [(x + s * wide * 0.6, y - r * 0.58, s * turn) for s in (-1, 1)], r * rng.uniform(0.75, 0.95), inner, 0.9
    )
    parts.append(coat("head", ellipse(x, y, wide, r), 0.15))
    if rng.random() < 0.4:
        for s in (-1, 0, 1):
            stripe = polygon(
                (x + s * r * 0.3 - r * 0.07, y - r * 0.9),
                (x + s * r * 0.3 + r * 0.07, y - r * 0.9),
                (x + s * r * 0.24, y - r * (0.45 if s == 0 else 0.6)),
            )
            parts.append(area("stripe", stripe, "brown", "dark brown", "black"))
    if rng.random() < 0.35:
        parts.append(area("muzzle", ellipse(x, y + r * 0.42, r * 0.52, r * 0.4), "white", "beige"))
    parts += eyes(rng, [(x + s * wide * 0.42, y - r * 0.06) for s in (-1, 1)], r * rng.uniform(0.16, 0.22), coat.color)
    nose_y = y + r * 0.26
    parts.append(
        area(
            "nose",
            polygon((x - r * 0.12, nose_y), (x + r * 0.12, nose_y), (x, nose_y + r * 0.12)),
            "pink",
            "black",
            "brown",
        )
    )
    lines = [
        arc(
            x + s * r * 0.16,
            nose_y + r * 0.12,
            r * 0.16,
            r * 0.2,
            180 if s > 0 else 0,
            20 if s > 0 else 160,
            num_points=10,
        )
        for s in (-1, 1)
    ]
    lines += whiskers(x, nose_y + r * 0.12, r * 0.5, r * rng.uniform(0.6, 0.85), int(rng.integers(2, 4)))
    return parts, lines


@kind("cat", "kitten", "kitty", group="animal")
def cat(rng: np.random.Generator) -> Thing:
    """A cat that sits, a cat that stands or lies seen from the side, or a cat's head."""
    style = rng.choice(["sitting", "standing", "head", "lying"], p=[0.4, 0.3, 0.15, 0.15])
    coat = Coat(rng, "orange", "gray", "black", "white", "brown", "beige", whole="head" if style == "head" else "body")
    if style == "head":
        parts, lines = cat_head(rng, coat, 0, 0, 0.4)
        return in_square(rng, parts, lines, ("head",), joins=0.6, stands=False)
    lines: list[np.ndarray] = []
    if style == "sitting":
        wide, side = rng.uniform(0.22, 0.28), rng.choice([-1, 1])
        parts = [
            coat(
                "tail",
                limb(
                    [
                        (side * wide * 0.6, 0.42),
                        (side * 0.36, 0.38),
                        (side * 0.4, 0.2),
                        (side * rng.uniform(0.32, 0.48), 0.04),
                    ],
                    [0.09, 0.08, 0.075, 0.07],
                ),
            )
        ]
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    even(
                        [(0, -0.12), (0.13, -0.08), (wide * 0.8, 0.12), (wide, 0.34), (wide * 0.85, 0.47), (0, 0.48)],
                        x=0,
                    )[::8],
                ),
            )
        )
        if rng.random() < 0.5:
            parts.append(area("belly", ellipse(0, 0.13, wide * 0.45, 0.2), *LIGHTER))
        paws = [coat("paw", ellipse(s * 0.075, 0.46, 0.08, 0.045), 0.4) for s in (-1, 1)]
        parts += paws
        lines += [polygon((s * 0.075, 0.2), (s * 0.07, 0.41)) for s in (-1, 1)]
        head, more = cat_head(rng, coat, 0, -0.24, 0.2)
        if rng.random() < 0.4:
            parts += collar(0, -0.06, 0.14)
    elif style == "standing":
        parts = [
            coat(
                "tail",
                limb(
                    [(-0.28, -0.05), (-0.42, -0.12), (-0.42, -0.28), (rng.uniform(-0.5, -0.36), -0.4)],
                    [0.08, 0.07, 0.065, 0.06],
                ),
            )
        ]
        parts += four_legs(rng, coat, rng.uniform(0.29, 0.34), 0.15, rng.uniform(0.16, 0.22), 0.085)
        if rng.random() < 0.45:
            parts += [
                area(
                    "stripe",
                    limb([(x, -0.15), (x + 0.01, -0.08), (x - 0.01, -0.01)], [0.04, 0.03, 0.01]),
                    "brown",
                    "dark brown",
                    "black",
                )
                for x in (-0.18, -0.09, 0.0)
            ]
        head, more = cat_head(rng, coat, 0.3, -0.18, 0.16)
    else:
        parts = [
            coat(
                "body",
                loosely(
                    rng,
                    [(-0.42, 0.22), (-0.4, 0.02), (-0.2, -0.1), (0.15, -0.06), (0.3, 0.06), (0.34, 0.22), (0, 0.24)],
                ),
            )
        ]
        parts.append(
            coat("tail", limb([(-0.36, 0.17), (-0.2, 0.21), (0.0, 0.2), (0.1, 0.14)], [0.09, 0.08, 0.07, 0.06]))
        )
        parts.append(coat("paw", ellipse(0.3, 0.2, 0.1, 0.045), 0.4))
        head, more = cat_head(rng, coat, 0.27, -0.03, 0.16)
    says = (str(style),) if style != "standing" else ("side view",)
    return in_square(rng, parts + head, lines + more, says, joins=0.5)


def dog_head(
    rng: np.random.Generator, coat: Coat, x: float, y: float, r: float, patch: str
) -> tuple[list[Part], list[np.ndarray]]:
    """A dog's head from the front: ears that hang or stand, a muzzle, a tongue now and then."""
    parts: list[Part] = []
    hanging, wide = rng.random() < 0.7, r * rng.uniform(0.92, 1.08)
    if not hanging:
        parts += pointed_ears(
            coat,
            [(x + s * wide * 0.6, y - r * 0.65, s * 20) for s in (-1, 1)],
            r * 0.75,
            ("pink",) if rng.random() < 0.5 else (),
            0.75,
        )
    parts.append(
        coat(
            "head",
            even(
                [
                    (x, y - r),
                    (x + wide * 0.7, y - r * 0.8),
                    (x + wide, y - r * 0.05),
                    (x + wide * 0.75, y + r * 0.75),
                    (x, y + r),
                ],
                x=x,
            ),
            0.15,
        )
    )
    if rng.random() < 0.35:
        parts.append(area("spot", ellipse(x + wide * 0.42, y - r * 0.15, r * 0.3, r * 0.36), patch))
    if hanging:
        for s in (-1, 1):
            ear = smooth(
                [
                    (x + s * wide * 0.5, y - r * 0.85),
                    (x + s * wide * 1.05, y - r * 0.72),
                    (x + s * wide * 1.38, y + r * 0.1),
                    (x + s * wide * 1.15, y + r * 0.42),
                    (x + s * wide * 0.88, y + r * 0.05),
                ]
            )
            parts.append(area("ear", ear, patch))
    if rng.random() < 0.5:
        parts.append(
            area(
                "tongue",
                even(
                    [(x, y + r * 0.5), (x + r * 0.17, y + r * 0.55), (x + r * 0.17, y + r * 0.85), (x, y + r * 0.98)],
                    x=x,
                ),
                "pink",
                "red",
            )
        )
    if rng.random() < 0.7:
        parts.append(area("muzzle", ellipse(x, y + r * 0.4, r * 0.52, r * 0.36), "white", "beige"))
    parts += eyes(rng, [(x + s * wide * 0.4, y - r * 0.15) for s in (-1, 1)], r * 0.15, coat.color)
    parts.append(area("nose", ellipse(x, y + r * 0.22, r * 0.19, r * 0.13), "black", "brown"))
    mouth = [
        arc(x + s * r * 0.2, y + r * 0.42, r * 0.2, r * 0.18, 180 if s > 0 else 0, 20 if s > 0 else 160, num_points=10)
        for s in (-1, 1)
    ]
    return parts, [np.float32([(x, y + r * 0.35), (x, y + r * 0.42)]), *mouth]


def dog_profile(
    rng: np.random.Generator, coat: Coat, x: float, y: float, r: float, patch: str
) -> tuple[list[Part], list[np.ndarray]]:
    """A dog's head that looks to the right."""
    long = r * rng.uniform(1.7, 2.1)
    head = smooth(
        [
            (x - r, y),
            (x - r * 0.6, y - r * 0.85),
            (x + r * 0.3, y - r * 0.9),
            (x + r * 0.85, y - r * 0.25),
            (x + long * 0.95, y - r * 0.1),
            (x + long, y + r * 0.4),
            (x + r, y + r * 0.75),
            (x - r * 0.3, y + r * 0.9),
        ]
    )
    parts = [coat("head", head, 0.15)]
    if rng.random() < 0.7:
        ear = smooth(
            [
                (x - r * 0.3, y - r * 0.75),
                (x - r * 0.75, y - r * 0.4),
                (x - r * 0.95, y + r * 0.6),
                (x - r * 0.45, y + r * 0.75),
                (x - r * 0.05, y - r * 0.1),
            ]
        )
        parts.append(area("ear", ear, patch))
    else:
        parts = [
            coat("ear", polygon((x - r * 0.7, y - r * 0.6), (x - r * 0.55, y - r * 1.6), (x + r * 0.1, y - r * 0.75))),
            *parts,
        ]
    parts.append(area("nose", ellipse(x + long * 0.97, y + r * 0.0, r * 0.2, r * 0.17), "black", "brown"))
    parts += eyes(rng, [(x + r * 0.3, y - r * 0.3)], r * 0.17, coat.color)
    return parts, [
        smooth(
            [(x + long * 0.85, y + r * 0.42), (x + r * 1.1, y + r * 0.42), (x + r * 0.6, y + r * 0.25)], closed=False
        )
    ]


@kind("dog", "puppy", group="animal")
def dog(rng: np.random.Generator) -> Thing:
    """A dog that sits, a dog seen from the side, or a dog's head."""
    style = rng.choice(["sitting", "side view", "head"], p=[0.4, 0.42, 0.18])
    coat = Coat(
        rng,
        "brown",
        "white",
        "orange",
        "beige",
        "gray",
        "black",
        "light brown",
        whole="head" if style == "head" else "body",
    )
    patch = str(
        rng.choice(
            [color for color in ("brown", "dark brown", "black", "orange") if color != coat.color] + [coat.color]
        )
    )
    if style == "head":
        parts, lines = dog_head(rng, coat, 0, 0, 0.4, patch)
        return in_square(rng, parts, lines, ("head",), joins=0.6, stands=False)
    lines: list[np.ndarray] = []
    if style == "sitting":
        wide, side = rng.uniform(0.22, 0.27), rng.choice([-1, 1])
        parts = [
            coat(
                "tail",
                limb(
                    [(side * wide * 0.7, 0.4), (side * 0.34, 0.36), (side * rng.uniform(0.36, 0.46), 0.2)],
                    [0.08, 0.075, 0.03],
                ),
            )
        ]
        parts += [coat("leg", ellipse(s * wide * 0.78, 0.38, 0.12, 0.11), 0.3) for s in (-1, 1)]
        parts.append(
            coat(
                "body",
                even(
                    [
                        (0, -0.14),
                        (0.14, -0.08),
                        (wide * 0.75, 0.12),
                        (wide * 0.85, 0.36),
                        (wide * 0.7, 0.47),
                        (0, 0.48),
                    ],
                    x=0,
                ),
            )
        )
        if rng.random() < 0.45:
            parts.append(area("belly", ellipse(0, 0.12, wide * 0.45, 0.19), "white", "beige"))
        parts += [coat("paw", ellipse(s * 0.08, 0.46, 0.08, 0.045), 0.4) for s in (-1, 1)]
        lines += [polygon((s * 0.1, 0.18), (s * 0.09, 0.41)) for s in (-1, 1)]
        if rng.random() < 0.6:
            parts += collar(0, -0.05, 0.16, "gold" if rng.random() < 0.6 else None)
        head, more = dog_head(rng, coat, 0, -0.24, 0.2, patch)
    else:
        parts = [
            coat("tail", limb([(-0.28, -0.06), (-0.4, -0.16), (rng.uniform(-0.46, -0.38), -0.32)], [0.08, 0.06, 0.03]))
        ]
        parts += four_legs(rng, coat, rng.uniform(0.28, 0.33), 0.14, rng.uniform(0.16, 0.26), 0.09)
        if rng.random() < 0.4:
            parts += [
                area("spot", loosely(rng, ellipse(x, y, s, s * 0.8)[::5]), patch)
                for x, y, s in ((-0.15, -0.03, 0.08), (0.04, 0.04, 0.05))
            ]
        parts.append(coat("neck", limb([(0.2, 0.0), (0.27, -0.1), (0.3, -0.2)], [0.2, 0.16, 0.14]), 0.0))
        if rng.random() < 0.5:
            parts.append(
                area(
                    "collar",
                    polygon((0.19, -0.12), (0.36, -0.06), (0.37, -0.11), (0.21, -0.17)),
                    "red",
                    "blue",
                    "green",
                )
            )
        head, more = dog_profile(rng, coat, 0.31, -0.24, 0.12, patch)
    return in_square(rng, parts + head, lines + more, (str(style),), joins=0.6)


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
