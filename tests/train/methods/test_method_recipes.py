"""Each method by its recipe's name: from encoded scenes to a model folder that the engine draws with, in seconds."""

from __future__ import annotations

import dataclasses
import shutil

import numpy as np
import pytest
import torch

from sprint_live import load_engine
from sprint_live.cli import main
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.recipe import METHODS
from sprint_live.train.recipes import RECIPES, get_recipe
from sprint_live.train.stages import judge_stage, run_stage
from sprint_live.train.workspace import Workplace
from support.small_model import make_tiny_bert_folder
from tests.train.test_recipe import DRAWINGS, SMALL


def _smoke(method: str):
    recipe = dataclasses.replace(get_recipe("smoke"), network=SMALL)
    loop = dataclasses.replace(recipe.student[0].loop, batch_size=15 if method == "tbcm" else 4, stats_every=1)
    student = (dataclasses.replace(recipe.student[0], loop=loop),)
    named = get_recipe(method)
    return dataclasses.replace(
        recipe, student=student, method=method, num_paths=0, self_guidance=named.self_guidance, calm_down=(1, 2)
    )


def test_every_method_trains_and_twinflow_ends_in_a_model_that_draws(tmp_path, node_modules):
    place = Workplace(
        work=tmp_path / "work",
        node_modules=node_modules,
        text_encoder=make_tiny_bert_folder(tmp_path / "bert"),
        drawings=DRAWINGS,
        max_minutes=5.0,
        device=torch.device("cpu"),
    )
    for stage in ("data", "autoencoder", "encode", "teacher"):
        assert run_stage(stage, _smoke("twinflow"), place), stage
    for method in METHODS[1:]:
        assert run_stage("student", _smoke(method), place)
        wanted = "scm" if method == "tbcm" else "rcgm"
        assert all(wanted in line for line in read_stats(place.work / "student-0")), method
        shutil.rmtree(place.work / "student-0")
    assert run_stage("student", _smoke("twinflow"), place) and run_stage("export", _smoke("twinflow"), place)
    assert judge_stage("student", _smoke("twinflow"), place)
    sketch = np.full((128, 128), 255, np.uint8)
    sketch[30:100, 60:64] = 0
    frame = load_engine(str(place.work / "model")).draw(sketch, "a cat", size=256)
    assert frame.image.size == (256, 256) and np.asarray(frame.image).std() > 0


@pytest.mark.parametrize("method", METHODS[1:])
def test_every_method_has_a_recipe_for_sprint_tiny_and_the_released_sizes(method):
    for name in (method, f"sana-sprint-0.6b-{method}", f"sana-sprint-1.6b-{method}"):
        recipe = RECIPES[name]
        assert recipe.method == method and (recipe.released is None) == (name == method)
        assert recipe.student[-1].loop.batch_size % (15 if method == "tbcm" else 4) == 0
    assert (RECIPES["sana-sprint-0.6b-tbcm"].tangent_warmup, RECIPES["sana-sprint-0.6b-tbcm"].calm_down) == (
        4_000,
        (15_000, 17_000),
    )


def test_a_dry_run_counts_what_a_method_holds(tmp_path, capsys):
    for name in ("sana-sprint-0.6b-twinflow", "sana-sprint-0.6b-twinflow-image-free", "sana-sprint-0.6b-tbcm"):
        assert main(["train", "all", "--recipe", name, "--work", str(tmp_path), "--dry-run"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("student:")]
    assert "750.0 M parameters trained, 0.0 M frozen" in lines[0]
    assert "750.0 M parameters trained, 747.1 M frozen" in lines[1]
    assert "748.7 M parameters trained, 747.1 M frozen" in lines[2]
