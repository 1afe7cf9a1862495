"""One batch of jobs through the stages: map, text, encode, denoise, decode, jpeg.

Knows: the stages and their order.  Must not know: how a stage works inside, who asks, locks.
Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from sprint_live.api.draw_job import Pin
from sprint_live.api.frame import Frame
from sprint_live.diffusion.sampler import OnClean
from sprint_live.engine.checked_job import CheckedJob
from sprint_live.engine.control_pages import ControlPages
from sprint_live.engine.denoising.plain import Denoiser, Denoising
from sprint_live.engine.jpeg import encode_jpeg, encode_on_device
from sprint_live.engine.prompt_cache import Encoded
from sprint_live.engine.sketch import fit_page
from sprint_live.engine.stopwatch import StopWatch

if TYPE_CHECKING:
    from sprint_live.engine.autoencoder.decoder import PictureDecoder
    from sprint_live.engine.autoencoder.encoder import PageEncoder
    from sprint_live.engine.autoencoder.preview import PreviewDecoder
    from sprint_live.engine.openvino.stages import OpenVinoDecoder, OpenVinoEncoder


@dataclass(frozen=True, kw_only=True)
class Stages:
    """What each stage is done by. preview: None where the model has no preview decoder. nvjpeg: JPEG on the GPU.

    encoder: reads the control page. painting_encoder: reads a painting, whose colors the picture keeps: never a tiny
    one. has_branch: whether lines count. device: where the networks run.
    """

    control: ControlPages
    read_prompt: Callable[[str], Encoded]
    encoder: PageEncoder | OpenVinoEncoder
    painting_encoder: PageEncoder | OpenVinoEncoder
    denoiser: Denoiser
    decoder: PictureDecoder | OpenVinoDecoder
    preview: PreviewDecoder | None
    nvjpeg: bool
    has_branch: bool
    device: torch.device

    def run(self, jobs: Sequence[CheckedJob]) -> list[Frame]:
        """Frames of jobs of one `batch_key`, in their order;
        the times of a batch are those of all its jobs together.
        """
        watch = StopWatch()
        height, width = jobs[0].height_width
        with watch.stage("map"):
            pages = [self.control.page(job.pixels_u8, job.colors_u8, height, width) for job in jobs]
            controlled = [
                self.has_branch and job.settings.wants_control and bool(page.pixels_u8.any())
                for job, page in zip(jobs, pages, strict=True)
            ]
        with watch.stage("text"):
            encoded = [self.read_prompt(job.prompt) for job in jobs]
        latents: list[Tensor | None] = [None] * len(jobs)
        for wanted in (True, False):  # pages with and without a line go through different networks
            chosen = [index for index, counts in enumerate(controlled) if counts == wanted]
            if not chosen:
                continue
            some = [jobs[index] for index in chosen]
            with watch.stage("encode"):  # a client's lines and paintings are remembered apart
                control = (
                    [
                        self.encoder.encode(pages[index].pixels_u8, client=f"map {jobs[index].client}")
                        for index in chosen
                    ]
                    if wanted
                    else None
                )
                painted = None
                if some[0].painted_u8 is not None:
                    pages_u8 = [fit_page(job.painted_u8, height, width, background=255) for job in some]
                    painted = [
                        self.painting_encoder.encode(page_u8, client=f"painting {job.client}")
                        for job, page_u8 in zip(some, pages_u8, strict=True)
                    ]
            with watch.stage("denoise"):
                clean_BCYX = self.denoiser.denoise(
                    Denoising(
                        settings=some[0].settings,
                        height_width=(height, width),
                        prompts=tuple(job.prompt for job in some),
                        text_BLD=_joined([encoded[index][0] for index in chosen]),
                        text_mask_BL=_joined([encoded[index][1] for index in chosen]),
                        seeds=tuple(job.settings.seed for job in some),
                        control_strengths=tuple(job.settings.control_strength for job in some),
                        control_BCYX=None if control is None else _joined(control),
                        painting_BCYX=None if painted is None else _joined(painted),
                        on_clean=keep_pinned([job.pin for job in some]),
                    )
                )
                for index, clean_CYX in zip(chosen, clean_BCYX, strict=True):
                    latents[index] = clean_CYX[None]
                self._finish()
        with watch.stage("decode"):
            is_preview = jobs[0].preview and self.preview is not None
            decoder = self.preview if is_preview else self.decoder
            colored = any(page.colors_u8 is not None for page in pages)  # its colors are kept on the CPU
            on_device_u8 = decoder.decode_u8(_joined(latents)) if self.nvjpeg and not colored else None
            pictures_u8 = decoder.decode(_joined(latents)) if on_device_u8 is None else list(on_device_u8.cpu().numpy())
            pictures_u8 = [
                page.kept(picture_u8) if counts else picture_u8
                for page, picture_u8, counts in zip(pages, pictures_u8, controlled, strict=True)
            ]
        with watch.stage("jpeg"):
            jpegs = (
                [encode_jpeg(picture_u8) for picture_u8 in pictures_u8]
                if on_device_u8 is None
                else [encode_on_device(picture_u8) for picture_u8 in on_device_u8]
            )
        kept = [latent_1CYX[0].half().cpu().numpy() for latent_1CYX in latents]
        timings_ms = watch.timings_ms()
        return [
            Frame(
                pixels_u8=picture_u8,
                jpeg=jpeg,
                timings_ms=timings_ms,
                controlled=counts,
                latent_CYX=latent_CYX,
                preview=is_preview,
            )
            for picture_u8, jpeg, counts, latent_CYX in zip(pictures_u8, jpegs, controlled, kept, strict=True)
        ]

    def _finish(self) -> None:
        """Let asynchronous work end, so that a stage's time is its own."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)


def keep_pinned(pins: Sequence[Pin | None]) -> OnClean | None:
    """Puts back what is pinned into every clean estimate, so that the steps after the first draw the rest around it.

    No network is called more often, and with one step nothing changes. Measured on sprint-tiny at 4 steps (cat, house
    and flower, four seeds each) as the step of gray levels between 32 px within the border and 96 px beyond it, away
    from lines: 9.5 in the picture that was pinned; with another seed 10.6 if only the last step is blended, 9.7 if
    every one is. Words of other colors stay different: 33 and 40.
    """
    if not any(pins):
        return None
    return lambda clean_BCYX: _joined(
        [one if pin is None else pin.blend(one) for one, pin in zip(clean_BCYX.split(1), pins, strict=True)]
    )


def _joined(tensors: Sequence[Tensor]) -> Tensor:
    """One batch; a single tensor stays itself, so that nothing is copied."""
    return tensors[0] if len(tensors) == 1 else torch.cat(list(tensors))
