"""Two visits of the site that draws by itself, in a real Chromium: what travels, when pen and picture are there.

The server is on this machine, so that the times are those of the browser; a network adds its own. Needs playwright and
Chromium, which are imported only when needed.

Knows: a site's address, a browser.  Must not know: how the site is made or served, the engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from sprint_live.errors import ArgumentError, refusal
from sprint_live.machine import find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIMIT_MS = 120_000
INK = "() => window.earlyStrokes"  # from then on the pen leaves ink
CANVAS = "() => window.sprintLive"
PICTURE = "() => document.querySelector('#sl-view.has-picture')"
MODEL = "() => window.sprintLive?.controls.model.name"
STROKE = [(0.3, 0.7), (0.3, 0.4), (0.5, 0.2), (0.7, 0.4), (0.7, 0.7), (0.3, 0.7)]
MODEL_FILES = ".part"

Answers = list[tuple[str, int]]
"""What a server answered: paths, and the bytes of their bodies."""


def measure_visits(address: str, answers: Callable[[], Answers], *, runs: int) -> dict[str, Any]:
    """A first visit, one with a kept model, and `?bench`. answers: all answers of the site's server so far.

    Returns: browser; first_visit and second_visit: requests, megabytes, model_megabytes, and the seconds from the
    address to ink_s, model_s and picture_s (the first picture, of a stroke drawn before the model was there); bench:
    what `?bench` measured of `runs` pictures of each size.

    Raises: ArgumentError without playwright or without a Chromium.
    """
    chromium = find_chromium()
    if chromium is None:
        raise ArgumentError(
            refusal(got="no Chromium on the PATH", accepted="Chromium or Chrome", fix="install chromium")
        )
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        message = refusal(got="no playwright", accepted="playwright 1.50 or newer", fix="pip install playwright")
        raise ArgumentError(message) from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        context.set_default_timeout(LIMIT_MS)
        visits = {}
        for name, draws in (("first_visit", True), ("second_visit", False)):
            before = len(answers())
            times = _visit(context, address, draws=draws)
            visits[name] = {**traffic(answers()[before:]), **times}
        page = context.new_page()
        page.goto(f"{address}/?bench={runs}")
        bench = page.wait_for_function("() => window.sprintLiveBench").json_value()
        found = {"browser": f"Chromium {browser.version}, headless", **visits, "bench": bench}
        browser.close()
    return found


def traffic(answers: Iterable[tuple[str, int]]) -> dict[str, float]:
    """requests; megabytes of all bodies, and of the model's parts and runtime among them."""
    listed = list(answers)
    model_bytes = sum(size for path, size in listed if path.endswith(MODEL_FILES))
    return {
        "requests": len(listed),
        "megabytes": round(sum(size for _, size in listed) / 1e6, 2),
        "model_megabytes": round(model_bytes / 1e6, 2),
    }


def _visit(context: Any, address: str, *, draws: bool) -> dict[str, float]:
    """Seconds to each thing. draws: with a pen; without, the kept drawing comes back by itself."""
    page = context.new_page()
    begin_s = time.perf_counter()

    def seconds() -> float:
        return round(time.perf_counter() - begin_s, 2)

    page.goto(address, wait_until="commit")
    page.wait_for_function(INK)
    times = {"ink_s": seconds()}
    page.wait_for_function(CANVAS)
    if draws:
        box = page.locator("#sl-sketch").bounding_box()
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in STROKE]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=4)
        page.mouse.up()
    page.wait_for_function(MODEL)
    times["model_s"] = seconds()
    page.wait_for_function(PICTURE)
    times["picture_s"] = seconds()
    page.evaluate("async () => { await navigator.serviceWorker.ready; await sprintLive.store.flush(); }")
    page.close()
    return times
