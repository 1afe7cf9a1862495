"""Drawings to measure with: new ones each time, or the same one with a stroke more.

Knows: pixels.  Must not know: engines, clocks.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from sprint_live.errors import ArgumentError, refusal

PAPER, INK = 255, 0


def new_pages(height: int, width: int, count: int) -> list[np.ndarray]:
    """`count` different drawings (H, W) uint8 of a head with ears and whiskers,
    each a little elsewhere and with a stroke of its own.
    """
    pages, rng = [], np.random.default_rng(count)
    for index in range(count):
        page = np.full((height, width), PAPER, np.uint8)
        side_px = min(height, width)
        x, y, r = width // 2 + index * side_px // (8 * count), height // 2, side_px // 4
        pen_px = max(2, side_px // 128)
        cv2.circle(page, (x, y), r, INK, pen_px, cv2.LINE_AA)
        for side in (-1, 1):
            ear = np.array(
                [(x + side * r * 9 // 10, y - r // 2), (x + side * r, y - r * 3 // 2), (x + side * r // 3, y - r)]
            )
            cv2.polylines(page, [ear], True, INK, pen_px, cv2.LINE_AA)
            cv2.circle(page, (x + side * r // 3, y - r // 6), r // 10, INK, pen_px, cv2.LINE_AA)
            cv2.line(
                page, (x + side * r // 4, y + r // 3), (x + side * r * 6 // 5, y + r // 4), INK, pen_px, cv2.LINE_AA
            )
        cv2.polylines(
            page, [rng.integers(0, (width, height), (3, 2)).astype(np.int32)], False, INK, pen_px, cv2.LINE_AA
        )
        pages.append(page)
    return pages


def edited_pages(height: int, width: int, edit_px: int) -> Iterator[np.ndarray]:
    """An endless series of one drawing: each page differs from the last only inside a square of `edit_px`,
    and fills its width.

    The square wanders over a grid, so that the part which changes is not always the same.

    Raises:
        ArgumentError: the square is smaller than 16 px or larger than the page.
    """
    if not 16 <= edit_px <= min(height, width):
        raise ArgumentError(
            refusal(got=f"an edit of {edit_px} px", accepted=f"16 to {min(height, width)}", fix="choose another")
        )
    [page] = new_pages(height, width, 1)
    rng = np.random.default_rng(0)
    while True:
        top, left = (int(rng.integers(0, limit - edit_px + 1)) for limit in (height, width))
        page = page.copy()
        ends = rng.integers(0, edit_px, (4, 2))
        ends[:2] = (
            (0, 0),
            (edit_px - 1, edit_px - 1),
        )  # from corner to corner: the rectangle that changes is the whole square
        square = page[top : top + edit_px, left : left + edit_px]
        before = square.copy()
        cv2.polylines(square, [ends.astype(np.int32)], False, INK, max(2, edit_px // 64))
        for corner in ((0, 0), (-1, -1)):
            square[corner] = PAPER if before[corner] == INK else INK
        yield page
