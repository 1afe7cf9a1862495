"""checkpoint.pt of a run folder. It is replaced atomically: a kill leaves the old file or the new one.

Knows: files and state dicts.  Must not know: loops, what is being trained.
"""

from __future__ import annotations

import os
from pathlib import Path

import torch
from torch import Tensor, nn

from sprint_live.errors import ArgumentError, OutputError, WeightsError

NAME = "checkpoint.pt"


def trained_entries(module: nn.Module) -> list[str]:
    """Names of the state dict without frozen parameters: the content of a checkpoint of `module`."""
    frozen = {name for name, parameter in module.named_parameters() if not parameter.requires_grad}
    return [name for name in module.state_dict() if name not in frozen]


def write(folder: Path, state: dict[str, object]) -> None:
    """Write and flush beside the old checkpoint, then rename over it.

    Raises:
        OutputError: it cannot be written. The old checkpoint stays.
    """
    partial = folder / "checkpoint.partial"
    try:
        with partial.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / NAME)
    except OSError as error:
        raise OutputError(
            f"cannot write {folder / NAME}: {error}; fix: free some space and run the same command again, it goes on "
            "from the last checkpoint"
        ) from error


def read(folder: Path, *, lazily: bool = False) -> dict[str, object] | None:
    """The last checkpoint, on the CPU; None if there is none. lazily: tensors stay on the disk until they are used."""
    path = folder / NAME
    return torch.load(path, map_location="cpu", weights_only=True, mmap=lazily) if path.exists() else None


def averaged_weights(folder: Path, name: str) -> dict[str, Tensor]:
    """The moving average of one module of a run folder: float32 state dict without frozen parameters.

    Raises:
        ArgumentError: the run has no checkpoint.
    """
    state = read(folder, lazily=True)
    if state is None:
        raise ArgumentError(f"{folder} has no {NAME}; run the stage that writes it first")
    return state["ema"][name]


def load_averaged(module: nn.Module, folder: Path, name: str) -> None:
    """Load the moving average of a run into `module`. Parameters that were frozen in that run stay unchanged.

    Raises:
        ArgumentError: the run has no checkpoint.
        WeightsError: it was made for another network.
    """
    weights = averaged_weights(folder, name)
    frozen = set(read(folder, lazily=True).get("frozen", {}).get(name, ()))
    try:
        missing, unexpected = module.load_state_dict(weights, strict=False)
    except RuntimeError as error:
        raise WeightsError(
            f"{folder / NAME} is of another shape than this recipe's {name}; fix: use another --work folder "
            f"({str(error).splitlines()[-1].strip()})"
        ) from error
    if unexpected or set(missing) != frozen:
        odd = (list(unexpected) or sorted(set(missing) ^ frozen))[:3]
        raise WeightsError(f"{folder / NAME} does not fit this recipe's {name}: {odd}; fix: use another --work folder")
