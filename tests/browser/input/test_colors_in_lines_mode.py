"""Fill in Lines mode with a model that reads colors: the mode stays, one line says what a color does, undo works."""

from __future__ import annotations


def test_a_fill_stays_in_lines_mode_and_its_color_reaches_the_engine(open_canvas, live_server, monkeypatch):
    monkeypatch.setattr(live_server.engine.model, "colored_pages", True)
    canvas = open_canvas()
    page = canvas.page
    says = page.locator(".sl-color-says")
    page.click("#sl-fill")
    assert not says.is_visible(), "this model was not taught colors"
    page.evaluate("() => sprintLive.onModel({ ...sprintLive.controls.model, hasColors: true, refines: false })")
    assert says.inner_text() == "The colors on the page guide the picture, too."
    assert not page.locator("#sl-refine").is_visible()
    page.click("#sl-sketch", position={"x": 200, "y": 200})
    page.wait_for_function("sprintLive.journal.entries.length === 1")
    canvas.settle()
    assert page.locator("input[name=mode]:checked").get_attribute("value") == "sketch"
    assert not says.is_visible() and page.locator("#sl-tip").is_hidden()
    assert live_server.engine.colors[-1][..., 3].all() and live_server.engine.paintings[-1] is None
    page.click("#sl-undo")
    assert page.evaluate("sprintLive.journal.blank")
