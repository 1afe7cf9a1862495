"""Graphs on the disk, and OpenVINO itself: what a start needs that makes no graphs.

Knows: OpenVINO, files.  Must not know: torch modules, how a graph is made.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openvino

FORMAT = 1  # raise it when a graph changes its meaning: older files in the cache are then not used


def load_openvino() -> ModuleType:
    """The package; its telemetry is replaced by the stub that it brings for installations without telemetry.

    Raises:
        ImportError: it is not installed (extra [openvino]).
    """
    sys.modules.setdefault("openvino_telemetry", None)  # an import of it fails, which OpenVINO is prepared for
    return importlib.import_module("openvino")


def read_graph(core: openvino.Core, file: Path) -> openvino.Model | None:
    """None if it is not there, or cut off."""
    try:
        return core.read_model(file)
    except RuntimeError:
        return None


def write_graph(model: openvino.Model, file: Path) -> None:
    """Write the .bin first and the .xml last, each moved into place whole: two processes may do so at once."""
    openvino = load_openvino()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as partial:
        openvino.save_model(model, Path(partial) / file.name, compress_to_fp16=False)
        for suffix in (".bin", ".xml"):
            os.replace((Path(partial) / file.name).with_suffix(suffix), file.with_suffix(suffix))
