"""Toys, presents and what belongs to a party.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, detail, finished, part, some, star_outline, style, thick, wavy
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

BRIGHT = "red, blue, yellow, green, orange, purple, pink, turquoise"


@kind("ball", group="object")
def ball(rng: np.random.Generator) -> Thing:
    """A beach ball, a soccer ball, a basketball or one with a stripe."""
    form, parts, lines = style(rng, "beach", "soccer", "basket", "stripe"), [], []
    if form == "beach":
        turn, count = rng.uniform(0, 60), 6
        for index in range(count):
            a = turn + 360 * index / count
            piece = np.concatenate([polygon((0.42, 0.4)), arc(0.5, 0.5, 0.43, 0.43, a, a + 360 / count, num_points=16)])
            name, colors = (("panel", "red, blue, orange, green"), ("light panel", "white, yellow, light blue"))[
                index % 2
            ]
            parts.append(part(name, piece, colors))
        parts.append(part("middle", ellipse(0.42, 0.4, 0.07), "white, yellow, red"))
    elif form == "soccer":
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), "white, yellow, light gray", body=True))
        parts.append(part("patch", star_outline(0.5, 0.5, 0.15, 0.1214, 5), "black, blue, red"))
        for index in range(5):
            angle = np.deg2rad(-90 + 72 * index)
            along, aside = np.float64([np.cos(angle), np.sin(angle)]), np.float64([-np.sin(angle), np.cos(angle)])
            center = np.float64([0.5, 0.5])
            lines.append(np.stack([center + along * 0.15, center + along * 0.28]))
            rim = [center + 0.43 * np.float64([np.cos(angle + d), np.sin(angle + d)]) for d in (0.3, 0.0, -0.3)]
            parts.append(
                part(
                    "patch",
                    np.stack(
                        [
                            center + along * 0.28,
                            center + along * 0.33 + aside * 0.09,
                            *rim,
                            center + along * 0.33 - aside * 0.09,
                        ]
                    ),
                    "black, blue, red",
                )
            )
            side = np.deg2rad(-54 + 72 * index)
            lines.append(
                np.stack(
                    [center + along * 0.33 + aside * 0.09, center + 0.3 * np.float64([np.cos(side), np.sin(side)])]
                )
            )
            follower = np.deg2rad(-90 + 72 * (index + 1))
            lines.append(
                np.stack(
                    [
                        center + 0.3 * np.float64([np.cos(side), np.sin(side)]),
                        center
                        + 0.33 * np.float64([np.cos(follower), np.sin(follower)])
                        - 0.09 * np.float64([-np.sin(follower), np.cos(follower)]),
                    ]
                )
            )
        return finished(rng, parts, lines, says=("soccer",))
    elif form == "basket":
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), "orange, brown, red", body=True))
        lines += [
            polygon((0.07, 0.5), (0.93, 0.5)),
            polygon((0.5, 0.07), (0.5, 0.93)),
            arc(0.05, 0.5, 0.24, 0.34, -57, 57),
            arc(0.95, 0.5, 0.24, 0.34, 123, 237),
        ]
    else:
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), BRIGHT, body=True))
        parts.append(
            part(
                "stripe",
                np.concatenate(
                    [
                        arc(0.5, 0.5, 0.43, 0.43, -14, 14),
                        arc(0.5, 0.604, 0.417, 0.12, 0, 180, num_points=24)[1:-1],
                        arc(0.5, 0.5, 0.43, 0.43, 166, 194),
                        arc(0.5, 0.396, 0.417, 0.12, 180, 0, num_points=24)[1:-1],
                    ]
                ),
                "white, yellow, light blue",
            )
        )
        if some(rng):
            parts.append(part("star", star_outline(0.5, 0.58, 0.11, 0.046), "red, blue, orange"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-25, 25))


@kind("balloon", group="object", stands=False)
def balloon(rng: np.random.Generator) -> Thing:
    """One balloon, a heart, or a bunch of three, each on its string."""
    parts, lines, form = [], [], style(rng, "one", "bunch", "heart")
    if form == "bunch":
        names = ("left", "right", "middle")
        for name, (x, y) in zip(names, ((0.28, 0.32), (0.72, 0.34), (0.5, 0.22)), strict=True):
            lines.append(smooth([(x, y + 0.2), ((x + 1) / 3, 0.75), (0.5, 0.95)], closed=False))
            parts += [
                part(f"{name} balloon", polygon((x, y + 0.17), (x + 0.035, y + 0.225), (x - 0.035, y + 0.225)), BRIGHT),
                part(f"{name} balloon", ellipse(x, y, 0.155, 0.185), BRIGHT),
            ]
            parts.append(detail(ellipse(x - 0.06, y - 0.07, 0.022, 0.038, turn_deg=25), "white"))
        lines[2] = polygon((0.5, 0.44), (0.5, 0.95))
        return finished(rng, parts, lines, middle=True)
    wave = rng.uniform(0.02, 0.04)
    lines.append(
        smooth([(0.5, 0.66), (0.5 - wave, 0.74), (0.5 + wave, 0.82), (0.5 - wave, 0.89), (0.5, 0.96)], closed=False)
    )
    parts.append(part("knot", polygon((0.5, 0.59), (0.545, 0.66), (0.455, 0.66)), BRIGHT))
    if form == "heart":
        half = smooth([(0.5, 0.16), (0.6, 0.06), (0.74, 0.09), (0.79, 0.24), (0.7, 0.42), (0.5, 0.62)], closed=False)
        shape = np.concatenate([half, mirrored(half)[::-1][1:-1]])
    else:
        wide = rng.uniform(0.24, 0.28)
        half = smooth(
            [(0.5, 0.05), (0.5 + wide * 0.8, 0.12), (0.5 + wide, 0.3), (0.5 + wide * 0.6, 0.5), (0.5, 0.62)],
            closed=False,
        )
        shape = np.concatenate([half, mirrored(half)[::-1][1:-1]])
    parts.append(part("balloon", shape, BRIGHT, body=True))
    parts.append(part("reflection", ellipse(0.37, 0.22, 0.035, 0.065, turn_deg=25), "white, light yellow"))
    return finished(rng, parts, lines, middle=True)


@kind("kite", group="object", stands=False)
def kite(rng: np.random.Generator) -> Thing:
    """A kite of four fields with bows on its tail."""
    parts, lines = [], []
    top, side, low, wide = 0.05, rng.uniform(0.24, 0.3), 0.66, rng.uniform(0.22, 0.28)
    tail = smooth([(0.5, low), (0.44, 0.77), (0.54, 0.89), (0.46, 1.01), (0.52, 1.13)], closed=False)
    lines.append(tail)
    four = some(rng, 0.6)
    if four:
        fields = (
            ((0.5, top), (0.5, side), (0.5 - wide, side)),
            ((0.5, top), (0.5 + wide, side), (0.5, side)),
            ((0.5 - wide, side), (0.5, side), (0.5, low)),
            ((0.5 + wide, side), (0.5, low), (0.5, side)),
        )
        for name, field in zip(
            ("upper left field", "upper right field", "lower left field", "lower right field"), fields, strict=True
        ):
            parts.append(part(name, polygon(*field), BRIGHT + ", white"))
    else:
        parts.append(
            part("kite", polygon((0.5, top), (0.5 + wide, side), (0.5, low), (0.5 - wide, side)), BRIGHT, body=True)
        )
        parts += [detail(ellipse(0.5 + dx, side + 0.04, 0.026, 0.036), "black") for dx in (-0.08, 0.08)]
        parts.append(part("nose", ellipse(0.5, side + 0.11, 0.03), "red, yellow, orange"))
        lines.append(arc(0.5, side + 0.13, 0.08, 0.07, 20, 160))
    for index in (9, 17, 25):
        x, y = (float(value) for value in tail[index])
        for sign in (-1, 1):
            parts.append(
                part(
                    "bow",
                    polygon((x, y), (x + sign * 0.055, y - 0.03), (x + sign * 0.055, y + 0.03)),
                    "red, yellow, blue, white, green, pink",
                )
            )
    return finished(
        rng,
        parts,
        lines,
        says=() if four else ("smiling",),
        tilt_deg=rng.uniform(10, 35) * (1 if some(rng) else -1),
        middle=True,
    )


def _bow(x: float, y: float, size: float, colors: str) -> list[Part]:
    """Two loops and a knot."""
    loop = smooth(
        [
            (x, y),
            (x + size * 0.5, y - size * 0.6),
            (x + size, y - size * 0.5),
            (x + size * 0.95, y + size * 0.05),
            (x + size * 0.45, y + size * 0.08),
        ],
        steps=6,
    )
    return [
        part("bow", loop, colors),
        part("bow", mirrored(loop, x), colors),
        part("knot", ellipse(x, y - size * 0.02, size * 0.22, size * 0.2), colors),
    ]


@kind("gift", "present", group="object")
def gift(rng: np.random.Generator) -> Thing:
    """A box with a lid, a ribbon and a bow; plain, dotted or striped."""
    parts, lines = [], []
    left, right, top = rng.uniform(0.12, 0.22), rng.uniform(0.78, 0.88), rng.uniform(0.36, 0.46)
    ribbon = "red, gold, yellow, white, pink, blue, green"
    parts.append(part("box", box(left, top + 0.1, right, 0.95), BRIGHT + ", white", body=True))
    middle = (left + right) / 2
    form = style(rng, "plain", "dots", "stripes")
    for side in (-1, 1):
        center = middle + side * (right - left) * 0.29
        if form == "dots":
            parts += [
                part("dot", ellipse(center + dx, y, 0.032), "white, yellow, orange, red")
                for dx, y in ((-0.06, top + 0.19), (0.06, top + 0.26), (-0.05, top + 0.35), (0.06, top + 0.43))
            ]
        elif form == "stripes":
            parts.append(
                part("stripe", box(center - 0.04, top + 0.1, center + 0.04, 0.95), "white, yellow, light blue, pink")
            )
    parts.append(part("ribbon", box(middle - 0.055, top + 0.1, middle + 0.055, 0.95), ribbon))
    parts.append(part("lid", box(left - 0.04, top, right + 0.04, top + 0.12), BRIGHT + ", white"))
    parts.append(part("ribbon", box(middle - 0.055, top, middle + 0.055, top + 0.12), ribbon))
    parts += _bow(middle, top, 0.2, ribbon)
    return finished(rng, parts, lines)


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


@kind("flag", group="object")
def flag(rng: np.random.Generator) -> Thing:
    """A flag that waves, with stripes, a star, a cross or a disc."""
    parts, lines = (
        [
            part("pole", box(0.12, 0.07, 0.165, 0.95), WOOD + ", gray, gold"),
            part("knob", ellipse(0.1425, 0.07, 0.04), "gold, yellow, red, gray"),
        ],
        [],
    )
    wave, low, right = rng.uniform(0.02, 0.05), rng.uniform(0.52, 0.6), rng.uniform(0.86, 0.95)

    def edge(y: float) -> np.ndarray:
        """A wavy line across the cloth."""
        return wavy(0.165, right, y, wave, 1)

    form, top, colors = (
        style(rng, "three", "star", "cross", "disc", "checkered", "upright"),
        0.13,
        BRIGHT + ", white, black",
    )
    if form == "three":
        for index, name in enumerate(("upper stripe", "middle stripe", "lower stripe")):
            a, b = top + (low - top) * index / 3, top + (low - top) * (index + 1) / 3
            parts.append(part(name, np.concatenate([edge(a), edge(b)[::-1]]), colors))
        return finished(rng, parts, lines)
    if form in ("upright", "checkered"):
        columns, rows = (3, 1) if form == "upright" else (6, 4)
        upper = wavy(0.165, right, top, wave, 1)
        shares = np.linspace(0, len(upper) - 1, columns + 1).round().astype(int)
        for column in range(columns):
            for row in range(rows):
                a, b = (low - top) * row / rows, (low - top) * (row + 1) / rows
                piece = upper[shares[column] : shares[column + 1] + 1]
                outline = np.concatenate([piece + np.float32([0, a]), piece[::-1] + np.float32([0, b])])
                name = (
                    ("left stripe", "middle stripe", "right stripe")[column]
                    if form == "upright"
                    else ("dark square", "light square")[(row + column) % 2]
                )
                parts.append(
                    part(
                        name,
                        outline,
                        colors if form == "upright" else ("black, dark blue, red", "white, yellow")[(row + column) % 2],
                    )
                )
        return finished(rng, parts, lines, says=("checkered",) if form == "checkered" else ())
    parts.append(part("flag", np.concatenate([edge(top), edge(low)[::-1]]), colors, body=True))
    x, y = 0.165 + (right - 0.165) * (0.35 if form == "cross" else 0.5), (top + low) / 2
    if form == "cross":
        line = edge(y)
        parts.append(
            part(
                "cross",
                np.concatenate([line - np.float32([0, 0.04]), (line + np.float32([0, 0.04]))[::-1]]),
                "white, yellow, red, blue",
            )
        )
        share = (x - 0.165) / (right - 0.165)
        shift = -wave * np.sin(share * 2 * np.pi)
        parts.append(
            part(
                "cross",
                polygon(
                    (x - 0.04, top + shift - wave * 0.1),
                    (x + 0.04, top + shift),
                    (x + 0.04, low + shift),
                    (x - 0.04, low + shift - wave * 0.1),
                ),
                "white, yellow, red, blue",
            )
        )
    else:
        parts.append(
            part("star", star_outline(x, y, 0.14, 0.058), "yellow, white, red")
            if form == "star"
            else part("disc", ellipse(x, y, 0.125), "yellow, white, red, orange")
        )
    return finished(rng, parts, lines)


@kind("party hat", group="clothes")
def party_hat(rng: np.random.Generator) -> Thing:
    """A paper cone with stripes or dots and a tuft."""
    parts, lines, stripes = [], [], some(rng)
    parts.append(
        part("hat", np.concatenate([polygon((0.5, 0.14)), arc(0.5, 0.85, 0.3, 0.08, 0, 180)]), BRIGHT, body=True)
    )
    if stripes:
        for a, b in ((0.3, 0.45), (0.62, 0.78)):
            ya, yb = 0.14 + 0.71 * a, 0.14 + 0.71 * b
            parts.append(
                part(
                    "stripe",
                    np.concatenate([arc(0.5, ya, 0.3 * a, 0.08 * a, 180, 0), arc(0.5, yb, 0.3 * b, 0.08 * b, 0, 180)]),
                    "white, yellow, light blue, orange",
                )
            )
    else:
        parts += [
            part("dot", ellipse(x, y, 0.042), "white, yellow, red, light blue")
            for x, y in ((0.5, 0.4), (0.42, 0.57), (0.58, 0.6), (0.33, 0.76), (0.5, 0.78), (0.67, 0.78))
        ]
    parts.append(part("pompom", star_outline(0.5, 0.12, 0.1, 0.06, 8), "yellow, white, red, pink"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-12, 12))


@kind("robot", group="object")
def robot(rng: np.random.Generator) -> Thing:
    """A robot of boxes with an antenna, buttons and claws."""
    parts, lines, metal = (
        [],
        [polygon((0.5, 0.16), (0.5, 0.08))],
        "gray, silver, light blue, red, yellow, green, orange, blue",
    )
    parts.append(part("antenna", ellipse(0.5, 0.07, 0.035), "red, yellow, orange, green"))
    parts.append(part("neck", box(0.45, 0.38, 0.55, 0.45), "gray, dark gray, black"))
    for side in (-1, 1):
        parts.append(
            part(
                "arm",
                thick(
                    smooth(
                        [(0.5 + side * 0.22, 0.5), (0.5 + side * 0.34, 0.52), (0.5 + side * 0.36, 0.68)], closed=False
                    ),
                    0.07,
                ),
                "gray, dark gray, silver, yellow",
            )
        )
        parts.append(part("claw", ellipse(0.5 + side * 0.36, 0.72, 0.058), "gray, red, dark gray, yellow"))
        parts.append(
            part(
                "ear",
                box(0.5 + side * 0.2 - 0.03, 0.23, 0.5 + side * 0.2 + 0.03, 0.31, radius=0.015),
                "red, yellow, gray, orange",
            )
        )
        parts.append(
            part("leg", box(0.5 + side * 0.11 - 0.045, 0.74, 0.5 + side * 0.11 + 0.045, 0.9), "gray, dark gray, silver")
        )
        parts.append(part("foot", arc(0.5 + side * 0.12, 0.95, 0.095, 0.08, 180, 360), "red, dark gray, blue, black"))
    parts += [
        part("head", box(0.31, 0.16, 0.69, 0.39, radius=0.04), metal),
        part("chest", box(0.28, 0.44, 0.72, 0.77, radius=0.04), metal, body=True),
    ]
    for x in (0.41, 0.59):
        parts += [
            part("eye", ellipse(x, 0.24, 0.055), "yellow, white, light blue, green"),
            detail(ellipse(x, 0.24, 0.024), "black"),
        ]
    parts.append(part("mouth", box(0.41, 0.315, 0.59, 0.36, radius=0.01), "white, black, red"))
    lines += [polygon((x, 0.315), (x, 0.36)) for x in (0.455, 0.5, 0.545)]
    parts.append(part("panel", box(0.35, 0.5, 0.65, 0.64, radius=0.02), "white, black, light blue, light yellow"))
    parts += [part("button", ellipse(x, 0.57, 0.032), "red, yellow, green, blue") for x in (0.41, 0.5, 0.59)]
    lines += [polygon((0.35, 0.7), (0.65, 0.7))]
    return finished(rng, parts, lines)
