"""The scheduler chooses the next picture to draw: a pure policy with an injected clock, no threads, no I/O.

One slot a session, which its client record holds, has the newest request; an older one that was not started is gone. A
request equal by value to the last one started is not rendered again. Sessions take turns. A request runs at once when
the engine is free, and while the pen is down the engine simply runs back to back, so the last state is always rendered:
it stays in its slot until it is taken.

Where the engine draws several pictures in one call faster than one after another, requests that can share a call and
wait at the same time go together: the session whose turn it is says which, the others leave the line with it. Nobody is
waited for, and whoever stands first is always in the next call.

Variations, the same drawing with other seeds, come when nobody waits: a picture of a drawing is late by at most the one
call that runs, and the next change of the drawing forgets those that were not drawn.

Only a slow engine (over 1.5 s a picture) waits for a pause of the pen, 0.25 s, because a picture of a half-drawn stroke
would block the one that is wanted; after 3 s it stops waiting.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sprint_live.live.canvas.draw_request import DrawRequest

__all__ = ["Job", "Scheduler", "Slot"]

SLOW_ENGINE_S = 1.5
PAUSE_S = 0.25
PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class Job:
    """A request whose turn has come. op_seq: its newest operation. waited_s: time since it could have run."""

    session_id: bytes
    request: DrawRequest
    op_seq: int
    waited_s: float
    aside: bool = False
    """A variation: it takes no turn and is no picture of the drawing."""


@dataclass(slots=True, eq=False)
class Slot:
    """What one session wants and what was started for it.
    gone: its person has left, it does not come into the line again.
    """

    session_id: bytes
    gone: bool = False
    request: DrawRequest | None = None
    op_seq: int = 0
    alone: bool = False
    pen_down: bool = False
    first_offer_s: float = 0.0
    last_offer_s: float = 0.0
    started: DrawRequest | None = None
    blocked: bool = False
    aside: deque[DrawRequest] = field(default_factory=deque)


class Scheduler:
    """One engine, many sessions."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._line: dict[Slot, None] = {}  # in order of turn
        self._running: frozenset[bytes] = frozenset()
        self._engine_s = 0.0
        self._at_most = 1
        self.superseded = 0
        """How many requests were replaced by newer ones before their turn."""

    @property
    def running(self) -> frozenset[bytes]:
        """The sessions whose pictures are being drawn."""
        return self._running

    def offer(self, slot: Slot, request: DrawRequest, op_seq: int, *, pen_down: bool = False) -> bool:
        """The newest state of a session. Returns False if its picture is already drawn or being drawn."""
        self._enter(slot)
        now_s = self._clock()
        slot.op_seq, slot.pen_down = op_seq, pen_down
        if request.blank or request == slot.started:
            slot.request = None
            if request.blank:
                slot.started = None
                slot.aside.clear()
            return False
        slot.aside.clear()
        if slot.request is None:
            slot.first_offer_s = now_s
        else:
            self.superseded += request != slot.request
        if request != slot.request:
            slot.last_offer_s = now_s
        slot.request = request
        return True

    def vary(self, slot: Slot, requests: Iterable[DrawRequest]) -> None:
        """Variations of a session's drawing, in place of those before; its next change forgets what is left of them."""
        self._enter(slot)
        slot.aside = deque(requests)

    def block(self, slot: Slot, blocked: bool) -> None:
        """Hold a session back while its frames are unacknowledged. Its newest request waits in the slot."""
        self._enter(slot)
        slot.blocked = blocked

    def take(self, at_most: int = 1) -> list[Job]:
        """The next jobs, up to `at_most` that can share a call of the engine, one of a session.

        Empty if the engine is busy, nothing is wanted, or the pen should come to rest first.
        """
        self._at_most = at_most
        if self._running:
            return []
        now_s = self._clock()
        first, chosen = None, []
        for slot in self._line:
            if len(chosen) == at_most or (first is not None and first.alone):
                break
            if slot.request is None or slot.blocked or self._pause_left_s(slot, now_s) > 0:
                continue
            if first is None:
                first, batch_key = slot, slot.request.batch_key
            elif slot.alone or slot.request.batch_key != batch_key:
                continue
            chosen.append(slot)
        if first is None:
            return self._take_aside(at_most)
        jobs = []
        for slot in chosen:
            jobs.append(Job(slot.session_id, slot.request, slot.op_seq, now_s - slot.last_offer_s))
            slot.started, slot.request, slot.alone = slot.request, None, False
            self._to_the_end(slot)
        self._running = frozenset(job.session_id for job in jobs)
        return jobs

    def _take_aside(self, at_most: int) -> list[Job]:
        """Variations of one session, only while nobody waits for a picture of a drawing or has the pen down."""
        if any(slot.pen_down or (slot.request is not None and not slot.blocked) for slot in self._line):
            return []
        for slot in self._line:
            if slot.aside and not slot.blocked:
                self._to_the_end(slot)
                self._running = frozenset([slot.session_id])
                count = min(at_most, len(slot.aside))
                return [Job(slot.session_id, slot.aside.popleft(), slot.op_seq, 0.0, aside=True) for _ in range(count)]
        return []

    def finish(self, engine_s: float | None) -> None:
        """The running jobs are over after `engine_s`, None if none gave a picture.
        A failed request is not tried again by itself.
        """
        self._running = frozenset()
        if engine_s is not None:
            self._engine_s = engine_s

    def waiting(self) -> list[bytes]:
        """Sessions whose request waits for the engine, the next one first.
        Sessions that wait for their client are left out.
        """
        return [slot.session_id for slot in self._line if slot.request is not None and not slot.blocked]

    def wait_s(self, position: int) -> float:
        """The estimated wait of the request at this position in `waiting`, from the duration of the last call."""
        return self._engine_s * (position // self._at_most + bool(self._running))

    def renew(self, slot: Slot, *, alone: bool = False) -> None:
        """Forget what was drawn: the person came back without a picture, the same request must be drawn again.

        alone: its next request shares no call with others, because it may be what broke the last one.
        """
        slot.started, slot.blocked, slot.alone = None, False, alone

    def drop(self, slot: Slot) -> None:
        """Take a session out of the line for good. Its running job finishes."""
        slot.gone = True
        slot.request = None
        slot.aside.clear()
        self._line.pop(slot, None)

    def wake_after_s(self) -> float | None:
        """Seconds until a waiting request may run by itself. None if no request waits for time."""
        if self._running:
            return None
        now_s = self._clock()
        waits = [
            self._pause_left_s(slot, now_s) for slot in self._line if slot.request is not None and not slot.blocked
        ]
        return max(0.0, min(waits)) if waits else None

    def _enter(self, slot: Slot) -> None:
        if not slot.gone:
            self._line.setdefault(slot)

    def _to_the_end(self, slot: Slot) -> None:
        del self._line[slot]
        self._line[slot] = None

    def _pause_left_s(self, slot: Slot, now_s: float) -> float:
        if not slot.pen_down or self._engine_s <= SLOW_ENGINE_S or slot.started is None:
            return 0.0
        return min(slot.last_offer_s + PAUSE_S, slot.first_offer_s + PATIENCE_S) - now_s
