"""Doors to a server, as a client sees them: each sends and receives whole messages of the wire.

    Door(base, token, seat, **headers)   send(bytes)   recv(timeout) -> bytes   close()   as a context manager

seat: where several servers share an address, one seat is always the same server.

Raises the same at each: Refused before it is let in, Closed when the server ends it, TimeoutError when nothing comes.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sprint_live.live.wire.batches import NEW_CONNECTION, DownBatch, UpBatch, pack_up, unpack_down


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

    def __init__(self, base: str, token: str, seat: str, **headers: str) -> None:
        origin = headers.pop("Origin", None)
        address = base.replace("http", "ws") + f"/live?seat={seat}"
        self._open = contextlib.ExitStack()
        try:
            self._socket = self._open.enter_context(
                connect(
                    address, compression=None, proxy=None, max_size=2**21, origin=origin, additional_headers=headers
                )
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


class BatchDoor:
    """What doors without a socket have in common: batches by number both ways,
    one thread that listens and one that speaks.
    """

    def __init__(self) -> None:
        self._connection_id = NEW_CONNECTION
        self._number = 0
        self._next_down = 0
        self._early: dict[int, DownBatch] = {}
        self._lock = threading.RLock()
        self._came: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._leaving: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._known = threading.Event()
        self._threads: list[threading.Thread] = []
        self._left = False

    def send(self, data: bytes) -> None:
        if self._threads:
            self._leaving.put(data)
            return
        for does, *given in ((self._listen, data), (self._speak,)):
            self._threads.append(threading.Thread(target=self._until_left, args=[does, *given], daemon=True))
            self._threads[-1].start()
            self._known.wait(20)

    def recv(self, timeout: float) -> bytes:
        try:
            item = self._came.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(item, Exception):
            self._came.put(item)
            raise item
        return item

    def _until_left(self, does: Callable, *given: bytes) -> None:
        try:
            does(*given)
        except (OSError, http.client.HTTPException, httpx.HTTPError, RuntimeError, Refused, Closed) as error:
            if not self._left:
                self._came.put(error)
        finally:
            self._known.set()

    def _speak(self) -> None:
        """One request at a time, with everything that has come up meanwhile."""
        while (first := self._leaving.get()) is not None:
            messages = [first]
            while not self._leaving.empty() and sum(map(len, messages)) < 1 << 19:
                messages.append(self._leaving.get())
            if None in messages:
                return
            self._bring(messages)

    def _batch(self, messages: list[bytes]) -> bytes:
        self._number += 1
        return pack_up(UpBatch(self._connection_id, self._number - 1, tuple(messages)))

    def _take(self, data: bytes) -> bool:
        """Unpack batches in the order of their numbers; False once the server has closed."""
        batch = unpack_down(data)
        with self._lock:
            self._connection_id = batch.connection_id
            self._known.set()
            self._early[batch.number] = batch
            while (due := self._early.pop(self._next_down, None)) is not None:
                self._next_down += 1
                for message in due.messages:
                    self._came.put(message)
                if due.close_code:
                    self._came.put(Closed(due.close_code))
        return not batch.close_code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._left = True
        self._leaving.put(None)
        self._hang_up()
        for thread in self._threads:
            thread.join(5)
        self._close()


class PostDoor(BatchDoor):
    """The door where no WebSocket gets through: two requests in flight, one that listens and one that speaks."""

    def __init__(self, base: str, token: str, seat: str, **headers: str) -> None:
        super().__init__()
        self._netloc, self._address = urlsplit(base).netloc, f"/live?seat={seat}"
        self._headers = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._ways = [http.client.HTTPConnection(self._netloc, timeout=30) for _ in range(2)]

    def _listen(self, hello: bytes) -> None:
        messages = [hello]
        while not self._left and self._exchange(self._ways[0], messages):
            messages = []

    def _bring(self, messages: list[bytes]) -> None:
        self._exchange(self._ways[1], messages)

    def _exchange(self, way: http.client.HTTPConnection, messages: list[bytes]) -> bool:
        """One batch up, one down; False once the server has closed."""
        with self._lock:
            way.request("POST", self._address, self._batch(messages), self._headers)
        answer = way.getresponse()
        data = answer.read()
        if answer.status == 413:
            raise Closed(1009)
        if answer.status != 200:
            raise Refused(answer.status, answer.headers["Retry-After"])
        return self._take(data)

    def _hang_up(self) -> None:
        """End what a thread waits for. It keeps its connection: one closed under it would be None in its hands."""
        for way in self._ways:
            if (held := way.sock) is not None:
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

    def _close(self) -> None:
        for way in self._ways:
            way.close()


class EventDoor(BatchDoor):
    """The door of Gradio events: one queued event that streams down, and calls up."""

    def __init__(self, base: str, token: str, seat: str, **headers: str) -> None:
        super().__init__()
        headers = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._http = httpx.Client(
            base_url=base + "/gradio_api", params={"seat": seat}, headers=headers, timeout=70, trust_env=False
        )
        self._stream: httpx.Response | None = None

    def _listen(self, hello: bytes) -> None:
        messages = [hello]
        while not self._left:
            started = self._asked("/call/live", messages)
            messages = []
            with self._http.stream("GET", f"/call/live/{started['event_id']}") as self._stream:
                event = ""
                for line in self._stream.iter_lines():
                    name, _, value = line.partition(": ")
                    event = value if name == "event" else event
                    if name == "data" and event == "generating" and not self._heard(json.loads(value)[0]):
                        return

    def _bring(self, messages: list[bytes]) -> None:
        if text := self._asked("/run/live_up", messages)["data"][0]:
            self._heard(text)

    def _asked(self, path: str, messages: list[bytes]) -> dict:
        with self._lock:
            batch = base64.b64encode(self._batch(messages)).decode()
        answer = self._http.post(path, json={"data": [batch]})
        if answer.status_code == 413:
            raise Closed(1009)
        if answer.status_code != 200:
            raise Refused(answer.status_code, answer.headers.get("Retry-After"))
        return answer.json()

    def _heard(self, text: str) -> bool:
        data = base64.b64decode(text)
        batch = unpack_down(data)
        if batch.connection_id != NEW_CONNECTION:
            return self._take(data)
        later = batch.retry_after_s  # a refusal belongs to no connection, and an event has no HTTP status
        raise Refused(429, str(later)) if later else Closed(batch.close_code)

    def _hang_up(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, RuntimeError):
                self._stream.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _close(self) -> None:
        self._http.close()


DOORS = {"WebSocket": WebSocketDoor, "POST": PostDoor, "Gradio events": EventDoor}
