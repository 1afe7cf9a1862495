"""The contract every detector in controlnet/maps/ keeps; a new file there is found by listing the folder."""

from __future__ import annotations

import importlib
from pathlib import Path

import cv2
import numpy as np
import pytest

import controlnet.maps
from controlnet.maps import MAX_PIXELS, detector_names, detector_titles, load_detector, strokes
from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge

NAMES = detector_names()
EXACT = ("strokes", "canny", "difference_of_gaussians")  # these answer within 4 px of the ink and nowhere else


def drawing(side: int = 160, paper: int = 255, ink: int = 0, width: int = 5) -> np.ndarray:
    page = np.full((side, side), paper, np.uint8)
    cv2.circle(page, (side // 2, side // 2), side // 4, ink, width, cv2.LINE_AA)
    return page


def test_the_folder_is_the_list() -> None:
    files = {path.stem for path in Path(controlnet.maps.__path__[0]).glob("*.py") if not path.stem.startswith("_")}
    assert set(NAMES) == files and {*EXACT, "hed_soft", "hed_scribble"} <= files
    with pytest.raises(ArgumentError, match="strokes"):
        load_detector("nonsense")
    with pytest.raises(ArgumentError, match="strokes"):
        load_detector("_thickness")


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    module = importlib.import_module(f"controlnet.maps.{name}")
    title = detector_titles()[name]
    assert title == module.TITLE and 0 < len(title) <= 60 and "\n" not in title
    description = module.__doc__.splitlines()[0]
    assert description.endswith((".", ":")) and len(description) <= 120


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channels", [(), (3,)])
def test_shape_type_purity_and_determinism(name: str, channels: tuple[int, ...]) -> None:
    detect = load_detector(name)
    page = np.ascontiguousarray(
        np.broadcast_to(drawing()[:120].reshape(120, 160, *(1,) * len(channels)), (120, 160, *channels))
    )
    before = page.copy()
    found = detect(page)
    assert found.shape == (120, 160) and found.dtype == np.uint8
    assert np.array_equal(page, before)
    assert np.array_equal(found, detect(page))
    page.setflags(write=False)
    assert np.array_equal(found, detect(page))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("color", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (250, 235, 200)])
def test_a_blank_page_has_no_line(name: str, color: tuple[int, int, int]) -> None:
    page = np.full((64, 96, 3), color, np.uint8)
    assert not load_detector(name)(page).any()
    assert not load_detector(name)(np.ascontiguousarray(page[..., 0])).any()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255), (255, 120), (90, 240)])
def test_lines_are_white_where_they_were_drawn(name: str, paper: int, ink: int) -> None:
    found = load_detector(name)(drawing(paper=paper, ink=ink))
    reach, faintest, brightest = (4, 0, 255) if name in EXACT else (10, 127, 240)
    near = cv2.dilate((drawing() < 128).astype(np.uint8), np.ones((2 * reach + 1,) * 2, np.uint8)) > 0
    assert found.max() >= brightest
    assert not (found > faintest)[~near].any()
    angles = np.linspace(0, 2 * np.pi, 90)
    hit = [
        found[
            round(80 + 40 * np.sin(a)) - 5 : round(80 + 40 * np.sin(a)) + 6,
            round(80 + 40 * np.cos(a)) - 5 : round(80 + 40 * np.cos(a)) + 6,
        ].max()
        > 128
        for a in angles
    ]
    assert all(hit)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (3, 2, 3), (17, 33, 3)])
def test_tiny_and_odd_pictures_work(name: str, shape: tuple[int, ...]) -> None:
    image_u8 = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    found = load_detector(name)(image_u8)
    assert found.shape == shape[:2] and found.dtype == np.uint8


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_picture_is_refused(name: str) -> None:
    detect = load_detector(name)
    page = drawing()
    for bad in (
        None,
        page.tolist(),
        page.astype(np.float32),
        page[:0],
        page[None, ..., None],
        np.zeros((4, 4, 4), np.uint8),
    ):
        with pytest.raises(SketchError, match="got .*accepted: .*fix: "):
            detect(bad)
    huge = np.lib.stride_tricks.as_strided(
        np.zeros(1, np.uint8), (MAX_PIXELS // 1000, 1001), (0, 0)
    )  # one byte of memory
    with pytest.raises(SketchTooLarge, match=str(MAX_PIXELS)):
        detect(huge)


def test_black_ink_on_white_is_the_negative_and_polarity_does_not_matter() -> None:
    page = drawing()
    negative = 255 - page
    negative[negative < strokes.NOISE_U8] = 0
    assert np.array_equal(strokes.detect(page), negative)
    assert np.array_equal(strokes.detect(page), strokes.detect(255 - page))


def test_strokes_see_colored_ink_and_ignore_grain_and_specks() -> None:
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
    cv2.circle(page, (50, 50), 46, 0, -1)  # two thirds of the page are dark: the most frequent color is not the paper
    found = strokes.detect(page)
    assert found[50, 50] == 255 and found[1, 1] == 0
