"""Doors to a server, as a client sees them: each sends and receives whole messages of the wire.

    Door(base, token, **headers)   send(bytes)   recv(timeout) -> bytes   close()   as a context manager

Raises the same at each: Refused before it is let in, Closed when the server ends it, TimeoutError when nothing comes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect


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


DOORS = {"WebSocket": WebSocketDoor}
