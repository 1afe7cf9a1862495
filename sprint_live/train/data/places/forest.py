"""A misty forest with rays of sun between the trunks.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    WORK,
    blob,
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

WORDS = ("in a forest", "in the woods", "among the trees", "in a deep forest")


def trunks(rng: np.random.Generator, at: np.ndarray, foot_y: float, width: float) -> list[np.ndarray]:
    """Outlines (N, 2) of trunks that get wider at the foot and leave the picture at the top."""
    outlines = []
    for x in at:
        wide, lean = width * rng.uniform(0.7, 1.3), rng.uniform(-0.03, 0.03)
        foot = foot_y + rng.uniform(-0.01, 0.015)
        right = [
            (x + lean + 0.34 * wide, -0.02),
            (x + 0.42 * wide, 0.75 * foot),
            (x + 0.5 * wide, 0.93 * foot),
            (x + 0.8 * wide, foot),
        ]
        left = [(2 * x - px + 2 * lean * (py < 0), py) for px, py in reversed(right)]
        outlines.append(np.float32(right + left))
    return outlines


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Pale green light in the middle, three rows of trunks ever darker to the sides, leaves above, moss below."""
    pale, mid, leaf, dark, bark, moss, sunny = vary(
        rng, "#eff7c4", "#a8d08a", "#4e9a4a", "#1f5a38", "#4a3a30", "#4f8a3c", "#a9cf57", hue_deg=12
    )
    horizon = rng.uniform(0.6, 0.66)
    sun = either(rng)
    sun_x = 0.5 + 0.16 * sun
    canvas = rows((0, leaf), (0.3, mix(mid, pale, 0.35)), (0.55, mix(mid, pale, 0.7)), (1, mid), soft=0.08)
    glow(canvas, sun_x, 0.3, 0.34, pale, 0.85)
    over(canvas, mid, 0.4 * smoothstep(0, 1, noise(rng, 4, 5)))
    feet = (
        (0.0, rng.uniform(0, 1, 11), 0.022, 0.68),
        (0.02, rng.uniform(0, 1, 7), 0.036, 0.42),
        (0.09, np.concatenate([rng.uniform(-0.02, 0.2, 2), rng.uniform(0.8, 1.02, 2)]), 0.08, 0.1),
    )
    for down, at, width, fog in feet:
        color = mix(bark, mix(mid, pale, 0.5), fog)
        over(canvas, color, 0.95 * shape(trunks(rng, at, horizon + down, width), blur=0.004 + 0.006 * fog))
        if down < 0.05:
            ground = under(horizon + down - 0.02 + 0.01 * profile(rng, 3), soft=0.02)
            over(canvas, mix(moss, mix(mid, pale, 0.4), fog), ground)
    floor = under(horizon + 0.05 + 0.012 * profile(rng, 2), soft=0.03)
    over(canvas, rows((horizon, moss), (1, mix(dark, moss, 0.5)), soft=0.03), floor)
    shine(canvas, 0.6 * floor * smoothstep(0, 1.1, noise(rng, 2.5, 10)) * (1.3 - grid()[1]), sunny)
    x, y = grid()
    angle = np.arctan2(x - sun_x - 0.3 * sun, y + 0.3)
    beams = np.interp(angle, np.linspace(-1.6, 1.6, WORK), profile(rng, 22, octaves=2)).astype(np.float32)
    shine(canvas, 0.5 * smoothstep(0.0, 1.0, beams) * np.exp(-(((y - 0.25) / 0.42) ** 2)), ink("#fff8cc"))
    for _ in range(80):
        at_x, size = rng.random(), rng.uniform(0.025, 0.06)
        at_y = rng.uniform(-0.03, 0.1) + 0.55 * abs(at_x - 0.5) ** 1.6 * rng.random()
        color = mix(mix(dark, leaf, rng.random()), sunny, 0.6 * rng.random() ** 2)
        blob(canvas, at_x, at_y, size, color, ry=0.7 * size, alpha=0.7, soft=0.6 * size, turn_deg=rng.uniform(-40, 40))
    for at in np.concatenate([rng.uniform(-0.02, 0.26, 14), rng.uniform(0.74, 1.02, 14)]):
        size = rng.uniform(0.025, 0.05)
        blob(
            canvas,
            at,
            rng.uniform(0.93, 1.02),
            size,
            mix(dark, sunny, 0.45 * rng.random()),
            ry=1.2 * size,
            alpha=0.8,
            soft=0.6 * size,
        )
    return scenery(
        canvas, side, light=toward(0.45 * sun, -0.75, 0.45), words=WORDS, ground_y=horizon + 0.13, ambient=0.8
    )


PLACE = Place(name="forest", words=WORDS, paint=paint, ground=0.76)
