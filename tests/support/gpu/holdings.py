"""Which storages lie on the simulated GPU, how many bytes they are, and the most there were at once."""

from __future__ import annotations

import weakref

from torch import Tensor, UntypedStorage
from torch._C import _functorch


class Holdings:
    """`live` and `peak` bytes. Allocator rounding, workspaces and the CUDA context are not in them.

    keeps: nothing is ever freed, so that a label cannot be lost; the bytes then only grow.
    """

    def __init__(self, *, keeps: bool) -> None:
        self.live = self.peak = 0
        self._sizes: dict[int, int] = {}
        self._keeps, self._kept = keeps, []

    def __contains__(self, tensor: Tensor) -> bool:
        return _storage_of(tensor)._cdata in self._sizes

    def add(self, tensor: Tensor) -> None:
        """The storage of a tensor is on the GPU from here on, until nothing refers to it."""
        storage = _storage_of(tensor)
        key = storage._cdata
        if key in self._sizes:
            return
        self._sizes[key] = storage.nbytes()
        self.live += storage.nbytes()
        self.peak = max(self.peak, self.live)
        if self._keeps:
            self._kept.append(storage)
        else:
            weakref.finalize(storage, self._free, key)

    def _free(self, key: int) -> None:
        self.live -= self._sizes.pop(key)


def _storage_of(tensor: Tensor) -> UntypedStorage:
    """Of a tensor that torch.func has wrapped, the one of what is inside."""
    while _functorch.is_functorch_wrapped_tensor(tensor):
        tensor = _functorch.get_unwrapped(tensor)
    return tensor.untyped_storage()
