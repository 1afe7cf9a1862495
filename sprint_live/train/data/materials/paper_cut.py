"""Cut paper: flat sheets on top of each other, each throwing a shadow on those below.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import mix, noise, smoothstep
from sprint_live.train.data.materials._surface import INK_RGB, Layer, Material, Surface

_REACH_PX = 11.0  # how far the shadow of a sheet falls


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Matte colored paper with fine fibers, a pale cut edge toward the light, a soft shadow on the other side."""
    side, px = surface.side, surface.scale
    away = -surface.light[:2] / max(float(np.hypot(*surface.light[:2])), 1e-3)
    ranks = np.maximum(surface.filled, 0).astype(np.float32)
    shadow = np.zeros_like(ranks)
    steps = 5
    for step in range(1, steps + 1):
        over = _shifted(ranks, away * _REACH_PX * step / steps * px)
        shadow += (over > ranks) * np.float32(1.25 - 0.9 * step / steps)
    shadow = cv2.GaussianBlur(shadow / steps, (0, 0), 2.4 * px) * (surface.filled > 0)
    around = cv2.GaussianBlur(ranks, (0, 0), 5 * px) - ranks
    shadow = shadow + 0.16 * np.clip(around, 0, 1) * (surface.filled > 0)
    fiber = noise(side, 2.5, rng) * 0.5 + noise(side, 7, rng, octaves=2)
    relief = cv2.Sobel(fiber, cv2.CV_32F, 1, 0, scale=0.125) + cv2.Sobel(fiber, cv2.CV_32F, 0, 1, scale=0.125)
    tone = 1 + 0.035 * relief + 0.02 * noise(side, 130, rng)
    rgb = surface.base_01 * 0.97 * tone[..., None]
    edge = (ranks > _shifted(ranks, away * 2.2 * px)).astype(np.float32)
    edge = cv2.GaussianBlur(edge, (0, 0), 0.6 * px) * smoothstep(3.5, 1.5, surface.edge_px)
    rgb = mix(rgb, 0.35 * rgb + 0.65, 0.9 * edge)
    rgb = rgb * mix(np.float32([1, 1, 1]), np.float32([0.40, 0.38, 0.46]), np.clip(shadow, 0, 1) * 0.95)
    rgb = mix(rgb, INK_RGB * 1.6, 0.85 * surface.lines_01)
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=surface.coverage_01, shadow_01=0.55)


def _shifted(picture: np.ndarray, by_px: np.ndarray) -> np.ndarray:
    """The picture moved by (x, y) whole pixels."""
    moved = np.float32([[1, 0, round(float(by_px[0]))], [0, 1, round(float(by_px[1]))]])
    return cv2.warpAffine(picture, moved, picture.shape[::-1], flags=cv2.INTER_NEAREST)


MATERIAL = Material(
    name="paper_cut",
    words=("as paper cut art", "cut paper", "paper cutout", "layered paper", "papercraft"),
    render=render,
)
