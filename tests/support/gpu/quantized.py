"""Linear layers with quantized weights, in the shapes of torchao's int8 and bitsandbytes' nf4,
whose kernels need a GPU.

Both make a layer's weight again in the number format of its input, for as long as the product takes.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

NF4_BLOCK = 64  # weights that share one float32


class QuantizedLinear(nn.Linear):
    """As `nn.Linear`, its weight in so many bits: "int8" has a scale a row, "nf4" one for every 64 weights."""

    def __init__(self, layer: nn.Linear, quantization: str) -> None:
        nn.Module.__init__(self)
        self.in_features, self.out_features = layer.in_features, layer.out_features
        weight, device = layer.weight, layer.weight.device
        self.bias = layer.bias
        if quantization == "int8":
            scale = (weight.detach().float().abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-9)
            codes = (weight.detach() / scale).round().to(torch.int8)
            scale = scale.to(weight.dtype)
        else:
            codes = torch.zeros(weight.numel() // 2, dtype=torch.uint8, device=device)
            scale = torch.zeros(weight.numel() // NF4_BLOCK, dtype=torch.float32, device=device)
        self.register_buffer("codes", codes)
        self.register_buffer("scale", scale)
        self._dtype = weight.dtype

    @property
    def weight(self) -> Tensor:
        """The weight, made again."""
        if self.codes.dtype == torch.int8:
            return self.codes.to(self._dtype) * self.scale
        return torch.zeros(self.out_features, self.in_features, dtype=self._dtype, device=self.codes.device)

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight, self.bias)


def quantize(module: nn.Module, quantization: str) -> nn.Module:
    """All linear layers of a module, in place; "none" leaves it as it is."""
    if quantization == "none":
        return module
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear:
                setattr(parent, name, QuantizedLinear(child, quantization))
    return module
