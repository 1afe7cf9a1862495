"""Many people: turns, places in the queue, limits with Retry-After, floods that slow only their sender,
mass reconnects.
"""

from __future__ import annotations

import threading
import tracemalloc

from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.loadtest import reconnects
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.sessions.registry import KEEP_SESSION_S
from sprint_live.live.sessions.registry import Client as Record
from sprint_live.live.sessions.scheduler import Slot
from sprint_live.live.sessions.session import Session
from sprint_live.live.sessions.status import StatusReporter, ThrottledSender, place_in_words
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.clock import Clock
from support.drawn import LINE, OTHER, expected_code, wire_points
from support.standin import StandInEngine
from support.waiting import numbers, wait_for


class Inbox:
    """A connection that keeps what it is sent."""

    def __init__(self):
        self.messages, self.code = [], None

    def send(self, data):
        self.messages.append(wire.decode(data))

    def close(self, code, reason):
        self.code = code

    def statuses(self) -> list[wire.Status]:
        return [message for message in self.messages if isinstance(message, wire.Status)]


def crowd(num_people: int):
    """A hub with `num_people` in it, whose worker claims to be ready; nothing runs but what the test calls."""
    clock = Clock()
    hub = Hub(Worker(in_this_process(StandInEngine)), clock)
    hub.worker.state = "ready"
    people = []
    for _ in range(num_people):
        inbox = Inbox()
        people.append((hub.join(wire.NEW_SESSION, inbox), inbox))
    return hub, clock, people


def draws(hub, session, seq: int = 0) -> None:
    hub.receive(session, wire.Begin(seq + 1, Stroke(seq + 1, Tool.BRUSH, 96)))
    hub.receive(session, wire.Points(seq + 2, seq + 1, wire_points(LINE)))


def test_a_place_in_the_queue_is_told_in_words_and_not_too_often():
    hub, clock, people = crowd(9)
    hub._scheduler.finish(1.0)  # a picture takes a second
    for session, _ in people[:8]:
        draws(hub, session)
    [job] = hub._scheduler.take()
    assert job.session_id == people[0][0].session_id
    hub._status.tell_those_who_wait([job.session_id])
    assert [people[i][1].statuses()[-1].text for i in (1, 4, 7)] == [
        "1 before you, about 1 s",
        "4 before you, about 4 s",
        "7 before you, about 7 s",
    ]
    heard = len(people[7][1].messages)
    for _ in range(5):
        hub._scheduler.finish(1.0)
        hub._status.tell_those_who_wait(job.session_id for job in hub._scheduler.take())
        clock.now_s += 0.15
    assert 1 <= len(people[7][1].messages) - heard <= 2  # five pictures in 0.75 s
    assert people[7][1].statuses()[-1].state is wire.State.QUEUED
    assert len(people[8][1].messages) == 2  # WELCOME and IDLE: who does not draw hears nothing, whatever the others do
    assert place_in_words(3, 0.2) == "" and place_in_words(0, 9.0) == ""


def test_who_only_looks_costs_nothing_while_others_draw(monkeypatch):
    hub, _, people = crowd(100)
    looked_at = []
    status = StatusReporter.status
    monkeypatch.setattr(
        StatusReporter,
        "status",
        lambda self, client, position: looked_at.append(client.session_id) or status(self, client, position),
    )
    draws(hub, people[0][0])
    hub._scheduler.take()
    hub._status.tell_those_who_wait([people[0][0].session_id])
    assert set(looked_at) == {people[0][0].session_id}


def test_one_picture_runs_and_one_waits_for_each_person():
    hub, _, people = crowd(3)
    for n in range(30):
        for session, _ in people:
            draws(hub, session, 2 * n)
        assert len(hub._scheduler.waiting()) <= 3
    order = []
    for _ in range(9):
        [job] = hub._scheduler.take()
        order.append(job.session_id)
        hub._scheduler.finish(0.05)
        draws(hub, hub.clients.sessions[job.session_id], 100 + 2 * len(order))
    assert order == [session.session_id for session, _ in people] * 3
    assert hub._scheduler.superseded >= 100


def test_absence_keeps_the_drawing_for_a_minute_but_not_its_paper():
    hub, clock, [(session, inbox)] = crowd(1)
    draws(hub, session)
    session.raster.update(session.request().strokes)
    paper = session.raster
    hub.leave(session, inbox)
    assert session.raster is not paper and not hub._scheduler.waiting()
    clock.now_s += KEEP_SESSION_S - 0.1
    back = Inbox()
    assert hub.join(session.session_id, back) is session and session.request().strokes
    assert back.messages[0] == wire.Welcome(session.session_id, True, 2)


def test_the_announcer_says_every_change_but_a_place():
    clock, inbox = Clock(), Inbox()
    announcer, person = ThrottledSender(clock), Record(Session(bytes(16)), Slot(bytes(16)), inbox)
    for state, op_seq in (
        (wire.State.DRAWING, 1),
        (wire.State.DRAWING, 2),
        (wire.State.IDLE, 2),
        (wire.State.IDLE, 2),
        (wire.State.IDLE, 3),
    ):
        announcer.tell(person, wire.Status(state, op_seq))
    assert [(status.state, status.op_seq) for status in inbox.statuses()] == [(2, 1), (0, 2), (0, 3)]


# -- limits ------------------------------------------------------------------------------------------------------------


# -- coming and going --------------------------------------------------------------------------------------------------


def test_a_client_gone_in_the_middle_of_a_picture_finds_its_drawing_again(live_server):
    live_server.engine.gate = threading.Event()
    before = numbers(live_server)
    with Client(live_server.base) as client:
        client.draw(1, LINE)
        while client.receive(wire.Status).state is not wire.State.DRAWING:
            pass
        client.draw(2, OTHER)
        session_id = client.welcome.session_id
    wait_for(lambda: numbers(live_server)["sprint_live_queue_depth"] == 0)  # what waited is dropped
    drawn = len(live_server.engine.codes)
    live_server.engine.gate.set()
    wait_for(
        lambda: (
            numbers(live_server)["sprint_live_pictures_unsent_total"] == before["sprint_live_pictures_unsent_total"] + 1
        )
    )
    assert len(live_server.engine.codes) == drawn + 1
    with Client(live_server.base, session_id) as back:
        assert back.welcome.resumed
        back.settings(prompt="a dog")
        back.settle()
        assert back.code == expected_code({1: LINE, 2: OTHER}, "a dog")


def test_many_people_who_come_back_within_a_second_are_restored(live_server):
    """The rate of the promise (500 in 5 s) for a fifth of its people:
    to a server that knows them, and to one that does not.
    """
    num_people, port = 100, live_server.server.port
    first = reconnects.everybody_comes(port, [wire.NEW_SESSION] * num_people, 1.0)
    ids = [one.session_id for one in first]
    assert len(set(ids)) == num_people and not any(one.resumed for one in first)
    wait_for(lambda: numbers(live_server)["sprint_live_connections"] == 0)

    same = reconnects.everybody_comes(port, ids, 1.0)
    assert [one.session_id for one in same] == ids and all(one.resumed for one in same)
    assert max(one.after_s for one in same) <= 10.0
    wait_for(lambda: numbers(live_server)["sprint_live_connections"] == 0)

    kept = live_server.server.hub.clients
    for session_id in kept.sessions:
        kept.remove(session_id)  # what a restart leaves
    anew = reconnects.everybody_comes(port, ids, 1.0)
    assert not any(one.resumed for one in anew) and not {one.session_id for one in anew} & set(ids)
    assert max(one.after_s for one in anew) <= 10.0
    sessions = kept.sessions
    assert all(len(sessions[one.session_id].journal.visible()) == reconnects.STROKES for one in anew)


def test_who_only_looks_and_who_has_gone_hold_no_paper():
    tracemalloc.start()
    try:
        hub, _, people = crowd(200)
        for session, inbox in people[:100]:
            draws(hub, session)
            session.raster.update(session.request().strokes)
            hub.leave(session, inbox)
        held_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held_bytes < 200 * (1 << 16)  # a paper takes 1 MiB
