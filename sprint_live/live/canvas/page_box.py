"""The visible paper: the part of the square canvas that has the picture's shape.

Its longer side is the canvas's whole side, and it is centered. So a stroke keeps its place and width when the shape
changes, and the journal still has the parts outside the paper. web/canvas/page-box.js shows the same part.

Knows: the canvas's units.  Must not know: strokes, engines.
"""

from __future__ import annotations

import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX

__all__ = ["paper_box", "paper_of"]


def paper_box(width: int, height: int) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) in canvas px of the paper of a picture of width x height;
    its sides are even numbers.
    """
    longer = max(width, height)
    half_width, half_height = (CANVAS_PX * side // (2 * longer) for side in (width, height))
    middle = CANVAS_PX // 2
    return middle - half_width, middle - half_height, middle + half_width, middle + half_height


def paper_of(canvas_u8: np.ndarray, width: int, height: int) -> np.ndarray:
    """The paper's part of a canvas (1024, 1024) or (1024, 1024, channels), contiguous."""
    left, top, right, bottom = paper_box(width, height)
    return np.ascontiguousarray(canvas_u8[top:bottom, left:right])
