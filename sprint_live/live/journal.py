"""The journal of a drawing: every entry in order, what was undone, and the stroke that is still being drawn.

Pure values: each operation returns a new journal, so a snapshot for the worker is a reference and undo can never lose
anything. Undo has no depth limit but the point budget of a session, which counts undone entries too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sprint_live.errors import MessageTooLarge, ProtocolError, refusal
from sprint_live.live.strokes import POINT_BYTES, Clear, Entry, Stroke

__all__ = ["MAX_ENTRIES", "MAX_POINTS", "Journal"]

MAX_POINTS = 200_000
MAX_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Journal:
    """A drawing and its history.

    entries: oldest first. undone: most recently undone last. open_id: id of the stroke under the pen (always the last
    entry) or None. num_points: points in entries and undone together.
    """

    entries: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()
    open_id: int | None = None
    num_points: int = 0

    @property
    def pen_down(self) -> bool:
        """True while a stroke is being drawn."""
        return self.open_id is not None

    def visible(self) -> tuple[Stroke, ...]:
        """Strokes on the paper: those after the last clear, oldest first."""
        start = 0
        for i in range(len(self.entries) - 1, -1, -1):
            if isinstance(self.entries[i], Clear):
                start = i + 1
                break
        return self.entries[start:]  # type: ignore[return-value]  # no Clear after the last Clear

    def begin(self, stroke: Stroke) -> Journal:
        """Put the pen down for a stroke without points yet; what was undone is gone, a stroke still open is ended."""
        _require_room(len(self.entries) + 1, MAX_ENTRIES, "strokes")
        kept = self.num_points - sum(_num_points(entry) for entry in self.undone)
        return Journal(self.entries + (stroke,), (), stroke.stroke_id, kept)

    def append(self, stroke_id: int, points: bytes) -> Journal:
        """Add points to the open stroke.

        Raises: ProtocolError if `stroke_id` is not the open stroke; MessageTooLarge past 200,000 points a session.
        """
        if self.open_id is None or self.open_id != stroke_id:
            raise ProtocolError(
                refusal(
                    got=f"points for stroke {stroke_id}",
                    accepted=f"points for the open stroke ({self.open_id})",
                    fix="begin the stroke first",
                )
            )
        num_points = self.num_points + len(points) // POINT_BYTES
        _require_room(num_points, MAX_POINTS, "points")
        stroke = self.entries[-1]
        assert isinstance(stroke, Stroke)
        return replace(self, entries=self.entries[:-1] + (stroke.extended(points),), num_points=num_points)

    def end(self, stroke_id: int) -> Journal:
        """Lift the pen. Ending a stroke that is not open changes nothing: an undo may have come first."""
        return replace(self, open_id=None) if self.open_id == stroke_id else self

    def undo(self) -> Journal:
        """Take the last entry back; nothing happens on an empty journal."""
        if not self.entries:
            return self
        return Journal(self.entries[:-1], self.undone + (self.entries[-1],), None, self.num_points)

    def redo(self) -> Journal:
        """Bring the last undone entry back; nothing happens if there is none."""
        if not self.undone:
            return self
        return Journal(self.entries + (self.undone[-1],), self.undone[:-1], None, self.num_points)

    def clear(self) -> Journal:
        """White paper, as an entry that undo takes back. Clearing white paper changes nothing."""
        if not self.visible():
            return self if self.open_id is None else replace(self, open_id=None)
        _require_room(len(self.entries) + 1, MAX_ENTRIES, "strokes")
        kept = self.num_points - sum(_num_points(entry) for entry in self.undone)
        return Journal(self.entries + (Clear(),), (), None, kept)


def _num_points(entry: Entry) -> int:
    return entry.num_points if isinstance(entry, Stroke) else 0


def _require_room(number: int, limit: int, what: str) -> None:
    if number > limit:
        raise MessageTooLarge(
            refusal(got=f"{number} {what}", accepted=f"at most {limit} {what} in one drawing", fix="clear the drawing")
        )
