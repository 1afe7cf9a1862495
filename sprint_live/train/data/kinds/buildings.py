"""Buildings in which people live and work.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, curl, detail, finished, panes, part, some, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon


def _fence(left: float, right: float, top: float, bottom: float, pickets: int) -> np.ndarray:
    """Pickets side by side, each with a point."""
    width = (right - left) / pickets
    points = [(left, bottom)]
    for index in range(pickets):
        x = left + index * width
        points += [(x, top + 0.03), (x + width / 2, top), (x + width, top + 0.03)]
    return polygon(*points, (right, bottom))


@kind("house", "cottage", "little house", group="building")
def house(rng: np.random.Generator) -> Thing:
    """A house with a door and windows; now and then a chimney, an attic window, steps or a fence."""
    left, right = rng.uniform(0.12, 0.24), rng.uniform(0.76, 0.88)
    eaves, ridge, over = rng.uniform(0.4, 0.5), rng.uniform(0.1, 0.2), rng.uniform(0.02, 0.07)
    parts, lines = [], []
    gabled = some(rng, 0.6)
    if some(rng, 0.6):
        x = rng.uniform(0.62, 0.7)
        parts.append(part("chimney", box(x, ridge - 0.02, x + 0.08, eaves), "red, brown, gray"))
        parts.append(part("chimney", box(x - 0.015, ridge - 0.05, x + 0.095, ridge - 0.01), "red, brown, gray"))
        if some(rng):
            lines += [curl(x + 0.04, ridge - 0.07, 0.13, 0.02)]
    parts.append(
        part("wall", box(left, eaves, right, 0.95), "white, yellow, orange, beige, light blue, pink", body=True)
    )
    peak = rng.uniform(0.46, 0.54)
    if gabled:
        roof = polygon((left - over, eaves), (peak, ridge), (right + over, eaves))
    else:
        roof = polygon((left - over, eaves), (left + 0.1, ridge), (right - 0.1, ridge), (right + over, eaves))
    parts.append(part("roof", roof, "red, brown, gray, dark blue, orange"))
    if gabled and some(rng):
        y, radius = ridge + 0.62 * (eaves - ridge), 0.055
        parts.append(part("attic window", ellipse(peak, y, radius), GLASS))
        lines += [polygon((peak - radius, y), (peak + radius, y)), polygon((peak, y - radius), (peak, y + radius))]
    elif not gabled:
        for row in (0.35, 0.68):
            y = ridge + row * (eaves - ridge)
            inset = 0.1 * (1 - row) - over * row
            lines.append(polygon((left + inset + 0.02, y), (right - inset - 0.02, y)))
    double = some(rng, 0.3)
    width = rng.uniform(0.18, 0.22) if double else rng.uniform(0.12, 0.16)
    door = (left + right - width) / 2 if double or some(rng) else rng.uniform(left + 0.05, right - width - 0.05)
    top, sill = rng.uniform(0.66, 0.72), 0.95
    if some(rng, 0.35):
        sill = 0.91
        parts.append(part("step", box(door - 0.03, sill, door + width + 0.03, 0.95), "gray, light gray"))
    rounded = some(rng, 0.3)
    frame = np.concatenate(
        [arc(door + width / 2, top + 0.02, width / 2, 0.07, 180, 360), polygon((door + width, sill), (door, sill))]
    )
    parts.append(part("door", frame if rounded else box(door, top, door + width, sill), "brown, red, green, blue"))
    if double:
        lines.append(polygon((door + width / 2, top - (0.05 if rounded else 0)), (door + width / 2, sill)))
    knobs = (door + width / 2 - 0.03, door + width / 2 + 0.03) if double else (door + width - 0.03,)
    parts += [detail(ellipse(x, (top + sill) / 2, 0.013), "gold") for x in knobs]
    size, height = rng.uniform(0.12, 0.15), rng.uniform(0.57, 0.6)
    if double:
        size = min(size, (door - left) - 0.08)
    for x in (left + 0.05, right - 0.05 - size):
        if x + size < door - 0.03 or x > door + width + 0.03:
            parts.append(part("window", box(x, height, x + size, height + size), "light blue, yellow, white"))
            lines += panes(x, height, x + size, height + size)
    if some(rng, 0.25):
        for start, end in ((0.02, door - 0.05), (door + width + 0.05, 0.98)):
            if end - start > 0.12:
                pickets = max(2, round((end - start) / 0.05))
                parts.append(part("fence", _fence(start, end, 0.8, 0.95, pickets), "white, brown"))
                lines += panes(start, 0.83, end, 0.95, pickets, 1)
    return finished(rng, parts, lines, flips=True)


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


@kind("barn", group="building")
def barn(rng: np.random.Generator) -> Thing:
    """A barn with a bent roof and a crossed double door, now and then with a silo."""
    left, right = rng.uniform(0.1, 0.16), rng.uniform(0.7, 0.78)
    middle, eaves, knee, ridge = (
        (left + right) / 2,
        rng.uniform(0.48, 0.54),
        rng.uniform(0.3, 0.34),
        rng.uniform(0.16, 0.22),
    )
    parts, lines = [], []
    if some(rng):
        parts.append(part("silo", box(right - 0.02, 0.3, right + 0.19, 0.95), "gray, light gray, silver"))
        dome = np.concatenate([arc(right + 0.085, 0.3, 0.12, 0.12, 180, 360)])
        parts.append(part("dome", dome, "gray, red, light blue"))
        lines += [polygon((right + 0.02, y), (right + 0.19, y)) for y in (0.45, 0.6, 0.75)]
    bend = 0.28 * (right - left) / 1.2
    gable = [(left, eaves), (left + bend * 0.6, knee), (middle, ridge), (right - bend * 0.6, knee), (right, eaves)]
    parts.append(part("wall", polygon((left, 0.95), *gable, (right, 0.95)), "red, brown, dark red, orange", body=True))
    outer = [(left - 0.03, eaves + 0.02), (left + bend * 0.6 - 0.02, knee - 0.03), (middle, ridge - 0.05)]
    outer += [(right - bend * 0.6 + 0.02, knee - 0.03), (right + 0.03, eaves + 0.02)]
    parts.append(part("roof", polygon(*outer, *gable[::-1]), "gray, white, brown, dark gray"))
    half, top = rng.uniform(0.11, 0.14), rng.uniform(0.64, 0.7)
    parts.append(part("door", box(middle - half, top, middle + half, 0.95), "white, brown, dark brown"))
    for start, end in ((middle - half, middle), (middle, middle + half)):
        lines += [polygon((start, top), (end, 0.95)), polygon((end, top), (start, 0.95))]
    lines.append(polygon((middle, top), (middle, 0.95)))
    parts.append(part("window", box(middle - 0.06, 0.38, middle + 0.06, 0.5), "yellow, white, dark brown"))
    lines += panes(middle - 0.06, 0.38, middle + 0.06, 0.5)
    return finished(rng, parts, lines, flips=True)


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


@kind("hut", "shed", group="building")
def hut(rng: np.random.Generator) -> Thing:
    """A hut of planks with a straw roof."""
    parts, lines = [], []
    left, right = rng.uniform(0.18, 0.24), rng.uniform(0.76, 0.82)
    parts.append(part("wall", box(left, 0.5, right, 0.95), "brown, light brown, beige", body=True))
    for y in (0.6, 0.68, 0.76, 0.84):
        lines += [polygon((left, y), (0.41, y)), polygon((0.59, y), (right, y))]
    edge = [(left - 0.08 + index * (right - left + 0.16) / 12, 0.54 + 0.03 * (index % 2)) for index in range(13)]
    parts.append(
        part("roof", polygon((0.5 - 0.08, 0.14), (0.5 + 0.08, 0.14), *edge[::-1]), "yellow, light brown, beige")
    )
    lines += [polygon((0.5 + x * 0.5, 0.2), (0.5 + x, 0.46)) for x in (-0.24, -0.12, 0.0, 0.12, 0.24)]
    parts.append(
        part(
            "door",
            np.concatenate([arc(0.5, 0.7, 0.09, 0.08, 180, 360), polygon((0.59, 0.95), (0.41, 0.95))]),
            "dark brown, red, green",
        )
    )
    parts.append(detail(ellipse(0.56, 0.82, 0.014), "gold"))
    return finished(rng, parts, lines)
