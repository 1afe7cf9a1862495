"""Simulation of people at one engine: pens go down and up, the real scheduler decides, calls take their measured time.

The simulation is event by event, on its own clock, and deterministic for a seed. While a pen is down, its drawing
changes at 60 Hz. The newest state wins, so a change matters only once the previous one is being drawn: there is one
offer after each picture that was started. The network, rasterizing and JPEG are left out: they take a few ms and run
beside the engine.

Knows: the scheduler.  Must not know: Ray, files.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sprint_live.live.sessions.scheduler import Scheduler, Slot

__all__ = ["CrowdResult", "Habit", "simulate"]

EVENT_S = 1 / 60
WARM_UP_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a person draws: strokes of `stroke_s` on average, with the pen down for `pen_down` (0..1) of the time."""

    pen_down: float
    stroke_s: float = 0.8

    @property
    def rest_s(self) -> float:
        """Mean seconds between two strokes."""
        return self.stroke_s * (1 - self.pen_down) / self.pen_down


@dataclass(slots=True)
class CrowdResult:
    """The result for people: `waits_s` from lifting the pen to the picture of the whole stroke; `pictures`.

    `busy_s`: the time the engine worked.
    """

    waits_s: list[float] = field(default_factory=list)
    pictures: int = 0
    busy_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _StandInRequest:
    """Stands for a DrawRequest: compared by value, and all may share a call of the engine."""

    number: int
    blank: bool = False
    batch_key: tuple = ()


class _Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class _Crowd:
    def __init__(self, num_people: int, habit: Habit, call_ms: Mapping[int, float], dice: random.Random) -> None:
        self._habit, self._call_ms, self._dice = habit, call_ms, dice
        self._clock = _Clock()
        self._scheduler = Scheduler(self._clock)
        self._slots = [Slot(person.to_bytes(4, "big")) for person in range(num_people)]
        self._events: list[tuple[float, int, str, int]] = []
        self._count = 0  # orders events of the same moment, and numbers the wishes
        self._down = [False] * num_people
        self._lifted: list[list[tuple[int, float]]] = [
            [] for _ in range(num_people)
        ]  # strokes without a picture: (last operation, when)
        self._drawing: list[tuple[int, int]] = []  # (person, operation) in the engine
        self._begun_s = 0.0
        self._what_happens = {
            "down": self._on_down,
            "move": self._on_move,
            "lift": self._on_lift,
            "done": self._on_done,
            "look": self._on_look,
        }
        self.seen = CrowdResult()
        for person in range(num_people):
            self._later(dice.uniform(0, habit.rest_s + habit.stroke_s), "down", person)

    def run(self, seconds: float) -> CrowdResult:
        while self._events and self._events[0][0] < seconds:
            self._clock.now_s, _, what, person = heapq.heappop(self._events)
            self._what_happens[what](person)
            self._start()
            if self._clock.now_s < seconds * WARM_UP_SHARE:
                self.seen = CrowdResult()
        self.seen.waits_s += [
            seconds - at_s for strokes in self._lifted for _, at_s in strokes
        ]  # no picture yet: so long at least
        return self.seen

    def _later(self, wait_s: float, what: str, person: int) -> None:
        self._count += 1
        heapq.heappush(self._events, (self._clock.now_s + wait_s, self._count, what, person))

    def _wish(self, person: int) -> int:
        self._count += 1
        wish: Any = _StandInRequest(self._count)  # all that a scheduler reads of a request
        self._scheduler.offer(self._slots[person], wish, self._count, pen_down=self._down[person])
        return self._count

    def _on_down(self, person: int) -> None:
        self._down[person] = True
        self._wish(person)
        self._later(self._dice.expovariate(1 / self._habit.stroke_s), "lift", person)

    def _on_move(self, person: int) -> None:
        if self._down[person]:
            self._wish(person)

    def _on_lift(self, person: int) -> None:
        self._down[person] = False
        self._lifted[person].append((self._wish(person), self._clock.now_s))
        self._later(self._dice.expovariate(1 / self._habit.rest_s), "down", person)

    def _on_done(self, _: int) -> None:
        self._scheduler.finish(self._clock.now_s - self._begun_s)
        for person, operation in self._drawing:
            self.seen.pictures += 1
            self.seen.waits_s += [self._clock.now_s - at_s for last, at_s in self._lifted[person] if last <= operation]
            self._lifted[person] = [stroke for stroke in self._lifted[person] if stroke[0] > operation]

    def _on_look(self, _: int) -> None:
        """The pause of a pen that a slow engine waits for is over."""

    def _start(self) -> None:
        jobs = self._scheduler.take(max(self._call_ms))
        if jobs:
            call_s = self._call_ms[min(size for size in self._call_ms if size >= len(jobs))] / 1e3
            self._drawing = [(int.from_bytes(job.session_id, "big"), job.op_seq) for job in jobs]
            self._begun_s = self._clock.now_s
            self.seen.busy_s += call_s
            self._later(call_s, "done", 0)
            for person, _ in self._drawing:
                if self._down[person]:
                    self._later(EVENT_S, "move", person)
        elif (wait_s := self._scheduler.wake_after_s()) is not None:
            self._later(wait_s + 1e-6, "look", 0)


def simulate(
    num_people: int, habit: Habit, call_ms: Mapping[int, float], *, seconds: float = 300.0, seed: int = 0
) -> CrowdResult:
    """Simulate `num_people` with one habit at one engine for `seconds`; the first fifth does not count.

    call_ms: pictures in one call of the engine -> ms of that call.
    """
    return _Crowd(num_people, habit, call_ms, random.Random(seed)).run(seconds)
