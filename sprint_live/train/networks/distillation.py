"""Stage 3: the one-step student, trained from its teacher's checkpoint; `student_update` has the losses.

Knows: latents, teacher, student, discriminator, run folders.  Must not know: losses, pixels (but for sheets), the app.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from controlnet.attention import plain_attention
from controlnet.branch import SanaSprintControlNet
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import autocast_dtype
from sprint_live.train.loop.run import Run
from sprint_live.train.networks.blocks import prepare_blocks
from sprint_live.train.networks.discriminator import Discriminator
from sprint_live.train.networks.latent_datasets import MixedDataset
from sprint_live.train.networks.sample_sheets import Sheet
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.student_recipe import StudentRecipe
from sprint_live.train.networks.student_update import Distillation
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.networks.trajectories import TrajectoryDataset

GRAFT_NOTE = "graft.json"  # beside a grafted run's checkpoint: the run whose frozen transformer it needs


def train(recipe: StudentRecipe, device: torch.device, sheet: Sheet, black: Mapping[int, Tensor] | None = None) -> bool:
    """Train the student, or resume. Returns True when all updates are done, False when time ran out.

    black: see `TrajectoryDataset`.
    """
    torch.manual_seed(recipe.loop.seed)
    teacher = TeacherAndBranch(recipe.network)
    load_averaged(teacher, recipe.teacher, "teacher")
    teacher.to(device).eval().requires_grad_(False)
    student = StudentAndBranch.from_teacher(teacher)
    if recipe.start_from is not None:
        load_averaged(student, recipe.start_from, "student")
    if recipe.graft_on is not None:
        load_averaged(student, recipe.graft_on, "student")
        student.graft(teacher)
        recipe.out.mkdir(parents=True, exist_ok=True)
        (recipe.out / GRAFT_NOTE).write_text(
            json.dumps({"graft_on": os.path.relpath(recipe.graft_on, recipe.out)}), encoding="utf-8"
        )
    judge = Discriminator(recipe.network.width, len(recipe.network.feature_blocks))
    if recipe.start_from is not None:
        load_averaged(judge, recipe.start_from, "judge")
    for module in (student, judge):
        module.to(device)
    for module in (teacher, student):
        prepare_blocks(module, recipe.loop)
    run = Run(recipe.out, recipe.loop, {"student": student, "judge": judge})
    run.resume()
    paths = None if recipe.trajectories is None else TrajectoryDataset(recipe.trajectories, recipe.latent_sides, black)
    data = MixedDataset(recipe.latents, recipe.latent_sides) if paths is None or recipe.ladd else None
    num_max = round(recipe.max_time * recipe.loop.batch_size) if recipe.ladd or recipe.anchor else 0
    dtype = autocast_dtype(device, recipe.loop.dtype)
    trainer = Distillation(recipe, run, teacher, student, judge, sheet.null_text.to(device))

    def update(step: int) -> None:
        size, generator, points, real = recipe.loop.batch_size, run.generator, None, None
        if paths is not None:
            points = paths.batch(size, num_max, generator, device, points_per_path=recipe.points_per_path)
        if data is not None:
            real = data.batch(size, generator, device, side=None if points is None else points.x_s.shape[-1])
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            trainer.update(real, points)

    def sample(path: Path) -> None:
        averaged = StudentAndBranch(recipe.network)
        averaged.branch = SanaSprintControlNet.from_config(student.branch.config)
        averaged.load_state_dict(run.averaged("student"))
        averaged.eval().to(device)
        sheet.write_student(averaged, path, device)

    with plain_attention(teacher, student):
        return run.loop(update, sample)
