"""The benchmark: the engine and the baselines draw the same pages in turn; it reports medians and floors.

Knows: the engine, baselines, work and rates.  Must not know: files, the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from sprint_live.bench.baselines import PLAIN, baselines
from sprint_live.bench.clock import Elapsed, spread, timed
from sprint_live.bench.pages import new_pages
from sprint_live.bench.rates import measure_rates
from sprint_live.bench.work import count_work
from sprint_live.engine.engine import Engine

ENGINE = "engine"
PROMPT = "a cat"
NUM_PAGES = 8


def measure_drawing(
    engine: Engine, *, size: int | tuple[int, int], steps: int, runs: int, warm_up: int, advance: Callable[[], Any]
) -> dict[str, Any]:
    """Times of `runs` drawings after `warm_up` others, engine and baselines in turn, a new page each time.

    size: side, or (height, width), in pixels. advance: called after each round, for a progress bar.
    Returns: `engine_ms` by stage, `baseline_ms` of the plain pipeline, all `baselines` with how many times slower they
    are, `first_ms` of each (compiling and first touches are in it), `stages` with their work and floor, `rates`.
    """
    height, width = size if isinstance(size, tuple) else (size, size)
    others = baselines(engine.pipeline, prompt=PROMPT, size=(height, width), steps=steps)
    pages = new_pages(height, width, NUM_PAGES)
    ways: dict[str, Callable[[np.ndarray, int], Any]] = {
        ENGINE: lambda page_u8, seed: engine.draw(page_u8, PROMPT, seed=seed, size=size, steps=steps)
    }
    ways |= {name: other.draw for name, other in others.items()}
    work = count_work(engine.pipeline, prompt=PROMPT, page_pm1=_control_pm1(pages[0]), steps=steps)
    first_ms = {
        name: round(timed(lambda draw=draw: draw(pages[-1], 0), engine.device)[1].wall_ms, 1)
        for name, draw in ways.items()
    }
    frames, elapsed = [], {name: [] for name in ways}
    order = list(ways)
    for index in range(warm_up + runs):
        order.append(order.pop(0))  # nobody always comes after the same neighbor
        for name in order:
            picture, took = timed(
                lambda draw=ways[name], index=index: draw(pages[index % NUM_PAGES], index), engine.device
            )
            if index >= warm_up:
                elapsed[name].append(took)
                if name == ENGINE:
                    frames.append(picture)
        advance()
    rates = measure_rates(engine.device, [stage.dtype for stage in work.values()])
    engine_ms = {stage: spread(frame.timings_ms[stage] for frame in frames) for stage in frames[0].timings_ms}
    wall = {name: _spread_of(elapsed[name]) for name in ways}
    median_ms = wall[ENGINE]["median"]
    return {
        "engine_ms": engine_ms,
        "engine_wall": wall[ENGINE],
        "baseline": others[PLAIN].what,
        "baseline_ms": {key: value for key, value in wall[PLAIN].items() if key != "device_median"},
        "baselines": {
            name: {"what": other.what, **wall[name], "times_slower": round(wall[name]["median"] / median_ms, 3)}
            for name, other in others.items()
        },
        "first_ms": first_ms,
        "stages": {
            name: {
                "conv_gflop": round(stage.conv_gflop, 3),
                "gemm_gflop": round(stage.gemm_gflop, 3),
                "least_mib": round(stage.least_mib, 1),
                "moved_mib": round(stage.moved_mib, 1),
                "kernels": stage.num_kernels,
                "floor_ms": round(stage.floor_ms(rates), 3),
            }
            for name, stage in work.items()
        },
        "floor_ms": round(sum(stage.floor_ms(rates) for stage in work.values()), 3),
        "gflop_per_frame": round(sum(stage.conv_gflop + stage.gemm_gflop for stage in work.values()), 3),
        "rates": rates.as_json(),
    }


def _spread_of(elapsed: list[Elapsed]) -> dict[str, float]:
    """Wall clock after a synchronize; beside it the median between two events on the device, where there is one."""
    result = spread(one.wall_ms for one in elapsed)
    if elapsed[0].device_ms is not None:
        result["device_median"] = spread(one.device_ms for one in elapsed)["median"]
    return result


def _control_pm1(page_u8: np.ndarray) -> torch.Tensor:
    """A page as the control the pipeline encodes: (1, 3, H, W) in [-1, 1], white lines on black."""
    lines_01 = 1 - torch.from_numpy(page_u8).float() / 255
    return (lines_01 * 2 - 1).expand(1, 3, -1, -1).contiguous()
