"""The thread that owns the engine: it loads, warms and calls the engine, reports its errors, and replaces it.

Nothing else calls the engine, so the engine needs no locks. The thread also owns the papers of the sessions: redrawing
a long journal after an undo takes tens of milliseconds, too long for the event loop.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

import numpy as np

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.errors import DeviceLost, EngineError, SprintLiveError, told_by
from sprint_live.live.moderation.moderator import Moderator
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.rendering.drawing_engine import DrawingEngine, EngineHost
from sprint_live.live.rendering.engine_jobs import Jobs, new_jobs, refuse_waiting, wait_in_vain
from sprint_live.live.rendering.render import Picture, PictureRequest, draw_pictures, picture_sizes
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.wire.protocol import ModelInfo

__all__ = ["Worker"]

log = logging.getLogger("sprint_live")

RETRY_AT_MOST_S = 60.0
LOOK_AFTER_S = 1.0  # how soon a process that ended by itself is noticed
Answer = TypeVar("Answer")


class Worker:
    """Owns the engine. `state` says whether it is ready, and `failure` tells a person why it is not.

    load: gives the engine and where it lives: `EngineProcess`, or `in_this_process` of a loader of engines.
    A model that could not be loaded is tried again after `retry_s`, then twice that, up to a minute. A lost engine
    (`DeviceLost`, or its process ended while nobody drew) is loaded again at once.
    """

    def __init__(
        self, load: Callable[[], EngineHost], *, retry_s: float = 5.0, moderator: Moderator | None = None
    ) -> None:
        self._load_host = load
        self._retry_s = retry_s
        self._jobs = new_jobs()
        self._thread: threading.Thread | None = None
        self._host: EngineHost | None = None
        self.moderator = moderator or Moderator()
        """The owner's checks; ask them before drawing."""
        self.state = WorkerState.LOADING
        self.failure = NO_TEXT
        self.model: ModelInfo | None = None
        self.warm_s = 0.0
        """How long the last warm-up took: the first measure of how slow a picture may be."""
        self.best_batch = 1
        """How many pictures one call of the engine should hold at most."""
        self.starts = 0
        """How often a model was loaded successfully."""
        self.on_change: Callable[[], object] = lambda: None
        """Called in the worker's thread when `state` has changed."""

    @property
    def engine_pid(self) -> int | None:
        """The process that draws; None if there is none."""
        host = self._host
        return None if host is None else host.pid

    @property
    def started(self) -> bool:
        """True from `start` until the thread has ended."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread; it loads the engine first."""
        self.state = WorkerState.LOADING
        self._jobs = new_jobs()
        self._thread = threading.Thread(target=self._own_engine, args=(self._jobs,), name="engine", daemon=True)
        self._thread.start()

    def restart(self, why: CodedText) -> None:
        """Give up an engine that hangs and load another.

        Its process is killed; without a process its thread is left behind.
        """
        self._end_engine()
        self._jobs.put(None)
        self.failure = why
        self.start()
        self.on_change()

    def stop(self, timeout_s: float = 10.0) -> None:
        """End the thread after the running job. Returns when it has ended, or after `timeout_s`."""
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)
        self._jobs = new_jobs()  # a thread that hangs speaks for nobody any more
        self._end_engine()
        self.moderator.close()

    async def draw(self, wanted: Sequence[PictureRequest], *, timeout_s: float) -> list[Picture | SprintLiveError]:
        """Draw in the worker's thread, all in one call of the engine: a picture for each, or what went wrong with it.

        Raises: DeviceLost, EngineError or BusyError if there is no engine for any of them, TimeoutError.
        """
        return await self._run(lambda engine: draw_pictures(engine, wanted), timeout_s)

    async def detect(self, photo_u8: np.ndarray, detector: str, *, timeout_s: float) -> np.ndarray:
        """The lines of a photo (H, W, 3), as (H, W) uint8 white on black.
        Raises: the engine's SprintLiveError, and as `draw`.
        """
        return await self._run(lambda engine: engine.detect(photo_u8, detector=detector), timeout_s)

    async def use(self, job: Callable[[DrawingEngine], Answer], *, timeout_s: float) -> Answer:
        """Run a job with the engine in the worker's thread and return its result. Raises: as `draw`."""
        return await self._run(job, timeout_s)

    async def _run(self, job: Callable[[DrawingEngine], Answer], timeout_s: float) -> Answer:
        future: Future[Answer] = Future()
        self._jobs.put((future, job))
        return await asyncio.wait_for(asyncio.wrap_future(future), timeout_s)

    def _own_engine(self, jobs: Jobs) -> None:
        """The thread: load, serve, and again if the engine is lost."""
        wait_s = self._retry_s
        while jobs is self._jobs:
            host = self._load(jobs)
            if host is None:
                if not wait_in_vain(jobs, wait_s):
                    return
                wait_s = min(2 * wait_s, RETRY_AT_MOST_S)
                continue
            wait_s = self._retry_s
            if not self._serve(host, jobs):
                return

    def _load(self, jobs: Jobs) -> EngineHost | None:
        try:
            host = self._load_host()
            engine = host.engine
            model = _describe(engine)
            begin_s = time.perf_counter()
            engine.warm()
            self.warm_s = time.perf_counter() - begin_s
        except Exception as error:  # noqa: BLE001  # the page stays up and shows what to do
            words = told_by(error, "model.load_failed")
            if words != self.failure:
                log.error("model_failed", extra={"where": place_of(error)})
            self._turn(jobs, WorkerState.FAILED, words)
            return None
        if jobs is not self._jobs:  # nobody waits for it any more
            host.close()
            return None
        self._host, self.model, self.best_batch = host, model, engine.best_batch
        self.starts += 1
        log.info(
            "model_ready", extra={"model": model.name, "warm_s": round(self.warm_s, 3), "best_batch": engine.best_batch}
        )
        self._turn(jobs, WorkerState.READY, NO_TEXT)
        return host

    def _serve(self, host: EngineHost, jobs: Jobs) -> bool:
        """Run jobs. True if the engine is lost, False if this thread should end."""
        while True:
            try:
                job = jobs.get(timeout=LOOK_AFTER_S)
            except queue.Empty:
                if not host.alive:
                    self._lose(jobs, coded("engine.ended"))
                    return True
                continue
            if job is None:
                return False
            future, do = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(do(host.engine))
            except DeviceLost as error:
                log.error("engine_lost", extra={"where": place_of(error)})
                self._lose(jobs, told_by(error))
                future.set_exception(error)
                return True
            except SprintLiveError as error:
                log.warning("picture_failed", extra={"where": place_of(error)})
                future.set_exception(error)
            except Exception as error:  # noqa: BLE001  # one bad picture must not end the thread
                log.error("picture_failed", extra={"where": place_of(error)})
                future.set_exception(EngineError(told_by(error, "engine.failed")))

    def _lose(self, jobs: Jobs, why: CodedText) -> None:
        if jobs is self._jobs:
            self._end_engine()
        self._turn(jobs, WorkerState.LOADING, why)
        refuse_waiting(jobs, why)

    def _end_engine(self) -> None:
        host, self._host = self._host, None
        if host is not None:
            host.close()

    def _turn(self, jobs: Jobs, state: WorkerState, failure: CodedText) -> None:
        if jobs is self._jobs and (state, failure) != (
            self.state,
            self.failure,
        ):  # a thread that was given up is silent
            self.state, self.failure = state, failure
            self.on_change()


def _describe(engine: DrawingEngine) -> ModelInfo:
    """The description of a model for the page."""
    model = engine.model
    detectors = tuple(engine.detectors.items())
    return ModelInfo(
        model.name,
        model.title,
        tuple(model.styles),
        picture_sizes(model),
        model.license,
        has_branch=engine.has_branch,
        has_preview=engine.has_preview,
        has_guidance=engine.has_guidance,
        has_colors=engine.has_branch and model.colored_pages,
        refines=model.refines,
        detectors=detectors,
    )
