"""Outlines of a photograph as pen strokes: HED, thinned and drawn again, as the released ControlNets saw them.

The network's soft map is thinned by non-maximum suppression at half of its range; the peaks are blurred and everything
that is left of them becomes white: a lone line is 11 px wide whatever the picture's size, so give a picture at the size
it will be drawn at. `set_thickness` then does what the released code calls thickness.
"""

from __future__ import annotations

from functools import reduce

import cv2
import numpy as np

from controlnet.maps.hed_soft import at_network_scale, soft_map

TITLE = "pen strokes of a photo (HED)"

THRESHOLD_U8 = 127
SIGMA_PX = 3.0  # of the blur before thinning, and of the one that draws the lines
FAINTEST_U8 = 4

# three pixels in a row: across, down, and along the two diagonals
NEIGHBORS = [np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]], np.uint8), np.array([[0, 1, 0]] * 3, np.uint8)]
NEIGHBORS += [np.eye(3, dtype=np.uint8), np.ascontiguousarray(np.eye(3, dtype=np.uint8)[::-1])]


def detect(image_u8: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, 3) uint8 -> (H, W) uint8, 0 or 255."""
    lines_u8 = draw_peaks(soft_map(at_network_scale(image_u8)))
    if lines_u8.shape == image_u8.shape[:2]:
        return lines_u8
    grown_u8 = cv2.resize(lines_u8, image_u8.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(grown_u8 > 127, 255, 0).astype(np.uint8)


def draw_peaks(soft_u8: np.ndarray) -> np.ndarray:
    """Soft edges (H, W) uint8 -> lines (H, W), 0 or 255, by the steps of the released preprocessing."""
    smooth = cv2.GaussianBlur(soft_u8.astype(np.float32), (0, 0), SIGMA_PX)
    is_peak = reduce(np.logical_or, [cv2.dilate(smooth, row) == smooth for row in NEIGHBORS])
    peaks_u8 = np.where(is_peak & (smooth > THRESHOLD_U8), 255, 0).astype(np.uint8)
    blurred_u8 = cv2.GaussianBlur(peaks_u8, (0, 0), SIGMA_PX)
    return np.where(blurred_u8 > FAINTEST_U8, 255, 0).astype(np.uint8)
