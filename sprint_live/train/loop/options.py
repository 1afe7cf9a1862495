"""Options of a stage's loop: number of updates, batch size, learning rate, number format.

Knows: numbers and devices.  Must not know: modules, files.
"""

from __future__ import annotations

import dataclasses

import torch

from sprint_live.errors import ArgumentError


@dataclasses.dataclass(frozen=True, kw_only=True)
class LoopOptions:
    """Options of one loop. batch_size: of one process. max_minutes: end this call early with a checkpoint; the next
    call resumes.
    """

    num_updates: int
    batch_size: int
    learning_rate: float
    warmup_updates: int = 100
    final_rate: float = 0.05
    ema_decay: float = 0.999
    gradient_clip: float = 1.0
    weight_decay: float = 0.01
    max_minutes: float = 1e9
    save_every_s: float = 120.0
    sample_every: int = 500
    seed: int = 0
    # torch.compile of the transformer blocks: 0.93 s an update of 64 against 1.71 s on two AVX-512 cores, 40 s to
    # compile
    compile: bool = False
    recompute: bool = (
        False  # blocks again in the backward pass: a third more work, and a fraction of the memory (see --dry-run)
    )
    stats_every: int = 25  # updates a line of stats.jsonl, and in it the mean over them
    optimizer: str = "muon"  # "muon": matrices by Muon, the rest by AdamW; "adamw": all by AdamW, cheaper an update
    dtype: str = "auto"  # "auto": bfloat16 where the device multiplies it natively, else float32

    def __post_init__(self) -> None:
        if self.num_updates < 1 or self.batch_size < 1:
            raise ArgumentError(
                f"got num_updates={self.num_updates}, batch_size={self.batch_size}; both must be at least 1"
            )
        if self.stats_every < 1:
            raise ArgumentError(f"got stats_every={self.stats_every}; accepted: 1 or more updates a line")
        if self.compile and self.recompute:
            raise ArgumentError(
                "got compile and recompute together; accepted: one of them. Recompute where memory is short, compile "
                "where it is not"
            )
        if self.optimizer not in ("muon", "adamw"):
            raise ArgumentError(f"got optimizer={self.optimizer!r}; accepted: muon, adamw")
        if self.dtype not in ("auto", "float32", "bfloat16"):
            raise ArgumentError(f"got dtype={self.dtype!r}; accepted: auto, float32, bfloat16")


def autocast_dtype(device: torch.device, dtype: str) -> torch.dtype:
    """bfloat16 or float32. A CPU without AVX512-BF16 / AMX is ten times slower in bfloat16."""
    if dtype != "auto":
        return getattr(torch, dtype)
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.bfloat16 if native else torch.float32
