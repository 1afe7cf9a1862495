"""The control branch, in the released topology and in that of diffusers, with the base's stem or its own.

Legend: B batch, C channels, Y X latent rows/columns, N image tokens, L text tokens, D width.

    control latent -> patch_embed -> before_proj -(+)-> block 0 -> block 1 -> ... -> block K-1
    start ------------------------------------------'      |          |                 |
                                                      after_proj  after_proj        after_proj
                                                           |          |                 |
                                                      residual 0  residual 1  ...  residual K-1

    topology "released":   start = output of block 0;  residual k is added to the input of base block k+1
    topology "diffusers":  start = patch embedding;    residual k is added to the output of base block k+1

    stem "shared":  start, patch, text and time embeddings are the base's
    stem "own":     all of them, and block 0, belong to the branch: it was trained on another model (`controlnet.graft`)

All projections start at zero, so a fresh branch changes nothing.

Source: NVlabs/Sana sana_multi_scale_controlnet.py; diffusers SanaControlNetModel; ControlNet-Transformer, PixArt-delta
arXiv 2401.05252.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import ClassVar, Literal, Self

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.loaders import PeftAdapterMixin
from diffusers.models.attention import AttentionMixin
from diffusers.models.controlnets.controlnet_sana import SanaControlNetOutput
from diffusers.models.modeling_utils import ModelMixin
from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel, SanaTransformerBlock
from diffusers.utils import apply_lora_scale
from torch import Tensor, nn

from controlnet.errors import ArgumentError, refusal
from controlnet.stem import Inputs, Stem

TOPOLOGIES = ("released", "diffusers")
STEMS = ("shared", "own")
BLOCK_SETTINGS = (
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


class SanaSprintControlNet(ModelMixin, AttentionMixin, ConfigMixin, PeftAdapterMixin):
    """`num_layers` copied SANA blocks with zero-initialized projections; defaults are the released 0.6B shape.

    in_channels ... integer_timestep describe an own stem (see `Stem`; the defaults are the released teacher's dialect)
    and say nothing where the stem is shared.

    Raises:
        ArgumentError: an unknown topology or stem.
    """

    _supports_gradient_checkpointing = True
    _no_split_modules: ClassVar[list[str]] = ["SanaTransformerBlock", "PatchEmbed"]
    _skip_layerwise_casting_patterns: ClassVar[list[str]] = ["patch_embed", "norm"]

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
        topology: Literal["released", "diffusers"] = "released",
        stem: Literal["shared", "own"] = "shared",
        in_channels: int = 32,
        patch_size: int = 1,
        caption_channels: int = 2304,
        guidance_embeds: bool = False,
        timestep_scale: float = 1000.0,
        integer_timestep: bool = True,
    ) -> None:
        super().__init__()
        for name, value, accepted in (("topology", topology, TOPOLOGIES), ("stem", stem, STEMS)):
            if value not in accepted:
                raise ArgumentError(
                    refusal(got=f"{name} {value!r}", accepted=", ".join(accepted), fix="correct config.json")
                )
        width = num_attention_heads * attention_head_dim

        def block() -> SanaTransformerBlock:
            return SanaTransformerBlock(
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

        self.own_stem = None  # not "stem": diffusers answers that with the config entry
        if stem == "own":
            self.own_stem = Stem(
                width,
                in_channels=in_channels,
                patch_size=patch_size,
                caption_channels=caption_channels,
                guidance_embeds=guidance_embeds,
                timestep_scale=timestep_scale,
                integer_timestep=integer_timestep,
                block=block() if topology == "released" else None,
            )
        self.before_proj = _zero_linear(width)
        self.blocks = nn.ModuleList(block() for _ in range(num_layers))
        self.after_proj = nn.ModuleList(_zero_linear(width) for _ in range(num_layers))
        self.gradient_checkpointing = False

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
        branch = cls(num_layers=num_layers, **{name: transformer.config[name] for name in BLOCK_SETTINGS})
        nn.Module.to(branch, device=transformer.device, dtype=transformer.dtype)  # ModelMixin.to warns about any dtype
        for block, base_block in zip(branch.blocks, transformer.transformer_blocks, strict=False):
            block.load_state_dict(copy.deepcopy(base_block.state_dict()))
        return branch

    @classmethod
    def from_single_file(
        cls, path: str | Path, *, dtype: torch.dtype | None = None, cross_attention_heads: int | None = None
    ) -> Self:
        """The branch of a released ControlNet file (.pth or .safetensors) with its teacher's stem,
        for any base of its width.

        dtype: None keeps the file's. cross_attention_heads: needed for a width that was not released.

        Raises:
            WeightsError, ArgumentError: as `controlnet.convert.read_released`.
        """
        from controlnet.convert import read_released  # these two import this module
        from controlnet.graft import graft

        branch = graft(*read_released(Path(path), cross_attention_heads=cross_attention_heads))
        return branch if dtype is None else nn.Module.to(branch, dtype=dtype)

    @property
    def width(self) -> int:
        """Channels of a token, D."""
        return self.before_proj.in_features

    def enter(self, start_BND: Tensor, control_BND: Tensor) -> Tensor:
        """State the first branch block sees: start + before_proj(embedded control latent)."""
        return start_BND + self.before_proj(control_BND)

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

    @apply_lora_scale("attention_kwargs")
    def forward(
        self,
        start_BND: Tensor,
        control: Tensor,
        text_BLD: Tensor,
        text_bias: Tensor | None,
        time_B6D: Tensor,
        rows: int,
        columns: int,
        inputs: Inputs | None = None,
        attention_kwargs: dict[str, object] | None = None,
        return_dict: bool = True,
    ) -> SanaControlNetOutput | tuple[tuple[Tensor, ...]]:
        """All residuals (B, N, D) at once, as `.controlnet_block_samples` or, without return_dict,
        the one entry of a tuple.

        start_BND: the state the branch starts from. control: the embedded control latent (B, N, D). With a stem of its
        own: control is the scaled latent (B, C, Y, X), inputs are the base's, and start, text and time are not read.
        attention_kwargs: `scale` is that of a LoRA on the branch.

        Raises:
            ArgumentError: a stem of its own and no inputs.
        """
        context = (text_BLD, text_bias, time_B6D, rows, columns)
        if self.own_stem is not None:
            if inputs is None:
                raise ArgumentError(
                    refusal(got="no inputs", accepted="the base's, for a branch with its own stem", fix="pass inputs=")
                )
            start_BND, context = self.own_stem(inputs)
            control = self.own_stem.patch_embed(control)
        state_BND = self.enter(start_BND, control)
        residuals = []
        for block, project in zip(self.blocks, self.after_proj, strict=True):
            if torch.is_grad_enabled() and self.gradient_checkpointing:
                state_BND = self._gradient_checkpointing_func(block, state_BND, None, *context)
            else:
                state_BND = block(state_BND, None, *context)
            residuals.append(project(state_BND))
        if not return_dict:
            return (tuple(residuals),)
        return SanaControlNetOutput(controlnet_block_samples=tuple(residuals))
