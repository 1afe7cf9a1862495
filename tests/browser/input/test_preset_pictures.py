"""Styles and places are chosen by small pictures, in a real Chromium: with a pointer, by keys, and back again."""

from __future__ import annotations

import pytest

from support.standin import StandInEngine

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
CHOSEN = "() => [...document.querySelectorAll('.sl-tiles input:checked')].map(({ value }) => value)"
LOADED = """() => [...document.querySelectorAll('.sl-tiles img')].every(({ complete, naturalWidth }) =>
  complete && naturalWidth === 128)"""


@pytest.fixture
def tiny(open_canvas, start_server):
    """(canvas, engine): a page whose model is called sprint-tiny, and has two of its styles."""
    engine = StandInEngine()
    engine.model.name, engine.model.refines = "sprint-tiny", False
    engine.model.styles = {"comic": "{prompt}", "gold": "{prompt}"}
    engine.model.styled = lambda prompt, style: f"{prompt} as {style}"
    server = start_server(engine=engine)
    server.wait_until("/readyz")
    return open_canvas(server.base), engine


def drawn(canvas, engine) -> str:
    """The words of the newest picture, once it is that of the drawing."""
    canvas.page.wait_for_function("sprintLive.root.dataset.shownOp === sprintLive.root.dataset.sentOp")
    return engine.calls[-1]["prompt"]


def test_a_picture_is_chosen_by_pointer_and_by_keys_and_undo_brings_the_last_one_back(tiny):
    canvas, engine = tiny
    page = canvas.page
    canvas.stroke(LINE)
    assert drawn(canvas, engine) == "a cat as comic" and page.evaluate(CHOSEN) == ["comic", "none"]
    page.click("#sl-presets")
    page.wait_for_function(LOADED)
    page.click("#sl-styles label:has-text('Gold')")
    assert drawn(canvas, engine) == "a cat as gold"
    page.keyboard.press("Escape")
    assert page.locator("#sl-presets-panel").is_hidden() and page.evaluate("document.activeElement.id") == "sl-presets"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "gold", "the one in use has the focus"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert drawn(canvas, engine) == "a cat on a meadow as gold" and page.evaluate(CHOSEN) == ["gold", "meadow"]
    page.keyboard.press("Escape")
    assert page.get_attribute("#sl-presets", "aria-label") == "Style and place: Gold, Meadow"
    assert page.input_value("#sl-prompt") == "a cat" and page.locator("#sl-presets img").count() == 2
    page.click("#sl-undo")
    assert drawn(canvas, engine) == "a cat as gold" and page.evaluate(CHOSEN) == ["gold", "none"]
    page.click("#sl-undo")
    assert drawn(canvas, engine) == "a cat as comic" and len(canvas.strokes()[0].visible()) == 1
    page.click("#sl-redo")
    page.click("#sl-redo")
    assert drawn(canvas, engine) == "a cat on a meadow as gold"


@pytest.mark.parametrize(
    ("kept", "wanted"),
    [
        ({"style": "Gold"}, ["gold", "none"]),
        ({"style": "Beach"}, ["comic", "beach"]),
        ({"style": "Ice"}, ["comic", "none"]),
    ],
)
def test_a_drawing_of_an_earlier_version_finds_its_style_or_place(tiny, kept, wanted):
    canvas, _ = tiny
    canvas.page.evaluate("kept => sprintLive.controls.restore({ prompt: 'a cat', ...kept }, false)", kept)
    assert canvas.page.evaluate(CHOSEN) == wanted


def test_what_does_nothing_with_this_model_is_not_offered(tiny, open_canvas):
    canvas, _ = tiny
    page = canvas.page
    page.evaluate("sprintLive.refiner.box.checked = true")  # as the page begins
    page.click("#sl-more")
    assert not page.locator(".sl-when").is_visible(), "one step has no parts"
    page.locator("input[name=steps][value='2']").check(force=True)
    assert page.locator(".sl-when").is_visible()
    plain = open_canvas().page
    assert plain.locator("#sl-styles label").all_text_contents() == ["plain", "3d"]
    plain.click("#sl-presets")
    assert plain.locator("#sl-places").is_hidden() and plain.locator("#sl-styles").is_visible()
    plain.evaluate("sprintLive.onModel({ ...sprintLive.controls.model, styles: ['plain'] })")
    assert plain.locator("#sl-presets").is_hidden(), "nothing to choose from"
