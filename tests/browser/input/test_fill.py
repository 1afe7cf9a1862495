"""The fill in a real Chromium: within the lines, over a gap, and undone while it is under way."""

from __future__ import annotations

import math

import pytest

from sprint_live.live.canvas.strokes import Tool
from support.browser.paper import RING, assert_same_paper, pixels, place


def test_a_fill_stays_within_the_lines_here_and_on_the_server(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(RING)
    code = canvas.settle()
    page.keyboard.press("g")
    assert page.locator("input[name=mode][value=sketch]").is_checked() and canvas.shown_code() == code
    page.mouse.click(*place(canvas, 0.4, 0.4))
    page.wait_for_function("sprintLive.journal.entries.length === 2")
    page.locator("input[name=mode][value=painting]").dispatch_event("click")
    canvas.settle()  # the server's picture is that of the same journal
    drawn = canvas.strokes()[0].visible()
    assert (
        [stroke.tool for stroke in drawn] == [Tool.BRUSH, Tool.FILL]
        and drawn[1].rgb == (0xD7, 0x33, 0x2B)
        and drawn[1].num_points < 250
    )
    paint = pixels(canvas, "#sl-under")[..., 3] > 128
    assert (
        paint[410, 410] and not paint[410, 700] and paint.sum() == pytest.approx(math.pi * (0.2 * 1024) ** 2, rel=0.04)
    )
    assert_same_paper(canvas)
    assert tuple(live_server.engine.paintings[-1][410, 410]) == (0xD7, 0x33, 0x2B)
    page.mouse.click(*place(canvas, 0.6, 0.4))  # on the line
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('line here')")
    page.keyboard.press("Control+z")
    assert canvas.settle() and len(canvas.strokes()[0].visible()) == 1 and pixels(canvas, "#sl-under").max() == 0


def test_a_fill_leaves_the_page_alive_closes_the_chosen_gap_and_is_undone_while_it_is_under_way(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([point for point in RING if abs(point[1] - 0.4) > 0.02 or point[0] < 0.4])  # open on the right
    page.evaluate("() => { sprintLive.fill({ x: 410, y: 410 }); sprintLive.undo(); }")
    page.evaluate("() => sprintLive.fill({ x: 410, y: 410 })")
    assert page.evaluate("[sprintLive.journal.entries.length, sprintLive.journal.undone.length]") == [2, 0]
    page.evaluate("""() => { sprintLive.fill({ x: 410, y: 410 }); sprintLive.begin(sprintLive.pad.pen(0)); }""")
    page.evaluate("() => sprintLive.fills.outline(sprintLive.pad.sheets.barrier(), { x: 5, y: 5 }, 8)")
    assert page.evaluate("sprintLive.journal.entries.length") == 3  # the pen is down: the fill waits for it
    page.evaluate("sprintLive.end()")
    assert page.evaluate("sprintLive.journal.entries.map(({ tool }) => tool)") == [0, 3, 0, 3]
    page.evaluate(
        "() => { const gap = document.querySelector('#sl-gap'); gap.value = '500'; "
        "gap.dispatchEvent(new Event('change')); }"
    )
    assert page.evaluate("[sprintLive.pad.gap, sprintLive.snapshot().gap]") == [64, 64]
