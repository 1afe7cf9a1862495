"""One drawing that is asked for, as a value: what `Engine.draw` takes, and what may be drawn together.

Knows: the arguments of a drawing.  Must not know: torch, models, who asks.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from PIL import Image


class Pin(Protocol):
    """What of an earlier picture stays as it was."""

    def blend(self, clean_BCYX: Any) -> Any:  # tensors; this file costs no torch
        """The clean latents (B, C, Y, X) at unit scale with the pinned part put back."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DrawJob:
    """The arguments of one `Engine.draw`, under its names, with its defaults; nothing is checked before it is drawn."""

    sketch: Image.Image | np.ndarray
    prompt: str
    seed: int = 0
    steps: int = 1
    guidance: float = 4.5
    control_strength: float = 1.0
    control_start: float = 0.0
    control_end: float = 1.0
    size: int | tuple[int, int] = 1024
    painting: Image.Image | np.ndarray | None = None
    strength: float = 0.6
    preview: bool = False
    pin: Pin | None = None
    client: str = ""

    @property
    def batch_key(self) -> Hashable:
        """Jobs with equal keys can go through the model as one batch.

        Equal are the picture's shape, the angles the sampler passes, the guidance and the decoder. The drawing, the prompt,
        the seed, the control strength and the pin are each job's own.
        """
        height_width = self.size if isinstance(self.size, tuple) else (self.size, self.size)
        start = None if self.painting is None else self.strength
        return (height_width, self.steps, self.guidance, self.control_start, self.control_end, start, self.preview)
