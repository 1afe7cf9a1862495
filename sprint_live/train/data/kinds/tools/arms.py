"""Arms of knights and pirates.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


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
