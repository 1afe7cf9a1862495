"""Input and output of a material: areas as an inflated surface, the rendered layer, and how it is composited.

Pixel quantities in this package are for pictures of 512 pixels; Surface.scale turns them into those of this picture.

Knows: numpy, OpenCV.  Must not know: the materials, kinds, hands, places, captions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import borders, disk, inflated, slopes, small

_SOLVE_PX = 256  # heights are solved for at this size
_LEAN = 0.68  # a part lies on another one when that one has at least this share of its border with larger ones
INK_RGB = np.float32([0.10, 0.08, 0.11])


@dataclass(frozen=True, kw_only=True, eq=False)
class Surface:
    """Input of a material: the drawn areas.

    labels (H, W) int16: 0 nothing, else the part; parts are numbered back to front. things (H, W) int16: 0 nothing,
    else the thing. colors_01 (K + 1, 3) float32 sRGB of the parts. ink_01 (H, W) float32: coverage of the drawn lines,
    without gaps. light (3,): unit vector to the light, x right, y down, z to the viewer. behind_01 (H, W, 3) float32:
    the background. H = W.
    """

    labels: np.ndarray
    things: np.ndarray
    colors_01: np.ndarray
    ink_01: np.ndarray
    light: np.ndarray
    behind_01: np.ndarray

    @property
    def side(self) -> int:
        return self.labels.shape[0]

    @property
    def scale(self) -> float:
        return self.side / 512

    @cached_property
    def filled(self) -> np.ndarray:
        """(H, W) int16: labels without thin gaps; pixels under lines belong to the nearest part."""
        inside = ((self.labels > 0) | (self.things > 0)).astype(np.uint8)
        closed = cv2.morphologyEx(inside, cv2.MORPH_CLOSE, disk(3 * self.scale))
        gaps = (closed > 0) & (self.labels == 0)
        if not gaps.any() or not self.labels.any():
            return self.labels
        empty = (self.labels == 0).astype(np.uint8)
        _, nearest = cv2.distanceTransformWithLabels(empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
        part_of = np.zeros(int(nearest.max()) + 1, np.int16)
        part_of[nearest[empty == 0]] = self.labels[empty == 0]
        return np.where(gaps, part_of[nearest], self.labels)

    @cached_property
    def silhouette_01(self) -> np.ndarray:
        """(H, W) float32: coverage of all areas, with smooth edges."""
        soft = cv2.GaussianBlur((self.filled > 0).astype(np.float32), (0, 0), 1.3 * self.scale)
        return np.clip((soft - 0.5) * 1.7 + 0.5, 0, 1)

    @cached_property
    def edge_px(self) -> np.ndarray:
        """(H, W) float32: distance to the border of the part that a pixel belongs to, in pixels of 512; 0 outside."""
        whole = (~borders(self.filled) & (self.filled > 0)).astype(np.uint8)
        return cv2.distanceTransform(whole, cv2.DIST_L2, 5).clip(0, self.side) / np.float32(self.scale)

    @cached_property
    def stroke_px(self) -> float:
        """Half the width of the drawn lines, in pixels of 512."""
        ink = (self.ink_01 > 0.5).astype(np.uint8)
        if not ink.any():
            return 2.0
        half = float(2 * cv2.distanceTransform(ink, cv2.DIST_L2, 3)[ink > 0].clip(0, 99).mean() / self.scale)
        return min(half, 8.0)

    @cached_property
    def lines_01(self) -> np.ndarray:
        """(H, W) float32: coverage of the lines that do not outline an area: a mouth, whiskers."""
        reach = (1.3 * self.stroke_px + 2.5) * self.scale
        far = cv2.distanceTransform((~borders(self.filled)).astype(np.uint8), cv2.DIST_L2, 5) > reach
        kept = ((self.ink_01 > 0.4) & far).astype(np.uint8)
        kept = cv2.morphologyEx(kept, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
        return self.ink_01 * cv2.GaussianBlur(
            cv2.dilate(kept, disk(reach)).astype(np.float32), (0, 0), 1.2 * self.scale
        )

    @cached_property
    def coverage_01(self) -> np.ndarray:
        """(H, W) float32: coverage of the areas and of the other lines."""
        return np.maximum(self.silhouette_01, self.lines_01)

    @cached_property
    def base_01(self) -> np.ndarray:
        """(H, W, 3) float32: the parts' colors with smooth borders; just outside, the nearest one's; else gray."""
        return self.spread(np.vstack([np.full((1, 3), 0.5, np.float32), self.colors_01[1:]]), 0.8)

    def spread(self, values: np.ndarray, blur_px: float = 0.0) -> np.ndarray:
        """(H, W) or (H, W, C) float32: the value (K + 1,) or (K + 1, C) of each part, grown like `grown`, blurred."""
        if values.ndim == 2:
            return cv2.merge([self.spread(values[:, channel], blur_px) for channel in range(values.shape[1])])
        flat = np.take(values.astype(np.float32), self.grown)
        return cv2.GaussianBlur(flat, (0, 0), blur_px * self.scale) if blur_px else flat

    @cached_property
    def grown(self) -> np.ndarray:
        """(H, W) int16: the parts, extended by about 12 pixels."""
        grown = self.filled.copy()
        for _ in range(3):
            wider = cv2.dilate(grown, disk(4 * self.scale))
            grown = np.where(grown > 0, grown, wider)
        return grown

    @cached_property
    def radii_px(self) -> np.ndarray:
        """(K + 1,) float32: the radius of a disk of each part's seen area, in pixels of 512."""
        areas = np.bincount(self.filled.ravel(), minlength=len(self.colors_01))
        return np.sqrt(areas / np.pi).astype(np.float32) / np.float32(self.scale)

    @cached_property
    def dressed_01(self) -> np.ndarray:
        """(H, W, 3) float32: base_01 with the lines that are not outlines in a dark color."""
        share = (0.88 * self.lines_01)[..., None]
        return self.base_01 + (INK_RGB - self.base_01) * share

    @cached_property
    def parents(self) -> np.ndarray:
        """(K + 1,) int: the part under each part (a head under an eye), 0 for none."""
        labels, count = small(self.filled, _SOLVE_PX), len(self.colors_01)
        pairs = np.zeros((count, count), np.int64)
        for here, there in ((labels[1:], labels[:-1]), (labels[:, 1:], labels[:, :-1])):
            differs = here != there
            first, second = here[differs].astype(np.int64), there[differs].astype(np.int64)
            pairs += np.bincount(first * count + second, minlength=count * count).reshape(count, count)
        pairs += pairs.T
        area = np.bincount(labels.ravel(), minlength=count)
        larger = area[None, :] > area[:, None]
        larger[:, 0] = True
        pairs *= larger
        best = pairs.argmax(1)
        lies = pairs[np.arange(count), best] >= np.maximum(_LEAN * pairs.sum(1), 1)
        lies[0] = False
        return np.where(lies, best, 0)

    @cached_property
    def dome_px(self) -> np.ndarray:
        """(H, W) float32 >= 0: every bottom part together with the parts on it, inflated like a hemisphere."""
        root = np.arange(len(self.parents))
        for _ in range(4):
            root = np.where(self.parents[root] > 0, self.parents[root], root)
        return self._inflated(root.astype(np.int16)[small(self.filled, _SOLVE_PX)])

    @cached_property
    def whole_px(self) -> np.ndarray:
        """(H, W) float32 >= 0: the silhouettes of the things, inflated."""
        things = np.where(self.filled > 0, np.maximum(self.things, 1), 0).astype(np.int16)
        return self._inflated(small(things, _SOLVE_PX // 2))

    @cached_property
    def bump_px(self) -> np.ndarray:
        """(H, W) float32 >= 0: the parts that lie on another part, inflated."""
        if not self.parents.any():
            return np.zeros_like(self.ink_01)
        numbers = np.arange(len(self.parents))
        first = numbers.copy()
        for _ in range(4):
            up = self.parents[first]
            first = np.where(self.parents[up] > 0, up, first)
        bump = self._inflated(np.where(self.parents > 0, first, 0).astype(np.int16)[small(self.filled, _SOLVE_PX)])
        if (first != numbers).any():
            near = np.minimum(self.edge_px, 5)
            bump += np.where((first != numbers)[self.filled], np.sqrt(near * (10 - near)), 0) * 0.8
        return bump

    @cached_property
    def height(self) -> np.ndarray:
        """(H, W) float32 in pixels of 512: the areas inflated, lines carved in; 0 outside."""
        high = 0.5 * self.dome_px + 0.3 * self.whole_px + 0.65 * self.bump_px
        high += self.lines_01 * (self.stroke_px * (1 - 1.8 * self.silhouette_01))
        return cv2.GaussianBlur(high, (0, 0), 1.5 * self.scale)

    @cached_property
    def normal(self) -> np.ndarray:
        """(H, W, 3) float32: unit normals of the height."""
        return np.dstack(slopes(self.height, self.scale))

    def _inflated(self, labels: np.ndarray) -> np.ndarray:
        return inflated(labels, self.side) * (self.filled > 0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """rgb_01 (H, W, 3) float32; alpha_01 (H, W) float32; glow_01 (H, W, 3) float32: light added, or None;
    shadow_01: strength of its shadow, or None; shadow_tint_01 (H, W, 3): what its shadow lets through, or None."""

    rgb_01: np.ndarray
    alpha_01: np.ndarray
    glow_01: np.ndarray | None = None
    shadow_01: float | None = 0.45
    shadow_tint_01: np.ndarray | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """A material.

    words: for captions, plainest first. backdrop: (side, rng) -> (side, side, 3) float32, paper or board of the medium,
    or None. tints: whether the colors of the parts are visible. glow: whether it lights its surroundings."""

    name: str
    words: tuple[str, ...]
    render: Callable[[Surface, np.random.Generator], Layer]
    backdrop: Callable[[int, np.random.Generator], np.ndarray] | None = None
    casts_shadow: bool = True
    glow: bool = False
    tints: bool = True


def place(layer: Layer, behind_01: np.ndarray, surface: Surface, shadow: bool = True) -> np.ndarray:
    """(H, W, 3) float32: the layer over its background, with a soft shadow on the side away from the light."""
    out = behind_01.astype(np.float32)
    if shadow and layer.shadow_01 and layer.alpha_01.any():
        few = cv2.resize(layer.alpha_01, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        px = surface.scale / 4
        away = -surface.light[:2] / max(float(surface.light[2]), 0.4) * 15 * px
        cast = cv2.warpAffine(few, np.float32([[1, 0, away[0]], [0, 1, away[1]]]), few.shape[::-1])
        cast = 0.8 * cv2.GaussianBlur(cast, (0, 0), 9 * px) + 0.45 * cv2.GaussianBlur(few, (0, 0), 5 * px)
        dark = np.minimum(cast, 1) * np.float32(layer.shadow_01)
        if layer.shadow_tint_01 is None:
            through = 1 - dark[..., None] * np.float32([1.0, 0.97, 0.9])
        else:
            tint = cv2.resize(layer.shadow_tint_01, few.shape[::-1], interpolation=cv2.INTER_AREA)
            tint = cv2.warpAffine(tint, np.float32([[1, 0, away[0]], [0, 1, away[1]]]), few.shape[::-1], borderMode=1)
            through = 1 - dark[..., None] * (1 - cv2.GaussianBlur(tint, (0, 0), 4 * px))
        out = out * cv2.resize(through, out.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    out = out + (layer.rgb_01 - out) * layer.alpha_01[..., None]
    if layer.glow_01 is not None:
        out = 1 - (1 - out) * (1 - np.clip(layer.glow_01, 0, 1))
    return np.clip(out, 0, 1)
