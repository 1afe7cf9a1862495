"""Beds and bathtubs.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.household._cloth import CLOTH


@kind("bed", group="object")
def bed(rng: np.random.Generator) -> Thing:
    """A bed from the side or from its foot."""
    parts, lines = [], []
    wood = WOOD + ", white, gray"
    if some(rng):
        top, foot = rng.uniform(0.26, 0.34), rng.uniform(0.46, 0.54)
        parts.append(
            part(
                "headboard",
                np.concatenate(
                    [
                        smooth(
                            [(0.03, 0.92), (0.03, top + 0.04), (0.07, top), (0.11, top + 0.04)], closed=False, steps=5
                        ),
                        polygon((0.12, 0.92)),
                    ]
                ),
                wood,
            )
        )
        parts.append(
            part(
                "pillow",
                smooth([(0.13, 0.6), (0.13, 0.5), (0.22, 0.46), (0.32, 0.5), (0.34, 0.6), (0.22, 0.63)]),
                "white, light blue, pink, yellow",
            )
        )
        parts.append(part("mattress", box(0.11, 0.6, 0.9, 0.72, radius=0.03), "white, beige, light blue"))
        parts.append(
            part(
                "blanket",
                np.concatenate(
                    [
                        smooth([(0.3, 0.74), (0.31, 0.58), (0.4, 0.55), (0.7, 0.57), (0.9, 0.56)], closed=False),
                        smooth([(0.9, 0.76), (0.75, 0.79), (0.6, 0.76), (0.45, 0.79), (0.3, 0.74)], closed=False),
                    ]
                ),
                CLOTH,
            )
        )
        lines.append(polygon((0.39, 0.56), (0.39, 0.77)))
        parts.append(part("frame", box(0.1, 0.76, 0.9, 0.85), wood))
        parts.append(
            part(
                "footboard",
                np.concatenate(
                    [
                        smooth(
                            [(0.88, 0.92), (0.89, foot + 0.03), (0.925, foot), (0.97, foot + 0.03)],
                            closed=False,
                            steps=5,
                        ),
                        polygon((0.97, 0.92)),
                    ]
                ),
                wood,
            )
        )
        return finished(rng, parts, lines, says=("side view",), flips=True)
    top = rng.uniform(0.14, 0.24)
    parts.append(
        part(
            "headboard",
            np.concatenate([arc(0.5, top + 0.14, 0.38, 0.16, 180, 360), polygon((0.88, 0.5), (0.12, 0.5))]),
            wood,
        )
    )
    parts.append(
        part("mattress", polygon((0.16, 0.42), (0.84, 0.42), (0.9, 0.8), (0.1, 0.8)), "white, beige, light blue")
    )
    for x in (0.33, 0.67) if some(rng) else (0.5,):
        half = 0.14 if x != 0.5 else 0.24
        parts.append(
            part(
                "pillow",
                smooth(
                    [
                        (x - half, 0.36),
                        (x, 0.34),
                        (x + half, 0.36),
                        (x + half + 0.01, 0.48),
                        (x, 0.5),
                        (x - half - 0.01, 0.48),
                    ],
                    steps=6,
                ),
                "white, light blue, pink, yellow",
            )
        )
    parts.append(
        part(
            "blanket",
            smooth([(0.13, 0.54), (0.5, 0.52), (0.87, 0.54), (0.93, 0.84), (0.5, 0.86), (0.07, 0.84)], steps=6),
            CLOTH,
        )
    )
    parts.append(
        part(
            "fold",
            smooth([(0.13, 0.53), (0.5, 0.505), (0.87, 0.53), (0.885, 0.59), (0.5, 0.575), (0.115, 0.59)], steps=6),
            "white, light yellow, light pink, light blue",
        )
    )
    parts.append(part("footboard", box(0.06, 0.78, 0.94, 0.91, radius=0.03), wood))
    parts += [part("leg", box(x, 0.9, x + 0.07, 0.96), wood) for x in (0.09, 0.84)]
    return finished(rng, parts, lines, says=("front view",))


@kind("bathtub", "bath", group="object")
def bathtub(rng: np.random.Generator) -> Thing:
    """A tub on feet with foam and a tap."""
    parts = [
        part(
            "tap",
            thick(np.float32([(0.86, 0.56), (0.86, 0.34), (0.74, 0.34), (0.74, 0.41)]), 0.045),
            "gold, gray, silver",
        )
    ]
    for x, y, radius in ((0.22, 0.46, 0.08), (0.34, 0.4, 0.1), (0.48, 0.43, 0.09), (0.6, 0.47, 0.07)):
        parts.append(part("bubble", ellipse(x, y, radius * rng.uniform(0.85, 1.1)), "white, light blue"))
    if some(rng):
        parts.append(
            part(
                "duck",
                smooth(
                    [
                        (0.36, 0.52),
                        (0.33, 0.42),
                        (0.4, 0.42),
                        (0.42, 0.36),
                        (0.47, 0.32),
                        (0.52, 0.36),
                        (0.51, 0.42),
                        (0.55, 0.52),
                    ]
                ),
                "yellow, orange",
            )
        )
        parts += [
            detail(ellipse(0.485, 0.37, 0.012), "black"),
            part("beak", polygon((0.51, 0.36), (0.57, 0.385), (0.51, 0.41)), "orange, red"),
        ]
    parts += [
        part(
            "foot",
            smooth([(x - 0.05, 0.82), (x + 0.05, 0.82), (x + 0.05, 0.93), (x - 0.04, 0.94)], steps=5),
            "gold, gray, brown",
        )
        for x in (0.27, 0.73)
    ]
    parts.append(
        part(
            "bathtub",
            np.concatenate(
                [
                    polygon((0.07, 0.52), (0.93, 0.52)),
                    smooth([(0.93, 0.52), (0.88, 0.74), (0.74, 0.87)], closed=False),
                    smooth([(0.26, 0.87), (0.12, 0.74), (0.07, 0.52)], closed=False),
                ]
            ),
            "white, light blue, pink, light gray, turquoise",
            body=True,
        )
    )
    parts.append(part("rim", box(0.03, 0.48, 0.97, 0.55, radius=0.035), "white, light gray, gold, pink"))
    return finished(rng, parts, flips=True)
