"""A photo becomes one editable stroke: thinned and followed right, bounded, and refused in words where it cannot."""

from __future__ import annotations

import io

import cv2
import httpx
import numpy as np
import pytest
from PIL import Image

from sprint_live.errors import ArgumentError, EngineError, SketchError, SketchTooLarge
from sprint_live.live.canvas.image_decoding import MAX_PHOTO_BYTES, read_photo, with_dark_lines
from sprint_live.live.canvas.page_box import paper_box
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import LIFTED, POINT, POINT_BYTES, Stroke, Tool
from sprint_live.live.canvas.vectorize import follow, trace
from sprint_live.thinning import thin


def file_of(pixels_u8: np.ndarray, kind: str = "PNG", **options) -> bytes:
    data = io.BytesIO()
    Image.fromarray(pixels_u8).save(data, kind, **options)
    return data.getvalue()


def drawing(side: int = 600) -> np.ndarray:
    """A white ring and a cross on black, 11 px thick as cv2 draws "9": the map of a detector."""
    map_u8 = np.zeros((side, side), np.uint8)
    cv2.circle(map_u8, (side // 2, side // 2), side // 3, 255, 9)
    cv2.line(map_u8, (side // 2, side // 4), (side // 2, 3 * side // 4), 255, 9)
    cv2.line(map_u8, (side // 4, side // 2), (3 * side // 4, side // 2), 255, 9)
    return map_u8


def test_a_skeleton_is_one_pixel_wide_connected_and_in_the_middle():
    skeleton = thin(drawing() > 0)
    assert cv2.connectedComponents(skeleton.astype(np.uint8), connectivity=8)[0] - 1 == 1 + 1  # the ring, the cross
    assert not (skeleton[:-1, :-1] & skeleton[1:, :-1] & skeleton[:-1, 1:] & skeleton[1:, 1:]).any()
    rows, columns = np.nonzero(skeleton)
    distance = np.hypot(rows - 300, columns - 300)
    ring = distance > 170
    assert np.abs(distance[ring] - 200).max() <= 1.5 and ring.sum() > 1000


def test_every_pixel_of_a_skeleton_is_on_one_of_a_few_unbroken_paths():
    skeleton = thin(drawing() > 0)
    paths = follow(skeleton)
    walked = {(int(y), int(x)) for path in paths for x, y in path}
    missed = set(zip(*map(list, np.nonzero(skeleton)), strict=True)) - walked
    assert len(missed) <= 4  # of a crossing of several pixels
    long = [path for path in paths if len(path) > 20]
    assert 3 <= len(long) <= 5  # the ring and the cross, whose strokes may be whole or arms
    assert all(np.hypot(*np.diff(path, axis=0).T).max() < 1.5 for path in long)


def test_the_traced_stroke_drawn_again_is_the_map():
    map_u8 = drawing(1024)
    points = trace(map_u8)
    again = 255 - Raster().update((Stroke(1, Tool.BRUSH, 11 * 16, points),))
    near = cv2.dilate(map_u8, np.ones((5, 5), np.uint8))
    assert (again[near == 0] > 128).sum() == 0
    assert (again[map_u8 > 0] > 128).mean() > 0.93
    assert len(points) // POINT_BYTES < 200  # a ring and a cross, not a thousand pixels


def test_a_map_that_is_not_square_is_centered_and_the_pen_is_lifted_between_lines():
    map_u8 = np.zeros((300, 600), np.uint8)
    map_u8[100, 50:550] = map_u8[200, 50:550] = 255
    points = np.frombuffer(trace(map_u8), POINT)
    assert points["x"].min() / 16 == pytest.approx(50.5 / 600 * 1024, abs=2)
    assert sorted({round(float(y) / 16) for y in points["y"]}) == pytest.approx(
        [256 + 100.5 * 1024 / 600, 256 + 200.5 * 1024 / 600], abs=1
    )
    assert (points["tilt_x"] == LIFTED).sum() == 2 and points["tilt_x"][0] == LIFTED


def test_a_map_is_fitted_to_the_page_of_a_portrait_or_landscape_picture():
    square = np.zeros((300, 300), np.uint8)
    square[[20, 280], 20:280] = square[20:280, [20, 280]] = 255
    for size in ((768, 1024), (1024, 512), (1024, 1024)):
        left, top, right, bottom = paper_box(*size)
        side = min(right - left, bottom - top)
        points = np.frombuffer(trace(square, page_px=(left, top, right, bottom)), POINT)
        for axis, middle in (("x", (left + right) / 2), ("y", (top + bottom) / 2)):
            assert points[axis].min() / 16 == pytest.approx(middle - side / 2 + 20.5 / 300 * side, abs=3)
            assert points[axis].max() / 16 == pytest.approx(middle - side / 2 + 280.5 / 300 * side, abs=3)


def test_noise_is_bounded_and_nothing_is_nothing():
    noise = np.where(np.random.default_rng(0).random((256, 256)) < 0.4, 255, 0).astype(np.uint8)
    assert 0 < len(trace(noise, max_points=300)) // POINT_BYTES <= 300
    assert trace(np.zeros((64, 64), np.uint8)) == b""


def test_a_photo_is_upright_small_and_on_white():
    wide = np.zeros((300, 2000, 4), np.uint8)
    assert read_photo(file_of(wide)).shape == (154, 1024, 3) and read_photo(file_of(wide)).min() == 255
    turned = Image.Exif()
    turned[0x0112] = 6
    assert read_photo(file_of(np.zeros((40, 80, 3), np.uint8), "JPEG", exif=turned)).shape == (80, 40, 3)


def test_what_is_no_photo_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("decoded"))
    bomb = file_of(np.zeros((4100, 4100), np.uint8))
    assert len(bomb) < 100_000
    with pytest.raises(SketchTooLarge, match="4100x4100"):
        read_photo(bomb)
    with pytest.raises(SketchTooLarge, match="bytes"):
        read_photo(bytes(MAX_PHOTO_BYTES + 1))
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:])
    for data in (b"", b"GIF89a....", b"<svg/>", moving.getvalue()):
        with pytest.raises(SketchError):
            read_photo(data)


def test_a_photo_cut_short_is_refused():
    with pytest.raises(SketchError, match="readable"):
        read_photo(file_of(np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8))[:-500])


def test_polarity_is_told_by_the_border_or_by_the_person():
    page = np.full((50, 50, 3), 250, np.uint8)
    page[20:30, 20:30] = 0
    assert np.array_equal(with_dark_lines(page, "auto"), page)
    assert np.array_equal(with_dark_lines(255 - page, "auto"), page)
    assert np.array_equal(with_dark_lines(page, "light"), 255 - page)
    with pytest.raises(ArgumentError, match="auto, dark, light"):
        with_dark_lines(page, "green")


def sent(server, data: bytes, origin: str | None = None, **query) -> httpx.Response:
    headers = {"Origin": origin} if origin else {}
    query = {"detector": "dark", **query}
    return httpx.post(
        server.base + "/photo-lines", content=data, params=query, headers=headers, timeout=20, trust_env=False
    )


def test_a_photo_sent_to_the_server_comes_back_as_points_or_as_words(live_server):
    photo = file_of(255 - np.repeat(drawing()[..., None], 3, axis=2), "JPEG")
    answer = sent(live_server, photo)
    assert (
        answer.status_code == 200 and len(answer.content) % POINT_BYTES == 0 and len(answer.content) > 30 * POINT_BYTES
    )
    again = Raster().update((Stroke(1, Tool.BRUSH, 96, answer.content),))
    assert again[512, 300] < 128 and again[100, 100] == 255
    tall = np.frombuffer(sent(live_server, photo, width=768, height=1024).content, POINT)
    whole = np.frombuffer(answer.content, POINT)
    assert np.ptp(tall["x"].astype(int)) == pytest.approx(0.75 * np.ptp(whole["x"].astype(int)), rel=0.02)
    assert "1024x512" in sent(live_server, photo, width=4000, height=1).json()["error"]  # what it accepts
    assert sent(live_server, photo, "https://evil.example").status_code == 403
    assert "4100x4100" in sent(live_server, file_of(np.zeros((4100, 4100), np.uint8))).json()["error"]
    refused = {
        sent(live_server, b"hello").status_code: 415,
        sent(live_server, bytes(MAX_PHOTO_BYTES + 1)).status_code: 413,
        sent(live_server, photo, detector="magic").status_code: 422,
    }
    assert all(got == wanted for got, wanted in refused.items()) and len(refused) == 3
    assert "no lines" in sent(live_server, photo, detector="nothing").json()["error"]
    live_server.engine.fail = EngineError("the detector is on fire")
    answer = sent(live_server, photo)
    assert answer.status_code == 500 and "on fire" in answer.json()["error"]
    assert sent(live_server, photo).status_code == 200
