"""Clouds, rainbows, lightning, drops and snow.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, kind, polygon, smooth
from sprint_live.train.data.kinds.nature._sky import cloud_outline, face_at


@kind("cloud", group="nature", stands=False)
def cloud(rng: np.random.Generator) -> Thing:
    """A cloud alone, with rain, with lightning, or with the sun behind it."""
    form, parts, lines, says = style(rng, "plain", "rain", "storm", "sunny", "smiling"), [], [], ()
    if form == "sunny":
        parts.append(part("sun", star_outline(0.72, 0.3, 0.27, 0.19, 12), "yellow, orange"))
    if form == "storm":
        bolt = polygon((0.46, 0.55), (0.6, 0.55), (0.53, 0.7), (0.64, 0.7), (0.42, 0.96), (0.48, 0.77), (0.38, 0.77))
        parts.append(part("lightning", bolt, "yellow, orange, gold"))
    colors = (
        "gray, dark gray, light blue, light gray"
        if form in ("rain", "storm")
        else "white, light blue, light gray, pink"
    )
    parts.append(part("cloud", cloud_outline(rng, 0.06, 0.94, 0.6, rng.uniform(0.4, 0.5)), colors, body=True))
    if form == "rain":
        for x, y in ((0.22, 0.72), (0.4, 0.8), (0.58, 0.71), (0.76, 0.79)):
            drop = np.concatenate([polygon((x, y - 0.08)), arc(x, y + 0.02, 0.035, 0.04, -20, 200)])
            parts.append(part("raindrop", drop, "blue, light blue"))
        says = ("raining",)
    elif form == "smiling":
        face, ink = face_at(0.5, 0.46, 0.16)
        parts, lines, says = parts + face, ink, ("smiling",)
    elif some(rng):
        lines.append(arc(0.4, 0.46, 0.09, 0.07, 180, 290))
    return finished(rng, parts, lines, says=says, flips=True, middle=True)


@kind("rainbow", group="nature")
def rainbow(rng: np.random.Generator) -> Thing:
    """Four to seven bands, between two clouds or alone."""
    all_bands = (
        ("red band", "red"),
        ("orange band", "orange"),
        ("yellow band", "yellow"),
        ("green band", "green"),
        ("light blue band", "light blue"),
        ("blue band", "blue"),
        ("purple band", "purple"),
    )
    count = int(rng.integers(4, 8))
    bands = {4: (0, 2, 3, 5), 5: (0, 1, 2, 3, 5), 6: (0, 1, 2, 3, 5, 6), 7: range(7)}[count]
    outer, step, parts = 0.46, rng.uniform(0.28, 0.32) / count, []
    for index, band in enumerate(bands):
        name, color = all_bands[band]
        far, near = outer - step * index, outer - step * (index + 1)
        half = np.concatenate(
            [arc(0.5, 0.8, far, far, 180, 360, num_points=40), arc(0.5, 0.8, near, near, 360, 180, num_points=40)]
        )
        parts.append(part(name.split(" band")[0] + " band", half, color, fixed=True))
    if some(rng, 0.65):
        for left in (-0.02, 0.62):
            parts.append(
                part(
                    "cloud",
                    cloud_outline(rng, left, left + 0.4, 0.92, rng.uniform(0.2, 0.26)),
                    "white, light blue, light gray",
                )
            )
    return finished(rng, parts)


@kind("snowflake", group="nature", stands=False)
def snowflake(rng: np.random.Generator) -> Thing:
    """Six arms with branches around a hexagon."""
    parts, ice = [], "light blue, white, blue, turquoise"
    far, near = rng.uniform(0.24, 0.3), rng.uniform(0.15, 0.18)
    for index in range(6):
        angle = np.pi / 3 * index - np.pi / 2
        along, aside = np.float64([np.cos(angle), np.sin(angle)]), np.float64([-np.sin(angle), np.cos(angle)])
        half, long = 0.022, 0.1

        def at(out: float, off: float, along: np.ndarray = along, aside: np.ndarray = aside) -> np.ndarray:
            """A point on this arm."""
            return np.float64([0.5, 0.5]) + along * out + aside * off

        edge = [
            (0.04, half),
            (near, half),
            (near + long * 0.75, half + long * 0.6),
            (near + long * 0.75 + 0.04, half + long * 0.6 - 0.03),
            (near + 0.055, half),
            (far, half),
        ]
        edge += [
            (far + long * 0.75, half + long * 0.6),
            (far + long * 0.75 + 0.04, half + long * 0.6 - 0.03),
            (far + 0.055, half),
            (0.45, half),
        ]
        outline = [at(*point) for point in edge] + [at(out, -off) for out, off in edge[::-1]]
        parts.append(part("arm", np.stack(outline), ice, body=True))
    parts.append(part("center", star_outline(0.5, 0.5, 0.1, 0.087, 6), "white, blue, light blue, purple"))
    return finished(rng, parts, middle=True)


@kind("lightning bolt", "lightning", group="nature", stands=False)
def lightning(rng: np.random.Generator) -> Thing:
    """A bolt with two or three bends."""
    lean = rng.uniform(-0.04, 0.04)
    if some(rng):
        bolt = polygon(
            (0.48 + lean, 0.05), (0.76, 0.05), (0.58, 0.38), (0.78, 0.38), (0.3, 0.95), (0.44, 0.52), (0.26, 0.52)
        )
    else:
        bolt = polygon(
            (0.38 + lean, 0.05),
            (0.6, 0.05),
            (0.52, 0.28),
            (0.7, 0.28),
            (0.6, 0.55),
            (0.74, 0.55),
            (0.34, 0.96),
            (0.46, 0.64),
            (0.32, 0.64),
            (0.42, 0.38),
            (0.26, 0.38),
        )
    parts = [part("bolt", bolt, "yellow, gold, orange, light blue", body=True)]
    if some(rng, 0.4):
        parts.insert(0, part("cloud", cloud_outline(rng, 0.05, 0.95, 0.24, 0.24), "gray, white, dark gray, light blue"))
    return finished(rng, parts, flips=True, middle=True)


@kind("drop of water", "raindrop", "drop", group="nature", stands=False)
def drop(rng: np.random.Generator) -> Thing:
    """A drop with a reflection, now and then with a face."""
    outline = np.concatenate(
        [
            smooth([(0.5, 0.05), (0.62, 0.3), (0.76, 0.52), (0.8, 0.68)], closed=False),
            arc(0.5, 0.68, 0.3, 0.27, 10, 170, num_points=30),
            smooth([(0.2, 0.68), (0.24, 0.52), (0.38, 0.3)], closed=False),
        ]
    )
    parts, lines, says = [part("drop", outline, "light blue, blue, turquoise, red, green", body=True)], [], ()
    if some(rng):
        face, lines = face_at(0.5, 0.66, 0.2)
        parts, says = parts + face, ("smiling",)
    else:
        parts.append(
            part("reflection", smooth([(0.3, 0.58), (0.27, 0.7), (0.34, 0.82), (0.36, 0.72)]), "white, light blue")
        )
    return finished(rng, parts, lines, says=says, middle=True)
