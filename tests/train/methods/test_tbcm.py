"""TBCM: where its times lie, that the batch is one path with the path's own velocities, and that no picture is read."""

from __future__ import annotations

import dataclasses
import math

import pytest
import torch
from safetensors.torch import load_file, save_file

from sprint_live.errors import ArgumentError
from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.methods import tbcm
from sprint_live.train.networks import student, student_recipe, student_update, teacher
from sprint_live.train.networks.latent_datasets import Conditions
from tests.train.methods.test_mean_velocity import folder  # noqa: F401
from tests.train.test_training import SMALL, _awake, _batch

LOOP = LoopOptions(num_updates=2, batch_size=30, learning_rate=1e-3, warmup_updates=1, stats_every=1, dtype="float32")
PUBLISHED = [1.57, 1.54, 1.51, 1.47, 1.43, 1.37, 1.31, 1.24, 1.14, 1.03, 0.90, 0.74, 0.56, 0.37, 0.18, 0.006]


def test_the_reference_angles_are_the_published_ones():
    assert tbcm.reference_angles().tolist() == pytest.approx(PUBLISHED, abs=0.006)
    low = 2.5 * 0.001 / (1 + 1.5 * 0.001)
    for k, angle in enumerate(tbcm.reference_angles().tolist()):
        line = 1 + (low - 1) * k / 15
        shifted = 2.5 * line / (1 + 1.5 * line)
        assert angle == pytest.approx(math.atan2(shifted, 1 - shifted), abs=1e-12)


def test_an_update_has_one_angle_evenly_drawn_from_each_gap():
    """Share of its gap: uniform (Kolmogorov-Smirnov), and not tied to the shares of the other gaps."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.stack([tbcm.draw_angles(generator) for _ in range(4000)])
    corners = tbcm.reference_angles()
    assert drawn.dtype == torch.float64 and drawn.shape == (4000, 16) and (drawn[:, 0] == math.pi / 2).all()
    share = (corners[:-1] - drawn[:, 1:]) / (corners[:-1] - corners[1:])
    assert share.min() >= 0 and share.max() <= 1
    expected = (torch.arange(4000, dtype=torch.float64)[:, None] + 0.5) / 4000
    assert (share.sort(0).values - expected).abs().max() < 1.9 / math.sqrt(4000), "p = 0.001 in one of 15 gaps"
    assert torch.corrcoef(share.T).fill_diagonal_(0).abs().max() < 0.08


def test_a_path_is_exact_for_a_straight_one_and_keeps_its_velocities():
    clean = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    noise = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    angles = tbcm.draw_angles(torch.Generator().manual_seed(3)).double()
    asked = []

    def velocity(x_t, t):
        asked.append(t)
        over = t[:, None, None, None]
        return 0.5 * (torch.cos(over) * noise - torch.sin(over) * clean)

    paths = tbcm.follow(velocity, noise, angles)
    assert len(asked) == 16 and paths.x_t.shape == paths.dx_dt.shape == (15, 2, 3, 4, 4)
    for point, slope, t in zip(paths.x_t, paths.dx_dt, angles[1:], strict=True):
        torch.testing.assert_close(slope, velocity(point, t.expand(2)))
        torch.testing.assert_close(point, 0.5 * (torch.cos(t) * clean + torch.sin(t) * noise), rtol=0, atol=1e-6)
    torch.testing.assert_close(paths.end, clean, rtol=0, atol=1e-6)


def test_a_path_that_ends_near_black_is_dropped_with_chance_one_minus_its_distance():
    black = torch.full((2, 3, 3), 0.5, dtype=torch.float64)
    away = torch.tensor([0.0, 0.25, 0.75, 1.0, 4.0], dtype=torch.float64)
    end = black + away.sqrt()[:, None, None, None]
    draws = torch.rand(20_000, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    kept = torch.stack([tbcm.kept_paths(end, black, row) for row in draws]).double().mean(0)
    assert kept[0] == 0 and kept[3] == kept[4] == 1
    for share, chance in zip(kept[1:3], away[1:3], strict=True):
        assert abs(share - chance) < 4 * (chance * (1 - chance) / 20_000) ** 0.5


def test_the_tangent_rises_and_calms_down():
    at = [
        student_update.tangent_weight(step, 4000, (15000, 17000)) for step in (0, 2000, 4000, 15000, 16000, 17000, 9**9)
    ]
    assert at == [0, 0.5, 1, 1, 0.875, 0.75, 0.75]
    assert student_update.tangent_weight(10**6, 4000, None) == 1


def _losses(tmp_path, **changes) -> student_update.Distillation:
    recipe = student_recipe.StudentRecipe(
        network=SMALL,
        latents=tmp_path,
        teacher=tmp_path / "teacher",
        out=tmp_path / "run",
        loop=LOOP,
        latent_sides=(4,),
        tangent_warmup=1,
        **changes,
    )
    source = _awake(teacher.TeacherAndBranch(SMALL)).eval().requires_grad_(False)
    pupil = _awake(student.StudentAndBranch.from_teacher(source))
    run = Run(recipe.out, LOOP, {"student": pupil})
    return student_update.Distillation(recipe, run, source, pupil, None, torch.randn(2, 384))


def test_an_update_learns_from_all_fifteen_points_and_asks_the_teacher_for_the_path_alone(tmp_path, monkeypatch):
    losses, batch = _losses(tmp_path), _batch(2)
    calls, seen = [], []
    velocity, consistency = losses.teacher_velocity, losses.consistency
    losses.teacher_velocity = lambda x_t, t, *rest: calls.append(t[0].item()) or velocity(x_t, t, *rest)
    losses.consistency = lambda F, x_t, t, guidance, given, strength, dx_dt, *, counted: (
        seen.append((x_t, t, guidance, given, strength, dx_dt, counted))
        or consistency(F, x_t, t, guidance, given, strength, dx_dt, counted=counted)
    )
    monkeypatch.setattr(tbcm, "kept_paths", lambda end, black, draws: torch.tensor([False, True]))
    given = Conditions(control=batch.control, text=batch.text, text_mask=batch.text_mask)
    before = [parameter.clone() for parameter in losses.student.parameters()]
    tbcm.update(losses, given, torch.zeros(32, 4, 4))
    assert len(calls) == 16 and calls == sorted(calls, reverse=True) and calls[0] == pytest.approx(math.pi / 2)
    x_t, t, guidance, rows, strength, dx_dt, counted = seen[0]
    assert t.tolist() == [angle for angle in calls[1:] for _ in range(2)] and len(x_t) == 30
    assert (rows.text[::2] == batch.text[0]).all() and (rows.text[1::2] == batch.text[1]).all()
    assert counted.tolist() == [0, 1] * 15
    expected = velocity(x_t, t, guidance, rows, strength)
    torch.testing.assert_close(dx_dt, expected, rtol=1e-3, atol=1e-4)
    assert any(not torch.equal(a, b) for a, b in zip(before, losses.student.parameters(), strict=True))


def test_a_dropped_path_teaches_nothing_but_counts_in_the_mean(tmp_path):
    losses, batch = _losses(tmp_path), _batch(2)
    t, told = torch.tensor([0.6, 1.0]), (torch.full((2,), 4.5), batch, torch.ones(2))
    x_t, dx_dt = 0.5 * batch.picture, 0.5 * batch.control
    F = (0.1 * batch.control).requires_grad_()

    def found(rows: slice, counted: torch.Tensor | None) -> tuple[float, torch.Tensor]:
        guidance, given, strength = told
        part = dataclasses.replace(
            given, picture=given.picture[rows], control=given.control[rows], text=given.text[rows],
            text_mask=given.text_mask[rows],
        )  # fmt: skip
        loss = losses.consistency(
            F[rows], x_t[rows], t[rows], guidance[rows], part, strength[rows], dx_dt[rows], counted=counted
        )
        return loss.item(), torch.autograd.grad(loss, F)[0]

    loss, gradient = found(slice(0, 2), torch.tensor([0.0, 1.0]))
    alone, its_gradient = found(slice(1, 2), None)
    assert loss == pytest.approx(alone / 2, rel=1e-4) and (gradient[0] == 0).all()
    torch.testing.assert_close(gradient[1], its_gradient[1] / 2, rtol=1e-3, atol=1e-6)
    assert found(slice(0, 2), torch.zeros(2))[0] == 0


def test_a_run_reads_no_pictures_and_says_which_batches_fit(folder):  # noqa: F811
    file = folder / "latents-00000-04.safetensors"
    save_file({"control": load_file(file)["control"]}, file)
    recipe = student_recipe.StudentRecipe(
        network=SMALL, latents=folder, teacher=folder / "teacher", out=folder / "run", loop=LOOP, latent_sides=(4,),
        tangent_warmup=1, calm_down=(1, 2),
    )  # fmt: skip
    sheet, black = NoSheet(torch.randn(2, 384)), {4: torch.zeros(32, 4, 4)}
    assert tbcm.train(recipe, torch.device("cpu"), sheet, black)
    assert [line["step"] for line in read_stats(folder / "run")] == [1, 2]
    odd = dataclasses.replace(recipe, loop=dataclasses.replace(LOOP, batch_size=32))
    with pytest.raises(ArgumentError, match="a batch of 32.*multiple of 15"):
        tbcm.train(odd, torch.device("cpu"), sheet, black)
