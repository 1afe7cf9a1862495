"""The page behind a proxy that shows it under a path (SPRINT_LIVE_ROOT_PATH), with a token: in a real Chromium."""

from __future__ import annotations

import pytest

from support.browser.path_proxy import PathProxy


@pytest.fixture
def proxy(start_server, monkeypatch):
    monkeypatch.setenv("SPRINT_LIVE_ROOT_PATH", "/draw/")
    server = start_server(token="sesam")
    server.wait_until("/readyz")
    proxy = PathProxy(server.base)
    yield proxy
    proxy.stop()


def test_the_page_draws_under_a_path_and_asks_for_nothing_beside_it(open_canvas, proxy):
    canvas = open_canvas(f"{proxy.base}/?token=sesam&from=")
    page = canvas.page
    assert page.url.startswith(f"{proxy.base}/?from=") and "sesam" not in page.url
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)])
    canvas.settle()
    page.click("#sl-gallery")
    assert page.evaluate("document.querySelector('meta[property=\"og:image\"]').content").startswith(proxy.base)
    assert [stray for stray in proxy.strays if stray != "/favicon.ico"] == []
