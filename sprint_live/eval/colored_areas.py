"""Does a picture keep the colors that a person put on the page? An area filled or dabbed with one must come out in it.

page with lines and colors -> (area, color) for every area that carries one -> picture -> share that match
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sprint_live.eval.areas import inner_areas
from sprint_live.eval.color_words import lab_of, median_lab

MAX_DISTANCE = 20.0  # CIELAB: about a third of the way from red to orange
LIGHTNESS_FREE = 15.0  # of L: shading may take an area this much lighter or darker at no cost
AWAY_FROM_LINES = 0.010  # of the side
INK_BELOW_L = 35.0  # a page's pixel darker than this and without color is a line
PAPER_ABOVE_L = 92.0
COLORED_ABOVE_CHROMA = 10.0
MIN_DAB = 0.02  # of an area, that must carry a color


@dataclass(frozen=True, kw_only=True)
class ColoredArea:
    """area: (S, S) bool, away from lines, not empty. rgb_u8: (3,) the color it was given."""

    area: np.ndarray
    rgb_u8: tuple[int, int, int]


def color_distance(picture_u8: np.ndarray, area: np.ndarray, rgb_u8: tuple[int, int, int]) -> float:
    """CIELAB distance >= 0 from a color to the median color of an area (S, S) bool of a picture (S, S, 3) uint8.

    Lightness counts only beyond LIGHTNESS_FREE.
    """
    light, a, b = (median_lab(picture_u8, area) - lab_of(np.array(rgb_u8))).tolist()
    return float(np.hypot(np.hypot(a, b), max(0.0, abs(light) - LIGHTNESS_FREE)))


def color_kept(
    picture_u8: np.ndarray, area: np.ndarray, rgb_u8: tuple[int, int, int], *, max_distance: float = MAX_DISTANCE
) -> bool:
    """Whether an area of a picture has the color (3,) it was given, as `color_distance` says."""
    return color_distance(picture_u8, area, rgb_u8) <= max_distance


def kept_share(
    picture_u8: np.ndarray, colored: Iterable[ColoredArea], *, max_distance: float = MAX_DISTANCE
) -> float | None:
    """Share 0..1 of the areas that keep their color; None without any."""
    kept = [color_kept(picture_u8, one.area, one.rgb_u8, max_distance=max_distance) for one in colored]
    return float(np.mean(kept)) if kept else None


def read_colored_areas(page_u8: np.ndarray) -> list[ColoredArea]:
    """A control page (S, S, 3) uint8, dark lines and colors on white -> the areas that carry a color.

    A dab colors the whole area that holds it: the median of its colored pixels. Of several colors in one area that
    median decides, so give every area one. Black, gray and white are lines, shades and paper here: none is a color.
    """
    lab = lab_of(page_u8)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    ink = (lab[..., 0] < INK_BELOW_L) & (chroma < COLORED_ABOVE_CHROMA)
    colors = (
        ~ink & (chroma >= COLORED_ABOVE_CHROMA) & ((lab[..., 0] < PAPER_ABOVE_L) | (chroma >= 2 * COLORED_ABOVE_CHROMA))
    )
    areas = inner_areas(ink, off_lines=AWAY_FROM_LINES)
    found = []
    for number in np.unique(areas[areas > 0]):
        area = areas == number
        dab = area & colors
        if dab.sum() >= MIN_DAB * area.sum():
            red, green, blue = np.median(page_u8[dab], axis=0).astype(int).tolist()
            found.append(ColoredArea(area=area, rgb_u8=(red, green, blue)))
    return found
