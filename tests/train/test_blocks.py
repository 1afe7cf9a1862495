"""Recomputed blocks: the same gradients from a fraction of the memory, in every loss of the student."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path

import pytest
import torch
from torch import nn

from sprint_live.errors import ArgumentError
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.memory_estimate import teacher_memory
from sprint_live.train.networks import teacher
from sprint_live.train.networks.blocks import prepare_blocks
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.recipes import RECIPES
from tests.train.test_training import SMALL, _awake, _batch, _trainer

LOOP = LoopOptions(num_updates=1, batch_size=1, learning_rate=1.0)


def _kept(model: teacher.TeacherAndBranch, side: int) -> int:
    """Bytes that are alive between the forward and the backward pass, counted on this machine's tensors."""
    owned, kept = {p.data_ptr() for p in model.parameters()}, {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in owned:
            kept[storage.data_ptr()] = (storage.nbytes(), tensor)
        return tensor

    latent = torch.randn(1, 32, side, side)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        _ = model.velocity(latent, torch.ones(1), torch.randn(1, 5, 384), None, latent.clone())
    return sum(size for size, _ in kept.values())


def _gradients(model: nn.Module) -> dict[str, torch.Tensor]:
    return {name: parameter.grad for name, parameter in model.named_parameters() if parameter.grad is not None}


def test_recomputed_blocks_have_the_same_gradients_and_are_run_twice() -> None:
    plain = _awake(teacher.TeacherAndBranch(SMALL))
    again = copy.deepcopy(plain)
    prepare_blocks(again, dataclasses.replace(LOOP, recompute=True))
    calls = []
    again.transformer.transformer_blocks[1].attn1.to_q.register_forward_hook(lambda *_: calls.append(1))
    batch, s = _batch(), torch.tensor([0.2, 0.7, 1.0])
    for model in (plain, again):
        model.velocity(batch.picture, s, batch.text, batch.text_mask, batch.control).square().mean().backward()
    expected = _gradients(plain)
    assert expected.keys() == _gradients(again).keys()
    assert all(torch.equal(gradient, expected[name]) for name, gradient in _gradients(again).items())
    assert plain.state_dict().keys() == again.state_dict().keys() and len(calls) == 2
    with torch.no_grad():
        again.velocity(batch.picture, s, batch.text, batch.text_mask, batch.control)
    assert len(calls) == 3


def test_a_students_update_is_the_same_with_recomputed_blocks(tmp_path: Path) -> None:
    weights = []
    for recompute in (False, True):
        torch.manual_seed(0)
        trainer = _trainer(tmp_path / str(recompute), scm=1.0, ladd=0.5, anchor=1.0)
        for model in (trainer.teacher, trainer.student):
            prepare_blocks(model, dataclasses.replace(LOOP, recompute=recompute))
        torch.manual_seed(1)
        trainer.update(_batch(), None)
        weights.append({name: value.clone() for name, value in trainer.student.state_dict().items()})
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_memory_is_counted_with_recomputed_blocks() -> None:
    deep = dataclasses.replace(SPRINT_TINY, transformer={**SPRINT_TINY.transformer, "num_layers": 6})
    model = teacher.TeacherAndBranch(deep)
    whole = _kept(model, 8)
    prepare_blocks(model, dataclasses.replace(LOOP, recompute=True))
    outside = _kept(model, 8)  # blocks keep their inputs outside of the hooks' sight
    plain, again = (
        teacher_memory(deep, latent_side=8, text_tokens=5, train_base=True, recompute=recompute).activations
        for recompute in (False, True)
    )
    num_blocks = 6 + deep.num_branch_blocks
    inputs = num_blocks * 4 * 64 * deep.width
    one_block = (whole - outside) / num_blocks
    assert plain == pytest.approx(whole, rel=0.02)
    assert again == pytest.approx(outside + inputs + one_block, rel=0.1) and again < 0.5 * plain


def test_compiled_and_recomputed_at_once_is_refused_and_released_recipes_recompute() -> None:
    with pytest.raises(ArgumentError, match="compile and recompute together"):
        LoopOptions(num_updates=1, batch_size=1, learning_rate=1.0, compile=True, recompute=True)
    released = [recipe for recipe in RECIPES.values() if recipe.released is not None]
    assert released and all(
        phase.loop.recompute for recipe in released for stage in (recipe.teacher, recipe.student) for phase in stage
    )


def test_compiled_blocks_read_image_tokens_in_row_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a transposed view of 256 tokens of width 256 they computed NaN gradients in bfloat16:
    each such update was skipped.
    """
    monkeypatch.setattr(nn.Module, "compile", lambda *_, **__: None)  # what goes in is what this is about
    strides = []
    for compiled in (False, True):
        model = _awake(teacher.TeacherAndBranch(SMALL))
        if compiled:
            prepare_blocks(model, dataclasses.replace(LOOP, compile=True))
        first = model.transformer.transformer_blocks[0]
        first.register_forward_pre_hook(lambda _, inputs: strides.append(inputs[0].is_contiguous()))
        batch = _batch()
        model.velocity(batch.picture, torch.ones(3), batch.text, batch.text_mask, batch.control)
    assert strides == [False, True]
