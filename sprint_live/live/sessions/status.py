"""The status of each drawing (loading, drawing, waiting, idle) and the messages that report it.

Knows: client records, the scheduler, the worker's state.  Must not know: what is drawn, how it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.sessions.registry import Client, ClientRegistry
from sprint_live.live.sessions.scheduler import Scheduler
from sprint_live.live.wire.protocol import ErrorText, State, Status

__all__ = ["StatusReporter", "ThrottledSender", "place_in_words"]


class StatusReporter:
    """Tells each client the status of its drawing."""

    def __init__(
        self, clients: ClientRegistry, scheduler: Scheduler, worker: Worker, clock: Callable[[], float]
    ) -> None:
        self._clients, self._scheduler, self._worker = clients, scheduler, worker
        self._sender = ThrottledSender(clock)

    def introduce(self, client: Client) -> None:
        """Tell a client which model draws, or why none does."""
        if self._worker.model is not None:
            client.send(self._worker.model)
        self.tell(client)
        if self._worker.state == WorkerState.FAILED:
            client.send(ErrorText(0, self._worker.failure))

    def tell(self, client: Client, position: int | None = None) -> None:
        """Tell a client the status of its drawing. position: its place in the queue, if known."""
        if client.connection is not None:
            self._sender.tell(client, self.status(client, position))

    def tell_those_who_wait(self, also: Iterable[bytes]) -> None:
        """After a picture: tell the clients in `also` and all that wait. Clients that do not draw cost nothing."""
        also = list(also)
        for position, session_id in enumerate(self._scheduler.waiting()):
            if session_id not in also:
                self._tell_id(session_id, position)
        for session_id in also:
            self._tell_id(session_id, None)

    def warn(self, client: Client, text: CodedText) -> None:
        """Tell a client a sentence, unless it was just sent."""
        self._sender.warn(client, text)

    def status(self, client: Client, position: int | None) -> Status:
        """The current status of a drawing."""
        op_seq = client.session.op_seq
        if self._worker.state == WorkerState.LOADING:
            return Status(State.LOADING, op_seq, self._worker.failure or coded("model.loading"))
        if self._worker.state == WorkerState.FAILED:
            return Status(State.LOADING, op_seq, coded("model.none"))
        if client.session_id in self._scheduler.running or client.num_delivering:
            return Status(State.DRAWING, op_seq)
        if why := client.wait_reason:
            return Status(State.QUEUED, op_seq, why)
        if client.slot.request is not None:
            return self._queued(client.session_id, op_seq, position)
        return Status(State.IDLE, op_seq)

    def _tell_id(self, session_id: bytes, position: int | None) -> None:
        client = self._clients.get(session_id)
        if client is not None:
            self.tell(client, position)

    def _queued(self, session_id: bytes, op_seq: int, position: int | None) -> Status:
        if not self._scheduler.running:
            return Status(State.DRAWING, op_seq)
        waiting = self._scheduler.waiting() if position is None else []
        if position is None and session_id in waiting:
            position = waiting.index(session_id)
        if position is None:  # it waits for its client
            return Status(State.QUEUED, op_seq)
        return Status(State.QUEUED, op_seq, place_in_words(position + 1, self._scheduler.wait_s(position)))


PLACE_EVERY_S = 0.5  # fifty people who wait are then told 100 places a second, not 1,000
WORTH_SAYING_S = 0.5
WARN_EVERY_S = 3.0  # a pen that draws on under a refused prompt is told now and then, not at every point


class ThrottledSender:
    """Sends statuses and warnings, but none twice in a row. The client's record remembers the last ones."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def warn(self, client: Client, text: CodedText) -> None:
        """Send a sentence unless the same one was sent within the last 3 s."""
        before, at_s = client.last_warning
        now_s = self._clock()
        if client.connection is not None and (text != before or now_s - at_s >= WARN_EVERY_S):
            client.last_warning = (text, now_s)
            client.send(ErrorText(0, text))

    def tell(self, client: Client, status: Status) -> None:
        """Send `status` unless it has not changed, or only the place in the queue has, within half a second."""
        now_s = self._clock()
        if client.last_status is not None:
            told, at_s = client.last_status
            queued = told.state is State.QUEUED and status.state is State.QUEUED
            if _same(told, status) or (queued and now_s - at_s < PLACE_EVERY_S):
                return
        client.last_status = (status, now_s)
        client.send(status)


def place_in_words(num_before: int, wait_s: float) -> CodedText:
    """ "3 before you, about 2 s", or "" if the wait is too short to read it."""
    if num_before < 1 or wait_s < WORTH_SAYING_S:
        return NO_TEXT
    return coded("queue.position", {"number": num_before, "seconds": max(1, round(wait_s))})


def _same(told: Status, status: Status) -> bool:
    """Whether two statuses say the same. The operation matters only when the drawing is idle."""
    if (told.state, told.text) != (status.state, status.text):
        return False
    return status.state is not State.IDLE or told.op_seq == status.op_seq
