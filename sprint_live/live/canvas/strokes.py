"""Strokes: what a person drew, as value objects whose points stay in wire form.

A point is 10 bytes (`POINT`), little endian. Keeping the bytes of the wire makes an append one memcpy, a comparison by
value one memcmp, and a session of 200,000 points 2 MB; 200,000 Python tuples were 26 MB.

    x, y      int16   1/16 px of the 1024 px canvas, pixel edges at whole numbers (may lie outside the canvas)
    pressure  uint16  0..65535; a mouse sends 65535
    tilt      int8    degrees from the vertical, x then y, -90..90; x = -128: the pen was lifted before this point
    dt        uint16  ms since the stroke's previous point, clamped
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum, IntFlag

import numpy as np

from sprint_live.coded_text import coded
from sprint_live.errors import ProtocolError

__all__ = [
    "CANVAS_PX",
    "LIFTED",
    "POINT",
    "POINT_BYTES",
    "UNITS_PER_PX",
    "WHOLE_TOOLS",
    "Clear",
    "Mirror",
    "Stroke",
    "Tool",
    "pack_points",
]

CANVAS_PX = 1024
UNITS_PER_PX = 16

POINT = np.dtype(
    [("x", "<i2"), ("y", "<i2"), ("pressure", "<u2"), ("tilt_x", "i1"), ("tilt_y", "i1"), ("dt_ms", "<u2")]
)
POINT_BYTES = POINT.itemsize
LIFTED = -128


class Tool(IntEnum):
    """The pen's tool; the numbers are those of the wire.

    The eraser removes lines and paint. A fill is the outline of the area that it fills with paint: closed paths, each
    begun with a lifted pen, under the even-odd rule; its width has no effect. The page finds the area once, because an
    outline gives the same fill everywhere, while a flood fill could leak through a gap of a pixel. A picture is laid
    onto the paint: its four points are its corners, clockwise from the top left.
    """

    BRUSH = 0
    ERASER = 1
    PAINT = 2
    FILL = 3
    PICTURE = 4


WHOLE_TOOLS = (Tool.FILL, Tool.PICTURE)
"""What cannot be drawn point by point: more points change all of it."""


class Mirror(IntFlag):
    """The axes through the middle of the canvas at which a stroke is mirrored."""

    NONE = 0
    LEFT_RIGHT = 1
    TOP_BOTTOM = 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke: immutable, compared by value. `width_units` is the full width at full pressure, in 1/16 px.

    rgb: the color of paint; lines are always black. mirror: where the stroke is repeated. layer: its layer.
    picture: the 16 bytes that name the picture of a picture stroke, b"" for other tools.
    """

    stroke_id: int
    tool: Tool
    width_units: int
    points: bytes = b""
    rgb: tuple[int, int, int] = (0, 0, 0)
    mirror: Mirror = Mirror.NONE
    layer: int = 0
    picture: bytes = b""

    @property
    def num_points(self) -> int:
        """How many points the stroke holds."""
        return len(self.points) // POINT_BYTES

    def extended(self, points: bytes) -> Stroke:
        """The same stroke with more points at its end."""
        return replace(self, points=self.points + points)

    def point_array(self) -> np.ndarray:
        """Points as a read-only structured array of dtype `POINT`, shape (num_points,)."""
        return np.frombuffer(self.points, dtype=POINT)


@dataclass(frozen=True, slots=True)
class Clear:
    """An entry of the journal after which the paper is white again; it can be undone like a stroke."""


def pack_points(points: list[tuple[float, float, float, float, float, float]]) -> bytes:
    """Quantize (x_px, y_px, pressure_01, tilt_x_deg, tilt_y_deg, dt_ms) to wire points.

    Raises: ProtocolError if a number is NaN or infinite. Finite numbers outside the range are clamped.
    """
    packed = np.zeros(len(points), dtype=POINT)
    for i, (x_px, y_px, pressure_01, tilt_x_deg, tilt_y_deg, dt_ms) in enumerate(points):
        numbers = (x_px, y_px, pressure_01, tilt_x_deg, tilt_y_deg, dt_ms)
        if not all(math.isfinite(number) for number in numbers):
            raise ProtocolError(coded("stroke.point_not_finite", {"index": i, "numbers": numbers}))
        packed[i] = (
            _clamped(x_px * UNITS_PER_PX, -32768, 32767),
            _clamped(y_px * UNITS_PER_PX, -32768, 32767),
            _clamped(pressure_01 * 65535, 0, 65535),
            _clamped(tilt_x_deg, -90, 90),
            _clamped(tilt_y_deg, -90, 90),
            _clamped(dt_ms, 0, 65535),
        )
    return packed.tobytes()


def _clamped(number: float, low: int, high: int) -> int:
    """Nearest integer within [low, high]; halves go up, as JavaScript's Math.round does."""
    return int(min(high, max(low, math.floor(number + 0.5))))
