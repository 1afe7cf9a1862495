"""Who may talk to a server at an address: loopback is for this machine, a Space for its own origin, the rest needs a token.

Knows: addresses and the environment.  Must not know: requests, sockets that are open.
"""

from __future__ import annotations

import os
import secrets
import socket

from sprint_live.live.security.access_gate import ANY_IP_ADDRESS, AccessPolicy

__all__ = ["LOOPBACK_NAMES", "access_policy", "address_of"]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def access_policy(host: str, token: str | None, no_token: bool, space: str | None = None) -> AccessPolicy:
    """Loopback: its own names, no token. A Space: any Host (its proxy decides), its own origin. Else: a token."""
    if space is not None:
        return AccessPolicy(hosts=None, origins=frozenset({f"https://{space}"} if space else ()), token=token)
    extra = frozenset(
        name.strip().lower() for name in os.environ.get("SPRINT_LIVE_ALLOWED_HOSTS", "").split(",") if name
    )
    if host in LOOPBACK_NAMES:
        return AccessPolicy(hosts=LOOPBACK_NAMES | extra, token=token)
    if no_token or os.environ.get("SPRINT_LIVE_NO_TOKEN") == "1":
        names = LOOPBACK_NAMES | {ANY_IP_ADDRESS, socket.gethostname().lower(), host.lower()} | extra
        return AccessPolicy(hosts=names, token=token)
    return AccessPolicy(hosts=None, token=token or secrets.token_urlsafe(16))


def address_of(host: str, port: int, policy: AccessPolicy, *, https: bool = False) -> str:
    """The address to open, with the token if there is one."""
    name = "localhost" if host in ("0.0.0.0", "::") else host
    name = f"[{name}]" if ":" in name else name
    query = f"?token={policy.token}" if policy.token else ""
    return f"{'https' if https else 'http'}://{name}:{port}/{query}"
