"""Watercolor on cold-pressed paper: washes with dark edges, blooms and grain, under a thin pen line.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, grid, mix, noise, smoothstep
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: white rough paper, lit from the side."""
    tooth = noise(side, 4, rng, octaves=2)
    relief = cv2.Sobel(tooth, cv2.CV_32F, 1, 0, scale=0.125) + cv2.Sobel(tooth, cv2.CV_32F, 0, 1, scale=0.125)
    return backdrop_of((0.975, 0.965, 0.94), 0.022 * relief + 0.006 * noise(side, 90, rng))


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Pigment that pools along its edges and thins out inside; the paper shines through."""
    side, px = surface.side, surface.scale
    x, y = grid(side)
    drift = [noise(side, 22, rng, octaves=2) * 2.2 * px for _ in range(2)]
    x, y = x + side / 2 + drift[0], y + side / 2 + drift[1]
    warp = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    painted = cv2.remap(np.dstack([surface.base_01, surface.silhouette_01]), x, y, **warp)
    edge = cv2.remap(surface.edge_px, x, y, **warp)
    pool = noise(side, 90, rng, octaves=3)
    bloom = smoothstep(0.55, 0.75, noise(side, 120, rng, octaves=3)) * smoothstep(
        1.05, 0.75, noise(side, 110, rng, octaves=2)
    )
    grain = noise(side, 3, rng, octaves=2)
    amount = (
        0.80
        + 0.20 * pool
        + 0.42 * smoothstep(5.5, 1.2, edge) * smoothstep(0.0, 1.5, edge)
        - 0.16 * smoothstep(4, 22, edge)
    )
    amount = (amount - 0.16 * bloom) * (1 + 0.07 * grain)
    dry = smoothstep(-0.3, 0.9, edge + 0.3 * grain)
    pigment = np.clip(painted[..., :3], 0.03, 0.97) ** np.clip(amount, 0.35, 1.5)[..., None]
    paper = surface.behind_01
    rgb = paper * mix(np.float32(1), pigment, dry)
    pen = smoothstep(0.35, 0.95, surface.ink_01) * (0.55 + 0.18 * np.clip(noise(side, 14, rng), -1.5, 1.5))
    rgb = mix(rgb, np.float32([0.22, 0.19, 0.22]), pen)
    alpha = np.maximum(painted[..., 3], smoothstep(0.2, 0.5, surface.ink_01))
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=None)


MATERIAL = Material(
    name="watercolor",
    words=("as a watercolor", "watercolor", "watercolor painting", "aquarelle", "painted with watercolors"),
    render=render,
    backdrop=backdrop,
    casts_shadow=False,
)
