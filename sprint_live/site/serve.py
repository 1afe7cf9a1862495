"""Serves the site on this machine, with the headers that WebAssembly threads need.

Knows: files, HTTP.  Must not know: what is in the files.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sprint_live.errors import ArgumentError, PortInUseError, refusal

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


Heard = Callable[[str, int], None]
"""Told of every answer: its path, and the bytes of its body."""


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  # as the base class has it; the system's own table differs from machine to machine
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".part": "application/octet-stream",
    }

    def __init__(self, *arguments: object, heard: Heard, directory: str) -> None:
        self._heard, self._body_bytes = heard, 0
        super().__init__(*arguments, directory=directory)  # pyright: ignore[reportArgumentType]

    def do_GET(self) -> None:
        super().do_GET()
        self._heard(self.path, self._body_bytes)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            self._body_bytes = int(value)
        super().send_header(keyword, value)

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a hundred files a visit."""


def site_server(folder: Path, port: int, heard: Heard = lambda _path, _body_bytes: None) -> ThreadingHTTPServer:
    """A server of this folder on the loopback address, not yet running. Port 0 takes any free one.

    Raises:
        ArgumentError: the folder is no site.
        PortInUseError: the port is taken.
    """
    if not (folder / "model" / "manifest.json").is_file():
        accepted, fix = "a folder that `sprint-live site` wrote", f"sprint-live site {folder}"
        raise ArgumentError(refusal(got=str(folder), accepted=accepted, fix=fix))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), functools.partial(_Handler, heard=heard, directory=str(folder)))
    except OSError as error:
        raise PortInUseError(f"port {port} cannot be used ({error.strerror}); fix: --port with another") from error
