"""The preview of a shared link in messengers and search engines: our own title, description, picture and icon.

Gradio's page names and shows Gradio, twice, and no option of Gradio changes all of it. So this middleware removes those
tags from the page and inserts ours.

Knows: the page's HTML, addresses.  Must not know: drawings, sessions.
"""

from __future__ import annotations

import os
import re
from html import escape

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LinkPreview", "own_tags"]

TITLE = "Sprint Live"
DESCRIPTION = "Draw a few lines: each stroke becomes a picture at once."
PICTURE, PICTURE_WH = "live-web/preview.jpg", (1200, 630)
ICON = "live-web/icon.svg"
FOREIGN = re.compile(
    rb"""<meta\s+(?:property|name)="(?:og|twitter):[^>]*?/?>|<link\s+rel="(?:shortcut )?icon"[^>]*>""", re.DOTALL
)


def own_tags(base: str) -> str:
    """The tags for the head. base: the whole address of the page, with a / at its end;
    a picture's address must be whole.
    """
    width, height = PICTURE_WH
    tags = {
        "og:type": "website",
        "og:site_name": TITLE,
        "og:title": TITLE,
        "og:description": DESCRIPTION,
        "og:url": base,
        "og:image": base + PICTURE,
        "og:image:width": str(width),
        "og:image:height": str(height),
    }
    named = {"description": DESCRIPTION, "twitter:card": "summary_large_image"}
    lines = [f'<meta property="{name}" content="{escape(text)}">' for name, text in tags.items()]
    lines += [f'<meta name="{name}" content="{escape(text)}">' for name, text in named.items()]
    return f"<title>{TITLE}</title>" + "".join(lines) + f'<link rel="icon" type="image/svg+xml" href="{ICON}">'


class LinkPreview:
    """ASGI middleware for the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: put our title and picture into the page's head."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def sent(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _pass_on(send, start, bytes(body), _base(scope))

        await self._app({**scope, "headers": plain}, receive, sent)


async def _pass_on(send: Send, start: Message, body: bytes, base: str) -> None:
    headers = dict(start["headers"])
    if headers.get(b"content-type", b"").startswith(b"text/html"):
        body = body.replace(
            b'href="/manifest.json"', b'href="manifest.json"'
        )  # behind a proxy's path / is another site
        body = FOREIGN.sub(b"", body).replace(b"</head>", own_tags(base).encode() + b"</head>", 1)
    rest = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    await send({**start, "headers": [*rest, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


def _base(scope: Scope) -> str:
    """The address that the visitor sees, as far as a proxy reports it."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme = headers.get(b"x-forwarded-proto", scope["scheme"]).split(",")[0].strip()
    host = headers.get(b"x-forwarded-host", headers.get(b"host", "localhost")).split(",")[0].strip()
    root = os.environ.get("SPRINT_LIVE_ROOT_PATH", "").strip("/")
    return f"{scheme}://{host}/{root}/" if root else f"{scheme}://{host}/"
