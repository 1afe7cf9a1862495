"""From a drawing to the page that the branch reads: white lines on black, and beside them the colors that were painted.

A model that was not taught colors, and a detector other than that of drawn lines, get the lines alone.

Knows: pixels, the detectors.  Must not know: networks, jobs, strokes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from controlnet.maps import Detect, colored_page, keep_colors, lines_and_colors, load_detector, spread_colors
from sprint_live.engine.sketch import fit_page, grow_lines
from sprint_live.models.zoo import ZooModel

READS_COLORS = "strokes"  # a photo's edges are lines, whatever their color


@dataclass(frozen=True, kw_only=True)
class ControlPage:
    """What the branch reads, pixels_u8: (H, W) or (H, W, 3). lines_u8: (H, W), 255 = line. colors_u8: its paint
    (H, W, 4), premultiplied and spread; None without any."""

    pixels_u8: np.ndarray
    lines_u8: np.ndarray
    colors_u8: np.ndarray | None = None

    def kept(self, picture_u8: np.ndarray) -> np.ndarray:
        """A picture (H, W, 3) that was drawn by this page, with its painted areas in their colors."""
        return picture_u8 if self.colors_u8 is None else keep_colors(picture_u8, self.lines_u8, self.colors_u8)


@dataclass(frozen=True, kw_only=True)
class ControlPages:
    """Makes control pages. growth_px: see `grow_lines`. colored: whether the branch was taught colors."""

    detect: Detect
    growth_px: float
    colored: bool

    @classmethod
    def of(cls, model: ZooModel, detector: str) -> ControlPages:
        """As a model reads them. Raises: ArgumentError if there is no such detector."""
        colored = model.colored_pages and detector == READS_COLORS
        return cls(detect=load_detector(detector), growth_px=model.line_growth_px, colored=colored)

    def page(self, pixels_u8: np.ndarray, colors_u8: np.ndarray | None, height: int, width: int) -> ControlPage:
        """The page of a drawing, height x width pixels; gray where the drawing has no colors or the branch reads none.

        pixels_u8: the drawing, (H, W) or (H, W, 3). colors_u8: its paint (H, W, 4), premultiplied, where that is known
        apart from it; None: it is told from the lines by `lines_and_colors`.
        """
        if colors_u8 is None and self.colored:
            lines_u8, colors_u8 = lines_and_colors(pixels_u8)
        else:
            lines_u8 = self.detect(pixels_u8)
        lines_u8 = grow_lines(fit_page(lines_u8, height, width), self.growth_px)
        if colors_u8 is None or not self.colored or not colors_u8.any():
            return ControlPage(pixels_u8=lines_u8, lines_u8=lines_u8)
        colors_u8 = spread_colors(lines_u8, fit_page(colors_u8, height, width))
        return ControlPage(pixels_u8=colored_page(lines_u8, colors_u8), lines_u8=lines_u8, colors_u8=colors_u8)
