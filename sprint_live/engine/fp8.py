"""Products and convolutions in float8 (e4m3, 3 bits of mantissa), each operand with its scales; results in bfloat16.

torch's own scaled product is called: torchao's layers call the same one, but its float8 convolutions need a card of
compute capability 10, which no RTX 4090 or H100 is. A convolution is a product over its 9 shifted copies,
a band of rows at a time.

Knows: matrices, convolutions.  Must not know: what they are for. Never run on a GPU yet; its numbers are tested on a
CPU. Legend: D inputs, O outputs, B batch, C channels, Y X feature rows/columns.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

FP8 = torch.float8_e4m3fn
MAX_FP8 = 448.0
CAPABILITY = (8, 9)  # Ada (RTX 40) and newer
MULTIPLE = 16  # the product takes no other sizes
MIN_CHANNELS = 256  # of a convolution: with fewer, the copies cost more than the products save
BAND_BYTES = 64 * 2**20


def why_not_fp8(device: torch.device) -> str | None:
    """Why float8 products do not run on a device; None where they do."""
    if device.type == "cuda":
        found = tuple(torch.cuda.get_device_capability(device))
        return None if found >= CAPABILITY else f"compute capability {found[0]}.{found[1]}, float8 needs 8.9"
    return None if device.type == "cpu" else f"{device.type} has no float8 products"


def can_be_fp8(weight_OD: Tensor) -> bool:
    """Whether a matrix has sizes that the product takes."""
    return weight_OD.dim() == 2 and not any(size % MULTIPLE for size in weight_OD.shape)


class Fp8Matrix:
    """x W^T for (..., D) -> (..., O) in x's number format: W with a scale an output, x with a scale a row."""

    def __init__(self, weight_OD: Tensor) -> None:
        self._values, self._scale_O1 = quantized(weight_OD.detach(), weight_OD.detach().abs().amax(1, keepdim=True))

    def __call__(self, x: Tensor) -> Tensor:
        """(..., D) -> (..., O) in the dtype of `x`."""
        rows = x.reshape(-1, x.shape[-1])
        return self.product(*quantized(rows, rows.abs().amax(1, keepdim=True))).to(x.dtype).unflatten(0, x.shape[:-1])

    def product(self, values_ND: Tensor, scale_N1: Tensor) -> Tensor:
        """The product of rows that are quantized already: (N, O) bfloat16."""
        return torch._scaled_mm(
            values_ND, self._values.t(), scale_a=scale_N1, scale_b=self._scale_O1.t(), out_dtype=torch.bfloat16
        )


class Fp8Conv(nn.Module):
    """A 3x3 or 1x1 convolution of stride 1 that keeps the size: (B, C, Y, X) -> (B, C', Y, X), channels innermost.

    A picture's features have one scale: that is coarse where a few are very large.
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.margin = conv.padding[0] if isinstance(conv.padding, tuple) else 0
        self.matrix = Fp8Matrix(conv.weight.permute(0, 2, 3, 1).flatten(1))
        self.bias = conv.bias

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, Y, X) -> (B, O, Y, X) in the dtype of `x`, one picture after the other."""
        pictures = [self._one(features_CYX) for features_CYX in x]
        result = torch.stack(pictures).permute(0, 3, 1, 2).to(x.dtype)
        return result if self.bias is None else result + self.bias[:, None, None]

    def _one(self, features_CYX: Tensor) -> Tensor:
        """(C, Y, X) -> (Y, X, C')."""
        values, scale = quantized(features_CYX.permute(1, 2, 0), features_CYX.abs().amax().reshape(1, 1))
        rows, columns, channels = values.shape
        margin, side = self.margin, 2 * self.margin + 1
        padded = values.new_zeros(rows + 2 * margin, columns + 2 * margin, channels)
        padded[margin : margin + rows, margin : margin + columns] = values
        line, run = (columns + 2 * margin) * channels, side * channels  # a run: neighbors in a row lie side by side
        step = max(1, BAND_BYTES // (columns * side * run))
        bands = []
        for top in range(0, rows, step):
            count = min(step, rows - top)
            shifted = padded[top:].as_strided(
                (count, columns, side, run), (line, channels, line, 1), padded[top:].storage_offset()
            )
            given = shifted.reshape(count * columns, side * run)
            scales = scale.expand(count * columns, 1).contiguous()
            bands.append(self.matrix.product(given, scales).unflatten(0, (count, columns)))
        return torch.cat(bands)


def with_fp8(conv: nn.Conv2d) -> nn.Module:
    """The convolution in float8 where that can be done and pays; else itself."""
    (kernel, *_), channels = conv.kernel_size, conv.weight.shape[:2]
    keeps_size = conv.stride == (1, 1) and conv.padding == (kernel // 2, kernel // 2) and conv.dilation == (1, 1)
    is_whole = conv.groups == 1 and conv.padding_mode == "zeros" and conv.kernel_size in ((1, 1), (3, 3))
    fits = conv.in_channels >= MIN_CHANNELS and not any(size % MULTIPLE for size in channels)
    return Fp8Conv(conv) if keeps_size and is_whole and fits else conv


def quantized(x: Tensor, largest: Tensor) -> tuple[Tensor, Tensor]:
    """x as float8, and the float32 scales it is to be multiplied by; `largest`: of |x|, to be broadcast over x."""
    scale = largest.float().clamp_min(1e-12) / MAX_FP8
    by = scale if scale.dim() == x.dim() else scale.reshape(())
    return (x.float() / by).clamp_(-MAX_FP8, MAX_FP8).to(FP8), scale
