"""axe-core, the accessibility checker, at a pinned version: fetched by npm once,
kept in the cache of the person or CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

VERSION = "4.14.1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sprint-live-tests"


def axe_source() -> str:
    """The script axe.min.js. Without npm or a network the test is skipped, unless SPRINT_LIVE_REQUIRE_AXE is set
    (CI).
    """
    package = CACHE / f"axe-core-{VERSION}.tgz"
    if not package.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(CACHE)]
        why = "npm is not installed"
        if shutil.which("npm"):
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            why = f"npm could not fetch axe-core {VERSION}: {done.stderr.strip()[-200:]}"
        if not package.exists():
            (pytest.fail if os.environ.get("SPRINT_LIVE_REQUIRE_AXE") else pytest.skip)(why)
    with tarfile.open(package) as archive:
        return archive.extractfile("package/axe.min.js").read().decode()
