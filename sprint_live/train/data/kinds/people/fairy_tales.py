"""People of fairy tales.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, SKINS, area, in_square, limb, pick, star
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.people._dressed import head, lady, robed
from sprint_live.train.data.kinds.people._face import face_of
from sprint_live.train.data.kinds.people._hair import beard
from sprint_live.train.data.kinds.people._limbs import two_arms


@kind("fairy", "angel", group="person", stands=False)
def fairy(rng: np.random.Generator) -> Thing:
    """A girl with wings: a fairy with a wand, or an angel with a halo."""
    angel = rng.random() < 0.4
    wings = [
        area(
            "wing",
            smooth(
                np.float32(
                    [
                        (0.05, 0.0),
                        (0.2, -0.22),
                        (0.42, -0.26),
                        (0.42, -0.05),
                        (0.28, 0.04),
                        (0.33, 0.18),
                        (0.2, 0.2),
                        (0.06, 0.1),
                    ]
                )
                * np.float32([s, 1])
            ),
            *(("white", "light yellow") if angel else ("light blue", "light pink", "light green")),
        )
        for s in (-1, 1)
    ]
    parts, lines, hands = lady(
        rng,
        ("white", "light blue", "gold") if angel else ("green", "pink", "purple", "blue"),
        ("long", "bun", "curly", "bob"),
    )
    x, y = hands[1]
    if angel:
        parts.append(area("halo", ellipse(0, -0.44, 0.11, 0.03), "gold", "yellow"))
    else:
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
    return in_square(rng, wings + parts, lines, ("angel",) if angel else (), stands=False)


@kind("mermaid", group="person", stands=False)
def mermaid(rng: np.random.Generator) -> Thing:
    """A mermaid with a scaly tail."""
    skin, hair = pick(rng, SKINS), str(rng.choice(["red", "orange", "yellow", "brown", "black", "purple", "turquoise"]))
    behind, lines, front = head(rng, 0, -0.3, 0.13, skin, hair, "long")
    arms, _, _ = two_arms(rng, 0.09, -0.12, 0.2, 0.065, skin, 0.4, (25, 40, 65))
    tail = ("green", "turquoise", "purple", "blue")
    parts = [*behind, *arms]
    parts.append(
        area(
            "torso",
            smooth(
                [
                    (-0.04, -0.2),
                    (0.04, -0.2),
                    (0.11, -0.13),
                    (0.08, 0.02),
                    (0.1, 0.12),
                    (-0.1, 0.12),
                    (-0.08, 0.02),
                    (-0.11, -0.13),
                ],
                steps=5,
            ),
            skin,
        )
    )
    parts += [area("shell", ellipse(s * 0.05, -0.07, 0.05, 0.045), "purple", "pink", "orange") for s in (-1, 1)]
    parts.append(
        area(
            "fin",
            smooth([(0.16, 0.4), (0.1, 0.54), (0.22, 0.5), (0.33, 0.54), (0.34, 0.38), (0.24, 0.37)]),
            "light green",
            "turquoise",
            "pink",
            "purple",
        )
    )
    parts.append(
        area(
            "tail",
            limb([(0, 0.07), (-0.03, 0.2), (0.05, 0.35), (0.22, 0.41)], [0.2, 0.2, 0.14, 0.06], round_start=False),
            *tail,
        )
    )
    lines += [
        arc(x, y, 0.03, 0.025, 10, 170, num_points=7)
        for x, y in ((-0.06, 0.15), (0.0, 0.15), (0.05, 0.15), (-0.05, 0.22), (0.02, 0.22), (0.0, 0.29), (0.06, 0.32))
    ]
    return in_square(rng, parts + front, lines, stands=False)


@kind("wizard", "magician", group="person")
def wizard(rng: np.random.Generator) -> Thing:
    """A wizard with a pointed hat, a long beard and a staff."""
    skin, hair = pick(rng, SKINS), str(rng.choice(["white", "gray", "light gray", "brown"]))
    robe = str(rng.choice(["blue", "purple", "red", "green", "dark blue"]))
    body, hands = robed(rng, "robe", (robe,), skin, rng.uniform(0.2, 0.27))
    x, y = hands[1]
    parts = [area("staff", limb([(x + 0.02, 0.47), (x, y), (x - 0.0, y - 0.35)], 0.03), "brown", "dark brown")]
    parts += [area("orb", ellipse(x, y - 0.37, 0.055), "yellow", "turquoise", "red"), *body]
    face, lines = face_of(rng, 0, -0.22, 0.13, skin, plain=True)
    parts += [*face, *beard(rng, 0, -0.22, 0.13, hair, rng.uniform(2.0, 3.2))]
    bend = rng.uniform(-0.12, 0.12)
    parts.append(
        area(
            "hat",
            smooth(
                [(-0.13, -0.3), (-0.07, -0.48), (bend, -0.72), (bend + 0.02, -0.7), (0.08, -0.48), (0.13, -0.3)],
                steps=6,
            ),
            robe,
            *BRIGHT[:2],
        )
    )
    parts.append(area("brim", ellipse(0, -0.3, 0.22, 0.04), robe, *BRIGHT[:2]))
    stars = ((0.0, -0.4, 0.045), (0.02 + bend * 0.4, -0.51, 0.032))
    parts += (
        [
            area("star", star(a, b, r, r * 0.45), "yellow", "gold", "white")
            for a, b, r in (*stars, (-0.1, 0.34, 0.04), (0.1, 0.38, 0.035))
        ]
        if rng.random() < 0.7
        else []
    )
    return in_square(rng, parts, lines[:-1])


@kind("witch", group="person")
def witch(rng: np.random.Generator) -> Thing:
    """A witch with a pointed hat and a broom."""
    skin, hair = str(rng.choice(["green", *SKINS])), str(rng.choice(["black", "orange", "purple", "gray", "red"]))
    cloth = str(rng.choice(["black", "purple", "dark blue", "dark green"]))
    behind, lines, front = head(rng, 0, -0.22, 0.13, skin, hair, "long")
    body, hands = robed(rng, "dress", (cloth,), skin, rng.uniform(0.22, 0.28))
    x, y = hands[1]
    parts = [area("broom", limb([(x + 0.01, y + 0.12), (x, y), (x, y - 0.3)], 0.028), "brown")]
    parts.append(
        area(
            "bristles",
            polygon((x - 0.02, y + 0.1), (x + 0.04, y + 0.1), (x + 0.09, 0.47), (x - 0.07, 0.47)),
            "yellow",
            "orange",
            "light brown",
        )
    )
    parts += [*behind, *body, *front]
    bend = rng.uniform(-0.1, 0.1)
    parts.append(area("hat", polygon((-0.13, -0.31), (bend, -0.66), (0.13, -0.31)), cloth))
    parts.append(
        area(
            "band",
            polygon((-0.13, -0.31), (-0.11 + bend * 0.12, -0.365), (0.11 + bend * 0.12, -0.365), (0.13, -0.31)),
            "orange",
            "purple",
            "green",
        )
    )
    parts.append(area("brim", ellipse(0, -0.31, 0.24, 0.035), cloth))
    return in_square(rng, parts, lines)
