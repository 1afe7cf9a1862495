"""Is an area of one color, or blotched? The standard deviation of CIELAB a, b in every area that lines enclose.

Lightness is left out, so that shading costs nothing; a flat or a shaded area has about 0 to 3, one with a second color in
it 15 and more. Areas that the drawing does not divide count as one even where a picture paints two things in it.
"""

from __future__ import annotations

import numpy as np

from sprint_live.eval.areas import find_areas
from sprint_live.eval.color_words import lab_of
from sprint_live.eval.intervals import statistic_interval

AWAY_FROM_LINES = 0.012  # of the side
HIGH_PERCENTILE = 90
WHAT = f"root of the summed variances of CIELAB a and b within an area that lines enclose, {AWAY_FROM_LINES:.1%} of the side away from lines"


def area_mottles(picture_u8: np.ndarray, ink: np.ndarray) -> list[float]:
    """Of a picture (S, S, 3) uint8 and a drawing's ink (S, S) bool: one value >= 0 for every enclosed area."""
    return [mottle(picture_u8, area) for area in find_areas(ink, off_lines=AWAY_FROM_LINES)]


def mottle(picture_u8: np.ndarray, area: np.ndarray) -> float:
    """sqrt(var a + var b) over an area (S, S) bool, not empty."""
    return float(np.sqrt(lab_of(picture_u8[area])[:, 1:].var(axis=0).sum()))


def summarize_mottle(groups: list[list[list[float]]]) -> dict[str, object]:
    """Median and 90th percentile over all areas; groups: drawing -> picture -> areas. Intervals resample drawings."""
    return {
        "what": WHAT,
        "median": statistic_interval(groups, np.median),
        "p90": statistic_interval(groups, lambda values: np.percentile(values, HIGH_PERCENTILE)),
    }
