"""Drawing in a real Chromium: layers, selecting, predicted ink, palms, and how little is drawn again."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import time
from pathlib import Path

import numpy as np
from PIL import Image

from sprint_live.live.canvas.edits import Arrange, Layer, Remove, Transform, settle
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.wire.protocol import VERSION
from support.browser.paper import RING, assert_same_paper, pixels, place

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
MANY = """(count) => {
  for (let i = 0; i < count; i += 1) {
    const tool = i % 7 === 6 ? 1 : i % 5 === 4 ? 2 : 0;
    sprintLive.journal.begin({ tool, width: 60 + i % 90, rgb: [i % 256, 90, 40], mirror: 0, layer: 0 });
    const bytes = new Uint8Array(120);
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < 12; k += 1) {
      view.setInt16(10 * k, 16 * (40 + (i * 37) % 940 + 5 * k), true);
      view.setInt16(10 * k + 2, 16 * (40 + (i * 53) % 940 + (k % 3) * 9), true);
      view.setUint16(10 * k + 4, 65535, true);
    }
    sprintLive.journal.append(bytes);
    sprintLive.journal.end();
  }
  sprintLive.sendAll();
  sprintLive.redraw();
}"""
UNDO_AGAINST_ALL = """() => {
  const { pad: { sheets }, journal } = sprintLive;
  const timed = (work) => { const from = performance.now(); work(); return performance.now() - from; };
  const times = [];
  for (let i = 0; i < 10; i += 1) {
    journal.undo();
    times.push(timed(() => sheets.show(journal.marks())));
    journal.redo();
    sheets.show(journal.marks());
  }
  sheets.forget();
  return [Math.min(...times), timed(() => sheets.show(journal.marks()))];
}"""


SVG_AND_SKETCH = """async () => {
  const { toSvg } = await import(new URL('export/svg.js', sprintLive.base));
  const image = new Image();
  const svg = toSvg(sprintLive.journal.marks(), { left: 0, top: 0, width: 1024, height: 1024 });
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const { paint, lines } = sprintLive.pad.layers;
  return [[image], [paint.canvas, lines.canvas]].map((pictures) => {
    const page = Object.assign(document.createElement('canvas'), { width: 1024, height: 1024 });
    const context = page.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 1024, 1024);
    for (const picture of pictures) context.drawImage(picture, 0, 0);
    return page.toDataURL();
  });
}"""


def assert_svg_is_the_sketch(canvas) -> None:
    drawn, shown = canvas.page.evaluate(SVG_AND_SKETCH)
    svg, sketch = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))).convert("RGB")).astype(int)
        for url in (drawn, shown)
    )
    differ = np.abs(svg - sketch).max(axis=2) > 60
    assert (sketch.min(axis=2) < 200).sum() > 10_000 and differ.sum() < 0.02 * (sketch.min(axis=2) < 200).sum()


def test_strokes_are_selected_moved_scaled_and_deleted_each_as_one_entry(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(RING)
    canvas.stroke([(0.8, 0.8), (0.95, 0.9)])
    before = canvas.settle()
    page.keyboard.press("s")
    canvas.stroke([(0.1, 0.1), (0.7, 0.7)], steps=3)
    assert page.locator("#sl-selection-count").inner_text() == "1 stroke" and page.locator("#sl-selection").is_visible()
    sent = page.evaluate("sprintLive.seq")
    canvas.stroke([(0.4, 0.4), (0.5, 0.45)], steps=4)  # inside the box: it moves
    assert page.evaluate("sprintLive.seq") == sent + 1
    edit = canvas.strokes()[0].entries[-1]
    assert isinstance(edit, Transform) and edit.stroke_ids == (1,)
    assert abs(edit.shift_x / 16 - 102.4) < 3 and abs(edit.shift_y / 16 - 51.2) < 3 and edit.scale_x == 65536
    moved = canvas.settle()
    assert moved != before
    assert_same_paper(canvas)
    corner = page.evaluate("sprintLive.selection.corners()[2]")
    canvas.stroke([(corner["x"] / 1024, corner["y"] / 1024), (0.98, 0.98)], steps=4)
    scale = canvas.strokes()[0].entries[-1]
    assert scale.scale_x == scale.scale_y > 1.3 * 65536
    assert settle(canvas.strokes()[0].visible())[0].width_units == math.floor(96 * scale.scale_x / 65536 + 0.5)
    canvas.settle()
    assert_same_paper(canvas)
    page.keyboard.press("ArrowRight")
    assert canvas.strokes()[0].entries[-1].shift_x == 16
    page.keyboard.press("Delete")
    canvas.settle()
    assert isinstance(canvas.strokes()[0].entries[-1], Remove) and len(settle(canvas.strokes()[0].visible())) == 1
    assert page.locator("#sl-selection").is_hidden()
    for _ in range(3):
        page.keyboard.press("Control+z")
    assert canvas.settle() == moved
    time.sleep(1.0)
    page.reload()
    canvas.wait_ready()
    assert canvas.settle() == moved
    page.keyboard.press("Control+z")
    assert canvas.settle() == before
    for _ in range(4):
        page.keyboard.press("Control+Shift+z")
    canvas.settle()
    assert len(settle(canvas.strokes()[0].visible())) == 1
    page.keyboard.press("s")
    page.mouse.click(*place(canvas, 0.875, 0.85))
    assert page.evaluate("sprintLive.selection.ids") == [2]  # a tap takes what is under it
    page.keyboard.press("Escape")
    assert page.evaluate("sprintLive.selection.any") is False


def test_layers_are_added_hidden_faded_ordered_merged_and_undone(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.keyboard.press("c")
    canvas.stroke([(0.2, 0.5), (0.8, 0.5)], steps=3)
    page.click("#sl-layers")
    page.click("#sl-layer-add")
    page.keyboard.press("Escape")
    page.evaluate("sprintLive.tools.color('#2f7fd6')")
    canvas.stroke([(0.5, 0.2), (0.5, 0.8)], steps=3)
    page.keyboard.press("b")
    canvas.stroke(LINE)
    canvas.settle()
    assert [stroke.layer for stroke in canvas.strokes()[0].visible() if isinstance(stroke, Stroke)] == [0, 1, 1]
    assert tuple(pixels(canvas, "#sl-under")[512, 512][:3]) == (0x2F, 0x7F, 0xD6)
    assert_same_paper(canvas)
    page.click("#sl-layers")
    page.locator(".sl-layer input").first.fill("40")
    canvas.settle()
    assert canvas.strokes()[0].layers == (Layer(0), Layer(1, 40))
    assert abs(int(canvas.ink().max()) - 102) <= 1  # a line at 40 % is gray, and weaker as control
    assert_same_paper(canvas)
    page.click("#sl-layer-down")
    canvas.settle()
    assert tuple(pixels(canvas, "#sl-under")[512, 512][:3]) == (0xD7, 0x33, 0x2B)
    page.click("#sl-layer-up")
    seen = canvas.settle()
    page.click("#sl-layer-merge")
    canvas.settle()
    assert canvas.strokes()[0].layers == (Layer(0),) and page.locator(".sl-layer").count() == 1
    assert abs(int(canvas.ink().max()) - 102) <= 1
    assert_same_paper(canvas)
    page.keyboard.press("Escape")
    canvas.stroke([(0.1, 0.9), (0.9, 0.9)])
    canvas.settle()
    assert canvas.ink()[921, 512] == 255
    time.sleep(1.0)
    page.reload()
    canvas.wait_ready()
    canvas.settle()
    assert_same_paper(canvas)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert canvas.settle() == seen and canvas.strokes()[0].layers == (Layer(0), Layer(1, 40))
    assert_same_paper(canvas)
    page.keyboard.press("x")  # the layer in use
    assert [layer.shown for layer in canvas.strokes()[0].layers].count(False) == 1
    page.keyboard.press("b")
    canvas.stroke(LINE)
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('layer is hidden')")
    page.keyboard.press("x")
    page.click("#sl-layers")
    for _ in range(6):
        page.click("#sl-layer-add")
    assert page.locator("#sl-layer-add").is_disabled() and len(canvas.strokes()[0].layers) == 8
    page.click("#sl-layer-remove")
    assert isinstance(canvas.strokes()[0].entries[-1], Arrange) and len(canvas.strokes()[0].layers) == 7


def test_of_two_thousand_strokes_an_undo_draws_a_few_again_and_the_paper_is_the_same(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(MANY, 2000)

    def drawn() -> int:
        return page.evaluate("sprintLive.pad.sheets.strokesDrawn")

    whole = drawn()
    assert whole >= 2000
    canvas.stroke([(0.5, 0.5), (0.55, 0.52)], steps=4)
    assert drawn() == whole  # the stroke under the pen is drawn once, as it comes
    page.keyboard.press("Control+z")
    few = drawn() - whole
    assert 0 < few < 100
    page.keyboard.press("Control+Shift+z")
    assert drawn() == whole + few + 1
    page.evaluate(
        "sprintLive.edit({ transform: { ids: [1000, 1001], scaleX: 65536, scaleY: 65536, shiftX: 320, shiftY: 160, "
        "skewX: 0, skewY: 0 } })"
    )
    page.evaluate("sprintLive.edit({ remove: [500, 1500] })")
    shown = [pixels(canvas, where).astype(int) for where in ("#sl-sketch", "#sl-under")]
    frames = page.evaluate(UNDO_AGAINST_ALL)
    for before, where in zip(shown, ("#sl-sketch", "#sl-under"), strict=True):
        assert (np.abs(before - pixels(canvas, where)).max(axis=2) > 64).sum() < 20
    assert drawn() - whole < 4 * 2000
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    small, all_ms = page.evaluate(UNDO_AGAINST_ALL)
    print(f"removal taken back {frames[0]:.1f} ms of {frames[1]:.1f}, a stroke {small:.1f} ms of {all_ms:.1f}")
    assert small < all_ms / 5


def test_a_project_with_layers_and_edits_opens_again_identical_and_one_of_version_2_still_opens(open_canvas, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(RING)
    page.evaluate("sprintLive.layers.add()")
    page.keyboard.press("g")
    page.mouse.click(*place(canvas, 0.4, 0.4))
    page.wait_for_function("sprintLive.journal.entries.at(-1).tool === 3")
    page.evaluate("sprintLive.layers.change(1, { opacity: 55 })")
    page.evaluate(
        "sprintLive.edit({ transform: { ids: [1, 2], scaleX: 70000, scaleY: 60000, shiftX: 400, shiftY: -30, "
        "skewX: 0, skewY: 0 } })"
    )
    page.keyboard.press("b")
    canvas.stroke(LINE)
    page.keyboard.press("Control+z")
    code = canvas.settle()

    def project() -> bytes:
        page.wait_for_timeout(300)
        with page.expect_download() as download:
            page.locator("#sl-save-project").dispatch_event("click")
        download.value.save_as(tmp_path / "project")
        return (tmp_path / "project").read_bytes()

    def upload(data: bytes) -> None:
        page.set_input_files(
            "#sl-project-input", {"name": "a.sprintlive.json", "mimeType": "application/json", "buffer": data}
        )

    assert_svg_is_the_sketch(canvas)
    first = project()
    page.click("#sl-clear")
    page.fill("#sl-prompt", "something else")
    upload(first)
    page.wait_for_function("document.querySelector('#sl-prompt').value === 'a cat'")
    assert canvas.settle() == code and hashlib.sha256(project()).digest() == hashlib.sha256(first).digest()
    assert_same_paper(canvas)
    upload(Path(__file__).with_name("drawing_version_2.json").read_bytes())
    page.wait_for_function("document.querySelector('#sl-prompt').value === 'a boat'")
    canvas.settle()
    journal, _ = canvas.strokes()
    assert [stroke.tool for stroke in journal.visible()] == [Tool.BRUSH, Tool.PAINT, Tool.ERASER] and len(
        journal.entries
    ) == 5
    assert journal.visible()[0].num_points == 3 and journal.undone[0].stroke_id == 5 and journal.layers == (Layer(0),)
    assert tuple(pixels(canvas, "#sl-under")[800, 400]) == (63, 156, 75, 255)
    assert canvas.ink()[300, 200] == canvas.ink()[300, 824] == 255  # its mirror image, too
    assert_same_paper(canvas)
    assert base64.b64decode(json.loads(project())["messages"][0])[0] == VERSION  # saved as of now
