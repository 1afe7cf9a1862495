"""The hub connects sessions, scheduler and worker. One asyncio task runs the engine while messages from clients arrive.

    receive(message) -> session.apply -> admission.offer -> [wake] -> run: scheduler.take -> dispatcher.draw -> deliver

The jobs that `take` returns together are one call of the engine. `run` starts the next call while the pictures of the
last one are encoded and sent.

Calls go one way: hub -> dispatcher -> admission, status -> registry -> scheduler, session. What has to come back does
so by a callback that the hub hands in (tests/live/sessions/test_one_way.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import numpy as np

from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import ArgumentError, BusyError, told_by
from sprint_live.live.observability.metrics import Metrics
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.sessions.admission import Admission
from sprint_live.live.sessions.dispatcher import Dispatcher
from sprint_live.live.sessions.registry import Client, ClientRegistry, Connection
from sprint_live.live.sessions.scheduler import Scheduler
from sprint_live.live.sessions.session import Session
from sprint_live.live.sessions.status import StatusReporter
from sprint_live.live.wire.protocol import (
    POLICY,
    Ack,
    ErrorText,
    FrameReady,
    Hello,
    Message,
    ModelInfo,
    Operation,
    Pinned,
    PinPart,
    Status,
    Variation,
    Vary,
    Welcome,
    violation,
)

__all__ = ["Hub"]

LOOK_AROUND_S = 5.0


class Hub:
    """All sessions of this process. Everything runs in the event loop that runs `run`."""

    def __init__(
        self, worker: Worker, clock: Callable[[], float] = time.monotonic, metrics: Metrics | None = None
    ) -> None:
        self.worker = worker
        self.metrics = metrics or Metrics()
        self.clients = ClientRegistry(clock)
        self._clock = clock
        self._draining = False
        self._wake = asyncio.Event()
        self._scheduler = Scheduler(clock)
        self._admission = Admission(self._scheduler, worker, self._words_answered)
        self._status = StatusReporter(self.clients, self._scheduler, worker, clock)
        self._dispatcher = Dispatcher(
            self.clients, self._scheduler, worker, self.metrics, self._admission, self._status, self._wake
        )
        self.metrics.watch(
            "sessions", "drawings kept, of people who are here or were a minute ago", lambda: len(self.clients)
        )
        self.metrics.watch("connections", "people who are here", lambda: len(self.clients.connected))
        self.metrics.watch("queue_depth", "pictures that wait for the engine", lambda: len(self._scheduler.waiting()))
        self.metrics.watch(
            "superseded", "requests replaced by newer ones before their turn", lambda: self._scheduler.superseded
        )
        self.metrics.watch(
            "ready", "1 if pictures can be drawn", lambda: worker.state == WorkerState.READY and not self._draining
        )
        self.metrics.watch("engine_starts", "how often a model was loaded", lambda: worker.starts)
        self.metrics.watch_process("sprint_live_engine", lambda: worker.engine_pid)

    def lend_engine_by(self, has_engine: Callable[[bytes], bool]) -> None:
        """Let `has_engine(session_id)` decide which session may use the engine now.

        Whoever lends the engine calls `engine_changed` when the answer changes.
        """
        self._admission.has_engine = has_engine

    # -- what clients do -----------------------------------------------------------------------------------------------

    def join(self, wanted_id: bytes, connection: Connection) -> Session:
        """A client connected. Returns its session if it is still kept, else a new one with a new id.

        Raises: BusyError if there are too many sessions, or the server is shutting down.
        """
        self.clients.remove_expired()
        if self._draining:
            raise BusyError(coded("server.restarting"))
        client, resumed = self.clients.connect(wanted_id, connection)
        client.forget_messages()
        self._scheduler.renew(client.slot)
        client.send(Welcome(client.session_id, resumed, client.session.op_seq))
        self._status.introduce(client)
        return client.session

    def leave(self, session: Session, connection: Connection) -> None:
        """A connection ended; the session is kept for a minute. Does nothing if another connection has replaced it."""
        client = self.clients.disconnect(session.session_id, connection)
        if client is not None:
            self._admission.drop(client)

    def receive(self, session: Session, message: Message) -> None:
        """Apply a message of a client.

        Raises: ProtocolError, MessageTooLarge: the connection should be closed with `protocol.close_code`.
        """
        client = self.clients.get(session.session_id)
        if client is None:
            return  # removed a minute after its person had left
        match message:
            case Ack():
                session.unacked = {seq for seq in session.unacked if seq > message.frame_seq}
                self._scheduler.block(client.slot, session.window_full)
            case Hello() | Welcome() | ModelInfo() | FrameReady() | Pinned() | Variation() | Status() | ErrorText():
                raise violation(POLICY, f"a {message.kind.name}", "an operation or an ACK")
            case _:
                self._operate(client, message)
        self._status.tell(client)
        self._wake.set()

    def _operate(self, client: Client, operation: Operation) -> None:
        client.session.apply(operation)
        if client.session.restoration is None:
            self._admission.offer(client)
        if isinstance(operation, PinPart):
            self._pin(client, operation)
        elif isinstance(operation, Vary):
            self._scheduler.vary(client.slot, client.session.variations(operation.seeds))

    def _pin(self, client: Client, wish: PinPart) -> None:
        """Pin a part of a picture and send the pin to the page, which keeps it for the next server it connects to."""
        corners_01 = np.frombuffer(wish.corners, "<u2").reshape(-1, 2) / 65535
        try:
            held = client.session.pins.pin(wish.frame_seq, corners_01)
        except ArgumentError as error:
            answer = ErrorText(0, told_by(error))
        else:
            answer = Pinned(wish.seq, held.width, held.height, held.data)
            self._admission.offer(client)
        client.send(answer)

    # -- the engine's side ---------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Run the engine until cancelled."""
        loop = asyncio.get_running_loop()
        self.worker.on_change = lambda: loop.call_soon_threadsafe(self._worker_changed)
        if not self.worker.started:
            self.worker.start()
        try:
            while True:
                may_draw = self.worker.state == WorkerState.READY and not self._draining
                jobs = self._scheduler.take(self.worker.best_batch) if may_draw else []
                if jobs:
                    await self._dispatcher.draw(jobs)
                    continue
                self._wake.clear()
                wait_s = self._scheduler.wake_after_s() if may_draw else None
                try:
                    await asyncio.wait_for(self._wake.wait(), LOOK_AROUND_S if wait_s is None else wait_s)
                except TimeoutError:
                    self.clients.remove_expired()
        finally:
            self.worker.on_change = lambda: None
            self._dispatcher.close()

    async def drain(self, within_s: float) -> None:
        """Start nothing new, let the running picture arrive, then close every connection with 1012."""
        self._draining = True
        end_s = self._clock() + within_s
        while (self._scheduler.running or not self._dispatcher.at_rest) and self._clock() < end_s:
            await asyncio.sleep(0.02)
        for connection in list(self.clients.connections.values()):
            connection.close(1012, "the server is restarting")

    def engine_changed(self, session_id: bytes, error: CodedText) -> None:
        """A session that waited for an engine got one, or got none; `error` has the reason then."""
        client = self.clients.get(session_id)
        if client is None:
            return
        client.waits_for_engine = False
        if client.connection is None:
            return
        if error:
            client.send(ErrorText(0, error))
        else:
            self._admission.offer(client)
        self._status.tell(client)
        self._wake.set()

    def _words_answered(self, client: Client, refused: CodedText) -> None:
        """The owner's checks have answered for a prompt."""
        if refused:
            self._status.warn(client, refused)
        else:
            self._scheduler.renew(client.slot)
            self._admission.offer(client)
        self._status.tell_those_who_wait([client.session_id])
        self._wake.set()

    def _worker_changed(self) -> None:
        for client in self.clients.connected:
            self._status.introduce(client)
        self._wake.set()
