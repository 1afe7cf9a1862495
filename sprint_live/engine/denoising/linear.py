"""A linear layer for inference, its weights shared with a module or packed for the CPU.

Knows: matrices.  Must not know: what they are for.
Legend: D inputs, O outputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sprint_live.engine.fp8 import Fp8Matrix, can_be_fp8

MAX_PACKED_BYTES = 512 * 2**20  # copies are made: of sprint-tiny's 50 MB, not of a released model's 2.4 GB


def can_pack(dtype: torch.dtype, device: torch.device, num_bytes: int) -> bool:
    """Whether oneDNN takes weights in its own layout here: on a CPU with its operators,
    and copies that are small enough.

    torch multiplies float32 with MKL, which on an AMD CPU leaves AVX-512 unused; oneDNN does not.
    """
    return (
        device.type == "cpu"
        and dtype in (torch.float32, torch.bfloat16)
        and num_bytes <= MAX_PACKED_BYTES
        and _packs_here(dtype)
    )


@cache
def _packs_here(dtype: torch.dtype) -> bool:
    """Whether a small layer of this number format packs and multiplies: a CPU without AVX-512 refuses bfloat16."""
    if not (torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_linear_pointwise")):
        return False
    weight = torch.ones(16, 16, dtype=dtype)
    try:
        packed = torch.ops.mkldnn._reorder_linear_weight(weight)
        torch.ops.mkldnn._linear_pointwise(weight, packed, None, "none", [], "")
    except RuntimeError:
        return False
    return True


class Linear:
    """y = activation(x W^T + b) for (..., D) -> (..., O).

    weight: (O, D). activation: "none" or "swish" (SiLU). packed: keep a copy in oneDNN's layout (`can_pack`). fp8:
    multiply a float8 copy where its sizes allow it.
    """

    def __init__(
        self, weight_OD: Tensor, bias_O: Tensor | None, *, packed: bool, fp8: bool = False, activation: str = "none"
    ) -> None:
        self._fp8 = Fp8Matrix(weight_OD) if fp8 and can_be_fp8(weight_OD) else None
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight_OD.detach()) if packed else weight_OD
        self._bias, self._packed, self._activation = bias_O, packed, activation

    def __call__(self, x: Tensor) -> Tensor:
        """(..., in) -> (..., out)."""
        if self._packed:
            return torch.ops.mkldnn._linear_pointwise(x, self._weight, self._bias, self._activation, [], "")
        if self._fp8 is None:
            y = F.linear(x, self._weight, self._bias)
        else:
            y = self._fp8(x) if self._bias is None else self._fp8(x) + self._bias
        return F.silu(y, inplace=True) if self._activation == "swish" else y


def joined(layers: Sequence[nn.Linear]) -> tuple[Tensor, Tensor | None]:
    """Weight and bias of layers that read the same input, one above the other.

    The layers' own weights become views of the joined ones, so that nothing is held twice.
    """
    weight = torch.cat([layer.weight.detach() for layer in layers])
    for layer, rows in zip(layers, weight.split([layer.out_features for layer in layers]), strict=True):
        layer.weight.data = rows
    if layers[0].bias is None:
        return weight, None
    return weight, torch.cat([layer.bias.detach() for layer in layers])
