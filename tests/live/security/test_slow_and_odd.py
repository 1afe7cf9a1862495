"""Rows of the fault table on a real socket: frames in pieces, prompts of odd characters,
clients that stall or say nothing.
"""

from __future__ import annotations

import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sprint_live.api.prompt import usable_prompt
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.transports import websocket
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, expected_code, wire_points


def test_a_message_in_pieces_is_one_message_and_the_limit_counts_the_whole(live_server):
    with Client(live_server.base) as client:
        client.seq += 1
        data = wire.encode(wire.Begin(client.seq, Stroke(1, Tool.BRUSH, 96)))
        client.socket.send(iter([data[:3], b"", data[3:9], data[9:]]))
        client.seq += 1
        client.send(wire.Points(client.seq, 1, wire_points(LINE)))
        client.settle()
        assert client.code == expected_code({1: LINE})
    with Client(live_server.base) as client:
        with pytest.raises(ConnectionClosed) as closed:
            # a byte too many: with much more on its way the server's reset could overtake its reason
            client.socket.send(iter([bytes(1 << 18)] * 4 + [b"x"]))
            while True:
                client.next(10)
        assert closed.value.rcvd.code == 1009


ODD = {
    "right to left": "\u202eabc",
    "NUL": "a\0b",
    "combining": "e\u0301" * 300,
    "emoji": "\U0001f431" * 400,
    "markup": "<img src=x onerror=alert(1)>",
    "quotes": "'\";--{}%s",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_prompt_is_text_for_the_engine_and_nothing_else(live_server, name):
    with Client(live_server.base) as client:
        client.settings(prompt=ODD[name])
        client.draw(1, LINE)
        client.settle()
        assert live_server.engine.calls[-1]["prompt"] == usable_prompt(ODD[name])
        assert client.code == expected_code({1: LINE}, usable_prompt(ODD[name]))


@pytest.mark.parametrize("prompt", [b"\xed\xa0\x80", b"\xc0\x80", b"\xff"])
def test_a_lone_surrogate_and_other_bytes_that_are_no_text_are_refused(live_server, prompt):
    good = wire.encode(wire.Change(1, Settings(prompt="\0" * len(prompt))))
    assert good.endswith(bytes(len(prompt)))
    with Client(live_server.base) as client:
        with pytest.raises(ConnectionClosed) as closed:
            client.socket.send(good[: -len(prompt)] + prompt)
            while True:
                client.next(10)
        assert closed.value.rcvd.code == 1007


def test_a_socket_that_says_nothing_is_closed(live_server, monkeypatch):
    monkeypatch.setattr(websocket, "HELLO_WITHIN_S", 0.3)
    with connect(live_server.base.replace("http", "ws") + "/live", proxy=None) as silent:
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                silent.recv(timeout=10)
        assert closed.value.rcvd.code == 1008


def test_a_client_that_does_not_read_is_closed_and_nobody_waits_for_it(live_server, monkeypatch):
    """Pictures pile up on the server only to a cap; here it is small, and so is the pipe to the client."""
    monkeypatch.setattr(websocket, "MAX_UNSENT_BYTES", 1 << 18)
    live_server.engine.delay_s = 0.0
    port = live_server.server.port
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", port))
    hub = live_server.server.hub
    with connect(f"ws://127.0.0.1:{port}/live", sock=raw, proxy=None, compression=None, max_queue=1) as stalled:
        stalled.send(wire.encode(wire.Hello()))
        welcome = wire.decode(stalled.recv(timeout=10))
        session = hub.clients.sessions[welcome.session_id]
        here = hub.clients.connections[welcome.session_id]
        for i in range(400):  # it never reads a picture, but says that it did
            stalled.send(wire.encode(wire.Begin(2 * i + 1, Stroke(i + 1, Tool.BRUSH, 96))))
            stalled.send(wire.encode(wire.Points(2 * i + 2, i + 1, _noise(i))))
            stalled.send(wire.encode(wire.Ack(session.frame_seq)))
            time.sleep(0.02)
            if hub.clients.connections.get(welcome.session_id) is not here:
                break
        assert welcome.session_id not in hub.clients.connections
    with Client(live_server.base) as person:
        person.draw(1, LINE)
        person.settle()
        assert person.code == expected_code({1: LINE})


def _noise(i: int) -> bytes:
    return wire_points([((j * 37 + i * 11) % 1000, (j * 91 + i * 7) % 1000) for j in range(60)])
