"""Turns requests into pictures with one call of the engine: rasterizes the strokes, and keeps failures apart.

Runs in the worker's thread.

Knows: requests, papers, the engine's jobs.  Must not know: sessions, sockets, threads, whose turn it is.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.pin import Pin
from sprint_live.api.prompt import usable_prompt
from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.errors import DeviceLost, EngineError, OutOfMemory, SprintLiveError, told_by
from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.canvas.page_box import paper_of
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.rendering.drawing_engine import DrawingEngine, Model, RenderedFrame

__all__ = ["Picture", "PictureRequest", "draw_pictures", "picture_sizes"]

log = logging.getLogger("sprint_live")


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A request, the paper for its strokes, and its client (an engine remembers the last page of each client)."""

    request: DrawRequest
    raster: Raster
    client: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn frame, its size, and the ms for rasterizing the strokes and for the call of the engine."""

    frame: RenderedFrame
    width: int
    height: int
    raster_ms: float
    engine_ms: float
    note: CodedText = NO_TEXT
    """What the person should know about it, "" for nothing."""


def draw_pictures(engine: DrawingEngine, wanted: Sequence[PictureRequest]) -> list[Picture | SprintLiveError]:
    """A picture or an error for each of `wanted`, from one call of the engine.

    A job that fails in a batch is retried once alone, smaller if memory ran out, because a failure of the model is
    one of the whole call: only the job that broke it fails again.

    Raises: DeviceLost, for all of them.
    """
    if len(wanted) == 1:
        return [_alone(engine, wanted[0])]
    prepared = [_prepared(engine, one) for one in wanted]
    ready = [one for one in prepared if not isinstance(one, SprintLiveError)]
    start_s = time.perf_counter()
    try:
        drawn = iter(_drawn(engine, [job for job, _ in ready]))
    except DeviceLost:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is somebody's
        log.error("batch_failed", extra={"where": place_of(error)})
        return [_alone(engine, one) for one in wanted]
    engine_ms = (time.perf_counter() - start_s) * 1e3
    pictures: list[Picture | SprintLiveError] = []
    for one, made in zip(wanted, prepared, strict=True):
        if isinstance(made, SprintLiveError):
            pictures.append(made)
            continue
        frame = next(drawn)
        if isinstance(frame, EngineError):  # of one job or of all: a batch fails as a whole
            pictures.append(_alone(engine, one))
        elif isinstance(frame, Exception):
            pictures.append(_failure(frame))
        else:
            pictures.append(Picture(frame, *_width_height(made[0]), made[1], engine_ms))
    return pictures


def _alone(engine: DrawingEngine, one: PictureRequest) -> Picture | SprintLiveError:
    """One picture by itself, smaller where memory runs out."""
    made = _prepared(engine, one)
    if isinstance(made, SprintLiveError):
        return made
    job, raster_ms = made
    start_s = time.perf_counter()
    note = NO_TEXT
    try:
        [frame] = _drawn(engine, [job])
        smaller = _next_smaller(picture_sizes(engine.model), *_width_height(job))
        if isinstance(frame, OutOfMemory) and smaller is not None:
            asked, has = ("{}x{}".format(*wh) for wh in (_width_height(job), smaller))
            note = coded("engine.out_of_memory_smaller", {"asked": asked, "has": has})
            job = replace(job, size=smaller[::-1], pin=None)  # a pin fits its own size only
            [frame] = _drawn(engine, [job])
    except DeviceLost:
        raise
    except Exception as error:  # noqa: BLE001  # one bad picture must not end the thread
        return _failure(error)
    if isinstance(frame, Exception):
        return _failure(frame)
    return Picture(frame, *_width_height(job), raster_ms, (time.perf_counter() - start_s) * 1e3, note)


def _drawn(engine: DrawingEngine, jobs: Sequence[DrawJob]) -> Sequence[RenderedFrame | Exception]:
    """The frames and errors of one call. Raises: the error that lost the device or broke the call."""
    frames: Sequence[RenderedFrame | Exception] = engine.draw_many(jobs) if jobs else ()
    lost = next((frame for frame in frames if isinstance(frame, DeviceLost)), None)
    if lost is not None:
        raise lost
    return frames


def _prepared(engine: DrawingEngine, one: PictureRequest) -> tuple[DrawJob, float] | SprintLiveError:
    """The job of a request, and the ms its strokes took."""
    start_s = time.perf_counter()
    settings = one.request.settings
    try:
        sketch_u8 = one.raster.update(one.request.strokes)
        painting = one.raster.painting(with_lines=not engine.has_branch) if settings.painting else None
        if painting is not None:
            painting = paper_of(painting, settings.width, settings.height)
        told = engine.has_branch and engine.model.colored_pages and not settings.painting
        colors = one.raster.colors() if told else None
        job = DrawJob(
            sketch=paper_of(sketch_u8, settings.width, settings.height),
            prompt=engine.model.styled(usable_prompt(settings.prompt), settings.style),
            settings=settings.draw,
            size=(settings.height, settings.width),
            painting=painting,
            preview=one.request.preview,
            pin=Pin.from_bytes(one.request.pin) if one.request.pin else None,
            client=one.client,
            colors=None if colors is None else paper_of(colors, settings.width, settings.height),
        )
    except Exception as error:  # noqa: BLE001  # its own, and nobody else's
        return _failure(error)
    return job, (time.perf_counter() - start_s) * 1e3


def picture_sizes(model: Model) -> tuple[tuple[int, int], ...]:
    """Every (width, height) a model draws, its default first."""
    squares = [(side, side) for side in (model.default_size, *model.sizes)]
    return tuple(dict.fromkeys([*squares, *((width, height) for height, width in model.shapes)]))


def _next_smaller(sizes: tuple[tuple[int, int], ...], width: int, height: int) -> tuple[int, int] | None:
    """The largest smaller (width, height) of the same shape."""
    return max((one for one in sizes if one[0] < width and one[0] * height == width * one[1]), default=None)


def _width_height(job: DrawJob) -> tuple[int, int]:
    height, width = job.height_width
    return width, height


def _failure(error: Exception) -> SprintLiveError:
    """The error for the person whose picture failed; the log gets its place."""
    if isinstance(error, SprintLiveError):
        log.warning("picture_failed", extra={"where": place_of(error)})
        return error
    log.error("picture_failed", extra={"where": place_of(error)})
    return EngineError(told_by(error, "engine.failed"))
