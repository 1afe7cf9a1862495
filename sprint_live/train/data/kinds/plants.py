"""Trees, flowers and other plants.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, area, cloud, dot, even, in_square, limb, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth, turned

GREENS = ("green", "dark green", "light green")


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
    """A tree with a bumpy, a round or a three-part crown; now and then with apples, a hole or a bird's nest of branches."""
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


def stalk(rng: np.random.Generator, top: float, num_leaves: int, bend: float) -> list[Part]:
    """A stem from the ground to (0.5, top), with leaves."""
    parts = [
        area(
            "stem",
            limb(
                [(0.5 + bend, 0.95), (0.5 + bend * 0.2, (0.95 + top) / 2), (0.5, top)],
                rng.uniform(0.03, 0.045),
                round_start=False,
            ),
            "green",
            "dark green",
        )
    ]
    for index in range(num_leaves):
        side, y = (-1, 1)[index % 2], 0.92 - 0.1 * index - rng.uniform(0, 0.05)
        x = 0.5 + bend * ((y - top) / (0.95 - top)) ** 2 * 0.95
        parts.append(
            area(
                "leaf",
                petal(x, y, rng.uniform(0.2, 0.28), rng.uniform(0.08, 0.12), side * rng.uniform(40, 65), sharp=True),
                "green",
                "light green",
                "dark green",
            )
        )
    return parts


@kind("flower", "blossom", group="plant")
def flower(rng: np.random.Generator) -> Thing:
    """Petals about a center: round, long or pointed ones, on a stem or only the head."""
    num, style, y = int(rng.integers(5, 10)), rng.choice(["round", "long", "sharp"]), 0.3
    color, head_only = pick(rng, ("red", "pink", "yellow", "purple", "white", "blue", "orange")), rng.random() < 0.2
    parts = [] if head_only else stalk(rng, y, int(rng.integers(0, 4)), rng.uniform(-0.1, 0.1))
    size = rng.uniform(0.22, 0.27)
    for turn in np.arange(num) * 360 / num + rng.uniform(0, 40):
        if style == "round":
            radius = size * min(0.5, 2.2 / num + 0.06)
            outline = ellipse(
                0.5 + np.sin(np.deg2rad(turn)) * size * 0.6, y - np.cos(np.deg2rad(turn)) * size * 0.6, radius
            )
        else:
            outline = petal(0.5, y, size, size * min(0.75, 4.6 / num), turn, sharp=style == "sharp")
        parts.append(area("petal", outline, color, body=True))
    parts.append(area("center", ellipse(0.5, y, size * rng.uniform(0.28, 0.38)), "yellow", "orange", "brown", "white"))
    return in_square(rng, parts, says=("only the head",) if head_only else ())


@kind("tulip", group="plant")
def tulip(rng: np.random.Generator) -> Thing:
    """A tulip: a cup of three petals with long leaves."""
    bend, wide, parts = rng.uniform(-0.05, 0.05), rng.uniform(0.16, 0.2), []
    parts += stalk(rng, 0.38, 0, bend)
    for side in (-1, 1)[: int(rng.integers(1, 3))]:
        parts.append(
            area(
                "leaf",
                limb(
                    [(0.5 + bend, 0.95), (0.5 + side * 0.12, 0.72), (0.5 + side * rng.uniform(0.16, 0.26), 0.5)],
                    [0.06, 0.09, 0.008],
                ),
                *GREENS,
            )
        )
    color, edge = pick(rng, ("red", "pink", "yellow", "purple", "orange", "white")), 0.1 + rng.uniform(0, 0.05)
    parts.append(area("petal", petal(0.5, 0.36, 0.29, wide * 1.3, 0, sharp=True), color, body=True))
    for side in (-1, 1):
        outline = [
            (0.5, 0.44),
            (0.5 + side * wide * 0.75, 0.4),
            (0.5 + side * wide * 1.05, 0.26),
            (0.5 + side * wide * 0.95, edge),
            (0.5 + side * wide * 0.35, 0.2),
            (0.5 - side * wide * 0.12, 0.32),
        ]
        parts.append(area("petal", smooth(outline), color, body=True))
    return in_square(rng, parts)


@kind("sunflower", group="plant")
def sunflower(rng: np.random.Generator) -> Thing:
    """A sunflower: many pointed petals about a wide dark center."""
    num, size, y = int(rng.integers(12, 18)), rng.uniform(0.26, 0.3), 0.32
    parts = stalk(rng, y, int(rng.integers(2, 4)), rng.uniform(-0.06, 0.06))
    turns = np.arange(num) * 360 / num
    if rng.random() < 0.4:
        parts += [
            area("petal", petal(0.5, y, size * 1.03, 0.1, turn + 180 / num, sharp=True), "yellow", body=True)
            for turn in turns
        ]
    parts += [
        area("petal", petal(0.5, y, size, 0.12, turn, sharp=True), "yellow", "orange", body=True) for turn in turns
    ]
    inner = rng.uniform(0.12, 0.15)
    parts.append(area("center", ellipse(0.5, y, inner), "brown", "dark brown", "black"))
    lines = []
    if rng.random() < 0.6:
        for way in (-1, 1):
            for place in (-0.45, 0, 0.45):
                reach = np.sqrt(0.85 - place**2) * inner
                ends = np.float32([(-reach, place * inner), (reach, place * inner)])
                lines.append(turned(ends, way * 45) + np.float32([0.5, y]))
    return in_square(rng, parts, lines)


@kind("rose", group="plant")
def rose(rng: np.random.Generator) -> Thing:
    """A rose: a round head with a swirl, on a stem with leaves and thorns."""
    bend, size, y = rng.uniform(-0.08, 0.08), rng.uniform(0.19, 0.23), 0.28
    parts = stalk(rng, y, int(rng.integers(2, 4)), bend)
    parts += [area("leaf", petal(0.5, y + size * 0.7, 0.18, 0.08, turn, sharp=True), "green") for turn in (105, 255)]
    color = pick(rng, ("red", "pink", "white", "yellow", "dark red"))
    parts += [
        area(
            "petal",
            ellipse(0.5 + np.cos(a) * size * 0.5, y + np.sin(a) * size * 0.42, size * 0.62, size * 0.58),
            color,
            body=True,
        )
        for a in np.deg2rad([200, 340, 270, 140, 40])
    ]
    parts.append(area("petal", ellipse(0.5, y + size * 0.1, size * 0.72, size * 0.66), color, body=True))
    t = np.linspace(0, 2.2 * 2 * np.pi, 50)
    swirl = np.stack(
        [0.5 + np.cos(t) * t / t[-1] * size * 0.5, y + size * 0.06 + np.sin(t) * t / t[-1] * size * 0.42], 1
    ).astype(np.float32)
    return in_square(rng, parts, [swirl])


@kind("cactus", group="plant")
def cactus(rng: np.random.Generator) -> Thing:
    """A cactus with arms or a round one, in a pot or in sand, with a flower now and then."""
    parts, lines, color = [], [], pick(rng, GREENS)
    potted, round_one = rng.random() < 0.6, rng.random() < 0.3
    foot, wide = (0.74 if potted else 0.93), rng.uniform(0.17, 0.22)
    if round_one:
        middle = foot - 0.2
        parts.append(area("body", ellipse(0.5, middle, wide * 1.3, 0.26), color, body=True))
        lines += [
            arc(0.5, middle, wide * 1.3 * s, 0.25, 130, 255, num_points=14)
            if s > 0
            else arc(0.5, middle, -wide * 1.3 * s, 0.25, -75, 50, num_points=14)
            for s in (0.55, -0.55)
        ]
        top = middle - 0.25
    else:
        for side in (-1, 1)[: int(rng.integers(1, 3))]:
            y, out = rng.uniform(0.45, 0.58), rng.uniform(0.22, 0.27)
            parts.append(
                area(
                    "arm",
                    limb(
                        [
                            (0.5, y),
                            (0.5 + side * out * 0.75, y),
                            (0.5 + side * out, y - 0.07),
                            (0.5 + side * out, y - 0.2),
                        ],
                        wide * 0.55,
                    ),
                    color,
                )
            )
        parts.append(
            area("body", box(0.5 - wide / 2, 0.1, 0.5 + wide / 2, foot + 0.03, radius=wide / 2), color, body=True)
        )
        top = 0.1
        lines += (
            [np.float32([(0.5 + x * wide, 0.24 + 0.03 * abs(x)), (0.5 + x * wide, foot - 0.05)]) for x in (-0.2, 0.2)]
            if rng.random() < 0.5
            else []
        )
        if not lines:
            for x, y in ((-0.25, 0.25), (0.2, 0.35), (-0.2, 0.47), (0.25, 0.58), (-0.1, 0.66)):
                lines.append(
                    np.float32(
                        [(0.5 + x * wide - 0.014, y - 0.02), (0.5 + x * wide, y), (0.5 + x * wide + 0.014, y - 0.02)]
                    )
                )
    if rng.random() < 0.5:
        parts += [
            area("flower", petal(0.5, top + 0.03, 0.1, 0.06, turn), "pink", "red", "yellow") for turn in (-45, 45, 0)
        ]
    parts += pot(rng, foot) if potted else [area("sand", arc(0.5, 0.96, 0.36, 0.08, 180, 360), "yellow", "beige")]
    return in_square(rng, parts, lines)


def pot(rng: np.random.Generator, top: float) -> list[Part]:
    """A flower pot from `top` to the ground, with a rim and a stripe now and then."""
    wide, foot = rng.uniform(0.19, 0.24), rng.uniform(0.12, 0.16)
    parts = [
        area(
            "pot",
            polygon((0.5 - wide, top), (0.5 + wide, top), (0.5 + foot, 0.95), (0.5 - foot, 0.95)),
            "orange",
            "brown",
            "white",
            "blue",
        )
    ]
    if rng.random() < 0.7:
        parts.append(
            area("rim", box(0.5 - wide - 0.03, top - 0.01, 0.5 + wide + 0.03, top + 0.06), "orange", "brown", "white")
        )
    elif rng.random() < 0.6:
        parts.append(
            area(
                "stripe",
                polygon(
                    (0.5 - wide * 0.93, top + 0.07),
                    (0.5 + wide * 0.93, top + 0.07),
                    (0.5 + wide * 0.83, top + 0.12),
                    (0.5 - wide * 0.83, top + 0.12),
                ),
                "white",
                "yellow",
                "red",
            )
        )
    return parts


@kind("potted plant", "house plant", "plant in a pot", group="plant")
def potted_plant(rng: np.random.Generator) -> Thing:
    """A plant in a pot: broad leaves, long leaves or round leaves."""
    top, style, num, parts = rng.uniform(0.62, 0.7), rng.choice(["broad", "long", "round"]), int(rng.integers(5, 9)), []
    turns = np.linspace(-75, 75, num)
    lines = []
    for turn in sorted(turns, key=lambda angle: -abs(angle)):
        length = rng.uniform(0.38, 0.52) * (1.1 - abs(turn) / 250)
        tip = (0.5 + np.sin(np.deg2rad(turn)) * length, top - np.cos(np.deg2rad(turn)) * length)
        if style == "round":
            parts.append(
                area(
                    "stem",
                    limb([(0.5, top + 0.02), ((tip[0] + 0.5) / 2, (tip[1] + top) / 2), tip], 0.022),
                    "green",
                    "brown",
                )
            )
            parts.append(area("leaf", ellipse(*tip, 0.075, 0.1, turn_deg=turn), *GREENS, body=True))
        else:
            wide = 0.17 if style == "broad" else 0.08
            parts.append(
                area("leaf", petal(0.5, top + 0.03, length * 1.05, wide, turn, sharp=True), *GREENS, body=True)
            )
    parts += pot(rng, top)
    return in_square(rng, parts, lines)


@kind("mushroom", "toadstool", group="plant")
def mushroom(rng: np.random.Generator) -> Thing:
    """A mushroom whose cap has spots; now and then grass at its foot or a small one beside it."""
    parts, rim = [], rng.uniform(0.48, 0.56)
    wide, width = rng.uniform(0.36, 0.43), rng.uniform(0.09, 0.13)
    if rng.random() < 0.3:
        parts.append(
            area(
                "stem",
                even([(0.8 + 0.04, 0.75), (0.8 + 0.05, 0.95), (0.8, 0.95)], x=0.8, curved=False),
                "white",
                "beige",
            )
        )
        parts.append(area("cap", arc(0.8, 0.78, 0.14, 0.16, 180, 360), "red", "brown", "orange", body=True))
    parts.append(
        area(
            "stem",
            even([(0.5 + width, rim - 0.03), (0.5 + width * 0.9, 0.75), (0.5 + width * 1.4, 0.93), (0.5, 0.96)]),
            "white",
            "beige",
        )
    )
    if rng.random() < 0.4:
        parts.append(area("gills", ellipse(0.5, rim, wide * 0.9, 0.07), "beige", "light brown"))
    cap = np.concatenate(
        [
            arc(0.5, rim, wide, rng.uniform(0.38, 0.45), 180, 360),
            arc(0.5, rim, wide, 0.05 * rng.choice([-1, 1]), 0, 180, num_points=10)[1:-1],
        ]
    )
    parts.append(area("cap", cap, "red", "brown", "orange", "purple", body=True))
    if rng.random() < 0.75:
        for x, y, size in (
            (-0.5, 0.3, 0.06),
            (0.02, 0.62, 0.075),
            (0.52, 0.32, 0.055),
            (0.06, 0.2, 0.045),
            (-0.3, 0.6, 0.04),
        )[: int(rng.integers(3, 6))]:
            parts.append(area("spot", ellipse(0.5 + x * wide, rim - y * 0.42, size, size * 0.85), "white", "yellow"))
    if rng.random() < 0.3:
        blades = [(0.28 + i * 0.04, 0.97 if i % 2 == 0 else 0.85 + rng.uniform(-0.03, 0.03)) for i in range(12)]
        parts.append(area("grass", polygon((0.26, 0.97), *blades[1:-1], (0.74, 0.97)), "green"))
    return in_square(rng, parts)


@kind("leaf", group="plant")
def leaf(rng: np.random.Generator) -> Thing:
    """One leaf with veins: a pointed one, a round one or a maple leaf."""
    style, color = rng.choice(["pointed", "round", "maple"]), ("green", "orange", "red", "yellow", "brown")
    parts = [
        area(
            "stem",
            limb([(0.5, 0.7), (0.5, 0.86), (0.5 + rng.uniform(-0.06, 0.06), 0.97)], [0.03, 0.03, 0.035]),
            "brown",
            "green",
        )
    ]
    if style == "maple":
        half = [
            (0.5, 0.05),
            (0.57, 0.22),
            (0.66, 0.18),
            (0.64, 0.4),
            (0.78, 0.26),
            (0.82, 0.34),
            (0.95, 0.33),
            (0.88, 0.46),
            (0.93, 0.53),
            (0.7, 0.69),
            (0.72, 0.76),
            (0.5, 0.75),
        ]
        outline, tips = even(half, curved=False), ((0.5, 0.2), (0.82, 0.4), (0.18, 0.4))
        lines = [np.float32([(0.5, 0.75), tip]) for tip in tips]
    else:
        wide = rng.uniform(0.36, 0.5)
        outline = (
            petal(0.5, 0.82, 0.76, wide, 0, sharp=True)
            if style == "pointed"
            else even(
                [
                    (0.5, 0.08),
                    (0.5 + wide * 0.6, 0.25),
                    (0.5 + wide * 0.75, 0.55),
                    (0.5 + wide * 0.4, 0.78),
                    (0.5, 0.84),
                ]
            )
        )
        lines = [np.float32([(0.5, 0.82), (0.5, 0.16)])]
        lines += [
            smooth(
                [(0.5, y), (0.5 + side * wide * 0.16, y - 0.07), (0.5 + side * wide * 0.29, y - 0.1)],
                closed=False,
                steps=4,
            )
            for y in (0.44, 0.57, 0.7)
            for side in (-1, 1)
        ]
    parts.append(area("blade", outline, *color, body=True))
    turn = rng.uniform(-35, 35)
    return in_square(
        rng,
        [Part(**{**vars(part), "outline_xy": turned(part.outline_xy, turn, (0.5, 0.5))}) for part in parts],
        [turned(line, turn, (0.5, 0.5)) for line in lines],
    )


@kind("bush", "shrub", group="plant")
def bush(rng: np.random.Generator) -> Thing:
    """A low bush of green bumps, with berries or flowers now and then."""
    parts, color = [], pick(rng, GREENS)
    for x, y, size in ((0.25, 0.72, 0.22), (0.75, 0.72, 0.22), (0.5, 0.65, 0.28)):
        parts.append(area("leaves", cloud(rng, x, y, size, size * 0.9, 8), color, body=True))
    name, colors = (("berry", ("red", "blue", "purple")), ("flower", ("pink", "white", "yellow")))[int(rng.integers(2))]
    for x, y in ((0.2, 0.7), (0.36, 0.82), (0.5, 0.52), (0.62, 0.7), (0.8, 0.68), (0.45, 0.68))[
        : int(rng.integers(0, 7))
    ]:
        parts.append(area(name, ellipse(x + rng.uniform(-0.02, 0.02), y, 0.035), *colors))
    return in_square(rng, parts)


@kind("grass", "tuft of grass", group="plant")
def grass(rng: np.random.Generator) -> Thing:
    """A tuft of grass with a daisy or two now and then."""
    parts = []
    for turn in sorted(rng.uniform(-45, 45, int(rng.integers(7, 11))), key=lambda angle: -abs(angle)):
        x, length = 0.5 + turn / 220, rng.uniform(0.4, 0.6)
        tip = (x + np.sin(np.deg2rad(turn)) * length, 0.95 - np.cos(np.deg2rad(turn)) * length)
        parts.append(
            area(
                "blade",
                limb([(x, 0.95), (x + (tip[0] - x) * 0.35, 0.95 - length * 0.55), tip], [0.07, 0.05, 0.008]),
                *GREENS,
                body=True,
            )
        )
    for x in (0.3, 0.72)[: int(rng.integers(0, 3))]:
        parts += [
            area("petal", petal(x, 0.5, 0.08, 0.05, turn), "white", "yellow", "pink") for turn in range(0, 360, 60)
        ]
        parts.append(dot(x, 0.5, 0.03, "yellow"))
    return in_square(rng, parts)
