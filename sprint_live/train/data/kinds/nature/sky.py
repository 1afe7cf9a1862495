"""What shines in the sky.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import detail, finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.nature._sky import face_at


@kind("sun", group="nature", stands=False)
def sun(rng: np.random.Generator) -> Thing:
    """A disc with rays: triangles, one star, wavy flames or lines; now and then with a face."""
    rays, form = int(rng.integers(8, 15)), style(rng, "triangles", "star", "lines", "drops")
    radius, parts, lines = rng.uniform(0.22, 0.27), [], []
    if form == "star":
        parts.append(part("ray", star_outline(0.5, 0.5, 0.45, radius * 1.1, rays), "orange, yellow, red, light orange"))
    for angle in np.arange(rays) * 2 * np.pi / rays if form != "star" else ():
        along, aside = np.float32([np.cos(angle), np.sin(angle)]), np.float32([-np.sin(angle), np.cos(angle)])
        center, wide = np.float32([0.5, 0.5]), radius * 2.2 / rays
        if form == "triangles":
            parts.append(
                part(
                    "ray",
                    np.stack(
                        [
                            center + along * (radius + 0.03) - aside * wide,
                            center + along * 0.45,
                            center + along * (radius + 0.03) + aside * wide,
                        ]
                    ),
                    "orange, yellow, red",
                )
            )
        elif form == "drops":
            points = [
                center + along * far + aside * off
                for far, off in (
                    (radius + 0.03, 0),
                    (0.36, -wide * 0.8),
                    (0.42, -wide * 0.5),
                    (0.45, 0),
                    (0.42, wide * 0.5),
                    (0.36, wide * 0.8),
                )
            ]
            parts.append(part("ray", smooth(np.stack(points)), "orange, yellow, red"))
        else:
            lines.append(np.stack([center + along * (radius + 0.04), center + along * rng.uniform(0.38, 0.45)]))
    parts.append(part("sun", ellipse(0.5, 0.5, radius), "yellow, orange, gold", body=True))
    smiling = some(rng, 0.4)
    if smiling:
        face, ink = face_at(0.5, 0.5, radius)
        parts, lines = parts + face, lines + ink
    return finished(rng, parts, lines, says=("smiling",) if smiling else (), middle=True)


@kind("moon", group="nature", stands=False)
def moon(rng: np.random.Generator) -> Thing:
    """A crescent, or a full moon with craters."""
    parts, lines, says = [], [], ()
    if some(rng, 0.35):
        parts.append(part("moon", ellipse(0.5, 0.5, 0.43), "light gray, white, light yellow, gray", body=True))
        places = (
            (0.36, 0.36, 0.1),
            (0.63, 0.3, 0.06),
            (0.62, 0.6, 0.12),
            (0.38, 0.68, 0.07),
            (0.24, 0.54, 0.05),
            (0.78, 0.44, 0.05),
        )
        parts += [
            part("crater", ellipse(x, y, r * rng.uniform(0.8, 1.1), r * 0.85), "gray, light gray, beige")
            for x, y, r in places
        ]
        return finished(rng, parts, lines, says=("full",), middle=True)
    outer = arc(0.5, 0.5, 0.42, 0.42, 55, 305, num_points=40)
    bend = rng.uniform(0.3, 0.36)
    start, end = outer[-1], outer[0]
    inner = arc(start[0], 0.5, bend * 0.62 + 0.06, start[1] - 0.5, 90, 270, num_points=30)
    inner = np.stack([start[0] - (start[0] - inner[:, 0]), 0.5 - (0.5 - inner[:, 1])], 1)
    inner = inner if np.abs(inner[0] - start).sum() < np.abs(inner[0] - end).sum() else inner[::-1]
    parts.append(part("moon", np.concatenate([outer, inner[1:-1]]), "yellow, light yellow, white, gold", body=True))
    if some(rng, 0.5):
        parts.append(
            part(
                "nightcap",
                polygon((0.62, 0.12), (0.26, 0.2), (0.5, -0.06), (0.82, 0.04), (0.58, 0.06)),
                "blue, red, purple",
            )
        )
        parts.append(part("pompom", ellipse(0.83, 0.05, 0.055), "white, yellow"))
    if some(rng, 0.6):
        parts.append(detail(ellipse(0.26, 0.43, 0.025, 0.035), "black"))
        lines.append(arc(0.32, 0.6, 0.07, 0.06, 40, 150))
        says = ("smiling",)
    if some(rng):
        parts += [
            part("star", star_outline(x, y, 0.08, 0.035), "yellow, white, orange")
            for x, y in ((0.72, 0.36), (0.86, 0.6))
        ]
    return finished(rng, parts, lines, says=says, flips=True, middle=True)


@kind("star", group="nature", stands=False)
def star(rng: np.random.Generator) -> Thing:
    """A star with five or more rays, pointed or round, now and then with a face or a tail."""
    rays = int(rng.choice([5, 5, 5, 6, 8]))
    outer, inner = 0.44, 0.44 * {5: rng.uniform(0.4, 0.52), 6: 0.52, 8: 0.6}[rays]
    outline = star_outline(0.5, 0.5, outer, inner, rays)
    parts, lines, says = [], [], ()
    if some(rng, 0.25):
        for index, y in enumerate((0.1, 0.28, 0.46)):
            parts.append(
                part(
                    ("upper tail", "middle tail", "lower tail")[index],
                    smooth(
                        [
                            (0.45, 0.3 + 0.16 * index),
                            (0.8, y + 0.02),
                            (1.1, y - 0.1),
                            (1.06, y + 0.05),
                            (0.8, y + 0.17),
                            (0.5, 0.46 + 0.16 * index),
                        ]
                    ),
                    "orange, yellow, red, blue, light blue",
                )
            )
        says = ("shooting",)
    rounded = some(rng, 0.4)
    parts.append(
        part(
            "star",
            smooth(
                np.concatenate(
                    [
                        [a * 0.87 + b * 0.13, a * 0.13 + b * 0.87]
                        for a, b in zip(outline, np.roll(outline, -1, 0), strict=True)
                    ]
                ),
                steps=4,
            )
            if rounded
            else outline,
            "yellow, gold, orange, red, blue",
            body=True,
        )
    )
    if some(rng, 0.4):
        face, ink = face_at(0.5, 0.52, 0.2)
        parts, lines, says = parts + face, ink, (*says, "smiling")
    elif not rounded and some(rng, 0.4):
        lines = [np.stack([np.float32([0.5, 0.5]), point]) for point in outline]
    return finished(rng, parts, lines, says=says, middle=True)


@kind("planet", group="nature", stands=False)
def planet(rng: np.random.Generator) -> Thing:
    """A ringed planet, a striped one, or the earth."""
    form, parts, lines = style(rng, "ring", "ring", "stripes", "earth"), [], []
    if form == "earth":
        parts.append(part("ocean", ellipse(0.5, 0.5, 0.43), "blue, light blue, turquoise"))
        for points in (
            [(0.2, 0.3), (0.32, 0.2), (0.46, 0.22), (0.44, 0.32), (0.36, 0.38), (0.38, 0.46), (0.28, 0.46)],
            [(0.36, 0.54), (0.48, 0.56), (0.5, 0.66), (0.42, 0.82), (0.36, 0.7)],
            [(0.6, 0.3), (0.72, 0.26), (0.84, 0.38), (0.8, 0.54), (0.7, 0.72), (0.64, 0.56), (0.58, 0.44)],
        ):
            parts.append(part("land", smooth(points), "green, brown, light green"))
        return finished(rng, parts, lines, says=("earth",), middle=True)
    radius = rng.uniform(0.24, 0.28) if form == "ring" else 0.42
    colors = "orange, purple, red, turquoise, beige, blue, pink, green"
    ring = np.concatenate(
        [arc(0.5, 0.5, 0.48, 0.15, -180, 0, num_points=40), arc(0.5, 0.5, 0.36, 0.08, 0, -180, num_points=40)]
    )
    if form == "ring":
        parts.append(part("ring", ring, "yellow, gray, light blue, pink, gold"))
    parts.append(part("planet", ellipse(0.5, 0.5, radius), colors, body=True))
    for y in (-0.55, 0.62) if form == "ring" else (-0.5, 0.0, 0.5):
        low, high = np.arcsin(np.clip(y - 0.13, -1, 1)), np.arcsin(np.clip(y + 0.13, -1, 1))
        right = np.linspace(low, high, 8)
        band = np.stack([0.5 + radius * np.cos(right), 0.5 + radius * np.sin(right)], 1)
        parts.append(
            part(
                "stripe", np.concatenate([band, mirrored(band)[::-1]]), "yellow, light orange, white, brown, light blue"
            )
        )
    if form == "ring":
        front = np.concatenate(
            [arc(0.5, 0.5, 0.48, 0.15, 0, 180, num_points=40), arc(0.5, 0.5, 0.36, 0.08, 180, 0, num_points=40)]
        )
        parts.append(part("ring", front, "yellow, gray, light blue, pink, gold"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-25, 25), middle=True)
