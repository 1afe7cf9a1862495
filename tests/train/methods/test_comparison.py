"""The comparison: every method, every seed, kept at every mark, by its own clock."""

from __future__ import annotations

import dataclasses
import json

import pytest
import torch

from sprint_live.errors import ArgumentError
from sprint_live.train import ablations, comparison, run_pipelines
from sprint_live.train.comparison import ComparisonOptions, run_comparison
from sprint_live.train.loop import checkpoint
from tests.train.methods.test_mean_velocity import folder  # noqa: F401
from tests.train.test_training import SMALL


def test_every_method_is_kept_at_every_mark_and_can_be_drawn_with(folder, monkeypatch):  # noqa: F811
    for place in (comparison, run_pipelines):
        monkeypatch.setattr(place, "TEACHERS", {"sprint-tiny": SMALL})
    options = ComparisonOptions(
        latents=folder,
        teacher=folder / "teacher",
        out=folder / "out",
        black={4: torch.zeros(32, 4, 4)},
        marks=(0.001,),
        seeds=(0,),
        latent_sides=(4,),
        batch_size=4,
        num_paths=4,
    )
    sheet = ablations.NoSheet(torch.randn(2, 384, generator=torch.Generator().manual_seed(0)))
    manifest = json.loads(run_comparison(options, torch.device("cpu"), sheet).read_text())
    assert manifest["runs"][0] == {
        "question": "minutes-0_001-seed-0",
        "variant": "scm",
        "run": "scm-seed-0-at-0.001",
        "teacher": "teacher-sprint-tiny",
    }
    assert [line["variant"] for line in manifest["runs"]] == list(comparison.METHODS)
    for line in manifest["runs"]:
        made = run_pipelines.load_student(options.out / line["run"], options.out / line["teacher"])
        assert all(torch.isfinite(value).all() for value in made.state_dict().values())
    costs = json.loads((options.out / "cost.json").read_text())
    assert costs["peak_memory_bytes"] > 2**20 and costs["runs"].keys() == {f"{m}-seed-0" for m in comparison.METHODS}
    first = checkpoint.read(options.out / "twinflow-seed-0-at-0.001")["elapsed_s"]
    later = dataclasses.replace(options, methods=("twinflow",), marks=(0.001, 1 / 60 + first / 60))
    run_comparison(later, torch.device("cpu"), sheet)
    assert checkpoint.read(options.out / "twinflow-seed-0-at-0.001")["elapsed_s"] == first
    assert checkpoint.read(options.out / "twinflow-seed-0")["elapsed_s"] >= first + 0.9


def test_what_cannot_be_compared_is_refused(tmp_path):
    good = ComparisonOptions(latents=tmp_path, teacher=tmp_path, out=tmp_path, black={})
    for changes in ({"methods": ("scm", "magic")}, {"marks": (2.0, 1.0)}, {"marks": ()}):
        with pytest.raises(ArgumentError, match="rising minutes"):
            dataclasses.replace(good, **changes)
    with pytest.raises(ArgumentError, match="without checkpoint.pt"):
        run_comparison(good, torch.device("cpu"), ablations.NoSheet(torch.zeros(2, 384)))
