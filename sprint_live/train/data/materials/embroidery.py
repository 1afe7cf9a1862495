"""Embroidery: satin stitches of shiny thread on linen, every part in its own direction.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import backdrop_of, grid, mix, noise, smoothstep
from sprint_live.train.data.materials._surface import Layer, Material, Surface

_THREAD_PX = 5.2
_STITCH_PX = 54.0


def backdrop(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side, 3) float32: natural linen in a plain weave."""
    x, y = (v * np.float32(512 / side) + 256 for v in grid(side))
    x, y = x + 0.7 * noise(side, 40, rng), y + 0.7 * noise(side, 40, rng)
    period = np.float32(2 * np.pi / 7)
    over = np.sin(x * period / 2) * np.sin(y * period / 2) > 0
    bulge = np.where(over, np.abs(np.cos(x * period / 2)), np.abs(np.cos(y * period / 2))).astype(np.float32)
    slub = np.where(over, noise(side, 3, rng, aspect=0.08), noise(side, 3, rng, aspect=12))
    weave = cv2.GaussianBlur(bulge, (0, 0), 0.6 * side / 512)
    return backdrop_of((0.905, 0.865, 0.785), 0.13 * (0.5 - weave) + 0.025 * slub)


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Round threads side by side, staggered stitches, a sheen where they face the light, a stitched dark outline."""
    side, _px, count = surface.side, surface.scale, len(surface.colors_01)
    x, y = (v * np.float32(512 / side) for v in grid(side))
    turn = np.deg2rad(rng.permutation(np.arange(count) * 137.5 % 180)).astype(np.float32)
    cos, sin = surface.spread(np.cos(turn)), surface.spread(np.sin(turn))
    soft = noise(side, 60, rng)
    along, across = cos * x + sin * y, cos * y - sin * x + 2.0 * soft
    row = np.floor(across / _THREAD_PX)
    inside = across / _THREAD_PX - row - 0.5
    random = np.sin(row * 12.9898 + 4.1 * sin) * np.float32(437.585)
    random = random - np.floor(random)
    stitch = (along + random * _STITCH_PX) / _STITCH_PX
    end = np.abs(stitch - np.floor(stitch) - 0.5)
    slope = 2.0 * inside
    bend = 1.1 * smoothstep(7, 0, surface.edge_px) + 0.9 * smoothstep(0.44, 0.5, end)
    facing = 0.86 + 0.30 * (-sin * surface.light[0] + cos * surface.light[1]) * slope
    sheen = np.exp(-((slope + 0.25 * np.sign(surface.light[1])) ** 2) * 5)
    turned_to = np.abs(-sin * surface.light[0] + cos * surface.light[1])
    tone = (facing + 0.22 * (0.5 + turned_to) * sheen) * (1 - 0.34 * smoothstep(0.62, 1.0, np.abs(slope)))
    tone = tone * (1 - 0.32 * bend) * (0.96 + 0.10 * random)
    rgb = surface.base_01 * (1.10 * tone)[..., None] + 0.10 * (sheen * (0.3 + turned_to) * (1 - bend))[..., None]
    rgb = rgb * (0.62 + 0.38 * smoothstep(0, 3.5, surface.edge_px))[..., None]
    line, twist = _outline(surface)
    rgb = mix(rgb, (0.20 * surface.base_01 + np.float32([0.07, 0.06, 0.08])) * twist[..., None], line)
    alpha = np.maximum(surface.silhouette_01, line)
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=0.5)


def _outline(surface: Surface) -> tuple[np.ndarray, np.ndarray]:
    """(coverage, brightness of the twisted thread), both (H, W), along the drawn lines."""
    px, side = surface.scale, surface.side
    wide = cv2.GaussianBlur(surface.ink_01, (0, 0), 1.6 * px) * 1.6
    x, y = (v * np.float32(512 / side) for v in grid(side))
    twist = 0.5 + 0.5 * np.sin((x + y) * np.float32(2 * np.pi / 8.5))
    return smoothstep(0.34, 0.62, wide), 0.75 + 1.1 * twist * smoothstep(0.5, 1.1, wide)


MATERIAL = Material(
    name="embroidery",
    words=("as embroidery", "embroidery", "embroidered", "stitched with thread", "satin stitch embroidery"),
    render=render,
    backdrop=backdrop,
)
