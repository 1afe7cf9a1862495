"""`from_pretrained` of the pipeline, by diffusers' arguments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Self

import torch
from diffusers.utils import logging

from sprint_live.errors import ArgumentError, refusal
from sprint_live.pipeline.model_folder import load_component, read_index
from sprint_live.pipeline.saving import ModelFolderSaving

COMPONENTS = ("tokenizer", "text_encoder", "vae", "transformer", "scheduler", "controlnet")
SETTINGS = ("max_sequence_length", "use_instruction")
FROM_FOLDER = object()
SPREADING = ("balanced", "auto")  # device maps of diffusers and of accelerate
_loaded = logging.get_logger("diffusers.pipelines.pipeline_utils").info  # `diffusers.logging` shows what is loaded

Dtype = torch.dtype | Mapping[str, torch.dtype] | None


class ModelFolderMixin(ModelFolderSaving):
    """Loading of a pipeline that registers COMPONENTS and takes SETTINGS."""

    @classmethod
    def from_pretrained(
        cls,
        pretrained_model_name_or_path: str | Path,
        *,
        dtype: Dtype = None,
        torch_dtype: Dtype = None,
        variant: str | None = None,
        use_safetensors: bool | None = None,
        device_map: str | None = None,
        low_cpu_mem_usage: bool | None = None,
        quantization_config: object = None,
        cache_dir: str | Path | None = None,
        revision: str | None = None,
        force_download: bool = False,
        local_files_only: bool = False,
        token: str | bool | None = None,
        proxies: Mapping[str, str] | None = None,
        tokenizer: object = FROM_FOLDER,
        text_encoder: object = FROM_FOLDER,
        vae: object = FROM_FOLDER,
        transformer: object = FROM_FOLDER,
        scheduler: object = FROM_FOLDER,
        controlnet: object = FROM_FOLDER,
        max_sequence_length: int | None = None,
        use_instruction: bool | None = None,
    ) -> Self:
        """Load a model folder, or owner/name from the hub; a component passed here (also None) is not read.

        A folder of the released SanaSprintPipeline loads too, without a control branch. dtype (torch_dtype is its old
        name): one for all, or by component with a "default"; None keeps what the library does. variant: of the weight
        files. device_map: a device for all of it; "balanced" is the accelerator, where there is one.
        quantization_config: diffusers' PipelineQuantizationConfig. cache_dir to proxies: for the hub. Weights are read
        from safetensors only.

        Raises:
            WeightsError: a component that is missing, unreadable or of an untrusted class.
            ArgumentError: two number formats, use_safetensors=False, a device map that is not a device,
            a variant that no
                component has.
            OSError: a name that is not in the cache while the hub cannot be reached (diffusers' own message).
        """
        if dtype is not None and torch_dtype is not None:
            raise ArgumentError(refusal(got="dtype and torch_dtype", accepted="one of the two", fix="use dtype"))
        if use_safetensors is False:
            got, fix = "use_safetensors=False", "convert the weights: a pickle can run code"
            raise ArgumentError(refusal(got=got, accepted="safetensors", fix=fix))
        device = None if device_map is None else _device(device_map)
        folder = Path(pretrained_model_name_or_path)
        if not folder.is_dir():
            downloaded = cls.download(
                str(pretrained_model_name_or_path),
                cache_dir=cache_dir,
                revision=revision,
                force_download=force_download,
                local_files_only=local_files_only,
                token=token,
                proxies=proxies,
                variant=variant,
                use_safetensors=True,
            )
            folder = Path(downloaded)
        index = read_index(folder)
        if variant is not None:
            _check_variant(folder, variant)
        given = dict(zip(COMPONENTS, (tokenizer, text_encoder, vae, transformer, scheduler, controlnet), strict=True))
        asked = torch_dtype if dtype is None else dtype
        components = {}
        for name, component in given.items():
            declared = index.get(name, [None, None])
            components[name] = component
            if component is FROM_FOLDER:
                components[name] = load_component(
                    folder,
                    name,
                    declared,
                    _dtype_of(asked, name),
                    quantization=_quantization_of(quantization_config, name, declared),
                    device=device,
                    variant=variant,
                    low_cpu_mem_usage=bool(low_cpu_mem_usage),
                )
                _loaded(f"Loaded {name} as {declared[1]} from `{name}` subfolder of {pretrained_model_name_or_path}.")
        settings = {name: index[name] for name in SETTINGS if name in index}
        changed = {"max_sequence_length": max_sequence_length, "use_instruction": use_instruction}
        pipeline = cls(**components, **settings | {name: value for name, value in changed.items() if value is not None})
        pipeline.register_to_config(_name_or_path=str(pretrained_model_name_or_path))
        return pipeline if device is None else pipeline.to(device)


def _check_variant(folder: Path, variant: str) -> None:
    if any(folder.glob(f"*/*.{variant}.safetensors")) or any(folder.glob(f"*/*.{variant}-*.safetensors")):
        return
    there = sorted({path.name for path in folder.glob("*/*.safetensors")})
    missing = (
        f"You are trying to load the model files of the `variant={variant}`, but no such modeling files are available"
    )
    raise ArgumentError(f"{missing}; got: {', '.join(there) or 'no safetensors'}; fix: leave variant out")


def _device(device_map: str | torch.device) -> torch.device:
    if device_map in SPREADING:
        return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    try:
        return torch.device(device_map)
    except (RuntimeError, TypeError) as error:
        accepted, fix = 'a device, such as "cuda"', "use enable_model_cpu_offload where it does not fit"
        raise ArgumentError(refusal(got=f"device_map={device_map!r}", accepted=accepted, fix=fix)) from error


def _dtype_of(asked: Dtype, name: str) -> torch.dtype | None:
    """As in diffusers, what a mapping does not name is its "default", else float32."""
    return asked.get(name, asked.get("default", torch.float32)) if isinstance(asked, Mapping) else asked


def _quantization_of(config: object, name: str, declared: object) -> object:
    """The configuration that diffusers' PipelineQuantizationConfig has for a component; None for none."""
    if config is None:
        return None
    if not hasattr(config, "_resolve_quant_config"):
        raise ArgumentError(
            refusal(
                got=f"quantization_config of type {type(config).__name__}",
                accepted="diffusers.PipelineQuantizationConfig",
                fix="wrap it: quant_mapping={'transformer': config}",
            )
        )
    is_diffusers = isinstance(declared, list) and str(declared[0]).split(".")[0] != "transformers"
    return config._resolve_quant_config(is_diffusers=is_diffusers, module_name=name)
