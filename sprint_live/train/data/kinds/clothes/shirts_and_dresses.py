"""Shirts, dresses, trousers and skirts.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.clothes._cloth import CLOTH


def _both(*points: tuple[float, float]) -> np.ndarray:
    """An outline from its right half, top to bottom, mirrored about x = 0.5."""
    right = polygon(*points)
    return np.concatenate([right, mirrored(right)[::-1]])


@kind("shirt", group="clothes")
def shirt(rng: np.random.Generator) -> Thing:
    """A T-shirt with a picture or stripes, or a shirt with a collar, buttons and a pocket."""
    parts, lines, buttoned = [], [], some(rng, 0.45)
    long = buttoned and some(rng)
    low = 0.8 if long else 0.46
    sleeve = polygon((0.68, 0.14), (0.8, 0.2), (0.95, low - 0.06), (0.82 if not long else 0.85, low), (0.7, 0.4))
    for outline in (sleeve, mirrored(sleeve)):
        parts.append(part("sleeve", outline, CLOTH))
    if long:
        cuff = polygon((0.935, low - 0.1), (0.97, low - 0.01), (0.85, low + 0.05), (0.82, low - 0.05))
        parts += [part("cuff", cuff, "white, gray, yellow"), part("cuff", mirrored(cuff), "white, gray, yellow")]
    body = np.concatenate(
        [arc(0.5, 0.12, 0.13, 0.09, 180, 0), polygon((0.7, 0.15), (0.73, 0.93), (0.27, 0.93), (0.3, 0.15))]
    )
    parts.append(part("shirt", body, CLOTH, body=True))
    if buttoned:
        parts.append(part("placket", box(0.46, 0.22, 0.54, 0.93), CLOTH))
        parts += [
            part("button", ellipse(0.5, y, 0.018), "white, black, gold, red") for y in (0.34, 0.48, 0.62, 0.76, 0.87)
        ]
        collar = polygon((0.5, 0.24), (0.37, 0.1), (0.3, 0.17), (0.39, 0.32))
        parts += [part("collar", collar, CLOTH), part("collar", mirrored(collar), CLOTH)]
        parts.append(
            part("pocket", polygon((0.58, 0.42), (0.69, 0.42), (0.69, 0.53), (0.635, 0.57), (0.58, 0.53)), CLOTH)
        )
        return finished(rng, parts, lines)
    neck = np.concatenate([arc(0.5, 0.12, 0.13, 0.09, 180, 0), arc(0.5, 0.12, 0.17, 0.135, 0, 180)])
    form = style(rng, "star", "heart", "stripes", "plain")
    if form == "star":
        parts.append(part("star", star_outline(0.5, 0.5, 0.14, 0.06), "yellow, white, red, gold"))
    elif form == "heart":
        half = smooth([(0.5, 0.44), (0.58, 0.37), (0.65, 0.43), (0.5, 0.64)], closed=False)
        parts.append(part("heart", np.concatenate([half, mirrored(half)[::-1][1:-1]]), "red, pink, yellow, white"))
    elif form == "stripes":
        for y in (0.4, 0.58, 0.76):
            edge = 0.2 + 0.03 * (y - 0.15) / 0.78
            parts.append(
                part(
                    "stripe",
                    polygon(
                        (0.5 - edge, y), (0.5 + edge, y), (0.5 + edge + 0.003, y + 0.08), (0.5 - edge - 0.003, y + 0.08)
                    ),
                    "white, yellow, blue, red, black",
                )
            )
    else:
        parts.append(part("pocket", box(0.56, 0.34, 0.68, 0.48, radius=0.01), CLOTH))
    parts.append(part("collar", neck, CLOTH))
    return finished(rng, parts, lines)


@kind("dress", group="clothes")
def dress(rng: np.random.Generator) -> Thing:
    """A dress with a belt, sleeves or straps, dots or a hem."""
    parts, lines, waist = [], [], rng.uniform(0.42, 0.46)
    if some(rng):
        puff = smooth([(0.62, 0.12), (0.76, 0.12), (0.8, 0.24), (0.68, 0.28)])
        parts += [part("sleeve", puff, CLOTH), part("sleeve", mirrored(puff), CLOTH)]
    else:
        parts += [part("strap", box(x, 0.05, x + 0.045, 0.2), CLOTH) for x in (0.36, 0.595)]
    spread = rng.uniform(0.3, 0.4)
    hem = [(0.5 + spread - 2 * spread * index / 12, 0.93 + (0.02 if index % 2 else 0)) for index in range(13)]
    skirt = np.concatenate(
        [
            polygon((0.39, waist), (0.61, waist)),
            smooth([(0.61, waist), (0.68, 0.66), (0.5 + spread, 0.93)], closed=False)[1:-1],
            smooth(hem, closed=False, steps=3),
            smooth([(0.5 - spread, 0.93), (0.32, 0.66), (0.39, waist)], closed=False)[1:-1],
        ]
    )
    parts.append(part("skirt", skirt, CLOTH))
    parts.append(
        part(
            "bodice",
            np.concatenate(
                [arc(0.5, 0.12, 0.1, 0.09, 180, 0), polygon((0.66, 0.13), (0.62, waist), (0.38, waist), (0.34, 0.13))]
            ),
            CLOTH,
        )
    )
    form = style(rng, "dots", "folds", "hem")
    if form == "dots":
        parts += [
            part("dot", ellipse(x, y, 0.03), "white, yellow, red, pink")
            for x, y in (
                (0.43, 0.6),
                (0.58, 0.58),
                (0.36, 0.74),
                (0.5, 0.72),
                (0.64, 0.74),
                (0.29, 0.87),
                (0.43, 0.86),
                (0.57, 0.86),
                (0.71, 0.87),
            )
        ]
    elif form == "folds":
        lines += [polygon((0.5 + dx * 0.35, waist + 0.08), (0.5 + dx, 0.9)) for dx in (-0.18, -0.06, 0.06, 0.18)]
    else:
        parts.append(
            part(
                "hem",
                np.concatenate(
                    [
                        smooth([(0.5 - spread * 0.86, 0.84), (0.5, 0.87), (0.5 + spread * 0.86, 0.84)], closed=False),
                        smooth(hem, closed=False, steps=3),
                    ]
                ),
                "white, yellow, pink, gold, light blue",
            )
        )
    parts.append(
        part(
            "belt", box(0.375, waist - 0.03, 0.625, waist + 0.03, radius=0.01), "yellow, white, red, brown, gold, black"
        )
    )
    if some(rng):
        loop = smooth([(0.5, waist), (0.56, waist - 0.06), (0.62, waist - 0.04), (0.61, waist + 0.05)], steps=5)
        parts += [
            part("bow", loop, "red, white, yellow, pink"),
            part("bow", mirrored(loop), "red, white, yellow, pink"),
        ]
    return finished(rng, parts, lines)


@kind("trousers", "pants", group="clothes")
def trousers(rng: np.random.Generator) -> Thing:
    """Long trousers, or shorts, with pockets and a belt."""
    parts, lines, short = [], [], some(rng, 0.35)
    low, flare = (0.6, 0.06) if short else (0.93, rng.uniform(-0.02, 0.06))
    paint = "blue, dark blue, brown, black, gray, green, beige, red"
    outline = _both((0.7, 0.1), (0.74, 0.3), (0.75 + flare, low), (0.55, low), (0.51, 0.36))
    parts.append(part("trousers", outline, paint, body=True))
    for side in (-1, 1):
        parts.append(
            part(
                "cuff",
                polygon(
                    (0.5 + side * 0.045, low - 0.05),
                    (0.5 + side * (0.25 + flare), low - 0.05),
                    (0.5 + side * (0.255 + flare), low + 0.015),
                    (0.5 + side * 0.045, low + 0.015),
                ),
                paint + ", light blue, white",
            )
        )
        lines.append(
            smooth([(0.5 + side * 0.1, 0.15), (0.5 + side * 0.13, 0.23), (0.5 + side * 0.225, 0.25)], closed=False)
        )
    parts.append(part("belt", box(0.29, 0.07, 0.71, 0.15, radius=0.01), "brown, black, red, yellow, white"))
    parts.append(part("buckle", box(0.45, 0.06, 0.55, 0.16, radius=0.015), "gold, silver, yellow"))
    lines.append(polygon((0.5, 0.16), (0.5, 0.36)))
    if some(rng, 0.4):
        parts.append(
            part(
                "patch", box(0.59, 0.5 if short else 0.56, 0.69, 0.53 if short else 0.67), "red, yellow, green, orange"
            )
        )
    return finished(rng, parts, lines)


@kind("skirt", group="clothes")
def skirt(rng: np.random.Generator) -> Thing:
    """A skirt with folds or stripes."""
    parts, lines = [], []
    parts.append(
        part(
            "skirt",
            np.concatenate(
                [
                    polygon((0.34, 0.2), (0.66, 0.2)),
                    smooth([(0.66, 0.2), (0.76, 0.5), (0.92, 0.86)], closed=False)[1:-1],
                    smooth([(0.92, 0.86), (0.7, 0.92), (0.5, 0.93), (0.3, 0.92), (0.08, 0.86)], closed=False),
                    smooth([(0.08, 0.86), (0.24, 0.5), (0.34, 0.2)], closed=False)[1:-1],
                ]
            ),
            CLOTH,
            body=True,
        )
    )
    if some(rng):
        for y, half in ((0.5, 0.255), (0.7, 0.335)):
            parts.append(
                part(
                    "stripe",
                    np.concatenate([arc(0.5, y, half, 0.03, 180, 0), arc(0.5, y + 0.07, half + 0.03, 0.03, 0, 180)]),
                    "white, yellow, red, light blue, black",
                )
            )
    else:
        lines += [polygon((0.5 + dx * 0.4, 0.27), (0.5 + dx, 0.88)) for dx in (-0.28, -0.14, 0.0, 0.14, 0.28)]
    parts.append(part("waistband", box(0.32, 0.14, 0.68, 0.23, radius=0.015), CLOTH + ", gold, brown"))
    return finished(rng, parts, lines)
