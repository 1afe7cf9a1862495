"""The sun going down behind hills.

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
    shine,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import hills, veils

WORDS = ("at sunset", "in the evening sun", "under a red evening sky", "at dusk")
SKIES = (
    ("#47408f", "#c75a96", "#ff8f5e", "#ffdc86", "#7d3b6c", "#4a2552"),
    ("#3b5aa6", "#e0789a", "#ffa564", "#ffe39a", "#80466a", "#43294f"),
    ("#7a2f5f", "#e2543f", "#ff9440", "#ffd766", "#7a2f45", "#451b35"),
)


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """Violet, pink, orange and gold, a large low sun, clouds lit from below, hills as violet silhouettes."""
    high, upper, lower, gold, far, near = vary(rng, *SKIES[rng.integers(len(SKIES))])
    horizon = rng.uniform(0.58, 0.64)
    canvas = rows((0, high), (0.42 * horizon, upper), (0.78 * horizon, lower), (horizon, gold), soft=0.045)
    sun = either(rng)
    sun_x, sun_y = 0.5 + sun * rng.uniform(0.14, 0.26), horizon - rng.uniform(0.06, 0.12)
    veils(canvas, rng, mix(upper, high, 0.5), top=0.05, bottom=0.8 * horizon, amount=0.6, across=1.6, down=8)
    veils(canvas, rng, mix(gold, "#ff8a7a", 0.5), top=0.14, bottom=horizon, amount=0.75, across=1.6, down=10)
    glow(canvas, sun_x, sun_y, 0.34, ink("#ffc46a"), 0.75, flat=1.3)
    glow(canvas, sun_x, sun_y, 0.15, ink("#fff0b0"), 0.7)
    blob(canvas, sun_x, sun_y, 0.075, ink("#fff6d0"), soft=0.012)
    hills(
        canvas,
        rng,
        horizon - 0.01,
        rise=0.035,
        cells=2.6,
        color=mix(far, lower, 0.5),
        foot=mix(far, gold, 0.55),
        soft=0.01,
    )
    hills(canvas, rng, horizon + 0.05, rise=0.03, cells=2.0, color=far, foot=mix(far, lower, 0.35), soft=0.008)
    edge = hills(
        canvas,
        rng,
        horizon + 0.13,
        rise=0.014,
        cells=1.2,
        color=mix(near, lower, 0.32),
        foot=near,
        soft=0.01,
        depth=0.36,
    )
    ground = under(edge, soft=0.02)
    shine(canvas, 0.2 * ground * smoothstep(-0.6, 1.2, noise(rng, 1.5, 8, octaves=2)), mix(gold, lower, 0.5))
    over(canvas, near, 0.3 * ground * smoothstep(-0.2, 1.2, noise(rng, 2, 6, octaves=2)))
    return scenery(
        canvas, side, light=toward(0.75 * sun, -0.3, 0.45), words=WORDS, ground_y=horizon + 0.16, ambient=0.8
    )


PLACE = Place(name="sunset", words=WORDS, paint=paint, ground=0.77)
