"""Boats and ships.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, WOOD, detail, finished, part, some, star_outline, thick, wavy
from sprint_live.train.data.kinds._thing import Part, Thing, box, ellipse, kind, polygon, smooth


def _sea(y: float = 0.88) -> Part:
    """Water with waves at the bottom."""
    return part(
        "water",
        np.concatenate([wavy(0.0, 1.0, y, 0.014, 6), polygon((1.0, 0.97), (0.0, 0.97))]),
        "blue, light blue, turquoise",
    )


@kind("sailboat", "boat", "sailing boat", group="vehicle", stands=False)
def sailboat(rng: np.random.Generator) -> Thing:
    """A boat with two triangular sails, or with one square sail and a pennant."""
    parts, lines = [], []
    mast, deck = rng.uniform(0.46, 0.52), rng.uniform(0.7, 0.73)
    parts.append(part("mast", box(mast - 0.014, 0.06, mast + 0.014, deck + 0.03), WOOD))
    sails = "white, red, yellow, orange, light blue, blue"
    if some(rng, 0.7):
        top = rng.uniform(0.1, 0.16)
        aft = smooth([(mast + 0.02, top), (mast + 0.24, 0.4), (0.92, deck - 0.06)], closed=False)
        parts.append(part("sail", np.concatenate([aft, polygon((mast + 0.02, deck - 0.06))]), sails))
        front = smooth([(mast - 0.02, top + 0.06), (mast - 0.2, 0.42), (0.12, deck - 0.06)], closed=False)
        parts.append(part("jib", np.concatenate([front, polygon((mast - 0.02, deck - 0.06))]), sails))
        if some(rng):
            lines += [polygon((mast + 0.02, y), (mast + 0.02 + (y - top) * 0.68, y)) for y in (0.32, 0.48)]
        else:
            parts.append(
                part(
                    "emblem",
                    star_outline(mast + 0.12, 0.5, 0.07, 0.03) if some(rng) else ellipse(mast + 0.12, 0.5, 0.055),
                    "red, blue, yellow, black",
                )
            )
    else:
        cloth = np.concatenate(
            [
                polygon((mast - 0.3, 0.2), (mast + 0.3, 0.2)),
                smooth([(mast + 0.3, 0.2), (mast + 0.36, 0.38), (mast + 0.28, deck - 0.1)], closed=False),
                smooth([(mast - 0.28, deck - 0.1), (mast - 0.36, 0.38), (mast - 0.3, 0.2)], closed=False),
            ]
        )
        parts.append(part("sail", cloth, sails))
        parts.append(
            part(
                "stripe",
                smooth(
                    [
                        (mast - 0.345, 0.36),
                        (mast, 0.38),
                        (mast + 0.345, 0.36),
                        (mast + 0.335, 0.48),
                        (mast, 0.5),
                        (mast - 0.335, 0.48),
                    ],
                    steps=4,
                ),
                "red, blue, green, black, yellow",
            )
        )
    parts.append(
        part(
            "pennant",
            polygon((mast + 0.014, 0.05), (mast + 0.13, 0.08), (mast + 0.014, 0.11)),
            "red, blue, yellow, green",
        )
    )
    hull = np.concatenate(
        [
            polygon((0.06, deck), (0.95, deck)),
            smooth([(0.95, deck), (0.88, 0.84), (0.76, 0.92)], closed=False),
            smooth([(0.24, 0.92), (0.12, 0.84), (0.06, deck)], closed=False),
        ]
    )
    parts.append(part("hull", hull, "brown, red, blue, white, green, light brown", body=True))
    lines.append(polygon((0.085, deck + 0.05), (0.925, deck + 0.05)))
    if some(rng):
        parts.append(_sea())
    return finished(rng, parts, lines, flips=True)


@kind("ship", "steamship", "ocean liner", group="vehicle", stands=False)
def ship(rng: np.random.Generator) -> Thing:
    """A steamship with funnels and portholes."""
    parts, lines = [], []
    deck, funnels = 0.62, int(rng.integers(1, 4))
    for x in {1: (0.46,), 2: (0.36, 0.56), 3: (0.28, 0.44, 0.6)}[funnels]:
        parts.append(
            part("funnel", polygon((x, 0.2), (x + 0.1, 0.2), (x + 0.12, 0.46), (x, 0.46)), "red, yellow, orange, black")
        )
        parts.append(
            part(
                "stripe",
                polygon((x, 0.26), (x + 0.105, 0.26), (x + 0.11, 0.31), (x, 0.31)),
                "white, black, blue, yellow",
            )
        )
        if some(rng):
            parts.append(
                part(
                    "smoke",
                    smooth(
                        [
                            (x + 0.05, 0.18),
                            (x + 0.01, 0.12),
                            (x - 0.08, 0.1),
                            (x - 0.06, 0.05),
                            (x + 0.04, 0.03),
                            (x + 0.1, 0.08),
                        ]
                    ),
                    "gray, light gray, white",
                )
            )
    parts.append(part("cabin", box(0.22, 0.42, 0.76, 0.54), "white, beige, light yellow"))
    parts.append(part("cabin", box(0.15, 0.52, 0.84, 0.64), "white, beige, light yellow"))
    parts += [part("window", box(x, 0.455, x + 0.055, 0.505), GLASS) for x in (0.27, 0.38, 0.49, 0.6)]
    parts += [part("window", box(x, 0.555, x + 0.055, 0.605), GLASS) for x in (0.2, 0.33, 0.46, 0.59, 0.72)]
    hull = np.concatenate(
        [
            polygon((0.05, deck), (0.97, deck - 0.04)),
            smooth([(0.97, deck - 0.04), (0.9, 0.78), (0.82, 0.92)], closed=False),
            smooth([(0.14, 0.92), (0.08, 0.8), (0.05, deck)], closed=False),
        ]
    )
    parts.append(part("hull", hull, "blue, black, red, green, dark blue", body=True))
    parts.append(
        part(
            "waterline", polygon((0.09, 0.83), (0.873, 0.83), (0.82, 0.92), (0.14, 0.92)), "red, white, dark red, brown"
        )
    )
    parts += [
        part("porthole", ellipse(x, 0.73, 0.033), "light blue, yellow, white")
        for x in np.linspace(0.2, 0.78, int(rng.integers(4, 7)))
    ]
    if some(rng):
        parts.append(_sea(0.9))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("pirate ship", group="vehicle", stands=False)
def pirate_ship(rng: np.random.Generator) -> Thing:
    """A wooden ship with billowing sails and a black flag."""
    parts, lines = [], []
    parts.append(part("bowsprit", thick([(0.82, 0.64), (1.0, 0.5)], 0.03), WOOD))
    for x, top in ((0.3, 0.14), (0.6, 0.1)):
        parts.append(part("mast", box(x - 0.015, top - 0.06, x + 0.015, 0.7), WOOD))
        for upper, lower, half in ((top, top + 0.2, 0.11), (top + 0.22, 0.58, 0.15)):
            sail = np.concatenate(
                [
                    polygon((x - half, upper), (x + half, upper)),
                    smooth(
                        [(x + half, upper), (x + half + 0.04, (upper + lower) / 2), (x + half * 0.95, lower)],
                        closed=False,
                    ),
                    smooth([(x + half * 0.95, lower), (x, lower - 0.03), (x - half * 0.95, lower)], closed=False),
                    smooth(
                        [(x - half * 0.95, lower), (x - half * 0.8, (upper + lower) / 2), (x - half, upper)],
                        closed=False,
                    ),
                ]
            )
            parts.append(part("sail", sail, "white, beige, red, black"))
    parts.append(
        part("flag", polygon((0.615, 0.0), (0.76, 0.02), (0.74, 0.05), (0.76, 0.08), (0.615, 0.08)), "black, red")
    )
    lines.append(polygon((0.6, 0.1), (0.6, 0.0)))
    hull = np.concatenate(
        [
            polygon((0.05, 0.54), (0.2, 0.54), (0.22, 0.66), (0.76, 0.66), (0.8, 0.58), (0.94, 0.56)),
            smooth([(0.94, 0.56), (0.88, 0.74), (0.74, 0.92)], closed=False),
            smooth([(0.2, 0.92), (0.1, 0.78), (0.05, 0.54)], closed=False),
        ]
    )
    parts.append(part("hull", hull, "brown, dark brown, light brown, red", body=True))
    lines += [
        smooth([(0.08, 0.69), (0.5, 0.72), (0.89, 0.69)], closed=False),
        smooth([(0.13, 0.85), (0.5, 0.87), (0.81, 0.84)], closed=False),
    ]
    parts += [
        part("porthole", box(x - 0.03, 0.75, x + 0.03, 0.81), "black, yellow, gold, dark gray")
        for x in (0.25, 0.42, 0.59, 0.74)
    ]
    if some(rng):
        parts.append(_sea(0.89))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("rowboat", "rowing boat", group="vehicle", stands=False)
def rowboat(rng: np.random.Generator) -> Thing:
    """A small boat with oars on the water."""
    parts, lines = [], []
    parts.append(part("oar", thick([(0.66, 0.36), (0.36, 0.62)], 0.03), WOOD))
    parts.append(part("seat", box(0.3, 0.52, 0.42, 0.6), "light brown, beige, brown"))
    parts.append(part("seat", box(0.58, 0.52, 0.7, 0.6), "light brown, beige, brown"))
    hull = np.concatenate(
        [
            smooth([(0.03, 0.46), (0.22, 0.56), (0.5, 0.58), (0.78, 0.56), (0.97, 0.46)], closed=False),
            smooth([(0.97, 0.46), (0.88, 0.7), (0.72, 0.82)], closed=False),
            smooth([(0.28, 0.82), (0.12, 0.7), (0.03, 0.46)], closed=False),
        ]
    )
    parts.append(part("boat", hull, "brown, red, green, blue, white, light brown", body=True))
    lines += [
        smooth([(0.08, 0.57), (0.3, 0.645), (0.5, 0.655), (0.7, 0.645), (0.92, 0.57)], closed=False),
        smooth([(0.14, 0.68), (0.32, 0.725), (0.5, 0.735), (0.68, 0.725), (0.86, 0.68)], closed=False),
    ]
    parts.append(part("oar", thick([(0.4, 0.4), (0.68, 0.84)], 0.03), WOOD))
    parts.append(
        part("blade", smooth([(0.65, 0.8), (0.71, 0.78), (0.8, 0.93), (0.73, 0.97)]), "light brown, red, white, yellow")
    )
    parts.append(_sea(0.84) if some(rng) else detail(ellipse(0.5, 0.62, 0.012), "gray"))
    return finished(rng, parts, lines, flips=True)
