"""What each client was told last, so that a status goes out once for each change, and a place in the queue not too often.

Knows: statuses and connections.  Must not know: sessions, the scheduler, sockets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sprint_live.live.protocol import ErrorText, State, Status, encode

__all__ = ["Announcer", "Connection", "place_in_words"]

PLACE_EVERY_S = 0.5  # fifty people who wait are then told 100 places a second, not 1,000
WORTH_SAYING_S = 0.5
WARN_EVERY_S = 3.0  # a pen that draws on under a refused prompt is told now and then, not at every point


class Connection(Protocol):
    """The way to one client; both methods return at once."""

    def send(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


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
