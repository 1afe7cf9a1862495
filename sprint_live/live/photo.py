"""A photo that somebody sent: checked by its header before anything is decoded, then small, upright, RGB.

Knows: bytes of PNG, JPEG and WebP.  Must not know: detectors, strokes, the server.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageOps

from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge, refusal
from sprint_live.live.strokes import CANVAS_PX

__all__ = ["MAX_PHOTO_BYTES", "POLARITIES", "read_photo", "with_dark_lines"]

MAX_PHOTO_BYTES = 8 << 20
MAX_PIXELS = 16_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
POLARITIES = ("auto", "dark", "light")
BORDER_SHARE = 0.06  # of the side: what is looked at to tell a page from a blackboard


def read_photo(data: bytes) -> np.ndarray:
    """PNG, JPEG or WebP bytes -> (H, W, 3) RGB uint8, upright, at most 1024 px on its longer side, alpha on white.

    Raises: SketchTooLarge over 8 MiB or 16 megapixels (read from the header); SketchError for anything else that is not
    one still picture in one of the three formats.
    """
    if len(data) > MAX_PHOTO_BYTES:
        raise SketchTooLarge(_refused(f"a file of {len(data)} bytes", f"at most {MAX_PHOTO_BYTES} bytes", "send a smaller one"))
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as photo:
            width, height = photo.size
            if width * height > MAX_PIXELS:
                raise SketchTooLarge(_refused(f"{width}x{height} pixels", "at most 16 megapixels", "send a smaller one"))
            if getattr(photo, "n_frames", 1) > 1:
                raise SketchError(_refused("a moving picture", "one still picture", "send one frame of it"))
            photo.draft("RGB", (CANVAS_PX, CANVAS_PX))  # a JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(photo).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, SketchError):
            raise
        raise SketchError(_refused("a file that is not a readable photo", "PNG, JPEG or WebP", "save it as one")) from error
    page = Image.new("RGBA", upright.size, "white")
    page.alpha_composite(upright)
    pixels_u8 = np.asarray(page.convert("RGB"))
    scale = CANVAS_PX / max(pixels_u8.shape[:2])
    if scale >= 1:
        return pixels_u8
    size_xy = tuple(max(1, round(side * scale)) for side in (pixels_u8.shape[1], pixels_u8.shape[0]))
    return cv2.resize(pixels_u8, size_xy, interpolation=cv2.INTER_AREA)


def with_dark_lines(photo_u8: np.ndarray, polarity: str) -> np.ndarray:
    """The photo so that its lines are dark on light. polarity: what they are now, "auto" tells it by the brightness of the border.

    Raises: ArgumentError for another polarity.
    """
    if polarity not in POLARITIES:
        raise ArgumentError(_refused(f"polarity {polarity!r}", ", ".join(POLARITIES), "choose one"))
    if polarity == "auto":
        gray_u8 = cv2.cvtColor(photo_u8, cv2.COLOR_RGB2GRAY)
        edge = max(1, round(BORDER_SHARE * min(gray_u8.shape)))
        border = np.concatenate([gray_u8[:edge].ravel(), gray_u8[-edge:].ravel(), gray_u8[:, :edge].ravel(), gray_u8[:, -edge:].ravel()])
        polarity = "light" if np.median(border) < 64 else "dark"
    return 255 - photo_u8 if polarity == "light" else photo_u8


def _refused(got: str, accepted: str, fix: str) -> str:
    return refusal(got=got, accepted=accepted, fix=fix)
