"""Cats.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, even, eyes, in_square, limb, loosely, whiskers
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon
from sprint_live.train.data.kinds.animals._bodies import collar, four_legs, pointed_ears

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
