"""The registry has one record per client: session, connection, slot, pictures in flight, last messages.

A record is kept for a minute after its client has left.

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

__all__ = ["KEEP_SESSION_S", "Client", "ClientRegistry", "Connection"]

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
    """Everything that the server knows about one client.

    connection: the open connection, None while the client is away. num_delivering: pictures that are drawn and on their
    way. last_status, last_warning: what the client was sent last, and when. lost_request: the request that was in the
    engine when the engine was lost; it is retried once. prompt_check: the running check of the prompt.
    waits_for_engine: the client waits for a GPU.
    """

    session: Session
    slot: Slot
    connection: Connection | None = None
    num_delivering: int = 0
    last_status: tuple[Status, float] | None = None
    last_warning: tuple[str, float] = ("", 0.0)
    lost_request: DrawRequest | None = None
    prompt_check: asyncio.Task | None = None
    waits_for_engine: bool = False

    @property
    def session_id(self) -> bytes:
        """The id of the session."""
        return self.session.session_id

    @property
    def wait_reason(self) -> CodedText:
        """Why the newest state is not queued, as a sentence for the person; "" if it is queued."""
        if self.prompt_check is not None:
            return coded("check.running")
        return coded("gpu.waiting") if self.waits_for_engine else NO_TEXT

    def send(self, message: Message) -> None:
        """Send a message if the client is connected."""
        if self.connection is not None:
            self.connection.send(encode(message))

    def forget_messages(self) -> None:
        """Forget the last messages: the client is new or has come back."""
        self.last_status, self.last_warning = None, ("", 0.0)


class ClientRegistry:
    """All client records of this process, by session id."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._clients: dict[bytes, Client] = {}

    def __len__(self) -> int:
        return len(self._clients)

    def get(self, session_id: bytes) -> Client | None:
        """The record of a session, if it is still kept."""
        return self._clients.get(session_id)

    @property
    def connected(self) -> list[Client]:
        """All clients that are connected."""
        return [client for client in list(self._clients.values()) if client.connection is not None]

    @property
    def sessions(self) -> dict[bytes, Session]:
        """Every session that is kept, in a new dict."""
        return {session_id: client.session for session_id, client in list(self._clients.items())}

    @property
    def connections(self) -> dict[bytes, Connection]:
        """The open connections by session id, in a new dict."""
        return {client.session_id: client.connection for client in self.connected if client.connection is not None}

    def connect(self, wanted_id: bytes, connection: Connection) -> tuple[Client, bool]:
        """The record of this id and True if it is still kept, else a new record with a new id and False.

        An older connection of the same session is closed: one tab at a time.
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

    def disconnect(self, session_id: bytes, connection: Connection) -> Client | None:
        """A connection ended, so its session rests.

        Does nothing and returns None if another connection has replaced it.
        """
        client = self._clients.get(session_id)
        if client is None or client.connection is not connection:
            return None
        client.connection = None
        client.session.rest(self._clock())
        return client

    def remove(self, session_id: bytes) -> None:
        """Forget a client. Nothing about it is stored anywhere else."""
        self._clients.pop(session_id, None)

    def remove_expired(self) -> None:
        """Remove all clients that have been away for a minute."""
        now_s = self._clock()
        for client in list(self._clients.values()):
            left_at_s = client.session.left_at_s
            if left_at_s is not None and now_s - left_at_s > KEEP_SESSION_S:
                self.remove(client.session_id)
