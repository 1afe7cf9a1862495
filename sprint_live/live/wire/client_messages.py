"""The messages from page to server, as values; protocol.py has their bytes.

Knows: strokes, settings.  Must not know: bytes on the wire, sockets, sessions, the server's messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.edits import Edit, Entry
from sprint_live.live.canvas.strokes import Stroke
from sprint_live.live.wire.kinds import Kind

__all__ = [
    "NEW_SESSION",
    "Ack",
    "Begin",
    "Change",
    "ClearAll",
    "ClientMessage",
    "Edited",
    "End",
    "Hello",
    "Operation",
    "PictureGiven",
    "PinPart",
    "Points",
    "Record",
    "Redo",
    "Restore",
    "Undo",
    "UsePin",
    "Vary",
]

NEW_SESSION = bytes(16)


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message of a client: its session, if it had one, and its token."""

    kind: ClassVar[Kind] = Kind.HELLO
    session_id: bytes = NEW_SESSION
    token: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    """A stroke without points yet."""

    kind: ClassVar[Kind] = Kind.BEGIN
    seq: int
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Points:
    """More points of a stroke that is open."""

    kind: ClassVar[Kind] = Kind.POINTS
    seq: int
    stroke_id: int
    points: bytes


@dataclass(frozen=True, slots=True)
class End:
    """The pen is lifted."""

    kind: ClassVar[Kind] = Kind.END
    seq: int
    stroke_id: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last entry."""

    kind: ClassVar[Kind] = Kind.UNDO
    seq: int


@dataclass(frozen=True, slots=True)
class Redo:
    """Bring back the last entry that was taken back."""

    kind: ClassVar[Kind] = Kind.REDO
    seq: int


@dataclass(frozen=True, slots=True)
class ClearAll:
    """Empty the page; can be undone."""

    kind: ClassVar[Kind] = Kind.CLEAR
    seq: int


@dataclass(frozen=True, slots=True)
class Edited:
    """EDIT: strokes were moved, copied or removed, or the layers arranged anew."""

    kind: ClassVar[Kind] = Kind.EDIT
    seq: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class PictureGiven:
    """The bytes of a picture. It is sent before a stroke names it."""

    kind: ClassVar[Kind] = Kind.PICTURE
    seq: int
    name: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a resent drawing; `entry` is None for more points of the record before (then in `more`)."""

    entry: Entry | None
    undone: bool = False
    still_open: bool = False
    more: bytes = b""


@dataclass(frozen=True, slots=True)
class Restore:
    """A part of a journal that a page brings back."""

    kind: ClassVar[Kind] = Kind.RESTORE
    seq: int
    first: bool
    last: bool
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """SETTINGS: the controls beside the canvas changed."""

    kind: ClassVar[Kind] = Kind.SETTINGS
    seq: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class PinPart:
    """Keep the part of frame `frame_seq` within `corners`: n x (u16 x, u16 y), shares of the picture /65535."""

    kind: ClassVar[Kind] = Kind.PIN
    seq: int
    frame_seq: int
    corners: bytes


@dataclass(frozen=True, slots=True)
class UsePin:
    """The pin from now on, for pictures of `width` x `height`.

    pin: the bytes of an earlier Pinned, b"" for no pin.
    """

    kind: ClassVar[Kind] = Kind.USE_PIN
    seq: int
    width: int = 0
    height: int = 0
    pin: bytes = b""


@dataclass(frozen=True, slots=True)
class Vary:
    """Draw the same picture with these seeds, when the engine is free."""

    kind: ClassVar[Kind] = Kind.VARY
    seq: int
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ack:
    """A frame was shown."""

    kind: ClassVar[Kind] = Kind.ACK
    frame_seq: int


Operation = (
    Begin | Points | End | Undo | Redo | ClearAll | Edited | Restore | Change | PinPart | UsePin | Vary | PictureGiven
)
"""What changes a drawing, or asks something of it; numbered by `seq`."""

ClientMessage = Hello | Operation | Ack
