"""Limits on bodies: only Gradio's API takes one, no larger and no deeper than a call needs.

Gradio itself reads JSON of any size and depth; 100,000 brackets would cause an error 500 there.

Knows: paths, bytes, JSON.  Must not know: Gradio, what is called.
"""

from __future__ import annotations

import json

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sprint_live.coded_text import coded
from sprint_live.live.security.access_control import answer, is_gradio_call
from sprint_live.live.wire.limits import TOO_BIG, violation

__all__ = ["BodyLimitMiddleware", "read_body"]

UPLOAD = "/gradio_api/upload"
MAX_JSON_BYTES = 2 << 20
MAX_UPLOAD_BYTES = 9 << 20


class BodyLimitMiddleware:
    """ASGI middleware: 411 without a length, 413 over the limit, 422 for bad or too deep JSON."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: pass a request on, or refuse a body that is too long."""
        if scope["type"] != "http" or scope["method"] != "POST" or not is_gradio_call(scope["path"]):
            await self._app(scope, receive, send)
            return
        most = MAX_UPLOAD_BYTES if scope["path"] == UPLOAD else MAX_JSON_BYTES
        length = dict(scope["headers"]).get(b"content-length", b"")
        if not length.isdigit():
            await answer(scope, send, 411, coded("body.no_length"))
        elif int(length) > most:
            await answer(scope, send, 413, coded("body.too_large", {"most": most}))
        elif scope["path"] == UPLOAD:
            await self._app(scope, receive, send)
        elif (body := await _json(receive)) is None:
            await answer(scope, send, 422, coded("body.not_json"))
        else:
            await self._app(scope, _replayed(body, receive), send)


async def _json(receive: Receive) -> bytes | None:
    """The body; None if it is not JSON that Python reads.
    Its length was checked: uvicorn hands on no more than announced.
    """
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    body = b"".join(parts)
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return None
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def once() -> Message:
        return {"type": "http.request", "body": waiting.pop(), "more_body": False} if waiting else await receive()

    return once


async def read_body(request: Request, max_bytes: int) -> bytes:
    """Raises: MessageTooLarge once more than `max_bytes` have come, or are announced."""
    parts: list[bytes] = []
    num_bytes = int(request.headers.get("content-length", "0"))
    if num_bytes <= max_bytes:
        num_bytes = 0
        async for part in request.stream():
            num_bytes += len(part)
            if num_bytes > max_bytes:
                break
            parts.append(part)
    if num_bytes > max_bytes:
        raise violation(TOO_BIG, f"more than {max_bytes} bytes", f"at most {max_bytes} bytes", "send less at once")
    return b"".join(parts)
