"""A flower bed close by, far out of focus.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import blob, either, glow, grid, ink, mix, noise, over, rows, smoothstep, vary

WORDS = ("in a garden", "among flowers", "in a flower garden", "surrounded by flowers")
BEDS = (
    ("#f4649a", "#ff9fc0", "#d94f8a"),
    ("#ff6f5e", "#ffb04f", "#ffd85e"),
    ("#b57bf0", "#f08fd8", "#7f8ff4"),
    ("#ffffff", "#ffd3e2", "#f7a8c4"),
    ("#ffd34d", "#ff8f4d", "#f4649a"),
)


def flower(
    canvas: np.ndarray, rng: np.random.Generator, x: float, y: float, size: float, color: np.ndarray, soft: float
) -> None:
    """Five or six round petals about a yellow middle."""
    count, turn = rng.integers(5, 7), rng.uniform(0, 360)
    for angle in np.deg2rad(turn + np.arange(count) * 360 / count):
        tint = mix(color, "#ffffff" if np.sin(angle) < 0 else "#7a1f5a", 0.16)
        blob(
            canvas,
            x + 0.6 * size * np.cos(angle),
            y + 0.6 * size * np.sin(angle),
            0.5 * size,
            tint,
            ry=0.4 * size,
            soft=soft,
            turn_deg=float(np.rad2deg(angle)),
        )
    blob(canvas, x, y, 0.26 * size, mix(ink("#ffd84f"), ink("#e09a2a"), rng.random()), soft=soft)


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Green haze with discs of light above, round shrubs, flowers of one family of colors, near ones at the sides."""
    leaf, dark, sunny, pale = vary(rng, "#6fb255", "#2f7a45", "#c4e27a", "#eef7c8", hue_deg=10)
    bed = [ink(code) for code in BEDS[rng.integers(len(BEDS))]]
    sun = either(rng)
    canvas = rows(
        (0, mix(leaf, pale, 0.45)), (0.4, mix(leaf, sunny, 0.4)), (0.62, leaf), (1, mix(dark, leaf, 0.3)), soft=0.08
    )
    over(canvas, dark, 0.55 * smoothstep(-0.1, 1.0, noise(rng, 3, 3)) * (1 - smoothstep(0.3, 0.62, grid()[1])))
    glow(canvas, 0.5 + 0.3 * sun, 0.05, 0.4, pale, 0.8)
    for _ in range(22):
        size = rng.uniform(0.02, 0.06)
        blob(
            canvas,
            rng.random(),
            rng.uniform(0, 0.5),
            size,
            mix(sunny, "#ffffff", 0.5 * rng.random()),
            alpha=rng.uniform(0.12, 0.32),
            soft=0.2 * size + 0.003,
            light=True,
        )
    for depth in np.sort(rng.random(34)):
        at_x, at_y = rng.random(), 0.5 + 0.16 * depth
        blob(
            canvas,
            at_x,
            at_y,
            0.05,
            mix(mix(leaf, dark, rng.random()), pale, 0.35 * (1 - depth)),
            ry=0.04,
            alpha=0.75,
            soft=0.035,
        )
        size = 0.014 + 0.01 * depth
        blob(
            canvas,
            at_x + rng.normal(0, 0.02),
            at_y - 0.02,
            size,
            mix(bed[rng.integers(3)], pale, 0.3),
            alpha=0.85,
            soft=0.7 * size,
        )
    over(
        canvas,
        rows((0.6, mix(leaf, sunny, 0.35)), (1, mix(leaf, dark, 0.5))),
        smoothstep(0.62, 0.72, grid()[1]) * np.exp(-(((grid()[0] - 0.5) / 0.3) ** 2)),
    )
    for depth in np.sort(rng.random(46)):
        at_x = 0.5 + either(rng) * (0.56 - 0.34 * rng.random() ** 1.4 * (1.1 - 0.6 * depth))
        at_y = 0.64 + 0.38 * depth
        for _ in range(2):
            size = rng.uniform(0.025, 0.045)
            blob(
                canvas,
                at_x + rng.normal(0, 0.03),
                at_y + rng.uniform(0, 0.05),
                size,
                mix(dark, sunny, 0.7 * rng.random()),
                ry=0.45 * size,
                alpha=0.85,
                soft=0.4 * size,
                turn_deg=rng.uniform(0, 180),
            )
        flower(canvas, rng, at_x, at_y, 0.025 + 0.034 * depth, bed[rng.integers(3)], soft=0.007)
    return scenery(canvas, side, light=toward(0.5 * sun, -0.7, 0.5), words=WORDS, ground_y=0.76, ambient=0.9, calm=0.75)


PLACE = Place(name="garden", words=WORDS, paint=paint, ground=0.76)
