"""The sketch as SVG, in a real Chromium: erasers nest no deep groups, the page is white,
and it is what the paper shows.
"""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
from PIL import Image

NUM_ERASERS = 2000
ERASE = """async (number) => {
  const { packPoints } = await import(new URL('wire/protocol.js', sprintLive.base));
  const line = (tool, rgb, x, y, toX, toY, width) => {
    const points = packPoints([[x, y], [toX, toY]].map(
      ([px, py]) => ({ x: px, y: py, pressure: 1, tiltX: 0, tiltY: 0, dt: 0 })));
    sprintLive.journal.begin({ tool, width, rgb, mirror: 0, layer: 0 });
    sprintLive.journal.append(points);
    sprintLive.journal.end();
  };
  for (let i = 0; i < number; i += 1) {
    const y = 40 + (i * 37) % 940;
    line(i % 3 ? 0 : 2, [30, 160, 60], 100, y, 900, y + 20, 160);
    line(1, [0, 0, 0], 60 + (i * 53) % 900, 20, 60 + (i * 53) % 900, 1000, 64);
  }
  sprintLive.redraw();
}"""
EXPORT = """async () => {
  const { toSvg } = await import(new URL('export/svg.js', sprintLive.base));
  return toSvg(sprintLive.journal.marks(), sprintLive.save.page);
}"""
SHOWN = """async (svg) => {
  const drawn = document.createElement('canvas');
  drawn.width = drawn.height = 1024;
  const context = drawn.getContext('2d');
  if (svg) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    await image.decode();
    context.drawImage(image, 0, 0);
  } else {
    context.fillStyle = '#fff'; context.fillRect(0, 0, 1024, 1024);
    const { paint, lines } = sprintLive.pad.layers;
    for (const layer of [paint, lines]) context.drawImage(layer.canvas, 0, 0);
  }
  return drawn.toDataURL();
}"""


def depth(element: ElementTree.Element) -> int:
    return 1 + max(map(depth, element), default=0)


def pixels(page, svg: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(page.evaluate(SHOWN, svg).split(",")[1])))).astype(int)


def test_many_erasers_nest_no_deep_groups_and_the_page_is_white(open_canvas):
    page = open_canvas().page
    page.evaluate(ERASE, NUM_ERASERS)
    root = ElementTree.fromstring(page.evaluate(EXPORT))
    assert depth(root) <= 20
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_the_svg_is_the_paper_where_lines_paint_and_erasers_take_turns(open_canvas):
    page = open_canvas().page
    page.evaluate("sprintLive.controls.setPainting(true)")
    page.evaluate(ERASE, 13)
    paper, svg = pixels(page, ""), pixels(page, page.evaluate(EXPORT))
    assert (svg[..., 3] == 255).all() and tuple(svg[2, 2, :3]) == (255, 255, 255)
    inked = (paper[..., :3].min(axis=2) < 128).sum()
    assert inked > 50_000 and (np.abs(svg - paper).max(axis=2) > 100).sum() < 0.01 * inked
