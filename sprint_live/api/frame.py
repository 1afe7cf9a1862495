"""A finished picture and what it took to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One drawn picture.

    pixels_u8: (H, W, 3) RGB. jpeg: the same picture, quality 80, 4:2:0. timings_ms: by stage, and "total"; of the whole
    batch. controlled: False if the drawing had no line (or the strength was 0), so that only the prompt counted.
    latent_CYX: the clean latent at unit scale from which it was decoded, (C, Y, X) float16, for pins; None if the
    engine gives none. preview: True if a small decoder replaced the full one.
    """

    pixels_u8: np.ndarray
    jpeg: bytes
    timings_ms: Mapping[str, float]
    controlled: bool = True
    latent_CYX: np.ndarray | None = None
    preview: bool = False

    @property
    def image(self) -> Image.Image:
        """The picture as PIL RGB."""
        return Image.fromarray(self.pixels_u8)
