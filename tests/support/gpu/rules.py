"""The rules of a GPU, over every operation of torch that touches it, below autograd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map_only

from support.gpu.graphs import tensors
from support.gpu.kernels import FUSED, SEQUENCE, ShapeMemory, as_cudnn_lays_it, fused, is_sequence
from support.gpu.places import place_of_call

if TYPE_CHECKING:
    from support.gpu.simulated import SimulatedGpu

aten = torch.ops.aten
COPIES = {aten._to_copy.default, aten.copy_.default}
CONVOLUTIONS = {aten.convolution.default, aten.convolution_backward.default}
PRODUCTS = {aten.mm.default, aten.addmm.default, aten.bmm.default, aten.baddbmm.default, aten.convolution.default}
ATTENTION = aten.scaled_dot_product_attention.default
WAITING = {
    *(aten.nonzero.default, aten.masked_select.default, aten.equal.default, aten._local_scalar_dense.default),
    *(aten._unique2.default, aten.repeat_interleave.Tensor),
}
SHAPES = ShapeMemory()
INDEXING = {aten.index.Tensor, aten.index_put.default, aten.index_put_.default, aten._unsafe_index.Tensor}


class WrongDevice(RuntimeError):
    """An operation between tensors of the CPU and of the GPU."""


class Rules(TorchDispatchMode):
    """Who meets whom, in which format, what is made, and who waits."""

    def __init__(self, gpu: SimulatedGpu) -> None:
        super().__init__()
        self._gpu = gpu

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs, gpu = kwargs or {}, self._gpu
        with torch._C.DisableTorchFunction():
            given = tensors((args, kwargs))
            there = [tensor for tensor in given if tensor in gpu]
            if not there or gpu.moving:
                return func(*args, **kwargs)
            if func not in FUSED and is_sequence(func):
                with self:  # without gradients torch hands over a whole sequence of operations by one name
                    return func._op_dk(SEQUENCE, *args, **kwargs)
            self._check_devices(func, args, given)
            if gpu.shapes_only and any(tensor.is_meta for tensor in there):
                if func is aten._local_scalar_dense.default:
                    return self._read_number(args[0])
                if not all(tensor.is_meta for tensor in given):
                    args, kwargs = tree_map_only(Tensor, _without_numbers, (args, kwargs))
                out = fused(func, args) if func in FUSED else SHAPES.run(func, args, kwargs)
            else:
                out = func(*args, **kwargs)
            if func is aten.convolution.default:
                out = as_cudnn_lays_it(out, *args[:2])
            for tensor in tensors(out):
                gpu.place(tensor)
            self._write_down(func, args, out)
            if gpu.capturing is not None:
                gpu.capturing.record(func, args, kwargs, out)
            return out

    def _check_devices(self, func: Any, args: tuple, given: list[Tensor]) -> None:
        strangers = [tensor for tensor in given if tensor not in self._gpu and tensor.dim() > 0]
        if func in INDEXING:
            indices = [index for index in args[1] if isinstance(index, Tensor)]
            if any(index.dtype == torch.bool for index in indices):
                self._gpu.wait("nonzero")
            strangers = [tensor for tensor in strangers if not any(tensor is index for index in indices)]
        is_shape_alone = func.namespace == "prims"  # how torch works out the shape of forward mode's zeros
        if strangers and func not in COPIES and not is_shape_alone:
            self._gpu.strangers.add(place_of_call())
            shapes = [tuple(tensor.shape) for tensor in strangers]
            raise WrongDevice(f"{func} on cuda:0 and cpu {shapes} in {place_of_call()}")
        if func in WAITING:
            self._gpu.wait(str(func).split(".")[1])
        if func is aten.copy_.default and args[0] not in self._gpu:
            self._gpu.wait("download")

    def _read_number(self, tensor: Tensor) -> bool | int | float:
        """One of a tensor without numbers."""
        if self._gpu.number is None:
            raise RuntimeError(f"item of a tensor without numbers in {place_of_call()}")
        return torch.tensor(self._gpu.number, dtype=tensor.dtype).item()

    def _write_down(self, func: Any, args: tuple, out: object) -> None:
        gpu, made = self._gpu, tensors(out)
        if any(tensor.dtype == torch.float64 for tensor in made):
            gpu.doubles.add(place_of_call())
        if func is aten.copy_.default:
            gpu.copies[place_of_call()] += 1
        if func in PRODUCTS or func is ATTENTION:
            kind = "convolution" if func in CONVOLUTIONS else "attention" if func is ATTENTION else "product"
            gpu.products[place_of_call(), kind, str(made[0].dtype).removeprefix("torch.")] += 1
        is_spatial = func is aten.convolution.default and args[1].shape[-1] > 1
        if is_spatial and not all(_is_channels_last(one) for one in args[:2]):
            gpu.not_channels_last[place_of_call()] += 1


def _is_channels_last(tensor: Tensor) -> bool:
    """Channels lie side by side; a rectangle cut out of such a tensor counts, too: cuDNN copies it in this order."""
    return tensor.is_contiguous(memory_format=torch.channels_last) or tensor.stride(1) == 1


def _without_numbers(tensor: Tensor) -> Tensor:
    if tensor.is_meta or tensor.dim() == 0:
        return tensor
    return torch.empty_strided(tensor.shape, tensor.stride(), dtype=tensor.dtype, device="meta")
