"""TAESANA's network: a tiny autoencoder of the latents that SANA's DC-AE (f32c32) makes, in plain convolutions.

    encoder  [0, 1] -> 3x3 stride 2 -> 3x3 stride 2 -> residual blocks, three more times halved -> 3x3 -> latent
    decoder  latent -> 3 tanh(x / 3) -> residual blocks, five times nearest 2x + 3x3 -> 3x3 -> [0, 1]

Its latents have unit scale: what `pipeline.encode_image` gives, without the DC-AE's factor 0.41407.

Source: TAESANA of madebyollin/taesd (MIT); the shapes were read from its files, the code is this project's own.

Knows: pixels and latents.  Must not know: text, time, control, files, the app.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.vae import DecoderOutput, EncoderOutput
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn

LATENT_CHANNELS = 32
RATIO = 32  # pixels per side of a latent cell
ENCODER_WIDTH, NUM_ENCODER_BLOCKS = 64, (1, 3, 3, 3)
DECODER_WIDTHS, NUM_DECODER_BLOCKS = (256, 128, 64, 64, 64, 64), (3, 3, 3, 3, 3, 1)
LATENT_LIMIT = 3.0


class TinyBlock(nn.Module):
    """Three 3x3 convolutions with ReLU between, the input added, ReLU: (B, C, y, x) -> (B, C, y, x)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            *(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(inplace=True)),
            *(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(inplace=True)),
            nn.Conv2d(channels, channels, 3, padding=1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W)."""
        return self.conv(x).add_(x).relu_()


class TinyUpBlock(nn.Module):
    """Every cell repeated 2x2, then a 3x3 convolution: (B, C, y, x) -> (B, C', 2 y, 2 x)."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W)."""
        return self.conv(F.interpolate(x, scale_factor=2, mode="nearest"))


class Scaled(nn.Module):
    """factor x + offset, cell by cell: between [-1, 1] and [0, 1]."""

    def __init__(self, factor: float, offset: float) -> None:
        super().__init__()
        self.factor, self.offset = factor, offset

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W)."""
        return x * self.factor + self.offset


class SoftLimit(nn.Module):
    """3 tanh(x / 3): a latent far outside what pictures have is drawn in."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W)."""
        return torch.tanh(x / LATENT_LIMIT) * LATENT_LIMIT


class TinySanaAutoencoder(ModelMixin, ConfigMixin):
    """Images (B, 3, H, W) in [-1, 1] <-> latents (B, 32, H/32, W/32) at unit scale; called as an AutoencoderDC is.

    H and W must be multiples of 32. 9.6 M parameters; 33 GFLOP to encode and 592 to decode 1024x1024 pixels, where the
    DC-AE takes 5,180 and 8,369. `encoder` is a sequence of stages, each of which sees only a few cells around its own.
    """

    use_tiling = False

    @register_to_config
    def __init__(self, latent_channels: int = LATENT_CHANNELS, scaling_factor: float = 1.0) -> None:
        super().__init__()
        self.encoder = _encoder(latent_channels)
        self.decoder = _decoder(latent_channels)

    def encode(self, x: Tensor, return_dict: bool = True) -> EncoderOutput | tuple[Tensor]:
        """Image (B, 3, H, W) in [-1, 1] -> latent (B, 32, H/32, W/32) at unit scale."""
        if x.shape[-2] % RATIO or x.shape[-1] % RATIO:
            raise ValueError(
                f"got an image of {x.shape[-1]}x{x.shape[-2]}; width and height must be multiples of {RATIO}"
            )
        latent = self.encoder(x)
        return EncoderOutput(latent=latent) if return_dict else (latent,)

    def decode(self, z: Tensor, return_dict: bool = True) -> DecoderOutput | tuple[Tensor]:
        """Latent (B, 32, Y, X) at unit scale -> image (B, 3, 32 Y, 32 X), about [-1, 1]."""
        sample = self.decoder(z)
        return DecoderOutput(sample=sample) if return_dict else (sample,)


def _encoder(latent_channels: int) -> nn.Sequential:
    width = ENCODER_WIDTH
    first = nn.Sequential(
        Scaled(0.5, 0.5),
        *(nn.Conv2d(3, width // 2, 3, stride=2, padding=1), nn.ReLU(inplace=True)),
        *(nn.Conv2d(width // 2, width, 3, stride=2, padding=1), nn.ReLU(inplace=True)),
    )
    stages = [first, *(TinyBlock(width) for _ in range(NUM_ENCODER_BLOCKS[0]))]
    for count in NUM_ENCODER_BLOCKS[1:]:
        halved = nn.Conv2d(width, width, 3, stride=2, padding=1, bias=False)
        stages.append(nn.Sequential(halved, *(TinyBlock(width) for _ in range(count))))
    return nn.Sequential(*stages, nn.Conv2d(width, latent_channels, 3, padding=1))


def _decoder(latent_channels: int) -> nn.Sequential:
    widths = DECODER_WIDTHS
    layers: list[nn.Module] = [SoftLimit(), nn.Conv2d(latent_channels, widths[0], 3, padding=1), nn.ReLU(inplace=True)]
    for level, count in enumerate(NUM_DECODER_BLOCKS):
        if level:
            layers.append(TinyUpBlock(widths[level - 1], widths[level]))
        layers += [TinyBlock(widths[level]) for _ in range(count)]
    return nn.Sequential(*layers, nn.Conv2d(widths[-1], 3, 3, padding=1), Scaled(2.0, -1.0))
