"""Latents to pictures: the autoencoder's decoder, down to uint8 pixels.

Knows: the autoencoder, uint8 pictures.  Must not know: text, time, control, the app.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns.
"""

from __future__ import annotations

import numpy as np
import torch
from diffusers import AutoencoderDC
from torch import Tensor


class PictureDecoder:
    """Decodes latents with a frozen autoencoder, in its dtype and on its device."""

    def __init__(self, vae: AutoencoderDC) -> None:
        self.vae = vae

    @torch.inference_mode()
    def decode(self, clean_BCYX: Tensor) -> list[np.ndarray]:
        """Clean latents (B, C, Y, X) at unit scale -> B pictures (H, W, 3) uint8 RGB, rounded as `pipeline.decode` rounds them."""
        latent_BCYX = clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
        return list(rounded_u8(self.vae.decode(latent_BCYX, return_dict=False)[0]))


def rounded_u8(image_pm1: Tensor) -> np.ndarray:
    """(B, 3, H, W) in about [-1, 1] -> (B, H, W, 3) uint8, rounded to nearest where it was computed: a quarter of the bytes to fetch."""
    image_01 = image_pm1.float().div(2).add_(0.5).clamp_(0, 1)
    return image_01.mul_(255).round_().to(torch.uint8).permute(0, 2, 3, 1).contiguous().cpu().numpy()
