"""Control-map detectors. Adding one is adding a file: its name is the detector's name.

A detector is a module with `TITLE` (a few words for people) and `detect(image_u8) -> map_u8`: from a picture
(H, W) or (H, W, 3) uint8 to white lines on black (H, W) uint8, where 0 everywhere means "no line, control off".
It uses cv2 and numpy only, is deterministic and does not write to its input. The contract test lists this folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import numpy as np

from sprint_live.errors import ArgumentError, refusal

Detect = Callable[[np.ndarray], np.ndarray]


def detector_names() -> tuple[str, ...]:
    """Names of all detectors, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load_detector(name: str) -> Detect:
    """The `detect` function of a detector.

    Raises:
        ArgumentError: no detector has this name.
    """
    if name not in detector_names():
        raise ArgumentError(
            refusal(got=f"detector {name!r}", accepted=", ".join(detector_names()), fix="use one of these names")
        )
    return importlib.import_module(f"{__name__}.{name}").detect
