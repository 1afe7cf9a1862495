"""Bytes to messages; every length is checked before anything is copied. protocol.py has the layout.

Knows: messages and their limits.  Must not know: sockets, sessions.
"""

from __future__ import annotations

import struct

from sprint_live.engine.pin import MAX_CORNERS, MAX_PIN_BYTES
from sprint_live.errors import ArgumentError, PromptTooLong, refusal
from sprint_live.live.edits import MAX_LAYERS, MAX_WIDTH_UNITS, ONE, Arrange, Edit, Layer, Remove, Transform
from sprint_live.live.encoding import HEADER, VERSION
from sprint_live.live.messages import (
    Ack, Begin, Change, ClearAll, Edited, End, ErrorText, FrameReady, Hello, Message, ModelInfo, PinPart, Pinned, Points, Record,
    Redo, Restore, State, Status, Undo, UsePin, Variation, Vary, Welcome,
)  # fmt: skip
from sprint_live.live.request import Settings
from sprint_live.live.strokes import POINT_BYTES, Clear, Mirror, Stroke, Tool
from sprint_live.live.violations import (
    CORNER_BYTES, MALFORMED, MAX_FRAME_BYTES, MAX_PROMPT_BYTES, MAX_VARIATIONS, NO_LAYER, TOO_BIG, UNKNOWN, require_points, violation,
)  # fmt: skip

__all__ = ["decode"]

MAX_RECORDS_A_MESSAGE = 20_000
MAX_TEXT_BYTES = 1024
MAX_SCALE = 100 * ONE
MAX_SHIFT_UNITS = 1 << 24


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
        require_points(num_points)
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
    return Begin(seq, _read_pen(reader))


def _read_pen(reader: _Reader) -> Stroke:
    stroke_id, tool, width_units, red, green, blue, mirror, layer = reader.unpack("IBH3BBB")
    if tool not in tuple(Tool):
        raise violation(MALFORMED, f"tool {tool}", "0 brush, 1 eraser, 2 paint or 3 fill")
    if mirror > Mirror.LEFT_RIGHT | Mirror.TOP_BOTTOM:
        raise violation(MALFORMED, f"mirror {mirror}", "0 to 3")
    if not 1 <= width_units <= MAX_WIDTH_UNITS:
        raise violation(MALFORMED, f"a width of {width_units}/16 px", f"1 to {MAX_WIDTH_UNITS}")
    return Stroke(stroke_id, Tool(tool), width_units, b"", (red, green, blue), Mirror(mirror), layer)


def _read_restore(reader: _Reader, seq: int) -> Restore:
    flags, num_records = reader.unpack("BI")
    if num_records > MAX_RECORDS_A_MESSAGE:
        raise violation(TOO_BIG, f"{num_records} records", f"at most {MAX_RECORDS_A_MESSAGE}", "send several RESTOREs")
    records = tuple(_read_record(reader) for _ in range(num_records))
    require_points(sum(_num_points(record) for record in records))
    return Restore(seq, bool(flags & 1), bool(flags & 2), records)


def _num_points(record: Record) -> int:
    """Points and named strokes: both count for the limit of a message."""
    if isinstance(record.entry, Transform | Remove):
        return len(record.entry.stroke_ids)
    return (len(record.more) + (len(record.entry.points) if isinstance(record.entry, Stroke) else 0)) // POINT_BYTES


def _read_record(reader: _Reader) -> Record:
    kind, flags = reader.unpack("BB")
    undone, still_open = bool(flags & 1), bool(flags & 2)
    if kind == 0:
        return Record(_read_pen(reader).extended(reader.points()), undone, still_open)
    if kind == 1:
        return Record(Clear(), undone, still_open)
    if kind == 2:
        return Record(None, undone, still_open, reader.points())
    return Record(_read_edit(reader, kind), undone, still_open)


def _read_edit(reader: _Reader, kind: int) -> Edit:
    if kind == 3:
        return _read_transform(reader)
    if kind == 4:
        return Remove(_read_ids(reader))
    if kind == 5:
        return _read_arrange(reader)
    raise violation(MALFORMED, f"a record of kind {kind}", "0 stroke, 1 clear, 2 more points, 3 transform, 4 remove, 5 arrange")


def _read_ids(reader: _Reader) -> tuple[int, ...]:
    num_ids = reader.number("I")
    require_points(num_ids)
    return reader.unpack(f"{num_ids}I")


def _read_transform(reader: _Reader) -> Transform:
    scale_x, scale_y, shift_x, shift_y = reader.unpack("4i")
    for scale in (scale_x, scale_y):
        if not ONE // 100 <= abs(scale) <= MAX_SCALE:
            raise violation(MALFORMED, f"a scale of {scale / ONE:.4g}", "0.01 to 100, or mirrored -0.01 to -100")
    for shift in (shift_x, shift_y):
        if abs(shift) > MAX_SHIFT_UNITS:
            raise violation(MALFORMED, f"a shift of {shift}/16 px", f"at most {MAX_SHIFT_UNITS} either way")
    return Transform(_read_ids(reader), scale_x, scale_y, shift_x, shift_y)


def _read_arrange(reader: _Reader) -> Arrange:
    num_layers = reader.number("B")
    if not 1 <= num_layers <= MAX_LAYERS:
        raise violation(MALFORMED, f"{num_layers} layers", f"1 to {MAX_LAYERS} layers", "merge or delete one")
    table = [reader.unpack("3B") for _ in range(num_layers)]
    ids = {layer_id for layer_id, _, _ in table}
    if len(ids) != num_layers or NO_LAYER in ids:
        raise violation(MALFORMED, f"layers {sorted(row[0] for row in table)}", f"different numbers under {NO_LAYER}")
    for layer_id, opacity, shown in table:
        if opacity > 100 or shown > 1:
            raise violation(MALFORMED, f"layer {layer_id} with opacity {opacity}, shown {shown}", "0 to 100 percent; 0 or 1")
    upper, lower = reader.unpack("2B")
    merged = None if (upper, lower) == (NO_LAYER, NO_LAYER) else (upper, lower)
    if merged and (upper in ids | {NO_LAYER} or lower not in ids):
        raise violation(MALFORMED, f"layer {upper} merged into {lower}", "one that goes, into one that stays")
    return Arrange(tuple(Layer(layer_id, opacity, bool(shown)) for layer_id, opacity, shown in table), merged)


def _read_settings(reader: _Reader, seq: int) -> Change:
    *thousandths, seed, steps, width, height, painting, preview = reader.unpack("5HIBHHBB")
    control, control_start, control_end, guidance, strength = (number / 1000 for number in thousandths)
    if painting > 1 or preview > 1:
        raise violation(MALFORMED, f"painting {painting}, preview {preview}", "0 or 1 each")
    style = reader.text("H")
    length = reader.number("I")
    if length > MAX_PROMPT_BYTES:
        limit = f"at most {MAX_PROMPT_BYTES} bytes"
        raise PromptTooLong(refusal(got=f"a prompt of {length} bytes", accepted=limit, fix="shorten it"))
    try:
        prompt = reader.bytes(length).decode("utf-8")
        settings = Settings(
            prompt=prompt, style=style, seed=seed, steps=steps, guidance=guidance, control_strength=control,
            control_start=control_start, control_end=control_end, width=width, height=height, painting=bool(painting),
            strength=strength, preview=bool(preview),
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise violation(MALFORMED, "a prompt that is not UTF-8", "UTF-8") from error
    except ArgumentError as error:
        raise violation(MALFORMED, f"settings out of range ({error})", "settings within their ranges") from error
    return Change(seq, settings)


def _read_pin_part(reader: _Reader, seq: int) -> PinPart:
    frame_seq, num_corners = reader.unpack("IH")
    if num_corners > MAX_CORNERS:
        raise violation(TOO_BIG, f"{num_corners} corners", f"at most {MAX_CORNERS}", "draw around it in fewer steps")
    return PinPart(seq, frame_seq, reader.bytes(num_corners * CORNER_BYTES))


def _read_pin(reader: _Reader) -> tuple[int, int, bytes]:
    """Width and height of the picture, and the bytes of the pin, which whoever uses them looks into."""
    width, height, length = reader.unpack("HHI")
    if length > MAX_PIN_BYTES:
        raise violation(TOO_BIG, f"a pin of {length} bytes", f"at most {MAX_PIN_BYTES}", "pin the picture again")
    return width, height, reader.bytes(length)


def _read_vary(reader: _Reader, seq: int) -> Vary:
    num_seeds = reader.number("B")
    if num_seeds > MAX_VARIATIONS:
        raise violation(TOO_BIG, f"{num_seeds} variations", f"at most {MAX_VARIATIONS}", "ask for fewer at once")
    return Vary(seq, reader.unpack(f"{num_seeds}I"))


def _read_variation(reader: _Reader, seq: int) -> Variation:
    *head, length = reader.unpack("IIHHI")
    return Variation(*head, reader.bytes(length))


def _read_welcome(reader: _Reader, seq: int) -> Welcome:
    session_id = reader.bytes(16)
    resumed, last_op_seq = reader.unpack("BI")
    return Welcome(session_id, bool(resumed), last_op_seq)


def _read_model(reader: _Reader, seq: int) -> ModelInfo:
    name, title = reader.text("B"), reader.text("B")
    styles = tuple(reader.text("B") for _ in range(reader.number("B")))
    sizes = tuple(reader.unpack("HH") for _ in range(reader.number("B")))
    licence = reader.text("H", 65535)
    has_branch, has_preview, has_guidance = map(bool, reader.unpack("BBB"))
    detectors = tuple((reader.text("B"), reader.text("B")) for _ in range(reader.number("B")))
    return ModelInfo(name, title, styles, sizes, licence, has_branch, has_preview, has_guidance, detectors)


def _read_frame(reader: _Reader, seq: int) -> FrameReady:
    op_seq, width, height, preview, num_stages = reader.unpack("IHHBB")
    timings_ms = tuple((reader.text("B"), reader.number("f")) for _ in range(num_stages))
    return FrameReady(seq, op_seq, width, height, timings_ms, reader.bytes(reader.number("I")), bool(preview))


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
    11: lambda reader, seq: Edited(seq, _read_edit(reader, reader.number("B"))),
    12: _read_pin_part,
    13: lambda reader, seq: UsePin(seq, *_read_pin(reader)),
    14: _read_vary,
    129: _read_welcome,
    130: _read_model,
    131: _read_frame,
    132: _read_status,
    133: lambda reader, seq: ErrorText(reader.number("H"), reader.text("H", 65535)),
    134: lambda reader, seq: Pinned(reader.number("I"), *_read_pin(reader)),
    135: _read_variation,
}
