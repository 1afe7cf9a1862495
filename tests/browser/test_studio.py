"""What the page offers around the pen, in a real Chromium: photo, paint, view, shapes, words, files."""

from __future__ import annotations

import io
import time

import cv2
import numpy as np
from PIL import Image

from sprint_live.live.canvas.strokes import Tool
from support.standin import StandInEngine

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
PIXEL = """([id, x, y]) => Array.from(document.querySelector(id).getContext('2d').getImageData(x, y, 1, 1).data)"""


def photo_of_a_ring() -> bytes:
    page = np.full((400, 600, 3), 255, np.uint8)
    cv2.circle(page, (300, 200), 120, (0, 0, 0), 8)
    return cv2.imencode(".png", page)[1].tobytes()


def upload(page, where: str, data: bytes, name: str, kind: str) -> None:
    page.set_input_files(where, {"name": name, "mimeType": kind, "buffer": data})


def test_a_photo_becomes_one_stroke_that_can_be_erased_and_undone(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    page.click("#sl-files")
    assert page.locator("#sl-detector option").all_inner_texts() == ["dark pixels", "no lines at all"]
    page.fill("#sl-thickness", "7")
    upload(page, "#sl-photo-input", photo_of_a_ring(), "ring.png", "image/png")
    page.wait_for_function("sprintLive.journal.visible().length === 1")
    page.keyboard.press("Escape")
    assert page.locator("#sl-files-panel").is_hidden()
    stroke = canvas.strokes()[0].visible()[0]
    assert stroke.width_units == 7 * 16 and 20 < stroke.num_points < 400
    canvas.settle()
    ink = canvas.ink()
    assert ink[512, 307] == 255 and ink[512, 512] == 0  # a ring of 205 px around the middle
    page.keyboard.press("e")
    canvas.stroke([(0.3, 0.4), (0.3, 0.6)], steps=4)
    canvas.settle()
    assert canvas.ink()[512, 307] == 0
    page.click("#sl-undo")
    page.click("#sl-files")
    page.select_option("#sl-polarity", "light")
    page.click("#sl-retrace")  # the same photo with other choices takes the place of the stroke
    page.wait_for_function(
        "number => sprintLive.journal.visible()[0]?.count !== number && !sprintLive.photo.tracing",
        arg=stroke.num_points,
    )
    assert canvas.ink()[512, 307] == 0 and len(canvas.strokes()[0].visible()) == 1
    page.evaluate("sprintLive.undo()")
    assert canvas.strokes()[0].visible() == ()
    for data, name, kind, words in (
        (b"hello", "notes.txt", "text/plain", "notes.txt is not a photo"),
        (b"hello", "bad.png", "image/png", "bad.png could not be read"),
    ):
        upload(page, "#sl-photo-input", data, name, kind)
        page.wait_for_function("words => document.querySelector('#sl-toast p').textContent.includes(words)", arg=words)
    page.select_option("#sl-detector", "nothing")
    upload(page, "#sl-photo-input", photo_of_a_ring(), "ring.png", "image/png")
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('no lines that this detector')")
    assert canvas.strokes()[0].visible() == ()


def test_paint_lies_under_the_lines_and_white_paper_is_drawn_from_the_words(open_canvas, live_server, start_server):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(LINE)
    canvas.settle()
    assert live_server.engine.paintings[-1] is None and page.locator(".sl-repaint").is_hidden()
    page.click("#sl-shapes")
    page.click(".sl-swatch >> nth=4")
    page.keyboard.press("Escape")
    canvas.stroke([(0.3, 0.4), (0.6, 0.4)], steps=3)
    canvas.settle()
    assert live_server.engine.paintings[-1] is None  # a tool does not change what the picture follows, but says so
    page.click("#sl-tip .sl-tip-fix")
    canvas.settle()
    blue = page.evaluate(PIXEL, ["#sl-under", 460, 410])
    assert blue == [0x2F, 0x7F, 0xD6, 255] == [*live_server.engine.paintings[-1][410, 460], 255]
    assert canvas.strokes()[0].visible()[1].tool is Tool.PAINT and canvas.ink()[460, 460] == 0
    page.locator("#sl-repaint").fill("0.9")
    canvas.settle()
    page.click("#sl-clear")
    canvas.settle()  # a picture of the words alone
    assert live_server.engine.paintings[-1] is None and (live_server.engine.sketches[-1] == 255).all()
    page.click("input[name=mode][value=sketch]", force=True)
    page.wait_for_selector("#sl-view:not(.has-picture)")
    engine = StandInEngine()
    engine.has_branch = False
    other = start_server(engine=engine)
    other.wait_until("/readyz")
    plain = open_canvas(other.base)
    plain.has_branch = False
    assert plain.page.locator(".sl-mode").is_hidden() and plain.page.locator(".sl-repaint").is_visible()
    plain.stroke(LINE)
    plain.settle()
    assert engine.paintings[-1][512, 410].max() < 40  # the line is in the painting: this model knows nothing else


def test_overlay_zoom_and_pan_and_the_pen_still_hits_its_place(open_canvas, live_server):
    canvas = open_canvas(has_touch=True)
    page = canvas.page
    canvas.stroke([(0.2, 0.5), (0.8, 0.5)])
    canvas.settle()
    page.keyboard.press("v")
    box = page.locator("#sl-paper").bounding_box()
    assert page.locator("#sl-paper #sl-picture").is_visible() and page.locator("#sl-view").is_hidden()
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot(clip=box))).convert("L")).astype(int)
    middle, side = shot[shot.shape[0] // 2, shot.shape[1] // 2], shot[3 * shot.shape[0] // 4, shot.shape[1] // 2]
    assert (
        middle < 20 and abs(side - 128) < 6
    )  # ink is black on top, the picture (gray 128) is not darkened by the paper
    page.locator("#sl-ink").fill("0")
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot(clip=box))).convert("L"))
    assert shot[shot.shape[0] // 2, shot.shape[1] // 2] > 200  # the picture's own white line
    page.keyboard.press("v")
    box = page.locator("#sl-paper").bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"])
    page.mouse.wheel(0, -350)
    page.wait_for_function("sprintLive.zoom.scale > 1.9")
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.75 * box["height"])
    page.mouse.up()
    first = canvas.strokes()[0].visible()[1].point_array()[0]
    assert abs(first["x"] / 16 - 256) < 3 and abs(first["y"] / 16 - 768) < 3
    before = page.evaluate("sprintLive.zoom.x")
    page.keyboard.down(" ")
    page.mouse.down()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.75 * box["height"])
    page.mouse.up()
    page.keyboard.up(" ")
    assert page.evaluate("sprintLive.zoom.x") < before - 0.05 and len(canvas.strokes()[0].visible()) == 2
    page.click("#sl-fit")
    assert page.evaluate("sprintLive.zoom.scale") == 1
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places) -> None:
        points = [
            {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"], "id": i}
            for i, (x, y) in enumerate(places)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", (0.4, 0.5))
    fingers("touchStart", (0.4, 0.5), (0.6, 0.5))
    fingers("touchMove", (0.2, 0.5), (0.8, 0.5))
    fingers("touchEnd")
    assert page.evaluate("sprintLive.zoom.scale") > 2 and len(canvas.strokes()[0].visible()) == 2
    live_server.engine.fail = ValueError("the lamp went out")
    page.click("#sl-undo")
    page.wait_for_selector("#sprint-live[data-state=failed]")
    assert "the lamp went out" in page.locator("#sl-status").get_attribute("title")


def test_shapes_mirror_shortcuts_and_a_hundred_undos_after_a_reload(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    page.keyboard.press("r")
    canvas.stroke([(0.2, 0.3), (0.5, 0.6)], steps=5)
    corners = canvas.strokes()[0].visible()[0].point_array()
    assert abs(corners["x"].max() / 16 - 512) < 3 and abs(corners["x"].min() / 16 - 205) < 3
    ink = canvas.ink()
    assert ink[307, 350] == 255 and ink[614, 350] == 255 and ink[460, 205] == 255 and ink[460, 350] == 0
    page.keyboard.press("f")
    page.click("#sl-shapes")
    page.click("input[name=mirror][value='1']", force=True)
    page.keyboard.press("Escape")
    canvas.stroke([(0.1, 0.8), (0.3, 0.9)])
    ink = canvas.ink()
    assert ink[819, 102] == 255 and ink[819, 1024 - 102] == 255
    canvas.settle()  # the server drew both sides, too
    page.keyboard.press("?")
    assert page.locator("#sl-sheet dt").count() >= 15 and "Undo" in page.locator("#sl-sheet").inner_text()
    page.keyboard.press("Escape")
    page.evaluate("""async () => {
      const { packPoints } = await import(new URL('wire/protocol.js', sprintLive.base));
      for (let i = 0; i < 110; i += 1) {
        const point = (x) => ({ x, y: 9 * i, pressure: 1, tiltX: 0, tiltY: 0, dt: 0 });
        sprintLive.addStroke({ tool: 0, width: 96, rgb: [0, 0, 0], mirror: 0, layer: 0 },
          packPoints([point(100), point(900)]));
      }
    }""")
    time.sleep(1.0)
    page.reload()
    canvas.wait_ready()
    assert len(canvas.strokes()[0].visible()) == 112
    for _ in range(111):
        page.keyboard.press("Control+z")
    assert len(canvas.strokes()[0].visible()) == 1
    canvas.page.evaluate("sprintLive.refiner.wake()")
    assert np.array_equal(canvas.ink()[460] > 128, ink[460] > 128)


def test_words_seeds_presets_and_a_second_look_when_the_hand_rests(open_canvas, live_server, start_server):
    engine = StandInEngine()
    engine.model.name = "sprint-tiny"
    engine.model.styles = {"comic": "{prompt}", "gold": "{prompt}"}
    server = start_server(engine=engine)
    server.wait_until("/readyz")
    canvas = open_canvas(server.base)
    page = canvas.page
    assert page.locator("#sl-styles label").all_text_contents() == ["Comic", "Gold"]  # those that this model has
    page.fill("#sl-prompt", "a fox")
    canvas.choose("place", "beach")
    page.fill("#sl-seed", "41")
    page.click("#sl-lock")
    canvas.stroke(LINE)
    page.click("#sl-seed-more")
    canvas.settle()
    assert engine.calls[-1]["prompt"] == "a fox on a beach" and engine.calls[-1]["seed"] == 42
    page.click("#sl-seed-less")
    page.click("#sl-seed-less")
    canvas.settle()
    assert engine.calls[-1]["seed"] == 40
    page.fill("#sl-prompt", "a bear")
    page.keyboard.press("Enter")
    canvas.settle()
    page.wait_for_function("document.querySelectorAll('#sl-prompts option').length >= 2")
    page.locator("#sl-refine").check()
    page.wait_for_function("sprintLive.refiner.resting")
    canvas.settle()
    assert engine.calls[-1]["steps"] == 2 and engine.calls[-1]["seed"] == 40
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    assert 1 in {call["steps"] for call in engine.calls[-3:]}
    time.sleep(1.0)
    page.reload()
    canvas.wait_ready()
    assert (
        page.input_value("#sl-prompt") == "a bear"
        and page.locator("input[name=place]:checked").input_value() == "beach"
    )
    assert "a fox" in [option.get_attribute("value") for option in page.locator("#sl-prompts option").all()]
