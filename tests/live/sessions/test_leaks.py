"""Nothing is left behind: descriptors, threads and tasks return to the level they had before, whichever way people come and go."""

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

from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE
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
    assert not hub.people.connections and not hub._statuses.delivering and not hub._scheduler.waiting()
