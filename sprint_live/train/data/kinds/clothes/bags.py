"""Bags, backpacks and umbrellas.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth


@kind("bag", group="clothes")
def bag(rng: np.random.Generator) -> Thing:
    """A handbag with a flap, or a shopping bag."""
    return _carried(rng, style(rng, "hand", "shopping"))


@kind("suitcase", group="object")
def suitcase(rng: np.random.Generator) -> Thing:
    """A suitcase with straps and a sticker."""
    return _carried(rng, "suitcase")


def _carried(rng: np.random.Generator, form: str) -> Thing:
    """A bag or a suitcase with its handle."""
    parts, lines = [], []
    leather = "brown, red, black, blue, pink, yellow, green, purple, orange"
    if form == "hand":
        parts.append(
            part(
                "handle",
                thick(smooth([(0.26, 0.46), (0.3, 0.18), (0.5, 0.08), (0.7, 0.18), (0.74, 0.46)], closed=False), 0.055),
                leather,
            )
        )
        parts.append(
            part(
                "bag",
                smooth([(0.16, 0.44), (0.5, 0.42), (0.84, 0.44), (0.93, 0.9), (0.5, 0.93), (0.07, 0.9)], steps=5),
                leather,
                body=True,
            )
        )
        parts.append(
            part(
                "flap",
                smooth([(0.16, 0.43), (0.5, 0.4), (0.84, 0.43), (0.8, 0.62), (0.5, 0.7), (0.2, 0.62)], steps=6),
                leather,
            )
        )
        parts.append(part("clasp", ellipse(0.5, 0.68, 0.055), "gold, silver, yellow"))
    elif form == "shopping":
        parts.append(
            part(
                "handle",
                thick(
                    smooth([(0.36, 0.36), (0.38, 0.16), (0.5, 0.09), (0.62, 0.16), (0.64, 0.36)], closed=False), 0.035
                ),
                "brown, white, black, red",
            )
        )
        parts.append(
            part(
                "bag",
                polygon((0.2, 0.32), (0.8, 0.32), (0.86, 0.94), (0.14, 0.94)),
                "beige, white, light brown, pink, green, yellow, red",
                body=True,
            )
        )
        if some(rng):
            parts.append(part("star", star_outline(0.5, 0.63, 0.16, 0.067), "yellow, red, blue, green"))
        else:
            parts.append(
                part(
                    "stripe",
                    polygon((0.17, 0.54), (0.83, 0.54), (0.85, 0.74), (0.16, 0.74)),
                    "red, blue, green, white, orange",
                )
            )
    else:
        parts.append(
            part(
                "handle",
                thick(
                    smooth([(0.38, 0.32), (0.39, 0.18), (0.5, 0.16), (0.61, 0.18), (0.62, 0.32)], closed=False), 0.045
                ),
                "black, brown, gray, dark brown",
            )
        )
        parts += [part("wheel", ellipse(x, 0.92, 0.04), "black, gray") for x in (0.24, 0.76)] if some(rng) else []
        parts.append(part("suitcase", box(0.08, 0.3, 0.92, 0.91, radius=0.06), leather, body=True))
        parts += [part("strap", box(x, 0.3, x + 0.08, 0.91), "brown, beige, black, yellow") for x in (0.22, 0.7)]
        parts.append(part("sticker", ellipse(0.46, 0.6, 0.1), "yellow, white, red, light blue"))
        lines.append(polygon((0.42, 0.63), (0.45, 0.56), (0.5, 0.63)))
    return finished(rng, parts, lines)


@kind("backpack", "school bag", group="clothes")
def backpack(rng: np.random.Generator) -> Thing:
    """A backpack with a pocket, straps and a buckle."""
    parts, lines, paint = [], [], "red, blue, green, orange, yellow, purple, turquoise, pink, brown"
    parts.append(part("handle", thick(arc(0.5, 0.16, 0.09, 0.1, 180, 360), 0.04), "black, brown, gray"))
    strap = smooth(
        [(0.76, 0.38), (0.9, 0.44), (0.92, 0.74), (0.78, 0.86), (0.78, 0.76), (0.84, 0.7), (0.83, 0.52), (0.74, 0.48)],
        steps=5,
    )
    parts += [
        part("strap", strap, "black, brown, gray, yellow"),
        part("strap", mirrored(strap), "black, brown, gray, yellow"),
    ]
    parts.append(
        part(
            "backpack",
            np.concatenate(
                [arc(0.5, 0.44, 0.3, 0.31, 180, 360, num_points=24), box(0.2, 0.4, 0.8, 0.94, radius=0.07)[7:21]]
            ),
            paint,
            body=True,
        )
    )
    parts.append(
        part(
            "flap", np.concatenate([arc(0.5, 0.4, 0.25, 0.22, 180, 360), arc(0.5, 0.4, 0.25, 0.1, 0, 180)[1:-1]]), paint
        )
    )
    parts.append(part("pocket", box(0.28, 0.6, 0.72, 0.88, radius=0.05), paint))
    lines.append(polygon((0.28, 0.67), (0.72, 0.67)))
    parts.append(part("buckle", box(0.45, 0.44, 0.55, 0.56, radius=0.02), "gold, silver, yellow, gray, black"))
    if some(rng):
        parts.append(part("star", star_outline(0.5, 0.775, 0.07, 0.03), "yellow, white, red"))
    else:
        parts.append(part("zipper", box(0.56, 0.65, 0.6, 0.74, radius=0.01), "gold, silver, yellow, gray"))
    return finished(rng, parts, lines)


@kind("umbrella", group="object")
def umbrella(rng: np.random.Generator) -> Thing:
    """An open umbrella with scallops and a hooked handle."""
    parts, lines, top = [], [], 0.12
    parts.append(part("stick", box(0.485, 0.06, 0.515, 0.82), "gray, brown, black, silver"))
    hook = smooth([(0.5, 0.78), (0.5, 0.88), (0.44, 0.94), (0.37, 0.9), (0.36, 0.84)], closed=False)
    parts.append(part("handle", thick(hook, 0.055), WOOD + ", black, red"))
    count, low = int(rng.choice([4, 5, 6])), rng.uniform(0.48, 0.54)
    one = some(rng, 0.5)
    for index in range(count):
        a, b = 2 * index / count - 1, 2 * (index + 1) / count - 1
        angle = np.linspace(0, np.pi / 2, 14)
        left = np.stack([0.5 + 0.46 * a * np.sin(angle), low - (low - top) * np.cos(angle)], 1)
        right = np.stack([0.5 + 0.46 * b * np.sin(angle), low - (low - top) * np.cos(angle)], 1)
        x0, x1 = float(left[-1, 0]), float(right[-1, 0])
        hem = arc((x0 + x1) / 2, low, (x1 - x0) / 2, 0.035, 360, 180, num_points=10)
        second = not one and index % 2 == 1
        parts.append(
            part(
                "stripe" if second else "umbrella",
                np.concatenate([right, hem[1:-1], left[::-1][:-1]]),
                "white, yellow, light blue, pink, orange"
                if second
                else "red, blue, green, purple, yellow, pink, black, turquoise",
                body=not second,
            )
        )
    parts.append(part("tip", ellipse(0.5, top - 0.015, 0.024), "gray, gold, brown, black"))
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 0, 15, -15])))
