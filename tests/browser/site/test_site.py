"""The static site in a real Chromium: a pen stroke gives the server's picture, no other host is asked,
and it works offline.
"""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

import numpy as np
import pytest

from sprint_live import load_engine
from sprint_live.engine.loading import placement
from sprint_live.live.canvas.page_box import paper_of
from sprint_live.live.canvas.raster import Raster
from support.browser.canvas import Canvas

LEAST_DB = 45.0
HOUSE = [[(0.3, 0.75), (0.3, 0.45), (0.5, 0.25), (0.7, 0.45), (0.7, 0.75), (0.3, 0.75)], [(0.3, 0.45), (0.7, 0.45)]]
PICTURE = """() => {
  const canvas = document.querySelector('#sl-picture');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let text = '';
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return [canvas.width, canvas.height, btoa(text)];
}"""
SETTLED = """() => document.querySelector('#sl-view.has-picture') && sprintLive.shownOp >= sprintLive.changedSeq
  && document.querySelector('#sprint-live').dataset.state === 'idle'"""
SECONDS = 120  # the first picture of a browser that compiles the runtime on two busy cores


@pytest.fixture
def visitor(browser, site):
    """(canvas, browser context, addresses asked for); a page error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page, asked, trouble = context.new_page(), [], []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    canvas = Canvas(page)
    page.goto(site, wait_until="commit")
    _ready(canvas)
    yield canvas, context, asked
    context.close()
    assert not trouble


def _ready(canvas: Canvas) -> None:
    canvas.wait_ready(1000 * SECONDS)
    canvas.page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")


def _draw(canvas: Canvas) -> np.ndarray:
    for stroke in HOUSE:
        canvas.stroke(stroke, steps=8)
    canvas.page.wait_for_function(SETTLED, timeout=1000 * SECONDS)
    width, height, data = canvas.page.evaluate(PICTURE)
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)[..., :3]


def test_a_stroke_gives_the_servers_picture_and_nobody_else_is_asked(visitor, site, monkeypatch):
    canvas, _, asked = visitor
    assert canvas.page.evaluate("crossOriginIsolated"), "threads need it"
    canvas.page.fill("#sl-prompt", "a red house with a blue roof")
    found = _draw(canvas)
    journal, settings = canvas.strokes()
    assert settings["prompt"].startswith("a red house") and found.shape == (1024, 1024, 3)
    monkeypatch.setattr(placement, "cpu_has_bfloat16", lambda: False)  # the graphs compute in float32
    engine = load_engine("sprint-tiny", "cpu", without=("openvino",))
    sketch = paper_of(Raster().update(journal.visible()), 1024, 1024)
    wanted = engine.draw(sketch, f"{settings['prompt']}, comic", seed=settings["seed"]).pixels_u8
    error = np.square(found.astype(float) - wanted).mean()
    assert 10 * np.log10(255**2 / max(error, 1e-9)) >= LEAST_DB
    assert np.ptp(found[600:800, 400:600].astype(int)) > 20, "a picture, not an empty page"
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in asked if not url.startswith("blob:")} == {
        site
    }


def test_the_second_visit_needs_no_network(visitor):
    canvas, context, _ = visitor
    first = _draw(canvas)
    context.set_offline(True)
    canvas.page.reload(wait_until="commit")
    _ready(canvas)
    assert canvas.strokes()[0].visible(), "the drawing is there again"
    canvas.page.wait_for_function(SETTLED, timeout=1000 * SECONDS)
    canvas.page.evaluate("() => sprintLive.undo()")
    canvas.page.wait_for_function(SETTLED, timeout=1000 * SECONDS)
    width, height, data = canvas.page.evaluate(PICTURE)
    later = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)[..., :3]
    assert later.shape == first.shape and not np.array_equal(later, first)
