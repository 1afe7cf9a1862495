"""The last results of something that is expensive to make."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """The last `capacity` values by key, least recently used dropped first; a capacity of 0 keeps nothing."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: LRUCache[Hashable, Value] = LRUCache(capacity)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made if it is not there."""
        try:
            return self._entries[key]
        except KeyError:
            pass
        value = make()
        if self._capacity:
            self._entries[key] = value
        return value
