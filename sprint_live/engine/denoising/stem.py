"""Inputs of the blocks that are computed once: a text's keys and values, and the modulation at one time and guidance.

Knows: a stem (a transformer's or a branch's own) and the blocks that read it.  Must not know: latents, sampling,
control. Legend: B batch, L text tokens, D width, A heads, K head width.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from controlnet.stem import Stem
from sprint_live.engine.denoising.block import FastBlock, Modulation, TextKeys
from sprint_live.engine.lru_cache import LruCache

KEPT_MOMENTS = 16
PADDING_BIAS = -10000.0  # as `controlnet.stem.text_bias_from_mask`


class Moment(NamedTuple):
    """The moment of a step: flow time s (1,) and scaled guidance (1,) or None, with a cache key for both."""

    key: Hashable
    s: Tensor
    guidance: Tensor | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Caption:
    """One prompt: its cache key, its embeddings (1, L, caption channels) and mask (1, L), 1 = a real token."""

    key: Hashable
    text_1LD: Tensor
    mask_1L: Tensor


class Conditions(NamedTuple):
    """For every block of a stem: its text and its modulation; and the time embedding (1, D)."""

    texts: list[TextKeys]
    modulations: list[Modulation]
    time_1D: Tensor


class FastStem:
    """The embeddings of a stem for a list of blocks. bucket: texts are padded to a multiple of so many tokens.

    trim: leave out tokens that nobody may attend to. kept_captions: how many are remembered, 0 for none;
    kept_moments likewise.
    """

    def __init__(
        self,
        stem: nn.Module,
        blocks: Sequence[FastBlock],
        *,
        trim: bool,
        bucket: int,
        kept_captions: int,
        kept_moments: int,
    ) -> None:
        self.blocks = list(blocks)
        self._stem, self._trim, self._bucket = stem, trim, bucket
        self._captions: LruCache[list[TextKeys]] = LruCache(kept_captions)
        self._moments: LruCache[tuple[list[Modulation], Tensor]] = LruCache(kept_moments)

    def conditions(self, captions: Sequence[Caption], moment: Moment) -> Conditions:
        """What every block reads, for a batch of captions at one moment."""
        each = [self._captions.get(caption.key, lambda caption=caption: self._read(caption)) for caption in captions]
        texts = each[0] if len(each) == 1 else [_together(of_block) for of_block in zip(*each, strict=True)]
        modulations, time_1D = self._moments.get(moment.key, lambda: self._modulate(moment))
        return Conditions(texts, modulations, time_1D)

    def _read(self, caption: Caption) -> list[TextKeys]:
        weight = next(self._stem.caption_projection.parameters())
        text_1LD, mask_1L = (
            caption.text_1LD.to(weight),
            caption.mask_1L.cpu(),
        )  # what shapes depend on is read where it costs no wait
        if self._trim and mask_1L.any():
            kept = mask_1L[0].nonzero()[:, 0]
            text_1LD, mask_1L = text_1LD[:, kept.to(weight.device)], mask_1L[:, kept]
        padding = -text_1LD.shape[1] % self._bucket
        text_1LD, mask_1L = F.pad(text_1LD, (0, 0, 0, padding)), F.pad(mask_1L, (0, padding))
        bias = None if mask_1L.all() else ((1 - mask_1L.to(weight)) * PADDING_BIAS)[:, None, None]
        text_1LD = self._stem.caption_norm(self._stem.caption_projection(text_1LD))
        return [block.text(text_1LD, bias) for block in self.blocks]

    def _modulate(self, moment: Moment) -> tuple[list[Modulation], Tensor]:
        stem, s, guidance = self._stem, moment.s, moment.guidance
        if isinstance(stem, Stem):
            s = s * stem.timestep_scale
            s = torch.trunc(s) if stem.integer_timestep else s
            guidance = guidance if stem.reads_guidance else None
        dtype = next(stem.caption_projection.parameters()).dtype
        if guidance is not None:
            time_6D, time_1D = stem.time_embed(s, guidance=guidance, hidden_dtype=dtype)
        else:
            time_6D, time_1D = stem.time_embed(s, batch_size=1, hidden_dtype=dtype)
        return [block.modulation(time_6D[0]) for block in self.blocks], time_1D


def _together(texts: Sequence[TextKeys]) -> TextKeys:
    """Texts of several captions as one batch, padded to the longest."""
    longest = max(text.keys_BALK.shape[2] for text in texts)
    keys, values, biases = [], [], []
    for text in texts:
        length = text.keys_BALK.shape[2]
        bias = text.bias_B11L if text.bias_B11L is not None else text.keys_BALK.new_zeros(1, 1, 1, length)
        keys.append(F.pad(text.keys_BALK, (0, 0, 0, longest - length)))
        values.append(F.pad(text.values_BALK, (0, 0, 0, longest - length)))
        biases.append(F.pad(bias, (0, longest - length), value=PADDING_BIAS))
    needs_bias = any(text.bias_B11L is not None or text.keys_BALK.shape[2] < longest for text in texts)
    return TextKeys(torch.cat(keys), torch.cat(values), torch.cat(biases) if needs_bias else None)
