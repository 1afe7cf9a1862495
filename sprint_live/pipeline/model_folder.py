"""Read the components of a pipeline from a diffusers folder, by the names in its model_index.json.

diffusers' own loader takes a library called "controlnet" for its `pipelines.controlnet`, loads a class only where a
diffusers base class lies in the same module, and runs code found in the folder if it is asked to. Here a class comes
from four named packages or not at all.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import torch
from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

from sprint_live.errors import WeightsError, refusal

TRUSTED_PACKAGES = ("diffusers", "transformers", "sprint_live", "controlnet")


def read_index(folder: Path) -> dict[str, object]:
    """model_index.json of a model folder.

    Raises:
        WeightsError: no such folder, no index in it, or the index is not a JSON object.
    """
    path = folder / "model_index.json"
    if not path.is_file():
        raise WeightsError(
            refusal(
                got=f"{folder}, which has no model_index.json",
                accepted="a local diffusers model folder",
                fix="check the path; a model on the hub is given as owner/name",
            )
        )
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise WeightsError(f"{path} is not JSON ({error}); fix: restore the file") from error
    if not isinstance(index, dict):
        raise WeightsError(f"{path} holds a {type(index).__name__}, not an object; fix: restore the file")
    return index


def load_component(
    folder: Path,
    name: str,
    declared: object,
    torch_dtype: torch.dtype | None,
    *,
    quantization: object = None,
    device: torch.device | None = None,
    variant: str | None = None,
    low_cpu_mem_usage: bool = False,
) -> object:
    """One component from `folder/name`; `declared` is its [library, class] pair, [null, null] gives None.

    quantization: a configuration of diffusers or transformers, whichever the class comes from, that quantizes on
    loading, onto `device` (None: wherever it likes). variant: of the weight files, such as "fp16". low_cpu_mem_usage:
    fill the weights without making them at random first (needs accelerate).

    Raises:
        WeightsError: the pair is malformed, the library is not trusted, or the component cannot be read.
    """
    if not (isinstance(declared, list) and len(declared) == 2):
        raise WeightsError(f"{folder}/model_index.json: {name} is {declared!r}, not [library, class]")
    library, class_name = declared
    if library is None:
        return None
    if str(library).split(".")[0] not in TRUSTED_PACKAGES:
        raise WeightsError(
            refusal(
                got=f"{folder}/model_index.json, which takes {name} from {library!r}",
                accepted=", ".join(TRUSTED_PACKAGES),
                fix="use a model made of these classes; code from model folders is never run",
            )
        )
    try:
        component_class = getattr(importlib.import_module(library), class_name)
    except (ImportError, AttributeError) as error:
        raise WeightsError(f"{folder}/model_index.json: {name}: {library} has no {class_name} ({error})") from error
    if not issubclass(component_class, torch.nn.Module):
        return _read(component_class, folder / name)
    is_transformers = hasattr(component_class, "config_class")
    arguments = (
        {"dtype": torch_dtype}
        if is_transformers
        else {"torch_dtype": torch_dtype, "low_cpu_mem_usage": low_cpu_mem_usage or quantization is not None}
    )
    if quantization is not None:
        arguments["quantization_config"] = quantization
        if device is not None:
            arguments["device_map"] = {"": str(device)}
    if variant is not None:
        arguments["variant"] = variant
    module, loading_info = _read(
        component_class,
        folder / name,
        use_safetensors=True,  # a pickle can run code
        output_loading_info=True,
        **arguments,
    )
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if loading_info.get(problem):
            raise WeightsError(f"{folder / name}: {problem.replace('_', ' ')} {list(loading_info[problem])[:3]}")
    return module.eval()


def _read(component_class: type, folder: Path, **arguments: object) -> object:
    chatter, bars = diffusers_logging.get_verbosity(), transformers_logging.is_progress_bar_enabled()
    # about accelerate and inherited config entries; wrong keys are checked here
    diffusers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        return component_class.from_pretrained(folder, local_files_only=True, **arguments)
    except Exception as error:  # every library below raises its own kinds for a broken folder
        raise WeightsError(f"{folder} cannot be read as {component_class.__name__}: {error}") from error
    finally:
        diffusers_logging.set_verbosity(chatter)
        if bars:
            transformers_logging.enable_progress_bar()
