"""CUDA graphs, simulated: operations are recorded with the very tensors they touched, and run again on them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class SimulatedGraph:
    """What `torch.cuda.graph` records into."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, tuple, dict, Any]] = []
        self.num_replays = 0

    def record(self, func: Any, args: tuple, kwargs: dict, out: object) -> None:
        """One operation that was done while recording."""
        self.calls.append((func, args, kwargs, out))

    def replay(self) -> None:
        """The same operations on the same memory; what else the program computed meanwhile is not seen."""
        self.num_replays += 1
        with torch.no_grad(), torch._C.DisableTorchFunction():
            for func, args, kwargs, out in self.calls:
                again = func(*args, **kwargs)
                for old, new in zip(tensors(out), tensors(again), strict=True):
                    if old.untyped_storage()._cdata != new.untyped_storage()._cdata and not old.is_meta:
                        old.copy_(new)


def tensors(values: object) -> list[Tensor]:
    """Every tensor in what an operation is given or gives: tensors in tuples, lists and dictionaries."""
    if isinstance(values, Tensor):
        return [values]
    if isinstance(values, dict):
        values = values.values()
    elif not isinstance(values, tuple | list):
        return []
    return [tensor for value in values for tensor in tensors(value)]
