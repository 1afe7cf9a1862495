"""The page at /: markup, and the addresses of all that it needs, so that a browser asks for all of it at once.

Gradio is not loaded in the browser: its own page takes four rounds of requests before ours could begin, and names and
shows Gradio in previews of a shared link. Its API, queue and events are served as ever.

Knows: the page's markup, addresses, languages.  Must not know: drawings, sessions.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sprint_live.live.server.web_files import STYLE, WEB, WebFiles, packed_response

__all__ = ["REFUSED_JS", "FrontPage", "own_tags"]

TITLE = "Sprint Live"
DESCRIPTION = "Draw a few lines: each stroke becomes a picture at once."
PICTURE, PICTURE_WH = "live-web/preview.jpg", (1200, 630)
ICON = "live-web/icon.svg"
LANGUAGES = tuple(sorted(path.stem for path in (WEB / "languages").glob("*.json")))

REFUSED_JS = """
// a page whose scripts are refused says why: the access check answers a POST with a reason where it refuses
addEventListener('error', async ({ target }) => {
  if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
  if (document.getElementById('refused')) return;
  const said = Object.assign(document.createElement('p'), { id: 'refused', role: 'alert' });
  said.style.cssText = 'position:fixed;inset:0 0 auto;z-index:9999;margin:0;padding:1rem;'
    + 'background:#fff;color:#900;font:1rem system-ui;overflow-wrap:anywhere';
  document.documentElement.append(said);
  const answer = await fetch('live-web/main.js', { method: 'POST' }).catch(() => null);
  if (answer?.status === 403) said.textContent = await answer.text();
  else said.remove();
}, true);
"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<script>{refused}</script>
<link rel="stylesheet" href="{base}{style}">
<link rel="modulepreload" href="{base}main.js">
<link rel="modulepreload" href="{base}link/link-worker.js">
{words}<link rel="preload" as="fetch" crossorigin href="{base}presets.json">
{tags}
</head>
<body>
{markup}
<script>{early}</script>
<script type="module">
import {{ start }} from './{base}main.js';
start(document.querySelector('#sprint-live'), new URL('{base}', document.baseURI), earlyStrokes);
</script>
</body>
</html>
"""


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


class FrontPage:
    """ASGI middleware that answers GET and HEAD of /. transport: the one the page uses, one of page.TRANSPORTS."""

    def __init__(self, app: ASGIApp, files: WebFiles, transport: str, folder: Path = WEB) -> None:
        self._app, self._files, self._transport, self._folder = app, files, transport, folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: answer with the page, or pass the request on."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        await (await run_in_threadpool(self._answer, scope))(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        html = self._html(_base(scope), _language(headers.get("accept-language", ""))).encode()
        tag = f'W/"{hashlib.sha256(html).hexdigest()[:32]}"'
        if tag in headers.get("if-none-match", ""):
            response = Response(status_code=304)
        else:
            response = packed_response(gzip.compress(html, 6, mtime=0), scope, kind="text/html", keep="")
        response.headers.update({"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept-Encoding, Accept-Language"})
        return response

    def _html(self, address: str, language: str) -> str:
        base = f"live-web/{self._files.built().version}/"
        words = [f"messages/{language}", *([language] if language != "en" else [])]
        preload = '<link rel="preload" as="fetch" crossorigin href="{}languages/{}.json">\n'
        return PAGE.format(
            base=base,
            style=STYLE,
            refused=REFUSED_JS,
            words="".join(preload.format(base, name) for name in words),
            tags=own_tags(address),
            markup=(self._folder / "page.html").read_text("utf-8").replace("TRANSPORT", self._transport, 1),
            early=(self._folder / "early.js").read_text("utf-8"),
        )


def _language(accepted: str) -> str:
    """The language whose words are asked for at once: the page may choose another (web/i18n/language.js)."""
    for part in re.findall(r"([A-Za-z]+)[^,]*", accepted):
        if part.lower() in LANGUAGES:
            return part.lower()
    return "en"


def _base(scope: Scope) -> str:
    """The address that the visitor sees, as far as a proxy reports it."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme = headers.get(b"x-forwarded-proto", scope["scheme"]).split(",")[0].strip()
    host = headers.get(b"x-forwarded-host", headers.get(b"host", "localhost")).split(",")[0].strip()
    root = os.environ.get("SPRINT_LIVE_ROOT_PATH", "").strip("/")
    return f"{scheme}://{host}/{root}/" if root else f"{scheme}://{host}/"
