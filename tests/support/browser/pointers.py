"""Pointers as other machines report them: pens, palms and fingers, sent to the paper as events."""

from __future__ import annotations

FIRE = """([events]) => {
  const canvas = sprintLive.pad.canvas;
  canvas.setPointerCapture = () => {};
  for (const [type, pointerType, pointerId, x, y, more] of events) {
    const r = canvas.getBoundingClientRect();
    const down = type === 'pointerdown' || type === 'pointermove';
    canvas.dispatchEvent(new PointerEvent(type, {
      clientX: r.left + x * r.width, clientY: r.top + y * r.height, pointerType, pointerId, pressure: down ? 0.5 : 0,
      buttons: down ? 1 : 0, button: type === 'pointermove' ? -1 : 0, bubbles: true, cancelable: true, ...more }));
  }
}"""


def fire(page, *events: tuple) -> None:
    """Each event: (type without "pointer", kind of pointer, its id, x, y as shares of the paper,
    further properties or nothing).
    """
    page.evaluate(FIRE, [[[f"pointer{event[0]}", *event[1:5], *(event[5:] or ({},))] for event in events]])
