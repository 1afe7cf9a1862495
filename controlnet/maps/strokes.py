"""Drawn lines, unchanged: every pixel that differs from the paper is ink.

The paper is the median color of the border, so dark on light, light on dark and colored paper all work without a
switch, and a page in one color holds no line. Running user strokes through an edge detector instead (as the
released app does with HED) draws two lines for every stroke.
"""

from __future__ import annotations

from functools import reduce

import cv2
import numpy as np

TITLE = "drawn lines"

BORDER = 0.02  # share of the shorter side that is looked at for the paper color
NOISE_U8 = 24  # differences below this are paper grain or JPEG ringing
MIN_INK_U8 = 40  # a page whose strongest mark is fainter than this is blank
MIN_INK_PIXELS = 4  # and so is one with fewer marked pixels


def detect(image_u8: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, 3) uint8 -> (H, W) uint8, 0 = paper, 255 = the strongest ink; soft edges stay soft."""
    channels = (image_u8,) if image_u8.ndim == 2 else cv2.split(image_u8)
    difference_u8 = reduce(cv2.max, [_off_paper(channel_u8) for channel_u8 in channels])
    _, ink_u8 = cv2.threshold(difference_u8, NOISE_U8 - 1, 0, cv2.THRESH_TOZERO)
    counts = np.bincount(ink_u8.ravel(), minlength=256)
    strong = np.flatnonzero(np.cumsum(counts[::-1]) >= MIN_INK_PIXELS)
    peak = 255 - int(strong[0]) if strong.size else 0  # a picture of fewer pixels than a speck has none
    if peak < MIN_INK_U8:
        return np.zeros(ink_u8.shape, np.uint8)
    if peak == 255:
        return ink_u8
    return cv2.convertScaleAbs(ink_u8, alpha=255.0 / peak)


def _off_paper(channel_u8: np.ndarray) -> np.ndarray:
    """How far each pixel of a channel is from its paper."""
    return cv2.absdiff(channel_u8, paper_level(channel_u8))


def paper_level(channel_u8: np.ndarray) -> float:
    """Median of the border ring of one channel (H, W) uint8."""
    rows, columns = channel_u8.shape
    ring = max(1, round(BORDER * min(rows, columns)))
    sides = (channel_u8[:ring], channel_u8[-ring:], channel_u8[:, :ring], channel_u8[:, -ring:])
    return float(np.median(np.concatenate([side.ravel() for side in sides])))
