"""What stands or hangs by a wall: lamps, clocks, mirrors, windows.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, finished, panes, part, some, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.household._cloth import CLOTH


@kind("lamp", group="object")
def lamp(rng: np.random.Generator) -> Thing:
    """A table lamp, a floor lamp, one that hangs, or a desk lamp with joints."""
    form, parts, lines = style(rng, "table", "floor", "desk", "hanging"), [], []
    shade = "yellow, red, orange, green, blue, white, pink, turquoise"
    metal = METAL + ", black, brown, gold"
    if form == "hanging":
        lines.append(polygon((0.5, 0.05), (0.5, 0.36)))
        parts.append(part("bulb", ellipse(0.5, 0.72, 0.1), "yellow, light yellow, white"))
        parts.append(part("socket", box(0.46, 0.33, 0.54, 0.44, radius=0.02), metal))
        parts.append(
            part("shade", np.concatenate([arc(0.5, 0.7, 0.4, 0.3, 180, 360), polygon((0.9, 0.7), (0.1, 0.7))]), shade)
        )
        return finished(rng, parts, lines, middle=True)
    if form == "desk":
        elbow, head = (0.22, 0.5), (0.5, 0.18)
        parts.append(part("bulb", ellipse(0.72, 0.36, 0.085), "yellow, light yellow, white"))
        parts += [
            part("arm", thick([(0.38, 0.88), elbow], 0.045), metal),
            part("arm", thick([elbow, head], 0.045), metal),
            part("joint", ellipse(*elbow, 0.045), metal),
        ]
        parts.append(
            part(
                "shade",
                np.concatenate(
                    [
                        smooth([(0.48, 0.1), (0.6, 0.08), (0.86, 0.3)], closed=False),
                        polygon((0.58, 0.48)),
                        smooth([(0.58, 0.48), (0.44, 0.24), (0.48, 0.1)], closed=False)[1:-1],
                    ]
                ),
                shade,
            )
        )
        parts.append(part("base", arc(0.4, 0.94, 0.24, 0.09, 180, 360), metal + ", red, blue"))
        return finished(rng, parts, lines, flips=True)
    if form == "floor":
        parts.append(part("stand", box(0.48, 0.3, 0.52, 0.92), metal))
        parts.append(part("base", arc(0.5, 0.95, 0.17, 0.06, 180, 360), metal))
        half, top = rng.uniform(0.1, 0.14), 0.06
        parts.append(
            part(
                "shade",
                polygon((0.5 - half, top), (0.5 + half, top), (0.5 + half + 0.1, 0.34), (0.5 - half - 0.1, 0.34)),
                shade,
            )
        )
    else:
        low = 0.52
        parts.append(part("neck", box(0.465, low - 0.02, 0.535, 0.64), "gold, gray, brown"))
        belly = rng.uniform(0.12, 0.17)
        parts.append(
            part(
                "stand",
                smooth(
                    [(0.46, 0.62), (0.54, 0.62), (0.5 + belly, 0.74), (0.56, 0.89), (0.44, 0.89), (0.5 - belly, 0.74)]
                ),
                "blue, white, green, red, brown, turquoise, pink",
            )
        )
        parts.append(part("base", box(0.36, 0.88, 0.64, 0.95, radius=0.02), "brown, gold, gray, black"))
        half = rng.uniform(0.14, 0.2)
        parts.append(part("shade", polygon((0.5 - half, 0.08), (0.5 + half, 0.08), (0.82, low), (0.18, low)), shade))
        if some(rng):
            lines += [polygon((0.5 + share * half, 0.08), (0.5 + share * 0.32, low)) for share in (-0.5, 0, 0.5)]
    lines.append(polygon((0.58, 0.34 if form == "floor" else 0.52), (0.58, 0.45 if form == "floor" else 0.6)))
    return finished(rng, parts, lines)


def _hands(rng: np.random.Generator, x: float, y: float, radius: float) -> list[np.ndarray]:
    """Two hands, and marks at the hours."""
    lines = []
    for size in (0.5, 0.75):
        angle = rng.uniform(0, 2 * np.pi)
        lines.append(polygon((x, y), (x + radius * size * np.cos(angle), y + radius * size * np.sin(angle))))
    for hour in range(12):
        angle, inner = hour * np.pi / 6, 0.8 if hour % 3 == 0 else 0.88
        lines.append(
            polygon(
                (x + radius * inner * np.cos(angle), y + radius * inner * np.sin(angle)),
                (x + radius * 0.96 * np.cos(angle), y + radius * 0.96 * np.sin(angle)),
            )
        )
    return lines


@kind("clock", group="object")
def clock(rng: np.random.Generator) -> Thing:
    """A wall clock, an alarm clock, or a grandfather clock."""
    form, parts, lines = style(rng, "wall", "alarm", "alarm", "grandfather"), [], []
    case, dial = "red, blue, green, yellow, black, turquoise, pink, gold, brown", "white, light yellow, beige"
    if form == "grandfather":
        parts.append(part("case", box(0.32, 0.34, 0.68, 0.86), WOOD, body=True))
        parts.append(
            part(
                "case",
                polygon((0.28, 0.38), (0.28, 0.14), (0.4, 0.12), (0.5, 0.05), (0.6, 0.12), (0.72, 0.14), (0.72, 0.38)),
                WOOD,
                body=True,
            )
        )
        parts.append(part("case", box(0.26, 0.84, 0.74, 0.95), WOOD, body=True))
        parts.append(part("dial", ellipse(0.5, 0.25, 0.11), dial))
        parts.append(part("glass", box(0.39, 0.43, 0.61, 0.8), "light blue, white, dark brown, beige"))
        x = 0.5 + rng.uniform(-0.05, 0.05)
        parts.append(part("pendulum", ellipse(x, 0.7, 0.05), "gold, yellow"))
        lines += [polygon((0.5, 0.43), (x, 0.65)), *_hands(rng, 0.5, 0.25, 0.11)[:2]]
        return finished(rng, parts, lines)
    radius = 0.34
    if form == "alarm":
        parts.append(part("handle", thick(arc(0.5, 0.2, 0.09, 0.11, 180, 360), 0.03), METAL + ", gold"))
        parts += [
            part("bell", arc(x, 0.24, 0.13, 0.13, 180 + turn, 360 + turn), "gold, yellow, gray, silver")
            for x, turn in ((0.29, -35), (0.71, 35))
        ]
        parts += [
            part("foot", thick([(0.5 + side * 0.2, 0.82), (0.5 + side * 0.3, 0.95)], 0.06), METAL + ", gold, black")
            for side in (-1, 1)
        ]
    parts.append(
        part(
            "case",
            ellipse(0.5, 0.55, radius)
            if form == "alarm" or some(rng, 0.7)
            else box(0.16, 0.21, 0.84, 0.89, radius=0.08),
            case,
            body=True,
        )
    )
    parts.append(part("dial", ellipse(0.5, 0.55, radius * 0.8), dial))
    lines += _hands(rng, 0.5, 0.55, radius * 0.8)
    parts.append(part("pin", ellipse(0.5, 0.55, 0.026), "black, red, gold"))
    return finished(rng, parts, lines)


@kind("mirror", group="object")
def mirror(rng: np.random.Generator) -> Thing:
    """A mirror in a frame on a stand."""
    parts = [
        part("stand", polygon((0.47, 0.72), (0.53, 0.72), (0.54, 0.88), (0.46, 0.88)), "gold, brown, gray"),
        part("base", arc(0.5, 0.95, 0.2, 0.08, 180, 360), "gold, brown, gray"),
    ]
    oval, wide = some(rng, 0.7), rng.uniform(0.25, 0.31)
    parts.append(
        part(
            "frame",
            ellipse(0.5, 0.41, wide, 0.36) if oval else box(0.5 - wide, 0.06, 0.5 + wide, 0.76, radius=0.06),
            "gold, brown, pink, white, silver, red",
        )
    )
    parts.append(
        part(
            "glass",
            ellipse(0.5, 0.41, wide - 0.06, 0.29) if oval else box(0.56 - wide, 0.12, 0.44 + wide, 0.7, radius=0.03),
            "light blue, white, light gray",
        )
    )
    return finished(rng, parts, [polygon((0.4, 0.4), (0.54, 0.26)), polygon((0.44, 0.47), (0.6, 0.31))])


@kind("window", group="object", stands=False)
def window(rng: np.random.Generator) -> Thing:
    """A window in its frame with curtains or shutters."""
    parts, lines = [], []
    curtains = some(rng)
    if not curtains:
        for x in (0.05, 0.73):
            parts.append(part("shutter", box(x, 0.16, x + 0.22, 0.82), "green, blue, brown, red"))
            lines += [polygon((x + 0.04, y), (x + 0.18, y)) for y in np.linspace(0.24, 0.74, 6)]
    parts += [
        part("frame", box(0.24, 0.12, 0.76, 0.84), WOOD + ", white"),
        part("glass", box(0.29, 0.17, 0.71, 0.79), "light blue, blue, yellow, dark blue"),
    ]
    lines += panes(0.29, 0.17, 0.71, 0.79, 2, int(rng.integers(2, 4)))
    if curtains:
        lines = [polygon((0.5, 0.17), (0.5, 0.79)), polygon((0.38, 0.48), (0.62, 0.48))]
        cloth = smooth([(0.22, 0.125), (0.46, 0.125), (0.42, 0.34), (0.3, 0.52), (0.34, 0.86), (0.18, 0.86)], steps=5)
        parts += [part("curtain", cloth, CLOTH), part("curtain", np.stack([1 - cloth[:, 0], cloth[:, 1]], 1), CLOTH)]
        parts.append(part("rod", box(0.12, 0.06, 0.88, 0.11, radius=0.025), WOOD + ", gold"))
    parts.append(part("sill", box(0.2, 0.84, 0.8, 0.9), "white, gray, brown"))
    return finished(rng, parts, lines, middle=True)
