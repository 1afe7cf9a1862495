"""What a GPU does in one kernel, and torch's meta device or its CPU in many: its result alone takes memory.

Where a function of torch is only a sequence of others (a linear layer, a matrix product of many dimensions), the
sequence is what a GPU runs, too: the rules see every one of them.
"""

from __future__ import annotations

import functools
from typing import Any

import torch
from torch import Tensor

aten = torch.ops.aten
SEQUENCE = torch._C.DispatchKey.CompositeImplicitAutograd
FUSED = {aten.rms_norm.default, aten.scaled_dot_product_attention.default}


@functools.cache
def is_sequence(func: Any) -> bool:
    """Whether a function of torch is only a sequence of others on every device."""
    return torch._C._dispatch_has_kernel_for_dispatch_key(func.name(), SEQUENCE)


def fused(func: Any, args: tuple) -> Tensor:
    """The result of one of FUSED without numbers."""
    assert func in FUSED
    return torch.empty_like(args[0])


class ShapeMemory:
    """Results without numbers, remembered: the same operation on the same shapes is worked out once.
    torch does that in Python.
    """

    def __init__(self) -> None:
        self._made: dict[object, tuple[torch.Size, tuple[int, ...], torch.dtype]] = {}

    def run(self, func: Any, args: tuple, kwargs: dict) -> Any:
        """What `func` gives for tensors without numbers."""
        if not makes_one_tensor(func):
            return func(*args, **kwargs)
        key = (func, _shapes(args), _shapes(tuple(sorted(kwargs.items()))))
        if key not in self._made:
            out = func(*args, **kwargs)
            self._made[key] = (out.shape, out.stride(), out.dtype)
            return out
        shape, stride, dtype = self._made[key]
        return torch.empty_strided(shape, stride, dtype=dtype, device="meta")


@functools.cache
def makes_one_tensor(func: Any) -> bool:
    """Whether an operation gives one tensor in memory of its own, and writes into none."""
    returns = func._schema.returns
    is_new = len(returns) == 1 and returns[0].alias_info is None and isinstance(returns[0].type, torch.TensorType)
    return is_new and not func._schema.is_mutable


def _shapes(value: object) -> object:
    """What a result's shape depends on: tensors by shape, stride and number format,
    everything else by type and value.
    """
    if isinstance(value, Tensor):
        return value.shape, value.stride(), value.dtype, value.is_meta
    if isinstance(value, tuple | list):
        return tuple(_shapes(one) for one in value)
    return type(value), value


def as_cudnn_lays_it(out: Tensor, features: Tensor, weight: Tensor) -> Tensor:
    """A convolution's result without numbers: channels innermost where its features or weights have them so,
    see meta_conv.
    """
    if out.is_meta and (_is_channels_last(features) or _is_channels_last(weight)):
        return torch.empty_like(out, memory_format=torch.channels_last)
    return out


def _is_channels_last(tensor: Tensor) -> bool:
    return tensor.dim() == 4 and tensor.is_contiguous(memory_format=torch.channels_last) and not tensor.is_contiguous()
