"""What the benchmark measures: pages, edits, baselines, curves, memory. Every loop runs on a model of width 32."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from sprint_live.bench import curves, endurance
from sprint_live.bench.baselines import CONTROLNET, PLAIN, SPRINT, baselines
from sprint_live.bench.clock import Elapsed
from sprint_live.bench.curves import best_batch, curve_sizes, measure_curves, num_rounds
from sprint_live.bench.drawing import measure_drawing
from sprint_live.bench.edits import measure_edits
from sprint_live.bench.endurance import judged, measure_memory
from sprint_live.bench.markdown import _plan_table
from sprint_live.bench.pages import edited_pages, new_pages
from sprint_live.bench.plan import ROWS, measure_plan
from sprint_live.bench.rates import Rates
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import ArgumentError
from sprint_live.models.zoo import ZooModel, find_model
from support.models.released_small import small_released
from support.small_model import make_tiny_pipeline


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    model = ZooModel(
        name="small",
        title="small",
        folder=tmp_path_factory.mktemp("small"),
        sizes=(64, 128, 256),
        default_size=256,
        license="none",
    )
    return Engine(make_tiny_pipeline(), model)


@pytest.fixture(autouse=True)
def _rates(monkeypatch):
    rates = Rates(gemm_gflop_s={"float32": 50.0}, conv_gflop_s={"float32": 50.0}, copy_gb_s=10.0)
    monkeypatch.setattr("sprint_live.bench.drawing.measure_rates", lambda device, dtypes: rates)


def test_new_pages_differ_and_hold_lines():
    pages = new_pages(96, 128, 8)
    assert all(page.shape == (96, 128) and page.min() == 0 and page.max() == 255 for page in pages)
    assert all(not np.array_equal(one, other) for one, other in itertools.combinations(pages, 2))


@pytest.mark.parametrize(("height", "width", "edit_px"), [(256, 256, 64), (128, 320, 128), (64, 64, 64)])
def test_an_edit_changes_a_square_of_that_size_and_nothing_else(height, width, edit_px):
    for before, after in itertools.pairwise(itertools.islice(edited_pages(height, width, edit_px), 9)):
        rows, columns = np.nonzero(before != after)
        assert np.ptp(rows) + 1 == np.ptp(columns) + 1 == edit_px


def test_an_edit_larger_than_the_page_is_refused():
    with pytest.raises(ArgumentError, match="300"):
        next(edited_pages(256, 512, 300))


def test_the_engine_and_the_baselines_draw_in_turn(engine, monkeypatch):
    drawn = []
    real = Engine.draw
    monkeypatch.setattr(
        Engine,
        "draw",
        lambda self, page, prompt, **rest: drawn.append(page.tobytes()) or real(self, page, prompt, **rest),
    )
    report = measure_drawing(engine, size=128, steps=1, runs=3, warm_up=1, advance=lambda: None)
    assert set(report["baselines"]) == {PLAIN, SPRINT, CONTROLNET} == set(report["first_ms"]) - {"engine"}
    assert report["baseline_ms"]["median"] == report["baselines"][PLAIN]["median"] > 0
    assert len(drawn) == 5 and len(set(drawn[1:])) == 4  # the first one apart, then a new page each time
    for other in report["baselines"].values():
        assert other["times_slower"] == pytest.approx(other["median"] / report["engine_wall"]["median"], abs=2e-3)
    assert report["engine_ms"]["total"]["median"] <= report["engine_wall"]["median"]
    assert report["floor_ms"] == pytest.approx(sum(stage["floor_ms"] for stage in report["stages"].values()), abs=0.01)


def test_the_first_drawings_are_not_counted(engine, monkeypatch):
    calls = itertools.count()
    monkeypatch.setattr(
        "sprint_live.bench.drawing.timed",
        lambda call, device: (call(), Elapsed(1000.0 if next(calls) < 4 * 2 else 1.0)),
    )
    report = measure_drawing(
        engine, size=64, steps=1, runs=2, warm_up=1, advance=lambda: None
    )  # four ways: first drawings, a warm-up, two rounds
    assert (
        report["first_ms"]["engine"] == 1000
        and report["engine_wall"] == {"median": 1, "p95": 1, "min": 1, "max": 1} == report["baseline_ms"]
    )


def test_the_plain_pipeline_gives_the_engines_picture(engine):
    [page] = new_pages(128, 128, 1)
    plain = baselines(engine.pipeline, prompt="cat", size=(128, 128), steps=2)[PLAIN].draw(page, 5)
    drawn = engine.draw(page, "cat", seed=5, size=128, steps=2).pixels_u8
    assert np.abs(np.asarray(plain).astype(int) - drawn).max() <= 1


def test_diffusers_pipelines_run_at_any_shape_and_steps(engine):
    [page] = new_pages(128, 192, 1)
    for steps in (1, 2, 4):
        for name, baseline in baselines(engine.pipeline, prompt="cat", size=(128, 192), steps=steps).items():
            assert baseline.draw(page, 0).size == (192, 128), name


def test_edits_keep_the_person_and_new_pages_are_another(engine, monkeypatch):
    seen = []
    real = Engine.draw
    monkeypatch.setattr(
        Engine,
        "draw",
        lambda self, page, prompt, **rest: (
            seen.append((rest["client"], page.copy())) or real(self, page, prompt, **rest)
        ),
    )
    report = measure_edits(engine, size=128, steps=1, edit_px=32, runs=2, warm_up=1, advance=lambda: None)
    assert {"edit_ms", "same_ms", "full_ms"} < set(report) and report["edit_ms"]["total"]["median"] > 0
    mine = [page for client, page in seen if client == "edits"]
    assert len(mine) == 6 and len({client for client, _ in seen}) == 2
    assert all(np.array_equal(one, other) for one, other in zip(mine[::2], mine[1::2], strict=True))


def test_curves_go_through_every_point_in_turn(engine, monkeypatch):
    calls, rounds = [], []
    real = Engine.draw_many
    monkeypatch.setattr(curves, "STEPS", (1, 2))
    monkeypatch.setattr(curves, "BATCHES", (1, 3))
    monkeypatch.setattr(curves, "EDITS_PX", (64, 512))
    monkeypatch.setattr(Engine, "draw_many", lambda self, jobs: calls.append(jobs) or real(self, jobs))
    report = measure_curves(engine, runs=1, warm_up=1, advance=lambda: rounds.append(1))
    assert len(rounds) == num_rounds(1, 1)
    assert [(one["height"], one["width"]) for one in report["size"]] == [(64, 64), (128, 128), (256, 256)]
    assert [one["steps"] for one in report["steps"]] == [1, 2]
    assert [one["edit_px"] for one in report["dirty"]] == [0, 64, 256] and report["dirty"][-1]["share"] == 1
    assert [one["batch"] for one in report["batch"]["points"]] == [1, 3]
    of_batches = calls[-4:]
    assert [len(jobs) for jobs in of_batches] == [1, 3] * 2
    assert all(
        len({job.batch_key for job in jobs}) == 1 and len({job.prompt for job in jobs}) == len(jobs)
        for jobs in of_batches
    )


def test_sizes_of_a_curve_hold_a_tall_and_a_wide_picture_where_the_model_has_them():
    assert curve_sizes(find_model("sana-sprint-0.6b")) == [(768, 1344), (1344, 768), (1024, 1024)]
    shapes = curve_sizes(small_released())
    assert shapes == [(192, 320), (320, 192), (256, 256)]


@pytest.mark.parametrize(
    ("rates", "expected"),
    [({1: 10.0, 2: 10.9, 4: 10.8}, 1), ({1: 10.0, 2: 15.0, 4: 22.0, 8: 21.0}, 4), ({1: 10.0, 2: 8.0}, 1)],
)
def test_a_batch_has_to_pay_to_be_used(rates, expected):
    assert best_batch(rates) == expected


def test_memory_that_grows_is_told_from_memory_that_settles():
    drawn = list(range(100, 10_001, 100))
    filling = [400 + 100 * min(1.0, n / 2000) for n in drawn]
    assert judged(drawn, filling)["flat"] and judged(drawn, filling)["growth_mib"] == 0
    leak = judged(drawn, [value + 0.004 * n for n, value in zip(drawn, filling, strict=True)])
    assert not leak["flat"] and leak["slope_mib_per_1000"] == pytest.approx(4.0)
    assert leak["allowed_mib"] == 16.0 and judged(drawn, [2000.0] * 100)["allowed_mib"] == pytest.approx(40.0)


def test_the_memory_test_changes_everything_and_samples(engine, monkeypatch):
    jobs = []
    monkeypatch.setattr(
        Engine,
        "draw",
        lambda self, page, prompt, **rest: jobs.append((page.tobytes(), prompt, rest["seed"], rest["client"])),
    )
    monkeypatch.setattr(endurance, "NUM_SAMPLES", 10)
    report = measure_memory(engine, frames=120, size=64, advance=lambda: None)
    assert report["drawn"] == list(range(12, 121, 12)) and len(report["rss"]["mib"]) == 10 and "device" not in report
    assert [len(set(column)) for column in zip(*jobs, strict=True)] == [64, 120, 120, 40]
    with pytest.raises(ArgumentError, match="--frames 3"):
        measure_memory(engine, frames=3, size=64, advance=lambda: None)


def test_curves_name_who_failed(engine, monkeypatch):
    from sprint_live.errors import OutOfMemory

    monkeypatch.setattr(Engine, "draw_many", lambda self, jobs: [OutOfMemory("no memory left")] * len(jobs))
    with pytest.raises(OutOfMemory):
        curves._together(engine, 64, 2)(0)


def test_the_plan_turns_its_switches_on_one_row_after_another(engine, monkeypatch):
    made = []
    init = Engine.__init__
    monkeypatch.setattr(
        Engine,
        "__init__",
        lambda self, *args, without=(), **rest: made.append(set(without)) or init(self, *args, without=without, **rest),
    )
    rows = measure_plan(engine, runs=2, warm_up=0, encode_share=0.2, advance=lambda: None)
    assert [row["row"][0] for row in rows[:9]] == list("ABCDEFGHI") and len(rows) == len(ROWS)
    assert all(later <= earlier for earlier, later in itertools.pairwise(made)) and made[0] == set(switch_names()) - {
        "prompt-cache"
    }
    assert made[-1] == set(switch_names()) - {name for row in ROWS for name in row.switches}
    for row in rows[1:-2]:
        assert (row["ms"] is not None) == bool(row["switches"]), row
    assert rows[0]["ms"] and rows[-2]["ms"] and (rows[-1]["ms"] is not None) == engine.has_preview
    assert (
        "prompt-kv" in rows[5]["switches"] and "cuda-graph" not in rows[4]["switches"] and not rows[7]["switches"]
    )  # a model nobody compared
    assert rows[0]["predicted_ms"]["H200 0.6B"] == 144 and "20% of a picture" in rows[6]["why"]
    text = _plan_table(rows)
    assert "| 144 | 138 | 340 | 364 | 100% |" in text and len(text.splitlines()) == 4 + len(rows)


def test_a_released_shape_is_measured_whole():
    from sprint_live.bench.random_weights import random_engine

    report = measure_drawing(
        random_engine(small_released(), torch.device("cpu")),
        size=(192, 320),
        steps=1,
        runs=1,
        warm_up=0,
        advance=lambda: None,
    )
    assert set(report["baselines"]) == {PLAIN, SPRINT, CONTROLNET} and report["gflop_per_frame"] > 0.1
