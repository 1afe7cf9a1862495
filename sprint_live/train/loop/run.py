"""A training run and its folder: options.json, stats.jsonl, checkpoint.pt, samples/.

Knows: files, modules, optimizers.  Must not know: what is being trained.
"""

from __future__ import annotations

import dataclasses
import json
import math
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from tqdm import tqdm

from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.distributed import Processes
from sprint_live.train.loop.optimizers import optimizers_of
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.stats import STATS_NAME, drop_later_lines


class Run:
    """Modules, their optimizers and moving averages, and the run folder.

    trained: name -> module, each with its own optimizers. Frozen parameters are neither updated nor saved. `ema[name]`
    is the exponential moving average (float32; on the main process only, unless `average_everywhere`, which takes
    memory on the others). All processes must call the same methods in the same order; each has its own random numbers.
    """

    def __init__(
        self,
        folder: Path,
        options: LoopOptions,
        trained: dict[str, nn.Module],
        *,
        average_everywhere: bool = False,
    ) -> None:
        self.folder, self.options, self.trained = folder, options, trained
        self.step, self.elapsed_s = 0, 0.0
        self._device = next(next(iter(trained.values())).parameters()).device
        self.processes = Processes(self._device)
        for module in trained.values():
            self.processes.equalize(module)
        self._entries = {name: checkpoint.trained_entries(module) for name, module in trained.items()}
        self.ema = (
            {
                name: {k: m.state_dict()[k].detach().float().clone() for k in self._entries[name]}
                for name, m in trained.items()
            }
            if self.processes.is_main or average_everywhere
            else {}
        )
        self.optimizers = {name: optimizers_of(module, options) for name, module in trained.items()}
        self.generator = torch.Generator()
        self._seed(options.seed)
        (folder / "samples").mkdir(parents=True, exist_ok=True)
        self._stats: dict[str, list[float]] = {}

    def _seed(self, seed: int) -> None:
        """Seed this process. The main process has the random numbers of a single process."""
        self.generator.manual_seed(seed + 1_000_003 * self.processes.index)
        if not self.processes.is_main:
            torch.manual_seed(seed + 1_000_003 * self.processes.index)

    def rate(self) -> float:
        """Learning-rate factor at the current step: linear warm-up, then cosine to `final_rate`."""
        o = self.options
        if self.step < o.warmup_updates:
            return (self.step + 1) / o.warmup_updates
        progress = min(1.0, (self.step - o.warmup_updates) / max(1, o.num_updates - o.warmup_updates))
        return o.final_rate + (1 - o.final_rate) * 0.5 * (1 + torch.cos(torch.tensor(progress * torch.pi)).item())

    def update(self, name: str, loss: torch.Tensor) -> float:
        """Backward pass, average over processes, clip, step, moving average. Returns the gradient norm before clipping.

        If the norm is not finite, every process skips the step and counts it.
        """
        module, optimizers = self.trained[name], self.optimizers[name]
        module.zero_grad(set_to_none=True)
        loss.backward()
        self.processes.average_gradients(module.parameters())
        norm = torch.nn.utils.clip_grad_norm_(module.parameters(), self.options.gradient_clip).item()
        if not math.isfinite(norm):
            self.note(skipped_updates=1.0)
            return norm
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.options.learning_rate * self.rate()
            optimizer.step()
        decay = min(self.options.ema_decay, (1 + self.step) / (10 + self.step))
        if self.ema:
            state = module.state_dict()
            with torch.no_grad():
                for key, average in self.ema[name].items():
                    average.lerp_(state[key].float(), 1 - decay)
        return norm

    def averaged(self, name: str) -> dict[str, torch.Tensor]:
        """The whole state dict of one module: moving averages, and frozen parameters. Main process only."""
        return {**self.trained[name].state_dict(), **self.ema[name]}

    def note(self, **values: float) -> None:
        """Collect numbers. Their means are written to stats.jsonl every `stats_every` updates."""
        for key, value in values.items():
            self._stats.setdefault(key, []).append(float(value))

    def loop(self, update: Callable[[int], None], sample: Callable[[Path], None]) -> bool:
        """Run to `num_updates` or `max_minutes`. Returns True when the stage is complete."""
        o, main = self.options, self.processes.is_main
        if main:
            (self.folder / "options.json").write_text(
                json.dumps({"num_processes": self.processes.count, **dataclasses.asdict(o)}, indent=1), encoding="utf-8"
            )
        started = saved = time.monotonic()
        before_s = self.elapsed_s
        with tqdm(
            total=o.num_updates,
            initial=self.step,
            desc=self.folder.name,
            unit="update",
            mininterval=5,
            disable=not main,
        ) as bar:
            while self.step < o.num_updates and not self.processes.main_says(
                time.monotonic() - started >= 60 * o.max_minutes
            ):
                update(self.step)
                self.step += 1
                self.elapsed_s = before_s + time.monotonic() - started
                bar.update()
                if self.step % o.stats_every == 0:
                    bar.set_postfix(self._write_stats())
                if self.step % o.sample_every == 0 and main:
                    sample(self.folder / "samples" / f"{self.step:06d}.png")
                if self.processes.main_says(time.monotonic() - saved > o.save_every_s):
                    self.save()
                    saved = time.monotonic()
        self.save()
        if main:
            sample(self.folder / "samples" / f"{self.step:06d}.png")
        return self.step >= o.num_updates

    def _write_stats(self) -> dict[str, str]:
        values: dict[str, list[float]] = {}
        for stats in self.processes.collect(self._stats):
            for key, noted in stats.items():
                values.setdefault(key, []).extend(noted)
        self._stats.clear()
        means = {key: sum(noted) / len(noted) for key, noted in values.items()}
        if self.processes.is_main:
            with (self.folder / STATS_NAME).open("a") as file:
                file.write(json.dumps({"step": self.step, "elapsed_s": round(self.elapsed_s, 1), **means}) + "\n")
        return {key: f"{value:.4g}" for key, value in means.items()}

    def save(self) -> None:
        """Write checkpoint.pt with all state of the next update. Every process must call it; the main process
        writes."""
        own = self.processes.collect({"random": self._random_state(), "stats": self._stats})
        if self.processes.is_main:
            checkpoint.write(
                self.folder,
                {
                    "step": self.step,
                    "elapsed_s": self.elapsed_s,
                    "ema": self.ema,
                    "modules": {
                        name: {key: module.state_dict()[key] for key in self._entries[name]}
                        for name, module in self.trained.items()
                    },
                    "frozen": {
                        name: sorted(set(module.state_dict()) - set(self._entries[name]))
                        for name, module in self.trained.items()
                    },
                    "optimizers": {
                        name: [o.state_dict() for o in optimizers] for name, optimizers in self.optimizers.items()
                    },
                    "processes": own,
                },
            )
        self.processes.wait()  # a process that read on before the file is there would not see this checkpoint

    def resume(self) -> bool:
        """Continue from checkpoint.pt if there is one. The next updates equal those of an uninterrupted run.

        If the number of processes has changed, the random numbers start anew, with a warning.
        """
        state = checkpoint.read(self.folder)
        if state is None:
            return False
        self.step, self.elapsed_s = state["step"], state.get("elapsed_s", 0.0)
        for name, module in self.trained.items():
            module.load_state_dict({**module.state_dict(), **state["modules"][name]})
            for optimizer, saved in zip(self.optimizers[name], state["optimizers"][name], strict=True):
                optimizer.load_state_dict(saved)
            for key in self.ema.get(name, ()):
                self.ema[name][key].copy_(state["ema"][name][key])
        own = state.get("processes") or [
            {"random": {"generator": state["generator"]}, "stats": {}}
        ]  # version 0.1.0 kept the generator only
        if len(own) == self.processes.count:
            self._set_random_state(own[self.processes.index]["random"])
            self._stats = own[self.processes.index]["stats"]
        else:
            warnings.warn(
                (
                    f"{self.folder} was trained by {len(own)} process(es) and goes on with {self.processes.count}: "
                    "new random numbers from here"
                ),
                stacklevel=2,
            )
            self._seed(self.options.seed + self.step)
        if self.processes.is_main:
            drop_later_lines(self.folder / STATS_NAME, self.step)
        return True

    def _random_state(self) -> dict[str, torch.Tensor]:
        state = {"generator": self.generator.get_state(), "cpu": torch.get_rng_state()}
        if self._device.type == "cuda":
            state["cuda"] = torch.cuda.get_rng_state(self._device)
        return state

    def _set_random_state(self, state: dict[str, torch.Tensor]) -> None:
        self.generator.set_state(state["generator"])
        if "cpu" in state:
            torch.set_rng_state(state["cpu"])
        if "cuda" in state and self._device.type == "cuda":
            torch.cuda.set_rng_state(state["cuda"], self._device)
