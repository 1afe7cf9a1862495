"""A diffusers SanaControlNetModel folder as a branch: equal to diffusers; other folders are refused."""

from __future__ import annotations

import pytest
import torch
from diffusers.models.controlnets import SanaControlNetModel

from controlnet import SanaSprintControlNet, controlled_forward
from controlnet.convert import read_diffusers
from sprint_live.cli import main
from sprint_live.errors import WeightsError
from support.branch_inputs import S, draw_inputs, relative_error
from support.models.released_file import CAPTION, WIDTH
from support.small_model import make_tiny_transformer


def make_diffusers_controlnet() -> SanaControlNetModel:
    torch.manual_seed(5)
    model = SanaControlNetModel(
        num_attention_heads=2,
        attention_head_dim=32,
        num_layers=3,
        num_cross_attention_heads=4,
        cross_attention_head_dim=16,
        cross_attention_dim=WIDTH,
        caption_channels=CAPTION,
    ).eval()
    for projection in (model.input_block, *model.controlnet_blocks):
        torch.nn.init.normal_(projection.weight, std=0.2)
    return model


@torch.no_grad()
def test_a_diffusers_folder_equals_diffusers(tmp_path) -> None:
    theirs = make_diffusers_controlnet()
    theirs.save_pretrained(tmp_path / "theirs")
    assert main(["convert", str(tmp_path / "theirs"), "--out", str(tmp_path / "ours")]) == 0
    branch = SanaSprintControlNet.from_pretrained(tmp_path / "ours")
    assert (branch.config.topology, branch.config.stem) == ("diffusers", "own")
    base = make_tiny_transformer(
        num_attention_heads=2,
        attention_head_dim=32,
        num_cross_attention_heads=4,
        cross_attention_head_dim=16,
        cross_attention_dim=WIDTH,
        guidance_embeds=False,
        qk_norm=None,
    )
    drawn = draw_inputs()
    s = torch.tensor(S)
    expected = base(
        drawn["latent"],
        encoder_hidden_states=drawn["text"],
        timestep=s,
        encoder_attention_mask=drawn["mask"],
        controlnet_block_samples=theirs(
            drawn["latent"],
            encoder_hidden_states=drawn["text"],
            timestep=torch.tensor([312.0, 999.0]),
            controlnet_cond=drawn["control"],
            conditioning_scale=0.7,
            encoder_attention_mask=drawn["mask"],
            return_dict=False,
        )[0],
        return_dict=False,
    )[0]
    ours = controlled_forward(
        base,
        drawn["latent"],
        drawn["text"],
        timestep=s,
        text_mask=drawn["mask"],
        controlnet=branch,
        control_latent_BCYX=drawn["control"],
        conditioning_scale=0.7,
    )
    assert relative_error(ours, expected.double()) <= 1e-5
    assert main(["convert", str(tmp_path / "theirs"), "--out", str(tmp_path / "no"), "--stem", "shared"]) == 2


def test_other_folders_are_refused(tmp_path) -> None:
    theirs = make_diffusers_controlnet()
    theirs.save_pretrained(tmp_path / "pickled", safe_serialization=False)
    (tmp_path / "empty").mkdir()
    for name in ("pickled", "empty", "none"):
        with pytest.raises(WeightsError, match=name):
            read_diffusers(tmp_path / name)
