"""Faults planted at the end of every function of a folder that holds a tensor of the GPU, and which of them a walk saw.

A fault runs where the function returns, with the function on the stack: what a faulty last line of it would do.
"""

from __future__ import annotations

import inspect
import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import torch
from torch import Tensor

from support.gpu.graphs import tensors
from support.gpu.simulated import SimulatedGpu

FAULTS: dict[str, Callable[[Tensor], object]] = {
    "a .cpu() constant": lambda one: one + torch.zeros(1, dtype=one.dtype),
    "a float64": lambda one: one.double(),
    "an .item()": lambda one: one.item(),
    "a bool(tensor)": lambda one: bool(one > 0),
    "an int(tensor)": lambda one: int(one),
    "a float(tensor)": lambda one: float(one),
    "a .tolist()": lambda one: one.tolist(),
    "a .numpy()": lambda one: one.numpy(),
    "a download": lambda one: one.cpu(),
    "a nonzero": lambda one: one.nonzero(),
    "a mask as an index": lambda one: one[one > 0],
    "a synchronize": lambda one: torch.cuda.synchronize(),
}
WITHOUT_A_TENSOR = "a synchronize"


class Planted:
    """`files`: every file of the folder where faults were planted; `missed`: (file:line, fault) that the walk did not
    see; `synchronized`: files where a function without a tensor of the GPU was asked to wait for it; `waits`: (place,
    what) of every wait that was not planted.
    """

    def __init__(self, gpu: SimulatedGpu, folder: Path) -> None:
        self.files: set[str] = set()
        self.synchronized: set[str] = set()
        self.missed: set[tuple[str, str]] = set()
        self.waits: set[tuple[str, str]] = set()
        self._gpu, self._folder = gpu, folder
        self._done, self._without = set[CodeType](), set[CodeType]()

    def profile(self, frame: FrameType, event: str, result: object) -> None:
        """What `sys.setprofile` calls; each function has its faults once."""
        code = frame.f_code
        if event != "return" or code in self._done or not code.co_filename.startswith(str(self._folder)):
            return
        if not code.co_flags & inspect.CO_OPTIMIZED:  # the body of a module or class runs once, at the first import
            return
        with torch._C.DisableTorchFunction():
            values = [result, *frame.f_locals.values()]
            held = [*tensors((values, _weights(frame.f_locals.get("self")))), *_first_weights(values)]
            number = next((one for one in held if self._is_number(one)), None)
        file = Path(code.co_filename).relative_to(self._folder).as_posix()
        if number is None:
            if code not in self._without:
                self._without.add(code)
                self.synchronized.add(file)
                self._plant(code, WITHOUT_A_TENSOR, None)
            return
        self._done.add(code)
        self.files.add(file)
        one = number.detach()[(slice(0, 1),) * number.dim()].reshape(1)
        if one.dtype.itemsize == 1:
            one = one.float()  # float8 has no arithmetic
        for name in FAULTS:
            self._plant(code, name, one)

    def _plant(self, code: CodeType, name: str, one: Tensor | None) -> None:
        """Run a fault; it is seen where it ends the walk or is complained of at this function."""
        self.take_waits()
        try:
            FAULTS[name](one)
        except (RuntimeError, TypeError):
            pass
        else:
            if not self._gpu.complaints(Counter()):
                self.missed.add((f"{code.co_filename}:{code.co_firstlineno} {code.co_name}", name))
        self._gpu.forget()

    def take_waits(self) -> None:
        """Keep what the program itself waited for; all that is written down begins anew."""
        self.waits.update(map(tuple, self._gpu.waits))
        self._gpu.forget()

    def _is_number(self, one: Tensor) -> bool:
        """Whether it is a floating tensor of the GPU; oneDNN's packed weights have no storage to look at."""
        return one.layout is torch.strided and one.is_floating_point() and one.numel() > 0 and one in self._gpu


def _weights(owner: object) -> list[object]:
    return list(vars(owner).values()) if hasattr(owner, "__dict__") else []


def _first_weights(values: list[object]) -> list[Tensor]:
    """A weight of every network among these."""
    networks = [value for value in values if isinstance(value, torch.nn.Module)]
    return [weight for network in networks for weight in itertools.islice(network.parameters(), 1)]


@contextmanager
def planted_everywhere(gpu: SimulatedGpu, folder: Path) -> Iterator[Planted]:
    """Inside, faults are planted as the program goes through `folder`."""
    planted, before = Planted(gpu, folder), sys.getprofile()
    sys.setprofile(planted.profile)
    try:
        yield planted
        planted.take_waits()
        assert sys.getprofile() == planted.profile, "an error in the profiler itself ended it: the rest was not planted"
    finally:
        sys.setprofile(before)
