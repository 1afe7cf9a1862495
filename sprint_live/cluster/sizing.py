"""How many people a GPU serves, and how many GPUs a number of people needs, from the simulation.

A GPU serves as many people as still get the picture of a finished stroke within a second in nineteen of twenty cases.
How often people's pens are down is not known, so the table has three habits, from a person who thinks to a person who
shades.

Knows: the simulation, numbers.  Must not know: Ray, plots.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sprint_live.cluster.crowd import CrowdResult, Habit, simulate
from sprint_live.errors import ArgumentError, refusal

__all__ = ["FLEETS", "HABITS", "calls_of_bench", "people_a_gpu", "seated", "size"]

HABITS = {"thinking": Habit(pen_down=0.1), "drawing": Habit(pen_down=0.25), "shading": Habit(pen_down=0.5)}
FLEETS = (100, 1_000, 10_000)
WAIT_S = 1.0
SHARE = 95
MOST_PEOPLE = 4096
SECOND_TRIES = 2
FLEET_S = 30.0


def size(call_ms: Mapping[int, float], *, seconds: float = 300.0) -> dict[str, Any]:
    """The whole table for one engine: `people_a_gpu` by habit, `curve` of waits by people,
    `gpus` by habit and number of people.

    call_ms: pictures in one call of the engine -> ms of that call.
    Raises: ArgumentError for a call that takes no time.
    """
    if not call_ms or min(call_ms) != 1 or min(call_ms.values()) <= 0:
        raise ArgumentError(
            refusal(
                got=f"{dict(call_ms)} ms by pictures a call",
                accepted="ms > 0, for 1 picture at least",
                fix="measure again",
            )
        )
    holds, curves, gpus = {}, {}, {}
    for name, habit in HABITS.items():
        holds[name] = people_a_gpu(habit, call_ms, seconds=seconds)
        sizes = sorted({max(1, round(holds[name] * share)) for share in (0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5)})
        curves[name] = [
            {"people": people, **_summary([simulate(people, habit, call_ms, seconds=seconds)], seconds)}
            for people in sizes
        ]
        gpus[name] = [_fleet_row(people, habit, call_ms, holds[name], FLEET_S) for people in FLEETS]
    return {
        "call_ms": {str(n): ms for n, ms in call_ms.items()},
        "wait_s": WAIT_S,
        "share": SHARE,
        "simulated_s": seconds,
        "habits": {name: {"pen_down": habit.pen_down, "stroke_s": habit.stroke_s} for name, habit in HABITS.items()},
        "people_a_gpu": holds,
        "curve": curves,
        "gpus": gpus,
    }


def people_a_gpu(habit: Habit, call_ms: Mapping[int, float], *, seconds: float = 300.0) -> int:
    """The most people for whom the wait is short enough, by bisection; 0 if it is too long even for one."""
    low, high = 0, 1
    while high <= MOST_PEOPLE and _held(high, habit, call_ms, seconds):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _held(middle, habit, call_ms, seconds) else (low, middle)
    return low


def seated(num_people: int, num_gpus: int, room: int, *, seed: int = 0) -> list[int] | None:
    """People on each GPU when each is hashed to one; None if somebody finds no room.

    `--people` is the limit. A person refused by a full replica opens the page again, at most twice: with a new seat, on
    another replica.
    """
    dice = random.Random(seed)
    people = [0] * num_gpus
    for _ in range(num_people):
        tried = dice.sample(range(num_gpus), min(num_gpus, 1 + SECOND_TRIES))
        free = next((gpu for gpu in tried if people[gpu] < room), None)
        if free is None:
            return None
        people[free] += 1
    return people


def calls_of_bench(path: Path) -> tuple[str, dict[int, float]]:
    """(what was measured, ms by pictures a call) of a file of `sprint-live bench picture`,
    or of `bench curves` up to its best batch.

    Raises: ArgumentError if it is no such file.
    """
    try:
        report = json.loads(path.read_text("utf-8"))
        cores = report["hardware"]
        on = cores["cpu"] if cores["device"] == "cpu" else cores["device"]
        name = f"{report['model']} on {on}"
        if "curves" in report:
            batch = report["curves"]["batch"]
            return name, {
                point["batch"]: float(point["ms"]["median"])
                for point in batch["points"]
                if point["batch"] <= batch["best_batch"]
            }
        return name, {1: float(report["engine_ms"]["total"]["median"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        got = f"{path}, which is no measurement of engine.draw ({type(error).__name__})"
        raise ArgumentError(
            refusal(
                got=got,
                accepted="a file of `sprint-live bench picture` or `curves`",
                fix="measure, or give --picture-ms",
            )
        ) from error


def _held(people: int, habit: Habit, call_ms: Mapping[int, float], seconds: float) -> bool:
    waits_s = simulate(people, habit, call_ms, seconds=seconds).waits_s
    return not waits_s or float(np.percentile(waits_s, SHARE)) <= WAIT_S


def _fleet_row(
    num_people: int, habit: Habit, call_ms: Mapping[int, float], room: int, seconds: float
) -> dict[str, Any]:
    """The fewest GPUs, in steps of 1 %, on which everybody finds room despite uneven hashing; and the waits there."""
    room = max(1, room)
    num_gpus = -(-num_people // room)
    while (people := seated(num_people, num_gpus, room)) is None:
        num_gpus += max(1, num_gpus // 100)
    seen = [simulate(number, habit, call_ms, seconds=seconds, seed=1 + i) for i, number in enumerate(people)]
    return {"people": num_people, "gpus": num_gpus, **_summary(seen, seconds)}


def _summary(seen: list[CrowdResult], seconds: float) -> dict[str, float]:
    waits_s = [wait_s for one in seen for wait_s in one.waits_s] or [0.0]
    counted_s = 0.8 * seconds * len(seen)
    p50, p95, p99 = (round(float(np.percentile(waits_s, share)), 3) for share in (50, SHARE, 99))
    return {
        "wait_p50_s": p50,
        "wait_p95_s": p95,
        "wait_p99_s": p99,
        "strokes": len(waits_s),
        "pictures_a_second": round(sum(one.pictures for one in seen) / counted_s * len(seen), 1),
        "busy": round(min(1.0, sum(one.busy_s for one in seen) / counted_s), 3),
    }
