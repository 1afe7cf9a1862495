"""Everybody reconnects at once: after a network failure, when the server still has the drawings, and after a restart,
when it has none.

    measure_returns: a server | everybody draws, is cut off, comes back | another server | everybody comes with their
    journals

Knows: the wire, the server.  Must not know: the engine that is measured elsewhere.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.loadtest.load import served
from sprint_live.live.loadtest.virtual_users import spread
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages

__all__ = ["Return", "everybody_comes", "measure_returns"]

PATIENCE_S = 60.0
STROKES = 20
FIRST_RATE = 50  # people a second on the first day: nobody measures how fast they came


@dataclass(frozen=True, slots=True)
class Return:
    """One person's return. resumed: the server had the drawing; after_s, took_s:
    since the first person set out, and this one.
    """

    session_id: bytes
    resumed: bool
    after_s: float
    took_s: float


def measure_returns(num_people: int, within_s: float) -> dict[str, Any]:
    """`num_people` with a drawing of 20 strokes each come back within `within_s`: to the server they left, then to one
    that started anew.

    Returns: for each of both how many were `resumed` and how many `restored` (the server holds their last operation),
    `all_after_s` from the first one's return until nobody was missing, and `each_ms` from setting out to having the
    drawing.
    Raises: ArgumentError for nobody, or no time.
    """
    if num_people < 1 or within_s <= 0:
        raise ArgumentError(
            refusal(got=f"{num_people} people within {within_s} s", accepted="1 or more, over 0", fix="ask for more")
        )
    nobody = [wire.NEW_SESSION] * num_people
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        with served(num_people) as port:
            first = pool.apply(everybody_comes, (port, nobody, num_people / FIRST_RATE))
            ids = [one.session_id for one in first]
            same = pool.apply(everybody_comes, (port, ids, within_s))
        with served(num_people) as port:
            new = pool.apply(everybody_comes, (port, ids, within_s))
    return {"people": num_people, "within_s": within_s, "same_server": _told(same), "restarted_server": _told(new)}


def everybody_comes(port: int, session_ids: Sequence[bytes], within_s: float) -> list[Return]:
    """Connect with these ids, evenly spread over `within_s`.

    Resend the drawing where the server does not know it; leave when everybody has theirs.
    """

    async def everybody() -> list[Return]:
        begin_s, all_have = time.monotonic(), asyncio.Barrier(len(session_ids))
        async with asyncio.timeout(within_s + PATIENCE_S), asyncio.TaskGroup() as group:
            coming = [
                group.create_task(_come(port, session_id, begin_s, begin_s + within_s * i / len(session_ids), all_have))
                for i, session_id in enumerate(session_ids)
            ]
        return [task.result() for task in coming]

    return asyncio.run(everybody())


async def _come(port: int, session_id: bytes, begin_s: float, at_s: float, all_have: asyncio.Barrier) -> Return:
    await asyncio.sleep(at_s - time.monotonic())
    set_out_s = time.monotonic()
    address = f"ws://127.0.0.1:{port}/live"
    async with connect(
        address, compression=None, proxy=None, max_size=2**21, open_timeout=PATIENCE_S, close_timeout=1
    ) as socket:
        await socket.send(wire.encode(wire.Hello(session_id)))
        welcome = wire.decode(await socket.recv(decode=False))
        assert isinstance(welcome, wire.Welcome), "the first that a server says is its welcome"
        messages = [] if welcome.resumed else restore_messages(_drawing(), welcome.last_op_seq + 1)
        for message in messages:
            await socket.send(wire.encode(message))
        wanted = messages[-1].seq if messages else welcome.last_op_seq
        while True:
            told = wire.decode(await socket.recv(decode=False))
            if isinstance(told, wire.Status) and told.op_seq >= wanted > 0:
                break
        now_s = time.monotonic()
        looking = asyncio.create_task(_look_on(socket))
        await all_have.wait()
        looking.cancel()
    return Return(welcome.session_id, welcome.resumed, now_s - begin_s, now_s - set_out_s)


async def _look_on(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


def _drawing() -> Journal:
    journal = Journal()
    for stroke_id in range(1, STROKES + 1):
        points = pack_points([(40 * stroke_id, 20 + 9 * i, 1.0, 0.0, 0.0, 8.0) for i in range(60)])
        journal = journal.begin(Stroke(stroke_id, Tool.BRUSH, 96)).append(stroke_id, points).end(stroke_id)
    return journal


def _told(returns: Sequence[Return]) -> dict[str, Any]:
    return {
        "resumed": sum(one.resumed for one in returns),
        "restored": len(returns),
        "all_after_s": round(max(one.after_s for one in returns), 2),
        "each_ms": spread(sorted(one.took_s * 1e3 for one in returns)),
    }
