"""RCGM: the mean velocity from t to r, learned from displacements that add up. No Jacobian product, no teacher.

    x_t = (1 - t) x + t z,   v = z - x,   x_r = x_t - (t - r) F(x_t, t, r)
    y   = x_t - h v,   S = sum_i (t_i - t_i+1) F^-(y_i, t_i, t_i+1)        t_1 = max(t - h, r) > ... > t_N+1 = r
    R   = ((t - r) F - S) / h - v,   or F - v where t < r + h
    L   = d(F, sg(F - clamp(R, -1, 1)))

Flow coordinates: latents of unit deviation, times in [0, 1]. Every function works at any floating type and on samples
of any shape (B, ...). h = 0.01 multiplies rounding by 100: hand in float32 or float64.

Source: RCGM as written down in TwinFlow arXiv 2512.05150, equation 1.
Knows: tensors.  Must not know: networks, data.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

Velocity = Callable[[Tensor, Tensor, Tensor, slice], Tensor]
"""(x_t (B, ...), t (B,), r (B,), rows) -> F (B, ...).
rows: which samples of the batch these are, for their captions.
"""
FIRST_PIECE = 0.01
NUM_PIECES = 2
CLAMP = 1.0
_SOFT = 1e-3


def over(time: Tensor, x: Tensor) -> Tensor:
    """A time (B,) that multiplies samples (B, ...)."""
    return time.reshape(-1, *[1] * (x.ndim - 1))


def distance(prediction: Tensor, target: Tensor) -> Tensor:
    """d (B,): nearly the root mean square, m sg[(m / a^2 + 1)^(-1/2)] / a with m the mean square and a = 1e-3."""
    mean_square = (prediction - target).square().flatten(1).mean(1)
    return mean_square * (mean_square.detach() / _SOFT**2 + 1).rsqrt() / _SOFT


def time_weight(t: Tensor, r: Tensor) -> Tensor:
    """(B,): 1 for the whole way (t - r = 1), about 4 where t = r."""
    return 1 + torch.tan(0.4 * math.pi * (1 - (t - r)))


@torch.no_grad()
def residual(
    F: Tensor,
    x_t: Tensor,
    t: Tensor,
    r: Tensor,
    v: Tensor,
    averaged: Velocity,
    rows: slice,
    num_pieces: int = NUM_PIECES,
) -> Tensor:
    """R (B, ...), not clamped: what F at (x_t, t, r) has too much, by v on the first piece and `averaged` on the
    rest.
    """
    y = x_t - FIRST_PIECE * v
    now = torch.maximum(t - FIRST_PIECE, r)
    length = (now - r) / max(1, num_pieces)
    total = torch.zeros_like(x_t)
    for index in range(num_pieces):
        then = r if index == num_pieces - 1 else now - length
        displacement = over(now - then, x_t) * averaged(y, now, then, rows)
        y, total, now = y - displacement, total + displacement, then
    whole = (over(t - r, x_t) * F - total) / FIRST_PIECE - v
    return torch.where(over((t < r + FIRST_PIECE) | (num_pieces == 0), x_t), F - v, whole)


def target(F: Tensor, found: Tensor) -> Tensor:
    """sg(F - clamp(R, -1, 1)): what F is pulled to; the gradient is R's."""
    return (F - found.clamp(-CLAMP, CLAMP)).detach()


def clamped_share(values: Tensor) -> float:
    """Share of the elements of residuals (any shape) that the clamp cuts, 0 to 1; 0 for none at all.

    Near 1 says that the teaching signal is noise or feeds on itself.
    """
    return (values.abs() > CLAMP).float().mean().item() if values.numel() else 0.0
