"""What digs, waters and cleans.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.tools._grip import GRIP


@kind("shovel", "spade", group="object", stands=False)
def shovel(rng: np.random.Generator) -> Thing:
    """A shovel with a handle like a D, or a straight one."""
    parts, lines, colors = [], [], METAL + ", red, blue, yellow, green"
    parts.append(part("shaft", box(0.47, 0.1, 0.53, 0.62), WOOD + ", yellow"))
    if some(rng):
        parts += [
            part(
                "handle",
                polygon((0.38, 0.05), (0.62, 0.05), (0.62, 0.1), (0.53, 0.22), (0.47, 0.22), (0.38, 0.1)),
                GRIP,
            ),
            part("hole", polygon((0.44, 0.095), (0.56, 0.095), (0.52, 0.16), (0.48, 0.16)), "white, light gray"),
        ]
    else:
        parts.append(part("handle", box(0.36, 0.05, 0.64, 0.12, radius=0.035), GRIP))
    blade = np.concatenate(
        [
            polygon((0.36, 0.57), (0.45, 0.57), (0.46, 0.54), (0.54, 0.54), (0.55, 0.57), (0.64, 0.57)),
            smooth([(0.65, 0.68), (0.62, 0.84), (0.5, 0.96), (0.38, 0.84), (0.35, 0.68)], closed=False),
        ]
    )
    parts.append(part("blade", blade, colors))
    lines.append(polygon((0.5, 0.62), (0.5, 0.8)))
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 35, -35])), middle=True)


@kind("bucket", "pail", group="object")
def bucket(rng: np.random.Generator) -> Thing:
    """A bucket, empty, or full of water or sand."""
    parts, lines = [], []
    form = style(rng, "empty", "water", "sand")
    parts.append(
        part(
            "handle",
            thick(arc(0.5, 0.36, 0.34, 0.29, 180, 360, num_points=30), 0.035),
            METAL + ", white, yellow, black",
        )
    )
    if form == "sand":
        parts.append(
            part(
                "sand",
                smooth([(0.16, 0.4), (0.3, 0.28), (0.5, 0.22), (0.7, 0.28), (0.84, 0.4), (0.5, 0.48)]),
                "yellow, beige, light brown",
            )
        )
    front = np.concatenate([arc(0.5, 0.38, 0.37, 0.075, 180, 0), arc(0.5, 0.9, 0.26, 0.05, 0, 180)])
    paint = "red, blue, yellow, green, gray, silver, pink, orange"
    if form == "sand":
        parts.append(part("bucket", front, paint, body=True))
    else:
        parts.append(
            part(
                "bucket",
                np.concatenate([arc(0.5, 0.38, 0.37, 0.075, 180, 360), arc(0.5, 0.9, 0.26, 0.05, 0, 180)]),
                paint,
                body=True,
            )
        )
        inside = ellipse(0.5, 0.38, 0.335, 0.058)
        parts.append(
            part("water", inside, "light blue, blue, turquoise")
            if form == "water"
            else part("inside", inside, "dark gray, gray, dark blue, black")
        )
    if some(rng):
        parts.append(part("star", star_outline(0.5, 0.69, 0.12, 0.05), "yellow, white, red, blue"))
    else:
        parts.append(
            part(
                "band",
                np.concatenate([arc(0.5, 0.6, 0.318, 0.06, 180, 0), arc(0.5, 0.7, 0.302, 0.06, 0, 180)]),
                "white, yellow, red, light blue",
            )
        )
    return finished(rng, parts, lines)


@kind("watering can", group="object")
def watering_can(rng: np.random.Generator) -> Thing:
    """A watering can, drops falling from it or not."""
    parts, lines, paint = [], [], "green, blue, red, gray, yellow, orange, turquoise, pink"
    parts.append(
        part(
            "handle",
            thick(
                smooth([(0.4, 0.45), (0.3, 0.24), (0.14, 0.22), (0.06, 0.4), (0.1, 0.66), (0.2, 0.78)], closed=False),
                0.05,
            ),
            paint,
        )
    )
    parts.append(part("spout", polygon((0.6, 0.66), (0.86, 0.32), (0.91, 0.36), (0.64, 0.86)), paint))
    parts.append(
        part(
            "rose",
            smooth([(0.81, 0.29), (0.86, 0.22), (0.98, 0.32), (0.93, 0.39)], steps=5),
            "gold, gray, yellow, silver, white",
        )
    )
    parts.append(
        part("watering can", polygon((0.19, 0.46), (0.63, 0.46), (0.67, 0.93), (0.15, 0.93)), paint, body=True)
    )
    parts.append(part("rim", ellipse(0.41, 0.46, 0.22, 0.045), "dark gray, light gray, dark green, dark blue"))
    parts.append(
        part(
            "stripe",
            polygon((0.178, 0.62), (0.643, 0.62), (0.652, 0.72), (0.168, 0.72)),
            "white, yellow, light blue, orange",
        )
    )
    if some(rng):
        lines += [
            polygon((x, y), (x + 0.02, y + 0.07)) for x, y in ((0.95, 0.44), (0.99, 0.5), (0.96, 0.58), (1.0, 0.66))
        ]
    return finished(rng, parts, lines, flips=True)


@kind("broom", group="object")
def broom(rng: np.random.Generator) -> Thing:
    """A broom of twigs, or a flat one."""
    parts, lines = [part("stick", box(0.475, 0.05, 0.525, 0.64, radius=0.02), WOOD + ", red, blue, yellow")], []
    edge = [(0.76 - 0.52 * index / 10, 0.95 - (0.03 if index % 2 else 0.0)) for index in range(11)]
    parts.append(
        part(
            "bristles",
            np.concatenate(
                [
                    smooth([(0.45, 0.6), (0.5, 0.58), (0.55, 0.6), (0.66, 0.74)], closed=False),
                    polygon(*edge, (0.34, 0.74)),
                ]
            ),
            "yellow, beige, light brown, gold, brown",
        )
    )
    parts.append(part("binding", box(0.43, 0.6, 0.57, 0.67, radius=0.02), "red, blue, brown, green, black"))
    lines += [polygon((0.5 + x * 0.35, 0.7), (0.5 + x, 0.91)) for x in (-0.18, -0.09, 0.0, 0.09, 0.18)]
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 25, -25])))


@kind("trash can", "garbage can", group="object")
def trash_can(rng: np.random.Generator) -> Thing:
    """A can with ribs and a lid."""
    parts, paint = [], "gray, silver, green, blue, dark gray, yellow"
    foot = rng.uniform(0.19, 0.26)
    parts.append(part("handle", thick(arc(0.5, 0.18, 0.08, 0.08, 180, 360), 0.035), "black, gray, dark gray"))
    parts.append(
        part("can", polygon((0.22, 0.3), (0.78, 0.3), (0.5 + foot, 0.95), (0.5 - foot, 0.95)), paint, body=True)
    )
    parts.append(
        part("lid", np.concatenate([arc(0.5, 0.26, 0.32, 0.1, 180, 360), polygon((0.82, 0.33), (0.18, 0.33))]), paint)
    )
    return finished(rng, parts, [polygon((0.5 + x, 0.38), (0.5 + x * 0.85, 0.89)) for x in (-0.18, -0.06, 0.06, 0.18)])
