"""Pizza, whole and in slices.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, in_square, petal
from sprint_live.train.data.kinds._thing import Part, Thing, ellipse, kind, polygon, smooth, turned


@kind("pizza slice", "slice of pizza", group="food")
def pizza_slice(rng: np.random.Generator) -> Thing:
    """A slice of pizza with a crust and toppings."""
    parts = [
        area(
            "cheese",
            smooth(
                [(-0.36, -0.25), (0, -0.28), (0.36, -0.25), (0.2, 0.1), (0.02, 0.45), (-0.02, 0.45), (-0.2, 0.1)],
                steps=6,
            ),
            "yellow",
            "orange",
            body=True,
        )
    ]
    if rng.random() < 0.6:
        parts[0] = area(
            "cheese",
            np.concatenate(
                [
                    polygon((-0.36, -0.27), (0.36, -0.27)),
                    smooth(
                        [
                            (0.22, 0.02),
                            (0.2, 0.14),
                            (0.15, 0.1),
                            (0.09, 0.24),
                            (0.07, 0.32),
                            (0.0, 0.46),
                            (-0.1, 0.2),
                            (-0.22, 0.0),
                        ],
                        closed=False,
                        steps=4,
                    ),
                ]
            ),
            "yellow",
            "orange",
            body=True,
        )
    for x, y in ((-0.14, -0.12), (0.13, -0.08), (-0.01, 0.1), (0.01, 0.27))[
        : int(rng.integers(2, 4)) if rng.random() < 0.5 else 3
    ]:
        parts.append(area("salami", ellipse(x, y, 0.075), "red", "dark red"))
    if rng.random() < 0.5:
        parts += [
            area("olive", ellipse(x, y, 0.03), "black", "green") for x, y in ((0.0, -0.16), (-0.11, 0.06), (0.11, 0.08))
        ]
    if rng.random() < 0.4:
        parts += [
            area("leaf", petal(x, y, 0.1, 0.055, turn, sharp=True), "green")
            for x, y, turn in ((0.02, -0.02, 70), (-0.22, -0.17, -30), (0.25, -0.18, 20))
        ]
    parts.append(
        area(
            "crust",
            smooth(
                [
                    (-0.42, -0.28),
                    (-0.4, -0.36),
                    (0, -0.42),
                    (0.4, -0.36),
                    (0.42, -0.28),
                    (0.38, -0.22),
                    (0, -0.26),
                    (-0.38, -0.22),
                ]
            ),
            "light brown",
            "orange",
            "brown",
        )
    )
    return in_square(
        rng,
        [
            Part(**{**vars(part), "outline_xy": turned(part.outline_xy, lean)})
            for lean in [rng.uniform(-25, 25)]
            for part in parts
        ],
        stands=False,
    )


@kind("pizza", group="food")
def pizza(rng: np.random.Generator) -> Thing:
    """A round pizza from above."""
    parts = (
        [
            area("crust", ellipse(0, 0, 0.45), "light brown", "orange", "brown"),
            area("sauce", ellipse(0, 0, 0.39), "red", "orange"),
        ]
        if rng.random() < 0.5
        else [area("crust", ellipse(0, 0, 0.45), "light brown", "orange", "brown")]
    )
    parts.append(area("cheese", ellipse(0, 0, 0.36), "yellow", "light yellow", "orange", body=True))
    turn = rng.uniform(0, 60)
    for index in range(6):
        a = np.deg2rad(index * 60 + turn)
        parts.append(area("salami", ellipse(0.24 * np.cos(a), 0.24 * np.sin(a), 0.065), "red", "dark red"))
    parts.append(area("salami", ellipse(0, 0, 0.065), "red", "dark red"))
    if rng.random() < 0.7:
        for index in range(6):
            a = np.deg2rad(index * 60 + turn + 30)
            parts.append(area("olive", ellipse(0.16 * np.cos(a), 0.16 * np.sin(a), 0.03), "black", "green"))
            parts.append(
                area("leaf", petal(0.27 * np.cos(a), 0.27 * np.sin(a), 0.07, 0.045, index * 77, sharp=True), "green")
            )
    lines = (
        [
            np.float32([(-0.36 * np.cos(a), -0.36 * np.sin(a)), (0.36 * np.cos(a), 0.36 * np.sin(a))])
            for a in np.deg2rad([turn + 30, turn + 90, turn + 150])
        ]
        if rng.random() < 0.4
        else []
    )
    return in_square(rng, parts, lines, stands=False)
