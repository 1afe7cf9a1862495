"""Turns a photograph into white lines on black, to draw from or to convert to strokes.

Knows: what a picture may be, and the detectors by name. Must not know: models, the canvas, what the lines are for.
"""

from __future__ import annotations

from numbers import Integral
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from controlnet.maps import check_thickness, detector_titles, load_detector, set_thickness
from sprint_live.coded_text import coded
from sprint_live.engine.sketch import read_sketch, sketch_pixels
from sprint_live.errors import ArgumentError, EngineError, SketchError, SprintLiveError, refusal

DEFAULT_DETECTOR = "hed_scribble"
MIN_SIZE, MAX_SIZE = 64, 2048
MAX_ASPECT = 16


def detector_choices() -> dict[str, str]:
    """The detectors of `detect_lines`: name -> title for people, the default first."""
    titles = detector_titles()
    return {DEFAULT_DETECTOR: titles.pop(DEFAULT_DETECTOR), **titles}


def detect_lines(
    photo: bytes | Path | Image.Image | np.ndarray,
    detector: str = DEFAULT_DETECTOR,
    *,
    thickness: int = 1,
    invert: bool = False,
    size: int = 1024,
) -> np.ndarray:
    """Lines of a photo as (H, W) uint8 in its own proportions, the longer side `size` pixels, 64 to 2048.

    photo: a PNG, JPEG or WebP as bytes or file, a PIL image or uint8 (H, W), (H, W, 3) or (H, W, 4); its size is read
    before it is decoded. detector: a name from `controlnet.maps.detector_names()`. thickness: 0 thins, 1 to 3 keep,
    more widens (`set_thickness`). invert: black lines on white instead of white on black. The photo is scaled first,
    because a detector's lines have a width in pixels; the released ControlNets scale it to the shorter side of their
    picture, which for a square photo is the same.

    Raises:
        SketchTooLarge, SketchError: the photo is not a picture, over 16 megapixels or 32 MiB, or longer than 16 to 1.
        ArgumentError: no such detector, or a thickness, size or invert out of range.
        WeightsError: HED's weights are missing or damaged.
        EngineError: the detector failed, for example for want of memory.
    """
    detect = load_detector(detector)
    check_thickness(thickness)
    if not isinstance(invert, bool):
        raise ArgumentError(refusal(got=f"invert {invert!r}", accepted="True or False", fix="True for black lines"))
    if not isinstance(size, Integral) or isinstance(size, bool) or not MIN_SIZE <= size <= MAX_SIZE:
        accepted = f"a whole number from {MIN_SIZE} to {MAX_SIZE}"
        raise ArgumentError(refusal(got=f"size {size!r}", accepted=accepted, fix="1024 fits the canvas"))
    image_u8 = sketch_pixels(read_sketch(photo) if isinstance(photo, (bytes, Path)) else photo)
    try:
        map_u8 = set_thickness(detect(scale_to(image_u8, int(size))), thickness)
    except SprintLiveError:
        raise
    except Exception as error:
        raise EngineError(coded("photo.failed", {"why": f"{type(error).__name__}: {error}"[:450]})) from error
    return 255 - map_u8 if invert else map_u8


def scale_to(image_u8: np.ndarray, size: int) -> np.ndarray:
    """A picture with its longer side at `size` pixels.

    Raises:
        SketchError: it is more than 16 times as long as it is wide.
    """
    height, width = image_u8.shape[:2]
    longer, shorter = max(height, width), min(height, width)
    if longer > MAX_ASPECT * shorter:
        raise SketchError(coded("photo.shape", {"width": width, "height": height, "most": MAX_ASPECT}))
    if longer == size:
        return image_u8
    scaled_wh = (round(width * size / longer), round(height * size / longer))
    return cv2.resize(image_u8, scaled_wh, interpolation=cv2.INTER_AREA if longer > size else cv2.INTER_CUBIC)
