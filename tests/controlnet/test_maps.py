"""The contract every detector in controlnet/maps/ keeps; a new file there is found by listing the folder."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

import controlnet.maps
from controlnet.maps import detector_names, load_detector, strokes
from sprint_live.errors import ArgumentError

NAMES = detector_names()


def drawing(side: int = 160, paper: int = 255, ink: int = 0, width: int = 5) -> np.ndarray:
    page = np.full((side, side), paper, np.uint8)
    cv2.circle(page, (side // 2, side // 2), side // 4, ink, width, cv2.LINE_AA)
    return page


def test_the_folder_is_the_list() -> None:
    files = {path.stem for path in Path(controlnet.maps.__path__[0]).glob("*.py")} - {"__init__"}
    assert set(NAMES) == files and {"strokes", "canny"} <= files
    with pytest.raises(ArgumentError, match="strokes"):
        load_detector("nonsense")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channels", [(), (3,)])
def test_shape_type_purity_and_determinism(name: str, channels: tuple[int, ...]) -> None:
    detect = load_detector(name)
    page = np.ascontiguousarray(np.broadcast_to(drawing()[:120].reshape(120, 160, *(1,) * len(channels)), (120, 160, *channels)))
    before = page.copy()
    found = detect(page)
    assert found.shape == (120, 160) and found.dtype == np.uint8
    assert np.array_equal(page, before)
    assert np.array_equal(found, detect(page))
    page.setflags(write=False)
    assert np.array_equal(found, detect(page))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (250, 235, 200)])
def test_a_blank_page_has_no_line(name: str, colour: tuple[int, int, int]) -> None:
    page = np.full((64, 96, 3), colour, np.uint8)
    assert not load_detector(name)(page).any()
    assert not load_detector(name)(np.ascontiguousarray(page[..., 0])).any()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255), (255, 120), (90, 240)])
def test_lines_are_white_where_they_were_drawn(name: str, paper: int, ink: int) -> None:
    found = load_detector(name)(drawing(paper=paper, ink=ink))
    near = cv2.dilate((drawing() < 128).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert found.max() == 255
    assert not found[~near].any()
    angles = np.linspace(0, 2 * np.pi, 90)
    hit = [
        found[round(80 + 40 * np.sin(a)) - 5 : round(80 + 40 * np.sin(a)) + 6, round(80 + 40 * np.cos(a)) - 5 : round(80 + 40 * np.cos(a)) + 6].max() > 128
        for a in angles
    ]
    assert all(hit)


def test_black_ink_on_white_is_the_negative_and_polarity_does_not_matter() -> None:
    page = drawing()
    negative = 255 - page
    negative[negative < strokes.NOISE_U8] = 0
    assert np.array_equal(strokes.detect(page), negative)
    assert np.array_equal(strokes.detect(page), strokes.detect(255 - page))


def test_strokes_see_coloured_ink_and_ignore_grain_and_specks() -> None:
    yellow = np.full((80, 80, 3), 255, np.uint8)
    cv2.line(yellow, (20, 40), (60, 40), (255, 255, 0), 4)
    assert strokes.detect(yellow)[40, 40] == 255
    rng = np.random.default_rng(0)
    assert not strokes.detect(rng.integers(236, 256, (80, 80)).astype(np.uint8)).any()
    speck = np.full((80, 80), 255, np.uint8)
    speck[40, 40] = 0
    assert not strokes.detect(speck).any()


def test_a_large_filled_shape_stays_ink() -> None:
    page = np.full((100, 100), 255, np.uint8)
    cv2.circle(page, (50, 50), 46, 0, -1)  # two thirds of the page are dark: the most frequent colour is not the paper
    found = strokes.detect(page)
    assert found[50, 50] == 255 and found[1, 1] == 0
