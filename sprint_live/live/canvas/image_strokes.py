"""A picture laid onto paint, under the affine map that takes its corners to the stroke's; the twin of `lay` in
web/canvas/ink.js.

Knows: strokes, pixels.  Must not know: layers, where pictures are kept.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX, UNITS_PER_PX, Stroke

__all__ = ["NUM_CORNERS", "lay_picture"]

NUM_CORNERS = 4
SHIFT = 4  # cv2 fixed point: 2**4 = 16 units a pixel, exactly the wire's unit
HALF_PX = UNITS_PER_PX // 2  # wire coordinates count pixel edges, cv2 pixel centers


def lay_picture(paint_u8: np.ndarray, stroke: Stroke, picture_u8: np.ndarray) -> None:
    """Draw `picture_u8` (H, W, 3) where the corners of `stroke` say, onto (1024, 1024, 4) premultiplied RGBA, in place.

    Nothing is drawn before all four corners are there. At its own size and on whole pixels the bytes are the picture's.
    """
    points = stroke.point_array()
    if len(points) != NUM_CORNERS:
        return
    corners = np.stack([points["x"], points["y"]], axis=1).astype(np.int32)
    origin, across, _, down = corners.astype(np.float64) / UNITS_PER_PX
    small_u8 = _reduced(picture_u8, *(math.hypot(*(corner - origin)) for corner in (across, down)))
    height, width = small_u8.shape[:2]
    matrix = np.stack([(across - origin) / width, (down - origin) / height], axis=1)
    shift = origin + matrix @ (0.5, 0.5) - 0.5
    box = np.concatenate([np.floor(corners.min(axis=0) / UNITS_PER_PX), np.ceil(corners.max(axis=0) / UNITS_PER_PX)])
    left, top, right, bottom = np.clip(box, 0, CANVAS_PX).astype(int)
    if left >= right or top >= bottom or abs(np.linalg.det(matrix)) < 1e-9:
        return
    to_box = np.column_stack([matrix, shift - (left, top)])
    laid_u8 = cv2.warpAffine(
        small_u8,
        to_box,
        (int(right - left), int(bottom - top)),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    cover_u8 = np.zeros(laid_u8.shape[:2], np.uint8)
    cv2.fillConvexPoly(
        cover_u8,
        corners - (left * UNITS_PER_PX + HALF_PX, top * UNITS_PER_PX + HALF_PX),
        255,
        lineType=cv2.LINE_AA,
        shift=SHIFT,
    )
    part_u8 = paint_u8[top:bottom, left:right]
    faded_u8 = cv2.multiply(part_u8, cv2.merge([255 - cover_u8] * 4), scale=1 / 255)
    whole_u8 = cv2.merge([*cv2.split(laid_u8), np.full_like(cover_u8, 255)])
    paint_u8[top:bottom, left:right] = cv2.add(
        cv2.multiply(whole_u8, cv2.merge([cover_u8] * 4), scale=1 / 255), faded_u8
    )


def _reduced(picture_u8: np.ndarray, across_px: float, down_px: float) -> np.ndarray:
    """Shrink the picture to the size at which it is laid, because a linear warp would skip pixels."""
    height, width = picture_u8.shape[:2]
    wanted = max(1, min(width, round(across_px))), max(1, min(height, round(down_px)))
    return picture_u8 if wanted == (width, height) else cv2.resize(picture_u8, wanted, interpolation=cv2.INTER_AREA)
