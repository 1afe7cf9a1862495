"""Files as a browser downloads them: in parts of a few megabytes, each compressed and named by its hash.

A downloaded part is kept even if the next one fails. Two-byte numbers are split into a plane of low and a plane of high
bytes, because the high bytes (sign, exponent) compress and the low ones do not: float16 weights take 0.86 of their
bytes. web/local/model-files.js reads them.

Knows: bytes.  Must not know: what is in them.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

PART_BYTES = 4 * 2**20
"""Of a file, before it is compressed."""
LEVEL = 6


@dataclass(frozen=True, kw_only=True)
class PackedFile:
    """A file's entry in manifest.json, and its size as sent."""

    entry: dict[str, object]
    wire_bytes: int


def pack(data: bytes, folder: Path, *, planes: int = 1) -> PackedFile:
    """Write `data` into `folder` as parts. planes: bytes a number, its planes are kept apart."""
    parts, wire_bytes = [], 0
    for begin in range(0, len(data), PART_BYTES):
        piece = data[begin : begin + PART_BYTES]
        packed = gzip.compress(b"".join(piece[plane::planes] for plane in range(planes)), LEVEL, mtime=0)
        sha256 = hashlib.sha256(packed).hexdigest()
        name = f"{sha256[:32]}.part"
        (folder / name).write_bytes(packed)
        parts.append({"name": name, "bytes": len(packed), "unpacked": len(piece), "sha256": sha256})
        wire_bytes += len(packed)
    return PackedFile(entry={"bytes": len(data), "planes": planes, "parts": parts}, wire_bytes=wire_bytes)
