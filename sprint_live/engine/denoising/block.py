"""A SANA block on tokens, with the module's own weights. What does not change between strokes is passed in.

    x -> norm, modulate -> Q K V in one product -> linear attention -> out -(gate)-> + -> Q -> softmax over the prompt's
    kept K, V -> out -> + -> norm, modulate -> 1x1, SiLU -> depthwise 3x3 -> gate -> 1x1 -(gate)-> +

The block's modulation is the weight and bias of its norms (their own affine is off), so each norm is one operation. 1x1
convolutions are products over the tokens' channels: the picture is never transposed.

Legend: B batch, N image tokens, L text tokens, D width, A heads, K head width, E channels inside the feed-forward.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from diffusers.models.attention_processor import Attention
from diffusers.models.normalization import RMSNorm
from diffusers.models.transformers.sana_transformer import GLUMBConv, SanaTransformerBlock
from torch import Tensor

from sprint_live.engine.denoising.linear import Linear, joined
from sprint_live.engine.denoising.text_folding import FoldedText, can_fold

ATTENTION_EPS = 1e-15  # of SanaLinearAttnProcessor2_0


class Modulation(NamedTuple):
    """Weight and bias of both norms and both gates, (D,) each, at one time and guidance."""

    attention_weight: Tensor
    attention_bias: Tensor
    attention_gate: Tensor
    forward_weight: Tensor
    forward_bias: Tensor
    forward_gate: Tensor


class TextKeys(NamedTuple):
    """Keys and values of a text for one block, (B, A, L, K) each, and the bias (B, 1, 1, L) over padding, or None.

    folded: the same and the output projection in two products, where that is cheaper.
    """

    keys_BALK: Tensor
    values_BALK: Tensor
    bias_B11L: Tensor | None
    folded: FoldedText | None = None


class FastBlock:
    """`SanaTransformerBlock.forward` for inference; the weights stay the block's."""

    def __init__(
        self, block: SanaTransformerBlock, *, fused_qkv: bool, packed: bool, folded_text: bool, fp8: bool = False
    ) -> None:
        self._block = block
        self._folds = folded_text and packed
        attention, cross = block.attn1, block.attn2
        self._heads, self._cross_heads = attention.heads, cross.heads
        projections = [attention.to_q, attention.to_k, attention.to_v]
        if fused_qkv:
            self._qkv = [Linear(*joined(projections), packed=packed, fp8=fp8)]
        else:
            self._qkv = [Linear(layer.weight, layer.bias, packed=packed, fp8=fp8) for layer in projections]
        self._out = Linear(attention.to_out[0].weight, attention.to_out[0].bias, packed=packed, fp8=fp8)
        self._cross_q = Linear(cross.to_q.weight, cross.to_q.bias, packed=packed, fp8=fp8)
        self._cross_out = Linear(cross.to_out[0].weight, cross.to_out[0].bias, packed=packed, fp8=fp8)
        self._forward = _FastForward(block.ff, packed=packed, fp8=fp8)

    def modulation(self, time_6D: Tensor) -> Modulation:
        """What a time embedding (6 D,) makes of this block's table: shift, scale and gate, twice."""
        table_6D = self._block.scale_shift_table
        shift, scale, gate, shift_ff, scale_ff, gate_ff = (table_6D + time_6D.view(6, -1)).unbind(0)
        norm = self._block.norm2
        if norm.elementwise_affine:  # norm2 with an affine of its own: fold it in, too
            bias = 0 if norm.bias is None else norm.bias * (1 + scale_ff)
            return Modulation(1 + scale, shift, gate, norm.weight * (1 + scale_ff), bias + shift_ff, gate_ff)
        return Modulation(1 + scale, shift, gate, 1 + scale_ff, shift_ff, gate_ff)

    def text(self, text_BLD: Tensor, bias_B11L: Tensor | None) -> TextKeys:
        """Keys and values of a projected text (B, L, D)."""
        cross = self._block.attn2
        keys, values = cross.to_k(text_BLD), cross.to_v(text_BLD)
        if cross.norm_k is not None:
            keys = _normed(keys, cross.norm_k)
        keys_BALK, values_BALK = (_by_head(tensor, self._cross_heads).contiguous() for tensor in (keys, values))
        folds = self._folds and bias_B11L is None and can_fold(cross, text_BLD.shape[1])
        return TextKeys(keys_BALK, values_BALK, bias_B11L, FoldedText(cross, keys_BALK, values_BALK) if folds else None)

    def __call__(self, x_BND: Tensor, text: TextKeys, modulation: Modulation, rows: int, columns: int) -> Tensor:
        """(B, N, D) -> (B, N, D), N = rows x columns."""
        width = x_BND.shape[-1:]
        eps = self._block.norm1.eps
        normed = F.layer_norm(x_BND, width, modulation.attention_weight, modulation.attention_bias, eps)
        x_BND = torch.addcmul(x_BND, modulation.attention_gate, self._out(self._attend(normed)))
        x_BND = x_BND + self._read_text(x_BND, text)
        normed = F.layer_norm(x_BND, width, modulation.forward_weight, modulation.forward_bias, self._block.norm2.eps)
        return torch.addcmul(x_BND, modulation.forward_gate, self._forward(normed, rows, columns))

    def _attend(self, x_BND: Tensor) -> Tensor:
        """ReLU linear attention in float32: relu(q) (relu(k)^T v) / (relu(q) sum relu(k) + eps).

        Queries are not divided by their norm: a positive factor of a whole query cancels in this quotient.
        """
        attention = self._block.attn1
        if len(self._qkv) == 1:
            query, key, value = self._qkv[0](x_BND).chunk(3, dim=-1)
        else:
            query, key, value = (project(x_BND) for project in self._qkv)
        if attention.norm_q is not None:
            query = _without_norm(query, attention)
            key = _normed(key, attention.norm_k)
        query, key, value = (_by_head(tensor.float(), self._heads) for tensor in (query, key, value))
        query, key = torch.relu(query), torch.relu(key)
        mixed = query @ (key.transpose(-1, -2) @ value)
        weight = query @ key.sum(dim=-2).unsqueeze(-1)
        return (mixed / (weight + ATTENTION_EPS)).transpose(1, 2).flatten(2).to(x_BND.dtype)

    def _read_text(self, x_BND: Tensor, text: TextKeys) -> Tensor:
        query, norm = self._cross_q(x_BND), self._block.attn2.norm_q
        if text.folded is not None:
            return text.folded(query)
        query = query if norm is None else _normed(query, norm)
        mixed = F.scaled_dot_product_attention(
            _by_head(query, self._cross_heads), text.keys_BALK, text.values_BALK, text.bias_B11L
        )
        return self._cross_out(mixed.transpose(1, 2).flatten(2))


class _FastForward:
    """GLUMBConv on tokens: (B, N, D) -> (B, N, D)."""

    def __init__(self, ff: GLUMBConv, *, packed: bool, fp8: bool) -> None:
        self._inverted = Linear(
            ff.conv_inverted.weight.flatten(1), ff.conv_inverted.bias, packed=packed, fp8=fp8, activation="swish"
        )
        self._point = Linear(ff.conv_point.weight.flatten(1), None, packed=packed, fp8=fp8)
        self._depth = ff.conv_depth

    def __call__(self, x_BND: Tensor, rows: int, columns: int) -> Tensor:
        inner = self._inverted(x_BND)
        inner_BEYX = inner.unflatten(1, (rows, columns)).permute(0, 3, 1, 2)  # channels last, as it lies
        depth = self._depth(inner_BEYX).permute(0, 2, 3, 1).flatten(1, 2)
        value, gate = depth.chunk(2, dim=-1)
        return self._point(value * F.silu(gate))


def _by_head(tensor_BND: Tensor, heads: int) -> Tensor:
    """(B, N, D) -> (B, A, N, K)."""
    return tensor_BND.unflatten(-1, (heads, -1)).transpose(1, 2)


def _normed(tensor_BND: Tensor, norm: RMSNorm) -> Tensor:
    """The norm as one operation."""
    return F.rms_norm(tensor_BND, tensor_BND.shape[-1:], norm.weight, norm.eps)


def _without_norm(query_BND: Tensor, attention: Attention) -> Tensor:
    """The weight of the queries' RMS norm without the division."""
    weight = attention.norm_q.weight
    return query_BND if weight is None else query_BND * weight
