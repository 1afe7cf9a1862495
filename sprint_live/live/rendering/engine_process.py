"""The engine in its own process: a hang, a crash or a broken device ends that process and not the server.

    draw_many(jobs) --> pipe --> the child's engine.draw_many(jobs) --> JPEGs and times,
    or errors by their names --> back

Pixels go through shared memory, because a pipe moves only 64 KiB at a time. A picture then costs 0.3 ms more processor
time than a call in this process, and 0.6 ms with a painting (both ends together, without an engine). One thread makes
the calls; any thread may call `close`. Only the two ends of a pipe to our own child read pickles.

Knows: pipes and processes.  Must not know: sessions, sockets, what an engine is made of.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any, cast

import numpy as np

from sprint_live import errors
from sprint_live.api.draw_job import DrawJob
from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.live.observability.error_report import ChildFailure, place_of
from sprint_live.live.rendering.drawing_engine import DrawingEngine

__all__ = ["EngineProcess", "SentFrame"]

CLOSE_WITHIN_S = 2.0
PIXELS = ("sketch", "painting", "colors")  # of a job, that travel in shared memory
SHARED_BYTES = (
    8 << 20
)  # sketch and painting of two people, or the sketches of eight, at 1024x1024; more goes through the pipe


@dataclass(frozen=True, slots=True)
class _SharedArray:
    """The place of a uint8 array in the shared memory."""

    offset: int
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SentFrame:
    """The parts of a frame that the child sends: the JPEG, the ms by stage, the latent (16 to 64 KB), but no pixels."""

    jpeg: bytes
    timings_ms: Mapping[str, float]
    latent_CYX: np.ndarray | None
    preview: bool


class EngineProcess:
    """Starts the child and loads the engine in it: `EngineProcess(load)` takes as long as `load`.

    It is the engine and its host in one (`DrawingEngine`, `EngineHost`).
    load: importable by name (a function of a module, or a functools.partial of one), because the child is a new Python.
    Raises: what `load` raised if it is a SprintLiveError, else EngineError; DeviceLost if the child ended.
    """

    def __init__(self, load: Callable[[], DrawingEngine]) -> None:
        context = multiprocessing.get_context(
            "spawn"
        )  # a fork of a process with threads, or with CUDA, hangs sooner or later
        self._pipe, theirs = context.Pipe()
        shared = context.RawArray(ctypes.c_uint8, SHARED_BYTES)
        self._shared_u8 = np.frombuffer(memoryview(shared), np.uint8)
        self._process = context.Process(
            target=_own_engine, args=(theirs, shared, load), name="sprint-live-engine", daemon=True
        )
        self._process.start()
        theirs.close()
        try:
            self.model, self.has_branch, self.has_guidance, self.has_preview, self.detectors = self._answer()
            self.best_batch = 1
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> EngineProcess:
        """Itself."""
        return self

    @property
    def pid(self) -> int | None:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once the child has ended."""
        return self._process.is_alive()

    def warm(self) -> None:
        """As the engine's."""
        self.best_batch = self._ask("warm")

    def draw_many(self, jobs: Sequence[DrawJob]) -> list[SentFrame | errors.SprintLiveError]:
        """As the engine's, but SentFrames. Raises: what broke the call, or DeviceLost."""
        room = _Room(self._shared_u8)
        sent: list[DrawJob] = []
        for job in jobs:
            laid = {name: room.lay(getattr(job, name)) for name in PIXELS}
            sent.append(replace(job, **laid))
        return [_frame_or_error(*answer) for answer in self._ask("draw_many", jobs=sent)]

    def detect(self, photo: np.ndarray, *, detector: str) -> np.ndarray:
        """As the engine's."""
        return self._ask("detect", photo=_Room(self._shared_u8).lay(photo), detector=detector)

    def close(self) -> None:
        """End the child now; a call that waits for it in another thread raises DeviceLost."""
        self._process.kill()
        self._process.join(CLOSE_WITHIN_S)

    def _ask(self, method: str, **arguments: Any) -> Any:  # what the engine's own method takes
        try:
            self._pipe.send((method, arguments))
        except OSError as error:
            raise errors.DeviceLost(self._epitaph()) from error
        return self._answer()

    def _answer(self) -> Any:
        try:
            kind, text, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise errors.DeviceLost(self._epitaph()) from error
        if kind is None:
            return value
        raise _error(kind, text, value)

    def _epitaph(self) -> CodedText:
        self._process.join(CLOSE_WITHIN_S)
        return coded("engine.ended_with", {"code": self._process.exitcode})


def _own_engine(pipe: Connection, shared: Any, load: Callable[[], DrawingEngine]) -> None:  # ctypes has no name for it
    """The child's loop: load, then answer calls until the server is gone or kills the child after a DeviceLost."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both; the server says when this one ends
    try:
        engine = load()
        pipe.send(
            (
                None,
                NO_TEXT,
                (engine.model, engine.has_branch, engine.has_guidance, engine.has_preview, dict(engine.detectors)),
            )
        )
    except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to the server
        pipe.send(_told(error, "model.load_failed"))
        return
    shared_u8 = np.frombuffer(shared, np.uint8)
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer = (None, NO_TEXT, _done(engine, method, arguments, shared_u8))
        except Exception as error:  # noqa: BLE001
            answer = _told(error, "engine.failed")
        pipe.send(answer)


def _done(engine: DrawingEngine, method: str, arguments: dict[str, Any], shared_u8: np.ndarray) -> Any:
    """The answer to one call."""
    if method == "warm":
        engine.warm()
        return engine.best_batch
    if method == "detect":
        return engine.detect(_picked_up(arguments["photo"], shared_u8), detector=arguments["detector"])
    jobs = [
        replace(job, **{name: _picked_up(getattr(job, name), shared_u8) for name in PIXELS})
        for job in arguments["jobs"]
    ]
    return [
        _told(frame, "engine.failed")
        if isinstance(frame, Exception)
        else (None, NO_TEXT, (frame.jpeg, dict(frame.timings_ms), frame.latent_CYX, frame.preview))
        for frame in engine.draw_many(jobs)
    ]


class _Room:
    """The shared memory, filled from its beginning for one call."""

    def __init__(self, shared_u8: np.ndarray) -> None:
        self._shared_u8, self._offset = shared_u8, 0

    def lay(self, value: Any) -> Any:
        """Lay a uint8 array into shared memory and return its place.

        Other values, or without room, come back as they are.
        """
        if not isinstance(value, np.ndarray):
            return value
        pixels = cast("np.ndarray", value)
        if pixels.dtype != np.uint8 or self._offset + pixels.size > self._shared_u8.size:
            return pixels
        laid = _SharedArray(self._offset, pixels.shape)
        self._offset += pixels.size
        self._shared_u8[laid.offset : self._offset] = pixels.ravel()
        return laid


def _picked_up(value: Any, shared_u8: np.ndarray) -> Any:
    """Copy an array out of the shared memory: an engine may keep its arguments, and the next call overwrites it."""
    if not isinstance(value, _SharedArray):
        return value
    return shared_u8[value.offset : value.offset + math.prod(value.shape)].reshape(value.shape).copy()


def _frame_or_error(kind: str | None, text: CodedText, value: Any) -> SentFrame | errors.SprintLiveError:
    return SentFrame(*value) if kind is None else _error(kind, text, value)


def _error(kind: str, text: CodedText, place: str) -> errors.SprintLiveError:
    """An error of the child, rebuilt to be raised here."""
    error = getattr(errors, kind)(text)
    error.__cause__ = ChildFailure(place)
    return error


def _told(error: Exception, what: str) -> tuple[str, CodedText, str]:
    kind = next((base.__name__ for base in type(error).__mro__ if base.__name__ in errors.__all__), "EngineError")
    return kind, errors.told_by(error, what), place_of(error)
