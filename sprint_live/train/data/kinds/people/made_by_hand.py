"""Figures that people make: of snow, of dough, of straw.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, dot, even, in_square, limb, smile
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth


@kind("snowman", group="object")
def snowman(rng: np.random.Generator) -> Thing:
    """Two or three balls of snow with a carrot nose; hat, scarf, buttons, arms, a broom."""
    three = rng.random() < 0.6
    sizes = [0.21, 0.155, 0.12] if three else [0.25, 0.16]
    sizes = [size * rng.uniform(0.95, 1.08) for size in sizes]
    parts, y, balls = [], 0.47, []
    for size in sizes:
        balls.append((y - size, size))
        y -= size * 1.72
    arm_y, arm_x = (balls[1][0], balls[1][1]) if three else (balls[0][0] - 0.08, balls[0][1] * 0.9)
    if rng.random() < 0.8:
        for s in (-1, 1):
            tip = (s * (arm_x + 0.2), arm_y - rng.uniform(0.02, 0.16))
            parts.append(
                area(
                    "arm",
                    limb(
                        [(s * arm_x * 0.9, arm_y + 0.02), ((s * arm_x + tip[0]) / 2, (arm_y + tip[1]) / 2 + 0.01), tip],
                        [0.03, 0.025, 0.02],
                    ),
                    "brown",
                    "dark brown",
                )
            )
            parts.append(
                area(
                    "arm",
                    limb(
                        [
                            (tip[0] - s * 0.05, tip[1] + 0.02),
                            (tip[0] - s * 0.03, tip[1] - 0.03),
                            (tip[0] - s * 0.01, tip[1] - 0.06),
                        ],
                        0.018,
                    ),
                    "brown",
                    "dark brown",
                )
            )
    parts += [
        area("snow", ellipse(0, at_y, size * 1.04, size), "white", "light blue", body=True) for at_y, size in balls
    ]
    head, r = balls[-1]
    parts += [dot(s * r * 0.36, head - r * 0.2, r * 0.1, name="eye") for s in (-1, 1)]
    parts.append(
        area(
            "nose",
            smooth([(0.0, head - r * 0.08), (r * 0.95, head + r * 0.12), (0.0, head + r * 0.22)], steps=3)
            if rng.random() < 0.3
            else polygon((-0.01, head - r * 0.1), (r * 0.95, head + r * 0.1), (-0.01, head + r * 0.2)),
            "orange",
        )
    )
    lines = []
    if rng.random() < 0.5:
        lines.append(smile(0, head + r * 0.35, r * 0.9, 0.5))
    else:
        parts += [
            dot(r * 0.42 * np.sin(a), head + r * 0.3 + r * 0.28 * np.cos(a), r * 0.06)
            for a in np.linspace(-1.2, 1.2, 5)
        ]
    middle, size = balls[1] if three else balls[0]
    if rng.random() < 0.8:
        parts += [
            area("button", ellipse(0, middle + size * d, 0.02), "black", "red", "blue") for d in (-0.35, 0.05, 0.45)
        ]
    if rng.random() < 0.6:
        neck = head + r * 0.86
        parts.append(
            area(
                "scarf",
                polygon((r * 0.3, neck), (r * 0.75, neck), (r * 0.85, neck + 0.17), (r * 0.45, neck + 0.18)),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(
            area("scarf", box(-r * 0.9, neck - 0.03, r * 0.9, neck + 0.035, radius=0.03), "red", "blue", "green")
        )
    hat = rng.random()
    if hat < 0.5:
        parts.append(area("hat", box(-r * 0.65, head - r * 2.0, r * 0.65, head - r * 0.7), "black", "blue", "brown"))
        parts.append(area("band", box(-r * 0.65, head - r * 1.1, r * 0.65, head - r * 0.8), "red", "yellow", "green"))
        parts.append(
            area(
                "brim", box(-r * 1.1, head - r * 0.82, r * 1.1, head - r * 0.65, radius=0.01), "black", "blue", "brown"
            )
        )
    elif hat < 0.75:
        parts.append(
            area(
                "hat",
                even(
                    [(0, head - r * 1.7), (r * 0.6, head - r * 1.4), (r * 0.95, head - r * 0.5), (0, head - r * 0.6)],
                    x=0,
                ),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(area("pompom", cloud(rng, 0, head - r * 1.7, r * 0.3, r * 0.3, 7), "white", "yellow"))
    return in_square(rng, parts, lines)


@kind("gingerbread man", group="food")
def gingerbread_man(rng: np.random.Generator) -> Thing:
    """A gingerbread man with icing and buttons."""
    up = rng.uniform(-0.08, 0.1)
    half = [
        (0, -0.45),
        (0.14, -0.4),
        (0.17, -0.26),
        (0.1, -0.15),
        (0.2, -0.11 - up * 0.5),
        (0.34, -0.13 - up),
        (0.38, -0.05 - up),
        (0.32, 0.02 - up),
        (0.14, 0.04),
        (0.14, 0.18),
        (0.24, 0.37),
        (0.2, 0.46),
        (0.1, 0.45),
        (0, 0.26),
    ]
    parts = [area("body", even(half, x=0), "brown", "light brown", "orange", body=True)]
    parts += [dot(s * 0.06, -0.31, 0.022, name="eye") for s in (-1, 1)]
    parts += [area("button", ellipse(0, y, 0.028), "red", "green", "white", "blue") for y in (-0.08, 0.02, 0.12)]
    if rng.random() < 0.5:
        for s in (-1, 1):
            parts.append(
                area("bow", smooth([(0, -0.155), (s * 0.09, -0.2), (s * 0.1, -0.11)], steps=5), "red", "green", "blue")
            )
    lines = [smile(0, -0.27, 0.13, 0.6)]
    for s in (-1, 1):
        lines.append(
            smooth(
                [(s * 0.28, -0.115 - up * 0.8), (s * 0.3, -0.08 - up), (s * 0.27, -0.05 - up), (s * 0.29, 0.005 - up)],
                closed=False,
                steps=4,
            )
        )
        lines.append(
            smooth([(s * 0.09, 0.33), (s * 0.13, 0.31), (s * 0.16, 0.35), (s * 0.21, 0.32)], closed=False, steps=4)
        )
    return in_square(rng, parts, lines)


@kind("scarecrow", group="object")
def scarecrow(rng: np.random.Generator) -> Thing:
    """A scarecrow on a pole, with straw and a hat."""
    straw = ("yellow", "beige", "orange")
    parts = [area("pole", box(-0.03, 0.1, 0.03, 0.48), "brown"), area("pole", box(-0.46, -0.08, 0.46, -0.03), "brown")]
    for s in (-1, 1):
        parts.append(
            area(
                "straw",
                polygon(
                    (s * 0.32, -0.1),
                    (s * 0.46, -0.13),
                    (s * 0.42, -0.08),
                    (s * 0.48, -0.05),
                    (s * 0.42, -0.03),
                    (s * 0.45, 0.02),
                    (s * 0.32, 0.0),
                ),
                *straw,
            )
        )
    parts.append(
        area(
            "straw",
            polygon(
                (-0.12, 0.18),
                (0.12, 0.18),
                (0.15, 0.32),
                (0.08, 0.26),
                (0.03, 0.34),
                (-0.03, 0.26),
                (-0.1, 0.33),
                (-0.13, 0.26),
            ),
            *straw,
        )
    )
    shirt = even(
        [(0, -0.14), (0.1, -0.14), (0.36, -0.12), (0.36, 0.02), (0.14, 0.03), (0.15, 0.24), (0, 0.24)],
        x=0,
        curved=False,
    )
    parts.append(area("shirt", shirt, *rng.permutation(["red", "blue", "green", "orange", "purple"])))
    parts.append(area("patch", box(0.02, 0.08, 0.1, 0.16), "yellow", "white", "blue"))
    parts += [
        area("head", ellipse(0, -0.25, 0.14), "beige", "light brown", "orange"),
        *(dot(s * 0.05, -0.27, 0.02, name="eye") for s in (-1, 1)),
    ]
    parts.append(area("nose", polygon((-0.02, -0.22), (0.02, -0.22), (0, -0.26)), "orange", "red"))
    parts.append(
        area("hat", even([(0, -0.5), (0.08, -0.48), (0.12, -0.34), (0, -0.34)], x=0), "brown", "yellow", "black")
    )
    parts.append(area("brim", ellipse(0, -0.345, 0.22, 0.035), "brown", "yellow", "black"))
    return in_square(rng, parts, [smile(0, -0.2, 0.11, 0.6)])
