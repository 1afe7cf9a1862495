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
from functools import cached_property

import cv2
import numpy as np

from sprint_live.live.canvas.compositing import PAPER_U8, blank_lines, faded_lines, over
from sprint_live.live.canvas.edits import FIRST_LAYERS, Arrange, Entry, Layer, Mark, settle, white
from sprint_live.live.canvas.image_strokes import lay_picture
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.ink import boxes_px, draw_stroke
from sprint_live.live.canvas.painted_page import PaintedPage
from sprint_live.live.canvas.strokes import CANVAS_PX, WHOLE_TOOLS, Stroke, Tool

__all__ = ["PAPER_U8", "Raster"]

INK_U8 = 0
CLEAR = (0, 0, 0, 0)
MOST_REPAIRED = 12  # strokes that came or went; where there are more, the paper is drawn anew


class _Sheet:
    """What lies on one layer."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self.paint_u8: np.ndarray | None = None  # RGBA; None until there is paint: most layers have none

    @cached_property
    def lines_u8(self) -> np.ndarray:
        """Blank until it is drawn on, and allocated on first use: a viewer who never draws costs no 1 MiB buffer."""
        return blank_lines()

    def draw(self, stroke: Stroke, first_point: int) -> None:
        if stroke.tool in (Tool.BRUSH, Tool.ERASER):
            shade = INK_U8 if stroke.tool is Tool.BRUSH else PAPER_U8
            draw_stroke(self.lines_u8, stroke, (shade,), first_point)
        elif self.paint_u8 is None:
            self.paint_u8 = np.zeros((CANVAS_PX, CANVAS_PX, 4), dtype=np.uint8)
        if stroke.tool is Tool.PICTURE:
            if first_point < stroke.num_points and self.paint_u8 is not None:  # once: its edges are soft
                lay_picture(self.paint_u8, stroke, self._pictures.pixels(stroke.picture))
        elif stroke.tool is not Tool.BRUSH and self.paint_u8 is not None:
            color = CLEAR if stroke.tool is Tool.ERASER else (*stroke.rgb, 255)
            draw_stroke(self.paint_u8, stroke, color, first_point)

    def patch(self, holes: np.ndarray, strokes: list[Stroke]) -> None:
        """Redraw all `strokes` within the boxes (N, 4)."""
        drawn = [stroke for stroke in strokes if stroke.points]
        boxes = boxes_px(drawn) if drawn else np.zeros((0, 4), int)
        has_paint = any(stroke.tool not in (Tool.BRUSH, Tool.ERASER) for stroke in strokes)
        if not has_paint:
            self.paint_u8 = None
        elif self.paint_u8 is None:
            self.paint_u8 = np.zeros((CANVAS_PX, CANVAS_PX, 4), dtype=np.uint8)
        for left, top, right, bottom in holes:
            fresh = _Sheet(self._pictures)
            for i in np.flatnonzero(
                (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
            ):
                fresh.draw(drawn[i], 0)
            self.lines_u8[top:bottom, left:right] = fresh.lines_u8[top:bottom, left:right]
            if self.paint_u8 is not None:
                self.paint_u8[top:bottom, left:right] = (
                    0 if fresh.paint_u8 is None else fresh.paint_u8[top:bottom, left:right]
                )


class Raster:
    """The paper of one session, kept up to date with the least work. Used by the worker's thread only.

    pictures: where the bytes of those are that strokes name; none by default.
    """

    def __init__(self, pictures: Pictures | None = None) -> None:
        self._pictures = pictures or Pictures()
        self._entries: tuple[Entry, ...] = ()
        self._without: Raster | None = None  # the same without pictures, once that is asked for
        self._forget()

    def update(self, entries: tuple[Entry, ...]) -> np.ndarray:
        """The lines as a new (1024, 1024) uint8 array. Draws only what is new where possible.

        Raises: SketchError if a picture is missing or damaged.
        """
        marks = self._settled(entries)
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
        return self._stacked_lines()

    def painting(self, *, with_lines: bool) -> np.ndarray | None:
        """The paint of the last `update`, perhaps with the lines over it:
        (1024, 1024, 3) RGB uint8, None for white paper.
        """
        page_u8 = self._page.page(self._paint())
        if not with_lines:
            return None if page_u8 is None else page_u8.copy()
        if white(self._entries):
            return None
        lines_u8 = cv2.cvtColor(self._stacked_lines(), cv2.COLOR_GRAY2RGB)
        return lines_u8 if page_u8 is None else cv2.multiply(page_u8, lines_u8, scale=1 / 255)

    def colors(self) -> np.ndarray | None:
        """What was painted and filled as of the last `update`, for a model that reads colors:
        (1024, 1024, 4) RGBA uint8 with premultiplied alpha, not to be written into, or None.

        A picture that is laid on the paper is for the eye, to draw over: it is no color of the page.
        """
        if not any(map(_is_picture, self._marks)):
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
        self._marks: tuple[Mark, ...] = ()
        self._layers: tuple[Layer, ...] = FIRST_LAYERS
        self._sheets = {layer.layer_id: _Sheet(self._pictures) for layer in FIRST_LAYERS}

    def _repair(self, marks: tuple[Mark, ...]) -> bool:
        """Redraw only where a few strokes changed. False if layers changed: then everything is redrawn.

        The strokes that touch such a box are drawn whole on a separate sheet, and the box is copied, so the bytes equal
        those of a complete redraw. An undo among 2,000 strokes takes 7 ms of CPU time instead of 250.
        """
        arranged, rearranged = ([mark for mark in state if isinstance(mark, Arrange)] for state in (self._marks, marks))
        before, after = (Counter(mark for mark in state if isinstance(mark, Stroke)) for state in (self._marks, marks))
        changed = [
            *(before - after),
            *(after - before),
        ]  # by value: what was moved long ago is computed anew, and equal
        if (
            arranged != rearranged
            or len(changed) > MOST_REPAIRED
            or _loses_a_layer(self._marks)
            or _loses_a_layer(marks)
        ):
            return False
        for layer_id in {mark.layer for mark in changed if mark.points}:
            strokes = [mark for mark in marks if isinstance(mark, Stroke) and mark.layer == layer_id]
            holes = boxes_px([mark for mark in changed if mark.points and mark.layer == layer_id])
            self._sheets[layer_id].patch(holes, strokes)
            self._paint_changed(holes)
        return True

    def _settled(self, entries: tuple[Entry, ...]) -> tuple[Mark, ...]:
        """`settle(entries)`, without its arithmetic while a stroke grows: edits far back need not be applied again."""
        before = self._entries
        if (
            before
            and _continues(before, entries)
            and all(isinstance(entry, Stroke | Arrange) for entry in entries[len(before) :])
        ):
            if isinstance(before[-1], Stroke):
                return (*self._marks[:-1], *entries[len(before) - 1 :])  # pyright: ignore[reportReturnType]
            return (*self._marks, *entries[len(before) :])  # pyright: ignore[reportReturnType]  # strokes and layers
        return settle(entries)

    def _shown(self) -> list[tuple[_Sheet, Layer]]:
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
            lower.lines_u8 = cv2.multiply(lines_u8, faded_lines(upper.lines_u8, above), scale=1 / 255)
            lower.paint_u8 = over(over(None, lower.paint_u8, below), upper.paint_u8, above)
        self._page.changed()
        self._colors.changed()
        self._layers = arrange.layers
        self._sheets = {
            layer.layer_id: self._sheets.get(layer.layer_id) or _Sheet(self._pictures) for layer in arrange.layers
        }


def _is_picture(mark: Mark) -> bool:
    return isinstance(mark, Stroke) and mark.tool is Tool.PICTURE


def _loses_a_layer(marks: tuple[Mark, ...]) -> bool:
    """True if layers were merged or deleted, so that a layer has more or less than its own strokes."""
    known = {layer.layer_id for layer in FIRST_LAYERS}
    for mark in marks:
        if isinstance(mark, Arrange):
            layers = {layer.layer_id for layer in mark.layers}
            if not known <= layers:  # a merge, too: the upper one goes
                return True
            known = layers
    return False


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
