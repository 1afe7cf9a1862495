"""Carved and stained wood: every part its own piece with its own grain.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    daylight,
    glint,
    grid,
    hollows,
    lit,
    mix,
    noise,
    plateau,
    slopes,
    smoothstep,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface

_WOOD = np.float32([0.78, 0.56, 0.34])


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Year rings and pores under a thin stain, a chamfer around every piece, a satin varnish."""
    px = surface.scale
    rings, pores = _grain(surface, rng)
    high = plateau(0.8 * surface.dome_px, 11) + 0.10 * surface.whole_px + plateau(0.8 * surface.bump_px, 7)
    high -= 3.0 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 1.3 * px) + 0.10 * rings - 0.25 * pores
    nx, ny, _ = slopes(high, px)
    color = mix(surface.dressed_01 * (0.80 + 0.20 * _WOOD / _WOOD.max()), _WOOD, 0.13 * (1 - surface.lines_01))
    late = np.clip(0.5 + 0.5 * rings, 0, 1)
    color = color * (1 - late[..., None] * np.float32([0.34, 0.38, 0.40])) * (1 - 0.34 * pores[..., None])
    body = daylight(surface.light, 0.62, 0.75, wrap=0.3)
    gloss = 0.05 * glint(surface.light, 10) + 0.12 * glint(surface.light, 45)
    rgb = lit(np.clip(color * 1.12, 0, 1), nx, ny, body, gloss, hollows(high, px, 5, 1.4))
    return Layer(rgb_01=rgb, alpha_01=surface.coverage_01, shadow_01=0.5)


def _grain(surface: Surface, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(rings in [-1, 1], pores in [0, 1]), both (H, W): along another direction in every part."""
    side, count = surface.side, len(surface.colors_01)
    angle = np.deg2rad(rng.normal(0, 14, count) + 90 * (rng.random(count) < 0.3)).astype(np.float32)
    shift = rng.uniform(-400, 400, count).astype(np.float32)
    cos, sin, shift = (v[surface.grown] for v in (np.cos(angle), np.sin(angle), shift))
    x, y = grid(side)
    unit = np.float32(512 / side)
    along, across = (cos * x + sin * y) * unit, (cos * y - sin * x) * unit
    wide = noise(side, 64, rng, octaves=2, aspect=3)
    turned = cv2.remap(
        wide,
        along / unit + side / 2 + shift / 4,
        across / unit + side / 2,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    depth = across + shift + 9.0 * turned + 0.0009 * (along + shift / 3) ** 2
    phase = depth / np.float32(11.5) + 0.25 * turned
    saw = phase - np.floor(phase)
    rings = 2 * smoothstep(0.15, 0.95, saw) * smoothstep(1.0, 0.93, saw) - 1
    fine = noise(side, 2.2, rng, aspect=22)
    fine = cv2.remap(
        fine, along / unit + side / 2, across / unit + side / 2, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return rings + 0.10 * fine, smoothstep(1.0, 2.0, fine)


MATERIAL = Material(
    name="wood",
    words=("made of wood", "wood", "wooden", "carved wood", "painted wood"),
    render=render,
)
