"""From whatever a person hands in to the pixels of a drawing, refusing what cannot or must not be decoded.

The size is read from the header before anything is decoded: a 420 KB PNG can unpack to more than 1 GB.
"""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from sprint_live.errors import SketchError, SketchTooLarge, refusal

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_PIXELS = 16 * 1024 * 1024
MAX_BYTES = 32 * 1024 * 1024
SAME_SHAPE = 0.005  # of a side: a paper of 832x1216 is 700x1024, which left one column of the picture blank


def read_sketch(source: bytes | str | Path) -> Image.Image:
    """Open an encoded picture (bytes or a file) as PIL RGB or L, alpha laid on white.

    Raises:
        SketchTooLarge: over 32 MiB of file or 16 megapixels.
        SketchError: no such file, empty, truncated, animated, or not PNG, JPEG or WebP.
    """
    data = source if isinstance(source, bytes) else _read_file(Path(source))
    if not data:
        raise SketchError(refusal(got="0 bytes", accepted=", ".join(FORMATS), fix="send the picture again"))
    if len(data) > MAX_BYTES:
        raise SketchTooLarge(
            refusal(got=f"{len(data)} bytes", accepted=f"up to {MAX_BYTES} bytes", fix="save it smaller")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise SketchTooLarge(f"{error}; accepted: up to {MAX_PIXELS} pixels; fix: scale the picture down") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise SketchError(
            refusal(got="something that is not a picture", accepted=", ".join(FORMATS), fix="save it as PNG")
        ) from error
    return flatten(image)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SketchError(f"cannot read {path}: {error.strerror or error}; fix: check the path") from error


def flatten(image: Image.Image) -> Image.Image:
    """Decode a PIL image to RGB or L, upright, alpha laid on white.

    Raises:
        SketchTooLarge, SketchError: as `read_sketch`.
    """
    check_pixels(*image.size)
    if getattr(image, "is_animated", False):
        raise SketchError(refusal(got="an animated picture", accepted="one frame", fix="save one frame as PNG"))
    try:
        image.load()
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I;16"):
            return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
        if image.mode in ("I", "F"):
            raise SketchError(refusal(got=f"pixels of mode {image.mode}", accepted="8 or 16 bits", fix="save as PNG"))
        if image.has_transparency_data:
            rgba = image.convert("RGBA")
            return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
        return image if image.mode in ("RGB", "L") else image.convert("L" if image.mode == "1" else "RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, SketchError):
            raise
        raise SketchError(
            refusal(got=f"a picture that breaks off ({error})", accepted="a whole file", fix="send it again")
        ) from error


def check_pixels(width: int, height: int) -> None:
    """Raises SketchTooLarge above 16 megapixels, SketchError for an empty picture."""
    if width <= 0 or height <= 0:
        raise SketchError(refusal(got=f"{width}x{height} pixels", accepted="at least 1x1", fix="draw something"))
    if width * height > MAX_PIXELS:
        raise SketchTooLarge(
            refusal(got=f"{width}x{height} pixels", accepted=f"up to {MAX_PIXELS} pixels", fix="scale it down")
        )


def sketch_pixels(sketch: Image.Image | np.ndarray) -> np.ndarray:
    """A drawing as (H, W) or (H, W, 3) uint8, alpha laid on white.

    Raises:
        SketchTooLarge, SketchError: wrong type, dtype or shape; empty; over 16 megapixels; not decodable.
    """
    if isinstance(sketch, Image.Image):
        return np.asarray(flatten(sketch))
    accepted = "a PIL image or a uint8 array (H, W), (H, W, 3) or (H, W, 4)"
    if not isinstance(sketch, np.ndarray):
        raise SketchError(refusal(got=f"a {type(sketch).__name__}", accepted=accepted, fix="open the picture first"))
    if sketch.dtype != np.uint8 or not (sketch.ndim == 2 or (sketch.ndim == 3 and sketch.shape[2] in (3, 4))):
        raise SketchError(
            refusal(got=f"{sketch.dtype} of shape {sketch.shape}", accepted=accepted, fix="convert to uint8, 0..255")
        )
    check_pixels(sketch.shape[1], sketch.shape[0])
    sketch = np.ascontiguousarray(sketch)
    if sketch.ndim == 3 and sketch.shape[2] == 4:
        alpha = sketch[..., 3:].astype(np.uint16)
        return ((sketch[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    return sketch


def fit_page(pixels_u8: np.ndarray, height: int, width: int, *, background: int = 0) -> np.ndarray:
    """Centre pixels (H, W) or (H, W, 3) on a page of height x width in a grey `background`, scaled to touch its edges.

    Nearly the page's proportions count as the page's: a canvas's sides are whole numbers, and its rounding must not become
    an edge of background beside it.
    """
    from_height, from_width = pixels_u8.shape[:2]
    if from_height * width >= from_width * height:
        scaled_hw = (height, max(1, round(from_width * height / from_height)))
    else:
        scaled_hw = (max(1, round(from_height * width / from_width)), width)
    if height - scaled_hw[0] < SAME_SHAPE * height and width - scaled_hw[1] < SAME_SHAPE * width:
        scaled_hw = (height, width)
    if scaled_hw != (from_height, from_width):
        shrinks = scaled_hw[0] < from_height or scaled_hw[1] < from_width
        interpolation = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        pixels_u8 = cv2.resize(pixels_u8, scaled_hw[::-1], interpolation=interpolation)
    if scaled_hw == (height, width):
        return pixels_u8
    page_u8 = np.full((height, width, *pixels_u8.shape[2:]), background, np.uint8)
    top, left = (height - scaled_hw[0]) // 2, (width - scaled_hw[1]) // 2
    page_u8[top : top + scaled_hw[0], left : left + scaled_hw[1]] = pixels_u8
    return page_u8


def fit_square(map_u8: np.ndarray, size: int) -> np.ndarray:
    """Centre a control map (H, W) on a black square of side `size` pixels, scaled to touch it."""
    return fit_page(map_u8, size, size)


def grow_lines(map_u8: np.ndarray, growth_px: float) -> np.ndarray:
    """Widen the white lines of a map (H, W) by `growth_px`, given at 1024x1024; less than a pixel changes nothing.

    sprint-tiny's autoencoder keeps a 64x64 cell in 32 numbers and drops hairlines: eyes and mouths fade.
    """
    width = 1 + round(growth_px * math.sqrt(map_u8.size) / 1024)
    return cv2.dilate(map_u8, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))) if width > 1 else map_u8
