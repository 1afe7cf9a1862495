"""Chalk on a blackboard: dusty outlines and slanted strokes of colored chalk.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, mix, noise, smoothstep, turned
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: a dark slate with wiped smears of old chalk."""
    smear = turned(noise(side, 40, rng, octaves=3, aspect=5), float(rng.uniform(-30, 30)))
    dust = noise(side, 2.2, rng)
    slate = np.float32([0.135, 0.175, 0.165]) + 0.022 * np.clip(smear + 0.6, 0, 2)[..., None]
    return backdrop_of((1.0, 1.0, 1.0), 0.0 * dust) * np.clip(slate + 0.010 * dust[..., None], 0, 1)


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """The board's grain breaks up every stroke; fills are thinner than outlines and leave the board between."""
    side, px = surface.side, surface.scale
    tooth = noise(side, 2.4, rng, octaves=2)
    strokes = turned(noise(side, 10, rng, octaves=2, aspect=18), float(rng.uniform(30, 55)))
    wobble = noise(side, 14, rng)
    inside = smoothstep(0, 3, surface.edge_px - 2 + 1.2 * wobble)
    fill = smoothstep(-0.9, 1.1, tooth + 0.75 * strokes + 0.75) * inside * 0.74 + 0.20 * inside
    wide = cv2.GaussianBlur(surface.ink_01, (0, 0), 1.8 * px) * 1.6
    line = smoothstep(0.28, 0.62, wide + 0.10 * tooth) * smoothstep(-1.6, 0.0, tooth)
    dust = 0.10 * cv2.GaussianBlur(np.maximum(line, 0.6 * fill), (0, 0), 5 * px)
    chalk = _chalk(surface)
    board = surface.behind_01
    rgb = mix(board, chalk, np.clip(fill + dust, 0, 1))
    rgb = mix(rgb, mix(np.float32([0.96, 0.95, 0.92]), chalk, 0.25), 0.92 * line)
    alpha = np.maximum(surface.silhouette_01, smoothstep(0.0, 0.03, np.maximum(line, dust)))
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=None)


def _chalk(surface: Surface) -> np.ndarray:
    """(H, W, 3): the parts' colors as chalk is: paler; black stays darker than the board."""
    color = surface.base_01
    dark = smoothstep(0.30, 0.14, color.max(2))
    return mix(0.84 * color + 0.14, np.float32([0.05, 0.055, 0.06]), dark)


MATERIAL = Material(
    name="chalk",
    words=("as a chalk drawing", "chalk", "chalk on a blackboard", "colored chalk", "chalkboard drawing"),
    render=render,
    backdrop=backdrop,
    casts_shadow=False,
)
