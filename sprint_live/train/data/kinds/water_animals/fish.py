"""Fish and sharks.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, eyes, in_square
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth


def drops(rng: np.random.Generator, x: float, y: float, num: int) -> list:
    """Bubbles that rise from (x, y)."""
    sizes = rng.uniform(0.018, 0.035, num)
    return [
        area(
            "bubble",
            ellipse(x + rng.uniform(-0.02, 0.04), y - 0.09 * index, size, num_points=18),
            "light blue",
            "white",
        )
        for index, size in enumerate(sizes)
    ]


@kind("fish", group="animal", stands=False)
def fish(rng: np.random.Generator) -> Thing:
    """A fish from the side: long, round or a striped reef fish; bubbles now and then."""
    style = rng.choice(["long", "round", "tall"])
    coat = Coat(rng, "orange", "blue", "yellow", "red", "green", "purple", "pink", "gray")
    fins = str(
        rng.choice([color for color in ("yellow", "orange", "red", "blue", "turquoise", "pink") if color != coat.color])
    )
    a, b = {"long": (0.34, 0.17), "round": (0.31, 0.25), "tall": (0.27, 0.28)}[style]
    spread = rng.uniform(0.13, 0.22)
    tail = smooth(
        [
            (-a * 0.85, -0.03),
            (-a - 0.12, -spread),
            (-a - 0.2, -spread * 0.9),
            (-a - 0.13, 0),
            (-a - 0.2, spread * 0.9),
            (-a - 0.12, spread),
            (-a * 0.85, 0.03),
        ]
    )
    parts = [
        area(
            "tail",
            tail if rng.random() < 0.6 else polygon((-a * 0.8, 0), (-a - 0.2, -spread), (-a - 0.2, spread)),
            fins,
        )
    ]
    parts.append(
        area(
            "fin",
            smooth(
                [
                    (-a * 0.5, -b * 0.7),
                    (-a * 0.45, -b * 1.35),
                    (a * 0.1, -b * 1.45),
                    (a * 0.45, -b * 0.8),
                    (0, -b * 0.6),
                ]
            ),
            fins,
        )
    )
    if rng.random() < 0.6:
        parts.append(
            area(
                "fin",
                smooth([(-a * 0.4, b * 0.7), (-a * 0.45, b * 1.3), (-a * 0.1, b * 1.25), (a * 0.2, b * 0.75)]),
                fins,
            )
        )
    outline = smooth(
        [
            (-a, 0),
            (-a * 0.5, -b * 0.75),
            (a * 0.15, -b),
            (a * 0.8, -b * 0.6),
            (a * 1.05, 0.02),
            (a * 0.8, b * 0.6),
            (a * 0.15, b),
            (-a * 0.5, b * 0.75),
        ]
    )
    parts.append(coat("body", outline))
    lines = []
    if rng.random() < 0.4:
        for x in (-0.35, 0.12)[: int(rng.integers(1, 3))]:
            high, bend = b * np.sqrt(1 - x**2) * 0.9, 0.03
            stripe = [
                (x * a - 0.035, -high),
                (x * a + 0.035, -high),
                (x * a + 0.035 + bend, 0),
                (x * a + 0.035, high),
                (x * a - 0.035, high),
                (x * a - 0.035 + bend, 0),
            ]
            parts.append(
                area("stripe", polygon(*stripe), *(c for c in ("white", "yellow", "black") if c != coat.color))
            )
    elif rng.random() < 0.5:
        lines += [
            arc(x * a, y * b, 0.035, 0.05, -80, 80, num_points=8)
            for x, y in ((-0.4, -0.25), (-0.4, 0.25), (-0.15, 0), (-0.1, -0.5), (-0.1, 0.5), (0.1, 0.25), (0.1, -0.25))
        ]
    parts.append(
        area(
            "fin", smooth([(a * 0.18, b * 0.1), (-a * 0.1, b * 0.2), (-a * 0.22, b * 0.55), (a * 0.05, b * 0.5)]), fins
        )
    )
    parts += eyes(rng, [(a * 0.68, -b * 0.2)], rng.uniform(0.035, 0.05))
    lines.append(arc(a * 0.92, b * 0.22, 0.07, 0.05, 60, 170, num_points=8))
    lines.append(arc(a * 0.28, 0, 0.06, b * 0.62, -60, 60, num_points=10))
    parts += drops(rng, a * 1.2, -0.05, 3) if rng.random() < 0.4 else []
    return in_square(rng, parts, lines, ("side view",), stands=False)


@kind("shark", group="animal", stands=False)
def shark(rng: np.random.Generator) -> Thing:
    """A shark from the side with teeth."""
    coat = Coat(rng, "gray", "blue", "dark gray", "light blue")
    parts = [
        coat(
            "tail",
            smooth(
                [
                    (-0.36, 0.0),
                    (-0.47, -0.22),
                    (-0.53, -0.22),
                    (-0.49, -0.02),
                    (-0.53, 0.12),
                    (-0.46, 0.12),
                    (-0.38, 0.06),
                ]
            ),
            0.5,
        )
    ]
    parts.append(coat("fin", smooth([(-0.08, -0.1), (-0.08, -0.32), (-0.04, -0.33), (0.06, -0.22), (0.12, -0.1)]), 0.6))
    body = smooth(
        [
            (-0.44, 0.01),
            (-0.2, -0.1),
            (0.1, -0.16),
            (0.32, -0.12),
            (0.48, 0.0),
            (0.42, 0.09),
            (0.2, 0.14),
            (-0.1, 0.14),
            (-0.32, 0.08),
        ]
    )
    parts.append(coat("body", body))
    parts.append(
        area(
            "belly",
            smooth(
                [(-0.3, 0.075), (-0.05, 0.085), (0.15, 0.08), (0.3, 0.07), (0.42, 0.075), (0.2, 0.137), (-0.1, 0.137)]
            ),
            "white",
            "light gray",
        )
    )
    mouth = [(0.3, 0.06), (0.38, 0.07), (0.46, 0.02), (0.44, 0.075), (0.36, 0.1)]
    parts.append(area("mouth", smooth(mouth), "dark red", "red", "black"))
    parts.append(
        area(
            "tooth",
            polygon(
                (0.325, 0.065),
                (0.34, 0.09),
                (0.36, 0.068),
                (0.38, 0.09),
                (0.4, 0.06),
                (0.42, 0.078),
                (0.44, 0.038),
                (0.38, 0.07),
            ),
            "white",
            fixed=True,
        )
    )
    parts.append(coat("fin", smooth([(0.12, 0.07), (0.02, 0.22), (-0.06, 0.3), (-0.03, 0.18), (0.0, 0.06)]), 0.6))
    parts += eyes(rng, [(0.34, -0.05)], 0.026, coat.color)
    lines = [arc(0.2 - d, 0.0, 0.02, 0.06, -70, 70, num_points=8) for d in (0, 0.035, 0.07)]
    return in_square(rng, parts, lines, ("side view",), stands=False, joins=0.6)
