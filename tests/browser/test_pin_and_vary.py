"""Pins, variations, the finer settings and the tips in a real Chromium."""

from __future__ import annotations

import json

import numpy as np

from support.browser.lasso import AROUND, lasso, shown

LINE = [(0.2, 0.3), (0.2, 0.7)]
GRAY = """([x, y]) => document.querySelector('#sl-picture').getContext('2d').getImageData(x, y, 1, 1).data[0]"""


def test_a_lasso_pins_and_undo_redo_reload_and_a_project_file_keep_the_very_pin(open_canvas, live_server, tmp_path):
    canvas = open_canvas()
    page, engine = canvas.page, live_server.engine
    page.keyboard.press("p")
    assert page.locator("#sl-pin").get_attribute("aria-pressed") == "false"  # nothing to pin yet: it says so
    canvas.stroke(LINE)
    canvas.settle()
    assert page.locator("#sl-unpin").is_hidden()
    lasso(page, AROUND)
    page.wait_for_function("sprintLive.pins.pin !== null")
    assert page.locator("#sl-unpin").is_visible() and page.locator(".sl-lasso path").first.get_attribute(
        "d"
    ).startswith("M20")
    shown(page)
    assert engine.calls[-1]["pinned"]
    before = page.evaluate(GRAY, [300, 500])
    canvas.stroke([(0.1, 0.5), (0.9, 0.5)])
    shown(page)
    assert abs(page.evaluate(GRAY, [300, 512]) - before) < 30 and page.evaluate(GRAY, [800, 512]) > 200
    page.click("#sl-undo")
    page.click("#sl-undo")  # the pin
    shown(page)
    assert (
        not engine.calls[-1]["pinned"]
        and page.locator("#sl-unpin").is_hidden()
        and len(canvas.strokes()[0].visible()) == 1
    )
    page.click("#sl-redo")
    page.click("#sl-redo")
    shown(page)
    assert (
        engine.calls[-1]["pinned"]
        and len(canvas.strokes()[0].visible()) == 2
        and page.locator("#sl-redo").is_disabled()
    )
    page.keyboard.press("p")
    assert page.locator("#sl-pin").get_attribute("aria-pressed") == "true"
    page.click("#sl-layers")  # a panel lies over the lasso: choosing is over
    assert page.locator("#sl-pin").get_attribute("aria-pressed") == "false"
    page.keyboard.press("Escape")
    kept, code = page.evaluate("sprintLive.pins.pin.data"), canvas.shown_code()
    page.wait_for_timeout(900)
    page.reload()
    canvas.wait_ready()
    page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")
    page.wait_for_function("document.querySelector('#sl-view.has-picture')")
    shown(page)
    assert page.evaluate("sprintLive.pins.pin.data") == kept and canvas.shown_code() == code
    with page.expect_download() as download:
        page.evaluate("sprintLive.save.project()")
    download.value.save_as(tmp_path / "project.json")
    assert json.loads((tmp_path / "project.json").read_text())["pin"]["data"] == kept
    page.click("#sl-clear")
    assert page.evaluate("sprintLive.pins.pin") is None
    page.set_input_files("#sl-project-input", tmp_path / "project.json")
    page.wait_for_function("data => sprintLive.pins.pin?.data === data", arg=kept)
    shown(page)
    assert canvas.shown_code() == code
    page.click("#sl-unpin")
    shown(page)
    assert not engine.calls[-1]["pinned"]


def test_four_variations_come_as_they_are_drawn_and_the_picked_one_is_one_undo_away(open_canvas, live_server):
    canvas = open_canvas()
    page, engine = canvas.page, live_server.engine
    canvas.stroke(LINE)
    canvas.settle()
    seed, drawn = page.input_value("#sl-seed"), len(engine.calls)
    page.click("#sl-vary")
    page.wait_for_function("document.querySelectorAll('#sl-varied button:enabled').length === 4")
    assert len(engine.calls) == drawn + 4 and page.input_value("#sl-seed") == seed
    picked = page.locator("#sl-varied button").nth(2)
    wanted = picked.get_attribute("data-seed")
    assert (
        np.mean(
            picked.locator("canvas").evaluate("c => Array.from(c.getContext('2d').getImageData(0, 40, 256, 200).data)")
        )
        > 60
    )
    picked.click()
    canvas.settle()
    assert (
        page.input_value("#sl-seed") == wanted == str(engine.calls[-1]["seed"])
        and page.locator("#sl-lock").get_attribute("aria-pressed") == "true"
    )
    assert page.locator("#sl-vary-panel").is_hidden()
    page.click("#sl-undo")
    canvas.settle()
    assert page.input_value("#sl-seed") == seed and page.locator("#sl-lock").get_attribute("aria-pressed") == "false"
    page.click("#sl-redo")
    canvas.settle()
    assert page.input_value("#sl-seed") == wanted
    engine.delay_s = 0.3
    page.click("#sl-vary")
    page.wait_for_function("document.querySelectorAll('#sl-varied button:enabled').length === 1")
    canvas.stroke([(0.6, 0.3), (0.8, 0.7)])
    canvas.settle()
    assert (
        page.locator("#sl-varied button").count() < 4
        and "the drawing changed" in page.locator("#sl-vary-says").text_content()
    )


def test_guidance_and_when_lines_count_reach_the_engine_and_resting_refines_as_chosen(open_canvas, live_server):
    canvas = open_canvas()
    page, engine = canvas.page, live_server.engine
    page.click("#sl-more")
    assert (
        page.locator("#sl-guidance").is_visible()
        and page.locator(".sl-when").is_hidden()
        and page.locator(".sl-previews").is_hidden()
    )
    page.locator("#sl-guidance").fill("7")
    canvas.stroke(LINE)
    canvas.settle()
    assert engine.calls[-1]["guidance"] == 7 and engine.calls[-1]["control"] == (0, 1)
    page.click("#sl-more")
    page.locator("input[name=refine-steps][value='3']").check(force=True)
    page.locator("#sl-refine").check()
    page.locator("#sl-control-end").fill("0.7")
    assert page.locator("#sl-when-out").text_content() == "0 – 70 %"
    page.wait_for_function("sprintLive.refiner.resting")
    canvas.settle()
    assert engine.calls[-1]["steps"] == 3 and engine.calls[-1]["control"] == (0, 0.7)
    drawn = len(engine.calls)
    page.wait_for_timeout(1500)
    assert len(engine.calls) == drawn  # nothing changes, nothing is drawn
    page.locator("#sl-control-start").fill("0.9")
    assert float(page.input_value("#sl-control-start")) < float(page.input_value("#sl-control-end"))
    page.keyboard.press("Escape")
    assert page.locator("#sl-guidance").is_hidden()
    page.wait_for_timeout(900)
    page.reload()
    canvas.wait_ready()
    assert page.input_value("#sl-guidance") == "7" and page.evaluate("sprintLive.refiner.refined") == 3


def test_a_tip_says_why_the_picture_does_not_follow_and_one_press_helps(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    tip = page.locator("#sl-tip")
    canvas.stroke(LINE)
    canvas.settle()
    assert tip.is_hidden()
    page.locator("#sl-strength").fill("0")
    page.wait_for_selector("#sl-tip:not([hidden])")
    assert "control strength is 0" in tip.inner_text()
    page.click(".sl-tip-fix")
    assert page.input_value("#sl-strength") == "1" and tip.is_hidden()
    shown(page)
    page.fill("#sl-prompt", "")
    page.wait_for_selector("#sl-tip:not([hidden])")
    assert "The prompt is empty" in tip.inner_text()
    page.click(".sl-tip-close")
    assert tip.is_hidden()
    page.locator("#sl-strength").fill("0.1")
    shown(page)
    assert tip.is_hidden()  # once refused, not said again
    page.fill("#sl-prompt", "a cat")
    page.locator("#sl-strength").fill("1")
    page.evaluate("sprintLive.tools.color('#2f7fd6')")
    canvas.stroke([(0.2, 0.6), (0.8, 0.6)], steps=3)
    shown(page)
    page.click("input[name=mode][value=painting]", force=True)
    page.locator("#sl-repaint").fill("0.5")  # the stand-in gives the painting back: nothing was painted over
    page.wait_for_selector("#sl-tip:not([hidden])")
    assert "almost the same as your painting" in tip.inner_text()
    page.click(".sl-tip-fix")
    assert page.input_value("#sl-repaint") == "0.7"
    page.click("input[name=mode][value=sketch]", force=True)
    page.wait_for_selector("#sl-tip:not([hidden])")
    assert "The paint has no effect" in tip.inner_text()
