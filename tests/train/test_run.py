"""The run folder: resumed to the same numbers, checkpoints that survive a kill, several processes as one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from sprint_live.errors import ArgumentError, OutputError, WeightsError
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.checkpoint import averaged_weights, load_averaged
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.loop.stats import read_stats
from support.models import two_processes
from support.paths import ROOT, TESTS


class Stop(Exception):
    """What a kill looks like from inside the process."""


def _network() -> nn.Module:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(12, 12), nn.LayerNorm(12))


def _train(folder: Path, *, num_updates: int = 6, die_at: int | None = None, stats_every: int = 25) -> Run:
    """A run that draws from both generators, as the stages do, and saves after every update."""
    network = _network()
    a_run = Run(
        folder,
        LoopOptions(
            num_updates=num_updates,
            batch_size=4,
            learning_rate=1e-2,
            warmup_updates=2,
            save_every_s=0,
            stats_every=stats_every,
        ),
        {"net": network},
    )
    a_run.resume()

    def update(step: int) -> None:
        if step == die_at:
            raise Stop
        x = torch.randn(4, 12, generator=a_run.generator) + 0.1 * torch.randn(4, 12)
        loss = (network(x) - x.flip(1)).square().mean()
        a_run.note(loss=loss.item(), gradient_norm=a_run.update("net", loss))

    a_run.loop(update, lambda path: path.write_text("sheet"))
    return a_run


def _numbers(folder: Path) -> list[dict[str, float]]:
    return [{key: value for key, value in line.items() if key != "elapsed_s"} for line in read_stats(folder)]


def test_six_updates_straight_are_three_a_kill_and_three(tmp_path):
    whole = _train(tmp_path / "whole", stats_every=2)
    with pytest.raises(Stop):
        _train(tmp_path / "halves", die_at=3, stats_every=2)
    resumed = _train(tmp_path / "halves", stats_every=2)
    assert all(
        torch.equal(a, b)
        for a, b in zip(whole.trained["net"].parameters(), resumed.trained["net"].parameters(), strict=True)
    )
    assert all(
        torch.equal(whole.ema["net"][key], averaged_weights(tmp_path / "halves", "net")[key])
        for key in whole.ema["net"]
    )
    assert _numbers(tmp_path / "halves") == _numbers(tmp_path / "whole") and len(_numbers(tmp_path / "whole")) == 3


def test_statistics_of_updates_that_are_made_again_are_forgotten(tmp_path):
    _train(tmp_path, num_updates=2, stats_every=1)
    with (tmp_path / "stats.jsonl").open("a") as file:
        file.write('{"step": 3, "elapsed_s": 1.0, "loss": 9.0}\n{"step": 4, "ela')
    _train(tmp_path, num_updates=4, stats_every=1)
    assert [line["step"] for line in read_stats(tmp_path)] == [1, 2, 3, 4] and all(
        line["loss"] < 9 for line in read_stats(tmp_path)
    )


def test_a_non_finite_gradient_changes_nothing_and_is_counted(tmp_path):
    a_run = _train(tmp_path, num_updates=2)
    weight = a_run.trained["net"][0].weight
    before, average = weight.clone(), a_run.ema["net"]["0.weight"].clone()
    a_run._stats.clear()
    a_run.update("net", weight.sum() * float("nan"))
    assert (
        torch.equal(weight, before)
        and torch.equal(a_run.ema["net"]["0.weight"], average)
        and a_run._stats["skipped_updates"] == [1.0]
    )


def test_a_kill_while_writing_leaves_the_old_checkpoint(tmp_path, monkeypatch):
    a_run = _train(tmp_path, num_updates=3)
    monkeypatch.setattr(
        torch, "save", lambda state, file: (file.write(b"half"), (_ for _ in ()).throw(KeyboardInterrupt))[0]
    )
    a_run.step = 4
    with pytest.raises(KeyboardInterrupt):
        a_run.save()
    assert checkpoint.read(tmp_path)["step"] == 3


def test_a_full_disk_is_a_typed_error_and_leaves_the_old_checkpoint(tmp_path, monkeypatch):
    a_run = _train(tmp_path, num_updates=3)
    monkeypatch.setattr(os, "fsync", lambda fd: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="free some space"):
        a_run.save()
    assert checkpoint.read(tmp_path)["step"] == 3


def test_frozen_parameters_are_neither_trained_nor_saved_and_come_from_where_they_were(tmp_path):
    network = _network()
    network[0].requires_grad_(False)
    before = network[0].weight.clone()
    a_run = Run(tmp_path, LoopOptions(num_updates=1, batch_size=4, learning_rate=1e-2), {"net": network})
    a_run.loop(lambda step: a_run.update("net", network(torch.randn(4, 12)).square().mean()), lambda path: None)
    assert set(averaged_weights(tmp_path, "net")) == {"1.weight", "1.bias"} and torch.equal(network[0].weight, before)
    other = nn.Sequential(nn.Linear(12, 12), nn.LayerNorm(12))
    kept = other[0].weight.clone()
    load_averaged(other, tmp_path, "net")
    assert torch.equal(other[0].weight, kept) and torch.equal(other[1].weight, a_run.ema["net"]["1.weight"])
    assert torch.equal(a_run.averaged("net")["0.weight"], before)


def test_weights_of_another_network_are_refused(tmp_path):
    _train(tmp_path, num_updates=1)
    for other in (
        nn.Sequential(nn.Linear(8, 8), nn.LayerNorm(8)),
        nn.Sequential(nn.Linear(12, 12)),
        nn.Sequential(*_network(), nn.Linear(12, 12)),
    ):
        with pytest.raises(WeightsError, match="another --work folder"):
            load_averaged(other, tmp_path, "net")
    with pytest.raises(ArgumentError, match="run the stage"):
        averaged_weights(tmp_path / "nothing", "net")


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """What one process, two that train together (gloo), and one that is killed left behind; started once:
    Python takes seconds.
    """
    folder = tmp_path_factory.mktemp("together")
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([str(TESTS), str(ROOT)])}
    peers = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(29500 + os.getpid() % 1000)}

    def start(*arguments: str | Path, **environment: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, TESTS / "support" / "models" / "two_processes.py", *arguments],
            env={**alone, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    started = [start(folder / "two", RANK=str(rank), LOCAL_RANK=str(rank), **peers) for rank in (0, 1)]
    started.append(start(folder / "killed", "die"))
    two_processes.main(folder / "one")
    outputs = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, -signal.SIGKILL], "\n".join(outputs)
    return folder


def _left(folder: Path, rank: int) -> dict:
    return torch.load(folder / f"rank-{rank}.pt", weights_only=True)


def test_two_processes_end_equal_and_as_one_with_the_doubled_batch(together):
    one, first, second = _left(together / "one", 0), _left(together / "two", 0), _left(together / "two", 1)
    for name in one["weights"]:
        assert torch.equal(first["weights"][name], second["weights"][name]), name
        torch.testing.assert_close(first["weights"][name], one["weights"][name], rtol=0, atol=1e-6)
    moved = one["weights"]["0.weight"] - one["initial"]["0.weight"]
    assert moved.abs().mean() > 1e-3


def test_only_the_main_process_averages_and_writes(together):
    first, second = _left(together / "two", 0), _left(together / "two", 1)
    assert first["averaged"] and not second["averaged"] and first["sheets"] == 1 and second["sheets"] == 0
    assert json.loads((together / "two/run/options.json").read_text())["num_processes"] == 2
    (line,) = read_stats(together / "two/run")
    assert line["rank"] == 0.5  # statistics are means over both


def test_a_gradient_that_is_not_finite_on_one_process_is_skipped_by_both(together):
    first, second = _left(together / "two", 0), _left(together / "two", 1)
    assert first["skipped"] == second["skipped"] == [1.0]


def test_each_process_draws_its_own_numbers_and_gets_them_back_on_resuming(together):
    first, second = _left(together / "two", 0), _left(together / "two", 1)
    assert first["draws"] != second["draws"]
    assert first["draws"] == first["draws_again"] and second["draws"] == second["draws_again"]


def test_a_kill_between_writing_and_renaming_leaves_a_checkpoint_that_goes_on(together):
    assert (together / "killed/run/checkpoint.partial").exists()
    assert checkpoint.read(together / "killed/run")["step"] == 1


def test_the_optimizer_is_chosen_by_name(tmp_path):
    module = nn.Sequential(nn.Linear(32, 32), nn.LayerNorm(32))
    kinds = {}
    for name in ("muon", "adamw"):
        options = LoopOptions(num_updates=1, batch_size=1, learning_rate=1e-3, optimizer=name)
        run = Run(tmp_path / name, options, {"module": module})
        kinds[name] = [type(optimizer).__name__ for optimizer in run.optimizers["module"]]
        trained = [p for o in run.optimizers["module"] for group in o.param_groups for p in group["params"]]
        assert len(trained) == 4
    assert kinds == {"muon": ["Muon", "AdamW"], "adamw": ["AdamW"]}
    with pytest.raises(ArgumentError, match="accepted: muon, adamw"):
        LoopOptions(num_updates=1, batch_size=1, learning_rate=1e-3, optimizer="sgd")
