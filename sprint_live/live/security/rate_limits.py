"""Rate limits for one client and for all together. A refusal is 429 or 503 with Retry-After, before any work.

A client is an IP address (for IPv6 the /64 network of a household). Loopback has no limit of its own: it is the person
at this machine, or a proxy that does not name its client (uvicorn reads X-Forwarded-For of proxies in
FORWARDED_ALLOW_IPS).
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from sprint_live.coded_text import coded
from sprint_live.errors import told_by
from sprint_live.live.security.access_control import refusal_body

__all__ = [
    "POST_PATH",
    "ClientLimits",
    "ConnectionLimiter",
    "LimitReached",
    "RateLimitMiddleware",
    "TokenBucket",
    "client_of",
]

FORGET_CLIENTS_OVER = 10_000
POST_PATH = "/live"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLimits:
    """The limits.

    sockets: open connections on all transports, in total and per client. requests: HTTP requests of a client, per
    second and at once. posts: the same for requests that carry strokes (POST /live), counted apart.
    """

    sockets: int = 600
    sockets_a_client: int = 20
    requests_a_second: float = 40.0
    requests_at_once: int = 400
    posts_a_second: float = 600.0
    posts_at_once: int = 1500


class LimitReached(Exception):
    """Too many requests or connections: an HTTP status, and the seconds after which to try again."""

    def __init__(self, status: int, wait_s: float) -> None:
        super().__init__(coded("busy.client" if status == 429 else "busy.server"))
        self.status, self.wait_s = status, wait_s


class ConnectionLimiter:
    """Connection slots: a total, and for each client."""

    def __init__(self, limits: ClientLimits) -> None:
        self._limits = limits
        self._taken: Counter[str] = Counter()

    def acquire(self, client: str) -> None:
        """Raises: LimitReached, 503 if all slots are taken, 429 if those of this client are."""
        if self._taken.total() >= self._limits.sockets:
            raise LimitReached(503, 5.0)
        if client and self._taken[client] >= self._limits.sockets_a_client:
            raise LimitReached(429, 5.0)
        self._taken[client] += 1

    def release(self, client: str) -> None:
        """One connection of this client has ended."""
        self._taken[client] -= 1
        if not self._taken[client]:
            del self._taken[client]


class TokenBucket:
    """A token bucket: so many at once, refilled at a rate."""

    def __init__(self, a_second: float, at_once: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._at_once, self._clock = a_second, at_once, clock
        self._left, self._seen_s = float(at_once), clock()

    def spend(self) -> float:
        """Take one. Returns 0.0, or the seconds until the next is allowed (then none is taken)."""
        now_s = self._clock()
        self._left = min(self._at_once, self._left + (now_s - self._seen_s) * self._a_second)
        self._seen_s = now_s
        if self._left >= 1 - 1e-9:  # after exactly the time it was told, a client may come
            self._left -= 1
            return 0.0
        return (1 - self._left) / self._a_second


class RateLimitMiddleware:
    """The outermost ASGI middleware: a refusal costs a few microseconds."""

    def __init__(
        self,
        app: ASGIApp,
        limits: ClientLimits,
        limiter: ConnectionLimiter,
        refused: Callable[[int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._limits, self._limiter, self._refused, self._clock = app, limits, limiter, refused, clock
        self._buckets: dict[tuple[str, bool], TokenBucket] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: pass a request on, or refuse it with 429 or 503 and a time to come back."""
        client = client_of(scope)
        try:
            if scope["type"] == "websocket":
                self._limiter.acquire(client)
            elif scope["type"] == "http" and client:
                self._spend(client, is_post=scope["method"] == "POST" and scope["path"] == POST_PATH)
        except LimitReached as full:
            await self._refuse(scope, send, full)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "websocket":
                self._limiter.release(client)

    def _spend(self, client: str, *, is_post: bool) -> None:
        """Raises: LimitReached if this client has asked too often."""
        if len(self._buckets) > FORGET_CLIENTS_OVER:
            self._buckets.clear()  # forgetting is kind, and a table of every address on earth is not
        key = (client, is_post)
        if key not in self._buckets:
            limits = self._limits
            rate = (
                (limits.posts_a_second, limits.posts_at_once)
                if is_post
                else (limits.requests_a_second, limits.requests_at_once)
            )
            self._buckets[key] = TokenBucket(*rate, self._clock)
        if wait_s := self._buckets[key].spend():
            raise LimitReached(429, wait_s)

    async def _refuse(self, scope: Scope, send: Send, full: LimitReached) -> None:
        self._refused(full.status)
        content_type, body = refusal_body(scope, told_by(full))
        wait_s = str(math.ceil(full.wait_s)).encode()
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"retry-after", wait_s),
        ]
        kind = "http"
        if scope["type"] == "websocket":
            if "websocket.http.response" not in scope.get("extensions", {}):
                await send({"type": "websocket.close", "code": 1013, "reason": told_by(full)})
                return
            kind = "websocket.http"
        await send({"type": f"{kind}.response.start", "status": full.status, "headers": headers})
        await send({"type": f"{kind}.response.body", "body": body})


def client_of(scope: Scope) -> str:
    """The client of a request, "" for loopback and for requests without an address."""
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
