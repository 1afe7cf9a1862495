"""The wire of the live canvas: binary, versioned, sequence-numbered. web/protocol.js is its twin, byte for byte.

Every message, both ways, little endian:

    u8 version (1) | u8 kind | u16 zero | u32 seq | body

seq of an operation (BEGIN ... SETTINGS) grows with every operation of a session; seq of a FRAME with every frame; 0
elsewhere. str8/str16/str32 = u8/u16/u32 length in bytes + UTF-8. A point is 10 bytes, see strokes.POINT.

    client -> server                                         server -> client
    1 HELLO     16s session id (zeros: new), str16 token     129 WELCOME  16s session id, u8 resumed, u32 last op seq
    2 BEGIN     u32 stroke, u8 tool, u16 width /16 px        130 MODEL    str8 name, str8 title, u8 n, n x str8 style,
    3 POINTS    u32 stroke, u32 n, n x point                              u8 n, n x u16 size, str16 licence
    4 END       u32 stroke                                   131 FRAME    u32 op seq, u16 width, u16 height, u8 n,
    5 UNDO   6 REDO   7 CLEAR                                             n x (str8 stage, f32 ms), u32 n, n JPEG bytes
    8 RESTORE   u8 flags (1 first, 2 last), u32 n, n records 132 STATUS   u8 state, u32 op seq, str16 text
    9 SETTINGS  u16 control /1000, u16 guidance /1000,       133 ERROR    u16 close code (0: stay), str16 text
                u32 seed, u8 steps, u16 size,
                str16 style, str32 prompt
    10 ACK      u32 frame seq

A RESTORE record is u8 kind (0 stroke, 1 clear, 2 more points of the stroke before), u8 flags (1 undone, 2 still open),
then for 0: u32 stroke, u8 tool, u16 width, u32 n, points; for 2: u32 n, points. A drawing is resent as one or more
RESTOREs of at most 20,000 points each; the server swaps it in when the last one has come.

A FRAME or STATUS carries the seq of the last operation the picture holds, so the client knows what it is looking at.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from enum import IntEnum

from sprint_live.errors import ArgumentError, InputError, MessageTooLarge, PromptTooLong, ProtocolError, refusal
from sprint_live.live.request import Settings
from sprint_live.live.strokes import POINT_BYTES, Clear, Entry, Stroke, Tool

__all__ = [
    "MAX_FRAME_BYTES", "MAX_POINTS_A_MESSAGE", "MAX_PROMPT_BYTES", "NEW_SESSION", "VERSION",
    "Ack", "Begin", "Change", "ClearAll", "End", "ErrorText", "FrameReady", "Hello", "Message", "ModelInfo", "Points",
    "Record", "Redo", "Restore", "State", "Status", "Undo", "Welcome", "close_code", "decode", "encode",
]  # fmt: skip

VERSION = 1
MAX_POINTS_A_MESSAGE = 20_000
MAX_RECORDS_A_MESSAGE = 20_000
MAX_FRAME_BYTES = 1 << 20
MAX_PROMPT_BYTES = 8192
MAX_TEXT_BYTES = 1024
MAX_WIDTH_UNITS = 512 * 16
NEW_SESSION = bytes(16)

UNKNOWN, MALFORMED, POLICY, TOO_BIG = 1003, 1007, 1008, 1009
HEADER = struct.Struct("<BBHI")


class State(IntEnum):
    """What the server is doing for this session."""

    IDLE = 0
    QUEUED = 1
    DRAWING = 2
    LOADING = 3


@dataclass(frozen=True, slots=True)
class Hello:
    session_id: bytes = NEW_SESSION
    token: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    seq: int
    stroke_id: int
    tool: Tool
    width_units: int


@dataclass(frozen=True, slots=True)
class Points:
    seq: int
    stroke_id: int
    points: bytes


@dataclass(frozen=True, slots=True)
class End:
    seq: int
    stroke_id: int


@dataclass(frozen=True, slots=True)
class Undo:
    seq: int


@dataclass(frozen=True, slots=True)
class Redo:
    seq: int


@dataclass(frozen=True, slots=True)
class ClearAll:
    seq: int


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a resent drawing; `entry` is None for more points of the record before (then in `more`)."""

    entry: Entry | None
    undone: bool = False
    still_open: bool = False
    more: bytes = b""


@dataclass(frozen=True, slots=True)
class Restore:
    seq: int
    first: bool
    last: bool
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """SETTINGS: the controls beside the canvas changed."""

    seq: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class Ack:
    frame_seq: int


@dataclass(frozen=True, slots=True)
class Welcome:
    session_id: bytes
    resumed: bool
    last_op_seq: int


@dataclass(frozen=True, slots=True)
class ModelInfo:
    name: str
    title: str
    styles: tuple[str, ...]
    sizes: tuple[int, ...]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class FrameReady:
    seq: int
    op_seq: int
    width: int
    height: int
    timings_ms: tuple[tuple[str, float], ...]
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Status:
    state: State
    op_seq: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """A sentence for the person; `close_code` is 0 if the connection stays."""

    close_code: int
    text: str


Message = (
    Hello | Begin | Points | End | Undo | Redo | ClearAll | Restore | Change | Ack
    | Welcome | ModelInfo | FrameReady | Status | ErrorText
)  # fmt: skip


def violation(code: int, got: str, accepted: str, fix: str = "use the client this server serves") -> ProtocolError:
    """A ProtocolError that knows the WebSocket close code it leads to."""
    kind = MessageTooLarge if code == TOO_BIG else ProtocolError
    error = kind(refusal(got=got, accepted=accepted, fix=fix))
    error.close_code = code
    return error


def close_code(error: InputError) -> int:
    """The WebSocket close code for an error that a message of the client caused."""
    if isinstance(error, MessageTooLarge | PromptTooLong):
        return TOO_BIG
    return getattr(error, "close_code", POLICY if isinstance(error, ProtocolError) else MALFORMED)


# -- encode ------------------------------------------------------------------------------------------------------------


def encode(message: Message) -> bytes:
    """Bytes of a message.

    Raises: ProtocolError for a number that is not finite; MessageTooLarge over a limit; ArgumentError out of range.
    """
    kind, seq, body = _body(message)
    data = HEADER.pack(VERSION, kind, 0, seq) + body
    if len(data) > MAX_FRAME_BYTES:
        raise violation(TOO_BIG, f"{len(data)} bytes", f"at most {MAX_FRAME_BYTES} a message", "send less at once")
    return data


def _body(message: Message) -> tuple[int, int, bytes]:
    """(kind, seq, body) of a message."""
    match message:
        case Hello():
            return 1, 0, _id(message.session_id) + _text(message.token, "<H")
        case Begin():
            return 2, message.seq, struct.pack("<IBH", message.stroke_id, message.tool, message.width_units)
        case Points():
            return 3, message.seq, struct.pack("<I", message.stroke_id) + _points(message.points)
        case End():
            return 4, message.seq, struct.pack("<I", message.stroke_id)
        case Undo() | Redo() | ClearAll():
            return {Undo: 5, Redo: 6, ClearAll: 7}[type(message)], message.seq, b""
        case Restore():
            head = struct.pack("<BI", message.first | message.last << 1, len(message.records))
            return 8, message.seq, head + b"".join(_record(record) for record in message.records)
        case Change():
            return 9, message.seq, _settings(message.settings)
        case Ack():
            return 10, 0, struct.pack("<I", message.frame_seq)
        case Welcome():
            return 129, 0, _id(message.session_id) + struct.pack("<BI", message.resumed, message.last_op_seq)
        case ModelInfo():
            styles = b"".join(_text(style, "<B") for style in message.styles)
            sizes = struct.pack(f"<B{len(message.sizes)}H", len(message.sizes), *message.sizes)
            names = _text(message.name, "<B") + _text(message.title, "<B")
            return 130, 0, names + bytes([len(message.styles)]) + styles + sizes + _text(message.licence, "<H")
        case FrameReady():
            head = struct.pack("<IHHB", message.op_seq, message.width, message.height, len(message.timings_ms))
            stages = b"".join(_text(name, "<B") + _f32(ms) for name, ms in message.timings_ms)
            return 131, message.seq, head + stages + struct.pack("<I", len(message.jpeg)) + message.jpeg
        case Status():
            return 132, 0, struct.pack("<BI", message.state, message.op_seq) + _text(message.text, "<H")
        case ErrorText():
            return 133, 0, struct.pack("<H", message.close_code) + _text(message.text, "<H")


def _id(session_id: bytes) -> bytes:
    if len(session_id) != 16:
        raise violation(MALFORMED, f"a session id of {len(session_id)} bytes", "16 bytes")
    return session_id


def _text(text: str, length_format: str) -> bytes:
    """str8, str16 or str32: cut at a character boundary where the length would not fit."""
    data = text.encode("utf-8", "replace")
    limit = min(256 ** struct.calcsize(length_format) - 1, MAX_FRAME_BYTES)
    data = data if len(data) <= limit else data[:limit].decode("utf-8", "ignore").encode()
    return struct.pack(length_format, len(data)) + data


def _f32(number: float) -> bytes:
    if not math.isfinite(number):
        raise violation(MALFORMED, f"{number}", "a finite number", "send finite numbers")
    return struct.pack("<f", number)


def _points(points: bytes) -> bytes:
    num_points, rest = divmod(len(points), POINT_BYTES)
    if rest:
        raise violation(MALFORMED, f"{len(points)} bytes of points", f"a multiple of {POINT_BYTES}")
    _require_points(num_points)
    return struct.pack("<I", num_points) + points


def _record(record: Record) -> bytes:
    flags = record.undone | record.still_open << 1
    match record.entry:
        case None:
            return struct.pack("<BB", 2, flags) + _points(record.more)
        case Clear():
            return struct.pack("<BB", 1, flags)
        case Stroke() as stroke:
            pen = struct.pack("<BBIBH", 0, flags, stroke.stroke_id, stroke.tool, stroke.width_units)
            return pen + _points(stroke.points)


def _settings(settings: Settings) -> bytes:
    control, guidance = round(settings.control_strength * 1000), round(settings.guidance * 1000)
    numbers = struct.pack("<HHIBH", control, guidance, settings.seed, settings.steps, settings.size)
    return numbers + _text(settings.style, "<H") + _text(settings.prompt, "<I")


def _require_points(num_points: int) -> None:
    if num_points > MAX_POINTS_A_MESSAGE:
        accepted = f"at most {MAX_POINTS_A_MESSAGE} points a message"
        raise violation(TOO_BIG, f"{num_points} points", accepted, "send the stroke in parts")


# -- decode ------------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads a body; every length is checked against what is there before anything is copied."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def bytes(self, length: int) -> bytes:
        if length > len(self._data) - self._at:
            raise violation(MALFORMED, "a message cut short", f"{length} bytes at {self._at}")
        self._at += length
        return self._data[self._at - length : self._at]

    def unpack(self, layout: str) -> tuple:
        return struct.unpack("<" + layout, self.bytes(struct.calcsize("<" + layout)))

    def number(self, layout: str) -> int:
        return self.unpack(layout)[0]

    def text(self, length_format: str, max_bytes: int = MAX_TEXT_BYTES) -> str:
        length = self.number(length_format)
        if length > max_bytes:
            raise violation(TOO_BIG, f"a text of {length} bytes", f"at most {max_bytes} bytes", "send a shorter text")
        try:
            return self.bytes(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise violation(MALFORMED, "text that is not UTF-8", "UTF-8") from error

    def points(self) -> bytes:
        num_points = self.number("I")
        _require_points(num_points)
        return self.bytes(num_points * POINT_BYTES)

    def require_end(self) -> None:
        if self._at != len(self._data):
            raise violation(MALFORMED, f"{len(self._data) - self._at} bytes too many", "a message of the stated length")


def decode(data: bytes) -> Message:
    """The message in `data`, whatever its direction.

    Raises: ProtocolError (with `.close_code`) for anything malformed, MessageTooLarge over a limit, PromptTooLong for a
    prompt over 8192 bytes. Nothing else, whatever the bytes are.
    """
    if len(data) > MAX_FRAME_BYTES:
        raise violation(TOO_BIG, f"{len(data)} bytes", f"at most {MAX_FRAME_BYTES} a message", "send less at once")
    reader = _Reader(data)
    version, kind, zero, seq = HEADER.unpack(reader.bytes(HEADER.size))
    if version != VERSION or zero != 0:
        raise violation(UNKNOWN, f"protocol version {version}", f"version {VERSION}", "reload the page")
    read = _READERS.get(kind)
    if read is None:
        raise violation(UNKNOWN, f"message kind {kind}", f"one of {sorted(_READERS)}")
    message = read(reader, seq)
    reader.require_end()
    return message


def _read_begin(reader: _Reader, seq: int) -> Begin:
    return Begin(seq, *_read_pen(reader))


def _read_pen(reader: _Reader) -> tuple[int, Tool, int]:
    stroke_id, tool, width_units = reader.unpack("IBH")
    if tool not in (Tool.BRUSH, Tool.ERASER):
        raise violation(MALFORMED, f"tool {tool}", "0 brush or 1 eraser")
    if not 1 <= width_units <= MAX_WIDTH_UNITS:
        raise violation(MALFORMED, f"a width of {width_units}/16 px", f"1 to {MAX_WIDTH_UNITS}")
    return stroke_id, Tool(tool), width_units


def _read_restore(reader: _Reader, seq: int) -> Restore:
    flags, num_records = reader.unpack("BI")
    if num_records > MAX_RECORDS_A_MESSAGE:
        raise violation(TOO_BIG, f"{num_records} records", f"at most {MAX_RECORDS_A_MESSAGE}", "send several RESTOREs")
    records = tuple(_read_record(reader) for _ in range(num_records))
    _require_points(sum(_num_points(record) for record in records))
    return Restore(seq, bool(flags & 1), bool(flags & 2), records)


def _num_points(record: Record) -> int:
    return (len(record.more) + (len(record.entry.points) if isinstance(record.entry, Stroke) else 0)) // POINT_BYTES


def _read_record(reader: _Reader) -> Record:
    kind, flags = reader.unpack("BB")
    undone, still_open = bool(flags & 1), bool(flags & 2)
    if kind == 0:
        return Record(Stroke(*_read_pen(reader), reader.points()), undone, still_open)
    if kind == 1:
        return Record(Clear(), undone, still_open)
    if kind == 2:
        return Record(None, undone, still_open, reader.points())
    raise violation(MALFORMED, f"a record of kind {kind}", "0 stroke, 1 clear, 2 more points")


def _read_settings(reader: _Reader, seq: int) -> Change:
    control, guidance, seed, steps, size = reader.unpack("HHIBH")
    style = reader.text("H")
    length = reader.number("I")
    if length > MAX_PROMPT_BYTES:
        limit = f"at most {MAX_PROMPT_BYTES} bytes"
        raise PromptTooLong(refusal(got=f"a prompt of {length} bytes", accepted=limit, fix="shorten it"))
    try:
        prompt = reader.bytes(length).decode("utf-8")
        settings = Settings(
            prompt=prompt, style=style, seed=seed, steps=steps, guidance=guidance / 1000,
            control_strength=control / 1000, size=size,
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise violation(MALFORMED, "a prompt that is not UTF-8", "UTF-8") from error
    except ArgumentError as error:
        raise violation(MALFORMED, f"settings out of range ({error})", "settings within their ranges") from error
    return Change(seq, settings)


def _read_welcome(reader: _Reader, seq: int) -> Welcome:
    session_id = reader.bytes(16)
    resumed, last_op_seq = reader.unpack("BI")
    return Welcome(session_id, bool(resumed), last_op_seq)


def _read_model(reader: _Reader, seq: int) -> ModelInfo:
    name, title = reader.text("B"), reader.text("B")
    styles = tuple(reader.text("B") for _ in range(reader.number("B")))
    sizes = tuple(reader.number("H") for _ in range(reader.number("B")))
    return ModelInfo(name, title, styles, sizes, reader.text("H", 65535))


def _read_frame(reader: _Reader, seq: int) -> FrameReady:
    op_seq, width, height, num_stages = reader.unpack("IHHB")
    timings_ms = tuple((reader.text("B"), reader.number("f")) for _ in range(num_stages))
    return FrameReady(seq, op_seq, width, height, timings_ms, reader.bytes(reader.number("I")))


def _read_status(reader: _Reader, seq: int) -> Status:
    state, op_seq = reader.unpack("BI")
    if state not in tuple(State):
        raise violation(MALFORMED, f"state {state}", "0 to 3")
    return Status(State(state), op_seq, reader.text("H", 65535))


_READERS = {
    1: lambda reader, seq: Hello(reader.bytes(16), reader.text("H")),
    2: _read_begin,
    3: lambda reader, seq: Points(seq, reader.number("I"), reader.points()),
    4: lambda reader, seq: End(seq, reader.number("I")),
    5: lambda reader, seq: Undo(seq),
    6: lambda reader, seq: Redo(seq),
    7: lambda reader, seq: ClearAll(seq),
    8: _read_restore,
    9: _read_settings,
    10: lambda reader, seq: Ack(reader.number("I")),
    129: _read_welcome,
    130: _read_model,
    131: _read_frame,
    132: _read_status,
    133: lambda reader, seq: ErrorText(reader.number("H"), reader.text("H", 65535)),
}
