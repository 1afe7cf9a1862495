"""What a person painted keeps its color: an area whose picture missed it is moved there, everything else stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from controlnet.maps import keep_colors, spread_colors
from sprint_live.eval.colored_areas import color_distance

SIDE = 256
BLUE, RED = (47, 127, 214), (215, 51, 43)
GOLD = np.float32([0.85, 0.62, 0.2])


def lines_of_two_boxes() -> np.ndarray:
    lines = np.zeros((SIDE, SIDE), np.uint8)
    cv2.rectangle(lines, (20, 60), (120, 200), 255, 4)
    cv2.rectangle(lines, (140, 60), (240, 200), 255, 4)
    return lines


def box(number: int) -> np.ndarray:
    """(S, S) bool: inside of a box, away from its lines."""
    inside = np.zeros((SIDE, SIDE), bool)
    inside[68:192, 28 + 120 * number : 112 + 120 * number] = True
    return inside


def paint(*fills: tuple[int, tuple[int, int, int]]) -> np.ndarray:
    colors = np.zeros((SIDE, SIDE, 4), np.uint8)
    for number, color in fills:
        cv2.circle(colors, (70 + 120 * number, 130), 20, (*color, 255), -1)
    return spread_colors(lines_of_two_boxes(), colors)


def shaded(color: np.ndarray) -> np.ndarray:
    """A picture (S, S, 3): one color, lit from the left, with grain; ink along the lines."""
    rng = np.random.default_rng(0)
    light = np.linspace(1.1, 0.8, SIDE)[None, :, None] + 0.03 * rng.standard_normal((SIDE, SIDE, 1))
    picture = (color * light).clip(0, 1)
    picture[lines_of_two_boxes() > 0] = 0.08
    return (picture * 255).round().astype(np.uint8)


def test_a_painted_area_takes_its_color_and_keeps_its_light() -> None:
    before = shaded(GOLD)
    after = keep_colors(before, lines_of_two_boxes(), paint((0, BLUE)))
    assert color_distance(before, box(0), BLUE) > 40 and color_distance(after, box(0), BLUE) < 8
    gray = [cv2.cvtColor(one, cv2.COLOR_RGB2GRAY)[box(0)] for one in (before, after)]
    assert np.corrcoef(*gray)[0, 1] > 0.95
    assert np.array_equal(before[box(1)], after[box(1)]) and np.array_equal(before[:50], after[:50])
    ink = cv2.erode(lines_of_two_boxes(), np.ones((3, 3), np.uint8)) > 0
    assert after[ink].max() < 70, "lines stay dark"


def test_each_area_is_moved_by_its_own_color() -> None:
    picture = shaded(GOLD)
    picture[:, SIDE // 2 :] = shaded(np.float32(BLUE) / 255)[:, SIDE // 2 :]
    after = keep_colors(picture, lines_of_two_boxes(), paint((0, BLUE), (1, BLUE)))
    assert max(color_distance(after, box(number), BLUE) for number in (0, 1)) < 8
    assert np.array_equal(after[box(1)], picture[box(1)]), "what has its color already is not touched"
    both = keep_colors(picture, lines_of_two_boxes(), paint((0, RED), (1, BLUE)))
    assert color_distance(both, box(0), RED) < 8 and color_distance(both, box(1), BLUE) < 8


def test_a_picture_that_is_right_or_unpainted_is_returned_as_it_is() -> None:
    picture = shaded(np.float32(BLUE) / 255)
    assert keep_colors(picture, lines_of_two_boxes(), paint((0, BLUE))) is picture
    assert keep_colors(picture, lines_of_two_boxes(), paint()) is picture


@pytest.mark.parametrize("shape", [(64, 96), (255, 131)])
def test_any_shape_and_a_photo_in_the_paint(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    photo = np.dstack([rng.integers(0, 256, (*shape, 3), np.uint8), np.full(shape, 255, np.uint8)])
    picture = rng.integers(0, 256, (*shape, 3), np.uint8)
    given = picture.copy()
    assert keep_colors(picture, np.zeros(shape, np.uint8), photo).shape == picture.shape
    assert np.array_equal(given, picture)
