"""Pens, tablets and held keys as other machines report them: in a real Chromium."""

from __future__ import annotations

import numpy as np

DRAW = """([type, samples, zoom]) => {
  const canvas = sprintLive.pad.canvas;
  const at = (x, y) => {
    const r = canvas.getBoundingClientRect();
    return { clientX: r.left + x * r.width, clientY: r.top + y * r.height };
  };
  const fire = (name, [x, y, pressure], buttons) => canvas.dispatchEvent(new PointerEvent(name, {
    ...at(x, y), pointerType: type, pressure, buttons, button: name === 'pointermove' ? -1 : 0, pointerId: 1,
      isPrimary: true, bubbles: true, cancelable: true }));
  canvas.setPointerCapture = () => {};
  fire('pointerdown', samples[0], 1);
  if (zoom) sprintLive.zoom.panBy(40, 0);
  for (const sample of samples.slice(1)) fire('pointermove', sample, 1);
  fire('pointerup', [...samples.at(-1).slice(0, 2), 0], 0);
}"""


def widths(canvas) -> np.ndarray:
    """Ink in each column of the page."""
    return (canvas.ink() > 127).sum(0)


def test_a_pen_that_begins_at_no_pressure_leaves_no_blot(open_canvas):
    canvas = open_canvas()
    canvas.page.evaluate("sprintLive.pad.sizes[1] = sprintLive.pad.sizes[sprintLive.pad.tool] = 60")
    steps = [(0.2 + 0.02 * i, 0.5, 0.0 if i == 0 else 0.3) for i in range(30)]
    canvas.page.evaluate(DRAW, ["pen", steps, False])
    canvas.page.wait_for_function("sprintLive.journal.visible().length === 1")
    ink = widths(canvas)
    assert ink.max() > 0 and ink[195:225].max() <= 1.15 * ink[400:600].max()


def test_a_tablet_that_says_it_is_a_mouse_is_heard(open_canvas):
    canvas = open_canvas()
    canvas.page.evaluate("sprintLive.pad.sizes[sprintLive.pad.tool] = 60")
    for pressure, height in ((0.5, 0.3), (0.2, 0.7)):
        canvas.page.evaluate(DRAW, ["mouse", [(0.2 + 0.02 * i, height, pressure) for i in range(30)], False])
    canvas.page.wait_for_function("sprintLive.journal.visible().length === 2")
    ink = canvas.ink() > 127
    plain, light = ink[:512, 512].sum(), ink[512:, 512].sum()
    assert 0 < light < 0.7 * plain  # 0.5 is what a mouse without pressure says: full width


def test_space_is_let_go_with_the_focus_and_inside_a_composition_is_no_pan(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    key = (
        "(init) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))"
    )
    page.evaluate(key, {"key": " ", "code": "Space", "isComposing": True})
    assert not page.evaluate("sprintLive.pad.spaceDown")
    page.evaluate(key, {"key": "\u3000", "code": "Space"})
    assert page.evaluate("sprintLive.pad.spaceDown")
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    assert not page.evaluate("sprintLive.pad.spaceDown")
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)], steps=4)
    page.wait_for_function("sprintLive.journal.visible().length === 1")
