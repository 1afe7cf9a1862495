"""What the page's canvases hold, where a point of the paper is on the screen, and whether the server draws the same."""

from __future__ import annotations

import base64
import math

import numpy as np

from sprint_live.live.canvas.raster import Raster

RING = [(0.4 + 0.2 * math.cos(a / 6), 0.4 + 0.2 * math.sin(a / 6)) for a in range(39)]
PIXELS = """(id) => {
  const { data } = document.querySelector(id).getContext('2d').getImageData(0, 0, 1024, 1024);
  let text = '';
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return btoa(text);
}"""


def pixels(canvas, where: str) -> np.ndarray:
    """(1024, 1024, 4) uint8 of one of the page's canvases."""
    return np.frombuffer(base64.b64decode(canvas.page.evaluate(PIXELS, where)), np.uint8).reshape(1024, 1024, 4)


def assert_same_paper(canvas) -> None:
    """Lines and paint in the page are those the server draws of the same journal, but for edge pixels."""
    raster = Raster()
    lines = raster.update(canvas.strokes()[0].visible()).astype(int)
    paint = raster.painting(with_lines=False)
    differ = np.abs(lines - (255 - pixels(canvas, "#sl-sketch")[..., 3].astype(int))) > 60
    assert differ.sum() <= 0.02 * max((lines < 200).sum(), 1000)
    shown = pixels(canvas, "#sl-under").astype(int)
    on_white = shown[..., :3] * shown[..., 3:] // 255 + 255 - shown[..., 3:]
    painted = np.full((1024, 1024, 3), 255) if paint is None else paint.astype(int)
    differ = np.abs(on_white - painted).max(axis=2) > 60
    assert differ.sum() <= 0.02 * max((painted.min(axis=2) < 255).sum(), 1000)


def place(canvas, x: float, y: float) -> tuple[float, float]:
    box = canvas.page.locator("#sl-sketch").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]
