"""Cross-attention over a short prompt as two small products.

A prompt's keys and values do not change between strokes, so the query's products with the keys of all heads are one
matrix, and the values and the output projection another:

    softmax(norm(q) K_a^T / sqrt(K)) V_a, joined over a, W^T   =   softmax((q G^T) r) H^T,   r = 1 / rms(q)

G (L A, D) holds each head's keys, times the norm's weight, in that head's columns; H (D, L A) is W V^T by head. With A
heads and L tokens this is cheaper than the attention while L A stays well below D.

Legend: B batch, N image tokens, L text tokens, D width, A heads, K head width.
"""

from __future__ import annotations

import torch
from diffusers.models.attention_processor import Attention
from torch import Tensor

from sprint_live.engine.denoising.linear import Linear

MAX_COLUMNS_OF_WIDTH = (
    0.4  # one core, float32, width 256, 8 heads: 6 tokens 303 -> 156 us, 12 tokens 393 -> 248, 16 tokens 302 -> 305
)


class FoldedText:
    """One prompt for one block: queries before their norm (1, N, D) -> what the text adds to the state (1, N, D)."""

    def __init__(self, attention: Attention, keys_1ALK: Tensor, values_1ALK: Tensor) -> None:
        _, heads, length, head_width = keys_1ALK.shape
        keys_LAK, values_ALK = keys_1ALK[0].transpose(0, 1), values_1ALK[0]
        norm = attention.norm_q
        columns = torch.eye(heads).to(keys_LAK)
        scores_LAD = (columns[None, :, :, None] * keys_LAK[:, :, None]).flatten(2) * head_width**-0.5
        if norm is not None and norm.weight is not None:
            scores_LAD = scores_LAD * norm.weight
        out = attention.to_out[0]
        values_DLA = torch.einsum("dak,alk->dla", out.weight.unflatten(1, (heads, head_width)), values_ALK)
        self._scores = Linear(scores_LAD.flatten(0, 1), None, packed=True)
        self._values = Linear(values_DLA.flatten(1), out.bias, packed=True)
        self._eps = None if norm is None else norm.eps
        self._length_heads = (length, heads)

    def __call__(self, query_1ND: Tensor) -> Tensor:
        """Queries (1, N, D) -> what the text gives to each of them, (1, N, D)."""
        scores = self._scores(query_1ND)
        if self._eps is not None:
            scores = scores * torch.rsqrt(query_1ND.square().mean(dim=-1, keepdim=True) + self._eps)
        return self._values(torch.softmax(scores.unflatten(-1, self._length_heads), dim=-2).flatten(2))


def can_fold(attention: Attention, length: int) -> bool:
    """Whether a text of so many tokens is short enough to gain."""
    return attention.heads * length <= MAX_COLUMNS_OF_WIDTH * attention.inner_dim
