"""Mushrooms, leaves, bushes and grass.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import GREENS, area, cloud, dot, even, in_square, limb, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth, turned


@kind("mushroom", "toadstool", group="plant")
def mushroom(rng: np.random.Generator) -> Thing:
    """A mushroom whose cap has spots; now and then grass at its foot or a small one beside it."""
    parts, rim = [], rng.uniform(0.48, 0.56)
    wide, width = rng.uniform(0.36, 0.43), rng.uniform(0.09, 0.13)
    if rng.random() < 0.3:
        parts.append(
            area(
                "stem",
                even([(0.8 + 0.04, 0.75), (0.8 + 0.05, 0.95), (0.8, 0.95)], x=0.8, curved=False),
                "white",
                "beige",
            )
        )
        parts.append(area("cap", arc(0.8, 0.78, 0.14, 0.16, 180, 360), "red", "brown", "orange", body=True))
    parts.append(
        area(
            "stem",
            even([(0.5 + width, rim - 0.03), (0.5 + width * 0.9, 0.75), (0.5 + width * 1.4, 0.93), (0.5, 0.96)]),
            "white",
            "beige",
        )
    )
    if rng.random() < 0.4:
        parts.append(area("gills", ellipse(0.5, rim, wide * 0.9, 0.07), "beige", "light brown"))
    cap = np.concatenate(
        [
            arc(0.5, rim, wide, rng.uniform(0.38, 0.45), 180, 360),
            arc(0.5, rim, wide, 0.05 * rng.choice([-1, 1]), 0, 180, num_points=10)[1:-1],
        ]
    )
    parts.append(area("cap", cap, "red", "brown", "orange", "purple", body=True))
    if rng.random() < 0.75:
        for x, y, size in (
            (-0.5, 0.3, 0.06),
            (0.02, 0.62, 0.075),
            (0.52, 0.32, 0.055),
            (0.06, 0.2, 0.045),
            (-0.3, 0.6, 0.04),
        )[: int(rng.integers(3, 6))]:
            parts.append(area("spot", ellipse(0.5 + x * wide, rim - y * 0.42, size, size * 0.85), "white", "yellow"))
    if rng.random() < 0.3:
        blades = [(0.28 + i * 0.04, 0.97 if i % 2 == 0 else 0.85 + rng.uniform(-0.03, 0.03)) for i in range(12)]
        parts.append(area("grass", polygon((0.26, 0.97), *blades[1:-1], (0.74, 0.97)), "green"))
    return in_square(rng, parts)


@kind("leaf", group="plant")
def leaf(rng: np.random.Generator) -> Thing:
    """One leaf with veins: a pointed one, a round one or a maple leaf."""
    style, color = rng.choice(["pointed", "round", "maple"]), ("green", "orange", "red", "yellow", "brown")
    parts = [
        area(
            "stem",
            limb([(0.5, 0.7), (0.5, 0.86), (0.5 + rng.uniform(-0.06, 0.06), 0.97)], [0.03, 0.03, 0.035]),
            "brown",
            "green",
        )
    ]
    if style == "maple":
        half = [
            (0.5, 0.05),
            (0.57, 0.22),
            (0.66, 0.18),
            (0.64, 0.4),
            (0.78, 0.26),
            (0.82, 0.34),
            (0.95, 0.33),
            (0.88, 0.46),
            (0.93, 0.53),
            (0.7, 0.69),
            (0.72, 0.76),
            (0.5, 0.75),
        ]
        outline, tips = even(half, curved=False), ((0.5, 0.2), (0.82, 0.4), (0.18, 0.4))
        lines = [np.float32([(0.5, 0.75), tip]) for tip in tips]
    else:
        wide = rng.uniform(0.36, 0.5)
        outline = (
            petal(0.5, 0.82, 0.76, wide, 0, sharp=True)
            if style == "pointed"
            else even(
                [
                    (0.5, 0.08),
                    (0.5 + wide * 0.6, 0.25),
                    (0.5 + wide * 0.75, 0.55),
                    (0.5 + wide * 0.4, 0.78),
                    (0.5, 0.84),
                ]
            )
        )
        lines = [np.float32([(0.5, 0.82), (0.5, 0.16)])]
        lines += [
            smooth(
                [(0.5, y), (0.5 + side * wide * 0.16, y - 0.07), (0.5 + side * wide * 0.29, y - 0.1)],
                closed=False,
                steps=4,
            )
            for y in (0.44, 0.57, 0.7)
            for side in (-1, 1)
        ]
    parts.append(area("blade", outline, *color, body=True))
    turn = rng.uniform(-35, 35)
    return in_square(
        rng,
        [Part(**{**vars(part), "outline_xy": turned(part.outline_xy, turn, (0.5, 0.5))}) for part in parts],
        [turned(line, turn, (0.5, 0.5)) for line in lines],
    )


@kind("bush", "shrub", group="plant")
def bush(rng: np.random.Generator) -> Thing:
    """A low bush of green bumps, with berries or flowers now and then."""
    parts, color = [], pick(rng, GREENS)
    for x, y, size in ((0.25, 0.72, 0.22), (0.75, 0.72, 0.22), (0.5, 0.65, 0.28)):
        parts.append(area("leaves", cloud(rng, x, y, size, size * 0.9, 8), color, body=True))
    name, colors = (("berry", ("red", "blue", "purple")), ("flower", ("pink", "white", "yellow")))[int(rng.integers(2))]
    for x, y in ((0.2, 0.7), (0.36, 0.82), (0.5, 0.52), (0.62, 0.7), (0.8, 0.68), (0.45, 0.68))[
        : int(rng.integers(0, 7))
    ]:
        parts.append(area(name, ellipse(x + rng.uniform(-0.02, 0.02), y, 0.035), *colors))
    return in_square(rng, parts)


@kind("grass", "tuft of grass", group="plant")
def grass(rng: np.random.Generator) -> Thing:
    """A tuft of grass with a daisy or two now and then."""
    parts = []
    for turn in sorted(rng.uniform(-45, 45, int(rng.integers(7, 11))), key=lambda angle: -abs(angle)):
        x, length = 0.5 + turn / 220, rng.uniform(0.4, 0.6)
        tip = (x + np.sin(np.deg2rad(turn)) * length, 0.95 - np.cos(np.deg2rad(turn)) * length)
        parts.append(
            area(
                "blade",
                limb([(x, 0.95), (x + (tip[0] - x) * 0.35, 0.95 - length * 0.55), tip], [0.07, 0.05, 0.008]),
                *GREENS,
                body=True,
            )
        )
    for x in (0.3, 0.72)[: int(rng.integers(0, 3))]:
        parts += [
            area("petal", petal(x, 0.5, 0.08, 0.05, turn), "white", "yellow", "pink") for turn in range(0, 360, 60)
        ]
        parts.append(dot(x, 0.5, 0.03, "yellow"))
    return in_square(rng, parts)
