"""A message costs the event loop the same in a drawing of 20 strokes and of 20,000:
counted in calls and bytes, not in time.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.edits import Arrange, Copy, Layer, Remove, Transform, num_shown
from sprint_live.live.canvas.history import History, Visible
from sprint_live.live.canvas.journal import MAX_ENTRIES, Journal
from sprint_live.live.canvas.strokes import POINT_BYTES, Clear, Stroke, Tool
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire import protocol as wire
from support.standin import StandInEngine

POINTS = bytes(range(2 * POINT_BYTES))
SHORT, LONG = 20, MAX_ENTRIES - 10


class Nowhere:
    def send(self, data):
        pass

    def close(self, code, reason):
        pass


def drawing_of(num_strokes: int):
    """A hub with one person whose drawing has so many strokes, the last one under the pen;
    its picture is being drawn.
    """
    hub = Hub(Worker(in_this_process(StandInEngine)))
    hub.worker.state = "ready"
    session = hub.join(wire.NEW_SESSION, Nowhere())
    strokes = [Stroke(i, Tool.BRUSH, 96, POINTS) for i in range(1, num_strokes)]
    session.journal = Journal(History.of(strokes), (), None, 2 * num_strokes)
    hub.receive(session, wire.Begin(1, Stroke(num_strokes, Tool.BRUSH, 96)))
    hub.receive(session, wire.Points(2, num_strokes, POINTS))
    hub._scheduler.take()
    return hub, session


def messages_of(num_strokes: int):
    """What a pen sends while the picture is drawn, and a control that changes meanwhile."""
    points = [wire.Points(seq, num_strokes, POINTS) for seq in range(3, 13)]
    controls = [wire.Change(13, Settings(prompt="a dog")), wire.Ack(0), wire.Vary(14, (1, 2, 3))]
    return [*points, *controls, wire.End(15, num_strokes)]


def calls_of(num_strokes: int) -> int:
    """Dispatcher of Python and C functions that the messages take, one for each turn of a generator among them."""
    hub, session = drawing_of(num_strokes)
    messages, count = messages_of(num_strokes), 0

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        for message in messages:
            hub.receive(session, message)
    finally:
        sys.setprofile(None)
    return count


def bytes_of(num_strokes: int) -> int:
    """The most memory that is taken at once while the messages come: a copy of the entries takes 8 bytes for each."""
    hub, session = drawing_of(num_strokes)
    messages = messages_of(num_strokes)
    gc.collect()
    tracemalloc.start()
    try:
        for message in messages:
            hub.receive(session, message)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_message_costs_the_same_in_a_long_drawing():
    calls_of(SHORT)  # what is imported or kept at the first call
    assert calls_of(LONG) == calls_of(SHORT)
    assert bytes_of(LONG) < bytes_of(SHORT) + 2 * LONG


def test_a_new_stroke_looks_at_no_other(monkeypatch):
    hub, session = drawing_of(LONG)
    looked = []
    monkeypatch.setattr("sprint_live.live.canvas.history.num_shown", lambda entries: looked.append(entries) or 0)
    monkeypatch.setattr(Stroke, "__eq__", lambda self, other: looked.append(self) or self is other)
    hub.receive(session, wire.End(3, LONG))
    hub.receive(session, wire.Begin(4, Stroke(LONG + 1, Tool.PAINT, 96)))
    hub.receive(session, wire.Points(5, LONG + 1, POINTS))
    hub.receive(session, wire.End(6, LONG + 1))
    hub.receive(session, wire.Undo(7))
    hub.receive(session, wire.Redo(8))
    assert len(looked) < 20 and len(session.journal.entries) == LONG + 1


LAYER = st.integers(0, 2)
STROKE = st.builds(
    lambda stroke_id, layer, drawn: Stroke(stroke_id, Tool.BRUSH, 96, POINTS if drawn else b"", layer=layer),
    st.integers(1, 6),
    LAYER,
    st.booleans(),
)
IDS = st.lists(st.integers(1, 9), max_size=3).map(tuple)
ARRANGED = st.builds(
    lambda shown, merged: Arrange(tuple(Layer(i, 100, on) for i, on in enumerate(shown)), (2, 0) if merged else None),
    st.lists(st.booleans(), min_size=1, max_size=3),
    st.booleans(),
)
ENTRY = st.one_of(
    STROKE,
    STROKE,
    st.just(Clear()),
    st.builds(Transform, IDS),
    st.builds(Remove, IDS),
    st.builds(lambda ids, first: Copy(Transform(ids), first, 0, 0), IDS, st.integers(7, 9)),
    ARRANGED,
)
STEPS = st.lists(st.one_of(ENTRY, ENTRY, st.sampled_from(["grow", "back"])), max_size=25)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_what_is_remembered_is_what_would_be_worked_out_anew(steps):
    history, states = History(), [History()]
    for step in steps:
        if step == "back":
            history = history.without_last()
        elif step != "grow":
            history = history.with_entry(step)
        elif isinstance(history.last, Stroke):
            history = history.with_last(history.last.extended(POINTS))
        states.append(history)
        assert history == History.of(history.entries) and len(history) == len(history.entries)
        assert Visible(history).white == (num_shown(history.visible) == 0) and history.num_visible == len(
            history.visible
        )
    for one in states:
        same = Visible(one) == Visible(history)
        assert same == (one.visible == history.visible)
        assert not same or hash(Visible(one)) == hash(Visible(history))


@pytest.mark.parametrize("num_strokes", [0, 1])
def test_an_entry_that_is_taken_back_leaves_the_paper_as_it_was(num_strokes):
    before = History.of([Stroke(1, Tool.BRUSH, 96, POINTS)] * num_strokes)
    for entry in (Clear(), Remove((1,)), Arrange((Layer(0, 100, False),)), Stroke(2, Tool.BRUSH, 96, POINTS)):
        assert before.with_entry(entry).without_last() == before
