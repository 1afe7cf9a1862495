"""Strokes to pixels: adding is the same as drawing whole, and the ink is where the pen was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.live.raster import Raster, radii_units
from sprint_live.live.strokes import CANVAS_PX, LIFTED, POINT, POINT_BYTES, Mirror, Stroke, Tool, pack_points


def stroke(points, *, stroke_id=1, tool=Tool.BRUSH, width_px=8.0, rgb=(0, 0, 0), mirror=Mirror.NONE) -> Stroke:
    samples = [(x, y, pressure, 0.0, 0.0, 1.0) for x, y, pressure in points]
    return Stroke(stroke_id, tool, int(width_px * 16), pack_points(samples), rgb, mirror)


COORDINATE = st.floats(-100, 1124)
STROKE_POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.floats(0, 1)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(STROKE_POINTS, min_size=1, max_size=4), st.data())
def test_adding_to_a_picture_equals_drawing_it_whole(all_points, data):
    strokes = tuple(
        stroke(points, stroke_id=i, tool=Tool(data.draw(st.sampled_from([0, 1, 2]))), width_px=data.draw(st.floats(1, 60)),
               rgb=(200, 30, i), mirror=Mirror(data.draw(st.integers(0, 3))))
        for i, points in enumerate(all_points)
    )
    step_by_step, whole = Raster(), Raster()
    for i, now in enumerate(strokes):
        for num_points in range(data.draw(st.integers(0, now.num_points)), now.num_points + 1):
            part = replace(now, points=now.points[: num_points * POINT_BYTES])
            step_by_step.update((*strokes[:i], part))
    assert np.array_equal(step_by_step.update(strokes), whole.update(strokes))
    assert np.array_equal(step_by_step.painting(with_lines=True), whole.painting(with_lines=True))


def test_after_an_undo_the_picture_is_as_if_the_stroke_had_never_been():
    first, second = stroke([(100, 100, 1), (300, 300, 1)]), stroke([(100, 300, 1), (300, 100, 1)], stroke_id=2)
    raster = Raster()
    before = raster.update((first,))
    assert not np.array_equal(raster.update((first, second)), before)
    assert np.array_equal(raster.update((first,)), before)
    assert np.array_equal(raster.update(()), np.full((CANVAS_PX, CANVAS_PX), 255, np.uint8))


def test_same_pen_other_points_is_drawn_anew():
    raster = Raster()
    raster.update((stroke([(10, 10, 1), (500, 10, 1)]),))
    other = (stroke([(10, 900, 1), (500, 900, 1)]),)
    assert np.array_equal(raster.update(other), Raster().update(other))


@pytest.mark.parametrize("width_px", [2, 6, 10, 40])
def test_a_line_is_dark_on_white_as_wide_as_the_pen_and_centred(width_px):
    image = Raster().update((stroke([(100.0, 512.0, 1.0), (900.0, 512.0, 1.0)], width_px=width_px),))
    column = 255 - image[:, 500].astype(float)
    ink_px = column.sum() / 255
    centre = (column * (np.arange(CANVAS_PX) + 0.5)).sum() / column.sum()
    assert abs(ink_px - width_px) < 0.5 and abs(centre - 512) < 0.3
    assert image[511:513, 500].min() < 40 and image[400, 500] == 255 and image.dtype == np.uint8


def test_pressure_makes_the_line_wider_smoothly():
    ramp = stroke([(100 + 8 * i, 500, i / 99) for i in range(100)], width_px=40)
    widths = (255 - Raster().update((ramp,)).astype(float)).sum(axis=0)[110:880] / 255
    assert widths[-1] > 2.5 * widths[0]
    assert np.abs(np.diff(widths)).max() < 1.5
    assert radii_units(ramp).min() >= 8


def test_the_eraser_takes_ink_away_and_nothing_else():
    line = stroke([(100, 512, 1), (900, 512, 1)])
    rubber = stroke([(500, 512, 1)], stroke_id=2, tool=Tool.ERASER, width_px=100)
    image = Raster().update((line, rubber))
    assert (image[500:524, 470:530] == 255).all() and image[512, 300] == 0


def test_paint_lies_under_the_lines_and_the_lines_do_not_see_it():
    paint = stroke([(100, 512, 1), (900, 512, 1)], tool=Tool.PAINT, width_px=80, rgb=(250, 60, 20))
    line = stroke([(500, 100, 1), (500, 900, 1)], stroke_id=2)
    raster = Raster()
    assert np.array_equal(raster.update((line, paint)), Raster().update((line,)))
    assert tuple(raster.painting(with_lines=False)[512, 500]) == (250, 60, 20)
    painting = raster.painting(with_lines=True)
    assert painting.shape == (CANVAS_PX, CANVAS_PX, 3)
    assert tuple(painting[512, 300]) == (250, 60, 20) and tuple(painting[300, 300]) == (255, 255, 255)
    assert painting[512, 500].max() == 0  # drawn first, still on top
    rubber = stroke([(300, 512, 1)], stroke_id=3, tool=Tool.ERASER, width_px=60)
    raster.update((line, paint, rubber))
    assert tuple(raster.painting(with_lines=True)[512, 300]) == (255, 255, 255)
    raster.update(())
    assert raster.painting(with_lines=True) is None and raster.painting(with_lines=False) is None


def test_a_mirrored_stroke_is_drawn_on_every_side_exactly():
    points = [(100, 200, 1.0), (300, 260, 0.3)]
    one = Raster().update((stroke(points),))
    both = Raster().update((stroke(points, mirror=Mirror.LEFT_RIGHT | Mirror.TOP_BOTTOM),))
    drawn_by_hand = tuple(
        stroke([(abs(x - right), abs(y - low), pressure) for x, y, pressure in points], stroke_id=i)
        for i, (right, low) in enumerate([(0, 0), (1024, 0), (0, 1024), (1024, 1024)])
    )
    assert np.array_equal(both, Raster().update(drawn_by_hand)) and (both < 128).sum() > 3.9 * (one < 128).sum()


def test_a_lifted_pen_leaves_no_line_between():
    apart = np.frombuffer(stroke([(100, 512, 1), (200, 512, 1), (800, 512, 1), (900, 512, 1)]).points, POINT).copy()
    apart["tilt_x"][2] = LIFTED
    image = Raster().update((Stroke(1, Tool.BRUSH, 128, apart.tobytes()),))
    assert image[512, 150] < 40 and image[512, 850] < 40 and (image[:, 300:700] == 255).all()
