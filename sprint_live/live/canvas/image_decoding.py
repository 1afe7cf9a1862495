"""A photo that somebody sent: checked by its header before anything is decoded, then small, upright, RGB.

Knows: bytes of PNG, JPEG and WebP.  Must not know: detectors, strokes, the server.
"""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps

from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge, refusal
from sprint_live.live.canvas.strokes import CANVAS_PX

__all__ = ["MAX_PHOTO_BYTES", "POLARITIES", "read_photo", "with_dark_lines"]

MAX_PHOTO_BYTES = 8 << 20
MAX_PIXELS = 16_000_000
MAX_WEBP_PIXELS = 6_000_000  # its decoder holds four copies: 16 megapixels took 242 MB, a PNG 84
FORMATS = ("PNG", "JPEG", "WEBP")
POLARITIES = ("auto", "dark", "light")
STRIP_PX = 64  # rows of the small photo made at once
BORDER_SHARE = 0.06  # of the side: what is looked at to tell a page from a blackboard


def read_photo(data: bytes) -> np.ndarray:
    """PNG, JPEG or WebP bytes -> (H, W, 3) RGB uint8, upright, at most 1024 px on its longer side, alpha on white.

    Raises: SketchTooLarge over 8 MiB or 16 megapixels, 6 of WebP (read from the header); SketchError for anything else that is not
    one still picture in one of the three formats.
    """
    if len(data) > MAX_PHOTO_BYTES:
        raise SketchTooLarge(
            _refused(f"a file of {len(data)} bytes", f"at most {MAX_PHOTO_BYTES} bytes", "send a smaller one")
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as photo:
            width, height = photo.size
            most = MAX_WEBP_PIXELS if photo.format == "WEBP" else MAX_PIXELS
            if width * height > most:
                accepted = f"at most {most // 1_000_000} megapixels of {photo.format}"
                raise SketchTooLarge(_refused(f"{width}x{height} pixels", accepted, "send a smaller one"))
            if getattr(photo, "n_frames", 1) > 1:
                raise SketchError(_refused("a moving picture", "one still picture", "send one frame of it"))
            photo.draft("RGB", (CANVAS_PX, CANVAS_PX))  # a JPEG is decoded at a fraction of its size
            turned = photo.getexif().get(ExifTags.Base.Orientation, 1)
            small = _small_on_white(photo)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, SketchError):
            raise
        raise SketchError(
            _refused("a file that is not a readable photo", "PNG, JPEG or WebP", "save it as one")
        ) from error
    small.getexif()[ExifTags.Base.Orientation] = turned
    return np.asarray(ImageOps.exif_transpose(small))


def _small_on_white(photo: Image.Image) -> Image.Image:
    """RGB, at most 1024 px on its longer side, made strip by strip: whole copies of 16 megapixels took 330 MB beside the photo."""
    width, height = photo.size
    scale = min(1.0, CANVAS_PX / max(width, height))
    small = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))))
    for top in range(0, small.height, STRIP_PX):
        bottom = min(top + STRIP_PX, small.height)
        first, last = top / small.height * height, bottom / small.height * height
        strip = photo.crop((0, math.floor(first), width, math.ceil(last))).convert("RGBA")
        page = Image.new("RGBA", strip.size, "white")
        page.alpha_composite(strip)
        box = (0, first - math.floor(first), width, last - math.floor(first))
        small.paste(page.convert("RGB").resize((small.width, bottom - top), Image.Resampling.BOX, box), (0, top))
    return small


def with_dark_lines(photo_u8: np.ndarray, polarity: str) -> np.ndarray:
    """The photo so that its lines are dark on light. polarity: what they are now, "auto" tells it by the brightness of the border.

    Raises: ArgumentError for another polarity.
    """
    if polarity not in POLARITIES:
        raise ArgumentError(_refused(f"polarity {polarity!r}", ", ".join(POLARITIES), "choose one"))
    if polarity == "auto":
        gray_u8 = cv2.cvtColor(photo_u8, cv2.COLOR_RGB2GRAY)
        edge = max(1, round(BORDER_SHARE * min(gray_u8.shape)))
        border = np.concatenate(
            [gray_u8[:edge].ravel(), gray_u8[-edge:].ravel(), gray_u8[:, :edge].ravel(), gray_u8[:, -edge:].ravel()]
        )
        polarity = "light" if np.median(border) < 64 else "dark"
    return 255 - photo_u8 if polarity == "light" else photo_u8


def _refused(got: str, accepted: str, fix: str) -> str:
    return refusal(got=got, accepted=accepted, fix=fix)
