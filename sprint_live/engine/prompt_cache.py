"""Prompt embeddings, remembered: a prompt is encoded once, however many strokes follow it."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from sprint_live.engine.lru_cache import LruCache

Encoded = tuple[Tensor, Tensor]


class PromptCache:
    """The last `capacity` prompts with their embeddings and masks, least recently used dropped first."""

    def __init__(self, encode: Callable[[str], Encoded], capacity: int = 64) -> None:
        self._encode = encode
        self._kept: LruCache[Encoded] = LruCache(capacity)

    def __call__(self, prompt: str) -> Encoded:
        """The embeddings and mask of a prompt, encoded if it is not among the last ones."""
        return self._kept.get(prompt, lambda: self._encode(prompt))
