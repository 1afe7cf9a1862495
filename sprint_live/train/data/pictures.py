"""One picture of somebody's collection: read within bounds, upright, on white, cut to a square.

Knows: bytes and arrays.  Must not know: captions, shards, detectors.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageOps

from sprint_live.errors import InputError

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64 * 1024 * 1024
MAX_ENLARGEMENT = 1.5  # a picture smaller than the square is enlarged by this much at most


class UnusablePicture(InputError):
    """One picture of many is left out; the message says why. Never fatal for a build."""


def read_square(encoded: bytes, side_px: int) -> np.ndarray:
    """PNG, JPEG or WebP -> the middle square, (side_px, side_px, 3) uint8 RGB; transparency becomes white.

    Raises:
        UnusablePicture: too many bytes or pixels (judged before decoding), not one of the formats, damaged, or too small.
    """
    if len(encoded) > MAX_BYTES:
        raise UnusablePicture(f"{len(encoded)} bytes; at most {MAX_BYTES}")
    try:
        with Image.open(io.BytesIO(encoded), formats=FORMATS) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UnusablePicture(f"{width}x{height}; at most {MAX_PIXELS} pixels")
            if min(width, height) * MAX_ENLARGEMENT < side_px:
                raise UnusablePicture(f"{width}x{height} is too small for {side_px}x{side_px}")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as error:  # what Pillow raises for broken files
        if isinstance(error, UnusablePicture):
            raise
        raise UnusablePicture(f"unreadable: {error}") from error
    white = Image.new("RGBA", upright.size, "white")
    picture = np.asarray(Image.alpha_composite(white, upright).convert("RGB"))
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = picture[top : top + side, left : left + side]
    return cv2.resize(square, (side_px, side_px), interpolation=cv2.INTER_AREA if side > side_px else cv2.INTER_CUBIC)
