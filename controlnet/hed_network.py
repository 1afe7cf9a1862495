"""HED, a learned edge detector: VGG16's convolutions with an edge map read off each of its five scales.

Source: arXiv 1504.06375. The weights in assets/hed learned from BSDS500 photographs and expect blue, green, red in
0..255 minus the mean below. Knows: torch and its own weight file. Must not know: detectors, models, the app.

Shape suffixes: B batch, C channels, H W pixel rows and columns, D features.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load as load_safetensors
from torch import Tensor, nn
from torch.nn import functional

from controlnet.errors import ArgumentError, WeightsError, refusal

__all__ = ["HedNetwork", "edge_probability", "features", "load_network"]

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "assets" / "hed"
_IN_CHECKOUT = _PACKAGE.parent / "assets" / "hed"
WEIGHTS = (_IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT) / "hed.safetensors"
WEIGHTS_SHA256 = "42c54ef6e9811ddfab68ecc794857d816065d9ae270cc889b3587df32c2853e3"

MAX_PIXELS = 2**20  # 1024x1024: its first block holds two activations of 64 channels, 512 MiB
MEAN_BGR = (104.00699, 116.66877, 122.67892)  # of the pictures VGG16 learned from
CHANNELS = ((3, 64, 64), (64, 128, 128), (128, 256, 256, 256), (256, 512, 512, 512), (512, 512, 512, 512))
NUM_FEATURES = sum(block[-1] for block in CHANNELS)  # 1472


class HedNetwork(nn.Module):
    """Five blocks of 3x3 convolutions, each at half the resolution of the one before, each with one logit a pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            nn.ModuleList(nn.Conv2d(inner, outer, 3, padding=1) for inner, outer in itertools.pairwise(block))
            for block in CHANNELS
        )
        self.sides = nn.ModuleList(nn.Conv2d(block[-1], 1, 1) for block in CHANNELS)

    def scales(self, pixels_BCHW: Tensor) -> list[Tensor]:
        """RGB 0..255 (B, 3, H, W) -> the last activation of each block k: (B, C_k, ceil(H / 2^k), ceil(W / 2^k))."""
        hidden = pixels_BCHW.flip(1) - pixels_BCHW.new_tensor(MEAN_BGR)[:, None, None]
        found = []
        for index, block in enumerate(self.blocks):
            if index:
                hidden = functional.max_pool2d(hidden, 2, ceil_mode=True)
            for convolution in block:
                hidden = convolution(hidden).relu_()
            found.append(hidden)
        return found

    def forward(self, pixels_BCHW: Tensor) -> Tensor:
        """RGB 0..255 (B, 3, H, W) -> edge probability (B, H, W): the sigmoid of the mean of the five side logits.

        The released preprocessing takes this mean. The fusion layer trained with these weights is nearly the same:
        0.2016 to 0.2062 for each side, so it is not shipped.
        """
        sides = [side(scale) for side, scale in zip(self.sides, self.scales(pixels_BCHW), strict=True)]
        whole = [
            functional.interpolate(side, pixels_BCHW.shape[2:], mode="bilinear", align_corners=False) for side in sides
        ]
        return torch.stack(whole).mean(0)[:, 0].sigmoid()


@functools.cache
def load_network() -> HedNetwork:
    """The network with its shipped weights in float32 on the CPU, read once.

    On a Zen 5 EPYC 1024x1024 took 3.5 s of CPU time in channels_last and 4.9 s without. bfloat16 took 1.7 s there
    and moved a probability by up to 0.023, so it is not used.

    Raises:
        WeightsError: the weight file is missing or not the one this revision was tested with.
    """
    fix = "restore it (git checkout -- assets/hed) or install again"
    try:
        data = WEIGHTS.read_bytes()
    except OSError as error:
        raise WeightsError(
            refusal(got=f"no readable {WEIGHTS}: {error.strerror}", accepted="HED's weights", fix=fix)
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise WeightsError(
            refusal(got=f"{WEIGHTS} with sha256 {digest[:12]}...", accepted=f"sha256 {WEIGHTS_SHA256[:12]}...", fix=fix)
        )
    network = HedNetwork()
    network.load_state_dict({name: tensor.float() for name, tensor in load_safetensors(data).items()})
    return network.eval().requires_grad_(False).to(memory_format=torch.channels_last)


def edge_probability(image_u8: np.ndarray) -> np.ndarray:
    """RGB (H, W, 3) uint8 of at most 2^20 pixels -> (H, W) float32 in 0..1: how likely each pixel lies on an edge.

    Raises:
        ArgumentError: another type or shape, or too many pixels.
        WeightsError: as `load_network`.
    """
    return _on_picture(load_network(), image_u8)[0].numpy()


def features(images_u8: np.ndarray) -> np.ndarray:
    """RGB (B, H, W, 3) uint8 -> (B, 1472) float32: the mean over the pixels of each channel of `HedNetwork.scales`.

    Fine to coarse: 64, 128, 256, 512 and 512 numbers. They compare two sets of pictures (Frechet or kernel distance);
    they come from edges, not from the classes of an Inception network, so the distance is not an FID.

    Raises:
        ArgumentError: another type or shape, no picture, or more than 2^20 pixels in one.
        WeightsError: as `load_network`.
    """
    if not isinstance(images_u8, np.ndarray) or images_u8.ndim != 4 or not len(images_u8):
        got = f"shape {images_u8.shape}" if isinstance(images_u8, np.ndarray) else f"a {type(images_u8).__name__}"
        raise ArgumentError(refusal(got=got, accepted="uint8 pictures (B, H, W, 3)", fix="stack pictures of one size"))
    scales = load_network().scales
    return np.stack(
        [torch.cat([scale.mean((2, 3))[0] for scale in _on_picture(scales, image)]).numpy() for image in images_u8]
    )


def _on_picture(network: Callable[[Tensor], Any], image_u8: np.ndarray) -> Any:
    """Call the network, or a part of it, on one picture: memory then does not grow with the number of pictures."""
    if image_u8.dtype != np.uint8 or image_u8.ndim != 3 or image_u8.shape[2] != 3 or not image_u8.size:
        got = f"{image_u8.dtype} of shape {image_u8.shape}"
        raise ArgumentError(refusal(got=got, accepted="uint8 (H, W, 3), RGB", fix="convert to RGB, 0..255"))
    if image_u8.shape[0] * image_u8.shape[1] > MAX_PIXELS:
        got = f"{image_u8.shape[1]}x{image_u8.shape[0]} pixels"
        raise ArgumentError(refusal(got=got, accepted=f"up to {MAX_PIXELS} pixels", fix="scale it down"))
    pixels = torch.from_numpy(image_u8.astype(np.float32)).permute(2, 0, 1)[None]
    with torch.inference_mode():
        return network(pixels)
