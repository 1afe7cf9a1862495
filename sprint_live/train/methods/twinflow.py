"""TwinFlow's update: RCGM, a flow to the model's own one-step pictures at negative time,
and their difference as a gradient.

| part of the batch | t            | r           | loss                                                    |
| end to end        | 1            | 0           | RCGM, and `rectify`: d(F, sg(F + clamp(D, -1, 1)))      |
| near              | uniform      | t - 0.05 ut | RCGM                                                    |
| any               | uniform      | t - u t     | RCGM                                                    |
| fake              | -t, t uniform| -t          | flow matching on x_f = sg(z' - F(z', 1, 0)), fresh noise |

    D = sg(F(x', t', t') - F(x', -t', -t')),   x' = (1 - t') x^ + t' z'',   x^ = sg(z - F(z, 1, 0))

Moving x^ by -D goes along score_real - score_fake, since the score is -(x_t + (1 - t) F) / t.

Source: TwinFlow arXiv 2512.05150, equations 1-10; the numbers are those of the released code.
Knows: tensors.  Must not know: networks, data.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from sprint_live.errors import ArgumentError, refusal
from sprint_live.train.methods.rcgm import (
    CLAMP,
    NUM_PIECES,
    Velocity,
    clamped_share,
    distance,
    over,
    residual,
    target,
    time_weight,
)

NEAR = 0.05
Guide = Callable[[Tensor, Tensor, Tensor, slice], Tensor]
"""(v, x_t (B, ...), t (B,), rows) -> the velocity that is taught, with guidance."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """shares: of the batch, as in the table above; (1, 1, 1, 0) with rectify 0 is RCGM. rectify: weight of that loss.
    image_free: the pictures are the model's own one-step pictures; then `guide` must bring a teacher's velocity."""

    shares: tuple[int, int, int, int] = (1, 1, 1, 1)
    rectify: float = 0.75
    num_pieces: int = NUM_PIECES
    image_free: bool = False

    def __post_init__(self) -> None:
        if min(self.shares) < 0 or sum(self.shares) == 0 or (self.rectify and not (self.shares[0] and self.shares[3])):
            raise ArgumentError(
                refusal(
                    got=f"shares {self.shares} with rectify {self.rectify}",
                    accepted="no negative share, and rectify only where both end to end and fake have one",
                    fix="use (1, 1, 1, 1) with 0.75, or (1, 1, 1, 0) with 0",
                )
            )


RCGM = Weights(shares=(1, 1, 1, 0), rectify=0.0)
TWINFLOW = Weights()


@dataclass(frozen=True, kw_only=True)
class Draws:
    """The random numbers of one update. z, own_z, again_z: unit noise (B, ...), for x_t, for own pictures, for x'.
    t, u, again_t: (B,) uniform in [0, 1], for t, for r and for t'."""

    z: Tensor
    own_z: Tensor
    again_z: Tensor
    t: Tensor
    u: Tensor
    again_t: Tensor

    @classmethod
    def like(cls, x: Tensor, generator: torch.Generator) -> Draws:
        """For pictures x (B, ...), on their device."""
        noise = [torch.randn(x.shape, generator=generator).to(x) for _ in range(3)]
        times = [torch.rand(len(x), generator=generator).to(x) for _ in range(3)]
        return cls(z=noise[0], own_z=noise[1], again_z=noise[2], t=times[0], u=times[1], again_t=times[2])


@dataclass(frozen=True, kw_only=True)
class Update:
    """loss: to be stepped on. terms: what is logged, floats by name."""

    loss: Tensor
    terms: dict[str, float]


def parts(count: int, shares: tuple[int, int, int, int]) -> tuple[slice, slice, slice, slice]:
    """Rows of (end to end, near, any, fake) in a batch of `count`.

    Raises:
        ArgumentError: the batch is too small for a part that has a share.
    """
    ends = [round(count * sum(shares[:index]) / sum(shares)) for index in range(5)]
    end_to_end, near, anywhere, fake = (slice(a, b) for a, b in itertools.pairwise(ends))
    if any(share and a == b for share, (a, b) in zip(shares, itertools.pairwise(ends), strict=True)):
        raise ArgumentError(
            refusal(got=f"a batch of {count} for the shares {shares}", accepted="a row for each", fix="use 4 or more")
        )
    return end_to_end, near, anywhere, fake


def times(draws: Draws, weights: Weights) -> tuple[Tensor, Tensor]:
    """Signed times (t, r), each (B,), by the table above. draws.t, draws.u: (B,) uniform in [0, 1]."""
    end_to_end, near, _, fake = parts(len(draws.t), weights.shares)
    t, share = draws.t.clone(), draws.u.clone()
    t[end_to_end], share[end_to_end] = 1, 1
    share[near] *= NEAR
    r = t - share * t
    t[fake], r[fake] = -t[fake], -t[fake]
    return t, r


@torch.no_grad()
def own_pictures(network: Velocity, z: Tensor, rows: slice) -> Tensor:
    """One-step pictures z - F(z, 1, 0), (B, ...) of unit deviation, of noise z (B, ...); no gradient.

    rows: which rows of the batch these are, for a network that looks their captions up.
    """
    ones = z.new_ones(len(z))
    return z - network(z, ones, 0 * ones, rows)


@torch.no_grad()
def velocity_difference(network: Velocity, x: Tensor, t: Tensor, rows: slice) -> Tensor:
    """D (B, ...), not clamped: the flow to real data less the flow to the model's own pictures, at x and time t."""
    return network(x, t, t, rows) - network(x, -t, -t, rows)


def self_guide(averaged: Velocity, averaged_null: Velocity, strength: float) -> Guide:
    """v + e (F^-(x_t, t, t, words) - F^-(x_t, t, t, no words)) for 0 < t < 1: no teacher; the fixed point is guidance
    1 / (1 - e) while the answer without words stays unguided."""

    @torch.no_grad()
    def guide(v: Tensor, x_t: Tensor, t: Tensor, rows: slice) -> Tensor:
        by_words = averaged(x_t, t, t, rows) - averaged_null(x_t, t, t, rows)
        return v + strength * torch.where(over((t > 0) & (t < 1), v), by_words, torch.zeros_like(v))

    return guide


def update(
    network: Velocity, averaged: Velocity, guide: Guide, pictures: Tensor, draws: Draws, weights: Weights
) -> Update:
    """The loss of one update on pictures (B, ...) of unit deviation.

    network: F, differentiable. averaged: F^-, its moving average. guide: see `self_guide`.
    """
    count = len(draws.z)
    end_to_end, _, _, fake = parts(count, weights.shares)
    real = slice(0, fake.start)
    drawn = slice(0, count) if weights.image_free else fake
    x = pictures.clone()
    if drawn.stop > drawn.start:
        x[drawn] = own_pictures(network, draws.own_z[drawn], drawn)
    t, r = times(draws, weights)
    x_t = over(1 - t.abs(), x) * x + over(t.abs(), x) * draws.z
    v = draws.z - x
    F = network(x_t, t, r, slice(0, count))
    wanted = v.clone()
    left = F.new_zeros(0)
    if real.stop:
        guided = guide(v[real], x_t[real], t[real], real)
        left = residual(F[real], x_t[real], t[real], r[real], guided, averaged, real, weights.num_pieces)
        wanted[real] = target(F[real], left)
    by_time = torch.where(t > 0, time_weight(t, r), torch.ones_like(t))
    apart = distance(F, wanted)
    loss = (by_time * apart).mean()
    terms = _flow_terms(F, v, t, r, real, fake) | {
        "rcgm": apart[real].mean().item(),
        "residual_clamped": clamped_share(left),
    }
    if fake.stop > fake.start:
        terms["adversarial"] = apart[fake].mean().item()
    if weights.rectify:
        mine = F[end_to_end]
        again = draws.again_t[end_to_end]
        x_again = over(1 - again, mine) * (draws.z[end_to_end] - mine.detach())
        x_again = x_again + over(again, mine) * draws.again_z[end_to_end]
        difference = velocity_difference(network, x_again, again, end_to_end)
        rectify = distance(mine, (mine + difference.clamp(-CLAMP, CLAMP)).detach()).mean()
        loss = loss + weights.rectify * rectify
        terms |= {
            "rectify": rectify.item(),
            "difference": difference.abs().mean().item(),
            "difference_clamped": clamped_share(difference),
        }
    return Update(loss=loss, terms={**terms, "loss": loss.item()})


def _flow_terms(F: Tensor, v: Tensor, t: Tensor, r: Tensor, real: slice, fake: slice) -> dict[str, float]:
    """Mean squared errors against the unguided velocity: of samples with t - r below 0.05,
    and of fakes at negative time.
    """
    error = (F.detach() - v).square().flatten(1).mean(1)
    near = torch.zeros_like(t, dtype=torch.bool)
    near[real] = (t - r)[real] < NEAR
    found = {}
    if near.any():
        found["flow_at_t"] = error[near].mean().item()
    if fake.stop > fake.start:
        found["flow_at_minus_t"] = error[fake].mean().item()
    return found
