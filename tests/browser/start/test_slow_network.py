"""The page over a slow network: one round of requests, nothing asked twice, and no stroke lost before it is alive."""

from __future__ import annotations

import re

import pytest

from support.browser.canvas import Canvas

SLOW = {"offline": False, "latency": 100, "downloadThroughput": 625_000, "uploadThroughput": 625_000}
MOST_REQUESTS, MOST_BYTES = 10, 160_000
EARLY_INK = """() => {
  const { canvas } = document.querySelector('#sl-preview').getContext('2d');
  return canvas.getContext('2d').getImageData(0, 0, 1024, 1024).data.some((value) => value);
}"""


@pytest.fixture
def visitor(browser, live_server):
    """A page that is not open yet, in a context of its own; a page error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page, trouble = context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    context.close()
    assert not trouble


def visit(page, address: str) -> list[dict]:
    """Open the page over a slow network until it can draw; returns what came over it: url, bytes, who asked for it."""
    session = page.context.new_cdp_session(page)
    asked: dict[str, dict] = {}
    kept = set()
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.on(
        "Network.requestWillBeSent",
        lambda event: asked.__setitem__(
            event["requestId"],
            {"url": event["request"]["url"], "by": event["initiator"]["type"], "bytes": 0},
        ),
    )
    session.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    session.on(
        "Network.responseReceived",
        lambda event: event["response"].get("fromDiskCache") and kept.add(event["requestId"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: (
            event["requestId"] in asked and asked[event["requestId"]].update(bytes=int(event["encodedDataLength"]))
        ),
    )
    page.goto(address)
    Canvas(page).wait_ready()
    session.detach()
    return [request for name, request in asked.items() if name not in kept and request["url"].startswith("http")]


def test_the_first_visit_is_one_round_of_requests_and_the_second_asks_for_the_page_alone(visitor, live_server):
    address = live_server.base + "/"
    first = visit(visitor, address)
    assert len(first) <= MOST_REQUESTS and sum(request["bytes"] for request in first) <= MOST_BYTES
    found_late = [request["url"] for request in first if request["by"] == "script"]
    assert all(url.endswith("link-worker.js") for url in found_late), "the page names all that its scripts need"
    second = [request["url"] for request in visit(visitor, address)]
    assert address in second
    assert not [url for url in second if re.search(r"/live-web/[0-9a-f]{16}/(?!link/)", url)], "kept for good"


@pytest.mark.parametrize("kept", [False, True], ids=["blank paper", "a kept drawing"])
def test_what_is_drawn_before_the_scripts_are_there_is_seen_at_once_and_drawn(visitor, live_server, kept):
    page = visitor
    canvas = Canvas(page)
    if kept:
        canvas.open(live_server.base)
        canvas.stroke([(0.1, 0.9), (0.9, 0.9)])
        canvas.settle()
        page.evaluate("() => { sprintLive.store.touch(); return sprintLive.store.flush(); }")
    held = []
    page.route(re.compile(r"/main\.js$"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/main\.js$")):
        page.goto(live_server.base + "/", wait_until="commit")
    page.wait_for_function("() => window.earlyStrokes")
    paper = page.locator("#sl-sketch").bounding_box()

    def move(x: float, y: float) -> None:
        page.mouse.move(paper["x"] + x * paper["width"], paper["y"] + y * paper["height"], steps=4)

    canvas.stroke([(0.2, 0.2), (0.5, 0.3), (0.7, 0.25)], steps=4)
    assert page.evaluate(EARLY_INK), "ink under the pen, though no script is there"
    move(0.2, 0.6)
    page.mouse.down()
    move(0.4, 0.6)
    for route in held:
        route.continue_()
    canvas.wait_ready()
    paper = page.locator("#sl-sketch").bounding_box()
    move(0.8, 0.65)  # the pen is still down
    page.mouse.up()
    page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")
    strokes = canvas.strokes()[0].visible()[-2:]
    assert len(canvas.strokes()[0].visible()) == 2 + kept
    ends = [
        [tuple(stroke.point_array()[name][at] / 16 / 1024 for name in ("x", "y")) for at in (0, -1)]
        for stroke in strokes
    ]
    assert ends == [
        [pytest.approx((0.2, 0.2), abs=0.01), pytest.approx((0.7, 0.25), abs=0.02)],
        [pytest.approx((0.2, 0.6), abs=0.01), pytest.approx((0.8, 0.65), abs=0.02)],
    ]
    canvas.settle()
    assert not page.evaluate(EARLY_INK)
    canvas.stroke([(0.5, 0.7), (0.6, 0.8)])
    assert len(canvas.strokes()[0].visible()) == 3 + kept, "the pad hears for itself"


@pytest.mark.parametrize(
    ("system", "around", "wanted"),
    [("dark", "", True), ("light", "?__theme=dark", True), ("dark", "?__theme=light", False)],
)
def test_light_or_dark_is_chosen_before_the_scripts_are_there(browser, live_server, system, around, wanted):
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    page.route(re.compile(r"/main\.js$"), lambda route: route.abort())
    page.goto(live_server.base + "/" + around, wait_until="commit")
    page.wait_for_function("() => window.earlyStrokes")
    assert page.evaluate("() => document.body.classList.contains('dark')") is wanted
    context.close()
