"""Redraws a detector's map of a photo in a random drawing style.

A photo has no list of objects. So lines are bent, broken and left out as pixels; `sketches` does it with polylines.

Knows: arrays.  Must not know: detectors, captions, files.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.sketches import SketchStyle, displacement

_LONG = 0.25  # lines whose bounding box reaches this share of the side count as outlines: they are never left out


def redraw(map_u8: np.ndarray, style: SketchStyle, rng: np.random.Generator) -> np.ndarray:
    """White lines on black (S, S) uint8 -> the same lines in the drawing style, (S, S) uint8.

    keep_inner: share of the short lines that stay. gap: share of the length that is erased. thickness_px: minimum
    thickness. wobble_px: as in `draw_sketch`. With `style.detector` only the thickness changes.
    """
    lines = np.where(map_u8 > 127, 255, 0).astype(np.uint8)
    side = lines.shape[0]
    if not style.detector:
        lines = _without_some(lines, style.keep_inner, rng)
        field = displacement(side, style.wobble_px, rng)
        rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
        lines = cv2.remap(lines, columns - field[..., 0], rows - field[..., 1], cv2.INTER_LINEAR)
        lines = _with_gaps(lines, style.gap, rng)
    width = round(style.thickness_px)
    return cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))) if width > 2 else lines


def _without_some(lines: np.ndarray, keep: float, rng: np.random.Generator) -> np.ndarray:
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines)
    extent = boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    kept = (extent >= _LONG * lines.shape[0]) | (rng.random(count) <= keep)
    kept[0] = False  # the page
    return np.where(kept[labels], lines, 0)


def _with_gaps(lines: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Erase discs on the lines until about `share` of their pixels is gone."""
    ys, xs = np.nonzero(lines)
    if share <= 0 or not len(ys):
        return lines
    radius = max(2, round(lines.shape[0] * 0.012))
    rubbed = lines.copy()
    for place in rng.permutation(len(ys))[: round(len(ys) * share / radius)]:
        cv2.circle(rubbed, (int(xs[place]), int(ys[place])), radius, 0, -1)
        if np.count_nonzero(rubbed) <= (1 - share) * len(ys):
            break
    return rubbed
