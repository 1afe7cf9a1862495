"""The sampler against closed forms: a perfect network is recovered, and noise is drawn exactly when needed."""

from __future__ import annotations

import pytest
import torch

from sprint_live.diffusion import trigflow
from sprint_live.diffusion.sampler import MAX_ANGLE, angle_schedule, sample
from sprint_live.errors import ArgumentError

NOISE = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(0))


def never() -> torch.Tensor:
    raise AssertionError("a one-step run must not draw noise")


def point_at(x0_unit: torch.Tensor):
    """A network that always predicts the same clean latent, whatever the state: F = (cos t x_t - x0)/(sin t sd)."""

    def net(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        t = t[:, None, None, None]
        return (torch.cos(t) * x_t - trigflow.SIGMA_DATA * x0_unit) / (torch.sin(t) * trigflow.SIGMA_DATA)

    return net


@pytest.mark.parametrize("num_steps", [1, 2, 3, 4])
def test_a_network_that_knows_the_answer_gives_it(num_steps: int) -> None:
    target = torch.linspace(-1, 1, NOISE.numel()).reshape(NOISE.shape)
    clean = sample(point_at(target), NOISE, angle_schedule(num_steps), draw_noise=lambda: torch.randn(NOISE.shape))
    assert torch.allclose(clean, target, atol=1e-5)


@pytest.mark.parametrize("num_steps", [1, 2, 3, 4])
def test_fresh_noise_after_every_step_but_the_last(num_steps: int) -> None:
    drawn, seen = [], []

    def draw_noise() -> torch.Tensor:
        drawn.append(torch.full(NOISE.shape, float(len(drawn) + 1)))
        return drawn[-1]

    def net(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        seen.append((x_t, t))
        return torch.cos(t)[:, None, None, None] * x_t / torch.sin(t)[:, None, None, None] / trigflow.SIGMA_DATA

    angles = angle_schedule(num_steps)
    sample(net, NOISE, angles, draw_noise=draw_noise)  # this network points at zero
    assert len(drawn) == num_steps - 1
    assert torch.equal(seen[0][0], NOISE * trigflow.SIGMA_DATA)
    for (x_t, t), noise, angle in zip(seen[1:], drawn, angles[1:], strict=False):
        assert t.tolist() == [angle.item()] * len(NOISE)
        assert torch.allclose(x_t, torch.sin(angle) * trigflow.SIGMA_DATA * noise, atol=1e-5)


def test_on_step_may_replace_and_stop() -> None:
    target = torch.zeros_like(NOISE)
    visited = []

    def stop_after_first(index: int, t: torch.Tensor, x: torch.Tensor) -> None:
        visited.append((index, round(t.item(), 4)))

    sample(point_at(target), NOISE, angle_schedule(4), draw_noise=lambda: NOISE, on_step=stop_after_first)
    assert visited == [(0, 1.5708)]
    replaced = sample(
        point_at(target), NOISE, angle_schedule(1), draw_noise=never, on_step=lambda i, t, x: torch.ones_like(x)
    )
    assert torch.equal(replaced, torch.full_like(NOISE, 1 / trigflow.SIGMA_DATA))


def test_schedules() -> None:
    assert angle_schedule(1).tolist() == pytest.approx([MAX_ANGLE, 0])
    assert angle_schedule(2).tolist() == pytest.approx([MAX_ANGLE, 1.3, 0])
    assert angle_schedule(2, two_step_angle=None).tolist() == pytest.approx([MAX_ANGLE, MAX_ANGLE / 2, 0])
    assert angle_schedule(4).tolist() == pytest.approx([MAX_ANGLE * k / 4 for k in (4, 3, 2, 1, 0)])
    assert angle_schedule(3, angles=[1.5, 1.0, 0.5, 0.0], max_angle=None).tolist() == pytest.approx([1.5, 1.0, 0.5, 0])


@pytest.mark.parametrize(
    "arguments",
    [
        {"num_steps": 0},
        {"num_steps": 5},
        {"num_steps": True},
        {"num_steps": 1.0},
        {"num_steps": 1, "two_step_angle": 1.1},
        {"num_steps": 1, "max_angle": None},
        {"num_steps": 1, "max_angle": 2.0},
        {"num_steps": 1, "max_angle": float("nan")},
        {"num_steps": 2, "angles": [1.5, 0.0]},
        {"num_steps": 2, "angles": [0.5, 1.5, 0.0]},
        {"num_steps": 1, "angles": [1.5, 0.0], "max_angle": 1.2},
    ],
)
def test_schedules_refuse_what_they_cannot_use(arguments: dict) -> None:
    with pytest.raises(ArgumentError, match="fix: "):
        angle_schedule(**arguments)
