"""Hearts and signposts.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some, style, thick, wavy
from sprint_live.train.data.kinds._thing import Thing, box, ellipse, kind, mirrored, polygon, smooth


@kind("heart", group="object", stands=False)
def heart(rng: np.random.Generator) -> Thing:
    """A heart, now and then with an arrow, with a second one inside, or with a ribbon."""
    notch, wide = rng.uniform(0.26, 0.32), rng.uniform(0.92, 1.05)
    right = smooth(
        [(0.5, notch), (0.6, 0.14), (0.78, 0.12), (0.92, 0.28), (0.88, 0.5), (0.72, 0.72), (0.5, 0.92)], closed=False
    )
    outline = np.concatenate([right, mirrored(right)[::-1][1:-1]])
    outline[:, 0] = 0.5 + (outline[:, 0] - 0.5) * wide
    parts, lines, form = [], [], style(rng, "plain", "inner", "arrow", "shine")
    if form == "arrow":
        parts.append(part("arrow", thick([(0.02, 0.72), (0.99, 0.27)], 0.035), WOOD + ", gold"))
        parts.append(
            part(
                "feather",
                polygon((-0.07, 0.68), (0.08, 0.61), (0.16, 0.66), (0.1, 0.77), (-0.02, 0.83), (0.03, 0.73)),
                "white, light blue, yellow",
            )
        )
        parts.append(part("arrowhead", polygon((1.06, 0.24), (0.96, 0.2), (1.0, 0.35)), "gray, gold, silver"))
    parts.append(part("heart", outline, "red, pink, purple, orange", body=True))
    if form == "inner":
        parts.append(
            part(
                "inner heart",
                np.float32([0.5, 0.48]) + (outline - np.float32([0.5, 0.48])) * 0.6,
                "pink, white, light red, yellow",
            )
        )
    elif form == "shine":
        parts.append(detail(ellipse(0.28, 0.3, 0.06, 0.09, turn_deg=35), "white"))
    return finished(rng, parts, lines, middle=True)


@kind("signpost", "sign", group="object")
def signpost(rng: np.random.Generator) -> Thing:
    """Boards with points on a pole, to the left and to the right."""
    parts, lines = [part("pole", box(0.46, 0.06, 0.54, 0.94), WOOD)], []
    for index in range(int(rng.integers(1, 4))):
        y, right = 0.13 + 0.21 * index, some(rng)
        board = polygon((0.2, y), (0.78, y), (0.92, y + 0.08), (0.78, y + 0.16), (0.2, y + 0.16))
        parts.append(part("board", board if right else mirrored(board), "light brown, white, yellow, beige, green"))
        lines += [wavy(0.3, 0.7, y + 0.08, 0.015, 4)]
    parts.append(
        part(
            "grass",
            polygon(
                (0.28, 0.95),
                (0.3, 0.86),
                (0.36, 0.91),
                (0.4, 0.83),
                (0.45, 0.9),
                (0.5, 0.84),
                (0.55, 0.9),
                (0.6, 0.83),
                (0.65, 0.91),
                (0.7, 0.86),
                (0.72, 0.95),
            ),
            "green, light green, dark green",
        )
    )
    return finished(rng, parts, lines)
