"""A context in which a GPU is there: see the package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import torch
from torch import Tensor

from support.gpu.autocast import Autocast
from support.gpu.cuda_api import patched_cuda
from support.gpu.devices import Devices
from support.gpu.graphs import SimulatedGraph
from support.gpu.holdings import Holdings
from support.gpu.places import place_of_call
from support.gpu.rules import Rules

LARGE = 2**24  # bytes of a download without numbers, from where its zeros share one place


class Wait(NamedTuple):
    """Where the program waited for the GPU (file and function of this project), and what for."""

    where: str
    what: str


class SimulatedGpu:
    """A context in which "cuda:0" is there.

    shapes_only: what is computed on it has no numbers; tensors that came from the CPU keep theirs until they meet one
    that has none. number: what is read from one without numbers (a loss that is logged); None refuses.
    Afterwards: `waits`, every time the program waited for the GPU; `doubles`, where float64 was made on
    it; `strangers`, where it met a tensor of the CPU, which is an error there, too;
    `products`, number formats of products and convolutions by place; `not_channels_last`, convolutions by place whose
    features or 3x3 weights were not; `copies`, writes into memory that was there, by place; `graphs`;
    `holdings`, the memory.
    """

    def __init__(self, *, shapes_only: bool = False, number: float | None = None) -> None:
        self.shapes_only, self.number = shapes_only, number
        self.holdings = Holdings(keeps=not shapes_only)
        self.waits: list[Wait] = []
        self.doubles: set[str] = set()
        self.strangers: set[str] = set()
        self.products: Counter[tuple[str, str, str]] = Counter()
        self.not_channels_last: Counter[str] = Counter()
        self.copies: Counter[str] = Counter()
        self.graphs: list[SimulatedGraph] = []
        self.capturing: SimulatedGraph | None = None
        self.moving = False
        self._stack = ExitStack()

    def __enter__(self) -> SimulatedGpu:
        self._stack.enter_context(patched_cuda(self))
        self._stack.enter_context(Rules(self))
        self._stack.enter_context(self.seen_by_python())
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    @contextmanager
    def seen_by_python(self) -> Iterator[None]:
        """What torch forgets where blocks are run again inside its backward pass: devices by name, and autocast."""
        with Devices(self), Autocast():
            yield

    def __contains__(self, tensor: Tensor) -> bool:
        return (self.shapes_only and tensor.is_meta) or tensor in self.holdings

    def place(self, tensor: Tensor) -> Tensor:
        """This very tensor lies on the GPU from here on."""
        self.holdings.add(tensor)
        return tensor

    def adopt(self, module: torch.nn.Module) -> torch.nn.Module:
        """All weights of a module lie on the GPU from here on."""
        for tensor in (*module.parameters(), *module.buffers()):
            self.place(tensor)
        return module

    def wait(self, what: str) -> None:
        """The program waits for the GPU."""
        self.check_recorded(what)
        self.waits.append(Wait(place_of_call(), what))

    def check_recorded(self, what: str, refused: bool = True) -> None:
        """Raises RuntimeError where a CUDA graph is being recorded and this cannot be."""
        if refused and self.capturing is not None:
            raise RuntimeError(f"operation not permitted when stream is capturing: {what} in {place_of_call()}")

    def forget(self) -> None:
        """Begin a new list of everything that is written down, but for the memory."""
        for kept in (self.waits, self.doubles, self.strangers, self.products, self.not_channels_last, self.copies):
            kept.clear()

    def complaints(self, allowed_waits: Counter[tuple[str, str]]) -> list[str]:
        """What a GPU would have suffered from: devices that meet, float64, and waits beyond `allowed_waits`."""
        waits = Counter(map(tuple, self.waits)) - allowed_waits
        return sorted(
            [f"{place}: the CPU meets the GPU" for place in self.strangers]
            + [f"{place}: float64" for place in self.doubles]
            + [
                f"{place}: waits for the GPU ({what}), {count} times too often"
                for (place, what), count in waits.items()
            ]
        )

    def upload(self, tensor: Tensor, **change: Any) -> Tensor:
        """A copy on the GPU."""
        self.check_recorded("upload")
        if (
            self.shapes_only and tensor.numel() > tensor.untyped_storage().nbytes()
        ):  # zeros that take no memory, see `download`
            return self.place(torch.empty(tensor.shape, dtype=change.get("dtype", tensor.dtype), device="meta"))
        return self.place(self._copy(tensor, change))

    def download(self, tensor: Tensor, **change: Any) -> Tensor:
        """A copy in main memory; zeros where there are no numbers."""
        self.wait("download")
        if tensor.is_meta:
            zero = torch.zeros((), dtype=change.get("dtype", tensor.dtype))
            return zero.expand(tensor.shape) if tensor.nbytes > LARGE else zero.repeat(tensor.shape)
        return self._copy(tensor, change)

    def _copy(self, tensor: Tensor, change: dict[str, Any]) -> Tensor:
        self.moving = True
        try:
            return tensor.to(copy=True, **change)
        finally:
            self.moving = False
