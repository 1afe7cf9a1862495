"""Grafting: use a branch trained on one model with another, together with the stem that it was trained with."""

from __future__ import annotations

import torch
from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel

from controlnet.branch import BLOCK_SETTINGS, SanaSprintControlNet
from controlnet.errors import ArgumentError, refusal
from controlnet.forward import refuse_foreign_branch

EMBEDDINGS = ("patch_embed.", "time_embed.", "caption_projection.", "caption_norm.")
BLOCK_0 = "transformer_blocks.0."


def graft(
    teacher: SanaTransformer2DModel,
    branch: SanaSprintControlNet,
    *,
    timestep_scale: float = 1000.0,
    integer_timestep: bool = True,
) -> SanaSprintControlNet:
    """A copy of `branch` that carries its teacher's stem, so that any base of the same width can take its residuals.

    teacher: the model the branch was trained on; its weights are copied. branch: with the shared stem.
    timestep_scale, integer_timestep: what the teacher's time embedding read for a flow time s in 0..1. The released
    teacher read 1000 s cut to a whole number (the default); one trained with dense time reads s: 1.0, False.

    Raises:
        ArgumentError: the branch has its own stem already, was not made for this teacher, or the teacher has a
            positional embedding.
    """
    if branch.config.stem != "shared":
        raise ArgumentError(
            refusal(
                got="a branch with its own stem", accepted='stem="shared"', fix="it is grafted already: use it as it is"
            )
        )
    refuse_foreign_branch(teacher, branch)
    ours, theirs = ({name: model.config[name] for name in BLOCK_SETTINGS} for model in (branch, teacher))
    if ours != theirs:
        raise ArgumentError(
            refusal(got=f"branch blocks with {ours}", accepted=f"{theirs}", fix="pass the teacher it was trained on")
        )
    if teacher.config.interpolation_scale is not None:
        raise ArgumentError(
            refusal(
                got="a teacher with a positional embedding",
                accepted="interpolation_scale=None",
                fix="use a 1024 px model or smaller",
            )
        )
    with torch.device("meta"):
        grafted = SanaSprintControlNet(
            num_layers=len(branch.blocks),
            **ours,
            topology=branch.config.topology,
            stem="own",
            in_channels=teacher.config.in_channels,
            patch_size=teacher.config.patch_size,
            caption_channels=teacher.config.caption_channels,
            guidance_embeds=teacher.config.guidance_embeds,
            timestep_scale=timestep_scale,
            integer_timestep=integer_timestep,
        )
    state = dict(branch.state_dict())
    for name, tensor in teacher.state_dict().items():
        if name.startswith(EMBEDDINGS):
            state[f"own_stem.{name}"] = tensor
        elif name.startswith(BLOCK_0) and grafted.own_stem.block is not None:
            state[f"own_stem.block.{name.removeprefix(BLOCK_0)}"] = tensor
    grafted.load_state_dict({name: tensor.clone() for name, tensor in state.items()}, assign=True)
    return grafted.train(branch.training)
