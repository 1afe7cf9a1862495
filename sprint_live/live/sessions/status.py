"""Where each person's drawing stands, and who is told so: loading, drawing, waiting at which place and for what, at rest.

Knows: people, the line, the worker's state.  Must not know: what is drawn, how it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.registry import Connection, People
from sprint_live.live.sessions.scheduler import Scheduler
from sprint_live.live.wire.protocol import ErrorText, State, Status, encode

__all__ = ["Announcer", "Statuses", "place_in_words"]


class Statuses:
    """held_back: why a session's newest state is not given to the engine, in words for its person; "" if it is."""

    def __init__(
        self,
        people: People,
        scheduler: Scheduler,
        worker: Worker,
        held_back: Callable[[bytes], str],
        clock: Callable[[], float],
    ) -> None:
        self._people, self._scheduler, self._worker, self._held_back = people, scheduler, worker, held_back
        self._announcer = Announcer(clock)
        self.delivering: Counter[bytes] = Counter()
        """Pictures that are drawn and on their way, by session."""

    def introduce(self, session_id: bytes) -> None:
        """Tell a person which model draws, or why none does."""
        if self._worker.model is not None:
            self._people.send(session_id, self._worker.model)
        self.tell(session_id)
        if self._worker.state == "failed":
            self._people.send(session_id, ErrorText(0, self._worker.failure))

    def tell(self, session_id: bytes, position: int | None = None) -> None:
        """Tell a person where their drawing stands. position: in the line, where it is known."""
        connection = self._people.connections.get(session_id)
        if connection is not None:
            self._announcer.tell(session_id, connection, self.status(session_id, position))

    def tell_those_who_wait(self, also: Iterable[bytes]) -> None:
        """After a picture: its people, and those behind them. Who does not draw is not even looked at."""
        also = list(also)
        for position, session_id in enumerate(self._scheduler.waiting()):
            if session_id not in also:
                self.tell(session_id, position)
        for session_id in also:
            self.tell(session_id)

    def warn(self, session_id: bytes, text: str) -> None:
        """Tell a person a sentence, unless it was just said."""
        connection = self._people.connections.get(session_id)
        if connection is not None:
            self._announcer.warn(session_id, connection, text)

    def forget(self, session_id: bytes) -> None:
        """This person is gone or new: nothing was told."""
        self._announcer.forget(session_id)

    def status(self, session_id: bytes, position: int | None) -> Status:
        """Where a drawing stands now."""
        op_seq = self._people.sessions[session_id].op_seq
        if self._worker.state == "loading":
            return Status(State.LOADING, op_seq, self._worker.failure or "loading the model")
        if self._worker.state == "failed":
            return Status(State.LOADING, op_seq, "no model")
        if session_id in self._scheduler.running or self.delivering[session_id]:
            return Status(State.DRAWING, op_seq)
        if why := self._held_back(session_id):
            return Status(State.QUEUED, op_seq, why)
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


PLACE_EVERY_S = 0.5  # fifty people who wait are then told 100 places a second, not 1,000
WORTH_SAYING_S = 0.5
WARN_EVERY_S = 3.0  # a pen that draws on under a refused prompt is told now and then, not at every point


@dataclass(frozen=True, slots=True)
class _Told:
    status: Status
    at_s: float


class Announcer:
    """Sends statuses; remembers them by session."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told: dict[bytes, _Told] = {}
        self._warned: dict[bytes, tuple[str, float]] = {}

    def forget(self, session_id: bytes) -> None:
        """The client is gone or new: it knows nothing."""
        self._told.pop(session_id, None)
        self._warned.pop(session_id, None)

    def warn(self, session_id: bytes, connection: Connection, text: str) -> None:
        """Send a sentence unless the client was told the very same a moment ago."""
        before, at_s = self._warned.get(session_id, ("", 0.0))
        now_s = self._clock()
        if text != before or now_s - at_s >= WARN_EVERY_S:
            self._warned[session_id] = (text, now_s)
            connection.send(encode(ErrorText(0, text)))

    def tell(self, session_id: bytes, connection: Connection, status: Status) -> None:
        """Send `status` unless the client was told the same, or told its place in the queue half a second ago."""
        told, now_s = self._told.get(session_id), self._clock()
        if told is not None:
            queued = told.status.state is State.QUEUED and status.state is State.QUEUED
            if _same(told.status, status) or (queued and now_s - told.at_s < PLACE_EVERY_S):
                return
        self._told[session_id] = _Told(status, now_s)
        connection.send(encode(status))


def place_in_words(num_before: int, wait_s: float) -> str:
    """ "3 before you, about 2 s", or nothing where the wait is too short to read it."""
    if num_before < 1 or wait_s < WORTH_SAYING_S:
        return ""
    return f"{num_before} before you, about {max(1, round(wait_s))} s"


def _same(told: Status, status: Status) -> bool:
    """Which operation a picture is for matters only once nothing is left to do."""
    if (told.state, told.text) != (status.state, status.text):
        return False
    return status.state is not State.IDLE or told.op_seq == status.op_seq
