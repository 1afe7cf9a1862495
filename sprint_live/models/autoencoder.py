"""The small autoencoder of sprint-tiny: diffusers' AutoencoderDC behind a fixed pixel fold.

A 3x3 convolution at 1024x1024 costs more on a laptop than the whole transformer, so no
convolution here sees more than 128x128 positions: pixels are averaged 2x2, then folded 4x4 into
channels (pixel-unshuffle), and AutoencoderDC does the rest (1/8 -> 1/64).

Knows: pixels and latents.  Must not know: text, time, control, the app.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import register_to_config
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from diffusers.models.autoencoders.vae import DecoderOutput, EncoderOutput
from diffusers.models.modeling_utils import ModelMixin  # noqa: F401  DiffusionPipeline looks for it beside a class it loads
from diffusers.utils.accelerate_utils import apply_forward_hook

PIXEL_AVERAGE = 2  # pixels averaged per side before the encoder, interpolated after the decoder
PIXEL_FOLD = 4  # pixels folded into channels per side


class SprintTinyAutoencoder(AutoencoderDC):
    """AutoencoderDC over folded pixels: images (B, 3, H, W) in [-1, 1] <-> latents (B, 32, H/64, W/64).

    H and W must be multiples of 64. `encode(x).latent * config.scaling_factor` has unit standard
    deviation over the training pictures, as the released DC-AE has.

    Source: deep compression autoencoder, arXiv 2410.10733; the fold replaces its first two stages.
    """

    @register_to_config
    def __init__(
        self,
        image_channels: int = 3,
        latent_channels: int = 32,
        encoder_block_out_channels: tuple[int, ...] = (32, 64, 128, 256),
        decoder_block_out_channels: tuple[int, ...] = (48, 64, 128, 256),
        encoder_layers_per_block: tuple[int, ...] = (1, 1, 1, 1),
        decoder_layers_per_block: tuple[int, ...] = (1, 2, 3, 3),
        scaling_factor: float = 1.0,
    ) -> None:
        super().__init__(
            in_channels=image_channels * PIXEL_FOLD**2,
            latent_channels=latent_channels,
            encoder_block_out_channels=encoder_block_out_channels,
            decoder_block_out_channels=decoder_block_out_channels,
            encoder_layers_per_block=encoder_layers_per_block,
            decoder_layers_per_block=decoder_layers_per_block,
            encoder_qkv_multiscales=((),) * len(encoder_block_out_channels),
            decoder_qkv_multiscales=((),) * len(decoder_block_out_channels),
            scaling_factor=scaling_factor,
        )
        levels = len(encoder_block_out_channels) - 1
        self.spatial_compression_ratio = PIXEL_AVERAGE * PIXEL_FOLD * 2**levels

    @apply_forward_hook  # offloading fetches the weights here, too
    def encode(self, x: torch.Tensor, return_dict: bool = True) -> EncoderOutput | tuple[torch.Tensor]:
        """Image (B, 3, H, W) in [-1, 1] -> unscaled latent (B, 32, H/64, W/64)."""
        ratio = self.spatial_compression_ratio
        if x.shape[-2] % ratio or x.shape[-1] % ratio:
            raise ValueError(
                f"got an image of {x.shape[-1]}x{x.shape[-2]}; width and height must be multiples of {ratio}"
            )
        latent = self.encode_half(F.avg_pool2d(x, PIXEL_AVERAGE))
        return EncoderOutput(latent=latent) if return_dict else (latent,)

    def encode_half(self, x: torch.Tensor) -> torch.Tensor:
        """Image (B, 3, 32 Y, 32 X) in [-1, 1], already averaged -> unscaled latent (B, 32, Y, X):
        what the network itself sees.
        """
        return self.encoder(F.pixel_unshuffle(x, PIXEL_FOLD))

    @apply_forward_hook  # offloading fetches the weights here, too
    def decode(self, z: torch.Tensor, return_dict: bool = True) -> DecoderOutput | tuple[torch.Tensor]:
        """Unscaled latent (B, 32, Y, X) -> image (B, 3, 64 Y, 64 X), about [-1, 1]."""
        half = self.decode_half(z)
        sample = F.interpolate(half, scale_factor=PIXEL_AVERAGE, mode="bicubic", align_corners=False)
        return DecoderOutput(sample=sample) if return_dict else (sample,)

    def decode_half(self, z: torch.Tensor) -> torch.Tensor:
        """Unscaled latent (B, 32, Y, X) -> image (B, 3, 32 Y, 32 X): what the network itself draws."""
        return F.pixel_shuffle(self.decoder(z), PIXEL_FOLD)
