"""A colored drawing taken apart: what is a line, what is paint, and the page that a model reads."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from controlnet.maps import colored_page, control_page, lines_and_colors, strokes
from controlnet.maps._colored_page import color_page
from sprint_live.errors import SketchError

DRAWINGS = sorted((Path(__file__).resolve().parents[2] / "assets/drawings").rglob("*.png"))
BLUE, RED, PASTEL = (47, 127, 214), (215, 51, 43), (255, 200, 200)


def drawing() -> np.ndarray:
    """Two boxes side by side, (1024, 1024) gray, soft edges."""
    page = np.full((1024, 1024), 255, np.uint8)
    cv2.rectangle(page, (200, 300), (500, 700), 0, 7, cv2.LINE_AA)
    cv2.ellipse(page, (740, 500), (180, 210), 20, 0, 360, 0, 7, cv2.LINE_AA)
    return page


def painted(*fills: tuple[tuple[int, int], tuple[int, int, int]]) -> np.ndarray:
    """The drawing with areas filled up to under the lines, as a program with layers shows it."""
    lines = drawing()
    paint = np.full((1024, 1024, 3), 255, np.uint8)
    for (x, y), color in fills:
        inside = cv2.floodFill((lines > 128).astype(np.uint8), None, (x, y), 2)[1] == 2
        paint[cv2.dilate(inside.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = color
    return cv2.multiply(paint, cv2.merge([lines] * 3), scale=1 / 255)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_in_black_and_white_is_read_as_before(path):
    gray = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    grain = np.random.default_rng(0).integers(-4, 5, (*gray.shape, 3))
    for page in (
        gray,
        cv2.merge([gray] * 3),
        255 - gray,
        np.clip(cv2.merge([gray] * 3) + grain, 0, 255).astype(np.uint8),
    ):
        assert np.array_equal(control_page(page), strokes.detect(page))


def test_filled_areas_are_paint_and_the_lines_stay_those_of_the_bare_drawing():
    lines, colors = lines_and_colors(painted(((350, 500), BLUE), ((740, 500), RED)))
    apart = np.abs(lines.astype(int) - strokes.detect(drawing()))
    assert apart.max() <= 64 and apart.mean() < 0.1  # soft edges, too
    for (x, y), color in (((350, 500), BLUE), ((740, 500), RED)):
        assert tuple(colors[y, x]) == (*color, 255)
    for left in range(205, 230):  # up to the line the paint has one color: no dark rim
        rim = colors[500, left]
        assert rim[3] == 0 or np.abs(rim[:3].astype(int) - BLUE).max() <= 3
    assert not colors[100, 100].any() and 0.2 < (colors[..., 3] > 0).mean() < 0.24


def test_pastel_is_paint_and_black_gray_and_white_are_not():
    _, colors = lines_and_colors(painted(((350, 500), PASTEL), ((740, 500), (90, 90, 90))))
    assert tuple(colors[500, 350]) == (*PASTEL, 255) and not colors[500, 740].any()
    _, none = lines_and_colors(painted(((350, 500), (90, 90, 90))))
    assert none is None


@pytest.mark.parametrize("width", [3, 6])
def test_a_thin_colored_pen_draws_lines(width):
    page = cv2.merge([drawing()] * 3)
    cv2.line(page, (260, 400), (440, 640), RED, width, cv2.LINE_AA)
    assert np.array_equal(control_page(page), strokes.detect(page))
    cv2.line(page, (300, 350), (460, 560), BLUE, 30, cv2.LINE_AA)  # a brush beside it
    lines, colors = lines_and_colors(page)
    assert lines[620, 425] > 100 and not colors[620, 425].any() and tuple(colors[455, 380]) == (*BLUE, 255)


def test_a_page_without_a_black_line_or_on_colored_or_dark_paper_is_all_lines():
    blob = np.full((512, 512, 3), 255, np.uint8)
    cv2.circle(blob, (256, 256), 90, RED, -1, cv2.LINE_AA)
    paper = painted(((350, 500), RED))
    blue = np.where(paper == 255, np.array([60, 90, 200], np.uint8), paper)
    dark = 255 - cv2.merge([drawing()] * 3)
    cv2.circle(dark, (740, 500), 60, RED, -1)
    for page in (blob, blue, dark):
        assert np.array_equal(control_page(page), strokes.detect(page))


def test_the_quick_page_is_the_one_that_is_trained_on():
    rng = np.random.default_rng(0)
    lines = rng.integers(0, 256, (64, 64), np.uint8) * rng.integers(0, 2, (64, 64), np.uint8)
    paint = rng.integers(0, 256, (64, 64, 3), np.uint8)
    painted_u8 = rng.choice(np.array([0, 90, 255], np.uint8), (64, 64))
    premultiplied = (paint * (painted_u8[..., None] / 255)).round().astype(np.uint8)
    quick = colored_page(lines, np.dstack([premultiplied, painted_u8])).astype(int)
    assert np.abs(quick - color_page(lines, paint, painted_u8)).max() <= 2
    whole = np.full((64, 64), 255, np.uint8)
    bare = colored_page(0 * lines, np.dstack([paint, whole])).astype(int)
    assert np.abs(bare - color_page(0 * lines, paint, whole)).max() <= 1
    assert (colored_page(whole, np.dstack([paint, whole])) == 255).all(), "a line covers paint"


def test_what_is_no_picture_is_refused():
    with pytest.raises(SketchError, match="got .*accepted: .*fix: "):
        control_page(np.zeros((4, 4, 4), np.uint8))
