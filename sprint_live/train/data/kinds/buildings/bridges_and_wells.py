"""What is built out of doors and no one lives in.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, style, thick, wavy
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("bridge", group="building")
def bridge(rng: np.random.Generator) -> Thing:
    """A bridge of stone with arches, one that hangs from towers, or a small wooden one."""
    form, parts, lines = style(rng, "stone", "hanging", "wood"), [], []
    parts.append(
        part(
            "water",
            np.concatenate([wavy(0.02, 0.98, 0.83, 0.012, 6), polygon((0.98, 0.95), (0.02, 0.95))]),
            "blue, light blue, turquoise",
        )
    )
    if form == "hanging":
        for x in (0.26, 0.74):
            parts.append(
                part(
                    "tower",
                    polygon((x - 0.035, 0.22), (x + 0.035, 0.22), (x + 0.05, 0.86), (x - 0.05, 0.86)),
                    "red, gray, orange, brown, light gray",
                )
            )
        parts.append(part("road", box(0.02, 0.6, 0.98, 0.67), "gray, dark gray, red, brown"))
        for a, b, sag in (
            ((0.02, 0.58), (0.26, 0.25), 0.05),
            ((0.26, 0.25), (0.74, 0.25), 0.26),
            ((0.74, 0.25), (0.98, 0.58), 0.05),
        ):
            share = np.linspace(0, 1, 15)[:, None]
            cable = np.float32(a) * (1 - share) + np.float32(b) * share
            cable[:, 1] += sag * 4 * (share * (1 - share))[:, 0]
            lines.append(cable)
            lines += [polygon(tuple(cable[index]), (cable[index][0], 0.6)) for index in range(2, 14, 2)]
    elif form == "stone":
        count = int(rng.integers(1, 4))
        wide = 0.84 / count
        under = [
            point
            for index in range(count)
            for point in arc(0.92 - wide * (index + 0.5), 0.88, wide * 0.38, min(wide * 0.42, 0.26), 0, -180)
        ]
        rise = 0.1 if count == 1 else rng.uniform(0, 0.08)
        deck = smooth(
            [(0.02, 0.56), (0.25, 0.56 - rise * 0.75), (0.5, 0.56 - rise), (0.75, 0.56 - rise * 0.75), (0.98, 0.56)],
            closed=False,
        )
        parts.append(
            part(
                "bridge",
                np.concatenate([deck, polygon((0.98, 0.88)), np.stack(under), polygon((0.02, 0.88))]),
                "gray, light gray, beige, brown",
                body=True,
            )
        )
        rail = deck - np.float32([0, 0.07])
        parts.append(part("railing", np.concatenate([rail, deck[::-1]]), "light gray, gray, beige, white"))
        lines += [np.stack([rail[index], deck[index]]) for index in range(3, len(deck) - 1, 4)]
    else:
        rise = rng.uniform(0.12, 0.2)

        def curve(y: float) -> np.ndarray:
            """The arch of the deck, moved down to y at its ends."""
            return smooth(
                [(0.06, y), (0.28, y - rise * 0.75), (0.5, y - rise), (0.72, y - rise * 0.75), (0.94, y)], closed=False
            )

        parts.append(
            part("bridge", np.concatenate([curve(0.76), curve(0.88)[::-1]]), "brown, light brown, red", body=True)
        )
        for index in (1, 8, 16, 24, 31):
            x, y = curve(0.76)[index]
            parts.append(part("post", box(x - 0.022, y - 0.22, x + 0.022, y + 0.01), WOOD + ", red"))
        parts.append(part("railing", np.concatenate([curve(0.56), curve(0.6)[::-1]]), WOOD + ", red"))
        lines += [np.stack([curve(0.76)[index], curve(0.88)[index]]) for index in range(2, 32, 3)]
    return finished(rng, parts, lines)


@kind("well", group="building")
def well(rng: np.random.Generator) -> Thing:
    """A well of stones with a roof and a bucket, pulled up or let down."""
    parts, lines = [], []
    eaves, ridge, foot = rng.uniform(0.3, 0.36), rng.uniform(0.06, 0.13), rng.uniform(0.27, 0.33)
    over, down, num_stones = rng.uniform(0.34, 0.42), rng.uniform(-0.02, 0.03), int(rng.integers(4, 7))
    flat = rng.uniform(0.05, 0.2) if some(rng, 0.4) else 0.0
    parts += [part("post", box(x, 0.3, x + 0.06, 0.66), WOOD) for x in (0.24, 0.7)]
    parts.append(part("crank", box(0.24, 0.42, 0.76, 0.47), "brown, light brown, gray"))
    parts.append(
        part(
            "roof",
            polygon((0.5 - over, eaves), (0.5 - flat, ridge), (0.5 + flat + 0.001, ridge), (0.5 + over, eaves)),
            "red, brown, orange, blue",
        )
    )
    lines += [
        polygon((0.5, 0.47), (0.5, 0.53 + down)),
        smooth([(0.44, 0.58 + down), (0.5, 0.52 + down), (0.56, 0.58 + down)], closed=False),
    ]
    parts.append(
        part(
            "bucket",
            polygon((0.42, 0.55 + down), (0.58, 0.55 + down), (0.56, 0.64 + down), (0.44, 0.64 + down)),
            "brown, gray, light brown, blue",
        )
    )
    parts.append(part("well", box(0.5 - foot, 0.68, 0.5 + foot, 0.95), "gray, light gray, beige", body=True))
    parts.append(
        part("rim", box(0.46 - foot, 0.63, 0.54 + foot, 0.71, radius=0.02), "gray, dark gray, light gray, brown")
    )
    stones = np.linspace(0.52 - foot * 0.8, 0.46 + foot * 0.8, num_stones)
    for row, y in enumerate((0.79, 0.87)):
        lines.append(polygon((0.5 - foot, y), (0.5 + foot, y)))
        lines += [polygon((x, y - 0.08), (x, y)) for x in stones + 0.04 * row]
    lines += [polygon((x, 0.87), (x, 0.95)) for x in stones]
    return finished(rng, parts, lines)


@kind("birdhouse", group="object")
def birdhouse(rng: np.random.Generator) -> Thing:
    """A box on a pole with a round hole and a perch."""
    parts = [part("pole", thick([(0.5, 0.6), (0.5, 0.95)], 0.06), WOOD)]
    parts.append(
        part(
            "wall",
            polygon((0.28, 0.34), (0.5, 0.16), (0.72, 0.34), (0.72, 0.72), (0.28, 0.72)),
            "yellow, light blue, white, light brown, red, pink",
            body=True,
        )
    )
    parts.append(
        part(
            "roof",
            polygon((0.2, 0.38), (0.5, 0.13), (0.8, 0.38), (0.85, 0.32), (0.5, 0.04), (0.15, 0.32)),
            "red, brown, blue, green",
        )
    )
    parts.append(part("hole", ellipse(0.5, 0.44, 0.085), "black, dark brown"))
    parts.append(part("perch", box(0.48, 0.57, 0.52, 0.64, radius=0.015), "brown, light brown, yellow"))
    lines = []
    if some(rng):
        parts.append(part("base", box(0.22, 0.7, 0.78, 0.76), WOOD + ", red"))
    else:
        lines += [polygon((x, 0.6), (x, 0.72)) for x in (0.36, 0.43, 0.57, 0.64)]
    return finished(rng, parts, lines)
