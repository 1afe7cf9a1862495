"""Bytes to messages; every length is checked before anything is copied. protocol.py has the layout.

Knows: messages and their limits.  Must not know: sockets, sessions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings
from sprint_live.api.pin import MAX_CORNERS, MAX_PIN_BYTES
from sprint_live.api.prompt import MAX_PROMPT_CHARS
from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import ArgumentError, PromptTooLong, told_by
from sprint_live.live.canvas.draw_request import Settings
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
    Redo,
    Undo,
    UsePin,
    Vary,
)
from sprint_live.live.wire.encoding import HEADER, PAGE_LAYOUT, SETTINGS_LAYOUT, VERSION
from sprint_live.live.wire.kinds import Kind
from sprint_live.live.wire.limits import (
    CORNER_BYTES,
    MALFORMED,
    MAX_FRAME_BYTES,
    MAX_PICTURE_BYTES,
    MAX_PROMPT_BYTES,
    MAX_VARIATIONS,
    TOO_BIG,
    UNKNOWN,
    violation,
    violation_of,
)
from sprint_live.live.wire.messages import (
    ErrorText,
    FrameReady,
    Message,
    ModelInfo,
    Pinned,
    State,
    Status,
    Variation,
    Welcome,
)
from sprint_live.live.wire.reader import Reader
from sprint_live.live.wire.records import read_edit, read_pen, read_restore

__all__ = ["decode"]


def decode(data: bytes) -> Message:
    """The message in `data`, whatever its direction.

    Raises: ProtocolError (with `.close_code`) for anything malformed, MessageTooLarge over a limit, PromptTooLong for a
    prompt over 8192 bytes. Nothing else, whatever the bytes are.
    """
    if len(data) > MAX_FRAME_BYTES:
        raise violation(TOO_BIG, f"{len(data)} bytes", f"at most {MAX_FRAME_BYTES} a message", "send less at once")
    reader = Reader(data)
    version, kind, zero, seq = HEADER.unpack(reader.bytes(HEADER.size))
    if version != VERSION or zero != 0:
        raise violation(UNKNOWN, f"protocol version {version}", f"version {VERSION}", "reload the page")
    read = _READERS.get(kind)
    if read is None:
        raise violation(UNKNOWN, f"message kind {kind}", f"one of {sorted(_READERS)}")
    message = read(reader, seq)
    reader.require_end()
    return message


def _read_settings(reader: Reader, seq: int) -> Change:
    *numbers, width, height, painting, preview = reader.unpack(SETTINGS_LAYOUT + PAGE_LAYOUT)
    if painting > 1 or preview > 1:
        raise violation(MALFORMED, f"painting {painting}, preview {preview}", "0 or 1 each")
    style = reader.text("H")
    length = reader.number("I")
    if length > MAX_PROMPT_BYTES:
        given = {"bytes": length, "most": MAX_PROMPT_BYTES, "characters": MAX_PROMPT_CHARS}
        raise PromptTooLong(coded("prompt.too_long", given))
    try:
        prompt = reader.bytes(length).decode("utf-8")
        settings = Settings(
            prompt=prompt,
            style=style,
            draw=_draw_settings(numbers),
            width=width,
            height=height,
            painting=bool(painting),
            preview=bool(preview),
        )
    except UnicodeDecodeError as error:
        raise violation(MALFORMED, "a prompt that is not UTF-8", "UTF-8") from error
    except ArgumentError as error:
        raise violation_of(MALFORMED, told_by(error)) from error
    return Change(seq, settings)


def _draw_settings(sent: list[int]) -> DrawSettings:
    """Raises: ArgumentError for one out of its range."""
    named = zip(DRAW_SETTINGS.items(), sent, strict=True)
    return DrawSettings.of({name: n if setting.is_whole else n / setting.scale for (name, setting), n in named})


def _read_pin_part(reader: Reader, seq: int) -> PinPart:
    frame_seq, num_corners = reader.unpack("IH")
    if num_corners > MAX_CORNERS:
        raise violation(TOO_BIG, f"{num_corners} corners", f"at most {MAX_CORNERS}", "draw around it in fewer steps")
    return PinPart(seq, frame_seq, reader.bytes(num_corners * CORNER_BYTES))


def _read_pin(reader: Reader) -> tuple[int, int, bytes]:
    """Width and height of the picture, and the bytes of the pin, which the user of the pin checks."""
    width, height, length = reader.unpack("HHI")
    if length > MAX_PIN_BYTES:
        raise violation(TOO_BIG, f"a pin of {length} bytes", f"at most {MAX_PIN_BYTES}", "pin the picture again")
    return width, height, reader.bytes(length)


def _read_vary(reader: Reader, seq: int) -> Vary:
    num_seeds = reader.number("B")
    if num_seeds > MAX_VARIATIONS:
        raise violation(TOO_BIG, f"{num_seeds} variations", f"at most {MAX_VARIATIONS}", "ask for fewer at once")
    return Vary(seq, reader.unpack(f"{num_seeds}I"))


def _read_picture(reader: Reader, seq: int) -> PictureGiven:
    name, length = reader.bytes(16), reader.number("I")
    if length > MAX_PICTURE_BYTES:
        raise violation(TOO_BIG, f"a picture of {length} bytes", f"at most {MAX_PICTURE_BYTES}", "send a smaller one")
    return PictureGiven(seq, name, reader.bytes(length))


def _read_variation(reader: Reader, seq: int) -> Variation:
    op_seq, seed, width, height, length = reader.unpack("IIHHI")
    return Variation(op_seq, seed, width, height, reader.bytes(length))


def _read_welcome(reader: Reader, seq: int) -> Welcome:
    session_id = reader.bytes(16)
    resumed, last_op_seq = reader.unpack("BI")
    return Welcome(session_id, bool(resumed), last_op_seq)


def _read_model(reader: Reader, seq: int) -> ModelInfo:
    name, title = reader.text("B"), reader.text("B")
    styles = tuple(reader.text("B") for _ in range(reader.number("B")))
    sizes = tuple(reader.unpack("HH") for _ in range(reader.number("B")))
    license = reader.text("H", 65535)
    has_branch, has_preview, has_guidance, has_colors, refines = map(bool, reader.unpack("5B"))
    detectors = tuple((reader.text("B"), reader.text("B")) for _ in range(reader.number("B")))
    return ModelInfo(
        name,
        title,
        styles,
        sizes,
        license,
        has_branch=has_branch,
        has_preview=has_preview,
        has_guidance=has_guidance,
        has_colors=has_colors,
        refines=refines,
        detectors=detectors,
    )


def _read_frame(reader: Reader, seq: int) -> FrameReady:
    op_seq, width, height, preview, num_stages = reader.unpack("IHHBB")
    timings_ms = tuple((reader.text("B"), reader.number("f")) for _ in range(num_stages))
    if not all(math.isfinite(ms) for _, ms in timings_ms):
        raise violation(MALFORMED, f"stages {timings_ms}", "finite numbers", "send finite numbers")
    return FrameReady(seq, op_seq, width, height, timings_ms, reader.bytes(reader.number("I")), bool(preview))


def _read_said(reader: Reader) -> CodedText:
    code = reader.text("B")
    params = {reader.text("B"): reader.text("H", 65535) for _ in range(reader.number("B"))}
    return CodedText(reader.text("H", 65535), code, params)


def _read_status(reader: Reader, seq: int) -> Status:
    state, op_seq = reader.unpack("BI")
    if state not in tuple(State):
        raise violation(MALFORMED, f"state {state}", "0 to 3")
    return Status(State(state), op_seq, _read_said(reader))


_READERS: Mapping[int, Callable[[Reader, int], Message]] = {
    Kind.HELLO: lambda reader, seq: Hello(reader.bytes(16), reader.text("H")),
    Kind.BEGIN: lambda reader, seq: Begin(seq, read_pen(reader)),
    Kind.POINTS: lambda reader, seq: Points(seq, reader.number("I"), reader.points()),
    Kind.END: lambda reader, seq: End(seq, reader.number("I")),
    Kind.UNDO: lambda reader, seq: Undo(seq),
    Kind.REDO: lambda reader, seq: Redo(seq),
    Kind.CLEAR: lambda reader, seq: ClearAll(seq),
    Kind.RESTORE: read_restore,
    Kind.SETTINGS: _read_settings,
    Kind.ACK: lambda reader, seq: Ack(reader.number("I")),
    Kind.EDIT: lambda reader, seq: Edited(seq, read_edit(reader, reader.number("B"))),
    Kind.PIN: _read_pin_part,
    Kind.USE_PIN: lambda reader, seq: UsePin(seq, *_read_pin(reader)),
    Kind.VARY: _read_vary,
    Kind.PICTURE: _read_picture,
    Kind.WELCOME: _read_welcome,
    Kind.MODEL: _read_model,
    Kind.FRAME: _read_frame,
    Kind.STATUS: _read_status,
    Kind.ERROR: lambda reader, seq: ErrorText(reader.number("H"), _read_said(reader)),
    Kind.PINNED: lambda reader, seq: Pinned(reader.number("I"), *_read_pin(reader)),
    Kind.VARIED: _read_variation,
}
