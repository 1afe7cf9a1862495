"""Where sessions, scheduler and worker meet: one asyncio task that hands out the engine and sends what comes back.

    receive(message) -> session.apply -> scheduler.offer -> [wake] -> run: take -> worker.draw -> deliver

`run` goes on to the next job while `_deliver` encodes and sends the picture of the last one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from sprint_live.errors import BusyError, EngineError, EngineHung, SprintLiveError, refusal
from sprint_live.live.protocol import (
    MAX_FRAME_BYTES, Ack, ErrorText, FrameReady, Message, State, Status, Welcome, encode, violation, POLICY,
)  # fmt: skip
from sprint_live.live.scheduler import Job, Scheduler
from sprint_live.live.session import Operation, Session, new_session_id
from sprint_live.live.worker import Picture, Worker

__all__ = ["Connection", "Hub"]

log = logging.getLogger("sprint_live")

KEEP_SESSION_S = 60.0
MAX_SESSIONS = 512
HUNG_AFTER_S = 60.0
HUNG_AFTER_TIMES = 20


class Connection(Protocol):
    """The way to one client; both methods return at once."""

    def send(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


class Hub:
    """All sessions of this process. Everything runs in the event loop that runs `run`."""

    def __init__(self, worker: Worker, clock: Callable[[], float] = time.monotonic) -> None:
        self.worker = worker
        self.sessions: dict[bytes, Session] = {}
        self._clock = clock
        self._scheduler = Scheduler(clock)
        self._connections: dict[bytes, Connection] = {}
        self._told: dict[bytes, tuple] = {}
        self._delivering: Counter[bytes] = Counter()
        self._deliveries: set[asyncio.Task] = set()
        self._engine_s: deque[float] = deque(maxlen=100)
        self._wake = asyncio.Event()
        self._encoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode")

    # -- what clients do -----------------------------------------------------------------------------------------------

    def join(self, wanted_id: bytes, connection: Connection) -> Session:
        """A client came: its session if we still have it, else a new one under an id of our own.

        Raises: BusyError if there are too many sessions.
        """
        self._forget_the_gone()
        session = self.sessions.get(wanted_id)
        resumed = session is not None
        if session is None:
            if len(self.sessions) >= MAX_SESSIONS:
                raise BusyError(refusal(got="one more person", accepted=f"{MAX_SESSIONS} at once", fix="try later"))
            session = Session(new_session_id())
            self.sessions[session.session_id] = session
        before = self._connections.pop(session.session_id, None)
        if before is not None:
            before.close(4001, "this drawing was opened in another tab")
        session.left_at_s = None
        session.unacked.clear()
        session.restoration = None
        self._connections[session.session_id] = connection
        self._told.pop(session.session_id, None)
        self._scheduler.renew(session.session_id)
        connection.send(encode(Welcome(session.session_id, resumed, session.op_seq)))
        self._introduce(session.session_id)
        return session

    def leave(self, session: Session, connection: Connection) -> None:
        """A connection ended; the session is kept for a minute. Nothing happens if another one took its place."""
        if self._connections.get(session.session_id) is connection:
            del self._connections[session.session_id]
            session.left_at_s = self._clock()
            session.unacked.clear()
            self._scheduler.drop(session.session_id)

    def receive(self, session: Session, message: Message) -> None:
        """Apply a message of a client.

        Raises: ProtocolError, MessageTooLarge: the connection should be closed with `protocol.close_code`.
        """
        if isinstance(message, Ack):
            session.unacked = {seq for seq in session.unacked if seq > message.frame_seq}
            self._scheduler.block(session.session_id, session.window_full)
        elif isinstance(message, Operation):
            session.apply(message)
            if session.restoration is None:
                pen_down = session.journal.pen_down
                self._scheduler.offer(session.session_id, session.request(), session.op_seq, pen_down=pen_down)
        else:
            raise violation(POLICY, f"a {type(message).__name__}", "an operation or an ACK")
        self._tell(session.session_id)
        self._wake.set()

    # -- the engine's side ---------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Hand out the engine until cancelled."""
        loop = asyncio.get_running_loop()
        self.worker.on_change = lambda: loop.call_soon_threadsafe(self._worker_changed)
        self.worker.start()
        try:
            while True:
                job = self._scheduler.take() if self.worker.state == "ready" else None
                if job is not None:
                    await self._draw(job)
                    continue
                self._wake.clear()
                wait_s = self._scheduler.wake_after_s() if self.worker.state == "ready" else None
                try:
                    await asyncio.wait_for(self._wake.wait(), 5.0 if wait_s is None else wait_s)
                except TimeoutError:
                    self._forget_the_gone()
        finally:
            self._encoder.shutdown(wait=False, cancel_futures=True)

    def say_goodbye(self) -> None:
        """Close every connection with 1012: the server restarts, clients come back by themselves."""
        for connection in list(self._connections.values()):
            connection.close(1012, "the server is restarting")

    async def _draw(self, job: Job) -> None:
        session = self.sessions.get(job.session_id)
        if session is None:
            self._scheduler.finish(None)
            return
        frame_seq = session.next_frame()
        self._scheduler.block(job.session_id, session.window_full)
        self._tell_all()
        try:
            picture = await self.worker.draw(job.request, session.raster, timeout_s=self._hung_after_s())
        except (SprintLiveError, TimeoutError) as error:
            self._scheduler.finish(None)
            self._failed(session, frame_seq, error)
            return
        self._engine_s.append(picture.engine_ms / 1e3)
        self._delivering[job.session_id] += 1
        self._scheduler.finish(picture.engine_ms / 1e3)
        task = asyncio.create_task(self._deliver(session, job, frame_seq, picture))
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def _deliver(self, session: Session, job: Job, frame_seq: int, picture: Picture) -> None:
        """Encode and send one picture; one encoder thread keeps pictures in order."""
        connection = self._connections.get(job.session_id)
        loop = asyncio.get_running_loop()
        try:
            data = await loop.run_in_executor(self._encoder, _encode_frame, job, frame_seq, picture)
        except SprintLiveError as error:
            self._failed(session, frame_seq, error)
            return
        except Exception as error:  # noqa: BLE001  # a frame that cannot be encoded is the engine's failure
            log.exception("a picture could not be encoded")
            self._failed(session, frame_seq, EngineError(f"the picture could not be encoded: {error}"))
            return
        finally:
            self._delivering[job.session_id] -= 1
            if self._delivering[job.session_id] <= 0:
                del self._delivering[job.session_id]
        if connection is not None and self._connections.get(job.session_id) is connection:
            connection.send(data)
        self._tell_all()

    def _failed(self, session: Session, frame_seq: int, error: Exception) -> None:
        """Say it to the person whose picture it was; the next stroke is drawn as if nothing had been."""
        if isinstance(error, TimeoutError):
            error = EngineHung("the engine did not answer; it is being started again, draw on in a moment")
            self.worker.restart()
        session.unacked.discard(frame_seq)
        self._scheduler.block(session.session_id, session.window_full)
        connection = self._connections.get(session.session_id)
        if connection is not None:
            connection.send(encode(ErrorText(0, str(error))))
        self._tell_all()
        self._wake.set()

    def _hung_after_s(self) -> float:
        """A render is given up after 60 s or 20 times the slowest recent one: a laptop that also compiles is slow."""
        return max(HUNG_AFTER_S, HUNG_AFTER_TIMES * max(self._engine_s, default=0.0))

    # -- what clients are told -----------------------------------------------------------------------------------------

    def _worker_changed(self) -> None:
        for session_id in list(self._connections):
            self._introduce(session_id)
        self._wake.set()

    def _introduce(self, session_id: bytes) -> None:
        connection = self._connections[session_id]
        if self.worker.model is not None:
            connection.send(encode(self.worker.model))
        self._tell(session_id)
        if self.worker.state == "failed":
            connection.send(encode(ErrorText(0, self.worker.failure)))

    def _tell_all(self) -> None:
        for session_id in list(self._connections):
            self._tell(session_id)

    def _tell(self, session_id: bytes) -> None:
        """Send the session's status if it is not what the client was told last."""
        connection = self._connections.get(session_id)
        if connection is None:
            return
        status = self._status(session_id)
        told = (status.state, status.op_seq if status.state is State.IDLE else 0, status.text)
        if self._told.get(session_id) != told:
            self._told[session_id] = told
            connection.send(encode(status))

    def _status(self, session_id: bytes) -> Status:
        op_seq = self.sessions[session_id].op_seq
        if self.worker.state == "loading":
            return Status(State.LOADING, op_seq, "loading the model")
        if self.worker.state == "failed":
            return Status(State.LOADING, op_seq, "no model")
        if self._scheduler.running == session_id or self._delivering[session_id]:
            return Status(State.DRAWING, op_seq)
        if self._scheduler.pending(session_id):
            return Status(State.QUEUED if self._scheduler.running else State.DRAWING, op_seq)
        return Status(State.IDLE, op_seq)

    def _forget_the_gone(self) -> None:
        now_s = self._clock()
        for session_id, session in list(self.sessions.items()):
            if session.left_at_s is not None and now_s - session.left_at_s > KEEP_SESSION_S:
                del self.sessions[session_id]
                self._told.pop(session_id, None)


def _encode_frame(job: Job, frame_seq: int, picture: Picture) -> bytes:
    start_s = time.perf_counter()
    jpeg = picture.frame.jpeg
    encode_ms = (time.perf_counter() - start_s) * 1e3
    stages = dict(picture.frame.timings_ms)
    stages.pop("total", None)  # "engine" is the total as the worker saw it
    timings_ms = {"engine": picture.engine_ms, **stages, "strokes": picture.raster_ms, "queue": job.waited_s * 1e3}
    timings_ms.setdefault("jpeg", encode_ms)  # an engine that encodes by itself has counted it
    if len(jpeg) > MAX_FRAME_BYTES - 4096:
        raise EngineError(f"the picture takes {len(jpeg)} bytes, more than a frame may have ({MAX_FRAME_BYTES})")
    height, width = picture.frame.pixels_u8.shape[:2]
    return encode(FrameReady(frame_seq, job.op_seq, width, height, tuple(timings_ms.items()), jpeg))
