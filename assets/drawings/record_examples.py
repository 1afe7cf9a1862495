"""Record the drawings to start from: curves drawn as a hand draws, with a wobble, a pressure and a pace of their own.

    python assets/drawings/record_examples.py sprint_live/web/examples

Each is a project file of the page (the journal in its wire form), so opening one and watching one are the same thing.
"""

from __future__ import annotations

import base64
import json
import math
import sys
from pathlib import Path

import numpy as np

from sprint_live.live.canvas.strokes import CANVAS_PX, UNITS_PER_PX, Stroke, Tool, pack_points
from sprint_live.live.wire.client_messages import Record, Restore
from sprint_live.live.wire.protocol import encode

STEP_PX = 9.0
WOBBLE_PX = 2.6
WIDTH_PX = 7.0
SPEED_PX_MS = 0.75
Curve = list[tuple[float, float]]


def arc(x: float, y: float, rx: float, ry: float, start: float, stop: float, count: int = 40) -> Curve:
    """Part of an ellipse between two angles in degrees; shares of the paper."""
    angles = [math.radians(start + (stop - start) * i / (count - 1)) for i in range(count)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def leaf(x: float, y: float, length: float, width: float, degrees: float) -> Curve:
    """A petal or a leaf that begins and ends at a point."""
    turn = math.radians(degrees)
    shape = [
        (length * (1 - math.cos(a)) / 2, width * math.sin(a) * math.sin(a / 2) ** 0.5)
        for a in np.linspace(0, 2 * math.pi, 36)
    ]
    return [
        (x + u * math.cos(turn) - v * math.sin(turn), y + u * math.sin(turn) + v * math.cos(turn)) for u, v in shape
    ]


CAT = [
    arc(0.50, 0.57, 0.27, 0.24, 215, 500),
    [(0.27, 0.45), (0.26, 0.33), (0.25, 0.20), (0.33, 0.27), (0.41, 0.355)],
    arc(0.50, 0.57, 0.27, 0.24, 250, 292, 12),
    [(0.59, 0.355), (0.67, 0.27), (0.75, 0.20), (0.745, 0.33), (0.735, 0.45)],
    arc(0.50, 0.57, 0.27, 0.24, 140, 220, 20),
    arc(0.40, 0.53, 0.035, 0.048, -90, 275, 18),
    arc(0.60, 0.53, 0.035, 0.048, -90, 275, 18),
    [(0.465, 0.625), (0.535, 0.625), (0.50, 0.66), (0.465, 0.625)],
    arc(0.46, 0.665, 0.04, 0.045, 5, 165, 12),
    arc(0.54, 0.665, 0.04, 0.045, 175, 15, 12),
    [(0.37, 0.635), (0.25, 0.62), (0.13, 0.60)],
    [(0.37, 0.665), (0.25, 0.68), (0.14, 0.70)],
    [(0.63, 0.635), (0.75, 0.62), (0.87, 0.60)],
    [(0.63, 0.665), (0.75, 0.68), (0.86, 0.70)],
]
HOUSE = [
    [(0.22, 0.50), (0.22, 0.84), (0.78, 0.84), (0.78, 0.50)],
    [(0.15, 0.53), (0.50, 0.20), (0.85, 0.53), (0.15, 0.53)],
    [(0.44, 0.84), (0.44, 0.65), (0.57, 0.65), (0.57, 0.84)],
    arc(0.545, 0.75, 0.008, 0.008, 0, 360, 8),
    [(0.28, 0.59), (0.38, 0.59), (0.38, 0.69), (0.28, 0.69), (0.28, 0.59)],
    [(0.33, 0.59), (0.33, 0.69)],
    [(0.28, 0.64), (0.38, 0.64)],
    [(0.63, 0.59), (0.73, 0.59), (0.73, 0.69), (0.63, 0.69), (0.63, 0.59)],
    [(0.68, 0.59), (0.68, 0.69)],
    [(0.63, 0.64), (0.73, 0.64)],
    [(0.64, 0.31), (0.64, 0.21), (0.71, 0.21), (0.71, 0.38)],
]
FISH = [
    arc(0.46, 0.51, 0.29, 0.19, 18, 342, 60),
    [
        (0.735, 0.455),
        (0.80, 0.40),
        (0.88, 0.33),
        (0.865, 0.42),
        (0.845, 0.51),
        (0.865, 0.60),
        (0.88, 0.69),
        (0.80, 0.62),
        (0.735, 0.565),
    ],
    arc(0.30, 0.46, 0.032, 0.032, 0, 365, 16),
    arc(0.30, 0.46, 0.010, 0.010, 0, 360, 8),
    arc(0.23, 0.53, 0.07, 0.06, 20, 105, 10),
    arc(0.31, 0.51, 0.10, 0.17, -52, 52, 16),
    [(0.36, 0.335), (0.43, 0.24), (0.54, 0.23), (0.60, 0.345)],
    [(0.42, 0.695), (0.47, 0.78), (0.55, 0.77), (0.55, 0.685)],
    arc(0.50, 0.47, 0.04, 0.045, -70, 70, 10),
    arc(0.57, 0.53, 0.04, 0.045, -70, 70, 10),
    arc(0.50, 0.58, 0.04, 0.045, -70, 70, 10),
]
FLOWER = [
    arc(0.50, 0.36, 0.075, 0.075, -90, 275, 24),
    *[
        leaf(0.50 + 0.08 * math.cos(math.radians(d)), 0.36 + 0.08 * math.sin(math.radians(d)), 0.17, 0.085, d)
        for d in range(-90, 270, 60)
    ],
    [(0.505, 0.60), (0.515, 0.72), (0.50, 0.83), (0.50, 0.93)],
    leaf(0.51, 0.80, 0.24, 0.07, -28),
    leaf(0.50, 0.84, 0.23, 0.07, 205),
]
DRAWINGS = {
    "cat": ("a cat", 7, CAT),
    "house": ("a house", 3, HOUSE),
    "fish": ("an orange fish on a blue background", 5, FISH),
    "flower": ("a pink flower", 2, FLOWER),
}


def drawn(curve: Curve, rng: np.random.Generator) -> bytes:
    """Wire points of a hand along the curve: a slow drift off it, pressure that comes and goes,
    slower where it bends.
    """
    corners_px = np.array(curve) * CANVAS_PX
    along_px = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners_px, axis=0).T))])
    count = max(4, round(along_px[-1] / STEP_PX))
    where_px = np.linspace(0, along_px[-1], count + 1)
    xy_px = np.stack([np.interp(where_px, along_px, corners_px[:, axis]) for axis in (0, 1)], axis=1)
    knots = max(3, count // 7)
    drift = rng.normal(0, WOBBLE_PX, (knots, 2)) + rng.normal(0, WOBBLE_PX, 2)
    xy_px += np.stack(
        [np.interp(np.linspace(0, knots - 1, count + 1), range(knots), drift[:, axis]) for axis in (0, 1)], axis=1
    )
    xy_px[1:-1] = (xy_px[:-2] + 2 * xy_px[1:-1] + xy_px[2:]) / 4
    ends = np.minimum(np.arange(count + 1), np.arange(count + 1)[::-1]) / 6
    pressure = np.clip(0.45 + 0.4 * np.minimum(ends, 1) + rng.normal(0, 0.02, count + 1), 0.2, 1)
    steps_px = np.hypot(*np.diff(xy_px, axis=0).T)
    heading = np.unwrap(np.arctan2(*np.diff(xy_px, axis=0).T[::-1]))
    bend = np.abs(np.concatenate([[0], np.diff(heading)]))
    dt_ms = np.concatenate([[0], steps_px / SPEED_PX_MS * (1 + 2.5 * np.minimum(bend, 0.8))])
    return pack_points([(x, y, p, 0.0, 0.0, dt) for (x, y), p, dt in zip(xy_px, pressure, dt_ms, strict=True)])


def project(prompt: str, seed: int, curves: list[Curve]) -> dict:
    """The project file of a drawing."""
    rng = np.random.default_rng(seed)
    strokes = [
        Stroke(i, Tool.BRUSH, round(WIDTH_PX * UNITS_PER_PX), drawn(curve, rng)) for i, curve in enumerate(curves, 1)
    ]
    message = encode(Restore(1, first=True, last=True, records=tuple(Record(stroke) for stroke in strokes)))
    return {
        "format": "sprint-live-project",
        "version": 1,
        "settings": {"prompt": prompt, "seed": seed},
        "messages": [base64.b64encode(message).decode()],
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in DRAWINGS.items():
        (folder / f"{name}.json").write_text(json.dumps(project(*drawing), indent=1) + "\n")
