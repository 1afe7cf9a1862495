"""SHA256SUMS: the files of a model folder when it was written, in the format of sha256sum.

Knows: files.  Must not know: what is in them, who wrote them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS_NAME = "SHA256SUMS"
_SUFFIXES = (".json", ".safetensors", ".txt", ".model")


def record_weights(folder: Path) -> None:
    """Write SHA256SUMS over every configuration, weight and token file of a model folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS_NAME).write_text("".join(lines), encoding="utf-8")


def sha256(path: Path) -> str:
    """The sum of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
