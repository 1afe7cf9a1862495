"""What lies on one layer of a drawing: its lines and its paint as pixels.

Knows: strokes, pictures, pixels.  Must not know: layers above and below, edits, sessions.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sprint_live.live.canvas.compositing import PAPER_U8, blank_lines
from sprint_live.live.canvas.image_strokes import lay_picture
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.ink import draw_stroke
from sprint_live.live.canvas.strokes import CANVAS_PX, Stroke, Tool

__all__ = ["Content", "Sheet", "content_of"]

INK_U8 = 0
CLEAR = (0, 0, 0, 0)


class Content(NamedTuple):
    """What the strokes of a layer are.

    paint: one that is neither line nor eraser. pictures: one that is a picture. strokes: one that has points.
    """

    paint: bool = False
    pictures: bool = False
    strokes: bool = False

    def and_also(self, other: Content) -> Content:
        """What both are together."""
        return Content(*(one or two for one, two in zip(self, other, strict=True)))


def content_of(stroke: Stroke) -> Content:
    """What a layer with this stroke alone has."""
    is_paint = stroke.tool not in (Tool.BRUSH, Tool.ERASER)
    return Content(is_paint, stroke.tool is Tool.PICTURE, stroke.num_points > 0)


class Sheet:
    """The lines (1024, 1024) and the paint (1024, 1024, 4) of one layer, uint8; `content` says what was drawn."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self.content = Content()
        self.paint_u8: np.ndarray | None = None  # RGBA; None until there is paint: most layers have none

    @cached_property
    def lines_u8(self) -> np.ndarray:
        """Blank until it is drawn on, and allocated on first use: a viewer who never draws costs no 1 MiB buffer."""
        return blank_lines()

    def draw(self, stroke: Stroke, first_point: int) -> None:
        """Draw a stroke from `first_point` on; a picture only whole.

        Raises: SketchError if its picture is missing or damaged.
        """
        self.content = self.content.and_also(content_of(stroke))
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

    def hold(self, content: Content) -> None:
        """Drop the paint, or begin it: these are the strokes of the layer now."""
        self.content = content
        if not content.paint:
            self.paint_u8 = None
        elif self.paint_u8 is None:
            self.paint_u8 = np.zeros((CANVAS_PX, CANVAS_PX, 4), dtype=np.uint8)

    def redraw(self, box: np.ndarray, strokes: Iterable[Stroke]) -> None:
        """Redraw the box (4,) int: left, top, right, bottom, which no other strokes touch.

        The strokes are drawn whole on a separate sheet, and the box is copied: the bytes are those of a whole drawing.
        """
        left, top, right, bottom = box
        fresh = Sheet(self._pictures)
        for stroke in strokes:
            fresh.draw(stroke, 0)
        self.lines_u8[top:bottom, left:right] = fresh.lines_u8[top:bottom, left:right]
        if self.paint_u8 is not None:
            self.paint_u8[top:bottom, left:right] = (
                0 if fresh.paint_u8 is None else fresh.paint_u8[top:bottom, left:right]
            )
