"""Tools of a workshop.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, part, some, star_outline, thick
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.tools._grip import GRIP


@kind("hammer", group="object", stands=False)
def hammer(rng: np.random.Generator) -> Thing:
    """A claw hammer or a mallet, at a slant."""
    parts = [part("handle", box(0.46, 0.2, 0.54, 0.95, radius=0.03), WOOD + ", red, yellow")]
    if some(rng):
        parts.append(part("grip", box(0.445, 0.66, 0.555, 0.96, radius=0.04), GRIP))
    if some(rng, 0.7):
        head = np.concatenate(
            [
                polygon((0.66, 0.13), (0.66, 0.27), (0.44, 0.27)),
                smooth([(0.44, 0.27), (0.36, 0.22), (0.22, 0.32)], closed=False)[1:],
                smooth([(0.22, 0.32), (0.28, 0.14), (0.44, 0.1)], closed=False)[1:],
                polygon((0.56, 0.1)),
            ]
        )
        parts += [
            part("head", head, METAL + ", dark gray, black"),
            part("face", box(0.65, 0.1, 0.73, 0.3, radius=0.02), METAL + ", dark gray, black"),
        ]
    else:
        parts.append(part("head", box(0.26, 0.07, 0.74, 0.3, radius=0.03), WOOD + ", gray, black"))
        parts += [part("band", box(x, 0.07, x + 0.05, 0.3), "gray, gold, dark brown, silver") for x in (0.31, 0.64)]
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 35, 35])), middle=True)


@kind("saw", group="object", stands=False)
def saw(rng: np.random.Generator) -> Thing:
    """A hand saw with teeth."""
    teeth = [(0.34 + 0.6 * index / 24, 0.62 - 0.08 * index / 24 + (0.03 if index % 2 else 0.0)) for index in range(25)]
    parts = [part("blade", polygon((0.3, 0.36), (0.95, 0.44), *teeth[::-1]), METAL)]
    grip = smooth([(0.1, 0.34), (0.24, 0.3), (0.37, 0.36), (0.38, 0.6), (0.3, 0.7), (0.12, 0.68), (0.04, 0.56)])
    parts += [
        part("handle", grip, WOOD + ", red, yellow, orange, blue"),
        part(
            "hole",
            smooth([(0.16, 0.44), (0.24, 0.43), (0.27, 0.5), (0.25, 0.58), (0.16, 0.59), (0.13, 0.52)]),
            "white, light gray",
        ),
    ]
    parts += [detail(ellipse(0.33, y, 0.018), "gold") for y in (0.45, 0.55)]
    return finished(rng, parts, flips=True, tilt_deg=rng.uniform(-30, 10), middle=True)


@kind("wrench", "spanner", group="object", stands=False)
def wrench(rng: np.random.Generator) -> Thing:
    """An open wrench with a ring at its other end."""
    jaw = np.concatenate(
        [
            polygon((0.45, 0.04), (0.45, 0.16), (0.5, 0.2), (0.55, 0.16), (0.55, 0.04)),
            smooth([(0.55, 0.04), (0.66, 0.1), (0.67, 0.22), (0.56, 0.33)], closed=False)[1:],
            smooth([(0.44, 0.33), (0.33, 0.22), (0.34, 0.1), (0.45, 0.04)], closed=False)[:-1],
        ]
    )
    iron = METAL + ", dark gray, red, blue"
    parts = [
        part("handle", box(0.45, 0.28, 0.55, 0.86), iron),
        part("jaw", jaw, iron),
        part("ring", ellipse(0.5, 0.86, 0.11), iron),
        part("hole", star_outline(0.5, 0.86, 0.062, 0.0537, 6), "white, light gray"),
    ]
    return finished(
        rng, parts, [polygon((0.5, 0.38), (0.5, 0.7))], tilt_deg=float(rng.choice([35, -35, 0])), middle=True
    )


@kind("screwdriver", group="object", stands=False)
def screwdriver(rng: np.random.Generator) -> Thing:
    """A screwdriver with a ribbed grip."""
    parts = [
        part("shaft", polygon((0.475, 0.14), (0.525, 0.14), (0.525, 0.6), (0.475, 0.6)), METAL),
        part("tip", polygon((0.465, 0.05), (0.535, 0.05), (0.53, 0.16), (0.47, 0.16)), METAL + ", dark gray"),
    ]
    parts.append(
        part(
            "handle",
            smooth(
                [
                    (0.44, 0.56),
                    (0.56, 0.56),
                    (0.58, 0.64),
                    (0.6, 0.86),
                    (0.54, 0.96),
                    (0.46, 0.96),
                    (0.4, 0.86),
                    (0.42, 0.64),
                ],
                steps=5,
            ),
            GRIP,
        )
    )
    parts.append(part("collar", box(0.435, 0.53, 0.565, 0.6, radius=0.015), "black, gold, gray, yellow, white"))
    return finished(
        rng,
        parts,
        [polygon((x, 0.66), (x + (x - 0.5) * 0.2, 0.88)) for x in (0.46, 0.5, 0.54)],
        tilt_deg=float(rng.choice([35, -35, 0])),
        middle=True,
    )


@kind("axe", group="object", stands=False)
def axe(rng: np.random.Generator) -> Thing:
    """An axe with a curved edge."""
    parts = [
        part(
            "handle",
            thick(smooth([(0.5, 0.05), (0.48, 0.4), (0.52, 0.72), (0.48, 0.96)], closed=False), 0.075),
            WOOD + ", red",
        )
    ]
    head = np.concatenate(
        [
            polygon((0.44, 0.13)),
            smooth([(0.56, 0.13), (0.68, 0.13), (0.82, 0.06)], closed=False),
            smooth([(0.82, 0.06), (0.88, 0.24), (0.8, 0.44)], closed=False)[1:],
            smooth([(0.8, 0.44), (0.68, 0.31), (0.56, 0.3)], closed=False)[1:],
            polygon((0.44, 0.3)),
        ]
    )
    parts.append(part("head", head, "red, gray, dark gray, blue, black"))
    parts.append(
        part(
            "edge",
            np.concatenate(
                [
                    smooth([(0.82, 0.06), (0.88, 0.24), (0.8, 0.44)], closed=False),
                    smooth([(0.8, 0.44), (0.79, 0.25), (0.82, 0.06)], closed=False)[1:-1],
                ]
            ),
            "silver, white, light gray",
        )
    )
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 25])), middle=True)


@kind("ladder", group="object")
def ladder(rng: np.random.Generator) -> Thing:
    """A ladder with five or more rungs, or a stepladder."""
    parts, colors = [], WOOD + ", gray, silver, yellow, red"
    if some(rng):
        parts += [part("back leg", thick([(0.54, 0.08), (0.86, 0.95)], 0.04), colors)]
        for y in (0.28, 0.48, 0.68):
            x = 0.44 - (y - 0.08) * 0.3
            parts.append(part("step", box(x - 0.02, y, x + 0.2, y + 0.05), colors))
        parts += [part("rail", thick([(x, 0.08), (x - 0.26, 0.95)], 0.045), colors) for x in (0.42, 0.63)]
        parts.append(part("top", box(0.36, 0.05, 0.7, 0.12, radius=0.01), colors))
        return finished(rng, parts, flips=True)
    rungs = int(rng.integers(5, 8))
    parts += [part("rung", box(0.32, y, 0.68, y + 0.04), colors) for y in np.linspace(0.14, 0.82, rungs)]
    parts += [part("rail", box(x, 0.05, x + 0.06, 0.95, radius=0.01), colors) for x in (0.3, 0.64)]
    return finished(rng, parts, tilt_deg=rng.uniform(-12, 12))
