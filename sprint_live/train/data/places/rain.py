"""A wet street in the rain.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    WORK,
    blob,
    box,
    either,
    glow,
    grid,
    ink,
    mix,
    noise,
    over,
    rows,
    shape,
    shine,
    smoothstep,
    under,
    vary,
)

WORDS = ("in the rain", "on a rainy day", "on a wet street", "in rainy weather")
LAMPS = ("#ffcf8a", "#ffb070", "#ff8f7a", "#ffe8b8", "#9fe0e8")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Gray-blue haze with houses and round lamps, mirrored in the street; slanted streaks, rings in puddles."""
    high, low, house, street = vary(rng, "#5f7688", "#a9bcc6", "#5a7084", "#586b7a", hue_deg=10, light=0.1)
    horizon = rng.uniform(0.58, 0.63)
    _x, y = grid()
    canvas = rows((0, high), (horizon, low), soft=0.06)
    over(canvas, 0.82 * high, 0.6 * smoothstep(-0.2, 1.0, noise(rng, 2.5, 6)) * smoothstep(0.42, 0.0, y))
    for fog, wide in ((0.6, 0.16), (0.2, 0.2)):
        left = rng.uniform(-0.1, 0)
        while left < 1:
            right = left + wide * rng.uniform(0.7, 1.2)
            rise = (0.14 + 0.3 * abs((left + right) / 2 - 0.5)) * rng.uniform(0.9, 1.7)
            if fog > 0.5 or abs((left + right) / 2 - 0.5) > 0.27:
                over(
                    canvas,
                    mix(house * rng.uniform(0.85, 1.1), low, fog),
                    0.9 * shape(box(left, horizon - rise, right, horizon + 0.02), blur=0.009),
                )
            left = right
    glow(canvas, 0.5, horizon - 0.04, 0.2, mix(low, "#fff0d8", 0.6), 0.5, flat=1.6)
    for _ in range(16):
        at_x, at_y, size = (
            0.5 + either(rng) * rng.uniform(0.12, 0.5),
            horizon - rng.uniform(0.02, 0.24),
            rng.uniform(0.014, 0.032),
        )
        color = ink(LAMPS[rng.integers(len(LAMPS))])
        blob(canvas, at_x, at_y, size, color, alpha=0.75, soft=0.3 * size, ring=0.2)
        blob(canvas, at_x, at_y, 2.4 * size, color, alpha=0.3, soft=2.4 * size, light=True)
    line = round(horizon * WORK)
    mirror = canvas[np.abs(2 * line - np.arange(WORK)).clip(0, WORK - 1)]
    shift = (6 * noise(rng, 4, 30, octaves=2)).astype(np.int64)
    mirror = np.take_along_axis(mirror, (np.arange(WORK)[None, :] + shift).clip(0, WORK - 1)[..., None], 1)
    wet = under(horizon, soft=0.006)
    over(canvas, 0.62 * mirror + 0.38 * rows((horizon, mix(street, low, 0.5)), (1, 0.9 * street)), wet)
    over(canvas, street, 0.5 * wet * smoothstep(0.0, 0.7, noise(rng, 2.5, 9)) * smoothstep(horizon, 0.85, y))
    for _ in range(12):
        at_x, at_y = rng.random(), rng.uniform(horizon + 0.1, 0.98)
        size = 0.05 * (at_y - horizon + 0.15)
        blob(
            canvas,
            at_x,
            at_y,
            1.6 * size,
            mix(low, "#ffffff", 0.5),
            ry=0.5 * size,
            alpha=0.5,
            soft=0.005,
            ring=1.0,
            light=True,
        )
    streaks = []
    slant = rng.uniform(0.05, 0.16) * either(rng)
    for _ in range(90):
        at_x, at_y, length, wide = (
            rng.uniform(-0.1, 1.1),
            rng.uniform(-0.1, 1),
            rng.uniform(0.05, 0.13),
            rng.uniform(0.002, 0.004),
        )
        if abs(at_x - 0.5) > 0.16 or rng.random() < 0.3:
            streaks.append(
                np.float32(
                    [
                        (at_x, at_y),
                        (at_x + wide, at_y),
                        (at_x + slant * length + wide, at_y + length),
                        (at_x + slant * length, at_y + length),
                    ]
                )
            )
    shine(canvas, 0.55 * shape(streaks, blur=0.0035), ink("#eef6fa"))
    return scenery(
        canvas,
        side,
        light=toward(0.2, -0.85, 0.45),
        words=WORDS,
        ground_y=horizon + 0.14,
        shadow=False,
        ambient=0.8,
        calm=0.6,
    )


PLACE = Place(name="rain", words=WORDS, paint=paint, ground=0.75)
