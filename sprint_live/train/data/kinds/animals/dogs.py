"""Dogs.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, even, eyes, in_square, limb, loosely
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.animals._bodies import collar, four_legs, pointed_ears


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
