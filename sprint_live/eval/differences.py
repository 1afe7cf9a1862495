"""How different two pictures of one sketch are: the mean CIELAB distance inside the outline.

1 is about what an eye can just tell side by side, 100 is black against white. Pictures are compared as thumbnails, so
that grain does not count as difference, and 64 seeds (2,016 pairs) take a moment.
"""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np

THUMBNAIL_PX = 128
VISIBLE = 5.0  # mean distance from which a picture counts as changed


def thumbnail(picture_u8: np.ndarray) -> np.ndarray:
    """(S, S, 3) uint8 -> (128, 128, 3) uint8."""
    return cv2.resize(picture_u8, (THUMBNAIL_PX, THUMBNAIL_PX), interpolation=cv2.INTER_AREA)


def object_lab(picture_u8: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """CIELAB of the object in the thumbnail of a picture: (num_pixels, 3) float32, at least one pixel."""
    lab = cv2.cvtColor(thumbnail(picture_u8).astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    return lab[cv2.resize(inside.astype(np.float32), lab.shape[:2], interpolation=cv2.INTER_AREA) > 0]


def difference(one_lab: np.ndarray, other_lab: np.ndarray) -> float:
    """Mean distance of two results of `object_lab` with the same `inside`."""
    return float(np.linalg.norm(one_lab - other_lab, axis=1).mean())


def pairwise(labs: list[np.ndarray]) -> list[float]:
    """The difference of every pair of pictures; empty for fewer than two."""
    return [difference(one, other) for one, other in combinations(labs, 2)]
