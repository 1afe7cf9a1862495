"""Ice: clear blue blocks with frosted edges, cracks and bubbles, whatever the parts' colors.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    diffuse,
    glint,
    look_up,
    luma,
    mix,
    noise,
    plateau,
    rim,
    slopes,
    smoothstep,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface
from sprint_live.train.data.materials.glass import bent


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Wavy melted faces; deep blue where thick, white where frosted; what is behind shows through broken up."""
    side, px, light = surface.side, surface.scale, surface.light
    facets = cv2.GaussianBlur(np.abs(noise(side, 52, rng, octaves=2)), (0, 0), 1.5 * px)
    high = plateau(0.75 * surface.dome_px, 22) + 0.15 * surface.whole_px + plateau(0.8 * surface.bump_px, 10)
    high -= 2.0 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 1.6 * px) + 2.6 * facets
    nx, ny, _ = slopes(high, px)
    frost = smoothstep(8.0, 0.5, surface.edge_px + 2.0 * noise(side, 14, rng, octaves=3))
    cloud = smoothstep(-0.2, 1.6, noise(side, 70, rng, octaves=4))
    tone = luma(surface.base_01)[..., None]
    deep = mix(np.float32([0.26, 0.50, 0.74]), np.float32([0.76, 0.92, 0.99]), smoothstep(0.05, 0.85, tone))
    seen = 0.38 * bent(surface.behind_01, nx, ny, 40) * deep + 0.62 * deep
    light_in = look_up(
        np.dstack([diffuse(light, 0.3), rim(1.6), diffuse(np.float32([-light[0], -light[1], light[2]]), 0.0) ** 5]),
        nx,
        ny,
    )
    seen = seen * (0.55 + 0.50 * light_in[..., :1]) - 0.32 * light_in[..., 1:2] * np.float32([1.2, 0.7, 0.4])
    seen = seen + 0.28 * light_in[..., 2:] * np.float32([0.7, 0.95, 1.0])
    crack = _cracks(surface, rng)
    white = np.clip(0.50 * frost + 0.16 * cloud + 0.40 * crack, 0, 0.9) * (1 - 0.7 * surface.lines_01)
    seen = mix(seen, np.float32([0.93, 0.98, 1.0]), white)
    bubble = smoothstep(2.2, 2.6, noise(side, 7, rng))
    seen = mix(seen, np.float32([1, 1, 1]), 0.5 * bubble) * (
        1 - 0.60 * surface.lines_01[..., None] * np.float32([1, 0.75, 0.5])
    )
    gloss = 0.9 * window(light, 0.30, 0.22, 0.05) + 0.7 * glint(light, 90)
    seen = seen + look_up(np.dstack([gloss] * 3), nx, ny)
    tint = np.broadcast_to(np.float32([0.45, 0.62, 0.74]), seen.shape)
    return Layer(
        rgb_01=np.clip(seen, 0, 1),
        alpha_01=surface.coverage_01,
        shadow_01=0.6,
        shadow_tint_01=np.ascontiguousarray(tint),
    )


def _cracks(surface: Surface, rng: np.random.Generator) -> np.ndarray:
    """(H, W) in [0, 1]: thin broken planes inside the ice."""
    side = surface.side
    found = np.zeros((side, side), np.float32)
    for cell in (110, 80):
        field = noise(side, cell, rng, octaves=3)
        found = np.maximum(
            found, smoothstep(0.05, 0.0, np.abs(field)) + 0.45 * smoothstep(0.35, 0.0, field) * (field > 0)
        )
        found *= smoothstep(-0.5, 0.6, noise(side, 90, rng))
    return found


MATERIAL = Material(
    name="ice",
    words=("made of ice", "ice", "frozen ice", "an ice sculpture", "carved ice"),
    render=render,
    tints=False,
)
