"""Ink wash: gray washes and a living brush line on rice paper, without colors.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, grid, luma, mix, noise, smoothstep, strands
from sprint_live.train.data.materials._surface import Layer, Material, Surface

_INK = np.float32([0.10, 0.105, 0.125])


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: warm rice paper with long fibers."""
    turn = noise(side, 60, rng) * 2.5
    fiber = strands(np.cos(turn), np.sin(turn), 30, rng, cell_px=1.6)
    return backdrop_of((0.935, 0.895, 0.815), 0.016 * fiber + 0.018 * noise(side, 150, rng, octaves=2))


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Wet washes as dark as the parts are, fading from one side, and lines that swell, thin out and run dry."""
    side, px = surface.side, surface.scale
    x, y = grid(side)
    drift = [noise(side, 26, rng, octaves=2) * 2.5 * px for _ in range(2)]
    warp = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    x, y = x + side / 2 + drift[0], y + side / 2 + drift[1]
    tone = cv2.remap(np.dstack([surface.base_01, surface.silhouette_01]), x, y, **warp)
    edge = cv2.remap(surface.edge_px, x, y, **warp)
    density = mix(1.75, 0.04, smoothstep(0.0, 0.95, luma(tone[..., :3])))
    pool = noise(side, 80, rng, octaves=3)
    fade = smoothstep(2, 34, edge)
    density = density * (0.85 + 0.30 * pool - 0.42 * fade + 0.30 * smoothstep(6, 1.5, edge))
    density = np.clip(density, 0.0, 3) * smoothstep(-0.5, 1.5, edge) + 0.03
    wash = tone[..., 3] * (1 - np.exp(-1.15 * density))
    swell = noise(side, 60, rng, octaves=2)
    wide = cv2.GaussianBlur(surface.ink_01, (0, 0), 2.0 * px) * 1.5
    dry = strands(*_along(wide), 10, rng, cell_px=1.8)
    brush = smoothstep(0.36, 0.62, wide + 0.22 * np.clip(swell, -1.2, 1.2) + 0.05)
    brush = brush * (1 - 0.75 * smoothstep(0.5, 1.3, dry) * smoothstep(0.3, 1.2, -swell))
    bleed = 0.30 * smoothstep(0.05, 0.7, cv2.GaussianBlur(surface.ink_01, (0, 0), 6 * px) * (1.2 + 0.5 * pool))
    dark = np.clip(1 - (1 - wash) * (1 - 0.93 * brush) * (1 - bleed), 0, 1)
    rgb = mix(surface.behind_01, surface.behind_01 * _INK, dark)
    alpha = np.maximum(np.maximum(tone[..., 3], surface.silhouette_01), smoothstep(0.005, 0.1, bleed))
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=None)


def _along(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors (H, W) along soft lines."""
    across_x, across_y = cv2.Sobel(lines, cv2.CV_32F, 1, 0), cv2.Sobel(lines, cv2.CV_32F, 0, 1)
    length = np.sqrt(across_x**2 + across_y**2) + 1e-4
    return -across_y / length, across_x / length


MATERIAL = Material(
    name="ink_wash",
    words=("as an ink wash painting", "ink wash", "sumi-e", "brush and black ink", "monochrome ink painting"),
    render=render,
    backdrop=backdrop,
    casts_shadow=False,
    tints=False,
)
