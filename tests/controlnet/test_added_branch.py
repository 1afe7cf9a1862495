"""A converted branch beside a Sprint model that has none: loaded, drawn with, refused where it does not fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import SanaControlNetModel
from PIL import Image

import sprint_live
from controlnet import SanaSprintControlNet
from sprint_live.cli import main
from sprint_live.errors import ArgumentError, WeightsError
from support.models.released_file import CAPTION, HEADS, WIDTH, make_released_state
from support.small_model import make_tiny_pipeline, make_tiny_transformer, write_checksums

SIDE = 256
SPRINT = {
    "num_attention_heads": WIDTH // 32,
    "attention_head_dim": 32,
    "num_cross_attention_heads": HEADS,
    "cross_attention_head_dim": WIDTH // HEADS,
    "cross_attention_dim": WIDTH,
    "caption_channels": CAPTION,
}


def page() -> np.ndarray:
    lines = np.full((SIDE, SIDE), 255, np.uint8)
    lines[100:108, 40:200] = 0
    return lines


@pytest.fixture(scope="module")
def sprint():
    return make_tiny_pipeline(transformer=make_tiny_transformer(**SPRINT), controlnet=None)


@pytest.fixture(scope="module")
def sprint_folder(sprint, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "sprint-without-branch"
    sprint.save_pretrained(folder)
    write_checksums(folder)
    return folder


@pytest.fixture(scope="module")
def branch_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("branch")
    torch.save({"state_dict": make_released_state()}, folder / "released.pth")
    words = [
        "convert",
        str(folder / "released.pth"),
        "--out",
        str(folder / "converted"),
        "--cross-attention-heads",
        str(HEADS),
    ]
    assert main(words) == 0
    return folder / "converted"


def test_the_engine_draws_with_the_added_branch(sprint, sprint_folder, branch_folder) -> None:
    plain = sprint_live.load_engine(sprint_folder, device="cpu")
    engine = sprint_live.load_engine(sprint_folder, device="cpu", controlnet=str(branch_folder))
    assert engine.has_branch and not plain.has_branch
    frame = engine.draw(page(), "cat", seed=3, size=SIDE, control_strength=0.7)
    assert frame.controlled and frame.jpeg != plain.draw(page(), "cat", seed=3, size=SIDE).jpeg
    parts = {name: getattr(sprint, name) for name in ("tokenizer", "text_encoder", "vae", "transformer", "scheduler")}
    joined = make_tiny_pipeline(**parts, controlnet=SanaSprintControlNet.from_pretrained(branch_folder))
    control = Image.fromarray(255 - page()).convert("RGB")
    expected = joined(
        "cat",
        control_image=control,
        controlnet_conditioning_scale=0.7,
        use_resolution_binning=False,
        height=SIDE,
        width=SIDE,
        num_inference_steps=1,
        generator=torch.Generator().manual_seed(3),
    )
    assert (
        np.abs(np.asarray(expected.images[0]).astype(int) - frame.pixels_u8).max() <= 1
    )  # the weights lie elsewhere in memory: 1 pixel in 100,000 rounds apart
    assert (
        engine.draw(page(), "cat", seed=3, size=SIDE, control_strength=0.0).jpeg
        == plain.draw(page(), "cat", seed=3, size=SIDE).jpeg
    )


def test_the_command_line_takes_it(sprint_folder, branch_folder, tmp_path, capsys) -> None:
    Image.fromarray(page()).save(tmp_path / "sketch.png")
    words = [
        "draw",
        str(tmp_path / "sketch.png"),
        "--prompt",
        "cat",
        "--model",
        str(sprint_folder),
        "--size",
        str(SIDE),
        "--json",
        "--out",
    ]
    assert main([*words, str(tmp_path / "plain.png")]) == 0
    plain = capsys.readouterr()
    assert '"controlled": false' in plain.out and "the sketch was not used" in plain.err
    assert main([*words, str(tmp_path / "led.png"), "--controlnet", str(branch_folder)]) == 0
    led = capsys.readouterr()
    assert '"controlled": true' in led.out and "not used" not in led.err


def test_a_branch_for_another_model_is_refused_when_it_is_loaded(tiny_model_folder, branch_folder) -> None:
    with pytest.raises(ArgumentError, match=r"'width': 64.*accepted: .*'width': 32.*fix: "):
        sprint_live.load_engine(tiny_model_folder, device="cpu", controlnet=branch_folder)


def test_a_branch_that_is_no_folder_is_refused(sprint_folder) -> None:
    with pytest.raises(ArgumentError, match="sprint-live convert; from the hub: hf download"):
        sprint_live.load_engine(sprint_folder, device="cpu", controlnet="someone/sana-controlnet")


def test_a_folder_with_diffusers_own_branch_says_how_to_convert_it(sprint_folder, tmp_path) -> None:
    """A teacher's SanaControlNetPipeline folder: its controlnet/ is another class."""
    folder = tmp_path / "teacher"
    shutil.copytree(sprint_folder, folder)
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps(index | {"controlnet": ["diffusers", "SanaControlNetModel"]}))
    SanaControlNetModel(num_layers=1, **SPRINT).save_pretrained(folder / "controlnet")
    write_checksums(folder)
    with pytest.raises(WeightsError, match="SanaControlNetModel.*sprint-live convert"):
        sprint_live.load_engine(folder, device="cpu")


def test_a_flipped_bit_in_the_branch_is_found(sprint_folder, branch_folder, tmp_path) -> None:
    for path in branch_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    weights = tmp_path / "diffusion_pytorch_model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-5] ^= 1
    weights.write_bytes(bytes(data))
    with pytest.raises(WeightsError, match="diffusion_pytorch_model.safetensors with sha256"):
        sprint_live.load_engine(sprint_folder, device="cpu", controlnet=tmp_path)
