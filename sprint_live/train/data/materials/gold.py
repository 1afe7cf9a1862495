"""Polished gold: the whole color comes from a mirrored studio.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    glint,
    hollows,
    look_up,
    luma,
    mix,
    noise,
    plateau,
    reflected,
    slopes,
    smoothstep,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def studio(light: np.ndarray) -> np.ndarray:
    """(T, T) in [0, 1.6]: what a mirror shows: a bright ceiling, a dark horizon, a dim floor, two softboxes."""
    x, y, z = reflected()
    ceiling = 0.40 + 0.55 * smoothstep(0.1, -0.7, y)
    floor = 0.34 + 0.26 * smoothstep(0.25, 0.95, y)
    seen = mix(ceiling, floor, smoothstep(-0.05, 0.12, y + 0.12 * x))
    seen = seen * (1 - 0.72 * np.exp(-(((y + 0.12 * x - 0.14) / 0.17) ** 2)))
    seen = seen + 0.12 * smoothstep(0.3, 0.95, z)
    other = np.float32([-0.85 * np.sign(light[0]), 0.15, 0.5])
    seen = seen + 0.9 * window(light, 0.42, 0.30, 0.12)
    return seen + 0.5 * window(other / np.linalg.norm(other), 0.12, 0.6, 0.12)


def metal(
    surface: Surface, dark: np.ndarray, middle: np.ndarray, bright: np.ndarray, rng: np.random.Generator
) -> Layer:
    """Cast and polished metal with three colors (3,) of its mirror; parts of dark color are duller."""
    px = surface.scale
    high = plateau(0.62 * surface.dome_px, 52) + 0.30 * surface.whole_px + plateau(0.8 * surface.bump_px, 12)
    high += surface.lines_01 * (surface.stroke_px * (1 - 2.0 * surface.silhouette_01))
    high = cv2.GaussianBlur(high + 0.9 * noise(surface.side, 60, rng), (0, 0), 2.0 * px)
    nx, ny, _ = slopes(high, px, 0.9)
    seen = studio(surface.light)[..., None]
    table = mix(mix(dark, middle, np.clip(seen / 0.55, 0, 1)), bright, np.clip((seen - 0.55) / 0.6, 0, 1))
    table = table + 0.55 * glint(surface.light, 90)[..., None]
    tone = mix(0.62, 1.04, smoothstep(0.08, 0.55, luma(surface.base_01)))
    tone = tone * hollows(high, px, 6, 1.1) * (1 - 0.45 * surface.lines_01 * surface.silhouette_01)
    rgb = look_up(table, nx, ny) * tone[..., None]
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=surface.coverage_01, shadow_01=0.55)


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Warm dark browns through rich yellow to nearly white."""
    dark, middle, bright = np.float32([[0.26, 0.12, 0.02], [0.90, 0.63, 0.16], [1.0, 0.93, 0.62]])
    return metal(surface, dark, middle, bright, rng)


MATERIAL = Material(
    name="gold",
    words=("made of gold", "gold", "golden metal", "polished gold", "solid gold"),
    render=render,
    tints=False,
)
