"""Many people at once around an engine of an exact speed: what the server adds, what it keeps, and who has to wait.

The people are coroutines in a process of their own, so that their work is not counted as the server's.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import multiprocessing
import os
import random
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live import protocol as wire
from sprint_live.live.limits import ClientLimits
from sprint_live.live.server import LiveServer
from sprint_live.live.strokes import Stroke, Tool, pack_points
from sprint_live.live.timed_engine import TimedEngine

__all__ = ["measure_load"]

ENGINE_MS = 50.0
WARM_UP_SHARE = 0.25
READY_WITHIN_S = 120.0


def measure_load(num_people: int, seconds: float, strokes_a_second: float = 10.0) -> dict[str, Any]:
    """`num_people` draw `strokes_a_second` each for `seconds` on a 50 ms stand-in engine.

    Returns: `overhead_ms` p50 and p99 (from taking a job to handing its bytes to the socket, less the engine's time; upper
    edges of the buckets of /metrics), `round_trip_ms` of a WebSocket ping under load, `picture_every_ms` of one person,
    `pictures`, `cpu_share` of the server's process in one core, `fairness` = fewest over most pictures of anybody, `rss_growth` of the server's process from a quarter of the
    time to the end, and growth of `descriptors` and `threads` after everybody has left.
    Raises: ArgumentError for less than one person or second.
    """
    if num_people < 1 or seconds < 1:
        raise ArgumentError(refusal(got=f"{num_people} people for {seconds} s", accepted="1 or more", fix="ask for more"))
    engine = TimedEngine(ENGINE_MS)
    server = LiveServer(lambda: engine, host="127.0.0.1", port=0, limits=ClientLimits(sockets=num_people + 10))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        _wait_until_ready(server)
        before = _held()
        context = multiprocessing.get_context("spawn")
        with context.Pool(1) as pool:
            job = functools.partial(_crowd, server.port, num_people, seconds, strokes_a_second)
            waiting = pool.apply_async(job)
            time.sleep(seconds * WARM_UP_SHARE + 2)
            warm_mib, cpu_s, warm_s = _rss_mib(), time.process_time(), time.monotonic()
            people = waiting.get(seconds * 2 + 60)
            rss_mib = _rss_mib()
            cpu_share = (time.process_time() - cpu_s) / (time.monotonic() - warm_s)
        time.sleep(1.0)
        after = _held()
        overhead = _quantiles(server.hub.metrics.registry, (0.5, 0.99))
    finally:
        server.stop()
        thread.join(20)
    return {
        "people": num_people, "seconds": seconds, "strokes_a_second_each": strokes_a_second, "engine_ms": ENGINE_MS,
        "overhead_ms": {"p50_at_most": overhead[0], "p99_at_most": overhead[1]},
        **people, "cpu_share": round(cpu_share, 3),
        "rss_mib": round(rss_mib, 1), "rss_growth": round(rss_mib / warm_mib - 1, 4),
        "left_over": {name: after[name] - before[name] for name in before},
        "load_average": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def _crowd(port: int, num_people: int, seconds: float, strokes_a_second: float) -> dict[str, Any]:
    """In the other process: everybody draws; what they saw."""

    async def everybody() -> list[_Person]:
        people = [_Person(seed) for seed in range(num_people)]
        await asyncio.gather(*(person.visit(port, seconds, strokes_a_second) for person in people))
        return people

    people = asyncio.run(everybody())
    pictures = [len(person.came_s) for person in people]
    trips_ms = sorted(ms for person in people for ms in person.trips_ms)
    gaps_ms = sorted((b - a) * 1e3 for person in people for a, b in zip(person.came_s, person.came_s[1:], strict=False))
    return {
        "pictures": sum(pictures),
        "fairness": round(min(pictures) / max(1, max(pictures)), 3),
        "everybody_has_the_last_state": all(person.up_to_date for person in people),
        "round_trip_ms": {"p50": round(statistics.median(trips_ms), 1), "p99": round(trips_ms[int(0.99 * len(trips_ms))], 1)},
        "picture_every_ms": {"p50": round(statistics.median(gaps_ms), 1), "p99": round(gaps_ms[int(0.99 * len(gaps_ms))], 1)},
    }


class _Person:
    """One WebSocket that draws short strokes, acknowledges pictures, and undoes now and then."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._seq = 0
        self._drawn_seq = 0
        self._told: wire.Status | None = None
        self.came_s: list[float] = []
        self.trips_ms: list[float] = []

    @property
    def up_to_date(self) -> bool:
        """The server said that nothing is left to draw of the last operation."""
        return self._told is not None and self._told.state is wire.State.IDLE and self._told.op_seq == self._seq

    async def visit(self, port: int, seconds: float, strokes_a_second: float) -> None:
        """Draw for `seconds`, wait for the last picture, leave."""
        async with connect(f"ws://127.0.0.1:{port}/live", compression=None, proxy=None, max_size=2**21, open_timeout=60) as socket:
            await socket.send(wire.encode(wire.Hello()))
            tasks = [asyncio.create_task(self._listen(socket)), asyncio.create_task(self._ping(socket))]
            end_s = time.monotonic() + seconds
            while time.monotonic() < end_s:
                await self._stroke(socket)
                await asyncio.sleep(self._random.uniform(0.5, 1.5) / strokes_a_second)
            patience_s = time.monotonic() + 30
            while not self.up_to_date and time.monotonic() < patience_s:
                await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _stroke(self, socket: ClientConnection) -> None:
        if self._seq % 300 > 296:
            await self._send(socket, wire.ClearAll)
            return
        stroke_id = self._seq + 1
        x, y = self._random.uniform(50, 900), self._random.uniform(50, 900)
        points = pack_points([(x + 8 * i, y + 5 * i, 1.0, 0.0, 0.0, 8.0) for i in range(10)])
        await self._send(socket, wire.Begin, Stroke(stroke_id, Tool.BRUSH, 96))
        await self._send(socket, wire.Points, stroke_id, points)
        await self._send(socket, wire.End, stroke_id)

    async def _send(self, socket: ClientConnection, kind: type, *fields: Any) -> None:  # noqa: ANN401
        self._seq += 1
        await socket.send(wire.encode(kind(self._seq, *fields)))

    async def _listen(self, socket: ClientConnection) -> None:
        async for data in socket:
            message = wire.decode(data)
            if isinstance(message, wire.FrameReady):
                self.came_s.append(time.monotonic())
                await socket.send(wire.encode(wire.Ack(message.seq)))
            elif isinstance(message, wire.Status):
                self._told = message

    async def _ping(self, socket: ClientConnection) -> None:
        while True:
            begin_s = time.monotonic()
            await (await socket.ping())
            self.trips_ms.append((time.monotonic() - begin_s) * 1e3)
            await asyncio.sleep(1.0)


def _wait_until_ready(server: LiveServer) -> None:
    end_s = time.monotonic() + READY_WITHIN_S
    while not (server.worker.state == "ready" and server.hub is not None):
        if time.monotonic() > end_s:
            raise ArgumentError(refusal(got="a server that is not ready", accepted="one within 2 minutes", fix="free the machine"))
        time.sleep(0.1)


def _rss_mib() -> float:
    """Resident memory of this process (Linux; 0 elsewhere)."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def _held() -> dict[str, int]:
    folder = Path("/proc/self/fd")
    return {"descriptors": len(list(folder.iterdir())) if folder.is_dir() else 0, "threads": threading.active_count()}


def _quantiles(registry: Any, shares: tuple[float, ...]) -> list[float]:  # noqa: ANN401  # a CollectorRegistry
    """Upper bucket edges in ms that hold these shares of all overheads."""
    [family] = [family for family in registry.collect() if family.name == "sprint_live_overhead_seconds"]
    buckets = [(float(sample.labels["le"]), sample.value) for sample in family.samples if sample.name.endswith("_bucket")]
    total = buckets[-1][1]
    return [next(edge for edge, count in buckets if count >= share * total) * 1e3 for share in shares]
