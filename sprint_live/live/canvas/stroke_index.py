"""Where the strokes of a drawing lie, remembered, and where two states of a drawing differ.

Both look at what changed and not at the whole drawing: an undo costs the same among 20 strokes and among 2,000.

Knows: strokes, edits.  Must not know: pixels, sessions, the wire.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sprint_live.live.canvas.edits import Mark
from sprint_live.live.canvas.ink import boxes_px
from sprint_live.live.canvas.sheet import Content, content_of
from sprint_live.live.canvas.strokes import Stroke

__all__ = ["StrokeIndex", "same_beginning", "same_ends"]

LAYER, IS_PAINT, COLUMNS = 4, 5, 8  # behind left, top, right, bottom; IS_PAINT begins the fields of `Content`
NO_LAYER = -1


def same_beginning(before: tuple[object, ...], after: tuple[object, ...]) -> int:
    """How many items both begin with. The end is looked at first, because drawings change there."""
    differs = min(len(before), len(after)) + 1  # the shortest beginning that is known to differ
    same, step = differs - 1, 1
    while before[:same] != after[:same]:
        differs, same, step = same, max(0, same - step), 2 * step
    while same + 1 < differs:
        middle = (same + differs) // 2
        if before[same:middle] == after[same:middle]:
            same = middle
        else:
            differs = middle
    return same


def same_ends(before: tuple[object, ...], after: tuple[object, ...]) -> tuple[int, int]:
    """How many items both begin with, and with how many of the others both end."""
    begin = same_beginning(before, after)
    return begin, same_beginning(before[begin:][::-1], after[begin:][::-1])


class StrokeIndex:
    """Box, layer and kind of every stroke of a drawing."""

    def __init__(self) -> None:
        self._marks: tuple[Mark, ...] = ()
        self._rows = _rows(())

    def update(self, marks: tuple[Mark, ...]) -> None:
        """The drawing is `marks` now."""
        begin, end = same_ends(self._marks, marks)
        fresh = _rows(marks[begin : len(marks) - end])
        self._rows = np.concatenate([self._rows[:begin], fresh, self._rows[len(self._marks) - end :]])
        self._marks = marks

    def touching(self, box: np.ndarray, layer_id: int) -> Iterator[Stroke]:
        """The strokes of a layer whose ink may be within a box (4,) int, in their order."""
        left, top, right, bottom = box
        rows = self._rows
        within = (rows[:, 0] < right) & (rows[:, 2] > left) & (rows[:, 1] < bottom) & (rows[:, 3] > top)
        for i in np.flatnonzero(within & (rows[:, LAYER] == layer_id)):
            mark = self._marks[i]
            assert isinstance(mark, Stroke), "only strokes have a layer"
            yield mark

    def content(self, layer_id: int) -> Content:
        """What the strokes of a layer are."""
        rows = self._rows[self._rows[:, LAYER] == layer_id]
        return Content(*(bool(rows[:, column].any()) for column in range(IS_PAINT, COLUMNS)))


def _rows(marks: Sequence[Mark]) -> np.ndarray:
    """(N, 8) int: left, top, right, bottom in px, layer, and a 1 for each field of `Content` that it makes true.

    Without points the box is empty.
    """
    rows = np.zeros((len(marks), COLUMNS), int)
    rows[:, LAYER] = NO_LAYER
    strokes = [(i, mark) for i, mark in enumerate(marks) if isinstance(mark, Stroke)]
    for i, stroke in strokes:
        rows[i, LAYER:] = stroke.layer, *content_of(stroke)
    drawn = [(i, stroke) for i, stroke in strokes if stroke.points]
    if drawn:
        rows[[i for i, _ in drawn], :LAYER] = boxes_px([stroke for _, stroke in drawn])
    return rows
