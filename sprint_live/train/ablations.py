"""Trains every missing run of the ablations in `ablation_variants`.

Knows: the stages and their recipes.  Must not know: how runs are judged (sprint_live.eval).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.ablation_variants import GROWN, QUESTIONS, SIDE, STEPPED, TEACHERS, Variant, chosen
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.networks import distillation, student_recipe, teacher
from sprint_live.train.networks.sample_sheets import Sheet
from sprint_live.train.networks.trajectories import TrajectoryOptions, write_trajectories

_STATS_EVERY = 5  # gradient norms are looked at


@dataclasses.dataclass(frozen=True, kw_only=True)
class AblationOptions:
    """What to train.

    latents: folder of encoded scenes at 8x8. out: gets one folder for each run, and ablation.json. questions: some of
    `QUESTIONS`.

    compile: see LoopOptions. teacher: a run folder of sprint-tiny's teacher. All students then learn from it, in
    sprint-tiny's network; no teacher is trained, and questions about teachers are refused. black: latent side -> the
    latent (32, Y, X) of a black picture, of unit deviation; the question "paths" needs it.
    """

    latents: Path
    out: Path
    teacher_updates: int = 300
    student_updates: int = 150
    teacher_batch: int = 64
    student_batch: int = 32
    num_paths: int = 1024
    seed: int = 0
    questions: tuple[str, ...] = QUESTIONS
    compile: bool = False
    teacher: Path | None = None
    black: Mapping[int, Tensor] | None = None


@dataclasses.dataclass(frozen=True)
class NoSheet:
    """Replaces a Sheet and draws nothing: ablations are judged afterwards, on held-out scenes.

    null_text: (L, D), the embedding of the empty caption.
    """

    null_text: Tensor

    def write_teacher(self, teacher: nn.Module, path: Path, device: torch.device) -> None:
        """Nothing."""

    def write_student(self, student: nn.Module, path: Path, device: torch.device) -> None:
        """Nothing."""


def run_ablations(options: AblationOptions, device: torch.device, sheet: Sheet | NoSheet) -> Path:
    """Train the missing runs and write ablation.json. Returns its path. Every run resumes from its checkpoint.

    Raises:
        ArgumentError: an unknown question, a question about teachers although the teacher is given, or one about
            black paths without a black latent.
    """
    if unknown := [question for question in options.questions if question not in QUESTIONS]:
        raise ArgumentError(
            refusal(got=f"the question {', '.join(unknown)}", accepted=", ".join(QUESTIONS), fix="choose among them")
        )
    variants = chosen(options.questions)
    if options.teacher is not None:
        variants = _with_teacher(variants, options)
    if options.black is None and any(variant.drop_black for variant in variants):
        raise ArgumentError(
            refusal(
                got="a question about black paths without a black latent",
                accepted="AblationOptions.black",
                fix="set it",
            )
        )
    common = LoopOptions(
        num_updates=1,
        batch_size=1,
        learning_rate=1.0,
        sample_every=10**9,
        stats_every=_STATS_EVERY,
        seed=options.seed,
        compile=options.compile,
    )
    for name in dict.fromkeys(variant.teacher for variant in variants):
        if name == GROWN:
            continue
        loop = dataclasses.replace(
            common,
            num_updates=options.teacher_updates,
            batch_size=options.teacher_batch,
            learning_rate=2e-3,
            ema_decay=0.98,
            warmup_updates=20,
        )
        teacher.train(
            teacher.TeacherRecipe(
                latents=options.latents,
                out=_teacher(options, name),
                loop=loop,
                network=TEACHERS[name],
                latent_sides=(SIDE,),
            ),
            device,
            sheet,
        )
    for random_times in sorted({variant.random_times for variant in variants if variant.on_paths}):
        _paths(options, variants[0].teacher, random_times, device, sheet)
    for variant in variants:
        updates = max(1, round(options.student_updates * variant.share))
        loop = dataclasses.replace(
            common,
            num_updates=updates,
            max_minutes=1e9 if variant.share else 0.0,
            batch_size=options.student_batch,
            learning_rate=5e-4,
            ema_decay=0.97,
            warmup_updates=10,
            gradient_clip=0.1,
        )
        distillation.train(
            student_recipe.StudentRecipe(
                latents=options.latents,
                teacher=_teacher(options, variant.teacher),
                out=options.out / variant.name,
                loop=loop,
                network=TEACHERS[variant.teacher],
                latent_sides=(SIDE,),
                scm=variant.scm,
                ladd=variant.ladd,
                anchor=variant.anchor,
                max_time=variant.max_time,
                trajectories=_paths_folder(options, variant.random_times) if variant.on_paths else None,
                free_velocities=variant.free_velocities,
                points_per_path=variant.points_per_path,
                calm_down=(updates * 3 // 4, updates * 17 // 20) if variant.calm_down else None,
                graft_on=None if variant.graft_on is None else options.out / variant.graft_on,
                tangent_warmup=max(1, options.student_updates // 2),
            ),
            device,
            sheet,
            options.black if variant.drop_black else None,
        )
    runs = [
        {"question": question, "variant": variant.name, "run": variant.name, "teacher": f"teacher-{variant.teacher}"}
        for variant in variants
        for question in variant.questions
        if question in options.questions
    ]
    if "steps" in options.questions:
        runs += [
            {
                "question": "steps",
                "variant": name,
                "run": name,
                "teacher": f"teacher-{variants[0].teacher}",
                "steps": steps,
            }
            for name in STEPPED
            for steps in range(1, 5)
        ]
    manifest = options.out / "ablation.json"
    manifest.write_text(
        json.dumps(
            {
                "options": {k: v for k, v in dataclasses.asdict(options).items() if isinstance(v, int | tuple)},
                "runs": runs,
            },
            indent=1,
        ),
        encoding="utf-8",
    )
    return manifest


def _with_teacher(variants: list[Variant], options: AblationOptions) -> list[Variant]:
    """The variants as students of the given teacher. Its checkpoint is copied to the folder where runs look for it."""
    if others := sorted(
        {question for variant in variants if variant.teacher != "dense" for question in variant.questions}
        & set(options.questions)
    ):
        raise ArgumentError(
            refusal(
                got=f"a teacher and the question {', '.join(others)}",
                accepted="questions about students",
                fix="leave one of them out",
            )
        )
    own = _teacher(options, GROWN)
    if not (own / checkpoint.NAME).exists():
        averaged = checkpoint.read(options.teacher)
        if averaged is None:
            raise ArgumentError(
                refusal(
                    got=f"{options.teacher} without {checkpoint.NAME}",
                    accepted="a run folder of a teacher",
                    fix="sprint-live train teacher makes one",
                )
            )
        own.mkdir(parents=True, exist_ok=True)
        checkpoint.write(own, averaged)
    return [dataclasses.replace(variant, teacher=GROWN) for variant in variants]


def _paths_folder(options: AblationOptions, random_times: bool) -> Path:
    return options.out / ("paths-at-random-times" if random_times else "paths")


def _paths(options: AblationOptions, name: str, random_times: bool, device: torch.device, sheet: Sheet) -> None:
    source = teacher.TeacherAndBranch(TEACHERS[name])
    load_averaged(source, _teacher(options, name), "teacher")
    paths = TrajectoryOptions(
        latents=options.latents,
        out=_paths_folder(options, random_times),
        num_paths=options.num_paths,
        latent_sides=(SIDE,),
        guidance=(4.5, 4.5),
        seed=options.seed,
        random_times=random_times,
    )
    write_trajectories(source.eval().to(device), sheet.null_text.to(device), paths, device)


def _teacher(options: AblationOptions, name: str) -> Path:
    return options.out / f"teacher-{name}"
