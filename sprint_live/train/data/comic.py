"""Comic scenes: the drawn lines in ink, and every enclosed area filled with one color.

The picture has only what is drawn: an area takes the median color of what lies under it, a little darker near its
lines. So the lines decide what is visible, the colors match the caption, and a color does not leak through small gaps.

Knows: arrays.  Must not know: captions, hands, files, models.
"""

from __future__ import annotations

import cv2
import numpy as np

_INK_RGB = (28, 24, 34)
INK_FROM_U8 = 96  # a pixel of this much ink parts two areas
_SEAL = 0.012  # of the side: gaps in a line up to twice this wide are seen as closed
_LEAST = 0.008  # of the side, squared: smaller areas belong to the one beside them
_RIM, _RIM_SHADE = 0.03, 0.16  # how far, of the side, and how much darker an area is toward its lines


def color_in(
    picture_u8: np.ndarray, backdrop_u8: np.ndarray, owner_u8: np.ndarray, field: np.ndarray, ink_u8: np.ndarray
) -> np.ndarray:
    """A comic picture (S, S, 3) uint8.

    Args:
        picture_u8: (S, S, 3), the scene that gives the colors.
        backdrop_u8: (S, S, 3), what is visible behind the objects.
        owner_u8: (S, S), number of the visible object at each pixel, 0 for the backdrop.
        field: (S, S, 2), shifts of the drawn lines in pixels; the objects are shifted in the same way.
        ink_u8: (S, S), the drawn lines, 255 = ink.
    """
    side = picture_u8.shape[0]
    from_xy = np.mgrid[0:side, 0:side][::-1].astype(np.float32).transpose(1, 2, 0) - field.astype(np.float32)
    owner = cv2.remap(owner_u8, from_xy, None, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    moved = cv2.remap(picture_u8, from_xy, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    colored = backdrop_u8.copy()
    for index in range(1, int(owner.max()) + 1):
        mask = owner == index
        if not mask.any():
            continue
        found = areas(mask & (ink_u8 < INK_FROM_U8), mask)
        for label in np.unique(found[mask]):
            area = mask & (found == label)
            color = np.median(moved[area], axis=0)
            colored[area] = (color * _shade(area)[area, None]).round().astype(np.uint8)
    cover = ink_u8[..., None].astype(np.float32) / 255.0
    colored = cv2.GaussianBlur(colored, (0, 0), side / 512 * 0.7)
    return (colored * (1.0 - cover) + np.array(_INK_RGB, np.float32) * cover).round().astype(np.uint8)


def areas(free: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Labels (S, S) int32 of the areas between lines. free: (S, S) bool, pixels without a line; every pixel of `mask`
    gets a label. Areas that are connected only through a gap are separated there.
    """
    side = free.shape[0]
    _, open_areas = cv2.connectedComponents(free.astype(np.uint8), connectivity=4)
    room = cv2.distanceTransform(free.astype(np.uint8), cv2.DIST_L2, 3)
    num_seeds, seeds = cv2.connectedComponents((room > _SEAL * side).astype(np.uint8), connectivity=4)
    labels = np.zeros(free.shape, np.int32)
    for area in range(1, int(open_areas.max()) + 1):
        inside = open_areas == area
        found = np.unique(seeds[inside & (seeds > 0)])
        if len(found) > 1:
            labels[inside] = _nearest(np.where(inside, seeds, 0))[inside]
        elif len(found) == 1:
            labels[inside] = found[0]
        elif inside.sum() > (_LEAST * side) ** 2:
            labels[inside] = num_seeds + area
    if not labels.any():
        return mask.astype(np.int32)
    return np.where(mask & (labels == 0), _nearest(labels), labels)


def _nearest(labels: np.ndarray) -> np.ndarray:
    """The label of the nearest labeled pixel, for every pixel."""
    _, nearest = cv2.distanceTransformWithLabels(
        (labels == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    at = labels > 0
    by_pixel = np.zeros(int(nearest.max()) + 1, labels.dtype)
    by_pixel[nearest[at]] = labels[at]
    return by_pixel[nearest]


def _shade(area: np.ndarray) -> np.ndarray:
    """Brightness (S, S), a factor, of an area (S, S) bool: 1 inside, down to 1 - `_RIM_SHADE` at its border."""
    depth = cv2.distanceTransform(area.astype(np.uint8), cv2.DIST_L2, 3) / (_RIM * area.shape[0])
    return 1.0 - _RIM_SHADE * np.exp(-depth)
