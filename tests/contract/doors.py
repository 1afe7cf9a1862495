"""Doors to a server, as a client sees them: each sends and receives whole messages of the wire.

    Door(base, token, **headers)   send(bytes)   recv(timeout) -> bytes   close()   as a context manager

Raises the same at each: Refused before it is let in, Closed when the server ends it, TimeoutError when nothing comes.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import queue
import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
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


class EventDoor:
    """The door of Gradio events: one queued event that streams down, one call up for each message."""

    def __init__(self, base: str, token: str, **headers: str) -> None:
        headers = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._http = httpx.Client(base_url=base + "/gradio_api", headers=headers, timeout=70, trust_env=False)
        self._connection_id = NEW_CONNECTION
        self._number = 0
        self._came: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._in_order = InOrder(self._came)
        self._known = threading.Event()
        self._leaving: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._left = False
        self._stream: httpx.Response | None = None
        self._threads: list[threading.Thread] = []

    def send(self, data: bytes) -> None:
        if self._threads:
            self._leaving.put(data)
            return
        for does, *given in ((self._listen, self._parcel([data])), (self._speak,)):
            self._threads.append(threading.Thread(target=does, args=given, daemon=True))
            self._threads[-1].start()
            self._known.wait(20)

    def _speak(self) -> None:
        """One call at a time, with everything that has come up meanwhile."""
        while (first := self._leaving.get()) is not None:
            messages = [first]
            while not self._leaving.empty() and sum(map(len, messages)) < 1 << 19:
                messages.append(self._leaving.get())
            if None in messages:
                return
            answer = self._asked("/run/live_up", self._parcel(messages))
            if answer is not None and answer["data"][0]:
                self._take(answer["data"][0])

    def recv(self, timeout: float) -> bytes:
        try:
            item = self._came.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(item, Exception):
            self._came.put(item)
            raise item
        return item

    def _listen(self, parcel: str) -> None:
        try:
            while not self._left and (started := self._asked("/call/live", parcel)) is not None:
                with self._http.stream("GET", f"/call/live/{started['event_id']}") as self._stream:
                    event = ""
                    for line in self._stream.iter_lines():
                        name, _, value = line.partition(": ")
                        event = value if name == "event" else event
                        if name == "data" and event == "generating" and not self._take(json.loads(value)[0]):
                            return
                parcel = self._parcel([])
        except (OSError, httpx.HTTPError, RuntimeError) as error:
            if not self._left:
                self._came.put(error)
        finally:
            self._known.set()

    def _asked(self, path: str, parcel: str) -> dict | None:
        answer = self._http.post(path, json={"data": [parcel]})
        if answer.status_code == 413:
            self._came.put(Closed(1009))
        elif answer.status_code != 200:
            self._came.put(Refused(answer.status_code, answer.headers.get("Retry-After")))
        else:
            return answer.json()
        return None

    def _take(self, text: str) -> bool:
        """False once the server has closed, or never let us in."""
        parcel = unpack_down(base64.b64decode(text))
        if parcel.connection_id == NEW_CONNECTION:
            refused = re.search(r"after (\d+) s", parcel.reason)
            self._came.put(Refused(429, refused[1]) if refused else Closed(parcel.close_code))
            return False
        self._connection_id = parcel.connection_id
        self._known.set()
        self._in_order.take(parcel)
        return not parcel.close_code

    def _parcel(self, messages: list[bytes]) -> str:
        self._number += 1
        return base64.b64encode(pack_up(UpParcel(self._connection_id, self._number - 1, tuple(messages)))).decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._left = True
        if self._stream is not None:
            with contextlib.suppress(OSError, RuntimeError):
                self._stream.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._leaving.put(None)
        for thread in self._threads:
            thread.join(5)
        self._http.close()


DOORS = {"WebSocket": WebSocketDoor, "POST": PostDoor, "Gradio events": EventDoor}
