"""The server's life: a page before the model, readiness, a taken port, and an orderly end."""

from __future__ import annotations

import json
import socket
import threading

import httpx
import pytest

from sprint_live.errors import PortInUseError, WeightsError
from sprint_live.live.server.server import LiveServer
from sprint_live.live.sessions import dispatcher
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, expected_code
from support.faulty import load_faulty
from support.paths import ROOT, WEB
from support.standin import StandInEngine


def test_the_page_stands_on_gradio_and_loads_nothing_from_elsewhere(live_server):
    page = httpx.get(live_server.base + "/", trust_env=False)
    assert page.status_code == 200 and 'id="sprint-live"' in page.text and "gradio" not in page.text
    for foreign in ("fonts.googleapis", "cdnjs", "cdn.jsdelivr", "unpkg"):
        assert foreign not in page.text
    config = httpx.get(live_server.base + "/config", trust_env=False).json()
    assert "html" in {component["type"] for component in config["components"]}
    script = httpx.get(live_server.base + "/live-web/main.js", trust_env=False)
    assert script.status_code == 200 and script.headers["cache-control"] == "no-cache"


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


def test_the_terms_of_the_model_and_our_notice_are_a_link_away(live_server):
    answer = httpx.get(live_server.base + "/licenses", trust_env=False)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert "Stand-in (stand-in)\n\ntest\n" in answer.text and answer.text.endswith(notice)
    assert (
        httpx.get(live_server.base + "/licenses", headers={"Host": "evil.example"}, trust_env=False).status_code == 403
    )
    assert httpx.get(live_server.base + "/licences", trust_env=False).text == answer.text  # its older address
    page = (WEB / "page.html").read_text("utf-8")
    assert 'href="licenses"' in page


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


def test_a_taken_port_is_one_clear_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortInUseError, match=f"{taken.getsockname()[1]}, which is taken.*--port"):
            LiveServer(StandInEngine, port=taken.getsockname()[1])


def test_readyz_names_the_state(live_server):
    assert json.loads(live_server.wait_until("/readyz").text) == {"ready": True, "state": "ready", "error": ""}


def test_readyz_says_no_while_an_engine_that_hangs_is_replaced_and_the_person_draws_on(start_server, monkeypatch):
    monkeypatch.setattr(dispatcher, "HUNG_AFTER_S", 0.5)
    monkeypatch.setattr(dispatcher, "HUNG_AFTER_TIMES", 0)
    server = start_server(loader=load_faulty, isolate=True)
    server.wait_until("/readyz")
    with Client(server.base) as client:
        client.settings(prompt="hang")
        client.draw(1, LINE)
        hung = server.wait_until("/readyz", 503)
        assert (
            hung.json()["state"] == "loading"
            and "did not answer" in hung.json()["error"]
            and hung.headers["Retry-After"] == "2"
        )
        assert httpx.get(server.base + "/healthz", trust_env=False).status_code == 200
        monkeypatch.setattr(dispatcher, "HUNG_AFTER_S", 10.0)
        client.settings(prompt="a cat")
        assert "did not answer" in client.receive(wire.ErrorText).text
        client.settle(30)
        assert client.code == expected_code({1: LINE})
    assert server.wait_until("/readyz").json()["error"] == ""


def test_the_model_is_read_while_the_application_is_built(monkeypatch):
    reading = threading.Event()

    def build(*_, **__):
        assert reading.wait(20), "the application was built first"
        raise RuntimeError("built")

    monkeypatch.setattr("sprint_live.live.server.server.build_app", build)
    with pytest.raises(RuntimeError, match="built"):
        LiveServer(lambda: reading.set() or StandInEngine(), port=0).run()
