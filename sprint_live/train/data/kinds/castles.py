"""Castles and towers, and what belongs to knights, kings and pirates.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    GLASS,
    METAL,
    WOOD,
    detail,
    finished,
    panes,
    part,
    some,
    star_outline,
    style,
    thick,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth

STONE = "gray, light gray, beige, pink, light blue"


def battlements(left: float, right: float, top: float, bottom: float, teeth: int) -> np.ndarray:
    """A wall whose upper edge has that many teeth."""
    step, points = (right - left) / (2 * teeth - 1), []
    for index in range(teeth):
        x = left + 2 * index * step
        points += [(x, top + 0.045), (x, top), (x + step, top), (x + step, top + 0.045)]
    return polygon((left, bottom), *points, (right, bottom))


def arched(x: float, top: float, half: float, bottom: float) -> np.ndarray:
    """A gate or a window with a round top."""
    return np.concatenate([arc(x, top + half, half, half, 180, 360), polygon((x + half, bottom), (x - half, bottom))])


def _tower(
    rng: np.random.Generator, x: float, half: float, top: float, *, pointed: bool, flag: bool
) -> tuple[list[Part], list[np.ndarray]]:
    """A round tower with a cone, or with battlements; its flag and its window."""
    parts, lines, tip = [], [], top - (half * 2.4 if pointed else 0)
    if flag:
        lines.append(polygon((x, tip + 0.01), (x, tip - 0.11)))
        parts.append(
            part(
                "flag",
                polygon((x, tip - 0.11), (x + 0.09, tip - 0.08), (x, tip - 0.045)),
                "red, blue, yellow, green, purple",
            )
        )
    parts.append(
        part(
            "tower",
            box(x - half, top, x + half, 0.95)
            if pointed
            else battlements(x - half * 1.15, x + half * 1.15, top, top + 0.1, 3),
            STONE,
            body=True,
        )
    )
    if pointed:
        parts.append(
            part(
                "roof",
                polygon((x - half - 0.03, top + 0.01), (x, tip), (x + half + 0.03, top + 0.01)),
                "red, blue, purple, dark blue, orange, green",
            )
        )
    else:
        parts.append(part("tower", box(x - half, top + 0.1, x + half, 0.95), STONE, body=True))
    parts.append(part("window", arched(x, top + 0.13, half * 0.3, top + 0.22), "light blue, yellow, black"))
    return parts, lines


@kind("castle", "fortress", "palace", group="building")
def castle(rng: np.random.Generator) -> Thing:
    """Towers on both sides of a wall with a gate; now and then a keep in the middle."""
    pointed, flags = some(rng, 0.6), some(rng, 0.7)
    half, top, wall = rng.uniform(0.09, 0.12), rng.uniform(0.38, 0.44), rng.uniform(0.56, 0.62)
    parts, lines = [], []
    if some(rng, 0.6):
        keep, ink = _tower(
            rng,
            0.5,
            rng.uniform(0.11, 0.14),
            rng.uniform(0.3, 0.36),
            pointed=pointed or some(rng, 0.3),
            flag=flags or some(rng),
        )
        parts, lines = parts + keep, lines + ink
    parts.append(part("wall", battlements(0.16, 0.84, wall, 0.95, int(rng.integers(5, 8))), STONE))
    for x in (0.06 + half, 0.94 - half):
        tower, ink = _tower(rng, x, half, top, pointed=pointed, flag=flags)
        parts, lines = parts + tower, lines + ink
    gate = rng.uniform(0.09, 0.12)
    parts.append(part("gate", arched(0.5, rng.uniform(0.68, 0.72), gate, 0.95), WOOD))
    if some(rng):
        lines += [polygon((0.5 + share * gate, 0.75), (0.5 + share * gate, 0.95)) for share in (-0.5, 0, 0.5)]
        lines += [polygon((0.5 - gate, y), (0.5 + gate, y)) for y in (0.82, 0.88)]
    else:
        lines.append(polygon((0.5, 0.72), (0.5, 0.95)))
        parts += [detail(ellipse(x, 0.86, 0.014), "gold") for x in (0.47, 0.53)]
    for x, y in ((0.32, wall + 0.12), (0.68, wall + 0.14), (0.33, 0.86), (0.66, 0.88)):
        if some(rng):
            lines.append(polygon((x - 0.03, y + 0.02), (x - 0.03, y), (x + 0.03, y), (x + 0.03, y + 0.02)))
    return finished(rng, parts, lines)


@kind("tower", group="building")
def tower(rng: np.random.Generator) -> Thing:
    """One tower alone, with bricks and a door."""
    parts, lines = _tower(
        rng, 0.5, rng.uniform(0.15, 0.2), rng.uniform(0.38, 0.44), pointed=some(rng, 0.6), flag=some(rng)
    )
    door = rng.uniform(0.06, 0.08)
    parts.append(part("door", arched(0.5, 0.75, door, 0.95), WOOD + ", red"))
    parts.append(detail(ellipse(0.5 + door * 0.55, 0.87, 0.014), "gold"))
    for x, y in ((0.4, 0.66), (0.6, 0.6), (0.39, 0.85), (0.62, 0.8), (0.41, 0.52), (0.61, 0.7)):
        if some(rng, 0.7):
            lines.append(polygon((x - 0.025, y + 0.025), (x - 0.025, y), (x + 0.025, y), (x + 0.025, y + 0.025)))
    return finished(rng, parts, lines)


@kind("sword", group="object")
def sword(rng: np.random.Generator) -> Thing:
    """A straight sword, or a curved one, upright or at a slant."""
    width, guard, grip = rng.uniform(0.045, 0.07), rng.uniform(0.13, 0.19), rng.uniform(0.7, 0.74)
    curved = some(rng, 0.3)
    if curved:
        spine = smooth([(0.5, grip), (0.52, 0.45), (0.48, 0.25), (0.38, 0.08)], closed=False)
        edge = smooth([(0.38, 0.08), (0.58, 0.2), (0.66, 0.42), (0.6, grip)], closed=False)
        blade, middle = np.concatenate([spine, edge[1:]]), 0.55
        lines = []
    else:
        blade, middle = (
            polygon((0.5 - width, grip), (0.5 - width, 0.14), (0.5, 0.04), (0.5 + width, 0.14), (0.5 + width, grip)),
            0.5,
        )
        lines = [polygon((0.5, 0.14), (0.5, grip - 0.02))]
    parts = [part("blade", blade, "silver, light gray, gray, light blue")]
    parts.append(part("grip", box(middle - 0.035, grip, middle + 0.035, 0.9), "brown, black, red, dark blue"))
    lines += [polygon((middle - 0.035, y + 0.02), (middle + 0.035, y)) for y in (0.77, 0.81, 0.85)]
    parts.append(
        part(
            "guard", box(middle - guard, grip - 0.025, middle + guard, grip + 0.03, radius=0.025), "gold, yellow, brown"
        )
    )
    parts.append(part("pommel", ellipse(middle, 0.91, 0.05), "gold, yellow, red"))
    return finished(rng, parts, lines, flips=True, tilt_deg=float(rng.choice([0, 35, 180])))


@kind("shield", group="object")
def shield(rng: np.random.Generator) -> Thing:
    """A knight's shield with a cross, halves or a star, or a round one."""
    parts, lines = [], []
    if some(rng, 0.3):
        parts.append(part("rim", ellipse(0.5, 0.5, 0.44), "gray, gold, brown, silver"))
        parts.append(part("shield", ellipse(0.5, 0.5, 0.36), "red, blue, green, brown", body=True))
        lines += [
            np.stack([0.5 + np.float32([0.13, 0.36]) * np.cos(a), 0.5 + np.float32([0.13, 0.36]) * np.sin(a)], 1)
            for a in np.arange(8) * np.pi / 4
        ]
        parts.append(part("boss", ellipse(0.5, 0.5, 0.13), "gray, gold, silver"))
        return finished(rng, parts, lines, middle=True)

    def outline(inset: float) -> np.ndarray:
        """The shield, smaller by `inset` all around."""
        half = 0.36 - inset
        right = smooth(
            [(0.5 + half, 0.08 + inset), (0.5 + half, 0.45), (0.5 + half * 0.72, 0.72), (0.5, 0.95 - inset * 1.4)],
            closed=False,
        )
        left = np.stack([1 - right[::-1, 0], right[::-1, 1]], 1)
        return np.concatenate([right, left[1:]])

    parts.append(part("rim", outline(0.0), "gray, gold, silver, brown"))
    parts.append(part("shield", outline(0.06), "red, blue, green, purple, white", body=True))
    emblem = style(rng, "cross", "star", "stripe")
    if emblem == "cross":
        cross = polygon(
            (0.45, 0.14),
            (0.55, 0.14),
            (0.55, 0.38),
            (0.8, 0.38),
            (0.8, 0.48),
            (0.55, 0.48),
            (0.55, 0.82),
            (0.5, 0.86),
            (0.45, 0.82),
            (0.45, 0.48),
            (0.2, 0.48),
            (0.2, 0.38),
            (0.45, 0.38),
        )
        parts.append(part("cross", cross, "white, yellow, gold, red"))
    elif emblem == "star":
        parts.append(part("star", star_outline(0.5, 0.45, 0.2, 0.085), "yellow, gold, white"))
    else:
        parts.append(
            part(
                "stripe",
                polygon((0.2, 0.4), (0.5, 0.55), (0.8, 0.4), (0.795, 0.52), (0.5, 0.67), (0.205, 0.52)),
                "white, yellow, gold",
            )
        )
    return finished(rng, parts, lines, middle=True)


@kind("crown", group="clothes")
def crown(rng: np.random.Generator) -> Thing:
    """A crown with three or five points, pearls and jewels."""
    points = int(rng.choice([3, 5]))
    top, valley, flare = rng.uniform(0.25, 0.32), rng.uniform(0.5, 0.58), rng.uniform(0.02, 0.08)
    left, right, band = 0.12, 0.88, rng.uniform(0.72, 0.76)
    tips = [
        (
            left - flare + (right - left + 2 * flare) * index / (points - 1),
            top + (0.06 if index in (0, points - 1) else 0),
        )
        for index in range(points)
    ]
    outline = [(left, band + 0.04)]
    for index, tip in enumerate(tips):
        outline.append(tip)
        if index + 1 < points:
            outline.append(((tip[0] + tips[index + 1][0]) / 2, valley))
    parts = []
    if some(rng, 0.3):
        parts.append(part("cushion", ellipse(0.5, 0.55, 0.3, 0.22), "red, purple, dark red"))
    parts.append(part("crown", polygon(*outline, (right, band + 0.04)), "gold, yellow, silver", body=True))
    parts += [part("pearl", ellipse(x, y, 0.04), "white, red, pink, light blue") for x, y in tips]
    parts.append(
        part("band", box(left - 0.02, band, right + 0.02, 0.88, radius=0.03), "gold, red, purple, orange, white")
    )
    for index, x in enumerate(np.linspace(0.24, 0.76, int(rng.choice([3, 4, 5])))):
        y = (band + 0.88) / 2
        jewel = (
            polygon((x - 0.04, y), (x, y - 0.045), (x + 0.04, y), (x, y + 0.045)) if index % 2 else ellipse(x, y, 0.038)
        )
        parts.append(part("jewel", jewel, "red, blue, green, purple, turquoise"))
    return finished(rng, parts)


@kind("treasure chest", "chest", group="object")
def treasure_chest(rng: np.random.Generator) -> Thing:
    """A chest of wood with metal bands, closed, or open with coins and jewels."""
    opened, parts, lines = some(rng), [], []
    left, right = 0.1, 0.9
    middle = rng.uniform(0.52, 0.56)
    if opened:
        lid = np.concatenate([arc(0.5, 0.3, 0.4, 0.18, 180, 360), polygon((right, middle), (left, middle))])
        parts.append(part("lid", lid, WOOD))
        parts.append(
            part(
                "inside",
                np.concatenate([arc(0.5, 0.32, 0.33, 0.13, 180, 360), polygon((0.83, middle), (0.17, middle))]),
                "dark brown, dark red, black",
            )
        )
        coins = [(x, 0.47 - 0.1 * (1 - ((x - 0.5) / 0.3) ** 2)) for x in (0.23, 0.33, 0.64, 0.75)]
        heap = smooth(
            [
                (0.14, middle + 0.05),
                (0.22, 0.47),
                (0.36, 0.4),
                (0.5, 0.37),
                (0.64, 0.4),
                (0.78, 0.47),
                (0.86, middle + 0.05),
            ],
            closed=False,
        )
        parts.append(part("gold", heap, "gold, yellow"))
        for x, y in coins:
            parts.append(part("coin", ellipse(x, y + 0.05, 0.05, 0.045), "gold, yellow"))
        parts.append(
            part(
                "jewel",
                polygon((0.38, 0.42), (0.43, 0.36), (0.5, 0.36), (0.55, 0.42), (0.465, 0.52)),
                "red, green, blue, purple",
            )
        )
    else:
        lid = np.concatenate([arc(0.5, middle - 0.12, 0.4, 0.2, 180, 360), polygon((right, middle), (left, middle))])
        parts.append(part("lid", lid, WOOD))
        lines.append(polygon((0.14, middle - 0.13), (0.86, middle - 0.13)))
    parts.append(part("chest", box(left, middle, right, 0.93), WOOD, body=True))
    for y in (middle + 0.13, middle + 0.25):
        lines += [polygon((left + 0.16, y), (0.43, y)), polygon((0.57, y), (right - 0.16, y))]
    for x in (left + 0.05, right - 0.16):
        parts.append(part("band", box(x, middle, x + 0.11, 0.93), "gold, gray, dark gray"))
    parts.append(part("lock", box(0.43, middle - 0.03, 0.57, middle + 0.14, radius=0.03), "gold, yellow, gray"))
    parts.append(detail(ellipse(0.5, middle + 0.05, 0.022), "black"))
    return finished(rng, parts, lines)


@kind("helmet", "knight's helmet", group="clothes")
def helmet(rng: np.random.Generator) -> Thing:
    """A knight's helmet from the side, with a visor and a plume."""
    parts = [
        part(
            "plume",
            smooth([(0.45, 0.22), (0.3, 0.04), (0.1, 0.12), (0.06, 0.34), (0.14, 0.46), (0.2, 0.3), (0.34, 0.24)]),
            "red, blue, purple, white",
        )
    ]
    dome = np.concatenate(
        [arc(0.5, 0.5, 0.32, 0.34, 180, 360), polygon((0.8, 0.82), (0.84, 0.94), (0.18, 0.94), (0.22, 0.82))]
    )
    parts.append(part("helmet", dome, METAL, body=True))
    visor = polygon((0.42, 0.42), (0.84, 0.38), (0.95, 0.58), (0.82, 0.78), (0.46, 0.72))
    parts.append(part("visor", visor, "light gray, gold, gray"))
    parts.append(detail(polygon((0.6, 0.46), (0.86, 0.46), (0.87, 0.52), (0.6, 0.52)), "black"))
    parts.append(part("hinge", ellipse(0.46, 0.56, 0.045), "gold, yellow, dark gray"))
    lines = [polygon((x, 0.6), (x, 0.69)) for x in (0.64, 0.71, 0.78)] + [polygon((0.22, 0.82), (0.8, 0.82))]
    return finished(rng, parts, lines, flips=True)


@kind("cannon", group="object")
def cannon(rng: np.random.Generator) -> Thing:
    """A cannon on a wheel with spokes, beside its balls."""
    lift = rng.uniform(-22, -6)
    barrel = thick([(0.14, 0.52), (0.85, 0.52)], 0.24, 0.17)
    angle = np.deg2rad(lift)
    matrix = np.float32([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    def lifted(points: np.ndarray) -> np.ndarray:
        """Turned with the barrel."""
        return (points - np.float32([0.4, 0.55])) @ matrix + np.float32([0.4, 0.55])

    parts = [part("carriage", polygon((0.3, 0.6), (0.5, 0.6), (0.2, 0.92), (0.04, 0.92)), WOOD)]
    parts.append(part("knob", lifted(ellipse(0.1, 0.52, 0.05)), "black, dark gray, gold"))
    parts.append(part("barrel", lifted(barrel), "black, dark gray, gray, gold", body=True))
    parts.append(part("ring", lifted(box(0.8, 0.41, 0.89, 0.63, radius=0.02)), "gold, gray, yellow"))
    parts.append(part("wheel", ellipse(0.42, 0.72, 0.22), WOOD + ", red"))
    parts.append(part("spokes", ellipse(0.42, 0.72, 0.165), "light brown, beige, yellow"))
    lines = [
        np.stack([0.42 + np.float32([0.05, 0.165]) * np.cos(a), 0.72 + np.float32([0.05, 0.165]) * np.sin(a)], 1)
        for a in np.arange(8) * np.pi / 4
    ]
    parts.append(part("hub", ellipse(0.42, 0.72, 0.05), "gold, gray, black"))
    if some(rng, 0.6):
        parts += [
            part("cannonball", ellipse(x, y, 0.06), "black, dark gray")
            for x, y in ((0.74, 0.88), (0.86, 0.88), (0.8, 0.78))
        ]
    return finished(rng, parts, lines, flips=True)


@kind("dollhouse", group="building")
def dollhouse(rng: np.random.Generator) -> Thing:
    """A tall narrow house, open, with rooms."""
    parts, lines = [part("roof", polygon((0.14, 0.36), (0.5, 0.06), (0.86, 0.36)), "red, pink, purple, blue")], []
    parts.append(part("wall", box(0.18, 0.36, 0.82, 0.95), "white, pink, yellow, beige", body=True))
    for x, y in ((0.22, 0.4), (0.52, 0.4), (0.22, 0.68), (0.52, 0.68)):
        parts.append(part("room", box(x, y, x + 0.26, y + 0.23), "light blue, light yellow, light green, light pink"))
    for x, y in ((0.3, 0.45), (0.6, 0.45)):
        parts.append(part("window", box(x, y, x + 0.1, y + 0.1), GLASS + ", yellow"))
        lines += panes(x, y, x + 0.1, y + 0.1)
    parts.append(part("bed", box(0.24, 0.82, 0.44, 0.9, radius=0.02), "red, blue, green, purple"))
    parts.append(detail(box(0.25, 0.77, 0.31, 0.83, radius=0.02), "white"))
    parts.append(
        part(
            "table",
            polygon(
                (0.56, 0.8),
                (0.74, 0.8),
                (0.74, 0.83),
                (0.67, 0.83),
                (0.67, 0.91),
                (0.63, 0.91),
                (0.63, 0.83),
                (0.56, 0.83),
            ),
            WOOD,
        )
    )
    parts.append(part("attic window", ellipse(0.5, 0.25, 0.06), GLASS))
    lines += [polygon((0.44, 0.25), (0.56, 0.25)), polygon((0.5, 0.19), (0.5, 0.31))]
    return finished(rng, parts, lines)
