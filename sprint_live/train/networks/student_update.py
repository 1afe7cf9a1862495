"""One update of the student: continuous-time consistency (sCM) and latent adversarial distillation (LADD).

Per update, with t the angle and everything in TrigFlow units:

    dx/dt = sigma_data F_teacher                          (classifier-free guidance, scale drawn from GUIDANCE)
    g     = -cos^2 t (sigma_data F^- - dx/dt) - r cos t sin t (x_t + sigma_data dF/dt),   g /= rms(g) + 0.1
    L_scm = w e^-u(t) || F - F^- - g ||^2 + u(t),         w = 1 / (sigma_data tan t)
    L     = L_scm + 0.5 L_adv(x0_hat) [+ anchor]

Half the batch sits at the largest angle (max-time weighting): there w = 0 and only the discriminator speaks.

Source: sCM arXiv 2410.11081 eq. 6-8; SANA-Sprint arXiv 2503.09641 algorithm 1.
Knows: latents, teacher, student, discriminator.  Must not know: run folders, pixels, the app.
"""

from __future__ import annotations

import torch
from torch import Tensor

from controlnet.attention import plain_attention
from controlnet.branch import SanaSprintControlNet
from sprint_live.diffusion import trigflow
from sprint_live.train.loop.run import Run
from sprint_live.train.networks.discriminator import Discriminator, hinge_discriminator, hinge_generator
from sprint_live.train.networks.latent_datasets import Batch
from sprint_live.train.networks.sample_sheets import guided_velocity
from sprint_live.train.networks.student import SIGMA, T_MAX, StudentAndBranch
from sprint_live.train.networks.student_recipe import StudentRecipe
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.networks.trajectories import Points

GUIDANCE = (4.0, 4.5, 5.0)
CALM = 0.75


class Distillation:
    """One student update and one discriminator update on the same batch."""

    def __init__(
        self,
        recipe: StudentRecipe,
        run: Run,
        teacher: TeacherAndBranch,
        student: StudentAndBranch,
        judge: Discriminator | None,
        null_text: Tensor,
    ) -> None:
        self.recipe, self.run, self.teacher, self.student, self.judge, self.null_text = (
            recipe,
            run,
            teacher,
            student,
            judge,
            null_text,
        )
        self._differentiable = StudentAndBranch(
            student.network
        )  # the same parameters in blocks that are never compiled: forward mode needs plain operations
        self._differentiable.branch = SanaSprintControlNet.from_config(student.branch.config)
        self._differentiable.load_state_dict(student.state_dict(keep_vars=True), assign=True)

    def noised(self, batch: Batch, num_max: int) -> tuple[Tensor, Tensor]:
        """(x_t, t) of pictures under fresh noise, the first `num_max` at the largest angle."""
        t = draw_angles(len(batch.picture), 0.2, 1.6, self.run.generator)
        t[:num_max] = T_MAX
        t = t.to(batch.picture.device)
        z = torch.randn(batch.picture.shape, generator=self.run.generator).to(t.device)
        return trigflow.x_t_from_x0(SIGMA * batch.picture, z, t), t

    def update(self, real: Batch | None, points: Points | None) -> None:
        """`points` None: the pictures of `real` are noised; else paths of the teacher are learned, and `real` is the
        judge's, None without one.
        """
        recipe, run = self.recipe, self.run
        batch = real if points is None else points.batch
        assert batch is not None, "pictures or paths"
        device, count = batch.picture.device, len(batch.picture)
        num_max = (
            round(recipe.max_time * count) if recipe.ladd or recipe.anchor else 0
        )  # a fixed count: compiled blocks see one shape
        guidance = torch.tensor(GUIDANCE)[torch.randint(len(GUIDANCE), (count,), generator=run.generator)].to(device)
        strength = (torch.rand(count, generator=run.generator) >= recipe.drop_control).float().to(device)
        if points is None:
            x_t, t = self.noised(batch, num_max)
        else:
            x_t, t = trigflow.x_t_from_x_s(points.x_s, points.s), trigflow.t_from_s(points.s)
            strength, guidance = points.strength, points.guidance
        F = self.student.predict(x_t, t, guidance, batch.text, batch.text_mask, batch.control, strength).float()
        loss = batch.picture.new_zeros(())
        if recipe.scm and num_max < count:
            rest = slice(num_max, None)
            part = Batch(
                picture=batch.picture[rest],
                control=batch.control[rest],
                text=batch.text[rest],
                text_mask=batch.text_mask[rest],
            )
            dx_dt = None
            if points is not None and recipe.free_velocities:
                dx_dt = SIGMA * trigflow.F_from_v(points.v[rest], points.x_s[rest], points.s[rest])
            scm = self.consistency(F[rest], x_t[rest], t[rest], guidance[rest], part, strength[rest], dx_dt)
            loss = loss + recipe.scm * scm
            run.note(scm=scm.item())
        if recipe.anchor and num_max:
            held = slice(0, num_max if points is None else count)
            target = trigflow.F_from_ends(SIGMA * batch.picture[held], x_t[held], t[held])
            anchor = (F[held] - target).square().mean()
            loss = loss + recipe.anchor * anchor
            run.note(anchor=anchor.item())
        fake = trigflow.x0_from_F(F, x_t, t)
        if recipe.ladd:
            adversarial = hinge_generator(self.judged(fake, batch, strength))
            loss = loss + recipe.ladd * adversarial
            run.note(adversarial=adversarial.item())
        run.note(gradient_norm=run.update("student", loss))
        if recipe.ladd:
            assert real is not None, "the judge learns from pictures"
            self.update_judge(fake.detach(), batch, strength, real)

    @torch.no_grad()
    def _tangent(
        self, x_t: Tensor, t: Tensor, guidance: Tensor, batch: Batch, strength: Tensor, dx_dt: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """(dx/dt of the guided teacher, cos t sin t dF/dt of the student along it); `dx_dt`:
        the first, if it is known.
        """
        control = batch.control
        if dx_dt is None:
            dx_dt = self.teacher_velocity(x_t, t, guidance, batch, strength)
        pace = torch.cos(t) * torch.sin(t)

        def student(x: Tensor, angle: Tensor) -> Tensor:
            return self._differentiable.predict(x, angle, guidance, batch.text, batch.text_mask, control, strength)

        with plain_attention(self._differentiable):
            dF = torch.func.jvp(student, (x_t, t), (pace[:, None, None, None] * dx_dt, pace))[1]
        return dx_dt, dF.float()

    @torch.no_grad()
    def teacher_velocity(self, x_t: Tensor, t: Tensor, guidance: Tensor, batch: Batch, strength: Tensor) -> Tensor:
        """dx/dt = sigma_data F (B, 32, Y, X) of the guided teacher at x_t (B, 32, Y, X) and angle t (B,); no gradient.

        guidance, strength: (B,). It is one call of the teacher on 2 B samples.
        """
        s, x_s = trigflow.s_from_t(t), trigflow.x_s_from_x_t(x_t, t)
        v = guided_velocity(
            self.teacher, x_s, s, batch.text, batch.text_mask, batch.control, self.null_text, guidance, strength
        ).float()
        return SIGMA * trigflow.F_from_v(v, x_s, s)

    def consistency(
        self,
        F: Tensor,
        x_t: Tensor,
        t: Tensor,
        guidance: Tensor,
        batch: Batch,
        strength: Tensor,
        dx_dt: Tensor | None = None,
        *,
        counted: Tensor | None = None,
    ) -> Tensor:
        """L_scm, a scalar: the docstring of this file has the equation.

        F (B, 32, Y, X): the student's answer at x_t (B, 32, Y, X) and angles t (B,), differentiable. guidance,
        strength: (B,). dx_dt (B, 32, Y, X): `teacher_velocity` at the same place, if it is known. counted (B,): 0 for
        a point that teaches nothing, else 1.
        """
        dx_dt, paced_dF = self._tangent(x_t, t, guidance, batch, strength, dx_dt)
        ramp = tangent_weight(self.run.step, self.recipe.tangent_warmup, self.recipe.calm_down)
        cos, sin = torch.cos(t)[:, None, None, None], torch.sin(t)[:, None, None, None]
        F_minus = F.detach()
        g = -(cos**2) * (SIGMA * F_minus - dx_dt) - ramp * (cos * sin * x_t + SIGMA * paced_dF)
        rms = g.square().mean(dim=(1, 2, 3), keepdim=True).sqrt()
        g = g / (rms + 0.1)
        weight = 1.0 / (SIGMA * torch.tan(t))
        u = self.student.uncertainty(t).float()
        error = (F - F_minus - g).square().mean(dim=(1, 2, 3))
        self.run.note(tangent_rms=rms.mean().item())
        loss = weight * torch.exp(-u) * error + u
        return (loss if counted is None else loss * counted).mean()

    def judged(
        self, x0: Tensor, batch: Batch, strength: Tensor, text: Tensor | None = None, mask: Tensor | None = None
    ) -> Tensor:
        """Logits (B, heads * N) for clean latents x0 (B, 32, Y, X) of deviation sigma_data, differentiable.

        They are noised again to random angles and read by the frozen teacher, whose features the heads judge. strength:
        (B,). text (B, L, D), mask (B, L): instead of the batch's.
        """
        generator = self.run.generator
        t = draw_angles(len(x0), -0.6, 1.0, generator).to(x0.device)
        z = torch.randn(x0.shape, generator=generator).to(x0.device)
        x_t = trigflow.x_t_from_x0(x0, z, t)
        s = trigflow.s_from_t(t)
        _, features = self.teacher.velocity(
            trigflow.x_s_from_x_t(x_t, t),
            s,
            batch.text if text is None else text,
            batch.text_mask if mask is None else mask,
            batch.control,
            strength,
            return_features=self.teacher.network.feature_blocks,
        )
        return self.judge([feature.float() for feature in features])

    def update_judge(self, fake: Tensor, batch: Batch, strength: Tensor, real_batch: Batch) -> None:
        """One update of the heads by the hinge loss.

        fake (B, 32, Y, X): the student's pictures of `batch`, of deviation sigma_data. A random quarter of them is
        replaced by real pictures under another caption and drawing: they count as fakes, so the heads learn to read
        both.
        """
        real = SIGMA * real_batch.picture
        wrong = torch.rand(len(fake), generator=self.run.generator) < 0.25
        wrong = wrong.to(fake.device)[:, None, None, None]
        shifted_text, shifted_mask = batch.text.roll(1, 0), batch.text_mask.roll(1, 0)
        flat = wrong[:, :, 0, 0]
        with torch.no_grad():
            fake = torch.where(wrong, real, fake)
            text = torch.where(flat[..., None], shifted_text, batch.text)
            mask = torch.where(flat, shifted_mask, batch.text_mask)
        real_logits, fake_logits = (
            self.judged(real, real_batch, strength),
            self.judged(fake, batch, strength, text, mask),
        )
        loss = hinge_discriminator(real_logits, fake_logits)
        self.run.update("judge", loss)
        self.run.note(judge=loss.item(), real=real_logits.mean().item(), fake=fake_logits.mean().item())


def tangent_weight(step: int, warmup: int, calm_down: tuple[int, int] | None) -> float:
    """r of L_scm: 0 to 1 over `warmup` updates, then, between the two of `calm_down`, down to `CALM`."""
    if calm_down is None or step <= calm_down[0]:
        return min(1.0, step / warmup)
    return 1 - (1 - CALM) * min(1.0, (step - calm_down[0]) / (calm_down[1] - calm_down[0]))


def draw_angles(count: int, mean: float, std: float, generator: torch.Generator) -> Tensor:
    """TrigFlow angles (count,) in (0, pi/2) on the CPU: t = atan(exp(mean + std n) / sigma_data), n standard normal.

    Source: sCM arXiv 2410.11081.
    """
    return torch.atan(torch.exp(mean + std * torch.randn(count, generator=generator)) / SIGMA)
