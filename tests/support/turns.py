"""The scheduler with slots by name: `offer(b"a", ...)` stands for the slot of the client record that a test has no use
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.sessions.scheduler import Job, Scheduler, Slot

__all__ = ["NamedTurns"]


class NamedTurns:
    """A `Scheduler` whose methods take the id of a session instead of its slot."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._scheduler = Scheduler(clock)
        self._slots: dict[bytes, Slot] = {}

    def slot(self, session_id: bytes) -> Slot:
        return self._slots.setdefault(session_id, Slot(session_id))

    def offer(self, session_id: bytes, request: DrawRequest, op_seq: int, *, pen_down: bool = False) -> bool:
        return self._scheduler.offer(self.slot(session_id), request, op_seq, pen_down=pen_down)

    def vary(self, session_id: bytes, requests: Iterable[DrawRequest]) -> None:
        self._scheduler.vary(self.slot(session_id), requests)

    def block(self, session_id: bytes, blocked: bool) -> None:
        self._scheduler.block(self.slot(session_id), blocked)

    def renew(self, session_id: bytes, *, alone: bool = False) -> None:
        self._scheduler.renew(self.slot(session_id), alone=alone)

    def take(self, at_most: int = 1) -> list[Job]:
        return self._scheduler.take(at_most)

    def finish(self, engine_s: float | None) -> None:
        self._scheduler.finish(engine_s)

    def wait_s(self, position: int) -> float:
        return self._scheduler.wait_s(position)

    def wake_after_s(self) -> float | None:
        return self._scheduler.wake_after_s()

    @property
    def running(self) -> frozenset[bytes]:
        return self._scheduler.running
