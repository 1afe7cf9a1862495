"""What `SanaSprintControlNetPipeline.__call__` accepts, checked before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from diffusers.image_processor import PixArtImageProcessor
from diffusers.pipelines.pixart_alpha.pipeline_pixart_alpha import ASPECT_RATIO_1024_BIN
from torch import Tensor

from sprint_live.errors import ArgumentError, PromptError, refusal

CALLBACK_TENSORS = ("latents", "prompt_embeds", "prompt_attention_mask")
OUTPUT_TYPES = ("pil", "np", "pt", "latent")
BINNED_SIDE = 1024


def batch_of_prompts(
    prompt: str | Sequence[str] | None,
    prompt_embeds: Tensor | None,
    prompt_attention_mask: Tensor | None,
    *,
    can_encode: bool,
) -> int:
    """Number of prompts in a call.

    Raises:
        ArgumentError: both or neither of prompt and prompt_embeds; embeddings without a mask or of another shape;
            a prompt where the pipeline has no text encoder.
        PromptError: the prompt is neither a string nor a list of strings.
    """
    if (prompt is None) == (prompt_embeds is None):
        got = "neither prompt nor prompt_embeds" if prompt is None else "prompt and prompt_embeds"
        raise ArgumentError(refusal(got=got, accepted="one of the two", fix="give exactly one"))
    if prompt_embeds is not None:
        mask_shape = None if prompt_attention_mask is None else tuple(prompt_attention_mask.shape)
        if prompt_embeds.ndim != 3 or mask_shape != tuple(prompt_embeds.shape[:2]):
            raise ArgumentError(
                refusal(
                    got=f"prompt_embeds {tuple(prompt_embeds.shape)} with prompt_attention_mask {mask_shape}",
                    accepted="(B, L, D) with (B, L)",
                    fix="pass both as encode_prompt returned them",
                )
            )
        return prompt_embeds.shape[0]
    prompts = [prompt] if isinstance(prompt, str) else prompt
    if not isinstance(prompts, list | tuple) or not prompts or not all(isinstance(text, str) for text in prompts):
        raise PromptError(
            refusal(got=f"a prompt of type {type(prompt).__name__}", accepted="a string or a list of strings", fix="")
        )
    if not can_encode:
        raise ArgumentError(
            refusal(
                got="a prompt, but this pipeline has no tokenizer or text encoder",
                accepted="prompt_embeds and prompt_attention_mask",
                fix="load the pipeline with its text encoder, or pass embeddings",
            )
        )
    return len(prompts)


def check_components(transformer: object, vae: object, *, reads_or_makes_pixels: bool) -> None:
    """Raises ArgumentError where a call lacks a component: a pipeline may be loaded for prompts alone."""
    missing = "transformer" if transformer is None else "vae" if vae is None and reads_or_makes_pixels else None
    if missing is not None:
        got, fix = f"a call of a pipeline without its {missing}", "load the pipeline with it"
        raise ArgumentError(refusal(got=got, accepted="encode_prompt alone", fix=fix))


def check_size(height: int, width: int, ratio: int) -> None:
    """Raises ArgumentError unless both sides are positive multiples of `ratio`."""
    for name, pixels in (("height", height), ("width", width)):
        if isinstance(pixels, bool) or not isinstance(pixels, int) or pixels <= 0 or pixels % ratio:
            raise ArgumentError(
                refusal(got=f"{name}={pixels!r}", accepted=f"a positive multiple of {ratio}", fix="round it")
            )


def binned_size(height: int, width: int, trained_side: int) -> tuple[int, int]:
    """(height, width) of the resolution bin with the nearest aspect ratio; the picture is cut to size after decoding.

    Raises:
        ArgumentError: not positive, or a model that was not trained at 1024 px: the bins are those of 1024.
    """
    check_size(height, width, 1)
    if trained_side != BINNED_SIDE:
        raise ArgumentError(
            refusal(
                got=f"resolution binning for a {trained_side} px model",
                accepted=f"a {BINNED_SIDE} px model",
                fix="turn it off",
            )
        )
    return PixArtImageProcessor.classify_height_width_bin(height, width, ratios=ASPECT_RATIO_1024_BIN)


def check_image(image: object, image_latents: Tensor | None) -> None:
    """Raises ArgumentError for a picture to start from that is given twice."""
    if image is not None and image_latents is not None:
        raise ArgumentError(refusal(got="image and image_latents", accepted="one of the two", fix="leave one out"))


def check_control(
    has_branch: bool, control_image: object, control_latents: Tensor | None, strength: float | Tensor
) -> None:
    """Raises ArgumentError for two controls, a control without a branch, or a strength that is not finite."""
    if control_image is not None and control_latents is not None:
        raise ArgumentError(
            refusal(got="control_image and control_latents", accepted="one of the two", fix="leave one out")
        )
    if not has_branch and (control_image is not None or control_latents is not None):
        raise ArgumentError(
            refusal(
                got="a control image, but this pipeline has no controlnet",
                accepted="a pipeline loaded with a SanaSprintControlNet",
                fix="load one, or leave the control out",
            )
        )
    is_number = isinstance(strength, int | float) and not isinstance(strength, bool) and math.isfinite(strength)
    if not is_number and not isinstance(strength, Tensor):
        got = f"controlnet_conditioning_scale={strength!r}"
        accepted = "a finite number, or a tensor (B,)"
        raise ArgumentError(refusal(got=got, accepted=accepted, fix="use 0 to 2; there is one controlnet"))


def check_output(output_type: str, callback_tensors: Sequence[str]) -> None:
    """Raises ArgumentError for an unknown output type or callback tensor."""
    if output_type not in OUTPUT_TYPES:
        raise ArgumentError(refusal(got=f"output_type={output_type!r}", accepted=", ".join(OUTPUT_TYPES), fix=""))
    unknown = [name for name in callback_tensors if name not in CALLBACK_TENSORS]
    if unknown:
        raise ArgumentError(
            refusal(got=f"callback tensors {unknown}", accepted=", ".join(CALLBACK_TENSORS), fix="leave the others out")
        )


def check_latents(name: str, latents: Tensor, shape: tuple[int, ...]) -> None:
    """Raises ArgumentError unless `latents` has exactly this shape."""
    if tuple(latents.shape) != shape:
        raise ArgumentError(
            refusal(got=f"{name} of shape {tuple(latents.shape)}", accepted=f"{shape}", fix="match height and width")
        )


def check_generators(generator: object, batch: int) -> None:
    """Raises ArgumentError for a list of generators that is not one for each picture."""
    if isinstance(generator, list) and len(generator) != batch:
        raise ArgumentError(
            refusal(got=f"{len(generator)} generators", accepted=f"one, or {batch}", fix="give one for each picture")
        )
