"""Our scripts, styles and words over HTTP, each under two addresses.

live-web/VERSION/main.js is for the page: the script with all that it imports as one file, compressed, and a browser
keeps it for good, because another content has another VERSION. live-web/main.js is the file as it lies in the folder:
browsers ask for it again each time. A file that is edited has a new version at the next look, without a build step.

Knows: files, HTTP.  Must not know: the page that asks for them.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sprint_live.live.server.script_bundle import bundled

__all__ = ["SHEETS", "STYLE", "WEB", "BuiltFiles", "WebFiles"]

WEB = Path(__file__).parents[2] / "web"
STYLE = "all.css"
_PAGE, _WORKERS = "main.js", ("link/link-worker.js", "canvas/fill/fill-worker.js")
SHEETS = ("page.css", "desk.css", "panels.css", "dock.css", "narrow.css", "touch.css")
"""In the order in which a later one wins."""
_OTHERS = (
    *("*.json", "languages/*.json", "languages/messages/*.json", "examples/*.json", "*.svg"),
    "presets/*/*/*.webp",
)
_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The system's own table differs from machine to machine."""
_VERSIONED = re.compile(r"([0-9a-f]{16})/(.+)")
_FOR_GOOD = "private, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class BuiltFiles:
    """What the page asks for. version: 16 hexadecimal digits of all contents. packed: path -> the bytes as gzip."""

    version: str
    packed: dict[str, bytes]

    @staticmethod
    def of(folder: Path) -> BuiltFiles:
        """Those of a folder of web files.

        Raises: ArgumentError for a script whose imports cannot be put together (see `bundled`).
        """
        texts = bundled(folder, _PAGE) | {name: bundled(folder, name)[name] for name in _WORKERS}
        files = {name: text.encode() for name, text in texts.items()}
        files[STYLE] = b"".join((folder / name).read_bytes() for name in SHEETS)
        for pattern in _OTHERS:
            files |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.glob(pattern))}
        digest = hashlib.sha256()
        for name, data in files.items():
            digest.update(f"{name} {len(data)}\n".encode() + data)
        packed = {name: gzip.compress(data, 9, mtime=0) for name, data in files.items()}
        return BuiltFiles(digest.hexdigest()[:16], packed)


class WebFiles(StaticFiles):
    """The ASGI app of a folder of web files."""

    def __init__(self, folder: Path = WEB) -> None:
        super().__init__(directory=folder)
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._built = BuiltFiles("", {})

    def built(self) -> BuiltFiles:
        """The files as they are now: put together at the first call, and again where one has changed (0.1 s)."""
        with self._lock:
            seen = tuple(
                (str(path), about.st_mtime_ns, about.st_size)
                for path in sorted(self._folder.rglob("*.*"))
                for about in (path.stat(),)
            )
            if seen != self._seen:
                self._built, self._seen = BuiltFiles.of(self._folder), seen
            return self._built

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file. Under a version that is not today's, today's file, to be asked for again each time: while servers
        are updated, a page may come from one and its scripts from the next.
        """
        asked = _VERSIONED.fullmatch(path.replace("\\", "/"))
        if not asked:
            return await self._as_it_lies(path, scope)
        built = self._built if asked[1] == self._built.version else await run_in_threadpool(self.built)
        if asked[2] not in built.packed:
            return await self._as_it_lies(asked[2], scope)
        return packed_response(
            built.packed[asked[2]],
            scope,
            kind=_KINDS[Path(asked[2]).suffix],
            keep=_FOR_GOOD if asked[1] == built.version else _ASK_AGAIN,
        )

    async def _as_it_lies(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _ASK_AGAIN
        return response


def packed_response(packed: bytes, scope: Scope, *, kind: str, keep: str) -> Response:
    """A file that is held as gzip. kind: its media type. keep: Cache-Control."""
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
        return Response(packed, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=kind, headers=headers)
