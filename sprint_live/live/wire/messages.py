"""The messages from server to page, as values, and the union of both directions; protocol.py has their bytes.

Knows: the page's messages.  Must not know: bytes on the wire, sockets, sessions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from sprint_live.coded_text import NO_TEXT, CodedText
from sprint_live.live.wire.client_messages import ClientMessage
from sprint_live.live.wire.kinds import Kind

__all__ = [
    "ErrorText",
    "FrameReady",
    "Message",
    "ModelInfo",
    "Pinned",
    "ServerMessage",
    "State",
    "Status",
    "Variation",
    "Welcome",
]


class State(IntEnum):
    """What the server is doing for this session."""

    IDLE = 0
    QUEUED = 1
    DRAWING = 2
    LOADING = 3


@dataclass(frozen=True, slots=True)
class Welcome:
    """The answer to Hello."""

    kind: ClassVar[Kind] = Kind.WELCOME
    session_id: bytes
    resumed: bool
    last_op_seq: int


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The model that draws.

    sizes: (width, height) of the pictures it draws, its default first. has_branch: it follows lines, not only
    paintings. has_preview: it has a faster, rougher picture. has_guidance: guidance changes its pictures. has_colors:
    the paint on the page guides it, too. refines: more steps while the hand rests are worth it. detectors: (name,
    title) of the line detectors for photos.
    """

    kind: ClassVar[Kind] = Kind.MODEL
    name: str
    title: str
    styles: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...]
    license: str = ""
    has_branch: bool = True
    has_preview: bool = False
    has_guidance: bool = True
    has_colors: bool = False
    refines: bool = True
    detectors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrameReady:
    """A picture, and which strokes it shows."""

    kind: ClassVar[Kind] = Kind.FRAME
    seq: int
    op_seq: int
    width: int
    height: int
    timings_ms: tuple[tuple[str, float], ...]
    jpeg: bytes
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Pinned:
    """The answer to operation `op_seq`, a PinPart: what is pinned now, for the page to keep."""

    kind: ClassVar[Kind] = Kind.PINNED
    op_seq: int
    width: int
    height: int
    pin: bytes


@dataclass(frozen=True, slots=True)
class Variation:
    """One picture of operation `op_seq`, a Vary. It needs no Ack."""

    kind: ClassVar[Kind] = Kind.VARIED
    op_seq: int
    seed: int
    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Status:
    """What the server does for this person now."""

    kind: ClassVar[Kind] = Kind.STATUS
    state: State
    op_seq: int
    text: CodedText = NO_TEXT


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What went wrong, for the person; `close_code` is 0 if the connection stays."""

    kind: ClassVar[Kind] = Kind.ERROR
    close_code: int
    text: CodedText


ServerMessage = Welcome | ModelInfo | FrameReady | Pinned | Variation | Status | ErrorText
Message = ClientMessage | ServerMessage
"""Whatever `decode` may return; each has its `kind`."""
