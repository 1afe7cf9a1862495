"""The site's server: its headers, and what it tells of each answer."""

from __future__ import annotations

import threading
from urllib.request import urlopen

import pytest

from sprint_live.errors import ArgumentError
from sprint_live.site.serve import HEADERS, site_server


def test_every_answer_has_the_headers_and_its_body_is_counted(tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "manifest.json").write_text("{}")
    (tmp_path / "a.part").write_bytes(bytes(1000))
    heard = []
    with site_server(tmp_path, 0, lambda path, size: heard.append((path, size))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, size in (("a.part", 1000), ("model/manifest.json", 2)):
            with urlopen(f"http://127.0.0.1:{server.server_address[1]}/{name}") as answer:
                assert len(answer.read()) == size and HEADERS.items() <= dict(answer.headers).items()
        server.shutdown()
    assert heard == [("/a.part", 1000), ("/model/manifest.json", 2)]


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match="a folder that `sprint-live site` wrote"):
        site_server(tmp_path, 0)
