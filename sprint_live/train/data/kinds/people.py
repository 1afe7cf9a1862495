"""People from head to foot, and those of stories.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._heads import beard, face_of, hair_behind, hair_in_front, sewn, two_arms, two_legs
from sprint_live.train.data.kinds._shapes import (
    BRIGHT,
    HAIRS,
    SKINS,
    area,
    cloud,
    dot,
    even,
    in_square,
    limb,
    pick,
    star,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth

Drawn = tuple[list[Part], list[np.ndarray], list[Part]]
CLOTH = ("blue", "red", "green", "brown", "purple", "black", "gray", "orange", "turquoise")


def head(rng: np.random.Generator, x: float, y: float, r: float, skin: str, hair: str, style: str) -> Drawn:
    """What is behind the body, the lines, and what is in front."""
    some, lines = face_of(rng, x, y, r, skin, plain=True, ears=style not in ("long", "bob"))
    return hair_behind(rng, x, y, r, style, hair), lines, some + hair_in_front(rng, x, y, r, style, hair)


def dressed(
    rng: np.random.Generator, style: str, skirt: bool, r: float
) -> tuple[list[Part], list[np.ndarray], list[tuple[float, float]]]:
    """A figure from head to foot; r: the radius of its head (a child's is larger)."""
    skin, hair, y = pick(rng, SKINS), pick(rng, HAIRS), -0.28
    neck = y + r * 0.95
    behind, lines, front = head(rng, 0, y, r, skin, hair, style)
    wide, hip = rng.uniform(0.105, 0.135), neck + rng.uniform(0.25, 0.29)
    sleeve = float(rng.choice([0.45, 1.0]))
    arms, sleeves, hands = two_arms(rng, wide - 0.005, neck + 0.065, 0.2, 0.065, skin, sleeve)
    colors = tuple(rng.permutation(BRIGHT))
    parts = [*behind, area("neck", box(-0.035, y + r * 0.7, 0.035, neck + 0.05), skin)]
    low = 0.48
    if skirt:
        hem = rng.uniform(hip + 0.02, low - 0.1)
        out = rng.uniform(0.19, 0.28)
        parts += [*two_legs(rng, 0.06, hem - 0.05, low, 0.06, skin), *arms]
        torso = smooth(
            [
                (-0.06, neck + 0.01),
                (0.06, neck + 0.01),
                (wide, neck + 0.05),
                (wide * 0.75, hip - 0.1),
                (out, hem),
                (0, hem + 0.02),
                (-out, hem),
                (-wide * 0.75, hip - 0.1),
                (-wide, neck + 0.05),
            ],
            steps=5,
        )
        if rng.random() < 0.35:
            blouse = polygon(
                (-0.06, neck),
                (0.06, neck),
                (wide, neck + 0.04),
                (wide * 0.8, hip - 0.08),
                (-wide * 0.8, hip - 0.08),
                (-wide, neck + 0.04),
            )
            parts += sewn("shirt", [blouse, *sleeves], *colors)
            parts.append(
                area(
                    "skirt",
                    polygon((-wide * 0.85, hip - 0.1), (wide * 0.85, hip - 0.1), (out, hem), (-out, hem)),
                    *colors[1:],
                )
            )
        else:
            parts += sewn("dress", [torso, *sleeves], *colors)
            if rng.random() < 0.4:
                parts.append(
                    area(
                        "belt",
                        polygon(
                            (-wide * 0.82, hip - 0.12),
                            (wide * 0.82, hip - 0.12),
                            (wide * 0.92, hip - 0.08),
                            (-wide * 0.92, hip - 0.08),
                        ),
                        *colors[1:],
                    )
                )
    else:
        parts += [
            *two_legs(rng, 0.065, hip - 0.01, low, 0.085, skin, CLOTH, 0.45 if rng.random() < 0.3 else 1.0),
            *arms,
        ]
        torso = polygon(
            (-0.05, neck),
            (0.05, neck),
            (wide, neck + 0.035),
            (wide * 0.98, hip),
            (-wide * 0.98, hip),
            (-wide, neck + 0.035),
        )
        parts += sewn("shirt", [torso, *sleeves], *colors)
        extra = rng.random()
        if extra < 0.25:
            parts += [
                area("stripe", box(-wide * 0.97, neck + d, wide * 0.97, neck + d + 0.035), "white", "yellow", "black")
                for d in (0.1, 0.17)
            ]
        elif extra < 0.5:
            parts += [
                area("button", ellipse(0, neck + d, 0.012), "white", "yellow", "black") for d in (0.06, 0.12, 0.18)
            ]
        elif extra < 0.65:
            parts.append(
                area(
                    "tie",
                    polygon(
                        (-0.02, neck),
                        (0.02, neck),
                        (0.012, neck + 0.03),
                        (0.03, neck + 0.15),
                        (0, neck + 0.19),
                        (-0.03, neck + 0.15),
                        (-0.012, neck + 0.03),
                    ),
                    "red",
                    "blue",
                    "black",
                )
            )
    return parts + front, lines, hands


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


def robed(
    rng: np.random.Generator, name: str, colors: tuple[str, ...], skin: str, out: float, low: float = 0.47
) -> tuple[list[Part], list[tuple[float, float]]]:
    """A robe or a gown down to the ground, with wide sleeves and hands."""
    arms, sleeves, hands = two_arms(rng, 0.1, -0.05, 0.21, 0.07, skin, 1.0, (30, 45, 65))
    torso = smooth(
        [
            (-0.06, -0.12),
            (0.06, -0.12),
            (0.13, -0.07),
            (0.12, 0.08),
            (out * 0.75, 0.3),
            (out, low),
            (0, low + 0.015),
            (-out, low),
            (-out * 0.75, 0.3),
            (-0.12, 0.08),
            (-0.13, -0.07),
        ],
        steps=5,
    )
    return [*arms, *sewn(name, [torso, *sleeves], *colors)], hands


def crown_on(rng: np.random.Generator, x: float, y: float, half: float, high: float) -> list[Part]:
    """A crown whose rim is at y, with jewels."""
    zigzag = [
        (x - half, y),
        (x - half * 1.15, y - high),
        (x - half * 0.5, y - high * 0.5),
        (x, y - high * 1.15),
        (x + half * 0.5, y - high * 0.5),
        (x + half * 1.15, y - high),
        (x + half, y),
    ]
    parts = [area("crown", polygon(*zigzag), "gold", "yellow", "silver")]
    return parts + [
        area("jewel", ellipse(x + d * half, y - high * 0.25, high * 0.13), "red", "blue", "green")
        for d in (-0.5, 0, 0.5)
    ]


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


def lady(
    rng: np.random.Generator, gown: tuple[str, ...], styles: tuple[str, ...]
) -> tuple[list[Part], list[np.ndarray], list[tuple[float, float]]]:
    """A lady in a wide gown."""
    skin, hair = pick(rng, SKINS), pick(rng, HAIRS)
    behind, lines, front = head(rng, 0, -0.25, 0.135, skin, hair, str(rng.choice(styles)))
    body, hands = robed(rng, "dress", gown, skin, rng.uniform(0.3, 0.38))
    extra = rng.random()
    parts = [*behind, area("neck", box(-0.035, -0.15, 0.035, -0.08), skin), *body]
    if extra < 0.4:
        hem = [(x, 0.37 - 0.03 * (index % 2)) for index, x in enumerate(np.linspace(-0.245, 0.245, 9))]
        parts.append(
            area(
                "hem",
                np.concatenate([np.float32(hem), [[0.28, 0.455], [0.0, 0.475], [-0.28, 0.455]]]),
                "white",
                "yellow",
                "pink",
            )
        )
    elif extra < 0.7:
        parts.append(
            area(
                "belt",
                polygon((-0.125, 0.04), (0.125, 0.04), (0.125, 0.085), (-0.125, 0.085)),
                "gold",
                "white",
                "yellow",
            )
        )
    return parts + front, lines, hands


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
