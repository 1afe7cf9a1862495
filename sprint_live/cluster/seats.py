"""Sends a request to the replica that its seat hashes to, so that a person finds their drawing again after a hiccup.

A page chooses a random seat when it opens and puts it into every address (`live?seat=...`). The seat is not the session
id, which only the server makes. A person who guesses a seat reaches another person's replica, with no more rights than
anybody.
"""

from __future__ import annotations

import pickle
from typing import Any
from urllib.parse import parse_qs

from ray.serve.experimental.consistent_hash_router import ConsistentHashRouter

__all__ = ["SeatRouter", "seat_of"]

MAX_SEAT_CHARS = 64


def seat_of(scope: dict[str, Any]) -> str:
    """The key by which an ASGI scope is hashed: the seat in its address, else the client's address.

    So two requests that belong together (a Gradio call and its answer) reach the same replica.
    """
    named = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("seat")
    return f"seat {named[0][:MAX_SEAT_CHARS]}" if named else f"address {(scope.get('client') or ('',))[0]}"


class SeatRouter(ConsistentHashRouter):
    """Ray Serve's consistent hashing, by seat instead of by a header: a browser cannot set one on a WebSocket."""

    def _routing_key(self, pending_request: Any) -> str | None:  # a PendingRequest, or None
        packed = pending_request.args[0] if pending_request is not None and pending_request.args else None
        if not isinstance(packed, bytes):  # not from the web: a call of the command itself
            return super()._routing_key(pending_request)
        return seat_of(pickle.loads(packed).asgi_scope)  # packed by Ray's own proxy in this very process
