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
                fix="check the path; a model from the hub is downloaded first: hf download NAME --local-dir DIR",
            )
        )
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise WeightsError(f"{path} is not JSON ({error}); fix: restore the file") from error
    if not isinstance(index, dict):
        raise WeightsError(f"{path} holds a {type(index).__name__}, not an object; fix: restore the file")
    return index


def load_component(folder: Path, name: str, declared: object, torch_dtype: torch.dtype | None) -> object:
    """One component from `folder/name`; `declared` is its [library, class] pair, [null, null] gives None.

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
    arguments = {}
    if issubclass(component_class, torch.nn.Module):
        # safetensors only: a pickle can run code
        dtype_name = "dtype" if hasattr(component_class, "config_class") else "torch_dtype"
        arguments = {dtype_name: torch_dtype, "use_safetensors": True, "local_files_only": True}
    try:
        component = component_class.from_pretrained(folder / name, **arguments)
    except Exception as error:  # every library below raises its own kinds for a broken folder
        raise WeightsError(f"{folder / name} cannot be read as {class_name}: {error}") from error
    return component.eval() if isinstance(component, torch.nn.Module) else component
