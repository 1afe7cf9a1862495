"""The strokes of a journal as pictures: black lines on white paper, and paint under them; the geometry of web/ink.js.

A stroke is a union of discs at its points and of quadrilaterals between them, radius by pressure; web/ink.js fills the
same shapes. cv2.line was refused: its thickness is a whole number of pixels, so a pressure ramp shows as steps.
Points are drawn strictly in order, so appending to a picture gives the bytes that drawing it whole gives.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from sprint_live.live.edits import Entry, settle
from sprint_live.live.strokes import CANVAS_PX, LIFTED, UNITS_PER_PX, Mirror, Stroke, Tool

__all__ = ["PAPER_U8", "Raster", "paint_stroke", "radii_units"]

PAPER_U8 = 255
INK_U8 = 0
SHIFT = 4  # cv2 fixed point: 2**4 = 16 units a pixel, exactly the wire's unit
HALF_PX = UNITS_PER_PX // 2  # wire coordinates count pixel edges, cv2 pixel centres
CANVAS_UNITS = CANVAS_PX * UNITS_PER_PX
MIN_RADIUS_UNITS = 11
BLEED_UNITS = 11  # cv2 fills an anti-aliased shape 0.7 px over its edge all round (measured for widths 1 to 80 px)
THINNEST = 0.25  # share of the width that is left at pressure 0


def radii_units(stroke: Stroke) -> np.ndarray:
    """Radius at every point in 1/16 px, int32 of shape (num_points,)."""
    pressure_01 = stroke.point_array()["pressure"].astype(np.float64) / 65535.0
    radii = stroke.width_units / 2 * (THINNEST + (1 - THINNEST) * pressure_01)
    return np.maximum(np.floor(radii + 0.5), MIN_RADIUS_UNITS).astype(np.int32)


def paint_stroke(image_u8: np.ndarray, stroke: Stroke, first_point: int = 0) -> None:
    """Draw a stroke from `first_point` on into (1024, 1024) or (1024, 1024, 3) RGB uint8, joined to the point before."""
    points = stroke.point_array()
    if first_point >= len(points):
        return
    color = {Tool.BRUSH: (INK_U8,) * 3, Tool.ERASER: (PAPER_U8,) * 3, Tool.PAINT: stroke.rgb}[stroke.tool]
    start = max(0, first_point - 1)
    radii = radii_units(stroke)[start:] - BLEED_UNITS
    joined = points["tilt_x"][start:] != LIFTED
    copies = []
    for xy in _copies(np.stack([points["x"][start:], points["y"][start:]], axis=1).astype(np.int32), stroke.mirror):
        copies.append((xy - HALF_PX, _quads(xy - HALF_PX, radii)))
    if first_point == 0:
        for xy, _ in copies:
            _disc(image_u8, xy[0], radii[0], color)
    for i in range(len(radii) - 1):
        for xy, quads in copies:
            if joined[i + 1] and quads[i] is not None:
                cv2.fillConvexPoly(image_u8, quads[i], color, lineType=cv2.LINE_AA, shift=SHIFT)
            _disc(image_u8, xy[i + 1], radii[i + 1], color)


def _copies(xy: np.ndarray, mirror: Mirror) -> list[np.ndarray]:
    """The points and their mirror images: 1, 2 or 4 arrays of (num_points, 2) in wire units."""
    copies = [xy]
    for axis, flag in ((0, Mirror.LEFT_RIGHT), (1, Mirror.TOP_BOTTOM)):
        if mirror & flag:
            for points in list(copies):
                image = points.copy()
                image[:, axis] = CANVAS_UNITS - image[:, axis]
                copies.append(image)
    return copies


def _disc(image_u8: np.ndarray, center: np.ndarray, radius_units: np.int32, color: tuple[int, int, int]) -> None:
    center_xy = (int(center[0]), int(center[1]))
    cv2.circle(image_u8, center_xy, int(radius_units), color, thickness=-1, lineType=cv2.LINE_AA, shift=SHIFT)


def _quads(xy: np.ndarray, radii: np.ndarray) -> list[np.ndarray | None]:
    """The quadrilateral between each pair of neighbouring points, None where they coincide."""
    step = (xy[1:] - xy[:-1]).astype(np.float64)
    length = np.hypot(step[:, 0], step[:, 1])
    safe = np.maximum(length, 1e-9)[:, None]
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1) / safe
    from_side, to_side = normal * radii[:-1, None], normal * radii[1:, None]
    corners = np.stack([xy[:-1] + from_side, xy[1:] + to_side, xy[1:] - to_side, xy[:-1] - from_side], axis=1)
    rounded = np.floor(corners + 0.5).astype(np.int32)
    return [rounded[i] if length[i] > 0 else None for i in range(len(length))]


class Raster:
    """The paper of one session, kept up to date with the least work. Used by the worker's thread only."""

    def __init__(self) -> None:
        self._lines_u8: np.ndarray | None = None
        self._paint_u8: np.ndarray | None = None  # None until there is paint: most drawings have none
        self._strokes: tuple[Stroke, ...] = ()

    def update(self, entries: tuple[Entry, ...]) -> np.ndarray:
        """The lines as a fresh (1024, 1024) uint8 array; only new points are drawn where that is possible."""
        strokes = tuple(mark for mark in settle(entries) if isinstance(mark, Stroke))
        if self._lines_u8 is None or not _continues(self._strokes, strokes):
            self._lines_u8 = np.full((CANVAS_PX, CANVAS_PX), PAPER_U8, dtype=np.uint8)
            self._paint_u8 = None
            self._strokes = ()
        num_done = len(self._strokes)
        for i in range(max(0, num_done - 1), len(strokes)):
            self._add(strokes[i], self._strokes[i].num_points if i < num_done else 0)
        self._strokes = strokes
        return self._lines_u8.copy()

    def painting(self, *, with_lines: bool) -> np.ndarray | None:
        """The paint of the last `update`, perhaps with the lines over it: (1024, 1024, 3) RGB uint8, None for white paper."""
        if not with_lines:
            return None if self._paint_u8 is None else self._paint_u8.copy()
        if not any(stroke.points for stroke in self._strokes):
            return None
        lines_u8 = cv2.cvtColor(self._lines_u8, cv2.COLOR_GRAY2RGB)
        return lines_u8 if self._paint_u8 is None else cv2.multiply(self._paint_u8, lines_u8, scale=1 / 255)

    def _add(self, stroke: Stroke, first_point: int) -> None:
        if stroke.tool is not Tool.PAINT:
            paint_stroke(self._lines_u8, stroke, first_point)
        elif self._paint_u8 is None:
            self._paint_u8 = np.full((CANVAS_PX, CANVAS_PX, 3), PAPER_U8, dtype=np.uint8)
        if stroke.tool is not Tool.BRUSH and self._paint_u8 is not None:
            paint_stroke(self._paint_u8, stroke, first_point)


def _continues(before: tuple[Stroke, ...], after: tuple[Stroke, ...]) -> bool:
    """True if `after` is `before` with points added to its last stroke and strokes added at its end."""
    if not before:
        return True
    if len(after) < len(before) or after[: len(before) - 1] != before[:-1]:
        return False
    old, new = before[-1], after[len(before) - 1]
    return new.points.startswith(old.points) and replace(new, points=b"") == replace(old, points=b"")
