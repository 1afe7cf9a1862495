"""Doors to a server, as a client sees them: each sends and receives whole messages of the wire.

    Door(base, token, **headers)   send(bytes)   recv(timeout) -> bytes   close()   as a context manager

Raises the same at each: Refused before it is let in, Closed when the server ends it, TimeoutError when nothing comes.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sprint_live.live.parcels import NEW_CONNECTION, DownParcel, UpParcel, pack_up, unpack_down


class Refused(Exception):
    """Not let in: an HTTP status, and after how many seconds to come back (None: not said)."""

    def __init__(self, status: int, retry_after: str | None) -> None:
        super().__init__(f"refused with {status}")
        self.status = status
        self.retry_after_s = None if retry_after is None else int(retry_after)


class Closed(Exception):
    """Ended by the server with a WebSocket close code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class WebSocketDoor:
    """The door a browser takes."""

    def __init__(self, base: str, token: str, **headers: str) -> None:
        origin = headers.pop("Origin", None)
        address = base.replace("http", "ws") + "/live"
        self._open = contextlib.ExitStack()
        try:
            self._socket = self._open.enter_context(
                connect(address, compression=None, proxy=None, max_size=2**21, origin=origin, additional_headers=headers)
            )
        except InvalidStatus as refused:
            response = refused.response
            raise Refused(response.status_code, response.headers.get("Retry-After")) from refused

    def send(self, data: bytes) -> None:
        with _closed():
            self._socket.send(data)

    def recv(self, timeout: float) -> bytes:
        with _closed():
            return self._socket.recv(timeout=timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()


@contextlib.contextmanager
def _closed() -> Iterator[None]:
    try:
        yield
    except ConnectionClosed as closed:
        raise Closed(closed.rcvd.code if closed.rcvd else 1006) from closed


class InOrder:
    """Unpacks parcels in the order of their numbers."""

    def __init__(self, came: queue.SimpleQueue) -> None:
        self._came = came
        self._next = 0
        self._early: dict[int, DownParcel] = {}
        self._lock = threading.Lock()

    def take(self, parcel: DownParcel) -> None:
        with self._lock:
            self._early[parcel.number] = parcel
            while (parcel := self._early.pop(self._next, None)) is not None:
                self._next += 1
                for message in parcel.messages:
                    self._came.put(message)
                if parcel.close_code:
                    self._came.put(Closed(parcel.close_code))


class PostDoor:
    """The door where no WebSocket gets through: two requests in flight, one that listens and one that speaks."""

    def __init__(self, base: str, token: str, **headers: str) -> None:
        self._netloc = urlsplit(base).netloc
        self._headers = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._connection_id = NEW_CONNECTION
        self._number = 0
        self._order = threading.Lock()
        self._came: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._in_order = InOrder(self._came)
        self._ways: list[http.client.HTTPConnection] = []
        self._speaking = self._way()
        self._listener: threading.Thread | None = None
        self._left = False

    def send(self, data: bytes) -> None:
        first = self._connection_id == NEW_CONNECTION
        self._exchange(self._speaking, [data])
        if first:
            self._listener = threading.Thread(target=self._listen, args=(self._way(),), daemon=True)
            self._listener.start()

    def recv(self, timeout: float) -> bytes:
        try:
            item = self._came.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(item, Exception):
            self._came.put(item)
            raise item
        return item

    def _listen(self, way: http.client.HTTPConnection) -> None:
        try:
            while self._exchange(way, []):
                pass
        except (OSError, http.client.HTTPException, Refused) as error:
            if not self._left:
                self._came.put(error)

    def _exchange(self, way: http.client.HTTPConnection, messages: list[bytes]) -> bool:
        """One parcel up, one down; False once the server has closed."""
        with self._order:
            parcel = pack_up(UpParcel(self._connection_id, self._number, tuple(messages)))
            self._number += 1
            way.request("POST", "/live", parcel, self._headers)
        answer = way.getresponse()
        data = answer.read()
        if answer.status == 413:
            self._came.put(Closed(1009))
            return False
        if answer.status != 200:
            raise Refused(answer.status, answer.headers["Retry-After"])
        parcel = unpack_down(data)
        self._connection_id = parcel.connection_id
        self._in_order.take(parcel)
        return not parcel.close_code

    def _way(self) -> http.client.HTTPConnection:
        self._ways.append(http.client.HTTPConnection(self._netloc, timeout=30))
        return self._ways[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._left = True
        for way in self._ways:
            with contextlib.suppress(OSError):
                if way.sock is not None:
                    way.sock.shutdown(socket.SHUT_RDWR)
            way.close()
        if self._listener is not None:
            self._listener.join(5)


DOORS = {"WebSocket": WebSocketDoor, "POST": PostDoor}
