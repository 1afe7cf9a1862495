"""Comic scenes: what is drawn is colored in, what is not drawn is not there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.train.data.colors import BY_WORD, any_color
from sprint_live.train.data.comic import color_in

SIDE = 256
RED, BLUE, PAGE = (200, 60, 60), (40, 60, 200), (255, 255, 230)
STILL = np.zeros((SIDE, SIDE, 2))


@pytest.fixture
def scene() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(picture, backdrop, owner): a red square with a blue one in it on a light page."""
    backdrop = np.full((SIDE, SIDE, 3), PAGE, np.uint8)
    picture = backdrop.copy()
    picture[64:192, 64:192] = RED
    picture[100:156, 100:156] = BLUE
    owner = np.zeros((SIDE, SIDE), np.uint8)
    owner[64:192, 64:192] = 1
    return picture, backdrop, owner


def _box(low: int, high: int, *, gap_px: int = 0) -> np.ndarray:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    cv2.rectangle(ink, (low, low), (high, high), 255, 3)
    ink[low - 3 : low + 4, 128 : 128 + gap_px] = 0
    return ink


def _is(pixel: np.ndarray, color: tuple[int, int, int]) -> bool:
    return np.abs(pixel.astype(int) - color).max() <= 14


def test_an_area_that_is_drawn_keeps_its_color_and_a_detail_nobody_drew_is_not_there(scene) -> None:
    drawn = color_in(*scene, STILL, _box(64, 191) | _box(100, 155))
    assert _is(drawn[128, 128], BLUE) and _is(drawn[80, 128], RED)
    without = color_in(*scene, STILL, _box(64, 191))
    assert _is(without[128, 128], RED) and _is(without[80, 128], RED)
    assert without[64, 150].max() < 60  # the line itself is ink


def test_a_gap_lets_no_color_out_and_a_small_one_parts_two_colors_all_the_same(scene) -> None:
    broken = color_in(*scene, STILL, _box(64, 191, gap_px=30) | _box(100, 155, gap_px=5))
    assert _is(broken[52, 140], PAGE) and _is(broken[20, 20], PAGE)
    assert _is(broken[84, 130], RED) and _is(broken[128, 128], BLUE)
    wide = color_in(*scene, STILL, _box(64, 191) | _box(100, 155, gap_px=30))
    assert _is(wide[128, 128], tuple(wide[80, 128]))  # through a wide one they are one area


def test_colors_move_along_with_a_hand_that_drew_beside_the_truth(scene) -> None:
    moved = color_in(*scene, STILL + np.array((20, 0)), np.roll(_box(64, 191), 20, axis=1))
    assert _is(moved[128, 200], RED) and _is(moved[128, 74], PAGE)


def test_an_area_is_darker_toward_its_lines(scene) -> None:
    drawn = color_in(*scene, STILL, _box(64, 191)).astype(int)
    assert drawn[128, 69].sum() < drawn[128, 80].sum() < drawn[128, 128].sum()


def test_words_for_colors_are_true_of_them() -> None:
    rng, seen = np.random.default_rng(0), set()
    for _ in range(600):
        color, words = any_color(rng)
        plain = BY_WORD[color.word]
        shade, _, rest = words.rpartition(" ")
        assert rest in (color.word, *plain.also)
        assert {
            "light": color.value > plain.value or color.saturation < plain.saturation,
            "dark": color.value < plain.value,
            "": color == plain,
        }[shade], words
        seen.add(words)
    assert {"golden", "violet", "grey", "light blue", "dark green", "red"} <= seen
    assert not seen & {"light black", "dark white"}
