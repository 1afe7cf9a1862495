"""The fast denoiser: the project's sampler over `FastNetwork`.

Knows: TrigFlow, seeds, the pipeline's networks.  Must not know: pixels, sketches, sessions.
Legend: B batch, C channels, Y X latent rows/columns.
"""

from __future__ import annotations

import copy

import torch
from diffusers.utils.torch_utils import randn_tensor
from torch import Tensor, nn

from controlnet.joined import is_joint
from sprint_live.diffusion.sampler import angle_schedule, sample
from sprint_live.diffusion.trigflow import F_by_flow
from sprint_live.engine.denoising.cuda_graphs import Recorder
from sprint_live.engine.denoising.network import FastNetwork, FastOptions
from sprint_live.engine.denoising.plain import Denoising
from sprint_live.engine.denoising.stem import Caption, Moment
from sprint_live.engine.hooks import HOOKED, is_hooked
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline


def why_not_fast(pipeline: SanaSprintControlNetPipeline) -> str | None:
    """Why the networks of a pipeline cannot be served the fast way; None where they can."""
    for module in (pipeline.transformer, pipeline.controlnet):
        linears = [] if module is None else [layer for layer in module.modules() if isinstance(layer, nn.Linear)]
        if any(type(layer) is not nn.Linear or type(layer.weight.data) is not Tensor for layer in linears):
            return "the weights are quantized or carry a LoRA"
        if module is not None and is_hooked(module, is_known=is_joint):
            return HOOKED.format(what="networks")
    return None


class FastDenoiser:
    """As `PlainDenoiser`, by the networks of a pipeline with their own weights, or with copies in another `dtype`."""

    def __init__(
        self,
        pipeline: SanaSprintControlNetPipeline,
        options: FastOptions,
        *,
        dtype: torch.dtype | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        transformer, controlnet = pipeline.transformer, pipeline.controlnet
        if dtype is not None and dtype != transformer.dtype:
            transformer, controlnet = (
                None if module is None else nn.Module.to(copy.deepcopy(module), dtype)
                for module in (transformer, controlnet)
            )
        self._transformer = transformer
        self._ratio = pipeline.vae_scale_factor
        self._network = FastNetwork(transformer, controlnet, options, recorder=recorder)
        self._records = recorder is not None

    def denoise(self, asked: Denoising) -> Tensor:
        """Clean latents (B, C, Y, X) at unit scale, float32."""
        settings, config = asked.settings, self._transformer.config
        device, dtype = self._transformer.device, self._transformer.dtype
        height, width = asked.height_width
        shape = (len(asked.seeds), config.in_channels, height // self._ratio, width // self._ratio)
        generators = asked.generators()
        angles = angle_schedule(settings.steps, angles=asked.angles())
        captions = [
            Caption(
                key=prompt, text_1LD=asked.text_BLD[index : index + 1], mask_1L=asked.text_mask_BL[index : index + 1]
            )
            for index, prompt in enumerate(asked.prompts)
        ]
        control_BCYX = None if asked.control_BCYX is None else asked.control_BCYX.to(device, dtype)
        strengths = asked.control_strengths
        as_number = len(strengths) == 1 and not self._records  # a graph reads it from memory
        strength = strengths[0] if as_number else torch.tensor(strengths, device=device, dtype=dtype)[:, None, None]
        counts = settings.controlled_steps
        steps = iter(enumerate(zip(angles[:-1], counts, strict=True)))

        def draw_noise() -> Tensor:
            return randn_tensor(shape, generator=generators, device=device, dtype=torch.float32)

        def net(x_t: Tensor, t: Tensor) -> Tensor:
            index, (angle, counted) = next(steps)
            guidance = (
                torch.full((1,), settings.guidance).to(device, dtype) * config.guidance_embeds_scale
                if config.guidance_embeds
                else None
            )
            is_pure_noise = index == 0 and asked.painting_BCYX is None

            def predict(x_s: Tensor, s: Tensor) -> Tensor:
                return self._network.predict(
                    x_s.to(dtype),
                    captions,
                    Moment((float(angle), settings.guidance), s[:1], guidance),
                    control_BCYX=control_BCYX if counted else None,
                    strength=strength,
                    start_keys=asked.seeds if is_pure_noise else None,
                )

            return F_by_flow(predict, x_t, t)

        start_BCYX = None if asked.painting_BCYX is None else asked.painting_BCYX.to(device).float()
        return sample(
            net, draw_noise(), angles.to(device), draw_noise=draw_noise, start_BCYX=start_BCYX, on_clean=asked.on_clean
        )
