"""Control-map detectors. To add one, add a file; its name is the detector's name.

A detector is a module with a one-line docstring, `TITLE` (a few words for people) and `detect(image_u8) -> map_u8`:
from a picture (H, W) or (H, W, 3) uint8, RGB, to white lines on black (H, W) uint8, where 0 everywhere means "no line,
control off". It is deterministic and does not write to its input. It uses cv2 and numpy; a learned one imports its
network inside `detect`, so that listing and loading detectors costs no torch. The contract test lists this folder.

A model that was taught colors (`ZooModel.colored_pages`) reads a page with paint beside its lines: `control_page`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import wraps

import numpy as np

from controlnet.errors import ArgumentError, SketchError, SketchTooLarge, refusal
from controlnet.maps._colored_drawing import lines_and_colors
from controlnet.maps._colored_page import colored_page
from controlnet.maps._kept_colors import keep_colors
from controlnet.maps._spread_colors import spread_colors
from controlnet.maps._thickness import check_thickness, set_thickness

__all__ = [
    "Detect",
    "check_thickness",
    "colored_page",
    "control_page",
    "detector_names",
    "detector_titles",
    "keep_colors",
    "lines_and_colors",
    "load_detector",
    "set_thickness",
    "spread_colors",
]

MAX_PIXELS = 16 * 1024 * 1024

Detect = Callable[[np.ndarray], np.ndarray]


def detector_names() -> tuple[str, ...]:
    """Names of all detectors, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def detector_titles() -> dict[str, str]:
    """A few words for people about each detector, by name."""
    return {name: importlib.import_module(f"{__name__}.{name}").TITLE for name in detector_names()}


def load_detector(name: str) -> Detect:
    """The `detect` function of a detector, which then refuses what is not a picture.

    Raises:
        ArgumentError: no detector has this name.
        SketchError, SketchTooLarge: by the function itself, for another type, dtype or shape, an empty picture, or one
            of more than 16 megapixels.
    """
    if name not in detector_names():
        raise ArgumentError(
            refusal(got=f"detector {name!r}", accepted=", ".join(detector_names()), fix="use one of these names")
        )
    detect = importlib.import_module(f"{__name__}.{name}").detect

    @wraps(detect)
    def checked(image_u8: np.ndarray) -> np.ndarray:
        _check_picture(image_u8)
        return detect(image_u8)

    return checked


def control_page(image_u8: np.ndarray) -> np.ndarray:
    """What a model that was taught colors reads of a drawing (H, W) or (H, W, 3) uint8, RGB.

    White lines on black (H, W) uint8 where the drawing has no color, the lines of the detector "strokes" bit for bit;
    else (H, W, 3), with the paint beside them, spread over the areas that hold it (`_spread_colors.py`).
    `_colored_drawing.py` says what is a line and what is paint.

    Raises:
        SketchError, SketchTooLarge: as a detector.
    """
    _check_picture(image_u8)
    lines_u8, colors_u8 = lines_and_colors(image_u8)
    return lines_u8 if colors_u8 is None else colored_page(lines_u8, spread_colors(lines_u8, colors_u8))


def _check_picture(image_u8: object) -> None:
    accepted = "a uint8 array (H, W) or (H, W, 3), RGB"
    if not isinstance(image_u8, np.ndarray):
        raise SketchError(refusal(got=f"a {type(image_u8).__name__}", accepted=accepted, fix="open the picture first"))
    shaped = image_u8.ndim == 2 or (image_u8.ndim == 3 and image_u8.shape[2] == 3)
    if image_u8.dtype != np.uint8 or not shaped or not image_u8.size:
        raise SketchError(
            refusal(got=f"{image_u8.dtype} of shape {image_u8.shape}", accepted=accepted, fix="convert to RGB, 0..255")
        )
    height, width = image_u8.shape[:2]
    if height * width > MAX_PIXELS:
        raise SketchTooLarge(
            refusal(got=f"{width}x{height} pixels", accepted=f"up to {MAX_PIXELS} pixels", fix="scale it down")
        )
