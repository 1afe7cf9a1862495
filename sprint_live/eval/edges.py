"""Does the picture keep to the lines? Recall and precision of its edges, with a tolerance of 1 % of the side."""

from __future__ import annotations

import numpy as np

from controlnet.maps import canny
from sprint_live.eval.outline import distance_px, thin

TOLERANCE = 0.01  # of the side


def edge_scores(picture_u8: np.ndarray, *, ink: np.ndarray, lines: np.ndarray) -> tuple[float, float]:
    """(recall, precision) of a picture (S, S, 3) uint8 against a drawing's `ink` and its thinned `lines` (S, S) bool.

    recall: share of the lines' pixels with an edge of the picture in reach. precision: share of the edges'
    pixels, thinned, with ink in reach; 0 for a picture without edges. Thinned, so that neither a thick pen nor Canny's
    own widening stretches the tolerance, and every line counts by its length.
    """
    reach_px = TOLERANCE * ink.shape[0]
    edges = thin(canny.detect(picture_u8) > 0)
    if not edges.any() or not lines.any():
        return 0.0, 0.0
    recall = (distance_px(edges)[lines] <= reach_px).mean()
    precision = (distance_px(ink)[edges] <= reach_px).mean()
    return float(recall), float(precision)
