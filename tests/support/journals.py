"""Journals as steps: a hypothesis strategy for what a hand does, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from sprint_live.live.canvas.edits import ONE, Arrange, Copy, Layer, Remove, Transform, settle
from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.strokes import Clear, Mirror, Stroke, Tool, pack_points
from sprint_live.live.wire.protocol import decode, encode
from sprint_live.live.wire.records import MIN_SCALE
from sprint_live.live.wire.restore import Restoration, restore_messages

POINTS = st.integers(1, 5).map(lambda n: pack_points([(float(i * n), 7.0, 1.0, 0.0, 0.0, 1.0) for i in range(n)]))
SCALES = st.integers(-3 * ONE, 3 * ONE).filter(lambda scale: abs(scale) > ONE // 100)
SHIFTS, SKEWS = st.integers(-9000, 9000), st.integers(-ONE, ONE)
NAMED = st.lists(st.integers(1, 8), max_size=4)
LAYER_ROWS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 100), st.booleans()), max_size=3, unique_by=lambda row: row[0]
)
MAPPED = st.tuples(st.sampled_from(["transform", "copy"]), NAMED, SCALES, SCALES, SHIFTS, SHIFTS, SKEWS, SKEWS)
STEP = st.one_of(
    st.tuples(st.just("stroke"), st.sampled_from([0, 1, 2, 3]), st.integers(1, 900), POINTS),
    MAPPED.filter(
        lambda step: abs(step[2] * step[3] - step[6] * step[7]) >= MIN_SCALE**2
    ),  # what leaves nothing is refused at the door
    st.tuples(st.just("remove"), NAMED),
    st.tuples(st.just("arrange"), LAYER_ROWS, st.booleans()),
    st.sampled_from([("undo",), ("redo",), ("clear",)]),
)


def pen(stroke_id: int, tool: int, width_units: int) -> Stroke:
    """A pen whose color and mirror follow from its width, so that scripts in both languages need not name them."""
    return Stroke(
        stroke_id,
        Tool(tool),
        width_units,
        b"",
        (width_units % 256, 7, 255 - width_units % 256),
        Mirror(width_units % 4),
    )


def arranged(before: tuple[Layer, ...], rows, merge: bool) -> Arrange:
    """The rows over layer 0; with `merge`, the topmost layer that would be lost is put onto it first."""
    layers = (Layer(0), *(Layer(number, opacity, bool(shown)) for number, opacity, shown in rows))
    lost = [layer.layer_id for layer in before if layer.layer_id not in {one.layer_id for one in layers}]
    return Arrange(layers, (lost[-1], 0) if merge and lost else None)


def next_id(journal: Journal) -> int:
    """A number that no stroke and no copy has."""
    entries = journal.entries + journal.undone
    copies = [entry.first_id + len(entry.by.stroke_ids) - 1 for entry in entries if isinstance(entry, Copy)]
    return 1 + max([entry.stroke_id for entry in entries if isinstance(entry, Stroke)] + copies, default=0)


def copy_of(journal: Journal, stroke_ids: tuple[int, ...], *numbers: int) -> Copy:
    """A copy onto the topmost layer that says truly how many points it makes."""
    start = 1 + max((i for i, entry in enumerate(journal.entries) if isinstance(entry, Clear)), default=-1)
    strokes = [
        mark for mark in settle(journal.entries[start:]) if isinstance(mark, Stroke) and mark.stroke_id in stroke_ids
    ]
    return Copy(
        Transform(stroke_ids, *numbers),
        next_id(journal),
        journal.layers[-1].layer_id,
        sum(stroke.num_points for stroke in strokes),
    )


def play(steps) -> Journal:
    journal = Journal()
    for step in steps:
        if step[0] == "stroke":
            stroke_id = next_id(journal)
            layer = journal.layers[step[2] % len(journal.layers)].layer_id
            one = replace(pen(stroke_id, step[1], step[2]), layer=layer)
            journal = journal.begin(one).append(stroke_id, step[3]).end(stroke_id)
        elif step[0] == "transform":
            journal = journal.edit(Transform(tuple(step[1]), *step[2:]))
        elif step[0] == "copy":
            journal = journal.edit(copy_of(journal, tuple(dict.fromkeys(step[1])), *step[2:]))
        elif step[0] == "remove":
            journal = journal.edit(Remove(tuple(step[1])))
        elif step[0] == "arrange":
            journal = journal.edit(arranged(journal.layers, *step[1:]))
        else:
            journal = getattr(journal, step[0])()
    return journal


def resent(journal: Journal) -> Journal:
    restoration = Restoration()
    for message in restore_messages(journal, 1):
        restoration.add(decode(encode(message)).records)
    return restoration.journal()
