"""A stand-in engine that fails as its prompt says, in this process or in a child:
every row of the fault table on demand.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from sprint_live.errors import DeviceLost, OutOfMemory
from support.standin import StandInEngine


@dataclass
class FaultyModel:
    """What the zoo's entry is for a real engine; it must go through a pipe,
    so it is no SimpleNamespace with a lambda.
    """

    name: str = "faulty"
    title: str = "Faulty"
    styles: dict[str, str] = field(default_factory=lambda: {"plain": "{prompt}"})
    sizes: tuple[int, ...] = (512, 1024)
    shapes: tuple[tuple[int, int], ...] = ()
    default_size: int = 1024
    license: str = "test"
    colored_pages: bool = False
    refines: bool = True

    def styled(self, prompt: str, style: str) -> str:
        return prompt


class FaultyEngine(StandInEngine):
    """Draws, unless the prompt is one of: hang, slow, die, poison, memory, value, tell the colors."""

    def __init__(self) -> None:
        super().__init__(0.01)
        self.model = FaultyModel()
        self.drawn_px: list[int] = []

    def _frame_or_error(self, job):
        if job.prompt == "tell the colors":
            return OutOfMemory(f"{job.colors.shape} {int(job.colors.sum())}")
        return super()._frame_or_error(job)

    def draw(self, sketch, prompt, *, size, **options):
        if prompt == "hang":
            time.sleep(60)
        if prompt == "slow":
            time.sleep(0.8)
        if prompt == "die":
            os.kill(os.getpid(), 9)
        if prompt == "poison":
            raise DeviceLost("CUDA error: an illegal memory access was encountered")
        if prompt == "memory" and size[0] > 512:
            raise OutOfMemory(f"out of memory drawing {size} px; fix: draw smaller")
        if prompt == "no memory at all":
            raise OutOfMemory(f"out of memory drawing {size} px; fix: draw smaller")
        if prompt == "value":
            raise ValueError(f"the secret words were {prompt!r}")
        self.drawn_px.append(size)
        return super().draw(sketch, prompt, size=size, **options)


def load_faulty() -> FaultyEngine:
    """An engine loader that a child process can import."""
    return FaultyEngine()


def load_damaged() -> FaultyEngine:
    """A loader that finds a damaged file."""
    from sprint_live.errors import WeightsError

    raise WeightsError("got a damaged vae/model.safetensors; fix: fetch it again")
