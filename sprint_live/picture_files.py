"""The one reader of picture files: of the page, the API, the command line and the data build.

Judged by its header before anything is decoded, then upright, on paper, RGB or L. The guide `pictures.md` has the table
of what each format gives. Of all metadata only the orientation is looked at;
the rest is cut out before a decoder sees it.

Knows: bytes of PNG, JPEG and WebP, `PIL.Image`.  Must not know: what a picture is for.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from sprint_live.coded_text import coded
from sprint_live.errors import SketchError, SketchTooLarge
from sprint_live.picture_metadata import bare_picture, png_bits, upright

__all__ = ["FORMATS", "Bounds", "check_header", "on_paper", "pixels_of", "read_picture"]

FORMATS = ("PNG", "JPEG", "WEBP")
NAMES = "PNG, JPEG or WebP"
MAX_JPEG_PIXELS = 128 << 20
"""What a JPEG may have before it is decoded at a half, a quarter or an eighth of its sides."""
MAX_PROGRESSIVE_PIXELS = 32 << 20  # whose decoder holds all coefficients: 6 bytes a pixel
STRIP_PX = 64  # rows that are made at once where the picture is made smaller
VISIBLE_U8 = 80  # ink nearer than this to the paper is not seen
INK_SEEN = 0.1  # of all ink: where less than this is seen on white, the paper is black


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much is read. max_pixels: decoded. of_format: where one format has another limit."""

    max_bytes: int
    max_pixels: int
    of_format: Mapping[str, int] = field(default_factory=dict[str, int])

    def pixels(self, kind: str | None) -> int:
        """The most pixels of a picture of this format."""
        return self.of_format.get(kind or "", self.max_pixels)


def read_picture(data: bytes, bounds: Bounds, *, longest_px: int | None = None, paper: str = "white") -> Image.Image:
    """PNG, JPEG or WebP bytes -> RGB or L, upright. longest_px: of its longer side at most;
    made smaller strip by strip.

    paper: what lies under transparency, "white" or "auto", which is black where the ink would not be seen on white. A
    JPEG of too many pixels is decoded at a fraction of its sides. Of an MPO the first picture is taken;
    moving pictures are refused.
    Raises: SketchTooLarge past the bounds; SketchError for anything that is not one still picture in one of the
    formats.
    """
    image, orientation = _opened(data, bounds)
    try:
        if longest_px is not None:
            image.draft("RGB", (longest_px, longest_px))
        if longest_px is not None and max(image.size) > longest_px:
            plain = _smaller(image, longest_px, paper)
        else:
            plain = on_paper(image, paper)
    except SketchError:
        raise
    except Exception as error:  # decoders raise what they like
        raise SketchError(
            coded("image.cut_short", {"why": f"{type(error).__name__}: {error}"[:250], "names": NAMES})
        ) from error
    return upright(plain, orientation)


def check_header(data: bytes, bounds: Bounds) -> tuple[int, int]:
    """(width, height) as stored, without decoding. Raises: as `read_picture`."""
    return _opened(data, bounds)[0].size


def _opened(data: bytes, bounds: Bounds) -> tuple[Image.Image, int]:
    """A picture that is not decoded yet, within bounds, and its orientation, 1 to 8."""
    if not data:
        raise SketchError(coded("image.empty", {"names": NAMES}))
    if len(data) > bounds.max_bytes:
        raise SketchTooLarge(coded("image.too_many_bytes", {"bytes": len(data), "most": bounds.max_bytes}))
    try:
        bare, orientation = bare_picture(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(bare), formats=FORMATS)
        num_pictures = getattr(image, "n_frames", 1)
        image.info["sprint_live_bits"] = png_bits(bare)
    except Image.DecompressionBombError as error:
        raise SketchTooLarge(coded("image.far_too_many_pixels", {"why": error, "most": bounds.max_pixels})) from error
    except Exception as error:
        raise SketchError(coded("image.unreadable", {"names": NAMES})) from error
    _check_pixels(image, bounds)
    if num_pictures > 1:
        raise SketchError(coded("image.animated"))
    return image, orientation


def _check_pixels(image: Image.Image, bounds: Bounds) -> None:
    """Within bounds, or made so where a JPEG can be decoded at a fraction."""
    width, height = image.size
    most = bounds.pixels(image.format)
    if width * height <= most:
        return
    if image.format == "JPEG" and draft_within(image, most):
        return
    formats = image.format if image.format != "JPEG" else f"JPEG, a JPEG up to {_most_of_jpeg(image)}"
    numbers = {"width": width, "height": height, "pixels": most, "most": f"{most / 1e6:.0f}", "format": formats}
    raise SketchTooLarge(coded("image.too_many_pixels", numbers))


def draft_within(image: Image.Image, most: int) -> bool:
    """Let a JPEG that is not decoded yet be decoded at the largest fraction of at most `most` pixels;
    False if there is none.
    """
    width, height = image.size
    if width * height <= most:
        return True
    if width * height > _most_of_jpeg(image):
        return False
    for part in (2, 4, 8):
        if math.ceil(width / part) * math.ceil(height / part) <= most:
            image.draft(None, (width // part, height // part))
            return image.size[0] * image.size[1] <= most
    return False


def _most_of_jpeg(image: Image.Image) -> int:
    return MAX_PROGRESSIVE_PIXELS if image.info.get("progressive") else MAX_JPEG_PIXELS


def _smaller(image: Image.Image, longest_px: int, paper: str) -> Image.Image:
    """RGB, `longest_px` on its longer side, strip by strip: whole copies of 16 megapixels took 330 MB beside the
    picture.
    """
    width, height = image.size
    scale = longest_px / max(width, height)
    whole_wh = (max(1, round(width * scale)), max(1, round(height * scale)))
    ground = paper_for(image) if paper == "auto" else paper
    small = Image.new("RGB", whole_wh)
    for top in range(0, small.height, STRIP_PX):
        bottom = min(top + STRIP_PX, small.height)
        first, last = top / small.height * height, bottom / small.height * height
        strip = on_paper(image.crop((0, math.floor(first), width, math.ceil(last))), ground).convert("RGB")
        box = (0, first - math.floor(first), width, last - math.floor(first))
        small.paste(strip.resize((small.width, bottom - top), Image.Resampling.BOX, box), (0, top))
    return small


def on_paper(image: Image.Image, paper: str = "white") -> Image.Image:
    """A decoded or open picture of any mode as RGB or L of 8 bits, transparency laid on paper ("white",
    "black", "auto").

    Raises: SketchError for numbers of more than 16 bits; whatever a decoder raises.
    """
    image.load()
    if image.mode.startswith("I;16"):
        image = _of_16_bits(image)
    if image.mode in ("I", "F"):
        raise SketchError(coded("image.mode", {"mode": image.mode}))
    if not image.has_transparency_data:
        return image if image.mode in ("RGB", "L") else image.convert("L" if image.mode == "1" else "RGB")
    ground = paper_for(image) if paper == "auto" else paper
    rgba = _with_alpha(image)
    return Image.alpha_composite(Image.new("RGBA", rgba.size, ground), rgba).convert("RGB")


def paper_for(image: Image.Image) -> str:
    """ "white", or "black" where the picture's own ink would not be seen on white: told from the ink alone."""
    if image.mode.startswith("I;16") or not image.has_transparency_data:
        return "white"
    image.load()
    ink = seen = 0.0
    for top in range(0, image.height, STRIP_PX):
        strip = np.asarray(_with_alpha(image.crop((0, top, image.width, min(top + STRIP_PX, image.height)))))
        strip_ink, strip_seen = _ink(strip)
        ink, seen = ink + strip_ink, seen + strip_seen
    return "black" if seen < INK_SEEN * ink else "white"


def _ink(rgba_u8: np.ndarray) -> tuple[float, float]:
    """How much ink there is, and how much of it is seen on white; in pixels of full alpha."""
    alpha = rgba_u8[..., 3].astype(np.float32) / 255
    on_white = alpha * (rgba_u8[..., :3].min(axis=-1) <= 255 - VISIBLE_U8)
    return float(alpha.sum()), float(on_white.sum())


def pixels_of(rgba_u8: np.ndarray, paper: str = "white") -> np.ndarray:
    """(H, W, 4) uint8 laid on paper: (H, W, 3)."""
    if paper == "auto":
        ink, seen = _ink(rgba_u8)
        paper = "black" if seen < INK_SEEN * ink else "white"
    alpha = rgba_u8[..., 3:].astype(np.uint16)
    ground = 0 if paper == "black" else 255
    return ((rgba_u8[..., :3] * alpha + ground * (255 - alpha) + 127) // 255).astype(np.uint8)


def _of_16_bits(image: Image.Image) -> Image.Image:
    """Gray of 16 bits as L, or LA where one of its grays is transparent."""
    gray_u16 = np.asarray(image)
    gray = Image.fromarray((gray_u16 >> 8).astype(np.uint8))
    key = image.info.get("transparency")
    if not isinstance(key, int):
        return gray
    gray.putalpha(Image.fromarray(np.where(gray_u16 == key, 0, 255).astype(np.uint8)))
    return gray


def _with_alpha(image: Image.Image) -> Image.Image:
    """As RGBA. A transparent color is stored at the file's depth, which Pillow compares with pixels of 8 bits."""
    key, bits = image.info.get("transparency"), image.info.get("sprint_live_bits", 8)
    if image.mode in ("1", "L") and isinstance(key, int) and bits != 8:
        image = image.convert("L")
        image.info["transparency"] = key * 255 // ((1 << bits) - 1)
    elif image.mode == "1" and isinstance(key, int):
        image = image.convert("L")
        image.info["transparency"] = 255 * min(key, 1)
    elif image.mode == "RGB" and isinstance(key, tuple) and bits == 16:
        image = image.copy()
        image.info["transparency"] = tuple(level >> 8 for level in key)
    return image.convert("RGBA")
