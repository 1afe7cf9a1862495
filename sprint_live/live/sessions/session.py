"""One person's drawing on the server: journal, settings, paper, and the frames that are in flight."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from sprint_live.api.pin import Pin
from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge, told_by
from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.edits import Entry
from sprint_live.live.canvas.history import Visible
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.pinboard import HeldPin, Pinboard
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke
from sprint_live.live.wire.protocol import (
    MALFORMED,
    POLICY,
    TOO_BIG,
    Begin,
    Change,
    ClearAll,
    Edited,
    End,
    Operation,
    PictureGiven,
    PinPart,
    Points,
    Redo,
    Restore,
    Undo,
    UsePin,
    Vary,
    violation,
    violation_of,
)
from sprint_live.live.wire.restore import Restoration

__all__ = ["FRAME_WINDOW", "Session", "new_session_id"]

FRAME_WINDOW = 2


def new_session_id() -> bytes:
    """128 random bits from the operating system; clients cannot choose one."""
    return secrets.token_bytes(16)


@dataclass(slots=True)
class Session:
    """State of one session; changed in the event loop only, but for `raster`, which the worker's thread owns."""

    session_id: bytes
    journal: Journal = field(default_factory=Journal)
    settings: Settings = field(default_factory=Settings)
    pictures: Pictures = field(default_factory=Pictures)
    raster: Raster = field(init=False)
    pins: Pinboard = field(default_factory=Pinboard)
    op_seq: int = 0
    frame_seq: int = 0
    unacked: set[int] = field(default_factory=set[int])
    restoration: Restoration | None = None
    left_at_s: float | None = None

    def __post_init__(self) -> None:
        self.raster = Raster(self.pictures)

    def apply(self, operation: Operation) -> None:
        """Apply one operation of the client.

        Raises: ProtocolError if its seq is not newer than the last, or it does not fit the drawing; MessageTooLarge
        past the session's limits. The session is unchanged then.
        """
        if operation.seq <= self.op_seq:
            raise violation(POLICY, f"operation {operation.seq}", f"a number over {self.op_seq}", "reload the page")
        match operation:
            case Begin():
                self._require_pictures((operation.stroke,))
                self.journal = self.journal.begin(operation.stroke)
            case Points():
                self.journal = self.journal.append(operation.stroke_id, operation.points)
            case End():
                self.journal = self.journal.end(operation.stroke_id)
            case Undo():
                self.journal = self.journal.undo()
            case Redo():
                self.journal = self.journal.redo()
            case ClearAll():
                self.journal = self.journal.clear()
            case Edited():
                self.journal = self.journal.edit(operation.edit)
            case Change():
                self.settings = operation.settings
            case Restore():
                self._restore(operation)
            case UsePin():
                self.pins.held = _checked_pin(operation)
            case PictureGiven():
                self._give(operation)
            case PinPart() | Vary():
                pass  # answered by the hub; the drawing stays as it is
            case _:
                assert_never(operation)
        self.op_seq = operation.seq

    def _restore(self, operation: Restore) -> None:
        if operation.first:
            self.restoration = Restoration()
        if self.restoration is None:
            raise violation(POLICY, "a part of a drawing without its beginning", "the first RESTORE first")
        self.restoration.add(operation.records)
        if operation.last:
            journal = self.restoration.journal()
            self._require_pictures(journal.entries + journal.undone)
            self.journal, self.restoration = journal, None

    def _give(self, operation: PictureGiven) -> None:
        try:
            self.pictures.give(operation.name, operation.data, self._named_pictures())
        except SketchTooLarge as error:
            raise violation_of(TOO_BIG, told_by(error)) from error
        except SketchError as error:
            raise violation_of(MALFORMED, told_by(error)) from error
        except ArgumentError as error:
            raise violation_of(POLICY, told_by(error)) from error

    def _named_pictures(self) -> set[bytes]:
        """The pictures that strokes name, done or undone, also those of a drawing that is being restored."""
        coming = self.restoration.entries + self.restoration.undone if self.restoration else []
        entries = (*self.journal.entries, *self.journal.undone, *coming)
        return {entry.picture for entry in entries if isinstance(entry, Stroke) and entry.picture}

    def _require_pictures(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if isinstance(entry, Stroke) and entry.picture and entry.picture not in self.pictures:
                raise violation_of(POLICY, coded("picture.missing"))

    def rest(self, now_s: float) -> None:
        """Its person has left: keep journal and pictures, drop the paper (4 MiB). The journal can redraw it."""
        self.left_at_s = now_s
        self.unacked.clear()
        self.pictures.rest()
        self.raster = Raster(self.pictures)
        self.pins.forget_pictures()

    def request(self, *, has_preview: bool = False) -> DrawRequest:
        """The request for the current picture. While the pen is down it is a preview,
        if wanted and if the model has one.
        """
        pin = self.pins.data_for(self.settings.width, self.settings.height)
        preview = has_preview and self.settings.preview and self.journal.pen_down
        return DrawRequest(Visible(self.journal.history), replace(self.settings, preview=False), pin, preview)

    def variations(self, seeds: Sequence[int]) -> list[DrawRequest]:
        """Requests for the same picture with other seeds; empty for white paper."""
        now = self.request()
        return [] if now.blank else [replace(now, settings=now.settings.with_seed(seed)) for seed in seeds]

    def next_frame(self) -> int:
        """Number a frame and count it as unacknowledged."""
        self.frame_seq += 1
        self.unacked.add(self.frame_seq)
        return self.frame_seq

    @property
    def window_full(self) -> bool:
        """True while two frames are in flight: another one would only arrive later."""
        return len(self.unacked) >= FRAME_WINDOW


def _checked_pin(operation: UsePin) -> HeldPin | None:
    """Raises: ProtocolError if the bytes are not those of a pin."""
    if not operation.pin:
        return None
    try:
        Pin.from_bytes(operation.pin)
    except ArgumentError as error:
        raise violation_of(MALFORMED, told_by(error)) from error
    return HeldPin(operation.width, operation.height, operation.pin)
