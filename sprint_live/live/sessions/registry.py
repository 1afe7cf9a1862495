"""One record per person: session, connection, slot, pictures in flight and last messages.
It is kept for a minute after they leave.

Knows: sessions, connections, slots.  Must not know: the engine, whose turn it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.errors import BusyError
from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.sessions.scheduler import Slot
from sprint_live.live.sessions.session import Session, new_session_id
from sprint_live.live.wire.protocol import Message, Status, encode

__all__ = ["KEEP_SESSION_S", "Client", "Connection", "People"]

KEEP_SESSION_S = 60.0
MAX_SESSIONS = 512


class Connection(Protocol):
    """The way to one client; both methods return at once."""

    def send(self, data: bytes) -> None:
        """Hand a message to the client."""
        ...

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        ...


@dataclass(slots=True, eq=False)
class Client:
    """Everything that is known about one person, in one record.

    connection: the way to them, None while they are away. delivering: pictures that are drawn and on their way. told,
    warned: what they were told last, and when. lost: the request that was in the engine when it was lost; it is tried
    once more, and only once. asking: their prompt is with the owner's checks. without_engine: they wait for a GPU.
    """

    session: Session
    slot: Slot
    connection: Connection | None = None
    delivering: int = 0
    told: tuple[Status, float] | None = None
    warned: tuple[str, float] = ("", 0.0)
    lost: DrawRequest | None = None
    asking: asyncio.Task | None = None
    without_engine: bool = False

    @property
    def session_id(self) -> bytes:
        """The id of their session."""
        return self.session.session_id

    @property
    def held_back(self) -> CodedText:
        """The reason, for the person, why their newest state is not in line; "" if it is."""
        if self.asking is not None:
            return coded("check.running")
        return coded("gpu.waiting") if self.without_engine else NO_TEXT

    def send(self, message: Message) -> None:
        """Send to the person, if they are connected."""
        if self.connection is not None:
            self.connection.send(encode(message))

    def was_told_nothing(self) -> None:
        """The person is new or has come back."""
        self.told, self.warned = None, ("", 0.0)


class People:
    """All client records of this process, by the id of their session."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._clients: dict[bytes, Client] = {}

    def __len__(self) -> int:
        return len(self._clients)

    def get(self, session_id: bytes) -> Client | None:
        """The record of a session, if it is still kept."""
        return self._clients.get(session_id)

    @property
    def here(self) -> list[Client]:
        """Everybody who is connected."""
        return [client for client in list(self._clients.values()) if client.connection is not None]

    @property
    def sessions(self) -> dict[bytes, Session]:
        """Every session that is kept, in a new dict."""
        return {session_id: client.session for session_id, client in list(self._clients.items())}

    @property
    def connections(self) -> dict[bytes, Connection]:
        """The way to each person who is here, in a new dict."""
        return {client.session_id: client.connection for client in self.here if client.connection is not None}

    def come(self, wanted_id: bytes, connection: Connection) -> tuple[Client, bool]:
        """The record of this id and True if we still have it, else a new one under an id of our own.

        A connection that was there before is closed: one tab at a time.
        Raises: BusyError if there are too many sessions.
        """
        client = self._clients.get(wanted_id)
        resumed = client is not None
        if client is None:
            if len(self._clients) >= MAX_SESSIONS:
                raise BusyError(coded("server.full", {"most": MAX_SESSIONS}))
            session_id = new_session_id()
            client = Client(Session(session_id), Slot(session_id))
            self._clients[session_id] = client
        elif client.slot.gone:
            client.slot = Slot(client.session_id)
        before, client.connection = client.connection, None
        if before is not None:
            before.close(4001, "this drawing was opened in another tab")
        client.session.left_at_s = None
        client.session.unacked.clear()
        client.session.restoration = None
        client.connection = connection
        return client, resumed

    def go(self, session_id: bytes, connection: Connection) -> Client | None:
        """A connection ended, so its session rests. None, and nothing happens, if another connection took its place."""
        client = self._clients.get(session_id)
        if client is None or client.connection is not connection:
            return None
        client.connection = None
        client.session.rest(self._clock())
        return client

    def remove(self, session_id: bytes) -> None:
        """Forget a person: the record holds everything that was known about them."""
        self._clients.pop(session_id, None)

    def forget_the_gone(self) -> None:
        """Remove everybody who has been away for a minute."""
        now_s = self._clock()
        for client in list(self._clients.values()):
            left_at_s = client.session.left_at_s
            if left_at_s is not None and now_s - left_at_s > KEEP_SESSION_S:
                self.remove(client.session_id)
