"""How a run's transformer blocks are carried out: as they are, compiled, or recomputed in the backward pass.

Knows: modules with `transformer` and `branch`.  Must not know: what they are trained for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

from sprint_live.train.loop.options import LoopOptions


def blocks_of(model: nn.Module) -> list[nn.Module]:
    """The blocks of `model.transformer`, then those of `model.branch`."""
    return [*model.transformer.transformer_blocks, *model.branch.blocks]


def prepare_blocks(model: nn.Module, loop: LoopOptions) -> None:
    """`loop.compile`: torch.compile each block in place. `loop.recompute`: keep a block's input alone for the backward
    pass and run the block again there. Parameters and their names stay as they are.
    """
    if loop.compile:
        torch._dynamo.config.recompile_limit = (
            64  # two canvas sizes, with and without gradients, for teacher and student
        )
        for block in blocks_of(model):
            block.compile(dynamic=False)
        model.transformer.patch_embed.register_forward_hook(_rows_in_order)
    if loop.recompute:
        for block in blocks_of(model):
            block.forward = functools.partial(_recomputed, block.forward)


def _rows_in_order(_: nn.Module, __: tuple[torch.Tensor, ...], tokens_BND: torch.Tensor) -> torch.Tensor:
    """The image tokens copied into row order, before a compiled block reads them.

    The patch embedding gives a transposed view. From one of 256 tokens of width 256 a compiled block computes, in
    bfloat16 on a CPU, gradients that are not finite (torch 2.13), and every update at that size would be skipped.
    """
    return tokens_BND.contiguous()


def _recomputed(forward: Callable[..., torch.Tensor], *inputs: torch.Tensor | int | None) -> torch.Tensor:
    if not torch.is_grad_enabled():
        return forward(*inputs)
    return checkpoint(forward, *inputs, use_reentrant=False, preserve_rng_state=False)  # no block draws random numbers
