"""A student by RCGM or TwinFlow: the update's mathematics put on networks, data and the loop.

Guidance is trained in. `self_guidance` e: v + e (F^- with words - F^- without), no teacher is asked; the student is
told one scale. `self_guidance` None: the frozen teacher's guided velocity at a scale drawn for each sample and told to
the student, as in `networks.distillation`.

Knows: latents, teacher, student, the update.  Must not know: recipes, stages, the app.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from torch import Tensor

from controlnet.attention import plain_attention
from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions, autocast_dtype
from sprint_live.train.loop.run import Run
from sprint_live.train.methods import twinflow
from sprint_live.train.methods.rcgm import Velocity
from sprint_live.train.networks.blocks import prepare_blocks
from sprint_live.train.networks.latent_datasets import Batch, MixedDataset
from sprint_live.train.networks.network import SPRINT_TINY, Network
from sprint_live.train.networks.sample_sheets import Sheet, guided_velocity
from sprint_live.train.networks.signed_time import MeanVelocityStudent
from sprint_live.train.networks.student_update import GUIDANCE
from sprint_live.train.networks.teacher import TeacherAndBranch, drop_text

TOLD = 4.5  # the scale a self-guided student is told, and samplers ask with
SELF_GUIDANCE = 0.78  # 1 - 1 / 4.5


@dataclasses.dataclass(frozen=True, kw_only=True)
class MeanVelocityRecipe:
    """weights: shares and losses, `twinflow.RCGM` or `twinflow.TWINFLOW`. drop_text: share of captions replaced by the
    empty one, where the answer stays unguided. The teacher is where the student starts; see the head of this file for
    whether it is asked again.

    Raises:
        ArgumentError: image-free without a teacher: pictures of its own would teach it nothing.
    """

    latents: Path
    teacher: Path
    out: Path
    loop: LoopOptions
    weights: twinflow.Weights
    network: Network = SPRINT_TINY
    latent_sides: tuple[int, ...] = (16,)
    self_guidance: float | None = SELF_GUIDANCE
    drop_text: float = 0.1
    drop_control: float = 0.15
    start_from: Path | None = None

    def __post_init__(self) -> None:
        if self.weights.image_free and self.self_guidance is not None:
            raise ArgumentError(
                refusal(
                    got=f"image_free with self_guidance {self.self_guidance}",
                    accepted="image_free with a teacher's velocity",
                    fix="set self_guidance to None",
                )
            )


def train(recipe: MeanVelocityRecipe, device: torch.device, sheet: Sheet) -> bool:
    """Train the student, or resume. Returns True when all updates are done, False when time ran out."""
    torch.manual_seed(recipe.loop.seed)
    teacher = TeacherAndBranch(recipe.network)
    load_averaged(teacher, recipe.teacher, "teacher")
    student = MeanVelocityStudent.from_teacher(teacher)
    if recipe.start_from is not None:
        load_averaged(student, recipe.start_from, "student")
    student.to(device)
    prepare_blocks(student, recipe.loop)
    asked = None
    if recipe.self_guidance is None:
        asked = teacher.to(device).eval().requires_grad_(False)
        prepare_blocks(asked, recipe.loop)
    run = Run(recipe.out, recipe.loop, {"student": student}, average_everywhere=True)
    run.resume()
    data = MixedDataset(recipe.latents, recipe.latent_sides)
    dtype = autocast_dtype(device, recipe.loop.dtype)
    trainer = MeanVelocityTrainer(recipe, run, student, asked, sheet.null_text.to(device))

    def update(step: int) -> None:
        batch = _batch(data, recipe, run.generator, device)
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            trainer.update(batch)

    def sample(path: Path) -> None:
        sheet.write_student(trainer.averaged.folded().eval().to(device), path, device)

    with plain_attention(student, trainer.averaged, *([] if asked is None else [asked])):
        return run.loop(update, sample)


class MeanVelocityTrainer:
    """One update of the student; `averaged` shares its tensors with the run's moving average."""

    def __init__(
        self,
        recipe: MeanVelocityRecipe,
        run: Run,
        student: MeanVelocityStudent,
        teacher: TeacherAndBranch | None,
        null_text: Tensor,
    ) -> None:
        self.recipe, self.run, self.student, self.teacher, self.null_text = recipe, run, student, teacher, null_text
        self.averaged = MeanVelocityStudent(student.network)
        self.averaged.load_state_dict(run.averaged("student"), assign=True)
        self.averaged.eval().requires_grad_(False)

    def update(self, batch: Batch) -> None:
        """Loss, step, moving average; every term goes to the run's statistics."""
        recipe, generator = self.recipe, self.run.generator
        device, count = batch.control.device, len(batch.control)
        text, mask = drop_text(batch, self.null_text, recipe.drop_text, generator)
        batch = dataclasses.replace(batch, text=text, text_mask=mask)
        strength = (torch.rand(count, generator=generator) >= recipe.drop_control).float().to(device)
        scales = torch.tensor(GUIDANCE)[torch.randint(len(GUIDANCE), (count,), generator=generator)].to(device)
        guidance = scales if recipe.self_guidance is None else torch.full_like(scales, TOLD)
        averaged = _told(self.averaged, batch, guidance, strength)
        if recipe.self_guidance is None:
            guide = self._teacher_guide(batch, guidance, strength)
        else:
            text, mask = drop_text(batch, self.null_text, 1.0, generator)
            null = _told(self.averaged, dataclasses.replace(batch, text=text, text_mask=mask), guidance, strength)
            guide = twinflow.self_guide(averaged, null, recipe.self_guidance)
        found = twinflow.update(
            _told(self.student, batch, guidance, strength),
            averaged,
            guide,
            batch.picture,
            twinflow.Draws.like(batch.picture, generator),
            recipe.weights,
        )
        self.run.note(**found.terms, gradient_norm=self.run.update("student", found.loss))

    def _teacher_guide(self, batch: Batch, guidance: Tensor, strength: Tensor) -> twinflow.Guide:
        assert self.teacher is not None, "without self-guidance there is a teacher"
        teacher = self.teacher

        @torch.no_grad()
        def guide(v: Tensor, x_t: Tensor, t: Tensor, rows: slice) -> Tensor:
            given = batch.text[rows], batch.text_mask[rows], batch.control[rows]
            found = guided_velocity(teacher, x_t, t, *given, self.null_text, guidance[rows], strength[rows])
            return found.to(v.dtype)

        return guide


def _told(model: MeanVelocityStudent, batch: Batch, guidance: Tensor, strength: Tensor) -> Velocity:
    def ask(x_t: Tensor, t: Tensor, r: Tensor, rows: slice) -> Tensor:
        given = guidance[rows], batch.text[rows], batch.text_mask[rows], batch.control[rows], strength[rows]
        return model.mean_velocity(x_t, t, r, *given)

    return ask


def _batch(data: MixedDataset, recipe: MeanVelocityRecipe, generator: torch.Generator, device: torch.device) -> Batch:
    """A batch; image-free, its pictures are zeros that nobody reads."""
    if not recipe.weights.image_free:
        return data.batch(recipe.loop.batch_size, generator, device)
    given = data.conditions(recipe.loop.batch_size, generator, device)
    picture = torch.zeros_like(given.control)
    return Batch(picture=picture, control=given.control, text=given.text, text_mask=given.text_mask)
