"""A student with signed time and a target time: folded it is an ordinary one; RCGM and TwinFlow teach it."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
import torch
from diffusers import SanaTransformer2DModel
from safetensors.torch import load_file, save_file

from sprint_live.errors import ArgumentError
from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.methods import mean_velocity, twinflow
from sprint_live.train.networks import signed_time, student, teacher
from tests.train.test_training import SMALL, _awake, _batch

LOOP = LoopOptions(num_updates=3, batch_size=4, learning_rate=1e-3, warmup_updates=1, stats_every=1, dtype="float32")


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Encoded scenes and a teacher's run."""
    generator = torch.Generator().manual_seed(3)
    latents = {name: torch.randn(6, 32, 4, 4, generator=generator).half() for name in ("picture", "control")}
    save_file(latents, tmp_path / "latents-00000-04.safetensors")
    text = torch.randn(6, 32, 384, generator=generator).half()
    save_file({"text": text, "length": torch.full((6,), 5, dtype=torch.int16)}, tmp_path / "text-00000.safetensors")
    source = _awake(teacher.TeacherAndBranch(SMALL))
    (tmp_path / "teacher").mkdir()
    checkpoint.write(tmp_path / "teacher", {"ema": {"teacher": source.state_dict()}})
    return tmp_path


def _recipe(folder: Path, **changes) -> mean_velocity.MeanVelocityRecipe:
    given = {"weights": twinflow.TWINFLOW, "out": folder / "run", **changes}
    return mean_velocity.MeanVelocityRecipe(
        latents=folder, teacher=folder / "teacher", loop=LOOP, network=SMALL, latent_sides=(4,), **given
    )


def _train(recipe: mean_velocity.MeanVelocityRecipe) -> None:
    null = torch.randn(2, 384, generator=torch.Generator().manual_seed(0))
    assert mean_velocity.train(recipe, torch.device("cpu"), NoSheet(null))


def test_the_untrained_student_is_the_teacher_at_every_time_and_sign():
    source = _awake(teacher.TeacherAndBranch(SMALL)).eval()
    pupil = signed_time.MeanVelocityStudent.from_teacher(source)
    batch, t = _batch(), torch.tensor([0.3, 0.8, 1.0])
    given = batch.text, batch.text_mask, batch.control
    with torch.no_grad():
        v = source.velocity(batch.picture, t, *given)
        for sign, r in ((1, 0.0 * t), (1, 0.5 * t), (-1, -t)):
            F = pupil.mean_velocity(batch.picture, sign * t, r, torch.full((3,), 4.5), *given)
            torch.testing.assert_close(F, v, rtol=1e-4, atol=1e-5)


def test_folded_it_is_an_ordinary_transformer_that_answers_the_same(tmp_path):
    pupil = _awake(signed_time.MeanVelocityStudent.from_teacher(_awake(teacher.TeacherAndBranch(SMALL)))).eval()
    batch, t = _batch(), torch.tensor([0.4, 1.0, 0.7])
    given = torch.tensor([4.0, 4.5, 5.0]), batch.text, batch.text_mask, batch.control
    ordinary = pupil.folded().eval()
    ordinary.transformer.save_pretrained(tmp_path)
    ordinary.transformer = SanaTransformer2DModel.from_pretrained(tmp_path)
    assert ordinary.state_dict().keys() == student.StudentAndBranch(SMALL).state_dict().keys()
    angle = torch.atan2(t, 1 - t)
    from sprint_live.diffusion import trigflow

    with torch.no_grad():
        F = pupil.mean_velocity(batch.picture, t, 0 * t, *given)
        other = pupil.mean_velocity(batch.picture, t, 0.5 * t, *given)
        fake = pupil.mean_velocity(batch.picture, -t, -t, *given)
        x_t = trigflow.x_t_from_x_s(batch.picture, t)
        found = trigflow.v_from_F(ordinary.predict(x_t, angle, *given), batch.picture, t)
    torch.testing.assert_close(found, F, rtol=1e-4, atol=2e-5)
    assert (other - F).abs().max() > 1e-3 and (fake - F).abs().max() > 1e-3


@pytest.mark.parametrize(
    ("weights", "self_guidance", "seen"),
    [
        (twinflow.TWINFLOW, 0.78, {"rectify", "difference", "difference_clamped", "flow_at_minus_t", "flow_at_t"}),
        (twinflow.RCGM, 0.78, {"rcgm", "residual_clamped"}),
        (twinflow.TWINFLOW, None, {"rectify"}),
        (twinflow.Weights(image_free=True), None, {"rectify"}),
    ],
)
def test_a_run_learns_logs_its_terms_and_becomes_an_ordinary_student(folder, weights, self_guidance, seen):
    if weights.image_free:
        file = folder / "latents-00000-04.safetensors"
        save_file({"control": load_file(file)["control"]}, file)
    _train(_recipe(folder, weights=weights, self_guidance=self_guidance))
    from sprint_live.train.loop.stats import read_stats

    lines = read_stats(folder / "run")
    assert len(lines) == 3 and all(seen <= line.keys() and math.isfinite(line["loss"]) for line in lines)
    assert ("rectify" in lines[0]) == bool(weights.rectify)
    made = signed_time.load_student(SMALL, folder / "run")
    assert type(made) is student.StudentAndBranch
    source = teacher.TeacherAndBranch(SMALL)
    checkpoint.load_averaged(source, folder / "teacher", "teacher")
    start = student.StudentAndBranch.from_teacher(source).state_dict()
    moved = [name for name, value in made.state_dict().items() if not torch.equal(value, start[name])]
    assert any(name.startswith("branch.") for name in moved) and any(name.startswith("transformer.") for name in moved)


def test_a_run_goes_on_as_if_it_had_not_stopped(folder):
    short = dataclasses.replace(_recipe(folder, out=folder / "other"), loop=dataclasses.replace(LOOP, num_updates=2))
    schedule = dataclasses.replace(LOOP, final_rate=1.0)
    for loop in (dataclasses.replace(schedule, num_updates=2), schedule):
        _train(dataclasses.replace(short, loop=loop))
    whole = dataclasses.replace(_recipe(folder, out=folder / "whole"), loop=schedule)
    _train(whole)
    one, other = (checkpoint.averaged_weights(folder / name, "student") for name in ("other", "whole"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_average_that_answers_is_the_runs_own(folder):
    pupil = _awake(signed_time.MeanVelocityStudent.from_teacher(_awake(teacher.TeacherAndBranch(SMALL))))
    run = Run(folder / "run", LOOP, {"student": pupil}, average_everywhere=True)
    trainer = mean_velocity.MeanVelocityTrainer(_recipe(folder), run, pupil, None, torch.randn(2, 384))
    trainer.update(_batch(4))
    run.step = 1
    trainer.update(_batch(4))
    own, averaged = pupil.state_dict(), trainer.averaged.state_dict()
    assert all(torch.equal(value, run.ema["student"][name]) for name, value in averaged.items())
    name = "transformer.transformer_blocks.0.attn1.to_q.weight"
    assert not torch.equal(averaged[name], own[name])


def test_pictures_of_its_own_need_a_teacher(folder):
    with pytest.raises(ArgumentError, match="image_free with self_guidance 0.78.*None"):
        _recipe(folder, weights=twinflow.Weights(image_free=True))
