"""The control branch in the released topology, and the forward pass that joins it to its base.

Legend: B batch, C channels, Y X latent rows/columns, N image tokens, L text tokens, D width.

    control latent -> base patch_embed -> before_proj -(+)-> block 0 -> block 1 -> ... -> block K-1
    base block-0 output ------------------------------'         |          |                 |
                                                           after_proj  after_proj        after_proj
                                                                |          |                 |
                                                           residual 0  residual 1  ...  residual K-1

Residual k is added to the input of base block k+1. All projections start at zero, so a
fresh branch changes nothing. Patch, text and time embeddings are the base's own.

Source: NVlabs/Sana sana_multi_scale_controlnet.py; ControlNet-Transformer, PixArt-delta arXiv 2401.05252.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Self

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel, SanaTransformerBlock
from torch import Tensor, nn

from sprint_live.errors import ArgumentError, refusal

_SHARED_WITH_BASE = (
    "num_attention_heads",
    "attention_head_dim",
    "num_cross_attention_heads",
    "cross_attention_head_dim",
    "cross_attention_dim",
    "mlp_ratio",
    "dropout",
    "attention_bias",
    "norm_elementwise_affine",
    "norm_eps",
    "qk_norm",
)


def _zero_linear(width: int) -> nn.Linear:
    linear = nn.Linear(width, width)
    nn.init.zeros_(linear.weight)
    nn.init.zeros_(linear.bias)
    return linear


class SanaSprintControlNet(ModelMixin, ConfigMixin):
    """`num_layers` copied SANA blocks with zero-initialised projections; defaults are the released 0.6B shape."""

    _no_split_modules = ["SanaTransformerBlock"]

    @register_to_config
    def __init__(
        self,
        num_layers: int = 7,
        num_attention_heads: int = 36,
        attention_head_dim: int = 32,
        num_cross_attention_heads: int = 16,
        cross_attention_head_dim: int = 72,
        cross_attention_dim: int = 1152,
        mlp_ratio: float = 2.5,
        dropout: float = 0.0,
        attention_bias: bool = False,
        norm_elementwise_affine: bool = False,
        norm_eps: float = 1e-6,
        qk_norm: str | None = "rms_norm_across_heads",
    ) -> None:
        super().__init__()
        width = num_attention_heads * attention_head_dim
        self.before_proj = _zero_linear(width)
        self.blocks = nn.ModuleList(
            SanaTransformerBlock(
                width,
                num_attention_heads,
                attention_head_dim,
                dropout=dropout,
                num_cross_attention_heads=num_cross_attention_heads,
                cross_attention_head_dim=cross_attention_head_dim,
                cross_attention_dim=cross_attention_dim,
                attention_bias=attention_bias,
                norm_elementwise_affine=norm_elementwise_affine,
                norm_eps=norm_eps,
                mlp_ratio=mlp_ratio,
                qk_norm=qk_norm,
            )
            for _ in range(num_layers)
        )
        self.after_proj = nn.ModuleList(_zero_linear(width) for _ in range(num_layers))

    @classmethod
    def from_transformer(cls, transformer: SanaTransformer2DModel, num_layers: int = 7) -> Self:
        """A branch whose block k starts as a copy of base block k, and whose projections are zero.

        Raises:
            ArgumentError: num_layers outside 1..(base layers - 1); residual k needs base block k+1.
        """
        num_base = len(transformer.transformer_blocks)
        if not 1 <= num_layers <= num_base - 1:
            raise ArgumentError(
                refusal(
                    got=f"{num_layers} branch blocks for a base of {num_base}",
                    accepted=f"1..{num_base - 1}",
                    fix="copy fewer blocks: residual k goes into base block k+1",
                )
            )
        branch = cls(num_layers=num_layers, **{name: transformer.config[name] for name in _SHARED_WITH_BASE})
        nn.Module.to(branch, device=transformer.device, dtype=transformer.dtype)  # ModelMixin.to warns about any dtype
        for block, base_block in zip(branch.blocks, transformer.transformer_blocks):
            block.load_state_dict(copy.deepcopy(base_block.state_dict()))
        return branch

    def enter(self, base_BND: Tensor, control_BND: Tensor) -> Tensor:
        """State the first branch block sees: base block-0 output + before_proj(embedded control latent)."""
        return base_BND + self.before_proj(control_BND)

    def step(
        self,
        index: int,
        state_BND: Tensor,
        text_BLD: Tensor,
        text_bias: Tensor | None,
        time_B6D: Tensor,
        rows: int,
        columns: int,
    ) -> tuple[Tensor, Tensor]:
        """Run branch block `index`; returns (state for the next block, residual `index`), both (B, N, D)."""
        state_BND = self.blocks[index](state_BND, None, text_BLD, text_bias, time_B6D, rows, columns)
        return state_BND, self.after_proj[index](state_BND)

    def forward(
        self,
        base_BND: Tensor,
        control_BND: Tensor,
        text_BLD: Tensor,
        text_bias: Tensor | None,
        time_B6D: Tensor,
        rows: int,
        columns: int,
    ) -> tuple[Tensor, ...]:
        """All residuals at once, from the base block-0 output and the embedded control latent."""
        state_BND = self.enter(base_BND, control_BND)
        residuals = []
        for index in range(len(self.blocks)):
            state_BND, residual_BND = self.step(index, state_BND, text_BLD, text_bias, time_B6D, rows, columns)
            residuals.append(residual_BND)
        return tuple(residuals)


def text_bias_from_mask(text_mask: Tensor | None, dtype: torch.dtype) -> Tensor | None:
    """Additive attention bias (B, 1, L) of a text mask (B, L), 1 = attend, 0 = ignore: 0 or -10000."""
    if text_mask is None or text_mask.ndim != 2:
        return text_mask
    return ((1 - text_mask.to(dtype)) * -10000.0).unsqueeze(1)


def _scale_over_tokens(conditioning_scale: float | Tensor) -> float | Tensor:
    if isinstance(conditioning_scale, Tensor) and conditioning_scale.ndim == 1:
        return conditioning_scale[:, None, None]
    return conditioning_scale


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
    in diffusers any other rank is taken as a ready bias. control_latent_BCYX: scaled control latent. conditioning_scale:
    factor on every residual, a float or one per sample (B,); the float 0.0 skips the branch. return_features: block
    indices whose outputs (B, N, D) are wanted too, in the order asked.

    Returns the prediction (B, C, Y, X), or (prediction, features) when return_features is given.
    Works under autograd, autocast and, inside `plain_attention`, forward-mode differentiation.

    Raises:
        ArgumentError: guidance given to a model without that embedding or the reverse; a branch without a control
            latent or the reverse; a branch with as many blocks as the base; a feature index out of range.
    """
    _refuse_mismatch(transformer, guidance, controlnet, control_latent_BCYX, return_features)
    batch, _, height, width = latent_BCYX.shape
    patch = transformer.config.patch_size
    rows, columns = height // patch, width // patch

    hidden_BND = transformer.patch_embed(latent_BCYX)
    if guidance is not None:
        time_B6D, time_BD = transformer.time_embed(timestep, guidance=guidance, hidden_dtype=hidden_BND.dtype)
    else:
        time_B6D, time_BD = transformer.time_embed(timestep, batch_size=batch, hidden_dtype=hidden_BND.dtype)
    text_BLD = transformer.caption_projection(text_BLD)
    text_BLD = transformer.caption_norm(text_BLD.view(batch, -1, hidden_BND.shape[-1]))
    text_bias = text_bias_from_mask(text_mask, latent_BCYX.dtype)

    switched_off = isinstance(conditioning_scale, int | float) and conditioning_scale == 0
    num_residuals = 0 if controlnet is None or switched_off else len(controlnet.blocks)
    scale = _scale_over_tokens(conditioning_scale)

    features: dict[int, Tensor] = {}
    state_BND = None
    for index, block in enumerate(transformer.transformer_blocks):
        if 1 <= index <= num_residuals:
            if index == 1:
                state_BND = controlnet.enter(hidden_BND, transformer.patch_embed(control_latent_BCYX))
            state_BND, residual_BND = controlnet.step(
                index - 1, state_BND, text_BLD, text_bias, time_B6D, rows, columns
            )
            hidden_BND = hidden_BND + scale * residual_BND
        hidden_BND = block(hidden_BND, None, text_BLD, text_bias, time_B6D, rows, columns)
        if return_features is not None and index in return_features:
            features[index] = hidden_BND

    hidden_BND = transformer.norm_out(hidden_BND, time_BD, transformer.scale_shift_table)
    tokens = transformer.proj_out(hidden_BND).reshape(batch, rows, columns, patch, patch, -1)
    output_BCYX = tokens.permute(0, 5, 1, 3, 2, 4).reshape(batch, -1, rows * patch, columns * patch)
    if return_features is None:
        return output_BCYX
    return output_BCYX, [features[index] for index in return_features]


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
    if controlnet is not None and len(controlnet.blocks) >= num_blocks:
        raise ArgumentError(
            refusal(
                got=f"a branch of {len(controlnet.blocks)} blocks for a base of {num_blocks}",
                accepted=f"1..{num_blocks - 1}",
                fix="use the branch made for this base",
            )
        )
    if return_features is not None and not all(0 <= index < num_blocks for index in return_features):
        raise ArgumentError(
            refusal(got=f"features {list(return_features)}", accepted=f"0..{num_blocks - 1}", fix="use block indices")
        )
