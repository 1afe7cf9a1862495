"""A zoo entry like the released ones, a hundred times narrower: the same classes and code path in a second."""

from __future__ import annotations

from sprint_live.bench.gpu.small import AUTOENCODER, small_released

__all__ = ["AUTOENCODER", "small_released"]
