"""The areas enclosed by a drawing's lines, one by one, as a person who colors them in would see them.

A hand leaves gaps; they are bridged before the paper is filled from its border, and what that does not reach falls
apart into areas. `outline.enclosed` is all of them in one mask.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from sprint_live.eval.outline import CLOSE_GAPS, KEEP_OFF_LINES, distance_px

MIN_AREA = 0.0003  # of the page: what is smaller, after its rim is taken off, is a corner between lines and not an area
PAGE_PX = 1024  # side of the page that points are given on


def label_areas(ink: np.ndarray, *, close_gaps: float = CLOSE_GAPS) -> np.ndarray:
    """Ink (S, S) bool -> (S, S) int32: 0 on lines, on bridged gaps and outside, then a number for every area.

    Gaps up to twice `close_gaps` of the side are bridged.
    """
    side = ink.shape[0]
    reach = max(1, round(close_gaps * side))
    room = np.pad(ink.astype(np.uint8), reach + 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    walls_u8 = np.maximum(cv2.morphologyEx(room, cv2.MORPH_CLOSE, disc), room)
    _, labels = cv2.connectedComponents(1 - walls_u8, connectivity=4)
    outside = labels[0, 0]
    labels = np.where(labels == outside, 0, labels)
    return labels[reach + 1 : -reach - 1, reach + 1 : -reach - 1]


def inner_areas(ink: np.ndarray, *, off_lines: float = KEEP_OFF_LINES, min_area: float = MIN_AREA) -> np.ndarray:
    """As `label_areas`, but 0 also within `off_lines` of the side of a line,
    and in areas with less than `min_area` left.
    """
    labels = label_areas(ink)
    labels[distance_px(ink) <= off_lines * ink.shape[0]] = 0
    sizes = np.bincount(labels.ravel())
    return np.where(sizes >= min_area * ink.size, np.arange(len(sizes)), 0)[labels]


def area_at(
    labels: np.ndarray, ink: np.ndarray, points_px: Iterable[tuple[float, float]], *, off_lines: float = KEEP_OFF_LINES
) -> np.ndarray:
    """(S, S) bool: the areas of `label_areas` that hold these points (x, y) of the 1024 px page, off the lines.

    A point that lies on a line or outside adds nothing; with none left the mask is empty.
    """
    side = labels.shape[0]
    found = {int(labels[_cell(y, side), _cell(x, side)]) for x, y in points_px} - {0}
    return np.isin(labels, list(found)) & (distance_px(ink) > off_lines * side)


def _cell(place_px: float, side: int) -> int:
    return min(side - 1, max(0, int(place_px * side / PAGE_PX)))
