"""What the canvas asks of an engine, of its model, of a frame, and of where an engine lives.

Knows: jobs.  Must not know: any engine that answers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from sprint_live.api.draw_job import DrawJob

__all__ = ["DrawingEngine", "EngineHost", "Model", "RenderedFrame", "in_this_process"]


class Model(Protocol):
    """What a model says of itself; `sprint_live.models.zoo.ZooModel` is one."""

    @property
    def name(self) -> str:
        """By which a command line knows it."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def license(self) -> str:
        """The terms it comes under, "" for none that are known."""
        ...

    @property
    def styles(self) -> Mapping[str, str]:
        """Label -> template with {prompt}; the first is the default."""
        ...

    @property
    def default_size(self) -> int:
        """The side of the square it draws unless another is asked for, in pixels."""
        ...

    @property
    def sizes(self) -> tuple[int, ...]:
        """Sides of the squares it draws, in pixels."""
        ...

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(height, width) of other pictures it draws, in pixels."""
        ...

    @property
    def colored_pages(self) -> bool:
        """Whether its branch reads colors of the page beside lines."""
        ...

    @property
    def refines(self) -> bool:
        """Whether more steps than one make its picture better."""
        ...

    def styled(self, prompt: str, style: str, /) -> str:
        """The prompt inside a style's template; "" leaves it as it is. Raises: ArgumentError for another label."""
        ...


class RenderedFrame(Protocol):
    """One finished picture; `sprint_live.api.frame.Frame` is one."""

    @property
    def jpeg(self) -> bytes:
        """The picture."""
        ...

    @property
    def timings_ms(self) -> Mapping[str, float]:
        """Milliseconds by stage, and "total"."""
        ...

    @property
    def latent_CYX(self) -> np.ndarray | None:
        """Its clean latent (C, Y, X) float16, to pin parts of it; None from an engine without one."""
        ...

    @property
    def preview(self) -> bool:
        """Whether a small decoder stood in for the full one."""
        ...


class DrawingEngine(Protocol):
    """The engine that the canvas needs: `sprint_live.engine.Engine`, or a stand-in in a test."""

    best_batch: int
    """How many pictures a call should hold at most; known after `warm`, 1 where more are no faster."""

    @property
    def model(self) -> Model:
        """What it draws with."""
        ...

    @property
    def has_branch(self) -> bool:
        """Whether it draws by a sketch."""
        ...

    @property
    def has_guidance(self) -> bool:
        """Whether the guidance counts."""
        ...

    @property
    def has_preview(self) -> bool:
        """Whether it has a quick decoder."""
        ...

    @property
    def detectors(self) -> Mapping[str, str]:
        """Name -> title of what `detect` can find lines with."""
        ...

    def warm(self) -> None:
        """Draw once, so that the first person does not wait."""
        ...

    def draw_many(self, jobs: Sequence[DrawJob], /) -> Sequence[RenderedFrame | Exception]:
        """A frame or an error for each job."""
        ...

    def detect(self, photo: np.ndarray, /, *, detector: str) -> np.ndarray:
        """A photo (H, W, 3) uint8 -> its lines (H, W) uint8."""
        ...


class EngineHost(Protocol):
    """Where an engine lives: the worker watches and ends it there, in whatever process that is."""

    @property
    def engine(self) -> DrawingEngine:
        """The engine, loaded."""
        ...

    @property
    def pid(self) -> int | None:
        """The process that draws."""
        ...

    @property
    def alive(self) -> bool:
        """False once that process has ended by itself."""
        ...

    def close(self) -> None:
        """Give the engine up now, from any thread, also while it draws."""
        ...


class _InProcessHost:
    """An engine in the server's own process. One that hangs there cannot be ended, only left behind."""

    def __init__(self, engine: DrawingEngine) -> None:
        self.engine = engine
        self.pid = os.getpid()
        self.alive = True

    def close(self) -> None:
        """Nothing: the memory goes when nobody holds the engine any more."""


def in_this_process(load: Callable[[], DrawingEngine]) -> Callable[[], EngineHost]:
    """A loader of hosts from a loader of engines, for the `Worker`; the other kind of host is `EngineProcess`."""
    return lambda: _InProcessHost(load())
