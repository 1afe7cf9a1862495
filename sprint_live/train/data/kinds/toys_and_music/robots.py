"""Robots.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import detail, finished, part, some, thick
from sprint_live.train.data.kinds._shapes import area, dot, even, in_square, limb, pick, smile
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth


@kind("toy robot", "android", group="object")
def toy_robot(rng: np.random.Generator) -> Thing:
    """A robot of boxes: antenna, square or round eyes, a panel with buttons, claws, legs or wheels."""
    metal = pick(rng, ("gray", "silver", "light blue", "red", "yellow", "turquoise", "orange"))
    second = str(
        rng.choice([color for color in ("gray", "dark gray", "blue", "red", "yellow", "white") if color != metal])
    )
    w, h, soft = rng.uniform(0.17, 0.22), rng.uniform(0.12, 0.15), rng.choice([0.0, 0.03, 0.06])
    top = -0.22
    parts: list[Part] = []
    for x in (0,) if rng.random() < 0.7 else (-0.09, 0.09):
        parts.append(area("antenna", box(x - 0.012, top - h - 0.1, x + 0.012, top - h + 0.02), "gray", "black"))
        parts.append(area("bulb", ellipse(x, top - h - 0.11, 0.032), "red", "yellow", "green"))
    if rng.random() < 0.6:
        parts += [
            area("ear", box(s * (w + 0.02) - 0.03, top - 0.05, s * (w + 0.02) + 0.03, top + 0.05, radius=0.01), second)
            for s in (-1, 1)
        ]
    parts.append(area("neck", box(-0.05, top + h - 0.02, 0.05, top + h + 0.06), second))
    low, bw = 0.22, w * rng.uniform(1.0, 1.25)
    for s in (-1, 1):
        pose = rng.uniform(-0.18, 0.2)
        hand = (s * (bw + 0.16), 0.06 + pose)
        parts.append(
            area(
                "arm",
                limb([(s * (bw - 0.02), 0.0), (s * (bw + 0.08), 0.01 + pose * 0.1), hand], 0.06, round_end=False),
                second,
            )
        )
        claw = ellipse(*hand, 0.055)
        parts.append(area("hand", claw, metal, second))
    if rng.random() < 0.3:
        parts.append(area("track", box(-bw * 1.05, 0.36, bw * 1.05, 0.48, radius=0.06), "black", "dark gray"))
        parts += [area("wheel", ellipse(x, 0.42, 0.04), "gray", "white") for x in (-bw * 0.75, 0, bw * 0.75)]
        parts.append(area("leg", box(-0.06, low - 0.02, 0.06, 0.37), second))
    else:
        parts += [area("leg", box(s * bw * 0.5 - 0.04, low - 0.02, s * bw * 0.5 + 0.04, 0.42), second) for s in (-1, 1)]
        parts += [
            area("foot", np.concatenate([arc(s * bw * 0.5, 0.47, 0.085, 0.07, 180, 360)]), metal) for s in (-1, 1)
        ]
    parts.append(area("body", box(-bw, top + h + 0.03, bw, low, radius=soft), metal, body=True))
    parts.append(area("body", box(-w, top - h, w, top + h, radius=soft), metal, body=True))
    panel = rng.random()
    if panel < 0.7:
        parts.append(area("panel", box(-bw * 0.65, 0.0, bw * 0.65, 0.14, radius=0.015), "white", "black", "light gray"))
        parts += [
            dot(x * bw, 0.1, 0.02, color, "button") for x, color in ((-0.4, "red"), (0.0, "yellow"), (0.4, "green"))
        ]
        lines = [np.float32([(-bw * 0.5, 0.04), (bw * 0.5, 0.04)])]
    else:
        parts.append(
            area("heart", even([(0, 0.03), (0.04, -0.01), (0.08, 0.02), (0.07, 0.08), (0, 0.15)], x=0), "red", "pink")
        )
        lines = []
    if rng.random() < 0.5:
        parts += [
            area("eye", ellipse(s * w * 0.45, top - 0.03, 0.045), "yellow", "white", "light blue") for s in (-1, 1)
        ]
    else:
        parts += [
            area(
                "eye",
                box(s * w * 0.45 - 0.045, top - 0.07, s * w * 0.45 + 0.045, top + 0.01),
                "yellow",
                "white",
                "light blue",
            )
            for s in (-1, 1)
        ]
    parts += [dot(s * w * 0.45, top - 0.03, 0.02) for s in (-1, 1)]
    if rng.random() < 0.6:
        parts.append(area("mouth", box(-w * 0.5, top + h * 0.4, w * 0.5, top + h * 0.75), "white", "black", "red"))
        lines += [np.float32([(x * w, top + h * 0.42), (x * w, top + h * 0.73)]) for x in (-0.25, 0, 0.25)]
    else:
        lines.append(smile(0, top + h * 0.4, w * 0.8, 0.5))
    return in_square(rng, parts, lines)


@kind("robot", group="object")
def robot(rng: np.random.Generator) -> Thing:
    """A robot of boxes with one antenna or two, arms up or down, buttons and claws."""
    face, chest, corner = rng.uniform(0.16, 0.22), rng.uniform(0.19, 0.24), rng.uniform(0.0, 0.08)
    stance, eye, num_buttons = rng.uniform(0.09, 0.13), rng.uniform(0.04, 0.06), int(rng.integers(2, 4))
    antennas = (0.0,) if some(rng, 0.6) else (-0.1, 0.1)
    waves = tuple(some(rng, 0.3) for _ in range(2))
    parts, lines, metal = (
        [],
        [polygon((0.5 + x, 0.16), (0.5 + x * 1.3, 0.08)) for x in antennas],
        "gray, silver, light blue, red, yellow, green, orange, blue",
    )
    parts += [part("antenna", ellipse(0.5 + x * 1.3, 0.07, 0.035), "red, yellow, orange, green") for x in antennas]
    parts.append(part("neck", box(0.45, 0.38, 0.55, 0.45), "gray, dark gray, black"))
    for side, up in zip((-1, 1), waves, strict=True):
        hand = 0.36 if up else 0.68
        parts.append(
            part(
                "arm",
                thick(
                    smooth(
                        [(0.5 + side * (chest - 0.02), 0.5), (0.5 + side * 0.34, 0.52), (0.5 + side * 0.36, hand)],
                        closed=False,
                    ),
                    0.07,
                ),
                "gray, dark gray, silver, yellow",
            )
        )
        parts.append(
            part(
                "claw",
                ellipse(0.5 + side * 0.36, hand + (-0.04 if up else 0.04), 0.058),
                "gray, red, dark gray, yellow",
            )
        )
        parts.append(
            part(
                "ear",
                box(0.5 + side * (face + 0.01) - 0.03, 0.23, 0.5 + side * (face + 0.01) + 0.03, 0.31, radius=0.015),
                "red, yellow, gray, orange",
            )
        )
        parts.append(
            part(
                "leg",
                box(0.5 + side * stance - 0.045, 0.74, 0.5 + side * stance + 0.045, 0.9),
                "gray, dark gray, silver",
            )
        )
        parts.append(
            part("foot", arc(0.5 + side * (stance + 0.01), 0.95, 0.095, 0.08, 180, 360), "red, dark gray, blue, black")
        )
    parts += [
        part("head", box(0.5 - face, 0.16, 0.5 + face, 0.39, radius=corner), metal),
        part("chest", box(0.5 - chest, 0.44, 0.5 + chest, 0.77, radius=corner), metal, body=True),
    ]
    for x in (0.41, 0.59):
        parts += [
            part("eye", ellipse(x, 0.24, eye), "yellow, white, light blue, green"),
            detail(ellipse(x, 0.24, eye * 0.45), "black"),
        ]
    parts.append(part("mouth", box(0.41, 0.315, 0.59, 0.36, radius=0.01), "white, black, red"))
    lines += [polygon((x, 0.315), (x, 0.36)) for x in (0.455, 0.5, 0.545)]
    parts.append(part("panel", box(0.35, 0.5, 0.65, 0.64, radius=0.02), "white, black, light blue, light yellow"))
    parts += [
        part("button", ellipse(x, 0.57, 0.032), "red, yellow, green, blue")
        for x in np.linspace(0.41, 0.59, num_buttons)
    ]
    lines += [polygon((0.35, 0.7), (0.65, 0.7))]
    return finished(rng, parts, lines)
