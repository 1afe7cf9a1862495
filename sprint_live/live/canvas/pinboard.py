"""A person's pin, and the latents of the last pictures, from which a pin is made.

Knows: pins and picture sizes.  Must not know: the wire, sockets, engines.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sprint_live.api.pin import Pin
from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError

__all__ = ["HeldPin", "Pinboard"]

KEEP_LATENTS = 3  # one on show and two on their way; 16 KB each with sprint-tiny, 64 KB with the released models


@dataclass(frozen=True, slots=True)
class HeldPin:
    """The bytes of a pin and the picture size, in pixels, at which it counts."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Shown:
    width: int
    height: int
    latent_CYX: np.ndarray


@dataclass(slots=True)
class Pinboard:
    """The pin of one drawing."""

    held: HeldPin | None = None
    _shown: dict[int, _Shown] = field(default_factory=dict[int, _Shown])

    def remember(self, frame_seq: int, width: int, height: int, latent_CYX: np.ndarray) -> None:
        """Remember a picture that was sent: a part of it may be pinned."""
        self._shown[frame_seq] = _Shown(width, height, latent_CYX)
        for old in sorted(self._shown)[:-KEEP_LATENTS]:
            del self._shown[old]

    def pin(self, frame_seq: int, polygon_01: np.ndarray) -> HeldPin:
        """Pin the part of the picture within a polygon (N, 2), in shares of the picture.

        Earlier pins of the same size stay.
        Raises: ArgumentError if the picture is no longer remembered, or the polygon contains nothing of it.
        """
        shown = self._shown.get(frame_seq)
        if shown is None:
            raise ArgumentError(coded("pin.frame_gone"))
        pin = Pin.around(polygon_01, shown.latent_CYX)
        before = self.data_for(shown.width, shown.height)
        if before:
            pin = Pin.from_bytes(before).joined(pin)
        self.held = HeldPin(shown.width, shown.height, pin.to_bytes())
        return self.held

    def data_for(self, width: int, height: int) -> bytes:
        """The pin for pictures of this size; b"" for none. A pin of another size waits until that size comes back."""
        return (
            self.held.data if self.held is not None and (self.held.width, self.held.height) == (width, height) else b""
        )

    def forget_pictures(self) -> None:
        """The person has left; the pin stays."""
        self._shown.clear()
