"""Felt: soft sheets of pressed fiber, sewn on with a running stitch.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    daylight,
    grid,
    hollows,
    lit,
    luma,
    mix,
    noise,
    plateau,
    slopes,
    smoothstep,
    strands,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Padded sheets with woolly edges; dashes of thread, lighter or darker than the sheet, run along the inside."""
    side, px = surface.side, surface.scale
    turn = noise(side, 12, rng) * 3.0
    fiber = strands(np.cos(turn), np.sin(turn), 9, rng, cell_px=1.6)
    cloud = noise(side, 16, rng, octaves=2)
    x, y = grid(side)
    woolly = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    step = 1.4 * px * fiber * (1 - np.clip(2.2 * cv2.GaussianBlur(surface.lines_01, (0, 0), 2.5 * px), 0, 0.9))
    picture = np.dstack([surface.dressed_01, surface.coverage_01])
    picture = cv2.remap(picture, x + side / 2 + step, y + side / 2 + step[::-1], **woolly)
    thread, sunk = _stitches(surface, rng)
    high = plateau(0.7 * surface.dome_px, 8) + plateau(0.7 * surface.bump_px, 6) - 2.2 * sunk
    high = cv2.GaussianBlur(high, (0, 0), 1.6 * px)
    nx, ny, _ = slopes(high + 0.20 * fiber + 0.22 * cloud + 1.6 * thread, px)
    color = picture[..., :3] * (1 + 0.055 * fiber + 0.03 * cloud)[..., None]
    color = color + 0.05 * smoothstep(0.8, 2.2, fiber)[..., None]
    base = surface.base_01
    yarn = np.where(luma(base)[..., None] > 0.5, base * 0.50, base * 0.45 + 0.55)
    color = mix(color, yarn, thread)
    rgb = lit(
        np.clip(color, 0, 1), nx, ny, daylight(surface.light, 0.60, 0.58, wrap=0.6), None, hollows(high, px, 5, 1.6)
    )
    return Layer(rgb_01=rgb, alpha_01=np.clip(picture[..., 3], 0, 1), shadow_01=0.5)


def _stitches(surface: Surface, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(dashes of thread, the dents around them), both (H, W) in [0, 1]; some eight pixels inside every larger part."""
    px, inset = surface.scale, 8.0
    mark = np.zeros(surface.labels.shape, np.uint8)
    deep = (surface.edge_px > inset) & (surface.lines_01 < 0.3)
    contours, _ = cv2.findContours(deep.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        points = contour[:, 0].astype(np.float32)
        if len(points) < 40 * px:
            continue
        walked = np.cumsum(np.hypot(*(points - np.roll(points, 1, 0)).T)) / px
        count = max(3, round(float(walked[-1]) / 15))
        phase = (walked / walked[-1] * count) % 1
        starts = np.flatnonzero(np.diff((phase < 0.6).astype(int), prepend=0) == 1)
        stops = np.flatnonzero(np.diff((phase < 0.6).astype(int), append=0) == -1)
        for start, stop in zip(starts, stops, strict=False):
            if stop > start:
                ends = (points[[start, stop]] * 16).round().astype(int)
                cv2.line(mark, ends[0].tolist(), ends[1].tolist(), 255, max(1, round(3.0 * px)), cv2.LINE_AA, shift=4)
    thread = cv2.GaussianBlur(mark.astype(np.float32) / 255, (0, 0), 0.6 * px)
    return thread, np.clip(1.6 * cv2.GaussianBlur(thread, (0, 0), 3 * px), 0, 1)


MATERIAL = Material(
    name="felt",
    words=("made of felt", "felt", "felt fabric", "felt applique", "sewn felt"),
    render=render,
)
