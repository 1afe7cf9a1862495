"""A connection without a socket: messages wait here until the client fetches them.

A client that stops fetching has left. Only one fetch waits at a time: a newer one ends the older with whatever there
is. So with two requests in flight, one waits for messages while the other brings strokes. Every connection has an id of
128 random bits made here. A wrong id and an expired id get the same answer, so nobody can find out which connections
exist.

Knows: the conversation with a client, batches, connection limits.  Must not know: requests, Gradio, how a batch
travels.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Generator

from sprint_live.coded_text import coded
from sprint_live.errors import InputError
from sprint_live.live.security.rate_limits import ConnectionLimiter, LimitReached
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports.client import ClientHandler, farewell
from sprint_live.live.wire.batches import NEW_CONNECTION, DownBatch, UpBatch
from sprint_live.live.wire.protocol import MAX_FRAME_BYTES, POLICY, TOO_BIG, ErrorText, encode, violation

__all__ = ["GONE_AFTER_S", "MAX_BATCH_BYTES", "LongPollConnection", "LongPollConnections", "UnknownConnection"]

MAX_BATCH_BYTES = MAX_FRAME_BYTES + 4096
MAX_UNSENT_BYTES = 4 << 20
MAX_IN_FLIGHT = 4
GONE_AFTER_S = 10.0
EARLIER_WITHIN_S = 5.0


class LongPollConnection:
    """One client's connection. on_leave is called once, when the client has left."""

    def __init__(self, hub: Hub, admits: Callable[[str], bool], on_leave: Callable[[], None]) -> None:
        self.connection_id = secrets.token_bytes(16)
        self._handler = ClientHandler(hub, self, admits)
        self._on_leave = on_leave
        self._unsent: list[bytes] = []
        self._unsent_bytes = 0
        self._closed: int | None = None  # the close code
        self._next_number = 0
        self._batches_down = 0
        self._fetches = 0
        self._in_flight = 0
        self._left = False
        self._gone_timer: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()

    # -- the hub's side: registry.Connection --------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Keep a message for the client. With over 4 MiB unfetched, the connection is closed."""
        if self._closed is not None:
            return
        self._unsent_bytes += len(data)
        if self._unsent_bytes > MAX_UNSENT_BYTES:
            self._unsent.clear()
            self.close(POLICY, "the client does not read")
            return
        self._unsent.append(data)
        self._tell()

    def close(self, code: int, reason: str) -> None:
        """Close the connection. The next fetch tells the client; its messages are ignored from now on."""
        if self._closed is None:
            self._closed = code
            self._handler.leave()
            self._tell()

    @property
    def session_id(self) -> bytes | None:
        """The client's session; None before the HELLO and after the end."""
        return self._handler.session_id

    # -- the client's side ---------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def attended(self) -> Generator[None]:
        """Count a request of the client as open. A client without one for ten seconds has left.

        Raises: LimitReached if it has four requests here already.
        """
        if self._in_flight >= MAX_IN_FLIGHT:
            raise LimitReached(429, 1.0)
        self._in_flight += 1
        self._cancel_timer()
        try:
            yield
        finally:
            self._in_flight -= 1
            if self._in_flight == 0 and not self._left:
                self._gone_timer = asyncio.get_running_loop().call_later(GONE_AFTER_S, self.leave)

    async def bring(self, batch: UpBatch) -> None:
        """Handle the messages of a batch, after those of earlier batches.

        A message that breaks a rule closes the connection.

        Raises: BusyError if the hub has no room for another person.
        """
        if not await self._until(
            lambda: self._next_number >= batch.number or self._closed is not None, EARLIER_WITHIN_S
        ):
            self._refuse(violation(POLICY, f"batch {batch.number}", f"batch {self._next_number}, which never came"))
        elif self._closed is None and batch.number < self._next_number:
            self._refuse(violation(POLICY, f"batch {batch.number} again", "every batch once"))
        try:
            for message in batch.messages:
                if self._closed is not None:
                    return
                self._hear(message)
                while wait_s := self._handler.wait_s():
                    await asyncio.sleep(wait_s)
        finally:
            self._next_number = max(self._next_number, batch.number + 1)
            self._tell()

    async def fetch(self, within_s: float) -> DownBatch:
        """The waiting messages, or the first within this time. Empty if there was none, or if a newer fetch came."""
        self._fetches += 1
        mine = self._fetches
        self._tell()
        await self._until(lambda: self._unsent or self._closed is not None or self._fetches != mine, within_s)
        messages, self._unsent, self._unsent_bytes = tuple(self._unsent), [], 0
        self._batches_down += 1
        return DownBatch(self.connection_id, self._batches_down - 1, messages, self._closed or 0)

    def hang_up(self) -> None:
        """The client ended a request before its answer. Without another open request it has left."""
        if self._in_flight <= 1 and not self._left:
            self._cancel_timer()
            self.leave()

    def leave(self) -> None:
        """The client has gone; its session is kept for a minute."""
        if not self._left:
            self._left = True
            self._handler.leave()
            self._on_leave()

    def _cancel_timer(self) -> None:
        if self._gone_timer is not None:
            self._gone_timer.cancel()
            self._gone_timer = None

    def _hear(self, message: bytes) -> None:
        try:
            if len(message) > MAX_FRAME_BYTES:
                raise violation(
                    TOO_BIG, f"{len(message)} bytes", f"at most {MAX_FRAME_BYTES} a message", "send less at once"
                )
            self._handler.hear(message)
        except InputError as error:
            self._refuse(error)

    def _refuse(self, error: InputError) -> None:
        code, text = farewell(error)
        self.send(encode(ErrorText(code, text)))
        self.close(code, text)

    async def _until(self, true: Callable[[], object], within_s: float) -> bool:
        """Wait for a condition that `_tell` may have made true; False if it was not within this time."""
        try:
            async with asyncio.timeout(within_s):
                while not true():
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


class UnknownConnection(LookupError):
    """No connection has this id, or no longer."""

    def __init__(self) -> None:
        super().__init__(coded("connection.unknown"))


class LongPollConnections:
    """All connections of this process without a socket. limiter: the connection limits, shared with WebSockets."""

    def __init__(self, hub: Hub, limiter: ConnectionLimiter) -> None:
        self._hub, self._limiter = hub, limiter
        self._open: dict[bytes, LongPollConnection] = {}

    def find_or_open(self, connection_id: bytes, client: str, admits: Callable[[str], bool]) -> LongPollConnection:
        """The connection with this id; an id of zeros opens a new one for this client.

        Raises: UnknownConnection for an unknown id; LimitReached if this client has, or all clients have, too many
        connections.
        """
        if connection_id != NEW_CONNECTION:
            try:
                return self._open[connection_id]
            except KeyError:
                raise UnknownConnection() from None
        try:
            self._limiter.acquire(client)
        except LimitReached as full:
            self._hub.metrics.refused(full.status)
            raise

        def left() -> None:
            self._limiter.release(client)
            del self._open[connection.connection_id]

        connection = LongPollConnection(self._hub, admits, left)
        self._open[connection.connection_id] = connection
        return connection
