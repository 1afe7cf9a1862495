"""Jelly: wobbly translucent gummy sweets that glow on the side away from the light.

Knows: surfaces and light.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.train.data.materials._shading import (
    diffuse,
    glint,
    look_up,
    mix,
    noise,
    rim,
    slopes,
    smoothstep,
    sphere,
    window,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface
from sprint_live.train.data.materials.glass import bent


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Deep color where thick, pale and bright where thin, light gathered opposite the lamp, bubbles, wet highlights."""
    side, px, light = surface.side, surface.scale, surface.light
    high = 0.62 * surface.dome_px + 0.22 * surface.whole_px + 0.7 * surface.bump_px + 1.4 * surface.lines_01
    high = cv2.GaussianBlur(high, (0, 0), 2.6 * px) + 1.3 * noise(side, 46, rng)
    nx, ny, _ = slopes(high, px, 0.9)
    x, y, z = sphere()
    opposite = np.clip(-x * light[0] - y * light[1] + 0.15 * z, 0, 1)
    gloss = 1.0 * window(light, 0.22, 0.16, 0.09) + 0.8 * glint(light, 160) + 0.10 * rim(2.0)
    gloss += 0.30 * window(np.float32([-0.6 * np.sign(light[0]), 0.3, 0.74]), 0.06, 0.30, 0.10)
    seen = look_up(np.dstack([diffuse(light, 0.5), opposite**1.3, gloss]), nx, ny)
    color = surface.base_01
    pure = np.clip(color + (color - color.mean(2, keepdims=True)) * 0.22, 0.015, 1)
    thin = smoothstep(20, 0, surface.edge_px)
    power = 1.18 - 0.10 * thin - 0.50 * seen[..., 1]
    body = pure ** power[..., None] * (0.84 + 0.16 * seen[..., :1])
    body = body + seen[..., 1:2] * (0.42 * pure + 0.05)
    through = bent(surface.behind_01, nx, ny, 34) * pure
    body = mix(body, through, 0.30 + 0.12 * thin)
    bubble = noise(side, 9, rng)
    ring = smoothstep(1.7, 1.95, bubble) * smoothstep(2.5, 2.1, bubble) * smoothstep(6, 12, surface.edge_px)
    body = body + 0.22 * ring[..., None] * (0.4 + pure)
    body = body * (1 - 0.72 * surface.lines_01[..., None]) + seen[..., 2:]
    return Layer(
        rgb_01=np.clip(body, 0, 1), alpha_01=surface.coverage_01, shadow_01=0.5, shadow_tint_01=0.15 + 0.45 * pure
    )


MATERIAL = Material(
    name="jelly",
    words=("made of jelly", "jelly", "gummy candy", "gelatin", "translucent jelly"),
    render=render,
)
