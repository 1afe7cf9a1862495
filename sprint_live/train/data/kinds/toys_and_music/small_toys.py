"""Blocks, spinning tops and dice.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon
from sprint_live.train.data.kinds.toys_and_music._paint import BRIGHT


@kind("building blocks", "blocks", group="object")
def blocks(rng: np.random.Generator) -> Thing:
    """Cubes, an arch, a triangle, a cylinder, piled up."""
    parts, lines = [], []
    colors = ["red", "blue", "yellow", "green", "orange", "purple", "pink", "turquoise"]
    order = list(rng.permutation(colors))
    if some(rng):
        shapes = [
            ("left cube", box(0.1, 0.67, 0.36, 0.95)),
            ("middle cube", box(0.37, 0.67, 0.63, 0.95)),
            ("right cube", box(0.64, 0.67, 0.9, 0.95)),
            ("upper left cube", box(0.23, 0.38, 0.49, 0.66)),
            ("upper right cube", box(0.51, 0.38, 0.77, 0.66)),
            ("top cube" if some(rng) else "triangle", box(0.37, 0.1, 0.63, 0.37)),
        ]
        if shapes[-1][0] == "triangle":
            shapes[-1] = ("triangle", polygon((0.32, 0.37), (0.5, 0.1), (0.68, 0.37)))
        for (name, outline), color in zip(shapes, order, strict=False):
            parts.append(part(name, outline, f"{color}, " + ", ".join(other for other in order if other != color)))
            if "cube" in name:
                low, high = outline.min(0), outline.max(0)
                form, (x, y) = style(rng, "star", "circle", "square", "lines"), (low + high) / 2
                if form == "lines":
                    lines.append(box(low[0] + 0.04, low[1] + 0.04, high[0] - 0.04, high[1] - 0.04)[[0, 1, 2, 3, 0]])
                else:
                    inner = {
                        "star": star_outline(x, y, 0.085, 0.036),
                        "circle": ellipse(x, y, 0.07),
                        "square": box(x - 0.06, y - 0.06, x + 0.06, y + 0.06),
                    }[form]
                    parts.append(part(form, inner, "white, yellow, light blue"))
    else:
        arch = np.concatenate(
            [
                polygon((0.2, 0.62), (0.8, 0.62), (0.8, 0.95), (0.64, 0.95)),
                arc(0.5, 0.95, 0.14, 0.18, 0, -180),
                polygon((0.2, 0.95)),
            ]
        )
        shapes = [
            ("arch", arch),
            ("left block", box(0.03, 0.76, 0.19, 0.95)),
            ("right block", box(0.81, 0.76, 0.97, 0.95)),
            ("long block", box(0.14, 0.5, 0.86, 0.62)),
            ("left pillar", box(0.24, 0.26, 0.38, 0.5)),
            ("right pillar", box(0.62, 0.26, 0.76, 0.5)),
            ("half circle", arc(0.5, 0.5, 0.1, 0.12, 180, 360)),
            ("triangle", polygon((0.18, 0.26), (0.5, 0.06), (0.82, 0.26))),
        ]
        for (name, outline), color in zip(shapes, order, strict=True):
            parts.append(part(name, outline, f"{color}, " + ", ".join(other for other in order if other != color)))
    return finished(rng, parts, lines)


@kind("spinning top", group="object")
def spinning_top(rng: np.random.Generator) -> Thing:
    """A top with bands of color that leans as it turns."""
    parts = [
        part("tip", polygon((0.46, 0.84), (0.54, 0.84), (0.5, 0.96)), "gray, silver, gold, brown"),
        part("handle", box(0.475, 0.14, 0.525, 0.36), WOOD + ", red, gray"),
        part("knob", ellipse(0.5, 0.12, 0.06), BRIGHT + ", brown"),
    ]
    edge = [(0.1, 0.32), (0.26, 0.38), (0.4, 0.5), (0.32, 0.64), (0.18, 0.76), (0.05, 0.86)]
    for index, (name, colors) in enumerate(
        (
            ("upper band", BRIGHT),
            ("second band", "white, yellow, orange, light blue"),
            ("middle band", BRIGHT),
            ("fourth band", "white, yellow, orange, light blue"),
            ("lower band", BRIGHT),
        )
    ):
        (a, y0), (b, y1) = edge[index], edge[index + 1]
        parts.append(
            part(
                name,
                np.concatenate([polygon((0.5 - a, y0), (0.5 + a, y0)), arc(0.5, y1, b, 0.02, 0, 180, num_points=10)]),
                colors,
            )
        )
    return finished(rng, parts, [], tilt_deg=rng.uniform(-18, 18))


@kind("die", "dice", group="object")
def die(rng: np.random.Generator) -> Thing:
    """A die with its three visible faces."""
    parts, paint = [], "white, red, blue, yellow, green, black"
    parts += [
        part("top face", polygon((0.5, 0.08), (0.9, 0.28), (0.5, 0.48), (0.1, 0.28)), paint),
        part("left face", polygon((0.1, 0.28), (0.5, 0.48), (0.5, 0.93), (0.1, 0.72)), paint),
        part("right face", polygon((0.9, 0.28), (0.5, 0.48), (0.5, 0.93), (0.9, 0.72)), paint),
    ]
    spots = {
        1: ((0.5, 0.5),),
        2: ((0.25, 0.25), (0.75, 0.75)),
        3: ((0.22, 0.22), (0.5, 0.5), (0.78, 0.78)),
        4: ((0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)),
    }
    for (ox, oy), (ux, uy), (vx, vy), count, size in (
        ((0.5, 0.08), (0.4, 0.2), (-0.4, 0.2), int(rng.integers(1, 5)), (0.055, 0.035)),
        ((0.1, 0.28), (0.4, 0.2), (0.0, 0.445), int(rng.integers(1, 5)), (0.042, 0.055)),
        ((0.5, 0.48), (0.4, -0.2), (0.0, 0.445), int(rng.integers(1, 5)), (0.042, 0.055)),
    ):
        parts += [
            part("dot", ellipse(ox + ux * u + vx * v, oy + uy * u + vy * v, *size), "black, dark blue, dark red, gray")
            for u, v in spots[count]
        ]
    return finished(rng, parts)
