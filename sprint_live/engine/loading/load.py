"""From a model's name, folder or hub id to an engine that can draw. Everything that can be refused is refused before a weight is read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import torch

from sprint_live.engine.autoencoder.preview import load_preview
from sprint_live.engine.engine import Engine
from sprint_live.engine.loading import placement
from sprint_live.engine.loading.checksums import check_weights
from sprint_live.engine.loading.lora import apply_lora, check_lora
from sprint_live.engine.switches import Switches
from sprint_live.errors import ArgumentError, WeightsError, refusal
from sprint_live.models.choice import choose, obtain
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline.model_folder import load_component, read_index
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

BRANCH_CLASS = ["controlnet", "SanaSprintControlNet"]


def load_engine(
    model: str | Path = "sprint-tiny",
    device: str | torch.device | None = None,
    *,
    fit: Fit = AS_PUBLISHED,
    controlnet: str | Path | None = None,
    lora: Path | None = None,
    lora_scale: float = 1.0,
    accept_license: bool = False,
    offline: bool = False,
    without: Collection[str] = (),
    also: Collection[str] = (),
) -> Engine:
    """Load a model by its name in the zoo, from a local diffusers folder, or by owner/name from the hub, its files checked.

    device: "cpu", "cuda", "cuda:1", "mps"; None takes the first that is there. fit: what is given up for memory.
    controlnet: a folder with a control branch to use instead of the model's own. lora: a safetensors file added to the
    transformer with weight `lora_scale`. accept_license: the terms of a hub model have been read and are accepted.
    offline: never ask the hub. without, also: optimisations to turn off and on, by name (`engine.switches`).

    Raises:
        ArgumentError: no such model, device, file or switch, or options that cannot be combined.
        LicenceError: the terms of the model have not been acknowledged.
        DownloadError: it is not here and could not be downloaded.
        WeightsError: a file is missing or damaged; the message names it and the fix.
        OutOfMemory: the device has less free memory than the model needs.
    """
    choice = choose(model)
    chosen = pick_device(device)
    Switches(chosen.type, without=without, also=also)  # refuses a wrong name before anything is read
    placement.check_fit(fit, chosen, lora=lora)
    if lora is not None:
        check_lora(lora, lora_scale)
    controlnet = None if controlnet is None else Path(controlnet)
    if controlnet is not None and not (controlnet / "config.json").is_file():
        fix = "make one: sprint-live convert; from the hub: hf download OWNER/NAME --local-dir DIR"
        raise ArgumentError(
            refusal(got=f"control branch {controlnet}", accepted="a folder with its config.json", fix=fix)
        )
    folder = obtain(choice, accept_license=accept_license, offline=offline)
    entry = choice.entry
    if choice.source is None:
        check_weights(folder, required=entry is not None)
    if controlnet is not None:
        check_weights(controlnet, required=False)
    declared = {**read_index(folder), **({"controlnet": BRANCH_CLASS} if controlnet else {})}
    placement.check_tiles(fit, declared.get("vae"))
    folders = {name: folder / name for name in placement.COMPONENTS_WITH_WEIGHTS} | (
        {"controlnet": controlnet.resolve()} if controlnet else {}
    )
    for_bfloat16 = entry.bfloat16 if entry else choice.source is not None
    dtypes = placement.component_dtypes(chosen, bfloat16=for_bfloat16, autoencoder_float32=fit.autoencoder_float32)
    placement.check_memory(folders, chosen, fit, dtypes, entry.parts if entry else {})
    components = {
        name: _load(where, name, declared.get(name, [None, None]), chosen, fit, dtypes[name])
        for name, where in folders.items()
    }
    if fit.tile:
        components["vae"].enable_tiling()
    if lora is not None:
        apply_lora(components["transformer"], lora, scale=lora_scale)
    pipeline = SanaSprintControlNetPipeline.from_pretrained(folder, **components)
    if entry is None and pipeline.text_encoder is None:
        raise WeightsError(f"{folder} has no text encoder; fix: use a complete model folder")
    described = entry or describe_folder(folder, choice.name, pipeline)
    return Engine(pipeline, described, preview=load_preview(folder, chosen, dtypes["vae"]), without=without, also=also)


def _load(
    where: Path, name: str, declared: object, device: torch.device, fit: Fit, dtype: torch.dtype
) -> torch.nn.Module | None:
    """One component in its number format, quantised and placed."""
    quantisation = fit.quantisation(name)
    nf4 = placement.nf4_configuration(name) if quantisation == "nf4" else None
    module = load_component(where.parent, where.name, declared, dtype, quantization=nf4, device=device)
    if module is None:
        return None
    if quantisation == "int8":
        placement.quantise_int8(module)
    placement.check_no_float16(name, module)
    if name == "text_encoder" and fit.offload_text:
        placement.offload(module, device)
    elif nf4 is None:
        module.to(device)
    return module


def describe_folder(folder: Path, name: str, pipeline: SanaSprintControlNetPipeline) -> ZooModel:
    """An entry for a model that is not in the zoo: its trained size, a half and a quarter of it, no styles."""
    trained = pipeline.transformer.config.sample_size
    sides = sorted({max(1, trained // 4), max(1, trained // 2), trained})
    return ZooModel(
        name=name,
        title=f"{name} (from {folder})",
        folder=folder,
        sizes=tuple(side * pipeline.vae_scale_factor for side in sides),
        default_size=trained * pipeline.vae_scale_factor,
        licence="unknown to this project; see the model folder",
    )


def pick_device(device: str | torch.device | None) -> torch.device:
    """The device to run on.

    Raises:
        ArgumentError: the device is unknown or not there.
    """
    present = [name for name, there in _present_devices().items() if there]
    if device is None:
        return torch.device(present[0])
    try:
        chosen = torch.device(device)
    except RuntimeError as error:
        raise ArgumentError(
            refusal(got=f"device {device!r}", accepted=", ".join(present), fix="use one of these")
        ) from error
    missing_index = chosen.type == "cuda" and (chosen.index or 0) >= torch.cuda.device_count()
    if chosen.type not in present or missing_index:
        raise ArgumentError(
            refusal(
                got=f"device {str(device)!r}, which this machine or this build of torch {torch.__version__} lacks",
                accepted=", ".join(present),
                fix="use one of these, or install a torch build for your device",
            )
        )
    return chosen


def _present_devices() -> dict[str, bool]:
    return {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
