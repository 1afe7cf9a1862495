"""Which replica a request belongs to: the one its seat hashes to, so that a person finds their drawing again after a
hiccup.

A page chooses a random seat when it opens and says it in every address (`live?seat=...`). It is not the session's id,
which only the server makes. A person who guesses a seat reaches another person's replica,
with the same rights as anybody.
"""

from __future__ import annotations

import pickle
from typing import Any
from urllib.parse import parse_qs

from ray.serve.experimental.consistent_hash_router import ConsistentHashRouter

__all__ = ["SeatRouter", "seat_of"]

MAX_SEAT_CHARS = 64


def seat_of(scope: dict[str, Any]) -> str:
    """What an ASGI scope hashes by: the seat of its address; without one the client's address, so that two requests
    which belong together (a Gradio call and its answer) still meet in one replica.
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
