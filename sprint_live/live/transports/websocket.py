"""The WebSocket of one client: HELLO first, then operations and acknowledgments; pictures and words go out."""

from __future__ import annotations

import asyncio
import contextlib

from fastapi import WebSocket, WebSocketDisconnect

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.errors import BusyError, InputError
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports.client import ClientHandler, farewell
from sprint_live.live.wire.protocol import POLICY, UNKNOWN, ErrorText, encode, violation

__all__ = ["talk"]

HELLO_WITHIN_S = 10.0
MAX_UNSENT_BYTES = 4 << 20


class _Outbox:
    """Messages for one client. A client that does not read is closed, not buffered without limit."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._waiting: asyncio.Queue[bytes | tuple[int, str]] = asyncio.Queue()
        self._unsent_bytes = 0
        self._stalled = asyncio.Event()

    def send(self, data: bytes) -> None:
        """Queue a message."""
        self._unsent_bytes += len(data)
        if self._unsent_bytes > MAX_UNSENT_BYTES:
            self._stalled.set()
            return
        self._waiting.put_nowait(data)

    def close(self, code: int, reason: str) -> None:
        """Close after what is queued."""
        self._waiting.put_nowait((code, reason[:100]))

    async def stalled(self) -> None:
        """Return when the client has let 4 MiB pile up."""
        await self._stalled.wait()

    async def empty(self) -> None:
        """Send what is queued until closed."""
        while True:
            item = await self._waiting.get()
            if isinstance(item, tuple):
                await self._websocket.close(*item)
                return
            await self._websocket.send_bytes(item)
            self._unsent_bytes -= len(item)


async def talk(websocket: WebSocket, hub: Hub, policy: AccessPolicy) -> None:
    """Serve one client until either side closes. Whatever it sends, other clients are not affected."""
    await websocket.accept()
    outbox = _Outbox(websocket)
    sender = asyncio.create_task(outbox.empty())
    receiver = asyncio.create_task(_receive(websocket, outbox, hub, policy))
    stalled = asyncio.create_task(outbox.stalled())
    try:
        await asyncio.wait({sender, receiver, stalled}, return_when=asyncio.FIRST_COMPLETED)
        if stalled.done():
            sender.cancel()  # it hangs in a send; a close frame would not get through either, but is tried
            with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
                await asyncio.wait_for(websocket.close(POLICY, "the client does not read"), 1.0)
        elif receiver.done() and not sender.done():
            code, text = receiver.result()
            if code:
                outbox.send(encode(ErrorText(code, text)))
                outbox.close(code, text)
                with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
                    await asyncio.wait_for(sender, 5.0)
    finally:
        for task in (sender, receiver, stalled):
            task.cancel()
        await asyncio.gather(sender, receiver, stalled, return_exceptions=True)


async def _receive(websocket: WebSocket, outbox: _Outbox, hub: Hub, policy: AccessPolicy) -> tuple[int, CodedText]:
    """Take messages until the client leaves (0, "") or breaks a rule (close code, text for the person)."""
    handler = ClientHandler(hub, outbox, lambda token: policy.admits(websocket.scope, token))
    try:
        handler.hear(await asyncio.wait_for(_next(websocket), HELLO_WITHIN_S))
        while True:
            handler.hear(await _next(websocket))
            while wait_s := handler.wait_s():
                await asyncio.sleep(wait_s)
    except (InputError, BusyError) as error:
        return farewell(error)
    except TimeoutError:
        return POLICY, coded("client.silent", {"seconds": f"{HELLO_WITHIN_S:.0f}"})
    except WebSocketDisconnect:
        return 0, NO_TEXT
    finally:
        handler.leave()


async def _next(websocket: WebSocket) -> bytes:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    data = message.get("bytes")
    if data is None:
        raise violation(UNKNOWN, "a text message", "binary messages")
    return data
