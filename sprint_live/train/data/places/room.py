"""A living room: a painted wall, a wooden floor, light from a window.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    blob,
    box,
    either,
    glow,
    grid,
    hsv,
    ink,
    mix,
    noise,
    over,
    rows,
    shape,
    shine,
    under,
    vary,
)

WORDS = ("in a room", "in a living room", "at home", "indoors by a window")
WALLS = ("#e9d8c0", "#c9dccf", "#cfd9ea", "#f0cfc0", "#e8dca8", "#d9cbe4")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """A bright window with curtains on one side and its light on the floor, a potted plant or a lamp on the other."""
    wall, floor, sunny = vary(rng, WALLS[rng.integers(len(WALLS))], "#b98a5e", "#fff0c8", hue_deg=8)
    sun = either(rng)
    base = rng.uniform(0.62, 0.67)
    canvas = rows((0, 0.86 * wall), (0.4, wall), (base, 0.94 * wall))
    x, y = grid()
    glow(canvas, 0.5 + 0.42 * sun, 0.3, 0.42, sunny, 0.6)
    over(canvas, rows((base, 0.8 * floor), (1, mix(floor, "#ffe0b0", 0.3))), under(base, soft=0.006))
    boards = np.abs((((x - 0.5) / (y - 0.28).clip(0.1) * 2.6) + 0.5) % 1 - 0.5)
    over(canvas, 0.72 * floor, 0.4 * under(base, soft=0.006) * np.exp(-((boards / 0.05) ** 2)))
    over(canvas, 0.82 * floor, 0.3 * under(base, soft=0.006) * (noise(rng, 6, 14, octaves=2) * 0.5 + 0.5).clip(0, 1))
    over(canvas, mix(wall, "#ffffff", 0.7), shape(box(-0.1, base - 0.03, 1.1, base + 0.002), blur=0.004))

    left = 0.03 if sun < 0 else 0.69
    right, top, sill = left + 0.28, rng.uniform(0.08, 0.13), rng.uniform(0.46, 0.5)
    frame, view = (
        ink("#fffaf0"),
        rows((top, ink("#a9daf7")), (0.5 * (top + sill), ink("#eef9fb")), (sill, ink("#b9dc9a"))),
    )
    over(canvas, frame, shape(box(left - 0.02, top - 0.02, right + 0.02, sill + 0.025), blur=0.005))
    middle, half = 0.5 * (left + right), 0.5 * (top + sill)
    panes = [
        box(*sides)
        for sides in (
            (left, top, middle - 0.008, half - 0.008),
            (middle + 0.008, top, right, half - 0.008),
            (left, half + 0.008, middle - 0.008, sill),
            (middle + 0.008, half + 0.008, right, sill),
        )
    ]
    over(canvas, view, shape(panes, blur=0.004))
    cloth = hsv(rng.uniform(0, 360), 0.32, 0.9)
    for edge, way in ((left - 0.035, 1), (right + 0.035, -1)):
        drape = np.float32(
            [
                (edge - 0.035 * way, top - 0.05),
                (edge + 0.05 * way, top - 0.05),
                (edge + 0.02 * way, 0.3),
                (edge + 0.035 * way, sill + 0.1),
                (edge - 0.035 * way, sill + 0.1),
            ]
        )
        folds = 0.9 + 0.1 * np.cos(2 * np.pi * x / 0.035)
        over(canvas, cloth * folds[..., None], 0.92 * shape(drape, blur=0.005))

    far = 0.5 - 0.36 * sun
    if rng.random() < 0.6:
        pot = np.float32(
            [
                (far - 0.055, base - 0.05),
                (far + 0.055, base - 0.05),
                (far + 0.042, base + 0.06),
                (far - 0.042, base + 0.06),
            ]
        )
        for _ in range(22):
            angle, reach = rng.uniform(-1.25, 1.25), rng.uniform(0.05, 0.15)
            tint = mix("#3f7f4a", "#8fbf66", rng.random())
            blob(
                canvas,
                far + reach * np.sin(angle),
                base - 0.07 - reach * np.cos(angle),
                0.055,
                tint,
                ry=0.018,
                alpha=0.9,
                soft=0.012,
                turn_deg=float(np.rad2deg(angle)) - 90,
            )
        over(canvas, hsv(rng.uniform(10, 40), 0.5, 0.85), shape(pot, blur=0.005))
    else:
        over(canvas, mix(floor, "#5a4030", 0.5), shape(box(far - 0.008, 0.38, far + 0.008, base + 0.03), blur=0.004))
        over(
            canvas,
            ink("#fff0c4"),
            shape(
                np.float32([(far - 0.05, 0.27), (far + 0.05, 0.27), (far + 0.085, 0.4), (far - 0.085, 0.4)]), blur=0.006
            ),
        )
        glow(canvas, far, 0.36, 0.16, ink("#ffdf9a"), 0.6)
    patch = np.float32(
        [
            (0.5 + 0.3 * sun, base + 0.03),
            (0.5 + 0.02 * sun, base + 0.03),
            (0.5 - 0.22 * sun, base + 0.22),
            (0.5 + 0.14 * sun, base + 0.22),
        ]
    )
    shine(canvas, 0.5 * shape(patch, blur=0.02), sunny)
    return scenery(canvas, side, light=toward(0.75 * sun, -0.45, 0.5), words=WORDS, ground_y=base + 0.08, ambient=0.85)


PLACE = Place(name="room", words=WORDS, paint=paint, ground=0.73)
