"""The student's network: a TrigFlow transformer with guidance embedding, its branch, and the uncertainty of its loss.

It starts as the teacher seen through TrigFlow: no training is needed for that.
The guidance embedding's last layer is zero.

Source: SANA-Sprint arXiv 2503.09641, section on the training-free transformation; sCM arXiv 2410.11081 for u(t).
Knows: the network's shape, the teacher.  Must not know: losses, data.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from controlnet.graft import graft
from sprint_live.diffusion import trigflow
from sprint_live.train.networks.network import SPRINT_TINY, Network, released_transformer
from sprint_live.train.networks.teacher import TeacherAndBranch

GUIDANCE_SCALE = 0.1
T_MAX = math.pi / 2
SIGMA = trigflow.SIGMA_DATA


class StudentAndBranch(nn.Module):
    """Transformer with guidance embedding, its branch, and the learned log-variance u(t) of the sCM loss."""

    def __init__(self, network: Network = SPRINT_TINY) -> None:
        super().__init__()
        self.network = network
        self.transformer = network.build(guidance=True)
        self.branch = SanaSprintControlNet.from_transformer(self.transformer, num_layers=network.num_branch_blocks)
        self.log_variance = nn.Sequential(nn.Linear(8, 32), nn.SiLU(), nn.Linear(32, 1))
        nn.init.zeros_(self.log_variance[2].weight)
        nn.init.zeros_(self.log_variance[2].bias)

    @classmethod
    def from_teacher(cls, teacher: TeacherAndBranch) -> StudentAndBranch:
        """The released student if the network names one, else the teacher's weights under the student's names, where
        guidance has no effect yet. The branch is the teacher's either way."""
        student = cls(teacher.network)
        student.branch.load_state_dict(teacher.branch.state_dict())
        if teacher.network.student is not None:
            student.transformer = released_transformer(teacher.network.student)
            return student
        student.start_as(teacher)
        return student

    def start_as(self, teacher: TeacherAndBranch) -> None:
        """Take the transformer weights of a flow teacher; guidance has no effect yet."""
        weights = {
            name.replace("time_embed.emb.", "time_embed."): value
            for name, value in teacher.transformer.state_dict().items()
        }
        self.transformer.load_state_dict(weights, strict=False)
        for parameter in self.transformer.time_embed.guidance_embedder.linear_2.parameters():
            nn.init.zeros_(parameter)

    @torch.no_grad()
    def carry_over(self, before: TeacherAndBranch, after: TeacherAndBranch, *, share: float = 0.8) -> None:
        """Make a student of `before` one of `after`, the same teacher trained on: after + share (student - before).

        Measured with sprint-tiny against the ends of the new teacher's paths at s = 1: error 0.15, where the old
        student and the new teacher have 0.30 each, and the old student after 230 updates on those paths 0.20. With one
        teacher for both and a share above 1 the student goes on where training was heading: kernel distance 0.028 at
        1.15, 0.034 at 1. What only a student has (guidance, u(t)) stays as it is.
        """
        old, new, own = (
            StudentAndBranch.from_teacher(before).state_dict(),
            StudentAndBranch.from_teacher(after).state_dict(),
            self.state_dict(),
        )
        shared = [
            name for name in own if not name.startswith(("log_variance", "transformer.time_embed.guidance_embedder"))
        ]
        self.load_state_dict({**own, **{name: new[name] + share * (own[name] - old[name]) for name in shared}})

    def graft(self, teacher: TeacherAndBranch) -> None:
        """Replace the branch by the teacher's, which keeps its own stem and time; freeze the transformer."""
        self.branch = graft(
            teacher.transformer, teacher.branch, timestep_scale=teacher.network.time_scale, integer_timestep=False
        )
        self.branch.requires_grad_(True)
        self.transformer.requires_grad_(False)

    def predict(
        self,
        x_t: Tensor,
        t: Tensor,
        guidance: Tensor,
        text: Tensor,
        mask: Tensor,
        control: Tensor | None,
        strength: Tensor | float = 1.0,
    ) -> Tensor:
        """TrigFlow's F (B, 32, Y, X) at x_t = cos(t) x0 + sin(t) z of standard deviation sigma_data and angle t (B,) in
        (0, pi/2]; x0 = cos(t) x_t - sin(t) sigma_data F.

        guidance (B,): the scale that the student is told. text (B, L, D), mask (B, L): 1 = a real token. control
        (B, 32, Y, X): latents of the control maps; None leaves the branch out. strength: its own, a number or (B,).

        Source: sCM arXiv 2410.11081, section 3.
        """
        s = trigflow.s_from_t(t)
        x_s = trigflow.x_s_from_x_t(x_t, t)
        v = controlled_forward(
            self.transformer,
            x_s,
            text,
            timestep=s * self.network.student_time_scale,
            guidance=guidance * GUIDANCE_SCALE,
            text_mask=mask,
            controlnet=None if control is None else self.branch,
            control_latent_BCYX=control,
            conditioning_scale=strength,
        )
        return trigflow.F_from_v(v.to(x_s.dtype), x_s, s)

    def uncertainty(self, t: Tensor) -> Tensor:
        """u(t) (B,)."""
        frequencies = torch.arange(1, 5, device=t.device)
        angles = t[:, None] * frequencies
        return self.log_variance(torch.cat([angles.sin(), angles.cos()], 1)).squeeze(1)
