"""Castles and their towers.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon

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
