"""Grounding: a part of the drawing looks at the words that name it.

A caption says "a red house with a blue roof", and the scene's program knows where the roof is. The squared error alone
has to find out which words color which area; here the cross-attention of some blocks and heads is told: from the image
tokens that lie on a part, attention goes to the tokens of that part's phrase.

    L = sum_p w_p m_p / sum_p w_p,    m_p = -sum_q c_pq log(sum_{l in phrase p} a_ql) / sum_q c_pq,
    w_p = sqrt(min(4, sum_q c_pq))

a_ql: attention of image token q to text token l, mean over the heads that are told. c_pq in [0, 1]:
how much of q is part p.

Source: TokenCompose arXiv 2312.03626 (token-wise grounding of cross-attention),
here with exact areas and whole phrases.
Knows: attention modules.  Must not know: how scenes are drawn, other losses.
Legend: B batch, A heads, N image tokens, L text tokens, P parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from controlnet.attention import PlainSoftmaxAttention

_DEPTHS = (0.3, 0.5, 0.7)  # of sprint-tiny's ten blocks the fourth, sixth and eighth
_HEADS = 0.5  # of all; the others stay free for style and scene
_FLOOR = 1e-4


class GroundedAttention(PlainSoftmaxAttention):
    """Keeps the mean attention (B, N, L) of the first half of the heads in `seen_BNL`."""

    def __init__(self) -> None:
        self.seen_BNL: Tensor | None = None

    def attention(self, scores_BANM: Tensor) -> Tensor:
        """As for `PlainSoftmaxAttention`."""
        attention_BANL = super().attention(scores_BANM)
        self.seen_BNL = attention_BANL[:, : int(_HEADS * attention_BANL.shape[1])].mean(1)
        return attention_BANL


@contextmanager
def grounded(transformer: nn.Module) -> Iterator[list[GroundedAttention]]:
    """The cross-attention of three blocks in the middle keeps what it looked at, while the context lasts."""
    blocks = transformer.transformer_blocks
    modules = [blocks[index].attn2 for index in sorted({int(depth * len(blocks)) for depth in _DEPTHS})]
    before, told = [module.processor for module in modules], [GroundedAttention() for _ in modules]
    for module, processor in zip(modules, told, strict=True):
        module.processor = processor
    try:
        yield told
    finally:
        for module, processor in zip(modules, before, strict=True):
            module.processor = processor


def grounding_loss(
    attentions: Sequence[Tensor | None], coverage_BPN: Tensor, span_BPL: Tensor, counts_B: Tensor
) -> Tensor:
    """The loss above, its mean over `attentions` (B, N, L each, one of every block that is told).

    Scenes with counts_B = 0 (no caption, or no drawing) are left out. 0 where nothing is named.
    """
    area_BP = coverage_BPN.sum(-1)
    weight_BP = area_BP.clamp(max=4).sqrt() * counts_B[:, None]
    losses = []
    for attention_BNL in attentions:
        assert attention_BNL is not None, "the blocks have not been called inside `grounded`"
        width = min(attention_BNL.shape[-1], span_BPL.shape[-1])
        mass_BPN = torch.einsum("bnl,bpl->bpn", attention_BNL[..., :width], span_BPL[..., :width].float())
        missed_BP = -(coverage_BPN * (mass_BPN + _FLOOR).log()).sum(-1) / area_BP.clamp(min=_FLOOR)
        losses.append((weight_BP * missed_BP).sum() / weight_BP.sum().clamp(min=_FLOOR))
    return torch.stack(losses).mean()
