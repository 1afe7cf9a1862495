"""The halves of an AutoencoderDC, or of the tiny autoencoder, rewritten:
the same function in less work and memory traffic.

    upsample-fold   nearest 2x + 3x3 convolution -> one transposed convolution with summed taps: 4/9 of its products
    shortcut-fold   the shortcuts of up-sampling blocks and of both ends -> taps of their convolutions (not in
                    bfloat16, where 1 + a small weight rounds the weight away)
    fused-norm      RMSNorm over channels in one call; SiLU in place
    channels-last   convolution weights, and with them all features, with channels innermost
    packed-conv     the CPU's float32 convolutions by oneDNN, from weights kept in its own layout, SiLU included
    fp8-decoder     wide convolutions in float8, before any of them is packed

Knows: modules of diffusers' AutoencoderDC and of the tiny autoencoder.  Must not know: pixels, the app.
Legend: B batch, C channels, Y X feature rows/columns.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection

import torch
import torch.nn.functional as F
from diffusers.models.autoencoders.autoencoder_dc import DCUpBlock2d, Decoder, Encoder, ResBlock
from diffusers.models.normalization import RMSNorm
from torch import Tensor, nn

from sprint_live.engine.autoencoder.folds import summed_taps, with_means, with_repeats, with_unfolded_repeats
from sprint_live.engine.fp8 import with_fp8
from sprint_live.models.tiny_autoencoder import TinyUpBlock


def rewritten(network: nn.Module, rewrites: Collection[str]) -> nn.Module:
    """A copy of an encoder or decoder with these rewrites. `network` is untouched.

    Weights are shared with it where a rewrite leaves them as they are; channels-last and packed-conv change all of the
    convolutions'. packed-conv takes features with channels innermost, so it needs channels-last.
    """
    lean = copy.deepcopy(network, memo={id(tensor): tensor for tensor in (*network.parameters(), *network.buffers())})
    first = next(lean.parameters())
    folds_shortcuts = "shortcut-fold" in rewrites and first.dtype in (torch.float32, torch.float64)
    if folds_shortcuts:
        _fold_ends(lean)
    if "upsample-fold" in rewrites:
        _replace(
            lean,
            DCUpBlock2d,
            lambda block: FoldedUpBlock(block, folds_shortcut=folds_shortcuts) if _repeats_pixels(block) else block,
        )
        _replace(lean, TinyUpBlock, _folded_tiny)
    if folds_shortcuts:
        _replace(lean, DCUpBlock2d, lambda block: block if _repeats_pixels(block) else _without_shortcut(block))
    if "fused-norm" in rewrites:
        _replace(lean, RMSNorm, FusedRMSNorm)
        for block in lean.modules():
            if isinstance(block, ResBlock) and type(block.nonlinearity) is nn.SiLU:
                block.nonlinearity = nn.SiLU(inplace=True)  # on the result of its own first convolution
    if "channels-last" in rewrites:
        for module in lean.modules():
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
                _set_weight(module, module.weight.contiguous(memory_format=torch.channels_last))
    if "fp8-decoder" in rewrites:
        _replace(lean, nn.Conv2d, with_fp8)
    if "packed-conv" in rewrites and first.device.type == "cpu" and first.dtype == torch.float32:
        assert "channels-last" in rewrites
        _pack(lean)
    return lean


class FusedRMSNorm(nn.Module):
    """diffusers' RMSNorm, (..., C) -> (..., C), as one call: 0.6 ms instead of 2.0 on 128x128x48, one thread."""

    def __init__(self, norm: RMSNorm) -> None:
        super().__init__()
        self.shape, self.eps = tuple(norm.dim), norm.eps
        self.weight, self.bias = norm.weight, norm.bias

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W), as the layer that it stands for."""
        normed = F.rms_norm(x, self.shape, self.weight, self.eps)
        return normed if self.bias is None else normed.add_(self.bias)


class FoldedUpBlock(nn.Module):
    """A DCUpBlock2d that repeats pixels: (B, C, Y, X) -> (B, C', 2 Y, 2 X)."""

    def __init__(self, block: DCUpBlock2d, *, folds_shortcut: bool) -> None:
        super().__init__()
        self.repeats = block.repeats if block.shortcut and not folds_shortcut else 0
        out_channels, in_channels = block.conv.weight.shape[:2]
        self.conv = nn.ConvTranspose2d(in_channels, out_channels, 4, stride=2, padding=1, device="meta")
        taps = summed_taps(block.conv.weight)
        _set_weight(
            self.conv, with_unfolded_repeats(taps, block.repeats) if block.shortcut and folds_shortcut else taps
        )
        self.conv.bias = block.conv.bias

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W), as the layer that it stands for."""
        up = self.conv(x)
        return up + F.pixel_shuffle(x.repeat_interleave(self.repeats, dim=1), 2) if self.repeats else up


def _folded_tiny(block: TinyUpBlock) -> nn.ConvTranspose2d:
    out_channels, in_channels = block.conv.weight.shape[:2]
    conv = nn.ConvTranspose2d(in_channels, out_channels, 4, stride=2, padding=1, bias=False, device="meta")
    _set_weight(conv, summed_taps(block.conv.weight))
    return conv


class PackedConv(nn.Module):
    """A float32 Conv2d of one group on the CPU, its weight in oneDNN's layout: (B, C, Y, X) -> (B, C', Y', X').

    Source: the operators torch.compile itself puts in place of a frozen convolution on a CPU.
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.activation = "none"
        self.kernel_size, self.padding_mode = conv.kernel_size, conv.padding_mode
        self.padding, self.stride, self.dilation = list(conv.padding), list(conv.stride), list(conv.dilation)
        self.bias = conv.bias
        self.weight = torch.ops.mkldnn._reorder_convolution_weight(
            conv.weight, self.padding, self.stride, self.dilation, 1, None
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W), as the layer that it stands for."""
        x = x.contiguous(memory_format=torch.channels_last)
        return torch.ops.mkldnn._convolution_pointwise(
            x, self.weight, self.bias, self.padding, self.stride, self.dilation, 1, self.activation, [], ""
        )


def can_pack() -> bool:
    """Whether this build of torch has the operators of PackedConv."""
    return torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_reorder_convolution_weight")


def _repeats_pixels(block: DCUpBlock2d) -> bool:
    """The released decoders' kind of upsampling; sprint-tiny's unfolds channels."""
    return block.interpolate and block.interpolation_mode == "nearest" and block.factor == 2


def _without_shortcut(block: DCUpBlock2d) -> DCUpBlock2d:
    if block.shortcut and not block.interpolate:  # both are unfolded alike, so the sum can be taken before
        _set_weight(block.conv, with_repeats(block.conv.weight, block.repeats))
        block.shortcut = False
    return block


def _fold_ends(network: nn.Module) -> None:
    if isinstance(network, Decoder) and network.in_shortcut:
        _set_weight(network.conv_in, with_repeats(network.conv_in.weight, network.in_shortcut_repeats))
        network.in_shortcut = False
    if isinstance(network, Encoder) and network.out_shortcut:
        _set_weight(network.conv_out, with_means(network.conv_out.weight, network.out_shortcut_average_group_size))
        network.out_shortcut = False


def _pack(network: nn.Module) -> None:
    _replace(
        network, nn.Conv2d, lambda conv: PackedConv(conv) if conv.groups == 1 and conv.padding_mode == "zeros" else conv
    )
    for block in network.modules():
        if isinstance(block, ResBlock) and isinstance(block.conv1, PackedConv) and type(block.nonlinearity) is nn.SiLU:
            block.conv1.activation, block.nonlinearity = "swish", nn.Identity()


def _set_weight(module: nn.Module, weight: Tensor) -> None:
    module.weight = nn.Parameter(weight, requires_grad=False)


def _replace(network: nn.Module, kind: type[nn.Module], build: Callable[[nn.Module], nn.Module]) -> None:
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is kind:
                setattr(parent, name, build(child))
