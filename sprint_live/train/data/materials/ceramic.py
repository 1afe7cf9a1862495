"""Glazed ceramic: thick glaze that breaks pale at the edges, with fine speckles and crackle.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    daylight,
    glint,
    hollows,
    lit,
    mix,
    noise,
    plateau,
    rim,
    slopes,
    smoothstep,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface

_CLAY = np.float32([0.93, 0.88, 0.80])


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """A glaze a little darker where it pools, white where it is thin, iron specks, a crackle, a soft window's mirror."""
    side, px, light = surface.side, surface.scale, surface.light
    high = plateau(0.7 * surface.dome_px, 24) + 0.28 * surface.whole_px + plateau(0.7 * surface.bump_px, 8)
    high -= 1.5 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 2.4 * px) + 0.8 * noise(side, 70, rng)
    nx, ny, _ = slopes(high, px, 0.9)
    wave = noise(side, 30, rng)
    color = surface.dressed_01 * (0.97 + 0.05 * noise(side, 50, rng, octaves=2))[..., None]
    thin = smoothstep(6.5, 1.5, surface.edge_px + 1.3 * wave) * smoothstep(5, 14, surface.spread(surface.radii_px))
    thin = thin * (1 - surface.lines_01)
    color = mix(color, _CLAY, 0.80 * thin)
    crackle = smoothstep(0.045, 0.0, np.abs(noise(side, 26, rng, octaves=1))) + smoothstep(
        0.04, 0.0, np.abs(noise(side, 34, rng))
    )
    color = color * (1 - 0.20 * np.minimum(crackle, 1) * (1 - thin))[..., None]
    speck = smoothstep(2.2, 2.7, noise(side, 5, rng)) * (1 - surface.lines_01)
    color = mix(color, np.float32([0.30, 0.20, 0.13]), 0.5 * speck)
    body = daylight(light, 0.50, 0.62, wrap=0.35)
    gloss = 0.75 * window(light, 0.17, 0.36, 0.05, bars=0.035) + 0.12 * glint(light, 12) + 0.16 * rim(2.5)
    rgb = lit(np.clip(color, 0, 1), nx, ny, body, gloss, hollows(high, px, 7, 1.1))
    return Layer(rgb_01=rgb, alpha_01=surface.coverage_01, shadow_01=0.5)


MATERIAL = Material(
    name="ceramic",
    words=("made of ceramic", "ceramic", "glazed ceramic", "porcelain", "glazed pottery"),
    render=render,
)
