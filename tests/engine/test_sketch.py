"""Every kind of drawing that is accepted, and every kind that is refused before it is decoded."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image

from sprint_live.engine.sketch import MAX_BYTES, fit_page, fit_square, grow_lines, read_sketch, sketch_pixels
from sprint_live.errors import SketchError, SketchTooLarge


def encoded(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A small valid PNG that claims width x height gray pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PICTURE = Image.fromarray((np.arange(48 * 64 * 3) % 251).astype(np.uint8).reshape(48, 64, 3))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_accepted_formats(kind: str, tmp_path) -> None:
    data = encoded(PICTURE, kind)
    assert read_sketch(data).size == (64, 48)
    (tmp_path / "a").write_bytes(data)
    assert np.array_equal(np.asarray(read_sketch(tmp_path / "a")), np.asarray(read_sketch(data)))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", SketchError),
        (b"hello", SketchError),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", SketchError),
        (encoded(PICTURE, "GIF"), SketchError),
        (encoded(PICTURE)[:200], SketchError),
        (encoded(PICTURE, "JPEG")[:500], SketchError),
        (encoded(PICTURE, "WEBP")[:60], SketchError),
        (encoded(PICTURE, "WEBP", save_all=True, append_images=[PICTURE.rotate(90)]), SketchError),
        (bomb_png(20_000, 20_000), SketchTooLarge),
        (bomb_png(5_000, 5_000), SketchTooLarge),
        (b"\x89PNG" + b"0" * MAX_BYTES, SketchTooLarge),
    ],
    ids=["empty", "text", "svg", "gif", "cut png", "cut jpeg", "cut webp", "animated", "400 MP", "25 MP", "32 MiB"],
)
def test_refused_files(data: bytes, error: type) -> None:
    with pytest.raises(error, match="fix: ") as caught:
        read_sketch(data)
    assert type(caught.value) is error


def test_a_bomb_is_refused_without_being_decoded() -> None:
    tracemalloc.start()
    with pytest.raises(SketchTooLarge):
        read_sketch(bomb_png(20_000, 20_000))
    with pytest.raises(SketchTooLarge):
        sketch_pixels(Image.open(io.BytesIO(bomb_png(9_000, 9_000))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(SketchError, match="nowhere.png"):
        read_sketch(tmp_path / "nowhere.png")


def test_transparency_lies_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    clear.putpixel((4, 4), (0, 0, 0, 255))
    expected = np.full((8, 8, 3), 255, np.uint8)
    expected[4, 4] = 0
    assert np.array_equal(sketch_pixels(clear), expected)
    assert np.array_equal(sketch_pixels(np.asarray(clear)), expected)
    half = np.full((2, 2, 4), (0, 0, 0, 128), np.uint8)
    assert sketch_pixels(half)[0, 0].tolist() == [127, 127, 127]


def test_a_phone_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held a quarter turn to the left
    marked = Image.new("L", (64, 48), 255)
    marked.paste(0, (0, 0, 16, 16))
    upright = np.asarray(read_sketch(encoded(marked, "JPEG", exif=exif.tobytes())))
    assert upright.shape == (64, 48)
    assert upright[4, -4] < 60 and upright[4, 4] > 200


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "CMYK", "I;16"])
def test_modes_keep_dark_and_light(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.full((8, 8), 65535, np.uint16))
        image.putpixel((2, 2), 0)
    else:
        image = Image.new("RGB", (8, 8), "white")
        image.putpixel((2, 2), (0, 0, 0))
        image = image.convert(mode)
    pixels = sketch_pixels(image)
    assert pixels.dtype == np.uint8
    assert np.all(pixels[2, 2] < 30) and np.all(pixels[0, 0] > 225)


@pytest.mark.parametrize(
    "sketch",
    [
        None,
        "drawing.png",
        [[0, 1]],
        np.zeros((4, 4), np.float32),
        np.zeros((4, 4), np.int64),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros((1, 4, 4, 3), np.uint8),
        np.zeros((0, 4), np.uint8),
        np.zeros(4, np.uint8),
        Image.fromarray(np.zeros((4, 4), np.float32)),
    ],
)
def test_refused_objects(sketch: object) -> None:
    with pytest.raises(SketchError, match="got .*accepted: .*fix: "):
        sketch_pixels(sketch)


def test_too_many_pixels_in_an_array_cost_nothing() -> None:
    with pytest.raises(SketchTooLarge):
        sketch_pixels(np.lib.stride_tricks.as_strided(np.zeros(1, np.uint8), (20_000, 20_000), (0, 0)))


def test_fit_square_centers_and_touches() -> None:
    wide = np.zeros((20, 40), np.uint8)
    wide[:, 0] = wide[:, -1] = 255
    fitted = fit_square(wide, 80)
    assert fitted.shape == (80, 80)
    rows, columns = np.flatnonzero(fitted.any(axis=1)), np.flatnonzero(fitted.any(axis=0))
    assert (rows[0], rows[-1]) == (20, 59) and (columns[0], columns[-1]) == (0, 79)
    same = np.zeros((64, 64), np.uint8)
    assert fit_square(same, 64) is same
    assert fit_square(np.full((1, 500), 255, np.uint8), 64).any()
    page = fit_page(np.full((10, 20, 3), 7, np.uint8), 64, 96, background=255)
    assert (
        page.shape == (64, 96, 3) and (page[8:56] == 7).all() and (page[:8] == 255).all() and (page[56:] == 255).all()
    )
    for height, width in (
        (1216, 832),
        (832, 1216),
        (1024, 1024),
        (1152, 896),
        (512, 1024),
    ):  # the paper of each fills it
        longer = max(height, width)
        paper = np.full([2 * (1024 * side // (2 * longer)) for side in (height, width)], 7, np.uint8)
        assert fit_page(paper, height, width).shape == (height, width) and fit_page(paper, height, width).all()
    assert fit_page(np.full((99, 100), 7, np.uint8), 100, 100)[-1].max() == 0  # a hundredth is a shape of its own
    assert (
        fit_page(np.full((10, 5), 7, np.uint8), 64, 96)[:, 32:64].all()
        and not fit_page(np.full((10, 5), 7, np.uint8), 64, 96)[:, :32].any()
    )


@pytest.mark.parametrize(("size", "wider"), [(1024, 8), (512, 4)])
def test_lines_grow_by_as_much_as_asked_at_any_size(size: int, wider: int) -> None:
    lines = np.zeros((size, size), np.uint8)
    lines[:, 100:104] = 255
    assert (grow_lines(lines, 8.0)[size // 2] > 0).sum() == 4 + wider
    assert grow_lines(lines, 0.0) is lines and not grow_lines(np.zeros_like(lines), 8.0).any()
