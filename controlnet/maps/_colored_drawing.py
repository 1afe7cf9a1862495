"""One picture that holds lines and colors, taken apart: what is a line, what is paint.

The rule, for a page on light paper without a color of its own:
  - black, white and gray are never paint: they are lines, or paper;
  - a saturated mark is paint where it is wider than a pen (`PEN` of the longer side), and a line where it is thinner:
    the fine colored pens of a scan draw lines;
  - black over paint is a line with its own soft edge;
  - a page on which nothing would be left as a line is all lines, as for a model that knows no colors.
Any other paper (blue, black) is all lines, too.

Knows: arrays, the detector of drawn lines.  Must not know: models, tools: where they are known, a fill is paint
whatever its color.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from controlnet.maps import strokes

SATURATED_U8 = 48  # of largest less smallest channel: pastel paint has 55, warm paper and JPEG's fringes up to 40
TINTED_U8 = 8  # a pixel beside paint that has this much of it is no gray line
PEN = 0.008  # of the longer side: 8 px of 1024; what a disc of this width fits into is an area
LIGHT_PAPER_U8 = 128
RIM_PX = 2  # how far the soft edge of a line reaches into paint, and that of paint onto paper


def lines_and_colors(image_u8: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Lines (H, W) uint8, white on black, and the paint (H, W, 4) uint8, RGBA with premultiplied alpha; None: no color.

    image_u8: (H, W) or (H, W, 3) uint8, RGB. Without a color on it the lines are those of `strokes.detect`, bit for
    bit.
    """
    if image_u8.ndim == 2:
        return strokes.detect(image_u8), None
    pen_px = max(3, round(PEN * max(image_u8.shape[:2])))
    some_u8 = np.ascontiguousarray(image_u8[:: pen_px // 2, :: pen_px // 2])  # no area slips through a grid so fine
    if cv2.minMaxLoc(_chroma(cv2.split(some_u8))[1])[1] < SATURATED_U8:
        return strokes.detect(image_u8), None
    channels = cv2.split(image_u8)
    value_u8, chroma_u8 = _chroma(channels)
    paint_u8 = _areas(chroma_u8, pen_px)
    paper = [strokes.paper_level(channel_u8) for channel_u8 in channels]
    if min(paper) < LIGHT_PAPER_U8 or max(paper) - min(paper) >= SATURATED_U8 or not paint_u8.any():
        return strokes.detect(image_u8), None
    rim, paint_share = _soft_edges(value_u8, chroma_u8, paint_u8)
    gone_u8 = cv2.bitwise_or(paint_u8, _halo(value_u8, chroma_u8, paint_u8))
    bare_u8 = cv2.merge(
        [_filled(channel_u8, gone_u8, round(level)) for channel_u8, level in zip(channels, paper, strict=True)]
    )
    bare_u8[rim] = (paint_share * np.array(paper, np.float32)).round().astype(np.uint8)
    lines_u8 = strokes.detect(bare_u8)
    if not lines_u8.any():
        return strokes.detect(image_u8), None
    colors_u8 = cv2.merge([*(cv2.bitwise_and(channel_u8, paint_u8) for channel_u8 in channels), paint_u8])
    colors_u8[..., :3][rim] = (image_u8[rim] / paint_share).round().clip(0, 255).astype(np.uint8)
    return lines_u8, colors_u8


def _chroma(channels: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Of three channels the largest, and how far the smallest is below it."""
    red_u8, green_u8, blue_u8 = channels
    value_u8 = cv2.max(cv2.max(red_u8, green_u8), blue_u8)
    return value_u8, cv2.subtract(value_u8, cv2.min(cv2.min(red_u8, green_u8), blue_u8))


def _areas(chroma_u8: np.ndarray, pen_px: int) -> np.ndarray:
    """255 on saturated marks that are wider than a pen, with their corners; (H, W) uint8."""
    _, saturated_u8 = cv2.threshold(chroma_u8, SATURATED_U8 - 1, 255, cv2.THRESH_BINARY)
    core_u8 = cv2.erode(saturated_u8, _disc(pen_px))
    return cv2.bitwise_and(cv2.dilate(core_u8, _disc(2 * pen_px + 1)), saturated_u8)


def _filled(channel_u8: np.ndarray, mask_u8: np.ndarray, level: int) -> np.ndarray:
    """A copy with one level where the mask is 255."""
    return cv2.bitwise_or(cv2.bitwise_and(channel_u8, cv2.bitwise_not(mask_u8)), cv2.min(mask_u8, level))


def _halo(value_u8: np.ndarray, chroma_u8: np.ndarray, paint_u8: np.ndarray) -> np.ndarray:
    """255 on the soft edge of paint on bare paper: pale pixels with a tint, which are no lines; (H, W) uint8."""
    pale_u8 = cv2.bitwise_and(
        cv2.inRange(value_u8, LIGHT_PAPER_U8, 255), cv2.inRange(chroma_u8, TINTED_U8, SATURATED_U8)
    )
    return cv2.bitwise_and(cv2.dilate(paint_u8, _disc(2 * RIM_PX + 1)), pale_u8)


def _soft_edges(
    value_u8: np.ndarray, chroma_u8: np.ndarray, paint_u8: np.ndarray
) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    """Painted pixels beside black (index arrays of N), and how much of each is paint, float32 (N, 1) in (0, 1].

    The line darkens the paint that is next to it: its share is the value it has lost.
    """
    ink_u8 = cv2.bitwise_and(cv2.inRange(value_u8, 0, LIGHT_PAPER_U8 - 1), cv2.inRange(chroma_u8, 0, SATURATED_U8 - 1))
    beside = _disc(2 * RIM_PX + 1)
    rim = np.nonzero(cv2.bitwise_and(cv2.dilate(ink_u8, beside), paint_u8))
    whole_u8 = cv2.dilate(cv2.bitwise_and(value_u8, paint_u8), beside)
    return rim, (value_u8[rim].astype(np.float32) / whole_u8[rim])[:, None]


def _disc(width: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
