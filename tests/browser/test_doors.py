"""The page finds a way to the server by itself, says which, and draws as well through each."""

from __future__ import annotations

import json

import pytest

from sprint_live.coded_text import body_of, coded
from support.browser.stubborn_proxy import StubbornProxy


@pytest.fixture
def proxy(live_server):
    proxy = StubbornProxy(live_server.base)
    yield proxy
    proxy.stop()


def door_of(canvas) -> str | None:
    return canvas.page.get_attribute("#sprint-live", "data-door")


def test_a_websocket_is_the_first_choice_and_not_worth_a_word(open_canvas):
    canvas = open_canvas()
    assert door_of(canvas) == "socket" and canvas.page.get_attribute("#sl-status", "title") == ""


def test_where_upgrades_are_answered_with_a_page_strokes_go_by_post(open_canvas, proxy):
    canvas = open_canvas(proxy.base)
    assert door_of(canvas) == "post" and proxy.upgrades == 2
    assert "POST" in canvas.page.get_attribute("#sl-status", "title")
    canvas.stroke([(0.1, 0.1), (0.8, 0.3), (0.5, 0.9)], steps=30)
    canvas.settle()
    canvas.stroke([(0.2, 0.8), (0.9, 0.8)], steps=30)
    canvas.page.keyboard.press("Control+z")
    canvas.settle()
    assert proxy.posts > 10
    canvas.page.wait_for_timeout(300)
    still = proxy.posts
    canvas.page.wait_for_timeout(1000)
    assert proxy.posts == still  # an idle page holds one request and sends none


def test_gradio_events_are_a_door_of_their_own(open_canvas, start_server, monkeypatch):
    monkeypatch.setenv("SPRINT_LIVE_TRANSPORT", "events")
    server = start_server()
    server.wait_until("/readyz")
    canvas = open_canvas(server.base)
    assert door_of(canvas) == "events" and "Gradio" in canvas.page.get_attribute("#sl-status", "title")
    canvas.stroke([(0.1, 0.1), (0.8, 0.3), (0.5, 0.9)], steps=20)
    canvas.settle()
    canvas.stroke([(0.2, 0.8), (0.9, 0.8)], steps=20)
    canvas.page.keyboard.press("Control+z")
    canvas.settle()


def test_a_second_tab_and_a_reload_find_the_door_again(open_canvas, proxy):
    canvas = open_canvas(proxy.base)
    canvas.stroke([(0.1, 0.1), (0.8, 0.3)])
    code = canvas.settle()
    canvas.page.wait_for_timeout(1100)  # saved within a second
    canvas.page.reload()
    canvas.wait_ready()
    canvas.page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")
    assert canvas.settle() == code and door_of(canvas) == "post"


@pytest.mark.parametrize(("status", "said"), [(403, "Token"), (429, "zu viele Anfragen"), (503, "HTTP 503")])
def test_a_refused_connection_is_told_in_the_pages_language(browser, proxy, status, said):
    """403 and 429 as this server says them, 503 as a proxy's page."""
    body = {403: body_of(coded("access.token")), 429: body_of(coded("busy.client"))}.get(status)
    context = browser.new_context(locale="de-DE")
    context.route(
        "**/live?*",
        lambda route: route.fulfill(
            status=status, headers={"Retry-After": "2"}, body=json.dumps(body) if body else "<html></html>"
        ),
    )
    page = context.new_page()
    page.goto(proxy.base + "/")
    page.wait_for_function("said => document.querySelector('#sl-toast p')?.textContent.includes(said)", arg=said)
    stays = page.evaluate("document.querySelector('#sprint-live').dataset.state")
    assert stays == "offline"
    context.close()
