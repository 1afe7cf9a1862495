"""The page: a Gradio app with our canvas as its only component.

Markup, styles and script are files in web/. The head links the styles, because Gradio rewrites CSS that it is given.
The component has no value: changing one would make Gradio render it again and wipe the canvas.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import gradio as gr
import gradio.themes
from fastapi import FastAPI

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.server.patient_queue import make_patient

__all__ = ["LOOK", "TRANSPORTS", "build_page", "mount_page"]

TRANSPORTS = ("auto", "socket", "post", "events")
MAX_QUEUED = 64
CACHE = (60, 300)
"""Gradio looks through its files of calls every minute and deletes those that are five old,
and all of them at the end.
"""
WEB = Path(__file__).parents[2] / "web"

START_JS = """
const base = new URL('live-web/', document.baseURI);
import(new URL('main.js', base)).then((main) => main.start(element.querySelector('#sprint-live'), base));
"""

HEAD = """
<link rel="stylesheet" href="live-web/page.css">
<link rel="stylesheet" href="live-web/desk.css">
<link rel="stylesheet" href="live-web/panels.css">
<link rel="stylesheet" href="live-web/dock.css">
<link rel="stylesheet" href="live-web/narrow.css">
<link rel="stylesheet" href="live-web/touch.css">
<link rel="modulepreload" href="live-web/main.js">
<meta name="color-scheme" content="light dark">
<script>
// a page whose scripts are refused says why: what is posted is answered by the gate, with a reason where it refuses
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
</script>
"""

FONTS = ["system-ui", "sans-serif"]
LOOK = {
    "theme": gradio.themes.Base(font=FONTS, font_mono=["ui-monospace", "monospace"]),
    "head": HEAD,
    "favicon_path": str(WEB / "icon.svg"),
    "footer_links": [],
    "ssr_mode": False,
    "max_file_size": "8mb",
    "run_history": False,
    "show_error": False,
    "mcp_server": find_spec("mcp") is not None,
}
"""How the page is mounted or launched. System fonts only: it loads nothing from other sites."""


def build_page(transport: str = "auto", *, events: Callable[[], None] = lambda: None) -> gr.Blocks:
    """The Gradio app, without a server. transport: the door its page takes, one of TRANSPORTS. events:
    adds what programs call.

    Raises: ArgumentError for another one.
    """
    if transport not in TRANSPORTS:
        accepted, fix = ", ".join(TRANSPORTS), "change SPRINT_LIVE_TRANSPORT, or leave it out"
        raise ArgumentError(refusal(got=f"transport {transport!r}", accepted=accepted, fix=fix))
    html = (WEB / "page.html").read_text("utf-8").replace("TRANSPORT", transport, 1)
    with gr.Blocks(title="Sprint Live", analytics_enabled=False, fill_width=True, delete_cache=CACHE) as page:
        gr.HTML(
            html_template=html,
            js_on_load=START_JS,
            apply_default_css=False,
            elem_id="live-canvas",
        )
        events()
    return make_patient(page.queue(max_size=MAX_QUEUED))


def mount_page(app: FastAPI, page: gr.Blocks) -> FastAPI:
    """Put a page at the root of `app`. SPRINT_LIVE_ROOT_PATH: the path under which a proxy shows it, such as /draw."""
    root = os.environ.get("SPRINT_LIVE_ROOT_PATH", "").rstrip("/") or None
    return gr.mount_gradio_app(app, page, path="/", root_path=root, **LOOK)
