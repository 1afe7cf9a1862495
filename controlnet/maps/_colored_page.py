"""Colors on the control page: the input of the branch in painted areas.

Lines stay white on black. A painted pixel of color c (0..1) is written as `FLOOR + SPAN c`, between the black of the
bare page and the white of a line: so black paint is not the bare page, white paint is no line, and the released
detectors' pages, which hold no color, stay as they are.

Knows: arrays.  Must not know: strokes, models.
"""

from __future__ import annotations

import cv2
import numpy as np

FLOOR, SPAN = 0.2, 0.55


def color_page(lines_u8: np.ndarray, paint_rgb_u8: np.ndarray, painted_u8: np.ndarray) -> np.ndarray:
    """A control page (H, W, 3) uint8 RGB.

    Args:
        lines_u8: (H, W), 255 = line.
        paint_rgb_u8: (H, W, 3), the color that was painted; anything where nothing was.
        painted_u8: (H, W), 255 = painted: how much of a pixel the paint covers.
    """
    page = (FLOOR * 255 + SPAN * paint_rgb_u8.astype(np.float32)) * (painted_u8[..., None].astype(np.float32) / 255)
    line = lines_u8[..., None].astype(np.float32) / 255
    return (page * (1 - line) + 255 * line).round().astype(np.uint8)


def colored_page(lines_u8: np.ndarray, colors_u8: np.ndarray) -> np.ndarray:
    """`color_page` of premultiplied paint, up to two levels, at a tenth of its time: (H, W, 3) uint8 RGB.

    Args:
        lines_u8: (H, W), 255 = line.
        colors_u8: (H, W, 4) RGBA with premultiplied alpha; all 0 where nothing was painted.
    """
    *channels, painted_u8 = cv2.split(colors_u8)
    bare_u8 = cv2.bitwise_not(lines_u8)
    page = []
    for channel_u8 in channels:
        paint_u8 = cv2.addWeighted(channel_u8, SPAN, painted_u8, FLOOR, 0)
        page.append(cv2.add(cv2.multiply(paint_u8, bare_u8, scale=1 / 255), lines_u8))
    return cv2.merge(page)
