"""High mountains with snow on their peaks, a lake or a meadow in front.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    WORK,
    either,
    glow,
    grid,
    ink,
    mix,
    noise,
    over,
    profile,
    rows,
    shape,
    shine,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import hills, pine, veils

WORDS = ("in the mountains", "in front of mountains", "in the alps")
LAKE = ("at a mountain lake", "by a lake in the mountains")


def massif(rng: np.random.Generator, base: float, peaks: list[tuple[float, float]]) -> np.ndarray:
    """(WORK,) the y of a chain of peaks (x, y) with rough slopes."""
    x = (np.arange(WORK) + 0.5) / WORK
    edge = np.full(WORK, base)
    for at, top in peaks:
        edge = np.minimum(edge, top + np.abs(x - at) * rng.uniform(0.75, 1.05))
    return (edge - 0.014 * profile(rng, 14, octaves=3, gain=0.6)).astype(np.float32)


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Two chains of peaks, the far one paler, each with a bright and a blue flank; pines, grass or water in front."""
    high, low, rock, shade, snow, pines, grass = vary(
        rng, "#3d8bd8", "#d9edf8", "#7f8fb0", "#4f6590", "#ffffff", "#2f6a52", "#7fb858", hue_deg=9
    )
    sun = either(rng)
    horizon = rng.uniform(0.58, 0.63)
    canvas = rows((0, high), (horizon, low))
    glow(canvas, 0.5 + 0.4 * sun, 0.05, 0.22, ink("#fff0b0"), 0.6)
    veils(canvas, rng, snow, top=0.04, bottom=0.4, amount=0.65, across=2, down=7)
    y = grid()[1]
    middle = rng.uniform(0.36, 0.64)
    chains = (
        (
            0.5,
            [
                (rng.uniform(0, 0.3), rng.uniform(0.26, 0.34)),
                (rng.uniform(0.4, 0.6), rng.uniform(0.3, 0.4)),
                (rng.uniform(0.72, 1), rng.uniform(0.24, 0.34)),
            ],
        ),
        (
            0.12,
            [
                (middle - 0.36, rng.uniform(0.24, 0.36)),
                (middle + 0.3 * either(rng), rng.uniform(0.18, 0.26)),
                (middle + 0.42, rng.uniform(0.3, 0.38)),
            ],
        ),
    )
    for fog, peaks in chains:
        edge = massif(rng, horizon, peaks)
        wobble = noise(rng, 9, 9, octaves=2)
        slope = np.interp(np.arange(WORK), np.arange(0, WORK, 4), np.gradient(edge[::4]) * WORK / 4).astype(np.float32)
        dark = smoothstep(-0.45, 0.45, -slope * sun + 0.55 * wobble)
        depth = y - edge
        cap = smoothstep(0.035, -0.035, depth - 0.13 - 0.055 * wobble + 0.25 * (edge - 0.25))
        stone = rock + (shade - rock) * dark[..., None]
        white = snow + (mix(shade, "#b9d2f4", 0.75) - snow) * dark[..., None]
        body = stone + (white - stone) * cap[..., None]
        body = body + (low - body) * (fog + (1 - fog) * 0.7 * smoothstep(0.1, 0.4, depth))[..., None]
        over(canvas, body, under(edge, soft=0.005) * (y < horizon + 0.1))
    hills(
        canvas,
        rng,
        horizon - 0.015,
        rise=0.02,
        cells=3,
        color=mix(pines, low, 0.45),
        foot=mix(grass, low, 0.3),
        soft=0.008,
    )
    words = WORDS
    if rng.random() < 0.4:
        words = LAKE
        water = under(horizon + 0.02, soft=0.006)
        shore = round((horizon + 0.02) * WORK)
        mirror = canvas[np.abs(2 * shore - np.arange(WORK)).clip(0, WORK - 1)]
        over(canvas, 0.55 * mirror + 0.45 * mix(high, "#2f8f9f", 0.4), water)
        shine(canvas, 0.22 * water * smoothstep(0.1, 1, noise(rng, 3, 34, octaves=2)), snow)
    firs = [
        pine(at, horizon + 0.03, rng.uniform(0.09, 0.19), width=0.36)
        for at in np.concatenate([rng.uniform(-0.02, 0.24, 7), rng.uniform(0.76, 1.02, 7)])
    ]
    over(canvas, mix(pines, low, 0.15), shape(firs, blur=0.005))
    edge = hills(
        canvas,
        rng,
        horizon + (0.16 if words is LAKE else 0.05),
        rise=0.016,
        cells=1.3,
        color=mix(grass, "#d9e88a", 0.35),
        foot=mix(grass, pines, 0.35),
        soft=0.008,
        depth=0.4,
    )
    shine(canvas, 0.3 * under(edge, soft=0.03) * smoothstep(0, 1.1, noise(rng, 2, 7)), ink("#f4f2a0"))
    return scenery(
        canvas,
        side,
        light=toward(0.6 * sun, -0.65, 0.5),
        words=words,
        ground_y=horizon + (0.19 if words is LAKE else 0.13),
        ambient=0.92,
    )


PLACE = Place(name="mountains", words=WORDS, paint=paint, ground=0.75, variants=LAKE)
