"""The denoising loop of the pipeline, and the methods around it that users of diffusers expect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from diffusers import DiffusionPipeline
from diffusers.utils.torch_utils import randn_tensor
from torch import Tensor

from sprint_live.diffusion import trigflow
from sprint_live.diffusion.sampler import OnClean, angle_schedule
from sprint_live.pipeline import arguments
from sprint_live.pipeline.components import SanaSprintComponents
from sprint_live.pipeline.network import SprintNetwork

Callback = Callable[[DiffusionPipeline, int, Tensor, dict], dict]
Generators = torch.Generator | list[torch.Generator] | None


class SanaSprintDenoising(SanaSprintComponents):
    """Checks, latents and the denoising loop, by the names they have in diffusers."""

    _interrupt = False
    _guidance_scale = _attention_kwargs = _num_timesteps = None

    @property
    def interrupt(self) -> bool:
        """Set `pipeline._interrupt = True` in a callback to stop after the present step."""
        return self._interrupt

    @property
    def guidance_scale(self) -> float | None:
        """Of the present or the last call; None before the first."""
        return self._guidance_scale

    @property
    def attention_kwargs(self) -> dict[str, object] | None:
        """Of the present or the last call."""
        return self._attention_kwargs

    @property
    def num_timesteps(self) -> int | None:
        """Steps that the present or the last call runs; None before the first."""
        return self._num_timesteps

    def check_inputs(
        self,
        prompt: str | Sequence[str] | None,
        height: int,
        width: int,
        num_inference_steps: int,
        timesteps: Sequence[float] | None,
        max_timesteps: float | None,
        intermediate_timesteps: float | None,
        callback_on_step_end_tensor_inputs: Sequence[str] | None = None,
        prompt_embeds: Tensor | None = None,
        prompt_attention_mask: Tensor | None = None,
    ) -> int:
        """Check what diffusers' pipelines check under this name; returns the number of prompts.

        Raises:
            ArgumentError, PromptError: an argument is refused; the message says what is accepted.
        """
        can_encode = self.tokenizer is not None and self.text_encoder is not None
        num_prompts = arguments.batch_of_prompts(prompt, prompt_embeds, prompt_attention_mask, can_encode=can_encode)
        arguments.check_size(height, width, self.vae_scale_factor)
        arguments.check_output("pil", callback_on_step_end_tensor_inputs or ())
        angle_schedule(
            num_inference_steps,
            max_angle=max_timesteps,
            two_step_angle=intermediate_timesteps,
            angles=timesteps,
            most_steps=self.scheduler.config.num_train_timesteps,
        )
        return num_prompts

    def prepare_latents(
        self,
        batch_size: int,
        num_channels_latents: int,
        height: int,
        width: int,
        dtype: torch.dtype,
        device: torch.device,
        generator: Generators,
        latents: Tensor | None = None,
    ) -> Tensor:
        """Unit noise (B, C, Y, X) for a picture of height x width pixels, or `latents` in this format and place.

        Raises:
            ArgumentError: a list of generators that is not one for each picture.
        """
        if latents is not None:
            return latents.to(device=device, dtype=dtype)
        arguments.check_generators(generator, batch_size)
        ratio = self.vae_scale_factor
        shape = (batch_size, num_channels_latents, int(height) // ratio, int(width) // ratio)
        return randn_tensor(shape, generator=generator, device=device, dtype=dtype)

    def _set_schedule(self, angles: Tensor, num_skipped: int) -> Tensor:
        """Tell the scheduler the whole schedule; returns the angles of it that are run, the last being the end."""
        self.scheduler.set_timesteps(
            len(angles) - 1, timesteps=angles, device=angles.device, max_timesteps=None, intermediate_timesteps=None
        )
        self.scheduler.set_begin_index(num_skipped)
        steps = self.scheduler.timesteps[num_skipped:]
        self._num_timesteps = len(steps) - 1
        return steps

    def _noised(self, noise_BCYX: Tensor, start_BCYX: Tensor | None, angle: Tensor) -> Tensor:
        """State at the first angle: noise alone, or over a clean latent (B, C, Y, X) at unit scale."""
        sigma_data = self.scheduler.config.sigma_data
        if start_BCYX is None:
            return noise_BCYX * sigma_data
        return trigflow.x_t_from_x0(start_BCYX.float() * sigma_data, noise_BCYX, angle, sigma_data)

    def _denoise(
        self,
        network: SprintNetwork,
        x_BCYX: Tensor,
        steps: Tensor,
        *,
        generator: Generators,
        on_clean: OnClean | None,
        callback: Callback | None,
        callback_tensors: Sequence[str],
    ) -> Tensor:
        """The scheduler's steps with a progress bar, a callback and a way to stop; the clean latent at unit scale."""
        sigma_data, last = self.scheduler.config.sigma_data, len(steps) - 2
        with self.progress_bar(total=len(steps) - 1) as progress_bar:
            for index, t in enumerate(steps[:-1]):
                angle = t.expand(x_BCYX.shape[0])
                found = network(x_BCYX, angle) * sigma_data
                x_BCYX, x0_BCYX = self.scheduler.step(found, angle, x_BCYX, generator=generator, return_dict=False)
                if on_clean is not None:
                    kept = on_clean(x0_BCYX / sigma_data) * sigma_data
                    x_BCYX = kept if index == last else x_BCYX + torch.cos(steps[index + 1]) * (kept - x0_BCYX)
                    x0_BCYX = kept
                progress_bar.update()
                if callback is not None:
                    x_BCYX = self._called_back(callback, callback_tensors, network, index, t, x_BCYX)
                if self._interrupt and index < last:
                    return x0_BCYX / sigma_data
        return x_BCYX / sigma_data

    def _called_back(
        self,
        callback: Callback,
        names: Sequence[str],
        network: SprintNetwork,
        index: int,
        t: Tensor,
        x_BCYX: Tensor,
    ) -> Tensor:
        tensors = {
            "latents": x_BCYX,
            "prompt_embeds": network.prompt_embeds,
            "prompt_attention_mask": network.prompt_attention_mask,
        }
        returned = callback(self, index, t, {name: tensors[name] for name in names}) or {}
        network.prompt_embeds = returned.get("prompt_embeds", network.prompt_embeds)
        network.prompt_attention_mask = returned.get("prompt_attention_mask", network.prompt_attention_mask)
        return returned.get("latents", x_BCYX)


def one_each(tensor: Tensor, batch: int, num_prompts: int) -> Tensor:
    """Repeat a tensor made per prompt (or once) so that it has one entry per picture, in picture order."""
    if tensor.shape[0] == 1:
        return tensor.expand(batch, *tensor.shape[1:])
    if tensor.shape[0] == num_prompts:
        return tensor.repeat_interleave(batch // num_prompts, dim=0)
    return tensor
