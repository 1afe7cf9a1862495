"""Logs: a failure by its place, words of a person and tokens in none."""

from __future__ import annotations

import io
import json
import logging

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from sprint_live.live.observability.logs import FIELDS, set_up_logs
from sprint_live.live.security.rate_limits import ClientLimits
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE

SECRET = "the-secret-giraffe-wears-a-blue-hat"


@pytest.fixture
def logged():
    """Everything that is logged while a test runs, as JSON lines."""
    root, ours = logging.getLogger(), logging.getLogger("sprint_live")
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    set_up_logs(as_json=True, stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


def test_a_failure_is_logged_by_its_place_and_never_by_what_was_written(logged, live_server):
    with Client(live_server.base) as client:
        live_server.engine.fail = ValueError(f"token {SECRET!r} is not in the vocabulary")
        client.settings(prompt=SECRET)
        client.draw(1, LINE)
        assert SECRET in client.receive(wire.ErrorText).text  # the person may read it
    [line] = [line for line in logged() if line["event"] == "picture_failed"]
    assert "ValueError at standin.py" in line["where"] and line["level"] == "error"
    assert SECRET not in json.dumps(logged())


def test_other_packages_log_their_template_and_the_place_of_their_exception(logged):
    log = logging.getLogger("uvicorn.error")
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        log.exception("Exception in ASGI application for %s\n", SECRET)
    logging.getLogger("sprint_live").warning("thing", extra={"model": "m", "prompt": SECRET, "session_id": SECRET})
    first, second = logged()
    assert first["text"] == "Exception in ASGI application for %s" and "test_logs.py" in first["where"]
    assert set(second) == {"time", "level", "event", "model"} and second["event"] == "thing"
    assert SECRET not in json.dumps([first, second])
    assert not {"prompt", "session_id", "token", "text"} & set(FIELDS)


def test_a_token_in_an_address_is_in_no_log(logged, start_server, capfd):
    """It is printed once, for its owner; after that nobody writes it down, whoever uses it and however wrongly."""
    server = start_server(host="0.0.0.0", token="sesam-open-up")
    server.wait_until("/readyz")
    printed = capfd.readouterr().out
    for address in (
        "/?token=sesam-open-up",
        "/?token=sesam-open-up-not",
        "/metrics?token=sesam-open-up",
        "/nothing?token=sesam-open-up",
    ):
        httpx.get(server.base + address, trust_env=False)
    with Client(server.base, token="sesam-open-up") as client:
        server.engine.fail = ValueError("sesam-open-up")
        client.draw(1, LINE)
        client.receive(wire.ErrorText)
    assert printed.count("sesam-open-up") == 1
    told = capfd.readouterr()
    assert "sesam" not in json.dumps(logged()) + told.out + told.err and logged()


def test_a_refused_socket_is_no_line_in_the_log(logged, start_server):
    server = start_server(limits=ClientLimits(sockets=0))
    server.wait_until("/healthz")
    with pytest.raises(InvalidStatus, match="503"):
        Client(server.base)
    logging.getLogger("uvicorn.error").error("something else")
    assert [line["text"] for line in logged() if "text" in line] == ["something else"]


def test_lines_of_words_are_one_line_each(capsys):
    stream = io.StringIO()
    handlers = logging.getLogger().handlers[:]
    set_up_logs(as_json=False, stream=stream)
    logging.getLogger("sprint_live").error("picture_failed", extra={"where": "a.py:1 draw\nfake line"})
    logging.getLogger().handlers[:] = handlers
    assert (
        stream.getvalue().count("\n") == 1 and "error picture_failed where=a.py:1 draw fake line" in stream.getvalue()
    )
