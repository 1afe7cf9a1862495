"""Places behind a drawing: sound pictures, the same for equal generators, and told apart at a glance."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from sprint_live.train.data.places import Scenery, all_places

NAMES = tuple(all_places())
LOOKALIKES = {"plain", "studio", "paper"}  # of any color: a layout of colors does not tell them


SEEN, HELD_OUT = 10, 2  # seeds


@cache
def painted(name: str, seed: int) -> Scenery:
    """A picture of 64 pixels."""
    return all_places()[name].paint(64, np.random.default_rng(seed))


def thumbnail(name: str, seed: int) -> np.ndarray:
    """(192,) float32: an 8 x 8 picture of the place."""
    return cv2.resize(painted(name, seed).rgb_01, (8, 8), interpolation=cv2.INTER_AREA).ravel()


def test_the_folder_is_complete() -> None:
    assert 20 <= len(NAMES) <= 22
    assert {"plain", "studio"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_sound(name: str) -> None:
    place = all_places()[name]
    for side, made in (
        (64, painted(name, 0)),
        (64, painted(name, 1)),
        (300, place.paint(300, np.random.default_rng(2))),
    ):
        assert made.rgb_01.shape == (side, side, 3) and made.rgb_01.dtype == np.float32
        assert np.isfinite(made.rgb_01).all() and made.rgb_01.min() >= 0 and made.rgb_01.max() <= 1
        assert made.light.shape == (3,) and made.light.dtype == np.float32
        assert abs(float(np.linalg.norm(made.light)) - 1) < 1e-5 and made.light[1] < 0 < made.light[2]
        assert made.ambient_01.shape == (3,) and made.ambient_01.dtype == np.float32
        assert made.ambient_01.min() > 0 and made.ambient_01.max() <= 1
        assert (made.ground_y is None) == (place.ground is None)
        if made.ground_y is not None:
            assert abs(made.ground_y - place.ground) < 0.1
        assert made.words and all(word and word == word.lower().strip() for word in made.words)
    assert place.words and all(word == word.lower() for word in place.words + place.variants)


@pytest.mark.parametrize("name", NAMES)
def test_equal_generators_give_equal_pictures_at_any_side(name: str) -> None:
    again = all_places()[name].paint(64, np.random.default_rng(3))
    assert np.array_equal(painted(name, 3).rgb_01, again.rgb_01) and painted(name, 3).words == again.words
    large = cv2.resize(
        all_places()[name].paint(256, np.random.default_rng(3)).rgb_01, (64, 64), interpolation=cv2.INTER_AREA
    )
    assert np.abs(large - again.rgb_01).mean() < 0.01
    assert len({painted(name, seed).rgb_01.tobytes() for seed in range(SEEN)}) >= (3 if name == "plain" else SEEN)


def test_words_of_one_place_are_not_those_of_another() -> None:
    said = {}
    for name in NAMES:
        for seed in range(SEEN):
            for word in painted(name, seed).words:
                assert said.setdefault(word, name) == name, word


def test_places_nobody_asked_for_are_white_or_gray() -> None:
    """Scenes without a told place paint these with the generator of seed 7."""
    assert painted("plain", 7).rgb_01.min() == 1
    assert np.ptp(painted("studio", 7).rgb_01, axis=2).max() < 0.06


def test_places_are_told_apart_by_their_layout_of_colors() -> None:
    names = [name for name in NAMES if name not in LOOKALIKES]
    means = np.stack([np.mean([thumbnail(name, seed) for seed in range(SEEN)], 0) for name in names])
    tried = [(name, seed) for name in names for seed in range(SEEN, SEEN + HELD_OUT)]
    wrong = [one for one in tried if names[int(np.argmin(((means - thumbnail(*one)) ** 2).sum(1)))] != one[0]]
    assert len(wrong) <= 0.2 * len(tried), wrong
