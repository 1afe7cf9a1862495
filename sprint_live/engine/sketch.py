"""From whatever a person hands in to the pixels of a drawing, refusing what cannot or must not be decoded.

The size is read from the header before anything is decoded: a 420 KB PNG can unpack to more than 1 GB.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from sprint_live.errors import SketchError, SketchTooLarge, refusal
from sprint_live.picture_files import Bounds, draft_within, on_paper, pixels_of, read_picture
from sprint_live.picture_metadata import orientation_in, upright

MAX_PIXELS = 16 * 1024 * 1024
MAX_BYTES = 32 * 1024 * 1024
BOUNDS = Bounds(max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS)
SAME_SHAPE = 0.005  # of a side: a paper of 832x1216 is 700x1024, which left one column of the picture blank


def read_sketch(source: bytes | str | Path, *, paper: str = "auto") -> Image.Image:
    """Open an encoded picture (bytes or a file) as PIL RGB or L. paper: under transparency, see `read_picture`.

    Raises:
        SketchTooLarge: over 32 MiB of file or 16 megapixels; a JPEG of more is read at a fraction of its sides.
        SketchError: no such file, empty, truncated, animated, or not PNG, JPEG or WebP.
    """
    return read_picture(source if isinstance(source, bytes) else _read_file(Path(source)), BOUNDS, paper=paper)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SketchError(f"cannot read {path}: {reason}; accepted: a file; fix: check the path") from error


def flatten(image: Image.Image, *, paper: str = "white") -> Image.Image:
    """Decode a PIL image to RGB or L, upright, transparency on paper. A JPEG of too many pixels is read at a fraction.

    Raises:
        SketchTooLarge, SketchError: as `read_sketch`.
    """
    if image.format not in ("JPEG", "MPO") or not draft_within(image, MAX_PIXELS):
        check_pixels(*image.size)
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise SketchError(refusal(got="an animated picture", accepted="one frame", fix="save one frame as PNG"))
    try:
        if image.format == "MPO":  # a phone's: the first picture is the one that was taken
            image.seek(0)
        return upright(on_paper(image, paper), _orientation(image))
    except SketchError:
        raise
    except Exception as error:
        raise SketchError(
            refusal(got=f"a picture that breaks off ({error})", accepted="a whole file", fix="send it again")
        ) from error


def _orientation(image: Image.Image) -> int:
    """Of the file's Exif; where there is none, what Pillow knows (a TIFF's tags, Exif that a program has set)."""
    if exif := image.info.get("exif"):
        return orientation_in(exif)
    try:
        found = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001  # metadata never decides whether a picture is read
        return 1
    return found if isinstance(found, int) else 1


def check_pixels(width: int, height: int) -> None:
    """Raises SketchTooLarge above 16 megapixels, SketchError for an empty picture."""
    if width <= 0 or height <= 0:
        raise SketchError(refusal(got=f"{width}x{height} pixels", accepted="at least 1x1", fix="draw something"))
    if width * height > MAX_PIXELS:
        raise SketchTooLarge(
            refusal(got=f"{width}x{height} pixels", accepted=f"up to {MAX_PIXELS} pixels", fix="scale it down")
        )


def sketch_pixels(sketch: Image.Image | np.ndarray, *, paper: str = "auto") -> np.ndarray:
    """A drawing as (H, W) or (H, W, 3) uint8. paper: under transparency, "white", or "auto":
    black where ink would not be seen on it.

    Raises:
        SketchTooLarge, SketchError: wrong type, dtype or shape; empty; over 16 megapixels; not decodable.
    """
    if isinstance(sketch, Image.Image):
        return np.asarray(flatten(sketch, paper=paper))
    accepted = "a PIL image or a uint8 or bool array (H, W), (H, W, 1), (H, W, 3) or (H, W, 4)"
    if not isinstance(sketch, np.ndarray):
        raise SketchError(refusal(got=f"a {type(sketch).__name__}", accepted=accepted, fix="open the picture first"))
    if sketch.dtype == np.bool_:
        sketch = sketch.astype(np.uint8) * 255
    if sketch.ndim == 3 and sketch.shape[2] == 1:
        sketch = sketch[..., 0]
    if sketch.dtype != np.uint8 or not (sketch.ndim == 2 or (sketch.ndim == 3 and sketch.shape[2] in (3, 4))):
        raise SketchError(
            refusal(got=f"{sketch.dtype} of shape {sketch.shape}", accepted=accepted, fix="convert to uint8, 0..255")
        )
    check_pixels(sketch.shape[1], sketch.shape[0])
    sketch = np.ascontiguousarray(sketch)
    if sketch.ndim == 3 and sketch.shape[2] == 4:
        return pixels_of(sketch, paper)
    return sketch


def fit_page(pixels_u8: np.ndarray, height: int, width: int, *, background: int = 0) -> np.ndarray:
    """Center pixels (H, W) or (H, W, 3) on a page of height x width in a gray `background`, scaled to touch its edges.

    Nearly the page's proportions count as the page's: a canvas's sides are whole numbers, and its rounding must not
    become an edge of background beside it.
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
    """Center a control map (H, W) on a black square of side `size` pixels, scaled to touch it."""
    return fit_page(map_u8, size, size)


def grow_lines(map_u8: np.ndarray, growth_px: float) -> np.ndarray:
    """Widen the white lines of a map (H, W) by `growth_px`, given at 1024x1024; less than a pixel changes nothing.

    sprint-tiny's autoencoder keeps a 64x64 cell in 32 numbers and drops hairlines: eyes and mouths fade.
    """
    width = 1 + round(growth_px * math.sqrt(map_u8.size) / 1024)
    return cv2.dilate(map_u8, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))) if width > 1 else map_u8
