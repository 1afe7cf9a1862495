"""The kinds of messages, by the byte that each has on the wire. web/wire/constants.js has the same list.

Knows: numbers.  Must not know: what the messages say.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Kind", "RecordKind"]


class Kind(IntEnum):
    """The second byte of a message. The server's messages are 128 and above."""

    HELLO = 1
    BEGIN = 2
    POINTS = 3
    END = 4
    UNDO = 5
    REDO = 6
    CLEAR = 7
    RESTORE = 8
    SETTINGS = 9
    ACK = 10
    EDIT = 11
    PIN = 12
    USE_PIN = 13
    VARY = 14
    PICTURE = 15
    WELCOME = 129
    MODEL = 130
    FRAME = 131
    STATUS = 132
    ERROR = 133
    PINNED = 134
    VARIED = 135


class RecordKind(IntEnum):
    """The first byte of a record in a RESTORE. TRANSFORM and above are also the records of an EDIT."""

    STROKE = 0
    CLEAR = 1
    MORE = 2
    TRANSFORM = 3
    REMOVE = 4
    ARRANGE = 5
    COPY = 6
