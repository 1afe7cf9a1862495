"""The parts of a SANA-Sprint model as a diffusers pipeline: loaded, saved, and the encoders and decoder called.

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self

import torch
from diffusers import AutoencoderDC, DiffusionPipeline, SanaControlNetModel, SanaTransformer2DModel, SCMScheduler
from diffusers.image_processor import PixArtImageProcessor
from torch import Tensor

from controlnet.branch import SanaSprintControlNet
from sprint_live.errors import WeightsError, refusal
from sprint_live.pipeline import arguments
from sprint_live.pipeline.model_folder import load_component, read_index
from sprint_live.pipeline.prompt_encoding import encode_prompts, released_instruction

COMPONENTS = ("tokenizer", "text_encoder", "vae", "transformer", "controlnet", "scheduler")
FROM_FOLDER = object()


class SanaSprintComponents(DiffusionPipeline):
    """Tokenizer, text encoder, autoencoder, transformer, branch and scheduler of one model.

    tokenizer, text_encoder: may be None when prompts come as embeddings. controlnet: None gives plain SANA-Sprint.
    max_sequence_length, use_instruction: how this model's prompts are encoded; saved in model_index.json.

    Raises:
        WeightsError: the branch is diffusers' SanaControlNetModel, which has to be converted first.
    """

    model_cpu_offload_seq = "text_encoder->transformer->vae"
    _optional_components: ClassVar[list[str]] = ["tokenizer", "text_encoder", "controlnet"]

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
        # AutoencoderDC knows its ratio; the count of stages is only right where every stage halves
        self.vae_scale_factor = getattr(
            vae, "spatial_compression_ratio", 2 ** (len(vae.config.encoder_block_out_channels) - 1)
        )
        self.image_processor = PixArtImageProcessor(vae_scale_factor=self.vae_scale_factor)

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
        given = dict(zip(COMPONENTS, (tokenizer, text_encoder, vae, transformer, controlnet, scheduler), strict=True))
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
    def trained_side(self) -> int:
        """Side in pixels of the square pictures this model was trained on."""
        return self.transformer.config.sample_size * self.vae_scale_factor

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
    def encode_image(self, image: object, height: int, width: int) -> Tensor:
        """Scaled latent (B, C, Y, X), about unit std, of PIL, a list of PIL, or (B, 3, H, W) in [-1, 1].

        A control image (white lines on black) and a painting to start from are encoded alike.
        """
        if not isinstance(image, Tensor):
            image = self.image_processor.preprocess(image, height=height, width=width)
        arguments.check_latents("image", image, (image.shape[0], 3, height, width))
        # contiguous: convolutions round differently on another memory layout, and equal pixels must stay equal
        image_pm1 = image.to(device=self._execution_device, dtype=self.vae.dtype).contiguous()
        return self.vae.encode(image_pm1, return_dict=False)[0] * self.vae.config.scaling_factor

    @torch.no_grad()
    def decode(self, clean_BCYX: Tensor, output_type: str, *, cut_to: tuple[int, int] | None = None) -> object:
        """Clean latent at unit scale -> pictures as "pil", "np" (B, H, W, 3) or "pt" (B, 3, H, W) in [0, 1].

        cut_to: (height, width) to scale and centre-crop to, where the picture was drawn in a resolution bin.
        """
        latent_BCYX = clean_BCYX.to(self.vae.dtype) / self.vae.config.scaling_factor
        image_pm1 = self.vae.decode(latent_BCYX, return_dict=False)[0]
        if cut_to is not None:
            image_pm1 = self.image_processor.resize_and_crop_tensor(image_pm1, cut_to[1], cut_to[0])
        return self.image_processor.postprocess(image_pm1, output_type=output_type)
