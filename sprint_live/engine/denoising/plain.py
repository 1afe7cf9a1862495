"""Denoising: the interface of a denoiser, and the plain one.

Knows: the pipeline.  Must not know: pixels, sketches, sessions.
Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.diffusion.sampler import OnClean, angle_schedule

if TYPE_CHECKING:
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline


@dataclass(frozen=True, kw_only=True, eq=False)
class Denoising:
    """B pictures to denoise together.

    settings: of the first; steps, guidance, strength and the control's window are those of all. height_width: of all,
    in pixels. prompts: what stands for each text in caches. text_BLD, text_mask_BL: its embeddings, 1 = a real token.
    seeds, control_strengths: one each. control_BCYX, painting_BCYX: scaled latents, or None for all of them. on_clean:
    what of earlier pictures stays (`sample`).
    """

    settings: DrawSettings
    height_width: tuple[int, int]
    prompts: tuple[str, ...]
    text_BLD: Tensor
    text_mask_BL: Tensor
    seeds: tuple[int, ...]
    control_strengths: tuple[float, ...]
    control_BCYX: Tensor | None
    painting_BCYX: Tensor | None
    on_clean: OnClean | None = None

    def angles(self) -> list[float] | None:
        """Angles to sample at; None for the schedule of pure noise."""
        return None if self.painting_BCYX is None else painting_angles(self.settings.steps, self.settings.strength)

    def generators(self) -> list[torch.Generator]:
        """A fresh source of noise for each picture, on the CPU: a seed means the same picture on every device."""
        return [torch.Generator().manual_seed(seed) for seed in self.seeds]


class Denoiser(Protocol):
    """The interface of the fast and the plain denoiser."""

    def denoise(self, asked: Denoising) -> Tensor:
        """Clean latents (B, C, Y, X) at unit scale, float32."""


class PlainDenoiser:
    """The pipeline's own loop: the reference."""

    def __init__(self, pipeline: SanaSprintControlNetPipeline) -> None:
        self._pipeline = pipeline

    def denoise(self, asked: Denoising) -> Tensor:
        """Clean latents (B, C, Y, X) at unit scale, float32."""
        settings = asked.settings
        height, width = asked.height_width
        start, end = settings.control_window
        strengths, generators = asked.control_strengths, asked.generators()
        alone = len(asked.seeds) == 1
        return self._pipeline(
            prompt_embeds=asked.text_BLD,
            prompt_attention_mask=asked.text_mask_BL,
            control_latents=asked.control_BCYX,
            controlnet_conditioning_scale=strengths[0]
            if alone
            else torch.tensor(strengths, device=self._pipeline.device),
            control_guidance_start=start,
            control_guidance_end=end,
            image_latents=asked.painting_BCYX,
            strength=1.0,  # the angles have it already
            timesteps=asked.angles(),
            num_inference_steps=settings.steps,
            guidance_scale=settings.guidance,
            height=height,
            width=width,
            use_resolution_binning=False,
            generator=generators[0] if alone else generators,
            on_clean=asked.on_clean,
            output_type="latent",
        ).images


def painting_angles(steps: int, strength: float) -> list[float]:
    """Angles of a run that starts from a painting: the text-to-image schedule, shrunk to begin at strength x pi/2.

    diffusers' `strength` skips whole steps of n instead, so that with one step it has no effect at all. Where it can
    express such a run (k of n linear steps: steps = k, strength = k / n here) both draw the same picture.
    """
    return (angle_schedule(steps) * strength).tolist()
