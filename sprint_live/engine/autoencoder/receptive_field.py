"""Receptive fields: the input cells that one output cell depends on, computed from the module itself.

A stage of an encoder is local where every output cell depends on a few input cells around it (convolutions, norms over
channels), and global where one cell can change all (attention). A change of the input then spreads only so far.

Knows: modules of diffusers' AutoencoderDC and of the tiny autoencoder.  Must not know: pixels, what is encoded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diffusers.models.autoencoders.autoencoder_dc import DCDownBlock2d, ResBlock
from diffusers.models.normalization import RMSNorm
from torch import nn

from sprint_live.engine.autoencoder.rewrites import FusedRMSNorm, PackedConv
from sprint_live.models.tiny_autoencoder import Scaled, TinyBlock

OVER_CHANNELS = (nn.Identity, nn.SiLU, nn.ReLU, RMSNorm, FusedRMSNorm, Scaled)  # they never look at a neighbor


@dataclass(frozen=True)
class ReceptiveField:
    """Along one axis, output cell Y is made of input cells stride Y - before to stride (Y + 1) - 1 + after."""

    stride: int = 1
    before: int = 0
    after: int = 0

    def then(self, later: ReceptiveField) -> ReceptiveField:
        """The reach of two modules one after another."""
        return ReceptiveField(
            self.stride * later.stride, self.before + self.stride * later.before, self.after + self.stride * later.after
        )

    def touched(self, span: tuple[int, int], limit: int) -> tuple[int, int]:
        """Output cells [begin, end) that input cells [begin, end) can change, of `limit` there are."""
        begin, end = span
        return max(0, (begin - self.after) // self.stride), min(limit, -(-(end + self.before) // self.stride))

    def needed(self, span: tuple[int, int], limit: int) -> tuple[int, int]:
        """Input cells [begin, end) that output cells [begin, end) are made of, from a multiple of the stride to one,
        of `limit` there are.
        """
        begin, end = (self.stride * edge for edge in span)
        begin, end = max(0, begin - self.before), min(limit, end + self.after)
        return begin // self.stride * self.stride, -(-end // self.stride) * self.stride


def receptive_field_of(module: nn.Module) -> ReceptiveField | None:
    """The reach of a module; None if it is global or of a kind that this file does not know."""
    if isinstance(module, OVER_CHANNELS):
        return ReceptiveField()
    if isinstance(module, (nn.Conv2d, PackedConv)):
        return _convolution(module)
    if isinstance(module, nn.Sequential):
        return chain(map(receptive_field_of, module))
    if isinstance(module, ResBlock):
        return chain(map(receptive_field_of, (module.conv1, module.nonlinearity, module.conv2, module.norm)))
    if isinstance(module, TinyBlock):
        return receptive_field_of(module.conv)
    if isinstance(module, DCDownBlock2d):
        return _down_block(module)
    return None


def chain(reaches: Iterable[ReceptiveField | None]) -> ReceptiveField | None:
    """The reach of modules one after another; None as soon as one is global."""
    whole = ReceptiveField()
    for reach in reaches:
        if reach is None:
            return None
        whole = whole.then(reach)
    return whole


def _convolution(conv: nn.Conv2d | PackedConv) -> ReceptiveField | None:
    """None unless the kernel is square with zero padding, as everywhere in DC-AE."""
    (stride, *strides), (padding, *paddings), kernel = conv.stride, conv.padding, conv.kernel_size
    if (
        {stride} != set(strides)
        or {padding} != set(paddings)
        or kernel[0] != kernel[1]
        or set(conv.dilation) != {1}
        or conv.padding_mode != "zeros"
    ):
        return None
    return ReceptiveField(stride, padding, max(0, kernel[0] - padding - stride))


def _down_block(block: DCDownBlock2d) -> ReceptiveField | None:
    conv = receptive_field_of(block.conv)
    if conv is None:
        return None
    # the shortcut reads the 2x2 cells themselves
    return conv.then(ReceptiveField(block.factor)) if block.downsample else conv
