"""Thins lines to one pixel, for tracing photos and for scoring pictures.

Knows: pixels.  Must not know: drawings, photos, models.
"""

from __future__ import annotations

import numpy as np

__all__ = ["thin"]


def thin(mask: np.ndarray) -> np.ndarray:
    """A bool mask (H, W) -> the skeleton of its lines, one pixel wide and as connected as they were.

    CONTRIBUTING says why we use no library for it. The morphological skeleton leaves a line of even width two pixels
    wide. Source: T. Y. Zhang, C. Y. Suen, A fast parallel algorithm for thinning digital patterns, CACM 27 (1984).
    """
    room = np.pad(mask, 1)
    alive = room.ravel()  # a view: what is taken away here is gone from `room`
    width = room.shape[1]
    around = np.array([-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1])[
        :, None
    ]  # north, then clockwise
    points = np.flatnonzero(alive)
    num_before = -1
    while num_before != len(points):
        num_before = len(points)
        for first, second in (
            ((0, 2, 4), (2, 4, 6)),
            ((0, 2, 6), (0, 4, 6)),
        ):  # from the south-east, from the north-west
            near = alive[points + around]
            num_near = near.sum(axis=0)
            num_rises = (~near & np.roll(near, -1, axis=0)).sum(axis=0)
            free = ~near[first, :].all(axis=0) & ~near[second, :].all(axis=0)
            removed = (num_near >= 2) & (num_near <= 6) & (num_rises == 1) & free
            alive[points[removed]] = False
            points = points[~removed]
    return room[1:-1, 1:-1]
