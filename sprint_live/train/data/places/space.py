"""Outer space: a nebula, stars, a planet.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import WORK, either, grid, hsv, noise, over, rows, shine, smoothstep, vary
from sprint_live.train.data.places._sky import stars

WORDS = ("in space", "in outer space", "among the stars", "floating in space")


def planet(canvas: np.ndarray, rng: np.random.Generator, x: float, y: float, radius: float, light: np.ndarray) -> None:
    """A banded ball lit from `light`, with a rim of air, now and then with rings."""
    left, top = (int(np.clip((at - 2.1 * radius) * WORK, 0, WORK)) for at in (x, y))
    right, bottom = (int(np.clip((at + 2.1 * radius) * WORK, 0, WORK)) for at in (x, y))
    canvas = canvas[top:bottom, left:right]
    at_x, at_y = ((axis[top:bottom, left:right] - center) / radius for axis, center in zip(grid(), (x, y), strict=True))
    far = at_x**2 + at_y**2
    disc = smoothstep(1 + 0.006 / radius, 1 - 0.006 / radius, np.sqrt(far))
    bulge = np.sqrt(np.clip(1 - far, 0, 1))
    lit = np.clip(at_x * light[0] + at_y * light[1] + bulge * light[2], 0, 1)[..., None]
    hue = rng.uniform(0, 360)
    bands = smoothstep(
        -0.8, 0.8, np.sin(at_y * rng.uniform(5, 9) + 0.8 * noise(rng, 2, 4, octaves=2)[top:bottom, left:right])
    )[..., None]
    ball = hsv(hue, 0.62, 0.95) + (hsv(hue + rng.uniform(20, 50), 0.4, 1.0) - hsv(hue, 0.62, 0.95)) * bands
    rim = hsv(hue + 20, 0.35, 1.0)
    shine(
        canvas,
        0.5
        * np.exp(-((np.clip(np.sqrt(far) - 1, 0, 9) / 0.16) ** 2))
        * smoothstep(-1.2, 0.8, at_x * light[0] + at_y * light[1]),
        rim,
    )
    ringed = rng.random() < 0.45
    tilt = np.deg2rad(rng.uniform(-28, 28))
    along, across = np.cos(tilt) * at_x + np.sin(tilt) * at_y, np.cos(tilt) * at_y - np.sin(tilt) * at_x
    round_ = np.hypot(along, across / 0.26)
    ring = 0.75 * smoothstep(1.28, 1.36, round_) * smoothstep(1.95, 1.85, round_) * (0.75 + 0.25 * np.cos(14 * round_))
    if ringed:
        over(canvas, rim * 0.85, ring * (across < 0))
    over(canvas, ball * (0.1 + 0.95 * lit) + 0.25 * rim * lit * (1 - bulge[..., None]) ** 2, disc)
    if ringed:
        over(canvas, rim, ring * smoothstep(-0.03, 0.03, across))


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Two colors of nebula along a slanted band over near black; the planet keeps to a corner."""
    deep, dim = vary(rng, "#070818", "#171338", hue_deg=20)
    canvas = rows((0, deep), (0.5, dim), (1, deep), soft=0.08)
    x, y = grid()
    hue = rng.uniform(190, 330)
    angle = rng.uniform(0.3, 0.9) * either(rng)
    band = np.exp(-(((x - 0.5) * np.sin(angle) + (y - 0.5) * np.cos(angle) + 0.12 * noise(rng, 2, 2)) ** 2) / 0.07)
    shine(canvas, 0.7 * band * smoothstep(-0.7, 1.1, noise(rng, 3, 3, octaves=3)), hsv(hue, 0.72, 0.95))
    shine(
        canvas, 0.7 * band * smoothstep(-0.1, 1.3, noise(rng, 3, 3, octaves=3)), hsv(hue + 62 * either(rng), 0.66, 1.0)
    )
    shine(canvas, 0.4 * band**2 * smoothstep(0.3, 1.3, noise(rng, 4, 4, octaves=3)), hsv(hue + 20, 0.2, 1.0))
    stars(canvas, rng, 150)
    side_x, side_y = either(rng), either(rng)
    light = toward(-0.7 * side_x, -0.5, 0.5)
    planet(canvas, rng, 0.5 + 0.33 * side_x, 0.5 + side_y * rng.uniform(0.27, 0.34), rng.uniform(0.09, 0.15), light)
    return scenery(canvas, side, light=light, words=WORDS, ground_y=None, shadow=False, ambient=0.5)


PLACE = Place(name="space", words=WORDS, paint=paint)
