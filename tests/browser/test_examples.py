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
      const of = (journal) => journal.entries.map(({ tool, width, chunks }) => [tool, width, chunks.flatMap((chunk) => [...chunk])]);
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
