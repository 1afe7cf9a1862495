"""What is said while nothing comes, in a real Chromium: how many are before one, no connection,
a browser that keeps nothing.
"""

from __future__ import annotations

import threading

import pytest

from support.client import Client

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
LISTEN = """() => {
  window.said = [];
  const pill = document.querySelector('#sl-status span');
  new MutationObserver(() => window.said.push(pill.textContent))
    .observe(pill, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def people(live_server):
    """Three others who have drawn something: in line they are before anybody who draws after them."""
    people = [Client(live_server.base) for _ in range(3)]
    for person in people:
        person.draw(1, [(100, 100), (600, 600)])
        person.settle()
    yield people
    for person in people:
        person.close()


@pytest.mark.parametrize("locale, says", [("en-US", "{} before you, about"), ("de-DE", "{} vor dir, etwa")])
def test_the_pill_counts_down_those_who_are_before_one(open_canvas, live_server, people, locale, says):
    engine = live_server.engine
    engine.delay_s = 0.6
    canvas = open_canvas(locale=locale)
    page = canvas.page
    canvas.stroke(LINE)
    canvas.settle()  # the server knows now how long a picture takes
    engine.gate = threading.Event()
    page.evaluate(LISTEN)
    for person in people:
        person.draw(2, [(600, 100), (100, 600)])
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    page.wait_for_function(
        "says => document.querySelector('#sl-status span').textContent.startsWith(says)", arg=says.format(3)
    )
    assert page.locator("#sprint-live").get_attribute("data-state") == "queued"
    engine.gate.set()
    canvas.settle()
    page.wait_for_function("document.querySelector('#sprint-live').dataset.state === 'idle'")
    told = [int(text.split()[0]) for text in page.evaluate("window.said") if text.split()[0].isdigit()]
    assert told == sorted(told, reverse=True) and set(told) == {3, 2, 1}


def test_a_server_that_stays_away_is_said_with_what_happens_to_the_drawing(open_canvas):
    page = open_canvas().page
    down = "sprintLive.onDown({ code: 1006, retryInMs: 100 })"
    page.evaluate(f"{down}; {down}; sprintLive.onWelcome({{ lastOpSeq: 0, door: 'socket' }})")
    page.wait_for_timeout(2700)
    assert page.locator("#sl-toast").is_hidden()  # a blink is not worth a sentence
    page.evaluate(down)
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('the page keeps your drawing')")


@pytest.mark.parametrize(
    "broken",
    [
        "indexedDB.open = () => { throw new Error('private'); }",
        "IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); }",
    ],
    ids=["refused", "full"],
)
def test_a_browser_that_keeps_nothing_is_said_once(open_canvas, broken):
    canvas = open_canvas(prepare=lambda page: page.add_init_script(broken))
    page = canvas.page
    canvas.stroke(LINE)
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('Save the project')")
    page.click("#sl-toast button")
    canvas.stroke([(0.2, 0.8), (0.4, 0.8)])
    canvas.settle()
    page.wait_for_timeout(700)
    assert page.locator("#sl-toast").is_hidden()
