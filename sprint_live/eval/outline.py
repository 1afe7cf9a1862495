"""The outline of a sketch: where its lines run, and which pixels they enclose."""

from __future__ import annotations

import cv2
import numpy as np

INK_ABOVE_U8 = 127
CLOSE_GAPS = 0.012  # of the side: gaps in the outline up to twice this are bridged
KEEP_OFF_LINES = 0.005  # of the side: pixels this near to a line may be the line's color, not the object's
MIN_ENCLOSED = 0.01  # of the page: with less, the drawing is open and its convex hull stands in


def distance_px(mask: np.ndarray) -> np.ndarray:
    """Of every pixel to the nearest True of `mask`, in pixels; infinite where there is none."""
    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32)
    return cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)


def enclosed(ink: np.ndarray) -> np.ndarray:
    """The pixels inside a drawing's outline, off its lines: (S, S) bool -> (S, S) bool, never empty if there is ink.

    What cannot be reached from the border is inside. A drawing that encloses nearly nothing counts as its convex hull.
    """
    side = ink.shape[0]
    reach = max(1, round(CLOSE_GAPS * side))
    room = np.pad(ink.astype(np.uint8), reach + 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    walls_u8 = np.bitwise_or(cv2.morphologyEx(room, cv2.MORPH_CLOSE, disc), room)
    cv2.floodFill(walls_u8, None, (0, 0), 2)
    solid = (walls_u8 != 2)[reach + 1 : -reach - 1, reach + 1 : -reach - 1]
    off_lines = distance_px(ink) > KEEP_OFF_LINES * side
    inside = solid & off_lines
    if inside.mean() >= MIN_ENCLOSED:
        return inside
    hull_u8 = np.zeros(ink.shape, np.uint8)
    rows, columns = np.nonzero(ink)
    points = np.stack([columns, rows], axis=1).astype(np.int32)
    cv2.fillConvexPoly(hull_u8, cv2.convexHull(points), 1)
    hull = hull_u8.astype(bool)
    return hull & off_lines if (hull & off_lines).any() else hull
