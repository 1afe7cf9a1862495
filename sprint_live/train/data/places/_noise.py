"""The canvas of a place: noise, gradients and soft shapes. Lengths are shares of the side, x to the right, y down.

A canvas is (WORK, WORK, 3) float32 sRGB and is changed in place. It may be smaller than the
picture: a place is out of focus.

Knows: numpy, OpenCV.  Must not know: the places.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np

WORK = 256


@cache
def grid() -> tuple[np.ndarray, np.ndarray]:
    """x and y of the pixel centers, each (WORK, WORK) float32 in (0, 1); not to be written to."""
    along = (np.arange(WORK, dtype=np.float32) + 0.5) / WORK
    x, y = np.meshgrid(along, along)
    x.flags.writeable = y.flags.writeable = False
    return x, y


def ink(code: str) -> np.ndarray:
    """(3,) float32 in [0, 1] of a code such as "#4a9de0"."""
    return np.float32([int(code[index : index + 2], 16) / 255 for index in (1, 3, 5)])


def mix(first: np.ndarray | str, second: np.ndarray | str, share: float) -> np.ndarray:
    """(3,) float32, `share` of the second color in the first."""
    first, second = (ink(color) if isinstance(color, str) else color for color in (first, second))
    return np.float32(first + (second - first) * share)


def hsv(hue_deg: float, saturation: float, value: float) -> np.ndarray:
    """(3,) float32 in [0, 1]."""
    sector = (np.float32([5, 3, 1]) + np.float32(hue_deg) / 60) % 6
    return np.float32(value * (1 - saturation * np.clip(np.minimum(sector, 4 - sector), 0, 1)))


def vary(rng: np.random.Generator, *codes: str, hue_deg: float = 6, light: float = 0.05) -> list[np.ndarray]:
    """The colors, (3,) float32 in [0, 1] each, moved by one common random turn of hue and step of lightness."""
    turn, step = np.deg2rad(rng.uniform(-hue_deg, hue_deg)), rng.uniform(-light, light)
    third, swing = (1 - np.cos(turn)) / 3, np.sin(turn) / np.sqrt(3)
    matrix = np.cos(turn) * np.eye(3) + third + swing * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return [np.float32(np.clip((matrix @ ink(code)) * (1 + step), 0, 1)) for code in codes]


def rows(*stops: tuple[float, np.ndarray], soft: float = 0.03) -> np.ndarray:
    """A canvas that changes from top to bottom through (y, color); `soft` rounds the corners of the gradient."""
    y = (np.arange(WORK) + 0.5) / WORK
    at = [stop[0] for stop in stops]
    column = np.stack([np.interp(y, at, [stop[1][channel] for stop in stops]) for channel in range(3)], 1).astype(
        np.float32
    )
    if soft:
        column = cv2.GaussianBlur(column[:, None], (0, 0), soft * WORK, borderType=cv2.BORDER_REPLICATE)[:, 0]
    return np.repeat(column[:, None], WORK, 1)


def either(rng: np.random.Generator) -> int:
    """-1 or 1 (left or right)."""
    return 1 if rng.random() < 0.5 else -1


def noise(rng: np.random.Generator, across: float, down: float, *, octaves: int = 3, gain: float = 0.5) -> np.ndarray:
    """Fractal noise of so many cells over the side: (WORK, WORK) float32 of about zero mean, nearly all in [-1, 1]."""
    size = WORK // 2 if max(across, down) * 2 ** (octaves - 1) < WORK / 8 else WORK
    total, weight = np.zeros((size, size), np.float32), 1.0
    for _ in range(octaves):  # the cells at the rim are cut off
        cells = rng.standard_normal((round(down) + 3, round(across) + 3), np.float32)
        wide = (round(size * cells.shape[1] / across), round(size * cells.shape[0] / down))
        left, top = round(size / across), round(size / down)
        total += weight * cv2.resize(cells, wide, interpolation=cv2.INTER_CUBIC)[top : top + size, left : left + size]
        across, down, weight = across * 2, down * 2, weight * gain
    total *= 1 / (2.2 * float(total.std()) + 1e-6)
    return total if size == WORK else cv2.resize(total, (WORK, WORK), interpolation=cv2.INTER_LINEAR)


def profile(rng: np.random.Generator, cells: float, *, octaves: int = 3, gain: float = 0.5) -> np.ndarray:
    """One line of noise, such as hills: (WORK,) float32 in about [-1, 1]."""
    total, weight = np.zeros(WORK, np.float32), 1.0
    for _ in range(octaves):
        values = rng.standard_normal((1, round(cells) + 3)).astype(np.float32)
        wide = cv2.resize(values, (round(WORK * values.shape[1] / cells), 1), interpolation=cv2.INTER_CUBIC)[0]
        left = round(WORK / cells)
        total += weight * wide[left : left + WORK]
        cells, weight = cells * 2, weight * gain
    return (total - total.mean()) / (2.2 * float(total.std()) + 1e-6)


def smoothstep(low: float, high: float, value: np.ndarray) -> np.ndarray:
    """0 up to low, 1 from high, smooth between; float32."""
    share = np.clip((value - low) * (1 / (high - low)), 0, 1)
    return share * share * (3 - 2 * share)


def under(top_y: np.ndarray | float, *, soft: float = 0.006) -> np.ndarray:
    """(WORK, WORK) in [0, 1], 1 under the line top_y (a number or (WORK,) by column)."""
    return smoothstep(-soft, soft, grid()[1] - np.asarray(top_y, np.float32))


def over(canvas: np.ndarray, color: np.ndarray, alpha: np.ndarray) -> None:
    """Lay a color (3,), or a canvas of colors, over the canvas; alpha (WORK, WORK) in [0, 1]."""
    change = np.asarray(color, np.float32) - canvas
    change *= alpha[..., None]
    canvas += change


def shine(canvas: np.ndarray, alpha: np.ndarray, color: np.ndarray) -> None:
    """Add light of a color (3,) without burning out; alpha (WORK, WORK) in [0, 1]."""
    room = 1 - canvas
    np.maximum(room, 0, out=room)
    room *= alpha[..., None]
    room *= np.asarray(color, np.float32)
    canvas += room


def glow(
    canvas: np.ndarray, x: float, y: float, radius: float, color: np.ndarray, strength: float, *, flat: float = 1.0
) -> None:
    """Light that fades away from a point; `flat` > 1 is wider than high."""
    along = grid()[0][0]
    across, down = (np.exp(-(((along - float(at)) / wide) ** 2)) for at, wide in ((x, radius * flat), (y, radius)))
    shine(canvas, strength * down[:, None] * across, color)


def blob(
    canvas: np.ndarray,
    x: float,
    y: float,
    rx: float,
    color: np.ndarray,
    *,
    ry: float | None = None,
    alpha: float = 1.0,
    soft: float = 0.008,
    turn_deg: float = 0.0,
    ring: float = 0.0,
    light: bool = False,
) -> None:
    """A soft ellipse, half axes rx and ry. ring: how much paler its middle is than its rim. light: add, not cover."""
    x, y, rx, ry, soft = float(x), float(y), float(rx), float(rx if ry is None else ry), float(soft)
    reach = max(rx, ry) + soft
    left, right = (min(max(int(at * WORK) + more, 0), WORK) for at, more in ((x - reach, 0), (x + reach, 1)))
    top, bottom = (min(max(int(at * WORK) + more, 0), WORK) for at, more in ((y - reach, 0), (y + reach, 1)))
    if left >= right or top >= bottom:
        return
    along = grid()[0][0]
    at_x, at_y = along[left:right] - x, along[top:bottom, None] - y
    if turn_deg:
        turn = np.deg2rad(float(turn_deg))
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        at_x, at_y = cos * at_x + sin * at_y, cos * at_y - sin * at_x
    far = np.sqrt((at_x * (1 / rx)) ** 2 + (at_y * (1 / ry)) ** 2)
    steep = min(rx, ry) / soft
    cover = float(alpha) * np.minimum(np.maximum(steep + 0.5 - steep * far, 0), 1)
    if ring:
        cover *= 1 - ring + ring * np.minimum(far, 1) ** 3
    color = np.asarray(color, np.float32)
    patch = canvas[top:bottom, left:right]
    patch += ((1 - np.minimum(patch, 1)) * color if light else color - patch) * cover[..., None]


def shape(outlines: np.ndarray | Sequence[np.ndarray], *, blur: float = 0.004) -> np.ndarray:
    """(WORK, WORK) float32 in [0, 1] of closed outlines (N, 2), with edges softened by `blur`."""
    mask = np.zeros((WORK, WORK), np.uint8)
    for outline in [outlines] if isinstance(outlines, np.ndarray) else outlines:
        cv2.fillPoly(mask, [np.round(np.asarray(outline) * WORK * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    alpha = mask.astype(np.float32) / 255
    return cv2.GaussianBlur(alpha, (0, 0), blur * WORK) if blur else alpha


def box(left: float, top: float, right: float, bottom: float, *, radius: float = 0.0) -> np.ndarray:
    """The outline (N, 2) of an upright rectangle with round corners of `radius`."""
    if radius <= 0:
        return np.float32([(left, top), (right, top), (right, bottom), (left, bottom)])
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    turns = np.deg2rad(np.linspace(0, 90, 6))
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return np.float32(
        [
            (x + radius * np.cos(turn + np.deg2rad(start)), y + radius * np.sin(turn + np.deg2rad(start)))
            for x, y, start in corners
            for turn in turns
        ]
    )
