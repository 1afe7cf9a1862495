"""Networks of run folders that draw, so that a teacher or an ablation can be judged without being exported.

Text, control and pixels go through the parts of one finished pipeline; only the transformer, its branch and the way
they are sampled are the run's own. Noise is the engine's: one generator a picture,
so the same seed starts from the same noise.

Knows: run folders, samplers, a pipeline's parts.  Must not know: scores, how pictures are judged.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from sprint_live.diffusion.sampler import angle_schedule, sample
from sprint_live.errors import WeightsError, refusal
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline
from sprint_live.train.ablation_variants import TEACHERS
from sprint_live.train.loop.checkpoint import averaged_weights, load_averaged
from sprint_live.train.networks import signed_time
from sprint_live.train.networks.distillation import GRAFT_NOTE
from sprint_live.train.networks.network import SPRINT_TINY, Network
from sprint_live.train.networks.sample_sheets import guided_velocity
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch

Denoise = Callable[[Tensor, Tensor, Tensor, "list[torch.Generator]", Tensor], Tensor]


class RunPainter:
    """Draws with the networks of a run: white lines on black and a caption in, a picture out."""

    def __init__(self, pipeline: SanaSprintControlNetPipeline, denoise: Denoise) -> None:
        self._pipeline, self._denoise = pipeline, denoise

    @torch.inference_mode()
    def paint(self, maps_u8: list[np.ndarray], captions: list[str], seeds: list[int]) -> list[np.ndarray]:
        """Maps (S, S) uint8 -> pictures (S, S, 3) uint8, drawn as one batch."""
        pipe = self._pipeline
        device = pipe.device
        maps = torch.from_numpy(np.stack(maps_u8))[:, None].to(device).float().div_(127.5).sub_(1)
        control = pipe.encode_pixels(maps.expand(-1, 3, -1, -1)).float()
        text, mask = _text(pipe, captions)
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        noise = torch.cat([torch.randn((1, *control.shape[1:]), generator=generator) for generator in generators]).to(
            device
        )
        clean = self._denoise(noise, text, mask, generators, control)
        pictures = pipe.decode(clean, "np")
        return list((pictures * 255).round().astype(np.uint8))


def _text(pipe: SanaSprintControlNetPipeline, captions: list[str]) -> tuple[Tensor, Tensor]:
    text, mask = pipe.encode_as_trained(captions)
    return text.float().to(pipe.device), mask.to(pipe.device)


def teacher_painter(
    pipeline: SanaSprintControlNetPipeline, teacher: nn.Module, *, num_steps: int = 20, guidance: float = 4.5
) -> RunPainter:
    """Euler steps of the flow from s = 1 to 0, evenly spaced, with classifier-free guidance (two passes a step).

    `teacher` has `velocity` as TeacherAndBranch. Guidance 4.5 is what the student was distilled at and draws with.
    """
    null, null_mask = _text(pipeline, [""])
    null_text = null[0, : int(null_mask[0].sum())]

    def denoise(
        noise: Tensor, text: Tensor, mask: Tensor, generators: list[torch.Generator], control: Tensor
    ) -> Tensor:
        x, ones = noise, torch.ones(len(noise), device=noise.device)
        times = torch.linspace(1, 0, num_steps + 1)
        for now, then in itertools.pairwise(times):
            x = x + (then - now) * guided_velocity(
                teacher, x, now * ones, text, mask.bool(), control, null_text, guidance
            )
        return x

    return RunPainter(pipeline, denoise)


def student_painter(
    pipeline: SanaSprintControlNetPipeline, student: StudentAndBranch, *, num_steps: int = 1, guidance: float = 4.5
) -> RunPainter:
    """The pipeline's own sampler, `num_steps` 1 to 4, over a student that is not exported."""

    def denoise(
        noise: Tensor, text: Tensor, mask: Tensor, generators: list[torch.Generator], control: Tensor
    ) -> Tensor:
        scale = torch.full((len(noise),), guidance, device=noise.device)

        def net(x_t: Tensor, t: Tensor) -> Tensor:
            return student.predict(x_t, t, scale, text, mask.bool(), control)

        def draw_noise() -> Tensor:
            return torch.cat([torch.randn((1, *noise.shape[1:]), generator=generator) for generator in generators]).to(
                noise.device
            )

        return sample(net, noise, angle_schedule(num_steps).to(noise.device), draw_noise=draw_noise)

    return RunPainter(pipeline, denoise)


def load_teacher(folder: Path) -> TeacherAndBranch:
    """The averaged teacher and branch of a run folder: sprint-tiny's, or one of `train.ablations` by its folder's name.

    Raises:
        ArgumentError: the run has no checkpoint.
        WeightsError: it is of another network, or a student's.
    """
    _check_kind(folder, "teacher")
    teacher = TeacherAndBranch(_network(folder.name.removeprefix("teacher-")))
    load_averaged(teacher, folder, "teacher")
    return teacher.eval().requires_grad_(False)


def load_student(folder: Path, teacher: Path) -> StudentAndBranch:
    """The averaged student and branch of a run folder; `teacher` is the run it was made from. A grafted run names the
    one whose transformer it stands on.

    Raises:
        ArgumentError, WeightsError: as `load_teacher`.
    """
    _check_kind(folder, "student")
    source = load_teacher(teacher)
    if (folder / GRAFT_NOTE).exists():
        student = StudentAndBranch.from_teacher(source)
        load_averaged(student, folder / json.loads((folder / GRAFT_NOTE).read_text("utf-8"))["graft_on"], "student")
        student.graft(source)
        load_averaged(student, folder, "student")
    else:
        student = signed_time.load_student(source.network, folder)
    return student.eval().requires_grad_(False)


def reconstruct(pipeline: SanaSprintControlNetPipeline, pictures_u8: list[np.ndarray]) -> list[np.ndarray]:
    """Pictures (S, S, 3) uint8 through the autoencoder and back:
    as near as any latent model of this pipeline can come.
    """
    pixels = torch.from_numpy(np.stack(pictures_u8)).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)
    latents = pipeline.encode_pixels(pixels)
    return list((pipeline.decode(latents, "np") * 255).round().astype(np.uint8))


def _network(name: str) -> Network:
    return TEACHERS.get(name, SPRINT_TINY)


def _check_kind(folder: Path, name: str) -> None:
    try:
        averaged_weights(folder, name)
    except KeyError as error:
        raise WeightsError(
            refusal(
                got=f"{folder}, a run without a {name}",
                accepted=f"the folder of a {name} run",
                fix="check which run is which",
            )
        ) from error
