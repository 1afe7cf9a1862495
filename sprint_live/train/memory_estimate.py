"""How much memory training takes on one device, counted on shapes alone: nothing is allocated.

Weights, gradients, moving average and optimizer state are counted exactly; activations are what autograd keeps for one
sample's forward pass, in float32. What is not counted: the optimizer's own scratch, allocator slack, the text encoder
and autoencoder (they are not there while training), and the forward-mode derivative of the student,
which keeps no graph.

Knows: networks.  Must not know: data, recipes.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from sprint_live.train.loop.muon import is_matrix
from sprint_live.train.networks.network import Network
from sprint_live.train.networks.signed_time import SignedTime

_FLOAT = 4


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Bytes on one device. `activations` is one sample's; `trained`, `frozen` count parameters."""

    trained: int
    frozen: int
    state: int
    activations: int

    def total(self, batch_size: int) -> int:
        """Bytes at this batch size."""
        return self.state + batch_size * self.activations


def teacher_memory(
    network: Network, *, latent_side: int, text_tokens: int, train_base: bool, recompute: bool = False
) -> Memory:
    """Of the teacher stage: the branch is trained, the transformer too if `train_base`.

    latent_side: latent positions a side. text_tokens: tokens of a caption. recompute: blocks run again on the way back
    and keep nothing between.
    """
    with torch.device("meta"):
        base, branch = _pair(network, guidance=False)
    base.requires_grad_(train_base)
    return _count(
        [branch, base],
        [],
        activations=_kept_bytes(network, base, branch, latent_side, text_tokens, recompute=recompute),
    )


def student_memory(network: Network, *, latent_side: int, text_tokens: int, recompute: bool = False) -> Memory:
    """Of the student stage: student and branch are trained, teacher and branch are frozen beside them and keep
    activations of their own for the discriminator's gradient.
    """
    with torch.device("meta"):
        student, branch = _pair(network, guidance=True)
        teacher = _pair(network, guidance=False)
    kept = _kept_bytes(network, student, branch, latent_side, text_tokens, recompute=recompute)
    return _count([student, branch], list(teacher), activations=2 * kept)


def method_memory(
    network: Network, method: str, *, asks_teacher: bool, latent_side: int, text_tokens: int, recompute: bool = False
) -> Memory:
    """Of the student stage by twinflow, rcgm or tbcm: no judge, so one graph is kept; the moving average that answers
    for the student is the one that is counted anyway. asks_teacher: frozen teacher and branch stand beside them.
    """
    with torch.device("meta"):
        trained = [*_pair(network, guidance=True)]
        kept = _kept_bytes(network, *trained, latent_side, text_tokens, recompute=recompute)
        trained += [] if method == "tbcm" else [SignedTime(network.width)]
        frozen = _pair(network, guidance=False) if asks_teacher else ()
    return _count(trained, list(frozen), activations=kept)


def _pair(network: Network, *, guidance: bool) -> tuple[nn.Module, nn.Module]:
    base = network.build(guidance=guidance)
    return base, SanaSprintControlNet.from_transformer(base, num_layers=network.num_branch_blocks)


def _count(trained: list[nn.Module], frozen: list[nn.Module], *, activations: int) -> Memory:
    parameters = [parameter for module in trained + frozen for parameter in module.parameters()]
    learned = [parameter for module in trained for parameter in module.parameters() if parameter.requires_grad]
    num_learned = sum(parameter.numel() for parameter in learned)
    moments = sum(
        parameter.numel() * (1 if is_matrix(parameter) else 2) for parameter in learned
    )  # Muon keeps one, AdamW two
    num_all = sum(parameter.numel() for parameter in parameters)
    return Memory(
        trained=num_learned,
        frozen=num_all - num_learned,
        state=_FLOAT * (num_all + 2 * num_learned + moments),
        activations=activations,
    )


def _kept_bytes(
    network: Network, base: nn.Module, branch: nn.Module, latent_side: int, text_tokens: int, *, recompute: bool
) -> int:
    """Bytes that autograd keeps for one sample: tensors saved for backward, each storage once, parameters not counted.

    With `recompute` a block keeps its input alone, and one block at a time all of what it would keep otherwise.
    """
    owned = {parameter.untyped_storage()._cdata for module in (base, branch) for parameter in module.parameters()}
    sizes: dict[int, int] = {}
    alive = []

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage._cdata not in owned:
            sizes[storage._cdata] = storage.nbytes()
            alive.append(tensor)  # an address must not be used twice
        return tensor

    inside: list[int] = []  # what each block keeps
    inputs: list[int] = []

    def enter(block: nn.Module, args: tuple) -> None:
        inside.append(-sum(sizes.values()))
        inputs.append(args[0].untyped_storage().nbytes())

    def leave(block: nn.Module, args: tuple, output: torch.Tensor) -> None:
        inside[-1] += sum(sizes.values())

    for block in (*base.transformer_blocks, *branch.blocks):
        block.register_forward_pre_hook(enter)
        block.register_forward_hook(leave)
    with torch.device("meta"), torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        latent = torch.empty(1, network.transformer["in_channels"], latent_side, latent_side)
        one = torch.empty(1)
        controlled_forward(
            base,
            latent,
            torch.empty(1, text_tokens, network.transformer["caption_channels"]),
            timestep=one,
            guidance=one if base.config.guidance_embeds else None,
            controlnet=branch,
            control_latent_BCYX=latent,
        )
    if recompute:
        return sum(sizes.values()) - sum(inside) + sum(inputs) + max(inside)
    return sum(sizes.values())
