"""A dab of paint means the area that holds it: it spreads up to the lines, over gaps in them, and nowhere else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from controlnet.maps import colored_page, control_page, spread_colors

BLUE, RED, YELLOW = (47, 127, 214), (215, 51, 43), (250, 213, 42)


def two_boxes(side: int = 512, gap_px: int = 0) -> np.ndarray:
    """Lines (S, S): two boxes side by side; the left one's upper edge has a gap."""
    lines = np.zeros((side, side), np.uint8)
    for left in (0.1, 0.5):
        corner, end = (round(left * side), round(0.3 * side)), (round((left + 0.4) * side), round(0.7 * side))
        cv2.rectangle(lines, corner, end, 255, 4)
    middle = round(0.3 * side)
    lines[middle - 6 : middle + 7, middle - gap_px // 2 : middle - gap_px // 2 + gap_px] = 0
    return lines


def dabs(side: int, *places: tuple[tuple[float, float], float, tuple[int, int, int]]) -> np.ndarray:
    """Paint (S, S, 4): discs at (x, y) with a radius, as shares of the side."""
    paint = np.zeros((side, side, 4), np.uint8)
    for (x, y), radius, color in places:
        cv2.circle(paint, (round(x * side), round(y * side)), round(radius * side), (*color, 255), -1)
    return paint


@pytest.mark.parametrize("side", [128, 511, 512, 1024])
def test_a_dab_covers_its_area_up_to_the_lines_and_no_other(side):
    lines = two_boxes(side)
    given = dabs(side, ((0.3, 0.5), 0.06, BLUE))
    before = given.copy()
    spread = spread_colors(lines, given)
    assert spread.shape == given.shape and spread.dtype == np.uint8 and np.array_equal(given, before)
    inside = np.zeros_like(lines)
    inside[round(0.3 * side) : round(0.7 * side), round(0.1 * side) : round(0.5 * side)] = 1
    room = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    assert (spread[room > 2] == (*BLUE, 255)).all(), "up to the lines"
    assert not spread[:, round(0.5 * side) + 5 :].any() and not spread[: round(0.3 * side) - 5].any()
    page = colored_page(lines, spread)
    assert (page[room > 4].max(-1) > 50).all(), "no black rim is left between paint and line"


@pytest.mark.parametrize(("gap_px", "spreads"), [(0, True), (16, True), (40, False)])
def test_small_gaps_are_bridged_and_through_large_ones_nothing_runs_out(gap_px, spreads):
    given = dabs(1024, ((0.3, 0.5), 0.06, BLUE))
    spread = spread_colors(two_boxes(1024, gap_px), given)
    assert bool(spread[680, 130].any()) is spreads
    assert not spread[100, 100].any() and not spread[512, 700].any()


def test_the_paper_around_a_drawing_takes_no_color():
    given = dabs(512, ((0.3, 0.12), 0.08, YELLOW))
    assert np.array_equal(spread_colors(two_boxes(), given), given)


def test_a_slip_over_a_line_colors_nothing():
    given = dabs(512, ((0.3, 0.5), 0.06, BLUE))
    given[250:254, 256 : 256 + 30] = (*BLUE, 255)  # 120 of some 40,000 pixels of the other box
    spread = spread_colors(two_boxes(), given)
    assert tuple(spread[300, 80]) == (*BLUE, 255) and not spread[300, 350].any()


@pytest.mark.parametrize(("dot", "rest"), [(RED, BLUE), (BLUE, RED)])
def test_the_rest_takes_the_most_common_color_and_paint_stays(dot, rest):
    given = dabs(512, ((0.2, 0.4), 0.03, dot), ((0.35, 0.55), 0.07, rest), ((0.7, 0.5), 0.05, YELLOW))
    spread = spread_colors(two_boxes(), given)
    assert tuple(spread[205, 102]) == (*dot, 255), "a dot on a box of another color stays"
    assert tuple(spread[340, 80]) == (*rest, 255) and tuple(spread[340, 430]) == (*YELLOW, 255)


def test_soft_paint_is_no_color_and_its_rim_is_covered():
    faint = dabs(512, ((0.3, 0.5), 0.06, BLUE)) // 2
    assert np.array_equal(spread_colors(two_boxes(), faint), faint)
    soft = cv2.GaussianBlur(dabs(512, ((0.3, 0.5), 0.08, BLUE)), (0, 0), 4)
    assert (np.abs(spread_colors(two_boxes(), soft)[220:340, 60:250].astype(int) - (*BLUE, 255)) <= 6).all()


def test_a_colored_drawing_is_read_so_too():
    drawing = cv2.merge([255 - two_boxes(512)] * 3)
    cv2.circle(drawing, (150, 256), 40, RED, -1)
    page = control_page(drawing)
    assert np.array_equal(page[300, 70], page[256, 150]) and page[300, 70].any()
    assert not page[300, 350].any()
