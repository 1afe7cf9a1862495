"""Loading an engine: unknown models, damaged weights, threads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import sprint_live
from sprint_live.errors import (
    ArgumentError,
    InputError,
    PromptTooLong,
    WeightsError,
)

ROOT = Path(__file__).resolve().parents[2]


def test_unknown_models_and_devices_are_refused(tiny_model_folder) -> None:
    with pytest.raises(ArgumentError, match="sprint-tiny"):
        sprint_live.load_engine("no-such-model")
    with pytest.raises(ArgumentError, match="cpu"):
        sprint_live.load_engine(tiny_model_folder, device="warp")
    if not torch.cuda.is_available():
        with pytest.raises(ArgumentError, match="cuda"):
            sprint_live.load_engine(tiny_model_folder, device="cuda")


def _flip_a_bit(folder) -> None:
    path = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_flip_a_bit, "transformer/diffusion_pytorch_model.safetensors"),
        (lambda folder: (folder / "vae" / "diffusion_pytorch_model.safetensors").unlink(), "vae/diffusion"),
        (lambda folder: (folder / "vae" / "config.json").write_text("{}"), "vae/config.json"),
        (lambda folder: (folder / "controlnet" / "extra.safetensors").write_bytes(b""), "extra.safetensors"),
        (lambda folder: (folder / "SHA256SUMS").write_text("nonsense"), "SHA256SUMS"),
        (lambda folder: (folder / "SHA256SUMS").write_text("0" * 64 + "  ../../secret\n"), "secret"),
    ],
)
def test_damaged_weights_are_named_with_the_fix(tmp_path, tiny_model_folder, damage, named: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_model_folder, folder)
    damage(folder)
    with pytest.raises(WeightsError, match=named) as caught:
        sprint_live.load_engine(folder)
    assert "fix: " in str(caught.value)


def test_a_folder_without_sums_is_used_with_a_warning(tmp_path, tiny_model_folder) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_model_folder, folder)
    (folder / "SHA256SUMS").unlink()
    with pytest.warns(UserWarning, match="unchecked"):
        engine = sprint_live.load_engine(folder)
    assert engine.model.name == "copy" and engine.model.sizes == (256, 512, 1024)


@pytest.mark.parametrize(
    ("script", "chosen", "expected"),
    [
        ("import sprint_live.engine", None, "PASSIVE"),
        ("import sprint_live.engine", "ACTIVE", "ACTIVE"),
        ("import torch, sprint_live.engine", None, "None"),
        ("import sprint_live; sprint_live.load_engine", None, "PASSIVE"),
    ],
)
def test_idle_threads_sleep_unless_somebody_chose(script: str, chosen: str | None, expected: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    environment |= {"OMP_WAIT_POLICY": chosen} if chosen else {}
    script += "; import os; print(os.environ.get('OMP_WAIT_POLICY'))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == expected


def test_every_input_error_is_a_value_error() -> None:
    assert issubclass(InputError, ValueError) and issubclass(PromptTooLong, InputError)
