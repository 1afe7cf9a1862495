"""Stage 2: the flow-matching teacher and its control branch, from scratch, together.

    x_s = (1 - s) x0 + s z,   L = || v(x_s, s, text, control) - (z - x0) ||^2      (x0 of unit std)

s is logit-normal, shifted toward noise, and a fifth of the batch sits at s = 1 exactly: that is where
the one-step student starts from. Text is dropped for classifier-free guidance, control for drawings
that are blank.

Source: SANA arXiv 2410.10629 (flow loss, qk-norm), ControlNet arXiv 2302.05543 (zero projections).
Knows: latents, transformer, branch.  Must not know: pixels (but for sample sheets), students, the app.
"""

from __future__ import annotations

import dataclasses
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import torch
from torch import Tensor, nn

from controlnet.attention import plain_attention
from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions, autocast_dtype
from sprint_live.train.loop.run import Run
from sprint_live.train.networks.blocks import prepare_blocks
from sprint_live.train.networks.grounding import GroundedAttention, grounded, grounding_loss
from sprint_live.train.networks.latent_datasets import Batch, MixedDataset
from sprint_live.train.networks.network import SPRINT_TINY, Network, released_transformer
from sprint_live.train.networks.part_weights import part_weights
from sprint_live.train.networks.sample_sheets import Sheet


@dataclasses.dataclass(frozen=True, kw_only=True)
class TeacherRecipe:
    """What stage 2 trains on; probabilities in [0, 1], `shift` and `spread` of logit(s).

    train_base: False leaves the transformer as it is and trains the branch alone (a released teacher). relative_error:
    the loss is the mean log(e + 0.05) of the errors e of a batch's scenes, times 0.3, so that scenes whose pictures no
    caption can foretell (a forest) do not drown those where little but a part's color is open. grounding: weight of the
    loss that turns attention from parts to the words that name them (`networks.grounding`), where the latents say
    which do. weigh_parts: small parts count more in the squared error (`networks.part_weights`), where the latents say
    where they lie.
    """

    latents: Path
    out: Path
    loop: LoopOptions
    network: Network = SPRINT_TINY
    train_base: bool = True
    latent_sides: tuple[int, ...] = (16,)
    shift: float = 0.4
    spread: float = 1.2
    max_time: float = 0.2
    relative_error: bool = False
    drop_text: float = 0.1
    drop_control: float = 0.2
    grounding: float = 0.0
    weigh_parts: bool = False
    start_from: Path | None = None


class TeacherAndBranch(nn.Module):
    """The pair that is trained and saved as one."""

    def __init__(self, network: Network = SPRINT_TINY) -> None:
        super().__init__()
        self.network = network
        self.transformer = (
            network.build(guidance=False) if network.teacher is None else released_transformer(network.teacher)
        )
        self.branch = SanaSprintControlNet.from_transformer(self.transformer, num_layers=network.num_branch_blocks)

    def velocity(
        self,
        x_s: Tensor,
        s: Tensor,
        text: Tensor,
        text_mask: Tensor,
        control: Tensor | None,
        strength: Tensor | float = 1.0,
        return_features: tuple[int, ...] | None = None,
    ) -> Tensor:
        """The velocity v (B, 32, Y, X) at x_s = (1 - s) x0 + s z (B, 32, Y, X) and flow time s (B,) in [0, 1].

        text (B, L, D), text_mask (B, L): 1 = a real token. control (B, 32, Y, X): latents of the control maps; None
        leaves the branch out. strength: of the branch, one number or (B,). return_features: numbers of blocks whose
        tokens (B, N, D) are returned, too, as (v, [features]).
        """
        return controlled_forward(
            self.transformer,
            x_s,
            text,
            timestep=s * self.network.time_scale,
            text_mask=text_mask,
            controlnet=None if control is None else self.branch,
            control_latent_BCYX=control,
            conditioning_scale=strength,
            return_features=return_features,
        )


def train(recipe: TeacherRecipe, device: torch.device, sheet: Sheet) -> bool:
    """Train the teacher with its branch, or resume. Returns True when all updates are done, False when time ran out."""
    torch.manual_seed(recipe.loop.seed)
    model = TeacherAndBranch(recipe.network)
    model.transformer.requires_grad_(recipe.train_base)
    if recipe.start_from is not None:
        load_averaged(model, recipe.start_from, "teacher")
    model.to(device)
    prepare_blocks(model, recipe.loop)
    run = Run(recipe.out, recipe.loop, {"teacher": model})
    run.resume()
    data = MixedDataset(recipe.latents, recipe.latent_sides)
    dtype = autocast_dtype(device, recipe.loop.dtype)

    def update(step: int) -> None:
        batch = data.batch(recipe.loop.batch_size, run.generator, device)
        s = sample_times(recipe, len(batch.picture), run.generator).to(device)
        text, mask = drop_text(batch, sheet.null_text.to(device), recipe.drop_text, run.generator)
        strength = (torch.rand(len(s), generator=run.generator) >= recipe.drop_control).float().to(device)
        z = torch.randn(batch.picture.shape, generator=run.generator).to(device)
        over = s[:, None, None, None]
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            v = model.velocity((1 - over) * batch.picture + over * z, s, text, mask, batch.control, strength)
        error_BN = (v.float() - (z - batch.picture)).square().mean(dim=1).flatten(1)
        error = error_BN.mean(1)
        if recipe.weigh_parts and batch.coverage is not None:
            loss = (error_BN * part_weights(batch.coverage)).mean()
        else:
            loss = relative(error) if recipe.relative_error else error.mean()
        if told and batch.coverage is not None and batch.span is not None:
            counts = strength * (mask.sum(1) == batch.text_mask.sum(1))
            term = grounding_loss([one.seen_BNL for one in told], batch.coverage, batch.span, counts)
            run.note(grounding=term.item())
            loss = loss + recipe.grounding * term
        norm = run.update("teacher", loss)
        controlled = strength > 0
        run.note(loss=error.mean().item(), gradient_norm=norm)
        if (controlled & (s == 1)).any():
            run.note(loss_one_step=error[controlled & (s == 1)].mean().item())

    def sample(path: Path) -> None:
        averaged = TeacherAndBranch(recipe.network)
        averaged.load_state_dict(run.averaged("teacher"))
        sheet.write_teacher(averaged.eval().to(device), path, device)

    # plain: on two CPU cores 1.71 s an update of 64 against 2.03 s with the fused kernel
    with plain_attention(model), _told(model, recipe) as told:
        return run.loop(update, sample)


def _told(model: TeacherAndBranch, recipe: TeacherRecipe) -> AbstractContextManager[list[GroundedAttention]]:
    return grounded(model.transformer) if recipe.grounding else nullcontext([])


def relative(error: Tensor) -> Tensor:
    """0.3 of the mean of log(e + 0.05) over scenes' errors (B,), to its gradient;
    its value is that of e / (e + 0.05).
    """
    return 0.3 * (error / (error.detach() + 0.05)).mean()


def sample_times(recipe: TeacherRecipe, count: int, generator: torch.Generator) -> Tensor:
    """Flow times (count,) in (0, 1] on the CPU: s = sigmoid(shift + spread n), or 1 with probability `max_time`.

    n is standard normal; shift, spread and max_time are the recipe's.

    Source: arXiv 2403.03206, section 3.1 (logit-normal).
    """
    s = torch.sigmoid(recipe.shift + recipe.spread * torch.randn(count, generator=generator))
    return torch.where(torch.rand(count, generator=generator) < recipe.max_time, torch.ones(count), s)


def drop_text(batch: Batch, null_text: Tensor, chance: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Replace each caption by the empty one with this chance, 0 to 1, for classifier-free guidance.

    null_text (K, D): the empty caption, K <= L. Returns: text (B, L, D), mask (B, L); the batch stays as it is.
    """
    dropped = (torch.rand(len(batch.text), generator=generator) < chance).to(batch.text.device)
    length = null_text.shape[0]
    text, mask = batch.text.clone(), batch.text_mask.clone()
    text[dropped, :length] = null_text
    mask[dropped] = torch.arange(mask.shape[1], device=mask.device) < length
    return text, mask
