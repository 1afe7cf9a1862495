"""Comic scenes: what is drawn is coloured in, what is not drawn is not there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.train.data.colours import BY_WORD, any_colour
from sprint_live.train.data.comic import colour_in

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


def _is(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return np.abs(pixel.astype(int) - colour).max() <= 14


def test_an_area_that_is_drawn_keeps_its_colour_and_a_detail_nobody_drew_is_not_there(scene) -> None:
    drawn = colour_in(*scene, STILL, _box(64, 191) | _box(100, 155))
    assert _is(drawn[128, 128], BLUE) and _is(drawn[80, 128], RED)
    without = colour_in(*scene, STILL, _box(64, 191))
    assert _is(without[128, 128], RED) and _is(without[80, 128], RED)
    assert without[64, 150].max() < 60  # the line itself is ink


def test_a_gap_lets_no_colour_out_and_a_small_one_parts_two_colours_all_the_same(scene) -> None:
    broken = colour_in(*scene, STILL, _box(64, 191, gap_px=30) | _box(100, 155, gap_px=5))
    assert _is(broken[52, 140], PAGE) and _is(broken[20, 20], PAGE)
    assert _is(broken[84, 130], RED) and _is(broken[128, 128], BLUE)
    wide = colour_in(*scene, STILL, _box(64, 191) | _box(100, 155, gap_px=30))
    assert _is(wide[128, 128], tuple(wide[80, 128]))  # through a wide one they are one area


def test_colours_move_along_with_a_hand_that_drew_beside_the_truth(scene) -> None:
    moved = colour_in(*scene, STILL + np.array((20, 0)), np.roll(_box(64, 191), 20, axis=1))
    assert _is(moved[128, 200], RED) and _is(moved[128, 74], PAGE)


def test_an_area_is_darker_towards_its_lines(scene) -> None:
    drawn = colour_in(*scene, STILL, _box(64, 191)).astype(int)
    assert drawn[128, 69].sum() < drawn[128, 80].sum() < drawn[128, 128].sum()


def test_words_for_colours_are_true_of_them() -> None:
    rng, seen = np.random.default_rng(0), set()
    for _ in range(600):
        colour, words = any_colour(rng)
        plain = BY_WORD[colour.word]
        shade, _, rest = words.rpartition(" ")
        assert rest in (colour.word, *plain.also)
        assert {
            "light": colour.value > plain.value or colour.saturation < plain.saturation,
            "dark": colour.value < plain.value,
            "": colour == plain,
        }[shade], words
        seen.add(words)
    assert {"golden", "violet", "grey", "light blue", "dark green", "red"} <= seen
    assert not seen & {"light black", "dark white"}
