"""A run folder is the evidence: options.json, stats.jsonl, checkpoint.pt, samples/.

Knows: files, modules, optimizers.  Must not know: what is being trained.
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from tqdm import tqdm

from sprint_live.errors import ArgumentError
from sprint_live.train.muon import Muon, is_matrix


@dataclasses.dataclass(frozen=True, kw_only=True)
class LoopOptions:
    """One stage's loop. `max_minutes` ends a chunk early with a checkpoint; the next call resumes it."""

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
    compile: bool = False  # torch.compile of the transformer blocks: 0.93 s an update of 64 against 1.71 s on two AVX-512 cores, 40 s to compile
    dtype: str = "auto"  # "auto": bfloat16 where the device multiplies it natively, else float32

    def __post_init__(self) -> None:
        if self.num_updates < 1 or self.batch_size < 1:
            raise ArgumentError(f"got num_updates={self.num_updates}, batch_size={self.batch_size}; both must be at least 1")
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


class Run:
    """Modules, their optimizers and averages, and the folder they live in.

    `trained` maps a name to a module that one pair of Muon and AdamW updates; each has an exponential
    moving average in `ema[name]` (a state dict in float32). `extra` modules are saved with them.
    """

    def __init__(self, folder: Path, options: LoopOptions, trained: dict[str, nn.Module]) -> None:
        self.folder, self.options, self.trained = folder, options, trained
        self.step = 0
        self.ema = {name: {k: v.detach().float().clone() for k, v in m.state_dict().items()} for name, m in trained.items()}
        self.optimizers = {name: _optimizers(module, options) for name, module in trained.items()}
        self.generator = torch.Generator().manual_seed(options.seed)
        (folder / "samples").mkdir(parents=True, exist_ok=True)
        self._stats: dict[str, list[float]] = {}

    def rate(self) -> float:
        """Learning-rate factor at the current step: linear warm-up, then cosine to `final_rate`."""
        o = self.options
        if self.step < o.warmup_updates:
            return (self.step + 1) / o.warmup_updates
        progress = min(1.0, (self.step - o.warmup_updates) / max(1, o.num_updates - o.warmup_updates))
        return o.final_rate + (1 - o.final_rate) * 0.5 * (1 + torch.cos(torch.tensor(progress * torch.pi)).item())

    def update(self, name: str, loss: torch.Tensor) -> float:
        """Backward, clip, step, average. Returns the gradient norm; a non-finite one skips the step and is counted."""
        module, optimizers = self.trained[name], self.optimizers[name]
        module.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(module.parameters(), self.options.gradient_clip).item()
        if norm != norm or norm == float("inf"):
            self.note(skipped_updates=1.0)
            return norm
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.options.learning_rate * self.rate()
            optimizer.step()
        decay = min(self.options.ema_decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for key, value in module.state_dict().items():
                self.ema[name][key].lerp_(value.float(), 1 - decay)
        return norm

    def note(self, **values: float) -> None:
        """Collect numbers; their means go to stats.jsonl every 25 steps."""
        for key, value in values.items():
            self._stats.setdefault(key, []).append(float(value))

    def loop(self, update: Callable[[int], None], sample: Callable[[Path], None]) -> bool:
        """Run to `num_updates` or `max_minutes`. Returns True when the stage is complete."""
        o = self.options
        (self.folder / "options.json").write_text(json.dumps(dataclasses.asdict(o), indent=1))
        started = saved = time.monotonic()
        with tqdm(total=o.num_updates, initial=self.step, desc=self.folder.name, unit="update", mininterval=5) as bar:
            while self.step < o.num_updates and time.monotonic() - started < 60 * o.max_minutes:
                update(self.step)
                self.step += 1
                bar.update()
                if self.step % 25 == 0:
                    bar.set_postfix(self._write_stats(time.monotonic() - started))
                if self.step % o.sample_every == 0:
                    sample(self.folder / "samples" / f"{self.step:06d}.png")
                if time.monotonic() - saved > o.save_every_s:
                    self.save()
                    saved = time.monotonic()
        self.save()
        sample(self.folder / "samples" / f"{self.step:06d}.png")
        return self.step >= o.num_updates

    def _write_stats(self, elapsed_s: float) -> dict[str, str]:
        means = {key: sum(values) / len(values) for key, values in self._stats.items()}
        self._stats.clear()
        with (self.folder / "stats.jsonl").open("a") as file:
            file.write(json.dumps({"step": self.step, "elapsed_s": round(elapsed_s, 1), **means}) + "\n")
        return {key: f"{value:.4g}" for key, value in means.items()}

    def save(self) -> None:
        """Write checkpoint.pt so that a kill at any moment leaves the old one or the new one."""
        partial = self.folder / "checkpoint.partial"
        state = {
            "step": self.step,
            "ema": self.ema,
            "modules": {name: module.state_dict() for name, module in self.trained.items()},
            "optimizers": {name: [o.state_dict() for o in optimizers] for name, optimizers in self.optimizers.items()},
            "generator": self.generator.get_state(),
        }
        torch.save(state, partial)
        partial.replace(self.folder / "checkpoint.pt")

    def resume(self) -> bool:
        """Continue from checkpoint.pt if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.step, self.ema = state["step"], state["ema"]
        for name, module in self.trained.items():
            module.load_state_dict(state["modules"][name])
            for optimizer, saved in zip(self.optimizers[name], state["optimizers"][name], strict=True):
                optimizer.load_state_dict(saved)
        self.generator.set_state(state["generator"])
        return True


def averaged_weights(folder: Path, name: str) -> dict[str, torch.Tensor]:
    """The moving average of one module from a run folder's checkpoint (float32 state dict)."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        raise ArgumentError(f"{folder} has no checkpoint.pt; run the stage that writes it first")
    return torch.load(path, map_location="cpu", weights_only=True)["ema"][name]


def _optimizers(module: nn.Module, options: LoopOptions) -> list[torch.optim.Optimizer]:
    parameters = [p for p in module.parameters() if p.requires_grad]
    matrices = [p for p in parameters if is_matrix(p)]
    others = [p for p in parameters if not is_matrix(p)]
    dtype = autocast_dtype(parameters[0].device, options.dtype)
    optimizers: list[torch.optim.Optimizer] = []
    if matrices:
        optimizers.append(Muon(matrices, lr=options.learning_rate, weight_decay=options.weight_decay, dtype=dtype))
    if others:
        optimizers.append(torch.optim.AdamW(others, lr=options.learning_rate, betas=(0.9, 0.95), weight_decay=0.0))
    return optimizers
