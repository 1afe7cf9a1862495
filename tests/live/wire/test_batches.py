"""Batches and connections: bytes in both languages, order, who has gone, who is too many."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from sprint_live.errors import BusyError, ProtocolError
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.security.rate_limits import ClientLimits, ConnectionLimiter, LimitReached
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports import long_poll
from sprint_live.live.transports.http_post import add_post_route
from sprint_live.live.transports.long_poll import LongPollConnections, UnknownConnection
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.batches import (
    NEW_CONNECTION,
    DownBatch,
    UpBatch,
    pack_down,
    pack_up,
    unpack_down,
    unpack_up,
)
from support.paths import WEB
from support.standin import StandInEngine

IDS = st.binary(min_size=16, max_size=16)
MESSAGES = st.lists(st.binary(max_size=40), max_size=5).map(tuple)
HELLO = wire.encode(wire.Hello())


@given(IDS, st.integers(0, 2**32 - 1), MESSAGES, st.integers(0, 65535), st.integers(0, 65535))
def test_a_batch_comes_out_as_it_went_in(connection_id, number, messages, code, retry_after_s):
    up = UpBatch(connection_id, number, messages)
    assert unpack_up(pack_up(up)) == up
    down = DownBatch(connection_id, number, messages, code, retry_after_s)
    assert unpack_down(pack_down(down)) == down


@given(st.binary(max_size=80))
def test_any_bytes_are_a_batch_or_a_protocol_error(data):
    with contextlib.suppress(ProtocolError):
        assert pack_up(unpack_up(data)) == data


def test_the_pages_batches_are_the_same_bytes():
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node is installed")
    up = pack_up(UpBatch(bytes(range(16)), 70000, (b"ab", b"", b"xyz")))
    down = pack_down(DownBatch(bytes(range(16)), 9, (b"one", b"", b"two"), 4001, 7))
    script = f"""
        import {{ InOrder, packUp, unpackDown }} from '{(WEB / "wire" / "batches.js").as_uri()}';
        const bytes = (...values) => new Uint8Array(values);
        const up = packUp(Uint8Array.from({{ length: 16 }}, (_, i) => i), 70000,
          [bytes(97, 98), bytes(), bytes(120, 121, 122)]);
        const down = unpackDown(new Uint8Array({list(down)}).buffer);
        const texts = down.messages.map((message) => new TextDecoder().decode(message));
        const taken = [];
        const inOrder = new InOrder((batch) => taken.push(batch.number));
        for (const number of [1, 2, 0, 4, 3]) inOrder.add({{ number }});
        let refused = '';
        try {{
          unpackDown(new Uint8Array({list(down[:-1])}).buffer);
        }} catch (error) {{
          refused = error.constructor.name;
        }}
        const {{ number, closeCode, retryAfterS }} = down;
        console.log(JSON.stringify([Array.from(up), number, closeCode, retryAfterS, texts, taken, refused]));
    """
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, timeout=30, check=True
    )
    import json

    expected = [list(up), 9, 4001, 7, ["one", "", "two"], [0, 1, 2, 3, 4], "RangeError"]
    assert json.loads(done.stdout) == expected


def connections(**limits) -> LongPollConnections:
    hub = Hub(Worker(in_this_process(StandInEngine)))
    hub.worker.state = "ready"
    return LongPollConnections(hub, ConnectionLimiter(ClientLimits(**limits)))


def anybody(token: str) -> bool:
    return True


async def opened(boxes: LongPollConnections, client: str = "203.0.113.1"):
    box = boxes.find_or_open(NEW_CONNECTION, client, anybody)
    with box.attended():
        await box.bring(UpBatch(NEW_CONNECTION, 0, (HELLO,)))
        welcome = await box.fetch(1)
    assert isinstance(wire.decode(welcome.messages[0]), wire.Welcome)
    return box


def test_batches_that_overtook_each_other_are_heard_in_their_order(monkeypatch):
    monkeypatch.setattr(long_poll, "EARLIER_WITHIN_S", 0.2)

    async def scenario():
        boxes = connections()
        box = await opened(boxes)
        undo, redo = wire.encode(wire.Undo(1)), wire.encode(wire.Redo(2))
        later = asyncio.create_task(box.bring(UpBatch(box.connection_id, 2, (redo,))))
        await asyncio.sleep(0.02)
        await box.bring(UpBatch(box.connection_id, 1, (undo,)))
        await later
        assert not (await box.fetch(0)).close_code  # heard the other way round, operation 1 would have come after 2
        await box.bring(UpBatch(box.connection_id, 9, ()))
        assert (await box.fetch(0)).close_code == 1008  # batches 3 to 8 never came
        again = await opened(boxes)
        await again.bring(UpBatch(again.connection_id, 0, ()))
        assert (await again.fetch(0)).close_code == 1008

    asyncio.run(scenario())


def test_a_newer_fetch_sends_the_older_away_and_an_idle_one_costs_nothing():
    async def scenario():
        box = await opened(connections())
        await box.fetch(0)
        older = asyncio.create_task(box.fetch(5))
        await asyncio.sleep(0.02)
        assert not older.done()
        newer = asyncio.create_task(box.fetch(5))
        await asyncio.sleep(0.02)
        assert older.done() and older.result().messages == () and not newer.done()
        box.send(b"a picture")
        await asyncio.sleep(0.02)
        assert newer.result().messages == (b"a picture",) and newer.result().number == older.result().number + 1

    asyncio.run(scenario())


def test_who_fetches_nothing_has_gone_and_gives_back_the_place(monkeypatch):
    monkeypatch.setattr(long_poll, "GONE_AFTER_S", 0.05)

    async def scenario():
        boxes = connections(sockets_a_client=1)
        box = await opened(boxes)
        with pytest.raises(LimitReached) as full:
            boxes.find_or_open(NEW_CONNECTION, "203.0.113.1", anybody)
        assert full.value.status == 429
        with box.attended():
            await asyncio.sleep(0.1)
        assert boxes.find_or_open(box.connection_id, "", anybody) is box  # a request was here all the time
        await asyncio.sleep(0.1)
        with pytest.raises(UnknownConnection) as gone:
            boxes.find_or_open(box.connection_id, "", anybody)
        with pytest.raises(UnknownConnection) as never:
            boxes.find_or_open(b"\xff" * 16, "", anybody)
        assert str(gone.value) == str(never.value)
        assert (await opened(boxes)).connection_id != box.connection_id

    asyncio.run(scenario())


@pytest.mark.parametrize("hangs_up", ["disconnects", "is cancelled"])
def test_a_post_that_is_hung_up_gives_the_place_back_at_once(hangs_up):
    """uvicorn says that the client has disconnected, Ray Serve cancels the request;
    nobody waits ten seconds for who has gone.
    """

    async def scenario():
        boxes, gone = connections(sockets_a_client=1), asyncio.Event()
        app, sent = FastAPI(), []
        add_post_route(app, boxes, AccessPolicy(hosts=None))
        body = iter([pack_up(UpBatch(NEW_CONNECTION, 0, (HELLO,)))])

        async def receive():
            if (data := next(body, None)) is not None:
                return {"type": "http.request", "body": data, "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        def posted():
            scope = {
                "type": "http",
                "method": "POST",
                "path": "/live",
                "query_string": b"",
                "headers": [],
                "client": ("203.0.113.1", 1),
            }
            return asyncio.create_task(app(scope, receive, send))

        await posted()
        welcome = unpack_down(b"".join(message.get("body", b"") for message in sent))
        body = iter([pack_up(UpBatch(welcome.connection_id, 1, ()))])
        waiting = posted()
        await asyncio.sleep(0.05)
        assert not waiting.done()
        with pytest.raises(LimitReached):
            boxes.find_or_open(NEW_CONNECTION, "203.0.113.1", anybody)
        gone.set() if hangs_up == "disconnects" else waiting.cancel()
        await asyncio.wait([waiting], timeout=2)
        assert waiting.done() and boxes.find_or_open(NEW_CONNECTION, "203.0.113.1", anybody)

    asyncio.run(scenario())


def test_a_client_that_does_not_read_and_one_with_too_many_requests_are_not_kept():
    async def scenario():
        box = await opened(connections())
        with (
            box.attended(),
            box.attended(),
            box.attended(),
            box.attended(),
            pytest.raises(LimitReached),
            box.attended(),
        ):
            pass
        for _ in range(5):
            box.send(bytes(1 << 20))
        batch = await box.fetch(0)
        assert batch.close_code == 1008 and not batch.messages

    asyncio.run(scenario())


def test_a_full_hub_is_busy_and_a_first_message_must_be_a_hello(monkeypatch):
    async def scenario():
        boxes = connections()
        box = boxes.find_or_open(NEW_CONNECTION, "", anybody)
        await box.bring(UpBatch(NEW_CONNECTION, 0, (wire.encode(wire.Undo(1)),)))
        assert (await box.fetch(0)).close_code == 1008
        monkeypatch.setattr("sprint_live.live.sessions.registry.MAX_SESSIONS", 0)
        box = boxes.find_or_open(NEW_CONNECTION, "", anybody)
        with pytest.raises(BusyError):
            await box.bring(UpBatch(NEW_CONNECTION, 0, (HELLO,)))

    asyncio.run(scenario())
