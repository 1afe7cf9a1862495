"""Virtual users of a load test: coroutines that draw, acknowledge, clear and start again over real WebSockets,
and what they saw.

They run in a process of their own, so that their work is not counted as the server's.
Knows: the wire.  Must not know: the server.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import replace
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sprint_live.live.canvas.history import History
from sprint_live.live.canvas.journal import MAX_ENTRIES, Journal, weight
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages

__all__ = ["crowd", "spread"]

PATIENCE_S = 30.0
BRING_WITHIN_S = 300.0
CLEARS_A_DRAWING = 18  # three come in a row
FIRST_ID = MAX_ENTRIES + 1  # a number that no stroke has that was there before


def crowd(
    port: int, num_people: int, seconds: float, strokes_a_second: float, strokes_before: int = 0
) -> dict[str, Any]:
    """Everybody draws at once for `seconds`, once everybody has the picture of `strokes_before` strokes.

    Returns: what they saw: pictures, fairness, round trips, gaps between pictures;
    and `began_s`, when they began to draw.
    """
    before = _drawing(strokes_before)

    async def everybody() -> list[_Person]:
        people = [_Person(seed, before) for seed in range(num_people)]
        everybody_is_here = asyncio.Barrier(num_people)
        await asyncio.gather(*(one.visit(port, seconds, strokes_a_second, everybody_is_here) for one in people))
        return people

    people = asyncio.run(everybody())
    pictures = [len(person.came_s) for person in people]
    trips_ms = sorted(ms for person in people for ms in person.trips_ms)
    gaps_ms = sorted((b - a) * 1e3 for person in people for a, b in zip(person.came_s, person.came_s[1:], strict=False))
    return {
        "began_s": min(person.began_s for person in people),
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
    """One WebSocket that draws short strokes, acknowledges pictures, clears its paper every ten seconds and begins a
    new drawing every minute: what is cleared can be undone and so is kept, and the memory of a drawing without end
    would hide a leak.

    before: what is drawn already when they come. With any, nothing is cleared: the drawing stays a long one.
    """

    def __init__(self, seed: int, before: Journal | None = None) -> None:
        self._random = random.Random(seed)
        self._seq = 0
        self._clears = 0
        self._before = before or Journal()
        self._told: wire.Status | None = None
        self.began_s = 0.0
        self.came_s: list[float] = []
        self.trips_ms: list[float] = []

    @property
    def up_to_date(self) -> bool:
        """Wait until the server says that the last operation is drawn."""
        return self._told is not None and self._told.state is wire.State.IDLE and self._told.op_seq == self._seq

    async def visit(self, port: int, seconds: float, strokes_a_second: float, everybody: asyncio.Barrier) -> None:
        """Send the drawing, wait for everybody, draw for `seconds`, wait for the last picture, leave."""
        async with connect(
            f"ws://127.0.0.1:{port}/live", compression=None, proxy=None, max_size=2**21, open_timeout=60
        ) as socket:
            await socket.send(wire.encode(wire.Hello()))
            tasks = [asyncio.create_task(self._listen(socket)), asyncio.create_task(self._ping(socket))]
            if self._before.entries:
                await self._bring(socket)
            await everybody.wait()
            self.began_s, self.came_s = time.monotonic(), []
            end_s = time.monotonic() + seconds
            while time.monotonic() < end_s:
                await self._stroke(socket)
                await asyncio.sleep(self._random.uniform(0.5, 1.5) / strokes_a_second)
            await self._last_picture(PATIENCE_S)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _bring(self, socket: ClientConnection) -> None:
        for message in restore_messages(self._before, 1):
            self._seq = message.seq
            await socket.send(wire.encode(message))
        await self._last_picture(BRING_WITHIN_S)

    async def _last_picture(self, within_s: float) -> None:
        end_s = time.monotonic() + within_s
        while not self.up_to_date and time.monotonic() < end_s:
            await asyncio.sleep(0.05)

    async def _stroke(self, socket: ClientConnection) -> None:
        if self._seq % 300 > 296 and not self._before.entries:
            self._clears += 1
            if self._clears % CLEARS_A_DRAWING:
                await self._send(socket, wire.ClearAll)
            else:
                await self._send(socket, wire.Restore, True, True, ())
            return
        stroke = _short_stroke(FIRST_ID + self._seq, self._random)
        await self._send(socket, wire.Begin, replace(stroke, points=b""))
        await self._send(socket, wire.Points, stroke.stroke_id, stroke.points)
        await self._send(socket, wire.End, stroke.stroke_id)

    async def _send(self, socket: ClientConnection, kind: type, *fields: Any) -> None:
        self._seq += 1
        await socket.send(wire.encode(kind(self._seq, *fields)))

    async def _listen(self, socket: ClientConnection) -> None:
        async for data in socket:
            message = wire.decode(data if isinstance(data, bytes) else data.encode())
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


def _short_stroke(stroke_id: int, dice: random.Random) -> Stroke:
    x, y = dice.uniform(50, 900), dice.uniform(50, 900)
    points = pack_points([(x + 8 * i, y + 5 * i, 1.0, 0.0, 0.0, 8.0) for i in range(10)])
    return Stroke(stroke_id, Tool.BRUSH, 96, points)


def _drawing(num_strokes: int) -> Journal:
    dice = random.Random(0)
    strokes = [_short_stroke(stroke_id, dice) for stroke_id in range(1, num_strokes + 1)]
    return Journal(History.of(strokes), (), None, sum(map(weight, strokes)))
