"""Pages of emoji: outlines and inner edges in a random drawing style, and the enclosed areas, each in one color.

An emoji gives the thing and its colors. The material decides how it is rendered.

Knows: cutouts, sketches, areas.  Must not know: materials, places, captions' wording.
"""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np

from sprint_live.train.data.comic import INK_FROM_U8, areas
from sprint_live.train.data.cutouts import Cutout
from sprint_live.train.data.page import Page
from sprint_live.train.data.scenes import SceneMaker
from sprint_live.train.data.sketches import beside, draw_sketch, sample_style

STYLES = ("flat", "noto")  # their areas are of one color already
_INK_PX = (2.2, 5.0)


class EmojiPages:
    """Random pages of one to four emoji; the same generator state gives the same page."""

    def __init__(self, cutouts: list[Cutout]) -> None:
        self._scenes = SceneMaker(cutouts)

    def draw(self, side: int, rng: np.random.Generator) -> Page:
        """A page of `side` x `side` pixels without color on it."""
        picture, owner, phrases = self._scenes.arrange(side, STYLES, rng)
        hand, seed = sample_style(rng, side), int(rng.integers(2**31))
        sketch = draw_sketch(picture, owner, hand, np.random.default_rng(seed))
        pen_px = float(np.clip(hand.thickness_px, side / 512 * _INK_PX[0], side / 512 * _INK_PX[1]))
        pen = dataclasses.replace(hand, thickness_px=pen_px, gap=0.0)
        ink = draw_sketch(picture, owner, pen, np.random.default_rng(seed))
        field = beside(pen, side, np.random.default_rng(seed))
        labels, things, colors = _areas(picture, owner, field, ink)
        return Page(
            labels=labels, things=things, colors_01=colors, sketch_u8=sketch, ink_u8=ink, phrases=tuple(phrases)
        )


def _areas(
    picture: np.ndarray, owner_u8: np.ndarray, field: np.ndarray, ink: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(labels, things, colors_01). Every area of an object takes the median color of the pixels under it."""
    side = len(owner_u8)
    from_xy = np.mgrid[0:side, 0:side][::-1].astype(np.float32).transpose(1, 2, 0) - field.astype(np.float32)
    owner = cv2.remap(owner_u8, from_xy, None, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    moved = cv2.remap(picture, from_xy, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    labels, colors = np.zeros((side, side), np.int16), [np.ones(3, np.float32)]
    for index in range(1, int(owner.max()) + 1):
        mask = owner == index
        if not mask.any():
            continue
        found = areas(mask & (ink < INK_FROM_U8), mask)
        for label in np.unique(found[mask]):
            area = mask & (found == label)
            labels[area] = len(colors)
            colors.append(np.median(moved[area], axis=0).astype(np.float32) / 255)
    return labels, owner.astype(np.int16), np.stack(colors)
