"""A plush toy: thick short fur that sticks out of its outline, stuffed and seamed.

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
    mix,
    noise,
    slopes,
    smoothstep,
    strands,
)
from sprint_live.train.data.materials._surface import Layer, Material, Surface


def render(surface: Surface, rng: np.random.Generator) -> Layer:
    """Tufts of fur combed down and outwards; every tuft takes its color from its root, so borders are furry too."""
    side, px = surface.side, surface.scale
    soft = cv2.GaussianBlur(surface.height, (0, 0), 9 * px)
    nx, ny, _ = slopes(soft, px, 1.4)
    bend = 0.55 * noise(side, 26, rng, octaves=2)
    flow_x, flow_y = nx + 0.10 + 0.55 * bend, ny + 0.42 + 0.35 * noise(side, 30, rng)
    length = np.sqrt(flow_x**2 + flow_y**2) + 1e-4
    flow_x, flow_y = flow_x / length, flow_y / length
    hair = strands(flow_x, flow_y, 15, rng, cell_px=2.0)
    tuft = strands(flow_x, flow_y, 11, rng, cell_px=6)
    short = mix(0.3, 1.0, smoothstep(7, 24, surface.spread(surface.radii_px, 2)))
    short = short * (1 - 0.75 * cv2.GaussianBlur(surface.lines_01, (0, 0), 3 * px))
    reach = np.clip(3.6 + 2.6 * hair + 1.2 * tuft, 0, 10) * px * short
    x, y = grid(side)
    root_x, root_y = x + side / 2 - reach * flow_x, y + side / 2 - reach * flow_y
    picture = np.dstack([surface.dressed_01, np.maximum(surface.silhouette_01, 0.7 * surface.lines_01)])
    rooted = cv2.remap(picture, root_x, root_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = np.clip(np.maximum(rooted[..., 3], surface.coverage_01), 0, 1)
    nx, ny, _ = slopes(soft + 0.75 * hair + 1.1 * tuft, px, 0.9)
    body = daylight(surface.light, 0.50, 0.66, wrap=0.6)
    shade = hollows(surface.height, px, 9, 1.1) * np.clip(1 + 0.13 * hair + 0.07 * tuft, 0.4, 1.5)
    rgb = lit(rooted[..., :3], nx, ny, body, None, shade)
    halo = smoothstep(9, 0, surface.edge_px) * smoothstep(-0.3, 1.2, hair) * alpha
    rgb = rgb + 0.16 * halo[..., None] * (1 - rgb) * (0.35 + 0.65 * rooted[..., :3])
    return Layer(rgb_01=np.clip(rgb, 0, 1), alpha_01=alpha, shadow_01=0.42)


MATERIAL = Material(
    name="plush",
    words=("made of plush", "plush", "plush toy", "fluffy fur", "stuffed toy"),
    render=render,
)
