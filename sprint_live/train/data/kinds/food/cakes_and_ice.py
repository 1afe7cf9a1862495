"""Cakes, donuts and ice cream.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, in_square, petal, pick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth, turned

ICING = ("pink", "white", "brown", "yellow", "light blue", "light green", "purple")


def sprinkles(rng: np.random.Generator, places: list[tuple[float, float]], size: float = 0.03) -> list[Part]:
    """Short sprinkles of three colors."""
    colors = rng.permutation(["red", "yellow", "blue", "green", "white", "orange"])[:3]
    parts = []
    for index, (x, y) in enumerate(places):
        stick = box(-size, -size * 0.38, size, size * 0.38, radius=size * 0.38)
        parts.append(
            area("sprinkle", turned(stick, rng.uniform(0, 180)) + np.float32([x, y]), colors[index % 3], fixed=True)
        )
    return parts


def drip(rng: np.random.Generator, left: float, right: float, top: float, low: float, num: int) -> np.ndarray:
    """Icing that runs down: straight at the top, round drops below."""
    edge = []
    for index, x in enumerate(np.linspace(right, left, 2 * num + 1)):
        edge.append((x, low + (rng.uniform(0.02, 0.07) if index % 2 else -0.015)))
    return np.concatenate([polygon((left, top), (right, top)), smooth(edge, closed=False, steps=5)])


@kind("ice cream", "ice cream cone", group="food")
def ice_cream(rng: np.random.Generator) -> Thing:
    """A cone with one to three scoops or soft ice, or a popsicle."""
    style = rng.choice(["cone", "soft", "popsicle"], p=[0.55, 0.25, 0.2])
    flavors = tuple(rng.permutation(["pink", "brown", "white", "light green", "yellow", "light blue", "purple"]))
    if style == "popsicle":
        parts = [area("stick", box(-0.035, 0.18, 0.035, 0.46, radius=0.03), "beige", "light brown")]
        outline = np.concatenate(
            [arc(0, -0.28, 0.17, 0.19, 180, 360), polygon((0.17, 0.17), (0.14, 0.2), (-0.14, 0.2), (-0.17, 0.17))]
        )
        parts.append(area("ice", outline, *flavors, body=True))
        if rng.random() < 0.5:
            parts.append(
                area("stripe", polygon((-0.17, -0.1), (0.17, -0.1), (0.17, 0.04), (-0.17, 0.04)), *flavors[::-1])
            )
        lines = [np.float32([(x, -0.3), (x, 0.08)]) for x in (-0.06, 0.06)]
        return in_square(rng, parts, lines, ("popsicle",), stands=False)
    wide = rng.uniform(0.15, 0.18)
    parts = [area("cone", polygon((-wide, 0.0), (wide, 0.0), (0, 0.46)), "light brown", "orange", "yellow")]
    lines = [
        np.float32([(s * wide * (t - 0.02), 0.05), (s * wide * (t - 0.42), 0.22)]) for s in (-1, 1) for t in (0.2, 0.62)
    ]
    if style == "soft":
        for y, w in ((-0.04, 0.19), (-0.13, 0.15), (-0.22, 0.11)):
            parts.append(area("ice", ellipse(0, y, w, 0.075, turn_deg=-8), flavors[0], body=True))
        parts.append(area("ice", petal(0.0, -0.24, 0.16, 0.14, 10, sharp=True), flavors[0], body=True))
    else:
        num = int(rng.integers(1, 4))
        places = (
            [(0, -0.1), (0, -0.33), (0, -0.52)][:num]
            if rng.random() < 0.6 or num < 3
            else [(-0.12, -0.1), (0.12, -0.1), (0, -0.29)]
        )
        for index, (x, y) in reversed(list(enumerate(places))):
            r = 0.185 - 0.025 * index if places[0][0] == 0 else 0.15
            parts.append(
                area(
                    f"{('lower', 'middle', 'upper')[index]} scoop" if num > 1 and places[0][0] == 0 else "scoop",
                    ellipse(x, y, r, r * 0.92),
                    flavors[index % len(flavors)],
                    *flavors[3:],
                )
            )
        if places[0][0] == 0:
            lip = [
                (x, -0.02 + (0.05 if index % 2 else 0))
                for index, x in enumerate(np.linspace(-wide - 0.025, wide + 0.025, 9))
            ]
            name = "lower scoop" if num > 1 else "scoop"
            parts.append(
                area(name, smooth([*lip, (wide, -0.07), (0, -0.09), (-wide, -0.07)], steps=4), flavors[0], *flavors[3:])
            )
        x, y = places[-1]
        if rng.random() < 0.45:
            parts.append(area("cherry", ellipse(x, y - 0.2, 0.05), "red"))
            lines.append(smooth([(x, y - 0.24), (x + 0.02, y - 0.3), (x + 0.06, y - 0.33)], closed=False))
        if rng.random() < 0.4:
            parts += sprinkles(
                rng,
                [
                    (x + a, y - 0.02 + b)
                    for a, b in ((-0.09, -0.02), (0.0, -0.09), (0.08, -0.03), (-0.03, 0.01), (0.05, 0.05))
                ],
                0.022,
            )
    return in_square(rng, parts, lines, stands=False)


@kind("cake", "birthday cake", group="food")
def cake(rng: np.random.Generator) -> Thing:
    """A cake of one to three tiers with icing and candles, or a slice of cake."""
    if rng.random() < 0.3:
        return cake_slice(rng)
    tiers, parts = int(rng.integers(1, 4)), []
    widths = np.linspace(0.4, 0.2, 3)[:tiers] * rng.uniform(0.9, 1.05)
    high = 0.32 if tiers == 1 else 0.22 if tiers == 2 else 0.18
    dough, icing = pick(rng, ("beige", "brown", "pink", "yellow", "white")), pick(rng, ICING)
    icing = icing if icing != dough else "white" if dough != "white" else "pink"
    top = 0.42 - tiers * high
    num = int(rng.integers(1, 6))
    for x in np.linspace(-1, 1, num) * widths[-1] * 0.65 if num > 1 else (0.0,):
        parts.append(area("candle", box(x - 0.02, top - 0.15, x + 0.02, top + 0.03), "white", "red", "blue", "yellow"))
        parts.append(area("flame", petal(x, top - 0.145, 0.09, 0.05, 0, sharp=True), "yellow", "orange"))
    parts.append(area("plate", ellipse(0, 0.43, 0.48, 0.045), "white", "light gray", "light blue"))
    lines = []
    for tier in range(tiers - 1, -1, -1):
        w, low = widths[tier], 0.42 - tier * high
        parts.append(
            area(
                "cake",
                np.concatenate([polygon((-w, low - high), (w, low - high)), arc(0, low, w, 0.025, 0, 180)]),
                dough,
                body=True,
            )
        )
        parts.append(
            area(
                "icing",
                drip(rng, -w - 0.008, w + 0.008, low - high - 0.01, low - high * 0.72, int(rng.integers(4, 7))),
                icing,
            )
        )
    if rng.random() < 0.4:
        w, y = widths[0], 0.42 - high * 0.22
        parts += [area("cherry", ellipse(x, y, 0.028), "red", "blue") for x in np.linspace(-w * 0.8, w * 0.8, 6)]
    return in_square(rng, parts, lines)


def cake_slice(rng: np.random.Generator) -> Thing:
    """A slice of layered cake seen from the side, with a cherry or a strawberry."""
    dough, icing = pick(rng, ("yellow", "brown", "beige")), pick(rng, ("pink", "white", "brown", "purple"))
    icing = icing if icing != dough else "pink"
    parts = [area("plate", ellipse(0, 0.33, 0.5, 0.05), "white", "light blue", "light gray")]
    parts.append(area("cake", polygon((-0.42, -0.02), (0.38, -0.02), (0.38, 0.32), (-0.42, 0.32)), dough, body=True))
    parts.append(
        area("cream", polygon((-0.42, 0.13), (0.38, 0.13), (0.38, 0.18), (-0.42, 0.18)), "white", "pink", "red")
    )
    parts.append(area("icing", polygon((-0.42, -0.02), (0.3, -0.22), (0.38, -0.02)), icing))
    parts.append(area("icing", drip(rng, -0.425, 0.385, -0.03, 0.03, 5), icing))
    parts.append(area("cherry", ellipse(0.18, -0.2, 0.07), "red"))
    return in_square(rng, parts, [smooth([(0.18, -0.26), (0.2, -0.33), (0.25, -0.37)], closed=False)], ("slice",))


@kind("cupcake", "muffin", group="food")
def cupcake(rng: np.random.Generator) -> Thing:
    """A cupcake: a pleated cup, swirls of icing, a cherry, sprinkles or a candle."""
    w, icing = rng.uniform(0.24, 0.28), pick(rng, ICING)
    parts, lines = [], [np.float32([(x * w * 1.02, 0.11), (x * w * 0.78, 0.42)]) for x in (-0.66, -0.33, 0, 0.33, 0.66)]
    extra = rng.random()
    top = -0.3
    if extra < 0.4:
        parts.append(area("cherry", ellipse(0, top - 0.02, 0.065), "red", "dark red"))
        lines.append(smooth([(0, top - 0.08), (0.02, top - 0.15), (0.06, top - 0.18)], closed=False))
    elif extra < 0.65:
        parts += [
            area("candle", box(-0.022, top - 0.17, 0.022, top + 0.06), "white", "red", "blue"),
            area("flame", petal(0, top - 0.165, 0.09, 0.055, 0, sharp=True), "yellow", "orange"),
        ]
    parts.append(
        area(
            "cup",
            polygon((-w, 0.08), (w, 0.08), (w * 0.75, 0.45), (-w * 0.75, 0.45)),
            *(c for c in ("blue", "pink", "yellow", "white", "red", "green") if c != icing),
        )
    )
    if rng.random() < 0.6:
        for y, scale, h in ((0.03, 1.18, 0.11), (-0.11, 0.9, 0.1), (-0.22, 0.58, 0.085)):
            parts.append(area("icing", ellipse(0, y, w * scale, h), icing, body=True))
    else:
        parts.append(area("icing", cloud(rng, 0, -0.08, w * 1.15, 0.22, int(rng.integers(7, 10))), icing, body=True))
    if rng.random() < 0.6:
        parts += sprinkles(
            rng, [(-0.15, -0.0), (0.03, 0.04), (0.17, -0.01), (-0.07, -0.11), (0.1, -0.13), (-0.02, -0.2)], 0.024
        )
    return in_square(rng, parts, lines)


@kind("donut", "doughnut", group="food")
def donut(rng: np.random.Generator) -> Thing:
    """A donut from above, with icing and sprinkles; a bite or a stripe of icing now and then."""
    dough, icing = (
        ("orange", "light brown", "brown"),
        pick(rng, ("pink", "brown", "white", "light blue", "purple", "yellow", "light green")),
    )
    squash = rng.uniform(0.85, 1.0)
    parts = [area("dough", ellipse(0, 0, 0.45, 0.45 * squash), *dough)]
    angle, waves = np.linspace(0, 2 * np.pi, 80, endpoint=False), int(rng.integers(6, 10))
    out = 0.385 + 0.02 * np.sin(angle * waves + rng.uniform(0, 6))
    parts.append(
        area("icing", np.stack([out * np.cos(angle), out * np.sin(angle) * squash - 0.005], 1), icing, body=True)
    )
    if rng.random() < 0.75:
        turns = np.arange(0, 360, 30) + rng.uniform(-8, 8, 12)
        parts += sprinkles(
            rng,
            [
                (r * np.cos(np.deg2rad(t)), r * np.sin(np.deg2rad(t)) * squash)
                for t, r in zip(turns, [0.3, 0.2] * 6, strict=True)
            ],
            0.026,
        )
    parts.append(area("rim", ellipse(0, 0, 0.145, 0.145 * squash), *dough))
    parts.append(area("hole", ellipse(0, 0.008, 0.115, 0.11 * squash), "white", fixed=True))
    return in_square(rng, parts, stands=False)
