"""Houses in which people live, and a dollhouse.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import GLASS, WOOD, curl, detail, finished, panes, part, some
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


@kind("dollhouse", group="building")
def dollhouse(rng: np.random.Generator) -> Thing:
    """A tall narrow house, open, with rooms; its bed and its table on either side."""
    parts, lines, over, ridge = [], [], rng.uniform(0.34, 0.42), rng.uniform(0.04, 0.12)
    bed_at, table_at = (0.0, 0.0) if some(rng) else (0.3, -0.32)
    bed, leg, glazed = rng.uniform(0.18, 0.21), rng.uniform(0.015, 0.03), rng.uniform(0.08, 0.13)
    if some(rng, 0.4):
        parts.append(part("chimney", box(0.66, 0.08, 0.74, 0.3), "red, brown, gray"))
    parts.append(part("roof", polygon((0.5 - over, 0.36), (0.5, ridge), (0.5 + over, 0.36)), "red, pink, purple, blue"))
    parts.append(part("wall", box(0.18, 0.36, 0.82, 0.95), "white, pink, yellow, beige", body=True))
    for x, y in ((0.22, 0.4), (0.52, 0.4), (0.22, 0.68), (0.52, 0.68)):
        parts.append(part("room", box(x, y, x + 0.26, y + 0.23), "light blue, light yellow, light green, light pink"))
    for x, y in ((0.3, 0.45), (0.6, 0.45)):
        parts.append(part("window", box(x, y, x + glazed, y + glazed), GLASS + ", yellow"))
        lines += panes(x, y, x + glazed, y + glazed)
    parts.append(
        part("bed", box(bed_at + 0.24, 0.82, bed_at + 0.24 + bed, 0.9, radius=0.02), "red, blue, green, purple")
    )
    parts.append(detail(box(bed_at + 0.25, 0.77, bed_at + 0.31, 0.83, radius=0.02), "white"))
    parts.append(
        part(
            "table",
            polygon(
                (table_at + 0.56, 0.8),
                (table_at + 0.74, 0.8),
                (table_at + 0.74, 0.83),
                (table_at + 0.65 + leg, 0.83),
                (table_at + 0.65 + leg, 0.91),
                (table_at + 0.65 - leg, 0.91),
                (table_at + 0.65 - leg, 0.83),
                (table_at + 0.56, 0.83),
            ),
            WOOD,
        )
    )
    parts.append(part("attic window", ellipse(0.5, 0.25, 0.06), GLASS))
    lines += [polygon((0.44, 0.25), (0.56, 0.25)), polygon((0.5, 0.19), (0.5, 0.31))]
    return finished(rng, parts, lines)
