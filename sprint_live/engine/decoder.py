"""Latents to pictures: the autoencoder's decoder, down to uint8 pixels.

Knows: the autoencoder, uint8 pictures.  Must not know: text, time, control, the app.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderDC
from torch import Tensor

from sprint_live.engine.pixels import doubled_u8, quick_u8, rounded_u8
from sprint_live.engine.rewrites import rewritten
from sprint_live.models.autoencoder import PIXEL_AVERAGE, PIXEL_FOLD, SprintTinyAutoencoder


class PictureDecoder:
    """Decodes latents with a frozen autoencoder, in its dtype and on its device.

    rewrites: names from `engine.rewrites.REWRITES`, and "quick-pixels", for the CPU only: interpolation and uint8 by OpenCV.
    None of them: the autoencoder's own `decode`, bit for bit.
    """

    def __init__(self, vae: AutoencoderDC, rewrites: Collection[str] = ()) -> None:
        self.vae = vae
        self._quick = "quick-pixels" in rewrites and vae.device.type == "cpu"
        self._layout = torch.channels_last if "channels-last" in rewrites else torch.contiguous_format
        self._network = rewritten(vae.decoder, rewrites) if rewrites else None
        self._doubles = isinstance(vae, SprintTinyAutoencoder)

    @torch.inference_mode()
    def decode(self, clean_BCYX: Tensor) -> list[np.ndarray]:
        """Clean latents (B, C, Y, X) at unit scale -> B pictures (H, W, 3) uint8 RGB."""
        latent_BCYX = clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
        if self._network is None or self.vae.use_tiling:
            return list(rounded_u8(self.vae.decode(latent_BCYX, return_dict=False)[0]))
        image_pm1 = self._network(latent_BCYX.contiguous(memory_format=self._layout))
        image_pm1 = F.pixel_shuffle(image_pm1, PIXEL_FOLD) if self._doubles else image_pm1
        if self._quick:
            return quick_u8(image_pm1, scale=PIXEL_AVERAGE if self._doubles else 1)
        return list(doubled_u8(image_pm1) if self._doubles else rounded_u8(image_pm1))
