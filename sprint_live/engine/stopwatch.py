"""Measures the time of each stage of a picture.

Knows: the clock.  Must not know: what the stages do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class StopWatch:
    """Wall-clock milliseconds by stage, from its making on."""

    def __init__(self) -> None:
        self._begin = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside as the stage `name`; a stage entered again adds up."""
        begin = time.perf_counter()
        yield
        self._stages[name] = self._stages.get(name, 0.0) + (time.perf_counter() - begin) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Stages in order, then "total"."""
        return {**self._stages, "total": (time.perf_counter() - self._begin) * 1000}
