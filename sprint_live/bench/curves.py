"""How the cost of a picture grows: with its size, the steps, the part of the page that changed, and people in one call.

The points of a curve are measured in turn, round by round, so that a machine that slows down does not bend the curve.

Knows: the engine.  Must not know: files, plots, the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.bench.clock import spread, timed
from sprint_live.bench.drawing import NUM_PAGES, PROMPT
from sprint_live.bench.pages import edited_pages, new_pages
from sprint_live.engine.engine import Engine
from sprint_live.errors import SprintLiveError
from sprint_live.models.zoo import ZooModel

STEPS = (1, 2, 3, 4)
BATCHES = (1, 2, 4, 8)
EDITS_PX = (64, 128, 256, 512)
WORTH_IT = 1.1  # a batch must draw so many times more pictures a second than one after another

Draw = Callable[[int], Mapping[str, float]]
"""One measurement of a point: the index of the round -> milliseconds by stage."""


def measure_curves(engine: Engine, *, runs: int, warm_up: int, advance: Callable[[], Any]) -> dict[str, Any]:
    """The four curves; each a list of points with their spreads by stage. advance:
    called after each of `num_rounds` rounds.

    `batch` has `best_batch` beside its points: the size with the most pictures a second if that is worth it, else 1.
    """

    def curve(points: Mapping[Hashable, Draw]) -> dict[Hashable, dict[str, dict[str, float]]]:
        kept: dict[Hashable, list[Mapping[str, float]]] = {point: [] for point in points}
        for index in range(warm_up + runs):
            for point, draw in points.items():
                timings_ms = draw(index)
                if index >= warm_up:
                    kept[point].append(timings_ms)
            advance()
        return {
            point: {stage: spread(one[stage] for one in times) for stage in times[0]} for point, times in kept.items()
        }

    side = engine.model.default_size
    edits = [edit_px for edit_px in EDITS_PX if edit_px < side]
    sizes = curve({size: _fresh(engine, *size) for size in curve_sizes(engine.model)})
    steps = curve({num: _fresh(engine, side, side, steps=num) for num in STEPS})
    dirty = curve(
        {
            "same": _same(engine, side),
            **{edit_px: _edited(engine, side, edit_px) for edit_px in edits},
            side: _fresh(engine, side, side),
        }
    )
    batch = curve({num: _together(engine, side, num) for num in BATCHES})
    people = [
        {"batch": num, "ms": times["call"], "pictures_a_second": round(1e3 * num / times["call"]["median"], 3)}
        for num, times in batch.items()
    ]
    return {
        "size": [
            {"height": height, "width": width, "megapixels": round(height * width / 2**20, 3), "ms": times}
            for (height, width), times in sizes.items()
        ],
        "steps": [{"steps": num, "ms": times} for num, times in steps.items()],
        "dirty": [
            {
                "edit_px": 0 if edit_px == "same" else edit_px,
                "share": 0.0 if edit_px == "same" else round((edit_px / side) ** 2, 4),
                "ms": times,
            }
            for edit_px, times in dirty.items()
        ],
        "batch": {
            "points": people,
            "best_batch": best_batch({one["batch"]: one["pictures_a_second"] for one in people}),
        },
    }


def num_rounds(runs: int, warm_up: int) -> int:
    """How often `measure_curves` calls `advance`."""
    return 4 * (warm_up + runs)


def curve_sizes(model: ZooModel) -> list[tuple[int, int]]:
    """(height, width) of every square the model accepts, and of the shapes nearest to 16:9 and 9:16, by area."""
    shapes = (
        [min(model.shapes, key=lambda shape: abs(shape[0] / shape[1] - wanted)) for wanted in (9 / 16, 16 / 9)]
        if model.shapes
        else []
    )
    return sorted({*((size, size) for size in model.sizes), *shapes}, key=lambda shape: (shape[0] * shape[1], shape))


def best_batch(pictures_a_second: Mapping[int, float]) -> int:
    """The batch with the most pictures a second; 1 unless it draws at least a tenth more than one after another."""
    best = max(pictures_a_second, key=lambda num: pictures_a_second[num])
    return best if pictures_a_second[best] >= WORTH_IT * pictures_a_second[1] else 1


def _fresh(engine: Engine, height: int, width: int, *, steps: int = 1) -> Draw:
    """A new page each time."""
    pages = new_pages(height, width, NUM_PAGES)
    size = height if height == width else (height, width)
    return lambda index: engine.draw(pages[index % NUM_PAGES], PROMPT, seed=index, size=size, steps=steps).timings_ms


def _edited(engine: Engine, side: int, edit_px: int) -> Draw:
    """The last page with a stroke more."""
    pages = edited_pages(side, side, edit_px)
    return lambda _: engine.draw(next(pages), PROMPT, size=side, client=f"edit {edit_px}").timings_ms


def _same(engine: Engine, side: int) -> Draw:
    """The last page again."""
    [page_u8] = new_pages(side, side, 1)
    return lambda _: engine.draw(page_u8, PROMPT, size=side, client="same").timings_ms


def _together(engine: Engine, side: int, num_people: int) -> Draw:
    """One call for so many people, each with his own page, prompt and seed."""
    pages = new_pages(side, side, NUM_PAGES)

    def draw(index: int) -> dict[str, float]:
        jobs = [
            DrawJob(
                sketch=pages[(index + person) % NUM_PAGES],
                prompt=f"{PROMPT} {person}",
                settings=DrawSettings(seed=index + person),
                size=side,
                client=f"person {person}",
            )
            for person in range(num_people)
        ]
        frames, elapsed = timed(lambda: engine.draw_many(jobs), engine.device)
        for frame in frames:
            if isinstance(frame, SprintLiveError):
                raise frame
        return {"call": elapsed.wall_ms}

    return draw
