"""What a person may rely on while drawing, whatever lies between the page and the engine."""

from __future__ import annotations

import time

from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages
from support.drawn import LINE, OTHER, expected_code, wire_points
from support.standin import code_of


def test_a_stroke_becomes_its_own_picture(enter):
    client = enter()
    assert not client.welcome.resumed and client.welcome.last_op_seq == 0
    assert client.receive(wire.ModelInfo).name == "faulty"
    client.draw(1, LINE)
    client.settle()
    assert client.code == expected_code({1: LINE}) and client.frames[-1].op_seq <= client.seq
    drawn = len(client.frames)
    client.settings(prompt="a dog", seed=3)
    client.settle()
    assert client.code == expected_code({1: LINE}, "a dog", 3) and len(client.frames) == drawn + 1


def test_the_newest_state_wins_and_the_last_one_always_arrives(enter):
    client = enter()
    points = [(10, 10)]
    client.draw(1, points, lift=False)
    start_s = time.monotonic()
    for i in range(120):
        points.append((10 + 8 * i, 20 + 5 * (i % 40)))
        client.op(wire.Points, 1, wire_points(points[-1:]))
        time.sleep(0.004)
    client.op(wire.End, 1)
    client.settle()
    took_s = time.monotonic() - start_s
    assert client.code == expected_code({1: points})
    assert (
        len(client.frames) <= 2 + took_s / 0.01
    )  # the engine takes 10 ms a picture: most of the 120 states were skipped
    seqs = [frame.seq for frame in client.frames]
    ops = [frame.op_seq for frame in client.frames]
    assert seqs == sorted(set(seqs)) and ops == sorted(ops)


def test_at_most_two_pictures_are_on_their_way_to_one_person(enter):
    client = enter(acknowledge=False)
    for i in range(6):
        client.draw(i + 1, [(10 + i * 30, 10), (20 + i * 30, 400)])
        time.sleep(0.06)
    while len(client.frames) < 2:
        client.next(5)
    try:
        while True:
            client.next(0.3)
    except TimeoutError:
        assert len(client.frames) == 2
    client.acknowledge = True
    client.send(wire.Ack(client.frames[-1].seq))
    client.settle()
    assert client.code == expected_code({i + 1: [(10 + i * 30, 10), (20 + i * 30, 400)] for i in range(6)})


def test_undo_redo_and_clear(enter):
    client = enter()
    client.draw(1, LINE)
    client.draw(2, OTHER)
    for kind, strokes in (
        (wire.Undo, {1: LINE}),
        (wire.Redo, {1: LINE, 2: OTHER}),
        (wire.ClearAll, None),
        (wire.Undo, {1: LINE, 2: OTHER}),
    ):
        client.op(kind)
        client.settle()
        if strokes:
            assert client.code == expected_code(strokes)


def test_a_hundred_steps_are_undone_and_done_again(enter):
    client = enter()
    for i in range(101):
        client.draw(i + 1, [(10 + 9 * i, 10), (10 + 9 * i, 200)])
    for _ in range(100):
        client.op(wire.Undo)
    client.settle()
    assert client.code == expected_code({1: [(10, 10), (10, 200)]})
    for _ in range(100):
        client.op(wire.Redo)
    client.settle()
    assert client.code == expected_code({i + 1: [(10 + 9 * i, 10), (10 + 9 * i, 200)] for i in range(101)})


def test_a_resent_drawing_in_parts_is_shown_whole_or_not_at_all(enter):
    journal = Journal()
    for stroke_id in (1, 2, 3):
        points = [((i * 7) % 1000, (i * stroke_id) % 1000) for i in range(9000)]
        journal = journal.begin(Stroke(stroke_id, Tool.BRUSH, 96)).append(stroke_id, wire_points(points)).end(stroke_id)
    messages = restore_messages(journal, 1)
    assert len(messages) == 2
    client = enter()
    for message in messages:
        client.send(message)
        time.sleep(0.05)
    client.seq = messages[-1].seq
    client.settle()
    assert len(client.frames) == 1
    assert client.code == code_of(Raster().update(journal.visible()), "a cat", 0, 1)
