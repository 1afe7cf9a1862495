"""Palms, pinches and releases that never come: what a hand does without meaning it. In a real Chromium."""

from __future__ import annotations

import pytest

from support.browser.pointers import fire

STATE = "[sprintLive.journal.entries.length, sprintLive.journal.undone.length]"
FIRST = {"isPrimary": True}


def drawn(canvas, number: int = 5) -> None:
    for i in range(number):
        canvas.stroke([(0.2, 0.1 + 0.1 * i), (0.8, 0.1 + 0.1 * i)])
    canvas.settle()


def pinch(page) -> None:
    fire(
        page,
        ("down", "touch", 11, 0.4, 0.5, FIRST),
        ("move", "touch", 11, 0.41, 0.5, FIRST),
        ("down", "touch", 12, 0.6, 0.5),
        ("move", "touch", 12, 0.8, 0.5),
        ("up", "touch", 11, 0.41, 0.5, FIRST),
        ("up", "touch", 12, 0.8, 0.5),
    )


def test_a_finger_that_becomes_a_pinch_was_never_a_stroke(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    for _ in range(2):
        page.click("#sl-undo")
    code, ink = canvas.settle(), canvas.ink()
    pinch(page)
    assert page.evaluate("sprintLive.zoom.scale") > 1 and page.evaluate(STATE) == [3, 2]
    page.evaluate("sprintLive.zoom.fit()")
    assert canvas.settle() == code and (canvas.ink() == ink).all()
    for _ in range(2):
        page.click("#sl-redo")
    canvas.settle()
    assert page.evaluate(STATE) == [5, 0]


def test_a_pinch_on_white_paper_leaves_seed_hint_and_history_as_they_were(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    seed = page.input_value("#sl-seed")
    pinch(page)
    assert page.evaluate(STATE) == [0, 0] and page.input_value("#sl-seed") == seed
    assert page.locator("#sl-hint").is_visible() and page.locator("#sl-undo").is_disabled()


def test_a_pinch_in_the_past_drops_nothing_that_came_later(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    page.click("#sl-history")
    page.locator("#sl-moment").press("Home")
    page.locator("#sl-moment").press("ArrowRight")
    page.wait_for_function("sprintLive.journal.entries.length === 1")
    pinch(page)
    assert page.evaluate(STATE) == [1, 4] and page.evaluate("sprintLive.history.later !== null")
    page.locator("#sl-moment").press("End")
    canvas.settle()
    assert page.evaluate(STATE) == [5, 0]


def test_a_palm_under_a_pen_zooms_neither_while_it_draws_nor_when_it_lifts(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    fire(page, ("down", "touch", 21, 0.7, 0.8, FIRST), ("down", "pen", 1, 0.2, 0.2), ("move", "pen", 1, 0.3, 0.3))
    fire(page, ("down", "touch", 22, 0.8, 0.8), ("down", "touch", 23, 0.9, 0.9))
    fire(page, ("move", "pen", 1, 0.4, 0.4), ("up", "pen", 1, 0.4, 0.4))
    fire(page, ("move", "touch", 21, 0.5, 0.7), ("move", "touch", 22, 0.95, 0.9), ("move", "touch", 23, 0.99, 0.99))
    assert page.evaluate("sprintLive.zoom.scale") == 1 and page.evaluate(STATE) == [1, 0]
    fire(page, *(("up", "touch", i, 0.9, 0.9) for i in (21, 22, 23)))
    pinch(page)  # two fingers of their own still do
    assert page.evaluate("sprintLive.zoom.scale") > 1


LOST = [("down", "pen", 1, 0.2, 0.6), ("move", "pen", 1, 0.5, 0.6), ("move", "pen", 1, 0.8, 0.6)]


@pytest.mark.parametrize(
    "act, state",
    [
        ("page.mouse", [2, 0]),
        ("pen", [2, 0]),
        ("undo", [0, 1]),
        ("clear", [2, 0]),
        ("hover", [1, 0]),
        ("blur", [1, 0]),
        ("capture", [1, 0]),
    ],
)
def test_a_pen_whose_release_never_comes_holds_nothing_up(open_canvas, act, state):
    canvas = open_canvas()
    page = canvas.page
    fire(page, *LOST)
    assert page.evaluate("sprintLive.pad.drawing")
    if act == "page.mouse":
        canvas.stroke([(0.2, 0.2), (0.8, 0.2)])
    elif act == "pen":
        fire(page, ("down", "pen", 1, 0.2, 0.2), ("move", "pen", 1, 0.4, 0.2), ("up", "pen", 1, 0.4, 0.2))
    elif act in ("undo", "clear"):
        page.click(f"#sl-{act}")
    elif act == "hover":
        fire(page, ("move", "pen", 1, 0.5, 0.5, {"buttons": 0, "pressure": 0}))
    elif act == "blur":
        page.evaluate("window.dispatchEvent(new Event('blur'))")
    else:
        page.evaluate(
            "sprintLive.pad.canvas.dispatchEvent(new PointerEvent('lostpointercapture', { pointerId: 1, "
            "pointerType: 'pen' }))"
        )
    assert not page.evaluate("sprintLive.pad.drawing") and page.evaluate(STATE) == state
    assert page.evaluate("sprintLive.journal.open") is None


def test_a_finger_whose_release_never_comes_is_no_second_finger_for_ever(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    fire(page, ("down", "touch", 31, 0.2, 0.2, FIRST), ("move", "touch", 31, 0.4, 0.2, FIRST))
    for number, height in ((32, 0.5), (33, 0.7)):
        fire(page, ("down", "touch", number, 0.2, height, FIRST), ("move", "touch", number, 0.6, height, FIRST))
        fire(page, ("up", "touch", number, 0.6, height, FIRST))
    assert page.evaluate(STATE) == [3, 0] and page.evaluate("sprintLive.zoom.scale") == 1
