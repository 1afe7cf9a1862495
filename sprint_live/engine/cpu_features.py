"""What this CPU can do."""

from __future__ import annotations

import functools

import torch


@functools.cache
def cpu_has_bfloat16() -> bool:
    """Whether this CPU has instructions for bfloat16; False where torch cannot say."""
    found = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))
