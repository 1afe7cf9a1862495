"""A drawing style, called a hand: how a person draws polylines. Bent, uneven, with gaps and overshoots.

One smooth field bends areas and lines alike, so the painted area is the area inside the line. Only the sketch has
gaps; the ink in the picture has none.

Knows: arrays.  Must not know: kinds, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sprint_live.train.data.sketches import displacement

_SHIFT = 4  # fractional bits of OpenCV's drawing functions
_INK_PX = (2.2, 5.0)  # thinnest and thickest ink of a picture, at 512 pixels


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One drawing style. Lengths are in pixels of the page, shares in [0, 1].

    bend_px: smooth drift of the lines. tremor_px: unevenness of a stroke. gap: share of strokes with one gap.
    overshoot: share of strokes that run past their end. twice: share of strokes drawn twice.
    """

    thickness_px: float
    bend_px: float
    tremor_px: float
    gap: float
    overshoot: float
    twice: float


def sample_hand(rng: np.random.Generator, side: int) -> Hand:
    """A random style for a page of `side` pixels: a third are steady, most are a little shaky, some are clumsy."""
    unit = side / 512
    mood = rng.choice(3, p=(0.3, 0.5, 0.2))
    return Hand(
        thickness_px=unit * float(np.exp(rng.uniform(np.log(1.4), np.log(7.5)))),
        bend_px=unit * float((rng.uniform(0, 1.5), rng.uniform(1, 4), rng.uniform(3, 7))[mood]),
        tremor_px=unit * float((0.0, rng.uniform(0.2, 0.8), rng.uniform(0.6, 1.8))[mood]),
        gap=float((0.0, rng.uniform(0, 0.3), rng.uniform(0.1, 0.6))[mood]),
        overshoot=float((0.0, rng.uniform(0, 0.2), rng.uniform(0, 0.4))[mood]),
        twice=float((0.0, 0.0, rng.uniform(0, 0.15))[mood]),
    )


def bend(points_xy: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Points (N, 2) moved by the field (S, S, 2) at their place."""
    at = points_xy.round().astype(int).clip(0, len(field) - 1)
    return points_xy + field[at[:, 1], at[:, 0]]


def bending(hand: Hand, side: int, rng: np.random.Generator) -> np.ndarray:
    """The smooth field (S, S, 2) in pixels by which this hand drifts."""
    return displacement(side, hand.bend_px, rng)


def draw_strokes(
    strokes: Sequence[np.ndarray], hand: Hand, side: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(sketch, ink), both (S, S) uint8, 255 = line: the polylines (N, 2) as drawn, and the same without gaps."""
    sketch, ink = np.zeros((side, side), np.uint8), np.zeros((side, side), np.uint8)
    ink_px = max(1, round(float(np.clip(hand.thickness_px, _INK_PX[0] * side / 512, _INK_PX[1] * side / 512))))
    for stroke in strokes:
        for _ in range(2 if rng.random() < hand.twice else 1):
            drawn = _uneven(stroke, hand, rng)
            thickness = max(1, round(hand.thickness_px * float(rng.uniform(0.85, 1.15))))
            for run in _with_gap(drawn, hand, rng):
                _polyline(sketch, run, thickness)
            _polyline(ink, drawn, ink_px)
    return sketch, ink


def fill(mask: np.ndarray, outline_xy: np.ndarray, value: int) -> None:
    """Fill a polygon (N, 2) into an integer image, in place, without smoothing its edge."""
    cv2.fillPoly(mask, [(outline_xy * 2**_SHIFT).round().astype(np.int32)], value, lineType=cv2.LINE_8, shift=_SHIFT)


def _polyline(canvas: np.ndarray, points_xy: np.ndarray, thickness: int) -> None:
    cv2.polylines(
        canvas, [(points_xy * 2**_SHIFT).round().astype(np.int32)], False, 255, thickness, cv2.LINE_AA, _SHIFT
    )


def _uneven(stroke: np.ndarray, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """The stroke with tremor; sometimes it overshoots its end."""
    drawn = stroke
    if hand.tremor_px and len(stroke) > 2:
        knots = max(3, len(stroke) // 4)
        along = np.linspace(0, knots - 1, len(stroke))
        noise = rng.normal(0, hand.tremor_px, (knots, 2))
        drawn = stroke + np.stack([np.interp(along, np.arange(knots), noise[:, axis]) for axis in (0, 1)], 1)
    if len(drawn) > 2 and rng.random() < hand.overshoot:
        step = drawn[-1] - drawn[-2]
        length = float(np.hypot(*step))
        if length > 0.5:
            drawn = np.vstack([drawn, drawn[-1] + step / length * hand.thickness_px * rng.uniform(1, 3)])
    return drawn


def _with_gap(drawn: np.ndarray, hand: Hand, rng: np.random.Generator) -> list[np.ndarray]:
    """The stroke in one piece, or in two with a gap of 2 to 4 % of the thing's lines between them."""
    if len(drawn) < 12 or rng.random() >= hand.gap:
        return [drawn]
    at, width = int(rng.integers(3, len(drawn) - 3)), int(rng.integers(1, max(2, len(drawn) // 20) + 1))
    return [piece for piece in (drawn[:at], drawn[at + width :]) if len(piece) > 1]
