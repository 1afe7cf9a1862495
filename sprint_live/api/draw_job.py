"""One drawing request as a value: the arguments of `Engine.draw`, and which requests may be drawn together.

Knows: the arguments of a drawing.  Must not know: torch, models, the caller.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from PIL import Image

from sprint_live.api.draw_settings import DrawSettings

__all__ = ["DrawJob", "Pin"]


class Pin(Protocol):
    """What of an earlier picture stays as it was."""

    def blend(self, clean_BCYX: Any) -> Any:  # tensors; this file costs no torch
        """The clean latents (B, C, Y, X) at unit scale with the pinned part put back."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DrawJob:
    """The arguments of one `Engine.draw`, by the same names.

    The settings are checked here, the rest when it is drawn.
    colors: (H, W, 4) uint8, RGBA with premultiplied alpha, of the sketch's shape: the paint beside its lines.
    """

    sketch: Image.Image | np.ndarray
    prompt: str
    settings: DrawSettings = field(default_factory=DrawSettings)
    size: int | tuple[int, int] = 1024
    painting: Image.Image | np.ndarray | None = None
    colors: np.ndarray | None = None
    preview: bool = False
    pin: Pin | None = None
    client: str = ""

    @property
    def height_width(self) -> tuple[int, int]:
        """The picture in pixels."""
        return self.size if isinstance(self.size, tuple) else (self.size, self.size)

    @property
    def batch_key(self) -> Hashable:
        """Jobs with equal keys can go through the model as one batch, see `DrawSettings.batch_key`."""
        return self.settings.batch_key(self.height_width, painted=self.painting is not None, preview=self.preview)
