"""Things to eat and drink that somebody made: cakes, ice cream, pizza, burgers.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, even, in_square, limb, petal, pick, star
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


@kind("pizza slice", "slice of pizza", group="food")
def pizza_slice(rng: np.random.Generator) -> Thing:
    """A slice of pizza with a crust and toppings."""
    parts = [
        area(
            "cheese",
            smooth(
                [(-0.36, -0.25), (0, -0.28), (0.36, -0.25), (0.2, 0.1), (0.02, 0.45), (-0.02, 0.45), (-0.2, 0.1)],
                steps=6,
            ),
            "yellow",
            "orange",
            body=True,
        )
    ]
    if rng.random() < 0.6:
        parts[0] = area(
            "cheese",
            np.concatenate(
                [
                    polygon((-0.36, -0.27), (0.36, -0.27)),
                    smooth(
                        [
                            (0.22, 0.02),
                            (0.2, 0.14),
                            (0.15, 0.1),
                            (0.09, 0.24),
                            (0.07, 0.32),
                            (0.0, 0.46),
                            (-0.1, 0.2),
                            (-0.22, 0.0),
                        ],
                        closed=False,
                        steps=4,
                    ),
                ]
            ),
            "yellow",
            "orange",
            body=True,
        )
    for x, y in ((-0.14, -0.12), (0.13, -0.08), (-0.01, 0.1), (0.01, 0.27))[
        : int(rng.integers(2, 4)) if rng.random() < 0.5 else 3
    ]:
        parts.append(area("salami", ellipse(x, y, 0.075), "red", "dark red"))
    if rng.random() < 0.5:
        parts += [
            area("olive", ellipse(x, y, 0.03), "black", "green") for x, y in ((0.0, -0.16), (-0.11, 0.06), (0.11, 0.08))
        ]
    if rng.random() < 0.4:
        parts += [
            area("leaf", petal(x, y, 0.1, 0.055, turn, sharp=True), "green")
            for x, y, turn in ((0.02, -0.02, 70), (-0.22, -0.17, -30), (0.25, -0.18, 20))
        ]
    parts.append(
        area(
            "crust",
            smooth(
                [
                    (-0.42, -0.28),
                    (-0.4, -0.36),
                    (0, -0.42),
                    (0.4, -0.36),
                    (0.42, -0.28),
                    (0.38, -0.22),
                    (0, -0.26),
                    (-0.38, -0.22),
                ]
            ),
            "light brown",
            "orange",
            "brown",
        )
    )
    return in_square(
        rng,
        [
            Part(**{**vars(part), "outline_xy": turned(part.outline_xy, lean)})
            for lean in [rng.uniform(-25, 25)]
            for part in parts
        ],
        stands=False,
    )


@kind("pizza", group="food")
def pizza(rng: np.random.Generator) -> Thing:
    """A round pizza from above."""
    parts = (
        [
            area("crust", ellipse(0, 0, 0.45), "light brown", "orange", "brown"),
            area("sauce", ellipse(0, 0, 0.39), "red", "orange"),
        ]
        if rng.random() < 0.5
        else [area("crust", ellipse(0, 0, 0.45), "light brown", "orange", "brown")]
    )
    parts.append(area("cheese", ellipse(0, 0, 0.36), "yellow", "light yellow", "orange", body=True))
    turn = rng.uniform(0, 60)
    for index in range(6):
        a = np.deg2rad(index * 60 + turn)
        parts.append(area("salami", ellipse(0.24 * np.cos(a), 0.24 * np.sin(a), 0.065), "red", "dark red"))
    parts.append(area("salami", ellipse(0, 0, 0.065), "red", "dark red"))
    if rng.random() < 0.7:
        for index in range(6):
            a = np.deg2rad(index * 60 + turn + 30)
            parts.append(area("olive", ellipse(0.16 * np.cos(a), 0.16 * np.sin(a), 0.03), "black", "green"))
            parts.append(
                area("leaf", petal(0.27 * np.cos(a), 0.27 * np.sin(a), 0.07, 0.045, index * 77, sharp=True), "green")
            )
    lines = (
        [
            np.float32([(-0.36 * np.cos(a), -0.36 * np.sin(a)), (0.36 * np.cos(a), 0.36 * np.sin(a))])
            for a in np.deg2rad([turn + 30, turn + 90, turn + 150])
        ]
        if rng.random() < 0.4
        else []
    )
    return in_square(rng, parts, lines, stands=False)


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


@kind("cup of tea", "cup of coffee", group="food")
def cup_of_tea(rng: np.random.Generator) -> Thing:
    """A cup on a saucer from a little above, with tea in it, steam, a tea bag or a slice of lemon."""
    color, parts = ("white", "blue", "red", "pink", "green", "yellow"), []
    w = rng.uniform(0.27, 0.32)
    parts.append(area("saucer", ellipse(0, 0.4, 0.46, 0.07), "white", "light blue", "pink", "yellow"))
    ring = np.concatenate([arc(w * 0.95, 0.1, 0.16, 0.13, -100, 110), arc(w * 0.95, 0.1, 0.095, 0.075, 110, -100)])
    parts.append(area("handle", ring, *color[:1] if rng.random() < 0.3 else color))
    parts.append(
        area(
            "cup",
            np.concatenate(
                [
                    polygon((-w, -0.05), (w, -0.05)),
                    smooth(
                        [
                            (w * 0.98, 0.1),
                            (w * 0.8, 0.28),
                            (w * 0.5, 0.4),
                            (0, 0.42),
                            (-w * 0.5, 0.4),
                            (-w * 0.8, 0.28),
                            (-w * 0.98, 0.1),
                        ],
                        closed=False,
                    ),
                ]
            ),
            *color,
            body=True,
        )
    )
    parts.append(area("rim", ellipse(0, -0.05, w, 0.075), "white", "light gray"))
    parts.append(area("tea", ellipse(0, -0.04, w * 0.87, 0.053), "brown", "orange", "dark brown", "light green"))
    extra = rng.random()
    if extra < 0.35:
        parts.append(area("lemon", ellipse(-w * 0.35, -0.045, 0.085, 0.032), "yellow"))
    elif extra < 0.65:
        parts.append(area("tag", box(-w * 0.62, 0.12, -w * 0.62 + 0.1, 0.23), "white", "yellow", "red"))
    if rng.random() < 0.4:
        heart = even([(0, 0.16), (0.04, 0.12), (0.09, 0.15), (0.07, 0.22), (0, 0.29)], x=0)
        parts.append(
            area(
                "heart" if extra < 0.9 else "star",
                heart if extra < 0.9 else star(0, 0.2, 0.09, 0.04),
                "red",
                "yellow",
                "pink",
            )
        )
    lines = (
        [
            smooth([(x, -0.15), (x + 0.04, -0.22), (x - 0.03, -0.3), (x + 0.02, -0.38)], closed=False)
            for x in (-0.12, 0.0, 0.12)
        ]
        if rng.random() < 0.75
        else []
    )
    if 0.35 <= extra < 0.65:
        lines.append(smooth([(-w * 0.4, -0.0), (-w * 0.52, 0.05), (-w * 0.46, 0.12)], closed=False))
    return in_square(rng, parts, lines)


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


@kind("cookie", "biscuit", group="food")
def cookie(rng: np.random.Generator) -> Thing:
    """A round cookie with chips; a bite out of it now and then."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = 0.43 + rng.uniform(-0.012, 0.012, 40)
    outline = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    bitten = rng.random() < 0.4
    if bitten:
        around, inward = np.deg2rad(np.linspace(-23, 248, 32)), np.deg2rad(np.linspace(202, 68, 25))
        teeth = 0.165 + 0.022 * np.abs(np.sin(np.linspace(0, 3 * np.pi, 25)))
        kept = 0.43 * np.stack([np.cos(around), np.sin(around)], 1)
        # the kept edge ends beside the bite, which runs back to its start
        bite = np.stack([0.33 + teeth * np.cos(inward), -0.33 + teeth * np.sin(inward)], 1)
        outline = np.concatenate([kept[1:-1], bite])
    parts = [area("dough", outline, "light brown", "orange", "beige", body=True)]
    places = (
        (-0.2, -0.2),
        (0.02, -0.28),
        (-0.28, 0.05),
        (0.0, 0.0),
        (0.25, 0.1),
        (-0.12, 0.25),
        (0.14, 0.28),
        (0.12, -0.1),
        (-0.12, -0.02),
    )
    parts += [
        area(
            "chip",
            smooth(
                np.float32([x, y])
                + rng.uniform(0.03, 0.05, (5, 1))
                * np.stack([np.cos(np.arange(5) * 1.257), np.sin(np.arange(5) * 1.257)], 1),
                steps=4,
            ),
            "brown",
            "dark brown",
            "black",
        )
        for x, y in places[: int(rng.integers(6, 10))]
    ]
    return in_square(rng, parts, says=("bitten",) if bitten else (), stands=False)


@kind("candy", "sweet", "lollipop", group="food", stands=False)
def candy(rng: np.random.Generator) -> Thing:
    """A wrapped candy or a lollipop with a swirl."""
    colors = tuple(rng.permutation(["red", "pink", "yellow", "blue", "green", "purple", "orange"]))
    if rng.random() < 0.5:
        parts = [
            area("stick", box(-0.02, 0.05, 0.02, 0.5), "white", "beige"),
            area("candy", ellipse(0, -0.18, 0.26), *colors, body=True),
        ]
        t = np.linspace(0.3, 1, 60)
        swirl = np.stack([0.25 * t * np.cos(t * 15), -0.18 + 0.25 * t * np.sin(t * 15)], 1).astype(np.float32)
        if rng.random() < 0.5:
            for s in (-1, 1):
                parts.append(
                    area("bow", smooth([(0, 0.14), (s * 0.13, 0.06), (s * 0.14, 0.2)], steps=5), *colors[::-1])
                )
        return in_square(rng, parts, [swirl], ("lollipop",), stands=False)
    parts = [
        area(
            "wrapper",
            polygon(
                (s * 0.2, -0.02),
                (s * 0.42, -0.16),
                (s * 0.38, -0.06),
                (s * 0.45, 0.0),
                (s * 0.38, 0.06),
                (s * 0.42, 0.16),
                (s * 0.2, 0.02),
            ),
            *colors,
        )
        for s in (-1, 1)
    ]
    parts.append(area("candy", ellipse(0, 0, 0.24, 0.19), *colors, body=True))
    parts += (
        [
            area(
                "stripe",
                smooth(
                    [
                        (x - 0.03, -0.17),
                        (x + 0.03, -0.17),
                        (x + 0.06, 0),
                        (x + 0.02, 0.16),
                        (x - 0.04, 0.16),
                        (x - 0.0, 0),
                    ],
                    steps=5,
                ),
                "white",
                "yellow",
            )
            for x in (-0.1, 0.06)
        ]
        if rng.random() < 0.7
        else []
    )
    return in_square(rng, parts, stands=False)
