"""Counts the bytes of tensors alive at once, without computing anything:
modules on the meta device, storages as they come and go.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class LiveBytes(TorchDispatchMode):
    """`peak` is the largest sum of storages alive at once that were made inside the mode; `known` ones do not count."""

    def __init__(self, known: torch.nn.Module) -> None:
        super().__init__()
        self.live = self.peak = 0
        self._sizes = {tensor.untyped_storage()._cdata: 0 for tensor in (*known.parameters(), *known.buffers())}

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        for tensor in tree_leaves(out):
            if isinstance(tensor, torch.Tensor):
                storage = tensor.untyped_storage()
                if storage._cdata not in self._sizes:
                    self._sizes[storage._cdata] = storage.nbytes()
                    self.live += storage.nbytes()
                    self.peak = max(self.peak, self.live)
                    weakref.finalize(storage, self._free, storage._cdata)
        return out

    def _free(self, key: int) -> None:
        self.live -= self._sizes.pop(key)


def working_mib(module: torch.nn.Module, call: Callable[[], object]) -> float:
    """Peak MiB of everything `call` makes while it runs `module`, inputs and results included, weights not."""
    with torch.no_grad(), LiveBytes(module) as counted:
        call()
    return counted.peak / 2**20
