"""Compares the methods: one teacher, the same seeds, the same minutes. A copy of every run is kept at each mark.

Every method trains for the same wall-clock time on one machine, because an update costs each method a different time.
The learning rate is constant after its warm-up, because a run that ends by the clock has no known last update. At each
mark the moving average is copied into its own run folder, and `sprint-live ablation` judges these folders as usual.

Knows: the methods.  Must not know: how runs are judged (sprint_live.eval).
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import time
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from sprint_live.errors import ArgumentError, refusal
from sprint_live.machine import peak_resident_bytes
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
_ENDLESS = 10**9
_PATHS_MINUTES = "paths-minutes.json"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComparisonOptions:
    """What to compare.

    latents: folder of encoded scenes at `latent_sides`. teacher: a run folder of sprint-tiny's teacher. out: gets one
    folder for each run, and ablation.json. marks: increasing minutes at which a copy is kept; the last one ends the
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


def run_comparison(options: ComparisonOptions, device: torch.device, sheet: NoSheet) -> Path:
    """Train the missing runs, write ablation.json and cost.json. Returns the path of ablation.json. Every run resumes.

    In ablation.json a question is minutes and seed (`minutes-20-seed-0`), and a variant is a method.

    Raises:
        ArgumentError: the teacher's run has no checkpoint.
    """
    teacher = options.out / f"teacher-{GROWN}"
    averaged = checkpoint.read(options.teacher)
    if averaged is None:
        raise ArgumentError(
            refusal(got=f"{options.teacher} without {checkpoint.NAME}", accepted="a teacher's run", fix="train one")
        )
    if not (teacher / checkpoint.NAME).exists():
        teacher.mkdir(parents=True, exist_ok=True)
        checkpoint.write(teacher, averaged)
    lines, costs = [], {}
    for seed, method in itertools.product(options.seeds, options.methods):
        run = options.out / f"{method}-seed-{seed}"
        for mark in options.marks:
            kept = options.out / f"{run.name}-at-{mark:g}"
            if not (kept / checkpoint.NAME).exists():
                _train_until(mark, method, seed, run, teacher, options, device, sheet)
                _keep(run, kept)
            name = f"minutes-{mark:g}-seed-{seed}".replace(".", "_")
            lines.append({"question": name, "variant": method, "run": kept.name, "teacher": teacher.name})
        state = checkpoint.read(run, lazily=True)
        assert state is not None, "a run that was kept has a checkpoint"
        costs[run.name] = {
            "updates": state["step"],
            "seconds": state["elapsed_s"],
            "samples_a_second": state["step"] * _batch(method, options) / max(1e-9, state["elapsed_s"]),
        }
    (options.out / "cost.json").write_text(
        json.dumps({"peak_memory_bytes": _peak(device), "runs": costs}, indent=1), encoding="utf-8"
    )
    manifest = options.out / "ablation.json"
    manifest.write_text(
        json.dumps({"marks": options.marks, "seeds": options.seeds, "runs": lines}, indent=1), encoding="utf-8"
    )
    return manifest


def _batch(method: str, options: ComparisonOptions) -> int:
    """Samples in one update. TBCM takes 15 points from each path."""
    return (
        options.batch_size
        if method != "tbcm"
        else max(1, round(options.batch_size / tbcm.NUM_POINTS)) * tbcm.NUM_POINTS
    )


def _train_until(
    mark: float,
    method: str,
    seed: int,
    run: Path,
    teacher: Path,
    options: ComparisonOptions,
    device: torch.device,
    sheet: NoSheet,
) -> None:
    """Train until this run has taken `mark` minutes."""
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
        max_minutes=max(0.0, mark - spent),
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
        return
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


def _keep(run: Path, kept: Path) -> None:
    """Copy the moving average of a run into its own run folder."""
    state = checkpoint.read(run)
    assert state is not None, "the run has just been saved"
    kept.mkdir(parents=True, exist_ok=True)
    checkpoint.write(
        kept, {"step": state["step"], "elapsed_s": state["elapsed_s"], "ema": state["ema"], "frozen": state["frozen"]}
    )


def _peak(device: torch.device) -> int:
    """Peak memory so far in bytes, of the device or of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return peak_resident_bytes()
