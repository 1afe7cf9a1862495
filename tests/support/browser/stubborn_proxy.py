"""A proxy that lets no WebSocket through: it answers an upgrade with a page,
as some company proxies and front servers do.
"""

from __future__ import annotations

import re
import socket

from support.browser.forwarding import ForwardingProxy

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>"


class StubbornProxy(ForwardingProxy):
    """In front of `base`; `upgrades` counts what it refused, `posts` the requests to /live that it let through."""

    def __init__(self, base: str) -> None:
        self.upgrades = self.posts = 0
        super().__init__(base)

    def handle(self, client: socket.socket, head: bytes) -> None:
        if re.search(rb"(?i)\r\nupgrade: *websocket", head):
            self.upgrades += 1
            client.sendall(PAGE)
            return
        self.posts += head.startswith(b"POST /live?")
        head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head, count=1).replace(
            b"\r\n", b"\r\nConnection: close\r\n", 1
        )
        self.forward(client, head)
