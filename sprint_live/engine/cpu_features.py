"""The abilities of the CPU: what it reports, verified by a short trial."""

from __future__ import annotations

import functools
import logging
import math
import time
from collections.abc import Callable

import torch
from torch import Tensor

log = logging.getLogger("sprint_live")

TRIALS = 5


@functools.cache
def cpu_has_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16, and not slower than float32; False if torch cannot tell.

    Flags alone are wrong in some containers and virtual machines, and when oneDNN is limited (ONEDNN_MAX_CPU_ISA).
    """
    found = getattr(torch.cpu, "get_capabilities", dict)()
    if not (found.get("avx512_bf16") or found.get("amx_bf16")):
        return False
    why_not = why_not_bfloat16()
    if why_not is not None:
        log.warning("precision_refused", extra={"reason": f"bfloat16 by torch: {why_not}"})
    return why_not is None


def why_not_bfloat16(trial_ms: Callable[[torch.dtype], float] | None = None) -> str | None:
    """Why float32 is better here; None where bfloat16 runs, and not slower.
    trial_ms: milliseconds of some work in a dtype.
    """
    trial_ms = trial_ms or _trial_ms
    try:
        quick_ms = trial_ms(torch.bfloat16)
    except Exception as error:  # noqa: BLE001  # whatever it is, it would end every picture
        return " ".join(f"it does not run here ({type(error).__name__}: {error})".split())[:200]
    plain_ms = trial_ms(torch.float32)
    return None if quick_ms <= plain_ms else f"slower here: {quick_ms:.2f} ms for {plain_ms:.2f} in float32"


def _trial_ms(dtype: torch.dtype) -> float:
    """A matrix product, the same from packed weights, and a convolution, as the networks have them;
    the best of a few.
    """
    rows, weight = torch.zeros(256, 512, dtype=dtype), torch.zeros(512, 512, dtype=dtype)
    image, kernel = torch.zeros(1, 32, 48, 48, dtype=dtype), torch.zeros(32, 32, 3, 3, dtype=dtype)
    best_s = math.inf
    with torch.inference_mode():
        packed = _packed(weight)
        for _ in range(TRIALS):
            begin_s = time.perf_counter()
            torch.nn.functional.linear(rows, weight)
            if packed is not None:
                torch.ops.mkldnn._linear_pointwise(rows, packed, None, "none", [], "")
            torch.nn.functional.conv2d(image, kernel, padding=1)
            best_s = min(best_s, time.perf_counter() - begin_s)
    return 1000 * best_s


def _packed(weight: Tensor) -> Tensor | None:
    if not torch.backends.mkldnn.is_available() or not hasattr(torch.ops.mkldnn, "_linear_pointwise"):
        return None
    return torch.ops.mkldnn._reorder_linear_weight(weight)
