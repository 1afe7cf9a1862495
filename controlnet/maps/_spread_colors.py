"""Paint spreads over the area that holds it: a dab of blue on a roof means a blue roof.

A dab covers a part of an area that lines enclose. The branch reads every pixel of the page, so what the dab means is
written out for it: the rest of the area takes the most common color painted in it. Pixels that are painted keep their
paint. The paper around the drawing is no area, so a dab there stays a dab.

All of it happens at half the size of the page, with integers and in a fixed order, because the page's own script does
the same, level for level.

Knows: arrays.  Must not know: strokes, models.
"""

from __future__ import annotations

import cv2
import numpy as np

GAPS = 0.01  # of the shorter side: gaps between lines up to twice this are bridged
LINE_LEVEL = 64  # of 255: what is darker is no wall
OPAQUE = 250  # of 255: paint that says a color; the soft rim of a brush does not
LEAST_SHARE = 50  # an area takes a color if one of this many of its pixels has it: less is a slip over a line
LEAST_PX = 8


def spread_colors(lines_u8: np.ndarray, colors_u8: np.ndarray) -> np.ndarray:
    """The paint with every enclosed area that holds some covered by it: (H, W, 4) uint8 RGBA, premultiplied.

    Args:
        lines_u8: (H, W), 255 = line.
        colors_u8: (H, W, 4) RGBA with premultiplied alpha; all 0 where nothing was painted. It is not written to.
    """
    height, width = lines_u8.shape
    if height % 2 or width % 2:
        lines_u8 = np.pad(lines_u8, ((0, height % 2), (0, width % 2)), mode="edge")
    rows_u8 = np.maximum(lines_u8[::2], lines_u8[1::2])
    walls = np.maximum(rows_u8[:, ::2], rows_u8[:, 1::2]) >= LINE_LEVEL
    reach = max(1, round(GAPS * min(walls.shape)))
    areas = _areas(walls, reach)
    fills_u8 = _fills(areas, np.ascontiguousarray(colors_u8[::2, ::2]))
    if not fills_u8.any():
        return colors_u8
    half_u8 = np.take(fills_u8, _grown(areas, reach + 3), axis=0)
    whole_u8 = cv2.resize(half_u8, (2 * walls.shape[1], 2 * walls.shape[0]), interpolation=cv2.INTER_NEAREST)
    whole_u8 = whole_u8[:height, :width]
    kept = cv2.compare(cv2.extractChannel(colors_u8, 3), OPAQUE, cv2.CMP_GE)
    kept |= cv2.compare(cv2.extractChannel(whole_u8, 3), 0, cv2.CMP_EQ)
    return cv2.copyTo(colors_u8, kept, np.ascontiguousarray(whole_u8))


def _areas(walls: np.ndarray, reach: int) -> np.ndarray:
    """Walls (H, W) bool -> (H, W) int32: 0 on walls and bridged gaps, then a number for every area, in the order of
    their first pixels.
    """
    closed = cv2.morphologyEx(walls.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((2 * reach + 1,) * 2, np.uint8))
    count, labels = cv2.connectedComponents(1 - closed, connectivity=4)
    flat = labels.ravel()
    first = np.full(count, flat.size)
    first[flat[::-1]] = np.arange(flat.size)[::-1]  # the last one written is the first pixel
    first[0] = -1
    rank = np.empty(count, np.int32)
    rank[np.argsort(first, kind="stable")] = np.arange(count)
    return rank[labels]


def _fills(areas: np.ndarray, paint_u8: np.ndarray) -> np.ndarray:
    """(N + 1, 4) uint8: the color of each area, all 0 for those that have none or touch the border of the page."""
    count = int(areas.max()) + 1
    fills = np.zeros((count, 4), np.uint8)
    sizes = np.bincount(areas.ravel(), minlength=count)
    there = (paint_u8[..., 3] >= OPAQUE) & (areas > 0)
    numbers, rgb = areas[there], paint_u8[there][:, :3].astype(np.int64)
    painted = np.bincount(numbers, minlength=count)
    open_ = np.unique(np.concatenate([areas[0], areas[-1], areas[:, 0], areas[:, -1]]))
    for number in np.flatnonzero((painted >= LEAST_PX) & (painted * LEAST_SHARE >= sizes)):
        if number not in open_:
            fills[number] = (*_most_common(rgb[numbers == number]), 255)
    return fills


def _most_common(rgb: np.ndarray) -> tuple[int, ...]:
    """(N, 3) levels -> the mean of those in the fullest of 16 x 16 x 16 bins, halves rounded up."""
    bins = (rgb[:, 0] >> 4 << 8) + (rgb[:, 1] >> 4 << 4) + (rgb[:, 2] >> 4)
    members = rgb[bins == np.bincount(bins).argmax()]
    return tuple(((2 * members.sum(0) + len(members)) // (2 * len(members))).tolist())


def _grown(areas: np.ndarray, steps: int) -> np.ndarray:
    """The areas over the walls beside them, a pixel a step; where two meet, the larger number."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    grown = areas.astype(np.uint16 if areas.max() < 65_536 else np.float32)
    for _ in range(steps):
        grown = np.where(grown > 0, grown, cv2.dilate(grown, cross))
    return grown.astype(np.int32)
