"""What flies in space.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.vehicles._air import PAINT


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
