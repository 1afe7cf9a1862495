"""From a model's name or folder to an engine that can draw."""

from __future__ import annotations

from pathlib import Path

import torch

from sprint_live.engine.engine import Engine
from sprint_live.engine.weights import check_weights
from sprint_live.errors import ArgumentError, WeightsError, refusal
from sprint_live.models.zoo import ZooModel, find_model, model_names
from sprint_live.pipeline import SanaSprintControlNetPipeline


def load_engine(model: str | Path = "sprint-tiny", device: str | torch.device | None = None) -> Engine:
    """Load a model by its name in the zoo, or from a local diffusers folder, after checking its sha256 sums.

    device: "cpu", "cuda", "cuda:1", "mps"; None takes the first that is there. On a CPU the model runs in float32.

    Raises:
        ArgumentError: no such model or device.
        WeightsError: a file is missing or damaged; the message names it and the fix.
    """
    chosen = pick_device(device)
    known = str(model) in model_names()
    folder = find_model(str(model)).folder if known else Path(model)
    if not known and not folder.is_dir():
        find_model(str(model))  # raises, with the names that are known
    check_weights(folder, required=known)
    pipeline = SanaSprintControlNetPipeline.from_pretrained(folder, torch_dtype=pick_dtype(chosen)).to(chosen)
    entry = find_model(str(model)) if known else describe_folder(folder, pipeline)
    if not known and pipeline.text_encoder is None:
        raise WeightsError(f"{folder} has no text encoder; fix: use a complete model folder")
    return Engine(pipeline, entry)


def describe_folder(folder: Path, pipeline: SanaSprintControlNetPipeline) -> ZooModel:
    """An entry for a model that is not in the zoo: its trained size, a half and a quarter of it, no styles."""
    trained = pipeline.transformer.config.sample_size
    sides = sorted({max(1, trained // 4), max(1, trained // 2), trained})
    return ZooModel(
        name=folder.resolve().name,
        title=f"{folder.resolve().name} (from {folder})",
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


def pick_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 on GPUs that have it, float32 elsewhere: bf16 is up to 10 times slower on CPUs without it, and fp16
    overflows in the autoencoder."""
    return torch.bfloat16 if device.type == "cuda" and torch.cuda.is_bf16_supported() else torch.float32
