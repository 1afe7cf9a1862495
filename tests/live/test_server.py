"""The server over a real socket: the newest state always arrives, sessions survive, nobody else gets in."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from client import Client
from standin import StandInEngine, code_of
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sprint_live.errors import EngineError, PortInUseError, WeightsError
from sprint_live.live import protocol as wire
from sprint_live.live.hub import KEEP_SESSION_S
from sprint_live.live.journal import Journal
from sprint_live.live.raster import Raster
from sprint_live.live.restore import restore_messages
from sprint_live.live.server import LiveServer
from sprint_live.live.strokes import POINT_BYTES, Stroke, Tool, pack_points

TESTS = Path(__file__).parent


def expected_code(strokes, prompt="a cat", seed=0, steps=1) -> int:
    drawn = tuple(Stroke(i, Tool.BRUSH, 96, _points(points)) for i, points in strokes.items())
    return code_of(Raster().update(drawn), prompt, seed, steps)


def _points(points) -> bytes:
    return pack_points([(x, y, 1.0, 0.0, 0.0, 8.0) for x, y in points])


LINE = [(100, 100), (200, 220), (300, 180)]
OTHER = [(700, 700), (800, 600)]


def test_a_stroke_becomes_its_own_picture(live_server):
    with Client(live_server.base) as client:
        client.draw(1, LINE)
        frame = client.receive(wire.FrameReady)
        assert 0 < frame.op_seq <= client.seq and (frame.width, frame.height) == (1024, 1024)
        client.settle()
        assert client.code == expected_code({1: LINE})
        assert dict(client.frames[-1].timings_ms)["engine"] >= 45
        assert len(live_server.engine.codes) == len(client.frames)


def test_every_control_changes_the_picture_and_an_equal_request_costs_nothing(live_server):
    with Client(live_server.base) as client:
        client.draw(1, LINE)
        client.settle()
        client.settings(prompt="a dog", seed=3, steps=2, style="3d")
        client.settle()
        assert client.code == expected_code({1: LINE}, "a dog, 3d", 3, 2)
        drawn = len(live_server.engine.codes)
        client.settings(prompt="a dog", seed=3, steps=2, style="3d")
        client.settle()
        assert len(live_server.engine.codes) == drawn


def test_undo_redo_and_clear(live_server):
    with Client(live_server.base) as client:
        client.draw(1, LINE)
        client.draw(2, OTHER)
        client.settle()
        assert client.code == expected_code({1: LINE, 2: OTHER})
        client.op(wire.Undo)
        client.settle()
        assert client.code == expected_code({1: LINE})
        client.op(wire.Redo)
        client.settle()
        assert client.code == expected_code({1: LINE, 2: OTHER})
        shown = len(client.frames)
        client.op(wire.ClearAll)
        client.settle()
        assert len(client.frames) == shown  # white paper has no picture
        client.op(wire.Undo)
        client.settle()
        assert client.code == expected_code({1: LINE, 2: OTHER})


def test_the_newest_state_wins_and_the_last_one_always_arrives(live_server):
    with Client(live_server.base) as client:
        client.draw(1, [(10, 10)], lift=False)
        points = [(10, 10)]
        for i in range(120):
            points.append((10 + 8 * i, 20 + 5 * (i % 40)))
            client.op(wire.Points, 1, _points(points[-1:]))
            with contextlib.suppress(TimeoutError):
                client.next(0.004)
        client.op(wire.End, 1)
        client.settle()
        assert client.code == expected_code({1: points})
        assert 5 <= len(client.frames) <= 25  # about one for 50 ms, not one for an event
        seqs = [frame.seq for frame in client.frames]
        ops = [frame.op_seq for frame in client.frames]
        assert seqs == sorted(set(seqs)) and ops == sorted(ops)


def test_at_most_two_frames_are_on_their_way(live_server):
    with Client(live_server.base, acknowledge=False) as client:
        for i in range(8):
            client.draw(i + 1, [(10 + i * 30, 10), (20 + i * 30, 400)])
            time.sleep(0.1)
        with pytest.raises(TimeoutError):
            while True:
                client.next(0.4)
        assert len(client.frames) == 2
        client.acknowledge = True
        client.send(wire.Ack(client.frames[-1].seq))
        client.settle()
        assert client.code == expected_code({i + 1: [(10 + i * 30, 10), (20 + i * 30, 400)] for i in range(8)})


def test_sessions_take_turns_and_do_not_mix(live_server):
    with Client(live_server.base) as one, Client(live_server.base) as two:
        assert one.welcome.session_id != two.welcome.session_id
        one.draw(1, LINE)
        two.draw(1, OTHER)
        one.settle()
        two.settle()
        assert one.code == expected_code({1: LINE}) and two.code == expected_code({1: OTHER})


def test_a_session_is_resumed_and_a_resent_drawing_is_drawn(live_server):
    with Client(live_server.base) as client:
        client.draw(1, LINE)
        client.settle()
        session_id = client.welcome.session_id
    with Client(live_server.base, session_id) as back:
        assert back.welcome.resumed and back.welcome.session_id == session_id
        journal = Journal().begin(1, Tool.BRUSH, 96).append(1, _points(LINE)).end(1)
        for message in restore_messages(journal, back.seq + 1):
            back.send(message)
            back.seq = message.seq
        back.settle()
        assert back.code == expected_code({1: LINE})  # drawn again although nothing changed: the screen is empty
        back.draw(2, OTHER)
        back.settle()
        assert back.code == expected_code({1: LINE, 2: OTHER})
    with Client(live_server.base, bytes(15) + b"\1") as guess:
        assert not guess.welcome.resumed and guess.welcome.session_id != bytes(15) + b"\1"


def test_a_drawing_in_parts_is_shown_whole_or_not_at_all(live_server):
    journal = Journal()
    for stroke_id in (1, 2, 3):
        points = [((i * 7) % 1000, (i * stroke_id) % 1000) for i in range(9000)]
        journal = journal.begin(stroke_id, Tool.BRUSH, 96).append(stroke_id, _points(points)).end(stroke_id)
    messages = restore_messages(journal, 1)
    assert len(messages) == 2
    with Client(live_server.base) as client:
        for message in messages:
            client.send(message)
            time.sleep(0.1)
        client.seq = messages[-1].seq
        client.settle()
        assert len(client.frames) == 1 and client.code == code_of(Raster().update(journal.visible()), "a cat", 0, 1)


def test_a_second_tab_with_the_same_session_takes_it_over(live_server):
    with Client(live_server.base) as first, Client(live_server.base, first.welcome.session_id) as second:
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                first.next(5)
        assert closed.value.rcvd.code == 4001
        second.draw(1, LINE)
        second.settle()


def test_an_engine_error_is_said_in_words_and_the_next_stroke_works(live_server):
    with Client(live_server.base) as client:
        live_server.engine.fail = EngineError("the device is on fire")
        client.draw(1, LINE)
        assert "on fire" in client.receive(wire.ErrorText).text
        client.draw(2, OTHER)
        client.settle()
        assert client.code == expected_code({1: LINE, 2: OTHER})


BAD = {
    "text": ("hello", 1003),
    "version 9": (struct.pack("<BBHI", 9, 5, 0, 1), 1003),
    "unknown kind": (struct.pack("<BBHI", 1, 77, 0, 1), 1003),
    "empty": (b"", 1007),
    "cut": (wire.encode(wire.Begin(1, 1, Tool.BRUSH, 96))[:-1], 1007),
    "prompt not UTF-8": (struct.pack("<BBHI", 1, 9, 0, 1) + struct.pack("<HHIBHHI", 1000, 0, 0, 1, 1024, 0, 1) + b"\xff", 1007),
    "server's message": (wire.encode(wire.Status(wire.State.IDLE, 1)), 1008),
    "second hello": (wire.encode(wire.Hello()), 1008),
    "points without a stroke": (wire.encode(wire.Points(1, 1, bytes(POINT_BYTES))), 1008),
    "old seq": (wire.encode(wire.Undo(0)), 1008),
    "prompt of 9 KB": (struct.pack("<BBHI", 1, 9, 0, 1) + struct.pack("<HHIBHHI", 1000, 0, 0, 1, 1024, 0, 9000), 1009),
    "20,001 points": (struct.pack("<BBHIII", 1, 3, 0, 1, 1, 20001), 1009),
    "over 1 MiB": (bytes((1 << 20) + 1), 1009),
    "10 MB": (bytes(10_000_000), 1009),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_message_closes_its_connection_with_a_reason_and_nothing_else(live_server, name):
    data, code = BAD[name]
    with Client(live_server.base) as good, Client(live_server.base) as bad:
        with pytest.raises(ConnectionClosed) as closed:
            bad.socket.send(data)
            while True:
                bad.next(5)
        # a server that stops reading in the middle of 10 MB may have its reason lost in the reset
        assert closed.value.rcvd.code == code if closed.value.rcvd or len(data) < 1 << 21 else True
        if not (isinstance(data, bytes) and len(data) > 1 << 20):  # beyond a mebibyte the socket itself closes
            assert any(isinstance(said, wire.ErrorText) and said.close_code == code for said in bad.said)
        good.draw(1, LINE)
        good.settle()
        assert good.code == expected_code({1: LINE})


def test_a_message_before_hello_is_refused(live_server):
    with connect(live_server.base.replace("http", "ws") + "/live", proxy=None) as raw:
        raw.send(wire.encode(wire.Undo(1)))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                raw.recv(timeout=5)
        assert closed.value.rcvd.code == 1008


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"])
def test_another_site_cannot_drive_the_server(live_server, origin):
    with pytest.raises(InvalidStatus) as refused:
        Client(live_server.base, origin=origin)
    assert refused.value.response.status_code == 403
    for method, path in (("GET", "/"), ("POST", "/gradio_api/upload"), ("GET", "/config")):
        assert httpx.request(method, live_server.base + path, headers={"Origin": origin}, trust_env=False).status_code == 403


def test_a_rebound_host_is_refused_and_the_own_origin_is_not(live_server):
    evil = {"Host": f"evil.example:{live_server.server.port}"}
    assert httpx.get(live_server.base + "/", headers=evil, trust_env=False).status_code == 403
    with pytest.raises(InvalidStatus):
        Client(live_server.base, additional_headers=None, origin=live_server.base.replace("127.0.0.1", "evil.example"))
    with Client(live_server.base, origin=live_server.base) as client:
        client.draw(1, LINE)
        client.settle()
    form = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert httpx.get(live_server.base + "/config", headers=form, trust_env=False).status_code == 403


def test_the_page_is_gradio_and_loads_nothing_from_elsewhere(live_server):
    page = httpx.get(live_server.base + "/", trust_env=False)
    assert page.status_code == 200 and "live-web/page.css" in page.text
    for foreign in ("fonts.googleapis", "cdnjs", "cdn.jsdelivr", "unpkg"):
        assert foreign not in page.text
    config = httpx.get(live_server.base + "/config", trust_env=False).json()
    assert "html" in {component["type"] for component in config["components"]}
    script = httpx.get(live_server.base + "/live-web/main.js", trust_env=False)
    assert script.status_code == 200 and script.headers["cache-control"] == "no-cache"


def test_another_address_needs_the_token(start_server):
    server = start_server(host="0.0.0.0", token="sesam")
    server.wait_until("/readyz")
    assert "token=sesam" in server.server.url
    plain = httpx.Client(base_url=server.base, trust_env=False)
    assert plain.get("/").status_code == 403 and plain.get("/?token=wrong").status_code == 403
    assert plain.get("/healthz").status_code == 200
    for token in ("", "wrong"):
        with pytest.raises((AssertionError, ConnectionClosed)):
            Client(server.base, token=token)
    with Client(server.base, token="sesam") as client:
        client.draw(1, LINE)
        client.settle()
    visitor = httpx.Client(base_url=server.base, trust_env=False)
    moved = visitor.get("/?token=sesam&__theme=dark")
    assert moved.status_code == 303 and moved.headers["location"] == "/?__theme=dark"
    assert visitor.get("/").status_code == 200  # by its cookie now
    assert "HttpOnly" in moved.headers["set-cookie"]


def test_who_may_connect_where(monkeypatch):
    def policy(**options):
        server = LiveServer(StandInEngine, port=0, **options)
        server._socket.close()
        return server.host, server.policy

    for name in ("SPACE_ID", "SPACE_HOST", "SPRINT_LIVE_NO_TOKEN", "SPRINT_LIVE_ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    host, local = policy()
    assert host == "127.0.0.1" and local.token is None and "localhost" in local.hosts
    _, everywhere = policy(host="0.0.0.0")
    _, again = policy(host="0.0.0.0")
    assert len(everywhere.token) >= 20 and everywhere.token != again.token
    _, opted_out = policy(host="0.0.0.0", no_token=True)
    assert opted_out.token is None and opted_out.hosts is not None
    scope = {"type": "http", "method": "GET", "headers": [(b"host", b"192.168.1.7:7860")]}
    assert opted_out.refusal(scope) is None
    assert opted_out.refusal({**scope, "headers": [(b"host", b"rebound.example")]})
    monkeypatch.setenv("SPRINT_LIVE_NO_TOKEN", "1")
    assert policy(host="0.0.0.0")[1].token is None
    monkeypatch.setenv("SPACE_HOST", "me-sprint.hf.space")
    host, space = policy()
    assert host == "0.0.0.0" and space.token is None
    proxied = [(b"host", b"10.0.0.3"), (b"origin", b"https://me-sprint.hf.space")]
    assert space.refusal({**scope, "headers": proxied}) is None
    assert space.refusal({**scope, "headers": [(b"host", b"10.0.0.3"), (b"origin", b"https://evil.example")]})


def test_the_page_is_up_while_the_model_loads_and_a_damaged_one_is_explained(start_server):
    loaded = threading.Event()

    def slow_then_damaged():
        loaded.wait(20)
        raise WeightsError("got a damaged vae/model.safetensors; fix: fetch it again")

    server = start_server(loader=slow_then_damaged)
    server.wait_until("/healthz")
    assert httpx.get(server.base + "/", trust_env=False).status_code == 200
    assert server.wait_until("/readyz", 503).json()["state"] == "loading"
    with Client(server.base) as client:
        assert client.receive(wire.Status).text == "loading the model"
        client.draw(1, LINE)
        loaded.set()
        assert "vae/model.safetensors" in client.receive(wire.ErrorText).text
    assert server.wait_until("/readyz", 503).json()["state"] == "failed"


def test_a_drawing_made_while_the_model_loads_is_drawn_as_soon_as_it_can(start_server):
    loaded = threading.Event()
    engine = StandInEngine()

    def slow():
        assert loaded.wait(20)
        return engine

    server = start_server(loader=slow)
    server.wait_until("/healthz")
    with Client(server.base) as client:
        client.draw(1, LINE)
        loaded.set()
        assert client.receive(wire.FrameReady)
        assert client.code == expected_code({1: LINE})


def test_a_session_is_forgotten_after_a_minute(live_server):
    with Client(live_server.base) as client:
        session_id = client.welcome.session_id
    from sprint_live.live.hub import Hub
    from sprint_live.live.worker import Worker

    class Nowhere:
        def send(self, data):
            pass

        def close(self, code, reason):
            pass

    now = [0.0]
    hub = Hub(Worker(StandInEngine), clock=lambda: now[0])
    nowhere = Nowhere()
    session = hub.join(session_id, nowhere)
    hub.leave(session, nowhere)
    now[0] = KEEP_SESSION_S - 1
    assert hub.join(session.session_id, nowhere) is session
    hub.leave(session, nowhere)
    now[0] += KEEP_SESSION_S + 1
    assert hub.join(session.session_id, nowhere) is not session


def test_a_taken_port_is_one_clear_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortInUseError, match=f"{taken.getsockname()[1]}, which is taken.*--port"):
            LiveServer(StandInEngine, port=taken.getsockname()[1])


def test_sigterm_closes_clients_with_1012_and_ends_with_exit_code_0():
    code = "from standin import StandInEngine; from sprint_live.live import serve; serve(StandInEngine, port=0)"
    path = os.pathsep.join([str(TESTS), str(TESTS.parents[1])])
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )  # fmt: skip
    try:
        base = process.stdout.readline().split()[-1].rstrip("/")
        end_s = time.monotonic() + 30
        while True:
            try:
                if httpx.get(base + "/readyz", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            assert time.monotonic() < end_s
            time.sleep(0.1)
        with Client(base) as client:
            client.draw(1, LINE)
            client.settle()
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    client.next(10)
            assert closed.value.rcvd.code == 1012
        assert process.wait(12) == 0
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()


def test_readyz_names_the_state(live_server):
    assert json.loads(live_server.wait_until("/readyz").text) == {"ready": True, "state": "ready", "error": ""}
