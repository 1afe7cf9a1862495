"""Keys, locks, magnifying glasses and magnets.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, finished, part, some, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth, turned


@kind("key", group="object", stands=False)
def key(rng: np.random.Generator) -> Thing:
    """An old key with a round, a square or a heart-shaped bow."""
    parts, gold, form = [], "gold, silver, gray, yellow, brown", style(rng, "round", "square", "heart")
    parts.append(
        part(
            "bit",
            polygon(
                (0.5, 0.72),
                (0.68, 0.72),
                (0.68, 0.78),
                (0.62, 0.78),
                (0.62, 0.82),
                (0.68, 0.82),
                (0.68, 0.89),
                (0.5, 0.89),
            ),
            gold,
        )
    )
    parts.append(part("shaft", box(0.465, 0.38, 0.535, 0.95, radius=0.03), gold))
    if form == "round":
        parts += [
            part("bow", ellipse(0.5, 0.22, 0.175), gold),
            part("hole", ellipse(0.5, 0.22, 0.1), "white, light gray, light blue"),
        ]
    elif form == "square":
        parts.append(part("bow", turned(box(0.36, 0.08, 0.64, 0.36, radius=0.05), 45, (0.5, 0.22)), gold))
        parts.append(
            part(
                "hole",
                turned(box(0.43, 0.15, 0.57, 0.29, radius=0.02), 45, (0.5, 0.22)),
                "white, light gray, light blue",
            )
        )
    else:
        half = smooth([(0.5, 0.14), (0.57, 0.06), (0.68, 0.09), (0.7, 0.2), (0.5, 0.42)], closed=False)
        heart = np.concatenate([half, mirrored(half)[::-1][1:-1]])
        parts += [
            part("bow", heart, gold),
            part(
                "hole",
                np.float32([0.5, 0.21]) + (heart - np.float32([0.5, 0.21])) * 0.5,
                "white, light gray, light blue",
            ),
        ]
    parts.append(part("collar", box(0.43, 0.39, 0.57, 0.45, radius=0.02), gold))
    return finished(rng, parts, flips=True, tilt_deg=float(rng.choice([0, 40, 90])), middle=True)


@kind("lock", "padlock", group="object")
def lock(rng: np.random.Generator) -> Thing:
    """A padlock with its keyhole, closed or open."""
    opened, parts = some(rng, 0.35), []
    x = 0.3 if opened else 0.5
    path = np.concatenate(
        [polygon((x - 0.19, 0.42 if opened else 0.52)), arc(x, 0.3, 0.19, 0.2, 180, 360), polygon((x + 0.19, 0.52))]
    )
    parts.append(part("shackle", thick(path, 0.075), METAL + ", dark gray"))
    parts.append(
        part("lock", box(0.2, 0.46, 0.8, 0.94, radius=0.08), "gold, yellow, red, blue, gray, orange", body=True)
    )
    parts.append(
        part(
            "keyhole",
            np.concatenate([arc(0.5, 0.65, 0.065, 0.065, 125, 415), polygon((0.56, 0.83), (0.44, 0.83))]),
            "black, dark gray, dark brown",
        )
    )
    return finished(rng, parts, says=("open",) if opened else ())


@kind("magnifying glass", "magnifier", group="object", stands=False)
def magnifying_glass(rng: np.random.Generator) -> Thing:
    """A lens with a rim and a grip."""
    parts = [
        part("handle", box(0.44, 0.62, 0.56, 0.96, radius=0.05), WOOD + ", black, red, blue"),
        part("collar", box(0.455, 0.56, 0.545, 0.66), "gold, silver, gray"),
    ]
    parts += [
        part("rim", ellipse(0.5, 0.32, 0.27), "gold, gray, black, red, silver, brown"),
        part("lens", ellipse(0.5, 0.32, 0.21), "light blue, white, light gray, turquoise"),
    ]
    return finished(
        rng, parts, [arc(0.5, 0.32, 0.15, 0.15, 190, 260)], tilt_deg=float(rng.choice([-45, 45, 0])), middle=True
    )


@kind("magnet", group="object", stands=False)
def magnet(rng: np.random.Generator) -> Thing:
    """A magnet like a horseshoe."""
    parts, lines = [], []
    shape = np.concatenate(
        [
            arc(0.5, 0.44, 0.34, 0.36, 180, 360, num_points=30),
            polygon((0.84, 0.72), (0.64, 0.72)),
            arc(0.5, 0.44, 0.14, 0.15, 360, 180),
            polygon((0.36, 0.72), (0.16, 0.72)),
        ]
    )
    parts.append(part("magnet", shape, "red, blue, green, purple", body=True))
    parts += [part("tip", box(x, 0.7, x + 0.2, 0.86), "white, silver, gray, light gray") for x in (0.16, 0.64)]
    if some(rng):
        lines += [
            polygon((x, 0.9), (x + dx, 0.97))
            for x, dx in ((0.2, -0.03), (0.27, 0.0), (0.34, 0.03), (0.66, -0.03), (0.73, 0.0), (0.8, 0.03))
        ]
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 30, -30, 180])), middle=True)
