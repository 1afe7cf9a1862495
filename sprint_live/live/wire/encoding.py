"""Messages to bytes. protocol.py describes the layout; decoding.py is the inverse.

Knows: messages.  Must not know: sockets, sessions.
"""

from __future__ import annotations

import math
import struct
from typing import assert_never

from sprint_live.api.draw_settings import DRAW_SETTINGS
from sprint_live.coded_text import CodedText
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.edits import Arrange, Copy, Edit, Remove, Transform
from sprint_live.live.canvas.strokes import POINT_BYTES, Clear, Stroke
from sprint_live.live.wire.client_messages import (
    Ack,
    Begin,
    Change,
    ClearAll,
    Edited,
    End,
    Hello,
    PictureGiven,
    PinPart,
    Points,
    Record,
    Redo,
    Restore,
    Undo,
    UsePin,
    Vary,
)
from sprint_live.live.wire.kinds import RecordKind
from sprint_live.live.wire.limits import (
    CORNER_BYTES,
    MALFORMED,
    MAX_FRAME_BYTES,
    NO_LAYER,
    TOO_BIG,
    require_points,
    violation,
)
from sprint_live.live.wire.messages import ErrorText, FrameReady, Message, ModelInfo, Pinned, Status, Variation, Welcome

__all__ = ["HEADER", "PAGE_LAYOUT", "SETTINGS_LAYOUT", "VERSION", "encode"]

VERSION = 5
SETTINGS_LAYOUT = "".join(setting.wire for setting in DRAW_SETTINGS.values())
PAGE_LAYOUT = "HHBB"
HEADER = struct.Struct("<BBHI")


def encode(message: Message) -> bytes:
    """Bytes of a message.

    Raises: ProtocolError for a number that is not finite; MessageTooLarge over a limit; ArgumentError out of range.
    """
    seq, body = _body(message)
    data = HEADER.pack(VERSION, message.kind, 0, seq) + body
    if len(data) > MAX_FRAME_BYTES:
        raise violation(TOO_BIG, f"{len(data)} bytes", f"at most {MAX_FRAME_BYTES} a message", "send less at once")
    return data


def _body(message: Message) -> tuple[int, bytes]:
    """(seq, body) of a message."""
    match message:
        case Hello():
            return 0, _id(message.session_id) + _text(message.token, "<H")
        case Begin():
            return message.seq, _pen(message.stroke)
        case Points():
            return message.seq, struct.pack("<I", message.stroke_id) + _points(message.points)
        case End():
            return message.seq, struct.pack("<I", message.stroke_id)
        case Undo() | Redo() | ClearAll():
            return message.seq, b""
        case Restore():
            head = struct.pack("<BI", message.first | message.last << 1, len(message.records))
            return message.seq, head + b"".join(_record(record) for record in message.records)
        case Change():
            return message.seq, _settings(message.settings)
        case Ack():
            return 0, struct.pack("<I", message.frame_seq)
        case Edited():
            kind, body = _edit(message.edit)
            return message.seq, bytes([kind]) + body
        case PinPart():
            return message.seq, (
                struct.pack("<IH", message.frame_seq, len(message.corners) // CORNER_BYTES) + message.corners
            )
        case UsePin():
            return message.seq, struct.pack("<HHI", message.width, message.height, len(message.pin)) + message.pin
        case Vary():
            return message.seq, struct.pack(f"<B{len(message.seeds)}I", len(message.seeds), *message.seeds)
        case PictureGiven():
            return message.seq, _id(message.name) + struct.pack("<I", len(message.data)) + message.data
        case Welcome():
            return 0, _id(message.session_id) + struct.pack("<BI", message.resumed, message.last_op_seq)
        case ModelInfo():
            styles = b"".join(_text(style, "<B") for style in message.styles)
            sizes = bytes([len(message.sizes)]) + b"".join(
                struct.pack("<HH", *width_height) for width_height in message.sizes
            )
            names = _text(message.name, "<B") + _text(message.title, "<B")
            found = b"".join(_text(name, "<B") + _text(title, "<B") for name, title in message.detectors)
            can = bytes([message.has_branch, message.has_preview, message.has_guidance])
            can += bytes([message.has_colors, message.refines, len(message.detectors)]) + found
            return 0, names + bytes([len(message.styles)]) + styles + sizes + _text(message.license, "<H") + can
        case FrameReady():
            head = struct.pack(
                "<IHHBB", message.op_seq, message.width, message.height, message.preview, len(message.timings_ms)
            )
            stages = b"".join(_text(name, "<B") + _f32(ms) for name, ms in message.timings_ms)
            return message.seq, head + stages + struct.pack("<I", len(message.jpeg)) + message.jpeg
        case Pinned():
            return 0, (
                struct.pack("<IHHI", message.op_seq, message.width, message.height, len(message.pin)) + message.pin
            )
        case Variation():
            head = struct.pack("<IIHHI", message.op_seq, message.seed, message.width, message.height, len(message.jpeg))
            return 0, head + message.jpeg
        case Status():
            return 0, struct.pack("<BI", message.state, message.op_seq) + _said(message.text)
        case ErrorText():
            return 0, struct.pack("<H", message.close_code) + _said(message.text)
        case _:
            assert_never(message)


def _id(session_id: bytes) -> bytes:
    if len(session_id) != 16:
        raise violation(MALFORMED, f"an id of {len(session_id)} bytes", "16 bytes")
    return session_id


def _text(text: str, length_format: str) -> bytes:
    """str8, str16 or str32: cut at a character boundary where the length would not fit."""
    data = text.encode("utf-8", "replace")
    limit = min(256 ** struct.calcsize(length_format) - 1, MAX_FRAME_BYTES)
    data = data if len(data) <= limit else data[:limit].decode("utf-8", "ignore").encode()
    return struct.pack(length_format, len(data)) + data


def _said(text: CodedText) -> bytes:
    """Code and parameters, then the English."""
    named = b"".join(_text(name, "<B") + _text(value, "<H") for name, value in text.params.items())
    return _text(text.code, "<B") + bytes([len(text.params)]) + named + _text(text, "<H")


def _f32(number: float) -> bytes:
    if not math.isfinite(number):
        raise violation(MALFORMED, f"{number}", "a finite number", "send finite numbers")
    return struct.pack("<f", number)


def _points(points: bytes) -> bytes:
    num_points, rest = divmod(len(points), POINT_BYTES)
    if rest:
        raise violation(MALFORMED, f"{len(points)} bytes of points", f"a multiple of {POINT_BYTES}")
    require_points(num_points)
    return struct.pack("<I", num_points) + points


def _pen(stroke: Stroke) -> bytes:
    return (
        struct.pack(
            "<IBH3BBB", stroke.stroke_id, stroke.tool, stroke.width_units, *stroke.rgb, stroke.mirror, stroke.layer
        )
        + stroke.picture
    )


def _record(record: Record) -> bytes:
    flags = record.undone | record.still_open << 1
    match record.entry:
        case None:
            return struct.pack("<BB", RecordKind.MORE, flags) + _points(record.more)
        case Clear():
            return struct.pack("<BB", RecordKind.CLEAR, flags)
        case Stroke() as stroke:
            return struct.pack("<BB", RecordKind.STROKE, flags) + _pen(stroke) + _points(stroke.points)
        case edit:
            kind, body = _edit(edit)
            return struct.pack("<BB", kind, flags) + body


def _edit(edit: Edit) -> tuple[RecordKind, bytes]:
    """The kind of record that an edit is, and its body."""
    match edit:
        case Transform():
            return RecordKind.TRANSFORM, _transform(edit)
        case Remove():
            return RecordKind.REMOVE, _ids(edit.stroke_ids)
        case Arrange():
            layers = b"".join(struct.pack("<3B", layer.layer_id, layer.opacity, layer.shown) for layer in edit.layers)
            return RecordKind.ARRANGE, bytes([len(edit.layers)]) + layers + bytes(edit.merged or (NO_LAYER, NO_LAYER))
        case Copy():
            return RecordKind.COPY, _transform(edit.by) + struct.pack(
                "<IBI", edit.first_id, edit.layer, edit.num_points
            )


def _transform(by: Transform) -> bytes:
    return struct.pack("<6i", by.scale_x, by.scale_y, by.shift_x, by.shift_y, by.skew_x, by.skew_y) + _ids(
        by.stroke_ids
    )


def _ids(stroke_ids: tuple[int, ...]) -> bytes:
    require_points(len(stroke_ids))
    return struct.pack(f"<I{len(stroke_ids)}I", len(stroke_ids), *stroke_ids)


def _settings(settings: Settings) -> bytes:
    numbers = (round(getattr(settings.draw, name) * setting.scale) for name, setting in DRAW_SETTINGS.items())
    page = (settings.width, settings.height, settings.painting, settings.preview)
    layout = SETTINGS_LAYOUT + PAGE_LAYOUT
    return struct.pack("<" + layout, *numbers, *page) + _text(settings.style, "<H") + _text(settings.prompt, "<I")
