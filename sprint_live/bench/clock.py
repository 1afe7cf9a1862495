"""Timing one call on a device, and the spread of many.

Knows: clocks and device events.  Must not know: what is timed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch


@dataclass(frozen=True, slots=True)
class Elapsed:
    """wall_ms: until the call has returned and the device is idle.
    device_ms: between two events on the device; None on a CPU.
    """

    wall_ms: float
    device_ms: float | None = None


def timed(call: Callable[[], Any], device: torch.device) -> tuple[Any, Elapsed]:
    """What `call` returns, and how long it took. The CUDA half has not been measured yet."""
    if device.type != "cuda":
        begin_s = time.perf_counter()
        value = call()
        return value, Elapsed((time.perf_counter() - begin_s) * 1e3)
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    torch.cuda.synchronize(device)
    begin_s = time.perf_counter()
    begin.record()
    value = call()
    end.record()
    torch.cuda.synchronize(device)
    return value, Elapsed((time.perf_counter() - begin_s) * 1e3, begin.elapsed_time(end))


def spread(values_ms: Iterable[float]) -> dict[str, float]:
    """Median, p95 and extremes of measured milliseconds."""
    values = np.fromiter(values_ms, dtype=np.float64)
    return {
        "median": round(float(np.median(values)), 3),
        "p95": round(float(np.percentile(values, 95)), 3),
        "min": round(float(values.min()), 3),
        "max": round(float(values.max()), 3),
    }
