"""Birds.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import (
    Coat,
    area,
    cloud,
    dot,
    even,
    eyes,
    in_square,
    limb,
    loosely,
    petal,
    smile,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth

BEAKS = ("orange", "yellow", "black")


def thin_legs(places: tuple[float, ...], top: float, low: float, color: str = "orange") -> list[Part]:
    """Thin legs with three toes."""
    parts = []
    for x in places:
        parts.append(area("leg", box(x - 0.013, top, x + 0.013, low - 0.02), color))
        parts.append(
            area(
                "foot",
                polygon(
                    (x - 0.01, low - 0.045),
                    (x + 0.015, low - 0.045),
                    (x + 0.08, low),
                    (x + 0.02, low - 0.008),
                    (x - 0.015, low),
                    (x - 0.03, low - 0.008),
                    (x - 0.055, low),
                ),
                color,
            )
        )
    return parts


@kind("bird", "little bird", group="animal")
def bird(rng: np.random.Generator) -> Thing:
    """A small bird from the side, on its feet or in flight."""
    coat, belly = (
        Coat(rng, "blue", "red", "yellow", "brown", "green", "gray", "purple"),
        ("white", "yellow", "orange", "beige"),
    )
    beak = str(rng.choice(["orange", "yellow", "gray"]))
    if rng.random() < 0.3:
        parts = [coat("tail", polygon((-0.22, 0.02), (-0.46, -0.06), (-0.42, 0.04), (-0.48, 0.12)), 0.5)]
        parts.append(
            coat("wing", smooth([(0.1, -0.05), (0.16, -0.3), (0.08, -0.46), (-0.04, -0.3), (-0.06, -0.05)]), 0.6)
        )
        parts.append(area("beak", polygon((0.36, -0.06), (0.48, 0.0), (0.36, 0.03)), beak))
        parts.append(
            coat(
                "body",
                loosely(
                    rng,
                    [
                        (-0.28, 0.03),
                        (-0.1, -0.09),
                        (0.15, -0.13),
                        (0.32, -0.13),
                        (0.4, -0.03),
                        (0.3, 0.08),
                        (0.1, 0.14),
                        (-0.12, 0.12),
                    ],
                ),
            )
        )
        parts.append(area("belly", smooth([(-0.1, 0.1), (0.08, 0.05), (0.28, 0.06), (0.1, 0.13)]), *belly))
        parts.append(
            coat("wing", smooth([(0.1, -0.04), (0.02, -0.26), (-0.14, -0.42), (-0.16, -0.2), (-0.1, -0.01)]), 0.6)
        )
        return in_square(rng, [*parts, *eyes(rng, [(0.3, -0.06)], 0.03)], says=("flying",), stands=False)
    round_one = rng.random() < 0.5
    parts = thin_legs((-0.06, 0.06), 0.15, 0.42, str(rng.choice(["orange", "brown", "gray"])))
    parts.append(coat("tail", polygon((-0.2, 0.06), (-0.44, 0.08), (-0.46, 0.15), (-0.36, 0.2), (-0.15, 0.16)), 0.5))
    head = (0.16, -0.2) if not round_one else (0.13, -0.12)
    parts.append(
        area(
            "beak",
            polygon(
                (head[0] + 0.12, head[1] - 0.05), (head[0] + 0.28, head[1] + 0.01), (head[0] + 0.12, head[1] + 0.06)
            ),
            beak,
        )
    )
    parts.append(coat("body", ellipse(0, 0.06, 0.28 if round_one else 0.27, 0.24 if round_one else 0.17, turn_deg=-18)))
    if rng.random() < 0.7:
        parts.append(area("belly", ellipse(0.07, 0.1, 0.17, 0.12, turn_deg=-25), *belly))
    if rng.random() < 0.3:
        parts.append(
            coat(
                "crest",
                smooth(
                    [
                        (head[0] - 0.05, head[1] - 0.11),
                        (head[0] - 0.16, head[1] - 0.26),
                        (head[0], head[1] - 0.2),
                        (head[0] + 0.05, head[1] - 0.24),
                        (head[0] + 0.06, head[1] - 0.1),
                    ]
                ),
                0.8,
            )
        )
    parts.append(coat("head", ellipse(*head, 0.145), 0.3))
    parts.append(
        coat(
            "wing",
            loosely(rng, [(0.05, 0.0), (-0.05, -0.06), (-0.22, 0.0), (-0.32, 0.14), (-0.14, 0.17), (0.02, 0.12)]),
            0.6,
        )
    )
    parts += eyes(rng, [(head[0] + 0.05, head[1] - 0.03)], 0.035)
    lines = (
        [arc(-0.1 + d, 0.07, 0.04, 0.03, 20, 160, num_points=8) for d in (-0.05, 0.04)] if rng.random() < 0.5 else []
    )
    return in_square(rng, parts, lines, ("side view",), joins=0.5)


@kind("chicken", "hen", "rooster", group="animal")
def chicken(rng: np.random.Generator) -> Thing:
    """A hen or a rooster from the side, with comb and wattle."""
    coat, rooster = Coat(rng, "white", "brown", "orange", "beige", "black"), rng.random() < 0.4
    parts = thin_legs((-0.06, 0.08), 0.15, 0.42)
    if rooster:
        for x, y in ((-0.5, -0.02), (-0.47, -0.16), (-0.38, -0.26)):
            tail = limb([(-0.16, 0.02), ((x - 0.16) / 2 - 0.02, y / 2 - 0.12), (x, y)], [0.1, 0.11, 0.05])
            parts.append(area("tail", tail, "green", "black", "red"))
    else:
        parts.append(
            coat(
                "tail",
                smooth([(-0.15, -0.02), (-0.32, -0.22), (-0.36, -0.1), (-0.42, -0.07), (-0.37, 0.03), (-0.25, 0.12)]),
                0.5,
            )
        )
    parts += [area("comb", ellipse(x, y, 0.042), "red") for x, y in ((0.14, -0.32), (0.2, -0.36), (0.26, -0.33))]
    parts.append(area("wattle", ellipse(0.3, -0.13, 0.03, 0.05), "red"))
    parts.append(area("beak", polygon((0.28, -0.28), (0.4, -0.22), (0.28, -0.18)), "yellow", "orange"))
    shape = [
        (0.1, -0.3),
        (0.2, -0.33),
        (0.3, -0.26),
        (0.28, -0.13),
        (0.32, 0.02),
        (0.25, 0.17),
        (0.05, 0.24),
        (-0.18, 0.2),
        (-0.3, 0.05),
        (-0.28, -0.06),
        (-0.1, -0.02),
        (0.05, -0.12),
    ]
    parts.append(coat("body", loosely(rng, shape, 0.008)))
    wing = [(0.1, 0.0), (-0.06, -0.03), (-0.2, 0.02), (-0.16, 0.08), (-0.11, 0.1), (-0.06, 0.15), (0.06, 0.13)]
    parts.append(
        area("wing", smooth(wing), *(color for color in ("brown", "white", "orange", "beige") if color != coat.color))
    )
    parts += eyes(rng, [(0.22, -0.24)], 0.028, coat.color)
    return in_square(rng, parts, says=("rooster",) if rooster else ())


@kind("chick", "baby chicken", group="animal")
def chick(rng: np.random.Generator) -> Thing:
    """A round yellow chick from the front or the side, in half an egg now and then."""
    coat, hatching = Coat(rng, "yellow", "light yellow"), rng.random() < 0.35
    parts = [] if hatching else thin_legs((-0.09, 0.09), 0.22, 0.42)
    parts += [coat("wing", petal(s * 0.24, 0.0, 0.2, 0.13, s * rng.uniform(110, 140)), 0.6) for s in (-1, 1)]
    parts.append(coat("tuft", smooth([(-0.04, -0.26), (-0.07, -0.4), (0, -0.34), (0.05, -0.42), (0.05, -0.26)]), 0.3))
    parts.append(
        coat("body", even([(0, -0.3), (0.17, -0.24), (0.24, -0.06), (0.29, 0.12), (0.18, 0.27), (0, 0.29)], x=0))
    )
    parts += eyes(rng, [(s * 0.1, -0.12) for s in (-1, 1)], 0.036)
    parts.append(area("beak", polygon((-0.05, -0.08), (0, -0.12), (0.05, -0.08), (0, -0.02)), "orange"))
    if rng.random() < 0.4:
        parts += [dot(s * 0.17, -0.04, 0.035, "pink", "cheek") for s in (-1, 1)]
    if hatching:
        edge = [(x, 0.08 if i % 2 == 0 else 0.0) for i, x in enumerate(np.linspace(-0.33, 0.33, 9))]
        parts.append(
            area(
                "shell",
                np.concatenate([np.float32(edge), arc(0, 0.08, 0.33, 0.33, 5, 175)]),
                "white",
                "beige",
                "light blue",
            )
        )
    return in_square(rng, parts, says=("in an egg",) if hatching else ())


@kind("duck", "duckling", group="animal")
def duck(rng: np.random.Generator) -> Thing:
    """A duck from the side: it swims or stands; a green head now and then."""
    coat, swims = Coat(rng, "yellow", "white", "brown", "gray"), rng.random() < 0.5
    parts = [] if swims else thin_legs((-0.08, 0.06), 0.2, 0.42)
    neck = coat("neck", limb([(0.14, 0.05), (0.2, -0.1), (0.2, -0.2)], [0.2, 0.14, 0.13]), 0.0)
    body = coat(
        "body",
        loosely(
            rng,
            [
                (-0.44, -0.1),
                (-0.3, 0.0),
                (-0.05, -0.02),
                (0.18, -0.02),
                (0.3, 0.1),
                (0.2, 0.23),
                (-0.05, 0.28),
                (-0.3, 0.2),
            ],
            0.006,
        ),
    )
    bill = area(
        "beak", smooth([(0.3, -0.27), (0.42, -0.22), (0.48, -0.19), (0.42, -0.15), (0.28, -0.17)]), "orange", "yellow"
    )
    mallard = coat.color in ("brown", "gray") and rng.random() < 0.8
    head = area("head", ellipse(0.2, -0.24, 0.13), "green") if mallard else coat("head", ellipse(0.2, -0.24, 0.13), 0.1)
    parts += [bill, body, neck, head]
    if mallard:
        parts.append(area("collar", polygon((0.12, -0.12), (0.28, -0.12), (0.28, -0.08), (0.12, -0.08)), "white"))
    wing = [(0.1, 0.06), (-0.05, 0.02), (-0.24, 0.06), (-0.3, 0.02), (-0.26, 0.14), (-0.1, 0.2), (0.06, 0.16)]
    parts.append(coat("wing", smooth(wing), 0.6))
    parts += eyes(rng, [(0.23, -0.28)], 0.028)
    if swims:
        top = [(x, 0.21 + 0.02 * np.sin(i * np.pi / 2)) for i, x in enumerate(np.linspace(-0.5, 0.46, 17))]
        parts.append(
            area(
                "water",
                np.concatenate([smooth(top, closed=False, steps=3), polygon((0.46, 0.36), (-0.5, 0.36))]),
                "blue",
                "light blue",
            )
        )
    return in_square(rng, parts, says=("swimming",) if swims else (), joins=0.6)


@kind("owl", group="animal")
def owl(rng: np.random.Generator) -> Thing:
    """An owl from the front with big eyes, on a branch now and then."""
    coat, parts = Coat(rng, "brown", "gray", "beige", "purple", "blue", "white"), []
    belly = tuple(color for color in ("beige", "white", "light brown") if color != coat.color)
    parts += [coat("ear", polygon((s * 0.08, -0.36), (s * 0.26, -0.46), (s * 0.25, -0.24)), 0.5) for s in (-1, 1)]
    branch = rng.random() < 0.5
    if branch:
        parts.append(
            area("branch", limb([(-0.46, 0.45), (0, 0.43), (0.46, 0.45)], [0.05, 0.06, 0.05]), "brown", "dark brown")
        )
    parts.append(
        coat("body", even([(0, -0.37), (0.2, -0.35), (0.27, -0.15), (0.28, 0.15), (0.18, 0.38), (0, 0.43)], x=0))
    )
    parts.append(area("belly", even([(0, -0.05), (0.12, -0.02), (0.19, 0.15), (0.13, 0.33), (0, 0.38)], x=0), *belly))
    parts += [
        coat(
            "wing",
            smooth([(s * 0.24, -0.1), (s * 0.36, 0.1), (s * 0.32, 0.28), (s * 0.22, 0.36), (s * 0.19, 0.12)]),
            0.7,
        )
        for s in (-1, 1)
    ]
    if rng.random() < 0.5:
        parts += [area("disk", ellipse(s * 0.125, -0.2, 0.14), *belly) for s in (-1, 1)]
    parts += [area("eye", ellipse(s * 0.12, -0.2, 0.1), "white", "yellow", "orange") for s in (-1, 1)]
    parts += [dot(s * 0.115, -0.2, rng.uniform(0.045, 0.06)) for s in (-1, 1)]
    parts.append(area("beak", polygon((-0.045, -0.15), (0.045, -0.15), (0, -0.05)), "orange", "yellow"))
    parts += [area("foot", ellipse(x, 0.42, 0.03, 0.04), "orange", "yellow") for x in (-0.13, -0.07, 0.07, 0.13)]
    lines = (
        [
            arc(x, y, 0.035, 0.03, 10, 170, num_points=8)
            for x, y in ((-0.07, 0.08), (0.0, 0.08), (0.07, 0.08), (-0.035, 0.16), (0.035, 0.16), (0, 0.24))
        ]
        if rng.random() < 0.7
        else []
    )
    return in_square(rng, parts, lines, ("on a branch",) if branch else (), joins=0.5)


@kind("penguin", group="animal")
def penguin(rng: np.random.Generator) -> Thing:
    """A penguin from the front; a scarf or a hat now and then."""
    coat, wide = Coat(rng, "black", "dark blue", "dark gray", "blue"), rng.uniform(0.24, 0.29)
    lift = rng.uniform(0, 60)
    parts = [area("foot", ellipse(s * 0.12, 0.45, 0.1, 0.04), "orange", "yellow") for s in (-1, 1)]
    parts += [coat("wing", petal(s * wide * 0.75, -0.05, 0.34, 0.13, s * (165 - lift)), 0.5) for s in (-1, 1)]
    parts.append(
        coat("body", even([(0, -0.44), (0.15, -0.39), (0.2, -0.22), (wide, 0.1), (wide * 0.85, 0.36), (0, 0.45)], x=0))
    )
    face = [
        (0, -0.26),
        (0.07, -0.33),
        (0.14, -0.27),
        (0.12, -0.15),
        (wide * 0.72, 0.08),
        (wide * 0.62, 0.33),
        (0, 0.41),
    ]
    parts.append(area("belly", even(face, x=0), "white"))
    parts += eyes(rng, [(s * 0.065, -0.24) for s in (-1, 1)], 0.03)
    parts.append(area("beak", polygon((-0.05, -0.2), (0.05, -0.2), (0, -0.13)), "orange", "yellow"))
    if rng.random() < 0.35:
        parts.append(
            area(
                "scarf",
                limb([(0.1, -0.06), (0.14, 0.06), (0.13, 0.18)], 0.075, round_end=False),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(area("scarf", box(-0.21, -0.13, 0.21, -0.05, radius=0.04), "red", "blue", "green"))
    if rng.random() < 0.25:
        parts.append(
            area("hat", even([(0, -0.58), (0.1, -0.52), (0.15, -0.37), (0, -0.35)], x=0), "red", "blue", "green")
        )
        parts.append(area("pompom", cloud(rng, 0, -0.58, 0.05, 0.05, 6), "white", "yellow"))
    return in_square(rng, parts, joins=0.4)


@kind("parrot", group="animal")
def parrot(rng: np.random.Generator) -> Thing:
    """A parrot from the side on a branch, with a bent beak and a long tail."""
    coat = Coat(rng, "red", "green", "blue", "yellow")
    wing = tuple(color for color in ("blue", "green", "yellow", "red") if color != coat.color)
    parts = [
        area("tail", limb([(-0.05, 0.15), (-0.13 + d, 0.32), (-0.18 + d * 2.2, 0.5)], [0.09, 0.07, 0.03]), *wing)
        for d in (-0.02, 0.03)
    ]
    parts.append(
        area("branch", limb([(-0.36, 0.27), (0.05, 0.23), (0.42, 0.26)], [0.04, 0.055, 0.045]), "brown", "dark brown")
    )
    if rng.random() < 0.5:
        parts.append(area("leaf", petal(0.36, 0.24, 0.15, 0.08, 40, sharp=True), "green"))
    parts.append(
        area(
            "beak",
            smooth([(0.2, -0.37), (0.32, -0.32), (0.33, -0.2), (0.28, -0.18), (0.25, -0.24), (0.17, -0.22)]),
            "orange",
            "gray",
            "black",
            "yellow",
        )
    )
    parts.append(
        coat(
            "body",
            loosely(
                rng,
                [
                    (0.08, -0.46),
                    (0.2, -0.41),
                    (0.22, -0.28),
                    (0.2, -0.15),
                    (0.22, 0.02),
                    (0.13, 0.19),
                    (-0.02, 0.26),
                    (-0.12, 0.12),
                    (-0.1, -0.15),
                    (-0.03, -0.4),
                ],
                0.006,
            ),
        )
    )
    parts.append(area("cheek", ellipse(0.12, -0.3, 0.085, 0.1), "white", "light yellow"))
    parts.append(
        area(
            "wing",
            smooth([(0.02, -0.14), (-0.1, -0.14), (-0.17, 0.05), (-0.18, 0.3), (-0.06, 0.22), (0.05, 0.05)]),
            *wing,
        )
    )
    parts += eyes(rng, [(0.13, -0.33)], 0.03)
    parts += [area("foot", ellipse(x, 0.22, 0.025, 0.045), "gray", "black") for x in (0.03, 0.09)]
    return in_square(rng, parts, [smooth([(-0.14, 0.12), (-0.08, 0.12), (-0.03, 0.08)], closed=False)])


@kind("flamingo", group="animal")
def flamingo(rng: np.random.Generator) -> Thing:
    """A flamingo on one or two long legs."""
    coat, one = Coat(rng, "pink", "light pink", "light red"), rng.random() < 0.5
    parts = [
        area("leg", limb([(0, 0.05), (0.01, 0.25), (0.0, 0.46)], 0.026), "pink", "gray", "orange"),
        area("foot", polygon((-0.015, 0.44), (0.09, 0.47), (-0.02, 0.47)), "pink", "gray"),
    ]
    bent = [(-0.08, 0.05), (-0.14, 0.22), (-0.01, 0.26)] if one else [(-0.08, 0.05), (-0.09, 0.25), (-0.09, 0.46)]
    parts.insert(0, area("leg", limb(bent, 0.026), "pink", "gray", "orange"))
    parts.append(
        area(
            "beak",
            smooth([(0.23, -0.5), (0.33, -0.46), (0.34, -0.37), (0.29, -0.36), (0.27, -0.42), (0.2, -0.44)]),
            "black",
            "orange",
            "gray",
        )
    )
    parts.append(
        coat(
            "neck",
            limb(
                [(0.08, 0.0), (0.22, -0.07), (0.2, -0.2), (0.07, -0.3), (0.09, -0.46), (0.18, -0.48)],
                [0.09, 0.075, 0.065, 0.06, 0.06, 0.08],
            ),
            0.0,
        )
    )
    parts.append(
        coat(
            "body",
            loosely(
                rng, [(0.16, 0.0), (0.05, -0.1), (-0.15, -0.08), (-0.34, 0.08), (-0.12, 0.12), (0.06, 0.12)], 0.008
            ),
        )
    )
    parts.append(
        coat(
            "wing",
            smooth([(0.06, -0.02), (-0.06, -0.06), (-0.22, 0.01), (-0.3, 0.08), (-0.1, 0.08), (0.02, 0.06)]),
            0.6,
        )
    )
    parts += [dot(0.2, -0.49, 0.016)]
    return in_square(rng, parts, [smile(-0.06, 0.01, 0.1, 0.4)], joins=0.7)
