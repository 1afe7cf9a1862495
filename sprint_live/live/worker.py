"""One thread that owns the engine: it loads it, warms it, draws with it, and says in words what went wrong.

Nothing else calls the engine, so the engine needs no locks. The thread also keeps the sessions' papers, because drawing
a long journal again after an undo takes tens of milliseconds that the event loop does not have.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from sprint_live.errors import EngineError, SprintLiveError
from sprint_live.live.protocol import ModelInfo
from sprint_live.live.raster import Raster
from sprint_live.live.request import DrawRequest, usable_prompt

__all__ = ["DrawingEngine", "Picture", "Worker"]

log = logging.getLogger("sprint_live")


class DrawingEngine(Protocol):
    """What the canvas needs of an engine: `sprint_live.engine.Engine`, or a stand-in of a test."""

    model: Any
    has_branch: bool
    detectors: Mapping[str, str]
    """Name -> title of what `detect` can find lines with."""

    def warm(self) -> None: ...

    def draw(self, sketch: Any, prompt: str, *, seed: int, steps: int, guidance: float, control_strength: float,
             size: int, painting: Any = None, strength: float = 0.6) -> Any: ...  # fmt: skip

    def detect(self, photo: Any, *, detector: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn frame and the ms the worker spent: rasterising the strokes, and in the engine."""

    frame: Any
    raster_ms: float
    engine_ms: float


class Worker:
    """Owns the engine. `state` is "loading", "ready" or "failed"; `failure` then says why, for a person."""

    def __init__(self, engine_loader: Callable[[], DrawingEngine]) -> None:
        self._engine_loader = engine_loader
        self._jobs: queue.SimpleQueue[tuple[Future, Callable[[DrawingEngine], Any]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.state = "loading"
        self.failure = ""
        self.model: ModelInfo | None = None
        self.on_change: Callable[[], None] = lambda: None
        """Called in the worker's thread when `state` has changed."""

    def start(self) -> None:
        """Start the thread; it loads the engine first."""
        self.state, self.failure = "loading", ""
        self._jobs = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._own_engine, args=(self._jobs,), name="engine", daemon=True)
        self._thread.start()

    def restart(self) -> None:
        """Give up a thread that hangs and load a new engine in a new one: Python cannot stop a thread."""
        self._jobs.put(None)
        self.start()
        self.on_change()

    def stop(self, timeout_s: float = 10.0) -> None:
        """End after the running job; returns when the thread is gone or after `timeout_s`."""
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)

    async def draw(self, request: DrawRequest, raster: Raster, *, timeout_s: float) -> Picture:
        """Draw in the worker's thread.

        Raises: the engine's own SprintLiveError, EngineError for anything else it raised, TimeoutError.
        """
        return await self._run(lambda engine: _draw(engine, request, raster), timeout_s)

    async def detect(self, photo_u8: np.ndarray, detector: str, *, timeout_s: float) -> np.ndarray:
        """The lines of a photo (H, W, 3), as (H, W) uint8 white on black. Raises: as `draw`."""
        return await self._run(lambda engine: engine.detect(photo_u8, detector=detector), timeout_s)

    async def _run(self, job: Callable[[DrawingEngine], Any], timeout_s: float) -> Any:
        future: Future = Future()
        self._jobs.put((future, job))
        return await asyncio.wait_for(asyncio.wrap_future(future), timeout_s)

    def _own_engine(self, jobs: queue.SimpleQueue) -> None:
        try:
            engine = self._engine_loader()
            model = _describe(engine)
            engine.warm()
        except Exception as error:  # noqa: BLE001  # the page stays up and shows what to do
            log.error("the model could not be loaded: %s", error, exc_info=not isinstance(error, SprintLiveError))
            self._turn(jobs, "failed", _in_words(error, "the model could not be loaded"))
            return
        self.model = model
        self._turn(jobs, "ready", "")
        while (job := jobs.get()) is not None:
            future, do = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(do(engine))
            except SprintLiveError as error:
                future.set_exception(error)
            except Exception as error:  # noqa: BLE001  # one bad picture must not end the thread
                log.exception("the engine failed")
                future.set_exception(EngineError(_in_words(error, "the engine failed")))

    def _turn(self, jobs: queue.SimpleQueue, state: str, failure: str) -> None:
        if jobs is self._jobs:  # a thread that was given up says nothing any more
            self.state, self.failure = state, failure
            self.on_change()


def _draw(engine: DrawingEngine, request: DrawRequest, raster: Raster) -> Picture:
    start_s = time.perf_counter()
    sketch_u8 = raster.update(request.strokes)
    drawn_s = time.perf_counter()
    settings = request.settings
    painting = raster.painting(with_lines=not engine.has_branch) if settings.painting else None
    frame = engine.draw(
        sketch_u8, engine.model.styled(usable_prompt(settings.prompt), settings.style), seed=settings.seed,
        steps=settings.steps, guidance=settings.guidance, control_strength=settings.control_strength,
        size=settings.size, painting=painting, strength=settings.strength,
    )  # fmt: skip
    end_s = time.perf_counter()
    return Picture(frame, (drawn_s - start_s) * 1e3, (end_s - drawn_s) * 1e3)


def _describe(engine: DrawingEngine) -> ModelInfo:
    """What the page shows of a model; its default size comes first."""
    model = engine.model
    sizes = (model.default_size, *(size for size in model.sizes if size != model.default_size))
    detectors = tuple(engine.detectors.items())
    return ModelInfo(model.name, model.title, tuple(model.styles), sizes, model.licence, engine.has_branch, detectors)


def _in_words(error: BaseException, what: str) -> str:
    """A sentence for the person: our own errors speak for themselves, others by their type and text."""
    if isinstance(error, SprintLiveError):
        return str(error)
    return f"{what}: {type(error).__name__}: {error}"[:500]
