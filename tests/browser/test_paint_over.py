"""The picture taken back onto the paper, and a photo, to be painted over: in a real Chromium, with pointer events."""

from __future__ import annotations

import io
import json

import cv2
import numpy as np
import pytest
from PIL import Image

from sprint_live.live.canvas.edits import Arrange
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Tool

PAINT = """() => {
  const { data } = document.querySelector('#sl-under').getContext('2d').getImageData(0, 0, 1024, 1024);
  let text = '';
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return btoa(text);
}"""
HELD = """async () => {
  const { bytesOf, namesIn } = await import(new URL('canvas/images.js', sprintLive.base));
  return [...namesIn(sprintLive.journal)].map((name) => [name, Array.from(bytesOf(name))]);
}"""


def paint(page) -> np.ndarray:
    """The paint on show, premultiplied onto white: (1024, 1024, 3)."""
    import base64

    rgba = np.frombuffer(base64.b64decode(page.evaluate(PAINT)), np.uint8).reshape(1024, 1024, 4).astype(np.float64)
    share = rgba[..., 3:] / 255
    return np.rint(rgba[..., :3] * share + 255 * (1 - share)).astype(np.uint8)


def same(ours: np.ndarray, theirs: np.ndarray) -> bool:
    """Equal but for the seams of a stroke that was drawn piece by piece:
    its edge is then a shade darker here and there.
    """
    return bool(np.abs(ours.astype(int) - theirs.astype(int)).mean() < 0.02)


def held_pictures(page) -> Pictures:
    """What the page holds, as the server would."""
    pictures = Pictures()
    for name, data in page.evaluate(HELD):
        pictures.give(bytes.fromhex(name), bytes(data), ())
    return pictures


def server_paint(canvas) -> np.ndarray:
    raster = Raster(held_pictures(canvas.page))
    raster.update(canvas.strokes()[0].visible())
    page = raster.painting(with_lines=False)
    return np.full((1024, 1024, 3), 255, np.uint8) if page is None else page


def settle(canvas) -> None:
    """Wait for the picture of the drawing as the server must have drawn it, pictures included."""
    canvas._raster = Raster(held_pictures(canvas.page))
    canvas.settle()


def photo(width: int, height: int) -> bytes:
    rng = np.random.default_rng(5)
    pixels = cv2.resize(rng.integers(0, 256, (9, 9, 3), np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG", compress_level=1)
    return data.getvalue()


@pytest.mark.parametrize("shape", ["1024x1024", "1024x512"])
def test_the_result_comes_back_as_paint_is_painted_over_and_is_one_undo(open_canvas, live_server, tmp_path, shape):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(
        "(shape) => { const size = document.querySelector('#sl-picture-size'); size.value = shape; "
        "size.dispatchEvent(new Event('change')); }",
        shape,
    )
    canvas.stroke([(0.3, 0.4), (0.5, 0.6), (0.7, 0.4)])
    canvas.settle()
    width, height = map(int, shape.split("x"))
    shown = page.evaluate("Array.from(sprintLive.picture.jpeg)")
    before = len(canvas.strokes()[0].entries)
    page.keyboard.press("t")
    page.wait_for_function("sprintLive.journal.entries.at(-1).picture")
    journal, settings = canvas.strokes()
    arrange, picture = journal.entries[before:]
    assert (
        isinstance(arrange, Arrange)
        and picture.tool is Tool.PICTURE
        and picture.layer == arrange.layers[-1].layer_id
        and settings["painting"]
    )
    assert page.evaluate(HELD)[0][1] == shown  # the very bytes on show
    expected = np.asarray(Image.open(io.BytesIO(bytes(shown))).convert("RGB")).astype(int)
    top = (1024 - height) // 2
    assert np.abs(paint(page)[top : top + height].astype(int) - expected).max() <= 6
    settle(canvas)
    assert np.abs(live_server.engine.paintings[-1].astype(int) - expected).max() <= 2
    page.keyboard.press("c")
    canvas.stroke([(0.2, 0.55), (0.8, 0.55)])
    settle(canvas)
    assert tuple(live_server.engine.paintings[-1][round(0.55 * 1024) - top, width // 2]) == (215, 51, 43)
    assert np.abs(paint(page).astype(int) - server_paint(canvas).astype(int)).mean() < 0.6
    page.evaluate("sprintLive.store.timer || sprintLive.store.touch(); sprintLive.store.flush()")
    with page.expect_download() as saved:
        page.keyboard.press("Control+s")
    whole, project = paint(page), saved.value.path().read_bytes()
    journal_of_file = canvas.strokes()[0]
    page.reload()
    canvas.wait_ready()
    assert same(paint(page), whole) and canvas.strokes()[0] == journal_of_file
    settle(canvas)
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert len(canvas.strokes()[0].entries) == before and (paint(page) == 255).all()  # picture and layer went together
    for _ in range(2):
        page.keyboard.press("Control+Shift+z")
    assert same(paint(page), whole)
    page.click("#sl-clear")
    page.set_input_files("#sl-project-input", {"name": "p.json", "mimeType": "application/json", "buffer": project})
    page.wait_for_function("sprintLive.journal.entries.length === 4")
    assert same(paint(page), whole)
    with page.expect_download() as again:
        page.keyboard.press("Control+s")
    assert json.loads(again.value.path().read_bytes())["pictures"] == json.loads(project)["pictures"]
    other = open_canvas()  # another browser, which has none of the pictures
    damaged = json.dumps({**json.loads(project), "pictures": {}}).encode()
    other.page.set_input_files(
        "#sl-project-input", {"name": "p.json", "mimeType": "application/json", "buffer": damaged}
    )
    other.page.wait_for_selector("text=it is damaged")
    other.page.set_input_files(
        "#sl-project-input", {"name": "p.json", "mimeType": "application/json", "buffer": project}
    )
    other.page.wait_for_function("sprintLive.journal.entries.length === 4")
    assert same(paint(other.page), whole) and other.strokes()[0] == journal_of_file
    settle(other)


def test_the_layer_of_a_picture_is_hidden_faded_and_merged_like_any(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.3, 0.4), (0.5, 0.6), (0.7, 0.4)])
    canvas.settle()
    page.keyboard.press("t")
    page.wait_for_function("sprintLive.journal.entries.at(-1).picture")
    page.keyboard.press("x")
    assert (paint(page) == 255).all()
    page.keyboard.press("x")
    page.evaluate("sprintLive.layers.change(sprintLive.pad.layer, { opacity: 40 })")
    assert np.abs(paint(page).astype(int) - server_paint(canvas).astype(int)).max() <= 6
    page.click("#sl-layers")
    page.click("#sl-layer-merge")
    assert page.evaluate("sprintLive.journal.layers.length") == 1
    assert np.abs(paint(page).astype(int) - server_paint(canvas).astype(int)).max() <= 6
    settle(canvas)


def test_a_photo_becomes_a_layer_of_paint_or_lines_fitted_to_the_page_of_its_shape(open_canvas, live_server, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(
        "() => { const size = document.querySelector('#sl-picture-size'); size.value = '768x1024'; "
        "size.dispatchEvent(new Event('change')); }"
    )
    page.click("#sl-files")
    page.click("input[name=photo-becomes][value=paint]", force=True)
    assert page.locator("#sl-photo-lines").is_hidden()
    page.set_input_files("#sl-photo-input", {"name": "a.png", "mimeType": "image/png", "buffer": photo(400, 400)})
    page.wait_for_function("sprintLive.journal.entries.at(-1)?.picture")
    points = canvas.strokes()[0].entries[-1].point_array()
    assert [(p["x"] / 16, p["y"] / 16) for p in points] == [
        (128, 128),
        (896, 128),
        (896, 896),
        (128, 896),
    ]  # the page's width, not the square's
    settle(canvas)
    assert live_server.engine.paintings[-1].shape == (1024, 768, 3)
    assert (live_server.engine.paintings[-1][:126] == 255).all() and live_server.engine.paintings[-1][
        300, 200
    ].min() < 255
    page.click("input[name=photo-becomes][value=lines]", force=True)
    dark = np.full((300, 300, 3), 255, np.uint8)
    dark[140:160, 20:280] = 0
    data = io.BytesIO()
    Image.fromarray(dark).save(data, "PNG")
    page.set_input_files("#sl-photo-input", {"name": "b.png", "mimeType": "image/png", "buffer": data.getvalue()})
    page.wait_for_function("sprintLive.journal.entries.at(-1)?.tool === 0")
    x = canvas.strokes()[0].entries[-1].point_array()["x"] / 16
    assert 128 < x.min() < 240 and 790 < x.max() < 896
    with page.expect_download() as png:
        page.click("#sl-save-png")
    sketch = np.asarray(Image.open(png.value.path()).convert("RGB")).astype(int)
    assert sketch.shape == (1024, 768, 3)  # cut to the page
    with page.expect_download() as svg:
        page.click("#sl-save-svg")
    text = svg.value.path().read_text()
    assert 'viewBox="128 0 768 1024" width="768" height="1024"' in text
    drawn = page.evaluate(
        """async (text) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await image.decode();
      const context = new OffscreenCanvas(768, 1024).getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 768, 1024);
      context.drawImage(image, 0, 0);
      return Array.from(context.getImageData(0, 0, 768, 1024).data);
    }""",
        text,
    )
    assert np.abs(np.array(drawn).reshape(1024, 768, 4)[..., :3] - sketch).mean() < 2


def test_another_session_draws_a_moment_with_its_picture_and_forgotten_pictures_are_tidied_away(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.3, 0.4), (0.5, 0.6), (0.7, 0.4)])
    canvas.settle()
    page.keyboard.press("t")
    page.wait_for_function("sprintLive.journal.entries.at(-1).picture")
    settle(canvas)
    drawn = page.evaluate("""async () => {
      const { Renders } = await import(new URL('export/background-renders.js', sprintLive.base));
      const { momentOf, historyOf } = await import(new URL('canvas/history-states.js', sprintLive.base));
      const renders = new Renders((onmessage) => sprintLive.openLink(onmessage), sprintLive.settings());
      const jpeg = await renders.picture(momentOf(historyOf(sprintLive.journal), 1));
      renders.close();
      return [Array.from(jpeg), Array.from(sprintLive.picture.jpeg)];
    }""")
    assert drawn[0] == drawn[1]  # the same moment, the same bytes: the picture was there
    names = """async () => {
      const { inStore } = await import(new URL('storage/database.js', sprintLive.base));
      const kept = await inStore('sprint-live-pictures', 'pictures', { keyPath: 'name' }, 'readonly',
        (store) => store.getAll());
      return kept.map(({ name }) => name).sort();
    }"""
    [used] = page.evaluate(names)
    page.evaluate(
        """async (used) => {
      const { inStore } = await import(new URL('storage/database.js', sprintLive.base));
      const put = (name, keptAt) => inStore('sprint-live-pictures', 'pictures', { keyPath: 'name' }, 'readwrite',
        (store) => store.put({ name, bytes: new Uint8Array(9), keptAt }));
      await put('old', Date.now() - 90000000);
      await put('young', Date.now());
      const bytes = (await import(new URL('canvas/images.js', sprintLive.base))).bytesOf(used);
      await inStore('sprint-live-pictures', 'pictures', { keyPath: 'name' }, 'readwrite',
        (store) => store.put({ name: used, bytes, keptAt: 0 }));
      sprintLive.store.touch();
      await sprintLive.store.flush();
    }""",
        used,
    )
    page.reload()
    canvas.wait_ready()
    page.wait_for_timeout(500)
    assert page.evaluate(names) == sorted([used, "young"])
    settle(canvas)
