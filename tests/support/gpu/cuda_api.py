"""What stands in for torch.cuda while a GPU is simulated."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest import mock

import torch

from support.gpu.graphs import SimulatedGraph

if TYPE_CHECKING:
    from support.gpu.simulated import SimulatedGpu

MEMORY = 24 * 2**30


class _Stream:
    def wait_stream(self, other: object) -> None:
        """Streams are run in the order of the program here."""


class _Event:
    def __init__(self, enable_timing: bool = False) -> None:
        self._timed = enable_timing

    def record(self) -> None:
        """A moment of the GPU."""

    def elapsed_time(self, later: object) -> float:
        """Milliseconds; no time passes on a GPU that is not there."""
        return 1.0


@contextlib.contextmanager
def patched_cuda(gpu: SimulatedGpu) -> Iterator[None]:
    """torch.cuda answers for a card with 24 GiB."""

    @contextlib.contextmanager
    def graph(into: SimulatedGraph) -> Iterator[None]:
        gpu.capturing = into
        try:
            yield
        finally:
            gpu.capturing = None
        gpu.graphs.append(into)

    answers = {
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "is_bf16_supported": lambda *_: (
            gpu.shapes_only
        ),  # real numbers stay in float32, as on the CPU they are compared with
        "get_device_name": lambda *_: "a simulated GPU",
        "get_device_properties": lambda *_: SimpleNamespace(
            total_memory=MEMORY, name="a simulated GPU", major=8, minor=9
        ),
        "get_device_capability": lambda *_: (8, 9),
        "mem_get_info": lambda *_: (MEMORY - gpu.holdings.live, MEMORY),
        "memory_allocated": lambda *_: gpu.holdings.live,
        "memory_reserved": lambda *_: gpu.holdings.live,
        "max_memory_allocated": lambda *_: gpu.holdings.peak,
        "reset_peak_memory_stats": lambda *_: setattr(gpu.holdings, "peak", gpu.holdings.live),
        "empty_cache": lambda: None,
        "synchronize": lambda *_: gpu.wait("synchronize"),
        "get_rng_state": lambda *_: torch.get_rng_state(),
        "set_rng_state": lambda *_: None,
        "Stream": _Stream,
        "current_stream": lambda *_: _Stream(),
        "stream": lambda _: contextlib.nullcontext(),
        "Event": _Event,
        "CUDAGraph": SimulatedGraph,
        "graph": graph,
    }
    with contextlib.ExitStack() as stack:
        for name, answer in answers.items():
            stack.enter_context(mock.patch.object(torch.cuda, name, answer))
        yield
