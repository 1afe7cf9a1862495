"""Paint on the page wins over the material: a roof that is filled with blue is blue gold.

Gold, silver, ice and ink have a color of their own and show none of the parts'. A part whose color is on the control
page keeps it in every material: its median color moves to the paint's, its light, grain and highlights stay.

Knows: surfaces, CIELAB.  Must not know: the materials, kinds, hands, captions.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from controlnet.maps._kept_colors import toward
from sprint_live.train.data.materials._shading import disk
from sprint_live.train.data.materials._surface import Surface

_LEAST_PX = 12


def keep_paint(picture_01: np.ndarray, surface: Surface, painted: Iterable[int]) -> np.ndarray:
    """(H, W, 3) float32 sRGB in [0, 1]: the picture with the parts `painted` in their colors, lines as they are."""
    lab = cv2.cvtColor(picture_01.astype(np.float32), cv2.COLOR_RGB2Lab)
    wanted = cv2.cvtColor(surface.colors_01[None], cv2.COLOR_RGB2Lab)[0]
    near_ink = cv2.dilate((surface.ink_01 > 0.3).astype(np.uint8), disk(2 * surface.scale)) > 0
    moved = False
    for part in painted:
        whole = surface.filled == part
        inner = whole & ~near_ink
        if inner.sum() < _LEAST_PX:
            inner = whole
        if not inner.any():
            continue
        move = toward(np.median(lab[inner], axis=0), wanted[part])
        if not move.any():
            continue
        moved = True
        share = cv2.GaussianBlur(whole.astype(np.float32), (0, 0), 0.8 * surface.scale)
        lab += (share * (1 - 0.8 * surface.ink_01))[..., None] * move
    if not moved:
        return picture_01
    lab[..., 0] = lab[..., 0].clip(0, 100)
    return cv2.cvtColor(lab, cv2.COLOR_Lab2RGB).clip(0, 1)
