"""Telephones, cameras and radios.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth

CASE = "black, red, blue, gray, yellow, pink, turquoise, green, white, orange"


@kind("camera", group="object")
def camera(rng: np.random.Generator) -> Thing:
    """A camera with a lens, a flash and a button."""
    parts, lines = [], []
    parts.append(part("button", box(0.68, 0.22, 0.82, 0.3, radius=0.02), "red, gray, silver, yellow"))
    parts.append(
        part(
            "viewfinder",
            polygon((0.36, 0.3), (0.41, 0.17), (0.59, 0.17), (0.64, 0.3)),
            "gray, black, silver, dark gray",
        )
    )
    parts.append(part("camera", box(0.06, 0.28, 0.94, 0.86, radius=0.07), CASE, body=True))
    if some(rng, 0.7):
        parts.append(
            part(
                "band",
                polygon((0.06, 0.46), (0.94, 0.46), (0.94, 0.72), (0.06, 0.72)),
                "black, brown, gray, white, dark gray",
            )
        )
    radius = rng.uniform(0.19, 0.22)
    parts += [
        part("ring", ellipse(0.5, 0.59, radius), METAL + ", white, black"),
        part("lens", ellipse(0.5, 0.59, radius * 0.74), "light blue, blue, black, dark blue, purple"),
        part("middle of the lens", ellipse(0.5, 0.59, radius * 0.4), "black, dark blue, blue, turquoise"),
        detail(ellipse(0.45, 0.54, 0.027), "white"),
    ]
    parts.append(part("flash", box(0.13, 0.33, 0.28, 0.42, radius=0.02), "yellow, white, light yellow"))
    parts.append(part("light", ellipse(0.83, 0.37, 0.028), "red, green, orange"))
    return finished(rng, parts, lines)


@kind("telephone", "phone", group="object")
def telephone(rng: np.random.Generator) -> Thing:
    """An old telephone with a dial, or a mobile phone."""
    parts, lines, paint = [], [], "red, black, blue, green, yellow, pink, turquoise, orange"
    if some(rng, 0.45):
        parts.append(
            part("phone", box(0.27, 0.05, 0.73, 0.95, radius=0.07), "black, white, blue, pink, gray, gold", body=True)
        )
        parts.append(part("screen", box(0.31, 0.14, 0.69, 0.82), "light blue, blue, white, black, purple"))
        for row in range(3):
            for column, x in enumerate((0.36, 0.465, 0.57)):
                y = 0.2 + 0.13 * row
                parts.append(
                    part(
                        ("first", "second", "third")[column] + " icon",
                        box(x, y, x + 0.075, y + 0.075, radius=0.02),
                        "red, yellow, green, orange, purple, pink, turquoise",
                    )
                )
        parts += [
            part("button", ellipse(0.5, 0.885, 0.034), "white, gray, light gray, silver"),
            detail(box(0.44, 0.085, 0.56, 0.107, radius=0.01), "gray"),
        ]
        return finished(rng, parts, lines, says=("mobile",))
    base = np.concatenate(
        [
            smooth([(0.3, 0.36), (0.7, 0.36), (0.76, 0.5), (0.92, 0.8), (0.9, 0.9)], closed=False),
            smooth([(0.1, 0.9), (0.08, 0.8), (0.24, 0.5), (0.3, 0.36)], closed=False),
        ]
    )
    parts.append(
        part(
            "hook",
            polygon(
                (0.34, 0.26),
                (0.4, 0.26),
                (0.4, 0.32),
                (0.6, 0.32),
                (0.6, 0.26),
                (0.66, 0.26),
                (0.64, 0.42),
                (0.36, 0.42),
            ),
            "gold, gray, black, silver",
        )
    )
    parts.append(part("telephone", base, paint, body=True))
    handset = smooth(
        [
            (0.06, 0.36),
            (0.1, 0.2),
            (0.3, 0.12),
            (0.5, 0.1),
            (0.7, 0.12),
            (0.9, 0.2),
            (0.94, 0.36),
            (0.84, 0.4),
            (0.74, 0.36),
            (0.72, 0.26),
            (0.5, 0.22),
            (0.28, 0.26),
            (0.26, 0.36),
            (0.16, 0.4),
        ],
        steps=5,
    )
    parts.append(part("handset", handset, paint))
    parts += [
        part("dial", ellipse(0.5, 0.64, 0.19), "white, gold, gray, light yellow"),
        part("middle of the dial", ellipse(0.5, 0.64, 0.07), "red, white, black, gold, light blue"),
    ]
    parts += [
        detail(ellipse(0.5 + 0.128 * np.cos(a), 0.64 + 0.128 * np.sin(a), 0.026), "dark gray")
        for a in np.deg2rad(np.linspace(60, 340, 9))
    ]
    return finished(rng, parts, lines)


@kind("radio", group="object")
def radio(rng: np.random.Generator) -> Thing:
    """A radio with a loudspeaker or two, a handle and an antenna."""
    parts, lines = [], [polygon((0.84, 0.36), (0.97, 0.06))]
    parts.append(
        part(
            "handle",
            thick(smooth([(0.24, 0.4), (0.26, 0.24), (0.5, 0.21), (0.74, 0.24), (0.76, 0.4)], closed=False), 0.05),
            "black, gray, brown, gold",
        )
    )
    parts.append(part("radio", box(0.05, 0.36, 0.95, 0.9, radius=0.06), CASE + ", brown", body=True))
    for x in (0.24, 0.76) if some(rng) else (0.26,):
        parts += [
            part("loudspeaker", ellipse(x, 0.66, 0.16), "gray, black, dark gray, white, beige"),
            part("cone", ellipse(x, 0.66, 0.085), "black, gray, red, yellow, brown"),
        ]
    two = sum(item.name == "cone" for item in parts) == 2
    left, right = (0.42, 0.58) if two else (0.48, 0.88)
    parts.append(part("scale", box(left, 0.44, right, 0.55, radius=0.015), "yellow, white, light blue, light green"))
    lines.append(polygon((left + 0.06, 0.44), (left + 0.06, 0.55)))
    parts += [
        part("knob", ellipse(x, 0.7, 0.045 if two else 0.065), "gold, white, silver, red, gray")
        for x in ((0.455, 0.55) if two else (0.57, 0.78))
    ]
    return finished(rng, parts, lines, flips=True)
