"""Wax crayon on paper: waxy strokes to and fro, with the paper's grain showing through.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, mix, noise, smoothstep, turned
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: cream drawing paper with a fine grain."""
    return backdrop_of((0.985, 0.975, 0.95), 0.012 * noise(side, 2.5, rng, octaves=2))


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Slanted strokes that do not quite reach the outline everywhere, and a heavy dark crayon on the lines."""
    side, px = surface.side, surface.scale
    tooth = noise(side, 3.0, rng, octaves=2)
    angle = float(rng.uniform(25, 60)) * (1 if rng.random() < 0.5 else -1)
    strokes = turned(noise(side, 8, rng, octaves=2, aspect=16), angle)
    wobble = noise(side, 12, rng, octaves=2)
    inside = smoothstep(-1.5, 2.0, surface.edge_px - 1.8 + 1.7 * wobble + 1.1 * strokes)
    wax = smoothstep(-1.15, 0.25, tooth + 0.85 * strokes + 1.15 * smoothstep(0, 1, inside)) * inside
    rim = smoothstep(9, 3, surface.edge_px) * surface.silhouette_01
    wax = np.maximum(wax, rim * smoothstep(-0.9, 0.5, tooth + 0.3) * inside * 0.95)
    paper = surface.behind_01
    body = surface.base_01 * (1 + 0.06 * strokes + 0.05 * tooth)[..., None]
    body = mix(body, body * paper, 0.35)
    rgb = mix(paper, np.clip(body, 0, 1), 0.94 * wax)
    heavy = cv2.GaussianBlur(surface.ink_01, (0, 0), 0.9 * px) * 1.25 + 0.16 * wobble * (surface.ink_01 > 0.05)
    line = smoothstep(0.25, 0.6, heavy + 0.14 * tooth) * smoothstep(-1.7, -0.5, tooth)
    dark = mix(surface.base_01 * 0.34, np.float32([0.14, 0.12, 0.15]), 0.6)
    rgb = mix(rgb, dark, 0.92 * line)
    alpha = np.maximum(surface.silhouette_01, smoothstep(0.02, 0.2, heavy))
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=None)


MATERIAL = Material(
    name="crayon",
    words=("as a crayon drawing", "crayon", "wax crayon", "drawn with crayons", "colored with crayons"),
    render=render,
    backdrop=backdrop,
    casts_shadow=False,
)
