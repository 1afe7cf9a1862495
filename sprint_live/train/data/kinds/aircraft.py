"""What flies and was built.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, detail, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

PAINT = "white, red, blue, yellow, light blue, green, orange, silver"


@kind("rocket", "spaceship", group="vehicle", stands=False)
def rocket(rng: np.random.Generator) -> Thing:
    """A rocket with fins and portholes, upright or at a slant, with flames or without."""
    wide, tip, foot = rng.uniform(0.13, 0.18), 0.05, 0.76
    parts, lines = [], []
    fins = "red, blue, orange, yellow, green, purple"
    flying = some(rng, 0.65)
    if flying:
        parts.append(
            part(
                "flame",
                smooth([(0.41, foot), (0.37, 0.88), (0.43, 0.9), (0.5, 1.0), (0.57, 0.9), (0.63, 0.88), (0.59, foot)]),
                "orange, red, yellow",
            )
        )
        parts.append(
            part(
                "inner flame",
                smooth([(0.45, foot), (0.45, 0.84), (0.5, 0.92), (0.55, 0.84), (0.55, foot)]),
                "yellow, light yellow, white",
            )
        )
    parts.append(
        part(
            "nozzle",
            polygon((0.42, foot - 0.04), (0.58, foot - 0.04), (0.62, foot + 0.05), (0.38, foot + 0.05)),
            "gray, dark gray, black",
        )
    )
    reach, curved = rng.uniform(0.13, 0.18), some(rng)
    edge = [
        (0.5 - wide * 0.8, 0.5),
        (0.5 - wide - reach * 0.7, 0.64),
        (0.5 - wide - reach, 0.86),
        (0.5 - wide * 0.6, foot - 0.02),
    ]
    fin = (
        np.concatenate(
            [smooth(edge[:3], closed=False), smooth([edge[2], (0.5 - wide - 0.02, 0.77), edge[3]], closed=False)]
        )
        if curved
        else polygon(*edge)
    )
    parts += [part("fin", fin, fins), part("fin", mirrored(fin), fins)]
    half = smooth(
        [(0.5, tip), (0.5 + wide * 0.62, 0.17), (0.5 + wide, 0.36), (0.5 + wide, 0.56), (0.5 + wide * 0.62, foot)],
        closed=False,
    )
    parts.append(part("rocket", np.concatenate([half, mirrored(half)[::-1][:-1]]), PAINT + ", gray", body=True))
    cut = int(rng.integers(9, 13))
    nose = half[: cut + 1]
    bulge = arc(0.5, float(nose[-1, 1]), float(nose[-1, 0]) - 0.5, 0.025, 0, 180, num_points=10)
    parts.append(part("nose", np.concatenate([nose, bulge[1:-1], mirrored(nose)[::-1][:-1]]), fins))
    for y in (0.38, 0.56)[: int(rng.integers(1, 3))]:
        parts.append(part("rim", ellipse(0.5, y, 0.078), "gray, yellow, gold, white, dark gray"))
        parts.append(part("porthole", ellipse(0.5, y, 0.05), GLASS + ", turquoise"))
    parts.append(part("middle fin", polygon((0.48, 0.65), (0.52, 0.65), (0.53, 0.85), (0.47, 0.85)), fins))
    return finished(
        rng,
        parts,
        lines,
        says=("flying",) if flying else (),
        tilt_deg=float(rng.choice([0, 0, 35, -35])) if flying else 0.0,
        middle=flying,
    )


def _airplane_above(rng: np.random.Generator) -> Thing:
    """An airplane seen from above."""
    paint = "red, blue, yellow, gray, orange, light blue"
    sweep = rng.uniform(0.02, 0.18)
    wing = polygon((0.46, 0.36), (0.46, 0.56), (0.05, 0.5 + sweep), (0.04, 0.42 + sweep))
    tail = polygon((0.47, 0.78), (0.47, 0.88), (0.3, 0.93), (0.3, 0.87))
    parts = []
    for x in (0.2, 0.33):
        shift = 0.36 + (0.46 - x) * 0.35 * (sweep + 0.06) / 0.12
        engine = box(
            x - 0.035,
            min(shift, 0.46 + sweep * 0.5) - 0.06,
            x + 0.035,
            min(shift, 0.46 + sweep * 0.5) + 0.08,
            radius=0.03,
        )
        if some(rng, 0.6) or x == 0.33:
            parts += [part("engine", engine, METAL), part("engine", mirrored(engine), METAL)]
    parts += [
        part("wing", wing, paint),
        part("wing", mirrored(wing), paint),
        part("tail", tail, paint),
        part("tail", mirrored(tail), paint),
    ]
    half = smooth([(0.5, 0.04), (0.56, 0.12), (0.575, 0.3), (0.57, 0.6), (0.52, 0.95)], closed=False)
    parts.append(part("airplane", np.concatenate([half, mirrored(half)[::-1][:-1]]), PAINT, body=True))
    parts.append(part("cockpit", smooth([(0.5, 0.1), (0.54, 0.16), (0.5, 0.19), (0.46, 0.16)]), GLASS))
    lines = [polygon((0.5, 0.74), (0.5, 0.93))]
    return finished(rng, parts, lines, says=("seen from above",), tilt_deg=float(rng.choice([0, 40, -40])), middle=True)


def _propeller_plane(rng: np.random.Generator) -> Thing:
    """A small airplane with a propeller, with one wing or two."""
    parts, lines, paint = [], [], "red, yellow, blue, orange, white, green"
    double = some(rng)
    parts.append(part("tail", smooth([(0.06, 0.5), (0.04, 0.3), (0.1, 0.27), (0.2, 0.46)], steps=5), paint))
    if double:
        lines += [polygon((0.52, 0.34), (0.54, 0.56)), polygon((0.68, 0.34), (0.66, 0.56))]
        parts.append(part("wing", box(0.42, 0.29, 0.78, 0.35, radius=0.03), paint))
    else:
        parts.append(part("cockpit", arc(0.52, 0.47, 0.11, 0.14, 180, 360), GLASS))
    parts.append(
        part(
            "airplane",
            smooth(
                [
                    (0.05, 0.46),
                    (0.3, 0.46),
                    (0.6, 0.42),
                    (0.82, 0.44),
                    (0.88, 0.54),
                    (0.82, 0.64),
                    (0.6, 0.68),
                    (0.3, 0.6),
                    (0.08, 0.52),
                ]
            ),
            PAINT,
            body=True,
        )
    )
    parts.append(part("wing", box(0.38, 0.56, 0.76, 0.62, radius=0.03), paint))
    parts.append(part("propeller", ellipse(0.915, 0.4, 0.025, 0.12), "brown, gray, yellow, black"))
    parts.append(part("propeller", ellipse(0.915, 0.66, 0.025, 0.12), "brown, gray, yellow, black"))
    parts.append(part("nose", ellipse(0.91, 0.53, 0.05), "yellow, red, gray, black"))
    lines += [polygon((0.62, 0.66), (0.58, 0.78))]
    parts.append(part("wheel", ellipse(0.57, 0.79, 0.06), "black, dark gray, gray"))
    parts.append(part("small wheel", ellipse(0.14, 0.6, 0.03), "black, dark gray, gray"))
    return finished(rng, parts, lines, says=("side view",), flips=True, tilt_deg=rng.uniform(-12, 0), middle=True)


@kind("airplane", "plane", group="vehicle", stands=False)
def airplane(rng: np.random.Generator) -> Thing:
    """An airliner from the side, an airplane from above, or one with a propeller."""
    form = style(rng, "airliner", "airliner", "above", "propeller")
    if form == "above":
        return _airplane_above(rng)
    if form == "propeller":
        return _propeller_plane(rng)
    paint = "blue, red, yellow, gray, orange, green, light blue"
    parts, lines = [], []
    parts.append(part("wing", polygon((0.5, 0.5), (0.42, 0.5), (0.34, 0.3), (0.4, 0.29)), paint))
    parts.append(part("tail", polygon((0.06, 0.5), (0.0, 0.24), (0.1, 0.24), (0.24, 0.48)), paint))
    tall = rng.uniform(0.1, 0.13)
    hull = smooth(
        [
            (0.02, 0.49),
            (0.2, 0.56 - tall),
            (0.5, 0.56 - tall - 0.01),
            (0.8, 0.56 - tall + 0.01),
            (0.93, 0.53),
            (0.96, 0.59),
            (0.88, 0.64),
            (0.6, 0.66),
            (0.3, 0.64),
            (0.08, 0.54),
        ]
    )
    parts.append(part("airplane", hull, PAINT, body=True))
    parts.append(part("cockpit", polygon((0.81, 0.495), (0.885, 0.525), (0.9, 0.555), (0.8, 0.555)), GLASS))
    for x in np.linspace(0.27, 0.72, int(rng.integers(5, 8))):
        parts.append(part("window", ellipse(x, 0.525, 0.019, 0.024), "light blue, blue, yellow, gray"))
    parts.append(part("engine", box(0.49, 0.67, 0.65, 0.76, radius=0.04), METAL + ", red, blue"))
    parts.append(part("wing", polygon((0.6, 0.59), (0.44, 0.59), (0.2, 0.84), (0.28, 0.85)), paint))
    parts.append(part("small wing", polygon((0.14, 0.52), (0.06, 0.52), (-0.02, 0.6), (0.04, 0.61)), paint))
    if some(rng, 0.4):
        parts.append(part("door", box(0.755, 0.5, 0.79, 0.6), "light gray, gray, blue"))
    return finished(rng, parts, lines, says=("side view",), flips=True, tilt_deg=rng.uniform(-18, 4), middle=True)


@kind("helicopter", group="vehicle", stands=False)
def helicopter(rng: np.random.Generator) -> Thing:
    """A helicopter from the side on its skids."""
    parts, lines, paint = [], [], "red, blue, yellow, green, orange, white, dark green"
    parts.append(part("tail boom", polygon((0.03, 0.4), (0.45, 0.42), (0.45, 0.56), (0.05, 0.46)), paint))
    parts.append(part("fin", polygon((0.02, 0.46), (0.0, 0.3), (0.08, 0.29), (0.14, 0.43)), paint))
    parts.append(part("mast", box(0.6, 0.24, 0.65, 0.36), "gray, dark gray, black"))
    parts.append(
        part(
            "rotor",
            smooth([(0.16, 0.225), (0.4, 0.205), (0.85, 0.205), (1.09, 0.225), (0.85, 0.245), (0.4, 0.245)]),
            "gray, dark gray, black, yellow",
        )
    )
    parts.append(part("hub", ellipse(0.625, 0.225, 0.04), "gray, red, dark gray, yellow"))
    for x in (0.52, 0.74):
        lines.append(polygon((x, 0.7), (x - 0.02 if x < 0.6 else x + 0.02, 0.82)))
    parts.append(
        part(
            "skid",
            thick(smooth([(0.36, 0.82), (0.5, 0.83), (0.8, 0.83), (0.9, 0.78)], closed=False), 0.035),
            "gray, dark gray, black",
        )
    )
    parts.append(
        part(
            "helicopter",
            smooth(
                [
                    (0.36, 0.5),
                    (0.46, 0.37),
                    (0.64, 0.33),
                    (0.8, 0.37),
                    (0.92, 0.5),
                    (0.94, 0.6),
                    (0.86, 0.69),
                    (0.64, 0.72),
                    (0.46, 0.68),
                ]
            ),
            paint,
            body=True,
        )
    )
    parts.append(
        part("windshield", smooth([(0.72, 0.56), (0.72, 0.4), (0.8, 0.41), (0.88, 0.5), (0.9, 0.57)], steps=5), GLASS)
    )
    if some(rng, 0.6):
        parts.append(part("window", box(0.52, 0.42, 0.67, 0.56, radius=0.03), GLASS))
        lines += [polygon((0.5, 0.6), (0.86, 0.6))]
    else:
        parts.append(part("door", box(0.52, 0.42, 0.67, 0.68, radius=0.03), "white, gray, yellow, light blue"))
        lines += [polygon((0.52, 0.56), (0.67, 0.56))]
    parts.append(
        part("tail rotor", ellipse(0.05, 0.4, 0.025, 0.11, turn_deg=rng.uniform(-50, 50)), "gray, white, yellow, red")
    )
    parts.append(detail(ellipse(0.05, 0.4, 0.02), "black"))
    return finished(rng, parts, lines, says=("side view",), flips=True, middle=True)


@kind("hot air balloon", group="vehicle", stands=False)
def hot_air_balloon(rng: np.random.Generator) -> Thing:
    """A balloon with gores, or with a band, over a basket."""
    parts, lines = [], []
    low = 0.66
    half = np.concatenate(
        [
            arc(0.5, 0.38, 0.36, 0.34, -90, 8, num_points=20),
            smooth([(0.5 + 0.355, 0.43), (0.74, 0.57), (0.6, low)], closed=False)[1:],
        ]
    )
    colors = "red, yellow, blue, orange, green, purple, pink, turquoise"
    if some(rng, 0.65):
        count, second = int(rng.choice([3, 5])), "white, yellow, light blue, orange, beige"
        for index in range(count):
            a, b = 2 * index / count - 1, 2 * (index + 1) / count - 1
            left = np.stack([0.5 + (half[:, 0] - 0.5) * np.sin(a * np.pi / 2), half[:, 1]], 1)
            right = np.stack([0.5 + (half[:, 0] - 0.5) * np.sin(b * np.pi / 2), half[:, 1]], 1)
            name = "stripe" if index % 2 else "balloon"
            parts.append(
                part(
                    name, np.concatenate([right, left[::-1][:-1]]), second if index % 2 else colors, body=not index % 2
                )
            )
    else:
        parts.append(part("balloon", np.concatenate([half, mirrored(half)[::-1][:-1]]), colors, body=True))
        rows = (half[:, 1] > 0.3) & (half[:, 1] < 0.48)
        band = half[rows]
        parts.append(part("band", np.concatenate([band, mirrored(band)[::-1]]), "yellow, white, blue, red, green"))
        if some(rng):
            parts.append(part("star", star_outline(0.5, 0.39, 0.085, 0.036), "yellow, red, white, orange"))
    lines += [
        polygon((0.41, low), (0.43, 0.8)),
        polygon((0.59, low), (0.57, 0.8)),
        polygon((0.47, low), (0.475, 0.8)),
        polygon((0.53, low), (0.525, 0.8)),
    ]
    parts.append(
        part(
            "basket",
            polygon((0.41, 0.8), (0.59, 0.8), (0.57, 0.95), (0.43, 0.95)),
            "brown, light brown, beige, dark brown",
        )
    )
    parts.append(part("rim", box(0.395, 0.79, 0.605, 0.83, radius=0.015), "brown, dark brown, light brown, red"))
    lines += [polygon((0.42, 0.87), (0.58, 0.87)), polygon((0.425, 0.91), (0.575, 0.91))]
    lines += [polygon((x, 0.83), (x, 0.95)) for x in (0.47, 0.53)]
    return finished(rng, parts, lines, middle=True)


@kind("flying saucer", "ufo", group="vehicle", stands=False)
def flying_saucer(rng: np.random.Generator) -> Thing:
    """A saucer with a dome and lamps, now and then with a beam of light or a passenger."""
    parts, lines = [], []
    y, tall = 0.46, rng.uniform(0.22, 0.28)
    if some(rng):
        parts.append(
            part(
                "beam",
                polygon((0.34, y + 0.05), (0.66, y + 0.05), (0.82, 0.95), (0.18, 0.95)),
                "yellow, light yellow, light green",
            )
        )
    else:
        parts += [
            part("leg", thick([(x, y), (x + dx, y + 0.32)], 0.035), METAL + ", dark gray")
            for x, dx in ((0.3, -0.1), (0.7, 0.1))
        ]
        parts += [part("foot", ellipse(x, y + 0.33, 0.055, 0.025), METAL + ", dark gray, red") for x in (0.2, 0.8)]
    parts.append(
        part(
            "dome",
            arc(0.5, y - 0.02, 0.23, tall, 180, 360, num_points=30),
            "light blue, light green, turquoise, light gray",
        )
    )
    if some(rng):
        parts.append(
            part(
                "alien",
                np.concatenate([arc(0.5, y - 0.12, 0.085, 0.095, 150, 390), polygon((0.55, y), (0.45, y))]),
                "green, light green, purple",
            )
        )
        parts += [
            detail(ellipse(x, y - 0.13, 0.022, 0.032, turn_deg=turn), "black")
            for x, turn in ((0.465, 25), (0.535, -25))
        ]
    else:
        lines.append(arc(0.5, y - 0.02, 0.18, tall * 0.8, 200, 245))
    parts.append(
        part(
            "saucer",
            ellipse(0.5, y + 0.03, 0.46, rng.uniform(0.12, 0.15)),
            "gray, silver, purple, blue, green, light gray, red",
            body=True,
        )
    )
    for x in np.linspace(-0.33, 0.33, int(rng.integers(4, 7))):
        parts.append(
            part(
                "lamp",
                ellipse(0.5 + x, y + 0.065 - 0.16 * abs(x) ** 1.5, 0.033, 0.03),
                "yellow, red, orange, green, turquoise",
            )
        )
    return finished(rng, parts, lines, middle=True)


@kind("parachute", group="object", stands=False)
def parachute(rng: np.random.Generator) -> Thing:
    """A parachute with gores that carries a box."""
    count, parts, lines = int(rng.choice([3, 5])), [], []
    for index in range(count):
        a, b = np.sin((2 * index / count - 1) * np.pi / 2), np.sin((2 * (index + 1) / count - 1) * np.pi / 2)
        angle = np.linspace(0, np.pi / 2, 14)
        left = np.stack([0.5 + 0.44 * a * np.sin(angle), 0.46 - 0.38 * np.cos(angle)], 1)
        right = np.stack([0.5 + 0.44 * b * np.sin(angle), 0.46 - 0.38 * np.cos(angle)], 1)
        x0, x1 = float(left[-1, 0]), float(right[-1, 0])
        hem = arc((x0 + x1) / 2, 0.46, (x1 - x0) / 2, 0.035, 360, 180, num_points=8)
        name = "stripe" if index % 2 else "canopy"
        parts.append(
            part(
                name,
                np.concatenate([right, hem[1:-1], left[::-1][:-1]]),
                "white, yellow, beige" if index % 2 else "red, blue, orange, green, purple, pink",
            )
        )
        lines += [polygon((x0, 0.46), (0.45 + 0.1 * index / count, 0.76))]
    lines.append(polygon((0.94, 0.46), (0.55, 0.76)))
    parts.append(part("box", box(0.4, 0.76, 0.6, 0.94), "brown, light brown, red, yellow, blue"))
    lines += [polygon((0.5, 0.76), (0.5, 0.94)), polygon((0.4, 0.85), (0.6, 0.85))]
    return finished(rng, parts, lines, middle=True)


@kind("airship", "blimp", "zeppelin", group="vehicle", stands=False)
def airship(rng: np.random.Generator) -> Thing:
    """A long balloon with fins and a gondola."""
    parts, lines = [], []
    fins = "red, blue, orange, yellow, gray"
    fin = polygon((0.06, 0.28), (0.2, 0.3), (0.28, 0.44), (0.12, 0.44))
    below = np.stack([fin[:, 0], 0.94 - fin[:, 1]], 1)
    parts += [part("fin", fin, fins), part("fin", below, fins)]
    parts.append(
        part(
            "gondola",
            smooth([(0.4, 0.62), (0.66, 0.62), (0.7, 0.68), (0.62, 0.77), (0.44, 0.77), (0.38, 0.7)], steps=4),
            "brown, gray, red, yellow, white",
        )
    )
    hull = smooth(
        [(0.04, 0.47), (0.2, 0.36), (0.5, 0.29), (0.8, 0.33), (0.96, 0.47), (0.8, 0.61), (0.5, 0.65), (0.2, 0.58)]
    )
    parts.append(part("airship", hull, PAINT + ", gray, purple", body=True))
    parts.append(part("middle fin", polygon((0.02, 0.43), (0.18, 0.45), (0.18, 0.49), (0.02, 0.51)), fins))
    parts += [part("window", box(x, 0.68, x + 0.05, 0.73), GLASS) for x in (0.44, 0.52, 0.6)]
    lines += [
        smooth([(0.22, 0.42), (0.5, 0.39), (0.8, 0.41), (0.94, 0.46)], closed=False),
        smooth([(0.22, 0.53), (0.5, 0.555), (0.8, 0.535), (0.94, 0.48)], closed=False),
    ]
    return finished(rng, parts, lines, says=("side view",), flips=True, middle=True)


@kind("satellite", group="object", stands=False)
def satellite(rng: np.random.Generator) -> Thing:
    """A box with panels on both sides and a dish."""
    parts: list[Part] = []
    lines = []
    for left in (0.02, 0.66):
        parts.append(
            part(
                "rod",
                box(left + (0.3 if left < 0.5 else -0.04), 0.48, left + (0.4 if left < 0.5 else 0.02), 0.52),
                METAL,
            )
        )
        parts.append(part("panel", box(left, 0.38, left + 0.32, 0.62), "blue, dark blue, purple, turquoise"))
        lines += [polygon((left + dx, 0.38), (left + dx, 0.62)) for dx in (0.08, 0.16, 0.24)] + [
            polygon((left, 0.5), (left + 0.32, 0.5))
        ]
    parts.append(part("antenna", box(0.485, 0.68, 0.515, 0.82), METAL))
    parts.append(part("dish", arc(0.5, 0.88, 0.14, 0.1, 180, 360), "white, light gray, yellow"))
    parts.append(
        part("satellite", box(0.39, 0.34, 0.61, 0.7, radius=0.02), "gold, gray, silver, yellow, orange", body=True)
    )
    parts.append(part("lamp", ellipse(0.5, 0.42, 0.035), "red, green, yellow"))
    lines += [polygon((0.39, 0.5), (0.61, 0.5)), polygon((0.5, 0.34), (0.5, 0.22))]
    parts.append(part("knob", ellipse(0.5, 0.21, 0.03), "red, yellow, gray"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-35, 35), middle=True)
