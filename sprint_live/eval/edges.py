"""Does the picture keep to the lines? Recall and precision of its edges, with a tolerance of 1 % of the side.

One detector threshold is one operating point, so the whole curve is reported, as boundary benchmarks do, and two points
of it: the detector's own threshold, and the one at which it reads REAL held-out pictures best (`choose_threshold`,
which never sees a generated picture). Matching is not one to one:
an edge may answer for several pixels of a line in its reach.

Source: the precision/recall curve and its best F at one threshold for the whole set are those of the Berkeley benchmark
(Arbelaez et al., PAMI 33, 2011); its one-to-one matching is left out.
"""

from __future__ import annotations

import numpy as np

from controlnet.maps import canny
from sprint_live.eval.outline import distance_px
from sprint_live.thinning import thin

TOLERANCE = 0.01  # of the side
FIXED = canny.HIGH
THRESHOLDS = tuple(FIXED * 2.0 ** (step / 2) for step in range(-4, 5))  # 16.5 .. 264, half an octave apart


def edge_scores(
    picture_u8: np.ndarray, *, ink: np.ndarray, lines: np.ndarray, threshold: float = FIXED
) -> tuple[float, float]:
    """(recall, precision) of a picture (S, S, 3) uint8 against a drawing's `ink` and its thinned `lines` (S, S) bool.

    recall: share of the lines' pixels with an edge of the picture in reach. precision: share of the edges'
    pixels, thinned, with ink in reach; 0 for a picture without edges. Thinned, so that neither a thick pen nor Canny's
    own widening stretches the tolerance, and every line counts by its length.
    """
    reach_px = TOLERANCE * ink.shape[0]
    edges = thin(canny.edges_above(picture_u8, threshold) > 0)
    if not edges.any() or not lines.any():
        return 0.0, 0.0
    recall = (distance_px(edges)[lines] <= reach_px).mean()
    precision = (distance_px(ink)[edges] <= reach_px).mean()
    return float(recall), float(precision)


def edge_curve(picture_u8: np.ndarray, *, ink: np.ndarray, lines: np.ndarray) -> list[tuple[float, float]]:
    """`edge_scores` at each of THRESHOLDS."""
    return [edge_scores(picture_u8, ink=ink, lines=lines, threshold=threshold) for threshold in THRESHOLDS]


def f_score(recall: float, precision: float) -> float:
    """Harmonic mean of the two; 0 where both are."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def choose_threshold(curves: list[list[tuple[float, float]]]) -> float:
    """The threshold with the best F of mean recall and mean precision over real pictures, one `edge_curve` each."""
    recalls, precisions = np.asarray(curves, np.float64).mean(axis=0).T
    scores = [f_score(recall, precision) for recall, precision in zip(recalls, precisions, strict=True)]
    return THRESHOLDS[int(np.argmax(scores))]
