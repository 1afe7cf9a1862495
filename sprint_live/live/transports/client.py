"""The conversation with one client on any transport: HELLO first, then operations and acknowledgments, rate limited.

Knows: the hub, messages, the access check.  Must not know: sockets, requests, how bytes travel.
"""

from __future__ import annotations

from collections.abc import Callable

from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import BusyError, InputError, told_by
from sprint_live.live.security.rate_limits import TokenBucket
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.sessions.registry import Connection
from sprint_live.live.sessions.session import Session
from sprint_live.live.wire.protocol import POLICY, Hello, close_code, decode, violation, violation_of

__all__ = ["TRY_LATER", "ClientHandler", "farewell"]

TRY_LATER = 1013
MESSAGES_A_SECOND = 600
MESSAGES_AT_ONCE = 1500
"""A pen at 240 Hz with acknowledgments sends 300 a second.
More is read later, so its own door slows the sender down.
"""


class ClientHandler:
    """One client, from its HELLO until it leaves.

    admits: True for the token of this server. connection: where messages to the client go.
    """

    def __init__(self, hub: Hub, connection: Connection, admits: Callable[[str], bool]) -> None:
        self._hub, self._connection, self._admits = hub, connection, admits
        self._session: Session | None = None
        self._bucket = TokenBucket(MESSAGES_A_SECOND, MESSAGES_AT_ONCE)

    @property
    def session_id(self) -> bytes | None:
        """The session, once the client has sent HELLO."""
        return None if self._session is None else self._session.session_id

    def hear(self, data: bytes) -> None:
        """Handle one message.

        Raises: ProtocolError, MessageTooLarge, ArgumentError, BusyError: the conversation is over; see `farewell`.
        """
        message = decode(data)
        if self._session is not None:
            self._hub.receive(self._session, message)
            return
        if not isinstance(message, Hello):
            raise violation(POLICY, f"a {type(message).__name__} first", "a HELLO first")
        if not self._admits(message.token):
            raise violation_of(POLICY, coded("access.token"))
        self._session = self._hub.join(message.session_id, self._connection)

    def wait_s(self) -> float:
        """Seconds until the next message may be read, 0.0 for now.

        Call it once per message, and again after waiting.
        """
        return self._bucket.spend()

    def leave(self) -> None:
        """The client has left; its session is kept for a minute. A second call does nothing."""
        if self._session is not None:
            self._hub.leave(self._session, self._connection)
            self._session = None


def farewell(error: InputError | BusyError) -> tuple[int, CodedText]:
    """The WebSocket close code for an error of `hear`, and the text for the person."""
    return (TRY_LATER if isinstance(error, BusyError) else close_code(error)), told_by(error)
