"""A tokenizer and a text encoder without a language: one token per word, a random vector per token.

They give a released model's transformer embeddings of the right shape without 5 GB of Gemma. Every stage but "text"
then costs what it costs with the real encoder.

Knows: words, vectors.  Must not know: models, pictures.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from types import SimpleNamespace

import torch
from torch import Tensor, nn

NUM_WORDS = 8192


class RandomTokenizer:
    """Works like a transformers tokenizer, as far as `encode_prompts` and diffusers' pipelines need.
    Word -> id by its CRC.
    """

    padding_side = "right"

    def encode(self, text: str) -> list[int]:
        """The ids of a text, between a begin (1) and an end (2); 0 is padding."""
        return [1, *(3 + zlib.crc32(word.encode()) % (NUM_WORDS - 3) for word in text.split()), 2]

    def __call__(
        self, texts: Sequence[str], *, padding: str, max_length: int, truncation: bool, return_tensors: str
    ) -> SimpleNamespace:
        """input_ids and attention_mask (B, max_length)."""
        assert (padding, truncation, return_tensors) == ("max_length", True, "pt")
        ids_BL = torch.zeros(len(texts), max_length, dtype=torch.long)
        for row, text in zip(ids_BL, texts, strict=True):
            ids = self.encode(text)[:max_length]
            row[: len(ids)] = torch.tensor(ids)
        return SimpleNamespace(input_ids=ids_BL, attention_mask=(ids_BL > 0).long())


class RandomTextEncoder(nn.Module):
    """Token ids (B, L) -> embeddings (B, L, D): a random vector for each id."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.words = nn.Embedding(NUM_WORDS, width)

    @property
    def device(self) -> torch.device:
        """The folder in which it lies."""
        return self.words.weight.device

    @property
    def dtype(self) -> torch.dtype:
        """Of its embeddings."""
        return self.words.weight.dtype

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor]:
        """The mask changes nothing: no token looks at another."""
        return (self.words(input_ids),)
