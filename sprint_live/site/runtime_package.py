"""onnxruntime-web, pinned: fetched once by npm when a site is built, checked, and kept in the user's cache.

A visitor fetches it from the site's own host. npm is needed to build a site, not to draw.

Knows: the npm registry's package.  Must not know: the site.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

from sprint_live.errors import DownloadError
from sprint_live.models.licenses import own_cache

VERSION = "1.30.0"
SHA512 = "q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ=="
SCRIPT, THREADS, WASM = "ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"
TERMS = """\
onnxruntime-web 1.30.0 (https://github.com/microsoft/onnxruntime)

MIT License

Copyright (c) Microsoft Corporation

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def runtime_files() -> Mapping[str, bytes]:
    """SCRIPT, THREADS and WASM by name.

    Raises:
        DownloadError: npm is not there, could not fetch the package, or brought another one.
        OutputError: the cache cannot be written.
    """
    archive = own_cache("site") / f"onnxruntime-web-{VERSION}.tgz"
    if not archive.is_file() or not _is_pinned(archive):
        _fetch(archive)
    with tarfile.open(archive) as package:
        found = {name: package.extractfile(f"package/dist/{name}") for name in (SCRIPT, THREADS, WASM)}
        return {name: file.read() for name, file in found.items() if file is not None}


def _fetch(archive: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise DownloadError(f"npm is not installed, and onnxruntime-web {VERSION} is not here; fix: install Node.js")
    command = [npm, "pack", f"onnxruntime-web@{VERSION}", "--silent", "--pack-destination", str(archive.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode or not archive.is_file():
        raise DownloadError(
            f"npm could not fetch onnxruntime-web {VERSION}: {done.stderr.strip()[-300:]}; fix: check the network"
        )
    if not _is_pinned(archive):
        archive.unlink()
        raise DownloadError(f"onnxruntime-web {VERSION} is not the pinned package; fix: check the npm registry in use")


def _is_pinned(archive: Path) -> bool:
    return base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == SHA512
