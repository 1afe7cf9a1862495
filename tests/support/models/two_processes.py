"""A small run on the CPU, for test_run.py: called as a function, or started as one of two processes.
Results: FOLDER/rank-N.pt.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import torch
from torch import nn

from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run

NUM_UPDATES = 4
SKIPPED = 2  # the update whose loss is not finite on the last process


def main(folder: Path, *, die: bool = False) -> None:
    """Train; `die`: the process is killed between writing the second checkpoint and renaming it."""
    torch.manual_seed(3)
    network = nn.Sequential(nn.Linear(12, 12), nn.LayerNorm(12)).double()
    if os.environ.get("RANK") == "1":
        network[0].weight.data.mul_(2)  # the main process's weights must win
    options = LoopOptions(
        num_updates=NUM_UPDATES,
        batch_size=8,
        learning_rate=1e-2,
        warmup_updates=2,
        dtype="float32",
        save_every_s=0 if die else 1e9,
    )
    run = Run(folder / "run", options, {"net": network})
    rank, count = run.processes.index, run.processes.count
    initial = {name: value.clone() for name, value in network.state_dict().items()}
    batches = torch.randn(NUM_UPDATES, 8, 12, dtype=torch.float64, generator=torch.Generator().manual_seed(5))
    skipped: list[float] = []
    sheets: list[Path] = []

    def update(step: int) -> None:
        share = batches[step].chunk(count)[rank]
        loss = (network(share) - share.flip(1)).square().mean()
        if step == SKIPPED and rank == count - 1:
            loss = loss * float("nan")
        run.update("net", loss)
        skipped.extend(run._stats.pop("skipped_updates", []))
        run.note(rank=rank)

    if die:
        rename = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if self.name == "checkpoint.partial" and run.step == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return rename(self, target)

        Path.replace = replace

    run.loop(update, sheets.append)
    run._write_stats()
    draws = torch.randn(3, generator=run.generator).tolist() + torch.randn(3).tolist()
    assert run.resume()
    again = torch.randn(3, generator=run.generator).tolist() + torch.randn(3).tolist()
    left = {
        "weights": network.state_dict(),
        "initial": initial,
        "averaged": bool(run.ema),
        "skipped": skipped,
        "sheets": len(sheets),
        "draws": draws,
        "draws_again": again,
    }
    torch.save(left, folder / f"rank-{rank}.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), die=sys.argv[2:] == ["die"])
