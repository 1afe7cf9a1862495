"""The people of a load measurement: coroutines that draw, acknowledge, clear and begin anew over real WebSockets, and what they saw.

They run in a process of their own, so that their work is not counted as the server's.
Knows: the wire.  Must not know: the server.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.wire import protocol as wire

__all__ = ["crowd", "spread"]

PATIENCE_S = 30.0
CLEARS_A_DRAWING = 18  # three come in a row


def crowd(port: int, num_people: int, seconds: float, strokes_a_second: float) -> dict[str, Any]:
    """Everybody draws at once for `seconds`; what they saw: pictures, fairness, round trips, gaps between pictures."""

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
        "round_trip_ms": spread(trips_ms),
        "picture_every_ms": spread(gaps_ms),
    }


def spread(sorted_ms: list[float]) -> dict[str, float]:
    """Median and 99th percentile."""
    if not sorted_ms:
        return {"p50": 0.0, "p99": 0.0}
    return {"p50": round(statistics.median(sorted_ms), 1), "p99": round(sorted_ms[int(0.99 * len(sorted_ms))], 1)}


class _Person:
    """One WebSocket that draws short strokes, acknowledges pictures, clears its paper every ten seconds and begins a new drawing
    every minute: what is cleared can be undone and so is kept, and the memory of a drawing without end would hide a leak.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._seq = 0
        self._clears = 0
        self._told: wire.Status | None = None
        self.came_s: list[float] = []
        self.trips_ms: list[float] = []

    @property
    def up_to_date(self) -> bool:
        """The server said that nothing is left to draw of the last operation."""
        return self._told is not None and self._told.state is wire.State.IDLE and self._told.op_seq == self._seq

    async def visit(self, port: int, seconds: float, strokes_a_second: float) -> None:
        """Draw for `seconds`, wait for the last picture, leave."""
        async with connect(
            f"ws://127.0.0.1:{port}/live", compression=None, proxy=None, max_size=2**21, open_timeout=60
        ) as socket:
            await socket.send(wire.encode(wire.Hello()))
            tasks = [asyncio.create_task(self._listen(socket)), asyncio.create_task(self._ping(socket))]
            end_s = time.monotonic() + seconds
            while time.monotonic() < end_s:
                await self._stroke(socket)
                await asyncio.sleep(self._random.uniform(0.5, 1.5) / strokes_a_second)
            patience_s = time.monotonic() + PATIENCE_S
            while not self.up_to_date and time.monotonic() < patience_s:
                await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _stroke(self, socket: ClientConnection) -> None:
        if self._seq % 300 > 296:
            self._clears += 1
            if self._clears % CLEARS_A_DRAWING:
                await self._send(socket, wire.ClearAll)
            else:
                await self._send(socket, wire.Restore, True, True, ())
            return
        stroke_id = self._seq + 1
        x, y = self._random.uniform(50, 900), self._random.uniform(50, 900)
        points = pack_points([(x + 8 * i, y + 5 * i, 1.0, 0.0, 0.0, 8.0) for i in range(10)])
        await self._send(socket, wire.Begin, Stroke(stroke_id, Tool.BRUSH, 96))
        await self._send(socket, wire.Points, stroke_id, points)
        await self._send(socket, wire.End, stroke_id)

    async def _send(self, socket: ClientConnection, kind: type, *fields: Any) -> None:
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
