"""The pictures of one drawing: strokes refer to them by name, and they are decoded when drawn.

The client gives each picture a name of 16 random bytes. A name never changes its bytes, so requests with the same
pictures are equal. The event loop adds and forgets pictures; the worker's thread decodes them.

Knows: bytes of PNG, JPEG and WebP.  Must not know: strokes, sessions, the wire.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from cachetools import LRUCache

from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge
from sprint_live.live.canvas.image_decoding import BOUNDS, read_photo
from sprint_live.live.canvas.strokes import CANVAS_PX
from sprint_live.picture_files import check_header

__all__ = ["MAX_PICTURES_BYTES", "Pictures"]

MAX_PICTURES_BYTES = 8 << 20  # a page holds half: a drawing that takes another one's place comes before that one goes
KEEP_DECODED = 2  # 3 MB each; a stroke over a picture needs none, an undo under it needs that one


class Pictures:
    """Names -> pictures of at most 1024 px a side and 8 MiB together."""

    def __init__(self) -> None:
        self._bytes: dict[bytes, bytes] = {}
        self._decoded: LRUCache[bytes, np.ndarray] = LRUCache(KEEP_DECODED)

    def give(self, name: bytes, data: bytes, needed: Collection[bytes]) -> None:
        """Keep a picture. If there is no room, pictures that are not `needed` are forgotten.

        Raises: SketchError for bytes that are no picture, SketchTooLarge past the limits, ArgumentError for other bytes
        than this name had.
        """
        known = self._bytes.get(name)
        if known is not None:
            if known != data:
                raise ArgumentError(coded("picture.name_taken"))
            return
        _require_picture(data)
        if self._num_bytes + len(data) > MAX_PICTURES_BYTES:
            self._bytes = {kept: self._bytes[kept] for kept in self._bytes if kept in needed}
        if self._num_bytes + len(data) > MAX_PICTURES_BYTES:
            raise SketchTooLarge(coded("drawing.too_many_pictures", {"most": MAX_PICTURES_BYTES}))
        self._bytes[name] = data

    def __contains__(self, name: object) -> bool:
        return name in self._bytes

    def pixels(self, name: bytes) -> np.ndarray:
        """(H, W, 3) RGB uint8.

        Raises: SketchError if the picture is not here, or its bytes are damaged.
        """
        decoded = self._decoded  # `rest` may put another one here meanwhile, from the event loop
        if name in decoded:
            return decoded[name]
        data = self._bytes.get(name)
        if data is None:
            raise SketchError(coded("picture.not_here"))
        pixels_u8 = read_photo(data)
        decoded[name] = pixels_u8
        return pixels_u8

    def rest(self) -> None:
        """Its person has left: keep the bytes, drop what was decoded."""
        self._decoded = LRUCache(KEEP_DECODED)

    @property
    def _num_bytes(self) -> int:
        return sum(map(len, self._bytes.values()))


def _require_picture(data: bytes) -> None:
    width, height = check_header(data, BOUNDS)
    if max(width, height) > CANVAS_PX:
        raise SketchTooLarge(coded("image.too_wide", {"width": width, "height": height, "most": CANVAS_PX}))
