"""Trains, boats and ships.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    GLASS,
    METAL,
    WOOD,
    detail,
    finished,
    part,
    some,
    star_outline,
    style,
    thick,
    wavy,
    wheel,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth

PAINT = "red, blue, green, yellow, orange, black, purple"


def _sea(y: float = 0.88) -> Part:
    """Water with waves at the bottom."""
    return part(
        "water",
        np.concatenate([wavy(0.0, 1.0, y, 0.014, 6), polygon((1.0, 0.97), (0.0, 0.97))]),
        "blue, light blue, turquoise",
    )


@kind("train", group="vehicle")
def train(rng: np.random.Generator) -> Thing:
    """A steam locomotive with a car behind it or without, or a modern train from the side."""
    form, parts, lines = style(rng, "steam", "steam", "tender", "modern"), [], []
    if form == "modern":
        nose = smooth([(0.03, 0.4), (0.6, 0.4), (0.76, 0.44), (0.9, 0.58), (0.97, 0.74), (0.94, 0.8)], closed=False)
        parts.append(part("train", np.concatenate([nose, polygon((0.03, 0.8))]), PAINT + ", white", body=True))
        parts.append(
            part(
                "stripe",
                polygon((0.03, 0.66), (0.944, 0.66), (0.965, 0.72), (0.03, 0.72)),
                "white, yellow, red, light blue",
            )
        )
        parts += [part("window", box(x, 0.47, x + 0.1, 0.6, radius=0.02), GLASS) for x in (0.08, 0.21, 0.47)]
        parts.append(part("window", smooth([(0.64, 0.47), (0.76, 0.5), (0.84, 0.6), (0.64, 0.6)], steps=4), GLASS))
        parts.append(part("door", box(0.34, 0.46, 0.43, 0.78, radius=0.01), "light gray, yellow, white"))
        for x in (0.14, 0.27, 0.66, 0.79):
            parts += wheel(x, 0.83, 0.055)
        lines.append(polygon((0.0, 0.89), (1.0, 0.89)))
        return finished(rng, parts, lines, says=("side view",), flips=True)
    if form == "tender":
        parts.append(part("wagon", box(-0.3, 0.5, 0.02, 0.78, radius=0.02), PAINT))
        if some(rng):
            parts.insert(
                0,
                part(
                    "coal",
                    smooth([(-0.28, 0.54), (-0.22, 0.44), (-0.14, 0.47), (-0.08, 0.41), (0.0, 0.54)]),
                    "black, dark gray",
                ),
            )
        else:
            parts += [part("wagon window", box(x, 0.55, x + 0.09, 0.65), GLASS) for x in (-0.26, -0.12)]
        lines.append(polygon((0.02, 0.75), (0.08, 0.75)))
        for x in (-0.22, -0.06):
            parts += wheel(x, 0.83, 0.065)
    if some(rng, 0.6):
        parts.append(
            part(
                "smoke",
                smooth(
                    [
                        (0.72, 0.18),
                        (0.68, 0.1),
                        (0.6, 0.11),
                        (0.54, 0.03),
                        (0.42, 0.02),
                        (0.36, 0.1),
                        (0.44, 0.16),
                        (0.54, 0.16),
                        (0.62, 0.2),
                    ]
                ),
                "white, gray, light gray",
            )
        )
    parts.append(
        part("funnel", polygon((0.68, 0.24), (0.84, 0.24), (0.8, 0.46), (0.72, 0.46)), "black, dark gray, red, yellow")
    )
    parts.append(
        part(
            "dome",
            np.concatenate([arc(0.54, 0.42, 0.055, 0.07, 180, 360), polygon((0.595, 0.47), (0.485, 0.47))]),
            "gold, yellow, red",
        )
    )
    parts.append(part("boiler", box(0.34, 0.44, 0.9, 0.72, radius=0.05), PAINT, body=True))
    parts.append(part("cab", box(0.08, 0.3, 0.38, 0.75), PAINT))
    parts.append(part("roof", box(0.04, 0.25, 0.42, 0.31, radius=0.02), "black, gray, red, brown"))
    parts.append(part("window", box(0.15, 0.37, 0.31, 0.52), GLASS))
    lines += [polygon((x, 0.44), (x, 0.72)) for x in (0.48, 0.66)]
    parts.append(part("lamp", ellipse(0.9, 0.52, 0.04), "yellow, white"))
    parts.append(part("frame", box(0.06, 0.72, 0.92, 0.78), "black, dark gray, red"))
    parts.append(
        part("cowcatcher", polygon((0.88, 0.75), (0.94, 0.75), (1.02, 0.9), (0.86, 0.9)), "red, gray, black, yellow")
    )
    for x, radius in ((0.22, 0.115), (0.48, 0.085), (0.68, 0.085)):
        parts += wheel(x, 0.91 - radius, radius, hub=0.55)
    lines.append(polygon((0.22, 0.8), (0.68, 0.825)))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("tram", "streetcar", group="vehicle")
def tram(rng: np.random.Generator) -> Thing:
    """A streetcar under its wire."""
    parts, lines = [], [polygon((0.0, 0.14), (1.0, 0.14)), polygon((0.45, 0.3), (0.6, 0.21), (0.48, 0.14))]
    parts.append(
        part(
            "roof",
            smooth([(0.08, 0.38), (0.16, 0.3), (0.5, 0.28), (0.84, 0.3), (0.92, 0.38)], closed=False),
            "gray, white, dark gray, brown",
        )
    )
    parts.append(part("tram", box(0.06, 0.37, 0.94, 0.82, radius=0.06), "red, yellow, green, blue, orange", body=True))
    parts.append(part("stripe", box(0.06, 0.62, 0.94, 0.69), "white, yellow, beige, black"))
    parts += [part("window", box(x, 0.42, x + 0.13, 0.58, radius=0.015), GLASS) for x in (0.11, 0.4, 0.56)]
    parts += [part("door", box(x, 0.42, x + 0.11, 0.8), "light blue, white, light gray, brown") for x in (0.265, 0.73)]
    lines += [polygon((x + 0.055, 0.42), (x + 0.055, 0.8)) for x in (0.265, 0.73)]
    for x in (0.2, 0.46, 0.62, 0.88):
        parts.append(part("wheel", ellipse(x - 0.03, 0.84, 0.055), "black, dark gray, gray"))
    lines.append(polygon((0.0, 0.9), (1.0, 0.9)))
    return finished(rng, parts, lines, says=("side view",))


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


@kind("submarine", group="vehicle", stands=False)
def submarine(rng: np.random.Generator) -> Thing:
    """A round submarine with portholes, a tower, a periscope and a propeller."""
    parts, lines = [], []
    middle, tall, tower = 0.62, rng.uniform(0.18, 0.24), rng.uniform(0.46, 0.56)
    parts.append(
        part(
            "periscope",
            thick(np.float32([(tower, 0.34), (tower, 0.2), (tower + 0.1, 0.2)]), 0.04),
            "gray, black, silver, yellow",
        )
    )
    parts.append(part("propeller", ellipse(0.06, middle - 0.08, 0.03, 0.08), "gray, gold, silver"))
    parts.append(part("propeller", ellipse(0.06, middle + 0.08, 0.03, 0.08), "gray, gold, silver"))
    parts.append(
        part(
            "fin",
            polygon(
                (0.1, middle - 0.2),
                (0.2, middle - 0.18),
                (0.26, middle),
                (0.2, middle + 0.18),
                (0.1, middle + 0.2),
                (0.15, middle),
            ),
            "red, orange, blue, gray",
        )
    )
    parts.append(
        part(
            "tower",
            polygon(
                (tower - 0.12, middle - tall + 0.08),
                (tower - 0.1, 0.31),
                (tower + 0.1, 0.31),
                (tower + 0.14, middle - tall + 0.08),
            ),
            "red, orange, blue, gray, yellow",
        )
    )
    hull = smooth(
        [
            (0.09, middle - 0.02),
            (0.22, middle - tall * 0.7),
            (0.5, middle - tall),
            (0.78, middle - tall * 0.85),
            (0.95, middle),
            (0.78, middle + tall * 0.85),
            (0.5, middle + tall),
            (0.22, middle + tall * 0.7),
            (0.09, middle + 0.02),
        ]
    )
    parts.append(part("hull", hull, "yellow, red, blue, gray, green, orange", body=True))
    count = int(rng.integers(2, 5))
    for x in np.linspace(0.34, 0.78, count):
        radius = min(0.075, 0.17 / count + 0.02)
        parts.append(part("frame", ellipse(x, middle, radius), "gray, gold, white, dark gray"))
        parts.append(part("porthole", ellipse(x, middle, radius * 0.66), GLASS))
    if some(rng):
        parts += [
            part("bubble", ellipse(x, y, r), "light blue, white")
            for x, y, r in ((0.04, 0.36, 0.03), (0.1, 0.27, 0.025), (0.05, 0.18, 0.035))
        ]
    lines.append(
        smooth([(0.3, middle + tall * 0.62), (0.5, middle + tall * 0.72), (0.7, middle + tall * 0.64)], closed=False)
    )
    return finished(rng, parts, lines, says=("side view",), flips=True, middle=True)


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


@kind("anchor", group="object", stands=False)
def anchor(rng: np.random.Generator) -> Thing:
    """An anchor, its ring, its stock and its two flukes."""
    parts, lines = [], []
    parts += [
        part("ring", ellipse(0.5, 0.12, 0.08), "gray, gold, silver, dark gray"),
        part("hole", ellipse(0.5, 0.12, 0.042), "white, light blue"),
    ]
    iron = METAL + ", dark gray, blue, black"
    curve = smooth(
        [(0.14, 0.6), (0.2, 0.76), (0.34, 0.88), (0.5, 0.92), (0.66, 0.88), (0.8, 0.76), (0.86, 0.6)], closed=False
    )
    parts.append(part("arm", thick(curve, 0.09), iron, body=True))
    for side in (-1, 1):
        x = 0.5 + side * 0.36
        parts.append(
            part("fluke", polygon((x - side * 0.13, 0.64), (x + side * 0.02, 0.5), (x + side * 0.1, 0.68)), iron)
        )
    parts.append(part("shank", polygon((0.465, 0.18), (0.535, 0.18), (0.55, 0.92), (0.45, 0.92)), iron))
    parts.append(part("stock", box(0.28, 0.27, 0.72, 0.35, radius=0.03), "brown, gray, gold, light brown"))
    if some(rng):
        parts.append(
            part(
                "rope",
                thick(
                    smooth(
                        [
                            (0.54, 0.1),
                            (0.68, 0.06),
                            (0.76, 0.2),
                            (0.62, 0.42),
                            (0.42, 0.52),
                            (0.36, 0.68),
                            (0.56, 0.72),
                        ],
                        closed=False,
                    ),
                    0.035,
                ),
                "beige, yellow, light brown",
            )
        )
    return finished(rng, parts, lines, middle=True)
