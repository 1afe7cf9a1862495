"""Encodes pages to latents, and reuses the last page of the same client.

A client's next page is usually the last one with one more stroke. The encoder runs again only where the two differ
(`engine.staged`), and not at all if they are equal.

Knows: uint8 pages, the autoencoder.  Must not know: text, time, control, the app.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderDC
from torch import Tensor

from sprint_live.engine.autoencoder.incremental import MIB, Box, CachedFeatures, StagedEncoder
from sprint_live.engine.autoencoder.pixels import changed_box, page_pm1, quick_half_pm1
from sprint_live.engine.autoencoder.rewrites import rewritten
from sprint_live.models.autoencoder import PIXEL_AVERAGE, PIXEL_FOLD, SprintTinyAutoencoder

KEEP_PAGES_MIB = 256  # of all people together; sprint-tiny takes 6 MiB a page of 1024x1024, the released autoencoder 18


@dataclass(eq=False)
class _Page:
    page_u8: np.ndarray
    latent: Tensor
    kept: CachedFeatures

    @property
    def num_bytes(self) -> int:
        return self.page_u8.nbytes + self.latent.nbytes + self.kept.num_bytes


class PageEncoder:
    """Encodes drawings and paintings with a frozen autoencoder, in its dtype and on its device. One thread owns it.

    rewrites: names from `switches.REWRITES`; "quick-pixels", on the CPU: sprint-tiny's 2x2 average by OpenCV;
    "incremental-encode": only what changed since this person's last page. None of them: the autoencoder's own `encode`.
    last: how the last page was encoded: "whole", "unchanged", or the share of its pixels inside the changed rectangle.
    """

    def __init__(self, vae: AutoencoderDC, rewrites: Collection[str] = ()) -> None:
        self.vae = vae
        self.last: str | float = "whole"
        self._folds = isinstance(vae, SprintTinyAutoencoder)
        self._cell_px = PIXEL_AVERAGE * PIXEL_FOLD if self._folds else 1
        self._quick = "quick-pixels" in rewrites and vae.device.type == "cpu" and self._folds
        self._layout = torch.channels_last if "channels-last" in rewrites else torch.contiguous_format
        exact = set(rewrites) - {"fp8-decoder"}
        self._staged = StagedEncoder(rewritten(vae.encoder, exact)) if exact else None
        self._keeps = "incremental-encode" in rewrites and self._staged.num_local > 0
        self._pages: OrderedDict[tuple, _Page] = OrderedDict()  # the longest unused first

    @torch.inference_mode()
    def encode(self, page_u8: np.ndarray, *, client: str = "") -> Tensor:
        """Page (H, W) or (H, W, 3) uint8 -> latent (1, C, Y, X) at unit scale, as `pipeline.encode_image` gives it. Do
        not write into it.

        client: whose page it is; what is kept is kept by client and shape, so a drawing and a painting do not meet.
        """
        self.last = "whole"
        if self._staged is None or self.vae.use_tiling:
            image_pm1 = page_pm1(page_u8, self.vae.device).to(self.vae.dtype)
            return self._scaled(self.vae.encode(image_pm1, return_dict=False)[0])
        if not self._keeps:
            return self._scaled(self._staged.encode(self._input(page_u8, self._everything(page_u8)))[0])
        key = (client, page_u8.shape)
        page = self._pages.pop(key, None)  # it comes back below, unless an error leaves it half updated
        page = self._first(page_u8) if page is None else self._next(page, page_u8)
        self._pages[key] = page
        while len(self._pages) > 1 and sum(other.num_bytes for other in self._pages.values()) > KEEP_PAGES_MIB * MIB:
            self._pages.popitem(last=False)
        return page.latent

    def _first(self, page_u8: np.ndarray) -> _Page:
        latent, kept = self._staged.encode(self._input(page_u8, self._everything(page_u8)))
        return _Page(page_u8.copy(), self._scaled(latent), kept)

    def _next(self, page: _Page, page_u8: np.ndarray) -> _Page:
        box = changed_box(page.page_u8, page_u8, self._cell_px)
        if box is None:
            self.last = "unchanged"
            return page
        self.last = (box[1] - box[0]) * (box[3] - box[2]) * self._cell_px**2 / (page_u8.shape[0] * page_u8.shape[1])
        latent = self._staged.again(lambda inside: self._input(page_u8, inside), box, page.kept)
        return _Page(page_u8.copy(), self._scaled(latent), page.kept)

    def _everything(self, page_u8: np.ndarray) -> Box:
        return 0, page_u8.shape[0] // self._cell_px, 0, page_u8.shape[1] // self._cell_px

    def _input(self, page_u8: np.ndarray, box: Box) -> Tensor:
        """The input of the encoder inside a box of its cells."""
        top, bottom, left, right = (edge * self._cell_px for edge in box)
        crop_u8 = np.ascontiguousarray(page_u8[top:bottom, left:right])
        if self._quick:
            pixels = quick_half_pm1(crop_u8)
        else:
            pixels = page_pm1(crop_u8, self.vae.device).to(self.vae.dtype)
            pixels = F.avg_pool2d(pixels, PIXEL_AVERAGE) if self._folds else pixels
        pixels = F.pixel_unshuffle(pixels, PIXEL_FOLD) if self._folds else pixels
        return pixels.to(self.vae.dtype).contiguous(memory_format=self._layout)

    def _scaled(self, latent: Tensor) -> Tensor:
        return latent * self.vae.config.scaling_factor
