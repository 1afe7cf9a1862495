"""Checks that memory stays flat over thousands of drawings with changing prompts, seeds, drawings and people.

Knows: the engine, this process's memory.  Must not know: files, the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from sprint_live.bench.pages import new_pages
from sprint_live.engine.engine import Engine
from sprint_live.errors import ArgumentError, refusal
from sprint_live.machine import resident_bytes

NUM_SAMPLES = 200
NUM_PROMPTS, NUM_PEOPLE, NUM_PAGES = 500, 40, 64  # more of each than any cache should keep
SETTLED_SHARE = 0.25  # caches fill and the allocator settles before this share of the drawings
MAY_GROW_SHARE, MAY_GROW_MIB = 0.02, 16.0
MIN_FRAMES = 40


def measure_memory(engine: Engine, *, frames: int, size: int, advance: Callable[[], Any]) -> dict[str, Any]:
    """Memory sampled over `frames` drawings at `size`: samples, slope, growth from a quarter on,
    and whether that is flat.

    Flat: from a quarter of the drawings to the end the fitted line grows by no more than 2 % or 16 MiB,
    whichever is more.

    Raises:
        ArgumentError: fewer than 40 drawings.
    """
    if frames < MIN_FRAMES:
        raise ArgumentError(refusal(got=f"--frames {frames}", accepted=f"{MIN_FRAMES} or more", fix="ask for more"))
    pages = new_pages(size, size, NUM_PAGES)
    every = max(1, frames // NUM_SAMPLES)
    drawn, rss_mib, device_mib = [], [], []
    for index in range(frames):
        engine.draw(
            pages[index % NUM_PAGES],
            f"a cat number {index % NUM_PROMPTS}",
            seed=index,
            size=size,
            client=f"person {index % NUM_PEOPLE}",
            preview=engine.has_preview and index % 4 == 3,
        )
        if (index + 1) % every == 0:
            drawn.append(index + 1)
            rss_mib.append(resident_bytes() / 2**20)
            device_mib.append(_device_mib(engine.device))
        advance()
    report = {"frames": frames, "size": size, "drawn": drawn, "rss": judged(drawn, rss_mib)}
    return report if device_mib[0] is None else {**report, "device": judged(drawn, device_mib)}


def judged(drawn: Sequence[int], mib: Sequence[float]) -> dict[str, Any]:
    """Samples of memory after so many drawings -> the line fitted through those from a quarter on, and the verdict."""
    settled = np.asarray(drawn) >= SETTLED_SHARE * drawn[-1]
    count, value = np.asarray(drawn)[settled], np.asarray(mib)[settled]
    slope, start = np.polyfit(count, value, 1)
    growth = slope * (count[-1] - count[0])
    allowed = max(MAY_GROW_MIB, MAY_GROW_SHARE * (start + slope * count[0]))
    return {
        "mib": [round(float(one), 1) for one in mib],
        "slope_mib_per_1000": round(float(slope * 1000), 3),
        "growth_mib": round(float(growth), 2),
        "allowed_mib": round(float(allowed), 2),
        "flat": bool(growth <= allowed),
    }


def _device_mib(device: torch.device) -> float | None:
    """What torch has taken from the device; None on a CPU. Not measured on a GPU yet."""
    return torch.cuda.memory_reserved(device) / 2**20 if device.type == "cuda" else None
