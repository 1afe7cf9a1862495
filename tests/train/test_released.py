"""A released-model recipe from model folders and somebody's pictures to a pipeline folder, at reduced size."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from sprint_live.cli import main
from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline
from sprint_live.train.data import collect
from sprint_live.train.data.collect import PictureOptions, build_pictures
from sprint_live.train.data.sources import FolderSource
from sprint_live.train.loop.checkpoint import averaged_weights
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.networks.network import released_network
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.recipes import get_recipe
from sprint_live.train.stages import judge_stage, run_stage
from sprint_live.train.workspace import Workplace, network_of
from support.models.released_folders import SHAPE, shrink, write_released_folders

NUM_UPDATES = 10


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    return write_released_folders(tmp_path_factory.mktemp("released"))


@pytest.fixture(scope="module")
def trained(tmp_path_factory, folders) -> Workplace:
    """Every stage of sana-sprint-0.6b-controlnet, shrunk, on 9 small pictures, every fourth of them held out."""
    root = tmp_path_factory.mktemp("trained")
    rng = np.random.default_rng(0)
    for index in range(9):
        picture = np.full((128, 128, 3), 255, np.uint8)
        x, y = rng.integers(10, 60, 2)
        picture[y : y + 50, x : x + 50] = rng.integers(0, 200, 3)
        (root / "images").mkdir(exist_ok=True)
        Image.fromarray(picture).save(root / f"images/{index:02d}.png")
        (root / f"images/{index:02d}.txt").write_text("A square " + "of color " * (5 * (index % 9)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect, "HELD_OUT_EVERY", 4)
        build_pictures(FolderSource(root / "images"), PictureOptions(out=root / "data", side_px=128, num_workers=1))
    (root / "drawings").mkdir()
    Image.fromarray(np.full((64, 64), 255, np.uint8)).save(root / "drawings/blank.png")
    (root / "drawings/prompts.json").write_text('[{"file": "blank.png", "prompt": "a square"}]')
    place = Workplace(
        work=root / "work",
        node_modules=root,
        text_encoder=root,
        drawings=root / "drawings",
        max_minutes=5.0,
        device=torch.device("cpu"),
        data=root / "data",
        teacher_model=folders[0],
        student_model=folders[1],
    )
    recipe = shrink(get_recipe("sana-sprint-0.6b-controlnet"), NUM_UPDATES)
    for stage in recipe.stages:
        assert run_stage(stage, recipe, place), stage
        judge_stage(stage, recipe, place)
    return place


def test_the_network_is_read_from_the_folders(folders):
    network = released_network(*folders, num_branch_blocks=7, num_features=4)
    assert {name: network.transformer[name] for name in SHAPE} == SHAPE
    assert network.time_scale == 1.0 and network.student_time_scale == 1.0  # ticks of 1/1000 times 0.001
    assert network.feature_blocks == (2, 3, 5, 6) and network.width == 64
    teacher = TeacherAndBranch(network)
    student = StudentAndBranch.from_teacher(teacher)
    for model, folder in ((teacher, folders[0]), (student, folders[1])):
        weights = load_file(folder / "transformer/diffusion_pytorch_model.safetensors")
        assert all(torch.equal(model.transformer.state_dict()[name], value) for name, value in weights.items())
    assert student.transformer.config.guidance_embeds and len(student.branch.blocks) == 7


def test_the_branch_is_trained_on_a_frozen_teacher_then_both_are_distilled(trained, folders):
    weights = averaged_weights(trained.work / "teacher-0", "teacher")
    assert weights and all(name.startswith("branch.") for name in weights)
    assert weights["branch.before_proj.weight"].abs().max() > 0
    student = averaged_weights(trained.work / "student-0", "student")
    before = load_file(folders[1] / "transformer/diffusion_pytorch_model.safetensors")
    assert any(not torch.equal(student[f"transformer.{name}"], value) for name, value in before.items())
    for stage in ("teacher-0", "student-0"):
        state = torch.load(trained.work / stage / "checkpoint.pt", weights_only=True)
        assert state["step"] == NUM_UPDATES and all(
            torch.isfinite(value).all() for value in next(iter(state["ema"].values())).values()
        )
        assert not any("skipped_updates" in line for line in read_stats(trained.work / stage))


def test_captions_are_cut_to_their_valid_tokens(trained):
    stored = load_file(trained.work / "latents/text-00000.safetensors")
    longest = int(stored["length"].max())
    assert stored["text"].shape[1:] == (128, 2304) and 64 < longest <= 128  # of 300
    row = int(stored["length"].argmin())
    assert (stored["text"][row, int(stored["length"][row]) :] == 0).all() and (
        stored["text"][row, : int(stored["length"][row])] != 0
    ).any()


def test_the_result_is_a_pipeline_folder_that_draws_with_its_license(trained):
    pipeline = SanaSprintControlNetPipeline.from_pretrained(trained.work / "model")
    pipeline.set_progress_bar_config(disable=True)
    assert (
        pipeline.config.max_sequence_length == 300
        and pipeline.config.use_instruction
        and pipeline.controlnet is not None
    )
    sketch = Image.new("RGB", (128, 128))
    drawn = [
        pipeline(
            "a square",
            control_image=sketch,
            height=128,
            width=128,
            num_inference_steps=1,
            controlnet_conditioning_scale=scale,
            use_resolution_binning=False,
            generator=torch.Generator().manual_seed(0),
            output_type="latent",
        ).images
        for scale in (0.0, 1.0)
    ]
    assert torch.isfinite(drawn[1]).all() and not torch.equal(*drawn)
    assert (trained.work / "model/LICENSE.txt").read_text() == "the terms of the weights"
    assert "transformer/" in (trained.work / "model/SHA256SUMS").read_text()


def test_every_stage_wrote_its_acceptance(trained):
    recipe = get_recipe("sana-sprint-0.6b-controlnet")
    for stage in recipe.stages:
        written = json.loads((trained.folder(stage, recipe) / "acceptance.json").read_text())
        assert written["stage"] == stage and set(recipe.bounds.get(stage, {})) <= set(written["figures"])
    figures = json.loads((trained.work / "student-0/acceptance.json").read_text())["figures"]
    assert figures["one_step_ratio"]["figure"] > 0 and figures["one_step_ratio"]["bound"] == "at most 1"


@pytest.mark.parametrize("swap", ["roles", "shapes", "class"])
def test_folders_that_do_not_fit_are_refused(folders, tmp_path, swap):
    teacher, student = folders
    other = tmp_path / "other/transformer"
    other.mkdir(parents=True)
    (tmp_path / "other/model_index.json").write_text("{}")
    config = json.loads((teacher / "transformer/config.json").read_text())
    changes = {"roles": {}, "shapes": {"num_layers": 4}, "class": {"_class_name": "FluxTransformer2DModel"}}[swap]
    (other / "config.json").write_text(json.dumps({**config, **changes}))
    pair = (student, teacher) if swap == "roles" else (tmp_path / "other", student)
    with pytest.raises(
        WeightsError,
        match={"roles": "--teacher-model", "shapes": "num_layers", "class": "SanaTransformer2DModel"}[swap],
    ):
        released_network(*pair, num_branch_blocks=7, num_features=4)


def test_a_dry_run_names_the_plan_the_memory_and_what_is_missing(tmp_path, capsys):
    assert main(["train", "all", "--recipe", "sana-sprint-0.6b-controlnet", "--work", str(tmp_path), "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert "encode      missing" in printed and "0 of 20000 updates" in printed
    assert "155.2 M parameters trained, 591.9 M frozen" in printed and "748.7 M parameters trained" in printed
    for wanted in (
        "data build --images",
        "Sana_Sprint_0.6B_1024px_teacher_diffusers",
        "Sana_Sprint_0.6B_1024px_diffusers",
    ):
        assert wanted in printed
    assert list(tmp_path.iterdir()) == []


def test_a_released_recipe_without_its_folders_says_which(trained):
    with pytest.raises(ArgumentError, match="--teacher-model.*--student-model"):
        network_of(get_recipe("sana-sprint-1.6b-controlnet"), dataclasses.replace(trained, teacher_model=None))
