"""Attention written out in plain operations, for forward-mode differentiation.

Fused softmax kernels have no forward derivative, and diffusers' linear attention drops to float32 whatever it is
given. Inside `plain_attention(model, ...)` both are written out, at the precision of the input or float32, whichever
is higher, also under autocast (bf16 sums over 1000 tokens lose half their digits).

Legend: B batch, A heads, N queries, M keys, K head width.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from diffusers.models.attention_processor import Attention
from torch import Tensor, nn


def _project(attn: Attention, hidden: Tensor, context: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
    """Queries, keys and values as (B, A, tokens, K), in float32 or better;
    `context` (B, M, D) None is `hidden` itself.
    """
    context = hidden if context is None else context
    query, key, value = attn.to_q(hidden), attn.to_k(context), attn.to_v(context)
    if attn.norm_q is not None:
        query = attn.norm_q(query)
    if attn.norm_k is not None:
        key = attn.norm_k(key)
    precise = torch.promote_types(value.dtype, torch.float32)
    return tuple(x.unflatten(-1, (attn.heads, -1)).transpose(1, 2).to(precise) for x in (query, key, value))


class PlainSoftmaxAttention:
    """Drop-in for SanaAttnProcessor2_0: softmax(q k^T / sqrt(K) + bias) v."""

    def __call__(
        self,
        attn: Attention,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
    ) -> Tensor:
        """As diffusers' processors: hidden states (B, N, D) -> (B, N, D)."""
        query, key, value = _project(attn, hidden_states, encoder_hidden_states)
        with torch.autocast(hidden_states.device.type, enabled=False):
            scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
            if attention_mask is not None:
                scores = scores + attention_mask.to(scores.dtype).unsqueeze(1)
            mixed = self.attention(scores) @ value
        out = attn.to_out[0](mixed.transpose(1, 2).flatten(2).to(hidden_states.dtype))
        return attn.to_out[1](out) / attn.rescale_output_factor

    def attention(self, scores_BANM: Tensor) -> Tensor:
        """Scores (B, A, N, M) to the share of each query's attention, along M. A subclass may look at it."""
        return torch.softmax(scores_BANM, dim=-1)


class PlainLinearAttention:
    """Drop-in for SanaLinearAttnProcessor2_0: relu(q) (relu(k)^T v) / (relu(q) sum relu(k) + 1e-15)."""

    def __call__(
        self,
        attn: Attention,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
    ) -> Tensor:
        """As diffusers' processors: hidden states (B, N, D) -> (B, N, D)."""
        query, key, value = _project(attn, hidden_states, encoder_hidden_states)
        with torch.autocast(hidden_states.device.type, enabled=False):
            query, key = torch.relu(query), torch.relu(key)
            mixed = query @ (key.transpose(-1, -2) @ value)
            weight = query @ key.sum(dim=-2).unsqueeze(-1)
            mixed = mixed / (weight + 1e-15)
        return attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2).to(hidden_states.dtype)))


@contextmanager
def plain_attention(*models: nn.Module) -> Iterator[None]:
    """Write out the attention of every SANA block in `models` while the context lasts.

    Cross-attentions (`attn2`) become softmax, self-attentions (`attn1`) linear; the former processors come back
    at the end, also after an exception.
    """
    replaced = []
    for model in models:
        for name, module in model.named_modules():
            if isinstance(module, Attention):
                replaced.append((module, module.processor))
                is_cross = name.rsplit(".", 1)[-1] == "attn2"
                module.processor = PlainSoftmaxAttention() if is_cross else PlainLinearAttention()
    try:
        yield
    finally:
        for module, processor in replaced:
            module.processor = processor
