"""A resent drawing, put together from its RESTORE messages before it replaces anything.

The drawing on the server stays as it is until the last part has come, so a person never sees half of a drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sprint_live.coded_text import coded
from sprint_live.live.canvas.edits import Entry, num_named
from sprint_live.live.canvas.history import History
from sprint_live.live.canvas.journal import MAX_ENTRIES, MAX_POINTS, Journal, require_sound, weight
from sprint_live.live.canvas.strokes import POINT_BYTES, Stroke
from sprint_live.live.wire.protocol import (
    MAX_POINTS_A_MESSAGE,
    POLICY,
    TOO_BIG,
    Record,
    Restore,
    violation,
    violation_of,
)

__all__ = ["Restoration", "restore_messages"]


@dataclass(slots=True)
class Restoration:
    """Collects the parts of one resent drawing."""

    entries: list[Entry] = field(default_factory=list)
    undone: list[Entry] = field(default_factory=list)
    open_id: int | None = None
    num_points: int = 0

    def add(self, records: tuple[Record, ...]) -> None:
        """Take in one part.

        Raises: ProtocolError if a part continues a stroke that is not there; MessageTooLarge past the session's limits.
        """
        for record in records:
            target = self.undone if record.undone else self.entries
            if record.entry is None:
                if not target or not isinstance(target[-1], Stroke):
                    raise violation(POLICY, "more points without a stroke", "a stroke before its points")
                target[-1] = target[-1].extended(record.more)
                self.num_points += len(record.more) // POINT_BYTES
            else:
                target.append(record.entry)
                self.num_points += weight(record.entry)
                if record.still_open and isinstance(record.entry, Stroke) and not record.undone:
                    self.open_id = record.entry.stroke_id
        num_entries = len(self.entries) + len(self.undone)
        if num_entries > MAX_ENTRIES:
            given = {"number": num_entries, "most": MAX_ENTRIES}
            raise violation_of(TOO_BIG, coded("drawing.too_many_strokes", given))
        if self.num_points > MAX_POINTS:
            given = {"number": self.num_points, "most": MAX_POINTS}
            raise violation_of(TOO_BIG, coded("drawing.too_many_points", given))

    def journal(self) -> Journal:
        """The drawing as it was; a stroke counts as open only if it is the last entry.

        Raises: ProtocolError if an entry uses a layer that is not there, or a copy does not say how many points it
        makes.
        """
        require_sound([*self.entries, *reversed(self.undone)])
        last = self.entries[-1] if self.entries else None
        is_open = isinstance(last, Stroke) and last.stroke_id == self.open_id
        return Journal(History.of(self.entries), tuple(self.undone), self.open_id if is_open else None, self.num_points)


def restore_messages(journal: Journal, seq: int) -> list[Restore]:
    """The RESTOREs that bring `journal` to a server, numbered from `seq`;
    the client's twin is web/canvas/journal.js.
    """
    parts: list[list[Record]] = [[]]
    room = MAX_POINTS_A_MESSAGE
    every = [(entry, False) for entry in journal.entries] + [(entry, True) for entry in journal.undone]
    for i, (entry, undone) in enumerate(every):
        if not isinstance(entry, Stroke):
            if num_named(entry) > room:
                parts.append([])
                room = MAX_POINTS_A_MESSAGE
            parts[-1].append(Record(entry, undone))
            room -= num_named(entry)
            continue
        still_open = journal.pen_down and i == len(journal.history) - 1
        left = entry.points
        head = True
        while head or left:
            if room == 0:
                parts.append([])
                room = MAX_POINTS_A_MESSAGE
            now, left = left[: room * POINT_BYTES], left[room * POINT_BYTES :]
            pen = replace(entry, points=now) if head else None
            parts[-1].append(Record(pen, undone, still_open and head, b"" if head else now))
            room -= len(now) // POINT_BYTES
            head = False
    last = len(parts) - 1
    return [Restore(seq + i, i == 0, i == last, tuple(records)) for i, records in enumerate(parts)]
