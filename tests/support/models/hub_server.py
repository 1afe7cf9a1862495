"""A hub on loopback: the endpoints huggingface_hub asks for, one repository from a folder, and faults to order."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Faults:
    """drop: path -> bytes after which the connection breaks, once. refuse: paths answered with 500."""

    drop: dict[str, int] = field(default_factory=dict)
    refuse: set[str] = field(default_factory=set)


class HubServer:
    """Serves `folder` as `repo_id`; `commit` is main's, earlier ones stay;
    `requests` lists (method, path, Range header).
    """

    def __init__(self, repo_id: str, folder: Path) -> None:
        self.repo_id, self.folder, self.faults, self.commits = repo_id, folder, Faults(), [COMMIT]
        self.requests: list[tuple[str, str, str | None]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def commit(self) -> str:
        return self.commits[-1]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def downloads(self) -> list[tuple[str, str | None]]:
        """(file, Range) of every GET of a file, in order."""
        asked = ((path.partition("/resolve/")[2], span) for method, path, span in self.requests if method == "GET")
        return [(name.partition("/")[2], span) for name, span in asked if name]

    def _files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def _answer(self, path: str) -> object | None:
        """JSON of an API call; None where there is no such thing."""
        base = f"/api/models/{self.repo_id}"
        files = self._files()
        large = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            for name, data in files.items()
            if name.endswith(".safetensors")
        }
        oid = {name: hashlib.sha1(data).hexdigest() for name, data in files.items()}
        revision = path.rpartition("/")[2] if path.rpartition("/")[2] in self.commits else self.commit
        if path in (base, f"{base}/revision/main", f"{base}/revision/{revision}"):
            siblings = [
                {"rfilename": name, "size": len(data), "blobId": oid[name], "lfs": large.get(name)}
                for name, data in files.items()
            ]
            return {
                "_id": "1",
                "id": self.repo_id,
                "modelId": self.repo_id,
                "sha": revision,
                "siblings": siblings,
                "tags": [],
                "private": False,
            }
        if path == f"{base}/tree/{revision}":
            entries = (
                {"type": "file", "path": name, "size": len(data), "oid": oid[name]} for name, data in files.items()
            )
            return [
                entry
                | (
                    {"lfs": {"oid": large[entry["path"]]["sha256"], "size": entry["size"], "pointerSize": 130}}
                    if entry["path"] in large
                    else {}
                )
                for entry in entries
            ]
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                """Silent."""

            def do_HEAD(self) -> None:
                self._reply()

            def do_GET(self) -> None:
                self._reply()

            def _reply(self) -> None:
                path = unquote(urlsplit(self.path).path)
                hub.requests.append((self.command, path, self.headers.get("Range")))
                marker = f"/{hub.repo_id}/resolve/"
                commit, _, name = path.removeprefix(marker).partition("/")
                if path.startswith(marker) and commit in hub.commits:
                    self._send_file(name, commit)
                    return
                answer = hub._answer(path)
                if answer is None:
                    self._send(
                        404, json.dumps({"error": "Repository not found"}).encode(), {"X-Error-Code": "RepoNotFound"}
                    )
                else:
                    self._send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

            def _send_file(self, name: str, commit: str) -> None:
                data = hub._files().get(name)
                if data is None:
                    self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
                    return
                if name in hub.faults.refuse:
                    self._send(500, b"", {})
                    return
                etag = (hashlib.sha256 if name.endswith(".safetensors") else hashlib.sha1)(data).hexdigest()
                headers = {"ETag": f'"{etag}"', "X-Repo-Commit": commit, "Accept-Ranges": "bytes"}
                start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
                if start:
                    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
                cut = hub.faults.drop.pop(name, None) if self.command == "GET" else None
                self._send(206 if start else 200, data[start:], headers, cut)

            def _send(self, status: int, body: bytes, headers: dict[str, str], cut: int | None = None) -> None:
                self.send_response(status)
                for key, value in (headers | {"Content-Length": str(len(body))}).items():
                    self.send_header(key, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body[:cut])
                if cut is not None:
                    self.close_connection = True

        return Handler
