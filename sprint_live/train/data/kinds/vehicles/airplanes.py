"""Airplanes and helicopters.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, detail, finished, part, some, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.vehicles._air import PAINT


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
