"""Bicycles, scooters and motorcycles.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import detail, finished, part, some, thick, wheel
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.vehicles._road import PAINT


@kind("bicycle", "bike", group="vehicle")
def bicycle(rng: np.random.Generator) -> Thing:
    """A bicycle from the side: rims, spokes, a frame, now and then a basket."""
    parts, lines, radius = [], [], rng.uniform(0.19, 0.21)
    rear, front, y = (0.23, 0.74), (0.77, 0.74), 0.74
    for x in (rear[0], front[0]):
        parts.append(part("wheel", ellipse(x, y, radius), "black, dark gray, brown"))
        parts.append(part("rim", ellipse(x, y, radius * 0.84), "white, light gray"))
        lines += [
            np.stack(
                [x + np.float32([0.03, radius * 0.84]) * np.cos(a), y + np.float32([0.03, radius * 0.84]) * np.sin(a)],
                1,
            )
            for a in np.arange(8) * np.pi / 4 + 0.2
        ]
    saddle, head, pedal, tube = (0.36, 0.42), (0.67, 0.42), (0.47, 0.76), 0.028
    if some(rng, 0.4):
        parts.append(
            part("basket", polygon((0.74, 0.33), (0.93, 0.33), (0.9, 0.5), (0.77, 0.5)), "brown, light brown, beige")
        )
        lines += [
            polygon((0.75, 0.39), (0.92, 0.39)),
            polygon((0.76, 0.45), (0.91, 0.45)),
            polygon((0.81, 0.33), (0.82, 0.5)),
            polygon((0.87, 0.33), (0.86, 0.5)),
        ]
    low = some(rng, 0.3)
    tubes = [(rear, pedal), (rear, saddle), (pedal, (head[0] + 0.02, head[1] + 0.08)), (saddle, pedal)]
    tubes += [] if low else [((saddle[0] + 0.02, saddle[1] + 0.06), (head[0] + 0.01, head[1] + 0.03))]
    parts += [part("frame", thick([a, b], tube), PAINT, body=True) for a, b in tubes]
    parts.append(part("frame", thick([(0.65, 0.34), front], tube), PAINT, body=True))
    parts.append(
        part(
            "handlebar",
            thick(smooth([(0.65, 0.36), (0.66, 0.3), (0.74, 0.28), (0.78, 0.33)], closed=False), 0.03),
            "black, gray, brown",
        )
    )
    parts.append(
        part(
            "saddle",
            smooth([(0.26, 0.38), (0.34, 0.365), (0.46, 0.4), (0.36, 0.44), (0.28, 0.44)]),
            "black, brown, red",
        )
    )
    parts += [
        part("gear", ellipse(*pedal, 0.05), "gray, silver"),
        detail(ellipse(*rear, 0.025), "gray"),
        detail(ellipse(*front, 0.025), "gray"),
    ]
    parts.append(part("pedal", thick([(0.47, 0.76), (0.52, 0.86)], 0.02), "black, gray"))
    parts.append(part("pedal", box(0.48, 0.85, 0.57, 0.88), "black, gray"))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("scooter", "motor scooter", group="vehicle")
def scooter(rng: np.random.Generator) -> Thing:
    """A scooter from the side."""
    parts: list[Part] = []
    for x in (0.2, 0.8):
        parts += wheel(x, 0.82, 0.125, hub=0.5)
    parts.append(part("fork", thick([(0.66, 0.3), (0.8, 0.82)], 0.05), "gray, silver, dark gray"))
    parts.append(
        part(
            "scooter",
            smooth(
                [
                    (0.06, 0.72),
                    (0.14, 0.6),
                    (0.38, 0.56),
                    (0.44, 0.76),
                    (0.58, 0.76),
                    (0.64, 0.42),
                    (0.7, 0.34),
                    (0.76, 0.42),
                    (0.7, 0.84),
                    (0.4, 0.87),
                    (0.36, 0.82),
                    (0.3, 0.72),
                    (0.14, 0.72),
                ]
            ),
            PAINT,
            body=True,
        )
    )
    parts.append(
        part(
            "mudguard",
            np.concatenate([arc(0.8, 0.8, 0.14, 0.14, 200, 340), arc(0.8, 0.8, 0.105, 0.1, 340, 200)]),
            PAINT,
        )
    )
    parts.append(
        part("seat", smooth([(0.08, 0.57), (0.14, 0.5), (0.38, 0.5), (0.42, 0.58), (0.26, 0.6)]), "black, brown, beige")
    )
    parts.append(part("handlebar", thick([(0.6, 0.27), (0.72, 0.29)], 0.035), "black, gray"))
    parts.append(part("headlight", ellipse(0.72, 0.38, 0.045), "yellow, white"))
    return finished(rng, parts, says=("side view",), flips=True)


@kind("motorcycle", "motorbike", group="vehicle")
def motorcycle(rng: np.random.Generator) -> Thing:
    """A motorcycle from the side."""
    parts, lines = [], []
    parts.append(part("fork", thick([(0.66, 0.36), (0.8, 0.75)], 0.04), "gray, silver"))
    parts.append(
        part(
            "exhaust pipe",
            thick(smooth([(0.5, 0.74), (0.44, 0.82), (0.3, 0.83), (0.06, 0.79)], closed=False), 0.05),
            "gray, silver",
        )
    )
    for x in (0.2, 0.8):
        parts += wheel(x, 0.77, 0.175, hub=0.55)
        lines += [
            np.stack([x + np.float32([0.04, 0.096]) * np.cos(a), 0.77 + np.float32([0.04, 0.096]) * np.sin(a)], 1)
            for a in np.arange(6) * np.pi / 3
        ]
        parts.append(detail(ellipse(x, 0.77, 0.035), "gray"))
    parts.append(part("engine", box(0.38, 0.6, 0.6, 0.8, radius=0.04), "gray, dark gray, silver"))
    lines += [polygon((0.42, y), (0.56, y)) for y in (0.65, 0.7, 0.75)]
    parts.append(
        part(
            "motorcycle",
            smooth([(0.36, 0.58), (0.4, 0.47), (0.56, 0.42), (0.66, 0.46), (0.62, 0.58), (0.48, 0.62)]),
            PAINT,
            body=True,
        )
    )
    parts.append(
        part(
            "seat",
            smooth([(0.1, 0.48), (0.2, 0.5), (0.32, 0.5), (0.42, 0.48), (0.42, 0.57), (0.26, 0.6), (0.14, 0.56)]),
            "black, brown",
        )
    )
    parts.append(
        part(
            "mudguard",
            np.concatenate([arc(0.2, 0.77, 0.215, 0.215, 205, 300), arc(0.2, 0.77, 0.185, 0.185, 300, 205)]),
            PAINT,
        )
    )
    parts.append(
        part(
            "handlebar",
            thick(smooth([(0.7, 0.42), (0.65, 0.33), (0.56, 0.32)], closed=False), 0.032),
            "black, gray, silver",
        )
    )
    parts.append(part("headlight", ellipse(0.73, 0.43, 0.05), "yellow, white"))
    return finished(rng, parts, lines, says=("side view",), flips=True)
