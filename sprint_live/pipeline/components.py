"""The parts of a SANA-Sprint model as a diffusers pipeline: loaded, saved, and the encoders and decoder called.

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import torch
from diffusers import AutoencoderDC, DiffusionPipeline, SanaControlNetModel, SanaTransformer2DModel, SCMScheduler
from diffusers.image_processor import PixArtImageProcessor
from diffusers.loaders import SanaLoraLoaderMixin
from diffusers.utils import USE_PEFT_BACKEND, scale_lora_layers, unscale_lora_layers
from torch import Tensor

from controlnet.branch import SanaSprintControlNet
from sprint_live.errors import WeightsError, refusal
from sprint_live.models.autoencoder import SprintTinyAutoencoder
from sprint_live.pipeline.loading import ModelFolderMixin
from sprint_live.pipeline.offloading import GroupOffloading
from sprint_live.pipeline.pictures import pixels_pm1
from sprint_live.pipeline.prompt_encoding import encode_prompts, released_instruction

RELEASED_LENGTH = 300
RELEASED_INSTRUCTION = list(released_instruction())  # told apart from an equal one by identity
LATENT_RATIO = 32  # of the released autoencoder, where there is none


class SanaSprintComponents(ModelFolderMixin, GroupOffloading, DiffusionPipeline, SanaLoraLoaderMixin):
    """Tokenizer, text encoder, autoencoder, transformer, branch and scheduler of one model.

    tokenizer, text_encoder: may be None when prompts come as embeddings; vae, transformer: when only prompts are
    encoded. controlnet: None gives plain SANA-Sprint.
    max_sequence_length, use_instruction: how this model's prompts are encoded; saved in model_index.json.

    Raises:
        WeightsError: the branch is diffusers' SanaControlNetModel, which has to be converted first.
    """

    model_cpu_offload_seq = "text_encoder->transformer->vae"
    _optional_components: ClassVar[list[str]] = ["controlnet"]

    def __init__(
        self,
        tokenizer: object,
        text_encoder: torch.nn.Module | None,
        vae: AutoencoderDC | SprintTinyAutoencoder | None,  # from_pipe reads the classes off here
        transformer: SanaTransformer2DModel | None,
        scheduler: SCMScheduler,
        controlnet: SanaSprintControlNet | None = None,
        max_sequence_length: int = 300,
        use_instruction: bool = True,
    ) -> None:
        super().__init__()
        if isinstance(controlnet, SanaControlNetModel):
            fix = "sprint-live convert MODEL/controlnet --out DIR, then --controlnet DIR (controlnet= in Python)"
            raise WeightsError(
                refusal(got="diffusers' SanaControlNetModel", accepted="a SanaSprintControlNet", fix=fix)
            )
        self.register_modules(
            tokenizer=tokenizer,
            text_encoder=text_encoder,
            vae=vae,
            transformer=transformer,
            controlnet=controlnet,
            scheduler=scheduler,
        )
        self.register_to_config(max_sequence_length=max_sequence_length, use_instruction=use_instruction)
        self.vae_scale_factor = _ratio(vae)
        self.image_processor = PixArtImageProcessor(vae_scale_factor=self.vae_scale_factor)

    @property
    def trained_side(self) -> int:
        """Side in pixels of the square pictures this model was trained on."""
        return self.transformer.config.sample_size * self.vae_scale_factor

    def encode_prompt(
        self,
        prompt: str | Sequence[str] | None,
        num_images_per_prompt: int = 1,
        device: torch.device | None = None,
        prompt_embeds: Tensor | None = None,
        prompt_attention_mask: Tensor | None = None,
        clean_caption: bool = False,
        max_sequence_length: int = RELEASED_LENGTH,
        complex_human_instruction: Sequence[str] | None = None,
        lora_scale: float | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Embeddings (B, L, D) and mask (B, L) of prompts, each repeated num_images_per_prompt times in a row.

        The arguments of diffusers' SanaSprintPipeline. max_sequence_length: 300 stands for what this model was trained
        with. complex_human_instruction: None or empty for none. lora_scale: of a LoRA on the text encoder.
        """
        device = self._execution_device if device is None else device
        if prompt_embeds is None:
            prompts = [prompt] if isinstance(prompt, str) else list(prompt)
            scales_lora = lora_scale is not None and USE_PEFT_BACKEND
            if scales_lora:
                scale_lora_layers(self.text_encoder, lora_scale)
            prompt_embeds, prompt_attention_mask = encode_prompts(
                self.tokenizer,
                self.text_encoder,
                prompts,
                max_sequence_length=self._own_length(max_sequence_length),
                instruction=complex_human_instruction or (),
                clean_caption=clean_caption,
                device=device,
            )
            if scales_lora:
                unscale_lora_layers(self.text_encoder, lora_scale)
        prompt_embeds, prompt_attention_mask = prompt_embeds.to(device), prompt_attention_mask.to(device)
        if num_images_per_prompt == 1:
            return prompt_embeds, prompt_attention_mask
        return (
            prompt_embeds.repeat_interleave(num_images_per_prompt, dim=0),
            prompt_attention_mask.repeat_interleave(num_images_per_prompt, dim=0),
        )

    def encode_as_trained(self, prompt: str | Sequence[str]) -> tuple[Tensor, Tensor]:
        """Embeddings (B, L, D) and mask (B, L) with the length and the instruction this model was trained with."""
        return self.encode_prompt(prompt, complex_human_instruction=self._own_instruction(RELEASED_INSTRUCTION))

    def _own_length(self, max_sequence_length: int | None) -> int:
        asked_for_another = max_sequence_length not in (None, RELEASED_LENGTH)
        return max_sequence_length if asked_for_another else self.config.max_sequence_length

    def _own_instruction(self, instruction: Sequence[str] | None) -> Sequence[str] | None:
        return None if instruction is RELEASED_INSTRUCTION and not self.config.use_instruction else instruction

    @torch.no_grad()
    def encode_image(self, image: object, height: int, width: int) -> Tensor:
        """Scaled latent (B, C, Y, X), about unit std, of pictures as `pixels_pm1` takes them,
        resized to height x width.

        A control image (white lines on black) and a painting to start from are encoded alike.
        """
        return self.encode_pixels(pixels_pm1(self.image_processor, image, height, width))

    @torch.no_grad()
    def encode_pixels(self, image_pm1: Tensor) -> Tensor:
        """Scaled latent (B, C, Y, X) of pixels (B, 3, H, W) in [-1, 1]."""
        # contiguous: convolutions round differently on another memory layout, and equal pixels must stay equal
        image_pm1 = image_pm1.to(device=self._execution_device, dtype=self.vae.dtype).contiguous()
        return self.vae.encode(image_pm1, return_dict=False)[0] * self.vae.config.scaling_factor

    @torch.no_grad()
    def decode(self, clean_BCYX: Tensor, output_type: str, *, cut_to: tuple[int, int] | None = None) -> object:
        """Clean latent at unit scale -> pictures as "pil", "np" (B, H, W, 3) or "pt" (B, 3, H, W) in [0, 1].

        cut_to: (height, width) to scale and center-crop to, where the picture was drawn in a resolution bin.
        """
        latent_BCYX = clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
        image_pm1 = self.vae.decode(latent_BCYX, return_dict=False)[0]
        if cut_to is not None:
            image_pm1 = self.image_processor.resize_and_crop_tensor(image_pm1, cut_to[1], cut_to[0])
        return self.image_processor.postprocess(image_pm1, output_type=output_type)


def _ratio(vae: AutoencoderDC | None) -> int:
    """Pixels to a side of a latent. AutoencoderDC knows; the count of stages is only right where every stage halves."""
    if vae is None:
        return LATENT_RATIO
    counted = 2 ** (len(vae.config.encoder_block_out_channels) - 1)
    return getattr(vae, "spatial_compression_ratio", counted)
