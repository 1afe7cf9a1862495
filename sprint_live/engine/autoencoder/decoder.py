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

from sprint_live.engine.autoencoder.pixels import quick_u8, rounded_u8, scaled_u8
from sprint_live.engine.autoencoder.rewrites import rewritten
from sprint_live.models.autoencoder import PIXEL_AVERAGE, PIXEL_FOLD, SprintTinyAutoencoder
from sprint_live.models.preview import PREVIEW_FOLD, SprintPreviewDecoder

# decoder -> pixels its network's channels unfold into, per side, and the scale those are then interpolated to; others
# (1, 1)
FOLD_AND_SCALE = {SprintTinyAutoencoder: (PIXEL_FOLD, PIXEL_AVERAGE), SprintPreviewDecoder: (PREVIEW_FOLD, 1)}


class PictureDecoder:
    """Decodes latents with a frozen autoencoder (or what has its `decode` and `decoder`),
    in its dtype and on its device.

    rewrites: names from `switches.REWRITES`, and "quick-pixels", for the CPU only: interpolation and uint8 by OpenCV.
    None of them: the autoencoder's own `decode`, bit for bit.
    """

    def __init__(self, vae: AutoencoderDC, rewrites: Collection[str] = ()) -> None:
        self.vae = vae
        self._quick = "quick-pixels" in rewrites and vae.device.type == "cpu"
        self._layout = torch.channels_last if "channels-last" in rewrites else torch.contiguous_format
        self._network = rewritten(vae.decoder, rewrites) if rewrites else None
        self._fold, self._scale = FOLD_AND_SCALE.get(type(vae), (1, 1))

    @torch.inference_mode()
    def decode(self, clean_BCYX: Tensor) -> list[np.ndarray]:
        """Clean latents (B, C, Y, X) at unit scale -> B pictures (H, W, 3) uint8 RGB."""
        if self._quick and not self._by_itself:
            return quick_u8(self._drawn(clean_BCYX), scale=self._scale)
        return list(self.decode_u8(clean_BCYX).cpu().numpy())

    @torch.inference_mode()
    def decode_u8(self, clean_BCYX: Tensor) -> Tensor:
        """The same as (B, H, W, 3) on the device, for a caller that goes on there."""
        if self._by_itself:
            return rounded_u8(self.vae.decode(self._unscaled(clean_BCYX), return_dict=False)[0])
        image_pm1 = self._drawn(clean_BCYX)
        return rounded_u8(image_pm1) if self._scale == 1 else scaled_u8(image_pm1, self._scale)

    @property
    def _by_itself(self) -> bool:
        """Whether the autoencoder's own `decode` runs: nothing is rewritten, or it cuts latents into tiles."""
        return self._network is None or getattr(self.vae, "use_tiling", False)

    def _drawn(self, clean_BCYX: Tensor) -> Tensor:
        """What the rewritten network draws, (B, 3, h, w): for sprint-tiny half the picture's side."""
        image_pm1 = self._network(self._unscaled(clean_BCYX).contiguous(memory_format=self._layout))
        return F.pixel_shuffle(image_pm1, self._fold)

    def _unscaled(self, clean_BCYX: Tensor) -> Tensor:
        return clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
