"""What a stage must reach, what a dry run says, and the curves."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from sprint_live.cli import main
from sprint_live.errors import ArgumentError
from sprint_live.train import dry_run, stages
from sprint_live.train.loop.acceptance import Bound, accept
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.memory_estimate import student_memory, teacher_memory
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.recipe import STAGES
from sprint_live.train.recipes import RECIPES, get_recipe
from sprint_live.train.workspace import Workplace


def test_a_bound_holds_at_its_ends_and_for_no_nan():
    bound = Bound(at_least=1.0, at_most=2.0)
    assert (
        bound.holds(1.0)
        and bound.holds(2.0)
        and not bound.holds(0.999)
        and not bound.holds(2.001)
        and not bound.holds(math.nan)
    )
    assert str(bound) == "at least 1, at most 2" and str(Bound(at_most=3)) == "at most 3"
    for wrong in ({}, {"at_least": 2.0, "at_most": 1.0}):
        with pytest.raises(ArgumentError):
            Bound(**wrong)


def test_the_verdict_is_written_and_an_unmeasured_figure_fails(tmp_path):
    bounds = {"psnr_db": Bound(at_least=24.0)}
    good = accept(tmp_path, "autoencoder", {"psnr_db": 25.0, "other": 1.0}, bounds)
    written = json.loads((tmp_path / "acceptance.json").read_text())
    assert good.passed and written == {
        "stage": "autoencoder",
        "passed": True,
        "figures": {
            "psnr_db": {"figure": 25.0, "bound": "at least 24", "passed": True},
            "other": {"figure": 1.0, "bound": None, "passed": None},
        },
    }
    for figures in ({"psnr_db": 23.9}, {"psnr_db": math.nan}, {}):
        bad = accept(tmp_path, "autoencoder", figures, bounds)
        assert (
            not bad.passed
            and "FAILED" in bad.lines[0]
            and json.loads((tmp_path / "acceptance.json").read_text())["passed"] is False
        )


def test_recipes_bound_only_stages_they_have():
    for recipe in RECIPES.values():
        assert set(recipe.bounds) <= set(recipe.stages) <= set(STAGES)
    assert "autoencoder" not in get_recipe("sana-sprint-0.6b-controlnet").stages


@pytest.mark.parametrize(("strict", "psnr", "code"), [(True, 20.0, 1), (True, 30.0, 0), (False, 20.0, 0)])
def test_strict_makes_a_stage_that_misses_its_bound_exit_with_1(tmp_path, monkeypatch, capsys, strict, psnr, code):
    ran = []
    monkeypatch.setattr(stages, "run_stage", lambda stage, recipe, place: ran.append(stage) or True)
    monkeypatch.setattr(stages, "measure", lambda stage, recipe, place: {"psnr_db": psnr, "sketch_psnr_db": 20.0})
    arguments = ["train", "autoencoder", "--work", str(tmp_path), "--device", "cpu", *(["--strict"] if strict else [])]
    assert main(arguments) == code and ran == ["autoencoder"]
    assert f"psnr_db {psnr:g} (at least 24): {'passed' if psnr > 24 else 'FAILED'}" in capsys.readouterr().out
    assert json.loads((tmp_path / "autoencoder/acceptance.json").read_text())["passed"] is (psnr > 24)


def _place(work: Path, **changes) -> Workplace:
    return Workplace(
        **{
            "work": work,
            "node_modules": work,
            "text_encoder": work,
            "drawings": work,
            "max_minutes": 1.0,
            "device": torch.device("cpu"),
            **changes,
        }
    )


def test_states_and_time_left_come_from_the_work_folder(tmp_path):
    recipe = get_recipe("smoke")
    assert [(p.stage, p.state) for p in dry_run.stage_plans(recipe, _place(tmp_path))] == [
        (stage, "missing") for stage in STAGES
    ]
    for index in range(2):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / f"data/scenes-{index:05d}.tar").touch()
    long = dataclasses.replace(
        recipe,
        teacher=(
            dataclasses.replace(recipe.teacher[0], loop=dataclasses.replace(recipe.teacher[0].loop, num_updates=1000)),
        ),
    )
    run = Run(
        tmp_path / "teacher-0",
        LoopOptions(num_updates=1000, batch_size=1, learning_rate=1.0),
        {"teacher": nn.Linear(2, 2)},
    )
    run.step = 100
    run.save()
    (tmp_path / "teacher-0/stats.jsonl").write_text(
        "".join(
            json.dumps({"step": step, "elapsed_s": step * 0.2 + (50 if step >= 75 else 0)}) + "\n"
            for step in range(25, 151, 25)
        )
    )
    by_stage = {p.stage: p for p in dry_run.stage_plans(long, _place(tmp_path))}
    assert (
        by_stage["data"].state == "done"
        and by_stage["student"].state == "missing"
        and by_stage["student"].seconds_left is None
    )
    assert by_stage["teacher"].state == "resumable" and by_stage["teacher"].seconds_left == pytest.approx(
        180.0
    )  # 900 updates of 0.2 s; a pause of 50 s in between
    assert "100 of 1000 updates; about 3 min left" in str(by_stage["teacher"])
    run.step = 1000
    run.save()
    assert {p.stage: p.state for p in dry_run.stage_plans(long, _place(tmp_path))}["teacher"] == "done"


def test_memory_is_that_of_the_real_modules():
    small = dataclasses.replace(SPRINT_TINY, transformer={**SPRINT_TINY.transformer, "num_layers": 4})
    model = TeacherAndBranch(small)
    base, branch = (sum(p.numel() for p in part.parameters()) for part in (model.transformer, model.branch))
    frozen = teacher_memory(small, latent_side=4, text_tokens=5, train_base=False)
    whole = teacher_memory(small, latent_side=4, text_tokens=5, train_base=True)
    assert (frozen.trained, frozen.frozen) == (branch, base) and (whole.trained, whole.frozen) == (base + branch, 0)
    run_state = 4 * (base + branch) * 3  # weights, gradients, average
    assert run_state + 4 * (base + branch) < whole.state < run_state + 8 * (base + branch)  # one moment or two
    student = student_memory(small, latent_side=4, text_tokens=5)
    assert student.frozen == base + branch and student.trained > base + branch  # the guidance embedding
    assert whole.total(3) == whole.state + 3 * whole.activations


def test_activations_are_what_autograd_keeps():
    small = dataclasses.replace(SPRINT_TINY, transformer={**SPRINT_TINY.transformer, "num_layers": 4})
    model, kept = TeacherAndBranch(small), {}
    owned = {p.data_ptr() for p in model.parameters()}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in owned:
            kept[storage.data_ptr()] = (storage.nbytes(), tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        latent = torch.randn(1, 32, 8, 8)
        _ = model.velocity(latent, torch.ones(1), torch.randn(1, 5, 384), None, latent.clone())
    counted = teacher_memory(small, latent_side=8, text_tokens=5, train_base=True).activations
    assert counted == pytest.approx(sum(size for size, _ in kept.values()), rel=0.02)


def test_a_batch_is_divided_over_processes_or_refused(tmp_path):
    loop = LoopOptions(num_updates=1, batch_size=8, learning_rate=1.0)
    assert _place(tmp_path, num_processes=4).share(loop).batch_size == 2
    with pytest.raises(ArgumentError, match="3 processes for a batch of 8"):
        _place(tmp_path, num_processes=3).share(loop)
    resized = get_recipe("sana-sprint-0.6b-controlnet", batch_size=64)
    assert resized.teacher[0].loop.batch_size == resized.student[0].loop.batch_size == 64


def test_training_without_its_extra_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["train", "all", "--dry-run"]) == 2 and "sprint-live[train]" in capsys.readouterr().err


def test_curves_of_every_run_are_drawn_into_one_picture(tmp_path, capsys):
    pytest.importorskip("matplotlib")
    assert main(["train", "plot", str(tmp_path)]) == 2 and "stats.jsonl" in capsys.readouterr().err
    sizes = []
    for name in ("autoencoder", "teacher-0"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stats.jsonl").write_text(
            "".join(
                json.dumps(
                    {"step": step, "elapsed_s": step, "loss": 1 / step, **({"judge": -step} if step > 50 else {})}
                )
                + "\n"
                for step in (25, 50, 75)
            )
        )
        assert main(["train", "plot", str(tmp_path)]) == 0
        sizes.append(np.asarray(Image.open(tmp_path / "curves.png")).shape[0])
    assert sizes[1] == 2 * sizes[0]
