"""The engine's paths for real: the same jobs on the device and on the CPU, with the same small random weights in
float32.

tests/engine/gpu walks these paths on a simulated GPU; this one runs on the real device. A failed path is recorded
with its error, and the next one is tried.

Knows: the engine.  Must not know: clocks, files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import torch

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.bench.gpu.small import small_released
from sprint_live.bench.random_weights import random_pipeline, random_preview
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import SprintLiveError

SIDE_PX = 128
CLOSE_LEVELS = 3  # of 255: float32 sums in another order; TF32 is off unless somebody turns it on
SLOW = ("compile",)  # minutes: a chunk of its own
SHORT = ("a new page", "a stroke more")
WITH_PREVIEW = (*SHORT, "a preview")
OTHER_PICTURE = (
    *("tiny-encoder", "preview-decoder", "fp8-linear", "fp8-decoder"),
    *("bfloat16", "openvino", "openvino-bfloat16"),
)  # compared with the same on the CPU
MODEL = replace(
    small_released(), sizes=(SIDE_PX,), default_size=SIDE_PX, shapes=((96, 160), (SIDE_PX, SIDE_PX), (160, 96))
)


def page(*circles: tuple[int, int, int]) -> np.ndarray:
    """A drawing of circles (x, y, radius)."""
    page_u8 = np.full((SIDE_PX, SIDE_PX), 255, np.uint8)
    for x, y, radius in circles:
        cv2.circle(page_u8, (x, y), radius, 0, 4)
    return page_u8


FIRST, SECOND = page((50, 50, 25)), page((50, 50, 25), (90, 90, 10))


def jobs() -> dict[str, list[DrawJob]]:
    """What people do with the engine: a list is one call."""
    size, painting = SIDE_PX, np.dstack([SECOND, FIRST, FIRST])
    return {
        "a new page": [DrawJob(sketch=FIRST, prompt="a cat", size=size, client="one")],
        "a stroke more": [DrawJob(sketch=SECOND, prompt="a cat", size=size, client="one")],
        "a preview": [DrawJob(sketch=SECOND, prompt="a cat", size=size, client="one", preview=True)],
        "three steps, lines in half of them": [
            DrawJob(
                sketch=SECOND, prompt="two red dogs", size=size, settings=DrawSettings(steps=3, seed=2, control_end=0.5)
            )
        ],
        "no line, another shape": [DrawJob(sketch=page(), prompt="a cat", size=(96, 160))],
        "over a painting": [
            DrawJob(
                sketch=FIRST, prompt="a cat", size=size, painting=painting, settings=DrawSettings(strength=0.5, steps=2)
            )
        ],
        "three people in a call": [
            DrawJob(
                sketch=sketch,
                prompt="a cat",
                size=size,
                settings=DrawSettings(seed=seed, control_strength=0.5 + seed / 2),
            )
            for seed, sketch in enumerate((FIRST, SECOND, page()))
        ],
    }


class _Place:
    """The small model on a device, with engines of any switches on the same weights."""

    def __init__(self, device: torch.device) -> None:
        self._pipeline = random_pipeline(MODEL, device)
        self._preview = random_preview(device, self._pipeline.vae.dtype)

    def engine(self, **turned: Collection[str]) -> Engine:
        return Engine(self._pipeline, MODEL, preview=self._preview, **turned)


def measure_walk(device: torch.device, *, advance: Callable[[], Any]) -> dict[str, Any]:
    """Every job with the switches as they are, then a page and a stroke with each switch the other way,
    each beside the CPU.

    Returns: `paths` by name with `levels`, the largest difference from the CPU's pixels, or `error`; `close`: all of
    them within the levels that are accepted. A switch that cannot be turned here has `off`: why.
    """
    on_cpu, on_device = _Place(torch.device("cpu")), _Place(device)
    here, engine = _drawn(on_cpu.engine(), jobs()), on_device.engine()
    paths, default = _beside(_drawn(engine, jobs()), here), engine.switched_on
    advance()
    for name in switch_names():
        if name in SLOW:
            continue
        turned = {"without" if name in default else "also": [name]}
        if name == "openvino":  # which number format is quicker on a model this small changes from start to start
            turned["without"] = [*turned.get("without", ()), "openvino-bfloat16"]
        engine = on_device.engine(**turned)
        if "also" in turned and name not in engine.switched_on:
            paths[f"with {name}"] = {"off": engine.why_switch(name)}
            continue
        calls = {job: call for job, call in jobs().items() if job in (WITH_PREVIEW if name in OTHER_PICTURE else SHORT)}
        expected = _drawn(on_cpu.engine(**turned), calls) if name in OTHER_PICTURE else here
        found = _beside(_drawn(engine, calls), expected)
        paths |= {f"{'without' if name in default else 'with'} {name}: {job}": one for job, one in found.items()}
        advance()
    levels = [one.get("levels", 256) for one in paths.values() if "off" not in one]
    return {"paths": paths, "close": max(levels) <= CLOSE_LEVELS, "accepted_levels": CLOSE_LEVELS}


def _drawn(engine: Engine, calls: dict[str, list[DrawJob]]) -> dict[str, list[np.ndarray] | SprintLiveError]:
    found: dict[str, list[np.ndarray] | SprintLiveError] = {}
    for name, call in calls.items():
        frames = engine.draw_many(call)
        failed = [frame for frame in frames if isinstance(frame, SprintLiveError)]
        found[name] = failed[0] if failed else [frame.pixels_u8 for frame in frames]
    return found


def _beside(
    there: dict[str, list[np.ndarray] | SprintLiveError], here: dict[str, list[np.ndarray] | SprintLiveError]
) -> dict[str, dict[str, Any]]:
    found = {}
    for name, pictures in there.items():
        expected = here[name]
        if isinstance(pictures, SprintLiveError):
            found[name] = {"error": " ".join(str(pictures).split())[:300]}
        elif isinstance(expected, SprintLiveError):
            found[name] = {"error": f"on the CPU: {expected}"[:300]}
        else:
            found[name] = {"levels": _levels(pictures, expected)}
    return found


def _levels(first: Collection[np.ndarray], second: Collection[np.ndarray]) -> int:
    return max(int(np.abs(one.astype(int) - other).max()) for one, other in zip(first, second, strict=True))
