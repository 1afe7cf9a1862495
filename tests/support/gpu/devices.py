"""What Python code sees of a simulated GPU and asks of it: tensors that say where they lie, and "cuda" by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_map_only

if TYPE_CHECKING:
    from support.gpu.simulated import SimulatedGpu

CUDA, CPU = torch.device("cuda:0"), torch.device("cpu")


class Devices(TorchFunctionMode):
    """Tensors on the GPU say they are on cuda:0, and wherever a device is named "cuda" the result lies there."""

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
            if on_gpu and func is Tensor.tolist:
                gpu.wait("tolist")  # it reads memory itself; whatever else reads a number is an operation
        device = kwargs.get("device")
        is_named = func is not torch._C._nn._parse_to  # `Module.to` only reads its arguments there
        if device is not None and is_named and torch.device(device).type == "cuda":
            gpu.check_recorded("new memory from the CPU", func in (torch.tensor, torch.as_tensor))
            return tree_map_only(Tensor, gpu.place, func(*args, **{**kwargs, "device": self._real}))
        return func(*args, **kwargs)

    def _moved(self, tensor: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        """`Tensor.to` in all its forms."""
        gpu, change = self._gpu, {}
        target: Any = None
        for value in (*args, kwargs.pop("device", None), kwargs.pop("other", None)):
            if isinstance(value, Tensor):
                target, change["dtype"] = CUDA if value in gpu else CPU, value.dtype
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
