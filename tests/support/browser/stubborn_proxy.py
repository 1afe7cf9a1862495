"""A proxy that lets no WebSocket through: it answers an upgrade with a page, as some company proxies and front servers do."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from urllib.parse import urlsplit

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>"


class StubbornProxy:
    """In front of `base`; `upgrades` counts what it refused, `posts` the requests to /live that it let through."""

    def __init__(self, base: str) -> None:
        self.upgrades = self.posts = 0
        self._upstream = urlsplit(base)
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                proxy._handle(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

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
        if re.search(rb"(?i)\r\nupgrade: *websocket", head):
            self.upgrades += 1
            client.sendall(PAGE)
            return
        self.posts += head.startswith(b"POST /live?")
        head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head, count=1).replace(
            b"\r\n", b"\r\nConnection: close\r\n", 1
        )
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
