"""Insects and spiders.

Knows: numpy, shapes.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import BRIGHT, Coat, area, dot, eyes, in_square, limb, pick, smile
from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, kind, polygon, smooth, turned


def feelers(x: float, y: float, out: float, up: float, color: str = "black") -> list[Part]:
    """Two feelers with round ends."""
    parts = []
    for s in (-1, 1):
        parts.append(
            area(
                "feeler",
                limb([(x + s * out * 0.25, y), (x + s * out * 0.55, y - up * 0.7), (x + s * out, y - up)], 0.018),
                color,
            )
        )
        parts.append(dot(x + s * out, y - up, 0.024, color, "feeler"))
    return parts


@kind("butterfly", group="animal", stands=False)
def butterfly(rng: np.random.Generator) -> Thing:
    """A butterfly from above with spots, or from the side with closed wings."""
    wing, other = (str(color) for color in rng.permutation(BRIGHT)[:2])
    side_view = rng.random() < 0.25
    sides = (1,) if side_view else (-1, 1)
    parts, up, low = [], rng.uniform(0.3, 0.42), rng.uniform(0.28, 0.38)
    lower = wing if rng.random() < 0.5 else other
    spots = ((0.3, -up * 0.62, 0.06), (0.19, -up * 0.4, 0.035), (0.24, 0.19, 0.045), (0.34, -0.07, 0.025))[
        : int(rng.integers(2, 5))
    ]
    mark = tuple(color for color in ("yellow", "white", "orange", "light blue", "black") if color not in (wing, lower))
    for s in sides:
        small = [(0.02, 0.02), (0.22, 0.03), (0.36, 0.16), (0.28, low), (0.12, low * 0.95), (0.03, 0.16)]
        large = [
            (0.02, 0.05),
            (0.05, -0.13),
            (0.2, -up),
            (0.4, -up * 1.02),
            (0.45, -up * 0.5),
            (0.33, 0.0),
            (0.15, 0.07),
        ]
        same = lower == wing
        parts.append(
            area("wing" if same else "lower wing", smooth(np.float32(small) * np.float32([s, 1])), lower, body=same)
        )
        parts.append(area("wing", smooth(np.float32(large) * np.float32([s, 1])), wing, body=True))
        parts += [area("spot", ellipse(s * x, y, r, r * 1.2), *mark) for x, y, r in spots]
    parts += feelers(0, -0.2, 0.13, 0.16)
    parts.append(
        area("body", limb([(0, -0.16), (0, 0.05), (0, 0.24)], [0.055, 0.06, 0.03]), "black", "brown", "purple")
    )
    parts.append(area("head", ellipse(0, -0.2, 0.05), "black", "brown", "purple"))
    if side_view:
        parts = [Part(**{**vars(part), "outline_xy": turned(part.outline_xy, -25)}) for part in parts]
    return in_square(rng, parts, says=("side view",) if side_view else (), stands=False)


@kind("bee", "bumblebee", group="animal", stands=False)
def bee(rng: np.random.Generator) -> Thing:
    """A striped bee from the side with wings and a sting."""
    a, b, parts = rng.uniform(0.26, 0.3), rng.uniform(0.17, 0.22), []
    for turn, length in ((-35, 0.3), (8, 0.34)):
        parts.append(
            area(
                "wing",
                turned(ellipse(0, -length / 2, 0.1, length / 2), turn) + np.float32([0.0, -b * 0.7]),
                "light blue",
                "white",
            )
        )
    parts.append(area("sting", polygon((-a * 0.9, -0.04), (-a - 0.1, 0.02), (-a * 0.9, 0.05)), "black", "gray"))
    parts.append(area("body", ellipse(0, 0, a, b), "yellow", "orange", body=True))
    for x in (-0.62, -0.15, 0.28):
        half, high = 0.16, [b * np.sqrt(1 - v**2) for v in (x - 0.13, x + 0.13)]
        left = arc(x * a - half * 0.8 * a, 0, 0.05, high[0], 90, -90, num_points=10) + np.float32([0.03, 0])
        right = arc(x * a + half * 0.8 * a, 0, 0.05, high[1], -90, 90, num_points=10)
        parts.append(area("stripe", np.concatenate([left, right]), "black", "brown"))
    head = a * 1.02
    parts += [
        area("feeler", limb([(head + d, -0.1), (head + d + 0.04, -0.2), (head + d + 0.1, -0.22)], 0.018), "black")
        for d in (-0.02, 0.06)
    ]
    parts.append(area("head", ellipse(head, -0.01, 0.13), "yellow", "black", "orange"))
    parts += [area("eye", ellipse(head + 0.05, -0.03, 0.035), "white", fixed=True), dot(head + 0.06, -0.03, 0.018)]
    if rng.random() < 0.4:
        parts += [
            area("leg", limb([(x, b * 0.9), (x + 0.02, b + 0.05), (x - 0.01, b + 0.08)], 0.02), "black")
            for x in (-0.08, 0.03, 0.13)
        ]
    return in_square(rng, parts, [smile(head + 0.05, 0.03, 0.08, 0.6)], stands=False)


@kind("ladybug", "ladybird", group="animal")
def ladybug(rng: np.random.Generator) -> Thing:
    """A ladybug from above or from the side."""
    wing, side_view = ("red", "orange", "yellow"), rng.random() < 0.4
    if side_view:
        parts = [
            area("leg", limb([(x, 0.08), (x - 0.03, 0.15), (x + 0.02, 0.19)], 0.025), "black")
            for x in (-0.18, 0.0, 0.18)
        ]
        parts += [
            area("feeler", limb([(0.36, -0.08), (0.42, -0.18), (0.48, -0.2)], 0.02), "black"),
            area("head", ellipse(0.32, 0.0, 0.12, 0.11), "black", fixed=True),
        ]
        parts.append(area("wing", np.concatenate([arc(0, 0.1, 0.33, 0.36, 180, 360)]), *wing, body=True))
        parts += [
            area("spot", ellipse(x, y, r), "black", fixed=True)
            for x, y, r in ((-0.16, 0.0, 0.05), (0.0, -0.13, 0.055), (0.14, 0.0, 0.05), (-0.14, -0.13, 0.03))
        ]
        parts += [area("eye", ellipse(0.36, -0.02, 0.035), "white", fixed=True), dot(0.365, -0.02, 0.016)]
        return in_square(rng, parts, says=("side view",))
    parts = [
        area("leg", limb([(s * 0.2, y), (s * 0.36, y - 0.03), (s * 0.42, y + 0.05)], 0.03), "black")
        for s in (-1, 1)
        for y in (-0.1, 0.06, 0.22)
    ]
    parts += feelers(0, -0.36, 0.14, 0.1)
    parts.append(area("head", ellipse(0, -0.28, 0.16, 0.12), "black", fixed=True))
    parts += [area("eye", ellipse(s * 0.085, -0.31, 0.035), "white", fixed=True) for s in (-1, 1)]
    parts.append(area("wing", ellipse(0, 0.08, 0.32, 0.34), *wing, body=True))
    for x, y in ((0.14, -0.08), (0.19, 0.12), (0.11, 0.28))[: int(rng.integers(2, 4))]:
        parts += [area("spot", ellipse(s * x, y, rng.uniform(0.045, 0.06)), "black", fixed=True) for s in (-1, 1)]
    return in_square(rng, parts, [np.float32([(0, -0.26), (0, 0.42)])], ("from above",), stands=False)


@kind("spider", group="animal")
def spider(rng: np.random.Generator) -> Thing:
    """A spider with eight legs, on a thread now and then."""
    coat, thread = Coat(rng, "black", "brown", "purple", "gray", "red"), rng.random() < 0.4
    parts = []
    for s in (-1, 1):
        for up, out, low in ((-0.2, 0.32, -0.06), (-0.12, 0.42, 0.1), (-0.03, 0.42, 0.26), (0.05, 0.32, 0.36)):
            parts.append(
                coat("leg", limb([(s * 0.1, 0.02), (s * (out - 0.1), up), (s * out, low)], [0.045, 0.035, 0.018]), 0.3)
            )
    parts.append(coat("body", ellipse(0, 0.1, rng.uniform(0.19, 0.23), rng.uniform(0.18, 0.22))))
    if rng.random() < 0.3:
        parts.append(area("spot", ellipse(0, 0.19, 0.07, 0.06), "red", "yellow", "white"))
    parts.append(coat("head", ellipse(0, -0.1, 0.13, 0.12), 0.3))
    parts += [area("eye", ellipse(s * 0.055, -0.12, 0.045), "white", fixed=True) for s in (-1, 1)] + [
        dot(s * 0.05, -0.11, 0.02) for s in (-1, 1)
    ]
    lines = [smile(0, -0.05, 0.08, 0.5)]
    lines += [np.float32([(0, -0.22), (0, -0.55)])] if thread else []
    return in_square(rng, parts, lines, ("on a thread",) if thread else (), stands=not thread, joins=0.5)


@kind("caterpillar", "worm", group="animal")
def caterpillar(rng: np.random.Generator) -> Thing:
    """A caterpillar of round segments."""
    num, color = int(rng.integers(4, 7)), pick(rng, ("green", "light green", "yellow", "orange"))
    second = str(rng.choice([color, "yellow", "light green", "blue", "pink"]))
    parts = []
    for index in range(num):
        x, y = -0.45 + index * 0.8 / num, 0.05 - 0.06 * np.sin(index * 1.4)
        parts.append(area("foot", ellipse(x, y + 0.14, 0.035, 0.04), "brown", "orange", "black"))
        second_one = index % 2 and second != color
        parts.append(
            area(
                "ring" if second_one else "body",
                ellipse(x, y, 0.12, 0.13),
                second if second_one else color,
                body=not second_one,
            )
        )
    x = -0.45 + num * 0.8 / num
    parts += feelers(x, -0.14, 0.11, 0.12)
    parts.append(area("head", ellipse(x, -0.04, 0.15), color, "red", "yellow"))
    parts += [*eyes(rng, [(x + s * 0.055, -0.07) for s in (-1, 1)], 0.035)]
    return in_square(rng, parts, [smile(x, 0.0, 0.1, 0.7)])


@kind("dragonfly", group="animal", stands=False)
def dragonfly(rng: np.random.Generator) -> Thing:
    """A dragonfly from above."""
    coat, wing = Coat(rng, "blue", "green", "red", "turquoise", "purple"), ("light blue", "white", "light green")
    parts = [
        area("wing", turned(ellipse(0.24 * s, 0, 0.23, 0.065), s * turn) + np.float32([0, -0.14 + shift]), *wing)
        for s in (-1, 1)
        for turn, shift in ((12, 0.06), (-16, 0.0))
    ]
    parts.append(
        coat("tail", limb([(0, -0.1), (0, 0.15), (rng.uniform(-0.05, 0.05), 0.45)], [0.065, 0.05, 0.035]), 0.4)
    )
    parts.append(coat("body", ellipse(0, -0.15, 0.065, 0.11)))
    parts.append(coat("head", ellipse(0, -0.29, 0.065, 0.055), 0.3))
    parts += [area("eye", ellipse(s * 0.06, -0.31, 0.042), "black", "red", "green") for s in (-1, 1)]
    lines = [np.float32([(-0.025, y), (0.025, y)]) for y in (0.06, 0.15, 0.24, 0.33)]
    return in_square(rng, parts, lines, stands=False)
