"""The simulation against what can be said without it, and the table that comes out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sprint_live.cli import main
from sprint_live.cluster.crowd import Habit, simulate
from sprint_live.cluster.sizing import HABITS, calls_of_bench, people_a_gpu, seated, size
from sprint_live.errors import ArgumentError

HALF = Habit(pen_down=0.5)


def test_one_person_waits_for_the_picture_that_runs_and_for_theirs():
    """The engine runs back to back while the pen is down, so a lift falls into a picture anywhere:
    1 to 2 pictures, 1.5 on average.
    """
    waits_s = np.array(simulate(1, HALF, {1: 100.0}, seconds=2000).waits_s)
    assert waits_s.min() >= 0.1 and waits_s.max() <= 0.2 + 1e-9
    assert np.mean(waits_s) == pytest.approx(0.15, abs=0.01)


def test_people_take_turns_so_a_wait_is_a_round_of_those_who_draw():
    """40 people, all pens down nearly always: every round has 40 pictures, a lift waits between one round and two."""
    seen = simulate(40, Habit(pen_down=0.98, stroke_s=20.0), {1: 50.0}, seconds=600)
    assert 1.0 < np.percentile(seen.waits_s, 50) < 4.2 and seen.busy_s == pytest.approx(480, rel=0.01)
    assert seen.pictures == pytest.approx(480 / 0.05, rel=0.02)


def test_the_same_seed_is_the_same_crowd_and_a_faster_engine_never_waits_longer():
    one, again = (simulate(9, HALF, {1: 80.0}, seconds=60, seed=3) for _ in range(2))
    assert one == again and one != simulate(9, HALF, {1: 80.0}, seconds=60, seed=4)
    medians = [np.median(simulate(9, HALF, {1: ms}, seconds=200).waits_s) for ms in (20.0, 40.0, 80.0, 160.0)]
    assert medians == sorted(medians)


def test_nobody_is_forgotten_when_there_are_too_many():
    """Strokes without a picture count with what they have waited, so an overloaded engine does not look fast."""
    waits_s = simulate(200, HALF, {1: 500.0}, seconds=60).waits_s
    assert np.percentile(waits_s, 95) > 20


def test_a_gpu_holds_fewer_people_the_more_they_draw_and_the_slower_it_is():
    holds = [people_a_gpu(habit, {1: 100.0}, seconds=60) for habit in HABITS.values()]
    assert holds == sorted(holds, reverse=True) and holds[-1] >= 5
    assert people_a_gpu(HALF, {1: 25.0}, seconds=60) > 3 * people_a_gpu(HALF, {1: 100.0}, seconds=60)
    assert people_a_gpu(HALF, {1: 1200.0}, seconds=60) == 0


def test_everybody_has_a_seat_or_there_are_too_few_gpus():
    people = seated(1000, 25, 50)
    assert sum(people) == 1000 and max(people) <= 50
    assert seated(1001, 20, 50) is None and seated(3, 1, 3) == [3]
    assert seated(1000, 25, 50) == people  # the same each time


def test_the_command_writes_table_numbers_and_plot(tmp_path, monkeypatch, capsys):
    pytest.importorskip("matplotlib")
    import sprint_live.cluster.sizing as sizing

    monkeypatch.setattr(sizing, "FLEETS", (20, 60))
    monkeypatch.setattr(sizing, "size", lambda calls: size(calls, seconds=20))
    bench = {"model": "m", "engine_ms": {"total": {"median": 150.0}}, "hardware": {"cpu": "a chip", "device": "cpu"}}
    (tmp_path / "bench.json").write_text(json.dumps(bench))
    words = [
        "cluster",
        "size",
        "--bench",
        str(tmp_path / "bench.json"),
        "--out",
        str(tmp_path / "sizing.json"),
        "--picture-ms",
        "25",
    ]
    assert main(words) == 0
    engines = json.loads((tmp_path / "sizing.json").read_text())["engines"]
    assert [engine["name"] for engine in engines] == ["m on a chip", "assumed 25 ms"]
    assert all(row["wait_p95_s"] >= 0.025 for engine in engines for curve in engine["curve"].values() for row in curve)
    table = (tmp_path / "sizing.md").read_text()
    assert "| m on a chip | 150 | shading |" in table and "GPUs for 60" in table and table in capsys.readouterr().out
    assert (tmp_path / "sizing.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_no_measurement_is_refused(tmp_path):
    (tmp_path / "x.json").write_text("{}")
    for path in (tmp_path / "x.json", tmp_path / "missing.json"):
        with pytest.raises(ArgumentError, match="no measurement of engine.draw"):
            calls_of_bench(path)
    with pytest.raises(ArgumentError, match="1 picture at least"):
        size({2: 10.0})


def test_calls_for_several_come_from_the_curve_as_far_as_they_pay(tmp_path):
    points = [{"batch": size, "ms": {"median": ms}} for size, ms in ((1, 40.0), (2, 50.0), (4, 70.0), (8, 200.0))]
    report = {
        "model": "m",
        "hardware": {"cpu": "c", "device": "g"},
        "curves": {"batch": {"points": points, "best_batch": 4}},
    }
    (tmp_path / "curves.json").write_text(json.dumps(report))
    name, call_ms = calls_of_bench(tmp_path / "curves.json")
    assert (name, call_ms) == ("m on g", {1: 40.0, 2: 50.0, 4: 70.0})
    alone, together = (simulate(12, Habit(pen_down=0.5), calls, seconds=20) for calls in ({1: 40.0}, call_ms))
    assert together.pictures > 1.4 * alone.pictures
