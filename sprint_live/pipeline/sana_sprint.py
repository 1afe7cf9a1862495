"""SANA-Sprint in one call, with or without a control branch: the plain path that every fast one is compared with.

    text-to-image            noise -> 1..4 steps -> picture                        as diffusers' SanaSprintPipeline
    image-to-image           picture + noise at a smaller angle -> steps -> picture    as SanaSprintImg2ImgPipeline
    either, with a branch    its residuals in every step the control counts in

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import torch
from diffusers import DiffusionPipeline
from diffusers.pipelines.sana.pipeline_output import SanaPipelineOutput
from diffusers.utils.torch_utils import randn_tensor
from torch import Tensor

from sprint_live.api.draw_settings import controlled_steps
from sprint_live.diffusion.sampler import MAX_ANGLE, TWO_STEP_ANGLE, OnClean, angle_schedule, last_steps, sample
from sprint_live.errors import OutOfMemory
from sprint_live.pipeline import arguments
from sprint_live.pipeline.components import SanaSprintComponents
from sprint_live.pipeline.network import SprintNetwork

Callback = Callable[[DiffusionPipeline, int, Tensor, dict], dict]


class SanaSprintControlNetPipeline(SanaSprintComponents):
    """Text and, each of them optional, a control image and a picture to start from, to a picture in 1 to 4 steps."""

    _callback_tensor_inputs: ClassVar[list[str]] = list(arguments.CALLBACK_TENSORS)
    _interrupt = False

    @property
    def interrupt(self) -> bool:
        """Set `pipeline._interrupt = True` in a callback to stop after the present step."""
        return self._interrupt

    @torch.no_grad()
    def __call__(
        self,
        prompt: str | Sequence[str] | None = None,
        control_image: object = None,
        *,
        image: object = None,
        strength: float = 0.6,
        control_latents: Tensor | None = None,
        image_latents: Tensor | None = None,
        control_strength: float | Tensor = 1.0,
        control_start: float = 0.0,
        control_end: float = 1.0,
        num_inference_steps: int = 2,
        timesteps: Sequence[float] | None = None,
        max_timesteps: float | None = MAX_ANGLE,
        intermediate_timesteps: float | None = TWO_STEP_ANGLE,
        guidance_scale: float = 4.5,
        num_images_per_prompt: int = 1,
        height: int = 1024,
        width: int = 1024,
        use_resolution_binning: bool = False,
        generator: torch.Generator | list[torch.Generator] | None = None,
        latents: Tensor | None = None,
        prompt_embeds: Tensor | None = None,
        prompt_attention_mask: Tensor | None = None,
        output_type: str = "pil",
        return_dict: bool = True,
        on_clean: OnClean | None = None,
        callback_on_step_end: Callback | None = None,
        callback_on_step_end_tensor_inputs: Sequence[str] = ("latents",),
        max_sequence_length: int | None = None,
        complex_human_instruction: Sequence[str] | None = None,
    ) -> SanaPipelineOutput | tuple:
        """Draw pictures; arguments are named as in diffusers' Sana pipelines where they have a name there.

        control_image: white lines on black (see `encode_image`); control_latents: the same, encoded and scaled;
        neither: no control. control_strength: factor on the branch's residuals; control_start, control_end: the
        fractions of the steps between which it counts. image, image_latents: a picture to start from, and the fraction
        `strength` of the steps that is run on it (`sampler.last_steps`). latents: unit noise (B, C, Y, X). timesteps:
        TrigFlow angles, falling, one more than steps. use_resolution_binning: draw at the nearest of the 1024 px bins
        and cut to height x width. output_type: "pil", "np", "pt", or "latent" for the clean latent at unit scale
        (divide by vae.config.scaling_factor to decode). on_clean: what to go on with instead of a step's clean estimate
        (B, C, Y, X) at unit scale, such as one in which a part of an earlier picture is put back. A callback sees `latents` in TrigFlow units (std sigma_data),
        after the last step the clean one; what it returns under "latents" or "prompt_embeds" is used from there on.

        Raises:
            ArgumentError, PromptError: an argument is refused; the message says what is accepted.
            OutOfMemory: the device ran out of memory.
        """
        can_encode = self.tokenizer is not None and self.text_encoder is not None
        num_prompts = arguments.batch_of_prompts(prompt, prompt_embeds, prompt_attention_mask, can_encode=can_encode)
        asked_size = (height, width)
        if use_resolution_binning:
            height, width = arguments.binned_size(height, width, self.trained_side)
        arguments.check_size(height, width, self.vae_scale_factor)
        arguments.check_control(self.controlnet is not None, control_image, control_latents, control_strength)
        arguments.check_image(image, image_latents)
        arguments.check_output(output_type, callback_on_step_end_tensor_inputs)
        angles = angle_schedule(
            num_inference_steps, max_angle=max_timesteps, two_step_angle=intermediate_timesteps, angles=timesteps
        )
        if image is not None or image_latents is not None:
            angles = last_steps(angles, strength)
        controlled = controlled_steps(len(angles) - 1, control_start, control_end)
        batch = num_prompts * num_images_per_prompt
        ratio = self.vae_scale_factor
        shape = (batch, self.transformer.config.in_channels, height // ratio, width // ratio)
        device = self._execution_device

        def fitted(name: str, encoded: Tensor | None) -> Tensor | None:
            if encoded is None:
                return None
            encoded = _one_each(encoded, batch, num_prompts).to(device)
            arguments.check_latents(name, encoded, shape)
            return encoded

        try:
            if prompt_embeds is None:
                prompt_embeds, prompt_attention_mask = self.encode_prompt(
                    prompt,
                    max_sequence_length=max_sequence_length,
                    complex_human_instruction=complex_human_instruction,
                )
            if control_image is not None:
                control_latents = self.encode_image(control_image, height, width)
            if image is not None:
                image_latents = self.encode_image(image, height, width)
            if latents is None:
                latents = randn_tensor(shape, generator=generator, device=device, dtype=torch.float32)
            arguments.check_latents("latents", latents, shape)
            start_BCYX = fitted("image_latents", image_latents)
            network = SprintNetwork(
                self.transformer,
                self.controlnet,
                prompt_embeds=_one_each(prompt_embeds, batch, num_prompts),
                prompt_attention_mask=_one_each(prompt_attention_mask, batch, num_prompts),
                guidance_scale=guidance_scale,
                control_latents=fitted("control_latents", control_latents),
                control_strength=control_strength,
                controlled=controlled,
            )
            clean = self._denoise(
                network,
                latents.to(device=device, dtype=torch.float32),
                angles.to(device),
                start_BCYX=None if start_BCYX is None else start_BCYX.float(),
                generator=generator,
                on_clean=on_clean,
                callback=callback_on_step_end,
                callback_tensors=callback_on_step_end_tensor_inputs,
            )
            cut_to = asked_size if use_resolution_binning else None
            images = clean if output_type == "latent" else self.decode(clean, output_type, cut_to=cut_to)
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"out of memory drawing {batch} picture(s) of {width}x{height} on {device}; fix: draw a smaller size or fewer pictures at once"
            ) from error
        self.maybe_free_model_hooks()
        return SanaPipelineOutput(images=images) if return_dict else (images,)

    def _denoise(
        self,
        network: SprintNetwork,
        noise_BCYX: Tensor,
        angles: Tensor,
        *,
        start_BCYX: Tensor | None,
        generator: torch.Generator | list[torch.Generator] | None,
        on_clean: OnClean | None,
        callback: Callback | None,
        callback_tensors: Sequence[str],
    ) -> Tensor:
        """The sampler with a progress bar, a callback and a way to stop; returns the clean latent at unit scale."""
        self._interrupt = False
        with self.progress_bar(total=len(angles) - 1) as progress_bar:

            def on_step(index: int, t: Tensor, x_next: Tensor) -> Tensor | None:
                progress_bar.update()
                if callback is not None:
                    tensors = {"latents": x_next, "prompt_embeds": network.prompt_embeds}
                    returned = callback(self, index, t, {name: tensors[name] for name in callback_tensors})
                    x_next = returned.get("latents", x_next)
                    network.prompt_embeds = returned.get("prompt_embeds", network.prompt_embeds)
                return None if self._interrupt else x_next

            return sample(
                network,
                noise_BCYX,
                angles,
                draw_noise=lambda: randn_tensor(noise_BCYX.shape, generator=generator, device=noise_BCYX.device),
                start_BCYX=start_BCYX,
                on_step=on_step,
                on_clean=on_clean,
            )


def _one_each(tensor: Tensor, batch: int, num_prompts: int) -> Tensor:
    """Repeat a tensor made per prompt (or once) so that it has one entry per picture, in picture order."""
    if tensor.shape[0] == 1:
        return tensor.expand(batch, *tensor.shape[1:])
    if tensor.shape[0] == num_prompts:
        return tensor.repeat_interleave(batch // num_prompts, dim=0)
    return tensor
