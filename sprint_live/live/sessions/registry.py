"""Who has a drawing here, and who is here: sessions by id, kept for a minute without their person, and connections.

Knows: sessions, connections.  Must not know: the engine, whose turn it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sprint_live.errors import BusyError, refusal
from sprint_live.live.sessions.session import Session, new_session_id
from sprint_live.live.wire.protocol import Message, encode

__all__ = ["KEEP_SESSION_S", "Connection", "People"]

KEEP_SESSION_S = 60.0
MAX_SESSIONS = 512


class Connection(Protocol):
    """The way to one client; both methods return at once."""

    def send(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


class People:
    """All sessions of this process, and the way to each person who is here."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.sessions: dict[bytes, Session] = {}
        self.connections: dict[bytes, Connection] = {}

    def come(self, wanted_id: bytes, connection: Connection) -> tuple[Session, bool]:
        """The session of this id and True if we still have it, else a new one under an id of our own.

        A connection that was there before is closed: one tab at a time.
        Raises: BusyError if there are too many sessions.
        """
        session = self.sessions.get(wanted_id)
        resumed = session is not None
        if session is None:
            if len(self.sessions) >= MAX_SESSIONS:
                raise BusyError(refusal(got="one more person", accepted=f"{MAX_SESSIONS} at once", fix="try later"))
            session = Session(new_session_id())
            self.sessions[session.session_id] = session
        before = self.connections.pop(session.session_id, None)
        if before is not None:
            before.close(4001, "this drawing was opened in another tab")
        session.left_at_s = None
        session.unacked.clear()
        session.restoration = None
        self.connections[session.session_id] = connection
        return session, resumed

    def go(self, session: Session, connection: Connection) -> bool:
        """A connection ended; the session rests. False if another one took its place: then nothing happens."""
        if self.connections.get(session.session_id) is not connection:
            return False
        del self.connections[session.session_id]
        session.rest(self._clock())
        return True

    def send(self, session_id: bytes, message: Message) -> None:
        """To the person of a session, if they are here."""
        connection = self.connections.get(session_id)
        if connection is not None:
            connection.send(encode(message))

    def forget_the_gone(self) -> list[bytes]:
        """Drop the sessions whose people have been away for a minute; which ones."""
        now_s = self._clock()
        gone = [
            session_id
            for session_id, session in self.sessions.items()
            if session.left_at_s is not None and now_s - session.left_at_s > KEEP_SESSION_S
        ]
        for session_id in gone:
            del self.sessions[session_id]
        return gone
