"""Burgers, hot dogs and eggs.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, even, in_square, limb
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("burger", "hamburger", "cheeseburger", group="food")
def burger(rng: np.random.Generator) -> Thing:
    """A burger of layers between halves of a bun."""
    w, y, bun, stack = rng.uniform(0.38, 0.44), 0.28, ("orange", "light brown", "brown"), []
    stack.append(area("bun", box(-w * 0.96, y, w * 0.96, y + 0.14, radius=0.065), *bun, body=True))
    layers = ["patty", "cheese", "tomato", "lettuce"]
    layers = layers if rng.random() < 0.5 else [layers[i] for i in sorted(rng.permutation(4)[:3])]
    if "patty" not in layers:
        layers[0] = "patty"
    for name in layers:
        if name == "patty":
            y -= 0.1
            stack.append(area("patty", box(-w, y, w, y + 0.12, radius=0.055), "brown", "dark brown"))
        elif name == "cheese":
            y -= 0.035
            stack.append(
                area(
                    "cheese",
                    polygon(
                        (-w * 1.02, y),
                        (w * 1.02, y),
                        (w * 0.98, y + 0.05),
                        (w * 0.6, y + 0.05),
                        (w * 0.3, y + 0.13),
                        (0.0, y + 0.05),
                        (-w * 0.5, y + 0.05),
                        (-w * 0.7, y + 0.1),
                        (-w * 0.98, y + 0.05),
                    ),
                    "yellow",
                    "orange",
                )
            )
        elif name == "tomato":
            y -= 0.065
            stack += [
                area("tomato", box(x - w * 0.46, y, x + w * 0.46, y + 0.075, radius=0.03), "red")
                for x in (-w * 0.48, w * 0.48)
            ]
        else:
            y -= 0.05
            wave = [
                (x, y + (0.1 if index % 2 else 0.04)) for index, x in enumerate(np.linspace(w * 1.06, -w * 1.06, 13))
            ]
            stack.append(
                area(
                    "lettuce",
                    np.concatenate([polygon((-w * 1.0, y), (w * 1.0, y)), smooth(wave, closed=False, steps=4)]),
                    "green",
                    "light green",
                )
            )
    top = rng.uniform(0.26, 0.32)
    stack.append(
        area(
            "bun",
            np.concatenate([arc(0, y + 0.0, w, top, 180, 360), polygon((w * 0.95, y + 0.03), (-w * 0.95, y + 0.03))]),
            *bun,
            body=True,
        )
    )
    if rng.random() < 0.7:
        stack += [
            area("seed", ellipse(a * w, y - top * b, 0.028, 0.016, turn_deg=turn), "beige", "white")
            for a, b, turn in ((-0.5, 0.5, -30), (-0.15, 0.75, 0), (0.2, 0.55, 20), (0.5, 0.5, 30), (-0.2, 0.35, 10))
        ]
    return in_square(rng, stack)


@kind("hot dog", group="food")
def hot_dog(rng: np.random.Generator) -> Thing:
    """A sausage in a bun with mustard."""
    bun = ("orange", "light brown", "beige")
    parts = [area("bun", box(-0.42, -0.16, 0.42, 0.08, radius=0.11), *bun, body=True)]
    parts.append(area("sausage", limb([(-0.43, -0.04), (0, -0.02), (0.43, -0.04)], 0.14), "red", "brown", "dark red"))
    wave = smooth(
        [(x, -0.055 + (0.03 if index % 2 else -0.03)) for index, x in enumerate(np.linspace(-0.36, 0.36, 10))],
        closed=False,
        steps=6,
    )
    parts.append(
        area(
            "mustard",
            np.concatenate([wave - np.float32([0, 0.014]), (wave + np.float32([0, 0.014]))[::-1]]),
            "yellow",
            "red",
        )
    )
    parts.append(
        area(
            "bun",
            np.concatenate(
                [
                    smooth([(-0.44, 0.02), (-0.2, 0.045), (0.2, 0.045), (0.44, 0.02)], closed=False),
                    smooth([(0.42, 0.14), (0.3, 0.19), (-0.3, 0.19), (-0.42, 0.14)], closed=False),
                ]
            ),
            *bun,
            body=True,
        )
    )
    return in_square(rng, parts)


@kind("egg", "fried egg", group="food")
def egg(rng: np.random.Generator) -> Thing:
    """An egg: fried, in a cup, painted, or as the hen laid it."""
    style = rng.choice(["fried", "plain", "painted", "in a cup"], p=[0.35, 0.2, 0.3, 0.15])
    if style == "fried":
        angle = np.linspace(0, 2 * np.pi, int(rng.integers(8, 11)), endpoint=False)
        radius = rng.uniform(0.36, 0.5, len(angle))
        white = smooth(np.stack([radius * np.cos(angle), radius * np.sin(angle) * 0.85], 1))
        x, y = rng.uniform(-0.05, 0.05, 2)
        return in_square(
            rng,
            [area("egg white", white, "white"), area("yolk", ellipse(x, y, 0.17, 0.16), "yellow", "orange")],
            [arc(x, y, 0.11, 0.1, 190, 250, num_points=8)],
            ("fried",),
            stands=False,
        )
    outline = even([(0, -0.45), (0.2, -0.33), (0.32, 0.05), (0.25, 0.34), (0, 0.45)], x=0)
    parts = [
        area(
            "shell",
            outline,
            *(
                ("light blue", "pink", "yellow", "light green", "purple", "white")
                if style == "painted"
                else ("white", "beige", "light brown")
            ),
            body=True,
        )
    ]
    if style == "painted":
        num = 8
        for y, w in ((-0.14, 0.255), (0.16, 0.31)):
            zigzag = [(x, y + (0.04 if i % 2 else -0.04)) for i, x in enumerate(np.linspace(-w, w, num + 1))]
            wide = [(x, y + 0.07) for x, y in zigzag[::-1]]
            parts.append(
                area("stripe", polygon(*zigzag, *wide), *rng.permutation(["red", "blue", "orange", "purple", "green"]))
            )
        parts += [
            area("spot", ellipse(x, y, 0.035), "yellow", "white", "red")
            for x, y in ((-0.17, 0.06), (0.0, 0.06), (0.17, 0.06), (-0.08, -0.27), (0.08, -0.27))
        ]
    if style == "in a cup":
        cup = ("blue", "white", "red", "yellow")
        parts += [
            area("foot", smooth([(-0.06, 0.4), (0.06, 0.4), (0.2, 0.56), (0, 0.58), (-0.2, 0.56)]), *cup),
            area("cup", np.concatenate([polygon((-0.33, 0.1), (0.33, 0.1)), arc(0, 0.1, 0.31, 0.36, 0, 180)]), *cup),
        ]
    lines = [arc(-0.02, 0.0, 0.22, 0.3, 185, 225, num_points=8)] if style == "plain" else []
    return in_square(rng, parts, lines, (str(style),) if style != "plain" else ())
