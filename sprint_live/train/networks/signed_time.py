"""A student that is asked for mean velocities: a target time r beside t, and negative times for its own pictures.

Z(r, sign) is added to the guidance embedding, before the time embedding's SiLU; |t| goes where t went. Its last layer
starts at zero, so the untrained student is the teacher at every t, r and sign. Samplers ask with r = 0 and a positive
sign alone: there Z is one vector, and `folded` adds it to `guidance_embedder.linear_2.bias`. What is exported is an
ordinary SanaTransformer2DModel.

Source: the difference of signs and target times, TwinFlow arXiv 2512.05150; the embedding and its folding are ours.
Knows: teacher and student.  Must not know: losses, data.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn

from controlnet.forward import controlled_forward
from sprint_live.errors import WeightsError, refusal
from sprint_live.train.loop.checkpoint import averaged_weights, load_averaged
from sprint_live.train.networks.network import Network
from sprint_live.train.networks.student import GUIDANCE_SCALE, StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch

_FREQUENCIES = 8
_OWN = "signed_time."


class SignedTime(nn.Module):
    """Z(r, sign) (B, D) of target times r (B,) in [0, 1] and whether time runs to the model's own pictures (B,)
    bool.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear_1 = nn.Linear(2 * _FREQUENCIES + 1, width)
        self.act = nn.SiLU()
        self.linear_2 = nn.Linear(width, width)
        nn.init.zeros_(self.linear_2.weight)
        nn.init.zeros_(self.linear_2.bias)

    def forward(self, r: Tensor, own: Tensor) -> Tensor:
        """Target times and own times (B,) -> an embedding (B, D)."""
        angles = r[:, None] * math.pi / 2 * 1.6 ** torch.arange(_FREQUENCIES, device=r.device)
        told = torch.cat([angles.sin(), angles.cos(), own[:, None].to(angles)], 1)
        return self.linear_2(self.act(self.linear_1(told.to(self.linear_1.weight.dtype))))


class MeanVelocityStudent(StudentAndBranch):
    """A student with the extra times. `predict` asks as a sampler does: r = 0, positive sign."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self.signed_time = SignedTime(network.width)

    @classmethod
    def from_teacher(cls, teacher: TeacherAndBranch) -> MeanVelocityStudent:
        """The flow teacher's weights, also where the network names a released student: a mean velocity from t to t is
        the flow's own, which a consistency model does not answer.

        Raises:
            WeightsError: teacher and released student count time differently, so that no export could be right.
        """
        network = teacher.network
        if network.student_time_scale != network.time_scale:
            raise WeightsError(
                refusal(
                    got=f"a teacher whose time is {network.time_scale:g} at full noise",
                    accepted=f"{network.student_time_scale:g}, as the released student reads it",
                    fix="use the teacher of that student",
                )
            )
        student = cls(network)
        student.branch.load_state_dict(teacher.branch.state_dict())
        student.start_as(teacher)
        return student

    def mean_velocity(
        self,
        x_t: Tensor,
        t: Tensor,
        r: Tensor,
        guidance: Tensor,
        text: Tensor,
        mask: Tensor,
        control: Tensor | None,
        strength: Tensor | float = 1.0,
    ) -> Tensor:
        """The mean velocity F (B, 32, Y, X), float32 or wider, from flow time |t| to |r|, both (B,) in [-1, 1].

        t < 0: of the flow to the student's own pictures. x_t (B, 32, Y, X) = (1 - |t|) x + |t| z of unit deviation.
        guidance (B,): the scale that it is told. text, mask, control, strength: see `StudentAndBranch.predict`.
        """
        shift = self.signed_time(r.abs(), t < 0)
        embedder = self.transformer.time_embed.guidance_embedder
        hook = embedder.register_forward_hook(lambda module, inputs, output: output + shift.to(output.dtype))
        try:
            F = controlled_forward(
                self.transformer,
                x_t,
                text,
                timestep=t.abs() * self.network.student_time_scale,
                guidance=guidance * GUIDANCE_SCALE,
                text_mask=mask,
                controlnet=None if control is None else self.branch,
                control_latent_BCYX=control,
                conditioning_scale=strength,
            )
        finally:
            hook.remove()
        return F.to(x_t.dtype)

    @torch.no_grad()
    def folded(self) -> StudentAndBranch:
        """An ordinary student that answers as this one does for r = 0 and a positive sign."""
        weights = {name: value for name, value in self.state_dict().items() if not name.startswith(_OWN)}
        bias = "transformer.time_embed.guidance_embedder.linear_2.bias"
        zero = weights[bias].new_zeros(1)
        weights[bias] = weights[bias] + self.signed_time(zero, zero < 0)[0].to(weights[bias].dtype)
        student = StudentAndBranch(self.network)
        student.load_state_dict(weights)
        return student


def load_student(network: Network, folder: Path) -> StudentAndBranch:
    """The averaged student of a run folder, whichever method trained it: ready to sample and to export.

    Raises:
        ArgumentError: the run has no checkpoint.
        WeightsError: it was made for another network.
    """
    extra = any(name.startswith(_OWN) for name in averaged_weights(folder, "student"))
    student = MeanVelocityStudent(network) if extra else StudentAndBranch(network)
    load_averaged(student, folder, "student")
    return student.folded() if isinstance(student, MeanVelocityStudent) else student
