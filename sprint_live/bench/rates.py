"""The machine's best rates: matrix products, convolutions, memory copies. They are measured in the run that uses them.

Knows: the device.  Must not know: models.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any

import torch
import torch.nn.functional as F

from sprint_live.bench.clock import timed

WARM_UP, RUNS = 3, 10


@dataclass(frozen=True, kw_only=True)
class Rates:
    """gemm_gflop_s, conv_gflop_s: by the name of the number format. copy_gb_s: read and written, counted both."""

    gemm_gflop_s: dict[str, float]
    conv_gflop_s: dict[str, float]
    copy_gb_s: float

    def as_json(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


def measure_rates(device: torch.device, dtypes: Collection[torch.dtype]) -> Rates:
    """The best of ten tries each: square matrices, a 3x3 convolution in the faster of two memory layouts, a copy."""
    big = device.type == "cuda"
    side = 8192 if big else 1024
    channels, image_px = (512, 256) if big else (128, 64)
    gemm, conv = {}, {}
    with torch.inference_mode():
        for dtype in set(dtypes):
            name = str(dtype).removeprefix("torch.")
            left, right = (torch.randn(side, side, device=device, dtype=dtype) for _ in range(2))
            gemm[name] = round(2 * side**3 / _best_s(functools.partial(torch.mm, left, right), device) / 1e9, 2)
            image = torch.randn(1, channels, image_px, image_px, device=device, dtype=dtype)
            weight = torch.randn(channels, channels, 3, 3, device=device, dtype=dtype)
            best_s = min(
                _best_s(
                    functools.partial(
                        F.conv2d, image.to(memory_format=layout), weight.to(memory_format=layout), padding=1
                    ),
                    device,
                )
                for layout in (torch.contiguous_format, torch.channels_last)
            )
            conv[name] = round(2 * 9 * channels**2 * image_px**2 / best_s / 1e9, 2)
        block = torch.empty((1 << 30) if big else (64 << 20), device=device, dtype=torch.uint8)
        target = torch.empty_like(block)
        copy_s = _best_s(functools.partial(target.copy_, block), device)
    return Rates(gemm_gflop_s=gemm, conv_gflop_s=conv, copy_gb_s=round(2 * block.numel() / copy_s / 1e9, 2))


def _best_s(call: Callable[[], Any], device: torch.device) -> float:
    for _ in range(WARM_UP):
        call()
    elapsed = [timed(call, device)[1] for _ in range(RUNS)]
    return min(one.wall_ms if one.device_ms is None else one.device_ms for one in elapsed) / 1e3
