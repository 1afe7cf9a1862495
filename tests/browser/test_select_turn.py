"""What is selected is turned, flipped and duplicated, by hand and by keys, in a real Chromium."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sprint_live.live.canvas.edits import Copy, Transform, settle
from sprint_live.live.canvas.raster import Raster

HOOK = [(0.35, 0.4), (0.35, 0.6), (0.55, 0.6)]


def pull(canvas, start, end, shift: bool = False) -> None:
    page = canvas.page
    box = page.locator("#sl-sketch").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    if shift:
        page.keyboard.down("Shift")
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()
    if shift:
        page.keyboard.up("Shift")


def knob(canvas) -> tuple[float, float]:
    x, y = canvas.page.evaluate(
        "(() => { const { x, y } = sprintLive.selection.knob; return [x / 1024, y / 1024]; })()"
    )
    return x, y


def lines(canvas) -> np.ndarray:
    return Raster().update(canvas.strokes()[0].visible())


def test_the_knob_turns_level_with_shift_and_the_paper_is_the_servers(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(HOOK, steps=8)
    page.keyboard.press("Control+a")
    middle = page.evaluate("(() => { const { x, y } = sprintLive.selection.middle; return [x, y]; })()")
    before, (x, y) = lines(canvas), knob(canvas)
    reach = middle[1] / 1024 - y
    pull(canvas, (x, y), (x + 1.04 * reach, middle[1] / 1024 + 0.02), shift=True)  # a little over a quarter
    edit = canvas.strokes()[0].entries[-1]
    assert isinstance(edit, Transform) and (edit.scale_x, edit.scale_y, edit.skew_x, edit.skew_y) == (
        0,
        0,
        -65536,
        65536,
    )
    turned = lines(canvas)
    moved = np.roll(np.rot90(before, -1), (round(middle[1] - middle[0]), round(middle[0] + middle[1] - 1024)), (0, 1))
    assert (np.abs(turned.astype(int) - moved.astype(int)) > 128).sum() < 0.05 * (before < 128).sum()
    assert canvas.ink_error() < 0.02
    canvas.settle()
    page.keyboard.press("Control+z")
    assert np.array_equal(lines(canvas), before) and canvas.ink_error() < 0.02
    (x, y) = knob(canvas)
    pull(canvas, (x, y), (x + 0.1, y + 0.02))  # freely
    edit = canvas.strokes()[0].entries[-1]
    angle = math.degrees(math.atan2(edit.skew_y, edit.scale_x))
    assert 10 < angle < 80 and abs(angle / 15 - round(angle / 15)) > 0.001
    assert (
        page.evaluate("document.querySelector('#sl-selection div').style.rotate") == "0rad"
    )  # the new box is upright again


def test_keys_alone_duplicate_turn_flip_and_scale_and_each_is_one_undo(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(HOOK, steps=8)
    states = [lines(canvas)]
    page.keyboard.press("Control+a")
    for key in ("Control+d", "m", "u", ".", ",", "Control+ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        states.append(lines(canvas))
        assert len(canvas.strokes()[0].entries) == len(states) and not np.array_equal(states[-1], states[-2]), key
        assert canvas.ink_error() < 0.02, key
    journal = canvas.strokes()[0]
    copy = journal.entries[1]
    assert (
        isinstance(copy, Copy)
        and copy.by.stroke_ids == (1,)
        and all(edit.stroke_ids == (2,) for edit in journal.entries[2:])
    )  # the copy is selected
    assert len(settle(journal.visible())) == 2 and (states[-1][states[0] == 0] == 0).all()  # what was copied stays
    canvas.settle()
    page.evaluate("sprintLive.store.touch(); sprintLive.store.flush()")
    page.wait_for_timeout(300)
    page.reload()
    canvas.wait_ready()
    assert canvas.strokes()[0] == journal and canvas.ink_error() < 0.02
    for state in reversed(states[:-1]):
        page.keyboard.press("Control+z")
        assert np.array_equal(lines(canvas), state)
    for state in states[1:]:
        page.keyboard.press("Control+Shift+z")
        assert np.array_equal(lines(canvas), state)
    page.keyboard.press("?")
    sheet = page.locator("#sl-sheet").inner_text()
    assert "Duplicate the selection" in sheet and "Flip the selection upside down" in sheet


def test_a_full_turn_by_keys_comes_back_to_its_place_and_the_bar_has_a_button_for_each(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(HOOK, steps=8)
    page.keyboard.press("Control+a")
    before = settle(canvas.strokes()[0].visible())[0].point_array()
    for _ in range(24):
        page.keyboard.press(".")
    after = settle(canvas.strokes()[0].visible())[0].point_array()
    assert max(np.abs(after[axis].astype(int) - before[axis]).max() for axis in "xy") <= 16  # a pixel, of roundings
    for name in ("copy", "left", "right", "mirror", "upside-down"):
        count = len(canvas.strokes()[0].entries)
        page.click(f"#sl-selection-{name}")
        assert len(canvas.strokes()[0].entries) == count + 1
    assert page.locator("#sl-selection-count").inner_text() == "1 stroke"


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}])
def test_the_bar_of_a_selection_fits_a_phone(open_canvas, size):
    canvas = open_canvas(viewport=size, has_touch=True)
    page = canvas.page
    canvas.stroke([(0.4, 0.03), (0.6, 0.2)], steps=5)
    page.keyboard.press("Control+a")
    bar, paper = page.locator("#sl-selection-bar").bounding_box(), page.locator("#sl-paper").bounding_box()
    assert bar["x"] >= paper["x"] and bar["x"] + bar["width"] <= paper["x"] + paper["width"]
    assert knob(canvas)[1] > 0.2  # no room above: the knob is below
