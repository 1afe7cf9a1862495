"""The server over a real socket: the newest state always arrives, and sessions survive."""

from __future__ import annotations

import contextlib
import time

import pytest
from websockets.exceptions import ConnectionClosed

from sprint_live.errors import EngineError
from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.sessions.registry import KEEP_SESSION_S
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages
from support.client import Client
from support.drawn import LINE, OTHER, expected_code, wire_points
from support.standin import StandInEngine, code_of


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
        start_s = time.monotonic()
        client.draw(1, [(10, 10)], lift=False)
        points = [(10, 10)]
        for i in range(120):
            points.append((10 + 8 * i, 20 + 5 * (i % 40)))
            client.op(wire.Points, 1, wire_points(points[-1:]))
            with contextlib.suppress(TimeoutError):
                client.next(0.004)
        client.op(wire.End, 1)
        client.settle()
        assert client.code == expected_code({1: points})
        most = 1 + (time.monotonic() - start_s) / 0.05
        assert (
            5 <= len(client.frames) <= min(most, 60)
        )  # at most one for 50 ms, and far from one for each of 120 events
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
        journal = Journal().begin(Stroke(1, Tool.BRUSH, 96)).append(1, wire_points(LINE)).end(1)
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
        journal = journal.begin(Stroke(stroke_id, Tool.BRUSH, 96)).append(stroke_id, wire_points(points)).end(stroke_id)
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


def test_a_session_is_forgotten_after_a_minute(live_server):
    with Client(live_server.base) as client:
        session_id = client.welcome.session_id
    from sprint_live.live.rendering.drawing_engine import in_this_process
    from sprint_live.live.rendering.worker import Worker
    from sprint_live.live.sessions.hub import Hub

    class Nowhere:
        def send(self, data):
            pass

        def close(self, code, reason):
            pass

    now = [0.0]
    hub = Hub(Worker(in_this_process(StandInEngine)), clock=lambda: now[0])
    nowhere = Nowhere()
    session = hub.join(session_id, nowhere)
    hub.leave(session, nowhere)
    now[0] = KEEP_SESSION_S - 1
    assert hub.join(session.session_id, nowhere) is session
    hub.leave(session, nowhere)
    now[0] += KEEP_SESSION_S + 1
    assert hub.join(session.session_id, nowhere) is not session
