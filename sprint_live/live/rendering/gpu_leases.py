"""An engine that exists only while a visitor's GPU lease runs, in another process (ZeroGPU).

    a session draws -> its visitor's stream takes a lease -> the leased process dials back -> pictures are drawn there
                    -> nobody draws for 8 s, or the lease is nearly over -> it ends, and the next stroke takes another

A lease is a plain generator that runs under `spaces.GPU(duration=60)`, called in the context of the visitor's own
queued event, because only that carries their right to the GPU.
Only the two ends of a socket to our own process read pickles.

Knows: leases, processes.  Must not know: Gradio, `spaces`, what an engine is made of.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener

import numpy as np

from sprint_live import errors
from sprint_live.api.draw_job import DrawJob
from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.rendering.drawing_engine import DrawingEngine
from sprint_live.live.rendering.engine_process import SentFrame

__all__ = ["LEASE_S", "LeasedEngine", "Leases", "lease"]

log = logging.getLogger("sprint_live")

LEASE_S = 60
ENDS_BEFORE_S = 10.0  # a picture that begins later than this before the end would be cut off
IDLE_S = 8.0
LOOK_EVERY_S = 0.05

_engine: DrawingEngine | None = None
"""What a leased process draws with: loaded in this process, before the other is forked from it."""


def lease(address: str, key: bytes, lease_id: bytes) -> Iterator[str]:
    """Draw the jobs from `address` until none has come for 8 s.

    Runs in the leased process; yields at its start and end.
    """
    with Client(address, authkey=key) as pipe:
        pipe.send(lease_id)
        yield "begun"
        while pipe.poll(IDLE_S):
            try:
                job = pipe.recv()
            except EOFError:
                break
            pipe.send(_drawn(job))
    yield "ended"


def _drawn(job: DrawJob) -> SentFrame | errors.SprintLiveError:
    """The picture, or the error; both go through a pipe."""
    assert _engine is not None  # Leases sets it before a process is forked
    try:
        [frame] = _engine.draw_many([job])
    except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to whose picture it was
        frame = error
    if not isinstance(frame, Exception):
        return SentFrame(frame.jpeg, dict(frame.timings_ms), frame.latent_CYX, frame.preview)
    if isinstance(frame, errors.SprintLiveError):
        return frame
    log.error("picture_failed", extra={"where": place_of(frame)})
    return errors.EngineError(errors.told_by(frame, "engine.failed"))


@dataclass(slots=True)
class _Lease:
    pipe: Connection
    ends_s: float


class Leases:
    """The sessions that have a GPU now, and the way to get one for a session. take: the decorated `lease`."""

    def __init__(self, engine: DrawingEngine, take: Callable[[str, bytes, bytes], Iterator[str]]) -> None:
        global _engine
        _engine = engine
        self.engine = engine
        self._take = take
        self._key = secrets.token_bytes(32)
        self._listener = Listener(authkey=self._key)  # a socket in a private folder; a named pipe on Windows
        self._visitors: dict[bytes, Context] = {}
        self._running: dict[bytes, _Lease] = {}
        self._starting: dict[bytes, bytes] = {}
        """Lease id -> session id."""
        self._refused: dict[bytes, CodedText] = {}
        self._lock = threading.Lock()
        self.on_change: Callable[[bytes, CodedText], object] = lambda session_id, error: None
        """Called in another thread when a session has its GPU, or with words why it got none."""
        threading.Thread(target=self._accept, name="leases", daemon=True).start()

    @contextlib.contextmanager
    def visit(self, session_id: bytes, context: Context) -> Generator[None]:
        """Record the context of a visitor's open stream: leases for its session are taken in it."""
        self._visitors[session_id] = context
        try:
            yield
        finally:
            if self._visitors.get(session_id) is context:
                del self._visitors[session_id]
            self._refused.pop(session_id, None)

    def has(self, session_id: bytes) -> bool:
        """True if this session can draw now; False after asking for a lease, and `on_change` is called later."""
        with self._lock:
            running = self._running.get(session_id)
            if running is not None and not running.pipe.closed and time.monotonic() < running.ends_s:
                return True
            self._drop(session_id)
            context = self._visitors.get(session_id)
            if context is not None and session_id not in self._starting.values():
                lease_id = secrets.token_bytes(16)
                self._starting[lease_id] = session_id
                given = (context.copy().run, self._consume, lease_id, session_id)
                threading.Thread(target=given[0], args=given[1:], name="lease", daemon=True).start()
        return False

    def draw(self, session_id: bytes, job: DrawJob) -> SentFrame | errors.SprintLiveError:
        """Draw a picture, or return its error, in this session's lease. Raises: DeviceLost if the lease is over."""
        running = self._running.get(session_id)
        try:
            if running is None:
                raise EOFError
            running.pipe.send(job)
            return running.pipe.recv()
        except (EOFError, OSError) as error:
            with self._lock:
                self._drop(session_id)
            raise errors.DeviceLost(coded("gpu.lease_over")) from error

    @contextlib.asynccontextmanager
    async def entered(self) -> AsyncGenerator[str]:
        """A lease for one call of a program, taken in the context of that call; gives the name to draw under.

        Raises: EngineError if there is none to take.
        """
        caller = secrets.token_bytes(16)
        with self.visit(caller, copy_context()):
            try:
                while not self.has(caller):
                    if caller in self._refused:
                        raise errors.EngineError(self._refused[caller])
                    await asyncio.sleep(LOOK_EVERY_S)
                yield caller.hex()
            finally:
                with self._lock:
                    self._refused.pop(caller, None)
                    self._drop(caller)

    def _drop(self, session_id: bytes) -> None:
        running = self._running.pop(session_id, None)
        if running is not None:
            running.pipe.close()  # the leased process sees the end of it, and ends

    def _accept(self) -> None:
        while True:
            try:
                pipe = self._listener.accept()
                lease_id = pipe.recv()
            except (OSError, EOFError) as error:
                log.warning("lease_failed", extra={"where": place_of(error)})
                continue
            with self._lock:
                session_id = self._starting.pop(lease_id, None)
                if session_id is None:
                    pipe.close()
                    continue
                self._running[session_id] = _Lease(pipe, time.monotonic() + LEASE_S - ENDS_BEFORE_S)
            self.on_change(session_id, NO_TEXT)

    def _consume(self, lease_id: bytes, session_id: bytes) -> None:
        """Run one lease from this side: the generator yields only at its start and end."""
        try:
            for _ in self._take(str(self._listener.address), self._key, lease_id):
                pass
        except Exception as error:  # noqa: BLE001  # no GPU left for this visitor, or none at all
            log.warning("lease_failed", extra={"where": place_of(error)})
            with self._lock:
                was_starting = self._starting.pop(lease_id, None)
            if was_starting:
                self._refused[session_id] = errors.told_by(error, "gpu.none_because")
                self.on_change(session_id, errors.told_by(error, "gpu.none_because"))
        finally:
            with self._lock:
                self._starting.pop(lease_id, None)
                self._drop(session_id)


class LeasedEngine:
    """The engine as the worker sees it.

    It describes itself at once, and draws each picture in the lease of its visitor.
    """

    def __init__(self, leases: Leases) -> None:
        self._leases = leases
        engine = leases.engine
        self.model, self.detectors = engine.model, engine.detectors
        self.has_branch, self.has_guidance, self.has_preview = (
            engine.has_branch,
            engine.has_guidance,
            engine.has_preview,
        )
        self.best_batch = 1  # a lease is one visitor's

    def warm(self) -> None:
        """Nothing: there is no GPU to warm before a visitor takes one."""

    def draw_many(self, jobs: Sequence[DrawJob]) -> list[SentFrame | errors.SprintLiveError]:
        """As the engine's, each in the lease of its client. Raises: DeviceLost where that is over."""
        return [self._leases.draw(bytes.fromhex(job.client), job) for job in jobs]

    def detect(self, photo: np.ndarray, *, detector: str) -> np.ndarray:
        """As the engine's, in this process: detectors are fast on a CPU."""
        return self._leases.engine.detect(photo, detector=detector)
