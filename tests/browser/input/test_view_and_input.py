"""Full screen, a photo dropped and pasted, the picture taken back as lines, lines and ellipses: in a real Chromium."""

from __future__ import annotations

import base64

import cv2
import numpy as np

GIVE = """([how, data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], 'ring.png', { type: 'image/png' }));
  const event = how === 'drop' ? new DragEvent('drop', { dataTransfer: given, bubbles: true, cancelable: true })
    : new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true });
  document.querySelector('#sl-paper').dispatchEvent(event);
}"""


def ring() -> str:
    page = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(page, (150, 150), 90, (0, 0, 0), 6)
    return base64.b64encode(cv2.imencode(".png", page)[1].tobytes()).decode()


def test_full_screen_and_back(open_canvas):
    page = open_canvas().page
    page.click("#sl-full")
    page.wait_for_function("document.fullscreenElement?.id === 'sprint-live'")
    page.wait_for_selector('#sl-full[aria-pressed="true"]')
    page.click("#sl-full")
    page.wait_for_function("!document.fullscreenElement")
    page.wait_for_selector(
        '#sl-full[aria-pressed="false"]'
    )  # it follows an event of the browser's, which comes a little later


def test_a_photo_is_dropped_and_pasted_and_the_picture_itself_becomes_lines(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    for number, how in enumerate(("drop", "paste"), start=1):
        page.evaluate(GIVE, [how, ring()])
        page.wait_for_function(
            "number => sprintLive.journal.visible().length === number && !sprintLive.photo.tracing", arg=number
        )
    assert canvas.ink()[512, 205] == 255  # the ring, 307 px around the middle
    canvas.settle()
    page.evaluate("document.querySelector('#sl-take-lines').click()")
    page.wait_for_function("sprintLive.journal.visible().length === 3 && !sprintLive.photo.tracing")
    canvas.settle()


def test_a_line_and_an_ellipse_follow_the_drag_and_shift_makes_them_even(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.keyboard.press("l")
    page.keyboard.down("Shift")
    canvas.stroke([(0.2, 0.2), (0.8, 0.22)], steps=4)
    page.keyboard.up("Shift")
    ink = canvas.ink()
    assert ink[205, 512] == 255 and ink[225, 800] == 0  # level
    page.keyboard.press("o")
    canvas.stroke([(0.2, 0.4), (0.8, 0.8)], steps=4)
    ink = canvas.ink()
    assert min(ink[410, 512], ink[819, 512], ink[614, 205], ink[614, 819]) > 128 and ink[614, 512] == 0
    canvas.settle()
