"""What is seen in the sky and on the land, and a few signs.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    WOOD,
    curl,
    detail,
    finished,
    part,
    some,
    star_outline,
    style,
    thick,
    wavy,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth


def _face(x: float, y: float, size: float) -> tuple[list[Part], list[np.ndarray]]:
    """Two eyes, red cheeks and a smile."""
    eyes = [
        detail(ellipse(x + side * size * 0.38, y - size * 0.18, size * 0.09, size * 0.13), "black") for side in (-1, 1)
    ]
    cheeks = [
        part(
            "cheek", ellipse(x + side * size * 0.6, y + size * 0.15, size * 0.15, size * 0.1), "pink, light red, orange"
        )
        for side in (-1, 1)
    ]
    return cheeks + eyes, [arc(x, y + size * 0.1, size * 0.3, size * 0.28, 20, 160)]


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
        face, ink = _face(0.5, 0.5, radius)
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
        face, ink = _face(0.5, 0.52, 0.2)
        parts, lines, says = parts + face, ink, (*says, "smiling")
    elif not rounded and some(rng, 0.4):
        lines = [np.stack([np.float32([0.5, 0.5]), point]) for point in outline]
    return finished(rng, parts, lines, says=says, middle=True)


def cloud_outline(rng: np.random.Generator, left: float, right: float, bottom: float, height: float) -> np.ndarray:
    """Three to five humps over a flat lower edge."""
    humps = int(rng.integers(3, 6))
    edges = np.linspace(left, right, humps + 1)
    edges[1:-1] += rng.uniform(-0.1, 0.1, humps - 1) * (right - left) / humps
    share = np.linspace(-1, 1, humps + 1) ** 2
    level = bottom - 0.25 * height - max(0.5 * height - 0.35 * (right - left) / humps, 0.0) * 1.6 * (1 - share)
    pieces = []
    for index in range(humps):
        a, b = np.float64([edges[index], level[index]]), np.float64([edges[index + 1], level[index + 1]])
        middle, half = (a + b) / 2, (b - a) / 2
        up = np.float64([half[1], -half[0]]) * rng.uniform(0.95, 1.15)
        angle = np.linspace(0, np.pi, 16)
        pieces.append(middle - np.cos(angle)[:, None] * half + np.sin(angle)[:, None] * up)
    corner = min(0.07, height * 0.3)
    return np.concatenate(
        [
            *pieces,
            arc(right - corner, bottom - corner * 0.4, corner, corner * 0.8, 0, 90, num_points=6),
            arc(left + corner, bottom - corner * 0.4, corner, corner * 0.8, 90, 180, num_points=6),
        ]
    ).astype(np.float32)


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
        face, ink = _face(0.5, 0.46, 0.16)
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


@kind("mountain", "peak", group="nature")
def mountain(rng: np.random.Generator) -> Thing:
    """One peak or two or three, each with snow."""
    parts, lines = [], []
    rock = "gray, brown, blue, purple, dark gray"
    peaks = [
        [(0.5, 0.12, 0.44)],
        [(0.68, 0.32, 0.3), (0.36, 0.14, 0.33)],
        [(0.24, 0.4, 0.22), (0.78, 0.36, 0.22), (0.5, 0.14, 0.33)],
    ][int(rng.integers(3))]
    for x, top, half in peaks:
        x, top = x + rng.uniform(-0.02, 0.02), top + rng.uniform(-0.03, 0.03)
        tall = 0.9 - top
        jag = rng.uniform(-0.03, 0.03)
        parts.append(
            part(
                "mountain",
                polygon(
                    (x - half, 0.9),
                    (x - half * 0.52 + jag, top + tall * 0.5),
                    (x, top),
                    (x + half * 0.55, top + tall * 0.52 + jag),
                    (x + half, 0.9),
                ),
                rock,
                body=True,
            )
        )
        depth = rng.uniform(0.28, 0.36)
        edge = [
            (x + half * depth * share * 1.04, top + tall * (depth * 0.96 + (0.08 if index % 2 else -0.07)))
            for index, share in enumerate((0.55, 0.15, -0.25, -0.62))
        ]
        cap = polygon(
            (x, top),
            (x + (half * 0.55) * depth / 0.52, top + tall * depth),
            *edge,
            (x + (-half * 0.52 + jag) * depth / 0.5, top + tall * depth),
        )
        parts.append(part("snow", cap, "white, light blue"))
        lines.append(
            polygon(
                (x + half * 0.12, top + tall * 0.55),
                (x + half * 0.05, top + tall * 0.68),
                (x + half * 0.2, top + tall * 0.8),
            )
        )
    parts.append(
        part(
            "meadow",
            smooth(
                [
                    (0.02, 0.92),
                    (0.1, 0.83),
                    (0.3, 0.87),
                    (0.5, 0.82),
                    (0.72, 0.87),
                    (0.9, 0.82),
                    (0.98, 0.92),
                    (0.5, 0.96),
                ]
            ),
            "green, light green, dark green",
        )
    )
    return finished(rng, parts, lines)


@kind("volcano", group="nature")
def volcano(rng: np.random.Generator) -> Thing:
    """A cone with lava, smoke and stones that fly."""
    parts = []
    top = rng.uniform(0.38, 0.44)
    if some(rng, 0.7):
        parts.append(
            part("smoke", cloud_outline(rng, 0.26, 0.74, 0.27, rng.uniform(0.2, 0.24)), "gray, dark gray, light gray")
        )
    fountain = smooth(
        [
            (0.42, top + 0.04),
            (0.4, top - 0.12),
            (0.34, top - 0.16),
            (0.44, top - 0.17),
            (0.5, top - 0.25),
            (0.56, top - 0.17),
            (0.66, top - 0.16),
            (0.6, top - 0.12),
            (0.58, top + 0.04),
        ]
    )
    parts.append(part("lava", fountain, "red, orange, yellow"))
    parts.append(
        part(
            "volcano",
            np.concatenate(
                [
                    smooth([(0.04, 0.93), (0.2, 0.8), (0.31, 0.6), (0.38, top)], closed=False),
                    smooth([(0.62, top), (0.69, 0.6), (0.8, 0.8), (0.96, 0.93)], closed=False),
                ]
            ),
            "brown, gray, dark brown, dark gray",
            body=True,
        )
    )
    river = smooth(
        [
            (0.625, top + 0.03),
            (0.64, 0.62),
            (0.6, 0.66),
            (0.57, 0.56),
            (0.54, 0.8),
            (0.5, 0.86),
            (0.46, 0.76),
            (0.46, 0.58),
            (0.41, 0.68),
            (0.37, 0.62),
            (0.375, top + 0.03),
        ],
        closed=False,
    )
    parts.append(part("lava", np.concatenate([polygon((0.38, top), (0.62, top)), river]), "red, orange, yellow"))
    for x, y in ((0.22, 0.36), (0.78, 0.32), (0.3, 0.48), (0.72, 0.47)):
        if some(rng, 0.7):
            parts.append(part("stone", ellipse(x, y, 0.03, 0.026), "orange, red, dark gray, brown"))
    return finished(rng, parts)


@kind("island", group="nature")
def island(rng: np.random.Generator) -> Thing:
    """Sand in the sea with one palm or two."""
    parts, lines = [], []
    parts.append(part("sea", ellipse(0.5, 0.85, 0.48, 0.11), "blue, light blue, turquoise"))
    parts.append(
        part(
            "sand",
            smooth([(0.14, 0.85), (0.3, 0.74), (0.5, 0.69), (0.72, 0.75), (0.86, 0.85), (0.5, 0.9)]),
            "yellow, beige, light orange",
        )
    )
    palms = (
        [(0.46, 0.72, 0.56, 0.3, 1.0)]
        if some(rng, 0.6)
        else [(0.6, 0.73, 0.74, 0.42, 0.7), (0.42, 0.72, 0.34, 0.28, 0.85)]
    )
    for foot, ground, x, y, size in palms:
        path = smooth(
            [(foot, ground + 0.03), ((foot * 2 + x) / 3 + 0.03 * np.sign(foot - x), (2 * ground + y) / 3), (x, y)],
            closed=False,
        )
        parts.append(part("trunk", thick(path, 0.075 * size, 0.045 * size), "brown, light brown"))
        for index in range(3, len(path) - 1, 3):
            a = path[index]
            lines.append(polygon((a[0] - 0.025 * size, a[1]), (a[0] + 0.025 * size, a[1] + 0.01)))
        for angle, long in ((-172, 0.3), (-8, 0.3), (-135, 0.25), (-45, 0.25), (150, 0.25), (30, 0.25)):
            a = np.deg2rad(angle)
            tip = (x + np.cos(a) * long * size, y + np.sin(a) * long * size * 0.8 + 0.06 * size)
            middle = (x + np.cos(a) * long * size * 0.55, y + np.sin(a) * long * size * 0.5 - 0.05 * size)
            parts.append(
                part(
                    "leaf",
                    thick(smooth([(x, y), middle, tip], closed=False), 0.085 * size, 0.012),
                    "green, light green, dark green",
                )
            )
        parts += [
            part("coconut", ellipse(x + dx * size, y + 0.035 * size, 0.037 * size), "brown, dark brown")
            for dx in (-0.035, 0.04)
        ]
    lines += [wavy(0.12, 0.3, 0.9, 0.008, 2), wavy(0.62, 0.84, 0.915, 0.008, 2)]
    return finished(rng, parts, lines, flips=True)


@kind("heart", group="object", stands=False)
def heart(rng: np.random.Generator) -> Thing:
    """A heart, now and then with an arrow, with a second one inside, or with a ribbon."""
    notch, wide = rng.uniform(0.26, 0.32), rng.uniform(0.92, 1.05)
    right = smooth(
        [(0.5, notch), (0.6, 0.14), (0.78, 0.12), (0.92, 0.28), (0.88, 0.5), (0.72, 0.72), (0.5, 0.92)], closed=False
    )
    outline = np.concatenate([right, mirrored(right)[::-1][1:-1]])
    outline[:, 0] = 0.5 + (outline[:, 0] - 0.5) * wide
    parts, lines, form = [], [], style(rng, "plain", "inner", "arrow", "shine")
    if form == "arrow":
        parts.append(part("arrow", thick([(0.02, 0.72), (0.99, 0.27)], 0.035), WOOD + ", gold"))
        parts.append(
            part(
                "feather",
                polygon((-0.07, 0.68), (0.08, 0.61), (0.16, 0.66), (0.1, 0.77), (-0.02, 0.83), (0.03, 0.73)),
                "white, light blue, yellow",
            )
        )
        parts.append(part("arrowhead", polygon((1.06, 0.24), (0.96, 0.2), (1.0, 0.35)), "gray, gold, silver"))
    parts.append(part("heart", outline, "red, pink, purple, orange", body=True))
    if form == "inner":
        parts.append(
            part(
                "inner heart",
                np.float32([0.5, 0.48]) + (outline - np.float32([0.5, 0.48])) * 0.6,
                "pink, white, light red, yellow",
            )
        )
    elif form == "shine":
        parts.append(detail(ellipse(0.28, 0.3, 0.06, 0.09, turn_deg=35), "white"))
    return finished(rng, parts, lines, middle=True)


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


@kind("diamond", "gem", "jewel", group="object", stands=False)
def diamond(rng: np.random.Generator) -> Thing:
    """A cut stone: the facets of its crown and of its pavilion."""
    top, belt, flat = rng.uniform(0.16, 0.22), rng.uniform(0.38, 0.42), rng.uniform(0.24, 0.3)
    xs = (0.06, 0.33, 0.67, 0.94)
    parts = [
        part(
            "top facet",
            polygon((flat, top), (1 - flat, top), (0.67, belt), (0.33, belt)),
            "light blue, white, pink, light green, light purple",
        ),
        part("side facet", polygon((flat, top), (xs[1], belt), (xs[0], belt)), "blue, turquoise, red, green, purple"),
        part(
            "side facet", polygon((1 - flat, top), (xs[2], belt), (xs[3], belt)), "blue, turquoise, red, green, purple"
        ),
        part(
            "lower facet",
            polygon((xs[0], belt), (xs[1], belt), (0.5, 0.92)),
            "turquoise, blue, pink, green, purple, red",
        ),
        part(
            "middle facet",
            polygon((xs[1], belt), (xs[2], belt), (0.5, 0.92)),
            "light blue, turquoise, light green, pink",
        ),
        part(
            "lower facet",
            polygon((xs[2], belt), (xs[3], belt), (0.5, 0.92)),
            "turquoise, blue, pink, green, purple, red",
        ),
    ]
    lines = []
    if some(rng):
        lines += [polygon((x, y - 0.05), (x, y + 0.05)) for x, y in ((0.08, 0.16), (0.93, 0.2))]
        lines += [polygon((x - 0.04, y), (x + 0.04, y)) for x, y in ((0.08, 0.16), (0.93, 0.2))]
    return finished(rng, parts, lines, middle=True)


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


@kind("campfire", "bonfire", "fire", group="nature")
def campfire(rng: np.random.Generator) -> Thing:
    """Flames over crossed logs, now and then with stones around."""
    parts, lines = [], []
    top = rng.uniform(0.08, 0.14)
    flame = [
        (0.5, 0.82),
        (0.28, 0.76),
        (0.22, 0.58),
        (0.3, 0.36),
        (0.36, 0.5),
        (0.42, 0.34),
        (0.5, top),
        (0.58, 0.3),
        (0.66, 0.46),
        (0.71, 0.34),
        (0.79, 0.56),
        (0.72, 0.76),
    ]
    parts.append(part("outer flame", smooth(flame), "red, orange"))
    for name, scale, colors in (
        ("middle flame", 0.68, "orange, yellow"),
        ("inner flame", 0.38, "yellow, white, light yellow"),
    ):
        parts.append(
            part(name, smooth([(0.5 + (x - 0.5) * scale, 0.82 + (y - 0.82) * scale) for x, y in flame]), colors)
        )
    for a, b in (((0.16, 0.76), (0.8, 0.92)), ((0.84, 0.76), (0.2, 0.92))):
        parts.append(part("log", thick([a, b], 0.09), WOOD))
        parts.append(part("log end", ellipse(*b, 0.032, 0.05), "beige, light brown"))
        parts.append(part("log end", ellipse(*a, 0.032, 0.05), "beige, light brown"))
    if some(rng, 0.4):
        parts += [
            part("stone", ellipse(x, 0.94, 0.065, 0.045), "gray, light gray, dark gray")
            for x in (0.12, 0.26, 0.4, 0.56, 0.72, 0.88)
        ]
    elif some(rng):
        lines.append(curl(0.5, top - 0.03, 0.12, 0.03))
    return finished(rng, parts, lines)


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
        face, lines = _face(0.5, 0.66, 0.2)
        parts, says = parts + face, ("smiling",)
    else:
        parts.append(
            part("reflection", smooth([(0.3, 0.58), (0.27, 0.7), (0.34, 0.82), (0.36, 0.72)]), "white, light blue")
        )
    return finished(rng, parts, lines, says=says, middle=True)


@kind("signpost", "sign", group="object")
def signpost(rng: np.random.Generator) -> Thing:
    """Boards with points on a pole, to the left and to the right."""
    parts, lines = [part("pole", box(0.46, 0.06, 0.54, 0.94), WOOD)], []
    for index in range(int(rng.integers(1, 4))):
        y, right = 0.13 + 0.21 * index, some(rng)
        board = polygon((0.2, y), (0.78, y), (0.92, y + 0.08), (0.78, y + 0.16), (0.2, y + 0.16))
        parts.append(part("board", board if right else mirrored(board), "light brown, white, yellow, beige, green"))
        lines += [wavy(0.3, 0.7, y + 0.08, 0.015, 4)]
    parts.append(
        part(
            "grass",
            polygon(
                (0.28, 0.95),
                (0.3, 0.86),
                (0.36, 0.91),
                (0.4, 0.83),
                (0.45, 0.9),
                (0.5, 0.84),
                (0.55, 0.9),
                (0.6, 0.83),
                (0.65, 0.91),
                (0.7, 0.86),
                (0.72, 0.95),
            ),
            "green, light green, dark green",
        )
    )
    return finished(rng, parts, lines)
