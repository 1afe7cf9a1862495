"""Journal and resending: undo is never lossy, and both languages keep the same history."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.errors import MessageTooLarge, ProtocolError
from sprint_live.live import journal as journal_module
from sprint_live.live.journal import Journal
from sprint_live.live.protocol import Record, decode, encode
from sprint_live.live.restore import Restoration, restore_messages
from sprint_live.live.strokes import POINT_BYTES, Clear, Mirror, Stroke, Tool, pack_points

POINTS = st.integers(1, 5).map(lambda n: pack_points([(float(i * n), 7.0, 1.0, 0.0, 0.0, 1.0) for i in range(n)]))
STEP = st.one_of(
    st.tuples(st.just("stroke"), st.sampled_from([0, 1, 2]), st.integers(1, 900), POINTS),
    st.sampled_from([("undo",), ("redo",), ("clear",)]),
)


def pen(stroke_id: int, tool: int, width_units: int) -> Stroke:
    """A pen whose colour and mirror follow from its width, so that scripts in both languages need not name them."""
    return Stroke(stroke_id, Tool(tool), width_units, b"", (width_units % 256, 7, 255 - width_units % 256), Mirror(width_units % 4))


def play(steps) -> Journal:
    journal = Journal()
    for step in steps:
        if step[0] == "stroke":
            ids = [e.stroke_id for e in journal.entries + journal.undone if isinstance(e, Stroke)]
            stroke_id = 1 + max(ids, default=0)
            journal = journal.begin(pen(stroke_id, step[1], step[2])).append(stroke_id, step[3]).end(stroke_id)
        else:
            journal = getattr(journal, step[0])()
    return journal


def resent(journal: Journal) -> Journal:
    restoration = Restoration()
    for message in restore_messages(journal, 1):
        restoration.add(decode(encode(message)).records)
    return restoration.journal()


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=30))
def test_undo_and_redo_are_each_others_inverse(steps):
    journal = play(steps)
    assert journal.num_points == sum(e.num_points for e in journal.entries + journal.undone if isinstance(e, Stroke))
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


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_keeps_the_same_history(tmp_path):
    points = pack_points([(1.0, 2.0, 1.0, 0.0, 0.0, 0.0)])
    long = bytes(i % 251 for i in range(25_000 * POINT_BYTES))
    steps = [("stroke", 0, 96, points), ("stroke", 1, 640, long[: 15_000 * POINT_BYTES]), ("undo",), ("redo",), ("clear",),
             ("stroke", 0, 16, long), ("stroke", 2, 17, points), ("undo",)]  # fmt: skip
    script = tmp_path / "script.json"
    script.write_text(json.dumps([[part.hex() if isinstance(part, bytes) else part for part in step] for step in steps]))
    web = Path(journal_module.__file__).parent / "web"
    command = ["node", Path(__file__).parent / "journal_parity.mjs", web / "journal.js", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    ours = [encode(message).hex() for message in restore_messages(play(steps), 1)]
    assert answer["messages"] == ours and answer["again"] == ours
    assert answer["points"] == play(steps).num_points
