"""Dunes under a hot sky.

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

WORDS = ("in the desert", "on a sand dune", "in a hot desert")


def cactus(x: float, foot_y: float, height: float, side: int) -> list[np.ndarray]:
    """Outlines of a stem and two arms."""
    wide = 0.13 * height
    arms = [(side, 0.55, 0.4), (-side, 0.42, 0.34)]
    outlines = [box(x - wide, foot_y - height, x + wide, foot_y + 0.01, radius=wide)]
    for way, up, rise in arms:
        reach, thick = x + way * 0.36 * height, 0.085 * height
        level = foot_y - up * height
        outlines.append(
            box(min(x, reach - way * -thick), level - thick, max(x, reach + way * thick), level + thick, radius=thick)
        )
        outlines.append(box(reach - thick, level - rise * height, reach + thick, level + thick, radius=thick))
    return outlines


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """A sky that pales to peach, dunes with a lit and a shaded flank, now and then a far cactus."""
    high, low, far, lit, shaded, warm = vary(
        rng, "#4fa6dc", "#fde6c0", "#e9b07a", "#f6c56f", "#c9793f", "#ffe3a0", hue_deg=8
    )
    sun = either(rng)
    horizon = rng.uniform(0.46, 0.54)
    canvas = rows((0, high), (horizon, low), soft=0.06)
    glow(canvas, 0.5 + 0.3 * sun, 0.14, 0.24, ink("#ffdf94"), 0.7)
    blob(canvas, 0.5 + 0.3 * sun, 0.14, 0.05, ink("#fff3cc"), soft=0.03)
    y = grid()[1]
    edge = (horizon - 0.02 - 0.03 * profile(rng, 3, octaves=3)).astype(np.float32)
    over(canvas, mix(far, low, 0.45), under(edge, soft=0.01))
    for row, (rise, cells, fog) in enumerate(((0.045, 2.0, 0.25), (0.05, 1.4, 0.0), (0.03, 1.0, 0.0))):
        base = horizon + (0.04, 0.11, 0.24)[row]
        edge = base - rise * profile(rng, cells, octaves=1)
        slope = np.gradient(edge) * 256 * sun
        ramp = np.clip((y - edge) / 0.3, 0, 1)
        flank = smoothstep(-0.12, 0.16, slope + 0.16 * ramp * profile(rng, 2, octaves=1)) * (1 - 0.75 * ramp)
        color = (lit + (shaded - lit) * (0.85 * flank + 0.12 * ramp)[..., None]) * (1 - fog) + low * fog
        over(canvas, color, under(edge, soft=0.007))
        if row == 0 and rng.random() < 0.6:
            for _ in range(rng.integers(1, 3)):
                at = 0.5 + either(rng) * rng.uniform(0.26, 0.42)
                over(
                    canvas,
                    mix("#4d8a55", low, 0.15),
                    shape(cactus(at, base + 0.045, rng.uniform(0.1, 0.2), either(rng)), blur=0.005),
                )
    ground = under(edge + 0.03, soft=0.04)
    ripples = np.sin(2 * np.pi * (22 * y**0.8 + 0.9 * noise(rng, 2, 2, octaves=2)))
    over(canvas, shaded, 0.13 * ground * smoothstep(-0.4, 1, ripples) * smoothstep(0.6, 0.95, y))
    shine(canvas, 0.25 * ground * smoothstep(0, 1.1, noise(rng, 2, 5)), warm)
    return scenery(
        canvas, side, light=toward(0.65 * sun, -0.6, 0.45), words=WORDS, ground_y=horizon + 0.27, ambient=0.95
    )


PLACE = Place(name="desert", words=WORDS, paint=paint, ground=0.77)
