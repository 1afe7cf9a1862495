"""Pages to latents: the autoencoder's encoder, called from pixels.

Knows: uint8 pages, the autoencoder.  Must not know: text, time, control, the app.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns.
"""

from __future__ import annotations

import numpy as np
import torch
from diffusers import AutoencoderDC
from torch import Tensor


class PageEncoder:
    """Encodes drawings and paintings with a frozen autoencoder, in its dtype and on its device."""

    def __init__(self, vae: AutoencoderDC) -> None:
        self.vae = vae

    @torch.inference_mode()
    def encode(self, page_u8: np.ndarray, *, client: str = "") -> Tensor:
        """Page (H, W) or (H, W, 3) uint8 -> latent (1, C, Y, X) at unit scale, as `pipeline.encode_image` gives it.

        client: whose page it is. A client's next page is usually the last one with a stroke more.
        """
        image_pm1 = page_pm1(page_u8, self.vae.device).to(self.vae.dtype)
        return self.vae.encode(image_pm1, return_dict=False)[0] * self.vae.config.scaling_factor


def page_pm1(page_u8: np.ndarray, device: torch.device) -> Tensor:
    """Page (H, W) or (H, W, 3) uint8 -> (1, 3, H, W) float32 in [-1, 1], contiguous.

    Contiguous, because convolutions round differently on another memory layout, and equal pixels must stay equal.
    """
    pixels_HWC = torch.from_numpy(np.ascontiguousarray(np.atleast_3d(page_u8))).to(device)
    image_pm1 = pixels_HWC.permute(2, 0, 1)[None].float().div_(255).mul_(2).sub_(1)
    return image_pm1.expand(1, 3, -1, -1).contiguous()
