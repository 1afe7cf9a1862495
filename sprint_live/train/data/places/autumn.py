"""A park in autumn: golden trees, fallen leaves.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    blob,
    either,
    glow,
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
from sprint_live.train.data.places._sky import hills

WORDS = ("in autumn", "in an autumn park", "among autumn leaves", "in the fall")
LEAVES = ("#e8862e", "#d9542b", "#f4b53f", "#c23a2a", "#f0cf5a")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """A milky warm sky, round crowns in gold, orange and red at both sides, a carpet of leaves, some still falling."""
    high, low, bark, ground, deep = vary(rng, "#b9cfdc", "#fdeccb", "#5a4034", "#c98a3f", "#8f4f26", hue_deg=6)
    leaves = vary(rng, *LEAVES, hue_deg=8)
    sun = either(rng)
    horizon = rng.uniform(0.58, 0.64)
    canvas = rows((0, high), (horizon, low))
    glow(canvas, 0.5 + 0.2 * sun, 0.25, 0.35, ink("#fff0c0"), 0.7)
    for at in rng.random(26):
        size = rng.uniform(0.05, 0.08)
        blob(
            canvas,
            at,
            horizon - rng.uniform(0, 0.13),
            size,
            mix(leaves[rng.integers(5)], low, rng.uniform(0.45, 0.65)),
            alpha=0.8,
            soft=0.6 * size,
        )
    hills(canvas, rng, horizon, rise=0.01, cells=2, color=mix(ground, low, 0.35), foot=ground, soft=0.012)
    for at, near in (
        (rng.uniform(0.2, 0.26), 0.6),
        (rng.uniform(0.74, 0.8), 0.6),
        (rng.uniform(0.0, 0.07), 1.0),
        (rng.uniform(0.93, 1.0), 1.0),
    ):
        wide, foot = 0.022 * near, horizon + 0.1 * (near - 0.4)
        trunk = np.float32(
            [
                (at - 0.5 * wide, 0.25),
                (at + 0.5 * wide, 0.25),
                (at + 0.6 * wide, foot - 0.03),
                (at + wide, foot),
                (at - wide, foot),
                (at - 0.6 * wide, foot - 0.03),
            ]
        )
        over(canvas, mix(bark, low, 0.45 * (1.1 - near)), shape(trunk, blur=0.005))
        color = leaves[rng.integers(5)]
        for light in np.sort(rng.random(24)):
            angle, reach = rng.uniform(0, 6.28), 0.17 * near * np.sqrt(rng.random())
            size = rng.uniform(0.035, 0.06) * near
            tint = mix(
                mix(0.72 * color, "#fff0b0", 0.45 * light), mix(leaves[rng.integers(5)], low, 0.5 * (1 - near)), 0.35
            )
            blob(
                canvas,
                at + reach * np.cos(angle) + 0.03 * light * sun,
                0.36 - 0.1 * near + 0.9 * reach * np.sin(angle) - 0.03 * light,
                size,
                tint,
                alpha=0.85,
                soft=0.45 * size,
            )
    floor = under(horizon + 0.08, soft=0.06)
    over(canvas, deep, 0.5 * floor * smoothstep(-0.1, 1.0, noise(rng, 3, 9)))
    shine(canvas, 0.3 * floor * smoothstep(0, 1.1, noise(rng, 2, 6)), ink("#ffdf8a"))
    for depth in np.sort(rng.random(90)):
        size = 0.007 + 0.014 * depth**1.4
        at_x, at_y = rng.random(), horizon + 0.05 + (0.95 - horizon) * depth
        fade = 0.45 if abs(at_x - 0.5) < 0.2 and depth < 0.6 else 0.85
        blob(
            canvas,
            at_x,
            at_y,
            size,
            leaves[rng.integers(5)] * rng.uniform(0.85, 1.1),
            ry=0.55 * size,
            alpha=fade,
            soft=0.4 * size,
            turn_deg=rng.uniform(-40, 40),
        )
    for _ in range(14):
        size = rng.uniform(0.01, 0.018)
        blob(
            canvas,
            0.5 + either(rng) * rng.uniform(0.14, 0.5),
            rng.uniform(0.05, 0.6),
            size,
            leaves[rng.integers(5)],
            ry=0.5 * size,
            alpha=0.9,
            soft=0.4 * size,
            turn_deg=rng.uniform(0, 180),
        )
    return scenery(canvas, side, light=toward(0.5 * sun, -0.6, 0.5), words=WORDS, ground_y=horizon + 0.15, ambient=0.9)


PLACE = Place(name="autumn", words=WORDS, paint=paint, ground=0.76)
