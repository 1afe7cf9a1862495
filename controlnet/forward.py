"""The forward pass that joins a branch to its base.

Legend: B batch, C channels, Y X latent rows/columns, N image tokens, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence

from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel
from torch import Tensor

from controlnet.branch import SanaSprintControlNet
from controlnet.errors import ArgumentError, refusal
from controlnet.stem import Inputs, embed


def controlled_forward(
    transformer: SanaTransformer2DModel,
    latent_BCYX: Tensor,
    text_BLD: Tensor,
    *,
    timestep: Tensor,
    guidance: Tensor | None = None,
    text_mask: Tensor | None = None,
    controlnet: SanaSprintControlNet | None = None,
    control_latent_BCYX: Tensor | None = None,
    conditioning_scale: float | Tensor = 1.0,
    return_features: Sequence[int] | None = None,
) -> Tensor | tuple[Tensor, list[Tensor]]:
    """Predict from a latent, a text and, through the branch, a control latent.

    The loop over diffusers' own modules is written out because their `forward` adds control residuals after a
    block, while the released branch adds them before it. Without a branch it is `transformer.forward`, bit for bit.

    latent_BCYX: the network's input in its own units (flow state x_s for Sprint). text_BLD: caption embeddings
    (B, L, caption_channels). timestep: (B,) as the model was trained (s in 0..1 for Sprint). guidance: (B,), already
    times guidance_embeds_scale; None for teachers without that embedding. text_mask: (B, L), 1 attend, 0 ignore; as
    in diffusers any other rank is taken as a ready bias. control_latent_BCYX: scaled control latent.
    conditioning_scale: factor on every residual, a float or one per sample (B,); the float 0.0 skips the branch.
    return_features: block indices whose outputs (B, N, D) are wanted too, in the order asked.

    Returns the prediction (B, C, Y, X), or (prediction, features) when return_features is given.
    Works under autograd, autocast and, inside `plain_attention`, forward-mode differentiation.

    Raises:
        ArgumentError: guidance given to a model without that embedding or the reverse; a branch without a control
            latent or the reverse; a branch that does not fit the base; a feature index out of range.
    """
    _refuse_mismatch(transformer, guidance, controlnet, control_latent_BCYX, return_features)
    inputs = Inputs(
        latent_BCYX=latent_BCYX, text_BLD=text_BLD, timestep=timestep, guidance=guidance, text_mask=text_mask
    )
    hidden_BND, time_BD, context = embed(transformer, inputs)

    switched_off = isinstance(conditioning_scale, int | float) and conditioning_scale == 0
    num_residuals = 0 if controlnet is None or switched_off else len(controlnet.blocks)
    added_before = num_residuals > 0 and controlnet.config.topology == "released"
    scale = _scale_over_tokens(conditioning_scale)
    patches_BND = hidden_BND

    features: dict[int, Tensor] = {}
    for index, block in enumerate(transformer.transformer_blocks):
        residual_BND = None
        if 1 <= index <= num_residuals:
            if index == 1:
                stem, branch_context = transformer, context
                start_BND = hidden_BND if added_before else patches_BND
                if controlnet.own_stem is not None:
                    stem = controlnet.own_stem
                    start_BND, branch_context = stem(inputs)
                state_BND = controlnet.enter(start_BND, stem.patch_embed(control_latent_BCYX))
            state_BND, residual_BND = controlnet.step(index - 1, state_BND, *branch_context)
            residual_BND = scale * residual_BND
        if residual_BND is not None and added_before:
            hidden_BND = hidden_BND + residual_BND
        hidden_BND = block(hidden_BND, None, *context)
        if return_features is not None and index in return_features:
            features[index] = hidden_BND
        if residual_BND is not None and not added_before:
            hidden_BND = hidden_BND + residual_BND

    hidden_BND = transformer.norm_out(hidden_BND, time_BD, transformer.scale_shift_table)
    output_BCYX = _unpatchify(
        transformer.proj_out(hidden_BND), context.rows, context.columns, transformer.config.patch_size
    )
    if return_features is None:
        return output_BCYX
    return output_BCYX, [features[index] for index in return_features]


def _unpatchify(tokens_BND: Tensor, rows: int, columns: int, patch: int) -> Tensor:
    """Tokens (B, N, patch^2 C) -> latent (B, C, Y, X)."""
    batch = tokens_BND.shape[0]
    tiles = tokens_BND.reshape(batch, rows, columns, patch, patch, -1)
    return tiles.permute(0, 5, 1, 3, 2, 4).reshape(batch, -1, rows * patch, columns * patch)


def _scale_over_tokens(conditioning_scale: float | Tensor) -> float | Tensor:
    if isinstance(conditioning_scale, Tensor) and conditioning_scale.ndim == 1:
        return conditioning_scale[:, None, None]
    return conditioning_scale


def _refuse_mismatch(
    transformer: SanaTransformer2DModel,
    guidance: Tensor | None,
    controlnet: SanaSprintControlNet | None,
    control_latent_BCYX: Tensor | None,
    return_features: Sequence[int] | None,
) -> None:
    num_blocks = len(transformer.transformer_blocks)
    if (guidance is not None) != bool(transformer.config.guidance_embeds):
        raise ArgumentError(
            refusal(
                got="guidance" if guidance is not None else "no guidance",
                accepted=f"a model with guidance_embeds={transformer.config.guidance_embeds}",
                fix="pass guidance to a Sprint transformer only, and always to one",
            )
        )
    if (controlnet is None) != (control_latent_BCYX is None):
        raise ArgumentError(
            refusal(
                got="a branch without a control latent" if controlnet is not None else "a control latent, no branch",
                accepted="both or neither",
                fix="pass controlnet and control_latent_BCYX together",
            )
        )
    if controlnet is not None:
        refuse_foreign_branch(transformer, controlnet)
    if return_features is not None and not all(0 <= index < num_blocks for index in return_features):
        raise ArgumentError(
            refusal(got=f"features {list(return_features)}", accepted=f"0..{num_blocks - 1}", fix="use block indices")
        )


def refuse_foreign_branch(transformer: SanaTransformer2DModel, controlnet: SanaSprintControlNet) -> None:
    """Raises ArgumentError unless the branch's residuals and inputs fit this base."""
    num_blocks = len(transformer.transformer_blocks)
    if len(controlnet.blocks) >= num_blocks:
        raise ArgumentError(
            refusal(
                got=f"a branch of {len(controlnet.blocks)} blocks for a base of {num_blocks}",
                accepted=f"1..{num_blocks - 1}",
                fix="use the branch made for this base",
            )
        )
    base = transformer.config
    ours = {"width": controlnet.width}
    theirs = {"width": base.num_attention_heads * base.attention_head_dim}
    if controlnet.own_stem is not None:
        for name in ("in_channels", "patch_size", "caption_channels"):
            ours[name], theirs[name] = controlnet.config[name], base[name]
        if controlnet.config.guidance_embeds and not base.guidance_embeds:
            ours["guidance_embeds"], theirs["guidance_embeds"] = True, False
    if ours != theirs:
        raise ArgumentError(
            refusal(got=f"a branch with {ours}", accepted=f"{theirs}", fix="use a branch made for a base of this size")
        )
