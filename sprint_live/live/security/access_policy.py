"""Who may use a server at which address: this machine on loopback, a Space's own origin, anybody else with a token.

Knows: addresses and the environment.  Must not know: requests, open sockets.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.security.access_control import ANY_IP_ADDRESS, AccessPolicy

__all__ = ["LOOPBACK_NAMES", "access_policy", "address_of", "plain_origin"]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def access_policy(
    host: str, token: str | None, no_token: bool, space: str | None = None, allow_origins: Sequence[str] = ()
) -> AccessPolicy:
    """Loopback: its own names, no token. A Space: any Host (its proxy decides), its own origin. Else: a token.

    allow_origins: of pages that may use the server besides its own;
    those of SPRINT_LIVE_ALLOWED_ORIGINS (a, b, ...) may, too.
    Raises: ArgumentError for what is no origin.
    """
    origins = frozenset(map(plain_origin, allow_origins)) | _allowed_origins()
    if space is not None:
        own = frozenset({f"https://{space}"} if space else ())
        return AccessPolicy(hosts=None, origins=own | origins, token=token, framed=True)
    extra = frozenset(
        name.strip().lower() for name in os.environ.get("SPRINT_LIVE_ALLOWED_HOSTS", "").split(",") if name
    )
    extra |= frozenset(urlsplit(origin).hostname or "" for origin in origins)  # its proxy may pass its name on
    if host in LOOPBACK_NAMES:
        return AccessPolicy(hosts=LOOPBACK_NAMES | extra, origins=origins, token=token)
    if no_token or os.environ.get("SPRINT_LIVE_NO_TOKEN") == "1":
        names = LOOPBACK_NAMES | {ANY_IP_ADDRESS, socket.gethostname().lower(), host.lower()} | extra
        return AccessPolicy(hosts=names, origins=origins, token=token)
    return AccessPolicy(hosts=None, origins=origins, token=token or secrets.token_urlsafe(16))


def plain_origin(text: str) -> str:
    """An origin as browsers send it. Raises: ArgumentError for anything else than https://name or https://name:port."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.netloc and "@" not in parts.netloc
        usable = usable and not (parts.path or parts.query or parts.fragment)
        port = parts.port
    except ValueError:
        parts, usable, port = None, False, None
    if parts is None or not usable:
        raise ArgumentError(
            refusal(
                got=f"the origin {text!r}",
                accepted="http:// or https://, a name, and a port where it is not the usual one",
                fix="for example https://draw.example.org:8443",
            )
        )
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.removesuffix(f':{port}') if port == usual else parts.netloc}"


def _allowed_origins() -> frozenset[str]:
    named = os.environ.get("SPRINT_LIVE_ALLOWED_ORIGINS", "").split(",")
    return frozenset(plain_origin(origin) for origin in named if origin.strip())


def address_of(host: str, port: int, policy: AccessPolicy, *, https: bool = False) -> str:
    """The address to open, with the token if there is one."""
    name = "localhost" if host in ("0.0.0.0", "::") else host
    name = f"[{name}]" if ":" in name else name
    query = f"?token={quote(policy.token, safe='')}" if policy.token else ""
    return f"{'https' if https else 'http'}://{name}:{port}/{query}"
