"""A page of a children's book: one flat color per area, one soft shade, crisp ink.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import mix, slopes, smoothstep
from sprint_live.train.data.materials._surface import INK_RGB, Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Flat color, a second tone away from the light, a lighter band toward it, dark lines on top."""
    px = surface.scale
    high = cv2.GaussianBlur(0.46 * surface.dome_px, (0, 0), 4 * px)
    high += cv2.GaussianBlur(0.5 * surface.bump_px, (0, 0), 1.5 * px)
    nx, ny, nz = slopes(high, px)
    facing = nx * surface.light[0] + ny * surface.light[1] + nz * surface.light[2]
    level = surface.light[2]
    shade = smoothstep(level - 0.20, level - 0.32, facing)
    shine = smoothstep(level + 0.16, level + 0.24, facing)
    rgb = surface.base_01 * mix(np.float32([1, 1, 1]), np.float32([0.80, 0.76, 0.86]), 0.85 * shade)
    rgb = mix(rgb, np.float32([1.0, 0.99, 0.95]), 0.20 * shine * (1 - shade))
    near = cv2.GaussianBlur(surface.ink_01, (0, 0), 3.5 * px)
    rgb = rgb * (1 - 0.12 * near[..., None])
    ink = np.clip((surface.ink_01 - 0.5) * 1.15 + 0.5, 0, 1)
    alpha = np.maximum(surface.silhouette_01, ink)
    return Layer(rgb_01=np.clip(mix(rgb, INK_RGB, ink), 0, 1), alpha_01=alpha, shadow_01=None)


MATERIAL = Material(
    name="comic",
    words=("as a comic", "comic", "cartoon", "children's book illustration", "cel shaded"),
    render=render,
    casts_shadow=False,
)
