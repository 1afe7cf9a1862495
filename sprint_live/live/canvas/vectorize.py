"""A line map as one editable stroke: thinned to a pixel, followed, smoothed, simplified,
packed with the pen lifted between.

Knows: pixels and wire points.  Must not know: photos, detectors, the server.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX, LIFTED, POINT, UNITS_PER_PX
from sprint_live.thinning import thin

__all__ = ["MAX_TRACED_POINTS", "follow", "trace"]

MAX_TRACED_POINTS = 12_000
LINE_U8 = 96  # a map is a line from here on: soft detectors give gray
SHORTEST_PX = 12.0
TOLERANCE_PX = 0.8
COARSER = 1.6  # tolerance and shortest path grow by this until the points fit
WHOLE_CANVAS = (0, 0, CANVAS_PX, CANVAS_PX)
# clockwise from north, as (row, column)
AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def trace(
    map_u8: np.ndarray, *, max_points: int = MAX_TRACED_POINTS, page_px: tuple[int, int, int, int] = WHOLE_CANVAS
) -> bytes:
    """(H, W) uint8, white lines on black -> wire points of one stroke, the map fitted to the page and centered.

    page_px: (left, top, right, bottom) of the page on the canvas.

    At most `max_points` points: details shorter and finer than fits are left out, shortest first.
    """
    paths = [_smoothed(path) for path in follow(thin(map_u8 >= LINE_U8))]
    tolerance_px, shortest_px = TOLERANCE_PX, SHORTEST_PX
    while True:
        kept = [path for path in paths if _length_px(path) >= shortest_px]
        lines = [cv2.approxPolyDP(path[:, None], tolerance_px, False)[:, 0] for path in kept]
        if sum(map(len, lines)) <= max_points:
            return _packed(lines, map_u8.shape, page_px)
        tolerance_px, shortest_px = tolerance_px * COARSER, shortest_px * COARSER


def follow(skeleton: np.ndarray) -> list[np.ndarray]:
    """(H, W) bool, one pixel wide -> paths between ends and crossings, each float32 (n, 2) of (x, y) pixel centers,
    longest first.
    """
    padded = np.pad(skeleton, 1).astype(np.uint8)
    width = padded.shape[1]
    flat = padded.ravel()
    places = np.flatnonzero(flat)
    steps = _steps(width)
    crossings = dict(
        zip(places.tolist(), _crossings(np.stack([flat[places + step] for step in steps])).tolist(), strict=True)
    )
    sides_first = [steps[i] for i in (0, 2, 4, 6, 1, 3, 5, 7)]
    left = {place for place, number in crossings.items() if number < 3}
    starts = sorted(
        crossings, key=lambda place: (crossings[place] != 1, crossings[place] < 3)
    )  # ends, crossings, loops
    paths: list[list[int]] = []
    for start in starts:
        while (path := _walk(start, left, crossings, sides_first)) is not None:
            paths.append(path)
    paths.sort(key=len, reverse=True)
    rows_columns = [np.divmod(np.array(path), width) for path in paths]
    return [np.stack([columns - 1, rows - 1], axis=1).astype(np.float32) for rows, columns in rows_columns]


def _walk(start: int, left: set[int], crossings: dict[int, int], steps: list[int]) -> list[int] | None:
    """From `start` along pixels nobody has walked, to an end or onto the first crossing;
    None if there is no way to go.
    """
    path = [start]
    is_crossing = crossings[start] >= 3
    if not is_crossing:
        if start not in left:
            return None
        left.discard(start)
    while True:
        around = [path[-1] + step for step in steps if path[-1] + step in crossings]
        following = next((place for place in around if place in left), None)
        if following is None:
            end = next((place for place in around if crossings[place] >= 3 and place not in path[-3:]), None)
            if len(path) > 1 and end is not None:
                path.append(end)
            return path if len(path) > 1 or not is_crossing else None
        left.discard(following)
        path.append(following)


def _steps(width: int) -> list[int]:
    return [row * width + column for row, column in AROUND]


def _crossings(around: np.ndarray) -> np.ndarray:
    """How often (8, n) neighbors change from empty to line on the way round:
    1 at an end, 2 on a line, 3 and more at a crossing.
    """
    return ((around == 0) & (np.roll(around, -1, axis=0) == 1)).sum(axis=0)


def _smoothed(path: np.ndarray) -> np.ndarray:
    """Moving average over 5 pixels, ends kept: takes the stairs out of a line of pixels."""
    if len(path) < 7:
        return path
    kernel = np.ones(5, np.float32) / 5
    inner = np.stack([np.convolve(path[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    return np.concatenate([path[:1], inner.astype(np.float32), path[-1:]])


def _length_px(path: np.ndarray) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def _packed(lines: list[np.ndarray], shape: tuple[int, int], page_px: tuple[int, int, int, int]) -> bytes:
    """Wire points at full pressure; the first of every line is marked as reached with a lifted pen."""
    if not lines:
        return b""
    height, width = shape
    left, top, right, bottom = page_px
    scale = min((right - left) / width, (bottom - top) / height)
    shift = (np.array([left + right, top + bottom]) - scale * np.array([width, height])) / 2
    xy_px = (np.concatenate(lines) + 0.5) * scale + shift
    points = np.zeros(len(xy_px), POINT)
    points["x"], points["y"] = np.floor(xy_px * UNITS_PER_PX + 0.5).T
    points["pressure"] = 65535
    points["tilt_x"][np.cumsum([0, *map(len, lines[:-1])])] = LIFTED
    return points.tobytes()
