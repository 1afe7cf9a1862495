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
from sprint_live.train.networks.trajectories import path_velocities
from tests.train.methods.test_mean_velocity import folder  # noqa: F401
from tests.train.test_training import SMALL, _awake, _batch

LOOP = LoopOptions(num_updates=2, batch_size=30, learning_rate=1e-3, warmup_updates=1, stats_every=1, dtype="float32")
PUBLISHED = [1.57, 1.54, 1.51, 1.47, 1.43, 1.37, 1.31, 1.24, 1.14, 1.03, 0.90, 0.74, 0.56, 0.37, 0.18, 0.006]


def test_the_reference_angles_are_the_published_ones():
    assert tbcm.reference_angles().tolist() == pytest.approx(PUBLISHED, abs=0.006)


def test_an_update_has_one_angle_evenly_drawn_from_each_gap():
    generator = torch.Generator().manual_seed(0)
    drawn = torch.stack([tbcm.draw_angles(generator) for _ in range(4000)]).double()
    corners = tbcm.reference_angles()
    assert drawn.shape == (4000, 16) and (drawn[:, 0] == corners[0].float()).all()
    share = (corners[:-1] - drawn[:, 1:]) / (corners[:-1] - corners[1:])
    assert share.min() > -1e-4 and share.max() < 1 + 1e-4
    assert (share.mean(0) - 0.5).abs().max() < 0.02 and (share.std(0) - 12**-0.5).abs().max() < 0.01
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
    black = torch.full((2, 3, 3), 0.5)
    end = black + torch.tensor([0.0, math.sqrt(0.25), math.sqrt(0.75), 2.0])[:, None, None, None]
    generator = torch.Generator().manual_seed(0)
    kept = torch.zeros(4)
    for _ in range(2000):
        kept[tbcm.kept_paths(end, black, torch.rand(4, generator=generator))] += 1 / 2000
    assert kept[0] == 0 and abs(kept[1] - 0.25) < 0.04 and abs(kept[2] - 0.75) < 0.04 and kept[3] > 0.999
    assert tbcm.kept_paths(end[:2], black, torch.zeros(2)).tolist() == [1]


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
    losses.consistency = lambda F, x_t, t, guidance, given, strength, dx_dt: (
        seen.append((x_t, t, guidance, given, strength, dx_dt))
        or consistency(F, x_t, t, guidance, given, strength, dx_dt)
    )
    monkeypatch.setattr(tbcm, "kept_paths", lambda end, black, draws: torch.tensor([1]))
    given = Conditions(control=batch.control, text=batch.text, text_mask=batch.text_mask)
    before = [parameter.clone() for parameter in losses.student.parameters()]
    tbcm.update(losses, given, torch.zeros(32, 4, 4))
    assert len(calls) == 16 and calls == sorted(calls, reverse=True) and calls[0] == pytest.approx(math.pi / 2)
    x_t, t, guidance, rows, strength, dx_dt = seen[0]
    assert t.tolist() == calls[1:] and len(x_t) == 15 and (rows.text == batch.text[1]).all()
    expected = velocity(x_t, t, guidance, rows, strength)
    torch.testing.assert_close(dx_dt, expected, rtol=1e-3, atol=1e-4)
    assert any(not torch.equal(a, b) for a, b in zip(before, losses.student.parameters(), strict=True))


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


def test_velocities_come_back_from_stored_paths_and_no_teacher_is_asked():
    times = torch.linspace(1, 0, 9, dtype=torch.float64)
    wanted = torch.randn(2, 8, 3, 4, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    path = [torch.zeros(2, 3, 4, 4, dtype=torch.float64)]
    for k in range(8):
        v = wanted[:, k] if k == 0 else 1.5 * wanted[:, k] - 0.5 * wanted[:, k - 1]
        path.append(path[-1] + (times[k + 1] - times[k]) * v)
    torch.testing.assert_close(path_velocities(torch.stack(path, 1), times), wanted)
