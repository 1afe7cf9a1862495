"""Strokes to pixels: adding is the same as drawing whole, and the ink is where the pen was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.live.canvas import sheet as sheet_module
from sprint_live.live.canvas.edits import ONE, Arrange, Layer, Remove, Transform, num_shown
from sprint_live.live.canvas.ink import radii_units
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import CANVAS_PX, LIFTED, POINT, POINT_BYTES, Mirror, Stroke, Tool, pack_points


def stroke(points, *, stroke_id=1, tool=Tool.BRUSH, width_px=8.0, rgb=(0, 0, 0), mirror=Mirror.NONE, layer=0) -> Stroke:
    samples = [(x, y, pressure, 0.0, 0.0, 1.0) for x, y, pressure in points]
    return Stroke(stroke_id, tool, int(width_px * 16), pack_points(samples), rgb, mirror, layer)


def outline(*paths, stroke_id=1, rgb=(250, 60, 20), layer=0) -> Stroke:
    """A fill: each path begun with a lifted pen."""
    points = np.frombuffer(pack_points([(x, y, 1.0, 0.0, 0.0, 0.0) for path in paths for x, y in path]), POINT).copy()
    begins = np.cumsum([0, *map(len, paths)])[:-1]
    points["tilt_x"][begins] = LIFTED
    return Stroke(stroke_id, Tool.FILL, 16, points.tobytes(), rgb, layer=layer)


EDITS = (
    Transform((0, 2), 2 * ONE, ONE // 2, 160, -400),
    Transform((1,), -ONE, ONE, 16000, 0),
    Remove((1, 3)),
    Arrange((Layer(5), Layer(0, 30))),
)
COORDINATE = st.floats(-100, 1124)
STROKE_POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.floats(0, 1)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(STROKE_POINTS, min_size=1, max_size=4), st.data())
def test_adding_to_a_picture_equals_drawing_it_whole(all_points, data):
    strokes = tuple(
        stroke(
            points,
            stroke_id=i,
            tool=Tool(data.draw(st.sampled_from([0, 1, 2, 3]))),
            width_px=data.draw(st.floats(1, 60)),
            rgb=(200, 30, i),
            mirror=Mirror(data.draw(st.integers(0, 3))),
            layer=data.draw(st.sampled_from([0, 5])),
        )
        for i, points in enumerate(all_points)
    )
    layers = (Layer(0, data.draw(st.sampled_from([100, 60]))), Layer(5, 70), Layer(6))
    entries = [Arrange(layers), *strokes]
    for edit in data.draw(st.lists(st.sampled_from(EDITS), max_size=3)):
        entries.insert(data.draw(st.integers(1, len(entries))), edit)
    entries.append(Arrange((layers[1], layers[2]), merged=(0, 5)))
    step_by_step, whole = Raster(), Raster()
    for i, now in enumerate(entries):
        if isinstance(now, Stroke):
            for num_points in range(data.draw(st.integers(0, now.num_points)), now.num_points + 1):
                part = replace(now, points=now.points[: num_points * POINT_BYTES])
                step_by_step.update((*entries[:i], part))
        else:
            step_by_step.update(tuple(entries[: i + 1]))
    entries = tuple(entries)
    assert np.array_equal(step_by_step.update(entries), whole.update(entries))
    assert np.array_equal(step_by_step.painting(with_lines=True), whole.painting(with_lines=True))
    assert np.array_equal(step_by_step.colors(), whole.colors())


@settings(max_examples=40, deadline=None)
@given(st.lists(STROKE_POINTS, min_size=2, max_size=8), st.data())
def test_strokes_that_come_and_go_leave_the_bytes_of_a_fresh_drawing(all_points, data):
    strokes = [
        stroke(
            points,
            stroke_id=i,
            tool=Tool(data.draw(st.sampled_from([0, 0, 1, 2, 3]))),
            width_px=data.draw(st.floats(1, 60)),
            rgb=(200, 30, i),
            mirror=Mirror(data.draw(st.sampled_from([0, 0, 0, 1]))),
            layer=data.draw(st.sampled_from([0, 5])),
        )
        for i, points in enumerate(all_points)
    ]
    raster, table = Raster(), Arrange((Layer(0), Layer(5, 50)))
    for _ in range(4):
        chosen = data.draw(st.sets(st.sampled_from(range(len(strokes)))))
        edits = data.draw(
            st.lists(
                st.sampled_from((*EDITS[:3], Arrange((Layer(5),)), Arrange((Layer(0),), merged=(5, 0)))), max_size=1
            )
        )
        state = (Arrange(table.layers), *[strokes[i] for i in sorted(chosen)], *edits)
        fresh = Raster()
        assert np.array_equal(raster.update(state), fresh.update(state))
        assert np.array_equal(raster.colors(), fresh.colors())
        assert (fresh.painting(with_lines=True) is None) == (num_shown(state) == 0)
        for with_lines in (False, True):
            ours, wanted = (one.painting(with_lines=with_lines) for one in (raster, fresh))
            assert (ours is None) == (wanted is None) and (ours is None or np.array_equal(ours, wanted))


def test_an_undo_among_many_strokes_draws_a_few_again(monkeypatch):
    strokes = tuple(
        stroke([(40 + 37 * i % 940, 40 + 53 * i % 940, 1), (60 + 37 * i % 940, 50 + 53 * i % 940, 1)], stroke_id=i)
        for i in range(400)
    )
    raster, drawn = Raster(), []
    real = sheet_module.draw_stroke
    monkeypatch.setattr(sheet_module, "draw_stroke", lambda *arguments: (drawn.append(1), real(*arguments)))
    raster.update(strokes)
    assert len(drawn) == 400
    raster.update(strokes[:-1])
    raster.update(strokes)
    assert len(drawn) < 430
    raster.update((*strokes, Remove((7, 300))))
    assert len(drawn) < 460


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
def test_a_line_is_dark_on_white_as_wide_as_the_pen_and_centered(width_px):
    image = Raster().update((stroke([(100.0, 512.0, 1.0), (900.0, 512.0, 1.0)], width_px=width_px),))
    column = 255 - image[:, 500].astype(float)
    ink_px = column.sum() / 255
    center = (column * (np.arange(CANVAS_PX) + 0.5)).sum() / column.sum()
    assert abs(ink_px - width_px) < 0.5 and abs(center - 512) < 0.3
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
    assert tuple(raster.colors()[512, 500]) == (250, 60, 20, 255) and not raster.colors()[100, 100].any()
    painting = raster.painting(with_lines=True)
    assert painting.shape == (CANVAS_PX, CANVAS_PX, 3)
    assert tuple(painting[512, 300]) == (250, 60, 20) and tuple(painting[300, 300]) == (255, 255, 255)
    assert painting[512, 500].max() == 0  # drawn first, still on top
    rubber = stroke([(300, 512, 1)], stroke_id=3, tool=Tool.ERASER, width_px=60)
    raster.update((line, paint, rubber))
    assert tuple(raster.painting(with_lines=True)[512, 300]) == (255, 255, 255)
    assert not raster.colors()[512, 300].any()
    raster.update(())
    assert raster.colors() is None
    assert raster.painting(with_lines=True) is None and raster.painting(with_lines=False) is None


def test_a_layer_fades_its_lines_and_its_paint_and_a_hidden_one_is_not_there():
    below = stroke([(100, 512, 1), (900, 512, 1)], width_px=40)
    above = stroke([(512, 100, 1), (512, 900, 1)], stroke_id=2, width_px=40, layer=1)
    blue = stroke([(100, 512, 1), (900, 512, 1)], stroke_id=3, tool=Tool.PAINT, width_px=200, rgb=(0, 0, 200))
    red = stroke([(512, 100, 1), (512, 900, 1)], stroke_id=4, tool=Tool.PAINT, width_px=200, rgb=(200, 0, 0), layer=1)
    raster = Raster()

    def paper(*layers):
        image = raster.update((Arrange((Layer(0), Layer(1))), below, above, blue, red, Arrange(layers)))
        return image, raster.painting(with_lines=False), raster.painting(with_lines=True)

    lines, paint, both = paper(Layer(0, 100), Layer(1, 40))
    assert lines[512, 200] == 0 and lines[200, 512] == 153 and lines[512, 512] == 0  # 40 % of black
    assert (
        tuple(paint[450, 450]) == (80, 0, 120)
        and tuple(paint[450, 200]) == (0, 0, 200)
        and tuple(paint[200, 450]) == (233, 153, 153)
    )
    assert tuple(both[200, 512]) == tuple(round(int(value) * 153 / 255) for value in paint[200, 512])
    lines, paint, _ = paper(Layer(1, 100), Layer(0, 100))  # the other way round
    assert tuple(paint[450, 450]) == (0, 0, 200) and lines[200, 512] == 0
    lines, paint, _ = paper(Layer(0), Layer(1, shown=False))
    assert (
        lines[200, 512] == 255 and tuple(paint[200, 450]) == (255, 255, 255) and tuple(paint[450, 450]) == (0, 0, 200)
    )
    lines, paint, both = paper(Layer(0, shown=False), Layer(1, shown=False))
    assert (lines == 255).all() and paint is None and both is None


def test_the_eraser_of_a_layer_leaves_the_others_alone():
    under = stroke([(100, 512, 1), (900, 512, 1)], tool=Tool.PAINT, width_px=80, rgb=(9, 80, 7))
    over = stroke([(100, 512, 1), (900, 512, 1)], stroke_id=2, tool=Tool.PAINT, width_px=80, rgb=(200, 0, 0), layer=1)
    rubber = stroke([(500, 512, 1)], stroke_id=3, tool=Tool.ERASER, width_px=60, layer=1)
    raster = Raster()
    raster.update((Arrange((Layer(0), Layer(1))), under, over, rubber))
    assert tuple(raster.painting(with_lines=False)[512, 500]) == (9, 80, 7)
    assert tuple(raster.painting(with_lines=False)[512, 300]) == (200, 0, 0)


def test_a_merge_changes_nothing_that_is_seen():
    marks = [Arrange((Layer(0, 80), Layer(1, 50)))]
    for i, tool in enumerate((Tool.PAINT, Tool.BRUSH, Tool.ERASER, Tool.PAINT)):
        for layer in (0, 1):
            points = [(150 + 90 * i + 30 * layer, 200, 1), (400 + 40 * i, 800 - 200 * layer, 0.6)]
            marks.append(
                stroke(
                    points,
                    stroke_id=len(marks),
                    tool=tool,
                    width_px=60 + 20 * i,
                    rgb=(40 * i, 90 * layer, 30),
                    layer=layer,
                )
            )
    apart, merged = Raster(), Raster()
    lines, again = apart.update(tuple(marks)), merged.update((*marks, Arrange((Layer(0),), merged=(1, 0))))
    assert np.abs(lines.astype(int) - again).max() <= 1
    paint, repainted = apart.painting(with_lines=False), merged.painting(with_lines=False)
    assert np.abs(paint.astype(int) - repainted).max() <= 2
    more = stroke([(500, 100, 1), (500, 900, 1)], stroke_id=20, tool=Tool.ERASER, width_px=90)
    assert (
        merged.update((*marks, Arrange((Layer(0),), merged=(1, 0)), more))[100:900, 480:520] == 255
    ).all()  # both layers' ink


def test_a_fill_is_the_area_within_its_outline_and_an_island_stays_free():
    square, island = [(200, 200), (800, 200), (800, 800), (200, 800)], [(400, 400), (600, 400), (600, 600), (400, 600)]
    raster = Raster()
    raster.update((outline(square, island),))
    paint = raster.painting(with_lines=False)
    filled = paint[..., 2] < 140
    assert filled[210, 210] and filled[700, 500] and not filled[500, 500] and not filled[100, 500]
    assert abs(filled.sum() - (600**2 - 200**2)) < 4 * (600 + 200) * 1.5
    assert (raster.update((outline(square, island),)) == 255).all()  # paint is no line
    rubber = stroke([(300, 500, 1)], stroke_id=2, tool=Tool.ERASER, width_px=60)
    raster.update((outline(square), rubber))
    assert tuple(raster.painting(with_lines=False)[500, 300]) == (255, 255, 255)


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
