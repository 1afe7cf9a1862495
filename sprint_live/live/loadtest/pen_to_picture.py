"""Overhead of the canvas beyond the engine: from the last pointer event to the painted picture, in a real Chromium.

A stand-in engine takes an exact number of milliseconds, so the rest is ours: the page, the wire, rasterizing, JPEG,
decoding, painting. Needs playwright and Chromium, which are imported only when needed.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import threading
from collections.abc import Mapping
from typing import Any

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.loadtest.stub_engine import TimedEngine
from sprint_live.live.rendering.drawing_engine import DrawingEngine
from sprint_live.live.server.server import LiveServer
from sprint_live.machine import find_chromium

__all__ = ["measure_overhead", "run"]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOVES_A_STROKE = 12
EVENT_S = 1 / 60
LISTEN_JS = """() => {
  window.lastEvent = 0;
  window.painted = [];
  for (const type of ['pointerdown', 'pointermove', 'pointerup']) {
    document.querySelector('#sl-sketch').addEventListener(
      type, (event) => { window.lastEvent = event.timeStamp; }, true);
  }
  window.sprintLive.root.addEventListener('sprint-live:painted', (event) => {
    window.painted.push({ atMs: performance.now(), opSeq: event.detail.opSeq, timings: event.detail.timings });
  });
}"""
# the first painted frame that holds every point of the drawing, and when its last pointer event was
LAST_PICTURE_JS = """(wanted) => {
  const picture = window.painted.find((one) => one.opSeq >= wanted);
  return picture && { ms: picture.atMs - window.lastEvent, timings: picture.timings, pictures: window.painted.length };
}"""


def run(engine: DrawingEngine) -> dict[str, Any]:
    """Measure for `sprint-live bench picture --live`: overhead with a 50 ms stand-in, then the canvas with `engine`."""
    return {"stand_in": measure_overhead(), "engine": measure_overhead(engine, num_strokes=30)}


def measure_overhead(
    engine: DrawingEngine | None = None, *, num_strokes: int = 40, engine_ms: float = 50.0, chromium: str | None = None
) -> dict[str, Any]:
    """Draw `num_strokes` strokes of 12 moves at 60 events a second; time the last event of each to its picture.

    engine: what draws; an exact `engine_ms` a picture if None. Two cases: "rested" waits before the last move until the
    engine is free, so the number is pure overhead; "flowing" does not, so a picture of the stroke's middle may be in
    the engine when the last event comes.
    Returns: medians and p95 in ms, for each case `pen_to_picture_ms` and `overhead_ms` = the same less the time that
    the engine took for that picture.
    Raises: ArgumentError without playwright, without a Chromium, or for fewer than 1 stroke.
    """
    if num_strokes < 1:
        raise ArgumentError(refusal(got=f"{num_strokes} strokes", accepted="1 or more", fix="ask for at least 30"))
    path = chromium or find_chromium()
    if path is None:
        raise ArgumentError(
            refusal(got="no Chromium on the PATH", accepted="Chromium or Chrome", fix="install chromium")
        )
    drawing_engine = engine or TimedEngine(engine_ms)
    server = LiveServer(lambda: drawing_engine, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        return {
            "engine": drawing_engine.model.name,
            "strokes": num_strokes,
            **asyncio.run(_measure(server, path, num_strokes)),
        }
    finally:
        server.stop()
        thread.join(15)


async def _measure(server: LiveServer, chromium: str, num_strokes: int) -> dict[str, Any]:
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        message = refusal(got="no playwright", accepted="playwright 1.50 or newer", fix="pip install playwright")
        raise ArgumentError(message) from error
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await (await browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
        await page.goto(server.url)
        await page.wait_for_selector("#sprint-live[data-state=idle]", timeout=60_000)
        await page.evaluate(LISTEN_JS)
        box = await page.locator("#sl-sketch").bounding_box()
        assert box is not None, "the paper is on the page"
        pen = _Pen(page, await page.context.new_cdp_session(page), box)
        cases = {}
        for case in ("rested", "flowing"):
            samples = [await pen.stroke(i, rested=case == "rested") for i in range(num_strokes + 3)][3:]
            cases[case] = _summary(samples)
        await browser.close()
    return cases


class _Pen:
    """A mouse driven by events that are not awaited: awaited ones come at 32 a second."""

    def __init__(self, page: Any, session: Any, box: Mapping[str, Any]) -> None:
        self._page, self._session, self._box = page, session, box

    async def stroke(self, index: int, *, rested: bool) -> dict[str, Any]:
        """Draw one stroke and wait for its picture."""
        await self._page.evaluate("() => { window.painted = []; }")
        x, y = 0.1 + 0.11 * (index % 8), 0.1 + 0.11 * (index // 8 % 8)
        place = (x, y)
        sent = [self._event("mousePressed", place)]
        for i in range(1, MOVES_A_STROKE):
            await asyncio.sleep(EVENT_S)
            place = (x + 0.006 * i, y + 0.03 * math.sin(i / 2))
            sent.append(self._event("mouseMoved", place))
        if rested:
            await asyncio.gather(*sent)
            await self._page.wait_for_function("sprintLive.shownOp >= sprintLive.seq")
            await self._page.wait_for_timeout(120)
        place = (place[0] + 0.02, place[1] + 0.02)
        sent += [self._event("mouseMoved", place), self._event("mouseReleased", place)]
        await asyncio.gather(*sent)
        wanted = await self._page.evaluate("sprintLive.changedSeq")
        sample = await (await self._page.wait_for_function(LAST_PICTURE_JS, arg=wanted, timeout=30_000)).json_value()
        await self._page.wait_for_timeout(60)
        return sample

    def _event(self, kind: str, place: tuple[float, float]) -> asyncio.Future:
        x, y = (
            self._box[a] + share * self._box[b] for a, b, share in (("x", "width", place[0]), ("y", "height", place[1]))
        )
        event = {
            "type": kind,
            "x": x,
            "y": y,
            "button": "left",
            "buttons": int(kind != "mouseReleased"),
            "clickCount": 1,
        }
        return asyncio.ensure_future(self._session.send("Input.dispatchMouseEvent", event))


def _summary(samples: list[dict[str, Any]]) -> dict[str, Any]:
    overheads = [sample["ms"] - dict(sample["timings"])["engine"] for sample in samples]
    stages = {name for sample in samples for name, _ in sample["timings"]}
    return {
        "overhead_ms": _spread(overheads),
        "pen_to_picture_ms": _spread([sample["ms"] for sample in samples]),
        "stages_ms": {
            name: _rounded(statistics.median(dict(sample["timings"]).get(name, 0.0) for sample in samples))
            for name in sorted(stages)
        },
        "pictures_a_stroke": _rounded(statistics.mean(sample["pictures"] for sample in samples)),
    }


def _spread(numbers_ms: list[float]) -> dict[str, float]:
    p95_ms = sorted(numbers_ms)[math.ceil(0.95 * len(numbers_ms)) - 1]
    return {"median": _rounded(statistics.median(numbers_ms)), "p95": _rounded(p95_ms)}


def _rounded(number: float) -> float:
    return round(number, 1)
