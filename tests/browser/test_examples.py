"""Drawings to start from: they draw themselves through the ordinary path and leave an ordinary drawing."""

from __future__ import annotations

import json
import re

from support.paths import WEB

NAMES = sorted(path.stem for path in (WEB / "examples").glob("*.json"))


def test_every_example_is_listed_and_small():
    listed = re.search(r"EXAMPLES = \{(.*?)\}", (WEB / "panels" / "examples.js").read_text("utf-8")).group(1)
    assert sorted(re.findall(r"(\w+):", listed)) == NAMES and len(NAMES) >= 3
    assert all((WEB / "examples" / f"{name}.json").stat().st_size < 16_000 for name in NAMES)


def test_the_hint_of_the_first_visit_leads_to_a_drawing_that_draws_itself(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    hint, examples = page.locator("#sl-hint"), page.locator("#sl-empty [data-examples]")
    assert hint.is_visible() and examples.locator("button").count() == len(NAMES)
    num_pictures = len(live_server.engine.codes)
    examples.locator("button").first.click()
    page.wait_for_function("sprintLive.journal.open && sprintLive.journal.points > 20")  # in the middle of a stroke
    page.wait_for_selector("#sl-view.has-picture")
    assert hint.is_hidden()
    page.wait_for_function("sprintLive.journal.entries.length === 14 && !sprintLive.journal.open", timeout=60000)
    canvas.settle()
    assert canvas.ink_error() < 0.02
    assert len(live_server.engine.codes) - num_pictures > 5  # the picture followed
    example = json.loads((WEB / "examples" / "cat.json").read_text())
    settings = canvas.strokes()[1]
    assert settings["prompt"] == example["settings"]["prompt"] and settings["seed"] == example["settings"]["seed"]
    points = page.evaluate(
        """async (messages) => {
      const { Journal } = await import(new URL('canvas/journal.js', sprintLive.base));
      const bytes = messages.map((text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
      const of = (journal) => journal.entries.map(({ tool, width, chunks }) =>
        [tool, width, chunks.flatMap((chunk) => [...chunk])]);
      return JSON.stringify(of(Journal.fromMessages(bytes))) === JSON.stringify(of(sprintLive.journal));
    }""",
        example["messages"],
    )
    assert points
    canvas.stroke([(0.1, 0.1), (0.2, 0.1)])
    page.click("#sl-undo")
    canvas.settle()  # an ordinary drawing


def test_a_hand_takes_over_and_undo_brings_back_what_was_there(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.9), (0.8, 0.9)])
    page.evaluate("void sprintLive.examples.play('house')")
    page.wait_for_function("sprintLive.journal.open && sprintLive.journal.entries.length > 2")
    box = page.locator("#sl-sketch").bounding_box()
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.05 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.05 * box["height"])
    page.wait_for_timeout(300)  # the pen stays down: nothing of the example goes into its stroke
    page.mouse.up()
    assert canvas.strokes()[0].visible()[-1].point_array()["y"].max() / 16 < 0.06 * 1024
    number = page.evaluate("sprintLive.journal.entries.length")
    page.wait_for_timeout(700)
    assert page.evaluate("sprintLive.journal.entries.length") == number  # it has stopped
    canvas.settle()
    while page.evaluate("sprintLive.journal.entries.length") > 1:
        page.keyboard.press("Control+z")
    canvas.settle()
    assert len(canvas.strokes()[0].visible()) == 1


def test_with_reduced_motion_a_stroke_is_there_at_once(open_canvas):
    canvas = open_canvas(reduced_motion="reduce")
    canvas.page.evaluate("void sprintLive.examples.play('fish')")
    canvas.page.wait_for_function("sprintLive.journal.entries.length === 1 && !sprintLive.journal.open")
    assert canvas.strokes()[0].visible()[0].num_points > 60


WORDS = (
    "() => [document.querySelector('#sl-prompt').value, document.querySelector('input[name=style]:checked').value, "
    "document.querySelector('#sl-seed').value]"
)


def test_the_words_that_an_example_takes_the_place_of_come_back_with_undo(open_canvas):
    canvas = open_canvas(reduced_motion="reduce")
    page = canvas.page
    canvas.stroke([(0.2, 0.9), (0.8, 0.9)])
    page.fill("#sl-prompt", "a lighthouse by the sea")
    page.keyboard.press("Enter")
    canvas.choose("style", "3d")
    own = page.evaluate(WORDS)
    page.evaluate("void sprintLive.examples.play('fish')")
    page.wait_for_function("sprintLive.journal.entries.length > 2 && !sprintLive.journal.open")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.evaluate(WORDS)[0] != own[0]
    for _ in range(30):
        if page.evaluate(WORDS) == own:
            break
        page.keyboard.press("Control+z")
    assert page.evaluate(WORDS) == own and page.evaluate("sprintLive.journal.entries.length") == 2
    assert canvas.strokes()[1]["prompt"].startswith(own[0])
    page.keyboard.press("Control+Shift+z")
    assert page.evaluate(WORDS)[0] != own[0]


def test_words_style_and_seed_are_undone_like_strokes_and_leave_redo_alone(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    for height in (0.2, 0.4):
        canvas.stroke([(0.2, height), (0.8, height)])
    page.click("#sl-undo")
    first = page.evaluate(WORDS)
    page.fill("#sl-prompt", "a tower")
    page.keyboard.press("Enter")
    page.click("#sl-dice")
    changed = page.evaluate(WORDS)
    assert changed[0] == "a tower" and changed[2] != first[2]
    page.click("#sl-undo")
    assert page.evaluate(WORDS) == ["a tower", first[1], first[2]]
    page.click("#sl-undo")
    assert page.evaluate(WORDS) == first and page.evaluate("sprintLive.journal.entries.length") == 1
    for _ in range(3):
        page.click("#sl-redo")
    assert page.evaluate(WORDS) == changed and page.evaluate("sprintLive.journal.entries.length") == 2
    canvas.settle()


def test_half_typed_words_are_not_suggested(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.2)])
    canvas.settle()
    page.fill("#sl-prompt", "")
    for part in ("a fo", "x in the", " snow"):
        page.type("#sl-prompt", part)
        canvas.settle()
    page.keyboard.press("Enter")
    offered = [option.get_attribute("value") for option in page.locator("#sl-prompts option").all()]
    assert "a fox in the snow" in offered and not [
        one for one in offered if one.startswith("a fo") and one != "a fox in the snow"
    ]
