"""TBCM: consistency along the guided teacher's own path, without a picture, a judge or an autoencoder.

    s_k  = f(16 values on a line from 1 to f(0.001)),   f(s) = 2.5 s / (1 + 1.5 s),   t_k = atan(s_k / (1 - s_k))
    path: x = sigma_d z at pi/2, then one random angle in each of the 15 gaps, x <- cos(dt) x - sin(dt) dx/dt

The 15 points after the first are one path's part of the batch, with the very dx/dt that made the path, so L_scm asks
the teacher nothing more. The tangent's weight rises to 1 and calms down to 0.75. A path that ends near the latent of a
black picture counts nothing, with chance 1 - m, m the mean square between them. Differs from the released code in one
thing: the tangent is divided by its root mean square + 0.1, as in `networks.distillation`, not by its length + 0.1.

Source: TBCM arXiv 2511.20410.
Knows: captions and control maps, teacher, student.  Must not know: pictures, recipes, the app.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import Tensor

from controlnet.attention import plain_attention
from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import autocast_dtype
from sprint_live.train.loop.run import Run
from sprint_live.train.networks.blocks import prepare_blocks
from sprint_live.train.networks.latent_datasets import Batch, Conditions, MixedDataset
from sprint_live.train.networks.sample_sheets import Sheet
from sprint_live.train.networks.student import SIGMA, StudentAndBranch
from sprint_live.train.networks.student_recipe import StudentRecipe
from sprint_live.train.networks.student_update import GUIDANCE, Distillation
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.networks.trajectories import kept_paths

NUM_POINTS = 15


def reference_angles() -> Tensor:
    """The 16 angles t_k, from pi/2 down to 0.006, in float64."""

    def shifted(s: Tensor) -> Tensor:
        return 2.5 * s / (1 + 1.5 * s)

    low = shifted(torch.tensor(0.001, dtype=torch.float64)).item()
    s = shifted(torch.linspace(1, low, NUM_POINTS + 1, dtype=torch.float64))
    return torch.atan2(s, 1 - s)


def draw_angles(generator: torch.Generator) -> Tensor:
    """pi/2, then one angle drawn evenly from each of the 15 gaps: (16,) float64, falling."""
    corners = reference_angles()
    share = torch.rand(NUM_POINTS, generator=generator, dtype=torch.float64)
    inside = corners[:-1] + (corners[1:] - corners[:-1]) * share
    return torch.cat([corners[:1], inside])


@dataclasses.dataclass(frozen=True, kw_only=True)
class FollowedPaths:
    """x_t, dx_dt (15, P, ...) of P paths at the angles t (15,), and where the paths end, of unit deviation (P, ...)."""

    x_t: Tensor
    dx_dt: Tensor
    t: Tensor
    end: Tensor


def follow(velocity: Callable[[Tensor, Tensor], Tensor], noise: Tensor, angles: Tensor) -> FollowedPaths:
    """Go down from `noise` (P, ...) of unit deviation through `angles` (16,). velocity: (x_t, t (P,)) -> dx/dt."""
    x, points, slopes = SIGMA * noise, [], []
    for index, now in enumerate(angles):
        dx_dt = velocity(x, now.expand(len(x)))
        if index:
            points.append(x)
            slopes.append(dx_dt)
        step = now - angles[index + 1] if index + 1 < len(angles) else now
        x = torch.cos(step) * x - torch.sin(step) * dx_dt
    return FollowedPaths(x_t=torch.stack(points), dx_dt=torch.stack(slopes), t=angles[1:], end=x / SIGMA)


def train(recipe: StudentRecipe, device: torch.device, sheet: Sheet, black: Mapping[int, Tensor]) -> bool:
    """Train or resume; the latents' folder need hold captions and control maps only. Returns True when all is done.

    recipe: `scm`, `ladd`, `anchor`, `max_time` and `trajectories` are not read; the loop's batch is counted in points,
    15 a path. black: latent side -> the latent (32, Y, X) of a black picture, of unit deviation.

    Raises:
        ArgumentError: the batch is no multiple of 15.
    """
    if recipe.loop.batch_size % NUM_POINTS:
        raise ArgumentError(
            refusal(
                got=f"a batch of {recipe.loop.batch_size}",
                accepted="a multiple of 15, the points of a path",
                fix="use --batch-size 15, 30, 45 ... times the number of processes",
            )
        )
    torch.manual_seed(recipe.loop.seed)
    teacher = TeacherAndBranch(recipe.network)
    load_averaged(teacher, recipe.teacher, "teacher")
    teacher.to(device).eval().requires_grad_(False)
    student = StudentAndBranch.from_teacher(teacher)
    if recipe.start_from is not None:
        load_averaged(student, recipe.start_from, "student")
    student.to(device)
    for module in (teacher, student):
        prepare_blocks(module, recipe.loop)
    run = Run(recipe.out, recipe.loop, {"student": student})
    run.resume()
    data = MixedDataset(recipe.latents, recipe.latent_sides)
    dtype = autocast_dtype(device, recipe.loop.dtype)
    losses = Distillation(recipe, run, teacher, student, None, sheet.null_text.to(device))
    latents = {side: latent.to(device) for side, latent in black.items()}

    def step(_: int) -> None:
        given = data.conditions(recipe.loop.batch_size // NUM_POINTS, run.generator, device)
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            update(losses, given, latents[given.control.shape[-1]])

    def sample(path: Path) -> None:
        averaged = StudentAndBranch(recipe.network)
        averaged.load_state_dict(run.averaged("student"))
        sheet.write_student(averaged.eval().to(device), path, device)

    with plain_attention(teacher, student):
        return run.loop(step, sample)


def update(losses: Distillation, given: Conditions, black: Tensor) -> None:
    """Follow new paths of the guided teacher, one a caption, and step once on their points.

    given: captions and control latents (B, 32, Y, X). black (32, Y, X): the latent of a black picture, to which no path
    should lead. Notes scm, gradient_norm and dropped_paths (a share) in the run.
    """
    run, recipe = losses.run, losses.recipe
    control, count, device = given.control, len(given.control), given.control.device
    guidance = torch.tensor(GUIDANCE)[torch.randint(len(GUIDANCE), (count,), generator=run.generator)].to(device)
    strength = (torch.rand(count, generator=run.generator) >= recipe.drop_control).float().to(device)
    noise = torch.randn(control.shape, generator=run.generator).to(device)
    asked = Batch(picture=control, control=control, text=given.text, text_mask=given.text_mask)
    paths = follow(
        lambda x_t, t: losses.teacher_velocity(x_t, t, guidance, asked, strength),
        noise,
        draw_angles(run.generator).float().to(device),
    )
    kept = kept_paths(paths.end, black, torch.rand(count, generator=run.generator).to(device))
    rows = torch.arange(count, device=device).repeat(NUM_POINTS)
    batch = Batch(
        picture=paths.end[rows], control=control[rows], text=given.text[rows], text_mask=given.text_mask[rows]
    )
    x_t, dx_dt, t = paths.x_t.flatten(0, 1), paths.dx_dt.flatten(0, 1), paths.t.repeat_interleave(count)
    told = guidance[rows], batch.text, batch.text_mask, batch.control, strength[rows]
    F = losses.student.predict(x_t, t, *told).float()
    loss = losses.consistency(F, x_t, t, guidance[rows], batch, strength[rows], dx_dt, counted=kept[rows].float())
    run.note(scm=loss.item(), dropped_paths=1 - kept.float().mean().item())
    run.note(gradient_norm=run.update("student", loss))
