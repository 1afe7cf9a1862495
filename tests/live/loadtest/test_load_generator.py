"""The load generator: it draws as people do, its windows and leaks are what they say,
and a load of nobody is refused.
"""

from __future__ import annotations

import asyncio
import time

import pytest

from sprint_live.errors import ArgumentError
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.loadtest import load, plot, reconnects, virtual_users
from sprint_live.live.loadtest.message_cost import MessageCost
from sprint_live.live.sessions.session import Session, new_session_id
from sprint_live.live.wire import protocol as wire


def test_memory_that_grows_steadily_is_a_leak_and_a_level_one_is_not():
    steady = [(100.0 + i, 300.0 + 0.5 * i, 0.0) for i in range(60)]
    assert load.leak_mib_an_hour(steady) == pytest.approx(1800.0)
    assert load.leak_mib_an_hour([(i, 300.0 + i % 2, 0.0) for i in range(61)]) == pytest.approx(0.0, abs=1.0)
    assert load.leak_mib_an_hour(steady[:1]) == 0.0


def test_the_load_generator_draws_as_people_do_and_everybody_ends_up_to_date(live_server):
    heard = []
    live_server.server.hub.metrics.listen(heard.append)
    seen = load.crowd(live_server.server.port, 3, 1.0, 10.0)
    assert seen["everybody_has_the_last_state"] and 0.3 <= seen["fairness"] <= 1
    assert seen["pictures"] == len(live_server.engine.codes) >= 3 and seen["began_s"] > 0
    assert 0 < seen["round_trip_ms"]["p50"] <= seen["round_trip_ms"]["p99"]
    live_server.server.hub.metrics.listen(lambda overhead_s: None)
    assert len(heard) == seen["pictures"] and all(0 < overhead_s < 5 for overhead_s in heard)


def test_a_person_of_the_load_begins_a_new_drawing_before_it_weighs_much():
    session, entries = Session(new_session_id()), []

    class Socket:
        async def send(self, data):
            session.apply(wire.decode(data))

    async def scenario():
        person, socket = virtual_users._Person(0), Socket()
        for _ in range(3000):  # five minutes
            await person._stroke(socket)
            entries.append(len(session.journal.entries))

    asyncio.run(scenario())
    assert 300 < max(entries) < 700 and sum(count == 0 for count in entries) >= 4


def test_people_of_a_long_drawing_begin_with_it_and_keep_it(live_server):
    people = live_server.server.hub.clients
    before = set(people.sessions)
    seen = load.crowd(live_server.server.port, 2, 1.0, 10.0, 300)
    assert seen["everybody_has_the_last_state"] and seen["pictures"] >= 2
    one, other = (session for session_id, session in people.sessions.items() if session_id not in before)
    assert len(one.journal.visible()) > 302 and len(other.journal.visible()) > 302
    assert len({entry.stroke_id for entry in one.journal.entries}) == len(one.journal.entries)


def test_the_cost_of_a_message_is_cpu_time_of_what_a_pen_sends_and_of_nothing_else():
    received = []

    class SlowHub:
        def receive(self, session, message):
            received.append(message)
            if isinstance(message, wire.End):  # one of ten pen messages works for 3 ms, one waits and one is no pen's
                until_ns = time.thread_time_ns() + 3_000_000
                while time.thread_time_ns() < until_ns:
                    pass
            elif isinstance(message, wire.Begin | wire.Ack):
                time.sleep(0.05)

    hub = SlowHub()
    cost = MessageCost(hub)
    assert cost.summary() == {"messages": 0, "p50": 0.0, "p95": 0.0, "p99": 0.0}
    pen = [
        wire.Begin(1, Stroke(1, Tool.BRUSH, 96)),
        *(wire.Points(seq, 1, b"") for seq in range(2, 10)),
        wire.End(10, 1),
    ]
    for message in (*pen, wire.Ack(0), wire.Undo(11)):
        hub.receive(None, message)
    summary = cost.summary()
    assert len(received) == 12 and summary["messages"] == 10
    assert 3000 <= summary["p95"] == summary["p99"] < 20_000 and summary["p50"] < 1000


def test_windows_of_a_load_hold_their_own_pictures_and_no_others():
    overheads = [(100.0 + i, 0.001 * (i + 1)) for i in range(25)]
    samples = [(100.0, 50.0, 0.0), (109.9, 51.0, 0.0), (121.0, 60.0, 0.0)]
    first, second, third = load.windows_of(overheads, samples, 100.0, 130.0)
    assert [window["pictures"] for window in (first, second, third)] == [10, 10, 5]
    assert (first["p50"], first["rss_mib"]) == (5.5, 51.0) and second["p99"] == pytest.approx(19.91)
    assert (third["from_s"], third["rss_mib"]) == (20.0, 60.0)


def test_a_load_is_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    windows = [{"from_s": 10.0 * i, "p50": 3.0, "p95": 5.0, "p99": 8.0, "rss_mib": 300.0} for i in range(3)]
    plot.plot_load({"people": 2, "strokes_a_second_each": 10.0, "windows": windows}, tmp_path / "load.png")
    assert (tmp_path / "load.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("people", "seconds"), [(0, 5.0), (5, 0.0)])
def test_a_load_of_nobody_is_refused(people, seconds):
    with pytest.raises(ArgumentError, match="people"):
        load.measure_load(people, seconds)


@pytest.mark.parametrize("strokes", [-1, 20_000])
def test_a_drawing_longer_than_one_may_be_is_refused(strokes):
    with pytest.raises(ArgumentError, match="strokes"):
        load.measure_load(5, 5.0, strokes_before=strokes)


def test_the_return_of_nobody_is_refused():
    with pytest.raises(ArgumentError, match="people"):
        reconnects.measure_returns(0, 5.0)
