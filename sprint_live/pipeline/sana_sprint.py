"""SANA-Sprint in one call, with or without a control branch: the plain path, the reference for every fast one.

    text-to-image            noise -> steps -> picture                             as diffusers' SanaSprintPipeline
    image-to-image           picture + noise at a smaller angle -> steps -> picture    as SanaSprintImg2ImgPipeline
    either, with a branch    its residuals in every step the control counts in

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import torch
from diffusers.callbacks import MultiPipelineCallbacks, PipelineCallback
from diffusers.pipelines.sana.pipeline_output import SanaPipelineOutput
from torch import Tensor

from sprint_live.api.draw_settings import controlled_steps
from sprint_live.diffusion.sampler import MAX_ANGLE, TWO_STEP_ANGLE, OnClean, angle_schedule, last_steps
from sprint_live.errors import OutOfMemory
from sprint_live.pipeline import arguments
from sprint_live.pipeline.components import RELEASED_INSTRUCTION, RELEASED_LENGTH
from sprint_live.pipeline.denoising import Callback, Generators, SanaSprintDenoising, one_each
from sprint_live.pipeline.network import SprintNetwork

CALLBACK_DEFAULT = ["latents"]


class SanaSprintControlNetPipeline(SanaSprintDenoising):
    """Text and, each of them optional, a control image and a picture to start from, to a picture in a few steps."""

    _callback_tensor_inputs: ClassVar[list[str]] = list(arguments.CALLBACK_TENSORS)

    @torch.no_grad()
    def __call__(
        self,
        prompt: str | Sequence[str] | None = None,
        num_inference_steps: int = 2,
        timesteps: Sequence[float] | None = None,
        max_timesteps: float | None = MAX_ANGLE,
        intermediate_timesteps: float | None = TWO_STEP_ANGLE,
        guidance_scale: float = 4.5,
        num_images_per_prompt: int = 1,
        height: int = 1024,
        width: int = 1024,
        eta: float = 0.0,
        generator: Generators = None,
        latents: Tensor | None = None,
        prompt_embeds: Tensor | None = None,
        prompt_attention_mask: Tensor | None = None,
        output_type: str = "pil",
        return_dict: bool = True,
        clean_caption: bool = False,
        use_resolution_binning: bool = True,
        attention_kwargs: dict[str, object] | None = None,
        callback_on_step_end: Callback | PipelineCallback | MultiPipelineCallbacks | None = None,
        callback_on_step_end_tensor_inputs: Sequence[str] = CALLBACK_DEFAULT,
        max_sequence_length: int = RELEASED_LENGTH,
        complex_human_instruction: Sequence[str] | None = RELEASED_INSTRUCTION,
        *,
        control_image: object = None,
        controlnet_conditioning_scale: float | Tensor = 1.0,
        control_guidance_start: float = 0.0,
        control_guidance_end: float = 1.0,
        control_latents: Tensor | None = None,
        image: object = None,
        strength: float = 0.6,
        image_latents: Tensor | None = None,
        on_clean: OnClean | None = None,
    ) -> SanaPipelineOutput | tuple:
        """Draw pictures; names, order and defaults are those of diffusers' Sana pipelines.

        timesteps: TrigFlow angles, falling, one more than steps. latents: unit noise (B, C, Y, X); beside a picture to
        start from, the state at the first angle. use_resolution_binning: draw at the nearest of the 1024 px bins and
        cut to height x width (models of another size have no bins). output_type: "pil", "np", "pt", or "latent" for the
        clean latent at unit scale (divide by vae.config.scaling_factor to decode). A callback sees `latents` in
        TrigFlow units (std sigma_data), after the last step the clean one; what it gives back is used from there on.
        max_sequence_length, complex_human_instruction: the defaults stand for what the model was trained with. eta:
        not read.

        control_image: white lines on black, see `encode_image`; control_latents: the same, encoded; neither: no
        control. controlnet_conditioning_scale: factor on the branch's residuals, a number or (B,);
        control_guidance_start, _end: the fractions of the steps between which it counts. image, image_latents: a
        picture to start from, and the fraction `strength` of the steps that is run on it. on_clean: what to go on with
        instead of a step's clean estimate (B, C, Y, X) at unit scale, such as one in which a part of an earlier picture
        is put back.

        Raises:
            ArgumentError, PromptError: an argument is refused; the message says what is accepted.
            OutOfMemory: the device ran out of memory.
        """
        if isinstance(callback_on_step_end, PipelineCallback | MultiPipelineCallbacks):
            callback_on_step_end_tensor_inputs = callback_on_step_end.tensor_inputs
        pixels = output_type != "latent" or image is not None or control_image is not None
        arguments.check_components(self.transformer, self.vae, reads_or_makes_pixels=pixels)
        asked_size = (height, width)
        is_binned = use_resolution_binning and self.trained_side == arguments.BINNED_SIDE
        if is_binned:
            height, width = arguments.binned_size(height, width, self.trained_side)
        arguments.check_control(
            self.controlnet is not None, control_image, control_latents, controlnet_conditioning_scale
        )
        arguments.check_image(image, image_latents)
        arguments.check_output(output_type, callback_on_step_end_tensor_inputs)
        num_prompts = self.check_inputs(
            prompt,
            height,
            width,
            num_inference_steps,
            timesteps,
            max_timesteps,
            intermediate_timesteps,
            prompt_embeds=prompt_embeds,
            prompt_attention_mask=prompt_attention_mask,
        )
        angles = angle_schedule(
            num_inference_steps,
            max_angle=max_timesteps,
            two_step_angle=intermediate_timesteps,
            angles=timesteps,
            most_steps=self.scheduler.config.num_train_timesteps,
        )
        starts_from_picture = image is not None or image_latents is not None
        num_skipped = len(angles) - len(last_steps(angles, strength)) if starts_from_picture else 0
        controlled = controlled_steps(len(angles) - num_skipped - 1, control_guidance_start, control_guidance_end)
        batch = num_prompts * num_images_per_prompt
        arguments.check_generators(generator, batch)
        self._guidance_scale, self._attention_kwargs, self._interrupt = guidance_scale, attention_kwargs, False
        ratio, device = self.vae_scale_factor, self._execution_device
        shape = (batch, self.transformer.config.in_channels, height // ratio, width // ratio)

        def fitted(name: str, encoded: Tensor | None) -> Tensor | None:
            if encoded is None:
                return None
            encoded = one_each(encoded, batch, num_prompts).to(device)
            arguments.check_latents(name, encoded, shape)
            return encoded

        try:
            prompt_embeds, prompt_attention_mask = self.encode_prompt(
                prompt,
                num_images_per_prompt,
                device,
                prompt_embeds,
                prompt_attention_mask,
                clean_caption,
                max_sequence_length,
                self._own_instruction(complex_human_instruction),
                (attention_kwargs or {}).get("scale"),
            )
            if control_image is not None:
                control_latents = self.encode_image(control_image, height, width)
            if (
                isinstance(image, Tensor) and image.ndim == 4 and image.shape[1] == shape[1]
            ):  # encoded by diffusers' rule
                image_latents = image / self.scheduler.config.sigma_data
            elif image is not None:
                image_latents = self.encode_image(image, height, width)
            start_BCYX = fitted("image_latents", image_latents)
            is_state = latents is not None and start_BCYX is not None
            if latents is not None:
                arguments.check_latents("latents", latents, shape)
            latents = self.prepare_latents(*shape[:2], height, width, torch.float32, device, generator, latents)
            network = SprintNetwork(
                self.transformer,
                self.controlnet,
                prompt_embeds=prompt_embeds,
                prompt_attention_mask=prompt_attention_mask,
                guidance_scale=guidance_scale,
                control_latents=fitted("control_latents", control_latents),
                controlnet_conditioning_scale=controlnet_conditioning_scale,
                controlled=controlled,
                sigma_data=self.scheduler.config.sigma_data,
                attention_kwargs=attention_kwargs,
            )
            steps = self._set_schedule(angles.to(device), num_skipped)
            clean = self._denoise(
                network,
                latents if is_state else self._noised(latents, start_BCYX, steps[0]),
                steps,
                generator=generator,
                on_clean=on_clean,
                callback=callback_on_step_end,
                callback_tensors=callback_on_step_end_tensor_inputs,
            )
            images = clean
            if output_type != "latent":
                images = self.decode(clean, output_type, cut_to=asked_size if is_binned else None)
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"out of memory drawing {batch} picture(s) of {width}x{height} on {device}; fix: draw a smaller size "
                "or fewer pictures at once"
            ) from error
        self.maybe_free_model_hooks()
        return SanaPipelineOutput(images=images) if return_dict else (images,)
