"""SANA-Sprint with a control branch as a diffusers pipeline: the plain path that every fast one is compared with.

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import torch
from diffusers import AutoencoderDC, DiffusionPipeline, SanaTransformer2DModel, SCMScheduler
from diffusers.image_processor import PixArtImageProcessor
from diffusers.pipelines.sana.pipeline_output import SanaPipelineOutput
from diffusers.utils.torch_utils import randn_tensor
from torch import Tensor

from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from sprint_live import pipeline_arguments, trigflow
from sprint_live.errors import OutOfMemory
from sprint_live.pipeline_folder import load_component, read_index
from sprint_live.prompt_encoding import encode_prompts, released_instruction
from sprint_live.sampler import MAX_ANGLE, TWO_STEP_ANGLE, angle_schedule, sample

COMPONENTS = ("tokenizer", "text_encoder", "vae", "transformer", "controlnet", "scheduler")
FROM_FOLDER = object()


class SanaSprintControlNetPipeline(DiffusionPipeline):
    """Text and a control image to a picture in 1 to 4 steps.

    tokenizer, text_encoder: may be None when prompts come as embeddings. controlnet: None gives plain SANA-Sprint.
    max_sequence_length, use_instruction: how this model's prompts are encoded; saved in model_index.json.
    """

    model_cpu_offload_seq = "text_encoder->transformer->vae"
    _optional_components = ["tokenizer", "text_encoder", "controlnet"]
    _callback_tensor_inputs = list(pipeline_arguments.CALLBACK_TENSORS)

    def __init__(
        self,
        tokenizer: object,
        text_encoder: torch.nn.Module | None,
        vae: AutoencoderDC,
        transformer: SanaTransformer2DModel,
        controlnet: SanaSprintControlNet | None,
        scheduler: SCMScheduler,
        max_sequence_length: int = 300,
        use_instruction: bool = True,
    ) -> None:
        super().__init__()
        self.register_modules(
            tokenizer=tokenizer,
            text_encoder=text_encoder,
            vae=vae,
            transformer=transformer,
            controlnet=controlnet,
            scheduler=scheduler,
        )
        self.register_to_config(max_sequence_length=max_sequence_length, use_instruction=use_instruction)
        # AutoencoderDC knows its ratio; the count of stages is only right where every stage halves
        self.vae_scale_factor = getattr(
            vae, "spatial_compression_ratio", 2 ** (len(vae.config.encoder_block_out_channels) - 1)
        )
        self.image_processor = PixArtImageProcessor(vae_scale_factor=self.vae_scale_factor)
        self._interrupt = False

    @classmethod
    def from_pretrained(
        cls,
        pretrained_model_name_or_path: str | Path,
        *,
        torch_dtype: torch.dtype | None = None,
        tokenizer: object = FROM_FOLDER,
        text_encoder: object = FROM_FOLDER,
        vae: object = FROM_FOLDER,
        transformer: object = FROM_FOLDER,
        controlnet: object = FROM_FOLDER,
        scheduler: object = FROM_FOLDER,
    ) -> Self:
        """Load a local model folder; a component passed here (also None) is not read from it.

        A folder of the released SanaSprintPipeline loads too, without a control branch.

        Raises:
            WeightsError: no such folder, or a component that is missing, unreadable or of an untrusted class.
        """
        folder = Path(pretrained_model_name_or_path)
        index = read_index(folder)
        given = dict(zip(COMPONENTS, (tokenizer, text_encoder, vae, transformer, controlnet, scheduler)))
        components = {
            name: load_component(folder, name, index.get(name, [None, None]), torch_dtype)
            if component is FROM_FOLDER
            else component
            for name, component in given.items()
        }
        settings = {name: index[name] for name in ("max_sequence_length", "use_instruction") if name in index}
        pipeline = cls(**components, **settings)
        pipeline.register_to_config(_name_or_path=str(folder))
        return pipeline

    @property
    def interrupt(self) -> bool:
        """Set `pipeline._interrupt = True` in a callback to stop after the present step."""
        return self._interrupt

    def encode_prompt(
        self,
        prompt: str | Sequence[str],
        *,
        max_sequence_length: int | None = None,
        complex_human_instruction: Sequence[str] | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Embeddings (B, L, D) and mask (B, L); None means what this model was trained with."""
        if complex_human_instruction is None:
            complex_human_instruction = released_instruction() if self.config.use_instruction else ()
        return encode_prompts(
            self.tokenizer,
            self.text_encoder,
            [prompt] if isinstance(prompt, str) else list(prompt),
            max_sequence_length=max_sequence_length or self.config.max_sequence_length,
            instruction=complex_human_instruction,
        )

    @torch.no_grad()
    def encode_control(self, control_image: object, height: int, width: int) -> Tensor:
        """Scaled control latent (B, C, Y, X) of white lines on black: PIL, list of PIL, or (B, 3, H, W) in [-1, 1]."""
        if not isinstance(control_image, Tensor):
            control_image = self.image_processor.preprocess(control_image, height=height, width=width)
        pipeline_arguments.check_latents("control_image", control_image, (control_image.shape[0], 3, height, width))
        # contiguous: convolutions round differently on another memory layout, and equal pixels must stay equal
        image_pm1 = control_image.to(device=self._execution_device, dtype=self.vae.dtype).contiguous()
        return self.vae.encode(image_pm1, return_dict=False)[0] * self.vae.config.scaling_factor

    @torch.no_grad()
    def __call__(
        self,
        prompt: str | Sequence[str] | None = None,
        control_image: object = None,
        *,
        control_latents: Tensor | None = None,
        controlnet_conditioning_scale: float | Tensor = 1.0,
        num_inference_steps: int = 2,
        timesteps: Sequence[float] | None = None,
        max_timesteps: float | None = MAX_ANGLE,
        intermediate_timesteps: float | None = TWO_STEP_ANGLE,
        guidance_scale: float = 4.5,
        num_images_per_prompt: int = 1,
        height: int = 1024,
        width: int = 1024,
        generator: torch.Generator | list[torch.Generator] | None = None,
        latents: Tensor | None = None,
        prompt_embeds: Tensor | None = None,
        prompt_attention_mask: Tensor | None = None,
        output_type: str = "pil",
        return_dict: bool = True,
        callback_on_step_end: Callable[[DiffusionPipeline, int, Tensor, dict], dict] | None = None,
        callback_on_step_end_tensor_inputs: Sequence[str] = ("latents",),
        max_sequence_length: int | None = None,
        complex_human_instruction: Sequence[str] | None = None,
    ) -> SanaPipelineOutput | tuple:
        """Draw pictures; arguments are named as in SanaSprintPipeline and SanaControlNetPipeline.

        control_image: white lines on black (see `encode_control`); control_latents: the same, encoded and scaled;
        neither: no control. latents: unit noise (B, C, Y, X). timesteps: TrigFlow angles, falling, one more than
        steps. output_type: "pil", "np", "pt", or "latent" for the clean latent at unit scale (divide by
        vae.config.scaling_factor to decode). A callback sees `latents` in TrigFlow units (std sigma_data), after the
        last step the clean one; what it returns under "latents" or "prompt_embeds" is used from there on.

        Raises:
            ArgumentError, PromptError: an argument is refused; the message says what is accepted.
            OutOfMemory: the device ran out of memory.
        """
        can_encode = self.tokenizer is not None and self.text_encoder is not None
        num_prompts = pipeline_arguments.batch_of_prompts(
            prompt, prompt_embeds, prompt_attention_mask, can_encode=can_encode
        )
        pipeline_arguments.check_size(height, width, self.vae_scale_factor)
        pipeline_arguments.check_control(
            self.controlnet is not None, control_image, control_latents, controlnet_conditioning_scale
        )
        pipeline_arguments.check_output(output_type, callback_on_step_end_tensor_inputs)
        angles = angle_schedule(
            num_inference_steps, max_angle=max_timesteps, two_step_angle=intermediate_timesteps, angles=timesteps
        )
        batch = num_prompts * num_images_per_prompt
        ratio = self.vae_scale_factor
        shape = (batch, self.transformer.config.in_channels, height // ratio, width // ratio)
        device = self._execution_device
        self._interrupt = False

        try:
            if prompt_embeds is None:
                prompt_embeds, prompt_attention_mask = self.encode_prompt(
                    prompt,
                    max_sequence_length=max_sequence_length,
                    complex_human_instruction=complex_human_instruction,
                )
            if control_image is not None:
                control_latents = self.encode_control(control_image, height, width)
            if control_latents is not None:
                control_latents = _one_each(control_latents, batch, num_prompts)
                pipeline_arguments.check_latents("control_latents", control_latents, shape)
            if latents is None:
                latents = randn_tensor(shape, generator=generator, device=device, dtype=torch.float32)
            pipeline_arguments.check_latents("latents", latents, shape)

            clean = self._denoise(
                latents.to(device=device, dtype=torch.float32),
                angles.to(device),
                prompt_embeds=_one_each(prompt_embeds, batch, num_prompts),
                prompt_attention_mask=_one_each(prompt_attention_mask, batch, num_prompts),
                control_latents=control_latents,
                conditioning_scale=controlnet_conditioning_scale,
                guidance_scale=guidance_scale,
                generator=generator,
                callback=callback_on_step_end,
                callback_tensors=callback_on_step_end_tensor_inputs,
            )
            images = clean if output_type == "latent" else self.decode(clean, output_type)
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"out of memory drawing {batch} picture(s) of {width}x{height} on {device}; "
                "fix: draw a smaller size or fewer pictures at once"
            ) from error
        self.maybe_free_model_hooks()
        return SanaPipelineOutput(images=images) if return_dict else (images,)

    @torch.no_grad()
    def decode(self, clean_BCYX: Tensor, output_type: str) -> object:
        """Clean latent at unit scale -> pictures as "pil", "np" (B, H, W, 3) or "pt" (B, 3, H, W) in [0, 1]."""
        latent_BCYX = clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
        return self.image_processor.postprocess(
            self.vae.decode(latent_BCYX, return_dict=False)[0], output_type=output_type
        )

    def _denoise(
        self,
        noise_BCYX: Tensor,
        angles: Tensor,
        *,
        prompt_embeds: Tensor,
        prompt_attention_mask: Tensor,
        control_latents: Tensor | None,
        conditioning_scale: float | Tensor,
        guidance_scale: float,
        generator: torch.Generator | list[torch.Generator] | None,
        callback: Callable[[DiffusionPipeline, int, Tensor, dict], dict] | None,
        callback_tensors: Sequence[str],
    ) -> Tensor:
        dtype = self.transformer.dtype
        guidance = torch.full(noise_BCYX.shape[:1], guidance_scale, device=noise_BCYX.device)
        guidance = guidance.to(dtype) * self.transformer.config.guidance_embeds_scale
        state = {"prompt_embeds": prompt_embeds}

        def net(x_t: Tensor, t: Tensor) -> Tensor:
            s = trigflow.s_from_t(t)
            x_s = trigflow.x_s_from_x_t(x_t, t)
            v = controlled_forward(
                self.transformer,
                x_s.to(dtype),
                state["prompt_embeds"].to(device=x_s.device, dtype=dtype),
                timestep=s,
                guidance=guidance,
                text_mask=prompt_attention_mask.to(x_s.device),
                controlnet=None if control_latents is None else self.controlnet,
                control_latent_BCYX=None if control_latents is None else control_latents.to(x_s.device, dtype),
                conditioning_scale=conditioning_scale,
            )
            return trigflow.F_from_v(v, x_s, s).float()

        with self.progress_bar(total=len(angles) - 1) as progress_bar:

            def on_step(index: int, t: Tensor, x_next: Tensor) -> Tensor | None:
                progress_bar.update()
                if callback is not None:
                    tensors = {"latents": x_next, **state}
                    returned = callback(self, index, t, {name: tensors[name] for name in callback_tensors})
                    x_next = returned.get("latents", x_next)
                    state["prompt_embeds"] = returned.get("prompt_embeds", state["prompt_embeds"])
                return None if self._interrupt else x_next

            return sample(
                net,
                noise_BCYX,
                angles,
                draw_noise=lambda: randn_tensor(noise_BCYX.shape, generator=generator, device=noise_BCYX.device),
                on_step=on_step,
            )


def _one_each(tensor: Tensor, batch: int, num_prompts: int) -> Tensor:
    """Repeat a tensor made per prompt (or once) so that it has one entry per picture, in picture order."""
    if tensor.shape[0] == 1:
        return tensor.expand(batch, *tensor.shape[1:])
    if tensor.shape[0] == num_prompts:
        return tensor.repeat_interleave(batch // num_prompts, dim=0)
    return tensor
