"""Drawing without a pause, 60 events a second, by mouse, pen and finger:
no point is dropped, ink comes before the frame.

Three seconds each; SPRINT_LIVE_DRAW_S=10 draws for ten and holds the times as well, which need idle cores.
"""

from __future__ import annotations

import asyncio
import math
import os
import random
import threading
import time

import numpy as np
import pytest

from sprint_live.live.canvas.raster import Raster
from support.browser.flags import FLAGS

SECONDS = float(os.environ.get("SPRINT_LIVE_DRAW_S", "3"))
IS_FULL = SECONDS >= 10
EVENTS_A_STROKE = 45
FRAME_MS = 1000 / 60
LISTEN = """() => {
  Object.assign(window, { order: [], inkMs: [], behind: 0, heard: [] });
  sprintLive.root.addEventListener('sprint-live:painted', ({ detail }) => order.push(detail.opSeq));
  sprintLive.refiner.box.checked = false; // a second look would take the place of the picture that is waited for
  const paper = document.querySelector('#sl-sketch');
  let fromMs = 0;
  document.addEventListener('pointerdown', ({ target }) => { if (target === paper) heard.push([]); }, true);
  document.addEventListener('pointermove', (event) => { // before the pad hears of it
    if (event.buttons) heard.at(-1)?.push(...event.getCoalescedEvents()
      .map(({ clientX, clientY }) => [clientX, clientY]));
    fromMs = performance.now();
  }, true);
  paper.addEventListener('pointermove', (event) => { // after the pad
    if (!sprintLive.pad.drawing) return;
    inkMs.push(performance.now() - fromMs);
    const { x, y } = sprintLive.pad.place(event);
    if (inkMs.length % 10 === 0 && paper.getContext('2d').getImageData(x, y, 1, 1).data[3] === 0) window.behind += 1;
  });
}"""


class Hand:
    """Sends what a mouse, a pen or a finger sends, and does not wait for it."""

    def __init__(self, session, kind: str) -> None:
        self.session, self.kind, self.sent = session, kind, []

    def down(self, x: float, y: float) -> None:
        self._touch("touchStart", x, y) if self.kind == "touch" else self._mouse("mousePressed", x, y)

    def move(self, x: float, y: float) -> None:
        self._touch("touchMove", x, y) if self.kind == "touch" else self._mouse("mouseMoved", x, y)

    def up(self, x: float, y: float) -> None:
        self._touch("touchEnd") if self.kind == "touch" else self._mouse("mouseReleased", x, y)

    def _mouse(self, event: str, x: float, y: float) -> None:
        pressed = event != "mouseReleased"
        pen = {"pointerType": "pen", "force": 0.6} if self.kind == "pen" else {}
        self._send(
            "Input.dispatchMouseEvent", type=event, x=x, y=y, button="left", buttons=int(pressed), clickCount=1, **pen
        )

    def _touch(self, event: str, *place: float) -> None:
        points = [{"x": place[0], "y": place[1], "id": 1}] if place else []
        self._send("Input.dispatchTouchEvent", type=event, touchPoints=points)

    def _send(self, method: str, **event) -> None:
        self.sent.append(asyncio.ensure_future(self.session.send(method, event)))


@pytest.mark.parametrize("kind", ["mouse", "pen", "touch"])
def test_drawing_without_a_pause_drops_no_point_and_ends_with_its_picture(chromium_path, live_server, kind):
    result: dict = {}
    thread = threading.Thread(target=lambda: result.update(asyncio.run(_draw(kind, chromium_path, live_server.base))))
    thread.start()  # sync Playwright waits for every event; this one drives a browser of its own
    thread.join(SECONDS + 50)
    assert result["shown"] == result["expected"] == live_server.engine.codes[-1]
    assert result["events"] >= 0.9 * 60 * SECONDS
    num_heard = sum(map(len, result["heard"]))
    assert (
        num_heard >= (0.9 if kind == "touch" else 1.0) * result["events"]
    )  # Chromium keeps a few of a finger's last to itself
    assert len(result["heard"]) == len(result["strokes"]) >= SECONDS
    for places, stroke in zip(result["heard"], result["strokes"], strict=True):
        points = np.stack([stroke.point_array()["x"], stroke.point_array()["y"]], axis=1) / 16
        on_paper = (np.array(places) - result["corner"]) * result["scale"]
        away_px = np.linalg.norm(points[None] - on_paper[:, None], axis=2).min(axis=1)
        assert away_px.max() < 1.5, (
            f"{(away_px >= 1.5).sum()} of {len(places)} places of the {kind} are not in its stroke"
        )
    assert result["behind"] == 0, "the ink is there when the event has been heard, before the frame"
    assert len(result["order"]) >= 3 * SECONDS and result["order"] == sorted(result["order"]), (
        "the picture follows while drawing"
    )
    if IS_FULL:
        assert np.percentile(result["ink_ms"], 99) < FRAME_MS, "the ink of an event takes less than a frame"
        assert len(result["order"]) >= 6 * SECONDS and result["late_ms"] < 1000


async def _draw(kind: str, chromium_path: str, base: str) -> dict:
    from playwright.async_api import async_playwright

    from sprint_live.live.wire.protocol import decode
    from sprint_live.live.wire.restore import Restoration
    from support.browser.canvas import DRAWING, SHOWN_CODE
    from support.standin import code_of

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = await (
            await browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=kind == "touch")
        ).new_page()
        await page.goto(base + "/")
        await page.wait_for_selector("#sprint-live[data-state=idle]")
        await page.evaluate(LISTEN)
        box = await page.locator("#sl-sketch").bounding_box()
        hand = Hand(await page.context.new_cdp_session(page), kind)
        count, rng = 0, random.Random(1)
        place = angle = None
        start_s = time.monotonic()
        while time.monotonic() - start_s < SECONDS:
            if count % EVENTS_A_STROKE == 0:
                if place:
                    hand.up(*place)
                place, angle = (
                    [round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)],
                    rng.uniform(0, 2 * math.pi),
                )
                hand.down(*place)
            reach = rng.uniform(2, 12) if count % EVENTS_A_STROKE else 18  # a finger counts as moved after 15 px
            angle += rng.uniform(-0.7, 0.7)
            step = [round(reach * math.cos(angle)), round(reach * math.sin(angle))]
            place = [
                min(box[at] + box[side] - 9, max(box[at] + 9, old + new))
                for at, side, old, new in zip("xy", ("width", "height"), place, step, strict=True)
            ]
            hand.move(*place)
            count += 1
            await asyncio.sleep(max(0.0, start_s + count / 60 - time.monotonic()))
        hand.up(*place)
        await asyncio.gather(*hand.sent)
        end_s = time.monotonic()
        messages, settings = await page.evaluate(DRAWING)
        restoration = Restoration()
        for message in messages:
            restoration.add(decode(bytes(message)).records)
        strokes = restoration.journal().visible()
        expected = code_of(Raster().update(strokes), settings["prompt"], settings["seed"], settings["steps"])
        await page.wait_for_function(f"code => ({SHOWN_CODE})() === code", arg=expected, timeout=8000)
        late_ms = (time.monotonic() - end_s) * 1e3
        await page.wait_for_timeout(300)
        seen = await page.evaluate("({ order, behind, heard, ink_ms: inkMs })")
        shown = await page.evaluate(SHOWN_CODE)
        await browser.close()
        paper = {"corner": (box["x"], box["y"]), "scale": 1024 / box["width"]}
        return {
            **seen,
            **paper,
            "shown": shown,
            "expected": expected,
            "strokes": strokes,
            "events": count,
            "late_ms": late_ms,
        }
