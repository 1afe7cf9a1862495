"""The comparison: every method, every seed, kept at every mark, by its own clock."""

from __future__ import annotations

import dataclasses
import json
import types

import pytest
import torch

from sprint_live.errors import ArgumentError
from sprint_live.train import ablations, comparison, run_pipelines
from sprint_live.train.comparison import ComparisonOptions, run_comparison
from sprint_live.train.loop import checkpoint
from tests.train.methods.test_mean_velocity import folder  # noqa: F401
from tests.train.test_training import SMALL


def _options(folder, **changes) -> ComparisonOptions:  # noqa: F811
    given = {"marks": (0.001,), "seeds": (0,), "black": {4: torch.zeros(32, 4, 4)}, **changes}
    return ComparisonOptions(
        latents=folder,
        teacher=folder / "teacher",
        out=folder / "out",
        latent_sides=(4,),
        batch_size=4,
        num_paths=4,
        **given,
    )


@pytest.fixture
def sheet(monkeypatch):
    for place in (comparison, run_pipelines):
        monkeypatch.setattr(place, "TEACHERS", {"sprint-tiny": SMALL})
    return ablations.NoSheet(torch.randn(2, 384, generator=torch.Generator().manual_seed(0)))


def test_every_method_is_kept_at_every_mark_and_can_be_drawn_with(folder, sheet):  # noqa: F811
    options = _options(folder)
    assert run_comparison(options, torch.device("cpu"), sheet) == 0
    for method in comparison.METHODS:
        kept = options.out / f"{method}-seed-0-at-0.001"
        made = run_pipelines.load_student(kept, options.out / "teacher-sprint-tiny")
        assert all(torch.isfinite(value).all() for value in made.state_dict().values())
        cost = json.loads((kept / comparison.COST).read_text())
        assert (cost["method"], cost["seed"], cost["minutes"]) == (method, 0, 0.001)
        assert cost["updates"] == checkpoint.read(kept)["step"]
        if method == "ours":
            continue  # drawing its paths has taken the time of such a mark
        samples = 15 if method == "tbcm" else 4
        assert cost["samples_a_second"] == pytest.approx(cost["updates"] * samples / cost["seconds"], rel=0.02)
        assert cost["peak_memory_bytes"] is None or cost["peak_memory_bytes"] > 2**20


def test_a_call_ends_in_time_and_the_next_one_goes_on(folder, sheet, monkeypatch):  # noqa: F811
    """By a clock of our own, in seconds: the second run has no time left."""
    options = _options(folder, methods=("rcgm",), seeds=(0, 1), marks=(0.05,))
    out, cpu, clock = options.out, torch.device("cpu"), iter([0.0, 0.0, 100.0])
    with monkeypatch.context() as patched:
        patched.setattr(comparison, "time", types.SimpleNamespace(monotonic=lambda: next(clock)))
        assert run_comparison(options, cpu, sheet, 0.02) == 2
    begun = checkpoint.read(out / "rcgm-seed-0")
    assert begun["step"] >= 1 and begun["elapsed_s"] >= 1.2
    assert not (out / "rcgm-seed-0-at-0.05").exists() and not (out / "rcgm-seed-1").exists()
    assert run_comparison(options, cpu, sheet) == 0
    first = checkpoint.read(out / "rcgm-seed-0-at-0.05")
    assert first["step"] > begun["step"] and first["elapsed_s"] >= 3
    later = dataclasses.replace(options, seeds=(0,), marks=(0.05, 1 / 60 + first["elapsed_s"] / 60))
    assert run_comparison(later, cpu, sheet) == 0
    assert checkpoint.read(out / "rcgm-seed-0-at-0.05")["elapsed_s"] == first["elapsed_s"]
    assert checkpoint.read(out / "rcgm-seed-0")["elapsed_s"] >= first["elapsed_s"] + 0.9


def test_earlier_marks_come_first_so_that_a_part_can_be_compared(folder, sheet, monkeypatch):  # noqa: F811
    options, trained = _options(folder, methods=("scm", "rcgm"), seeds=(0, 1), marks=(1.0, 2.0)), []

    def until(mark, left, method, seed, run, *rest):
        trained.append((mark, seed, method))
        run.mkdir(exist_ok=True)
        checkpoint.write(run, {"step": 1, "elapsed_s": 60 * mark, "ema": {}, "frozen": {}})
        return True

    monkeypatch.setattr(comparison, "_train_until", until)
    assert run_comparison(options, torch.device("cpu"), sheet) == 0
    assert trained == [(mark, seed, method) for mark in (1.0, 2.0) for seed in (0, 1) for method in ("scm", "rcgm")]


def test_what_cannot_be_compared_is_refused(tmp_path):
    good = ComparisonOptions(latents=tmp_path, teacher=tmp_path, out=tmp_path, black={})
    for changes in ({"methods": ("scm", "magic")}, {"marks": (2.0, 1.0)}, {"marks": ()}):
        with pytest.raises(ArgumentError, match="rising minutes"):
            dataclasses.replace(good, **changes)
    with pytest.raises(ArgumentError, match="without checkpoint.pt"):
        run_comparison(good, torch.device("cpu"), ablations.NoSheet(torch.zeros(2, 384)))
