"""Where a run starts when it does not start from random weights:
a model folder, or a student carried over to a new teacher.

Each writes a run folder with a checkpoint that `load_averaged` reads, so that what follows cannot tell it from a run.

Knows: model folders, run folders, teacher and student.  Must not know: losses, data, recipes.
"""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import SanaTransformer2DModel

from controlnet.branch import SanaSprintControlNet
from sprint_live.errors import WeightsError, refusal
from sprint_live.models.autoencoder import SprintTinyAutoencoder
from sprint_live.train.loop import checkpoint
from sprint_live.train.networks.network import SPRINT_TINY, Network
from sprint_live.train.networks.student import GUIDANCE_SCALE, StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch

GUIDANCE = 4.5  # the scale that a one-step student is asked with


@torch.no_grad()
def flow_twin(student: StudentAndBranch, guidance: float = GUIDANCE) -> TeacherAndBranch:
    """The flow network that draws what `student` draws in one step at this guidance.

    At the largest angle x^ = z - F = z - v, so the student's weights are a flow network's; the embedding of one
    guidance scale is one vector, and goes into the bias of the time embedding. Equal to 2e-5 on sprint-tiny.
    """
    twin = TeacherAndBranch(student.network)
    embed = student.transformer.time_embed
    scale = torch.tensor([guidance * GUIDANCE_SCALE])
    known = student.transformer.state_dict()
    weights = {name: known[name.replace("time_embed.emb.", "time_embed.")] for name in twin.transformer.state_dict()}
    bias = "time_embed.emb.timestep_embedder.linear_2.bias"
    weights[bias] = weights[bias] + embed.guidance_embedder(embed.guidance_condition_proj(scale))[0]
    twin.transformer.load_state_dict(weights)
    twin.branch.load_state_dict(student.branch.state_dict())
    return twin


def start_teacher_from_model(folder: Path, out: Path, network: Network = SPRINT_TINY) -> None:
    """Write into `out` a run whose teacher is the flow twin of a model folder's student.

    Raises:
        WeightsError: the folder has no such transformer and branch, or of another shape.
    """
    student = StudentAndBranch(network)
    try:
        transformer = SanaTransformer2DModel.from_pretrained(folder / "transformer", torch_dtype=torch.float32)
        branch = SanaSprintControlNet.from_pretrained(folder / "controlnet", torch_dtype=torch.float32)
        student.transformer.load_state_dict(transformer.state_dict())
        student.branch.load_state_dict(branch.state_dict())
    except (OSError, RuntimeError) as error:
        raise WeightsError(
            refusal(
                got=f"{folder}, whose transformer and controlnet do not fit this recipe ({str(error).splitlines()[0]})",
                accepted="a folder that this recipe's export stage wrote, as assets/sprint-tiny",
                fix="give another folder, or start from random weights",
            )
        ) from error
    _write(out, "teacher", flow_twin(student))


def model_autoencoder(folder: Path) -> SprintTinyAutoencoder:
    """The autoencoder of a sprint-tiny folder, in float32.

    Raises:
        WeightsError: the folder has none.
    """
    try:
        return SprintTinyAutoencoder.from_pretrained(folder / "vae", torch_dtype=torch.float32)
    except OSError as error:
        raise WeightsError(f"{folder} has no readable vae/; fix: give a folder like assets/sprint-tiny") from error


def keep_autoencoder(folder: Path, out: Path) -> None:
    """Write into `out` a run whose autoencoder is that of a model folder.

    Raises:
        WeightsError: the folder has none.
    """
    _write(out, "vae", model_autoencoder(folder))


def carry_over(
    before: Path, after: Path, student: Path, out: Path, *, share: float, network: Network = SPRINT_TINY
) -> None:
    """Write into `out` the student run `student` of the teacher run `before`, made one of the teacher run `after`.

    share: how much of the student's difference from its teacher is kept. With `before` = `after` and a share above 1
    the student goes on in the direction of its training (sprint-tiny: 1.15). See `StudentAndBranch.carry_over`.

    Raises:
        ArgumentError: a run has no checkpoint.
        WeightsError: a run is of another network.
    """
    teachers = []
    for folder in (before, after):
        teachers.append(TeacherAndBranch(network))
        checkpoint.load_averaged(teachers[-1], folder, "teacher")
    made = StudentAndBranch(network)
    checkpoint.load_averaged(made, student, "student")
    made.carry_over(*teachers, share=share)
    _write(out, "student", made)


def _write(out: Path, name: str, module: torch.nn.Module) -> None:
    out.mkdir(parents=True, exist_ok=True)
    checkpoint.write(out, {"ema": {name: {key: value.float() for key, value in module.state_dict().items()}}})
