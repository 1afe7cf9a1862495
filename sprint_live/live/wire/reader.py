"""Reads the body of a message, number by number; protocol.py has the layout.

Knows: lengths and their limits.  Must not know: messages.
"""

from __future__ import annotations

import struct

from sprint_live.live.canvas.strokes import POINT_BYTES
from sprint_live.live.wire.limits import MALFORMED, TOO_BIG, require_points, violation

__all__ = ["Reader"]

MAX_TEXT_BYTES = 1024


class Reader:
    """Reads a body; every length is checked against what is there before anything is copied."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def bytes(self, length: int) -> bytes:
        """The next bytes. Raises: ProtocolError where fewer are left."""
        if length > len(self._data) - self._at:
            raise violation(MALFORMED, "a message cut short", f"{length} bytes at {self._at}")
        self._at += length
        return self._data[self._at - length : self._at]

    def unpack(self, layout: str) -> tuple:
        """The next numbers, little-endian, by a `struct` layout."""
        return struct.unpack("<" + layout, self.bytes(struct.calcsize("<" + layout)))

    def number(self, layout: str) -> int:
        """The next number, by a `struct` format."""
        return self.unpack(layout)[0]

    def text(self, length_format: str, max_bytes: int = MAX_TEXT_BYTES) -> str:
        """The next text, with its length in front. Raises: ProtocolError for one too long or not UTF-8."""
        length = self.number(length_format)
        if length > max_bytes:
            raise violation(TOO_BIG, f"a text of {length} bytes", f"at most {max_bytes} bytes", "send a shorter text")
        try:
            return self.bytes(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise violation(MALFORMED, "text that is not UTF-8", "UTF-8") from error

    def points(self) -> bytes:
        """The next points, their number before them."""
        num_points = self.number("I")
        require_points(num_points)
        return self.bytes(num_points * POINT_BYTES)

    def require_end(self) -> None:
        """Raises: ProtocolError where bytes are left."""
        if self._at != len(self._data):
            raise violation(MALFORMED, f"{len(self._data) - self._at} bytes too many", "a message of the stated length")
