"""TrigFlow identities in float64: each inverse undoes its partner, and both paths are one path."""

from __future__ import annotations

import math

import pytest
import torch

from sprint_live.diffusion import trigflow

DRAWS = 10_000


@pytest.fixture(scope="module")
def draws() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(7)

    def normal() -> torch.Tensor:
        return torch.randn(DRAWS, 2, generator=generator, dtype=torch.float64)

    t = torch.rand(DRAWS, generator=generator, dtype=torch.float64) * (math.pi / 2)
    return {"x0": normal() * trigflow.SIGMA_DATA, "z": normal(), "t": t, "s": trigflow.s_from_t(t)}


def largest_difference(a: torch.Tensor, b: torch.Tensor) -> float:
    return (a - b).abs().max().item()


def test_times_are_inverse_and_span_the_unit_interval(draws) -> None:
    assert largest_difference(trigflow.t_from_s(draws["s"]), draws["t"]) < 1e-15
    ends = torch.tensor([0.0, math.pi / 4, math.pi / 2], dtype=torch.float64)
    assert largest_difference(trigflow.s_from_t(ends), torch.tensor([0.0, 0.5, 1.0], dtype=torch.float64)) < 1e-15


def test_sigma_is_the_tangent(draws) -> None:
    t = draws["t"] * 0.99
    assert largest_difference(trigflow.t_from_sigma(trigflow.sigma_from_t(t)), t) < 1e-15


def test_the_two_paths_are_one(draws) -> None:
    x0, z, t, s = (draws[name] for name in ("x0", "z", "t", "s"))
    x_t = trigflow.x_t_from_x0(x0, z, t)
    flow = (1 - s[:, None]) * (x0 / trigflow.SIGMA_DATA) + s[:, None] * z
    assert largest_difference(trigflow.x_s_from_x_t(x_t, t), flow) < 4e-15
    assert largest_difference(trigflow.x_t_from_x_s(flow, s), x_t) < 4e-15


def test_predictions_round_trip_and_agree_with_the_truth(draws) -> None:
    x0, z, t, s = (draws[name] for name in ("x0", "z", "t", "s"))
    x_t = trigflow.x_t_from_x0(x0, z, t)
    x_s = trigflow.x_s_from_x_t(x_t, t)
    v = z - x0 / trigflow.SIGMA_DATA
    F = trigflow.F_from_v(v, x_s, s)
    assert largest_difference(F, trigflow.F_from_x0(x0, z, t)) < 1e-14
    assert largest_difference(trigflow.v_from_F(F, x_s, s), v) < 2e-14
    assert largest_difference(trigflow.x0_from_F(F, x_t, t), x0) < 1e-14
    assert largest_difference(trigflow.z_from_F(F, x_t, t), z) < 1e-14
    away = t.clamp_min(0.05)  # at t = 0 every prediction points at x_t itself
    assert (
        largest_difference(
            trigflow.F_from_ends(x0, trigflow.x_t_from_x0(x0, z, away), away), trigflow.F_from_x0(x0, z, away)
        )
        < 1e-12
    )


def test_F_is_the_derivative_of_the_path(draws) -> None:
    x0, z = draws["x0"], draws["z"]
    _, dx_dt = torch.func.jvp(lambda t: trigflow.x_t_from_x0(x0, z, t), (draws["t"],), (torch.ones(DRAWS).double(),))
    assert largest_difference(dx_dt, trigflow.SIGMA_DATA * trigflow.F_from_x0(x0, z, draws["t"])) < 1e-14


def test_sigma_data_cancels_in_a_whole_step(draws) -> None:
    z, t = draws["z"], draws["t"]

    def clean(sigma_data: float) -> torch.Tensor:
        x_t = sigma_data * z
        x_s = trigflow.x_s_from_x_t(x_t, t, sigma_data)
        F = trigflow.F_from_v(torch.tanh(x_s), x_s, trigflow.s_from_t(t))
        return trigflow.x0_from_F(F, x_t, t, sigma_data) / sigma_data

    assert largest_difference(clean(0.5), clean(8.0)) == 0.0  # powers of two: exact


def test_times_broadcast_over_latents() -> None:
    latent = torch.ones(2, 3, 4, 5, dtype=torch.float64)
    t = torch.tensor([0.0, math.pi / 2], dtype=torch.float64)
    noised = trigflow.x_t_from_x0(latent, 2 * latent, t, sigma_data=0.5)
    assert torch.allclose(noised[0], latent[0]) and torch.allclose(noised[1], latent[1])
    assert noised.shape == latent.shape
