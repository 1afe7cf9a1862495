"""A real Chromium in front of a real server with a stand-in engine.
Skipped, with the reason, where none is installed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sprint_live.machine import find_chromium
from support.browser.flags import FLAGS


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = find_chromium()
    if path is None and os.environ.get("SPRINT_LIVE_REQUIRE_BROWSER"):
        pytest.fail(
            "SPRINT_LIVE_REQUIRE_BROWSER is set and no Chromium is installed: CI must not skip the browser tests"
        )
    if path is None:
        pytest.skip("no Chromium is installed (looked at SPRINT_LIVE_CHROMIUM and the PATH)")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_canvas(browser, live_server):
    """Open the page in a context of its own; a page error or a dialog fails the test."""
    from support.browser.canvas import Canvas

    contexts, trouble = [], []

    def open_page(base: str = live_server.base, prepare=lambda page: None, **options) -> Canvas:
        contexts.append(
            browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **options})
        )
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: trouble.append(f"page error: {error}"))
        page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: trouble.append(request.url) if "evil.example" in request.url else None)
        prepare(page)
        canvas = Canvas(page)
        canvas.open(base)
        return canvas

    yield open_page
    for context in contexts:
        context.close()
    assert not trouble
