"""Neon tubes along the lines, before a dark brick wall.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, grid, mix, noise, smoothstep
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: dark bricks, lighter in the middle."""
    x, y = (v * np.float32(512 / side) + 256 for v in grid(side))
    row = np.floor(y / 26)
    x, y = x + 29 * (row % 2), y - 26 * row
    x = x % 58
    brick = smoothstep(0, 3.5, np.minimum(np.minimum(x, 58 - x), np.minimum(y, 26 - y)))
    rough = noise(side, 7, rng, octaves=3)
    fade = noise(side, 200, rng)
    return backdrop_of((0.095, 0.085, 0.125), (0.55 * brick - 0.4) + 0.10 * rough * brick + 0.1 * fade)


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """A white-hot core in a colored tube, a halo, and a breath of its color inside the areas."""
    px = surface.scale
    color = surface.spread(_gas(surface.colors_01), 2)
    wide = cv2.GaussianBlur(surface.ink_01, (0, 0), 1.6 * px) * (2.0 if surface.stroke_px < 1.7 else 1.5)
    tube = smoothstep(0.30, 0.75, wide)
    core = smoothstep(0.75, 1.15, wide)
    lit = color * tube[..., None]
    halo = 1.15 * cv2.GaussianBlur(lit, (0, 0), 3.5 * px)
    few = cv2.resize(lit, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    far = 1.5 * cv2.GaussianBlur(few, (0, 0), 2.6 * px) + 2.0 * cv2.GaussianBlur(few, (0, 0), 9 * px)
    halo += 0.55 * cv2.resize(far, (surface.side, surface.side), interpolation=cv2.INTER_LINEAR)
    halo += 0.20 * color * surface.silhouette_01[..., None]
    rgb = mix(0.25 + 0.75 * color, np.float32([1, 1, 1]), 0.75 * core)
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=tube, glow_01=np.clip(0.85 * halo, 0, 1), shadow_01=None)


def _gas(colors_01: np.ndarray) -> np.ndarray:
    """(K + 1, 3): the colors as light: bright and pure; black shines in a dim violet, gray and white in white."""
    most, least = colors_01.max(1, keepdims=True), colors_01.min(1, keepdims=True)
    pure = (colors_01 - least) / np.maximum(most - least, 1e-3)
    vivid = np.clip((most - least) / np.maximum(most, 1e-3) * 1.6, 0, 1)
    light = mix(np.float32([0.92, 0.95, 1.0]), 0.06 + 0.94 * pure, vivid)
    dark = (most < 0.25) & (most - least < 0.12)
    return np.where(dark, np.float32([0.30, 0.26, 0.48]), light * mix(0.62, 1.0, smoothstep(0.3, 0.75, most))).astype(
        np.float32
    )


MATERIAL = Material(
    name="neon",
    words=("made of neon", "neon", "neon sign", "neon tubes", "glowing neon"),
    render=render,
    backdrop=backdrop,
    casts_shadow=False,
    glow=True,
)
