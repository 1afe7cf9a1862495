"""Who may talk to this server: Host, Origin and token, checked for HTTP and WebSocket before anything else runs.

The danger is a web page in another tab: browsers let any site connect to 127.0.0.1, and DNS rebinding lets it read the
answers. So every foreign Origin is refused, and an unknown Host wherever a name could be forged. An address other than
loopback also needs a token, which is printed once.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sprint_live.coded_text import CodedText, body_of, coded

__all__ = ["COOKIE", "AccessMiddleware", "AccessPolicy", "answer", "is_gradio_call", "refusal_body"]

log = logging.getLogger("sprint_live")

COOKIE = "sprint_live_token"
WRITABLE_PATHS = frozenset({"/live", "/photo-lines", "/timelapse"})
GRADIO_API = "/gradio_api/"
GRADIO_WRITABLE = frozenset({f"{GRADIO_API}{name}" for name in ("queue/join", "cancel", "upload")})
GRADIO_CALLS = tuple(f"{GRADIO_API}{name}" for name in ("call/", "run/", "mcp"))
"""Nothing else takes a body: Gradio's other routes that would are nobody's to reach."""
OPEN_PATHS = frozenset({"/healthz", "/readyz"})
ANY_IP_ADDRESS = "*ip*"
LOG_AGAIN_S, MAX_LOGGED = 60.0, 100
FRAME_ANCESTORS = b"frame-ancestors 'self' https://huggingface.co https://*.hf.space"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPolicy:
    """Whom a server admits.

    hosts: names allowed in the Host header (None: any; ANY_IP_ADDRESS stands for every literal address).
    origins: origins allowed besides the server's own. token: required for every request; None for none.
    framed: the page is shown over https in a frame of another site, where cookies need special attributes.
    """

    hosts: frozenset[str] | None
    origins: frozenset[str] = frozenset()
    token: str | None = None
    framed: bool = False

    def refusal(self, scope: Scope) -> CodedText | None:
        """Why a request is refused for its Host or Origin; None if it is not."""
        headers = _headers(scope)
        host = headers.get("host", "")
        if self.hosts is not None and not self._host_allowed(host):
            return coded("access.host", {"host": repr(host[:200]), "name": _host_name(host)[:200]})
        origin = headers.get("origin")
        if origin is not None:
            if not self._origin_allowed(origin, host):
                return coded("access.origin", {"origin": origin[:200], "host": repr(host[:200])})
        elif headers.get("sec-fetch-site") == "cross-site" and not _is_navigation(scope, headers):
            return coded("access.cross_site")
        return None

    def admits(self, scope: Scope, token: str = "") -> bool:
        """True if the request carries the token (cookie, query, Authorization, or `token` itself),
        or none is needed.
        """
        if self.token is None:
            return True
        wanted = self.token.encode()
        return any(
            secrets.compare_digest(given.encode("utf-8", "replace"), wanted) for given in (token, *_tokens(scope))
        )

    def _host_allowed(self, host: str) -> bool:
        assert self.hosts is not None
        name = _host_name(host)
        return name in self.hosts or (ANY_IP_ADDRESS in self.hosts and _is_ip_address(name))

    def _origin_allowed(self, origin: str, host: str) -> bool:
        if origin in self.origins:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.netloc) and parts.netloc.lower() == host.lower()


class AccessMiddleware:
    """ASGI middleware that refuses with 403 (a WebSocket is refused before it is accepted, which is a 403 too)."""

    def __init__(self, app: ASGIApp, policy: AccessPolicy) -> None:
        self._app = app
        self._policy = policy
        self._logged: dict[str, float] = {}

    def _log(self, refusal: str) -> None:
        """Log each reason once a minute: a page asks for fifty files, and an attacker must not fill the disk."""
        now_s = time.monotonic()
        if now_s - self._logged.get(refusal, -LOG_AGAIN_S) < LOG_AGAIN_S:
            return
        if len(self._logged) >= MAX_LOGGED:
            if now_s - max(self._logged.values()) < LOG_AGAIN_S / MAX_LOGGED:
                return
            self._logged.clear()
        self._logged[refusal] = now_s
        log.warning("request_refused", extra={"reason": refusal})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        refusal = self._policy.refusal(scope)
        if refusal is not None:
            self._log(refusal)
        if scope["type"] == "websocket":
            if refusal is None:  # the token may still come in the HELLO
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008, "reason": refusal[:80]})
        elif refusal is not None:
            await answer(scope, send, 403, refusal)
        elif not self._policy.admits(scope):
            await answer(scope, send, 403, coded("access.token"))
        elif scope["method"] not in ("GET", "HEAD") and not takes_a_body(scope["method"], scope["path"]):
            await answer(scope, send, 405, coded("access.read_only"), [("allow", "GET, HEAD")])
        elif self._policy.token is not None and _query_token(scope) is not None and scope["method"] == "GET":
            await _keep_token(send, scope, self._policy)
        else:
            await self._app(scope, receive, _with_safe_headers(send))


def takes_a_body(method: str, path: str) -> bool:
    """True if a request to this path may have a body: our own routes, and the called routes of Gradio's API."""
    return method == "POST" and (path in WRITABLE_PATHS or is_gradio_call(path))


def is_gradio_call(path: str) -> bool:
    """True for the routes of Gradio's API that programs call; body_limits.py limits their bodies."""
    return path in GRADIO_WRITABLE or path.startswith(GRADIO_CALLS)


async def _keep_token(send: Send, scope: Scope, policy: AccessPolicy) -> None:
    """Move the token from the address into a cookie, so that it is not in the history or a screenshot.

    The redirect is relative to the address in the browser, and the cookie is limited to its folder: behind a proxy's
    path, the rest of the site is not ours.
    """
    rest = [(key, value) for key, value in _query(scope) if key != "token"]
    where = "SameSite=None; Secure; Partitioned" if policy.framed else "SameSite=Lax"
    cookie = f"{COOKIE}={quote(policy.token or '', safe='')}; HttpOnly; {where}"
    address = f"./{quote(scope['path'].rpartition('/')[2])}" + (f"?{urlencode(rest)}" if rest else "")
    headers = [("location", address), ("set-cookie", cookie), ("referrer-policy", "no-referrer")]
    await _send_whole(send, 303, b"", headers)


async def answer(
    scope: Scope, send: Send, status: int, said: CodedText, headers: Sequence[tuple[str, str]] = ()
) -> None:
    """Refuse a request with what `refusal_body` gives."""
    kind, body = refusal_body(scope, said)
    await _send_whole(send, status, body, [("content-type", kind), *headers])


def refusal_body(scope: Scope, said: CodedText) -> tuple[str, bytes]:
    """(content type, body): the sentence for a person whose browser asks for a page, else JSON.

    The JSON is {"error": English, "code", "params"}.
    """
    if "text/html" in _headers(scope).get("accept", ""):
        return "text/plain; charset=utf-8", said.encode("utf-8", "replace")
    return "application/json", json.dumps(body_of(said), ensure_ascii=False).encode("utf-8", "replace")


async def _send_whole(send: Send, status: int, body: bytes, headers: Sequence[tuple[str, str]]) -> None:
    pairs = [("content-length", str(len(body))), *headers]
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _with_safe_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [
                (b"x-content-type-options", b"nosniff"),
                (b"referrer-policy", b"no-referrer"),
                (b"content-security-policy", FRAME_ANCESTORS),
            ]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sent


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _query_token(scope: Scope) -> str | None:
    return dict(_query(scope)).get("token")


def _tokens(scope: Scope) -> list[str]:
    headers = _headers(scope)
    bearer = headers.get("authorization", "").removeprefix("Bearer ")
    pairs = (pair.strip().partition("=") for pair in headers.get("cookie", "").split(";"))
    cookies = [unquote(value) for name, _, value in pairs if name == COOKIE]
    return [_query_token(scope) or "", bearer, unquote(bearer), _as_utf8(bearer), *cookies]


def _as_utf8(text: str) -> str:
    """A header that a program has sent in UTF-8."""
    return text.encode("latin-1").decode("utf-8", "replace")


def _is_navigation(scope: Scope, headers: dict[str, str]) -> bool:
    """True if a person follows a link to this page: a GET of a document."""
    return scope.get("method") == "GET" and headers.get("sec-fetch-mode") == "navigate"


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _is_ip_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
