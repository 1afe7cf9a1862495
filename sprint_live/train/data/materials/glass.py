"""Colored glass: it bends and tints what is behind it, with bright edges and hard highlights.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    diffuse,
    glint,
    grid,
    look_up,
    luma,
    mix,
    plateau,
    rim,
    slopes,
    smoothstep,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def bent(behind_01: np.ndarray, nx: np.ndarray, ny: np.ndarray, shift_px: float) -> np.ndarray:
    """(H, W, 3): what is behind, seen through a surface with these normals."""
    side = len(behind_01)
    x, y = grid(side)
    step = np.float32(-shift_px * side / 512)
    return cv2.remap(
        behind_01.astype(np.float32),
        x + side / 2 + step * nx,
        y + side / 2 + step * ny,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )


def stain(rgb_01: np.ndarray) -> np.ndarray:
    """(H, W, 3): what colored glass lets through: purer than the color, and never black."""
    gray = luma(rgb_01)[..., None]
    pure = np.clip(gray + (rgb_01 - gray) * 1.35, 0, 1)
    return 0.13 + 0.87 * pure


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Thick panes with round edges: clear and light in the middle, deep color along the edges, light gathered below."""
    px, light = surface.scale, surface.light
    high = plateau(0.75 * surface.dome_px, 26) + 0.26 * surface.whole_px + plateau(0.8 * surface.bump_px, 11)
    high = cv2.GaussianBlur(high + 1.2 * surface.lines_01, (0, 0), 2.0 * px)
    nx, ny, _nz = slopes(high, px)
    color = stain(surface.base_01)
    depth = mix(0.55, 1.0, smoothstep(24, 2, surface.edge_px))
    seen = bent(surface.behind_01, nx, ny, 26) * mix(np.float32(1), color, depth)
    seen = seen * (1 - 0.75 * surface.lines_01[..., None])
    far = np.float32([-light[0], -light[1], light[2]])
    gathered = 0.45 * diffuse(far, 0.0) ** 6 * (1 - sphere_flat())
    inner = look_up(np.dstack([gathered, 0.55 * rim(2.2)]), nx, ny)
    seen = seen + inner[..., :1] * (0.35 + 0.65 * color) - 0.30 * inner[..., 1:] * (1.1 - color)
    gloss = (
        1.0 * window(light, 0.20, 0.34, 0.07)
        + 0.6 * glint(light, 120)
        + 0.3 * window(far / np.linalg.norm(far), 0.5, 0.10, 0.1)
    )
    seen = seen + look_up(gloss[..., None] + 0.0, nx, ny).reshape(*nx.shape, 1)
    border = smoothstep(3.2, 0.8, surface.edge_px) * smoothstep(0.2, 0.8, surface.silhouette_01)
    seen = mix(seen, 0.35 + 0.65 * color, 0.55 * border)
    return Layer(
        rgb_01=np.clip(seen, 0, 1), alpha_01=surface.coverage_01, shadow_01=0.55, shadow_tint_01=0.25 + 0.45 * color
    )


def sphere_flat() -> np.ndarray:
    """(T, T) in [0, 1]: 1 where the surface faces the viewer."""
    return smoothstep(0.35, 0.05, rim(0.5))


MATERIAL = Material(
    name="glass",
    words=("made of glass", "glass", "colored glass", "transparent glass", "crystal glass"),
    render=render,
)
