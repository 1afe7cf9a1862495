"""Foil balloons: every part blown up tight, with puckered seams and mirror-bright highlights.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    borders,
    daylight,
    glint,
    hollows,
    lit,
    noise,
    rim,
    slopes,
    smoothstep,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Bulging parts; folds run in from the seams; a window with bars is mirrored, light shines through the far side."""
    px, light = surface.scale, surface.light
    folds = _folds(surface, rng)
    high = 0.95 * surface.dome_px + 0.9 * surface.bump_px
    high -= 2.0 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 1.8 * px) + 1.8 * folds
    nx, ny, _ = slopes(high, px, 0.72)
    far = np.float32([-light[0], -light[1], 0.55])
    far = far / np.linalg.norm(far)
    through = 0.30 * smoothstep(0.35, 1.0, _toward(far))
    body = daylight(light, 0.44, 0.62, wrap=0.35) + through[..., None]
    gloss = 1.1 * window(light, 0.27, 0.32, 0.04, bars=0.05) + 0.30 * glint(light, 14) + 0.20 * rim(2.2)
    gloss += 0.35 * window(far, 0.10, 0.55, 0.12)
    shade = hollows(high, px, 9, 0.8)
    return Layer(
        rgb_01=lit(surface.dressed_01, nx, ny, body, gloss, shade), alpha_01=surface.coverage_01, shadow_01=0.5
    )


def _toward(direction: np.ndarray) -> np.ndarray:
    from sprint_live.train.data.materials._shading import sphere

    x, y, z = sphere()
    return x * direction[0] + y * direction[1] + z * direction[2]


def _folds(surface: Surface, rng: np.random.Generator) -> np.ndarray:
    """(H, W): puckers that start at the seams, run inwards and fade."""
    px = surface.scale
    field = noise(surface.side, 9, rng)
    _, nearest = cv2.distanceTransformWithLabels(
        (~borders(surface.filled)).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    at = np.zeros(int(nearest.max()) + 1, np.float32)
    seams = borders(surface.filled)
    at[nearest[seams]] = field[seams]
    folds = cv2.GaussianBlur(at[nearest], (0, 0), 1.6 * px)
    return folds * smoothstep(16, 2, surface.edge_px) * smoothstep(0, 2.5, surface.edge_px)


MATERIAL = Material(
    name="balloon",
    words=("as a balloon", "balloon", "inflated balloon", "foil balloon", "inflatable"),
    render=render,
)
