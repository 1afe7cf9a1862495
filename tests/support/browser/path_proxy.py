"""A proxy that shows a server under a path of its site, /draw/, and takes that path off, as a reverse proxy does."""

from __future__ import annotations

import re
import socket

from support.browser.forwarding import ForwardingProxy

NOT_OURS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class PathProxy(ForwardingProxy):
    """In front of `base`; `strays` are the addresses that were asked for beside the path."""

    def __init__(self, base: str, path: str = "/draw") -> None:
        self.strays: list[str] = []
        self._path = path
        super().__init__(base, path)

    def handle(self, client: socket.socket, head: bytes) -> None:
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
        self.forward(client, head)
