"""Decoding of drawings: pens, edits, and the records of a resent drawing. protocol.py has their layout.

Knows: strokes, edits and their limits.  Must not know: the other messages, sockets, sessions.
"""

from __future__ import annotations

from sprint_live.live.canvas.edits import (
    MAX_LAYERS,
    MAX_WIDTH_UNITS,
    ONE,
    Arrange,
    Copy,
    Edit,
    Layer,
    Remove,
    Transform,
    num_named,
)
from sprint_live.live.canvas.strokes import POINT_BYTES, Clear, Mirror, Stroke, Tool
from sprint_live.live.wire.client_messages import Record, Restore
from sprint_live.live.wire.kinds import RecordKind
from sprint_live.live.wire.limits import MALFORMED, NO_LAYER, TOO_BIG, require_points, violation
from sprint_live.live.wire.reader import Reader

__all__ = ["read_edit", "read_pen", "read_restore"]

MAX_RECORDS_A_MESSAGE = 20_000
MIN_SCALE, MAX_SCALE = ONE // 100, 100 * ONE
MAX_SHIFT_UNITS = 1 << 24
MAX_ID = 2**32 - 1


def read_pen(reader: Reader) -> Stroke:
    """The head of a stroke, without its points. Raises: ProtocolError."""
    stroke_id, tool, width_units, red, green, blue, mirror, layer = reader.unpack("IBH3BBB")
    if tool not in tuple(Tool):
        raise violation(MALFORMED, f"tool {tool}", "0 brush, 1 eraser, 2 paint, 3 fill or 4 picture")
    if mirror > Mirror.LEFT_RIGHT | Mirror.TOP_BOTTOM:
        raise violation(MALFORMED, f"mirror {mirror}", "0 to 3")
    if not 1 <= width_units <= MAX_WIDTH_UNITS:
        raise violation(MALFORMED, f"a width of {width_units}/16 px", f"1 to {MAX_WIDTH_UNITS}")
    picture = reader.bytes(16) if tool == Tool.PICTURE else b""
    if picture and mirror:
        raise violation(MALFORMED, f"a picture with mirror {mirror}", "0 for a picture")
    return Stroke(stroke_id, Tool(tool), width_units, b"", (red, green, blue), Mirror(mirror), layer, picture)


def read_restore(reader: Reader, seq: int) -> Restore:
    """A part of a journal. Raises: ProtocolError."""
    flags, num_records = reader.unpack("BI")
    if num_records > MAX_RECORDS_A_MESSAGE:
        raise violation(TOO_BIG, f"{num_records} records", f"at most {MAX_RECORDS_A_MESSAGE}", "send several RESTOREs")
    records = tuple(_read_record(reader) for _ in range(num_records))
    require_points(sum(_num_points(record) for record in records))
    return Restore(seq, bool(flags & 1), bool(flags & 2), records)


def _num_points(record: Record) -> int:
    """Points and named strokes: both count for the limit of a message."""
    if record.entry is not None and not isinstance(record.entry, Stroke):
        return num_named(record.entry)
    return (len(record.more) + (len(record.entry.points) if isinstance(record.entry, Stroke) else 0)) // POINT_BYTES


def _read_record(reader: Reader) -> Record:
    kind, flags = reader.unpack("BB")
    undone, still_open = bool(flags & 1), bool(flags & 2)
    if kind == RecordKind.STROKE:
        return Record(read_pen(reader).extended(reader.points()), undone, still_open)
    if kind == RecordKind.CLEAR:
        return Record(Clear(), undone, still_open)
    if kind == RecordKind.MORE:
        return Record(None, undone, still_open, reader.points())
    return Record(read_edit(reader, kind), undone, still_open)


def read_edit(reader: Reader, kind: int) -> Edit:
    """An edit of one kind. Raises: ProtocolError."""
    if kind == RecordKind.TRANSFORM:
        return _read_transform(reader)
    if kind == RecordKind.REMOVE:
        return Remove(_read_ids(reader))
    if kind == RecordKind.ARRANGE:
        return _read_arrange(reader)
    if kind == RecordKind.COPY:
        return _read_copy(reader)
    raise violation(
        MALFORMED,
        f"a record of kind {kind}",
        "0 stroke, 1 clear, 2 more points, 3 transform, 4 remove, 5 arrange, 6 copy",
    )


def _read_ids(reader: Reader) -> tuple[int, ...]:
    num_ids = reader.number("I")
    require_points(num_ids)
    return reader.unpack(f"{num_ids}I")


def _read_transform(reader: Reader) -> Transform:
    scale_x, scale_y, shift_x, shift_y, skew_x, skew_y = reader.unpack("6i")
    for scale in (scale_x, scale_y, skew_x, skew_y):
        if abs(scale) > MAX_SCALE:
            raise violation(MALFORMED, f"a scale of {scale / ONE:.4g}", "-100 to 100")
    if abs(scale_x * scale_y - skew_x * skew_y) < MIN_SCALE**2:
        raise violation(MALFORMED, "a transform that leaves nothing", "at least a hundredth either way")
    for shift in (shift_x, shift_y):
        if abs(shift) > MAX_SHIFT_UNITS:
            raise violation(MALFORMED, f"a shift of {shift}/16 px", f"at most {MAX_SHIFT_UNITS} either way")
    return Transform(_read_ids(reader), scale_x, scale_y, shift_x, shift_y, skew_x, skew_y)


def _read_copy(reader: Reader) -> Copy:
    by = _read_transform(reader)
    first_id, layer, num_points = reader.unpack("IBI")
    if first_id + len(by.stroke_ids) > MAX_ID:
        raise violation(MALFORMED, f"copies from stroke {first_id} on", f"numbers up to {MAX_ID}")
    return Copy(by, first_id, layer, num_points)


def _read_arrange(reader: Reader) -> Arrange:
    num_layers = reader.number("B")
    if not 1 <= num_layers <= MAX_LAYERS:
        raise violation(MALFORMED, f"{num_layers} layers", f"1 to {MAX_LAYERS} layers", "merge or delete one")
    table = [reader.unpack("3B") for _ in range(num_layers)]
    ids = {layer_id for layer_id, _, _ in table}
    if len(ids) != num_layers or NO_LAYER in ids:
        raise violation(MALFORMED, f"layers {sorted(row[0] for row in table)}", f"different numbers under {NO_LAYER}")
    for layer_id, opacity, shown in table:
        if opacity > 100 or shown > 1:
            raise violation(
                MALFORMED, f"layer {layer_id} with opacity {opacity}, shown {shown}", "0 to 100 percent; 0 or 1"
            )
    upper, lower = reader.unpack("2B")
    merged = None if (upper, lower) == (NO_LAYER, NO_LAYER) else (upper, lower)
    if merged and (upper in ids | {NO_LAYER} or lower not in ids):
        raise violation(MALFORMED, f"layer {upper} merged into {lower}", "one that goes, into one that stays")
    return Arrange(tuple(Layer(layer_id, opacity, bool(shown)) for layer_id, opacity, shown in table), merged)
