"""Carry out a Fit: the number format of every component, quantization, and where the text encoder waits.

Never float16: the autoencoder and Gemma-2 overflow in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import nn

from sprint_live.engine.cpu_features import cpu_has_bfloat16
from sprint_live.errors import ArgumentError, OutOfMemory, WeightsError, refusal
from sprint_live.machine import available_memory_bytes
from sprint_live.models.fit import QUANTIZED_BITS, Fit
from sprint_live.models.memory import CONTEXT_MIB, MIB, Part, peak_memory

PACKAGES = {"int8": ("torchao",), "nf4": ("bitsandbytes", "accelerate")}
COMPONENTS_WITH_WEIGHTS = ("text_encoder", "transformer", "controlnet", "vae")


def component_dtypes(device: torch.device, *, bfloat16: bool, autoencoder_float32: bool) -> dict[str, torch.dtype]:
    """Number format by component.

    A GPU that has bfloat16 uses it, the autoencoder optionally float32. A CPU stays in float32, up to ten times faster
    there, unless the model was made for bfloat16 and the CPU multiplies it natively. Never float16.
    """
    if device.type == "cuda":
        use_bfloat16 = torch.cuda.is_bf16_supported()
    else:
        use_bfloat16 = device.type == "cpu" and bfloat16 and cpu_has_bfloat16()
    dtypes = dict.fromkeys(COMPONENTS_WITH_WEIGHTS, torch.bfloat16 if use_bfloat16 else torch.float32)
    return {**dtypes, "vae": torch.float32} if autoencoder_float32 else dtypes


def check_fit(fit: Fit, device: torch.device, *, lora: Path | None) -> None:
    """Refuse what cannot be carried out here, before anything is loaded.

    Raises:
        ArgumentError: a package is missing, or the choice needs another device.
    """
    for option, quantization in (
        ("quantize_text", fit.quantize_text),
        ("quantize_transformer", fit.quantize_transformer),
    ):
        if quantization == "nf4" and device.type != "cuda":
            raise ArgumentError(
                refusal(
                    got=f"{option} nf4 on {device}",
                    accepted="nf4 on CUDA, int8 on CUDA and CPU",
                    fix="use int8 or another device",
                )
            )
        for package in PACKAGES.get(quantization, ()):
            require_package(package, f"{option} {quantization}")
    if fit.offload_text and device.type == "cpu":
        raise ArgumentError(
            refusal(
                got="offload_text on a CPU", accepted="a GPU to offload from", fix="drop it: nothing is gained on a CPU"
            )
        )
    if lora is not None:
        if fit.quantize_transformer != "none":
            raise ArgumentError(
                refusal(
                    got="a LoRA on a quantized transformer",
                    accepted="one of the two",
                    fix="quantize the text encoder instead: it is the larger part",
                )
            )
        require_package("peft", "a LoRA")


def require_package(package: str, purpose: str) -> None:
    """Raises ArgumentError where a package that an option needs is not installed."""
    if find_spec(package) is None:
        raise ArgumentError(
            refusal(
                got=f"{purpose} without the package {package}",
                accepted="an installation that has it",
                fix=f"pip install {package}",
            )
        )


def nf4_configuration(component: str) -> object:
    """4-bit weights that are multiplied in bfloat16, for a transformers or a diffusers component.
    Not measured on a GPU yet.
    """
    if component == "text_encoder":
        from transformers import BitsAndBytesConfig
    else:
        from diffusers import BitsAndBytesConfig
    return BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16)


def quantize_int8(module: nn.Module) -> nn.Module:
    """Weights of all linear layers as int8, one scale a row, in place; inputs and results stay as they are."""
    from torchao.quantization import Int8WeightOnlyConfig, quantize_  # pyright: ignore[reportMissingImports]  # where it is installed

    quantize_(module, Int8WeightOnlyConfig())
    return module


def offload(module: nn.Module, device: torch.device) -> None:
    """Let a module wait in main memory and visit `device` for each call; its tensor arguments travel with it."""
    module.to("cpu")

    def bring(module: nn.Module, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
        module.to(device)
        return tuple(_sent(value, device) for value in args), {
            name: _sent(value, device) for name, value in kwargs.items()
        }

    def send_away(module: nn.Module, args: tuple, result: object) -> None:
        module.to("cpu")

    module.register_forward_pre_hook(bring, with_kwargs=True)
    module.register_forward_hook(send_away, always_call=True)


def _sent(value: object, device: torch.device) -> object:
    return value.to(device) if isinstance(value, torch.Tensor) else value


def check_tiles(fit: Fit, autoencoder: object) -> None:
    """Raises ArgumentError where tiles are asked of an autoencoder, given as [library, class], that has none."""
    if fit.tile and autoencoder != ["diffusers", "AutoencoderDC"]:
        raise ArgumentError(
            refusal(
                got=f"tiles with the autoencoder {autoencoder}",
                accepted="diffusers' AutoencoderDC",
                fix="drop tile: this one is small",
            )
        )


def check_no_float16(name: str, module: nn.Module) -> None:
    """Raises WeightsError where a component would compute in float16."""
    if any(tensor.dtype == torch.float16 for tensor in (*module.parameters(), *module.buffers())):
        raise WeightsError(f"{name} holds float16, in which it overflows; fix: load it in bfloat16 or float32")


def check_memory(
    folders: Mapping[str, Path],
    device: torch.device,
    fit: Fit,
    dtypes: Mapping[str, torch.dtype],
    parts: Mapping[str, Part],
) -> None:
    """Refuse a model that cannot fit, before it is loaded.

    Weights are counted in the files of `folders`, by component; on a GPU the zoo's figures (`parts`, where there are
    any) add the working memory.

    Raises:
        OutOfMemory: the device has less free memory than the model needs; the message names both.
    """
    if parts and device.type == "cuda":
        branch = folders["controlnet"].is_dir()
        needed = (
            peak_memory(parts, fit, branch=branch).bytes - CONTEXT_MIB * MIB
        )  # free memory is counted after the context
    else:
        needed = sum(component_bytes(folder, dtypes[name], fit.quantization(name)) for name, folder in folders.items())
    free = free_bytes(device)
    if free is not None and needed > free:
        raise OutOfMemory(
            refusal(
                got=f"{device} with {free / 2**30:.1f} GiB of free memory",
                accepted=f"at least {needed / 2**30:.1f} GiB for this model",
                fix="close other programs, take a smaller model, or make it fit: --quantize-text, --offload-text, "
                "--tile (see `sprint-live models`)",
            )
        )


def component_bytes(folder: Path, dtype: torch.dtype, quantization: str = "none") -> int:
    """Bytes the safetensors of a folder take once loaded: floats in `dtype`, matrices quantized,
    other numbers as stored.
    """
    from safetensors import safe_open

    total = 0.0
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="pt") as file:
            names = file.keys()
            for name in names:
                piece = file.get_slice(name)
                shape, stored = piece.get_shape(), piece.get_dtype()
                count = torch.Size(shape).numel()
                if stored.startswith(("F", "BF")):
                    is_linear = (
                        quantization != "none"
                        and len(shape) == 2
                        and "embed_tokens" not in name
                        and "table" not in name
                    )
                    total += count * (QUANTIZED_BITS[quantization] / 8 if is_linear else dtype.itemsize)
                else:
                    total += count * int("".join(filter(str.isdigit, stored)) or 8) / 8
    return round(total)


def free_bytes(device: torch.device) -> int | None:
    """Memory that can still be taken on a device; None where it cannot be read."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    return available_memory_bytes() if device.type == "cpu" else None
