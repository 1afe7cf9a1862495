"""A LoRA on the transformer: low-rank updates from a safetensors file, added to its weights once,
before the first picture.
"""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import SanaTransformer2DModel
from diffusers.loaders.lora_pipeline import SanaLoraLoaderMixin

from sprint_live.errors import ArgumentError, WeightsError, refusal

PREFIX = "transformer."
MAX_SCALE = 10.0


def check_lora(path: Path, scale: float) -> None:
    """Refuse a LoRA that cannot be read, before a model is loaded for it.

    Raises:
        ArgumentError: no such file, not safetensors, or a scale outside -10..10.
    """
    if path.suffix != ".safetensors" or not path.is_file():
        raise ArgumentError(
            refusal(
                got=f"LoRA {path}",
                accepted="a .safetensors file that exists",
                fix="check the path; a pickle is never read",
            )
        )
    if not -MAX_SCALE <= scale <= MAX_SCALE:
        raise ArgumentError(
            refusal(
                got=f"LoRA scale {scale!r}", accepted=f"a number -{MAX_SCALE:g}..{MAX_SCALE:g}", fix="1 is as trained"
            )
        )


@torch.no_grad()
def apply_lora(transformer: SanaTransformer2DModel, path: Path, *, scale: float = 1.0) -> int:
    """Add scale * (alpha / rank) * B A to each weight W the file names; returns how many.
    The layers stay what they were.

    The file is read as diffusers' `load_lora_weights` reads it: keys `transformer.MODULE.lora_A.weight` and
    `.lora_B.weight`, alpha from its metadata, else alpha = rank.

    Raises:
        ArgumentError: see `check_lora`.
        WeightsError: the file cannot be read, names no or unknown layers, or does not fit them.

    Source: LoRA arXiv 2106.09685 eq. 3.
    """
    check_lora(path, scale)
    try:
        state, metadata = SanaLoraLoaderMixin.lora_state_dict(
            str(path.parent),
            weight_name=path.name,
            use_safetensors=True,
            local_files_only=True,
            return_lora_metadata=True,
        )
    except Exception as error:  # the readers below raise their own kinds for a broken file
        raise WeightsError(f"{path} cannot be read as safetensors ({error}); fix: copy the file again") from error
    layers = {name.removeprefix(PREFIX).rpartition(".lora")[0] for name in state}
    known = {name for name, _ in transformer.named_modules()}
    strange = sorted(name for name in state if not name.startswith(PREFIX) or ".lora" not in name) or sorted(
        layers - known
    )
    if strange or not layers:
        raise WeightsError(
            refusal(
                got=f"{path} with {strange[:3] or 'no layers'}",
                accepted="a LoRA of this SanaTransformer2DModel, keys transformer.MODULE.lora_A/lora_B.weight",
                fix="use a LoRA trained on this model with diffusers",
            )
        )
    try:
        SanaLoraLoaderMixin.load_lora_into_transformer(state, transformer, adapter_name="lora", metadata=metadata)
    except (RuntimeError, ValueError, KeyError) as error:
        raise WeightsError(
            f"{path} does not fit this transformer: {str(error).splitlines()[0]}; fix: use a LoRA trained on this model"
        ) from error
    transformer.fuse_lora(lora_scale=scale)
    transformer.unload_lora()
    return len(layers)
