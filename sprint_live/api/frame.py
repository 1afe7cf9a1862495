"""A finished picture and what it took to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass(frozen=True, kw_only=True)
class Frame:
    """pixels_u8: (H, W, 3) RGB. jpeg: the same, quality 80, 4:2:0. timings_ms: by stage, and "total";
    of its whole batch.

    controlled: False where the drawing held no line (or the strength was 0), so that only the prompt spoke. latent_CYX:
    the clean latent at unit scale it was decoded from, (C, Y, X) float16, to pin parts of it; None from an engine
    without one. preview: True where a small decoder stood in for the full one.
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
