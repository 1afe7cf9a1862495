"""Faces for the sun and what floats, and the outline of a cloud.

Knows: numpy, the form of a thing.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import detail, part
from sprint_live.train.data.kinds._thing import Part, arc, ellipse


def face_at(x: float, y: float, size: float) -> tuple[list[Part], list[np.ndarray]]:
    """Two eyes, red cheeks and a smile."""
    eyes = [
        detail(ellipse(x + side * size * 0.38, y - size * 0.18, size * 0.09, size * 0.13), "black") for side in (-1, 1)
    ]
    cheeks = [
        part(
            "cheek", ellipse(x + side * size * 0.6, y + size * 0.15, size * 0.15, size * 0.1), "pink, light red, orange"
        )
        for side in (-1, 1)
    ]
    return cheeks + eyes, [arc(x, y + size * 0.1, size * 0.3, size * 0.28, 20, 160)]


def cloud_outline(rng: np.random.Generator, left: float, right: float, bottom: float, height: float) -> np.ndarray:
    """Three to five humps over a flat lower edge."""
    humps = int(rng.integers(3, 6))
    edges = np.linspace(left, right, humps + 1)
    edges[1:-1] += rng.uniform(-0.1, 0.1, humps - 1) * (right - left) / humps
    share = np.linspace(-1, 1, humps + 1) ** 2
    level = bottom - 0.25 * height - max(0.5 * height - 0.35 * (right - left) / humps, 0.0) * 1.6 * (1 - share)
    pieces = []
    for index in range(humps):
        a, b = np.float64([edges[index], level[index]]), np.float64([edges[index + 1], level[index + 1]])
        middle, half = (a + b) / 2, (b - a) / 2
        up = np.float64([half[1], -half[0]]) * rng.uniform(0.95, 1.15)
        angle = np.linspace(0, np.pi, 16)
        pieces.append(middle - np.cos(angle)[:, None] * half + np.sin(angle)[:, None] * up)
    corner = min(0.07, height * 0.3)
    return np.concatenate(
        [
            *pieces,
            arc(right - corner, bottom - corner * 0.4, corner, corner * 0.8, 0, 90, num_points=6),
            arc(left + corner, bottom - corner * 0.4, corner, corner * 0.8, 90, 180, num_points=6),
        ]
    ).astype(np.float32)
