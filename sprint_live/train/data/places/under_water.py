"""Under the sea: rays from above, bubbles, plants and corals out of focus.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward
from sprint_live.train.data.places._noise import (
    WORK,
    blob,
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

WORDS = ("under water", "under the sea", "in the ocean", "deep in the sea")
CORALS = ("#f2768f", "#f79a5e", "#c77be0", "#ffc46b", "#ef5f6f")


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """From bright turquoise above to deep blue, with sand, weed and corals along the lower edge."""
    top, upper, middle, deep = vary(rng, "#b5f3ee", "#3cc3d8", "#1687b8", "#0b4a86", hue_deg=12)
    canvas = rows((0, top), (0.2, upper), (0.55, middle), (1, deep), soft=0.06)
    x, y = grid()
    sun_x = rng.uniform(0.25, 0.75)
    angle = np.arctan2(x - sun_x, y + 0.35)
    beams = np.interp(angle, np.linspace(-1.6, 1.6, WORK), profile(rng, 26, octaves=2)).astype(np.float32)
    shine(canvas, 0.55 * smoothstep(-0.1, 1.0, beams) * np.exp(-((y / 0.62) ** 2)), ink("#dffcf2"))
    glow(canvas, sun_x, -0.05, 0.3, ink("#f4fff4"), 0.8, flat=1.5)
    shine(canvas, 0.35 * smoothstep(0.1, 0.9, noise(rng, 5, 26, octaves=2)) * np.exp(-((y / 0.1) ** 2)), ink("#ffffff"))
    edge = rng.uniform(0.86, 0.91) - 0.02 * profile(rng, 1.6, octaves=2)
    over(canvas, mix(mix(deep, "#d9c9a0", 0.45), middle, 0.35), 0.85 * under(edge, soft=0.03))
    shine(canvas, 0.25 * under(edge, soft=0.03) * smoothstep(0.2, 1, noise(rng, 7, 14, octaves=1)), ink("#d8f5e0"))
    along = np.linspace(0, 1, 14)
    for row in range(3):
        weeds = []
        for at in np.concatenate([rng.uniform(-0.02, 0.24, 2), rng.uniform(0.76, 1.02, 2)]):
            height, sway = rng.uniform(0.16, 0.42), rng.uniform(0.015, 0.035)
            bend = at + sway * np.sin(along * rng.uniform(3, 6) + rng.uniform(0, 6))
            width = rng.uniform(0.01, 0.018) * (1 - along) ** 0.6 + 0.001
            up = 1.02 - (height + 0.06) * along
            weeds.append(np.concatenate([np.stack([bend - width, up], 1), np.stack([bend + width, up], 1)[::-1]]))
        weed = mix(mix("#1f8f6a", "#7fb648", rng.random()), middle, 0.62 - 0.2 * row)
        over(canvas, weed, 0.9 * shape(weeds, blur=0.006))
    for at in np.concatenate([rng.uniform(0, 0.3, 3), rng.uniform(0.7, 1, 3)]):
        coral = mix(CORALS[rng.integers(len(CORALS))], middle, 0.25)
        for _ in range(9):
            size = rng.uniform(0.014, 0.03)
            blob(
                canvas,
                at + rng.normal(0, 0.035),
                0.99 - rng.uniform(0, 0.1),
                size,
                mix(coral, "#ffffff", rng.uniform(0, 0.25)),
                alpha=0.9,
                soft=0.5 * size,
            )
    for _ in range(26):
        at_x, at_y, size = rng.random(), rng.uniform(0.03, 0.9), rng.uniform(0.005, 0.02)
        if abs(at_x - 0.5) > 0.22 or size < 0.009:
            blob(canvas, at_x, at_y, size, ink("#e8ffff"), alpha=0.55, soft=0.4 * size, ring=0.75, light=True)
            blob(
                canvas,
                at_x - 0.35 * size,
                at_y - 0.35 * size,
                0.28 * size,
                ink("#ffffff"),
                alpha=0.8,
                soft=0.3 * size,
                light=True,
            )
    return scenery(
        canvas,
        side,
        light=toward(0.8 * (sun_x - 0.5), -0.85, 0.4),
        words=WORDS,
        ground_y=None,
        shadow=False,
        ambient=0.85,
    )


PLACE = Place(name="under_water", words=WORDS, paint=paint)
