"""A proxy that shows a server under a path of its site, /draw/, and takes that path off, as a reverse proxy does."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from urllib.parse import urlsplit

NOT_OURS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class PathProxy:
    """In front of `base`; `strays` are the addresses that were asked for beside the path."""

    def __init__(self, base: str, path: str = "/draw") -> None:
        self.strays: list[str] = []
        self._upstream, self._path = urlsplit(base), path
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    proxy._handle(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handle(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(65536)
            if not part:
                return
            head += part
        method, address, rest = head.split(b" ", 2)
        if not address.startswith(self._path.encode() + b"/"):
            self.strays.append(address.decode("latin-1"))
            client.sendall(NOT_OURS)
            return
        head = b" ".join((method, address[len(self._path) :], rest))
        if not re.search(
            rb"(?i)\r\nupgrade: *websocket", head
        ):  # one request a connection: each has its path taken off
            head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        with socket.create_connection((self._upstream.hostname, self._upstream.port)) as server:
            server.sendall(head)
            threading.Thread(target=_pipe, args=(client, server), daemon=True).start()
            _pipe(server, client)


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
