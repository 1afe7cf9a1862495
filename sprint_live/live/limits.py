"""How much one client, and everybody together, may ask for. Refused with 429 or 503 and Retry-After, before any work.

A client is an IP address (of IPv6 the /64 that one household has). Loopback has no limit of its own: it is the person at
this machine, or a proxy that does not say whom it speaks for (uvicorn reads X-Forwarded-For of proxies in FORWARDED_ALLOW_IPS).
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Allowance", "ClientLimits", "Limits"]

FORGET_CLIENTS_OVER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLimits:
    """sockets: WebSockets open at once, in all and a client. requests: HTTP requests a client, a second and at once."""

    sockets: int = 600
    sockets_a_client: int = 20
    requests_a_second: float = 40.0
    requests_at_once: int = 400


class Allowance:
    """So many at once, refilled so many a second (a token bucket)."""

    def __init__(self, a_second: float, at_once: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._at_once, self._clock = a_second, at_once, clock
        self._left, self._seen_s = float(at_once), clock()

    def spend(self) -> float:
        """Take one. Returns 0.0, or the seconds until the next would have been allowed (then none is taken)."""
        now_s = self._clock()
        self._left = min(self._at_once, self._left + (now_s - self._seen_s) * self._a_second)
        self._seen_s = now_s
        if self._left >= 1 - 1e-9:  # after exactly the time it was told, a client may come
            self._left -= 1
            return 0.0
        return (1 - self._left) / self._a_second


class Limits:
    """ASGI middleware, the outermost: what it refuses costs a few microseconds."""

    def __init__(
        self, app: ASGIApp, limits: ClientLimits, refused: Callable[[int], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app, self._limits, self._refused, self._clock = app, limits, refused, clock
        self._sockets: Counter[str] = Counter()
        self._allowances: dict[str, Allowance] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = _client(scope)
        if scope["type"] == "websocket":
            await self._socket(client, scope, receive, send)
        elif scope["type"] == "http" and client and (wait_s := self._allowance(client).spend()):
            await self._refuse(scope, send, 429, wait_s)
        else:
            await self._app(scope, receive, send)

    async def _socket(self, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        if self._sockets.total() >= self._limits.sockets:
            await self._refuse(scope, send, 503, 5)
            return
        if client and self._sockets[client] >= self._limits.sockets_a_client:
            await self._refuse(scope, send, 429, 5)
            return
        self._sockets[client] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._sockets[client] -= 1
            if not self._sockets[client]:
                del self._sockets[client]

    def _allowance(self, client: str) -> Allowance:
        if len(self._allowances) > FORGET_CLIENTS_OVER:
            self._allowances.clear()  # forgetting is kind, and a table of every address on earth is not
        if client not in self._allowances:
            self._allowances[client] = Allowance(self._limits.requests_a_second, self._limits.requests_at_once, self._clock)
        return self._allowances[client]

    async def _refuse(self, scope: Scope, send: Send, status: int, wait_s: float) -> None:
        self._refused(status)
        text = b"too many requests; try again later" if status == 429 else b"the server is full; try again later"
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode()), (b"retry-after", str(math.ceil(wait_s)).encode())]
        kind = "http"
        if scope["type"] == "websocket":
            if "websocket.http.response" not in scope.get("extensions", {}):
                await send({"type": "websocket.close", "code": 1013, "reason": text.decode()})
                return
            kind = "websocket.http"
        await send({"type": f"{kind}.response.start", "status": status, "headers": headers})
        await send({"type": f"{kind}.response.body", "body": text})


def _client(scope: Scope) -> str:
    """Whose request it is, "" for loopback and for what has no address."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if address.is_loopback:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
