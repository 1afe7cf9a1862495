"""The page as a person's hands and eyes: draw with the mouse, read the code in the pixels of the picture."""

from __future__ import annotations

import numpy as np

from sprint_live.live.canvas.page_box import paper_of
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.wire.protocol import decode
from sprint_live.live.wire.restore import Restoration
from support.standin import code_of

SHOWN_CODE = """() => {
  if (!document.querySelector('#sl-view.has-picture')) return null;
  const canvas = document.querySelector('#sl-picture');
  const cell = canvas.width / 32;
  const row = canvas.getContext('2d').getImageData(0, cell / 2, canvas.width, 1).data;
  let code = 0;
  for (let bit = 0; bit < 32; bit += 1) if (row[4 * (bit * cell + cell / 2)] > 127) code += 2 ** bit;
  return code;
}"""
DRAWING = """() => {
  let seq = 0;
  const messages = window.sprintLive.journal.toMessages(() => { seq += 1; return seq; });
  return [messages.map((message) => Array.from(message)), window.sprintLive.settings()];
}"""
INK = """() => {
  const canvas = document.querySelector('#sl-sketch');
  const { data } = canvas.getContext('2d').getImageData(0, 0, 1024, 1024);
  const alpha = new Uint8Array(1024 * 1024);
  for (let i = 0; i < alpha.length; i += 1) alpha[i] = data[4 * i + 3];
  let text = '';
  for (let i = 0; i < alpha.length; i += 8192) text += String.fromCharCode(...alpha.subarray(i, i + 8192));
  return btoa(text);
}"""


class Canvas:
    """One open page."""

    def __init__(self, page):
        self.page = page
        self._raster = Raster()
        self.has_branch = True

    def open(self, base: str) -> None:
        """Open the page; the second look at a resting hand is off, so that every state has one picture."""
        self.page.goto(base + "/")
        self.wait_ready()
        self.page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")

    def wait_ready(self, timeout_ms: int = 20000) -> None:
        self.page.wait_for_selector("#sprint-live[data-state=idle]", timeout=timeout_ms)

    def stroke(self, points, steps: int = 1) -> None:
        """A stroke through points given as shares of the paper, 0..1."""
        box = self.page.locator("#sl-sketch").bounding_box()
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=steps)
        self.page.mouse.up()

    def choose(self, kind: str, name: str) -> None:
        """Choose a style or a place by its picture: kind is "style" or "place"."""
        self.page.click("#sl-presets")
        self.page.locator(f"input[name={kind}][value='{name}']").check(force=True)
        self.page.keyboard.press("Escape")

    def shown_code(self) -> int | None:
        """The code in the pixels on show, None if there is no picture."""
        return self.page.evaluate(SHOWN_CODE)

    def strokes(self):
        """The drawing in the page, as the server's value objects, and the settings."""
        messages, settings = self.page.evaluate(DRAWING)
        restoration = Restoration()
        for message in messages:
            restoration.add(decode(bytes(message)).records)
        return restoration.journal(), settings

    def expected_code(self) -> int:
        """The code that the drawing and the settings in the page must lead to."""
        journal, settings = self.strokes()
        shape_wh = settings["width"], settings["height"]
        sketch = paper_of(self._raster.update(journal.visible()), *shape_wh)
        painting = self._raster.painting(with_lines=not self.has_branch) if settings["painting"] else None
        painting = None if painting is None else paper_of(painting, *shape_wh)
        prompt = settings["prompt"] + (", 3d" if settings["style"] == "3d" else "")
        return code_of(sketch, prompt, settings["seed"], settings["steps"], painting, settings["strength"])

    def settle(self, timeout_ms: int = 8000) -> int:
        """Wait until the picture on show is that of the drawing; returns its code."""
        code = self.expected_code()
        self.page.wait_for_function(f"code => ({SHOWN_CODE})() === code", arg=code, timeout=timeout_ms)
        return code

    def ink_error(self) -> float:
        """Pixels in which the local ink is not the server's, as a share of the ink: black lines only."""
        ours, theirs = Raster().update(self.strokes()[0].visible()), 255 - self.ink()
        differ = np.abs(ours.astype(int) - theirs.astype(int)) > 128
        return float(differ.sum() / max(1, (ours < 128).sum()))

    def ink(self) -> np.ndarray:
        """Local ink, uint8 (1024, 1024), 255 where the paper is covered."""
        import base64

        return np.frombuffer(base64.b64decode(self.page.evaluate(INK)), np.uint8).reshape(1024, 1024)
