"""A released file opened by the name that diffusers users know: SanaSprintControlNet.from_single_file."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from controlnet import SanaSprintControlNet
from controlnet.convert import read_released
from controlnet.graft import graft
from sprint_live.errors import ArgumentError, WeightsError
from support.models.released_file import HEADS, make_released_state


@pytest.fixture(params=[".pth", ".safetensors"])
def released(request, tmp_path) -> Path:
    path = tmp_path / f"Sana_Toy_ControlNet_HED{request.param}"
    state = make_released_state()
    if request.param == ".pth":
        torch.save({"state_dict": state}, path)
    else:
        save_file(state, path)
    return path


def test_it_is_the_converted_branch_tensor_for_tensor(released, tmp_path) -> None:
    torch.save({"state_dict": make_released_state()}, tmp_path / "again.pth")
    expected = graft(*read_released(tmp_path / "again.pth", cross_attention_heads=HEADS))
    branch = SanaSprintControlNet.from_single_file(released, cross_attention_heads=HEADS)
    assert dict(branch.config) == dict(expected.config) and not branch.training
    assert branch.state_dict().keys() == expected.state_dict().keys()
    for name, tensor in expected.state_dict().items():
        assert torch.equal(branch.state_dict()[name], tensor), name


def test_its_precision_is_the_files_or_the_one_asked_for(released) -> None:
    kept = SanaSprintControlNet.from_single_file(str(released), cross_attention_heads=HEADS)
    half = SanaSprintControlNet.from_single_file(str(released), cross_attention_heads=HEADS, dtype=torch.float16)
    assert {tensor.dtype for tensor in kept.parameters()} == {torch.float32}
    assert {tensor.dtype for tensor in half.parameters()} == {torch.float16}


def test_a_broken_file_and_an_unknown_width_are_refused(released) -> None:
    with pytest.raises(ArgumentError, match="cross_attention_heads"):
        SanaSprintControlNet.from_single_file(released)
    released.write_bytes(released.read_bytes()[:3000])
    with pytest.raises(WeightsError, match="download it again"):
        SanaSprintControlNet.from_single_file(released, cross_attention_heads=HEADS)
