"""Journal and resending: undo is never lossy, and both languages keep the same history."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.errors import MessageTooLarge, ProtocolError
from sprint_live.live.canvas import journal as journal_module
from sprint_live.live.canvas.edits import ONE, Arrange, Layer, Remove, Transform, num_shown, settle
from sprint_live.live.canvas.journal import Journal, weight
from sprint_live.live.canvas.strokes import POINT_BYTES, Clear, Stroke, Tool, pack_points
from sprint_live.live.sessions.session import Session
from sprint_live.live.wire.protocol import Begin, Edited, Points, Record, Undo, encode
from sprint_live.live.wire.restore import Restoration, restore_messages
from support.journals import STEP, play, resent
from support.paths import WEB


def white(entries) -> bool:
    return num_shown(entries) == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=30))
def test_undo_and_redo_are_each_others_inverse(steps):
    journal = play(steps)
    assert journal.num_points == sum(map(weight, journal.entries + journal.undone))
    if journal.entries:
        assert journal.undo().redo() == journal
    depth = len(journal.entries)
    everything = journal
    for _ in range(depth):
        everything = everything.undo()
    assert everything.entries == () and everything.undo() == everything
    for _ in range(depth):
        everything = everything.redo()
    assert everything.entries == journal.entries
    assert not any(isinstance(entry, Clear) for entry in journal.visible())


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, max_size=30))
def test_a_resent_drawing_is_the_drawing(steps):
    journal = play(steps)
    assert resent(journal) == journal


def test_a_stroke_that_is_being_drawn_goes_on_after_a_reconnect():
    journal = Journal().begin(Stroke(1, Tool.BRUSH, 90)).append(1, bytes(POINT_BYTES))
    assert resent(journal).append(1, bytes(POINT_BYTES)).visible()[0].num_points == 2


def test_a_long_drawing_travels_in_parts_of_twenty_thousand_points():
    journal = Journal()
    for stroke_id in (1, 2, 3):
        journal = journal.begin(Stroke(stroke_id, Tool.BRUSH, 90))
        for _ in range(2):
            journal = journal.append(stroke_id, bytes([stroke_id]) * 15_000 * POINT_BYTES)
        journal = journal.end(stroke_id)
    assert len(restore_messages(journal, 1)) == 5
    assert resent(journal) == journal


def test_undo_reaches_back_over_a_hundred_strokes_and_a_clear():
    steps = [("stroke", 0, 96, bytes(POINT_BYTES))] * 120 + [("clear",)]
    journal = play(steps)
    assert journal.visible() == () and len(journal.undo().visible()) == 120
    for _ in range(121):
        journal = journal.undo()
    assert journal.visible() == ()


def test_limits_and_strangers_are_refused(monkeypatch):
    with pytest.raises(ProtocolError):
        Journal().append(1, bytes(POINT_BYTES))
    with pytest.raises(ProtocolError):
        Restoration().add((Record(None, more=bytes(POINT_BYTES)),))
    full = Journal().begin(Stroke(1, Tool.BRUSH, 96)).append(1, bytes(200_000 * POINT_BYTES))
    with pytest.raises(MessageTooLarge, match="200000"):
        full.append(1, bytes(POINT_BYTES))
    monkeypatch.setattr(journal_module, "MAX_ENTRIES", 3)
    with pytest.raises(MessageTooLarge):
        play([("stroke", 0, 96, b"")] * 4)


def test_a_moved_stroke_is_where_it_was_moved_and_an_undo_brings_it_back():
    journal = play(
        [("stroke", 0, 160, pack_points([(100.0, 200.0, 0.5, 3.0, 4.0, 8.0)])), ("stroke", 0, 160, bytes(POINT_BYTES))]
    )
    moved = journal.edit(Transform((1,), 2 * ONE, ONE // 2, 160, -1))
    first, second = settle(moved.visible())
    point = first.point_array()[0]
    assert (point["x"], point["y"]) == (2 * 1600 + 160, 1600 - 1) and first.width_units == 160
    assert (point["pressure"], point["tilt_x"], point["dt_ms"]) == (32768, 3, 8) and second == journal.visible()[1]
    assert settle(moved.undo().visible()) == journal.visible() and settle(moved.undo().redo().visible()) == (
        first,
        second,
    )
    far = settle(moved.edit(Transform((1,), 100 * ONE, ONE, 1 << 24, 0)).visible())[0]
    assert far.point_array()["x"][0] == 32767  # held at the edge of what a point can say
    gone = moved.edit(Remove((1, 7)))
    assert settle(gone.visible()) == (second,) and settle(gone.undo().visible()) == (first, second)
    assert not white(gone.visible()) and white(gone.edit(Remove((2,))).visible())


def test_layers_are_kept_over_a_clear_and_a_stroke_needs_one():
    journal = play([("stroke", 0, 96, bytes(POINT_BYTES)), ("arrange", [(4, 40, True)], False)])
    assert journal.layers == (Layer(0), Layer(4, 40))
    with pytest.raises(ProtocolError, match="layer 9"):
        journal.begin(Stroke(9, Tool.BRUSH, 96, layer=9))
    with pytest.raises(ProtocolError, match="layer 9"):
        journal.edit(Arrange((Layer(0),), merged=(9, 0)))
    above = journal.begin(Stroke(9, Tool.BRUSH, 96, layer=4)).append(9, bytes(POINT_BYTES)).clear()
    assert above.visible() == (Arrange((Layer(0), Layer(4, 40))),) and white(above.visible())
    with pytest.raises(ProtocolError, match="layer 4"):
        Restoration([*above.entries[2:]]).journal()
    hidden = journal.edit(Arrange((Layer(0, shown=False), Layer(4))))
    assert white(hidden.visible()) and not white(journal.visible())
    merged = (
        hidden.begin(Stroke(9, Tool.BRUSH, 96, layer=4))
        .append(9, bytes(POINT_BYTES))
        .edit(Arrange((Layer(0),), merged=(4, 0)))
    )
    assert not white(merged.edit(Remove((1,))).visible()) and white(merged.edit(Remove((1, 9))).visible())


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, max_size=30))
def test_a_drawing_is_white_if_no_settled_stroke_is_on_a_layer_that_is_shown(steps):
    entries = play(steps).visible()
    if not any(isinstance(entry, Arrange) for entry in entries):
        assert white(entries) == (not settle(entries))
    assert white(settle(entries)) == white(entries)


def test_a_hundred_and_twenty_edits_are_undone_one_by_one_after_a_reload():
    steps = [("stroke", 0, 96, pack_points([(500.0, 500.0, 1.0, 0.0, 0.0, 0.0)]))]
    for i in range(40):
        steps += [
            ("transform", [1], ONE + 500, ONE - 300, i, -i, 70, -90),
            ("arrange", [(1 + i % 6, i, True)], i % 2 == 1),
            ("remove", [2]),
        ]
    journal = resent(play(steps))
    seen = [settle(journal.visible())]
    for _ in range(120):
        journal = resent(journal.undo())
        seen.append(settle(journal.visible()))
    assert journal.visible() == play(steps[:1]).visible() and len(set(seen)) > 80
    for state in reversed(seen[:-1]):
        journal = resent(journal.redo())
        assert settle(journal.visible()) == state


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_keeps_the_same_history(tmp_path):
    points = pack_points([(1.0, 2.0, 1.0, 0.0, 0.0, 0.0)])
    long = bytes(i % 251 for i in range(25_000 * POINT_BYTES))
    steps = [
        ("stroke", 0, 96, points),
        ("stroke", 1, 640, long[: 15_000 * POINT_BYTES]),
        ("undo",),
        ("redo",),
        ("clear",),
        ("stroke", 0, 16, long),
        ("stroke", 2, 17, points),
        ("undo",),
    ]
    compare_with_javascript(tmp_path, steps)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_moves_the_same_points_and_arranges_the_same_layers(tmp_path):
    rng = random.Random(4)
    steps = []
    for i in range(60):
        points = [(rng.uniform(-50, 1100), rng.uniform(-50, 1100), rng.random(), 0.0, 0.0, 8.0) for _ in range(30)]
        scales = [rng.choice([-1, 1]) * rng.randint(ONE // 100 + 1, 3 * ONE) for _ in range(2)]
        shifts = [rng.randint(-20000, 20000) for _ in range(2)]
        steps.append(("stroke", i % 4, rng.randint(1, 900), pack_points(points)))
        skews = [rng.randint(-ONE, ONE) for _ in range(2)]
        steps.append(("transform", [rng.randint(1, i + 1) for _ in range(3)], *scales, *shifts, *skews))
        if i % 9 == 4:
            steps.append(("copy", [rng.randint(1, i + 9) for _ in range(4)], *scales, *shifts, *skews))
        if i % 5 == 0:
            steps += [
                ("remove", [rng.randint(1, i + 1)]),
                ("undo",),
                ("redo",),
                ("arrange", [(1 + i % 7, i, i % 2 == 0)], i % 3 == 0),
            ]
    compare_with_javascript(
        tmp_path, [*steps, ("transform", list(range(1, 61)), ONE, -ONE, 3, 16384, 5, -9), ("undo",)]
    )
    compare_with_javascript(
        tmp_path, [*steps, ("clear",), ("stroke", 0, 90, points_of(3)), ("undo",), ("undo",), ("undo",)]
    )
    merged = [("arrange", [(1, 100, True)], False), ("stroke", 0, 97, points_of(3)), ("arrange", [], True)]
    compare_with_javascript(tmp_path, merged)  # not white: what was on layer 1 is on layer 0
    compare_with_javascript(
        tmp_path, [("stroke", 0, 90, points_of(15_000)), ("remove", [1] * 6000), ("remove", [1] * 15_000)]
    )


def points_of(num_points: int) -> bytes:
    return bytes(i % 251 for i in range(num_points * POINT_BYTES))


def compare_with_javascript(tmp_path, steps):
    script = tmp_path / "script.json"
    script.write_text(
        json.dumps([[part.hex() if isinstance(part, bytes) else part for part in step] for step in steps])
    )
    command = ["node", Path(__file__).parent / "journal_parity.mjs", WEB / "canvas" / "journal.js", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    ours = [encode(message).hex() for message in restore_messages(play(steps), 1)]
    assert answer["messages"] == ours and answer["again"] == ours
    journal = play(steps)
    assert answer["points"] == journal.num_points and answer["white"] == white(journal.visible())
    ours = [
        [m.stroke_id, m.layer, m.width_units, m.points.hex()]
        for m in settle(journal.visible())
        if isinstance(m, Stroke)
    ]
    assert answer["settled"] == ours


def test_a_session_takes_an_edit_as_one_operation_and_refuses_what_does_not_fit():
    session = Session(bytes(16))
    session.apply(Begin(1, Stroke(1, Tool.BRUSH, 96)))
    session.apply(Points(2, 1, bytes(POINT_BYTES)))
    session.apply(Edited(3, Transform((1,), shift_x=160)))
    assert settle(session.request().strokes)[0].point_array()["x"][0] == 160 and session.journal.open_id is None
    before = session.journal
    with pytest.raises(ProtocolError, match="add the layer first"):
        session.apply(Begin(4, Stroke(2, Tool.BRUSH, 96, layer=3)))
    with pytest.raises(ProtocolError, match="a number over 3"):
        session.apply(Edited(3, Remove((1,))))
    assert session.journal is before and session.op_seq == 3
    full = replace(session.journal, num_points=journal_module.MAX_POINTS)
    with pytest.raises(MessageTooLarge, match="200000 points"):
        full.edit(Remove((1,)))
    session.apply(Edited(4, Remove((1,))))
    assert session.request().blank
    session.apply(Undo(5))
    assert not session.request().blank
