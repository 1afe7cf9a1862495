"""Where sessions, scheduler and worker meet: one asyncio task that hands out the engine and sends what comes back.

    receive(message) -> session.apply -> scheduler.offer -> [wake] -> run: take -> worker.draw -> deliver

The jobs that `take` hands out together are one call of the engine. `run` goes on to the next ones while `_deliver` encodes and
sends the pictures of the last.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from sprint_live.errors import ArgumentError, BusyError, CheckRefused, DeviceLost, EngineError, EngineHung, SprintLiveError, refusal
from sprint_live.live.announcer import Announcer, Connection, place_in_words
from sprint_live.live.delivery import frame_message
from sprint_live.live.drawing import Picture, Wanted
from sprint_live.live.failures import place_of
from sprint_live.live.metrics import Metrics
from sprint_live.live.protocol import (
    POLICY, Ack, ErrorText, Message, Pinned, PinPart, State, Status, Vary, Welcome, encode, violation,
)  # fmt: skip
from sprint_live.live.request import DrawRequest, usable_prompt
from sprint_live.live.scheduler import Job, Scheduler
from sprint_live.live.session import Operation, Session, new_session_id
from sprint_live.live.worker import Worker

__all__ = ["Hub"]

log = logging.getLogger("sprint_live")

KEEP_SESSION_S = 60.0
MAX_SESSIONS = 512
HUNG_AFTER_S = 10.0
HUNG_AFTER_TIMES = 20
LOOK_AROUND_S = 5.0


@dataclass(slots=True)
class _Started:
    """A job in the engine, and the number its frame will have."""

    session: Session
    job: Job
    frame_seq: int = 0


class Hub:
    """All sessions of this process. Everything runs in the event loop that runs `run`."""

    def __init__(self, worker: Worker, clock: Callable[[], float] = time.monotonic, metrics: Metrics | None = None) -> None:
        self.worker = worker
        self.sessions: dict[bytes, Session] = {}
        self.metrics = metrics or Metrics()
        self._clock = clock
        self._scheduler = Scheduler(clock)
        self._connections: dict[bytes, Connection] = {}
        self._announcer = Announcer(clock)
        self._delivering: Counter[bytes] = Counter()
        self._deliveries: set[asyncio.Task] = set()
        self._engine_s: deque[float] = deque(maxlen=100)
        self._lost: dict[bytes, DrawRequest] = {}
        """The request that was in the engine when it was lost, by session: it is tried once more, and only once."""
        self._asking: dict[bytes, asyncio.Task] = {}
        """Sessions whose prompt is with the owner's checks."""
        self.has_engine: Callable[[bytes], bool] = lambda session_id: True
        """False while a session has no engine that may draw for it; who says so calls `engine_changed` later."""
        self._without_engine: set[bytes] = set()
        self._draining = False
        self._wake = asyncio.Event()
        self._encoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode")
        self.metrics.watch("sessions", "drawings kept, of people who are here or were a minute ago", lambda: len(self.sessions))
        self.metrics.watch("connections", "people who are here", lambda: len(self._connections))
        self.metrics.watch("queue_depth", "pictures that wait for the engine", lambda: len(self._scheduler.waiting()))
        self.metrics.watch("superseded", "requests replaced by newer ones before their turn", lambda: self._scheduler.superseded)
        self.metrics.watch("ready", "1 if pictures can be drawn", lambda: worker.state == "ready" and not self._draining)
        self.metrics.watch("engine_starts", "how often a model was loaded", lambda: worker.starts)
        self.metrics.watch_process("sprint_live_engine", lambda: worker.engine_pid)

    # -- what clients do -----------------------------------------------------------------------------------------------

    def join(self, wanted_id: bytes, connection: Connection) -> Session:
        """A client came: its session if we still have it, else a new one under an id of our own.

        Raises: BusyError if there are too many sessions, or the server is about to end.
        """
        self._forget_the_gone()
        if self._draining:
            raise BusyError("the server is restarting; try again in a moment")
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
        self._announcer.forget(session.session_id)
        self._scheduler.renew(session.session_id)
        connection.send(encode(Welcome(session.session_id, resumed, session.op_seq)))
        self._introduce(session.session_id)
        return session

    def leave(self, session: Session, connection: Connection) -> None:
        """A connection ended; the session is kept for a minute. Nothing happens if another one took its place."""
        if self._connections.get(session.session_id) is connection:
            del self._connections[session.session_id]
            session.rest(self._clock())
            self._asking.pop(session.session_id, None)
            self._without_engine.discard(session.session_id)
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
                self._offer(session)
            if isinstance(message, PinPart):
                self._pin(session, message)
            elif isinstance(message, Vary):
                self._scheduler.vary(session.session_id, session.variations(message.seeds))
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
                may_draw = self.worker.state == "ready" and not self._draining
                jobs = self._scheduler.take(self.worker.best_batch) if may_draw else []
                if jobs:
                    await self._draw(jobs)
                    continue
                self._wake.clear()
                wait_s = self._scheduler.wake_after_s() if may_draw else None
                try:
                    await asyncio.wait_for(self._wake.wait(), LOOK_AROUND_S if wait_s is None else wait_s)
                except TimeoutError:
                    self._forget_the_gone()
        finally:
            self.worker.on_change = lambda: None
            self._encoder.shutdown(wait=False, cancel_futures=True)

    async def drain(self, within_s: float) -> None:
        """Take on nothing new, let the running picture arrive, then close every connection with 1012: clients come back."""
        self._draining = True
        end_s = self._clock() + within_s
        while (self._scheduler.running or self._deliveries) and self._clock() < end_s:
            await asyncio.sleep(0.02)
        for connection in list(self._connections.values()):
            connection.close(1012, "the server is restarting")

    async def _draw(self, jobs: Sequence[Job]) -> None:
        """One call of the engine; every picture goes to its own session, and so does every failure."""
        started = [_Started(self.sessions[job.session_id], job) for job in jobs if job.session_id in self.sessions and self._may_be_drawn(job)]
        held_back = {job.session_id for job in jobs} - {one.job.session_id for one in started}
        if not started:
            self._scheduler.finish(None)
            self._tell_those_who_wait(held_back)
            return
        taken_s = time.perf_counter()
        for one in started:
            if not one.job.aside:
                one.frame_seq = one.session.next_frame()
                self._scheduler.block(one.job.session_id, one.session.window_full)
        self._tell_those_who_wait(one.job.session_id for one in started)
        wanted = [Wanted(one.job.request, one.session.raster, one.job.session_id.hex()) for one in started]
        try:
            pictures = await self.worker.draw(wanted, timeout_s=self._hung_after_s())
        except (SprintLiveError, TimeoutError) as error:
            pictures = [self._given_up(error)] * len(started)
        engine_s = max((picture.engine_ms / 1e3 for picture in pictures if isinstance(picture, Picture)), default=None)
        self._scheduler.finish(engine_s)
        self._tell_those_who_wait(held_back)
        if engine_s is not None:
            self._engine_s.append(engine_s)
        for one, picture in zip(started, pictures, strict=True):
            if isinstance(picture, Picture):
                self._lost.pop(one.job.session_id, None)
                self._delivering[one.job.session_id] += 1
                task = asyncio.create_task(self._deliver(one.session, one.job, one.frame_seq, picture, taken_s))
                self._deliveries.add(task)
                task.add_done_callback(self._deliveries.discard)
            else:
                self._failed(one.session, one.job, one.frame_seq, picture)

    async def _deliver(self, session: Session, job: Job, frame_seq: int, picture: Picture, taken_s: float) -> None:
        """Encode and send one picture; one encoder thread keeps pictures in order."""
        connection = self._connections.get(job.session_id)
        loop = asyncio.get_running_loop()
        try:
            data, timings_ms = await loop.run_in_executor(self._encoder, frame_message, job, frame_seq, picture)
            if refused := await self.worker.safety.picture(lambda: picture.frame.jpeg):
                raise CheckRefused(refused)
        except SprintLiveError as error:
            self._failed(session, job, frame_seq, error)
            return
        except Exception as error:  # noqa: BLE001  # a frame that cannot be encoded is the engine's failure
            log.error("encode_failed", extra={"where": place_of(error)})
            self._failed(session, job, frame_seq, EngineError(f"the picture could not be encoded: {error}"))
            return
        finally:
            self._delivering[job.session_id] -= 1
            if self._delivering[job.session_id] <= 0:
                del self._delivering[job.session_id]
        here = connection is not None and self._connections.get(job.session_id) is connection
        if here:
            connection.send(data)
            if not job.aside and picture.frame.latent_CYX is not None:
                session.pins.remember(frame_seq, picture.width, picture.height, picture.frame.latent_CYX)
            if picture.note:
                connection.send(encode(ErrorText(0, picture.note)))
        self.metrics.picture(timings_ms, time.perf_counter() - taken_s - picture.engine_ms / 1e3, sent=here)
        self._tell_those_who_wait([job.session_id])

    def _given_up(self, error: Exception) -> SprintLiveError:
        """What the people of a call without an answer are told; an engine that hangs is started again."""
        if not isinstance(error, TimeoutError):
            return error
        hung = EngineHung("the engine did not answer; it is being started again, draw on in a moment")
        log.error("engine_hung", extra={"waited_s": round(self._hung_after_s(), 1)})
        self.worker.restart(str(hung))
        return hung

    def _failed(self, session: Session, job: Job, frame_seq: int, error: SprintLiveError) -> None:
        """Say it to the person whose picture it was; the next stroke is drawn as if nothing had been."""
        self.metrics.failure(error)
        if isinstance(error, EngineHung | DeviceLost) and self._lost.get(session.session_id) != job.request:
            self._lost[session.session_id] = job.request
            self._scheduler.renew(session.session_id, alone=True)
            self._offer(session)  # drawn by the next engine
        session.unacked.discard(frame_seq)
        self._scheduler.block(session.session_id, session.window_full)
        connection = self._connections.get(session.session_id)
        if connection is not None and isinstance(error, CheckRefused):
            self._announcer.warn(session.session_id, connection, str(error))
        elif connection is not None:
            connection.send(encode(ErrorText(0, str(error))))
        self._tell_those_who_wait([session.session_id])
        self._wake.set()

    def _may_be_drawn(self, job: Job) -> bool:
        """What the owner's checks say of a job's prompt. If nobody has asked yet, it is asked, and offered again with the answer."""
        session, prompt = self.sessions[job.session_id], usable_prompt(job.request.settings.prompt)
        refused = self.worker.safety.known(prompt)
        if refused is None:
            self._asking[job.session_id] = asyncio.create_task(self._ask(session, prompt))
        elif refused:
            self._failed(session, job, 0, CheckRefused(refused))
        return refused == ""

    async def _ask(self, session: Session, prompt: str) -> None:
        refused = await self.worker.safety.prompt(prompt)
        if self._asking.get(session.session_id) is not asyncio.current_task():
            return  # the words have changed meanwhile, or the person has left
        del self._asking[session.session_id]
        connection = self._connections.get(session.session_id)
        if refused and connection is not None:
            self._announcer.warn(session.session_id, connection, refused)
        else:
            self._scheduler.renew(session.session_id)
            self._offer(session)
        self._tell_those_who_wait([session.session_id])
        self._wake.set()

    def _hung_after_s(self) -> float:
        """A render is given up after 10 s, or 20 times the slowest of the last hundred and of the warm-up."""
        slowest_s = max(self.worker.warm_s, max(self._engine_s, default=0.0))
        return max(HUNG_AFTER_S, HUNG_AFTER_TIMES * slowest_s)

    def engine_changed(self, session_id: bytes, error: str) -> None:
        """A session that had no engine has one now, or got none and why."""
        self._without_engine.discard(session_id)
        session, connection = self.sessions.get(session_id), self._connections.get(session_id)
        if session is None or connection is None:
            return
        if error:
            connection.send(encode(ErrorText(0, error)))
        else:
            self._offer(session)
        self._tell(session_id)
        self._wake.set()

    def _offer(self, session: Session) -> None:
        if session.session_id in self._connections:
            if not session.request().blank and not self.has_engine(session.session_id):
                self._without_engine.add(session.session_id)
                return
            pen_down = session.journal.pen_down
            has_preview = self.worker.model is not None and self.worker.model.has_preview
            self._scheduler.offer(session.session_id, session.request(has_preview=has_preview), session.op_seq, pen_down=pen_down)

    def _pin(self, session: Session, wish: PinPart) -> None:
        """Pin a part of a picture and send the pin back: the page keeps it, for whatever server comes after this one."""
        corners_01 = np.frombuffer(wish.corners, "<u2").reshape(-1, 2) / 65535
        try:
            held = session.pins.pin(wish.frame_seq, corners_01)
        except ArgumentError as error:
            answer = ErrorText(0, str(error))
        else:
            answer = Pinned(wish.seq, held.width, held.height, held.data)
            self._offer(session)
        connection = self._connections.get(session.session_id)
        if connection is not None:
            connection.send(encode(answer))

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

    def _tell_those_who_wait(self, also: Iterable[bytes]) -> None:
        """After a picture: its people, and those behind them. Who does not draw is not even looked at."""
        also = list(also)
        for position, session_id in enumerate(self._scheduler.waiting()):
            if session_id not in also:
                self._tell(session_id, position)
        for session_id in also:
            self._tell(session_id)

    def _tell(self, session_id: bytes, position: int | None = None) -> None:
        connection = self._connections.get(session_id)
        if connection is not None:
            self._announcer.tell(session_id, connection, self._status(session_id, position))

    def _status(self, session_id: bytes, position: int | None) -> Status:
        op_seq = self.sessions[session_id].op_seq
        if self.worker.state == "loading":
            return Status(State.LOADING, op_seq, self.worker.failure or "loading the model")
        if self.worker.state == "failed":
            return Status(State.LOADING, op_seq, "no model")
        if session_id in self._scheduler.running or self._delivering[session_id]:
            return Status(State.DRAWING, op_seq)
        if session_id in self._asking:
            return Status(State.QUEUED, op_seq, "checking the words")
        if session_id in self._without_engine:
            return Status(State.QUEUED, op_seq, "waiting for a GPU")
        if self._scheduler.pending(session_id):
            return self._queued(session_id, op_seq, position)
        return Status(State.IDLE, op_seq)

    def _queued(self, session_id: bytes, op_seq: int, position: int | None) -> Status:
        if not self._scheduler.running:
            return Status(State.DRAWING, op_seq)
        waiting = self._scheduler.waiting() if position is None else []
        if position is None and session_id in waiting:
            position = waiting.index(session_id)
        if position is None:  # it waits for its client
            return Status(State.QUEUED, op_seq)
        return Status(State.QUEUED, op_seq, place_in_words(position + 1, self._scheduler.wait_s(position)))

    def _forget_the_gone(self) -> None:
        now_s = self._clock()
        for session_id, session in list(self.sessions.items()):
            if session.left_at_s is not None and now_s - session.left_at_s > KEEP_SESSION_S:
                del self.sessions[session_id]
                self._lost.pop(session_id, None)
                self._announcer.forget(session_id)
