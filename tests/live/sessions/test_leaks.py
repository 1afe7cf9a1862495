"""Nothing is left behind: descriptors, threads and tasks return to the level they had before,
whichever way people come and go.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sprint_live.errors import DeviceLost, EngineError, EngineHung
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.sessions.registry import KEEP_SESSION_S
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, wire_points
from support.standin import StandInEngine
from support.waiting import wait_for

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads /proc")


def held(server) -> dict[str, int]:
    loop = server.server.hub._wake._loop
    return {
        "descriptors": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks(loop)),
    }


def draws_and_leaves(base: str) -> None:
    with Client(base) as client:
        client.draw(1, LINE)
        client.receive(wire.FrameReady)


def is_cut_off(base: str) -> None:
    client = Client(base)
    client.draw(1, LINE)
    client.socket.socket.shutdown(socket.SHUT_RDWR)
    client.close()


def breaks_a_rule(base: str) -> None:
    with Client(base) as client:
        client.socket.send("text")
        with pytest.raises(ConnectionClosed):
            while True:
                client.next(5)


def says_nothing(base: str) -> None:
    with connect(base.replace("http", "ws") + "/live", proxy=None):
        pass


def asks_for_the_page(base: str) -> None:
    assert httpx.get(base + "/", trust_env=False).status_code == 200


def asks_half(base: str) -> None:
    with socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2]))) as raw:
        raw.sendall(b"GET / HTT")


WAYS = (draws_and_leaves, is_cut_off, breaks_a_rule, says_nothing, asks_for_the_page, asks_half)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_comes_and_goes_leaves_nothing_behind(live_server, way):
    live_server.engine.delay_s = 0.0
    draws_and_leaves(live_server.base)  # what starts only once, the encoder's thread, starts now
    asks_for_the_page(live_server.base)
    before = None

    def at_rest() -> bool:
        nonlocal before
        earlier, before = before, held(live_server)
        return earlier == before

    wait_for(at_rest, 10)
    for _ in range(15):
        way(live_server.base)
    wait_for(lambda: all(count <= before[name] for name, count in held(live_server).items()), 10)
    hub = live_server.server.hub
    assert not hub.clients.connections and not hub._scheduler._line
    assert not any(hub.clients.get(session_id).num_delivering for session_id in hub.clients.sessions)


class ClosesTheTab:
    """A person who draws and whose tab is closed while their picture is in the engine."""

    def __init__(self, hub: Hub) -> None:
        self.heard: list = []
        self.session = hub.join(wire.NEW_SESSION, self)
        hub.receive(self.session, wire.Begin(1, Stroke(1, Tool.BRUSH, 96)))
        hub.receive(self.session, wire.Points(2, 1, wire_points(LINE)))

    def send(self, data: bytes) -> None:
        self.heard.append(wire.decode(data))

    def close(self, code: int, reason: str) -> None:
        pass


@pytest.mark.parametrize("error", [EngineError("on fire"), EngineHung("it hangs"), DeviceLost("it is gone")])
def test_fifty_who_close_the_tab_while_their_picture_fails_leave_no_slot(error):
    now_s = [0.0]

    async def scenario() -> Hub:
        hub = Hub(Worker(in_this_process(StandInEngine)), clock=lambda: now_s[0])
        hub.worker.state = "ready"
        people = [ClosesTheTab(hub) for _ in range(50)]

        async def draw(wanted, timeout_s):
            for person in people:
                hub.leave(person.session, person)
            return [error] * len(wanted)

        hub.worker.draw = draw
        jobs = hub._scheduler.take(50)
        assert len(jobs) == 50 and len(hub._scheduler._line) == 50
        await hub._dispatcher.draw(jobs)
        hub._dispatcher.close()
        return hub

    hub = asyncio.run(scenario())
    assert not hub._scheduler._line and not hub._scheduler.running and not hub.clients.connected
    assert len(hub.clients) == 50  # their drawings, for a minute
    now_s[0] += KEEP_SESSION_S + 1
    hub.clients.remove_expired()
    assert len(hub.clients) == 0
