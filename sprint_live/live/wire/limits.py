"""Messages that break a rule: the limits, the error with its WebSocket close code, and the way to read the code back.

Knows: the error tree, limits in bytes and points.  Must not know: messages, sockets.
"""

from __future__ import annotations

from collections.abc import Mapping

from sprint_live.api.prompt import MAX_PROMPT_BYTES
from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import InputError, MessageTooLarge, PromptTooLong, ProtocolError

__all__ = [
    "CORNER_BYTES",
    "MALFORMED",
    "MAX_FRAME_BYTES",
    "MAX_PICTURE_BYTES",
    "MAX_POINTS_A_MESSAGE",
    "MAX_PROMPT_BYTES",
    "MAX_VARIATIONS",
    "NO_LAYER",
    "POLICY",
    "TOO_BIG",
    "UNKNOWN",
    "VIOLATION_CODES",
    "close_code",
    "require_points",
    "violation",
    "violation_of",
]

MAX_POINTS_A_MESSAGE = 20_000
MAX_FRAME_BYTES = 1 << 20
MAX_PICTURE_BYTES = 512 << 10
MAX_VARIATIONS = 8
CORNER_BYTES = 4  # u16 x, u16 y: a corner of what is pinned
NO_LAYER = 255

UNKNOWN, MALFORMED, POLICY, TOO_BIG = 1003, 1007, 1008, 1009
VIOLATION_CODES: Mapping[int, str] = {
    UNKNOWN: "wire.unknown",
    MALFORMED: "wire.malformed",
    POLICY: "wire.out_of_turn",
    TOO_BIG: "wire.too_large",
}
"""WebSocket close code -> code of what the person is told; a person can do nothing about the bytes,
so one text serves all.
"""


def violation(code: int, got: str, accepted: str, fix: str = "use the client this server serves") -> ProtocolError:
    """A ProtocolError that knows the WebSocket close code it leads to; got, accepted, fix:
    English for logs and programs.
    """
    return violation_of(code, coded(VIOLATION_CODES[code], {"got": got, "accepted": accepted, "fix": fix}))


def violation_of(code: int, sentence: CodedText) -> ProtocolError:
    """The same for a text that has its own code."""
    kind = MessageTooLarge if code == TOO_BIG else ProtocolError
    error = kind(sentence)
    error.close_code = code
    return error


def close_code(error: InputError) -> int:
    """The WebSocket close code for an error that a message of the client caused."""
    if isinstance(error, MessageTooLarge | PromptTooLong):
        return TOO_BIG
    return error.close_code if isinstance(error, ProtocolError) else MALFORMED


def require_points(num_points: int) -> None:
    """Raises: MessageTooLarge over 20,000 points, or strokes named, in one message."""
    if num_points > MAX_POINTS_A_MESSAGE:
        accepted = f"at most {MAX_POINTS_A_MESSAGE} points a message"
        raise violation(TOO_BIG, f"{num_points} points", accepted, "send the stroke in parts")
