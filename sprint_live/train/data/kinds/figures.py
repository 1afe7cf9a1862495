"""Figures that are neither animals nor people: snowman, ghost, robot, alien, monster, scarecrow, gingerbread man.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, cloud, dot, even, eyes, in_square, limb, pick, smile
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth


@kind("snowman", group="object")
def snowman(rng: np.random.Generator) -> Thing:
    """Two or three balls of snow with a carrot nose; hat, scarf, buttons, arms, a broom."""
    three = rng.random() < 0.6
    sizes = [0.21, 0.155, 0.12] if three else [0.25, 0.16]
    sizes = [size * rng.uniform(0.95, 1.08) for size in sizes]
    parts, y, balls = [], 0.47, []
    for size in sizes:
        balls.append((y - size, size))
        y -= size * 1.72
    arm_y, arm_x = (balls[1][0], balls[1][1]) if three else (balls[0][0] - 0.08, balls[0][1] * 0.9)
    if rng.random() < 0.8:
        for s in (-1, 1):
            tip = (s * (arm_x + 0.2), arm_y - rng.uniform(0.02, 0.16))
            parts.append(
                area(
                    "arm",
                    limb(
                        [(s * arm_x * 0.9, arm_y + 0.02), ((s * arm_x + tip[0]) / 2, (arm_y + tip[1]) / 2 + 0.01), tip],
                        [0.03, 0.025, 0.02],
                    ),
                    "brown",
                    "dark brown",
                )
            )
            parts.append(
                area(
                    "arm",
                    limb(
                        [
                            (tip[0] - s * 0.05, tip[1] + 0.02),
                            (tip[0] - s * 0.03, tip[1] - 0.03),
                            (tip[0] - s * 0.01, tip[1] - 0.06),
                        ],
                        0.018,
                    ),
                    "brown",
                    "dark brown",
                )
            )
    parts += [
        area("snow", ellipse(0, at_y, size * 1.04, size), "white", "light blue", body=True) for at_y, size in balls
    ]
    head, r = balls[-1]
    parts += [dot(s * r * 0.36, head - r * 0.2, r * 0.1, name="eye") for s in (-1, 1)]
    parts.append(
        area(
            "nose",
            smooth([(0.0, head - r * 0.08), (r * 0.95, head + r * 0.12), (0.0, head + r * 0.22)], steps=3)
            if rng.random() < 0.3
            else polygon((-0.01, head - r * 0.1), (r * 0.95, head + r * 0.1), (-0.01, head + r * 0.2)),
            "orange",
        )
    )
    lines = []
    if rng.random() < 0.5:
        lines.append(smile(0, head + r * 0.35, r * 0.9, 0.5))
    else:
        parts += [
            dot(r * 0.42 * np.sin(a), head + r * 0.3 + r * 0.28 * np.cos(a), r * 0.06)
            for a in np.linspace(-1.2, 1.2, 5)
        ]
    middle, size = balls[1] if three else balls[0]
    if rng.random() < 0.8:
        parts += [
            area("button", ellipse(0, middle + size * d, 0.02), "black", "red", "blue") for d in (-0.35, 0.05, 0.45)
        ]
    if rng.random() < 0.6:
        neck = head + r * 0.86
        parts.append(
            area(
                "scarf",
                polygon((r * 0.3, neck), (r * 0.75, neck), (r * 0.85, neck + 0.17), (r * 0.45, neck + 0.18)),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(
            area("scarf", box(-r * 0.9, neck - 0.03, r * 0.9, neck + 0.035, radius=0.03), "red", "blue", "green")
        )
    hat = rng.random()
    if hat < 0.5:
        parts.append(area("hat", box(-r * 0.65, head - r * 2.0, r * 0.65, head - r * 0.7), "black", "blue", "brown"))
        parts.append(area("band", box(-r * 0.65, head - r * 1.1, r * 0.65, head - r * 0.8), "red", "yellow", "green"))
        parts.append(
            area(
                "brim", box(-r * 1.1, head - r * 0.82, r * 1.1, head - r * 0.65, radius=0.01), "black", "blue", "brown"
            )
        )
    elif hat < 0.75:
        parts.append(
            area(
                "hat",
                even(
                    [(0, head - r * 1.7), (r * 0.6, head - r * 1.4), (r * 0.95, head - r * 0.5), (0, head - r * 0.6)],
                    x=0,
                ),
                "red",
                "blue",
                "green",
            )
        )
        parts.append(area("pompom", cloud(rng, 0, head - r * 1.7, r * 0.3, r * 0.3, 7), "white", "yellow"))
    return in_square(rng, parts, lines)


@kind("ghost", group="person", stands=False)
def ghost(rng: np.random.Generator) -> Thing:
    """A ghost with a wavy hem; arms, a mouth, a hat or a bow now and then."""
    wide, waves = rng.uniform(0.26, 0.32), int(rng.integers(3, 6))
    hem = [(wide - 2 * wide * i / (2 * waves), 0.36 + (0.07 if i % 2 == 0 else -0.01)) for i in range(2 * waves + 1)]
    swing = rng.uniform(-0.08, 0.08)
    hem = [(x + swing, y) for x, y in hem]
    outline = np.concatenate(
        [
            arc(0, -0.15, wide * 0.9, 0.29, 180, 360),
            smooth([(wide * 0.93, 0.1), *hem, (-wide * 0.93, 0.1)], closed=False, steps=5),
        ]
    )
    parts = (
        [
            area(
                "arm",
                limb(
                    [(s * wide * 0.7, 0.02), (s * (wide + 0.06), 0.04), (s * (wide + 0.12), rng.uniform(-0.1, 0.12))],
                    [0.14, 0.12, 0.07],
                ),
                "white",
            )
            for s in (-1, 1)
        ]
        if rng.random() < 0.6
        else []
    )
    parts.append(area("body", outline, "white", "light blue", "light purple", "light green", body=True))
    if rng.random() < 0.6:
        parts += [area("eye", ellipse(s * 0.1, -0.16, 0.045, 0.065), "black", fixed=True) for s in (-1, 1)]
    else:
        parts += eyes(rng, [(s * 0.1, -0.16) for s in (-1, 1)], 0.06)
    lines = []
    if rng.random() < 0.6:
        parts.append(area("mouth", ellipse(0, 0.0, 0.05, 0.07), "black", "red"))
    else:
        lines.append(smile(0, -0.05, 0.16, 0.7))
    if rng.random() < 0.4:
        parts += [area("cheek", ellipse(s * 0.18, -0.06, 0.04, 0.03), "pink") for s in (-1, 1)]
    if rng.random() < 0.25:
        parts.append(area("hat", polygon((-0.16, -0.38), (0.05, -0.66), (0.16, -0.38)), "black", "purple"))
        parts.append(area("brim", ellipse(0, -0.38, 0.26, 0.04), "black", "purple"))
    return in_square(rng, parts, lines, stands=False)


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


@kind("alien", group="person")
def alien(rng: np.random.Generator) -> Thing:
    """An alien with a large head, dark or many eyes, and feelers."""
    color, num = (
        pick(rng, ("green", "light green", "purple", "blue", "turquoise", "gray")),
        int(rng.choice([1, 2, 2, 3])),
    )
    parts = []
    if rng.random() < 0.7:
        for s in (-1, 1):
            parts.append(area("feeler", limb([(s * 0.08, -0.36), (s * 0.12, -0.48), (s * 0.17, -0.53)], 0.022), color))
            parts.append(area("bulb", ellipse(s * 0.18, -0.55, 0.035), "yellow", "red", "pink"))
    parts += [
        area("leg", limb([(s * 0.06, 0.25), (s * 0.07, 0.36), (s * 0.07, 0.45)], [0.09, 0.07, 0.06]), color)
        for s in (-1, 1)
    ]
    parts += [area("foot", ellipse(s * 0.095, 0.46, 0.08, 0.035), color) for s in (-1, 1)]
    parts += [
        area(
            "arm",
            limb([(s * 0.09, 0.06), (s * 0.2, 0.1), (s * 0.27, rng.uniform(-0.02, 0.22))], [0.07, 0.055, 0.05]),
            color,
        )
        for s in (-1, 1)
    ]
    suit = rng.random() < 0.5
    parts.append(
        area(
            "suit" if suit else "body",
            even([(0, 0.0), (0.09, 0.02), (0.14, 0.2), (0.1, 0.32), (0, 0.34)], x=0),
            *(("silver", "blue", "orange") if suit else (color,)),
            body=not suit,
        )
    )
    parts.append(area("head", even([(0, -0.4), (0.2, -0.34), (0.27, -0.17), (0.14, 0.02), (0, 0.07)], x=0), color))
    if num == 2 and rng.random() < 0.6:
        parts += [
            area("eye", ellipse(s * 0.115, -0.15, 0.06, 0.095, turn_deg=s * 25), "black", "dark green", "purple")
            for s in (-1, 1)
        ]
        parts += [dot(s * 0.115 + 0.02, -0.19, 0.016, "white") for s in (-1, 1)]
    else:
        for x in (np.arange(num) - (num - 1) / 2) * 0.14:
            parts += [
                area("eye", ellipse(x, -0.18, 0.095 if num == 1 else 0.065), "white", "yellow"),
                dot(x, -0.17, 0.04 if num == 1 else 0.028),
            ]
    return in_square(rng, parts, [smile(0, -0.04, 0.12, 0.6)])


@kind("monster", group="person")
def monster(rng: np.random.Generator) -> Thing:
    """A furry or smooth monster with horns, teeth and one to three eyes."""
    color = pick(rng, ("purple", "green", "blue", "orange", "pink", "turquoise", "red"))
    second = tuple(c for c in ("yellow", "orange", "pink", "light green", "light blue") if c != color)
    num, furry = int(rng.integers(1, 4)), rng.random() < 0.4
    parts = (
        [
            area(
                "horn",
                limb([(s * 0.16, -0.24), (s * 0.24, -0.36), (s * 0.22, -0.48)], [0.1, 0.07, 0.01]),
                "beige",
                "white",
                "yellow",
            )
            for s in (-1, 1)
        ]
        if rng.random() < 0.7
        else []
    )
    parts += [
        area(
            "arm",
            limb([(s * 0.26, 0.05), (s * 0.38, 0.08), (s * 0.42, rng.uniform(-0.12, 0.2))], [0.1, 0.09, 0.09]),
            color,
        )
        for s in (-1, 1)
    ]
    parts += [area("foot", ellipse(s * 0.14, 0.43, 0.11, 0.055), color, *second) for s in (-1, 1)]
    if furry:
        angle = np.linspace(0, 2 * np.pi, 44, endpoint=False)
        out = np.where(np.arange(44) % 2 == 0, 1.0, 0.9)
        outline = np.stack([0.32 * out * np.cos(angle), 0.04 + 0.37 * out * np.sin(angle)], 1)
    else:
        outline = even([(0, -0.34), (0.2, -0.3), (0.29, -0.08), (0.3, 0.25), (0.2, 0.41), (0, 0.43)], x=0)
    parts.append(area("body", outline, color, body=True))
    if rng.random() < 0.5:
        parts.append(area("belly", ellipse(0, 0.25, 0.15, 0.12), *second))
    else:
        parts += [
            area("spot", ellipse(x, y, r), *second)
            for x, y, r in ((-0.18, 0.25, 0.04), (0.16, 0.28, 0.05), (0.05, 0.33, 0.03))
        ]
    size = (0, 0.12, 0.085, 0.065)[num]
    for index, x in enumerate((np.arange(num) - (num - 1) / 2) * size * 2.1):
        y = -0.14 - (0.05 if num == 3 and index == 1 else 0)
        parts += [area("eye", ellipse(x, y, size), "white", "yellow"), dot(x, y + 0.01, size * 0.45)]
    parts.append(
        area(
            "mouth",
            np.concatenate([arc(0, 0.03, 0.17, 0.13, 0, 180), arc(0, 0.03, 0.17, 0.02, 180, 0)[1:-1]]),
            "dark red",
            "black",
            "red",
        )
    )
    parts += [
        area("tooth", polygon((x - 0.03, 0.045), (x + 0.03, 0.045), (x, 0.095)), "white", fixed=True)
        for x in (-0.09, 0.09)
    ]
    return in_square(rng, parts)


@kind("gingerbread man", group="food")
def gingerbread_man(rng: np.random.Generator) -> Thing:
    """A gingerbread man with icing and buttons."""
    up = rng.uniform(-0.08, 0.1)
    half = [
        (0, -0.45),
        (0.14, -0.4),
        (0.17, -0.26),
        (0.1, -0.15),
        (0.2, -0.11 - up * 0.5),
        (0.34, -0.13 - up),
        (0.38, -0.05 - up),
        (0.32, 0.02 - up),
        (0.14, 0.04),
        (0.14, 0.18),
        (0.24, 0.37),
        (0.2, 0.46),
        (0.1, 0.45),
        (0, 0.26),
    ]
    parts = [area("body", even(half, x=0), "brown", "light brown", "orange", body=True)]
    parts += [dot(s * 0.06, -0.31, 0.022, name="eye") for s in (-1, 1)]
    parts += [area("button", ellipse(0, y, 0.028), "red", "green", "white", "blue") for y in (-0.08, 0.02, 0.12)]
    if rng.random() < 0.5:
        for s in (-1, 1):
            parts.append(
                area("bow", smooth([(0, -0.155), (s * 0.09, -0.2), (s * 0.1, -0.11)], steps=5), "red", "green", "blue")
            )
    lines = [smile(0, -0.27, 0.13, 0.6)]
    for s in (-1, 1):
        lines.append(
            smooth(
                [(s * 0.28, -0.115 - up * 0.8), (s * 0.3, -0.08 - up), (s * 0.27, -0.05 - up), (s * 0.29, 0.005 - up)],
                closed=False,
                steps=4,
            )
        )
        lines.append(
            smooth([(s * 0.09, 0.33), (s * 0.13, 0.31), (s * 0.16, 0.35), (s * 0.21, 0.32)], closed=False, steps=4)
        )
    return in_square(rng, parts, lines)


@kind("scarecrow", group="object")
def scarecrow(rng: np.random.Generator) -> Thing:
    """A scarecrow on a pole, with straw and a hat."""
    straw = ("yellow", "beige", "orange")
    parts = [area("pole", box(-0.03, 0.1, 0.03, 0.48), "brown"), area("pole", box(-0.46, -0.08, 0.46, -0.03), "brown")]
    for s in (-1, 1):
        parts.append(
            area(
                "straw",
                polygon(
                    (s * 0.32, -0.1),
                    (s * 0.46, -0.13),
                    (s * 0.42, -0.08),
                    (s * 0.48, -0.05),
                    (s * 0.42, -0.03),
                    (s * 0.45, 0.02),
                    (s * 0.32, 0.0),
                ),
                *straw,
            )
        )
    parts.append(
        area(
            "straw",
            polygon(
                (-0.12, 0.18),
                (0.12, 0.18),
                (0.15, 0.32),
                (0.08, 0.26),
                (0.03, 0.34),
                (-0.03, 0.26),
                (-0.1, 0.33),
                (-0.13, 0.26),
            ),
            *straw,
        )
    )
    shirt = even(
        [(0, -0.14), (0.1, -0.14), (0.36, -0.12), (0.36, 0.02), (0.14, 0.03), (0.15, 0.24), (0, 0.24)],
        x=0,
        curved=False,
    )
    parts.append(area("shirt", shirt, *rng.permutation(["red", "blue", "green", "orange", "purple"])))
    parts.append(area("patch", box(0.02, 0.08, 0.1, 0.16), "yellow", "white", "blue"))
    parts += [
        area("head", ellipse(0, -0.25, 0.14), "beige", "light brown", "orange"),
        *(dot(s * 0.05, -0.27, 0.02, name="eye") for s in (-1, 1)),
    ]
    parts.append(area("nose", polygon((-0.02, -0.22), (0.02, -0.22), (0, -0.26)), "orange", "red"))
    parts.append(
        area("hat", even([(0, -0.5), (0.08, -0.48), (0.12, -0.34), (0, -0.34)], x=0), "brown", "yellow", "black")
    )
    parts.append(area("brim", ellipse(0, -0.345, 0.22, 0.035), "brown", "yellow", "black"))
    return in_square(rng, parts, [smile(0, -0.2, 0.11, 0.6)])
