"""From a checked model folder to a pipeline: its components in their number formats, quantized and placed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch

from sprint_live.engine.loading import placement
from sprint_live.engine.loading.lora import apply_lora
from sprint_live.models.fit import Fit
from sprint_live.models.memory import Part
from sprint_live.pipeline.model_folder import load_component, read_index
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

BRANCH_CLASS = ["controlnet", "SanaSprintControlNet"]


def read_pipeline(
    folder: Path,
    device: torch.device,
    fit: Fit,
    *,
    bfloat16: bool,
    parts: Mapping[str, Part],
    branch: Path | None,
    lora: Path | None,
    lora_scale: float,
) -> SanaSprintControlNetPipeline:
    """The model in `folder` on `device`. bfloat16: its weights were trained for it. parts: what its memory is computed
    from, if anything is. branch: used instead of its own. lora: added to the transformer with weight `lora_scale`.

    Raises:
        ArgumentError, WeightsError, OutOfMemory: as `load_engine`.
    """
    declared = {**read_index(folder), **({"controlnet": BRANCH_CLASS} if branch else {})}
    placement.check_tiles(fit, declared.get("vae"))
    folders = {name: folder / name for name in placement.COMPONENTS_WITH_WEIGHTS}
    if branch is not None:
        folders["controlnet"] = branch
    dtypes = placement.component_dtypes(device, bfloat16=bfloat16, autoencoder_float32=fit.autoencoder_float32)
    placement.check_memory(folders, device, fit, dtypes, parts)
    components = {
        name: _load(where, name, declared.get(name, [None, None]), device, fit, dtypes[name])
        for name, where in folders.items()
    }
    if fit.tile:
        components["vae"].enable_tiling()
    if lora is not None:
        apply_lora(components["transformer"], lora, scale=lora_scale)
    return SanaSprintControlNetPipeline.from_pretrained(folder, **components)


def _load(
    where: Path, name: str, declared: object, device: torch.device, fit: Fit, dtype: torch.dtype
) -> torch.nn.Module | None:
    """One component in its number format, quantized and placed."""
    quantization = fit.quantization(name)
    nf4 = placement.nf4_configuration(name) if quantization == "nf4" else None
    module = load_component(where.parent, where.name, declared, dtype, quantization=nf4, device=device)
    if module is None:
        return None
    if quantization == "int8":
        placement.quantize_int8(module)
    placement.check_no_float16(name, module)
    if name == "text_encoder" and fit.offload_text:
        placement.offload(module, device)
    elif nf4 is None:
        module.to(device)
    return module
