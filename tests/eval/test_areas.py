"""Areas between lines, their mottle, and the colors that a page put on them: squares whose answers are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.eval import colored_areas, mottle
from sprint_live.eval.areas import area_at, inner_areas, label_areas
from sprint_live.eval.colored_areas import ColoredArea, color_distance, kept_share, read_colored_areas
from sprint_live.eval.intervals import statistic_interval
from sprint_live.eval.mottle import area_mottles, mottle_areas, summarize_mottle

SIDE = 512
LEFT, RIGHT, OUTSIDE = (200, 512), (800, 512), (512, 40)  # of the 1024 px page


def two_rooms(*, gap_px: int = 0) -> np.ndarray:
    """(512, 512) bool: a box with a wall in its middle, in which there is a gap."""
    page_u8 = np.zeros((SIDE, SIDE), np.uint8)
    cv2.rectangle(page_u8, (50, 100), (460, 400), 255, 4)
    cv2.line(page_u8, (256, 100), (256, 400), 255, 4)
    if gap_px:
        page_u8[250 : 250 + gap_px, 240:272] = 0
    return page_u8 > 0


def painted(left: tuple[int, int, int], right: tuple[int, int, int]) -> np.ndarray:
    picture_u8 = np.full((SIDE, SIDE, 3), 255, np.uint8)
    picture_u8[100:400, 50:256], picture_u8[100:400, 256:460] = left, right
    picture_u8[two_rooms()] = 20
    return picture_u8


def test_a_small_gap_is_bridged_and_a_door_is_not() -> None:
    for gap_px, num_areas in ((0, 2), (8, 2), (60, 1)):
        labels = label_areas(two_rooms(gap_px=gap_px))
        assert labels.shape == (SIDE, SIDE) and len(np.unique(labels)) == 1 + num_areas, gap_px
        assert (labels[:90] == 0).all() and labels[250, 100] > 0 and labels[102, 100] == 0
    assert len(np.unique(label_areas(two_rooms(gap_px=8), close_gaps=0.001))) == 2, (
        "the gap counts where it is not bridged"
    )


def test_points_choose_areas_off_the_lines() -> None:
    ink = two_rooms()
    labels = label_areas(ink)
    left = area_at(labels, ink, [LEFT], off_lines=0.02)
    assert left[250, 100] and not left[250, 300] and not left[110, 100] and left[115, 100]
    both = area_at(labels, ink, [LEFT, RIGHT, OUTSIDE])
    assert both[250, 300] and both.sum() > 1.9 * left.sum() and not both[:90].any()
    assert not area_at(labels, ink, [OUTSIDE]).any() and not area_at(labels, ink, []).any()


def test_slivers_are_no_areas() -> None:
    ink = two_rooms()
    assert len(np.unique(inner_areas(ink))) == 3 and len(np.unique(inner_areas(ink, min_area=0.3))) == 1
    assert len(np.unique(inner_areas(ink, off_lines=0.25))) == 1


def test_mottle_sees_blots_and_not_shading() -> None:
    areas = mottle_areas(two_rooms())
    flat = painted((220, 40, 40), (50, 110, 220))
    assert area_mottles(flat, areas) == pytest.approx([0, 0], abs=1e-3), "the lines' own color is out of it"
    gray = np.repeat(np.repeat(np.linspace(60, 240, SIDE).astype(np.uint8)[:, None, None], SIDE, 1), 3, 2)
    assert max(area_mottles(gray, areas)) < 1
    blotched = flat.copy()
    blotched[150:250, 80:230] = (60, 160, 60)
    left, right = sorted(area_mottles(blotched, areas), reverse=True)
    assert left > 30 and right == pytest.approx(0, abs=1e-3)
    ab = cv2.cvtColor(blotched.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[..., 1:][areas == areas[250, 100]]
    assert left == pytest.approx(float(np.sqrt(ab.var(axis=0).sum())), rel=1e-4)


def test_the_rim_along_lines_is_left_out(monkeypatch) -> None:
    ink = two_rooms()
    bleeding = painted((220, 40, 40), (220, 40, 40))
    bleeding[cv2.dilate(ink.astype(np.uint8), np.ones((9, 9))) > 0] = (40, 60, 200)
    assert max(area_mottles(bleeding, mottle_areas(ink))) < 1e-3
    monkeypatch.setattr(mottle, "AWAY_FROM_LINES", 0.0)
    assert min(area_mottles(bleeding, mottle_areas(ink))) > 10


def test_mottle_is_summed_up_over_areas() -> None:
    found = summarize_mottle([[[1.0, 2.0], [3.0]], [[4.0, 5.0]], [[]]])
    assert found["median"]["mean"] == 3 and found["p90"]["mean"] == pytest.approx(4.6)
    assert found["median"]["num_values"] == 5 and found["median"]["num_groups"] == 2
    assert summarize_mottle([[[]]])["median"]["mean"] is None


def test_intervals_of_uneven_groups_resample_drawings() -> None:
    one = statistic_interval([[[1, 1, 1, 1]], [[0]]])
    assert one["mean"] == 0.8 and one["low"] == 0 and one["high"] == 1
    same = statistic_interval([[[1.0]]] * 9)
    assert same["mean"] == same["low"] == same["high"] == 1
    spread = statistic_interval([[[value]] for value in range(20)], np.median)
    assert spread["low"] < spread["mean"] == 9.5 < spread["high"] and spread == statistic_interval(
        [[[v]] for v in range(20)], np.median
    )


def test_a_filled_and_a_dabbed_area_are_read_from_the_page() -> None:
    page_u8 = np.full((SIDE, SIDE, 3), 255, np.uint8)
    page_u8[102:399, 52:254] = (220, 40, 40)
    cv2.circle(page_u8, (350, 250), 30, (50, 110, 220), -1)
    cv2.circle(page_u8, (480, 50), 20, (50, 200, 50), -1)  # outside: in no area
    page_u8[two_rooms()] = 0
    found = sorted(read_colored_areas(page_u8), key=lambda one: one.rgb_u8)
    assert [one.rgb_u8 for one in found] == [(50, 110, 220), (220, 40, 40)]
    assert found[0].area[250, 280] and not found[0].area[250, 200], "a dab stands for its whole area"
    blank_u8 = np.where(two_rooms()[..., None], 0, 255).astype(np.uint8).repeat(3, 2)
    assert read_colored_areas(blank_u8) == [] and kept_share(blank_u8, []) is None


def test_colors_that_come_out_score_one_and_others_none(monkeypatch) -> None:
    labels = label_areas(two_rooms())
    left, right = (area_at(labels, two_rooms(), [point]) for point in (LEFT, RIGHT))
    asked = [ColoredArea(area=left, rgb_u8=(220, 40, 40)), ColoredArea(area=right, rgb_u8=(50, 110, 220))]
    assert kept_share(painted((220, 40, 40), (50, 110, 220)), asked) == 1
    assert kept_share(painted((50, 110, 220), (220, 40, 40)), asked) == 0
    assert kept_share(painted((220, 40, 40), (250, 210, 40)), asked) == 0.5
    darker = painted((185, 32, 32), (40, 92, 190))
    assert kept_share(darker, asked) == 1, "shading is free"
    gray = painted((90, 90, 90), (200, 200, 200))
    assert color_distance(gray, left, (91, 91, 91)) < 1
    assert color_distance(gray, left, (120, 120, 120)) < 1, "12 of L are free"
    assert color_distance(gray, right, (90, 90, 90)) > colored_areas.MAX_DISTANCE, "but black is not white"
    monkeypatch.setattr(colored_areas, "LIGHTNESS_FREE", 0.0)
    assert color_distance(darker, left, (220, 40, 40)) > color_distance(
        painted((215, 40, 40), (0, 0, 0)), left, (220, 40, 40)
    )
