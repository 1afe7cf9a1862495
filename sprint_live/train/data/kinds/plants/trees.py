"""Trees.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, GREENS, area, cloud, even, in_square, limb, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth


def trunk(rng: np.random.Generator, top: float, width: float, bottom: float = 0.95) -> Part:
    """A trunk that widens to its foot."""
    foot, lean = width * rng.uniform(1.2, 1.7), rng.uniform(-0.02, 0.02)
    outline = smooth(
        [
            (0.5 - width / 2 + lean, top),
            (0.5 + width / 2 + lean, top),
            (0.5 + width / 2, (top + bottom) / 2),
            (0.5 + foot / 2, bottom),
            (0.5 - foot / 2, bottom),
            (0.5 - width / 2, (top + bottom) / 2),
        ]
    )
    straight = polygon(
        (0.5 - width / 2, top), (0.5 + width / 2, top), (0.5 + width / 2, bottom), (0.5 - width / 2, bottom)
    )
    return area("trunk", outline if rng.random() < 0.6 else straight, "brown", "dark brown", "gray")


@kind("tree", group="plant")
def tree(rng: np.random.Generator) -> Thing:
    """A tree with a bumpy, a round or a three-part crown; now and then with apples,
    a hole or a bird's nest of branches.
    """
    style, width = rng.choice(["cloud", "round", "three", "egg"]), rng.uniform(0.1, 0.17)
    color = pick(rng, ("green", "green", "dark green", "light green", "orange", "yellow", "red", "pink"))
    parts, lines, spots = [trunk(rng, 0.5, width)], [], []
    if rng.random() < 0.25:
        parts.append(area("hole", ellipse(0.5, 0.79, width * 0.22, 0.045), "black", "dark brown"))
    if style == "three":
        for x, y in ((0.28, 0.45), (0.72, 0.45), (0.5, 0.27)):
            parts.append(
                area(
                    "leaves",
                    cloud(rng, x, y, 0.25, 0.22, 8) if rng.random() < 0.5 else ellipse(x, y, 0.24, 0.21),
                    color,
                    body=True,
                )
            )
        spots = [(0.22, 0.45), (0.76, 0.42), (0.5, 0.2), (0.6, 0.33), (0.4, 0.32)]
    else:
        rx, ry = rng.uniform(0.3, 0.42), rng.uniform(0.26, 0.32)
        if style == "cloud":
            crown = cloud(rng, 0.5, 0.36, rx, ry, int(rng.integers(7, 12)))
        elif style == "round":
            crown = ellipse(0.5, 0.36, rx, ry)
        else:
            crown = even(
                [(0.5, 0.02), (0.5 + rx * 0.6, 0.18), (0.5 + rx * 0.8, 0.45), (0.5 + rx * 0.4, 0.64), (0.5, 0.66)]
            )
        parts.append(area("leaves", crown, color, body=True))
        lines += (
            [
                arc(0.5 + x * rx, 0.36 + y * ry, 0.06, 0.04, 20, 160, num_points=8)
                for x, y in ((-0.35, -0.3), (0.3, -0.1), (-0.1, 0.35))
            ]
            if rng.random() < 0.4
            else []
        )
        spots = [
            (0.5 + x * rx, 0.36 + y * ry) for x, y in ((-0.5, 0.1), (0.5, 0.15), (0, -0.5), (0.1, 0.5), (-0.1, 0.0))
        ]
    if rng.random() < 0.35:
        size = rng.uniform(0.03, 0.045)
        parts += [
            area("apple", ellipse(x, y, size), "red", "yellow", "orange") for x, y in spots[: int(rng.integers(3, 6))]
        ]
    return in_square(rng, parts, lines)


@kind("bare tree", "winter tree", group="plant")
def bare_tree(rng: np.random.Generator) -> Thing:
    """A tree without leaves; snow or a few last leaves on it now and then."""
    color, parts = pick(rng, ("brown", "dark brown", "gray", "black")), []
    for x, y, base, thick in (
        (0.18, 0.25, 0.58, 0.05),
        (0.84, 0.22, 0.54, 0.05),
        (0.34, 0.08, 0.5, 0.045),
        (0.66, 0.06, 0.46, 0.045),
    ):
        x, y = x + rng.uniform(-0.04, 0.04), y + rng.uniform(-0.03, 0.03)
        half = ((x + 0.5) / 2 + (x - 0.5) * 0.2, (y + base) / 2 + 0.03)
        parts.append(
            area(
                "branch",
                limb(
                    [half, (half[0] + 0.02, half[1] - 0.1), (half[0] + (0.5 - x) * 0.3, half[1] - 0.18)],
                    [0.035, 0.03, 0.012],
                ),
                color,
            )
        )
        parts.append(area("branch", limb([(0.5, base), half, (x, y)], [thick * 1.5, thick, 0.014]), color))
        if rng.random() < 0.35:
            parts.append(
                area("leaf", petal(x, y, 0.11, 0.07, rng.uniform(-90, 90), sharp=True), "orange", "red", "yellow")
            )
    parts.append(
        area(
            "trunk", limb([(0.5, 0.95), (0.5, 0.7), (0.5, 0.4)], [0.16, 0.1, 0.05], round_start=False), color, body=True
        )
    )
    return in_square(rng, parts)


@kind("pine tree", "fir tree", "christmas tree", group="plant")
def pine_tree(rng: np.random.Generator) -> Thing:
    """Triangles above one another on a short trunk; now and then with balls and a star."""
    layers, wide = int(rng.integers(2, 5)), rng.uniform(0.28, 0.38)
    parts = [area("trunk", box(0.45, 0.78, 0.55, 0.95), "brown", "dark brown")]
    color, curved = pick(rng, GREENS), rng.random() < 0.5
    steps = np.linspace(0.08, 0.82, layers + 1)
    for layer in range(layers - 1, -1, -1):
        out, top, bottom = wide * (0.5 + 0.5 * (layer + 1) / layers), max(0.08, steps[layer] - 0.08), steps[layer + 1]
        edge = (
            [(0.5 + out * x, bottom + (0.03 if index % 2 else 0)) for index, x in enumerate(np.linspace(1, -1, 7))]
            if curved
            else [(0.5 + out, bottom), (0.5 - out, bottom)]
        )
        parts.append(area("branch", polygon((0.5, top), *edge), color, body=True))
    if rng.random() < 0.4:
        for layer in range(layers):
            for side in (-1, 1) if layer else (1,):
                x = 0.5 + side * wide * 0.45 * (layer + 1) / layers * rng.uniform(0.6, 1)
                parts.append(
                    area("ball", ellipse(x, steps[layer + 1] - 0.07, rng.uniform(0.03, 0.04)), *BRIGHT[:3], "gold")
                )
        turn = np.linspace(-90, 270, 10, endpoint=False)
        points = (
            np.stack([np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))], 1)
            * np.where(np.arange(10) % 2 == 0, 0.09, 0.04)[:, None]
        )
        parts.append(area("star", points + np.float32([0.5, 0.07]), "yellow", "gold"))
        return in_square(rng, parts, says=("decorated",))
    if rng.random() < 0.25:
        parts.append(
            area(
                "snow",
                even(
                    [(0.5, 0.08), (0.5 + wide * 0.2, 0.2), (0.5 + wide * 0.1, 0.18), (0.5 + wide * 0.03, 0.22)],
                    curved=False,
                ),
                "white",
            )
        )
    return in_square(rng, parts)


@kind("palm tree", group="plant")
def palm_tree(rng: np.random.Generator) -> Thing:
    """A bent trunk with long leaves, coconuts now and then, on an island now and then."""
    lean = rng.uniform(-0.1, 0.14)
    top = (0.5 + lean, 0.33)
    stem = [(0.45, 0.95), (0.45 + lean * 0.3, 0.65), top]
    parts = [area("trunk", limb(stem, [0.12, 0.085, 0.07], round_start=False), "brown", "dark brown", "beige")]
    curve = smooth(stem, closed=False, steps=4)[1:-2]
    lines = [
        smooth([(x - 0.04, y), (x, y + 0.015), (x + 0.04, y)], closed=False, steps=4)
        for x, y in curve[: len(curve) * 3 // 5]
    ]
    if rng.random() < 0.3:
        parts.append(area("sand", np.concatenate([arc(0.47, 0.97, 0.33, 0.09, 180, 360)]), "yellow", "beige"))
        lines = lines[1:]
    num = int(rng.integers(5, 8))
    for index in [*range(num // 2), *range(num - 1, num // 2 - 1, -1)]:
        angle = np.deg2rad(np.linspace(-200, 20, num)[index])
        length = rng.uniform(0.34, 0.42)
        tip = (top[0] + np.cos(angle) * length, top[1] + np.sin(angle) * length * 0.62 + 0.14)
        half = (top[0] + np.cos(angle) * length * 0.6, top[1] + np.sin(angle) * length * 0.75 - 0.02)
        parts.append(area("leaf", limb([top, half, tip], [0.05, 0.13, 0.008]), *GREENS[:2], body=True))
    if rng.random() < 0.6:
        parts += [
            area("coconut", ellipse(top[0] + x, top[1] + 0.03, 0.045), "brown", "dark brown") for x in (-0.05, 0.045)
        ]
    return in_square(rng, parts, lines)
