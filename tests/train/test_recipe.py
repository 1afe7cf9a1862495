"""A whole recipe, from npm packages to a model folder that the engine draws with, in seconds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from sprint_live.errors import ArgumentError
from sprint_live.train import stages
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.recipes import get_recipe
from sprint_live.train.stages import judge_stage, run_stage
from sprint_live.train.workspace import Workplace
from support.small_model import make_tiny_bert_folder

DRAWINGS = Path(__file__).resolve().parents[2] / "assets/drawings"
SMALL = dataclasses.replace(
    SPRINT_TINY,
    num_branch_blocks=2,
    feature_blocks=(0, 1, 2),
    transformer={
        **SPRINT_TINY.transformer,
        "num_attention_heads": 2,
        "num_cross_attention_heads": 2,
        "cross_attention_dim": 64,
        "num_layers": 4,
        "caption_channels": 24,
    },
)


@pytest.fixture
def place(tmp_path, node_modules) -> Workplace:
    text_encoder = make_tiny_bert_folder(tmp_path / "bert")
    return Workplace(
        work=tmp_path / "work",
        node_modules=node_modules,
        text_encoder=text_encoder,
        drawings=DRAWINGS,
        max_minutes=5.0,
        device=torch.device("cpu"),
    )


def test_every_stage_runs_resumes_and_ends_in_a_model_that_draws(place):
    recipe = dataclasses.replace(get_recipe("smoke"), network=SMALL)
    for stage in recipe.stages:
        assert run_stage(stage, recipe, place), stage
        judge_stage(stage, recipe, place)

    assert (place.work / "teacher-0/samples/000003.png").stat().st_size > 1000
    longer = dataclasses.replace(
        recipe,
        teacher=(
            dataclasses.replace(recipe.teacher[0], loop=dataclasses.replace(recipe.teacher[0].loop, num_updates=5)),
        ),
    )
    assert run_stage("teacher", longer, place)
    assert torch.load(place.work / "teacher-0/checkpoint.pt", weights_only=True)["step"] == 5

    assert run_stage("export", recipe, place)  # again, after it was judged: the verdict is no part of the model
    assert "acceptance.json" not in (place.work / "model/SHA256SUMS").read_text()

    assert run_stage(
        "preview", recipe, place
    )  # after the export: its weights are summed, and the loading below checks them
    assert "preview/diffusion_pytorch_model.safetensors" in (place.work / "model/SHA256SUMS").read_text()

    from sprint_live import load_engine

    sketch = np.full((128, 128), 255, np.uint8)
    sketch[30:100, 60:64] = 0
    frame = load_engine(str(place.work / "model")).draw(sketch, "a cat", size=256)
    assert frame.image.size == (256, 256) and np.asarray(frame.image).std() > 0


def test_a_stage_without_the_one_before_says_which_to_run(place):
    with pytest.raises(ArgumentError, match="encode stage"):
        run_stage("teacher", get_recipe("smoke"), place)


def test_a_start_model_keeps_the_text_encoder_that_it_has_learned_to_read(place, tmp_path):
    model = tmp_path / "start"
    for part in ("text_encoder", "tokenizer"):
        (model / part).mkdir(parents=True)
        (model / part / "config.json").write_text(part, encoding="utf-8")
    onward = dataclasses.replace(get_recipe("smoke"), text_layers=1)
    stages._text_encoder(onward, dataclasses.replace(place, start_model=model))
    assert (place.work / "model/text_encoder/config.json").read_text("utf-8") == "text_encoder"
    assert (place.work / "model/tokenizer/config.json").read_text("utf-8") == "tokenizer"
