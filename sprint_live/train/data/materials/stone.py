"""Stone: rough colored granite with chipped edges, grains and cracks.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    daylight,
    hollows,
    lit,
    luma,
    mix,
    noise,
    plateau,
    slopes,
    smoothstep,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Hewn blocks: hard bevels with chips, pits, light and dark grains, hairline cracks, no shine."""
    side, px = surface.side, surface.scale
    rough = noise(side, 40, rng, octaves=4)
    chips = noise(side, 13, rng, octaves=2)
    grain = noise(side, 3.2, rng)
    speck = noise(side, 6.0, rng)
    crack = smoothstep(0.035, 0.0, np.abs(noise(side, 130, rng, octaves=4))) * smoothstep(
        -0.2, 0.5, noise(side, 120, rng)
    )
    uneven = np.maximum(surface.dome_px + 3.0 * chips * smoothstep(26, 6, surface.edge_px), 0)
    high = plateau(0.75 * uneven, 15) + 0.12 * surface.whole_px + plateau(0.7 * surface.bump_px, 8)
    high -= 3.2 * surface.lines_01 * surface.silhouette_01
    high = cv2.GaussianBlur(high, (0, 0), 1.4 * px)
    nx, ny, _ = slopes(high + 2.4 * rough + 0.35 * chips + 0.10 * grain - 1.2 * crack, px, 0.95)
    base = surface.dressed_01
    small = mix(0.35, 1.0, smoothstep(8, 22, surface.spread(surface.radii_px)))
    gray = mix(np.float32([0.60, 0.59, 0.57]), luma(base)[..., None], 0.6)
    color = mix(base, gray, 0.24) * (1 + 0.08 * rough + 0.04 * grain)[..., None]
    color = color * (1 - 0.22 * smoothstep(1.2, 1.9, speck) * small)[..., None]
    color = mix(color, np.float32([0.95, 0.93, 0.90]), 0.28 * smoothstep(-1.4, -1.9, speck) * small)
    shade = hollows(high + 1.2 * rough, px, 5, 1.4) * (1 - 0.45 * crack)
    rgb = lit(np.clip(color, 0, 1), nx, ny, daylight(surface.light, 0.46, 0.80, wrap=0.15), None, shade)
    return Layer(rgb_01=rgb, alpha_01=surface.coverage_01, shadow_01=0.55)


MATERIAL = Material(
    name="stone",
    words=("made of stone", "stone", "carved stone", "granite", "rock"),
    render=render,
)
