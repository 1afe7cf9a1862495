"""torch.autocast on a simulated GPU: torch picks what to cast by a tensor's backend, and a build for CPUs has none for
these.

Only calls from Python are seen, which is how the modules here call torch.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_map_only

LOWER = {
    *(F.linear, F.conv1d, F.conv2d, F.conv_transpose2d, F.scaled_dot_product_attention),
    *(torch.conv1d, torch.conv2d, torch.conv_transpose2d, torch.matmul, torch.mm, torch.bmm, torch.addmm),
    *(torch.baddbmm, Tensor.matmul, Tensor.mm, Tensor.bmm, Tensor.__matmul__, Tensor.__rmatmul__),
}
FLOAT32 = {
    *(F.layer_norm, F.softmax, F.mse_loss, F.l1_loss, F.softplus, torch.layer_norm, torch.softmax, torch.norm),
    *(torch.exp, torch.log, torch.pow, torch.sum, torch.rsqrt, torch.tan),
    *(Tensor.softmax, Tensor.norm, Tensor.exp, Tensor.log, Tensor.pow, Tensor.__pow__, Tensor.sum, Tensor.rsqrt),
}
"""Source: the "CUDA op-specific behavior" of torch.amp's documentation, as far as it is used here."""


class Autocast(TorchFunctionMode):
    """Inside torch.autocast("cuda", ...) products take its number format and sensitive functions float32."""

    def __torch_function__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        if torch.is_autocast_enabled("cuda") and (func in LOWER or func in FLOAT32):
            dtype = torch.get_autocast_dtype("cuda") if func in LOWER else torch.float32

            def cast(tensor: Tensor) -> Tensor:
                is_other = tensor.is_cuda and tensor.is_floating_point() and tensor.dtype not in (dtype, torch.float64)
                return tensor.to(dtype) if is_other else tensor

            args, kwargs = tree_map_only(Tensor, cast, (args, kwargs))
        return func(*args, **kwargs)
