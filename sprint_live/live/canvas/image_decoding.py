"""Decodes a client's photo: checks its header first, then makes it small, upright and RGB.

Knows: bytes of PNG, JPEG and WebP.  Must not know: detectors, strokes, the server.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError
from sprint_live.live.canvas.strokes import CANVAS_PX
from sprint_live.picture_files import Bounds, read_picture

__all__ = ["MAX_PHOTO_BYTES", "POLARITIES", "read_photo", "with_dark_lines"]

MAX_PHOTO_BYTES = 8 << 20
MAX_PIXELS = 16_000_000
MAX_WEBP_PIXELS = 6_000_000  # its decoder holds four copies: 16 megapixels took 242 MB, a PNG 84
BOUNDS = Bounds(max_bytes=MAX_PHOTO_BYTES, max_pixels=MAX_PIXELS, of_format={"WEBP": MAX_WEBP_PIXELS})
POLARITIES = ("auto", "dark", "light")
BORDER_SHARE = 0.06  # of the side: what is looked at to tell a page from a blackboard


def read_photo(data: bytes, *, paper: str = "white") -> np.ndarray:
    """PNG, JPEG or WebP bytes -> (H, W, 3) RGB uint8, upright, at most 1024 px on its longer side. paper:
    see `read_picture`.

    Raises: SketchTooLarge over 8 MiB or 16 megapixels, 6 of WebP (read from the header; a JPEG of more is read at a
    fraction); SketchError for anything else that is not one still picture in one of the three formats.
    """
    return np.asarray(read_picture(data, BOUNDS, longest_px=CANVAS_PX, paper=paper).convert("RGB"))


def with_dark_lines(photo_u8: np.ndarray, polarity: str) -> np.ndarray:
    """The photo with dark lines on light. polarity: what the lines are now;
    "auto" takes it from the brightness of the border.

    Raises: ArgumentError for another polarity.
    """
    if polarity not in POLARITIES:
        given = {"polarity": repr(polarity), "polarities": ", ".join(POLARITIES)}
        raise ArgumentError(coded("photo.polarity", given))
    if polarity == "auto":
        gray_u8 = cv2.cvtColor(photo_u8, cv2.COLOR_RGB2GRAY)
        edge = max(1, round(BORDER_SHARE * min(gray_u8.shape)))
        border = np.concatenate(
            [gray_u8[:edge].ravel(), gray_u8[-edge:].ravel(), gray_u8[:, :edge].ravel(), gray_u8[:, -edge:].ravel()]
        )
        polarity = "light" if np.median(border) < 64 else "dark"
    return 255 - photo_u8 if polarity == "light" else photo_u8
