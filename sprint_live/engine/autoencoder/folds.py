"""Taps of convolutions that absorb their neighbors: nearest upsampling, and DC-AE's shortcuts.

DC-AE's blocks change the number of channels beside a shortcut that repeats or averages them. That is linear and local,
so it is a handful of taps of 1, or of 1 over the group, in the convolution it is added to.

Knows: weights.  Must not know: modules, devices.
Legend: C input channels, C' output channels of a convolution.
"""

from __future__ import annotations

import torch
from torch import Tensor


def summed_taps(weight: Tensor) -> Tensor:
    """Taps (C', C, 3, 3) of a convolution after nearest 2x -> (C, C', 4, 4) of the transposed convolution,
    stride 2, padding 1.

    Of three neighboring pixels two are the same, so their taps add up:
    w0 w1 w2 -> w2, w1 + w2, w0 + w1, w0 along each axis.
    """
    taps = weight.double()
    for axis in (2, 3):
        w0, w1, w2 = taps.unbind(axis)
        taps = torch.stack((w2, w1 + w2, w0 + w1, w0), axis)
    return taps.transpose(0, 1).to(weight.dtype).contiguous()


def with_repeats(weight: Tensor, repeats: int) -> Tensor:
    """Taps (C', C, 3, 3) that also add every input channel `repeats` times over: C' = repeats C."""
    taps = weight.clone()
    outputs = torch.arange(taps.shape[0])
    taps[outputs, outputs // repeats, 1, 1] += 1
    return taps


def with_means(weight: Tensor, group: int) -> Tensor:
    """Taps (C', C, 3, 3) that also add the mean of every `group` neighboring input channels: C = group C'."""
    taps = weight.clone()
    inputs = torch.arange(taps.shape[1])
    taps[inputs // group, inputs, 1, 1] += 1 / group
    return taps


def with_unfolded_repeats(weight: Tensor, repeats: int) -> Tensor:
    """Taps (C, C', 4, 4) of a transposed convolution, stride 2, padding 1, that also add the input channels, repeated
    and unfolded 2x2 from channels: output channel o at row a, column b of its 2x2 reads input (4 o + 2 a + b)
    // repeats.
    """
    taps = weight.clone()
    o, a, b = torch.meshgrid(torch.arange(taps.shape[1]), torch.arange(2), torch.arange(2), indexing="ij")
    taps[(4 * o + 2 * a + b) // repeats, o, 1 + a, 1 + b] += 1
    return taps
