"""Which files a diffusers model folder, or the folder of a single network, needs, and whether they are all there.

Knows: file names.  Must not know: what is in the weights, where the files come from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import WeightsError, refusal

INDEX_NAME = "model_index.json"
# component -> the configuration it cannot do without
REQUIRED = {
    "transformer": "config.json",
    "vae": "config.json",
    "text_encoder": "config.json",
    "tokenizer": "tokenizer_config.json",
    "scheduler": "scheduler_config.json",
}
OPTIONAL = ("controlnet",)
WITH_WEIGHTS = ("transformer", "vae", "text_encoder")
# safetensors in the precision the model was published in; not its .bin twins, nor variants such as
# model.fp16.safetensors
WEIGHTS = re.compile(r"(diffusion_pytorch_model|model)(-\d{5}-of-\d{5})?\.safetensors")
_SMALL = re.compile(r"[\w.-]+\.(json|txt|model|jinja)")


def wanted_files(names: Collection[str]) -> list[str]:
    """The files of a repository worth downloading: components, their weights as safetensors, license and model card."""
    wanted = []
    for name in sorted(names):
        folder, _, file = name.rpartition("/")
        is_component = folder in REQUIRED or folder in OPTIONAL
        about = not folder and (name == INDEX_NAME or name.startswith(("LICENSE", "NOTICE", "README")))
        if about or (is_component and (WEIGHTS.fullmatch(file) or _SMALL.fullmatch(file))):
            wanted.append(name)
    return wanted


def check_listing(where: str, names: Collection[str]) -> None:
    """Refuse a model that lacks a file, by its name.

    Raises:
        WeightsError: a configuration or the safetensors of a component are missing.
    """
    required = [INDEX_NAME, *(f"{component}/{file}" for component, file in REQUIRED.items())]
    missing = [name for name in required if name not in names]
    for component in WITH_WEIGHTS:
        if not any(name.startswith(f"{component}/") and WEIGHTS.fullmatch(name.rpartition("/")[2]) for name in names):
            missing.append(f"{component}/*.safetensors")
    if missing:
        raise WeightsError(
            refusal(
                got=f"{where}, which lacks {', '.join(missing)}",
                accepted="the diffusers layout of SanaSprintPipeline with safetensors weights",
                fix="use a complete model, or download this one again",
            )
        )


def check_folder(folder: Path) -> None:
    """Refuse a folder that lacks a file, also a shard that its index names.

    Raises:
        WeightsError: a file is missing, or an index of shards cannot be read.
    """
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    check_listing(str(folder), names)
    for name in sorted(names):
        component = name.partition("/")[0]
        if component not in WITH_WEIGHTS or not name.endswith(".safetensors.index.json"):
            continue
        try:
            shards = set(json.loads((folder / name).read_text(encoding="utf-8"))["weight_map"].values())
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise WeightsError(f"{folder / name} is no index of shards ({error!r}); fix: restore the file") from error
        missing = sorted(f"{component}/{shard}" for shard in shards if f"{component}/{shard}" not in names)
        if missing:
            raise WeightsError(
                refusal(
                    got=f"{folder}, which lacks {', '.join(missing)}",
                    accepted=f"every shard that {name} names",
                    fix="download the model again",
                )
            )


def wanted_component_files(names: Collection[str]) -> list[str]:
    """As `wanted_files`, for a repository that is one network: its config.json and weights at the top."""
    return [
        name
        for name in sorted(names)
        if name == "config.json" or WEIGHTS.fullmatch(name) or name.startswith(("LICENSE", "NOTICE", "README"))
    ]


def check_component_listing(where: str, names: Collection[str]) -> None:
    """Raises WeightsError where the configuration or the safetensors of a single network are missing."""
    missing = [] if "config.json" in names else ["config.json"]
    if not any(WEIGHTS.fullmatch(name) for name in names):
        missing.append("diffusion_pytorch_model.safetensors")
    if missing:
        raise WeightsError(
            refusal(
                got=f"{where}, which lacks {', '.join(missing)}",
                accepted="one network in diffusers' layout with safetensors weights",
                fix="use a complete folder, or download this one again",
            )
        )


def check_component_folder(folder: Path) -> None:
    """As `check_component_listing`, for a folder."""
    check_component_listing(str(folder), {path.name for path in folder.iterdir() if path.is_file()})


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a repository is laid out: which of its files are wanted, and what refuses one that lacks a file."""

    wanted_files: Callable[[Collection[str]], list[str]]
    check_listing: Callable[[str, Collection[str]], None]
    check_folder: Callable[[Path], None]


PIPELINE = Layout(wanted_files=wanted_files, check_listing=check_listing, check_folder=check_folder)
COMPONENT = Layout(
    wanted_files=wanted_component_files, check_listing=check_component_listing, check_folder=check_component_folder
)
