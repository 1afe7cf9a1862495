"""Glossy molded plastic: flat tops, round edges, hard highlights, full colors.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import daylight, glint, hollows, lit, plateau, rim, slopes, window
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Like a toy: a rounded rim all around, a bright softbox on it, and a thin second light from the other side."""
    px = surface.scale
    high = plateau(0.8 * surface.dome_px, 17) + 0.32 * surface.whole_px + plateau(0.8 * surface.bump_px, 9)
    high -= 1.5 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 2.0 * px)
    nx, ny, _ = slopes(high, px)
    light = surface.light
    other = np.float32([-0.8 * np.sign(light[0]), 0.35, 0.45])
    body = daylight(light, 0.55, 0.62, wrap=0.4)
    gloss = 0.9 * window(light, 0.30, 0.20, 0.07) + 0.35 * glint(light, 60) + 0.06 * glint(light, 8)
    gloss += 0.30 * window(other / np.linalg.norm(other), 0.14, 0.5, 0.15) + 0.12 * rim(3.0)
    return Layer(
        rgb_01=lit(surface.dressed_01, nx, ny, body, gloss, hollows(high, px, 6, 1.0)), alpha_01=surface.coverage_01
    )


MATERIAL = Material(
    name="plastic",
    words=("made of plastic", "plastic", "glossy plastic", "a plastic toy", "shiny plastic"),
    render=render,
)
