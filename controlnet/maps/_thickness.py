"""Line thickness of a map, in the steps the released SANA ControlNets were trained with."""

from __future__ import annotations

import cv2
import numpy as np

from controlnet.errors import ArgumentError, refusal

MAX_THICKNESS = 64
ERODE_PX = 4


def set_thickness(map_u8: np.ndarray, thickness: int) -> np.ndarray:
    """Thin or widen the white lines of (H, W) uint8: 0 erodes by a square of 4 px, n > 1 dilates by one of n // 2 px.

    So 1, 2 and 3 leave the map as it is, 4 adds a pixel, 6 adds two.

    Raises:
        ArgumentError: as `check_thickness`.
    """
    check_thickness(thickness)
    if thickness == 0:
        return cv2.erode(map_u8, np.ones((ERODE_PX, ERODE_PX), np.uint8))
    width = thickness // 2
    return cv2.dilate(map_u8, np.ones((width, width), np.uint8)) if width > 1 else map_u8


def check_thickness(thickness: object) -> None:
    """Raises ArgumentError for anything but a whole number from 0 to 64."""
    if not isinstance(thickness, int) or isinstance(thickness, bool) or not 0 <= thickness <= MAX_THICKNESS:
        accepted = f"a whole number from 0 to {MAX_THICKNESS}"
        raise ArgumentError(
            refusal(got=f"thickness {thickness!r}", accepted=accepted, fix="1 leaves lines as they are")
        )
