"""Every score on pictures whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.errors import PromptError
from sprint_live.eval import edges
from sprint_live.eval.colors import ASKED, WORDS, dominant_word, follows_color, word_indices, word_shares
from sprint_live.eval.differences import difference, object_lab, pairwise
from sprint_live.eval.intervals import interval
from sprint_live.eval.outline import distance_px, enclosed
from sprint_live.eval.prompts import noun_of, phrase
from sprint_live.thinning import thin
from support.models.painter import RGB, SIDE, disc, disc_drawing


def edge_scores(picture_u8: np.ndarray, ink: np.ndarray) -> tuple[float, float]:
    return edges.edge_scores(picture_u8, ink=ink, lines=thin(ink))


@pytest.mark.parametrize(
    ("prompt", "noun"),
    [
        ("a cat", "cat"),
        ("a green apple", "apple"),
        ("an orange fish on a blue background", "fish"),
        ("a yellow star on a purple background", "star"),
        ("a mushroom, flat", "mushroom"),
        ("a smiling face", "smiling face"),
        ("3d, a light blue boat, pink background", "boat"),
        ("a boat against the dark gray background", "boat"),
        ("The gray dog white background, cartoon", "dog"),
        ("an orange", "orange"),
        ("a cat with a hat on a light pink background", "cat with hat"),
    ],
)
def test_noun_of(prompt: str, noun: str) -> None:
    assert noun_of(prompt) == noun


@pytest.mark.parametrize("prompt", ["", "a", "on a blue background", "flat", "a, 3d"])
def test_a_prompt_without_a_noun_is_refused(prompt: str) -> None:
    with pytest.raises(PromptError, match="object"):
        noun_of(prompt)


def test_phrase_takes_the_right_article() -> None:
    assert [phrase("cat"), phrase("apple"), phrase("apple", "red"), phrase("cat", "orange")] == [
        "a cat",
        "an apple",
        "a red apple",
        "an orange cat",
    ]


@pytest.mark.parametrize("width", [1, 2, 4, 5])
def test_thin_keeps_the_middle_of_a_line(width: int) -> None:
    line = np.zeros((64, 64), bool)
    line[30 : 30 + width] = True
    before = line.copy()
    rows, columns = np.nonzero(thin(line)[:, 5:-5])
    assert set(rows) <= {30 + (width - 1) // 2, 30 + width // 2} and len(set(rows)) == 1
    assert sorted(columns) == list(range(54)) and np.array_equal(line, before)
    assert not thin(np.zeros((8, 8), bool)).any()


def test_thin_keeps_what_is_connected_connected() -> None:
    ring = disc_drawing().ink
    lines = thin(ring)
    assert cv2.connectedComponents(lines.astype(np.uint8), connectivity=8)[0] == 2
    assert 0.85 * 942 < lines.sum() < 1.15 * 942 and not (lines & ~ring).any()


def test_distance_is_in_pixels() -> None:
    mask = np.zeros((20, 20), bool)
    mask[3, 4] = True
    assert distance_px(mask)[6, 8] == pytest.approx(5, abs=1e-4) and distance_px(mask)[3, 4] == 0
    assert np.isinf(distance_px(np.zeros((4, 4), bool))).all()


def test_edges_on_the_lines_are_recall_1_precision_1() -> None:
    assert edge_scores(disc((200, 30, 30)), disc_drawing().ink) == (1.0, 1.0)


def test_lines_a_little_off_are_forgiven_and_3_percent_off_are_not() -> None:
    def stripes(start: int) -> np.ndarray:
        page = np.full((SIDE, SIDE, 3), 255, np.uint8)
        for x in range(start, SIDE - 40, 96):
            page[:, x : x + 48] = 90
        return page

    ink = np.zeros((SIDE, SIDE), bool)
    for x in range(40, SIDE - 39, 48):
        ink[:, x - 1 : x + 2] = True
    assert edge_scores(stripes(40), ink) == (1.0, 1.0)
    assert edge_scores(stripes(40 + round(0.006 * SIDE)), ink) == (1.0, 1.0)
    for off in (0.015, 0.03):
        assert edge_scores(stripes(40 + round(off * SIDE)), ink) == (0.0, 0.0)


def test_missing_and_invented_edges_are_told_apart() -> None:
    ink = disc_drawing().ink
    half = disc((200, 30, 30))
    half[:, 256:] = half[256, 256]  # the right half of the outline is gone; one new edge runs down the middle
    recall, precision = edge_scores(half, ink)
    assert 0.45 < recall < 0.6 and precision < 0.9
    busy = disc((200, 30, 30))
    for x in range(180, 340, 32):
        cv2.line(busy, (x, 190), (x, 320), (255, 255, 255), 3)
    recall, precision = edge_scores(busy, ink)
    assert recall == 1.0 and precision == pytest.approx(0.42, abs=0.04), "942 px of disc, 1,300 px of stripes"
    assert edge_scores(np.full((SIDE, SIDE, 3), 128, np.uint8), ink) == (0.0, 0.0)


def test_enclosed_is_the_inside_even_with_a_gap_and_at_the_border() -> None:
    page = np.zeros((SIDE, SIDE), np.uint8)
    cv2.ellipse(page, (256, 256), (150, 150), 0, 2, 358, 255, 4)  # a gap of 10 px
    inside = enclosed(page > 0)
    assert inside[256, 256] and not inside[5, 5] and inside.mean() == pytest.approx(np.pi * 145**2 / SIDE**2, rel=0.02)
    assert not (inside & (page > 0)).any()
    corner = np.zeros((SIDE, SIDE), bool)
    corner[200:204, :204] = corner[:204, 200:204] = True  # a square cut off by the page: open, so its hull counts
    assert enclosed(corner)[150, 190] and not enclosed(corner)[300, 300]


def test_an_open_drawing_is_its_hull_and_a_dot_is_not_empty() -> None:
    angle = np.zeros((SIDE, SIDE), np.uint8)
    cv2.polylines(angle, [np.array([[100, 400], [256, 100], [400, 400]])], False, 255, 4)
    inside = enclosed(angle > 0)
    assert inside[300, 256] and not inside[150, 120]
    dot = np.zeros((SIDE, SIDE), bool)
    dot[256, 256] = True
    assert enclosed(dot).any()


@pytest.mark.parametrize("word", WORDS)
def test_a_disc_of_each_color_is_called_by_its_word(word: str) -> None:
    shares = word_shares(disc(RGB[word], paper=0 if word == "white" else 255), disc_drawing().inside)
    assert dominant_word(shares) == word and shares[word] == 1.0 and sum(shares.values()) == pytest.approx(1)


def test_colors_named_in_css_are_called_so() -> None:
    known = {
        "red": [(255, 0, 0), (220, 20, 60), (178, 34, 34), (139, 0, 0)],
        "orange": [(255, 165, 0), (255, 140, 0)],
        "yellow": [(255, 255, 0), (255, 215, 0)],
        "green": [(0, 128, 0), (34, 139, 34), (50, 205, 50), (144, 238, 144), (46, 139, 87)],
        "blue": [(0, 0, 255), (30, 144, 255), (135, 206, 235), (65, 105, 225), (0, 0, 128)],
        "purple": [(128, 0, 128), (138, 43, 226), (75, 0, 130), (147, 112, 219)],
        "pink": [(255, 192, 203), (255, 105, 180), (255, 20, 147)],
        "brown": [(165, 42, 42), (139, 69, 19), (160, 82, 45), (210, 180, 140)],
    }
    found = {
        word: [WORDS[word_indices(np.array([[rgb]], np.uint8))[0, 0]] for rgb in rgbs] for word, rgbs in known.items()
    }
    known["brown"].pop(0)  # CSS "brown" is a dark red by hue (0 degrees)
    assert found.pop("brown") == ["red", "brown", "brown", "brown"]
    assert found == {word: [word] * len(rgbs) for word, rgbs in known.items() if word != "brown"}


def test_a_hue_on_a_border_belongs_to_the_next_word() -> None:
    hsv = np.array(
        [[[7, 230, 230], [20, 230, 230], [34, 230, 230], [173, 230, 230], [179, 230, 230], [0, 230, 230]]], np.uint8
    )
    words = [WORDS[index] for index in word_indices(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB))[0]]
    assert words == ["orange", "yellow", "green", "red", "red", "red"]


def test_only_what_is_inside_counts() -> None:
    picture_u8 = disc(RGB["green"], paper=0)
    assert dominant_word(word_shares(picture_u8, disc_drawing().inside)) == "green"
    assert word_shares(picture_u8, np.ones((SIDE, SIDE), bool))["black"] > 0.5


def test_a_change_of_color_must_arrive() -> None:
    none = dict.fromkeys(WORDS, 0.0)
    red, blue, mixed = {**none, "red": 1.0}, {**none, "blue": 1.0}, {**none, "red": 0.6, "blue": 0.4}
    assert follows_color(red, blue, old="red", new="blue")
    assert not follows_color(red, red, old="red", new="blue")
    assert not follows_color(red, mixed, old="red", new="blue"), "still more red than blue"
    assert not follows_color(blue, blue, old="red", new="blue"), "was blue without being asked"
    assert len(set(ASKED)) == 8 and set(ASKED) <= set(WORDS)


def test_difference_is_cielab_inside_the_outline() -> None:
    inside = disc_drawing().inside
    white, black = (object_lab(disc(rgb), inside) for rgb in ((255, 255, 255), (0, 0, 0)))
    assert difference(white, white) == 0 and 95 < difference(white, black) <= 100.1
    outside_only = [
        object_lab(disc((255, 0, 0), paper=paper), inside & (distance_px(disc_drawing().ink) > 9)) for paper in (255, 0)
    ]
    assert difference(*outside_only) < 0.1, "paper changed, the object did not"
    assert pairwise([white]) == [] and len(pairwise([white] * 4)) == 6
    assert sorted(pairwise([white, white, black])) == pytest.approx(
        [0, difference(white, black), difference(white, black)]
    )


def test_interval_of_one_value_is_that_value() -> None:
    assert interval([[0.5, 0.5], [0.5, 0.5]]) == {
        "mean": 0.5,
        "low": 0.5,
        "high": 0.5,
        "num_values": 4,
        "num_groups": 2,
    }


def test_interval_has_the_width_of_the_normal_theory() -> None:
    values = np.random.default_rng(1).normal(3, 1, (60, 1))
    found = interval(values.tolist())
    half = 1.96 * values.std() / np.sqrt(60)
    assert found["mean"] == pytest.approx(values.mean(), abs=1e-3)
    assert found["mean"] - found["low"] == pytest.approx(half, rel=0.15)
    assert found["high"] - found["mean"] == pytest.approx(half, rel=0.15)
    assert interval(values.tolist()) == found != interval(values.tolist(), seed=1)


def test_repeating_a_drawing_does_not_make_it_more_certain() -> None:
    drawings = np.random.default_rng(2).normal(0, 1, (12, 1))
    once, often = interval(drawings.tolist()), interval(np.repeat(drawings, 50, axis=1).tolist())
    assert often["high"] - often["low"] == pytest.approx(once["high"] - once["low"], rel=0.1)
