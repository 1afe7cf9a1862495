"""Kings, queens and their knights.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import SKINS, area, cloud, even, in_square, limb, pick, star
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.people._dressed import crown_on, lady, robed
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._hair import beard, hair_in_front
from sprint_live.train.data.kinds.people._limbs import two_arms


@kind("king", group="person")
def king(rng: np.random.Generator) -> Thing:
    """A king with a crown, a beard, a cape and a scepter."""
    skin, hair = pick(rng, SKINS), str(rng.choice(["gray", "white", "brown", "black", "orange"]))
    parts = (
        [area("cape", polygon((-0.12, -0.1), (0.12, -0.1), (0.33, 0.47), (-0.33, 0.47)), "red", "purple", "blue")]
        if rng.random() < 0.7
        else []
    )
    body, hands = robed(rng, "robe", ("blue", "red", "purple", "green"), skin, 0.2)
    x, y = hands[1]
    parts.append(area("scepter", limb([(x + 0.03, y + 0.2), (x, y), (x - 0.02, y - 0.2)], 0.03), "gold", "brown"))
    parts.append(area("orb", ellipse(x - 0.02, y - 0.22, 0.045), "red", "gold", "blue"))
    parts += body
    parts.append(area("collar", cloud(rng, 0, -0.09, 0.14, 0.045, 8), "white", "beige"))
    face, lines = face_of(rng, 0, -0.25, 0.14, skin, plain=True)
    parts += (
        face
        + beard(rng, 0, -0.25, 0.14, hair, rng.uniform(1.45, 1.9))
        + hair_in_front(rng, 0, -0.25, 0.14, "short", hair)
    )
    if rng.random() < 0.6:
        parts += [area("button", ellipse(0, d, 0.016), "gold", "yellow") for d in (0.1, 0.18, 0.26)]
    return in_square(rng, parts + crown_on(rng, 0, -0.33, 0.13, 0.14), lines[:-1])


@kind("queen", group="person")
def queen(rng: np.random.Generator) -> Thing:
    """A queen in a gown with a crown."""
    parts, lines, _ = lady(rng, ("purple", "red", "blue", "green"), ("long", "bun", "bob", "curly"))
    return in_square(rng, parts + crown_on(rng, 0, -0.34, 0.12, 0.13), lines)


@kind("princess", group="person")
def princess(rng: np.random.Generator) -> Thing:
    """A princess in a wide dress with a small crown, with a wand now and then."""
    parts, lines, hands = lady(rng, ("pink", "light blue", "purple", "yellow"), ("long", "long", "braids", "curly"))
    if rng.random() < 0.4:
        x, y = hands[1]
        parts += [
            area(
                "wand",
                limb([(x, y + 0.04), (x + 0.02, y - 0.06), (x + 0.04, y - 0.16)], 0.02),
                "gold",
                "white",
                "brown",
            ),
            area("star", star(x + 0.045, y - 0.2, 0.075, 0.033), "yellow", "gold"),
        ]
    return in_square(rng, parts + crown_on(rng, 0, -0.365, 0.075, 0.085), lines)


@kind("knight", group="person")
def knight(rng: np.random.Generator) -> Thing:
    """A knight in armor with a shield and a sword."""
    steel = ("silver", "gray", "light gray", "gold")
    parts = [area("boot", box(s * 0.085 - 0.065, 0.38, s * 0.085 + 0.08, 0.48, radius=0.03), *steel) for s in (-1, 1)]
    parts += [area("leg", box(s * 0.08 - 0.055, 0.15, s * 0.08 + 0.055, 0.4), *steel) for s in (-1, 1)]
    _, sleeves, hands = two_arms(rng, 0.14, -0.05, 0.2, 0.085, "white", 1.0, (35, 55))
    x, y = hands[1]
    parts += [
        area(
            "sword",
            polygon((x - 0.022, y), (x - 0.022, y - 0.36), (x, y - 0.42), (x + 0.022, y - 0.36), (x + 0.022, y)),
            "silver",
            "white",
        ),
        area("hilt", box(x - 0.07, y - 0.05, x + 0.07, y - 0.02), "gold", "brown"),
    ]
    parts += [area("glove", ellipse(a, b, 0.05), *steel) for a, b in hands]
    parts += [area("arm", sleeve, *steel) for sleeve in sleeves]
    parts.append(
        area(
            "tunic",
            polygon(
                (-0.1, -0.13),
                (0.1, -0.13),
                (0.16, -0.06),
                (0.14, 0.14),
                (0.19, 0.27),
                (-0.19, 0.27),
                (-0.14, 0.14),
                (-0.16, -0.06),
            ),
            "red",
            "blue",
            "green",
            "white",
        )
    )
    parts.append(area("belt", box(-0.145, 0.11, 0.145, 0.155), "brown", "black"))
    a, b = hands[0]
    shield = even([(a, b - 0.13), (a + 0.13, b - 0.15), (a + 0.13, b + 0.02), (a, b + 0.19)], x=a, curved=False)
    parts += [
        area("shield", shield, "blue", "red", "yellow"),
        area(
            "cross",
            polygon(
                (a - 0.02, b - 0.1),
                (a + 0.02, b - 0.1),
                (a + 0.02, b - 0.04),
                (a + 0.08, b - 0.04),
                (a + 0.08, b),
                (a + 0.02, b),
                (a + 0.02, b + 0.1),
                (a - 0.02, b + 0.1),
                (a - 0.02, b),
                (a - 0.08, b),
                (a - 0.08, b - 0.04),
                (a - 0.02, b - 0.04),
            ),
            "white",
            "yellow",
        ),
    ]
    plume = smooth([(0.0, -0.44), (-0.02, -0.56), (-0.16, -0.56), (-0.24, -0.42), (-0.13, -0.46)])
    parts += [
        area("plume", plume, "red", "blue", "purple"),
        area("helmet", even([(0, -0.47), (0.12, -0.42), (0.15, -0.25), (0.12, -0.12), (0, -0.1)], x=0), *steel),
    ]
    parts.append(area("visor", box(-0.115, -0.31, 0.115, -0.25, radius=0.02), "black", fixed=True))
    return in_square(rng, parts, [np.float32([(d, -0.2), (d, -0.14)]) for d in (-0.05, 0, 0.05)])
