"""The canvas in a real Chromium. Freshness is proved by codes in the pixels, not by numbers in headers."""

from __future__ import annotations

import contextlib
import math
import threading
import time

import numpy as np
import pytest

from sprint_live.live.canvas.raster import Raster
from support.standin import StandInEngine

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]


def test_every_one_of_thirty_strokes_gets_its_own_picture(open_canvas):
    canvas = open_canvas()
    assert canvas.shown_code() is None
    seen = set()
    for i in range(30):
        x, y = 0.1 + 0.13 * (i % 6), 0.12 + 0.15 * (i // 6)
        canvas.stroke([(x, y), (x + 0.05, y + 0.08), (x + 0.1, y)], steps=3)
        seen.add(canvas.settle())
    assert len(seen) == 30
    journal, _ = canvas.strokes()
    assert len(journal.visible()) == 30


def test_undo_redo_clear_and_their_keys(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    assert page.locator("#sl-undo").is_disabled() and page.locator("#sl-clear").is_disabled()
    canvas.stroke(LINE)
    one = canvas.settle()
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    two = canvas.settle()
    page.keyboard.press("Control+z")
    assert canvas.settle() == one
    page.keyboard.press("Control+Shift+z")
    assert canvas.settle() == two
    page.click("#sl-clear")
    page.wait_for_selector("#sl-view:not(.has-picture)")
    time.sleep(0.2)
    assert canvas.shown_code() is None and canvas.ink().max() == 0
    page.click("#sl-undo")
    assert canvas.settle() == two and canvas.ink().max() == 255
    page.keyboard.press("e")
    assert page.locator("#sl-eraser").get_attribute("aria-pressed") == "true"
    canvas.stroke([(0.4, 0.5), (0.41, 0.5)])
    assert canvas.settle() not in (one, two)
    before = page.locator("#sl-size").input_value()
    page.keyboard.press("]")
    assert int(page.locator("#sl-size").input_value()) > int(before)


def test_the_ink_in_the_browser_is_the_ink_on_the_server(open_canvas):
    canvas = open_canvas()
    canvas.stroke([(0.5 + 0.3 * math.cos(a / 4), 0.5 + 0.3 * math.sin(a / 4)) for a in range(26)])
    canvas.page.evaluate("sprintLive.tools.resize(40)")
    canvas.stroke([(0.2, 0.8), (0.8, 0.9)])
    canvas.page.click("#sl-eraser")
    canvas.stroke([(0.5, 0.75), (0.5, 0.95)])
    journal, _ = canvas.strokes()
    ours, theirs = Raster().update(journal.visible()), 255 - canvas.ink()
    assert (theirs < 128).sum() > 5000
    differ = np.abs(ours.astype(int) - theirs.astype(int)) > 128
    assert differ.sum() < 0.02 * (theirs < 128).sum()


def test_a_reload_restores_drawing_prompt_and_history(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(LINE)
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    page.keyboard.press("Control+z")
    page.fill("#sl-prompt", "ein Hund 🐕 \u202e")
    page.click("#sl-lock")
    code = canvas.settle()
    ink = canvas.ink()
    time.sleep(1.0)
    page.reload()
    canvas.wait_ready()
    assert page.input_value("#sl-prompt") == "ein Hund 🐕 \u202e"
    assert page.locator("#sl-lock").get_attribute("aria-pressed") == "true"
    assert (np.abs(canvas.ink().astype(int) - ink) > 64).sum() < 20  # redrawn whole, edges overlap a little differently
    assert canvas.settle() == code
    page.click("#sl-redo")
    assert canvas.settle() != code and len(canvas.strokes()[0].visible()) == 2


def test_a_page_that_dies_while_drawing_loses_at_most_a_second(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    box = page.locator("#sl-sketch").bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    drawn = []
    for i in range(100):
        page.mouse.move(box["x"] + 50 + 4 * i, box["y"] + 50 + 3 * (i % 30))
        drawn.append((time.monotonic(), page.evaluate("sprintLive.journal.points")))
    end_s = time.monotonic()
    with contextlib.suppress(Exception):
        page.goto("chrome://crash", timeout=3000)
    again = page.context.new_page()
    canvas.page = again
    canvas.open(live_server.base)
    safe = max([points for at_s, points in drawn if at_s <= end_s - 1.0], default=0)
    assert canvas.strokes()[0].num_points >= safe > 0


def test_settings_change_the_picture_and_the_seed_is_kept_while_drawing(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    assert page.input_value("#sl-prompt") == "a cat"
    canvas.stroke(LINE)
    canvas.settle()
    seed, first = (
        page.input_value("#sl-seed"),
        len(live_server.engine.calls),
    )  # before: perhaps a late picture of the page closed last
    assert live_server.engine.calls[-1]["seed"] == int(seed)
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    canvas.settle()
    assert page.input_value("#sl-seed") == seed and {call["seed"] for call in live_server.engine.calls[first:]} == {
        int(seed)
    }
    page.fill("#sl-prompt", "a {dog} in the rain")
    page.locator("#sl-steps label").nth(2).click()
    canvas.settle()
    page.click("#sl-dice")
    canvas.settle()
    assert page.input_value("#sl-seed") != seed
    canvas.choose("style", "3d")
    page.locator("#sl-strength").fill("0.5")
    page.wait_for_function("sprintLive.root.dataset.shownOp === sprintLive.root.dataset.sentOp")
    last = live_server.engine.calls[-1]
    assert last["prompt"] == "a {dog} in the rain, 3d" and last["strength"] == 0.5 and last["steps"] == 3
    page.click("#sl-lock")
    locked = page.input_value("#sl-seed")
    page.click("#sl-clear")
    canvas.stroke(LINE)
    assert page.input_value("#sl-seed") == locked
    page.click("#sl-lock")
    page.click("#sl-clear")
    canvas.stroke(LINE)
    assert page.input_value("#sl-seed") != locked


def test_text_of_others_is_only_ever_text(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    evil = "<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{alert(4)}}"
    page.fill("#sl-prompt", evil)
    canvas.stroke(LINE)
    canvas.settle()
    live_server.engine.fail = ValueError(evil)
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    page.wait_for_selector("#sl-toast:not([hidden])")
    assert evil in page.locator("#sl-toast p").inner_text()
    assert page.locator("#sprint-live img, #sprint-live script").count() == 0
    canvas.stroke([(0.1, 0.8), (0.2, 0.7)])
    canvas.settle()
    time.sleep(1.0)  # what is a second old is kept
    page.reload()
    canvas.wait_ready()
    assert page.input_value("#sl-prompt") == evil
    time.sleep(0.3)


def test_the_server_restarts_and_the_drawing_is_there_again(open_canvas, start_server):
    first = start_server()
    first.wait_until("/readyz")
    canvas = open_canvas(first.base)
    canvas.stroke(LINE)
    canvas.settle()
    port = first.server.port
    first.stop()
    canvas.page.wait_for_selector("#sprint-live[data-state=offline]", timeout=5000)
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])  # drawn while nobody listens
    second = start_server(port=port)
    second.wait_until("/readyz")
    canvas.wait_ready(15000)
    canvas.settle()
    assert second.engine.codes and len(canvas.strokes()[0].visible()) == 2


def test_the_page_is_there_before_the_model(open_canvas, start_server):
    loaded = threading.Event()
    engine = StandInEngine()
    server = start_server(loader=lambda: loaded.wait(30) and engine, engine=engine)
    server.wait_until("/healthz")
    threading.Timer(2.5, loaded.set).start()
    canvas = open_canvas(server.base)
    canvas.stroke(LINE)
    canvas.settle()
    assert canvas.page.locator("#sl-model").inner_text() == "Stand-in"


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_everything_fits_without_scrolling(open_canvas, size):
    canvas = open_canvas(viewport={"width": size[0], "height": size[1]}, color_scheme="dark")
    page = canvas.page
    assert page.evaluate(
        "[...document.querySelectorAll('#sprint-live, html')].every((e) => e.scrollHeight <= innerHeight && "
        "e.scrollWidth <= innerWidth)"
    )
    for part in ("#sl-sketch", "#sl-picture", "#sl-prompt", "#sl-undo", "#sl-download", "#sl-status"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], part
    assert page.locator("#sl-sketch").bounding_box()["width"] >= 300
    assert page.locator("#sl-hint").is_visible()
    canvas.stroke(LINE)
    canvas.settle()
    assert page.locator("#sl-hint").is_hidden()


def test_a_pen_presses_and_a_palm_does_not_draw(open_canvas):
    canvas = open_canvas(has_touch=True)
    session = canvas.page.context.new_cdp_session(canvas.page)
    box = canvas.page.locator("#sl-sketch").bounding_box()

    def pen(kind, x, y, force):
        place = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        session.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                **place,
                "button": "left",
                "buttons": 0 if kind == "mouseReleased" else 1,
                "clickCount": 1,
                "pointerType": "pen",
                "force": force,
                "tiltX": 30,
            },
        )

    pen("mousePressed", 0.2, 0.5, 0.1)
    for i in range(1, 11):
        pen("mouseMoved", 0.2 + 0.05 * i, 0.5, 0.1 + 0.09 * i)
    pen("mouseReleased", 0.7, 0.5, 0)
    canvas.settle()
    points = canvas.strokes()[0].visible()[0].point_array()
    assert points["pressure"][0] < 10000 and points["pressure"][-1] > 60000 and (points["tilt_x"] == 30).any()
    palm = [{"x": box["x"] + 100, "y": box["y"] + 100}]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": palm})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(canvas.strokes()[0].visible()) == 1
