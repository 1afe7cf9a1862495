"""The paper of a session: the entries of its journal as one sheet of lines and one of paint, kept up to date.

Every layer has its own lines (black on white) and paint (premultiplied, transparent where there is none). Lines lie
over all paint, whichever layer they are on, because they are what the model follows. Opacity fades both: paint lets
what is under it through, a line turns gray, and a gray line is a weaker control.
web/canvas/raster.js is the twin of this file.

Knows: strokes, layers, pictures, pixels.  Must not know: engines, sessions, the wire.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from sprint_live.errors import SketchError
from sprint_live.live.canvas.compositing import PAPER_U8, blank_lines, faded_lines, over
from sprint_live.live.canvas.edits import FIRST_LAYERS, Arrange, Entry, Layer, Mark, settle
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.ink import boxes_px
from sprint_live.live.canvas.painted_page import PaintedPage
from sprint_live.live.canvas.sheet import Sheet
from sprint_live.live.canvas.stroke_index import StrokeIndex, same_beginning, same_ends
from sprint_live.live.canvas.strokes import WHOLE_TOOLS, Stroke, Tool

__all__ = ["PAPER_U8", "Raster"]

MOST_REPAIRED = 12  # strokes that came or went; where there are more, the paper is drawn anew


class Raster:
    """The paper of one session, kept up to date with the least work. Used by the worker's thread only.

    pictures: where the bytes of those are that strokes name; none by default.
    """

    def __init__(self, pictures: Pictures | None = None) -> None:
        self._pictures = pictures or Pictures()
        self._index = StrokeIndex()
        self._without: Raster | None = None  # the same without pictures, once that is asked for
        self._forget()

    def update(self, entries: tuple[Entry, ...]) -> np.ndarray:
        """The lines as a new (1024, 1024) uint8 array. Draws only what is new where possible.

        Raises: SketchError if a picture is missing or damaged.
        """
        try:
            self._draw(entries, self._settled(entries))
        except SketchError:
            self._forget()  # half of it is drawn
            raise
        return self._stacked_lines()

    def _draw(self, entries: tuple[Entry, ...], marks: tuple[Mark, ...]) -> None:
        if not _continues(self._marks, marks):
            if self._repair(marks):
                self._marks = marks
            else:
                self._forget()
        num_done = len(self._marks)
        drawn = [
            mark
            for mark in marks[max(0, num_done - 1) :]
            if isinstance(mark, Stroke) and mark.tool is not Tool.BRUSH and mark.points
        ]
        if drawn:
            self._paint_changed(boxes_px(drawn))
        for i in range(max(0, num_done - 1), len(marks)):
            self._add(marks[i], self._marks[i] if i < num_done else None)
        self._entries, self._marks = entries, marks

    def painting(self, *, with_lines: bool) -> np.ndarray | None:
        """The paint of the last `update`, perhaps with the lines over it:
        (1024, 1024, 3) RGB uint8, None for white paper.
        """
        page_u8 = self._page.page(self._paint())
        if not with_lines:
            return None if page_u8 is None else page_u8.copy()
        if not any(sheet.content.strokes for sheet, _ in self._shown()):
            return None
        lines_u8 = cv2.cvtColor(self._stacked_lines(), cv2.COLOR_GRAY2RGB)
        return lines_u8 if page_u8 is None else cv2.multiply(page_u8, lines_u8, scale=1 / 255)

    def colors(self) -> np.ndarray | None:
        """What was painted and filled as of the last `update`, for a model that reads colors:
        (1024, 1024, 4) RGBA uint8 with premultiplied alpha, not to be written into, or None.

        A picture that is laid on the paper is for the eye, to draw over: it is no color of the page.
        """
        if not any(sheet.content.pictures for sheet in self._sheets.values()):
            return self._colors.page(self._paint())
        if self._without is None:
            self._without = Raster()
        self._without.update(tuple(mark for mark in self._marks if not _is_picture(mark)))
        return self._without.colors()

    def _paint(self) -> list[tuple[np.ndarray | None, int]]:
        return [(sheet.paint_u8, layer.opacity) for sheet, layer in self._shown()]

    def _paint_changed(self, boxes: Iterable[tuple[int, int, int, int]]) -> None:
        boxes = list(boxes)
        self._page.changed(boxes)
        self._colors.changed(boxes)

    def _forget(self) -> None:
        self._page, self._colors = PaintedPage(on_white=True), PaintedPage(on_white=False)
        self._entries: tuple[Entry, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._layers: tuple[Layer, ...] = FIRST_LAYERS
        self._lost_a_layer = False  # merged or deleted: a layer has more or less than its own strokes
        self._sheets = {layer.layer_id: Sheet(self._pictures) for layer in FIRST_LAYERS}

    def _repair(self, marks: tuple[Mark, ...]) -> bool:
        """Redraw only where a few strokes changed. False if layers changed: then everything is redrawn.

        Only the part of the drawing in which the two states differ is looked at, and what touches the changed boxes. An
        undo among 2,000 short strokes takes 5 ms of CPU time, in which those beneath it are drawn again, not 250.
        """
        begin, end = same_ends(self._marks, marks)
        before, after = self._marks[begin : len(self._marks) - end], marks[begin : len(marks) - end]
        changed = _changed(before, after)
        if changed is None or self._lost_a_layer:
            return False
        self._index.update(marks)
        for layer_id in {stroke.layer for stroke in changed}:
            sheet = self._sheets[layer_id]
            sheet.hold(self._index.content(layer_id))
            drawn = [stroke for stroke in changed if stroke.points and stroke.layer == layer_id]
            holes = boxes_px(drawn) if drawn else np.zeros((0, 4), int)
            for hole in holes:
                sheet.redraw(hole, self._index.touching(hole, layer_id))
            self._paint_changed(holes)
        return True

    def _settled(self, entries: tuple[Entry, ...]) -> tuple[Mark, ...]:
        """`settle(entries)`, without its arithmetic where only strokes and layers came or went at the end."""
        before = self._entries
        same = same_beginning(before, entries)
        went, came = before[same:], entries[same:]
        if all(isinstance(entry, Stroke | Arrange) for entry in (*went, *came)):
            return (*self._marks[: len(self._marks) - len(went)], *came)  # pyright: ignore[reportReturnType]
        return settle(entries)

    def _shown(self) -> list[tuple[Sheet, Layer]]:
        return [(self._sheets[layer.layer_id], layer) for layer in self._layers if layer.shown]

    def _stacked_lines(self) -> np.ndarray:
        stack_u8 = None
        for sheet, layer in self._shown():
            faded_u8 = faded_lines(sheet.lines_u8, layer.opacity)
            stack_u8 = faded_u8 if stack_u8 is None else cv2.multiply(stack_u8, faded_u8, scale=1 / 255)
        return blank_lines() if stack_u8 is None else stack_u8

    def _add(self, mark: Mark, drawn: Mark | None) -> None:
        if isinstance(mark, Arrange):
            if drawn is None:
                self._arrange(mark)
        else:
            self._sheets[mark.layer].draw(mark, drawn.num_points if isinstance(drawn, Stroke) else 0)

    def _arrange(self, arrange: Arrange) -> None:
        if arrange.merged:
            opacity = {layer.layer_id: layer.opacity for layer in self._layers}
            upper, lower = (self._sheets[layer_id] for layer_id in arrange.merged)
            above, below = (opacity[layer_id] for layer_id in arrange.merged)
            lines_u8 = faded_lines(lower.lines_u8, below)
            lower.content = lower.content.and_also(upper.content)
            lower.lines_u8 = cv2.multiply(lines_u8, faded_lines(upper.lines_u8, above), scale=1 / 255)
            lower.paint_u8 = over(over(None, lower.paint_u8, below), upper.paint_u8, above)
        self._page.changed()
        self._colors.changed()
        self._layers = arrange.layers
        kept = {layer.layer_id for layer in arrange.layers}
        self._lost_a_layer |= not kept.issuperset(self._sheets)  # a merge, too: the upper one goes
        self._sheets = {
            layer.layer_id: self._sheets.get(layer.layer_id) or Sheet(self._pictures) for layer in arrange.layers
        }


def _is_picture(mark: Mark) -> bool:
    return isinstance(mark, Stroke) and mark.tool is Tool.PICTURE


def _changed(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> list[Stroke] | None:
    """The strokes that came or went, at most 12. None if more did, or layers were arranged, or the order changed.

    They are compared by value: a stroke that was moved long ago is computed anew, and equal.
    """
    arranged, rearranged = ([mark for mark in marks if isinstance(mark, Arrange)] for marks in (before, after))
    old, new = ([mark for mark in marks if isinstance(mark, Stroke)] for marks in (before, after))
    went, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
    changed = {*went, *came}
    stayed, stays = ([stroke for stroke in strokes if stroke not in changed] for strokes in (old, new))
    if arranged != rearranged or len(changed) > MOST_REPAIRED or stayed != stays:
        return None
    return list(changed)


def _continues(before: tuple[Entry, ...], after: tuple[Entry, ...]) -> bool:
    """True if `after` is `before` with points added to its last stroke and entries added at its end."""
    if not before:
        return True
    if len(after) < len(before) or after[: len(before) - 1] != before[:-1]:
        return False
    old, new = before[-1], after[len(before) - 1]
    if old is new or not isinstance(old, Stroke) or not isinstance(new, Stroke) or old.tool in WHOLE_TOOLS:
        return old == new
    return new.points.startswith(old.points) and replace(new, points=b"") == replace(old, points=b"")
