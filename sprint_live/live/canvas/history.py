"""The entries of a drawing, with summaries that make one more point cost the same in a long drawing as in a short one.

Each entry updates what is visible, on which layers, and how many strokes are shown; nothing is computed from all
entries. The entries before the last are one tuple, shared while a stroke grows: two states of one stroke differ only in
their last entry, and comparing them looks at nothing else.

Knows: strokes, edits.  Must not know: undo, limits, requests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sprint_live.live.canvas.edits import FIRST_LAYERS, Arrange, Entry, Layer, Transform, num_shown
from sprint_live.live.canvas.strokes import Clear, Stroke

__all__ = ["History", "Visible"]


@dataclass(frozen=True, slots=True)
class History:
    """Every entry, oldest first, as `past` and the `last` one (None if there is none).

    start: where what is visible begins, after the last clear. arranged, arranged_before: the layers now and at `start`,
    None where nobody arranged any. num_shown: strokes with points on a layer that is shown.
    """

    past: tuple[Entry, ...] = ()
    last: Entry | None = None
    start: int = 0
    arranged: tuple[Layer, ...] | None = None
    arranged_before: tuple[Layer, ...] | None = None
    num_shown: int = 0

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """The history of these entries, each of which is looked at."""
        entries = tuple(entries)
        if not entries:
            return cls()
        start = next((i + 1 for i in range(len(entries) - 1, -1, -1) if isinstance(entries[i], Clear)), 0)
        arranged_before, arranged = _last_arranged(entries[:start]), _last_arranged(entries)
        bare = cls(entries[:-1], entries[-1], start, arranged, arranged_before)
        return replace(bare, num_shown=num_shown(bare.visible))

    def __len__(self) -> int:
        return len(self.past) + (self.last is not None)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them, in a new tuple."""
        return self.past if self.last is None else (*self.past, self.last)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers as they are now, lowest first."""
        return FIRST_LAYERS if self.arranged is None else self.arranged

    @property
    def visible(self) -> tuple[Entry, ...]:
        """What makes the paper: the entries after the last clear, oldest first, behind the layers as they were then."""
        layers = () if self.arranged_before is None else (Arrange(self.arranged_before),)
        return layers + self.entries[self.start :]

    @property
    def num_visible(self) -> int:
        """How many entries `visible` has."""
        return len(self) - self.start + (self.arranged_before is not None)

    def with_entry(self, entry: Entry) -> History:
        """Append an entry. Only a copy, a removal or new layers need the other entries."""
        grown = replace(self, past=self.entries, last=entry)
        if isinstance(entry, Stroke):
            return replace(grown, num_shown=self.num_shown + self._shows(entry))
        if isinstance(entry, Transform):
            return grown
        if isinstance(entry, Clear):
            return replace(grown, start=len(grown), arranged_before=self.arranged, num_shown=0)
        if isinstance(entry, Arrange):
            grown = replace(grown, arranged=entry.layers)
        return replace(grown, num_shown=num_shown(grown.visible))

    def with_last(self, stroke: Stroke) -> History:
        """Replace the last stroke by one with more points. The other entries are neither copied nor read."""
        return replace(self, last=stroke, num_shown=self.num_shown - self._shows(self.last) + self._shows(stroke))

    def without_last(self) -> History:
        """Remove the last entry. The others are read only if it was neither a stroke nor a transform."""
        if not self.past or not isinstance(self.last, Stroke | Transform):
            return History.of(self.past)
        left = self.num_shown - self._shows(self.last)
        return replace(self, past=self.past[:-1], last=self.past[-1], num_shown=left)

    def _shows(self, entry: Entry | None) -> bool:
        if not isinstance(entry, Stroke) or not entry.points:
            return False
        return any(layer.shown and layer.layer_id == entry.layer for layer in self.layers)


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """The entries that make the paper (`History.visible`), compared by value.

    The same stroke with more points is recognized at once.
    """

    history: History = field(default_factory=History)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Visible:
        """What these entries, from the first one on, put on the paper."""
        return cls(History.of(entries))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries themselves, in a new tuple."""
        return self.history.visible

    @property
    def white(self) -> bool:
        """True if nothing that was drawn is on a layer that is shown."""
        return self.history.num_shown == 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Visible):
            return NotImplemented
        ours, theirs = self.history, other.history
        same_last = ours.last == theirs.last
        if same_last and ours.past is theirs.past:
            return True
        if ours.num_visible != theirs.num_visible:
            return False
        if not same_last and len(ours) > ours.start and len(theirs) > theirs.start:
            return False
        return ours.visible == theirs.visible

    def __hash__(self) -> int:
        return hash((self.history.num_visible, self.history.num_shown))


def _last_arranged(entries: tuple[Entry, ...]) -> tuple[Layer, ...] | None:
    return next((entry.layers for entry in reversed(entries) if isinstance(entry, Arrange)), None)
