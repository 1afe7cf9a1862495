"""The stem, before the first block: patch, time and caption embeddings, of the base or of a branch.

Legend: B batch, C channels, Y X latent rows/columns, N image tokens, L text tokens, D width.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from diffusers.models.embeddings import PatchEmbed, PixArtAlphaTextProjection
from diffusers.models.normalization import AdaLayerNormSingle, RMSNorm
from diffusers.models.transformers.sana_transformer import SanaCombinedTimestepGuidanceEmbeddings, SanaTransformerBlock
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The inputs of a SANA network: latent (B, C, Y, X), text (B, L, caption channels), timestep (B,), guidance (B,) or
    None, text_mask (B, L) with 1 = attend, 0 = ignore, or None."""

    latent_BCYX: Tensor
    text_BLD: Tensor
    timestep: Tensor
    guidance: Tensor | None = None
    text_mask: Tensor | None = None


class Context(NamedTuple):
    """The other inputs of a block, in the order of SanaTransformerBlock.forward after attention_mask."""

    text_BLD: Tensor
    text_bias: Tensor | None
    time_B6D: Tensor
    rows: int
    columns: int


def embed(model: nn.Module, inputs: Inputs) -> tuple[Tensor, Tensor, Context]:
    """Image tokens (B, N, D), time embedding (B, D) and block context, by the embeddings of `model`.

    model: a SanaTransformer2DModel or a `Stem`. The operations are those of SanaTransformer2DModel.forward,
    in its order.
    """
    batch, _, height, width = inputs.latent_BCYX.shape
    patch = model.patch_embed.patch_size
    tokens_BND = model.patch_embed(inputs.latent_BCYX)
    dtype = tokens_BND.dtype
    if inputs.guidance is not None:
        time_B6D, time_BD = model.time_embed(inputs.timestep, guidance=inputs.guidance, hidden_dtype=dtype)
    else:
        time_B6D, time_BD = model.time_embed(inputs.timestep, batch_size=batch, hidden_dtype=dtype)
    text_BLD = model.caption_projection(inputs.text_BLD)
    text_BLD = model.caption_norm(text_BLD.view(batch, -1, tokens_BND.shape[-1]))
    text_bias = text_bias_from_mask(inputs.text_mask, inputs.latent_BCYX.dtype)
    return tokens_BND, time_BD, Context(text_BLD, text_bias, time_B6D, height // patch, width // patch)


def text_bias_from_mask(text_mask: Tensor | None, dtype: torch.dtype) -> Tensor | None:
    """Additive attention bias (B, 1, L) of a text mask (B, L), 1 = attend, 0 = ignore: 0 or -10000."""
    if text_mask is None or text_mask.ndim != 2:
        return text_mask
    return ((1 - text_mask.to(dtype)) * -10000.0).unsqueeze(1)


class Stem(nn.Module):
    """The embeddings, and block 0 where the topology starts behind it, of the model a branch was trained on.

    A branch that was trained on another base speaks that base's dialect: its embeddings, whether its time is a whole
    number, whether it reads guidance. Parameter names are those of SanaTransformer2DModel, block 0 being `block`.
    """

    def __init__(
        self,
        width: int,
        *,
        in_channels: int,
        patch_size: int,
        caption_channels: int,
        guidance_embeds: bool,
        timestep_scale: float,
        integer_timestep: bool,
        block: SanaTransformerBlock | None,
    ) -> None:
        super().__init__()
        self.timestep_scale, self.integer_timestep, self.reads_guidance = (
            timestep_scale,
            integer_timestep,
            guidance_embeds,
        )
        self.patch_embed = PatchEmbed(
            height=patch_size,
            width=patch_size,
            patch_size=patch_size,
            in_channels=in_channels,
            embed_dim=width,
            pos_embed_type=None,
        )
        self.time_embed = (
            SanaCombinedTimestepGuidanceEmbeddings(width) if guidance_embeds else AdaLayerNormSingle(width)
        )
        self.caption_projection = PixArtAlphaTextProjection(in_features=caption_channels, hidden_size=width)
        self.caption_norm = RMSNorm(width, eps=1e-5, elementwise_affine=True)
        self.block = block

    def forward(self, inputs: Inputs) -> tuple[Tensor, Context]:
        """State (B, N, D) that the branch starts from, and the context of all its blocks.

        Time is `timestep_scale` x the base's timestep, cut to a whole number where the teacher's code does so; through
        that cut no derivative flows.
        """
        time = inputs.timestep * self.timestep_scale
        time = torch.trunc(time) if self.integer_timestep else time
        guidance = inputs.guidance if self.reads_guidance else None
        state_BND, _, context = embed(self, replace(inputs, timestep=time, guidance=guidance))
        return state_BND if self.block is None else self.block(state_BND, None, *context), context
