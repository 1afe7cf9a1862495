"""Stained glass: glowing panes between strips of lead that follow the lines.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    backdrop_of,
    borders,
    daylight,
    glint,
    lit,
    mix,
    noise,
    slopes,
    smoothstep,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: one large pane of pale hammered glass with light behind it."""
    hammered = noise(side, 11, rng, octaves=2)
    relief = cv2.Sobel(hammered, cv2.CV_32F, 0, 1, scale=0.25)
    return backdrop_of((0.80, 0.88, 0.93), 0.05 * relief + 0.035 * noise(side, 130, rng, octaves=2))


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Panes with streaks and bubbles, brightest in the middle; round dull lead with a thin shine, a dark edge to it."""
    side, px = surface.side, surface.scale
    width = max(surface.stroke_px, 1.5) + 1.9
    seams = np.maximum((surface.ink_01 > 0.45).astype(np.uint8), (borders(surface.filled) * np.uint8(1)))
    away = cv2.distanceTransform((seams == 0).astype(np.uint8), cv2.DIST_L2, 5) / np.float32(px)
    into = away - np.float32(width - surface.stroke_px)
    lead = smoothstep(0.6, -0.6, into)
    streak = noise(side, 34, rng, octaves=3, aspect=2.5)
    ripple = noise(side, 12, rng, octaves=2)
    relief = cv2.Sobel(ripple, cv2.CV_32F, 0, 1, scale=0.25)
    color = surface.base_01
    pure = np.clip(color + (color - color.mean(2, keepdims=True)) * 0.30, 0.02, 1)
    pane = pure ** (1.0 - 0.20 * np.clip(streak, -1.5, 1.5))[..., None]
    glow = 1.0 + 0.16 * smoothstep(0, 30, surface.edge_px) + 0.075 * relief
    pane = pane * glow[..., None] + 0.05 * smoothstep(0.4, 1.6, streak)[..., None]
    pane = pane * (1 - 0.45 * np.exp(-np.maximum(into, 0) / 2.6))[..., None]
    high = cv2.GaussianBlur(np.sqrt(np.clip(-into / width + 0.25, 0, 1)) * 3.6, (0, 0), 1.0 * px) + 0.15 * ripple
    nx, ny, _ = slopes(high, px)
    gray = np.broadcast_to(np.float32([0.20, 0.205, 0.225]), color.shape)
    metal = lit(
        gray,
        nx,
        ny,
        daylight(surface.light, 0.5, 0.7),
        0.22 * glint(surface.light, 14) + 0.15 * glint(surface.light, 60),
    )
    rgb = mix(pane, metal, lead)
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=np.maximum(surface.silhouette_01, lead), shadow_01=0.35)


MATERIAL = Material(
    name="stained_glass",
    words=("as stained glass", "stained glass", "a stained glass window", "leaded glass", "church window glass"),
    render=render,
    backdrop=backdrop,
)
