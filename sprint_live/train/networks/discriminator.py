"""LADD: a discriminator made of small heads on the frozen teacher's features, in latent space.

Source: LADD arXiv 2403.12015; SANA-Sprint arXiv 2503.09641 section 3.3 (hinge loss, heads on several blocks).
Knows: feature tensors.  Must not know: pixels, samplers, optimizers.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

_HEAD_WIDTH = 128


class Head(nn.Module):
    """Spectral-norm 1-D convolutions over the tokens of one feature map: (B, N, D) -> one logit a token (B, N)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.enter = spectral_norm(nn.Conv1d(width, _HEAD_WIDTH, 1))
        self.mix = spectral_norm(nn.Conv1d(_HEAD_WIDTH, _HEAD_WIDTH, 9, padding=4, padding_mode="circular"))
        self.leave = spectral_norm(nn.Conv1d(_HEAD_WIDTH, 1, 1))

    def forward(self, tokens_BND: Tensor) -> Tensor:
        """Features of one block of the teacher, (B, N, D) -> logits (B, N): positive for a real picture."""
        x = F.leaky_relu(self.enter(F.layer_norm(tokens_BND, tokens_BND.shape[-1:]).transpose(1, 2)), 0.2)
        x = x + F.leaky_relu(self.mix(x), 0.2)
        return self.leave(x).squeeze(1)


class Discriminator(nn.Module):
    """One head a feature block; the logits of all heads side by side, (B, heads * N)."""

    def __init__(self, width: int, num_heads: int) -> None:
        super().__init__()
        self.heads = nn.ModuleList(Head(width) for _ in range(num_heads))

    def forward(self, features: list[Tensor]) -> Tensor:
        """Features (B, N, D) of each block, one a head -> logits (B, heads * N).

        Raises: ValueError for another number of blocks than heads.
        """
        return torch.cat([head(tokens) for head, tokens in zip(self.heads, features, strict=True)], dim=1)


def hinge_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """mean relu(1 - real) + mean relu(1 + fake), a scalar: what the heads learn. Logits of any shape."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def hinge_generator(fake: Tensor) -> Tensor:
    """-mean fake, a scalar: what the student learns from the heads' logits of its pictures, of any shape."""
    return -fake.mean()
