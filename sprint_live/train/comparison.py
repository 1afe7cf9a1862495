"""Compares the methods: one teacher, the same seeds, the same minutes. A copy of every run is kept at each mark.

Every method trains for the same wall-clock time on one machine, because an update costs each method a different time.
The learning rate is constant after its warm-up, because a run that ends by the clock has no known last update. At each
mark the moving average is copied into its own run folder, with what it cost; `sprint-live methods` judges these.

Knows: the methods.  Must not know: how runs are judged (sprint_live.eval).
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from sprint_live.errors import ArgumentError, refusal
from sprint_live.machine import peak_resident_since, restart_peak_resident
from sprint_live.train.ablation_variants import GROWN, TEACHERS
from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.methods import mean_velocity, tbcm, twinflow
from sprint_live.train.networks import distillation, student_recipe
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.networks.trajectories import TrajectoryOptions, write_trajectories

METHODS = ("scm", "ladd", "scm-and-ladd", "tbcm", "rcgm", "twinflow", "twinflow-self-guided", "ours")
"""twinflow and rcgm are taught the teacher's guided velocity, as the others are;
-self-guided is the paper's, without one.
"""
COST = "cost.json"
_ENDLESS = 10**9
_PATHS_MINUTES = "paths-minutes.json"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComparisonOptions:
    """What to compare.

    latents: folder of encoded scenes at `latent_sides`. teacher: a run folder of sprint-tiny's teacher. out: gets one
    folder for each run and each copy. marks: increasing minutes at which a copy is kept; the last one ends the
    run. num_paths: paths of `ours`; the minutes of drawing them count. black: side -> latent of a black picture.
    """

    latents: Path
    teacher: Path
    out: Path
    black: Mapping[int, Tensor]
    marks: tuple[float, ...] = (10.0, 20.0, 40.0, 80.0)
    seeds: tuple[int, ...] = (0, 1, 2)
    methods: tuple[str, ...] = METHODS
    latent_sides: tuple[int, ...] = (8,)
    batch_size: int = 32
    learning_rate: float = 3e-4
    num_paths: int = 1024
    compile: bool = False

    def __post_init__(self) -> None:
        unknown = [method for method in self.methods if method not in METHODS]
        rising = all(a < b for a, b in itertools.pairwise((0.0, *self.marks)))
        if unknown or not self.marks or not rising:
            raise ArgumentError(
                refusal(
                    got=f"methods {', '.join(self.methods)} at minutes {', '.join(map(str, self.marks))}",
                    accepted=f"some of {', '.join(METHODS)}, and rising minutes",
                    fix="change them",
                )
            )


def run_comparison(
    options: ComparisonOptions, device: torch.device, sheet: NoSheet, stop_after: float = math.inf
) -> int:
    """Train what is missing, for `stop_after` minutes. Returns how many copies are still missing; a call resumes.

    Earlier marks first, so that what is there can be compared. Each copy has `COST` beside its checkpoint: method,
    seed, minutes, updates, seconds, samples_a_second, peak_memory_bytes (None where a peak cannot be started anew).

    Raises:
        ArgumentError: the teacher's run has no checkpoint.
    """
    deadline = time.monotonic() + 60 * stop_after
    teacher = options.out / f"teacher-{GROWN}"
    if not (teacher / checkpoint.NAME).exists():
        averaged = checkpoint.read(options.teacher)
        if averaged is None:
            raise ArgumentError(
                refusal(got=f"{options.teacher} without {checkpoint.NAME}", accepted="a teacher's run", fix="train one")
            )
        teacher.mkdir(parents=True, exist_ok=True)
        checkpoint.write(teacher, averaged)
    missing = 0
    for mark, seed, method in itertools.product(options.marks, options.seeds, options.methods):
        run = options.out / f"{method}-seed-{seed}"
        kept = options.out / f"{run.name}-at-{mark:g}"
        if (kept / COST).exists():
            continue
        left = (deadline - time.monotonic()) / 60
        if left <= 0:
            missing += 1
            continue
        measured = _restart_peak(device)
        if not _train_until(mark, left, method, seed, run, teacher, options, device, sheet):
            missing += 1
            continue
        state = _keep(run, kept)
        cost = {
            "method": method,
            "seed": seed,
            "minutes": mark,
            "updates": state["step"],
            "seconds": round(state["elapsed_s"], 3),
            "samples_a_second": state["step"] * _batch(method, options) / max(1e-9, state["elapsed_s"]),
            "peak_memory_bytes": _peak(device) if measured else None,
        }
        (kept / COST).write_text(json.dumps(cost, indent=1), encoding="utf-8")
    return missing


def _batch(method: str, options: ComparisonOptions) -> int:
    """Samples in one update. TBCM takes 15 points from each path."""
    return (
        options.batch_size
        if method != "tbcm"
        else max(1, round(options.batch_size / tbcm.NUM_POINTS)) * tbcm.NUM_POINTS
    )


def _train_until(
    mark: float,
    left: float,
    method: str,
    seed: int,
    run: Path,
    teacher: Path,
    options: ComparisonOptions,
    device: torch.device,
    sheet: NoSheet,
) -> bool:
    """Train until this run has taken `mark` minutes, or for `left` minutes. Returns True when it has taken them."""
    state = checkpoint.read(run, lazily=True)
    spent = 0.0 if state is None else state["elapsed_s"] / 60
    paths = None
    if method == "ours":
        paths = _paths(options, teacher, device, sheet)
        spent += json.loads((options.out / _PATHS_MINUTES).read_text("utf-8"))
    consistency = method in ("scm", "ladd", "scm-and-ladd", "tbcm", "ours")
    loop = LoopOptions(
        num_updates=_ENDLESS,
        batch_size=_batch(method, options),
        learning_rate=options.learning_rate,
        warmup_updates=20,
        final_rate=1.0,
        ema_decay=0.99,
        gradient_clip=0.1 if consistency else 1.0,
        max_minutes=min(max(0.0, mark - spent), left),
        sample_every=_ENDLESS,
        seed=seed,
        compile=options.compile,
    )
    given = {
        "latents": options.latents,
        "teacher": teacher,
        "out": run,
        "loop": loop,
        "network": TEACHERS[GROWN],
        "latent_sides": options.latent_sides,
    }
    if not consistency:
        mean_velocity.train(
            mean_velocity.MeanVelocityRecipe(
                **given,
                weights=twinflow.RCGM if method == "rcgm" else twinflow.TWINFLOW,
                self_guidance=mean_velocity.SELF_GUIDANCE if method == "twinflow-self-guided" else None,
            ),
            device,
            sheet,
        )
        return mark - spent <= left
    ours = method == "ours"
    recipe = student_recipe.StudentRecipe(
        **given,
        scm=0.0 if method == "ladd" else 1.0,
        ladd={"ladd": 0.05, "scm-and-ladd": 0.05, "ours": 0.03}.get(method, 0.0),
        anchor=2.0 if ours else 0.0,
        trajectories=paths,
    )
    if method == "tbcm":
        tbcm.train(recipe, device, sheet, options.black)
    else:
        distillation.train(recipe, device, sheet)
    return mark - spent <= left


def _paths(options: ComparisonOptions, teacher: Path, device: torch.device, sheet: NoSheet) -> Path:
    """The folder of the teacher's paths. The minutes they took are written to a file once."""
    if (options.out / _PATHS_MINUTES).exists():
        return options.out / "paths"
    begin = time.monotonic()
    source = TeacherAndBranch(TEACHERS[GROWN])
    load_averaged(source, teacher, "teacher")
    paths = TrajectoryOptions(
        latents=options.latents,
        out=options.out / "paths",
        num_paths=options.num_paths,
        latent_sides=options.latent_sides,
    )
    write_trajectories(source.eval().to(device), sheet.null_text.to(device), paths, device)
    (options.out / _PATHS_MINUTES).write_text(json.dumps((time.monotonic() - begin) / 60), encoding="utf-8")
    return paths.out


def _keep(run: Path, kept: Path) -> dict[str, Any]:
    """Copy the moving average of a run into its own run folder. Returns the run's state."""
    state = checkpoint.read(run)
    assert state is not None, "the run has just been saved"
    kept.mkdir(parents=True, exist_ok=True)
    checkpoint.write(
        kept, {"step": state["step"], "elapsed_s": state["elapsed_s"], "ema": state["ema"], "frozen": state["frozen"]}
    )
    return state


def _restart_peak(device: torch.device) -> bool:
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        return True
    return restart_peak_resident()


def _peak(device: torch.device) -> int:
    """Peak memory in bytes since the restart, of the device or of this process."""
    return torch.cuda.max_memory_allocated(device) if device.type == "cuda" else peak_resident_since()
