"""OpenVINO, imported so that it tells nobody: by default its package reports every import and conversion to its makers.

Knows: imports.  Must not know: models.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType


def load_openvino() -> ModuleType:
    """The package; its telemetry is replaced by the stub that it brings for installations without telemetry.

    Raises:
        ImportError: it is not installed (extra [openvino]).
    """
    sys.modules.setdefault("openvino_telemetry", None)  # an import of it fails, which OpenVINO is prepared for
    return importlib.import_module("openvino")
