"""Edges of a picture or photograph (Canny), at a scale that follows the picture's size."""

from __future__ import annotations

import cv2
import numpy as np

TITLE = "edges of a picture (Canny)"

REFERENCE_PX = 512  # lengths below are for a picture of this shorter side
SMOOTH_PX = 2.0
THICKNESS_PX = 2.5
LOW, HIGH = 30.0, 66.0


def detect(image_u8: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, 3) uint8 -> (H, W) uint8, 0 or 255; edges of every channel count."""
    return edges_above(image_u8, HIGH)


def edges_above(image_u8: np.ndarray, high: float) -> np.ndarray:
    """`detect` at another threshold: an edge starts at the gradient `high` and goes on down to LOW / HIGH of it."""
    unit = min(image_u8.shape[:2]) / REFERENCE_PX
    smooth_u8 = cv2.GaussianBlur(image_u8, (0, 0), max(0.5, SMOOTH_PX * unit))
    channels = [smooth_u8] if smooth_u8.ndim == 2 else cv2.split(smooth_u8)
    edges_u8: np.ndarray = np.zeros(image_u8.shape[:2], np.uint8)
    for channel_u8 in channels:
        edges_u8 |= cv2.Canny(channel_u8, high * LOW / HIGH, high)
    width = max(1, round(THICKNESS_PX * unit))
    return cv2.dilate(edges_u8, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)))
