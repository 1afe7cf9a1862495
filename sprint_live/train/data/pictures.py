"""Reads one picture of the user's collection: within size limits, upright, on white, cropped to a square.

Knows: bytes and arrays.  Must not know: captions, shards, detectors.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.errors import InputError, SketchError, SketchTooLarge
from sprint_live.picture_files import Bounds, check_header, read_picture

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64 * 1024 * 1024
BOUNDS = Bounds(max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS)
MAX_ENLARGEMENT = 1.5  # a picture smaller than the square is enlarged by this much at most


class UnusablePicture(InputError):
    """A picture is left out; the message says why. The build goes on."""


def read_square(encoded: bytes, side_px: int) -> np.ndarray:
    """PNG, JPEG or WebP -> the middle square, (side_px, side_px, 3) uint8 RGB; transparency becomes white.

    Raises:
        UnusablePicture: too many bytes or pixels (checked before decoding), another format, damaged, or too small.
    """
    try:
        width, height = check_header(encoded, BOUNDS)
        if min(width, height) * MAX_ENLARGEMENT < side_px:
            raise UnusablePicture(f"{width}x{height} is too small for {side_px}x{side_px}")
        picture = np.asarray(read_picture(encoded, BOUNDS).convert("RGB"))
    except SketchTooLarge as error:
        raise UnusablePicture(str(error)) from error
    except SketchError as error:
        raise UnusablePicture(f"unreadable: {error}") from error
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = picture[top : top + side, left : left + side]
    return cv2.resize(square, (side_px, side_px), interpolation=cv2.INTER_AREA if side > side_px else cv2.INTER_CUBIC)
