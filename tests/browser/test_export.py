"""A project file of everything a drawing can hold opens in another browser exactly as it was, in a real Chromium."""

from __future__ import annotations

import json

import numpy as np

from support.browser.lasso import lasso, shown

PROJECT = """async () => {
  const { projectText } = await import(new URL('storage/project-file.js', sprintLive.base));
  return projectText(sprintLive.snapshot());
}"""
KINDS = (
    "[...new Set(sprintLive.journal.entries.map((entry) => "
    "entry.chunks ? `stroke ${entry.tool}` : entry.kind ?? Object.keys(entry).sort().join(' ')))].sort()"
)


def draw_everything(canvas) -> None:
    """Lines, shapes, a mirror, color, fills, an eraser, layers, what was moved, a pin, a picture painted over,
    settings.
    """
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.4, 0.3)])
    page.evaluate("sprintLive.pad.mirror = 3")
    canvas.stroke([(0.3, 0.1), (0.4, 0.15)])
    page.evaluate("sprintLive.pad.mirror = 0")
    page.keyboard.press("r")
    canvas.stroke([(0.5, 0.5), (0.8, 0.8)])
    page.keyboard.press("f")
    page.keyboard.press("g")
    canvas.stroke([(0.6, 0.6), (0.6, 0.6)])
    page.wait_for_function("sprintLive.journal.entries.at(-1).tool === 3")
    page.evaluate("sprintLive.tools.color('#3f9c4b')")
    page.keyboard.press("c")
    canvas.stroke([(0.1, 0.8), (0.3, 0.85)])
    page.keyboard.press("e")
    canvas.stroke([(0.3, 0.2), (0.3, 0.3)])
    page.evaluate("document.querySelector('#sl-layer-add').click()")
    page.keyboard.press("b")
    canvas.stroke([(0.1, 0.5), (0.3, 0.55)])
    page.evaluate("sprintLive.layers.change(sprintLive.pad.layer, { opacity: 40 })")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+ArrowRight")
    page.fill("#sl-prompt", 'eine Katze "<b>" 猫')
    canvas.choose("style", "3d")
    page.evaluate("() => { sprintLive.controls.setLocked(true); document.activeElement.blur(); }")
    shown(page)
    lasso(page, [(0.5, 0.1), (0.9, 0.1), (0.9, 0.4), (0.5, 0.4)])
    page.wait_for_function("sprintLive.pins.pin !== null")
    shown(page)
    page.evaluate("document.querySelector('#sl-take-picture').click()")
    page.wait_for_function("Object.keys(sprintLive.snapshot().pictures).length === 1")
    shown(page)


def test_a_project_of_everything_opens_in_another_browser_exactly(open_canvas, tmp_path):
    here = open_canvas()
    draw_everything(here)
    project, kinds = (here.page.evaluate(wanted) for wanted in (PROJECT, KINDS))
    assert len(kinds) >= 6, kinds
    code, ink = here.shown_code(), here.ink().astype(int)
    with here.page.expect_download() as download:
        here.page.evaluate("sprintLive.save.project()")
    download.value.save_as(tmp_path / "everything.json")
    assert json.loads((tmp_path / "everything.json").read_text()) == json.loads(project)
    there = open_canvas()
    there.page.set_input_files("#sl-project-input", tmp_path / "everything.json")
    there.page.wait_for_function("sprintLive.journal.entries.length > 5 && sprintLive.picture.jpeg")
    there.page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")
    shown(there.page)
    assert json.loads(there.page.evaluate(PROJECT)) == json.loads(project)
    assert there.shown_code() == code and np.abs(there.ink() - ink).max() < 64  # edges drawn at once, not bit by bit
    there.page.wait_for_timeout(700)
    there.page.reload()
    there.wait_ready()
    there.page.wait_for_function("sprintLive.picture.jpeg")
    shown(there.page)
    assert json.loads(there.page.evaluate(PROJECT)) == json.loads(project) and np.abs(there.ink() - ink).max() < 64
