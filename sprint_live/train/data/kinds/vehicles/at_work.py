"""Tractors, excavators and wagons.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, WOOD, detail, finished, part, some, thick, wheel
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth


@kind("tractor", group="vehicle")
def tractor(rng: np.random.Generator) -> Thing:
    """A tractor with a large wheel behind and a small one in front."""
    parts, lines, big = [], [], rng.uniform(0.22, 0.25)
    parts.append(part("exhaust pipe", box(0.74, 0.26, 0.785, 0.5), "gray, black, dark gray"))
    if some(rng, 0.7):
        parts.append(part("window", polygon((0.22, 0.56), (0.26, 0.2), (0.52, 0.2), (0.56, 0.56)), GLASS))
        parts.append(part("roof", box(0.18, 0.13, 0.58, 0.21, radius=0.03), "red, white, gray, yellow, black"))
        lines += [polygon((0.4, 0.21), (0.4, 0.5))]
    else:
        parts.append(
            part(
                "seat",
                smooth([(0.22, 0.3), (0.3, 0.29), (0.32, 0.44), (0.46, 0.46), (0.46, 0.53), (0.24, 0.53)]),
                "black, brown, dark gray",
            )
        )
        lines += [polygon((0.6, 0.5), (0.5, 0.36)), polygon((0.45, 0.39), (0.55, 0.32))]
    paint = "green, red, blue, orange, yellow"
    hood = np.concatenate(
        [
            smooth([(0.5, 0.46), (0.7, 0.46), (0.9, 0.48), (0.94, 0.54), (0.94, 0.72)], closed=False),
            polygon((0.3, 0.76), (0.18, 0.5)),
        ]
    )
    parts.append(part("tractor", hood, paint, body=True))
    lines += [polygon((x, 0.54), (x, 0.66)) for x in (0.7, 0.75, 0.8)]
    parts.append(part("headlight", ellipse(0.91, 0.56, 0.03), "yellow, white"))
    parts += wheel(0.3, 0.95 - big, big, hub=0.5) + wheel(0.8, 0.82, 0.13, hub=0.5)
    parts += [detail(ellipse(0.3, 0.95 - big, 0.03), "dark gray"), detail(ellipse(0.8, 0.82, 0.02), "dark gray")]
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("excavator", "digger", group="vehicle")
def excavator(rng: np.random.Generator) -> Thing:
    """An excavator on tracks, its arm stretched out."""
    paint = "yellow, orange, red, blue"
    parts = [
        part(
            "bucket",
            polygon((0.84, 0.56), (0.97, 0.6), (0.97, 0.7), (0.9, 0.8), (0.78, 0.74)),
            "gray, dark gray, black",
        )
    ]
    elbow = (rng.uniform(0.68, 0.74), rng.uniform(0.18, 0.26))
    parts.append(part("arm", thick([elbow, (0.9, 0.62)], 0.08, 0.06), paint))
    parts.append(part("arm", thick([(0.4, 0.55), elbow], 0.1, 0.08), paint))
    parts.append(detail(ellipse(*elbow, 0.035), "gray"))
    parts.append(
        part(
            "body",
            smooth([(0.03, 0.52), (0.1, 0.46), (0.3, 0.46), (0.52, 0.5), (0.54, 0.7), (0.3, 0.71), (0.05, 0.7)]),
            paint,
            body=True,
        )
    )
    parts.append(
        part("cab", polygon((0.24, 0.6), (0.24, 0.28), (0.4, 0.28), (0.48, 0.6)), "yellow, white, gray, orange")
    )
    parts.append(part("window", polygon((0.28, 0.52), (0.28, 0.33), (0.375, 0.33), (0.42, 0.52)), GLASS))
    parts.append(part("track", box(0.03, 0.73, 0.56, 0.93, radius=0.1), "black, dark gray, gray"))
    parts += [part("wheel", ellipse(x, 0.83, 0.06), "gray, light gray, yellow") for x in (0.14, 0.295, 0.45)]
    return finished(rng, parts, says=("side view",), flips=True)


@kind("wagon", "cart", group="vehicle")
def wagon(rng: np.random.Generator) -> Thing:
    """A hand cart of planks on wheels with spokes."""
    parts, lines = [part("handle", thick([(0.72, 0.66), (0.95, 0.36)], 0.04), WOOD + ", black")], []
    if some(rng):
        parts.append(
            part(
                "hay",
                smooth([(0.06, 0.5), (0.14, 0.36), (0.34, 0.28), (0.58, 0.34), (0.74, 0.5)], closed=False),
                "yellow, gold, light brown",
            )
        )
        lines += [
            polygon((x, y), (x + 0.05, y + 0.05))
            for x, y in ((0.2, 0.38), (0.34, 0.33), (0.46, 0.4), (0.58, 0.4), (0.29, 0.43))
        ]
    parts.append(
        part(
            "wagon",
            polygon((0.03, 0.48), (0.8, 0.48), (0.76, 0.72), (0.08, 0.72)),
            "red, brown, blue, light brown",
            body=True,
        )
    )
    lines += [polygon((0.05, 0.56), (0.79, 0.56)), polygon((0.06, 0.64), (0.78, 0.64))]
    for x in (0.22, 0.62):
        parts.append(part("wheel", ellipse(x, 0.79, 0.145), "black, brown, dark brown, dark gray"))
        parts.append(part("hub", ellipse(x, 0.79, 0.1), "beige, light gray, yellow"))
        lines += [
            np.stack([x + np.float32([0.03, 0.1]) * np.cos(a), 0.79 + np.float32([0.03, 0.1]) * np.sin(a)], 1)
            for a in np.arange(6) * np.pi / 3
        ]
        parts.append(detail(ellipse(x, 0.79, 0.03), "gray"))
    return finished(rng, parts, lines, flips=True)
