"""A stored picture with its caption, and the protocol of a source of such samples.

Knows: captions in sidecar files.  Must not know: layouts of folders and tars, pixels, shards.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from sprint_live.train.data.pictures import UnusablePicture

CAPTION_KEYS = ("caption", "text", "prompt", "description")
MAX_CAPTION_BYTES = 64 * 1024
MAX_CAPTION_CHARACTERS = 2000


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A picture as it was stored, and its caption."""

    name: str
    encoded: bytes
    caption: str


class Source(Protocol):
    """Samples by number, in a fixed order. Can be pickled for worker processes."""

    def __len__(self) -> int: ...

    def name(self, index: int) -> str:
        """The name of a sample in messages."""

    def read(self, index: int) -> Sample:
        """One sample. Raises UnusablePicture."""

    def digest(self) -> str:
        """Changes when the collection does: sha256 over names and sizes."""


def text_of(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark. The mark is removed."""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8").replace("\ufeff", "")


def caption_of(name: str, text: bytes, *, is_json: bool) -> str:
    """The caption in a sidecar file: the text of a .txt, or a value of a .json object under one of `CAPTION_KEYS`.

    Raises:
        UnusablePicture: no caption in it, or too long.
    """
    try:
        content = text_of(text)
        caption = (
            content
            if not is_json
            else next((value for value in map(json.loads(content).get, CAPTION_KEYS) if isinstance(value, str)), "")
        )
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnusablePicture(f"the caption of {name} cannot be read ({type(error).__name__})") from error
    caption = " ".join(caption.split())
    if not caption:
        why = f": its .json has none of {', '.join(CAPTION_KEYS)}" if is_json else ""
        raise UnusablePicture(f"no caption{why}")
    if len(caption) > MAX_CAPTION_CHARACTERS:
        raise UnusablePicture(f"a caption of {len(caption)} characters; at most {MAX_CAPTION_CHARACTERS}")
    return caption


def digest_of(parts: list[tuple[str, int]]) -> str:
    """sha256 over names and sizes."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
