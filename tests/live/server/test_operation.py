"""What whoever runs the server sees: metrics, logs without anything of a person, and an end that loses no picture."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from sprint_live.errors import BusyError, EngineError
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.header_timeout import HeaderTimeoutProtocol
from sprint_live.live.server.server import serve
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, expected_code, wire_points
from support.faulty import FaultyEngine
from support.paths import ROOT, TESTS
from support.standin import StandInEngine
from support.waiting import numbers, wait_for

SECRET = "the-secret-giraffe-wears-a-blue-hat"


def test_metrics_count_pictures_stages_drops_and_failures(live_server):
    before = numbers(live_server)
    with Client(live_server.base) as client:
        client.settings(prompt=SECRET)
        live_server.engine.gate = threading.Event()
        client.draw(1, LINE, lift=False)
        while client.receive(wire.Status).state is not wire.State.DRAWING:
            pass
        for x in range(100, 160):
            client.op(wire.Points, 1, wire_points([(x, 900)]))
        name = "sprint_live_superseded"
        wait_for(lambda: numbers(live_server)[name] >= before[name] + 59)  # sixty points, one picture
        live_server.engine.gate.set()
        client.settle()
        live_server.engine.fail = EngineError("no")
        client.draw(2, LINE)
        client.receive(wire.ErrorText)
        client.settle()  # the error may have hit the first points alone; the rest of the stroke is then a picture more
        during = numbers(live_server)
        drawn = len(client.frames)
    grown = {name: value - before.get(name, 0.0) for name, value in during.items()}
    assert grown["sprint_live_pictures_total"] == drawn >= 2
    assert grown["sprint_live_stage_seconds_count[engine]"] == drawn
    assert grown["sprint_live_stage_seconds_sum[engine]"] > 0.045 * drawn
    assert {f"sprint_live_stage_seconds_count[{stage}]" for stage in ("queue", "strokes", "jpeg")} <= set(during)
    assert grown["sprint_live_overhead_seconds_count"] == drawn
    assert grown["sprint_live_failures_total[EngineError]"] == 1
    assert (
        during["sprint_live_ready"] == 1
        and during["sprint_live_connections"] >= 1
        and during["sprint_live_queue_depth"] == 0
    )
    assert during["process_resident_memory_bytes"] > 2**25
    assert SECRET not in httpx.get(live_server.base + "/metrics", trust_env=False).text


def test_metrics_are_for_this_machine_or_for_the_token(start_server, live_server):
    proxied = {"X-Forwarded-For": "203.0.113.9"}  # a proxy on this machine says whom it speaks for
    assert httpx.get(live_server.base + "/metrics", headers=proxied, trust_env=False).status_code == 403
    assert (
        httpx.get(
            live_server.base + "/metrics", headers={"Origin": "https://evil.example"}, trust_env=False
        ).status_code
        == 403
    )
    server = start_server(host="0.0.0.0", token="sesam")
    server.wait_until("/readyz")
    assert httpx.get(server.base + "/metrics", trust_env=False).status_code == 403
    assert numbers(server, headers={"Authorization": "Bearer sesam", **proxied})["sprint_live_ready"] == 1


# -- logs --------------------------------------------------------------------------------------------------------------


SESSION_OF_A_PERSON = """
from support.faulty import load_faulty
from sprint_live.live import serve
serve(load_faulty, port=0, isolate=True, log_json=True)
"""


def test_a_whole_session_leaves_nothing_in_logs_or_files_and_sigterm_ends_it_with_code_0(tmp_path):
    """Promises 12 and 14, on a real process with the engine in another one: draw, fail, poison, draw again, end."""
    path = os.pathsep.join([str(TESTS), str(ROOT)])
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "TMPDIR": str(tmp_path),
        "HOME": str(tmp_path),
        "GRADIO_TEMP_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SESSION_OF_A_PERSON],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    try:
        base = process.stdout.readline().split()[-1].rstrip("/")
        wait_for(lambda: httpx.get(base + "/readyz", trust_env=False).status_code == 200)
        with Client(base) as client:
            client.settings(prompt=SECRET)
            client.draw(1, LINE)
            client.settle()
            session_id = client.welcome.session_id
            client.settings(prompt="value")
            assert "the secret words were 'value'" in client.receive(wire.ErrorText).text
            client.settings(prompt="poison")
            client.receive(wire.ErrorText)
            client.settings(prompt=SECRET)
            client.settle(30)
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    client.next(10)
            assert closed.value.rcvd.code == 1012
        out, errors = process.communicate(timeout=12)
        assert process.returncode == 0 and "Traceback" not in errors
    finally:
        process.kill()
    events = [json.loads(line)["event"] for line in errors.splitlines() if line.startswith("{")]
    for event in (
        "server_started",
        "model_ready",
        "picture_failed",
        "engine_lost",
        "server_stopping",
        "server_stopped",
    ):
        assert event in events
    for told in (out, errors, *(file.read_bytes().decode("latin-1") for file in tmp_path.rglob("*") if file.is_file())):
        assert SECRET not in told and session_id.hex() not in told and "secret words" not in told


# -- the end -----------------------------------------------------------------------------------------------------------


def test_at_the_end_the_running_picture_arrives_and_nothing_new_is_started(start_server):
    engine = StandInEngine(delay_s=1.0)
    server = start_server(engine=engine)
    server.wait_until("/readyz")
    with Client(server.base) as client, Client(server.base) as other:
        client.draw(1, LINE)
        while client.receive(wire.Status).state is not wire.State.DRAWING:
            pass
        other.draw(1, LINE)
        server.server.stop()
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                client.next(5)
        assert closed.value.rcvd.code == 1012
        assert len(client.frames) == 1 and client.code == expected_code({1: LINE})
    assert len(engine.codes) == 1  # the other's waits for the next server


def test_a_server_that_ends_takes_nobody_on_and_does_not_wait_for_ever():
    class Kept:
        sent, code = [], None

        def send(self, data):
            self.sent.append(data)

        def close(self, code, reason):
            self.code = code

    async def end_of_a_hang() -> float:
        hub = Hub(Worker(in_this_process(FaultyEngine)))
        here = Kept()
        hub.join(wire.NEW_SESSION, here)
        hub._scheduler._running = frozenset({b"somebody whose picture never comes"})
        begin_s = time.monotonic()
        await hub.drain(0.2)
        assert here.code == 1012
        with pytest.raises(BusyError, match="restarting"):
            hub.join(wire.NEW_SESSION, Kept())
        return time.monotonic() - begin_s

    assert 0.2 <= asyncio.run(end_of_a_hang()) < 2


def test_half_a_request_is_not_waited_for(live_server, monkeypatch):
    monkeypatch.setattr(HeaderTimeoutProtocol, "HEADERS_WITHIN_S", 0.3)
    address = ("127.0.0.1", live_server.server.port)
    for said in (b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
        with socket.create_connection(address) as stalling:
            stalling.sendall(said)
            stalling.settimeout(5)
            answer = stalling.recv(9999)
            if said.endswith(b"\r\n\r\n"):
                assert b"200 OK" in answer
                stalling.sendall(b"GET /hea")  # the second request may not dawdle either
            else:
                assert answer == b""
                continue
            while answer := stalling.recv(9999):
                assert answer == b'{"alive":true}'
    with Client(live_server.base) as client:  # a WebSocket has sent its headers: it stays
        time.sleep(0.5)
        client.draw(1, LINE)
        client.settle()


def test_a_certificate_needs_its_key(tmp_path):
    for options in (
        {"certificate": tmp_path / "c.pem"},
        {"certificate": tmp_path / "c.pem", "key": tmp_path / "k.pem"},
    ):
        with pytest.raises(ValueError, match="fix"):
            serve(StandInEngine, port=0, **options)


def test_https_is_served(tmp_path, start_server):
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    made = subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no openssl to make a certificate with")
    server = start_server(certificate=certificate, key=key)
    assert server.server.url.startswith("https://")
    base = server.base.replace("http", "https")
    trusted = ssl.create_default_context(cafile=certificate)
    wait_for(lambda: httpx.get(base + "/readyz", verify=trusted, trust_env=False).status_code == 200)
