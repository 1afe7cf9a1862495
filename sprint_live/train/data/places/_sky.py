"""What several places have above and below: clouds, stars, a sun, a moon, hills, plants.

Knows: numpy, OpenCV, the canvas.  Must not know: the places.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.places._noise import (
    WORK,
    blob,
    glow,
    grid,
    mix,
    noise,
    over,
    profile,
    shape,
    smoothstep,
    under,
)


def puffs(
    canvas: np.ndarray,
    rng: np.random.Generator,
    count: int,
    *,
    top: float,
    bottom: float,
    lit: np.ndarray,
    shaded: np.ndarray,
    size: float = 0.07,
) -> None:
    """Round white clouds with flat, shaded feet, between two heights; lower ones are smaller."""
    for spot in rng.permutation(max(count, 5))[:count]:
        x = (spot + rng.uniform(0.1, 0.9)) / max(count, 5)
        y = rng.uniform(top, bottom)
        radius = size * rng.uniform(0.6, 1.1) * (1.15 - 0.5 * (y - top) / max(bottom - top, 0.05))
        lumps = [(offset, rng.uniform(0.55, 1.0) * (1 - 0.55 * abs(offset))) for offset in np.linspace(-1, 1, 7)]
        for color, drop, grow in ((shaded, 0.14, 1.0), (lit, -0.12, 0.9)):
            for offset, lump in lumps:
                height = radius * lump * grow
                blob(
                    canvas,
                    x + 1.9 * radius * offset,
                    y + radius * drop - 0.6 * height,
                    height,
                    color,
                    alpha=0.62,
                    soft=0.55 * height + 0.006,
                )


def veils(
    canvas: np.ndarray,
    rng: np.random.Generator,
    color: np.ndarray,
    *,
    top: float,
    bottom: float,
    amount: float,
    across: float = 2,
    down: float = 9,
) -> None:
    """Thin long clouds between two heights; amount in [0, 1] is how thick they are."""
    y = grid()[1]
    band = smoothstep(top - 0.05, top + 0.08, y) * (1 - smoothstep(bottom - 0.1, bottom + 0.02, y))
    over(canvas, color, amount * band * smoothstep(-0.1, 1.0, noise(rng, across, down)))


def stars(
    canvas: np.ndarray, rng: np.random.Generator, count: int, *, bottom: float = 1.0, strength: float = 1.0
) -> None:
    """Soft stars of three sizes, white, bluish or warm, above `bottom`; a few of them shine."""
    tints = np.float32([[1, 1, 1], [0.72, 0.84, 1], [1, 0.9, 0.72]])
    x, y = (rng.random((2, count)) * np.float32([[WORK - 1], [bottom * (WORK - 1)]])).astype(np.int64)
    bright = strength * rng.uniform(0.35, 1.0, count)
    if bottom < 1:
        bright *= 1 - 0.7 * smoothstep(0.6, 1.0, y / (bottom * WORK))
    light = (tints[rng.integers(3, size=count)] * bright[:, None]).astype(np.float32)
    unit = WORK / 256
    for start, step, sigma, power in ((0, 1, 0.62, 3.2), (0, 6, 1.15, 8.0), (0, 18, 4.0, 22.0)):
        points = np.zeros_like(canvas)
        points[y[start::step], x[start::step]] = light[start::step]
        canvas += (1 - np.minimum(canvas, 1)) * np.minimum(
            power * unit**2 * cv2.GaussianBlur(points, (0, 0), sigma * unit), 1
        )


def moon(canvas: np.ndarray, rng: np.random.Generator, x: float, y: float, radius: float, color: np.ndarray) -> None:
    """A pale full or crescent moon with a halo."""
    glow(canvas, x, y, 4.2 * radius, color, 0.34)
    glow(canvas, x, y, 1.9 * radius, color, 0.4)
    if rng.random() < 0.35:
        at_x, at_y = grid()
        disc = smoothstep(radius + 0.004, radius - 0.004, np.hypot(at_x - x, at_y - y))
        bite = smoothstep(
            0.88 * radius - 0.005, 0.88 * radius + 0.005, np.hypot(at_x - x - 0.45 * radius, at_y - y + 0.18 * radius)
        )
        over(canvas, color, disc * bite)
        return
    blob(canvas, x, y, radius, color, soft=0.007)
    for _ in range(5):
        angle, far = rng.uniform(0, 2 * np.pi), radius * rng.uniform(0.1, 0.6)
        size = radius * rng.uniform(0.12, 0.26)
        blob(canvas, x + far * np.cos(angle), y + far * np.sin(angle), size, 0.86 * color, alpha=0.6, soft=0.5 * size)


def hills(
    canvas: np.ndarray,
    rng: np.random.Generator,
    y: float,
    *,
    rise: float,
    cells: float,
    color: np.ndarray,
    foot: np.ndarray,
    soft: float = 0.006,
    octaves: int = 2,
    depth: float = 0.22,
) -> np.ndarray:
    """A row of hills about height y, from `color` at the top to `foot` at `depth`; gives its upper edge (WORK,)."""
    edge = (y - rise * profile(rng, cells, octaves=octaves, gain=0.35)).astype(np.float32)
    share = np.clip((grid()[1] - edge) / depth, 0, 1)[..., None]
    over(canvas, color + (foot - color) * share, under(edge, soft=soft))
    return edge


def palm_leaves(canvas: np.ndarray, rng: np.random.Generator, left: bool, color: np.ndarray) -> None:
    """Fronds of a palm that hang into an upper corner, out of focus."""
    side = -1 if left else 1
    x0, y0 = 0.5 + side * rng.uniform(0.5, 0.56), rng.uniform(-0.05, 0.02)
    for index, angle in enumerate(np.deg2rad(np.linspace(8, 86, 5) + rng.uniform(-6, 6, 5))):
        length = rng.uniform(0.26, 0.38)
        along = np.linspace(0, 1, 9)
        spine_x = x0 - side * length * along * np.cos(angle) * (1 - 0.12 * along)
        spine_y = y0 + length * along * (np.sin(angle) + 0.55 * along * np.cos(angle))
        width = 0.03 * np.sin(np.pi * np.clip(along * 0.93 + 0.05, 0, 1)) ** 0.7
        outline = np.concatenate(
            [np.stack([spine_x, spine_y - width], 1), np.stack([spine_x, spine_y + width], 1)[::-1]]
        )
        over(canvas, mix(color, 1.3 * color, index / 4), 0.9 * shape(outline, blur=0.007))


def pine(x: float, foot_y: float, height: float, *, width: float = 0.42, tiers: int = 4) -> np.ndarray:
    """The outline of a fir tree, (N, 2)."""
    right = []
    for tier in range(tiers):
        top, end = tier / tiers, (tier + 1.18) / (tiers + 0.18)
        reach = width * height * 0.5 * (0.3 + 0.7 * (tier + 1) / tiers)
        right += [(0.33 * reach * (tier > 0), top + (0.06 if tier else 0)), (reach, end)]
    points = [(x + dx, foot_y - height * (1 - min(dy, 1.0))) for dx, dy in right]
    return np.float32(points + [(2 * x - px, py) for px, py in reversed(points)])
