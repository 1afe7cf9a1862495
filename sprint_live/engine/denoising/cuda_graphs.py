"""A function of tensors, recorded once per set of shapes and replayed: one launch instead of thousands.

Recorded work reads and writes fixed memory, so inputs are first copied into buffers, and results are copied out at the
end. A tensor that is the same as in the last call is not copied again: between two strokes that is everything except
the control latent.

Knows: tensors, CUDA graphs.  Must not know: what is computed. Not measured on a GPU yet; its bookkeeping is tested on a
CPU.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

import torch
from torch import Tensor
from torch.utils import _pytree as pytree

from sprint_live.engine.lru_cache import LruCache

KEPT_GRAPHS = 8
WARM_UP_CALLS = 2


class Recorder(Protocol):
    """A recorder of graphs: CUDA, or a stand-in in tests."""

    def record(self, call: Callable[[], Tensor]) -> tuple[Callable[[], None], Tensor]:
        """Run `call` once; gives a way to run it again in place and the tensor its result then lies in."""


class CudaRecorder:
    """Records one CUDA graph after warming up beside the main stream, as torch asks for."""

    def record(self, call: Callable[[], Tensor]) -> tuple[Callable[[], None], Tensor]:
        """As `Recorder`."""
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(WARM_UP_CALLS):
                call()
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            result = call()
        return graph.replay, result


class Graphed:
    """`function(key, arguments)`, with any nesting of tuples and lists of tensors as arguments,
    replayed where it can be.

    key: everything that is not a tensor. The last 8 combinations of key, structure, shapes and types are kept.
    """

    def __init__(self, function: Callable[[Hashable, Any], Tensor], recorder: Recorder) -> None:
        self._function, self._recorder = function, recorder
        self._graphs: LruCache[_Recording] = LruCache(KEPT_GRAPHS)

    def __call__(self, key: Hashable, arguments: tuple) -> Tensor:
        """The output for these arguments, from the graph recorded for `key`; the first call records it."""
        leaves, structure = pytree.tree_flatten(arguments)
        shapes = tuple((tuple(leaf.shape), leaf.dtype) if isinstance(leaf, Tensor) else leaf for leaf in leaves)
        recording = self._graphs.get(
            (key, str(structure), shapes),
            lambda: _Recording(lambda inner: self._function(key, inner), leaves, structure, self._recorder),
        )
        return recording(leaves)


class _Recording:
    """One recorded call with its buffers."""

    def __init__(
        self, function: Callable[[Any], Tensor], leaves: list, structure: pytree.TreeSpec, recorder: Recorder
    ) -> None:
        self._buffers = [leaf.clone() if isinstance(leaf, Tensor) else leaf for leaf in leaves]
        self._seen = list(leaves)
        arguments = pytree.tree_unflatten(self._buffers, structure)
        self._replay, self._result = recorder.record(lambda: function(arguments))

    def __call__(self, leaves: list) -> Tensor:
        for index, (leaf, seen) in enumerate(zip(leaves, self._seen, strict=True)):
            if leaf is not seen:
                self._buffers[index].copy_(leaf)
                self._seen[index] = leaf
        self._replay()
        return self._result.clone()
