"""A street before a skyline, by day or at night.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward, with_variant
from sprint_live.train.data.places._noise import blob, box, either, glow, grid, ink, mix, over, rows, shape, under, vary
from sprint_live.train.data.places._sky import moon, puffs, stars

WORDS = ("in the city", "in front of a skyline", "on a city street", "in a big city")
TONES = (
    ("#7fa8d4", "#e9b795", "#c9a9b9"),
    ("#1d2a5c", "#3a2a5c", "#16304f"),
)  # of the house fronts by day and at night
LAMPS = ("#ffd27a", "#ffb45e", "#ff7a6a", "#7fd0ff", "#fff0c4")


def towers(
    rng: np.random.Generator, horizon: float, low: float, high: float, wide: float
) -> list[tuple[float, float, float]]:
    """(left, right, top) of houses side by side, lower toward the middle."""
    row, left = [], rng.uniform(-wide, 0)
    while left < 1:
        right = left + wide * rng.uniform(0.7, 1.4)
        middle = 1 - 0.45 * np.exp(-((((left + right) / 2 - 0.5) / 0.24) ** 2))
        row.append((left, right, horizon - middle * rng.uniform(low, high)))
        left = right + rng.uniform(-0.01, 0.012)
    return row


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """By day pale towers that fade away; at night dark ones with lit windows and lamps; a quiet street in front."""
    night = rng.random() < 0.45
    codes = (
        ("#0b1236", "#5a4a92", "#6a5aa0", "#141a40", "#1d2140", "#3a3560")
        if night
        else ("#5aa6ea", "#e4f1f8", "#a9c2da", "#6f8fb4", "#8d97a8", "#d9d4c8")
    )
    high, low, far, near, street, curb = vary(rng, *codes, hue_deg=12)
    sun = either(rng)
    horizon = rng.uniform(0.62, 0.68)
    canvas = rows((0, high), (horizon, low))
    if night:
        stars(canvas, rng, 40, bottom=0.4)
        if rng.random() < 0.5:
            moon(canvas, rng, 0.5 + 0.3 * sun, 0.13, 0.045, ink("#fdf6dc"))
        glow(canvas, 0.5, horizon, 0.26, ink("#ff9a6a"), 0.5, flat=2.2)
    else:
        glow(canvas, 0.5 + 0.4 * sun, 0.05, 0.22, ink("#fff0b0"), 0.55)
        puffs(
            canvas,
            rng,
            rng.integers(1, 4),
            top=0.1,
            bottom=0.26,
            lit=ink("#ffffff"),
            shaded=mix(low, "#a9c6e4", 0.5),
            size=0.05,
        )
    panes = mix("#ffe2a0", "#ffb45e", rng.random()) if night else mix(low, "#ffffff", 0.4)
    for fog, (shortest, tallest), wide in ((0.55, (0.2, 0.46), 0.075), (0.15, (0.12, 0.38), 0.12)):
        row = towers(rng, horizon, shortest, tallest, wide)
        base = mix(mix(near, far, fog), low, 0.5 * fog)
        face = rows((horizon - 0.45, base), (horizon, mix(base, low, 0.4)))
        for turn, tone in enumerate(TONES[night]):
            paintwork = face + (mix(tone, low, 0.5 * fog) - face) * (0.35 if night else 0.75)
            over(
                canvas,
                paintwork,
                shape([box(left, top, right, horizon + 0.02) for left, right, top in row[turn::3]], blur=0.004),
            )
        lit_side = [
            box(
                right - 0.24 * (right - left) if sun > 0 else left,
                top,
                right if sun > 0 else left + 0.24 * (right - left),
                horizon,
            )
            for left, right, top in row
        ]
        over(canvas, mix(base, "#ffffff", 0.6), (0.1 if night else 0.3) * shape(lit_side, blur=0.006))
        windows, size = [], 0.011 if fog < 0.5 else 0.008
        for left, right, top in row:
            for x in np.arange(left + 1.8 * size, right - 1.8 * size, 2.6 * size):
                windows += [
                    box(x, y, x + 1.3 * size, y + 1.6 * size)
                    for y in np.arange(top + 2 * size, horizon - 0.03, 3.2 * size)
                    if rng.random() < (0.42 if night else 0.75)
                ]
        over(canvas, panes, (0.85 if night else 0.4) * (1 - 0.4 * fog) * shape(windows, blur=0.004))
    trees = np.concatenate([rng.uniform(0, 0.3, 7), rng.uniform(0.7, 1, 7)])
    for at in trees:
        size = rng.uniform(0.025, 0.045)
        color = mix("#16324a" if night else "#6aa86a", low, 0.15 + 0.2 * rng.random())
        blob(canvas, at, horizon - 0.6 * size, size, color, alpha=0.9, soft=0.4 * size)
    over(
        canvas,
        rows((horizon, curb), (horizon + 0.07, mix(curb, street, 0.4)), (1, street), soft=0.02),
        under(horizon, soft=0.008),
    )
    over(
        canvas,
        mix(curb, "#ffffff", 0.1 if night else 0.5),
        0.5 * under(horizon + 0.075, soft=0.01) * (1 - under(horizon + 0.09, soft=0.01)),
    )
    y = grid()[1]
    if night:
        for _ in range(26):
            at_x, color = 0.5 + either(rng) * rng.uniform(0.1, 0.52), ink(LAMPS[rng.integers(len(LAMPS))])
            size = rng.uniform(0.012, 0.03)
            blob(
                canvas,
                at_x,
                horizon - rng.uniform(0.0, 0.12),
                size,
                color,
                alpha=0.5,
                soft=0.2 * size + 0.003,
                ring=0.3,
                light=True,
            )
            blob(canvas, at_x, horizon + 0.14, 0.8 * size, color, ry=0.12, alpha=0.22, soft=0.8 * size, light=True)
    over(canvas, street, 0.25 * (y > horizon) * under(0.9, soft=0.15))
    words = with_variant(WORDS, "at night") if night else WORDS
    return scenery(
        canvas,
        side,
        light=toward(0.5 * sun, -0.7, 0.5),
        words=words,
        ground_y=horizon + 0.12,
        shadow=not night,
        ambient=0.6 if night else 0.92,
        calm=0.6,
    )


PLACE = Place(name="city", words=WORDS, paint=paint, ground=0.77, variants=("at night",))
