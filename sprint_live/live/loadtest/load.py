"""Load test: many people on an engine of exact speed. Measures server overhead, memory and waiting times."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.canvas.journal import MAX_ENTRIES
from sprint_live.live.loadtest.message_cost import MessageCost
from sprint_live.live.loadtest.stub_engine import TimedEngine
from sprint_live.live.loadtest.virtual_users import crowd
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.security.rate_limits import ClientLimits
from sprint_live.live.server.server import LiveServer
from sprint_live.live.sessions.hub import Hub
from sprint_live.machine import load_average, num_open_files, resident_bytes

__all__ = ["leak_mib_an_hour", "measure_load", "served", "windows_of"]

ENGINE_MS = 50.0
WINDOW_S = 10.0
WARM_UP_SHARE = 0.25
READY_WITHIN_S = 120.0
ALL_GONE_WITHIN_S = 10.0


def measure_load(
    num_people: int, seconds: float, strokes_a_second: float = 10.0, strokes_before: int = 0
) -> dict[str, Any]:
    """`num_people` draw `strokes_a_second` each for `seconds` on a 50 ms stand-in engine.

    strokes_before: strokes that are on everybody's paper and in their picture before the count starts: long drawings.

    Returns: `overhead_ms` p50, p95 and p99 (from taking a job to handing its bytes to the socket, less the engine's
    time), over all and in `windows` of 10 s, each with its memory; `round_trip_ms` of a WebSocket ping under load,
    `picture_every_ms` of one person, `pictures`, `message_cpu_us` p50, p95 and p99 of the CPU time that one message of
    a pen costs the event loop, `cpu_share` of the server's process in one core, `fairness` = fewest over most pictures
    of anybody, `rss_mib` of the server's process at the beginning, once warm (a quarter of the time)
    and at the end, `rss_growth` from warm to the end, `leak_mib_an_hour` = the slope of a line through that memory, and
    what is `left_over` in descriptors and threads when everybody has left. A person who came and went before the count
    starts what starts only once (the encoder's thread), and the people's process is there before and after.
    Raises: ArgumentError for less than one person or second, or more strokes than a drawing may have.
    """
    if num_people < 1 or seconds < 1:
        raise ArgumentError(
            refusal(got=f"{num_people} people for {seconds} s", accepted="1 or more", fix="ask for more")
        )
    if not 0 <= strokes_before <= MAX_ENTRIES // 2:
        raise ArgumentError(
            refusal(got=f"{strokes_before} strokes", accepted=f"0 to {MAX_ENTRIES // 2}", fix="ask for fewer")
        )
    with _running(num_people) as server, multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(crowd, (server.port, 1, 1.0, 5.0))
        before = _held()
        record, cost = _Record(server), MessageCost(_hub_of(server))
        draw = functools.partial(crowd, server.port, num_people, seconds, strokes_a_second, strokes_before)
        waiting = pool.apply_async(draw)
        record.until(waiting, seconds * 2 + 60 + num_people * strokes_before / 1000)
        people = waiting.get(0)
        left_over = _left_over(before)
    begin_s = people.pop("began_s")
    end_s = begin_s + seconds
    windows = windows_of(record.overheads, record.samples, begin_s, end_s)
    during = [sample for sample in record.samples if begin_s + WARM_UP_SHARE * seconds <= sample[0]]
    overheads_ms = [overhead_s * 1e3 for at_s, overhead_s in record.overheads if at_s >= begin_s]
    return {
        "people": num_people,
        "seconds": seconds,
        "strokes_a_second_each": strokes_a_second,
        "strokes_before": strokes_before,
        "engine_ms": ENGINE_MS,
        "overhead_ms": _percentiles(overheads_ms),
        **people,
        "message_cpu_us": cost.summary(),
        "cpu_share": round((during[-1][2] - during[0][2]) / max(1e-9, during[-1][0] - during[0][0]), 3),
        "rss_mib": {
            "begin": round(record.samples[0][1], 1),
            "warm": round(during[0][1], 1),
            "end": round(during[-1][1], 1),
        },
        "rss_growth": round(during[-1][1] / during[0][1] - 1, 4) if during[0][1] else 0.0,
        "leak_mib_an_hour": leak_mib_an_hour(during),
        "left_over": left_over,
        "load_average": load_average(),
        "windows": windows,
    }


@contextlib.contextmanager
def served(num_people: int) -> Iterator[int]:
    """Run a server for `num_people` on a 50 ms stand-in engine, in this process; gives its port."""
    with _running(num_people) as server:
        yield server.port


@contextlib.contextmanager
def _running(num_people: int) -> Iterator[LiveServer]:
    engine = TimedEngine(ENGINE_MS)
    server = LiveServer(lambda: engine, host="127.0.0.1", port=0, limits=ClientLimits(sockets=num_people + 10))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        _wait_until_ready(server)
        yield server
    finally:
        server.stop()
        thread.join(20)


def leak_mib_an_hour(samples: Sequence[tuple[float, float, float]]) -> float:
    """Slope of the least-squares line through the memory of samples (time, MiB, CPU s); 0 for fewer than two."""
    if len(samples) < 2:
        return 0.0
    at_s, mib = np.array([sample[:2] for sample in samples]).T
    return round(float(np.polyfit(at_s - at_s[0], mib, 1)[0]) * 3600, 2)


class _Record:
    """What the server did while it was watched: (time, overhead) of every picture, and (time, MiB,
    CPU seconds) now and then.
    """

    def __init__(self, server: LiveServer) -> None:
        self.begin_s = time.monotonic()
        self.overheads: list[tuple[float, float]] = []
        self.samples: list[tuple[float, float, float]] = []
        _hub_of(server).metrics.listen(lambda overhead_s: self.overheads.append((time.monotonic(), overhead_s)))

    def until(self, waiting: Any, within_s: float) -> None:  # a multiprocessing AsyncResult
        """Sample once a second until `waiting` is ready."""
        while not waiting.ready() and time.monotonic() < self.begin_s + within_s:
            self.samples.append((time.monotonic(), resident_bytes() / 2**20, time.process_time()))
            waiting.wait(1.0)
        self.samples.append((time.monotonic(), resident_bytes() / 2**20, time.process_time()))


def _hub_of(server: LiveServer) -> Hub:
    assert server.hub is not None, "the server answers, so it has a hub"
    return server.hub


def windows_of(
    overheads: Sequence[tuple[float, float]],
    samples: Sequence[tuple[float, float, float]],
    begin_s: float,
    end_s: float,
) -> list[dict[str, float]]:
    """Percentiles of the overhead (time, s) in windows of 10 s, each with the memory of the last sample (time, MiB,
    CPU s) in it.
    """
    windows = []
    for start_s in np.arange(begin_s, end_s, WINDOW_S):
        inside_ms = [overhead_s * 1e3 for at_s, overhead_s in overheads if start_s <= at_s < start_s + WINDOW_S]
        rss_mib = [mib for at_s, mib, _ in samples if at_s < start_s + WINDOW_S]
        if inside_ms:
            windows.append(
                {
                    "from_s": round(float(start_s - begin_s), 1),
                    "pictures": len(inside_ms),
                    **_percentiles(inside_ms),
                    "rss_mib": round(rss_mib[-1], 1) if rss_mib else 0.0,
                }
            )
    return windows


def _percentiles(values_ms: Sequence[float]) -> dict[str, float]:
    if not values_ms:
        return {}
    return {f"p{share}": round(float(np.percentile(values_ms, share)), 2) for share in (50, 95, 99)}


def _wait_until_ready(server: LiveServer) -> None:
    end_s = time.monotonic() + READY_WITHIN_S
    while not (server.worker.state == WorkerState.READY and server.hub is not None):
        if time.monotonic() > end_s:
            raise ArgumentError(
                refusal(got="a server that is not ready", accepted="one within 2 minutes", fix="free the machine")
            )
        time.sleep(0.1)


def _held() -> dict[str, int]:
    return {"descriptors": num_open_files(), "threads": threading.active_count()}


def _left_over(before: dict[str, int]) -> dict[str, int]:
    """The growth of memory since `before`, measured once it no longer shrinks."""
    end_s = time.monotonic() + ALL_GONE_WITHIN_S
    while time.monotonic() < end_s and any(count > before[name] for name, count in _held().items()):
        time.sleep(0.2)
    return {name: count - before[name] for name, count in _held().items()}
