"""Painted areas of a picture in the colors of their paint: what the branch missed is put right.

The branch hits the color of a large area and misses that of a window: it sees 64 x 64 pixels at once. So the median
color of every painted area is moved to its paint, in CIELAB, and what shades the area (light, grain, highlights) stays.
Nothing is moved where the picture is near the paint already, nor where nothing is painted; lines stay dark.

Knows: arrays, CIELAB.  Must not know: strokes, models.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

NEAR = 6.0  # of a, b: what a material may take from a color
NEAR_L = 9.0  # of L: shading
MAX_COLORS = 64  # of one page; a pasted photo has more, and only its largest flat ones are kept
OPAQUE = 250
LINE_LEVEL = 64
LEAST_PX = 24  # of an area, at half size
EDGE_PX = 2  # at half size: what is so near to a line may be the line's color
INK_KEPT = 0.8
Box = tuple[int, int, int, int]


def toward(median: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The move (3,) in CIELAB that brings a median color near enough to the wanted one; 0 where it is near."""
    away = (np.asarray(wanted, np.float32) - median).astype(np.float32)
    length = float(np.hypot(away[1], away[2]))
    move = away * np.float32(max(0.0, 1 - NEAR / max(length, 1e-6)))
    move[0] = np.sign(away[0]) * max(0.0, abs(float(away[0])) - NEAR_L)
    return move


def keep_colors(picture_u8: np.ndarray, lines_u8: np.ndarray, colors_u8: np.ndarray) -> np.ndarray:
    """The picture (H, W, 3) uint8 RGB with every painted area in its color; the same array where nothing moves.

    Args:
        picture_u8: (H, W, 3), RGB. It is not written to.
        lines_u8: (H, W), 255 = line.
        colors_u8: (H, W, 4), RGBA with premultiplied alpha, as `spread_colors` gives it.
    """
    paint_u8 = np.ascontiguousarray(colors_u8[::2, ::2])
    line_u8 = np.ascontiguousarray(lines_u8[::2, ::2])
    bare_u8 = cv2.compare(line_u8, LINE_LEVEL, cv2.CMP_LT)
    lab_u8 = cv2.cvtColor(np.ascontiguousarray(picture_u8[::2, ::2]), cv2.COLOR_RGB2Lab)
    moves = np.zeros(lab_u8.shape, np.float32)
    for rgb_u8 in _colors(paint_u8):
        mask_u8 = cv2.inRange(paint_u8, (*rgb_u8, OPAQUE), (*rgb_u8, 255))
        wanted = _lab(cv2.cvtColor(np.uint8([[rgb_u8]]), cv2.COLOR_RGB2Lab)[0, 0])
        for (top, left, bottom, right), whole, inner in _areas(mask_u8, bare_u8):
            move = toward(_lab(np.median(lab_u8[top:bottom, left:right][inner], axis=0)), wanted)
            moves[top:bottom, left:right][whole] = move * np.float32([2.55, 1, 1])
    if not moves.any():
        return picture_u8
    moves = cv2.GaussianBlur(moves, (0, 0), 0.8) * (1 - INK_KEPT / 255 * line_u8.astype(np.float32))[..., None]
    height, width = lines_u8.shape
    steps = cv2.resize(moves.round().astype(np.int16), (width, height), interpolation=cv2.INTER_LINEAR)
    moved_u8 = cv2.add(cv2.cvtColor(picture_u8, cv2.COLOR_RGB2Lab), steps, dtype=cv2.CV_8U)
    touched = cv2.inRange(steps, (0, 0, 0), (0, 0, 0))
    return cv2.copyTo(picture_u8, touched, cv2.cvtColor(moved_u8, cv2.COLOR_Lab2RGB))


def _lab(lab_u8: np.ndarray) -> np.ndarray:
    """OpenCV's 8-bit L, a, b (3,) as L 0..100 and a, b about -100..100."""
    return lab_u8.astype(np.float32) * np.float32([100 / 255, 1, 1]) - np.float32([0, 128, 128])


def _colors(paint_u8: np.ndarray) -> list[tuple[int, ...]]:
    """The flat colors of the paint (H, W, 4), the largest first, at most `MAX_COLORS`."""
    few = paint_u8[::2, ::2].reshape(-1, 4)
    few = few[few[:, 3] >= OPAQUE, :3].astype(np.int32)
    found, counts = np.unique(few @ np.int32([65536, 256, 1]), return_counts=True)
    largest = np.argsort(-counts, kind="stable")[:MAX_COLORS]
    return [(code >> 16, code >> 8 & 255, code & 255) for code in found[largest].tolist()]


def _areas(mask_u8: np.ndarray, bare_u8: np.ndarray) -> Iterator[tuple[Box, np.ndarray, np.ndarray]]:
    """The painted areas that lines part: (top, left, bottom, right), and in this box all of the area with what of it
    lies under lines, and what of it lies away from them, both (H, W) bool.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_and(mask_u8, bare_u8), connectivity=4)
    reach = np.ones((2 * EDGE_PX + 1,) * 2, np.uint8)
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] < LEAST_PX:
            continue
        left, top, width, height = stats[number, :4].tolist()
        left, top = max(0, left - EDGE_PX), max(0, top - EDGE_PX)
        right, bottom = left + width + 2 * EDGE_PX, top + height + 2 * EDGE_PX
        one = (labels[top:bottom, left:right] == number).astype(np.uint8)
        inner = cv2.erode(one, reach, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        whole = (cv2.dilate(one, reach) > 0) & (mask_u8[top:bottom, left:right] > 0)
        yield (top, left, bottom, right), whole, (inner if cv2.countNonZero(inner) >= LEAST_PX else one) > 0
