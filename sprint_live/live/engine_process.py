"""The engine in a process of its own, so that a hang, a crash or a poisoned device ends that process and not the server.

    draw(...) --> pipe --> the child's engine.draw(...) --> JPEG and times, or an error by its name --> back

Pixels go through memory that both share, because a pipe hands on 64 KiB at a time. A picture then costs 0.3 ms of processor
time more than a call in this process, 0.6 ms with a painting (both ends together, no engine). One thread calls it, `kill` may
come from any. Only the two ends of a pipe to our own child read pickles.

Knows: pipes and processes.  Must not know: sessions, sockets, what an engine is made of.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from sprint_live import errors
from sprint_live.live.failures import ChildFailure, in_words, place_of

__all__ = ["EngineProcess", "SentFrame"]

CLOSE_WITHIN_S = 2.0
SHARED_BYTES = 8 << 20  # a sketch and a painting, or a photo, of 1024x1024 and more


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where an array of uint8 lies in the shared memory."""

    offset: int
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SentFrame:
    """What comes back of a frame: the JPEG and the ms by stage. The pixels stay in the child."""

    jpeg: bytes
    timings_ms: Mapping[str, float]


class EngineProcess:
    """Starts the child and loads the engine in it: `EngineProcess(load)` takes as long as `load`.

    load: importable by name (a function of a module, or a functools.partial of one), because the child is a new Python.
    Raises: what `load` raised if it is a SprintLiveError, else EngineError; DeviceLost if the child ended.
    """

    def __init__(self, load: Callable[[], Any]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork of a process with threads, or with CUDA, hangs sooner or later
        self._pipe, theirs = context.Pipe()
        shared = context.RawArray(ctypes.c_uint8, SHARED_BYTES)
        self._shared_u8 = np.frombuffer(shared, np.uint8)
        self._process = context.Process(target=_own_engine, args=(theirs, shared, load), name="sprint-live-engine", daemon=True)
        self._process.start()
        theirs.close()
        try:
            self.model, self.has_branch, self.detectors = self._answer()
        except BaseException:
            self.kill()
            raise

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
        self._ask("warm")

    def draw(self, sketch: np.ndarray, prompt: str, *, seed: int, steps: int, guidance: float, control_strength: float,
             size: int, painting: np.ndarray | None = None, strength: float = 0.6) -> SentFrame:  # fmt: skip
        """As the engine's, but a SentFrame. Raises: the engine's SprintLiveError, or DeviceLost."""
        jpeg, timings_ms = self._ask(
            "draw", sketch=sketch, prompt=prompt, seed=seed, steps=steps, guidance=guidance, control_strength=control_strength,
            size=size, painting=painting, strength=strength,
        )  # fmt: skip
        return SentFrame(jpeg, timings_ms)

    def detect(self, photo: np.ndarray, *, detector: str) -> np.ndarray:
        """As the engine's."""
        return self._ask("detect", photo=photo, detector=detector)

    def kill(self) -> None:
        """End the child now; a call that waits for it in another thread raises DeviceLost."""
        self._process.kill()
        self._process.join(CLOSE_WITHIN_S)

    def _ask(self, method: str, **arguments: Any) -> Any:  # noqa: ANN401  # what the engine's own method takes
        laid, offset = {}, 0
        for name, value in arguments.items():
            if isinstance(value, np.ndarray) and value.dtype == np.uint8 and offset + value.size <= SHARED_BYTES:
                self._shared_u8[offset : offset + value.size] = value.ravel()
                laid[name] = _Laid(offset, value.shape)
                offset += value.size
        try:
            self._pipe.send((method, {**arguments, **laid}))
        except OSError as error:
            raise errors.DeviceLost(self._epitaph()) from error
        return self._answer()

    def _answer(self) -> Any:  # noqa: ANN401
        try:
            kind, text, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise errors.DeviceLost(self._epitaph()) from error
        if kind is None:
            return value
        raise getattr(errors, kind)(text) from ChildFailure(value)

    def _epitaph(self) -> str:
        self._process.join(CLOSE_WITHIN_S)
        return f"the engine's process ended (exit code {self._process.exitcode}); it is being started again, draw on in a moment"


def _own_engine(pipe: Connection, shared: Any, load: Callable[[], Any]) -> None:  # noqa: ANN401  # ctypes has no name for it
    """The child: load, then answer one call after another until the server is gone, or kills it after a DeviceLost."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both; the server says when this one ends
    try:
        engine = load()
        pipe.send((None, "", (engine.model, engine.has_branch, dict(engine.detectors))))
    except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to the server
        pipe.send(_told(error, "the model could not be loaded"))
        return
    shared_u8 = np.frombuffer(shared, np.uint8)
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:
            return
        given = {name: _picked_up(value, shared_u8) for name, value in arguments.items()}
        try:
            value = getattr(engine, method)(**given)
            answer = (None, "", (value.jpeg, dict(value.timings_ms)) if method == "draw" else value)
        except Exception as error:  # noqa: BLE001
            answer = _told(error, "the engine failed")
        pipe.send(answer)


def _picked_up(value: Any, shared_u8: np.ndarray) -> Any:  # noqa: ANN401
    """A copy: an engine may keep its arguments, and the next call overwrites the memory."""
    if not isinstance(value, _Laid):
        return value
    return shared_u8[value.offset : value.offset + math.prod(value.shape)].reshape(value.shape).copy()


def _told(error: Exception, what: str) -> tuple[str, str, str]:
    kind = next((base.__name__ for base in type(error).__mro__ if base.__name__ in errors.__all__), "EngineError")
    return kind, in_words(error, what), place_of(error)
