"""Places: painted backgrounds with words for captions ("on a beach"). A place is one file of this folder.

Knows: numpy, OpenCV, the canvas, the files of this folder.  Must not know: things, hands, captions.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from sprint_live.train.data.places._noise import WORK, grid

__all__ = ["Place", "Scenery", "all_places", "scenery", "toward", "with_variant"]


@dataclass(frozen=True, kw_only=True)
class Scenery:
    """One picture of a place, and its light and ground for the thing in front of it.

    rgb_01: (S, S, 3) float32 sRGB in [0, 1]. light: (3,) float32 unit vector from the thing to the main light; x to the
    right, y down, z to the viewer (light from above has y < 0). ambient_01: (3,) float32 in [0, 1], color of the
    ambient light. words: each one describes this picture. ground_y: feet stand at this share of the height or lower;
    None if nothing stands. shadow: whether a thing casts a shadow.
    """

    rgb_01: np.ndarray
    light: np.ndarray
    ambient_01: np.ndarray
    words: tuple[str, ...]
    ground_y: float | None
    shadow: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place.

    name: of its file. words: for captions without a variant. variants: words that are added to or replace these, and
    are true of some pictures only. ground: the usual `Scenery.ground_y`. paint: (side, generator) -> Scenery; the same
    generator state gives the same picture at any side."""

    name: str
    words: tuple[str, ...]
    paint: Callable[[int, np.random.Generator], Scenery]
    ground: float | None = None
    variants: tuple[str, ...] = ()


def toward(x: float, y: float, z: float) -> np.ndarray:
    """(3,) float32, the unit vector along (x, y, z)."""
    vector = np.float32([x, y, z])
    return vector / np.linalg.norm(vector)


def with_variant(words: tuple[str, ...], variant: str) -> tuple[str, ...]:
    """Every word with the variant added: "on a beach" + "at sunset"."""
    return tuple(f"{word} {variant}" for word in words)


def scenery(
    canvas: np.ndarray,
    side: int,
    *,
    light: np.ndarray,
    words: tuple[str, ...],
    ground_y: float | None,
    shadow: bool = True,
    ambient: float = 0.9,
    calm: float = 0.5,
) -> Scenery:
    """A finished canvas (WORK, WORK, 3) float32 as a picture of `side` pixels.

    ambient: largest channel of the ambient color. calm: how much the contrast around the center is reduced.
    """
    small = cv2.resize(canvas, (32, 32), interpolation=cv2.INTER_AREA)
    if calm:
        x, y = grid()
        haze = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.2), (WORK, WORK), interpolation=cv2.INTER_CUBIC)
        weight = calm * np.exp(-(((x - 0.5) / 0.27) ** 2) - ((y - 0.52) / 0.3) ** 2)
        canvas = canvas + (haze - canvas) * weight[..., None]
    mean = small.clip(0, 1).mean((0, 1))
    tint = 0.6 * mean / max(float(mean.max()), 1e-3) + 0.4
    smaller = side < WORK
    rgb_01 = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    return Scenery(
        rgb_01=np.clip(rgb_01, 0, 1, out=rgb_01),
        light=light,
        ambient_01=(tint * ambient).astype(np.float32),
        words=words,
        ground_y=ground_y,
        shadow=shadow,
    )


@cache
def all_places() -> dict[str, Place]:
    """Every place by name, in the order of the file names."""
    places = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if not module.startswith("_"):
            place = importlib.import_module(f"{__name__}.{module}").PLACE
            assert place.name == module, (place.name, module)
            places[place.name] = place
    return places
