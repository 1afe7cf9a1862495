"""Turns a picture into a drawing as people make them: wobbly, broken, incomplete lines.

A model that is trained on detector edges only is good on detector edges only. People draw outlines with a few inner
strokes, thick or thin, slightly displaced. Lines are traced as polylines, bent by one smooth displacement field (so
that neighboring lines stay neighbors), thinned out, broken, and drawn again with a brush.

Knows: arrays.  Must not know: captions, files, models.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True, kw_only=True)
class SketchStyle:
    """How one drawing is made. Lengths in pixels of the map; probabilities in [0, 1]."""

    thickness_px: float
    wobble_px: float
    simplify_px: float
    keep_inner: float
    gap: float
    fill_dots: bool
    detector: bool


def sample_style(rng: np.random.Generator, side: int) -> SketchStyle:
    """A random style: 45 % full drawing, 25 % few inner strokes, 15 % outline only, 15 % plain detector edges."""
    unit = side / 512.0
    kind = rng.choice(4, p=(0.45, 0.25, 0.15, 0.15))
    return SketchStyle(
        thickness_px=unit * float(np.exp(rng.uniform(np.log(1.0), np.log(7.0)))),
        wobble_px=unit * float(rng.choice([0.0, rng.uniform(0.5, 2.5), rng.uniform(2.0, 5.0)], p=(0.2, 0.55, 0.25))),
        simplify_px=unit * float(rng.uniform(0.6, 3.0)),
        keep_inner=(1.0, float(rng.uniform(0.2, 0.8)), 0.0, 1.0)[kind],
        gap=float(rng.choice([0.0, rng.uniform(0.02, 0.25)], p=(0.6, 0.4))),
        fill_dots=bool(rng.random() < 0.35),
        detector=bool(kind == 3),
    )


def draw_sketch(picture_u8: np.ndarray, owner: np.ndarray, style: SketchStyle, rng: np.random.Generator) -> np.ndarray:
    """White lines on black, uint8 (S, S), for a picture (S, S, 3).

    `owner` (S, S) uint8 says which object is visible at a pixel (0 = background): its borders are the outlines.
    """
    side = picture_u8.shape[0]
    field = beside(style, side, rng)
    inner = _inner_edges(picture_u8, owner, rng)
    if style.detector:
        lines = inner | _outline_map(owner)
        radius = max(1, round(style.thickness_px / 2))
        return cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (radius, radius)))
    canvas = np.zeros((side, side), np.uint8)
    for index in range(1, int(owner.max()) + 1):
        contours, _ = cv2.findContours((owner == index).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            if len(contour) >= 12:
                _stroke(canvas, contour[:, 0, :], field, style, rng, closed=True)
    pieces, _ = cv2.findContours(inner, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for piece in pieces:
        if len(piece) < side * 0.03 or rng.random() > style.keep_inner:
            continue
        small = cv2.contourArea(piece) > 12 and cv2.boundingRect(piece)[2] < side * 0.07
        if small and style.fill_dots:
            cv2.fillPoly(canvas, [_bend(piece[:, 0, :], field).round().astype(np.int32)], 255, lineType=cv2.LINE_AA)
        else:
            _stroke(canvas, piece[:, 0, :], field, style, rng, closed=False)
    return canvas


def beside(style: SketchStyle, side: int, rng: np.random.Generator) -> np.ndarray:
    """The shifts (S, S, 2) of the drawn lines in pixels. `draw_sketch` takes them from `rng` first."""
    return displacement(side, 0.0 if style.detector else style.wobble_px, rng)


def _outline_map(owner: np.ndarray) -> np.ndarray:
    return cv2.morphologyEx(owner, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).clip(0, 1) * np.uint8(255)


def _inner_edges(picture_u8: np.ndarray, owner: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Canny edges of the smoothed picture, away from the outlines, as a 0/255 map."""
    side = picture_u8.shape[0]
    sigma = side / 512.0 * float(rng.uniform(1.5, 3.5))
    smooth = cv2.GaussianBlur(picture_u8, (0, 0), sigma)
    low = float(rng.uniform(15, 45))
    edges = np.zeros(owner.shape, np.uint8)
    for channel in range(3):
        edges |= cv2.Canny(smooth[..., channel], low, low * 2.2)
    edges = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    margin = max(3, round(side * 0.014)) | 1
    near_outline = cv2.dilate(_outline_map(owner), np.ones((margin, margin), np.uint8))
    edges[(near_outline > 0) | (owner == 0)] = 0
    return edges


def displacement(side: int, wobble_px: float, rng: np.random.Generator) -> np.ndarray:
    """A smooth field (S, S, 2) of shifts in pixels: a slow drift plus a quicker tremble."""
    slow = cv2.resize(rng.normal(size=(5, 5, 2)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    quick = cv2.resize(rng.normal(size=(14, 14, 2)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    return wobble_px * (slow + 0.6 * quick)


def _bend(points_xy: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Integer points (N, 2) moved by the field at their place -> float points (N, 2)."""
    return points_xy + field[points_xy[:, 1], points_xy[:, 0]]


def _stroke(
    canvas: np.ndarray,
    points_xy: np.ndarray,
    field: np.ndarray,
    style: SketchStyle,
    rng: np.random.Generator,
    *,
    closed: bool,
) -> None:
    """Draw one traced line: simplified, bent, with gaps, with slightly varying thickness."""
    simple = cv2.approxPolyDP(points_xy.astype(np.int32)[:, None, :], style.simplify_px, closed)[:, 0, :]
    bent = _bend(simple, field)
    if closed:
        bent = np.vstack([bent, bent[:1]])
    thickness = max(1, round(style.thickness_px * float(rng.uniform(0.8, 1.2))))
    runs = [bent]
    if style.gap > 0 and len(bent) > 4:
        keep = rng.random(len(bent)) > style.gap
        runs = [run for run in np.split(bent, np.where(~keep)[0]) if len(run) > 1]
    fixed = [(run * 16).round().astype(np.int32) for run in runs]
    cv2.polylines(canvas, fixed, False, 255, thickness, cv2.LINE_AA, shift=4)
