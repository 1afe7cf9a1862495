"""All paint of the shown layers as one picture, kept: only the rectangle in which paint changed is composited again.

Of three painted layers under a stroke of 100 px it takes 0.2 ms of CPU time instead of 11.5.

Knows: layers' paint, compositing.  Must not know: strokes, edits, sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sprint_live.live.canvas.compositing import on_white, over
from sprint_live.live.canvas.strokes import CANVAS_PX

__all__ = ["PaintedPage"]

WHOLE = (0, 0, CANVAS_PX, CANVAS_PX)
NOTHING = (CANVAS_PX, CANVAS_PX, 0, 0)  # left, top, right, bottom that any rectangle enlarges


class PaintedPage:
    """on_white: RGB, the paint on white paper; otherwise RGBA with premultiplied alpha."""

    def __init__(self, *, on_white: bool) -> None:
        self._on_white = on_white
        self._page_u8: np.ndarray | None = None
        self._stale = WHOLE

    def changed(self, boxes: Iterable[tuple[int, int, int, int]] = (WHOLE,)) -> None:
        """Paint came or went within these rectangles (left, top, right, bottom); without an argument, anywhere."""
        for left, top, right, bottom in boxes:
            stale = self._stale
            self._stale = (min(stale[0], left), min(stale[1], top), max(stale[2], right), max(stale[3], bottom))

    def forget(self) -> None:
        """As new."""
        self._page_u8, self._stale = None, WHOLE

    def page(self, layers: Sequence[tuple[np.ndarray | None, int]]) -> np.ndarray | None:
        """(1024, 1024, 3 or 4) uint8, which is not to be written into; None where no layer has paint.

        layers: (premultiplied RGBA paint or None, opacity in percent), lowest first.
        """
        if all(paint_u8 is None for paint_u8, _ in layers):
            self.forget()
            return None
        if self._page_u8 is None:
            self._page_u8 = np.empty((CANVAS_PX, CANVAS_PX, 3 if self._on_white else 4), dtype=np.uint8)
            self._stale = WHOLE
        left, top, right, bottom = self._stale
        if left < right and top < bottom:
            stack_u8 = None
            for paint_u8, opacity in layers:
                part_u8 = None if paint_u8 is None else np.ascontiguousarray(paint_u8[top:bottom, left:right])
                stack_u8 = over(stack_u8, part_u8, opacity)
            assert stack_u8 is not None, "a layer has paint"
            self._page_u8[top:bottom, left:right] = on_white(stack_u8) if self._on_white else stack_u8
        self._stale = NOTHING
        return self._page_u8
