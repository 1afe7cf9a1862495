"""People of every day.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, SKINS, area, in_square, limb, pick
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, smooth
from sprint_live.train.data.kinds.people._dressed import dressed
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._limbs import sewn, two_arms


@kind("person", "human", group="person")
def person(rng: np.random.Generator) -> Thing:
    """A grown person: a man or a woman."""
    woman = rng.random() < 0.5
    style = str(rng.choice(["long", "bob", "curly", "bun"] if woman else ["short", "short", "spiky", "curly", "bald"]))
    parts, lines, _ = dressed(rng, style, woman and rng.random() < 0.6, rng.uniform(0.115, 0.135))
    return in_square(rng, parts, lines, ("woman" if woman else "man",))


@kind("girl", "little girl", group="person")
def girl(rng: np.random.Generator) -> Thing:
    """A girl in a dress, a skirt or trousers; now and then with a balloon or a flower."""
    parts, lines, hands = dressed(
        rng,
        str(rng.choice(["long", "pigtails", "bob", "bun", "braids", "curly"])),
        rng.random() < 0.8,
        rng.uniform(0.15, 0.18),
    )
    x, y = hands[0]
    if rng.random() < 0.3:
        parts.append(area("balloon", ellipse(x - 0.08, y - 0.42, 0.1, 0.12), *BRIGHT))
        lines.append(smooth([(x - 0.08, y - 0.3), (x - 0.1, y - 0.18), (x, y)], closed=False))
        return in_square(rng, parts, lines, ("with a balloon",))
    return in_square(rng, parts, lines)


@kind("boy", "little boy", group="person")
def boy(rng: np.random.Generator) -> Thing:
    """A boy in a shirt with trousers or shorts; now and then with a cap or a ball."""
    parts, lines, hands = dressed(
        rng, str(rng.choice(["short", "short", "spiky", "curly"])), False, rng.uniform(0.15, 0.18)
    )
    if rng.random() < 0.3:
        r = 0.17
        parts.append(area("cap", arc(0, -0.34, r, 0.14, 180, 360), *BRIGHT))
        parts.append(
            area(
                "brim",
                smooth([(0.02, -0.35), (0.16, -0.36), (0.28, -0.33), (0.16, -0.325), (0.02, -0.325)]),
                *BRIGHT[1:],
            )
        )
    elif rng.random() < 0.3:
        x, y = hands[1]
        parts.append(area("ball", ellipse(x + 0.05, y + 0.03, 0.08), *BRIGHT))
    return in_square(rng, parts, lines)


@kind("baby", group="person")
def baby(rng: np.random.Generator) -> Thing:
    """A baby that sits, with a curl of hair, a pacifier or a bib."""
    skin, suit = pick(rng, SKINS), ("light blue", "pink", "yellow", "white", "light green")
    parts = [area("foot", ellipse(s * 0.24, 0.41, 0.07, 0.06), skin) for s in (-1, 1)]
    arms, sleeves, _ = two_arms(rng, 0.14, 0.08, 0.15, 0.09, skin, 0.9, (40, 60, 100))
    legs = [limb([(s * 0.06, 0.34), (s * 0.14, 0.38), (s * 0.2, 0.41)], [0.16, 0.15, 0.12]) for s in (-1, 1)]
    parts += [*arms, *sewn("suit", [ellipse(0, 0.22, 0.18, 0.2), *sleeves, *legs], *suit)]
    if rng.random() < 0.5:
        parts.append(area("bib", np.concatenate([arc(0, 0.07, 0.11, 0.13, 0, 180)]), "white", "yellow", "red"))
    face, lines = face_of(rng, 0, -0.16, 0.23, skin, plain=True)
    parts += face
    if rng.random() < 0.5:
        parts += [
            area("pacifier", ellipse(0, -0.04, 0.07, 0.05), "blue", "pink", "yellow"),
            area("ring", ellipse(0, -0.01, 0.035), "white", "light blue"),
        ]
    if rng.random() < 0.4:
        parts.append(
            area(
                "bonnet",
                np.concatenate([arc(0, -0.2, 0.25, 0.24, 180, 360), arc(0, -0.2, 0.25, 0.1, 360, 180)[1:-1]]),
                *suit,
            )
        )
    else:
        lines.append(smooth([(-0.02, -0.38), (0.04, -0.33), (0.0, -0.28), (-0.04, -0.33), (0.02, -0.36)], closed=False))
    return in_square(rng, parts, lines, ("sitting",))
