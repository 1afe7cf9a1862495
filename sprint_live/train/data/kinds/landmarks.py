"""Buildings that stand alone in a landscape.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    GLASS,
    WOOD,
    curl,
    detail,
    finished,
    panes,
    part,
    some,
    style,
    thick,
    wavy,
)
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth, turned


def _arched(x: float, top: float, half: float, bottom: float) -> np.ndarray:
    """A door or a window with a round top."""
    return np.concatenate([arc(x, top + half, half, half, 180, 360), polygon((x + half, bottom), (x - half, bottom))])


@kind("windmill", "mill", group="building")
def windmill(rng: np.random.Generator) -> Thing:
    """A tapering mill with four sails, slats in each."""
    top, head, foot = 0.36, rng.uniform(0.1, 0.13), rng.uniform(0.19, 0.24)
    parts, lines = [], []
    parts.append(
        part(
            "wall",
            polygon((0.5 - head, top), (0.5 + head, top), (0.5 + foot, 0.95), (0.5 - foot, 0.95)),
            "white, beige, red, brown, light gray",
            body=True,
        )
    )
    cap = (
        arc(0.5, top + 0.01, head + 0.03, 0.14, 180, 360)
        if some(rng)
        else polygon((0.5 - head - 0.03, top + 0.01), (0.5, top - 0.17), (0.5 + head + 0.03, top + 0.01))
    )
    parts.append(part("roof", cap, "red, brown, gray, blue, dark gray"))
    parts.append(part("window", _arched(0.5, 0.53, 0.045, 0.64), "light blue, yellow"))
    parts.append(part("door", _arched(0.5, 0.75, 0.065, 0.95), "brown, green, red, blue"))
    parts.append(detail(ellipse(0.535, 0.86, 0.012), "gold"))
    center, turn = (0.5, top - 0.03), rng.uniform(20, 70)
    for index in range(4):
        angle = turn + 90 * index
        parts.append(
            part(
                "arm",
                turned(box(center[0] - 0.012, center[1] - 0.34, center[0] + 0.012, center[1]), angle, center),
                WOOD,
            )
        )
        parts.append(
            part(
                "sail",
                turned(box(center[0] + 0.012, center[1] - 0.34, center[0] + 0.1, center[1] - 0.08), angle, center),
                "white, beige, light brown, red",
            )
        )
        lines += [
            turned(polygon((center[0] + 0.012, center[1] - y), (center[0] + 0.1, center[1] - y)), angle, center)
            for y in (0.145, 0.21, 0.275)
        ]
        lines.append(
            turned(polygon((center[0] + 0.056, center[1] - 0.34), (center[0] + 0.056, center[1] - 0.08)), angle, center)
        )
    parts.append(part("hub", ellipse(*center, 0.035), "brown, black, gray, gold"))
    return finished(rng, parts, lines)


@kind("lighthouse", group="building")
def lighthouse(rng: np.random.Generator) -> Thing:
    """A striped tower with a lantern on rocks, now and then with rays."""
    head, foot, top, bands = rng.uniform(0.08, 0.1), rng.uniform(0.14, 0.17), 0.34, int(rng.choice([4, 5, 6]))
    parts, lines = [], []
    if some(rng):
        parts += [
            part(
                "beam",
                polygon((0.5, 0.24), (0.5 + side * 0.45, 0.1), (0.5 + side * 0.45, 0.36)),
                "yellow, light yellow",
            )
            for side in (-1, 1)
        ]
    parts.append(
        part(
            "roof",
            polygon((0.5 - head - 0.01, 0.18), (0.5, 0.05), (0.5 + head + 0.01, 0.18))
            if some(rng)
            else arc(0.5, 0.185, head + 0.01, 0.1, 180, 360),
            "red, blue, gray, black",
        )
    )
    parts.append(part("lantern", box(0.5 - head * 0.8, 0.18, 0.5 + head * 0.8, 0.31), "yellow, light yellow, orange"))
    lines += panes(0.5 - head * 0.8, 0.18, 0.5 + head * 0.8, 0.31, 3, 1)
    for index in range(bands):
        a, b = index / bands, (index + 1) / bands
        half, under = head + (foot - head) * a, head + (foot - head) * b
        upper, lower = top + (0.88 - top) * a, top + (0.88 - top) * b
        name, colors = (
            ("wall", "white, beige, light yellow") if index % 2 else ("stripe", "red, blue, black, orange, turquoise")
        )
        parts.append(
            part(
                name,
                polygon((0.5 - half, upper), (0.5 + half, upper), (0.5 + under, lower), (0.5 - under, lower)),
                colors,
            )
        )
    parts.append(
        part("balcony", box(0.5 - head - 0.05, 0.305, 0.5 + head + 0.05, 0.35), "gray, white, black, dark gray")
    )
    parts.append(part("window", _arched(0.5, 0.47, 0.028, 0.55), GLASS))
    parts.append(part("door", _arched(0.5, 0.73, 0.05, 0.88), "brown, blue, green, red"))
    if some(rng, 0.75):
        parts.append(
            part(
                "rock",
                smooth(
                    [
                        (0.08, 0.95),
                        (0.14, 0.87),
                        (0.28, 0.88),
                        (0.36, 0.85),
                        (0.5, 0.88),
                        (0.64, 0.85),
                        (0.76, 0.88),
                        (0.88, 0.87),
                        (0.93, 0.95),
                    ],
                    steps=4,
                ),
                "gray, brown, dark gray, green",
            )
        )
    return finished(rng, parts, lines)


@kind("tent", group="building")
def tent(rng: np.random.Generator) -> Thing:
    """A camping tent, a tepee or the tent of a circus."""
    form, parts, lines = style(rng, "camping", "camping", "tepee", "circus"), [], []
    cloth = "orange, green, red, blue, yellow, turquoise"
    if form == "camping":
        peak = (rng.uniform(0.34, 0.4), rng.uniform(0.24, 0.32))
        parts.append(part("side", polygon(peak, (0.78, peak[1] + 0.03), (0.96, 0.93), (0.66, 0.95)), cloth, body=True))
        parts.append(
            part(
                "front",
                polygon(peak, (0.66, 0.95), (0.06, 0.95)),
                "yellow, light green, light blue, orange, white, red",
            )
        )
        parts.append(
            part(
                "entrance",
                polygon((peak[0], peak[1] + 0.16), (0.48, 0.95), (0.24, 0.95)),
                "dark brown, black, dark blue",
            )
        )
        parts.append(
            part(
                "flap",
                polygon((peak[0], peak[1] + 0.16), (0.24, 0.95), (0.16, 0.95), (0.2, 0.76)),
                "white, beige, yellow, light blue",
            )
        )
        lines += [polygon((0.9, 0.7), (1.0, 0.93)), polygon((peak[0], peak[1]), (peak[0], peak[1] - 0.05))]
    elif form == "tepee":
        lines += [polygon((0.5, 0.2), (0.4, 0.05)), polygon((0.5, 0.2), (0.5, 0.03)), polygon((0.5, 0.2), (0.6, 0.05))]
        parts.append(
            part(
                "tent",
                polygon((0.46, 0.16), (0.54, 0.16), (0.86, 0.95), (0.14, 0.95)),
                "beige, white, light brown, orange",
                body=True,
            )
        )
        parts.append(
            part(
                "stripe",
                polygon(
                    *[(0.3 + 0.4 * index / 8, 0.56 + (0.06 if index % 2 else 0.0)) for index in range(9)],
                    *[(0.265 + 0.47 * (8 - index) / 8, 0.64 + (0.06 if index % 2 else 0.0)) for index in range(9)],
                ),
                "red, blue, turquoise, yellow",
            )
        )
        parts.append(part("entrance", polygon((0.5, 0.62), (0.61, 0.95), (0.39, 0.95)), "dark brown, black, brown"))
    else:
        lines.append(polygon((0.5, 0.16), (0.5, 0.03)))
        parts.append(part("flag", polygon((0.5, 0.03), (0.62, 0.06), (0.5, 0.1)), "yellow, blue, green"))
        count, low = int(rng.choice([5, 7])), 0.52
        for index in range(count):
            a, b = index / count, (index + 1) / count
            name, colors = ("stripe", "white, yellow, beige") if index % 2 else ("tent", "red, blue, purple, orange")
            parts.append(
                part(
                    name,
                    polygon(
                        (0.12 + 0.76 * a, low), (0.12 + 0.76 * b, low), (0.14 + 0.72 * b, 0.95), (0.14 + 0.72 * a, 0.95)
                    ),
                    colors,
                )
            )
        for index in range(count):
            a, b = 0.05 + 0.9 * index / count, 0.05 + 0.9 * (index + 1) / count
            name, colors = ("stripe", "white, yellow, beige") if index % 2 else ("tent", "red, blue, purple, orange")
            parts.append(
                part(
                    name,
                    np.concatenate([polygon((0.5, 0.15)), arc((a + b) / 2, low, (b - a) / 2, 0.05, 0, 180)]),
                    colors,
                )
            )
        parts.append(
            part("entrance", polygon((0.5, low + 0.12), (0.6, 0.95), (0.4, 0.95)), "dark red, black, dark blue")
        )
    return finished(rng, parts, lines, flips=True)


@kind("igloo", group="building")
def igloo(rng: np.random.Generator) -> Thing:
    """A dome of snow blocks with its tunnel."""
    parts, lines, ice = [], [], "white, light blue, light gray"
    radius, low, door = rng.uniform(0.38, 0.42), 0.84, rng.uniform(0.46, 0.66)
    parts.append(part("igloo", arc(0.46, low, radius, rng.uniform(0.44, 0.5), 180, 360, num_points=40), ice, body=True))
    high = float(low - parts[0].outline_xy[:, 1].min())
    for share in (0.3, 0.58, 0.82):
        half = radius * np.sqrt(1 - share**2)
        lines.append(
            smooth(
                [
                    (0.46 - half, low - share * high),
                    (0.46, low - share * high + 0.015),
                    (0.46 + half, low - share * high),
                ],
                closed=False,
            )
        )
    rows = (0.0, 0.3, 0.58, 0.82, 1.0)
    for row in range(4):
        for offset in (-0.55, -0.1, 0.3, 0.75) if row % 2 else (-0.7, -0.35, 0.1, 0.5):
            a, b = rows[row], rows[row + 1]
            x = [0.46 + offset * radius * np.sqrt(max(1 - y**2, 0.02)) for y in (a, min(b, 0.98))]
            if row > 1 or max(x) < door - 0.19 or min(x) > door + 0.19:
                lines.append(polygon((x[0], low - a * high + (0.012 if row else 0)), (x[1], low - b * high + 0.01)))
    lines = [
        line
        for line in lines
        if not (
            line[:, 1].max() > low - 0.36 * high and line[:, 0].min() < door - 0.2 and line[:, 0].max() > door + 0.2
        )
    ]
    y = low - 0.3 * high
    half = radius * np.sqrt(1 - 0.3**2)
    lines += (
        [polygon((0.46 - half, y), (door - 0.16, y + 0.012)), polygon((door + 0.16, y + 0.012), (0.46 + half, y))]
        if door + 0.16 < 0.46 + half
        else [polygon((0.46 - half, y), (door - 0.16, y + 0.012))]
    )
    parts.append(
        part(
            "tunnel",
            np.concatenate(
                [
                    arc(door, low - 0.12, 0.18, 0.2, 180, 360),
                    polygon((door + 0.18, low + 0.03), (door - 0.18, low + 0.03)),
                ]
            ),
            ice + ", blue",
        )
    )
    parts.append(
        part(
            "entrance",
            np.concatenate(
                [
                    arc(door, low - 0.1, 0.11, 0.13, 180, 360),
                    polygon((door + 0.11, low + 0.03), (door - 0.11, low + 0.03)),
                ]
            ),
            "black, dark blue, dark gray, blue",
        )
    )
    if some(rng, 0.6):
        parts.append(
            part(
                "snow",
                smooth(
                    [
                        (0.0, 0.9),
                        (0.12, 0.83),
                        (0.32, 0.87),
                        (0.52, 0.855),
                        (0.76, 0.87),
                        (0.92, 0.83),
                        (1.0, 0.9),
                        (0.5, 0.95),
                    ]
                ),
                "white, light blue, light gray",
            )
        )
    return finished(rng, parts, lines, flips=True)


@kind("bridge", group="building")
def bridge(rng: np.random.Generator) -> Thing:
    """A bridge of stone with arches, one that hangs from towers, or a small wooden one."""
    form, parts, lines = style(rng, "stone", "hanging", "wood"), [], []
    parts.append(
        part(
            "water",
            np.concatenate([wavy(0.02, 0.98, 0.83, 0.012, 6), polygon((0.98, 0.95), (0.02, 0.95))]),
            "blue, light blue, turquoise",
        )
    )
    if form == "hanging":
        for x in (0.26, 0.74):
            parts.append(
                part(
                    "tower",
                    polygon((x - 0.035, 0.22), (x + 0.035, 0.22), (x + 0.05, 0.86), (x - 0.05, 0.86)),
                    "red, gray, orange, brown, light gray",
                )
            )
        parts.append(part("road", box(0.02, 0.6, 0.98, 0.67), "gray, dark gray, red, brown"))
        for a, b, sag in (
            ((0.02, 0.58), (0.26, 0.25), 0.05),
            ((0.26, 0.25), (0.74, 0.25), 0.26),
            ((0.74, 0.25), (0.98, 0.58), 0.05),
        ):
            share = np.linspace(0, 1, 15)[:, None]
            cable = np.float32(a) * (1 - share) + np.float32(b) * share
            cable[:, 1] += sag * 4 * (share * (1 - share))[:, 0]
            lines.append(cable)
            lines += [polygon(tuple(cable[index]), (cable[index][0], 0.6)) for index in range(2, 14, 2)]
    elif form == "stone":
        count = int(rng.integers(1, 4))
        wide = 0.84 / count
        under = [
            point
            for index in range(count)
            for point in arc(0.92 - wide * (index + 0.5), 0.88, wide * 0.38, min(wide * 0.42, 0.26), 0, -180)
        ]
        rise = 0.1 if count == 1 else rng.uniform(0, 0.08)
        deck = smooth(
            [(0.02, 0.56), (0.25, 0.56 - rise * 0.75), (0.5, 0.56 - rise), (0.75, 0.56 - rise * 0.75), (0.98, 0.56)],
            closed=False,
        )
        parts.append(
            part(
                "bridge",
                np.concatenate([deck, polygon((0.98, 0.88)), np.stack(under), polygon((0.02, 0.88))]),
                "gray, light gray, beige, brown",
                body=True,
            )
        )
        rail = deck - np.float32([0, 0.07])
        parts.append(part("railing", np.concatenate([rail, deck[::-1]]), "light gray, gray, beige, white"))
        lines += [np.stack([rail[index], deck[index]]) for index in range(3, len(deck) - 1, 4)]
    else:
        rise = rng.uniform(0.12, 0.2)

        def curve(y: float) -> np.ndarray:
            """The arch of the deck, moved down to y at its ends."""
            return smooth(
                [(0.06, y), (0.28, y - rise * 0.75), (0.5, y - rise), (0.72, y - rise * 0.75), (0.94, y)], closed=False
            )

        parts.append(
            part("bridge", np.concatenate([curve(0.76), curve(0.88)[::-1]]), "brown, light brown, red", body=True)
        )
        for index in (1, 8, 16, 24, 31):
            x, y = curve(0.76)[index]
            parts.append(part("post", box(x - 0.022, y - 0.22, x + 0.022, y + 0.01), WOOD + ", red"))
        parts.append(part("railing", np.concatenate([curve(0.56), curve(0.6)[::-1]]), WOOD + ", red"))
        lines += [np.stack([curve(0.76)[index], curve(0.88)[index]]) for index in range(2, 32, 3)]
    return finished(rng, parts, lines)


@kind("well", group="building")
def well(rng: np.random.Generator) -> Thing:
    """A well of stones with a roof and a bucket."""
    parts, lines = [], []
    parts += [part("post", box(x, 0.3, x + 0.06, 0.66), WOOD) for x in (0.24, 0.7)]
    parts.append(part("crank", box(0.24, 0.42, 0.76, 0.47), "brown, light brown, gray"))
    parts.append(part("roof", polygon((0.12, 0.34), (0.5, 0.08), (0.88, 0.34)), "red, brown, orange, blue"))
    lines += [polygon((0.5, 0.47), (0.5, 0.53)), smooth([(0.44, 0.58), (0.5, 0.52), (0.56, 0.58)], closed=False)]
    parts.append(
        part(
            "bucket", polygon((0.42, 0.55), (0.58, 0.55), (0.56, 0.64), (0.44, 0.64)), "brown, gray, light brown, blue"
        )
    )
    parts.append(part("well", box(0.19, 0.68, 0.81, 0.95), "gray, light gray, beige", body=True))
    parts.append(part("rim", box(0.15, 0.63, 0.85, 0.71, radius=0.02), "gray, dark gray, light gray, brown"))
    for row, y in enumerate((0.79, 0.87)):
        lines.append(polygon((0.19, y), (0.81, y)))
        lines += [polygon((x, y - 0.08), (x, y)) for x in np.linspace(0.28, 0.72, 5) + 0.04 * row]
    lines += [polygon((x, 0.87), (x, 0.95)) for x in np.linspace(0.28, 0.72, 5)]
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


@kind("birdhouse", group="object")
def birdhouse(rng: np.random.Generator) -> Thing:
    """A box on a pole with a round hole and a perch."""
    parts = [part("pole", thick([(0.5, 0.6), (0.5, 0.95)], 0.06), WOOD)]
    parts.append(
        part(
            "wall",
            polygon((0.28, 0.34), (0.5, 0.16), (0.72, 0.34), (0.72, 0.72), (0.28, 0.72)),
            "yellow, light blue, white, light brown, red, pink",
            body=True,
        )
    )
    parts.append(
        part(
            "roof",
            polygon((0.2, 0.38), (0.5, 0.13), (0.8, 0.38), (0.85, 0.32), (0.5, 0.04), (0.15, 0.32)),
            "red, brown, blue, green",
        )
    )
    parts.append(part("hole", ellipse(0.5, 0.44, 0.085), "black, dark brown"))
    parts.append(part("perch", box(0.48, 0.57, 0.52, 0.64, radius=0.015), "brown, light brown, yellow"))
    lines = []
    if some(rng):
        parts.append(part("base", box(0.22, 0.7, 0.78, 0.76), WOOD + ", red"))
    else:
        lines += [polygon((x, 0.6), (x, 0.72)) for x in (0.36, 0.43, 0.57, 0.64)]
    return finished(rng, parts, lines)
