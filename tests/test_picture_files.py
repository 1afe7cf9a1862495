"""One reader for page, API, command line and data build: what each format gives, and that metadata decides nothing."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from controlnet.maps import load_detector
from sprint_live.engine.sketch import read_sketch, sketch_pixels
from sprint_live.errors import SketchError, SketchTooLarge
from sprint_live.live.canvas.image_decoding import read_photo, with_dark_lines
from sprint_live.live.canvas.images import Pictures
from sprint_live.picture_metadata import orientation_in
from sprint_live.train.data.pictures import UnusablePicture, read_square
from support.paths import ROOT

SIDE = 64
GRADIENT = np.repeat(np.linspace(0, 255, SIDE).astype(np.uint8)[None], SIDE, axis=0)  # dark left, light right
READERS = {
    "command line": lambda data: np.asarray(read_sketch(data, paper="white").convert("RGB")),
    "page and API": read_photo,
    "data build": lambda data: read_square(data, SIDE),
}
every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


def file_of(image: Image.Image | np.ndarray, kind: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(name: bytes, body: bytes, checksum: int | None = None) -> bytes:
    return (
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body) if checksum is None else checksum)
    )


def png(kind: int, bits: int, rows: bytes, *extra: bytes, side: int = SIDE) -> bytes:
    """A PNG of any color type and depth; `rows` with their filter bytes."""
    header = struct.pack(">IIBBBBB", side, side, bits, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(*entries: tuple[int, int, int, bytes], rest: bytes = b"") -> bytes:
    """Exif with these (tag, type, count, four bytes)."""
    body = b"".join(struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + bytes(4) + rest


SIXTH = (0x0112, 3, 1, b"\x06\0\0\0")
ODD_EXIF = {
    "-1/0": tiff((0x011A, 10, 1, b"\x26\0\0\0"), SIXTH, rest=struct.pack("<ii", -1, 0)),
    "0/0": tiff((0x011A, 5, 1, b"\x26\0\0\0"), SIXTH, rest=bytes(8)),
    "a fraction for text": tiff((0x010F, 5, 1, b"\x26\0\0\0"), SIXTH, rest=struct.pack("<II", 1, 3)),
    "text for a fraction": tiff((0x011A, 2, 4, b"abc\0"), SIXTH),
    "past the end": tiff((0x010F, 2, 4000, b"\xff\xff\xff\0"), SIXTH),
    "an unknown type": tiff((0x010F, 99, 1, b"abcd"), SIXTH),
    "a list that leads to itself": tiff((0x8769, 4, 1, b"\x08\0\0\0"), SIXTH),
}


@every_reader
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("exif", ODD_EXIF.values(), ids=ODD_EXIF)
def test_of_exif_only_the_orientation_matters(read, kind, exif):
    pixels = read(file_of(Image.fromarray(GRADIENT).convert("RGB"), kind, exif=exif))
    assert pixels[2, 30].max() < 40 and pixels[-3, 30].min() > 215  # what was left is above


def test_exif_that_pillow_itself_would_write_back_is_read(tmp_path):
    exif = Image.Exif()
    exif[0x0112], exif[0x011A], exif[0x0131] = 6, IFDRational(-1, 0), "x"
    odd = Image.fromarray(GRADIENT)
    odd.format, odd.info["exif"] = "JPEG", ODD_EXIF["-1/0"]
    assert sketch_pixels(odd)[2, 30] < 40


@pytest.mark.parametrize(
    "exif", [b"", b"Exif\0\0", b"II", tiff((0x0112, 2, 2, b"6\0\0\0")), tiff((0x0112, 3, 1, b"\x09\0\0\0"))]
)
def test_no_orientation_is_upright(exif):
    assert orientation_in(exif) == 1 and orientation_in(ODD_EXIF["-1/0"]) == 6


@every_reader
def test_notes_in_a_file_decide_nothing(read):
    wanted = read(file_of(GRADIENT))
    rows = b"".join(b"\0" + row.tobytes() for row in GRADIENT)
    long_note = chunk(b"zTXt", b"workflow\0\0" + zlib.compress(b" " * (70 << 20)))
    for extra in (long_note, chunk(b"tEXt", b"a\0b", checksum=7), chunk(b"iCCP", b"nonsense"), chunk(b"gAMA", b"")):
        assert np.array_equal(read(png(0, 8, rows, extra)), wanted)
    jpeg = file_of(GRADIENT, "JPEG")
    for marker, body in (
        (0xE2, b"ICC_PROFILE\0\x09\x01"),
        (0xED, b"Photoshop 3.0\08BIM"),
        (0xE2, b"MPF\0oops"),
        (0xFE, b""),
    ):
        odd = jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
        assert np.array_equal(read(odd), read(jpeg))


@every_reader
def test_of_a_phones_two_pictures_the_first_is_taken(read):
    first, second = Image.fromarray(GRADIENT).convert("RGB"), Image.new("RGB", (SIDE, SIDE), "red")
    mpo = file_of(first, "MPO", save_all=True, append_images=[second])
    with Image.open(io.BytesIO(mpo)) as opened:
        assert opened.n_frames == 2
        opened.seek(1)
        assert np.abs(sketch_pixels(opened).astype(int)[..., 0] - GRADIENT).max() < 12  # also of an open one
    assert np.abs(read(mpo).astype(int)[..., 0] - GRADIENT).max() < 12
    assert np.abs(read(mpo[:-200]).astype(int)[..., 0] - GRADIENT).max() < 12  # its second is cut off


def test_moving_pictures_are_refused_by_everybody():
    frames = [Image.new("RGB", (SIDE, SIDE), color) for color in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        moving = file_of(frames[0], kind, save_all=True, append_images=frames[1:])
        for read in READERS.values():
            with pytest.raises((SketchError, UnusablePicture), match="moving"):
                read(moving)


def _rows(levels: np.ndarray, bits: int) -> bytes:
    if bits == 16:
        return b"".join(b"\0" + (row.astype(np.uint16) * 257).astype(">u2").tobytes() for row in levels)
    packed = np.unpackbits((levels >> (8 - bits))[..., None], axis=-1)[..., 8 - bits :].reshape(len(levels), -1)
    return b"".join(b"\0" + np.packbits(row).tobytes() for row in packed)


@every_reader
@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_every_depth_of_gray_keeps_dark_and_light(read, bits):
    pixels = read(png(0, bits, _rows(GRADIENT, bits)))
    assert pixels[30, 0].max() < 10 and pixels[30, -1].min() > 245
    assert abs(int(pixels[30, 40, 0]) - GRADIENT[30, 40]) <= 256 >> bits
    clear_dark = png(0, bits, _rows(GRADIENT, bits), chunk(b"tRNS", b"\0\0"))
    assert read(clear_dark)[30, 0].min() == 255 and read(clear_dark)[30, -1].min() > 245
    light = (1 << bits) - 1
    black_stays = read(png(0, bits, _rows(GRADIENT, bits), chunk(b"tRNS", struct.pack(">H", light))))
    assert black_stays[30, 0].max() < 10 and black_stays[30, -1].min() == 255


@every_reader
def test_palettes_alpha_and_every_kind_of_jpeg(read):
    color = np.stack([GRADIENT, GRADIENT.T, np.full_like(GRADIENT, 128)], axis=-1)
    for image in (
        Image.fromarray(color).quantize(64),
        Image.fromarray(GRADIENT).convert("LA"),
        Image.fromarray(GRADIENT).convert("RGBA"),
    ):
        assert read(file_of(image))[30, 2, 0] < 40 < 200 < read(file_of(image))[30, -3, 0]
    clear = Image.new("P", (SIDE, SIDE), 0)
    clear.putpalette([0, 0, 0, 10, 20, 30])
    clear.paste(1, (0, 0, 32, SIDE))
    pixels = read(file_of(clear, transparency=0))
    assert pixels[30, 10].max() < 40 and pixels[30, 50].min() == 255
    for mode in ("L", "RGB", "CMYK"):
        jpeg = file_of(Image.fromarray(color).convert(mode), "JPEG", quality=95)
        assert read(jpeg).shape == (SIDE, SIDE, 3) and read(jpeg)[10, 2, 0] < 60
    deep = png(
        2,
        16,
        b"".join(b"\0" + np.repeat(row, 3).astype(">u2").tobytes() for row in GRADIENT.astype(np.uint16) * 257),
        chunk(b"tRNS", struct.pack(">HHH", 65535, 65535, 65535)),
    )
    assert read(deep)[30, 0].max() < 10 and read(deep)[30, -1].min() == 255


def test_a_photo_of_many_megapixels_is_read_at_a_fraction():
    photo = np.zeros((4000, 6000), np.uint8)
    photo[:, 3000:] = 255
    jpeg = file_of(photo, "JPEG")
    assert np.asarray(read_sketch(jpeg)).shape == (2000, 3000)
    small = read_photo(jpeg)
    assert small.shape == (683, 1024, 3) and small[300, 100].max() < 10 and small[300, -100].min() > 245
    assert sketch_pixels(Image.open(io.BytesIO(jpeg))).shape == (2000, 3000)
    assert sketch_pixels(Image.open(io.BytesIO(file_of(GRADIENT, "JPEG")))).shape == GRADIENT.shape
    with pytest.raises(SketchTooLarge, match="a JPEG up to"):
        read_sketch(file_of(np.zeros((6000, 8000), np.uint8), "JPEG", progressive=True))
    for kind in ("PNG", "WEBP"):
        with pytest.raises(SketchTooLarge, match="6000x4000.*fix"):
            read_photo(file_of(photo, kind))


def test_light_ink_on_transparency_is_drawn():
    strokes = load_detector("strokes")
    for ink in (0, 255, 230):
        drawing = Image.new("RGBA", (SIDE, SIDE), (ink, ink, ink, 0))
        drawing.paste((ink, ink, ink, 255), (10, 30, 54, 33))
        for clear in (drawing, drawing.convert("LA"), np.asarray(drawing)):
            assert strokes(sketch_pixels(clear))[31, 30] == 255
        dark_lines = with_dark_lines(read_photo(file_of(drawing), paper="auto"), "auto")
        assert dark_lines[31, 30].max() < 60 and dark_lines[5, 5].min() > 200
        large = drawing.resize((2000, 2000), Image.Resampling.NEAREST)
        assert with_dark_lines(read_photo(file_of(large), paper="auto"), "auto")[480, 480].max() < 60
        assert read_photo(file_of(drawing))[5, 5].min() == 255  # a picture in color lies on white
    filled = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    filled.paste((0, 0, 0, 255), (8, 8, 56, 56))
    filled.paste((255, 255, 255, 255), (12, 12, 52, 52))
    assert strokes(sketch_pixels(filled))[10, 30] == 255 and strokes(sketch_pixels(filled))[30, 30] == 0
    assert not strokes(sketch_pixels(Image.new("RGBA", (SIDE, SIDE), (255, 255, 255, 0)))).any()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "HSV", "I;16"])
def test_a_control_image_of_any_mode_is_taken(mode):
    lines = Image.new("L", (SIDE, SIDE), 0)
    lines.paste(255, (10, 30, 54, 33))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(lines).astype(np.uint16) * 257)
    else:
        image = (lines if mode in ("1", "L", "P", "LA") else lines.convert("RGB")).convert(mode)
    assert load_detector("strokes")(sketch_pixels(image))[31, 30] == 255
    flat = np.asarray(lines)
    for array in (flat, flat > 0, flat[..., None], np.dstack([flat] * 3)):
        assert load_detector("strokes")(sketch_pixels(array))[31, 30] == 255


def test_a_picture_that_is_pasted_is_judged_by_the_same_reader():
    pictures = Pictures()
    for number, exif in enumerate(ODD_EXIF.values()):
        data = file_of(Image.fromarray(GRADIENT).convert("RGB"), "JPEG", exif=exif)
        pictures.give(bytes([number]) * 16, data, ())
        assert pictures.pixels(bytes([number]) * 16)[2, 30].max() < 40


def test_the_guide_has_the_table():
    guide = (ROOT / "assets" / "guides" / "pictures.md").read_text("utf-8")
    head = next(line for line in guide.splitlines() if line.startswith("| format"))
    for column in ("depth", "alpha", "palette", "profile", "orientation", "frames"):
        assert column in head
    assert {"PNG", "JPEG", "MPO", "WebP"} <= {
        line.split("|")[1].strip().split()[0] for line in guide.splitlines() if line.startswith("| ")
    }
    assert Path(__file__).name in guide
