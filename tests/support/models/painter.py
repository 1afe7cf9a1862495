"""Hand-made sketches, and engines that paint exactly what a test wants."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from sprint_live.api.frame import Frame
from sprint_live.eval.drawings import Drawing
from sprint_live.eval.outline import enclosed
from sprint_live.thinning import thin

SIDE = 512
RGB = {
    "red": (200, 30, 30),
    "orange": (250, 130, 20),
    "yellow": (250, 220, 40),
    "green": (50, 150, 60),
    "blue": (50, 110, 220),
    "purple": (130, 60, 190),
    "pink": (250, 140, 190),
    "brown": (120, 70, 35),
    "black": (30, 30, 35),
    "white": (245, 245, 245),
    "gray": (140, 140, 140),
}


def disc(rgb: tuple[int, int, int], *, shift_px: int = 0, paper: int = 255) -> np.ndarray:
    """(512, 512, 3): a filled disc of radius 150 on white, moved right by `shift_px`."""
    picture_u8 = np.full((SIDE, SIDE, 3), paper, np.uint8)
    return cv2.circle(picture_u8, (256 + shift_px, 256), 150, rgb, -1, cv2.LINE_AA)


def disc_drawing() -> Drawing:
    """The outline of `disc`, called "a ball"."""
    sketch_u8 = cv2.circle(np.full((SIDE, SIDE), 255, np.uint8), (256, 256), 150, 0, 4, cv2.LINE_AA)
    ink = sketch_u8 < 128
    return Drawing(
        name="ball", prompt="a ball", noun="ball", sketch_u8=sketch_u8, ink=ink, lines=thin(ink), inside=enclosed(ink)
    )


class Painter:
    """An engine that returns `paint(prompt, seed)`, and remembers what it was asked."""

    def __init__(self, paint: Callable[[str, int], np.ndarray]) -> None:
        self._paint = paint
        self.asked: list[tuple[str, int]] = []

    def draw(self, sketch: np.ndarray, prompt: str, *, seed: int, steps: int, size: int) -> Frame:
        self.asked.append((prompt, seed))
        return Frame(pixels_u8=self._paint(prompt, seed), jpeg=b"", timings_ms={"total": 0.0})
