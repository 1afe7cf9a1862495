"""What a GPU does in one kernel, and torch's meta device or its CPU in many: its result alone takes memory.

Where a function of torch is only a sequence of others (a linear layer, a matrix product of many dimensions), the sequence is
what a GPU runs, too: the rules see every one of them.
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


def fused(func: Any, args: tuple, kwargs: dict) -> Tensor:
    """The result of one of FUSED; without numbers only its shape."""
    return torch.empty_like(args[0]) if args[0].is_meta else func(*args, **kwargs)


def as_cudnn_lays_it(out: Tensor, features: Tensor, weight: Tensor) -> Tensor:
    """A convolution's result without numbers: channels innermost where its features or weights have them so, see meta_conv."""
    if out.is_meta and (_is_channels_last(features) or _is_channels_last(weight)):
        return torch.empty_like(out, memory_format=torch.channels_last)
    return out


def _is_channels_last(tensor: Tensor) -> bool:
    return tensor.dim() == 4 and tensor.is_contiguous(memory_format=torch.channels_last) and not tensor.is_contiguous()
