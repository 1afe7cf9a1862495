"""Two lines, and the code that a stand-in engine makes of strokes: what the tests of the server draw with."""

from __future__ import annotations

from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from support.standin import code_of

LINE = [(100, 100), (200, 220), (300, 180)]
OTHER = [(700, 700), (800, 600)]


def wire_points(points) -> bytes:
    return pack_points([(x, y, 1.0, 0.0, 0.0, 8.0) for x, y in points])


def expected_code(strokes, prompt="a cat", seed=0, steps=1) -> int:
    drawn = tuple(Stroke(i, Tool.BRUSH, 96, wire_points(points)) for i, points in strokes.items())
    return code_of(Raster().update(drawn), prompt, seed, steps)
