"""Measures whether areas are blotched: the standard deviation of CIELAB a, b in every area that lines enclose.

Lightness is left out, so that shading costs nothing; the shipped drawings filled flat have
0, filled with shaded colors a median of 1 and a 90th percentile of 6; an area with a second color in it has 15 and
more. Areas that the drawing does not divide count as one even where a picture paints two things in it.
"""

from __future__ import annotations

import numpy as np

from sprint_live.eval.areas import inner_areas
from sprint_live.eval.color_words import lab_of
from sprint_live.eval.intervals import statistic_interval

AWAY_FROM_LINES = 0.012  # of the side
HIGH_PERCENTILE = 90
WHAT = (
    f"root of var a + var b (CIELAB) in an area that lines enclose, {AWAY_FROM_LINES:.1%} of the side away from lines"
)


def mottle_areas(ink: np.ndarray) -> np.ndarray:
    """A drawing's ink (S, S) bool -> (S, S) int: a number above 0 for every area, away from lines."""
    return inner_areas(ink, off_lines=AWAY_FROM_LINES)


def area_mottles(picture_u8: np.ndarray, areas: np.ndarray) -> list[float]:
    """sqrt(var a + var b) of a picture (S, S, 3) uint8 in each area of `mottle_areas`, by their numbers."""
    inside = areas > 0
    numbers, ab = areas[inside], lab_of(picture_u8[inside])[:, 1:].astype(np.float64)
    counts = np.bincount(numbers)
    variance = np.zeros(len(counts))
    for values in ab.T:
        mean = np.bincount(numbers, values) / np.maximum(counts, 1)
        variance += np.bincount(numbers, (values - mean[numbers]) ** 2) / np.maximum(counts, 1)
    return np.sqrt(variance[counts > 0]).tolist()


def summarize_mottle(groups: list[list[list[float]]]) -> dict[str, object]:
    """Median and 90th percentile over all areas; groups: drawing -> picture -> areas. Intervals resample drawings."""
    return {
        "what": WHAT,
        "median": statistic_interval(groups, np.median),
        "p90": statistic_interval(groups, lambda values: np.percentile(values, HIGH_PERCENTILE)),
    }
