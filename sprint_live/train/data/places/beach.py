"""Sand and sea, by day, at sunset or at night.

Knows: the canvas.  Must not know: the other places.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.places import Place, Scenery, scenery, toward, with_variant
from sprint_live.train.data.places._noise import (
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
    shine,
    smoothstep,
    under,
    vary,
)
from sprint_live.train.data.places._sky import moon, palm_leaves, puffs, stars, veils

WORDS = ("on a beach", "at the beach", "by the sea", "on the sand")
TINTS = {  # sky high, middle, low; sea far, near; foam; sand wet, dry; light; palm
    "": ("#3a9ee8", "#8fd0f4", "#dff4fa", "#1c86c4", "#54cfcf", "#ffffff", "#d3b184", "#f5ddae", "#fff2c8", "#2f8a4a"),
    "at sunset": (
        "#5b5aa8",
        "#ef7f8c",
        "#ffcf7a",
        "#a8567f",
        "#f09a78",
        "#ffe6c4",
        "#9c6a60",
        "#dea37c",
        "#ffd98a",
        "#3b2a48",
    ),
    "at night": (
        "#0c1740",
        "#1d3672",
        "#41659f",
        "#142a5e",
        "#2c5a8c",
        "#a9c6e6",
        "#3a4566",
        "#66708e",
        "#e8f0ff",
        "#0d1a33",
    ),
}


def paint(side: int, rng: np.random.Generator) -> Scenery:
    """By day in six of ten pictures, at sunset in three, else at night."""
    variant = ("", "at sunset", "at night")[int(np.searchsorted((0.6, 0.88), rng.random()))]
    high, middle, low, far, near, foam, wet, dry, beam, leaf = vary(rng, *TINTS[variant], hue_deg=7)
    sun = either(rng)
    sun_x = 0.5 + sun * (rng.uniform(0.2, 0.32) if variant else 0.4)
    horizon, shore = rng.uniform(0.4, 0.46), rng.uniform(0.6, 0.65)
    x, y = grid()
    canvas = rows((0, high), (0.6 * horizon, middle), (horizon, low))
    if variant == "at night":
        stars(canvas, rng, 70, bottom=horizon)
        moon(canvas, rng, sun_x, 0.16, 0.055, beam)
    elif variant == "at sunset":
        veils(canvas, rng, ink("#ff9e8a"), top=0.08, bottom=horizon, amount=0.6)
        glow(canvas, sun_x, horizon - 0.05, 0.3, beam, 0.7, flat=1.4)
        blob(canvas, sun_x, horizon - 0.055, 0.06, ink("#fff3c0"), soft=0.012)
    else:
        glow(canvas, sun_x, 0.05, 0.24, beam, 0.7)
        puffs(
            canvas,
            rng,
            rng.integers(2, 5),
            top=0.16,
            bottom=horizon - 0.06,
            lit=ink("#ffffff"),
            shaded=mix(middle, low, 0.5),
            size=0.055,
        )
    over(canvas, rows((horizon, far), (shore, near), soft=0.015), under(horizon, soft=0.004))
    sea = under(horizon, soft=0.004) * (1 - under(shore, soft=0.03))
    waves = noise(rng, 3, 34, octaves=2)
    shine(canvas, 0.2 * sea * smoothstep(0.2, 1.0, waves), foam)
    if variant:
        path = np.exp(-(((x - sun_x) / (0.05 + 0.35 * np.clip(y - horizon, 0, 1))) ** 2))
        shine(canvas, 0.75 * sea * path * smoothstep(-0.5, 0.6, waves), beam)
    edge = shore + 0.018 * profile(rng, 2.2, octaves=2)
    over(canvas, rows((shore, wet), (shore + 0.12, dry), (1, mix(dry, wet, 0.25)), soft=0.02), under(edge))
    over(canvas, foam, 0.85 * np.exp(-(((y - edge + 0.004) / 0.011) ** 2)))
    over(canvas, foam, 0.4 * np.exp(-(((y - edge + 0.045 + 0.012 * profile(rng, 3)) / 0.009) ** 2)))
    sand = under(edge + 0.08, soft=0.05)
    over(canvas, wet, 0.3 * sand * smoothstep(0, 1.1, noise(rng, 3, 12)))
    shine(canvas, 0.2 * sand * smoothstep(0.1, 1.1, noise(rng, 3, 9)), beam)
    if rng.random() < 0.6:
        palm_leaves(canvas, rng, left=sun > 0, color=leaf)
    words = with_variant(WORDS, variant) if variant else (*WORDS, "on a sunny beach")
    light = toward(0.5 * sun, -0.35 if variant == "at sunset" else -0.7, 0.5)
    return scenery(
        canvas,
        side,
        light=light,
        words=words,
        ground_y=shore + 0.1,
        shadow=variant != "at night",
        ambient=0.55 if variant == "at night" else 0.9,
    )


PLACE = Place(name="beach", words=WORDS, paint=paint, ground=0.72, variants=("at sunset", "at night"))
