"""Prompt embeddings, remembered: a prompt is encoded once, however many strokes follow it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from torch import Tensor

Encoded = tuple[Tensor, Tensor]


class PromptCache:
    """The last `capacity` prompts with their embeddings and masks, least recently used dropped first."""

    def __init__(self, encode: Callable[[str], Encoded], capacity: int = 64) -> None:
        self._encode = encode
        self._capacity = capacity
        self._entries: OrderedDict[str, Encoded] = OrderedDict()

    def __call__(self, prompt: str) -> Encoded:
        if prompt not in self._entries:
            self._entries[prompt] = self._encode(prompt)
            if len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
        self._entries.move_to_end(prompt)
        return self._entries[prompt]
