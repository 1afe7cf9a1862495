"""What one client may take: sockets, requests, messages; and what the others feel of it."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from sprint_live.live.security.rate_limits import ClientLimits, ConnectionLimiter, RateLimitMiddleware, TokenBucket
from sprint_live.live.transports import client
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.clock import Clock
from support.drawn import LINE, OTHER, expected_code, wire_points
from support.waiting import numbers, wait_for


def test_an_allowance_is_spent_and_comes_back():
    clock = Clock()
    bucket = TokenBucket(10, 3, clock)
    assert [bucket.spend() for _ in range(3)] == [0, 0, 0] and bucket.spend() == pytest.approx(0.1)
    clock.now_s += 0.1
    assert bucket.spend() == 0 and bucket.spend() > 0
    clock.now_s += 100
    assert [bucket.spend() > 0 for _ in range(4)] == [False, False, False, True]


def limited(limits: ClientLimits):
    """The middleware around an app that holds sockets open; returns (ask(kind, address) -> statuses, refusals,
    release).
    """
    release, refused = asyncio.Event(), []

    async def app(scope, receive, send):
        if scope["type"] == "websocket":
            await release.wait()
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})

    middleware = RateLimitMiddleware(app, limits, ConnectionLimiter(limits), refused.append, Clock())

    async def ask(kind: str, address: str, *request: str):
        sent = []

        async def send(message):
            sent.append(message)

        method, path = request or ("GET", "/")
        scope = {
            "type": kind,
            "method": method,
            "path": path,
            "client": (address, 1),
            "extensions": {"websocket.http.response": {}},
        }
        task = asyncio.create_task(middleware(scope, None, send))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return task, (sent[0]["status"], dict(sent[0]["headers"]).get(b"retry-after")) if sent else None

    return ask, refused, release


def test_a_client_has_so_many_sockets_and_all_together_too():
    async def scenario():
        ask, refused, release = limited(ClientLimits(sockets=4, sockets_a_client=2))
        held = [await ask("websocket", "203.0.113.5") for _ in range(3)]
        assert [answer for _, answer in held] == [None, None, (429, b"5")]
        for address in ("127.0.0.1", "::1"):  # a proxy, or the person here: only the sum counts
            held.append(await ask("websocket", address))
            assert held[-1][1] is None
        assert (await ask("websocket", "203.0.113.6"))[1] == (503, b"5")
        assert refused == [429, 503]
        release.set()
        await asyncio.gather(*(task for task, _ in held))
        assert (await ask("websocket", "203.0.113.5"))[1] is None

    asyncio.run(scenario())


def test_a_flood_of_requests_gets_429_and_another_client_does_not():
    async def scenario():
        ask, refused, _ = limited(ClientLimits(requests_a_second=1, requests_at_once=5))
        flood = [(await ask("http", f"2001:db8::{i}"))[1] for i in range(8)]  # one household has a whole /64
        assert [status for status, _ in flood] == [200] * 5 + [429] * 3 and flood[-1][1] == b"1"
        assert (await ask("http", "2001:db8:1::1"))[1] == (200, None) and (await ask("http", "127.0.0.1"))[1] == (
            200,
            None,
        )
        assert refused == [429] * 3
        ask, refused, _ = limited(ClientLimits(requests_at_once=1, posts_at_once=3))
        asked = [(await ask("http", "203.0.113.5", "POST", "/live"))[1][0] for _ in range(4)]
        assert asked == [200] * 3 + [429]  # strokes are counted apart
        assert [(await ask("http", "203.0.113.5", *other))[1][0] for other in ((), ("POST", "/photo-lines"))] == [
            200,
            429,
        ]

    asyncio.run(scenario())


def test_a_full_server_says_503_and_when_to_come_back(start_server):
    server = start_server(limits=ClientLimits(sockets=2))
    server.wait_until("/readyz")
    with Client(server.base) as one:
        with Client(server.base), pytest.raises(InvalidStatus) as refused:
            Client(server.base)
        assert refused.value.response.status_code == 503 and refused.value.response.headers["Retry-After"] == "5"
        assert httpx.get(server.base + "/readyz", trust_env=False).status_code == 200
        one.draw(1, LINE)
        one.settle()
        wait_for(lambda: numbers(server)["sprint_live_connections"] == 1)
        with Client(server.base) as again:
            again.draw(1, LINE)
            again.settle()
        assert numbers(server)["sprint_live_refused_total[503]"] == 1


def test_a_flood_of_messages_slows_only_its_sender(live_server, monkeypatch):
    monkeypatch.setattr(client, "MESSAGES_AT_ONCE", 50)
    monkeypatch.setattr(client, "MESSAGES_A_SECOND", 200)
    with Client(live_server.base) as flood, Client(live_server.base) as person:
        flood.draw(1, LINE, lift=False)
        begin_s = time.monotonic()
        for i in range(350):
            flood.op(wire.Points, 1, wire_points([(i, 2 * i)]))
        person.draw(1, OTHER)
        person.settle()
        waited_s = time.monotonic() - begin_s
        assert person.code == expected_code({1: OTHER})
        flood.settle()
        flooded_s = time.monotonic() - begin_s
    assert flooded_s > (350 - 50) / 200 - 0.1 and waited_s < flooded_s  # read late, but all of it
