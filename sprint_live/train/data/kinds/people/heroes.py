"""Astronauts, pirates and superheroes.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import HAIRS, SKINS, area, dot, even, in_square, limb, pick, star
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.people._dressed import head
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._hair import beard
from sprint_live.train.data.kinds.people._limbs import sewn, two_arms, two_legs


@kind("astronaut", "spaceman", group="person")
def astronaut(rng: np.random.Generator) -> Thing:
    """An astronaut in a suit with a helmet; a flag or a pack now and then."""
    suit, trim = ("white", "light gray", "orange", "light blue"), ("red", "blue", "orange", "gray")
    parts = [area("pack", box(-0.21, -0.1, 0.21, 0.16, radius=0.04), "gray", "dark gray", "white")]
    _, sleeves, hands = two_arms(rng, 0.14, -0.03, 0.22, 0.11, "white", 1.0, (25, 45, 130))
    parts += [
        area("boot", box(s * 0.1 - 0.085, 0.38, s * 0.1 + 0.085, 0.48, radius=0.04), "gray", *trim) for s in (-1, 1)
    ]
    parts += [area("glove", ellipse(x, y, 0.065), *trim) for x, y in hands]
    legs = [box(s * 0.1 - 0.07, 0.12, s * 0.1 + 0.07, 0.41) for s in (-1, 1)]
    parts += sewn("suit", [box(-0.17, -0.1, 0.17, 0.24, radius=0.07), *legs, *sleeves], *suit)
    parts.append(area("panel", box(-0.08, 0.0, 0.08, 0.1, radius=0.015), "light blue", "gray", "blue"))
    parts += [dot(x, 0.05, 0.016, color, "button") for x, color in ((-0.045, "red"), (0.0, "yellow"), (0.045, "green"))]
    parts.append(area("helmet", ellipse(0, -0.27, 0.2, 0.19), "white", "light gray"))
    lines = []
    if rng.random() < 0.5:
        parts.append(area("visor", ellipse(0, -0.26, 0.15, 0.125), "dark blue", "gold", "light blue", "black"))
        lines.append(arc(0.0, -0.26, 0.11, 0.09, 200, 250, num_points=8))
    else:
        face, lines = face_of(rng, 0, -0.26, 0.125, pick(rng, SKINS), plain=True, ears=False)
        parts += [area("visor", ellipse(0, -0.26, 0.155, 0.145), "light blue", "white"), *face]
    return in_square(rng, parts, lines)


@kind("pirate", group="person")
def pirate(rng: np.random.Generator) -> Thing:
    """A pirate with a hat, an eye patch, a beard and a hook or a sword."""
    skin, hair = pick(rng, SKINS), pick(rng, ("black", "brown", "orange", "gray"))
    parts = two_legs(rng, 0.07, 0.2, 0.48, 0.085, skin, ("blue", "brown", "black", "gray"), shoes=("black", "brown"))
    arms, sleeves, hands = two_arms(rng, 0.125, -0.04, 0.2, 0.07, skin, 0.9, (35, 60, 110))
    x, y = hands[1]
    parts += [
        area("sword", limb([(x, y), (x + 0.03, y - 0.15), (x + 0.1, y - 0.3)], [0.035, 0.045, 0.01]), "silver", "gray"),
        area("hilt", ellipse(x, y - 0.02, 0.06, 0.02), "gold", "brown"),
        *arms,
    ]
    parts += sewn(
        "shirt",
        [polygon((-0.06, -0.12), (0.06, -0.12), (0.14, -0.07), (0.13, 0.22), (-0.13, 0.22), (-0.14, -0.07)), *sleeves],
        "white",
        "red",
        "blue",
    )
    if rng.random() < 0.6:
        parts += [area("stripe", box(-0.13, d, 0.13, d + 0.04), "red", "black", "blue") for d in (-0.03, 0.06)]
    parts.append(area("belt", box(-0.135, 0.16, 0.135, 0.21), "black", "brown"))
    parts.append(area("buckle", box(-0.03, 0.155, 0.03, 0.215), "gold", "silver"))
    face, lines = face_of(rng, 0, -0.24, 0.14, skin, plain=True)
    parts += [
        *face,
        *beard(rng, 0, -0.24, 0.14, hair, 1.45),
        area("patch", ellipse(0.055, -0.25, 0.042, 0.038), "black", fixed=True),
    ]
    parts.append(
        area(
            "hat",
            smooth(
                [
                    (-0.24, -0.29),
                    (-0.17, -0.36),
                    (-0.1, -0.46),
                    (0, -0.5),
                    (0.1, -0.46),
                    (0.17, -0.36),
                    (0.24, -0.29),
                    (0.0, -0.33),
                ]
            ),
            "black",
            "brown",
            "red",
        )
    )
    parts.append(area("skull", ellipse(0, -0.41, 0.035, 0.03), "white", fixed=True))
    return in_square(
        rng,
        parts,
        [*lines[:-1], np.float32([(-0.14, -0.31), (0.02, -0.27)]), np.float32([(0.09, -0.25), (0.14, -0.23)])],
    )


@kind("superhero", group="person")
def superhero(rng: np.random.Generator) -> Thing:
    """A hero with a cape and a mask."""
    skin, hair, suit = pick(rng, SKINS), pick(rng, HAIRS), str(rng.choice(["blue", "red", "green", "purple", "black"]))
    trim = tuple(c for c in ("red", "yellow", "blue", "orange") if c != suit)
    style, wave = str(rng.choice(["short", "spiky", "long", "curly"])), rng.uniform(0.24, 0.34)
    behind, lines, front = head(rng, 0, -0.28, 0.135, skin, hair, style)
    parts = [
        area(
            "cape",
            smooth(
                [
                    (-0.1, -0.13),
                    (0.1, -0.13),
                    (0.2, 0.1),
                    (wave, 0.4),
                    (0.1, 0.36),
                    (-0.1, 0.4),
                    (-wave, 0.38),
                    (-0.2, 0.1),
                ],
                steps=6,
            ),
            *trim,
        ),
        *behind,
    ]
    arms, sleeves, _ = two_arms(rng, 0.125, -0.07, 0.2, 0.075, skin, 0.95, (40, 60, 140))
    legs = [
        polygon((s * 0.07 - 0.055, 0.1), (s * 0.07 + 0.055, 0.1), (s * 0.085 + 0.045, 0.4), (s * 0.085 - 0.045, 0.4))
        for s in (-1, 1)
    ]
    parts += [
        *arms,
        *sewn(
            "suit",
            [
                polygon((-0.06, -0.15), (0.06, -0.15), (0.15, -0.1), (0.12, 0.14), (-0.12, 0.14), (-0.15, -0.1)),
                *sleeves,
                *legs,
            ],
            suit,
        ),
    ]
    parts += [
        area(
            "boot",
            smooth(
                [(s * 0.035, 0.48), (s * 0.03, 0.33), (s * 0.14, 0.33), (s * 0.14, 0.42), (s * 0.19, 0.48)], steps=3
            ),
            *trim,
        )
        for s in (-1, 1)
    ]
    parts += [
        area("belt", box(-0.125, 0.1, 0.125, 0.145), "yellow", "gold"),
        area("emblem", star(0, -0.01, 0.065, 0.03, int(rng.integers(4, 7))), "yellow", "white"),
    ]
    parts += front
    mask = even([(0, -0.31), (0.07, -0.335), (0.13, -0.31), (0.11, -0.25), (0.05, -0.245), (0, -0.275)], x=0)
    parts.append(area("mask", mask, *trim, "black"))
    parts += [area("eye", ellipse(s * 0.055, -0.29, 0.026, 0.02), "white", fixed=True) for s in (-1, 1)] + [
        dot(s * 0.055, -0.29, 0.011) for s in (-1, 1)
    ]
    return in_square(rng, parts, lines)
