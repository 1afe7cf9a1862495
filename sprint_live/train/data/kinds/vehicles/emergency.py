"""Vehicles that come when one calls for help.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, detail, finished, part, some, wheel
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.vehicles._road import lights_at_ends


@kind("fire truck", "fire engine", group="vehicle")
def fire_truck(rng: np.random.Generator) -> Thing:
    """A fire truck with its ladder, from the side."""
    parts, lines = [], []
    ladder = np.float32([[0.02, 0.38], [0.66, 0.38], [0.66, 0.46], [0.02, 0.46]])
    tilt = rng.uniform(0, 0.12)
    ladder[:2, 1] += np.float32([-tilt, tilt * 0.2])
    ladder[2:, 1] += np.float32([tilt * 0.2, -tilt])
    parts.append(part("truck", box(0.04, 0.5, 0.64, 0.79, radius=0.02), "red, orange", body=True))
    parts.append(
        part(
            "truck",
            polygon((0.64, 0.79), (0.64, 0.36), (0.86, 0.36), (0.95, 0.55), (0.97, 0.79)),
            "red, orange",
            body=True,
        )
    )
    parts.append(part("siren", box(0.7, 0.3, 0.8, 0.365, radius=0.025), "blue, light blue"))
    parts.append(part("ladder", ladder, "gray, yellow, white, silver"))
    for share in np.linspace(0.1, 0.9, 8):
        over, under = ladder[0] + share * (ladder[1] - ladder[0]), ladder[3] + share * (ladder[2] - ladder[3])
        lines.append(np.stack([over, under]))
    parts.append(part("window", polygon((0.79, 0.54), (0.79, 0.41), (0.84, 0.41), (0.91, 0.54)), GLASS))
    parts.append(part("window", box(0.67, 0.41, 0.76, 0.54), GLASS))
    lines += [
        polygon((0.655, 0.57), (0.655, 0.77)),
        polygon((0.775, 0.57), (0.775, 0.77)),
        polygon((0.73, 0.62), (0.765, 0.62)),
    ]
    parts.append(part("stripe", box(0.04, 0.66, 0.64, 0.7), "white, yellow"))
    if some(rng):
        parts += [
            part("hose", ellipse(0.32, 0.6, 0.055), "beige, yellow, gray"),
            detail(ellipse(0.32, 0.6, 0.022), "dark gray"),
        ]
    else:
        parts += [part("locker", box(x, 0.54, x + 0.14, 0.64), "gray, light gray, silver") for x in (0.09, 0.27, 0.45)]
    parts += [
        part("headlight", ellipse(0.94, 0.67, 0.022, 0.03), "yellow, white"),
        part("bumper", box(0.02, 0.75, 0.99, 0.8, radius=0.015), "gray, white"),
    ]
    for x in (0.2, 0.79):
        parts += wheel(x, 0.82, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("police car", group="vehicle")
def police_car(rng: np.random.Generator) -> Thing:
    """A police car from the side, with a siren and a star."""
    parts, lines = [], []
    parts.append(part("siren", box(0.4, 0.26, 0.56, 0.34, radius=0.03), "red, blue"))
    shell = np.concatenate(
        [
            polygon((0.05, 0.78), (0.05, 0.56), (0.22, 0.54), (0.31, 0.33), (0.6, 0.33), (0.72, 0.53)),
            smooth([(0.88, 0.56), (0.95, 0.6), (0.96, 0.78)], closed=False),
        ]
    )
    parts.append(part("car", shell, "white, blue, black, dark blue", body=True))
    parts.append(
        part("door", polygon((0.3, 0.56), (0.69, 0.56), (0.69, 0.77), (0.3, 0.77)), "blue, black, white, green")
    )
    parts.append(part("window", polygon((0.27, 0.53), (0.34, 0.38), (0.47, 0.38), (0.47, 0.53)), GLASS))
    parts.append(part("window", polygon((0.51, 0.53), (0.51, 0.38), (0.58, 0.38), (0.66, 0.53)), GLASS))
    parts.append(part("badge", ellipse(0.49, 0.665, 0.055), "gold, yellow, white"))
    parts += lights_at_ends(0.955, 0.045, 0.65)
    lines += [polygon((0.61, 0.6), (0.66, 0.6)), polygon((0.36, 0.6), (0.41, 0.6))]
    for x in (0.2, 0.79):
        parts += wheel(x, 0.79, 0.1)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("ambulance", group="vehicle")
def ambulance(rng: np.random.Generator) -> Thing:
    """An ambulance from the side."""
    parts, lines = [], []
    parts.append(part("siren", box(0.62, 0.21, 0.74, 0.29, radius=0.03), "blue, red"))
    parts.append(
        part(
            "ambulance",
            polygon((0.04, 0.79), (0.04, 0.28), (0.74, 0.28), (0.84, 0.52), (0.96, 0.57), (0.97, 0.79)),
            "white, yellow, light gray",
            body=True,
        )
    )
    parts.append(part("stripe", polygon((0.04, 0.62), (0.962, 0.62), (0.966, 0.69), (0.04, 0.69)), "red, orange, blue"))
    x, y, arm, thin = rng.uniform(0.2, 0.3), 0.44, 0.1, 0.033
    cross = [
        (-thin, -arm),
        (thin, -arm),
        (thin, -thin),
        (arm, -thin),
        (arm, thin),
        (thin, thin),
        (thin, arm),
        (-thin, arm),
        (-thin, thin),
        (-arm, thin),
        (-arm, -thin),
        (-thin, -thin),
    ]
    parts.append(part("cross", polygon(*[(x + a, y + b) for a, b in cross]), "red, blue"))
    parts.append(part("window", polygon((0.6, 0.54), (0.6, 0.35), (0.71, 0.35), (0.79, 0.54)), GLASS))
    parts.append(part("window", box(0.43, 0.35, 0.54, 0.54), GLASS))
    lines += [polygon((0.57, 0.3), (0.57, 0.77))]
    parts += [
        part("headlight", ellipse(0.94, 0.66, 0.022, 0.03), "yellow"),
        part("bumper", box(0.02, 0.75, 0.99, 0.8, radius=0.015), "gray, dark gray"),
    ]
    for x in (0.22, 0.78):
        parts += wheel(x, 0.82, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)
