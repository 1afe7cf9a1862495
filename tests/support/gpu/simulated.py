"""The rules of a GPU over torch's operations: see the package."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map_only

from support.gpu.cuda_api import patched_cuda
from support.gpu.graphs import SimulatedGraph, tensors
from support.gpu.holdings import Holdings
from support.paths import ROOT

aten = torch.ops.aten
CUDA = torch.device("cuda:0")
COPIES = {aten._to_copy.default, aten.copy_.default}
CONVOLUTIONS = {aten.convolution.default, aten.convolution_backward.default}
PRODUCTS = {aten.mm.default, aten.addmm.default, aten.bmm.default, aten.baddbmm.default, aten.convolution.default}
WAITING = {
    *(aten.nonzero.default, aten.masked_select.default, aten.equal.default),
    *(aten.is_nonzero.default, aten._unique2.default, aten.repeat_interleave.Tensor),
}
READING = (Tensor.item, Tensor.tolist, Tensor.__bool__, Tensor.__float__, Tensor.__int__, Tensor.__index__)
INDEXING = {aten.index.Tensor, aten.index_put.default, aten.index_put_.default}


class WrongDevice(RuntimeError):
    """An operation between tensors of the CPU and of the GPU."""


class Wait(NamedTuple):
    """Where the program waited for the GPU (file and function of this project), and what for."""

    where: str
    what: str


class SimulatedGpu:
    """A context in which "cuda:0" is there.

    shapes_only: what is computed on it has no numbers; tensors that came from the CPU keep theirs until they meet one that
    has none. Afterwards: `waits`, every time the program waited for the GPU; `doubles`, where float64 was made on it;
    `products`, number formats of products and convolutions by place; `not_channels_last`, convolutions by place whose
    features or 3x3 weights were not; `graphs`; `holdings`, the memory.
    """

    def __init__(self, *, shapes_only: bool = False) -> None:
        self.shapes_only = shapes_only
        self.holdings = Holdings(keeps=not shapes_only)
        self.waits: list[Wait] = []
        self.doubles: set[str] = set()
        self.products: Counter[tuple[str, str, str]] = Counter()
        self.not_channels_last: Counter[str] = Counter()
        self.graphs: list[SimulatedGraph] = []
        self.capturing: SimulatedGraph | None = None
        self.moving = False
        self._stack = ExitStack()

    def __enter__(self) -> SimulatedGpu:
        self._stack.enter_context(patched_cuda(self))
        self._stack.enter_context(_Rules(self))
        self._stack.enter_context(_Devices(self))
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

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
        if self.capturing is not None:
            raise RuntimeError(f"operation not permitted when stream is capturing: {what} in {place_of_call()}")
        self.waits.append(Wait(place_of_call(), what))

    def forget(self) -> None:
        """Begin a new list of everything that is written down, but for the memory."""
        for kept in (self.waits, self.doubles, self.products, self.not_channels_last):
            kept.clear()

    def upload(self, tensor: Tensor, **change: Any) -> Tensor:
        """A copy on the GPU."""
        if self.capturing is not None:
            raise RuntimeError(f"operation not permitted when stream is capturing: upload in {place_of_call()}")
        return self.place(self._copy(tensor, change))

    def download(self, tensor: Tensor, **change: Any) -> Tensor:
        """A copy in main memory; zeros where there are no numbers."""
        self.wait("download")
        if tensor.is_meta:
            return torch.zeros(tensor.shape, dtype=change.get("dtype", tensor.dtype))
        return self._copy(tensor, change)

    def _copy(self, tensor: Tensor, change: dict[str, Any]) -> Tensor:
        self.moving = True
        try:
            return tensor.to(copy=True, **change)
        finally:
            self.moving = False


class _Devices(TorchFunctionMode):
    """What Python code sees and asks for: tensors that say they are on cuda:0, and "cuda" wherever a device is named."""

    def __init__(self, gpu: SimulatedGpu) -> None:
        super().__init__()
        self._gpu = gpu
        self._real = torch.device("meta" if gpu.shapes_only else "cpu")

    def __torch_function__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs, gpu = dict(kwargs or {}), self._gpu
        if args and isinstance(args[0], Tensor):
            on_gpu = args[0] in gpu
            if func == Tensor.device.__get__:
                return CUDA if on_gpu else func(*args)
            if func == Tensor.is_cuda.__get__:
                return on_gpu
            if func is Tensor.to:
                return self._moved(*args, **kwargs)
            if func is Tensor.cpu:
                return gpu.download(args[0]) if on_gpu else func(*args, **kwargs)
            if func is Tensor.cuda:
                return args[0] if on_gpu else gpu.upload(args[0])
            if on_gpu and func in (Tensor.numpy, Tensor.__array__):
                raise TypeError("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() first")
            if on_gpu and func in READING:
                gpu.wait(func.__name__.strip("_"))
        if func is torch.nn.functional.scaled_dot_product_attention and gpu.shapes_only and args[0].is_meta:
            return torch.empty_like(args[0])  # a fused kernel keeps no weights
        device = kwargs.get("device")
        is_named = func is not torch._C._nn._parse_to  # `Module.to` only reads its arguments there
        if device is not None and is_named and torch.device(device).type == "cuda":
            return tree_map_only(Tensor, gpu.place, func(*args, **{**kwargs, "device": self._real}))
        return func(*args, **kwargs)

    def _moved(self, tensor: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        """`Tensor.to` in all its forms."""
        gpu, change = self._gpu, {}
        target: Any = None
        for value in (*args, kwargs.pop("device", None), kwargs.pop("other", None)):
            if isinstance(value, Tensor):
                target, change["dtype"] = CUDA if value in gpu else torch.device("cpu"), value.dtype
            elif isinstance(value, torch.dtype):
                change["dtype"] = value
            elif isinstance(value, str | torch.device):
                target = torch.device(value)
        change |= {name: value for name, value in kwargs.items() if name in ("dtype", "memory_format") and value}
        on_gpu = tensor in gpu
        if target is not None and target.type == "cuda" and not on_gpu:
            return gpu.upload(tensor, **change)
        if target is not None and target.type == "cpu" and on_gpu:
            return gpu.download(tensor, **change)
        if target is not None and target.type == "meta" and not gpu.shapes_only:
            return tensor.to(target, **change)
        return tensor.to(copy=bool(kwargs.get("copy")), **change) if change or kwargs.get("copy") else tensor


class _Rules(TorchDispatchMode):
    """Every operation, after autograd: who meets whom, in which format, and what is made."""

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
            self._check_devices(func, args, given)
            if gpu.shapes_only and any(tensor.is_meta for tensor in there):
                if func is aten._local_scalar_dense.default:
                    raise RuntimeError(f"item of a tensor without numbers in {place_of_call()}")
                args, kwargs = tree_map_only(Tensor, _without_numbers, (args, kwargs))
            out = func(*args, **kwargs)
            if func is aten.convolution.default and gpu.shapes_only and _asks_channels_last(*args[:2]):
                out = out.contiguous(memory_format=torch.channels_last)  # as cuDNN answers, see meta_conv
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
        if strangers and func not in COPIES:
            shapes = [tuple(tensor.shape) for tensor in strangers]
            raise WrongDevice(f"{func} on cuda:0 and cpu {shapes} in {place_of_call()}")
        if func in WAITING:
            self._gpu.wait(str(func).split(".")[1])
        if func is aten.copy_.default and args[0] not in self._gpu:
            self._gpu.wait("download")

    def _write_down(self, func: Any, args: tuple, out: object) -> None:
        gpu = self._gpu
        made = tensors(out)
        if any(tensor.dtype == torch.float64 for tensor in made):
            gpu.doubles.add(place_of_call())
        if func in PRODUCTS:
            kind = "conv" if func in CONVOLUTIONS else "product"
            gpu.products[place_of_call(), kind, str(made[0].dtype).removeprefix("torch.")] += 1
        if func is aten.convolution.default and args[1].shape[-1] > 1:
            features, weight = args[:2]
            if not all(tensor.is_contiguous(memory_format=torch.channels_last) for tensor in (features, weight)):
                gpu.not_channels_last[place_of_call()] += 1


def _without_numbers(tensor: Tensor) -> Tensor:
    if tensor.is_meta or tensor.dim() == 0:
        return tensor
    return torch.empty_strided(tensor.shape, tensor.stride(), dtype=tensor.dtype, device="meta")


def _asks_channels_last(features: Tensor, weight: Tensor) -> bool:
    def is_last(tensor: Tensor) -> bool:
        return (
            tensor.dim() == 4 and tensor.is_contiguous(memory_format=torch.channels_last) and not tensor.is_contiguous()
        )

    return is_last(features) or is_last(weight)


def place_of_call() -> str:
    """The innermost function of this project that is being run: "engine/sketch.py:fit_page"."""
    frame = sys._getframe(1)
    tests, roots = str(ROOT / "tests/support/gpu"), (str(ROOT / "sprint_live"), str(ROOT / "controlnet"))
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(roots) and not file.startswith(tests):
            where = Path(file).relative_to(ROOT).as_posix().removeprefix("sprint_live/")
            return f"{where}:{frame.f_code.co_qualname.rpartition('.')[2]}"
        frame = frame.f_back
    return "a test"
