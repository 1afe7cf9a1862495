"""A change in a long drawing: only what differs is looked at, and the bytes are those of a fresh drawing."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sprint_live.errors import SketchError
from sprint_live.live.canvas import raster as raster_module
from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.history import History, Visible
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.stroke_index import same_beginning, same_ends
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.loadtest.stub_engine import TimedEngine
from sprint_live.live.rendering.render import Picture, PictureRequest, draw_pictures

NAME = bytes(range(16))
FAR_AWAY = pack_points([(1000.0 + x, 1010.0, 1.0, 0.0, 0.0, 8.0) for x in range(4)])


def line(stroke_id: int, tool: Tool = Tool.BRUSH) -> Stroke:
    x, y = 40 + 37 * stroke_id % 900, 40 + 53 * stroke_id % 900
    points = pack_points([(x, y, 1.0, 0.0, 0.0, 0.0), (x + 30, y + 20, 1.0, 0.0, 0.0, 8.0)])
    return Stroke(stroke_id, tool, 96, points, (200, 30, 10))


LETTERS = st.text("ab", max_size=12).map(tuple)


@given(LETTERS, LETTERS)
def test_both_ends_that_two_drawings_share_are_found(before, after):
    begin = same_beginning(before, after)
    assert before[:begin] == after[:begin] and (
        before[begin : begin + 1] != after[begin : begin + 1] or before == after
    )
    begins, ends = same_ends(before, after)
    middles = before[begins : len(before) - ends], after[begins : len(after) - ends]
    assert begins == begin and begins + ends <= min(len(before), len(after))
    assert not (all(middles) and middles[0][-1] == middles[1][-1])
    assert before[len(before) - ends :] == after[len(after) - ends :]


def test_an_undo_looks_at_few_strokes_of_a_long_drawing(monkeypatch):
    strokes, raster, looked = tuple(map(line, range(2000))), Raster(), []
    for state in (strokes, strokes[:-1], strokes):  # where each stroke lies is worked out at the first undo
        raster.update(state)
    monkeypatch.setattr(raster_module, "settle", lambda entries: looked.extend(entries))
    for name in ("__hash__", "__eq__"):
        real = getattr(Stroke, name)
        monkeypatch.setattr(Stroke, name, lambda *both, real=real: (looked.append(both), real(*both))[1])
    raster.update(strokes[:-1])
    raster.update((*strokes[:-1], line(5000)))
    assert len(looked) < 100


def calls_of(num_strokes: int, change: str, painting: bool) -> int:
    """Calls of Python and C functions from the request to the engine, for the second picture of this change."""
    strokes, last = tuple(map(line, range(num_strokes))), replace(line(0), stroke_id=-1, points=FAR_AWAY)
    begun, history = replace(last, points=FAR_AWAY[: len(FAR_AWAY) // 2]), History.of(strokes)
    states = {
        "more of a stroke": (history.with_entry(begun), history.with_entry(last)),
        "a new stroke": (history, history.with_entry(last)),
        "an undo": (history.with_entry(last), history),
    }[change]
    engine, raster, count = TimedEngine(0.0), Raster(), 0
    engine.model, engine.has_branch = replace(engine.model, colored_pages=True), not painting

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    for profiled in (None, profile):  # where each stroke lies is worked out at the first undo
        for history in states:
            wanted = PictureRequest(DrawRequest(Visible(history), Settings(painting=painting)), raster)
            sys.setprofile(profiled if history is states[1] else None)
            try:
                [picture] = draw_pictures(engine, [wanted])
            finally:
                sys.setprofile(None)
            assert isinstance(picture, Picture)
    return count


@pytest.mark.parametrize("painting", [False, True])
@pytest.mark.parametrize("change", ["more of a stroke", "a new stroke", "an undo"])
def test_a_picture_costs_the_same_in_a_long_drawing(change, painting):
    calls_of(20, change, painting)  # what is imported or kept at the first call
    assert calls_of(2000, change, painting) == calls_of(20, change, painting)


def test_strokes_in_another_order_are_drawn_in_that_order():
    both, raster = (line(1, Tool.PAINT), Stroke(2, Tool.PAINT, 96, line(1).points, (0, 0, 250))), Raster()
    raster.update(both)
    raster.update(both[::-1])
    assert tuple(raster.painting(with_lines=False)[93, 77]) == (200, 30, 10)


def test_a_drawing_whose_picture_was_missing_is_drawn_whole_once_it_is_there():
    held, corners = Pictures(), [(100, 100), (500, 100), (500, 500), (100, 500)]
    points = pack_points([(float(x), float(y), 1.0, 0.0, 0.0, 0.0) for x, y in corners])
    laid = Stroke(3, Tool.PICTURE, 1, points, picture=NAME)
    raster, entries = Raster(held), (line(1), line(2, Tool.PAINT), laid, line(4))
    for _ in range(2):  # a line that is drawn twice gets darker edges
        with pytest.raises(SketchError):
            raster.update(entries)
    out = io.BytesIO()
    Image.fromarray(np.full((64, 64, 3), 90, np.uint8)).save(out, "PNG")
    held.give(NAME, out.getvalue(), ())
    fresh = Raster(held)
    assert np.array_equal(raster.update(entries), fresh.update(entries))
    assert np.array_equal(raster.painting(with_lines=True), fresh.painting(with_lines=True))
