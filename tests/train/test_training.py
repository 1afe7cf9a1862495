"""The trainer: Muon, the run folder, the teacher's and the student's losses, and one whole recipe in seconds."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from sprint_live.diffusion import trigflow
from sprint_live.errors import ArgumentError
from sprint_live.train.loop.muon import Muon, is_matrix, orthogonalise
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.run import Run
from sprint_live.train.networks import discriminator, student, student_recipe, student_update, teacher
from sprint_live.train.networks.latent_datasets import Batch, MixedDataset
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.recipes import RECIPES, get_recipe

# two heads and three blocks: the same classes in a tenth of a second
SMALL = dataclasses.replace(
    SPRINT_TINY,
    num_branch_blocks=2,
    feature_blocks=(0, 1, 2),
    transformer={
        **SPRINT_TINY.transformer,
        "num_attention_heads": 2,
        "num_cross_attention_heads": 2,
        "cross_attention_dim": 64,
        "num_layers": 4,
    },
)


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(0)


def _awake(model: nn.Module) -> nn.Module:
    """Zero-initialized projections would hide a missing branch or a missing tangent."""
    with torch.no_grad():
        for parameter in model.parameters():
            if not parameter.any():
                parameter.normal_(std=0.05)
    return model


def _batch(count: int = 3, dtype: torch.dtype = torch.float32) -> Batch:
    g = torch.Generator().manual_seed(1)
    mask = torch.ones(count, 5, dtype=torch.bool)
    mask[0, 3:] = False
    return Batch(
        picture=torch.randn(count, 32, 4, 4, generator=g).to(dtype),
        control=torch.randn(count, 32, 4, 4, generator=g).to(dtype),
        text=torch.randn(count, 5, 384, generator=g).to(dtype),
        text_mask=mask,
    )


def test_orthogonalise_makes_all_singular_values_about_one():
    for shape in ((24, 60), (60, 24)):
        values = torch.linalg.svdvals(orthogonalise(torch.randn(*shape)))
        assert values.min() > 0.6 and values.max() < 1.3


def test_muon_solves_least_squares_and_takes_only_matrices():
    layer = nn.Linear(20, 20, bias=False)
    goal = torch.randn(20, 20)
    optimizer = Muon([layer.weight], lr=0.05, weight_decay=0.0, dtype=torch.float32)
    for step in range(300):
        optimizer.param_groups[0]["lr"] = 0.1 * (1 - step / 300)  # its steps have a fixed length
        layer.zero_grad()
        (layer.weight - goal).square().sum().backward()
        optimizer.step()
    assert (layer.weight - goal).abs().mean() < 0.1
    assert not is_matrix(nn.Conv2d(16, 16, 3, groups=16).weight) and is_matrix(nn.Conv2d(16, 16, 3).weight)


@pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="torch.optim.Muon came with torch 2.9")
def test_muon_is_torchs_up_to_bfloat16_and_takes_convolutions_too():
    """torch's works in bfloat16 and on matrices alone, so ours is kept; a matrix's update differs by 1.2 %."""
    generator = torch.Generator().manual_seed(0)
    one = nn.Parameter(torch.randn(48, 96, generator=generator))
    kernel = nn.Parameter(one.detach().clone().view(48, 24, 2, 2))
    other = nn.Parameter(one.detach().clone())
    rates = {"lr": 2e-3, "weight_decay": 0.01}
    ours = Muon([one, kernel], **rates, dtype=torch.float32)
    theirs = torch.optim.Muon([other], **rates, momentum=0.95, nesterov=True, adjust_lr_fn="match_rms_adamw")
    for _ in range(5):
        before = one.detach().clone(), other.detach().clone()
        one.grad = torch.randn(one.shape, generator=generator)
        kernel.grad, other.grad = one.grad.view_as(kernel), one.grad.clone()
        ours.step()
        theirs.step()
        update = one - before[0]
        assert (update - (other - before[1])).norm() < 0.03 * update.norm()
    assert torch.equal(kernel.view_as(one), one)


def test_dropped_text_is_the_empty_caption_with_its_own_mask():
    batch, null = _batch(), torch.full((2, 384), 7.0)
    text, mask = teacher.drop_text(batch, null, 1.0, torch.Generator().manual_seed(0))
    assert (text[:, :2] == 7).all() and mask.sum(1).tolist() == [2, 2, 2]
    text, mask = teacher.drop_text(batch, null, 0.0, torch.Generator().manual_seed(0))
    assert torch.equal(text, batch.text) and torch.equal(mask, batch.text_mask)


def test_times_reach_one_as_often_as_asked():
    recipe = teacher.TeacherRecipe(
        latents=Path(), out=Path(), loop=LoopOptions(num_updates=1, batch_size=1, learning_rate=1.0), max_time=0.3
    )
    s = teacher.sample_times(recipe, 4000, torch.Generator().manual_seed(0))
    assert 0.26 < (s == 1).float().mean() < 0.34 and s.min() > 0


def test_a_relative_error_weighs_scenes_by_how_well_they_are_known():
    error = torch.tensor([0.05, 0.95], requires_grad=True)
    teacher.relative(error).backward()
    by_hand = torch.tensor([0.05, 0.95], requires_grad=True)
    (0.3 * (by_hand + 0.05).log().mean()).backward()
    torch.testing.assert_close(error.grad, by_hand.grad)
    assert error.grad[0] == pytest.approx(10 * error.grad[1].item())


def test_the_untrained_student_is_the_teacher_seen_through_trigflow():
    source = _awake(teacher.TeacherAndBranch(SMALL)).eval()
    copy = student.StudentAndBranch.from_teacher(source).eval()
    batch, t = _batch(), torch.tensor([0.3, 1.1, student.T_MAX])
    x_t = 0.5 * torch.randn(3, 32, 4, 4)
    with torch.no_grad():
        F = copy.predict(x_t, t, torch.tensor([4.0, 4.5, 5.0]), batch.text, batch.text_mask, batch.control)
        s, x_s = trigflow.s_from_t(t), trigflow.x_s_from_x_t(x_t, t)
        v = source.velocity(x_s, s, batch.text, batch.text_mask, batch.control)
    torch.testing.assert_close(F, trigflow.F_from_v(v, x_s, s), rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(
        trigflow.x0_from_F(F, x_t, t) / 0.5, x_s - s[:, None, None, None] * v, rtol=1e-4, atol=1e-4
    )


def test_a_student_is_carried_over_by_what_its_teacher_learned_since():
    before, after = _awake(teacher.TeacherAndBranch(SMALL)), _awake(teacher.TeacherAndBranch(SMALL))
    untaught, taught = (
        student.StudentAndBranch.from_teacher(before),
        _awake(student.StudentAndBranch.from_teacher(before)),
    )
    name, own = (
        "transformer.transformer_blocks.0.attn1.to_q.weight",
        "transformer.time_embed.guidance_embedder.linear_1.weight",
    )
    with torch.no_grad():
        taught.state_dict()[name].add_(1.0)
    guidance = taught.state_dict()[own].clone()
    untaught.carry_over(before, after)
    taught.carry_over(before, after, share=0.5)
    new = student.StudentAndBranch.from_teacher(after).state_dict()
    assert torch.allclose(untaught.state_dict()[name], new[name], atol=1e-6), (
        "who learned nothing becomes the new teacher"
    )
    assert torch.allclose(taught.state_dict()[name], new[name] + 0.5, atol=1e-6) and torch.equal(
        taught.state_dict()[own], guidance
    )
    assert torch.allclose(
        untaught.state_dict()["branch.before_proj.weight"], new["branch.before_proj.weight"], atol=1e-6
    )


def _trainer(tmp_path: Path, **changes) -> student_update.Distillation:
    loop = LoopOptions(num_updates=10, batch_size=3, learning_rate=1e-3, warmup_updates=1, dtype="float32")
    recipe = student_recipe.StudentRecipe(
        network=SMALL, latents=Path(), teacher=Path(), out=tmp_path, loop=loop, tangent_warmup=1, **changes
    )
    source = _awake(teacher.TeacherAndBranch(SMALL)).eval().requires_grad_(False)
    pupil = _awake(student.StudentAndBranch.from_teacher(source))
    judge = discriminator.Discriminator(SMALL.width, 3)
    run = Run(tmp_path, loop, {"student": pupil, "judge": judge})
    return student_update.Distillation(recipe, run, source, pupil, judge, torch.randn(2, 384))


def test_the_tangent_is_the_derivative_along_the_guided_teacher(tmp_path):
    trainer = _trainer(tmp_path)
    trainer.teacher.double(), trainer.student.double()
    trainer.null_text = trainer.null_text.double()
    batch = _batch(dtype=torch.float64)
    t, guidance, strength = (
        torch.tensor(v, dtype=torch.float64) for v in ([0.4, 0.9, 1.3], [4.0, 4.5, 5.0], [1.0, 0.0, 1.0])
    )
    x_t = 0.5 * torch.randn(3, 32, 4, 4, dtype=torch.float64)
    dx_dt, dF = trainer._tangent(x_t, t, guidance, batch, strength)

    def F(step: float) -> torch.Tensor:
        with torch.no_grad():
            return trainer.student.predict(
                x_t + step * dx_dt.double(), t + step, guidance, batch.text, batch.text_mask, batch.control, strength
            )

    numeric = (F(1e-4) - F(-1e-4)) / 2e-4 * (torch.cos(t) * torch.sin(t))[:, None, None, None]
    # the diffusers time embedding is computed in float32 at any dtype, which bounds the finite difference
    assert (dF.double() - numeric).norm() / numeric.norm() < 2e-2


def test_consistency_loss_pulls_the_student_toward_the_teacher_when_the_tangent_is_off(tmp_path):
    """With r = 0 the target is -cos^2 t (sigma F - dx/dt): its sign must lower the distance to the guided teacher."""
    trainer = _trainer(tmp_path)
    batch, t = _batch(), torch.tensor([0.5, 0.8, 1.0])
    x_t = trigflow.x_t_from_x0(0.5 * batch.picture, torch.randn_like(batch.picture), t)
    guidance, strength = torch.full((3,), 4.5), torch.ones(3)
    distances = []
    for _ in range(25):
        F = trainer.student.predict(x_t, t, guidance, batch.text, batch.text_mask, batch.control, strength)
        dx_dt, _ = trainer._tangent(x_t, t, guidance, batch, strength)
        distances.append((0.5 * F.detach() - dx_dt).square().mean().item())
        trainer.run.update("student", trainer.consistency(F, x_t, t, guidance, batch, strength))
    assert distances[-1] < 0.7 * distances[0]


@pytest.mark.parametrize(("scm", "ladd"), [(1.0, 0.5), (1.0, 0.0), (0.0, 0.5)])
def test_either_loss_can_be_left_out_and_both_players_learn(tmp_path, scm, ladd):
    trainer = _trainer(tmp_path, scm=scm, ladd=ladd, max_time=0.5)
    before = [p.clone() for p in trainer.student.parameters()], [p.clone() for p in trainer.judge.parameters()]
    teacher_before = [p.clone() for p in trainer.teacher.parameters()]
    trainer.run.step = 5
    trainer.update(_batch(6), None)
    moved = [
        any(not torch.equal(a, b) for a, b in zip(old, model.parameters(), strict=True))
        for old, model in zip(before, (trainer.student, trainer.judge), strict=True)
    ]
    assert moved == [True, ladd > 0]
    assert all(torch.equal(a, b) for a, b in zip(teacher_before, trainer.teacher.parameters(), strict=True))
    assert ("scm" in trainer.run._stats) == (scm > 0)


def test_the_anchor_alone_teaches_the_one_step_picture(tmp_path):
    trainer = _trainer(tmp_path, scm=0.0, ladd=0.0, anchor=1.0, max_time=1.0)
    trainer.run.step = 1
    for _ in range(60):
        trainer.update(_batch(6), None)
    errors = trainer.run._stats["anchor"]
    assert len(errors) == 60 and sum(errors[-5:]) < 0.8 * sum(errors[:5])


def test_hinge_losses_are_zero_where_they_should_be():
    confident = torch.full((2, 4), 2.0)
    assert discriminator.hinge_discriminator(confident, -confident) == 0
    assert discriminator.hinge_discriminator(torch.zeros(2, 4), torch.zeros(2, 4)) == 2
    assert discriminator.hinge_generator(confident) == -2


def test_a_mixed_batch_has_as_many_tokens_at_every_canvas_size(tmp_path):
    length = torch.tensor([3, 7, 5], dtype=torch.int16)
    for side in (4, 8):
        save_file(
            {"picture": torch.zeros(3, 32, side, side).half(), "control": torch.ones(3, 32, side, side).half()},
            tmp_path / f"latents-00000-{side:02d}.safetensors",
        )
    save_file({"text": torch.ones(3, 32, 384).half(), "length": length}, tmp_path / "text-00000.safetensors")
    data, generator = MixedDataset(tmp_path, (4, 8)), torch.Generator().manual_seed(0)
    shapes = {tuple(data.batch(64, generator, torch.device("cpu")).picture.shape) for _ in range(20)}
    assert shapes == {(64, 32, 4, 4), (16, 32, 8, 8)}
    mask = data.batch(64, generator, torch.device("cpu")).text_mask
    assert mask.shape[1] == 32 and set(mask.sum(1).tolist()) == {3, 5, 7}


def test_recipes_are_listed_when_a_name_is_wrong():
    with pytest.raises(ArgumentError, match="sprint-tiny-cpu"):
        get_recipe("sprint-huge")
    for recipe in RECIPES.values():
        assert json.dumps(dataclasses.asdict(recipe))
        for phase in recipe.teacher + recipe.student:
            assert len(phase.latent_sides) == len(phase.num_shards)
