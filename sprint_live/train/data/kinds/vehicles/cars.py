"""Cars.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, METAL, finished, panes, part, some, style, wheel
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.vehicles._road import PAINT, lights_at_ends


def _car_front(rng: np.random.Generator) -> Thing:
    """A car that drives at us."""
    top, belt, low = rng.uniform(0.22, 0.28), rng.uniform(0.46, 0.5), 0.82
    parts = [part("wheel", box(x, 0.7, x + 0.15, 0.95, radius=0.04), "black, dark gray, gray") for x in (0.13, 0.72)]
    cabin = smooth(
        [(0.2, belt + 0.02), (0.28, top + 0.04), (0.38, top), (0.62, top), (0.72, top + 0.04), (0.8, belt + 0.02)],
        closed=False,
    )
    parts.append(part("car", cabin, PAINT, body=True))
    pane = polygon((0.27, belt), (0.33, top + 0.05), (0.67, top + 0.05), (0.73, belt))
    parts.append(part("window", pane, GLASS))
    parts.append(part("mirror", box(0.08, belt - 0.07, 0.2, belt + 0.01, radius=0.03), PAINT))
    parts.append(part("mirror", box(0.8, belt - 0.07, 0.92, belt + 0.01, radius=0.03), PAINT))
    parts.append(part("car", box(0.1, belt, 0.9, low, radius=0.09), PAINT, body=True))
    parts += [part("headlight", ellipse(x, belt + 0.13, 0.075), "yellow, white") for x in (0.22, 0.78)]
    parts.append(part("grille", box(0.36, belt + 0.08, 0.64, belt + 0.18, radius=0.02), METAL + ", black"))
    parts.append(part("bumper", box(0.07, low - 0.09, 0.93, low + 0.01, radius=0.04), "gray, silver, dark gray"))
    parts.append(part("license plate", box(0.4, low - 0.075, 0.6, low - 0.005), "white, yellow"))
    return finished(rng, parts, panes(0.36, belt + 0.08, 0.64, belt + 0.18, 5, 1), says=("front view",))


@kind("car", "automobile", group="vehicle")
def car(rng: np.random.Generator) -> Thing:
    """A sedan, a beetle, a convertible or a sports car from the side, or any car from the front."""
    form = style(rng, "sedan", "sedan", "beetle", "convertible", "sports", "front")
    if form == "front":
        return _car_front(rng)
    radius = rng.uniform(0.095, 0.115)
    axle, back, front = 0.78, rng.uniform(0.22, 0.26), rng.uniform(0.75, 0.79)
    parts, lines = [], []
    if form == "beetle":
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.05, 0.76),
                        (0.07, 0.62),
                        (0.2, 0.54),
                        (0.28, 0.36),
                        (0.46, 0.29),
                        (0.62, 0.36),
                        (0.72, 0.53),
                        (0.88, 0.58),
                        (0.95, 0.68),
                        (0.95, 0.78),
                    ],
                    closed=False,
                ),
                polygon((0.93, 0.8), (0.07, 0.8)),
            ]
        )
        windows = [
            smooth([(0.3, 0.53), (0.34, 0.41), (0.44, 0.36), (0.45, 0.53)], closed=False),
            smooth([(0.5, 0.53), (0.5, 0.36), (0.6, 0.41), (0.66, 0.53)], closed=False),
        ]
        seam = 0.475
    elif form == "convertible":
        parts.append(part("seat", box(0.3, 0.4, 0.4, 0.62, radius=0.04), "brown, red, beige, black"))
        parts.append(part("window", polygon((0.6, 0.55), (0.53, 0.37), (0.56, 0.37), (0.66, 0.55)), GLASS))
        lines.append(polygon((0.52, 0.56), (0.47, 0.46)))
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.05, 0.74),
                        (0.05, 0.62),
                        (0.1, 0.53),
                        (0.26, 0.52),
                        (0.32, 0.57),
                        (0.55, 0.57),
                        (0.62, 0.54),
                        (0.84, 0.56),
                        (0.95, 0.64),
                        (0.96, 0.76),
                    ],
                    closed=False,
                ),
                polygon((0.94, 0.8), (0.06, 0.8)),
            ]
        )
        windows, seam = [], 0.5
    elif form == "sports":
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.04, 0.76),
                        (0.04, 0.6),
                        (0.1, 0.55),
                        (0.28, 0.45),
                        (0.48, 0.42),
                        (0.62, 0.54),
                        (0.84, 0.6),
                        (0.96, 0.7),
                        (0.97, 0.78),
                    ],
                    closed=False,
                ),
                polygon((0.95, 0.81), (0.06, 0.81)),
            ]
        )
        windows = [
            smooth([(0.26, 0.56), (0.32, 0.49), (0.44, 0.47), (0.44, 0.56)], closed=False),
            smooth([(0.47, 0.56), (0.47, 0.47), (0.52, 0.5), (0.57, 0.56)], closed=False),
        ]
        parts.append(
            part(
                "spoiler",
                polygon(
                    (0.02, 0.47),
                    (0.17, 0.46),
                    (0.16, 0.5),
                    (0.12, 0.5),
                    (0.14, 0.57),
                    (0.08, 0.58),
                    (0.07, 0.51),
                    (0.02, 0.51),
                ),
                PAINT,
            )
        )
        seam = 0.455
    else:
        roof, hood = rng.uniform(0.3, 0.36), rng.uniform(0.53, 0.57)
        boxy = some(rng, 0.4)
        rear = 0.16 if boxy else 0.26
        shell = np.concatenate(
            [
                smooth([(0.05, 0.74), (0.05, hood + 0.03), (0.09, hood)], closed=False),
                smooth(
                    [
                        (rear, hood - 0.02),
                        (rear + 0.07, roof + 0.02),
                        (rear + 0.13, roof),
                        (0.55, roof),
                        (0.6, roof + 0.02),
                        (0.71, hood - 0.02),
                    ],
                    closed=False,
                ),
                smooth([(0.88, hood + 0.01), (0.95, hood + 0.05), (0.96, 0.76)], closed=False),
                polygon((0.94, 0.8), (0.06, 0.8)),
            ]
        )
        middle = (rear + 0.66) / 2
        windows = [
            polygon(
                (rear + 0.05, hood - 0.02),
                (rear + 0.11, roof + 0.05),
                (middle - 0.02, roof + 0.05),
                (middle - 0.02, hood - 0.02),
            ),
            polygon(
                (middle + 0.02, hood - 0.02), (middle + 0.02, roof + 0.05), (0.56, roof + 0.05), (0.64, hood - 0.02)
            ),
        ]
        seam = middle
    parts.append(part("car", shell, PAINT, body=True))
    parts += [part("window", pane, GLASS) for pane in windows]
    lines += [
        polygon((seam, 0.58 if form == "convertible" else 0.55), (seam, 0.78)),
        polygon((seam + 0.04, 0.63), (seam + 0.09, 0.63)),
    ]
    parts += lights_at_ends(0.955, 0.045, 0.66)
    if some(rng):
        parts += [
            part("bumper", box(0.02, 0.74, 0.13, 0.79, radius=0.02), METAL),
            part("bumper", box(0.88, 0.74, 0.99, 0.79, radius=0.02), METAL),
        ]
    for x in (back, front):
        parts += wheel(x, axle, radius)
    return finished(rng, parts, lines, says=("side view",), flips=True)
