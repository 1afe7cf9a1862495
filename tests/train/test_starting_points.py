"""A teacher that starts from a model folder draws that model's one-step picture;
a student is carried over by command.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from sprint_live.cli import main
from sprint_live.diffusion import trigflow
from sprint_live.errors import WeightsError
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.networks.starting_points import flow_twin, keep_autoencoder, start_teacher_from_model
from sprint_live.train.networks.student import T_MAX, StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch
from support.paths import ROOT

SHIPPED = ROOT / "assets" / "sprint-tiny"


def _one_step_errors(teacher: TeacherAndBranch, student: StudentAndBranch) -> tuple[float, float]:
    """The largest difference of the teacher's one-step latent from the student's at guidance 4.5, and at 1."""
    generator = torch.Generator().manual_seed(0)
    noise, control, text = (torch.randn(shape, generator=generator) for shape in ((2, 32, 4, 4),) * 2 + ((2, 5, 384),))
    mask, ones = torch.ones(2, 5).bool(), torch.ones(2)
    with torch.no_grad():
        clean = noise - teacher.velocity(noise, ones, text, mask, control)
        x_t, t = trigflow.SIGMA_DATA * noise, T_MAX * ones
        drawn = [student.predict(x_t, t, scale * ones, text, mask, control) for scale in (4.5, 1.0)]
    wanted, unlike = (trigflow.x0_from_F(F, x_t, t) / trigflow.SIGMA_DATA for F in drawn)
    return (clean - wanted).abs().max().item(), (clean - unlike).abs().max().item()


def test_the_teacher_starts_at_the_shipped_one_step_picture(tmp_path: Path) -> None:
    start_teacher_from_model(SHIPPED, tmp_path / "start")
    teacher = TeacherAndBranch()
    load_averaged(teacher, tmp_path / "start", "teacher")
    assert _one_step_errors(teacher, _shipped_student())[0] < 1e-4


def test_the_guidance_of_a_student_is_in_its_flow_twin() -> None:
    student = _shipped_student()
    torch.manual_seed(0)
    torch.nn.init.normal_(student.transformer.time_embed.guidance_embedder.linear_2.weight, std=0.05)
    same, unlike = _one_step_errors(flow_twin(student), student)
    assert same < 1e-4 and unlike > 1e-2


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="do not fit this recipe"):
        start_teacher_from_model(tmp_path, tmp_path / "start")
    with pytest.raises(WeightsError, match="no readable vae"):
        keep_autoencoder(tmp_path, tmp_path / "autoencoder")


def test_carry_over_is_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    student = _shipped_student()
    teacher = flow_twin(student)
    with torch.no_grad():
        later = flow_twin(student)
        later.transformer.proj_out.bias += 1.0
    for name, module, kind in (
        ("before", teacher, "teacher"),
        ("after", later, "teacher"),
        ("old", student, "student"),
    ):
        (tmp_path / name).mkdir()
        checkpoint.write(tmp_path / name, {"ema": {kind: module.state_dict()}})
    runs = [
        f"--{option}={tmp_path / name}"
        for option, name in (("before", "before"), ("after", "after"), ("student", "old"))
    ]
    assert main(["train", "carry-over", str(tmp_path / "new"), *runs, "--share", "1.0"]) == 0
    made = StudentAndBranch()
    load_averaged(made, tmp_path / "new", "student")
    moved = made.transformer.proj_out.bias - student.transformer.proj_out.bias
    assert torch.allclose(moved, torch.ones_like(moved), atol=1e-5)
    assert main(["train", "carry-over", str(tmp_path / "new")]) != 0
    assert "--before, --after and --student" in capsys.readouterr().err


def _shipped_student() -> StudentAndBranch:
    from diffusers import SanaTransformer2DModel

    from controlnet.branch import SanaSprintControlNet

    student = StudentAndBranch()
    student.transformer.load_state_dict(
        SanaTransformer2DModel.from_pretrained(SHIPPED / "transformer", torch_dtype=torch.float32).state_dict()
    )
    student.branch.load_state_dict(
        SanaSprintControlNet.from_pretrained(SHIPPED / "controlnet", torch_dtype=torch.float32).state_dict()
    )
    return student.eval()
