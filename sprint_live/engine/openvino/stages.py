"""Encoder, denoiser and decoder of the engine over OpenVINO's networks:
as PageEncoder, FastDenoiser and PictureDecoder.

A page is encoded anew after every stroke, whole: on two cores that takes 7 ms, and most of a small rectangle's work is
in the layers that see everything.

Knows: pages, seeds, the sampler.  Must not know: how the networks compute, people's names.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns.
"""

from __future__ import annotations

import numpy as np
import torch
from cachetools import LRUCache
from torch import Tensor

from sprint_live.diffusion.sampler import angle_schedule, sample
from sprint_live.diffusion.trigflow import F_by_flow
from sprint_live.engine.autoencoder.pixels import page_pm1, quick_half_pm1, quick_u8
from sprint_live.engine.denoising.plain import Denoising
from sprint_live.engine.openvino.networks import OpenVinoNetworks

KEEP_PAGES = 64
CPU = torch.device("cpu")


class OpenVinoEncoder:
    """Pages (H, W) or (H, W, 3) uint8 to latents (1, C, Y, X) at unit scale;
    the last page of each of 64 people is kept.

    last: "whole", or "unchanged" where this person's page is the one before.
    """

    def __init__(self, networks: OpenVinoNetworks) -> None:
        self._networks = networks
        self._pages: LRUCache[tuple, tuple[np.ndarray, Tensor]] = LRUCache(KEEP_PAGES)
        self.last: str | float = "whole"

    def encode(self, page_u8: np.ndarray, *, client: str = "") -> Tensor:
        """As `PageEncoder.encode`. Do not write into the result."""
        key = (client, page_u8.shape)
        before_u8, latent = self._pages.pop(key, (None, None))
        self.last = "unchanged" if before_u8 is not None and np.array_equal(before_u8, page_u8) else "whole"
        if self.last == "whole":
            pixels = quick_half_pm1(page_u8) if self._networks.pixels_a_side == 2 else page_pm1(page_u8, CPU)
            before_u8, latent = page_u8.copy(), self._networks.page(pixels)
        self._pages[key] = before_u8, latent
        return latent


class OpenVinoDenoiser:
    """As `FastDenoiser`. A step without control runs the branch at strength 0, which adds nothing."""

    def __init__(self, networks: OpenVinoNetworks) -> None:
        self._networks = networks

    def denoise(self, asked: Denoising) -> Tensor:
        """Clean latents (B, C, Y, X) at unit scale, float32."""
        settings = asked.settings
        num_tokens = int(asked.text_mask_BL.any(0).nonzero().max()) + 1  # what lies behind is masked in every text
        text_BLD, mask_BL = asked.text_BLD[:, :num_tokens].float(), asked.text_mask_BL[:, :num_tokens].long()
        guidance = torch.full((len(asked.seeds),), settings.guidance * self._networks.guidance_scale)
        strengths = torch.tensor(asked.control_strengths)
        shape = self._networks.latent_shape(len(asked.seeds), *asked.height_width)
        generators = asked.generators()
        counted = iter(settings.controlled_steps)

        def draw_noise() -> Tensor:
            one = (1, *shape[1:])
            return torch.cat([torch.randn(one, generator=generator) for generator in generators])

        def net(x_t: Tensor, t: Tensor) -> Tensor:
            counts = next(counted) and asked.control_BCYX is not None

            def predict(x_s: Tensor, s: Tensor) -> Tensor:
                control_BCYX = asked.control_BCYX.float() if counts else torch.zeros_like(x_s)
                return self._networks.step(
                    x_s,
                    text_BLD,
                    mask_BL,
                    s,
                    guidance,
                    control_BCYX,
                    strengths if counts else torch.zeros_like(strengths),
                )

            return F_by_flow(predict, x_t, t)

        angles = angle_schedule(settings.steps, angles=asked.angles())
        start_BCYX = None if asked.painting_BCYX is None else asked.painting_BCYX.float()
        return sample(net, draw_noise(), angles, draw_noise=draw_noise, start_BCYX=start_BCYX, on_clean=asked.on_clean)


class OpenVinoDecoder:
    """Clean latents at unit scale to pictures (H, W, 3) uint8."""

    def __init__(self, networks: OpenVinoNetworks) -> None:
        self._networks = networks

    def decode(self, clean_BCYX: Tensor) -> list[np.ndarray]:
        """As `PictureDecoder.decode`."""
        return quick_u8(self._networks.picture(clean_BCYX.float()), scale=self._networks.pixels_a_side)
