"""Animals of water, and those beside it: fish, whales, crabs, turtles, frogs.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import (
    BRIGHT,
    Coat,
    area,
    cloud,
    dot,
    even,
    eyes,
    in_square,
    limb,
    loosely,
    smile,
    star,
)
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


@kind("whale", group="animal", stands=False)
def whale(rng: np.random.Generator) -> Thing:
    """A round whale with a tail that stands up, and a spout now and then."""
    coat, parts = Coat(rng, "blue", "gray", "light blue", "dark blue", "turquoise"), []
    if rng.random() < 0.65:
        for s in (-1, 1):
            parts.append(
                area(
                    "spout",
                    limb(
                        [(0.16, -0.17), (0.16 + s * 0.03, -0.32), (0.16 + s * 0.11, -0.36), (0.16 + s * 0.15, -0.28)],
                        [0.03, 0.045, 0.045, 0.03],
                    ),
                    "light blue",
                    "white",
                )
            )
    parts.append(
        coat(
            "tail",
            smooth(
                [
                    (-0.42, -0.14),
                    (-0.55, -0.2),
                    (-0.56, -0.31),
                    (-0.46, -0.3),
                    (-0.4, -0.22),
                    (-0.33, -0.31),
                    (-0.24, -0.3),
                    (-0.26, -0.19),
                    (-0.37, -0.12),
                ]
            ),
            0.5,
        )
    )
    body = [
        (-0.43, -0.14),
        (-0.37, -0.14),
        (-0.25, -0.03),
        (-0.05, -0.13),
        (0.15, -0.19),
        (0.36, -0.13),
        (0.46, 0.05),
        (0.4, 0.2),
        (0.1, 0.25),
        (-0.2, 0.22),
        (-0.38, 0.08),
    ]
    parts.append(coat("body", loosely(rng, body, 0.005)))
    parts.append(
        area(
            "belly",
            smooth([(0.452, 0.1), (0.38, 0.2), (0.1, 0.243), (-0.16, 0.22), (0.0, 0.16), (0.25, 0.14)]),
            "white",
            "light blue",
            "beige",
        )
    )
    parts.append(coat("fin", smooth([(0.1, 0.1), (0.03, 0.22), (-0.06, 0.29), (-0.04, 0.17), (0.0, 0.08)]), 0.6))
    parts += eyes(rng, [(0.3, 0.0)], 0.03, coat.color)
    lines = [smooth([(0.45, 0.08), (0.36, 0.1), (0.28, 0.06)], closed=False)]
    return in_square(rng, parts, lines, ("side view",), stands=False, joins=0.6)


@kind("dolphin", group="animal", stands=False)
def dolphin(rng: np.random.Generator) -> Thing:
    """A dolphin that jumps."""
    coat = Coat(rng, "blue", "gray", "light blue", "turquoise")
    parts = [
        coat(
            "tail",
            smooth(
                [(-0.4, 0.2), (-0.55, 0.22), (-0.58, 0.29), (-0.46, 0.27), (-0.43, 0.38), (-0.36, 0.36), (-0.36, 0.25)]
            ),
            0.5,
        )
    ]
    parts.append(coat("fin", smooth([(-0.1, -0.13), (-0.2, -0.28), (-0.13, -0.28), (0.02, -0.15)]), 0.6))
    parts.append(
        coat(
            "body",
            smooth(
                [
                    (-0.42, 0.24),
                    (-0.3, 0.05),
                    (-0.1, -0.14),
                    (0.12, -0.18),
                    (0.28, -0.12),
                    (0.36, -0.02),
                    (0.48, 0.06),
                    (0.45, 0.1),
                    (0.32, 0.09),
                    (0.1, 0.08),
                    (-0.12, 0.1),
                    (-0.3, 0.2),
                    (-0.38, 0.28),
                ]
            ),
        )
    )
    parts.append(
        area(
            "belly",
            smooth([(0.36, 0.085), (0.1, 0.075), (-0.12, 0.095), (-0.26, 0.17), (-0.05, 0.04), (0.15, 0.02)]),
            "white",
            "light gray",
        )
    )
    parts.append(coat("fin", smooth([(0.1, 0.0), (0.04, 0.14), (-0.03, 0.22), (-0.02, 0.1), (0.0, 0.0)]), 0.6))
    parts += eyes(rng, [(0.27, -0.03)], 0.024, coat.color)
    return in_square(
        rng, parts, [smooth([(0.46, 0.07), (0.36, 0.05), (0.3, 0.02)], closed=False)], stands=False, joins=0.6
    )


@kind("octopus", group="animal", stands=False)
def octopus(rng: np.random.Generator) -> Thing:
    """An octopus with a round head and six to eight arms."""
    coat, num, parts, lines = (
        Coat(rng, "purple", "pink", "orange", "red", "blue", "green"),
        int(rng.integers(5, 8)),
        [],
        [],
    )
    for place in sorted(np.linspace(-1, 1, num), key=lambda value: -abs(value)):
        curl, out = rng.choice([-1, 1]), place * 0.42
        if abs(place) > 0.3:
            curl = np.sign(place)
        arm = [
            (place * 0.16, 0.05),
            (place * 0.26, 0.2),
            (out * 0.85, 0.34),
            (out + curl * 0.06, 0.38),
            (out + curl * 0.1, 0.3),
        ]
        parts.append(coat("arm", limb(arm, [0.11, 0.09, 0.075, 0.055, 0.03]), 0.3))
    parts.append(
        coat("head", even([(0, -0.42), (0.18, -0.38), (0.27, -0.2), (0.2, 0.0), (0.2, 0.1), (0, 0.15)], x=0), 0.0)
    )
    if rng.random() < 0.4:
        parts += [
            area("spot", ellipse(x, y, s), *(c for c in ("light pink", "yellow", "white")))
            for x, y, s in ((-0.12, -0.3, 0.035), (0.02, -0.35, 0.025), (0.14, -0.27, 0.03))
        ]
    parts += eyes(rng, [(s * 0.09, -0.1) for s in (-1, 1)], rng.uniform(0.045, 0.06))
    return in_square(rng, parts, [*lines, smile(0, 0.0, 0.12, 0.7)], stands=False, joins=0.5)


@kind("crab", group="animal")
def crab(rng: np.random.Generator) -> Thing:
    """A crab from the front with two claws."""
    coat, parts = Coat(rng, "red", "orange", "blue", "purple"), []
    for s in (-1, 1):
        for y, out, low in ((0.08, 0.46, 0.2), (0.13, 0.42, 0.29), (0.17, 0.34, 0.34)):
            parts.append(
                coat(
                    "leg", limb([(s * 0.2, y), (s * (out - 0.08), y - 0.02), (s * out, low)], [0.05, 0.045, 0.015]), 0.3
                )
            )
        parts.append(coat("arm", limb([(s * 0.24, 0.02), (s * 0.36, -0.03), (s * 0.36, -0.14)], 0.055), 0.0))
        x, y, turn = s * 0.37, -0.22, np.deg2rad(-90 - s * rng.uniform(-5, 25))
        around = np.linspace(0.5, 2 * np.pi - 0.5, 18) + turn
        claw = np.stack([x + 0.12 * np.cos(around), y + 0.13 * np.sin(around)], 1)
        parts.append(coat("claw", np.concatenate([claw, [[x - 0.02 * np.cos(turn), y - 0.02 * np.sin(turn)]]]), 0.6))
        parts.append(coat("stalk", limb([(s * 0.09, -0.05), (s * 0.09, -0.12), (s * 0.1, -0.18)], 0.03), 0.0))
    parts.append(coat("body", even([(0, -0.09), (0.18, -0.08), (0.3, 0.04), (0.22, 0.2), (0, 0.24)], x=0)))
    parts += [area("eye", ellipse(s * 0.1, -0.2, 0.05), "white") for s in (-1, 1)] + [
        dot(s * 0.095, -0.2, 0.024) for s in (-1, 1)
    ]
    return in_square(rng, parts, [smile(0, 0.05, 0.18, 0.5)], joins=0.4)


@kind("turtle", "tortoise", group="animal")
def turtle(rng: np.random.Generator) -> Thing:
    """A turtle from the side with a domed shell, or a sea turtle from above."""
    coat = Coat(rng, "green", "light green", "light brown", "beige")
    shell = tuple(color for color in ("brown", "dark green", "green", "orange") if color != coat.color)
    if rng.random() < 0.3:
        parts = [
            coat("tail", polygon((-0.03, 0.3), (0.03, 0.3), (0, 0.42)), 0.4),
            coat("head", ellipse(0, -0.36, 0.09, 0.12), 0.5),
        ]
        parts += [
            coat("leg", limb([(s * 0.18, -0.15), (s * 0.34, -0.22), (s * 0.44, -0.08)], [0.12, 0.13, 0.04]), 0.5)
            for s in (-1, 1)
        ]
        parts += [
            coat("leg", limb([(s * 0.15, 0.18), (s * 0.26, 0.28), (s * 0.28, 0.38)], [0.1, 0.1, 0.05]), 0.5)
            for s in (-1, 1)
        ]
        parts.append(area("shell", ellipse(0, 0.02, 0.26, 0.31), *shell))
        parts += [
            area("spot", star(x, y, r, r * 0.87, 3, 30), "light green", "yellow", "green")
            for x, y, r in (
                (0, 0.02, 0.1),
                (0, -0.17, 0.07),
                (0, 0.21, 0.07),
                (-0.15, -0.08, 0.065),
                (0.15, -0.08, 0.065),
                (-0.15, 0.12, 0.065),
                (0.15, 0.12, 0.065),
            )
        ]
        parts += [dot(s * 0.045, -0.41, 0.018) for s in (-1, 1)]
        return in_square(rng, parts, says=("from above",), stands=False)
    parts = [coat("tail", polygon((-0.32, 0.12), (-0.46, 0.2), (-0.3, 0.2)), 0.4)]
    parts += [
        coat("leg", limb([(x, 0.12), (x + 0.01, 0.22), (x + 0.02, 0.3)], [0.12, 0.11, 0.11], round_end=False), 0.5)
        for x in (-0.22, 0.17)
    ]
    parts += [
        coat("neck", limb([(0.22, 0.14), (0.34, 0.1), (0.4, 0.0)], [0.12, 0.11, 0.1]), 0.0),
        coat("head", ellipse(0.43, -0.04, 0.11, 0.095), 0.4),
    ]
    dome = np.concatenate(
        [arc(0, 0.14, 0.34, rng.uniform(0.32, 0.4), 180, 360), arc(0, 0.14, 0.34, 0.05, 0, 180)[1:-1]]
    )
    parts.append(area("shell", dome, *shell))
    places = ((0.0, -0.06, 0.085), (-0.17, 0.03, 0.07), (0.17, 0.03, 0.07))
    parts += (
        [area("spot", star(x, y, r, r * 0.87, 3, 30), "light green", "yellow", "light brown") for x, y, r in places]
        if rng.random() < 0.6
        else []
    )
    if rng.random() < 0.5:
        parts.append(area("rim", limb([(-0.34, 0.15), (0, 0.2), (0.34, 0.15)], 0.06), "beige", "light brown", "yellow"))
    parts += eyes(rng, [(0.46, -0.07)], 0.026)
    return in_square(rng, parts, [arc(0.48, -0.02, 0.05, 0.03, 40, 150, num_points=8)], ("side view",), joins=0.6)


@kind("starfish", "sea star", group="animal", stands=False)
def starfish(rng: np.random.Generator) -> Thing:
    """A five-armed starfish, with a face or with dots."""
    turn, inner = rng.uniform(-15, 15), rng.uniform(0.17, 0.22)
    outline = smooth(star(0, 0, 0.45, inner, 5, turn), steps=6)
    parts = [area("body", outline, "orange", "red", "pink", "yellow", "purple", body=True)]
    for index in range(5):
        a = np.deg2rad(index * 72 - 90 + turn)
        parts += [
            area("spot", ellipse(np.cos(a) * r, np.sin(a) * r, size, num_points=16), "light yellow", "white", "red")
            for r, size in ((0.22, 0.028), (0.31, 0.02))
        ]
    if rng.random() < 0.6:
        parts += eyes(rng, [(s * 0.07, -0.04) for s in (-1, 1)], 0.035)
        return in_square(rng, parts, [smile(0, 0.03, 0.12, 0.7)], stands=False)
    parts.append(area("spot", ellipse(0, 0, 0.04), "light yellow", "white", "red"))
    return in_square(rng, parts, stands=False)


@kind("jellyfish", group="animal", stands=False)
def jellyfish(rng: np.random.Generator) -> Thing:
    """A jellyfish: a dome with wavy tentacles."""
    color, parts, num = (
        str(rng.choice(["pink", "purple", "light blue", "turquoise", "orange"])),
        [],
        int(rng.integers(4, 7)),
    )
    for x in np.linspace(-0.22, 0.22, num):
        wave, length = rng.choice([-1, 1]) * 0.035, rng.uniform(0.3, 0.45)
        points = [
            (x, -0.05),
            (x + wave, -0.05 + length / 3),
            (x - wave, -0.05 + length * 2 / 3),
            (x + wave, -0.05 + length),
        ]
        parts.append(
            area(
                "tentacle",
                limb(points, [0.05, 0.045, 0.035, 0.015]),
                "light pink",
                "light purple",
                "light blue",
                "white",
            )
        )
    scallop = [(x, 0.0 if i % 2 == 0 else -0.05) for i, x in enumerate(np.linspace(0.32, -0.32, 9))]
    parts.append(
        area(
            "bell",
            np.concatenate(
                [arc(0, 0, 0.32, rng.uniform(0.32, 0.4), 180, 360), smooth(scallop, closed=False, steps=4)[1:-1]]
            ),
            color,
            body=True,
        )
    )
    if rng.random() < 0.4:
        parts += [
            area("spot", ellipse(x, y, 0.03), "white", "light yellow")
            for x, y in ((-0.16, -0.2), (0.0, -0.26), (0.16, -0.2))
        ]
    lines = []
    if rng.random() < 0.6:
        parts += eyes(rng, [(s * 0.1, -0.12) for s in (-1, 1)], 0.035)
        lines.append(smile(0, -0.09, 0.1, 0.7))
    return in_square(rng, parts, lines, stands=False)


@kind("seahorse", group="animal", stands=False)
def seahorse(rng: np.random.Generator) -> Thing:
    """A seahorse with a curled tail."""
    coat = Coat(rng, "orange", "yellow", "purple", "pink", "turquoise", "green")
    parts = [
        area(
            "fin",
            smooth([(-0.08, -0.12), (-0.2, -0.2), (-0.25, -0.08), (-0.2, 0.04), (-0.08, 0.04)]),
            *(c for c in BRIGHT if c != coat.color),
        )
    ]
    parts.append(
        coat(
            "body",
            limb(
                [
                    (0.03, -0.3),
                    (-0.03, -0.15),
                    (0.05, 0.05),
                    (0.0, 0.25),
                    (-0.12, 0.38),
                    (-0.02, 0.48),
                    (0.09, 0.42),
                    (0.04, 0.36),
                ],
                [0.15, 0.17, 0.25, 0.15, 0.09, 0.065, 0.05, 0.03],
            ),
        )
    )
    parts.append(
        coat(
            "head",
            smooth(
                [
                    (-0.05, -0.36),
                    (0.05, -0.44),
                    (0.14, -0.38),
                    (0.28, -0.33),
                    (0.29, -0.27),
                    (0.15, -0.27),
                    (0.05, -0.22),
                    (-0.05, -0.27),
                ]
            ),
            0.0,
        )
    )
    parts.append(coat("crest", polygon((-0.06, -0.33), (-0.07, -0.44), (0.0, -0.41), (0.03, -0.5), (0.08, -0.41)), 0.5))
    parts.append(
        area("belly", limb([(0.06, -0.12), (0.12, 0.03), (0.06, 0.18)], [0.06, 0.1, 0.04]), "light yellow", "white")
    )
    parts += eyes(rng, [(0.08, -0.34)], 0.03)
    return in_square(
        rng,
        parts,
        [
            smooth([(x, y), (x + 0.05, y + 0.02), (x + 0.1, y)], closed=False, steps=4)
            for x, y in ((-0.06, -0.05), (-0.05, 0.05), (-0.05, 0.14))
        ],
        stands=False,
        joins=0.7,
    )


@kind("frog", "toad", group="animal")
def frog(rng: np.random.Generator) -> Thing:
    """A frog from the front with eyes on top, on a lily pad or with a crown now and then."""
    coat, parts = Coat(rng, "green", "light green", "dark green", "yellow", "blue"), []
    pad = rng.random() < 0.3
    if pad:
        parts.append(
            area("lily pad", ellipse(0, 0.4, 0.48, 0.09), *(c for c in ("green", "dark green") if c != coat.color))
        )
    for s in (-1, 1):
        parts.append(coat("leg", ellipse(s * 0.27, 0.26, 0.13, 0.14, turn_deg=s * 20), 0.3))
        parts.append(
            coat(
                "foot",
                smooth([(s * 0.22, 0.36), (s * 0.36, 0.36), (s * 0.44, 0.41), (s * 0.3, 0.42), (s * 0.18, 0.41)]),
                0.3,
            )
        )
    parts.append(coat("body", even([(0, 0.0), (0.18, 0.05), (0.25, 0.25), (0.18, 0.39), (0, 0.41)], x=0)))
    if rng.random() < 0.7:
        parts.append(area("belly", ellipse(0, 0.25, 0.15, 0.14), "light green", "light yellow", "white"))
    for s in (-1, 1):
        parts.append(coat("hand", ellipse(s * 0.12, 0.4, 0.075, 0.03), 0.2))
        parts.append(coat("lid", ellipse(s * 0.16, -0.26, 0.11), 0.0))
    parts.append(coat("head", ellipse(0, -0.1, 0.32, 0.19), 0.0))
    parts += [area("eye", ellipse(s * 0.16, -0.26, 0.075), "white", "yellow") for s in (-1, 1)] + [
        dot(s * 0.16, -0.26, 0.035) for s in (-1, 1)
    ]
    if rng.random() < 0.3:
        parts += [dot(s * 0.23, -0.06, 0.04, "pink", "cheek") for s in (-1, 1)]
    lines = [
        smile(0, -0.1, 0.36, 0.55),
        *(np.float32([(s * 0.025, -0.15), (s * 0.025, -0.14)]) for s in (-1, 1)),
        *(np.float32([(s * 0.09, 0.22), (s * 0.1, 0.37)]) for s in (-1, 1)),
    ]
    if rng.random() < 0.25:
        parts.append(
            area(
                "crown",
                polygon(
                    (-0.1, -0.28),
                    (-0.13, -0.44),
                    (-0.06, -0.36),
                    (0, -0.47),
                    (0.06, -0.36),
                    (0.13, -0.44),
                    (0.1, -0.28),
                ),
                "gold",
                "yellow",
            )
        )
    return in_square(rng, parts, lines, ("on a lily pad",) if pad else (), joins=0.6)


@kind("coral", group="nature")
def coral(rng: np.random.Generator) -> Thing:
    """A branched coral on a stone."""
    parts, color = [], ("pink", "red", "orange", "purple")
    for x, y, base in ((-0.3, -0.15, 0.25), (0.32, -0.2, 0.2), (-0.12, -0.4, 0.0), (0.12, -0.36, 0.05)):
        parts.append(
            area(
                "branch",
                limb(
                    [(x * 0.1, base + 0.1), (x * 0.75, base - 0.05), (x + rng.uniform(-0.04, 0.04), y)],
                    [0.1, 0.085, 0.075],
                ),
                *color,
                body=True,
            )
        )
    parts.append(area("branch", limb([(0, 0.42), (0, 0.2), (0, -0.05)], [0.15, 0.12, 0.08]), *color, body=True))
    parts.append(area("stone", cloud(rng, 0, 0.45, 0.3, 0.09, 6), "gray", "brown", "beige"))
    return in_square(rng, parts, joins=0.8)
