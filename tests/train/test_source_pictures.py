"""What becomes of a picture and its lines: judged by its header, upright, on white, redrawn by another hand."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image

from sprint_live.train.data import pictures
from sprint_live.train.data.pictures import UnusablePicture, read_square
from sprint_live.train.data.redraw import redraw
from sprint_live.train.data.sketches import SketchStyle

SIDE = 96


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, payload: bytes) -> bytes:
        return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_sizes_are_judged_before_anything_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("decoded"))
    for encoded in (_png_header(30_000, 30_000), _png_header(9_000, 9_000), b"\x89PNG" + b"0" * pictures.MAX_BYTES):
        with pytest.raises(UnusablePicture, match="at most|limit"):
            read_square(encoded, SIDE)
    with pytest.raises(UnusablePicture, match="unreadable"):
        read_square(b"GIF89a" + b"0" * 50, SIDE)


def test_pictures_are_turned_upright_laid_on_white_and_cut_to_the_middle():
    wide = np.zeros((40, 120, 3), np.uint8)
    wide[:, 40:80] = (10, 200, 10)
    buffer = io.BytesIO()
    Image.fromarray(wide).save(buffer, "PNG")
    assert (read_square(buffer.getvalue(), 40) == (10, 200, 10)).all()
    turned = Image.new("RGB", (64, 64), (200, 0, 0))
    turned.paste((0, 0, 200), (0, 0, 64, 32))
    exif = turned.getexif()
    exif[0x0112] = 6  # shown turned by 90 degrees clockwise: the top becomes the right
    buffer = io.BytesIO()
    turned.save(buffer, "JPEG", exif=exif, quality=95)
    upright = read_square(buffer.getvalue(), 64)
    assert upright[32, 60, 2] > 150 and upright[32, 4, 0] > 150
    buffer = io.BytesIO()
    Image.new("RGBA", (32, 32), (255, 0, 0, 0)).save(buffer, "PNG")
    assert (read_square(buffer.getvalue(), 32) == 255).all()


def _style(**changes) -> SketchStyle:
    return SketchStyle(
        **{
            "thickness_px": 1.0,
            "wobble_px": 0.0,
            "simplify_px": 1.0,
            "keep_inner": 1.0,
            "gap": 0.0,
            "fill_dots": False,
            "detector": False,
            **changes,
        }
    )


def test_redrawn_lines_lose_short_ones_gaps_and_straightness_as_asked():
    lines = np.zeros((256, 256), np.uint8)
    cv2.circle(lines, (128, 128), 90, 255, 2)
    cv2.circle(lines, (128, 128), 12, 255, 2)

    def drawn(**changes) -> np.ndarray:
        return redraw(lines, _style(**changes), np.random.default_rng(3))

    assert np.array_equal(drawn(), lines) and np.array_equal(drawn(detector=True, wobble_px=9.0), lines)
    outline = drawn(keep_inner=0.0)
    assert outline[38, 128] and not outline[100:156, 100:156].any()
    share = (drawn(gap=0.3) > 0).sum() / (lines > 0).sum()
    assert 0.6 < share < 0.8
    assert (drawn(thickness_px=6.0) > 0).sum() > 2 * (lines > 0).sum()
    reach = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    assert ((drawn(wobble_px=8.0) > 127) & (reach == 0)).sum() > 0.2 * (lines > 0).sum()
