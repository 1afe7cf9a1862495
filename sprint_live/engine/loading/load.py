"""From a model's name, folder or hub id to an engine that can draw.
Everything that can be refused is refused before any weight is read.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sprint_live.engine.engine import Engine
from sprint_live.engine.loading import placement
from sprint_live.engine.loading.checksums import check_weights
from sprint_live.engine.openvino.cached_model import find_cached, keep_start
from sprint_live.engine.switches import Switches
from sprint_live.errors import ArgumentError, WeightsError, refusal
from sprint_live.models.choice import choose, obtain
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.memory import Part
from sprint_live.models.tiny_choice import named_autoencoder, obtain_tiny, refuse_other_latents
from sprint_live.models.zoo import ZooModel

if TYPE_CHECKING:
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline


def load_engine(
    model: str | Path = "sprint-tiny",
    device: str | torch.device | None = None,
    *,
    fit: Fit = AS_PUBLISHED,
    controlnet: str | Path | None = None,
    tiny_autoencoder: str | Path | None = None,
    lora: Path | None = None,
    lora_scale: float = 1.0,
    accept_license: bool = False,
    offline: bool = False,
    without: Collection[str] = (),
    also: Collection[str] = (),
) -> Engine:
    """Load a model by its name in the zoo, from a local diffusers folder, or by owner/name from the hub,
    its files checked.

    device: "cpu", "cuda", "cuda:1", "mps"; None takes the first available one. fit: how memory is saved.
    controlnet: a folder with a control branch to use instead of the model's own. tiny_autoencoder: draws the pictures
    while the pen is down, and with the switch tiny-encoder reads the lines: a name of `models.autoencoders`, or a
    folder; None takes the model's own preview decoder, where it has one. lora: a safetensors file added to the
    transformer with weight `lora_scale`. accept_license: the terms of a hub model have been read and are accepted.
    offline: never ask the hub. without, also: optimizations to turn off and on, by name (`engine.switches`).

    Raises:
        ArgumentError: no such model, device, file or switch, or options that cannot be combined.
        LicenseError: the terms of the model have not been acknowledged.
        DownloadError: it is not here and could not be downloaded.
        WeightsError: a file is missing or damaged; the message names it and the fix.
        OutOfMemory: the device has less free memory than the model needs.
    """
    choice = choose(model)
    chosen = pick_device(device)
    Switches(chosen.type, without=without, also=also)  # refuses a wrong name before anything is read
    placement.check_fit(fit, chosen, lora=lora)
    if lora is not None:
        from sprint_live.engine.loading.lora import check_lora

        check_lora(lora, lora_scale)
    controlnet = None if controlnet is None else Path(controlnet)
    if controlnet is not None and not (controlnet / "config.json").is_file():
        fix = "make one: sprint-live convert; from the hub: hf download OWNER/NAME --local-dir DIR"
        raise ArgumentError(
            refusal(got=f"control branch {controlnet}", accepted="a folder with its config.json", fix=fix)
        )
    tiny_entry = None if tiny_autoencoder is None else named_autoencoder(tiny_autoencoder)
    folder = obtain(choice, accept_license=accept_license, offline=offline)
    entry = choice.entry
    if choice.source is None:
        check_weights(folder, required=entry is not None)
    tiny = None
    if tiny_autoencoder is not None:
        refuse_other_latents(tiny_autoencoder, folder)
        tiny = obtain_tiny(tiny_autoencoder, accept_license=accept_license, offline=offline)
        if tiny_entry is None or tiny_entry.hub is None:
            check_weights(tiny, required=tiny_entry is not None)
    if controlnet is not None:
        check_weights(controlnet, required=False)
    branch = None if controlnet is None else controlnet.resolve()
    read = functools.partial(
        _read_pipeline,
        folder,
        chosen,
        fit,
        bfloat16=entry.bfloat16 if entry else choice.source is not None,
        parts=entry.parts if entry else {},
        branch=branch,
        lora=lora,
        lora_scale=lora_scale,
    )
    others = (branch, lora, tiny_autoencoder)
    as_it_stands = fit == AS_PUBLISHED and others == (None, None, None) and not without and not also
    can_be_kept = (
        as_it_stands and chosen.type == "cpu" and entry is not None and entry.openvino and choice.source is None
    )
    if can_be_kept and (kept := find_cached(folder, read)) is not None:
        return Engine(kept, entry)
    pipeline = read()
    if entry is None and pipeline.text_encoder is None:
        raise WeightsError(f"{folder} has no text encoder; fix: use a complete model folder")
    from sprint_live.engine.autoencoder.preview import load_preview, read_preview

    described = entry or describe_folder(folder, choice.name, pipeline)
    dtype = pipeline.vae.dtype
    preview = load_preview(folder, chosen, dtype) if tiny is None else read_preview(tiny, chosen, dtype)
    engine = Engine(pipeline, described, preview=preview, without=without, also=also)
    if can_be_kept and "openvino" in engine.switched_on:
        keep_start(folder, pipeline)
    return engine


def _read_pipeline(
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
    """As `read_pipeline`, whose imports take seconds."""
    from sprint_live.engine.loading.components import read_pipeline

    return read_pipeline(
        folder, device, fit, bfloat16=bfloat16, parts=parts, branch=branch, lora=lora, lora_scale=lora_scale
    )


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
        license="unknown to this project; see the model folder",
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
