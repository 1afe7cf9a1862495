"""The Gradio app under the page: its API, queue and events. At / browsers get front_page.py, not Gradio's page."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec

import gradio as gr
from fastapi import FastAPI

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.server.event_driven_queue import use_event_driven_queue
from sprint_live.live.server.web_files import WEB

__all__ = ["LOOK", "TRANSPORTS", "build_page", "checked_transport", "mount_page"]

TRANSPORTS = ("auto", "socket", "post", "events")
MAX_QUEUED = 64
CACHE = (60, 300)
"""Gradio looks through its files of calls every minute and deletes those that are five old,
and all of them at the end.
"""

LOOK = {
    "favicon_path": str(WEB / "icon.svg"),
    "footer_links": [],
    "ssr_mode": False,
    "max_file_size": "8mb",
    "run_history": False,
    "show_error": False,
    "mcp_server": find_spec("mcp") is not None,
}
"""How the app is mounted or launched."""


def checked_transport(transport: str) -> str:
    """The door the page takes, one of TRANSPORTS.

    Raises: ArgumentError for another one.
    """
    if transport not in TRANSPORTS:
        accepted, fix = ", ".join(TRANSPORTS), "change SPRINT_LIVE_TRANSPORT, or leave it out"
        raise ArgumentError(refusal(got=f"transport {transport!r}", accepted=accepted, fix=fix))
    return transport


def build_page(*, events: Callable[[], None] = lambda: None) -> gr.Blocks:
    """The Gradio app, without a server. events: adds what programs call."""
    with gr.Blocks(title="Sprint Live", analytics_enabled=False, delete_cache=CACHE) as page:
        gr.HTML('<a href="./">Sprint Live</a>')
        events()
    return use_event_driven_queue(page.queue(max_size=MAX_QUEUED))


def mount_page(app: FastAPI, page: gr.Blocks) -> FastAPI:
    """Put a page at the root of `app`. SPRINT_LIVE_ROOT_PATH: the path under which a proxy shows it, such as /draw."""
    root = os.environ.get("SPRINT_LIVE_ROOT_PATH", "").rstrip("/") or None
    return gr.mount_gradio_app(app, page, path="/", root_path=root, **LOOK)
