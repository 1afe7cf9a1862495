"""The paper's questions, answered small: the same few thousand scenes, one thing changed at a time.

A network of a sixth of sprint-tiny's work on 512x512 canvases (8x8 tokens). Three teachers differ in what they
normalize and how they count time; the students differ in their losses and in where their training points come from.
Normalization and time are asked of sCM alone: its gradient is what they steady (figure 3 of the paper), and LADD's
would lie over it.

Knows: the stages and their recipes.  Must not know: how runs are judged (sprint_live.eval).
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import torch
from torch import Tensor, nn

from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.run import LoopOptions
from sprint_live.train.networks import distillation, teacher
from sprint_live.train.networks.network import SPRINT_TINY, Network
from sprint_live.train.networks.sample_sheets import Sheet
from sprint_live.train.networks.trajectories import TrajectoryOptions, write_trajectories

SIDE = 8
GROWN = "sprint-tiny"  # a whole teacher that is there already, in place of the small dense one
_SMALL = {
    **SPRINT_TINY.transformer,
    "num_attention_heads": 4,
    "num_layers": 6,
    "num_cross_attention_heads": 4,
    "cross_attention_dim": 128,
    "sample_size": SIDE,
}
DENSE = Network(transformer=_SMALL, num_branch_blocks=2, feature_blocks=(1, 3, 4))

TEACHERS: dict[str, Network] = {
    "dense": DENSE,
    "without-qk-norm": dataclasses.replace(DENSE, transformer={**_SMALL, "qk_norm": None}),
    "thousand-ticks": dataclasses.replace(DENSE, time_scale=1000.0),
    GROWN: SPRINT_TINY,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Variant:
    """One student run. `questions`: the comparisons it takes part in. `on_paths`:
    points from the teacher's paths (TBCM).

    ladd: a tenth of the paper's weight unless given, sprint-tiny's order: with a batch of 32 the paper's own is a
    variant. graft_on: the run whose transformer takes the teacher's branch. share:
    of the student updates (0 = untrained).
    """

    name: str
    questions: tuple[str, ...]
    teacher: str = "dense"
    scm: float = 1.0
    ladd: float = 0.05
    anchor: float = 0.0
    max_time: float = 0.5
    on_paths: bool = False
    graft_on: str | None = None
    share: float = 1.0


VARIANTS = (
    Variant(name="scm-and-ladd", questions=("losses", "max-time", "points", "anchor", "graft")),
    Variant(name="scm-alone", questions=("losses", "qk-norm", "time-scale"), ladd=0.0),
    Variant(name="ladd-alone", questions=("losses",), scm=0.0),
    Variant(name="scm-and-ladd-as-published", questions=("losses",), ladd=0.5),
    Variant(name="without-qk-norm", questions=("qk-norm",), teacher="without-qk-norm", ladd=0.0),
    Variant(name="thousand-ticks", questions=("time-scale",), teacher="thousand-ticks", ladd=0.0),
    Variant(name="without-max-time", questions=("max-time",), max_time=0.0),
    Variant(name="teacher-paths", questions=("points",), on_paths=True),
    Variant(name="anchored", questions=("anchor",), anchor=2.0),
    Variant(name="anchored-on-paths", questions=("losses", "anchor", "points"), anchor=2.0, on_paths=True),
    Variant(name="anchored-on-paths-without-ladd", questions=("losses",), ladd=0.0, anchor=2.0, on_paths=True),
    Variant(name="grafted-untrained", questions=("graft",), graft_on="scm-and-ladd", share=0.0),
    Variant(name="grafted-half", questions=("graft",), graft_on="scm-and-ladd", share=0.5),
    Variant(name="grafted-whole", questions=("graft",), graft_on="scm-and-ladd"),
)
_STEPPED = ("scm-and-ladd", "anchored-on-paths")  # drawn with 1 to 4 steps
QUESTIONS = (*dict.fromkeys(question for variant in VARIANTS for question in variant.questions), "steps")
_STATS_EVERY = 5  # gradient norms are looked at


@dataclasses.dataclass(frozen=True, kw_only=True)
class AblationOptions:
    """latents: encoded scenes at 8x8. out: one folder a run, and ablation.json. questions: some of `QUESTIONS`.

    compile: see LoopOptions. teacher: a run of sprint-tiny's teacher that all students learn from, in sprint-tiny's own
    network; then no teacher is trained, and questions about teachers cannot be asked.
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


@dataclasses.dataclass(frozen=True)
class NoSheet:
    """In place of a Sheet: ablations are judged on held-out scenes afterwards, nobody looks at their runs on the way.

    null_text: (L, D), the embedding of the empty caption.
    """

    null_text: Tensor

    def write_teacher(self, teacher: nn.Module, path: Path, device: torch.device) -> None:
        """Nothing."""

    def write_student(self, student: nn.Module, path: Path, device: torch.device) -> None:
        """Nothing."""


def run_ablations(options: AblationOptions, device: torch.device, sheet: Sheet | NoSheet) -> Path:
    """Train whatever is missing, write ablation.json, return its path. Every run resumes from its checkpoint.

    Raises:
        ArgumentError: a question that nobody asks here, or one about teachers where the teacher is given.
    """
    if unknown := [question for question in options.questions if question not in QUESTIONS]:
        raise ArgumentError(
            refusal(got=f"the question {', '.join(unknown)}", accepted=", ".join(QUESTIONS), fix="choose among them")
        )
    variants = chosen(options.questions)
    if options.teacher is not None:
        variants = _with_teacher(variants, options)
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
    if any(variant.on_paths for variant in variants):
        _paths(options, variants[0].teacher, device, sheet)
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
            distillation.StudentRecipe(
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
                trajectories=options.out / "paths" if variant.on_paths else None,
                graft_on=None if variant.graft_on is None else options.out / variant.graft_on,
                tangent_warmup=max(1, options.student_updates // 2),
            ),
            device,
            sheet,
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
            for name in _STEPPED
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


def chosen(questions: tuple[str, ...]) -> list[Variant]:
    """The variants that these questions compare, and those that they are grafted on, in the table's order."""
    wanted = {variant.name for variant in VARIANTS if set(variant.questions) & set(questions)}
    if "steps" in questions:
        wanted.update(_STEPPED)
    wanted.update(variant.graft_on for variant in VARIANTS if variant.name in wanted and variant.graft_on is not None)
    return [variant for variant in VARIANTS if variant.name in wanted]


def _with_teacher(variants: list[Variant], options: AblationOptions) -> list[Variant]:
    """The variants as students of the given teacher, whose checkpoint is copied to where runs look for theirs."""
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


def _paths(options: AblationOptions, name: str, device: torch.device, sheet: Sheet) -> None:
    source = teacher.TeacherAndBranch(TEACHERS[name])
    load_averaged(source, _teacher(options, name), "teacher")
    paths = TrajectoryOptions(
        latents=options.latents,
        out=options.out / "paths",
        num_paths=options.num_paths,
        latent_sides=(SIDE,),
        guidance=(4.5, 4.5),
        seed=options.seed,
    )
    write_trajectories(source.eval().to(device), sheet.null_text.to(device), paths, device)


def _teacher(options: AblationOptions, name: str) -> Path:
    return options.out / f"teacher-{name}"
