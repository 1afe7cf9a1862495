"""An update of every phase of every recipe, at its own sizes, on a simulated GPU that knows shapes only: products in
bfloat16, weights and optimizers in float32, nothing in float64, nothing on the wrong device.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from torch.utils._pytree import tree_leaves

from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.recipe import Recipe
from sprint_live.train.recipes import RECIPES
from support.gpu import SimulatedGpu, WrongDevice
from support.gpu.training import Walked, walk_stage

LOOPS = ("autoencoder", "preview", "teacher", "student")
# the sums of attention, forward and backward; the loss that turns attention to words, outside autocast
SUMS = {"controlnet/attention.py:__call__", "train/loop/run.py:update"}
GROUNDING = {"train/networks/grounding.py:grounding_loss"}
ROWS_BY_A_MASK = {
    ("train/methods/twinflow.py:_flow_terms", "nonzero"),
    ("train/networks/teacher.py:drop_text", "nonzero"),
    ("train/networks/teacher.py:update", "nonzero"),
}
PATHS = ("train/networks/trajectories.py:write_trajectories", "download")  # of the teacher; the CPU keeps them
READING = {  # functions that read numbers for the statistics, or to decide
    *("train/loop/run.py:update", "train/loop/checkpoint.py:write"),
    *("train/networks/teacher.py:update", "train/networks/student_update.py:update"),
    *("train/networks/student_update.py:consistency", "train/networks/student_update.py:update_judge"),
    *("train/methods/twinflow.py:update", "train/methods/twinflow.py:_flow_terms", "train/methods/tbcm.py:update"),
    *("train/methods/rcgm.py:clamped_share", "train/networks/autoencoder.py:update"),
    "train/networks/preview.py:update",
}


def walks() -> dict[str, tuple[Recipe, str]]:
    """Every stage that trains of every recipe; one that is equal to an earlier recipe's, phase by phase, once."""
    found: dict[str, tuple[Recipe, str]] = {}
    seen = []
    for recipe in RECIPES.values():
        for stage in LOOPS:
            if stage not in recipe.stages:
                continue
            own = (stage, getattr(recipe, stage), recipe.network, recipe.released)
            if stage == "student":
                own = (*own, recipe.method, recipe.ladd, recipe.anchor, bool(recipe.num_paths))
            if own not in seen:
                seen.append(own)
                found[f"{recipe.name} {stage}"] = (recipe, stage)
    return found


WALKS = walks()


def assert_formats(walked: Walked, *, grounded: bool = False) -> None:
    """Everything is multiplied in bfloat16 but sums of attention, and a loss's; what is kept is float32."""
    gpu = walked.gpu
    assert not gpu.doubles and gpu.products
    in_float32 = {place for place, _, dtype in gpu.products if dtype != "bfloat16"}
    has_attention = any("attention.py" in place for place, *_ in gpu.products)
    assert in_float32 == (SUMS if has_attention else set()) | (GROUNDING if grounded else set())
    assert {dtype for *_, dtype in gpu.products} <= {"bfloat16", "float32"}
    kept = [one for one in tree_leaves(walked.saved) if isinstance(one, torch.Tensor) and one.is_floating_point()]
    assert kept and {one.dtype for one in kept} == {torch.float32}
    assert all(one in gpu for one in kept if one.dim())


def assert_waits(gpu: SimulatedGpu) -> None:
    """An update waits where rows are picked by a mask, and for the numbers it logs."""
    waits = {tuple(wait) for wait in gpu.waits}
    assert {(place, what) for place, what in waits if what != "_local_scalar_dense"} <= {*ROWS_BY_A_MASK, PATHS}
    assert {place for place, what in waits if what == "_local_scalar_dense"} <= READING


@pytest.mark.parametrize("name", WALKS)
def test_an_update_of_each_phase(name: str, tmp_path: Path) -> None:
    recipe, stage = WALKS[name]
    walked = walk_stage(recipe, stage, tmp_path)
    phases = getattr(recipe, stage)
    assert len(walked.saved) == (len(phases) if isinstance(phases, tuple) else 1)
    grounded = stage == "teacher" and any(phase.grounding for phase in recipe.teacher)
    assert_formats(walked, grounded=grounded)
    assert_waits(walked.gpu)
    lines = [json.loads(line) for file in tmp_path.rglob("stats.jsonl") for line in file.read_text().splitlines()]
    assert len(lines) == len(walked.saved) and all(("grounding" in line) == grounded for line in lines)


FAULTS = {
    "a float64": lambda v: v.double().to(v.dtype),
    "a constant on the CPU": lambda v: v + torch.zeros(v.shape[-1:]),
    "a product in float32": lambda v: v + 0 * (v.float().flatten(1) @ v.float().flatten(1).mT).sum().to(v.dtype),
    "a download": lambda v: v + v.detach().cpu().to(v.device),
    "a synchronize": lambda v: (torch.cuda.synchronize(), v)[1],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_teacher_is_found(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    velocity = TeacherAndBranch.velocity

    def faulty(self: TeacherAndBranch, *args: object, **kwargs: object) -> torch.Tensor:
        v = velocity(self, *args, **kwargs)
        with torch.autocast("cuda", enabled=False):
            return FAULTS[fault](v)

    monkeypatch.setattr(TeacherAndBranch, "velocity", faulty)
    with pytest.raises((AssertionError, WrongDevice)):
        walked = walk_stage(RECIPES["smoke"], "teacher", tmp_path)
        assert_formats(walked)
        assert_waits(walked.gpu)


def test_weights_in_bfloat16_are_found(tmp_path: Path) -> None:
    walked = walk_stage(RECIPES["smoke"], "teacher", tmp_path)
    assert_formats(walked)
    half = [{"ema": torch.zeros(2, dtype=torch.bfloat16)}]
    with pytest.raises(AssertionError):
        assert_formats(dataclasses.replace(walked, saved=half))
