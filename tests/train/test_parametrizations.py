"""The training-free transformation: one teacher, sampled as a flow and as TrigFlow, draws the same picture."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
import torch
from torch import Tensor

from sprint_live.diffusion import trigflow
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch

NUM_STEPS = 16  # flow times k/16 are exact in float32, to which the network rounds its time input
SMALL = dataclasses.replace(
    SPRINT_TINY,
    num_branch_blocks=2,
    feature_blocks=(1,),
    transformer={
        **SPRINT_TINY.transformer,
        "num_attention_heads": 2,
        "num_cross_attention_heads": 2,
        "cross_attention_dim": 64,
        "num_layers": 4,
        "caption_channels": 24,
    },
)


@pytest.fixture(scope="module")
def scene() -> dict[str, object]:
    """A random teacher in float64 whose zero projections are awake, the untrained student made from it, and inputs."""
    torch.manual_seed(0)
    teacher = TeacherAndBranch(SMALL).eval()
    with torch.no_grad():
        for parameter in teacher.parameters():
            if not parameter.any():
                parameter.normal_(std=0.05)
    student = StudentAndBranch.from_teacher(teacher).eval()
    mask = torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], dtype=torch.bool)
    return {
        "teacher": teacher.double(),
        "student": student.double(),
        "noise": torch.randn(2, 32, 4, 4, dtype=torch.float64),
        "given": (torch.randn(2, 5, 24, dtype=torch.float64), mask, torch.randn(2, 32, 4, 4, dtype=torch.float64)),
    }


@torch.no_grad()
def by_flow(scene: dict[str, object], num_steps: int = NUM_STEPS) -> Tensor:
    """Euler steps in s from 1 to 0: x += (s' - s) v."""
    x = scene["noise"]
    times = torch.linspace(1, 0, num_steps + 1, dtype=torch.float64)
    for s, then in itertools.pairwise(times):
        x = x + (then - s) * scene["teacher"].velocity(x, s.expand(2), *scene["given"])
    return x


@torch.no_grad()
def by_trigflow(scene: dict[str, object], num_steps: int = NUM_STEPS) -> Tensor:
    """The corresponding steps in t from pi/2 to 0: toward the x0 and z that F points at."""
    angles = trigflow.t_from_s(torch.linspace(1, 0, num_steps + 1, dtype=torch.float64))
    x_t = trigflow.SIGMA_DATA * scene["noise"]
    guidance = torch.full((2,), 4.5, dtype=torch.float64)  # a student fresh from its teacher takes no notice of it
    for t, then in itertools.pairwise(angles):
        F = scene["student"].predict(x_t, t.expand(2), guidance, *scene["given"])
        x_t = trigflow.x_t_from_x0(trigflow.x0_from_F(F, x_t, t), trigflow.z_from_F(F, x_t, t), then)
    return x_t / trigflow.SIGMA_DATA


@pytest.mark.parametrize("num_steps", [1, 2, NUM_STEPS])
def test_both_parametrizations_draw_the_same_picture(scene, num_steps):
    flow, trig = by_flow(scene, num_steps), by_trigflow(scene, num_steps)
    assert flow.std() > 0.1 and (flow - scene["noise"]).abs().mean() > 0.1
    assert (flow - trig).abs().max() < 1e-12 * flow.abs().max()


def test_the_number_of_steps_matters_so_equality_is_no_accident(scene):
    assert (by_flow(scene, 2) - by_flow(scene, NUM_STEPS)).abs().mean() > 1e-3


def _wrong_sign(F: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
    return torch.cos(t) * x_t + torch.sin(t) * (trigflow.SIGMA_DATA * F)


def _wrong_scale(F: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
    return torch.cos(t) * x_t - torch.sin(t) * F


def _wrong_state(x_t: Tensor, t: Tensor) -> Tensor:
    return x_t / trigflow.SIGMA_DATA * trigflow.flow_norm(trigflow.s_from_t(t))[:, None, None, None] * 1.001


def _wrong_time(t: Tensor) -> Tensor:
    return 2 * t / math.pi


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("x0_from_F", _wrong_sign),
        ("x0_from_F", _wrong_scale),
        ("x_s_from_x_t", _wrong_state),
        ("s_from_t", _wrong_time),
    ],
)
def test_a_wrong_sign_scale_state_or_time_is_seen(scene, monkeypatch, name, wrong):
    flow = by_flow(scene)
    monkeypatch.setattr(trigflow, name, wrong)
    assert (flow - by_trigflow(scene)).abs().max() > 1e-4
