"""One stroke as pixels; the geometry of web/canvas/ink.js.

A stroke is a union of discs at its points and of quadrilaterals between them, radius by pressure; web/canvas/ink.js
fills the same shapes. cv2.line was refused: its thickness is a whole number of pixels, so a pressure ramp shows as
steps. Points are drawn strictly in order, so appending to a picture gives the bytes that drawing it whole gives. A fill
is its outline under the even-odd rule: it is drawn whole, or not at all.

Knows: strokes, pixels.  Must not know: layers, edits, sessions.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX, LIFTED, POINT, UNITS_PER_PX, Mirror, Stroke, Tool

__all__ = ["boxes_px", "draw_stroke", "radii_units"]

SHIFT = 4  # cv2 fixed point: 2**4 = 16 units a pixel, exactly the wire's unit
HALF_PX = UNITS_PER_PX // 2  # wire coordinates count pixel edges, cv2 pixel centers
CANVAS_UNITS = CANVAS_PX * UNITS_PER_PX
MIN_RADIUS_UNITS = 11
BLEED_UNITS = 11  # cv2 fills an anti-aliased shape 0.7 px over its edge all round (measured for widths 1 to 80 px)
MARGIN_PX = 2  # what anti-aliasing may touch around a stroke
THINNEST = 0.25  # share of the width that is left at pressure 0


def radii_units(stroke: Stroke) -> np.ndarray:
    """Radius at every point in 1/16 px, int32 of shape (num_points,)."""
    pressure_01 = stroke.point_array()["pressure"].astype(np.float64) / 65535.0
    radii = stroke.width_units / 2 * (THINNEST + (1 - THINNEST) * pressure_01)
    return np.maximum(np.floor(radii + 0.5), MIN_RADIUS_UNITS).astype(np.int32)


def boxes_px(strokes: Sequence[Stroke]) -> np.ndarray:
    """(N, 4) int: left, top, right, bottom of whole px that hold each stroke's ink, of those with points;
    at once for all.

    A mirrored stroke's box is the whole canvas.
    """
    starts = np.cumsum([0, *(stroke.num_points for stroke in strokes)])[:-1]
    points = np.frombuffer(b"".join(stroke.points for stroke in strokes), dtype=POINT)
    reach = np.array([max(stroke.width_units / 2, MIN_RADIUS_UNITS) for stroke in strokes])
    low = [np.minimum.reduceat(points[axis].astype(np.float64), starts) - reach for axis in "xy"]
    high = [np.maximum.reduceat(points[axis].astype(np.float64), starts) + reach for axis in "xy"]
    edges = np.stack(
        [np.floor(np.stack(low) / UNITS_PER_PX) - MARGIN_PX, np.ceil(np.stack(high) / UNITS_PER_PX) + MARGIN_PX]
    )
    boxes = np.clip(edges.reshape(4, -1).T, 0, CANVAS_PX).astype(int)
    boxes[[stroke.mirror != Mirror.NONE for stroke in strokes]] = (0, 0, CANVAS_PX, CANVAS_PX)
    return boxes


def draw_stroke(image_u8: np.ndarray, stroke: Stroke, color: tuple[int, ...], first_point: int = 0) -> None:
    """Draw a stroke from `first_point` on into (1024, 1024[, channels]) uint8, joined to the point before."""
    points = stroke.point_array()
    if first_point >= len(points):
        return
    if stroke.tool is Tool.FILL:
        _fill(image_u8, stroke, color)
        return
    start = max(0, first_point - 1)
    radii = radii_units(stroke)[start:] - BLEED_UNITS
    joined = points["tilt_x"][start:] != LIFTED
    copies: list[tuple[np.ndarray, list[np.ndarray | None]]] = []
    for xy in _copies(np.stack([points["x"][start:], points["y"][start:]], axis=1).astype(np.int32), stroke.mirror):
        copies.append((xy - HALF_PX, _quads(xy - HALF_PX, radii)))
    if first_point == 0:
        for xy, _ in copies:
            _disc(image_u8, xy[0], radii[0], color)
    for i in range(len(radii) - 1):
        for xy, quads in copies:
            if joined[i + 1] and (quad := quads[i]) is not None:
                cv2.fillConvexPoly(image_u8, quad, color, lineType=cv2.LINE_AA, shift=SHIFT)
            _disc(image_u8, xy[i + 1], radii[i + 1], color)


def _fill(image_u8: np.ndarray, stroke: Stroke, color: tuple[int, ...]) -> None:
    points = stroke.point_array()
    begins = np.flatnonzero(points["tilt_x"] == LIFTED)
    for xy in _copies(np.stack([points["x"], points["y"]], axis=1).astype(np.int32), stroke.mirror):
        paths = [path for path in np.split(xy - HALF_PX, begins[begins > 0]) if len(path) > 2]
        cv2.fillPoly(image_u8, paths, color, lineType=cv2.LINE_AA, shift=SHIFT)


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


def _disc(image_u8: np.ndarray, center: np.ndarray, radius_units: np.int32, color: tuple[int, ...]) -> None:
    center_xy = (int(center[0]), int(center[1]))
    cv2.circle(image_u8, center_xy, int(radius_units), color, thickness=-1, lineType=cv2.LINE_AA, shift=SHIFT)


def _quads(xy: np.ndarray, radii: np.ndarray) -> list[np.ndarray | None]:
    """The quadrilateral between each pair of neighboring points, None where they coincide."""
    step = (xy[1:] - xy[:-1]).astype(np.float64)
    length = np.hypot(step[:, 0], step[:, 1])
    safe = np.maximum(length, 1e-9)[:, None]
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1) / safe
    from_side, to_side = normal * radii[:-1, None], normal * radii[1:, None]
    corners = np.stack([xy[:-1] + from_side, xy[1:] + to_side, xy[1:] - to_side, xy[:-1] - from_side], axis=1)
    rounded = np.floor(corners + 0.5).astype(np.int32)
    return [rounded[i] if length[i] > 0 else None for i in range(len(length))]
