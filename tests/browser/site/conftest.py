"""The static site, built once and served as `sprint-live site --serve` serves it."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from sprint_live.site.build import build_site
from sprint_live.site.serve import site_server


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory):
    """A built site."""
    for package in ("onnx", "onnxruntime", "onnxscript"):
        pytest.importorskip(package)
    if shutil.which("npm") is None and not os.environ.get("SPRINT_LIVE_REQUIRE_BROWSER"):
        pytest.skip("npm fetches the runtime of the site")
    out = tmp_path_factory.mktemp("site") / "out"
    build_site(out)
    return out


@pytest.fixture(scope="session")
def site(site_folder):
    """Its address."""
    server = site_server(site_folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
