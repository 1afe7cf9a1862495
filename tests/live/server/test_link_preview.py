"""What a messenger shows of a shared link, and the page under a proxy's path: over a real socket."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx
from PIL import Image


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, list[str]] = {}
        self.icons: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        if tag == "meta" and (name := about.get("property") or about.get("name")):
            self.tags.setdefault(name, []).append(about.get("content") or "")
        if tag == "link" and "icon" in (about.get("rel") or ""):
            self.icons.append(about["href"])
        self.links += [about[name] for name in ("href", "src") if about.get(name)]


def head_of(html: str) -> _Head:
    head = _Head()
    head.feed(html)
    return head


def test_a_shared_link_shows_our_own_title_picture_and_icon(live_server):
    answer = httpx.get(live_server.base + "/", headers={"Accept-Encoding": "gzip"})
    head = head_of(answer.text)
    assert head.tags["og:title"] == ["Sprint Live"] and "stroke" in head.tags["og:description"][0]
    assert not [name for name, values in head.tags.items() if len(values) > 1 and name.startswith(("og:", "twitter:"))]
    assert (
        "gradio" not in " ".join(text for texts in head.tags.values() for text in texts).lower()
        and answer.text.count("<title>") == 1
    )
    picture = Image.open(io.BytesIO(httpx.get(head.tags["og:image"][0]).content))
    assert f"{picture.width}" == head.tags["og:image:width"][0] and picture.size == (1200, 630)
    for icon in (urljoin(live_server.base + "/", head.icons[0]), live_server.base + "/favicon.ico"):
        said = httpx.get(icon)
        assert said.status_code == 200 and said.content.startswith(b"<svg") and "svg" in said.headers["content-type"]
    assert len(head.icons) == 1


def test_the_picture_has_the_address_that_the_visitor_sees(live_server):
    seen = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "draw.example.org"}
    head = head_of(httpx.get(live_server.base + "/", headers=seen).text)
    assert head.tags["og:image"] == ["https://draw.example.org/live-web/preview.jpg"]
    html = httpx.get(live_server.base + "/", headers={**seen, "X-Forwarded-Host": 'x"><script>evil</script>'}).text
    assert "<script>evil" not in html
