"""A server in front of another one, for proxies that read a request's head before they pass it on."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from urllib.parse import urlsplit


class ForwardingProxy:
    """In front of `base`, at `self.base`. A subclass says in `handle(client, head)` what becomes of a request."""

    def __init__(self, base: str, path: str = "") -> None:
        self._upstream = urlsplit(base)
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    if head := _head_of(self.request):
                        proxy.handle(self.request, head)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def handle(self, client: socket.socket, head: bytes) -> None:
        raise NotImplementedError

    def forward(self, client: socket.socket, head: bytes) -> None:
        """Pass a request on, and then what either side says until one hangs up."""
        with socket.create_connection((self._upstream.hostname, self._upstream.port)) as server:
            server.sendall(head)
            threading.Thread(target=_pipe, args=(client, server), daemon=True).start()
            _pipe(server, client)


def _head_of(client: socket.socket) -> bytes:
    """All bytes up to the empty line and what came with it; none if the client hung up before."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = client.recv(65536)
        if not part:
            return b""
        head += part
    return head


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
