"""Modeling clay: soft lumps with fingerprints, dull, with deep seams.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.materials._shading import daylight, glint, grid, hollows, lit, noise, slopes, smoothstep
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Round lumps, dents of fingers, whorls of fingertips here and there, broad dull highlights."""
    side = surface.side
    dents = noise(side, 44, rng, octaves=2)
    high = surface.height + 1.7 * dents + 0.22 * noise(side, 5, rng, octaves=2) + 0.36 * _fingertips(side, rng)
    nx, ny, _ = slopes(high, surface.scale, 0.85)
    body = daylight(surface.light, 0.42, 0.78, wrap=0.35)
    gloss = 0.10 * glint(surface.light, 9) + 0.07 * glint(surface.light, 40)
    shade = hollows(surface.height, surface.scale, 7, 1.3) * (1 + 0.03 * dents)
    return Layer(
        rgb_01=lit(surface.dressed_01, nx, ny, body, gloss, shade), alpha_01=surface.coverage_01, shadow_01=0.5
    )


def _fingertips(side: int, rng: np.random.Generator) -> np.ndarray:
    """(side, side): fine curved ridges in soft round patches."""
    x, y = grid(side)
    x, y = x * np.float32(512 / side) + 256, y * np.float32(512 / side) + 256
    bend = 9 * noise(side, 60, rng)
    ridges = np.zeros((side, side), np.float32)
    for _ in range(2):
        at = rng.uniform(100, 412, 2)
        away = np.sqrt((x - at[0]) ** 2 + 0.6 * (y - at[1]) ** 2)
        ridges += np.sin((away + bend) * np.float32(2 * np.pi / 5.5)) * smoothstep(75, 35, away + bend)
    return ridges


MATERIAL = Material(
    name="clay",
    words=("made of clay", "clay", "plasticine", "modeling clay", "claymation"),
    render=render,
)
