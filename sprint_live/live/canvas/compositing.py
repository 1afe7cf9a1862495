"""Compositing: how a layer of lines and paint fades, and how it covers the layers below it.

Lines are gray, black ink on white; paint is premultiplied RGBA, None where a layer has none.

Knows: pixels.  Must not know: layers, strokes, edits.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX

__all__ = ["PAPER_U8", "blank_lines", "faded_lines", "on_white", "over"]

PAPER_U8 = 255


def blank_lines() -> np.ndarray:
    """An empty page (1024, 1024) uint8."""
    return np.full((CANVAS_PX, CANVAS_PX), PAPER_U8, dtype=np.uint8)


def faded_lines(lines_u8: np.ndarray, opacity: int) -> np.ndarray:
    """A copy whose ink covers `opacity` percent of what it did."""
    return cv2.convertScaleAbs(lines_u8, alpha=opacity / 100, beta=PAPER_U8 * (1 - opacity / 100))


def over(below_u8: np.ndarray | None, above_u8: np.ndarray | None, opacity: int) -> np.ndarray | None:
    """A new image: `above_u8` faded to `opacity` percent, over `below_u8`. Both are premultiplied RGBA or None."""
    if above_u8 is None:
        return below_u8
    faded_u8 = cv2.convertScaleAbs(above_u8, alpha=opacity / 100)
    if below_u8 is None:
        return faded_u8
    let_through_u8 = cv2.merge([255 - faded_u8[..., 3]] * 4)
    return cv2.add(faded_u8, cv2.multiply(below_u8, let_through_u8, scale=1 / 255))


def on_white(paint_u8: np.ndarray) -> np.ndarray:
    """Premultiplied paint (H, W, 4) uint8 -> (H, W, 3) on white."""
    return cv2.add(np.ascontiguousarray(paint_u8[..., :3]), cv2.merge([255 - paint_u8[..., 3]] * 3))
