"""The conversation as Gradio events, for where nothing else reaches the app (ZeroGPU) and for programs that use Gradio.

    /live(batch up) -> batches down, a stream of them      /live_up(batch up) -> batch down, "" while all is well

Batches (batches.py) are sent in base64. /live opens or resumes a connection and streams for at most a minute; the
client then asks for the next minute. It is a queued event, because on ZeroGPU only queued events carry a visitor's
right to the GPU. /live_up takes strokes and settings. A Gradio event has no HTTP status, so a refusal is a batch with
a close code and an ERROR that says why: 1013 to try again later, after `retry_after_s`, 1006 if there is no such
connection.

Knows: Gradio, connections.  Must not know: sessions, what a message says.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import contextvars
import functools
import math
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from sprint_live.errors import BusyError, InputError, ProtocolError, told_by
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.security.rate_limits import LimitReached, client_of
from sprint_live.live.transports.client import TRY_LATER
from sprint_live.live.transports.long_poll import LongPollConnection, LongPollConnections, UnknownConnection
from sprint_live.live.wire.batches import NEW_CONNECTION, DownBatch, UpBatch, pack_down, unpack_up
from sprint_live.live.wire.protocol import MALFORMED, ErrorText, close_code, encode, violation

__all__ = ["EventTransport"]

STREAM_S = 55.0
BEAT_S = 3.0  # how often a stream says that it is there, so that one nobody reads is noticed
LOST = 1006
BUSY_RETRY_S = 5
REFUSALS = (ProtocolError, UnknownConnection, LimitReached, BusyError)


Visiting = Callable[[bytes, contextvars.Context], contextlib.AbstractContextManager[None]]


def _no_visit(session_id: bytes, context: contextvars.Context) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


class EventTransport:
    """The two events. `add` registers them in the Blocks that is being built; they are invisible on the page."""

    def __init__(self, connections: LongPollConnections, policy: AccessPolicy, visit: Visiting = _no_visit) -> None:
        """visit: entered for as long as a session's stream is open, with the context of its event."""
        self._connections, self._policy, self._visit = connections, policy, visit

    def add(self) -> None:
        """Call it inside the Blocks."""
        up, down = gr.Textbox(visible=False, label="batch"), gr.Textbox(visible=False, label="batches")
        on = gr.Button(visible=False).click
        unseen: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
        on(self.live, up, down, api_name="live", concurrency_limit=None, **unseen)
        on(self.live_up, up, down, api_name="live_up", queue=False, **unseen)

    async def live(self, batch: str, request: gr.Request) -> AsyncIterator[str]:
        """Open or resume a live drawing, and stream the server's messages."""
        try:
            connection, brought = self._found(batch, request)
            with connection.attended():
                await self._brought(connection, brought)
                end_s = time.monotonic() + STREAM_S
        except REFUSALS as error:
            yield _encoded(_refusal(error))
            return
        fetched = None
        try:
            with self._visit(connection.session_id or b"", contextvars.copy_context()):
                while time.monotonic() < end_s and not (fetched and fetched.close_code):
                    with connection.attended():
                        fetched = await connection.fetch(BEAT_S)
                    yield _encoded(fetched)
        except LimitReached as error:
            yield _encoded(_refusal(error))
        except GeneratorExit:  # Gradio ends a stream that nobody reads any more
            connection.hang_up()
            raise

    async def live_up(self, batch: str, request: gr.Request) -> str:
        """Send strokes and settings to a live drawing that `live` opened."""
        try:
            connection, brought = self._found(batch, request)
            with connection.attended():
                await self._brought(connection, brought)
        except REFUSALS as error:
            return _encoded(_refusal(error))
        return ""

    def _found(self, text: str, request: gr.Request) -> tuple[LongPollConnection, UpBatch]:
        try:
            batch = unpack_up(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError) as error:
            if isinstance(error, ProtocolError):
                raise
            raise violation(MALFORMED, "no base64", "a batch in base64") from None
        assert request.request is not None, "an event comes with the request that called it"
        scope = request.request.scope
        return self._connections.find_or_open(
            batch.connection_id, client_of(scope), functools.partial(self._policy.admits, scope)
        ), batch

    async def _brought(self, connection: LongPollConnection, batch: UpBatch) -> None:
        try:
            await connection.bring(batch)
        except BusyError:
            connection.leave()
            raise


def _encoded(batch: DownBatch) -> str:
    return base64.b64encode(pack_down(batch)).decode()


def _refusal(error: LimitReached | BusyError | UnknownConnection | InputError) -> DownBatch:
    match error:
        case LimitReached():
            code, wait_s = TRY_LATER, min(math.ceil(error.wait_s), 65535)
        case BusyError():
            code, wait_s = TRY_LATER, BUSY_RETRY_S
        case UnknownConnection():
            code, wait_s = LOST, 0
        case _:
            code, wait_s = close_code(error), 0
    return DownBatch(NEW_CONNECTION, 0, (encode(ErrorText(code, told_by(error))),), code, wait_s)
