"""Buildings of a town.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, curl, detail, finished, panes, part, some, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("skyscraper", "tower block", "high-rise", group="building")
def skyscraper(rng: np.random.Generator) -> Thing:
    """A tall building with rows of windows, and a spire, steps or a sign at the top."""
    parts, lines = [], []
    half, top = rng.uniform(0.15, 0.22), rng.uniform(0.2, 0.3)
    walls = "gray, light gray, blue, light blue, beige, turquoise"
    form = style(rng, "flat", "stepped", "pointed")
    if form == "pointed":
        parts.append(part("spire", polygon((0.485, top - 0.02), (0.5, 0.03), (0.515, top - 0.02)), "gray, silver, red"))
        parts.append(
            part("roof", polygon((0.5 - half, top), (0.5, top - 0.13), (0.5 + half, top)), "gray, dark gray, dark blue")
        )
    elif form == "stepped":
        parts.append(part("wall", box(0.5 - half * 0.35, top - 0.16, 0.5 + half * 0.35, top), walls, body=True))
        parts.append(part("wall", box(0.5 - half * 0.68, top - 0.08, 0.5 + half * 0.68, top), walls, body=True))
        lines.append(polygon((0.5, top - 0.16), (0.5, top - 0.25)))
    else:
        lines.append(polygon((0.5 + half * 0.4, top - 0.03), (0.5 + half * 0.4, top - 0.15)))
        parts.append(
            part("roof", box(0.5 - half - 0.02, top - 0.035, 0.5 + half + 0.02, top + 0.01), "gray, dark gray")
        )
    parts.append(part("wall", box(0.5 - half, top, 0.5 + half, 0.95), walls, body=True))
    columns, rows = int(rng.integers(2, 5)), int(rng.integers(5, 8))
    wide, high = 2 * half / (columns + 0.3), (0.8 - top) / (rows + 0.3)
    for row in range(rows):
        if form == "flat" and columns == 4:
            y = top + high * (row + 0.35)
            parts.append(
                part("window", box(0.5 - half * 0.85, y, 0.5 + half * 0.85, y + high * 0.6), GLASS + ", yellow")
            )
            lines += panes(0.5 - half * 0.85, y, 0.5 + half * 0.85, y + high * 0.6, columns, 1)
            continue
        for column in range(columns):
            x, y = 0.5 - half + wide * (column + 0.3), top + high * (row + 0.35)
            parts.append(part("window", box(x, y, x + wide * 0.65, y + high * 0.62), GLASS + ", yellow"))
    parts.append(part("door", box(0.44, 0.84, 0.56, 0.95), "brown, dark gray, blue"))
    lines.append(polygon((0.5, 0.84), (0.5, 0.95)))
    return finished(rng, parts, lines)


@kind("church", "chapel", group="building")
def church(rng: np.random.Generator) -> Thing:
    """A church with a steeple, from the front or from the side."""
    walls, roofs = "white, beige, light gray, yellow", "gray, brown, red, dark blue, green"
    parts, lines = [], []
    side = some(rng, 0.6)
    tower, half, low = (0.3, 0.12, 0.38) if side else (0.5, rng.uniform(0.11, 0.14), 0.42)
    tip = rng.uniform(0.1, 0.16)
    cross_x = tower
    lines += [
        polygon((cross_x, tip), (cross_x, tip - 0.1)),
        polygon((cross_x - 0.03, tip - 0.07), (cross_x + 0.03, tip - 0.07)),
    ]
    if side:
        eaves, ridge, right = rng.uniform(0.6, 0.66), rng.uniform(0.42, 0.48), rng.uniform(0.85, 0.93)
        parts.append(part("wall", box(tower, eaves, right, 0.95), walls, body=True))
        parts.append(
            part("roof", polygon((tower, eaves), (tower, ridge), (right - 0.05, ridge), (right + 0.03, eaves)), roofs)
        )
        for x in np.linspace(tower + half + 0.07, right - 0.08, 3):
            pane = np.concatenate(
                [arc(x, eaves + 0.11, 0.035, 0.05, 180, 360), polygon((x + 0.035, 0.86), (x - 0.035, 0.86))]
            )
            parts.append(part("window", pane, "light blue, yellow, purple"))
            lines += [polygon((x, eaves + 0.06), (x, 0.86))]
    else:
        left = rng.uniform(0.18, 0.24)
        parts.append(part("wall", box(left, 0.68, 1 - left, 0.95), walls, body=True))
        slope = polygon((left - 0.04, 0.68), (0.5 - half, 0.48), (0.5 + half, 0.48), (1.04 - left, 0.68))
        parts.append(part("roof", slope, roofs))
        for x in ((left + 0.5 - half) / 2, 1 - (left + 0.5 - half) / 2):
            pane = np.concatenate([arc(x, 0.78, 0.035, 0.05, 180, 360), polygon((x + 0.035, 0.86), (x - 0.035, 0.86))])
            parts.append(part("window", pane, "light blue, yellow, purple"))
    parts.append(part("wall", box(tower - half, low, tower + half, 0.95), walls, body=True))
    parts.append(part("roof", polygon((tower - half - 0.03, low), (tower, tip), (tower + half + 0.03, low)), roofs))
    if some(rng):
        parts.append(part("clock", ellipse(tower, low + 0.09, 0.055), "white, yellow"))
        lines += [polygon((tower, low + 0.055), (tower, low + 0.09), (tower + 0.025, low + 0.1))]
    else:
        parts.append(part("window", ellipse(tower, low + 0.1, 0.05), "light blue, yellow, purple"))
        lines += [
            polygon((tower - 0.05, low + 0.1), (tower + 0.05, low + 0.1)),
            polygon((tower, low + 0.05), (tower, low + 0.15)),
        ]
    door = np.concatenate([arc(tower, 0.78, 0.06, 0.08, 180, 360), polygon((tower + 0.06, 0.95), (tower - 0.06, 0.95))])
    parts.append(part("door", door, "brown, red, dark brown"))
    lines.append(polygon((tower, 0.7), (tower, 0.95)))
    return finished(rng, parts, lines, flips=side)


@kind("school", group="building")
def school(rng: np.random.Generator) -> Thing:
    """A wide house with a clock in its gable, a flag and a row of windows."""
    parts, lines = [], []
    walls, eaves = "red, yellow, orange, beige", rng.uniform(0.46, 0.5)
    lines.append(polygon((0.5, 0.2), (0.5, 0.03)))
    parts.append(part("flag", polygon((0.5, 0.03), (0.64, 0.06), (0.5, 0.11)), "red, blue, yellow, green"))
    parts.append(part("wall", box(0.06, eaves, 0.94, 0.95), walls, body=True))
    parts.append(
        part("roof", polygon((0.02, eaves), (0.1, eaves - 0.1), (0.9, eaves - 0.1), (0.98, eaves)), "gray, brown, red")
    )
    parts.append(part("wall", box(0.35, eaves - 0.08, 0.65, 0.95), walls, body=True))
    parts.append(part("roof", polygon((0.31, eaves - 0.07), (0.5, 0.18), (0.69, eaves - 0.07)), "gray, brown, red"))
    parts.append(part("clock", ellipse(0.5, eaves + 0.02, 0.06), "white, yellow"))
    lines.append(polygon((0.5, eaves - 0.02), (0.5, eaves + 0.02), (0.53, eaves + 0.03)))
    for x in (0.1, 0.22, 0.68, 0.8):
        for y in (eaves + 0.08, eaves + 0.27):
            parts.append(part("window", box(x, y, x + 0.09, y + 0.12), GLASS + ", yellow"))
            lines += panes(x, y, x + 0.09, y + 0.12, 2, 1)
    parts.append(part("door", box(0.42, 0.7, 0.58, 0.95), "brown, blue, green"))
    lines.append(polygon((0.5, 0.7), (0.5, 0.95)))
    parts += [detail(ellipse(x, 0.83, 0.013), "gold") for x in (0.475, 0.525)]
    return finished(rng, parts, lines)


@kind("shop", "store", group="building")
def shop(rng: np.random.Generator) -> Thing:
    """A shop with a striped awning, a large window and a sign."""
    parts, lines = [], []
    top, awning = rng.uniform(0.22, 0.3), rng.uniform(0.46, 0.5)
    parts.append(part("wall", box(0.1, top, 0.9, 0.95), "yellow, beige, pink, light blue, white", body=True))
    parts.append(part("sign", box(0.25, top - 0.08, 0.75, top + 0.08, radius=0.03), "brown, white, red, green"))
    lines.append(
        polygon(
            (0.33, top - 0.005),
            (0.4, top - 0.03),
            (0.44, top + 0.02),
            (0.5, top - 0.03),
            (0.56, top + 0.02),
            (0.67, top - 0.01),
        )
    )
    left_door = some(rng)
    door, pane = ((0.16, 0.34), (0.42, 0.84)) if left_door else ((0.66, 0.84), (0.16, 0.58))
    parts.append(part("window", box(pane[0], awning, pane[1], 0.8), "light blue, white, yellow"))
    lines += panes(pane[0], awning + 0.08, pane[1], 0.8, 2, 1)
    parts.append(part("door", box(door[0], awning, door[1], 0.95), "brown, red, blue, green"))
    parts.append(detail(ellipse(door[1] - 0.03, 0.75, 0.014), "gold"))
    stripes = int(rng.integers(3, 5)) * 2
    for index in range(stripes):
        low, high = 0.06 + 0.88 * index / stripes, 0.06 + 0.88 * (index + 1) / stripes
        start, end = 0.12 + 0.76 * index / stripes, 0.12 + 0.76 * (index + 1) / stripes
        cloth = np.concatenate(
            [
                polygon((start, top + 0.1), (end, top + 0.1)),
                arc((low + high) / 2, awning + 0.03, (high - low) / 2, 0.04, 0, 180),
            ]
        )
        name, colors = ("awning", "red, green, blue, orange") if index % 2 == 0 else ("stripe", "white, yellow")
        parts.append(part(name, cloth, colors))
    return finished(rng, parts, lines)


@kind("factory", group="building")
def factory(rng: np.random.Generator) -> Thing:
    """A hall with a saw-tooth roof and chimneys that smoke."""
    parts, lines = [], []
    for x in (0.1, 0.25)[: int(rng.integers(1, 3))]:
        parts.append(
            part("chimney", polygon((x, 0.24), (x + 0.08, 0.24), (x + 0.1, 0.7), (x - 0.02, 0.7)), "red, brown, gray")
        )
        parts.append(
            part(
                "stripe",
                polygon((x - 0.003, 0.3), (x + 0.083, 0.3), (x + 0.087, 0.36), (x - 0.007, 0.36)),
                "white, red, yellow",
            )
        )
        if some(rng, 0.6):
            parts.append(
                part(
                    "smoke",
                    smooth(
                        [
                            (x + 0.02, 0.2),
                            (x - 0.01, 0.12),
                            (x + 0.06, 0.06),
                            (x + 0.15, 0.04),
                            (x + 0.2, 0.1),
                            (x + 0.12, 0.14),
                            (x + 0.08, 0.21),
                        ]
                    ),
                    "gray, light gray, white",
                )
            )
        else:
            lines.append(curl(x + 0.04, 0.21, 0.15, 0.02))
    teeth = []
    for x in (0.4, 0.57, 0.74):
        teeth += [(x, 0.56), (x + 0.15, 0.42), (x + 0.15, 0.56)]
    parts.append(part("roof", polygon((0.38, 0.62), *teeth, (0.94, 0.62)), "gray, red, dark gray, blue"))
    parts.append(part("wall", box(0.05, 0.6, 0.95, 0.95), "red, orange, gray, beige, light blue, brown", body=True))
    for x in (0.1, 0.24, 0.6, 0.76):
        parts.append(part("window", box(x, 0.67, x + 0.1, 0.77), "light blue, yellow, white"))
        lines += panes(x, 0.67, x + 0.1, 0.77)
    parts.append(part("door", box(0.4, 0.72, 0.54, 0.95), "gray, brown, blue, green"))
    lines += [polygon((0.4, y), (0.54, y)) for y in (0.77, 0.82, 0.87)]
    return finished(rng, parts, lines, flips=True)
