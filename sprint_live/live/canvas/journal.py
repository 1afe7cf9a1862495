"""The journal of a drawing: every entry in order, what was undone, and the stroke that is still being drawn.

Pure values: each operation returns a new journal, so a snapshot for the worker is a reference and undo can never lose
anything. A point added to a stroke costs the same in a drawing of 20 strokes and of 20,000: see `history`. Undo has no
depth limit but the point budget of a session, which counts undone entries too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sprint_live.coded_text import coded
from sprint_live.errors import MessageTooLarge, ProtocolError
from sprint_live.live.canvas.edits import FIRST_LAYERS, Arrange, Copy, Edit, Entry, Layer, Remove, num_named
from sprint_live.live.canvas.history import History
from sprint_live.live.canvas.strokes import POINT_BYTES, Clear, Stroke

__all__ = ["MAX_ENTRIES", "MAX_POINTS", "Journal", "require_sound", "weight"]

MAX_POINTS = 200_000
MAX_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Journal:
    """A drawing and its history.

    history: what counts now, oldest first. undone: most recently undone last. open_id: id of the stroke under the pen
    (always the last entry) or None. num_points: points, and strokes named by edits, in entries and undone together.
    """

    history: History = field(default_factory=History)
    undone: tuple[Entry, ...] = ()
    open_id: int | None = None
    num_points: int = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that count now, oldest first, in a new tuple."""
        return self.history.entries

    @property
    def pen_down(self) -> bool:
        """True while a stroke is being drawn."""
        return self.open_id is not None

    def visible(self) -> tuple[Entry, ...]:
        """What makes the paper: the entries after the last clear, oldest first, behind the layers as they were then."""
        return self.history.visible

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers as they are now, lowest first."""
        return self.history.layers

    def begin(self, stroke: Stroke) -> Journal:
        """Begin a stroke, without points yet. What was undone is dropped, and a stroke that is still open ends.

        Raises: ProtocolError if its layer is not there; MessageTooLarge past 20,000 entries.
        """
        _require_known_layers((stroke,), self.layers)
        return self._with(stroke, stroke.stroke_id)

    def edit(self, edit: Edit) -> Journal:
        """Move, copy or remove strokes, or arrange the layers, as an entry that undo takes back.

        Raises: ProtocolError if its layer is not there, or a copy does not say how many points it makes;
        MessageTooLarge past the limits of a session.
        """
        _require_known_layers((edit,), self.layers)
        if isinstance(edit, Copy):
            _require_true_copies((*self.entries, edit))
        return self._with(edit, None)

    def _with(self, entry: Entry, open_id: int | None) -> Journal:
        if len(self.history) >= MAX_ENTRIES:
            given = {"number": len(self.history) + 1, "most": MAX_ENTRIES}
            raise MessageTooLarge(coded("drawing.too_many_strokes", given))
        num_points = self.num_points - sum(map(weight, self.undone)) + weight(entry)
        _require_room(num_points)
        return Journal(self.history.with_entry(entry), (), open_id, num_points)

    def append(self, stroke_id: int, points: bytes) -> Journal:
        """Add points to the open stroke.

        Raises: ProtocolError if `stroke_id` is not the open stroke; MessageTooLarge past 200,000 points a session.
        """
        if self.open_id is None or self.open_id != stroke_id:
            raise ProtocolError(coded("stroke.not_open", {"stroke": stroke_id, "open": self.open_id}))
        num_points = self.num_points + len(points) // POINT_BYTES
        _require_room(num_points)
        stroke = self.history.last
        assert isinstance(stroke, Stroke)
        return replace(self, history=self.history.with_last(stroke.extended(points)), num_points=num_points)

    def end(self, stroke_id: int) -> Journal:
        """Lift the pen. Does nothing if the stroke is not open: an undo may have come first."""
        return replace(self, open_id=None) if self.open_id == stroke_id else self

    def undo(self) -> Journal:
        """Undo the last entry. An empty journal stays as it is."""
        last = self.history.last
        if last is None:
            return self
        return Journal(self.history.without_last(), (*self.undone, last), None, self.num_points)

    def redo(self) -> Journal:
        """Redo the last undone entry, if there is one."""
        if not self.undone:
            return self
        return Journal(self.history.with_entry(self.undone[-1]), self.undone[:-1], None, self.num_points)

    def clear(self) -> Journal:
        """White paper, as an entry that undo takes back. Clearing white paper changes nothing."""
        if not any(isinstance(entry, Stroke) for entry in self.visible()):
            return self if self.open_id is None else replace(self, open_id=None)
        return self._with(Clear(), None)


def weight(entry: Entry) -> int:
    """What an entry counts toward the limit of a session: its points, plus the strokes that it names."""
    return num_named(entry) + (entry.num_points if isinstance(entry, Stroke | Copy) else 0)


def require_sound(entries: Iterable[Entry]) -> None:
    """Raises: ProtocolError if one of `entries`, the whole history in its order, uses a layer that is not there then,
    or is a copy that does not say how many points it makes.
    """
    entries = tuple(entries)
    _require_known_layers(entries)
    if any(isinstance(entry, Copy) for entry in entries):
        _require_true_copies(entries)


def _require_true_copies(entries: Iterable[Entry]) -> None:
    """Raises: ProtocolError if a copy claims a wrong number of points.

    A copy of copies doubles the drawing, and the limit counts what each copy claims to add.
    """
    points_of: dict[int, int] = {}  # stroke id -> points of all strokes under it
    for entry in entries:
        if isinstance(entry, Stroke):
            points_of[entry.stroke_id] = points_of.get(entry.stroke_id, 0) + entry.num_points
        elif isinstance(entry, Clear):
            points_of = {}
        elif isinstance(entry, Remove):
            for stroke_id in entry.stroke_ids:
                points_of.pop(stroke_id, None)
        elif isinstance(entry, Copy):
            made = [(entry.first_id + k, points_of[i]) for k, i in enumerate(entry.by.stroke_ids) if i in points_of]
            num_points = sum(count for _, count in made)
            if num_points != entry.num_points:
                given = {"claimed": entry.num_points, "points": num_points}
                raise ProtocolError(coded("edit.copy_points", given))
            for stroke_id, count in made:
                points_of[stroke_id] = points_of.get(stroke_id, 0) + count


def _require_known_layers(entries: Iterable[Entry], layers: tuple[Layer, ...] = FIRST_LAYERS) -> None:
    """Raises: ProtocolError if one of `entries`, in this order, uses a layer that is not there then."""
    known = {layer.layer_id for layer in layers}
    for entry in entries:
        used = {entry.layer} if isinstance(entry, Stroke | Copy) else set(getattr(entry, "merged", None) or ())
        if not used <= known:
            raise ProtocolError(coded("layer.unknown", {"layer": max(used - known), "layers": sorted(known)}))
        if isinstance(entry, Arrange):
            known = {layer.layer_id for layer in entry.layers}


def _require_room(num_points: int) -> None:
    if num_points > MAX_POINTS:
        raise MessageTooLarge(coded("drawing.too_many_points", {"number": num_points, "most": MAX_POINTS}))
