"""Clothes, shoes and what is carried.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, star_outline, style, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

CLOTH = "red, blue, green, yellow, white, pink, purple, orange, black, turquoise, gray"


def _both(*points: tuple[float, float]) -> np.ndarray:
    """An outline from its right half, top to bottom, mirrored about x = 0.5."""
    right = polygon(*points)
    return np.concatenate([right, mirrored(right)[::-1]])


@kind("hat", group="clothes")
def hat(rng: np.random.Generator) -> Thing:
    """A top hat, a sun hat, a cowboy's hat or a witch's hat."""
    form, parts, lines = style(rng, "top", "sun", "cowboy", "witch"), [], []
    band = "red, yellow, blue, green, white, purple, gold"
    if form == "top":
        parts.append(part("brim", ellipse(0.5, 0.83, 0.45, 0.1), "black, gray, brown, blue, purple"))
        parts.append(
            part(
                "crown",
                np.concatenate(
                    [
                        polygon((0.23, 0.18), (0.77, 0.18)),
                        polygon((0.73, 0.5), (0.74, 0.8)),
                        arc(0.5, 0.8, 0.24, 0.05, 0, 180),
                        polygon((0.27, 0.5)),
                    ]
                ),
                "black, gray, brown, blue, purple",
                body=True,
            )
        )
        parts.append(
            part(
                "band", np.concatenate([arc(0.5, 0.67, 0.235, 0.045, 180, 0), arc(0.5, 0.79, 0.24, 0.05, 0, 180)]), band
            )
        )
        parts.append(part("top", ellipse(0.5, 0.18, 0.27, 0.055), "black, gray, brown, blue, purple, dark gray"))
    elif form == "sun":
        parts.append(part("brim", ellipse(0.5, 0.72, 0.47, 0.15), "yellow, beige, light brown, white, pink"))
        parts.append(
            part(
                "crown",
                np.concatenate([arc(0.5, 0.66, 0.26, 0.36, 180, 360), arc(0.5, 0.66, 0.26, 0.06, 0, 180)]),
                "yellow, beige, light brown, white, pink",
                body=True,
            )
        )
        parts.append(
            part(
                "band",
                np.concatenate([arc(0.5, 0.57, 0.25, 0.06, 180, 0), arc(0.5, 0.66, 0.26, 0.06, 0, 180)]),
                band + ", pink",
            )
        )
        if some(rng):
            parts += [
                part(
                    "petal",
                    ellipse(0.68 + 0.055 * np.cos(a), 0.62 + 0.055 * np.sin(a), 0.042),
                    "white, pink, red, orange, purple",
                )
                for a in np.arange(5) * 2 * np.pi / 5
            ] + [part("flower center", ellipse(0.68, 0.62, 0.035), "yellow, orange")]
    elif form == "cowboy":
        crown = smooth(
            [(0.26, 0.7), (0.28, 0.42), (0.36, 0.26), (0.5, 0.34), (0.64, 0.26), (0.72, 0.42), (0.74, 0.7)],
            closed=False,
        )
        parts.append(
            part(
                "crown",
                np.concatenate([crown, arc(0.5, 0.7, 0.24, 0.06, 0, 180)]),
                "brown, light brown, beige, black, white",
                body=True,
            )
        )
        parts.append(
            part(
                "band",
                np.concatenate([arc(0.5, 0.6, 0.235, 0.06, 180, 0), arc(0.5, 0.7, 0.24, 0.07, 0, 180)]),
                band + ", dark brown",
            )
        )
        brim = np.concatenate(
            [
                smooth([(0.02, 0.52), (0.16, 0.66), (0.5, 0.73), (0.84, 0.66), (0.98, 0.52)], closed=False),
                smooth([(0.98, 0.52), (0.88, 0.76), (0.5, 0.88), (0.12, 0.76), (0.02, 0.52)], closed=False)[1:-1],
            ]
        )
        parts.append(part("brim", brim, "brown, light brown, beige, black, white"))
    else:
        parts.append(part("brim", ellipse(0.5, 0.84, 0.46, 0.11), "black, purple, dark blue, green"))
        cone = np.concatenate(
            [
                smooth([(0.24, 0.82), (0.36, 0.5), (0.42, 0.2), (0.66, 0.08)], closed=False),
                smooth([(0.66, 0.08), (0.62, 0.24), (0.66, 0.5), (0.76, 0.82)], closed=False)[1:],
                arc(0.5, 0.82, 0.26, 0.06, 0, 180)[1:-1],
            ]
        )
        parts.append(part("crown", cone, "black, purple, dark blue, green", body=True))
        parts.append(
            part(
                "band",
                np.concatenate([arc(0.5, 0.7, 0.22, 0.05, 180, 0), arc(0.5, 0.81, 0.25, 0.06, 0, 180)]),
                "orange, purple, green, yellow, red",
            )
        )
        parts.append(part("buckle", box(0.43, 0.73, 0.57, 0.88, radius=0.01), "gold, yellow"))
        if some(rng):
            parts += [
                part("star", star_outline(x, y, 0.05, 0.021), "yellow, gold, white")
                for x, y in ((0.48, 0.56), (0.57, 0.4), (0.5, 0.3))
            ]
    return finished(rng, parts, lines, flips=True)


@kind("cap", group="clothes")
def cap(rng: np.random.Generator) -> Thing:
    """A baseball cap, or a knitted one with a pompom."""
    parts, lines = [], []
    if some(rng):
        parts.append(
            part(
                "pompom",
                star_outline(0.5, 0.16, 0.13, 0.1, 14) if some(rng) else ellipse(0.5, 0.16, 0.12),
                "white, red, yellow, blue, pink",
            )
        )
        parts.append(
            part(
                "cap",
                smooth(
                    [(0.16, 0.78), (0.19, 0.48), (0.34, 0.26), (0.5, 0.22), (0.66, 0.26), (0.81, 0.48), (0.84, 0.78)],
                    closed=False,
                ),
                CLOTH,
                body=True,
            )
        )
        if some(rng):
            zigzag = [(0.2 + 0.6 * index / 12, 0.52 + (0.06 if index % 2 else 0.0)) for index in range(13)]
            parts.append(
                part(
                    "zigzag",
                    polygon(*zigzag, *[(x, y + 0.07) for x, y in zigzag[::-1]]),
                    "white, yellow, light blue, red",
                )
            )
        parts.append(part("cuff", box(0.12, 0.7, 0.88, 0.9, radius=0.05), CLOTH))
        lines += [polygon((x, 0.72), (x, 0.88)) for x in np.linspace(0.2, 0.8, 9)]
        return finished(rng, parts, lines, says=("knitted",))
    parts.append(
        part("visor", smooth([(0.58, 0.68), (0.8, 0.64), (0.98, 0.72), (0.97, 0.79), (0.8, 0.77), (0.58, 0.79)]), CLOTH)
    )
    parts.append(
        part(
            "cap",
            np.concatenate(
                [arc(0.4, 0.74, 0.35, 0.42, 180, 360, num_points=30), arc(0.4, 0.74, 0.35, 0.06, 0, 180)[1:-1]]
            ),
            CLOTH,
            body=True,
        )
    )
    if some(rng):
        parts.append(
            part(
                "front",
                np.concatenate(
                    [
                        smooth([(0.46, 0.325), (0.62, 0.4), (0.72, 0.56), (0.75, 0.74)], closed=False),
                        smooth([(0.6, 0.79), (0.56, 0.55), (0.46, 0.325)], closed=False)[:-1],
                    ]
                ),
                "white, yellow, light blue, gray",
            )
        )
    else:
        parts.append(
            part(
                "emblem",
                star_outline(0.52, 0.56, 0.1, 0.042) if some(rng) else ellipse(0.52, 0.56, 0.08),
                "white, yellow, red, gold",
            )
        )
        lines += [smooth([(0.4, 0.33), (0.26, 0.5), (0.22, 0.78)], closed=False)]
    parts.append(part("button", ellipse(0.4, 0.315, 0.035, 0.025), CLOTH))
    return finished(rng, parts, lines, flips=True)


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


@kind("shoe", group="clothes")
def shoe(rng: np.random.Generator) -> Thing:
    """A sneaker with laces, or a shoe with a heel."""
    parts, lines = [], []
    if some(rng, 0.35):
        parts.append(
            part("heel", polygon((0.08, 0.5), (0.26, 0.58), (0.17, 0.93), (0.1, 0.93)), CLOTH + ", brown, gold")
        )
        parts.append(
            part(
                "inside",
                smooth([(0.08, 0.42), (0.2, 0.36), (0.5, 0.58), (0.64, 0.7), (0.5, 0.72), (0.2, 0.54)], steps=6),
                "beige, light brown, white, pink",
            )
        )
        upper = np.concatenate(
            [
                smooth([(0.06, 0.4), (0.2, 0.46), (0.42, 0.64), (0.6, 0.76), (0.66, 0.7)], closed=False),
                smooth([(0.66, 0.7), (0.82, 0.76), (0.97, 0.88), (0.9, 0.94)], closed=False)[1:],
                smooth([(0.9, 0.94), (0.62, 0.93), (0.36, 0.78), (0.16, 0.6), (0.07, 0.56)], closed=False)[1:],
            ]
        )
        parts.append(part("shoe", upper, CLOTH + ", gold", body=True))
        parts.append(part("bow", ellipse(0.72, 0.75, 0.055, 0.04, turn_deg=20), "white, yellow, red, gold, pink"))
        return finished(rng, parts, lines, says=("high heel",), flips=True)
    parts.append(
        part(
            "tongue",
            smooth([(0.34, 0.34), (0.46, 0.3), (0.56, 0.5), (0.46, 0.54)], steps=5),
            "white, gray, yellow, light blue",
        )
    )
    upper = np.concatenate(
        [
            smooth([(0.06, 0.8), (0.08, 0.56), (0.1, 0.36)], closed=False),
            smooth([(0.1, 0.36), (0.22, 0.42), (0.38, 0.36)], closed=False)[1:],
            smooth([(0.38, 0.36), (0.54, 0.54), (0.78, 0.62), (0.94, 0.7), (0.96, 0.82)], closed=False)[1:],
        ]
    )
    parts.append(part("shoe", upper, CLOTH, body=True))
    parts.append(
        part(
            "toe cap",
            smooth([(0.76, 0.82), (0.78, 0.66), (0.86, 0.65), (0.95, 0.72), (0.96, 0.82)], steps=5),
            "white, gray, yellow, red, black",
        )
    )
    form = style(rng, "star", "stripes", "heel")
    if form == "star":
        parts.append(part("star", star_outline(0.24, 0.62, 0.1, 0.042), "white, yellow, gold"))
    elif form == "stripes":
        parts += [
            part(
                "stripe",
                polygon((x + 0.07, 0.52), (x + 0.12, 0.55), (x + 0.06, 0.8), (x, 0.8)),
                "white, yellow, red, black",
            )
            for x in (0.3, 0.41)
        ]
    else:
        parts.append(
            part(
                "heel cap",
                smooth([(0.07, 0.8), (0.09, 0.56), (0.17, 0.62), (0.2, 0.8)], closed=False),
                "white, yellow, red, gray",
            )
        )
    parts.append(part("sole", box(0.04, 0.78, 0.98, 0.9, radius=0.045), "white, gray, beige, black, light brown"))
    for x, y in ((0.4, 0.42), (0.47, 0.5), (0.55, 0.56)):
        lines.append(polygon((x - 0.07, y + 0.075), (x + 0.045, y + 0.005)))
    lines += [smooth([(0.37, 0.4), (0.3, 0.3), (0.22, 0.32), (0.3, 0.38), (0.37, 0.4)], closed=False)]
    return finished(rng, parts, lines, flips=True)


@kind("boot", group="clothes")
def boot(rng: np.random.Generator) -> Thing:
    """A rubber boot, or one with laces."""
    parts, lines, laced = [], [], some(rng)
    shaft = np.concatenate(
        [
            polygon((0.2, 0.12), (0.56, 0.12), (0.57, 0.5)),
            smooth([(0.57, 0.5), (0.64, 0.62), (0.82, 0.66), (0.9, 0.78), (0.9, 0.88)], closed=False)[1:],
            polygon((0.2, 0.88), (0.17, 0.5)),
        ]
    )
    parts.append(part("boot", shaft, "red, yellow, blue, brown, black, green, pink", body=True))
    if laced:
        parts.append(
            part("tongue", polygon((0.46, 0.12), (0.56, 0.12), (0.57, 0.5), (0.47, 0.52)), "beige, gray, yellow, white")
        )
        lines += [polygon((0.42, y), (0.56, y + 0.03)) for y in (0.24, 0.32, 0.4, 0.48)]
        parts.append(part("cuff", box(0.17, 0.08, 0.6, 0.18, radius=0.03), "white, beige, gray, light brown"))
    else:
        parts.append(
            part(
                "stripe",
                polygon((0.198, 0.2), (0.562, 0.2), (0.565, 0.27), (0.194, 0.27)),
                "white, yellow, black, light blue",
            )
        )
        if some(rng):
            parts += [
                part("dot", ellipse(x, y, 0.036), "white, yellow, red, blue")
                for x, y in ((0.28, 0.38), (0.44, 0.44), (0.3, 0.56), (0.48, 0.62), (0.66, 0.74), (0.36, 0.74))
            ]
    parts.append(
        part(
            "sole",
            np.concatenate(
                [
                    box(0.14, 0.84, 0.94, 0.9, radius=0.03)[:14],
                    polygon((0.42, 0.9), (0.4, 0.95), (0.16, 0.95)),
                    box(0.14, 0.84, 0.94, 0.9, radius=0.03)[21:],
                ]
            ),
            "black, white, dark brown, gray, beige",
        )
    )
    return finished(rng, parts, lines, flips=True)


@kind("sock", group="clothes")
def sock(rng: np.random.Generator) -> Thing:
    """A sock with stripes or dots, heel and toe of another color."""
    parts, lines = [], []
    half = smooth(
        [
            (0.58, 0.14),
            (0.58, 0.46),
            (0.66, 0.58),
            (0.84, 0.68),
            (0.92, 0.8),
            (0.84, 0.92),
            (0.6, 0.9),
            (0.34, 0.78),
            (0.23, 0.6),
            (0.24, 0.14),
        ],
        closed=False,
    )
    parts.append(part("sock", half, CLOTH, body=True))
    if some(rng):
        parts += [
            part(
                "stripe",
                polygon((0.238, y), (0.582, y), (0.582, y + 0.075), (0.236, y + 0.075)),
                "white, yellow, red, light blue, pink",
            )
            for y in (0.24, 0.39)
        ]
    else:
        parts += [
            part("dot", ellipse(x, y, 0.035), "white, yellow, red, light blue, pink")
            for x, y in ((0.33, 0.28), (0.48, 0.34), (0.34, 0.44), (0.5, 0.5), (0.52, 0.66), (0.64, 0.76))
        ]
    heel = np.concatenate(
        [half[52:66], smooth([tuple(half[65]), (0.38, 0.6), (0.45, 0.7), tuple(half[52])], closed=False)[1:-1]]
    )
    toe = np.concatenate([half[25:44], smooth([tuple(half[43]), (0.68, 0.8), tuple(half[25])], closed=False)[1:-1]])
    parts += [
        part("heel", heel, "white, red, yellow, gray, blue, orange"),
        part("toe", toe, "white, red, yellow, gray, blue, orange"),
    ]
    parts.append(part("cuff", box(0.21, 0.06, 0.61, 0.19, radius=0.03), "white, red, yellow, gray, blue, green"))
    lines += [polygon((x, 0.09), (x, 0.16)) for x in np.linspace(0.27, 0.55, 6)]
    return finished(rng, parts, lines, flips=True)


@kind("glove", group="clothes")
def glove(rng: np.random.Generator) -> Thing:
    """A glove with four fingers and a thumb."""
    return _hand(rng, mitten=False)


@kind("mitten", group="clothes")
def mitten(rng: np.random.Generator) -> Thing:
    """A mitten."""
    return _hand(rng, mitten=True)


def _hand(rng: np.random.Generator, *, mitten: bool) -> Thing:
    """A glove, or a mitten, with a knitted cuff."""
    parts, lines = [], []
    thumb = smooth([(0.64, 0.74), (0.68, 0.54), (0.8, 0.4), (0.9, 0.42), (0.9, 0.52), (0.78, 0.7), (0.7, 0.8)])
    parts.append(part("thumb", thumb, CLOTH))
    if mitten:
        parts.append(
            part(
                "mitten",
                smooth(
                    [(0.22, 0.8), (0.2, 0.4), (0.27, 0.16), (0.46, 0.06), (0.64, 0.16), (0.71, 0.4), (0.7, 0.8)],
                    closed=False,
                ),
                CLOTH,
                body=True,
            )
        )
        parts.append(
            part("snowflake", star_outline(0.46, 0.44, 0.14, 0.05, 6), "white, yellow, light blue")
            if some(rng)
            else part("stripe", polygon((0.205, 0.42), (0.71, 0.42), (0.71, 0.54), (0.21, 0.54)), "white, yellow, red")
        )
    else:
        for x, y in ((0.26, 0.24), (0.39, 0.12), (0.52, 0.1), (0.645, 0.2)):
            parts.append(part("finger", box(x - 0.062, y, x + 0.062, 0.6, radius=0.06), CLOTH))
        parts.append(part("palm", box(0.195, 0.46, 0.71, 0.82, radius=0.05), CLOTH))
    parts.append(part("cuff", box(0.18, 0.77, 0.74, 0.94, radius=0.04), CLOTH))
    lines += [polygon((x, 0.8), (x, 0.91)) for x in np.linspace(0.27, 0.65, 6)]
    return finished(rng, parts, lines, flips=True)


@kind("scarf", group="clothes")
def scarf(rng: np.random.Generator) -> Thing:
    """A scarf in a loop, its end with stripes and a fringe."""
    parts, lines = [], []
    parts.append(part("loop", ellipse(0.5, 0.26, 0.36, 0.19), CLOTH))
    parts.append(part("inside", ellipse(0.5, 0.2, 0.24, 0.085), "dark gray, dark red, dark blue, brown, black"))
    end = polygon((0.52, 0.36), (0.72, 0.32), (0.8, 0.84), (0.58, 0.87))
    parts.append(part("end", end, CLOTH))
    for share in (0.35, 0.6, 0.85):
        a, b = end[0] + (end[3] - end[0]) * share, end[1] + (end[2] - end[1]) * share
        c, d = end[1] + (end[2] - end[1]) * (share + 0.1), end[0] + (end[3] - end[0]) * (share + 0.1)
        parts.append(part("stripe", np.stack([a, b, c, d]), "white, yellow, light blue, red"))
    parts.append(part("knot", smooth([(0.5, 0.3), (0.72, 0.26), (0.76, 0.42), (0.54, 0.46)], steps=5), CLOTH))
    lines += [
        polygon((0.58 + 0.22 * t, 0.87 - 0.03 * t), (0.59 + 0.22 * t, 0.94 - 0.03 * t))
        for t in np.linspace(0.05, 0.95, 7)
    ]
    return finished(rng, parts, lines, flips=True)


@kind("glasses", "spectacles", group="clothes")
def glasses(rng: np.random.Generator) -> Thing:
    """Round or square glasses, or sunglasses."""
    parts, lines, round_ones = [], [], some(rng)
    dark = some(rng)
    frame, lens = (
        "black, brown, red, gold, blue, pink, turquoise",
        "black, dark gray, dark blue, purple, brown" if dark else "light blue, white, light gray, light yellow",
    )
    for side in (-1, 1):
        parts.append(
            part(
                "temple",
                thick(
                    smooth(
                        [(0.5 + side * 0.42, 0.46), (0.5 + side * 0.47, 0.36), (0.5 + side * 0.44, 0.26)], closed=False
                    ),
                    0.04,
                ),
                frame,
            )
        )
    parts.append(part("bridge", thick(arc(0.5, 0.53, 0.09, 0.07, 190, 350), 0.045), frame))
    for x in (0.27, 0.73):
        if round_ones:
            parts += [part("frame", ellipse(x, 0.54, 0.2), frame), part("lens", ellipse(x, 0.54, 0.145), lens)]
        else:
            parts += [
                part("frame", box(x - 0.21, 0.39, x + 0.21, 0.68, radius=0.09), frame),
                part("lens", box(x - 0.155, 0.44, x + 0.155, 0.63, radius=0.06), lens),
            ]
        if not dark:
            lines += [polygon((x - 0.06, 0.56), (x + 0.02, 0.48)), polygon((x - 0.01, 0.58), (x + 0.06, 0.51))]
    return finished(rng, parts, lines, says=("sunglasses",) if dark else (), middle=True)


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


@kind("ring", group="clothes", stands=False)
def ring(rng: np.random.Generator) -> Thing:
    """A ring with a stone."""
    gold = "gold, yellow, silver"
    parts = [
        part(
            "ring",
            np.concatenate(
                [
                    arc(0.5, 0.62, 0.32, 0.32, -88, 268, num_points=60),
                    arc(0.5, 0.62, 0.25, 0.25, 268, -88, num_points=60),
                ]
            ),
            gold,
            body=True,
        )
    ]
    if some(rng):
        parts += [
            part(
                "stone",
                polygon((0.36, 0.06), (0.64, 0.06), (0.76, 0.17), (0.5, 0.38), (0.24, 0.17)),
                "light blue, red, green, purple, pink, turquoise",
            )
        ]
        lines = [
            polygon((0.24, 0.17), (0.76, 0.17)),
            polygon((0.36, 0.06), (0.42, 0.17), (0.5, 0.38), (0.58, 0.17), (0.64, 0.06)),
            polygon((0.42, 0.17), (0.5, 0.06), (0.58, 0.17)),
        ]
    else:
        parts += [
            part("setting", ellipse(0.5, 0.25, 0.19, 0.15), gold),
            part("stone", ellipse(0.5, 0.24, 0.14, 0.105), "red, blue, green, purple, turquoise"),
        ]
        lines = [arc(0.5, 0.24, 0.09, 0.06, 190, 260)]
    return finished(rng, parts, lines, middle=True)


@kind("bow tie", "bow", group="clothes", stands=False)
def bow_tie(rng: np.random.Generator) -> Thing:
    """A bow with a knot, now and then with dots or tails."""
    parts, lines = [], []
    if some(rng):
        tail = polygon((0.5, 0.5), (0.6, 0.52), (0.78, 0.86), (0.68, 0.84), (0.62, 0.92))
        parts += [part("tail", tail, CLOTH), part("tail", mirrored(tail), CLOTH)]
    wing = smooth(
        [(0.5, 0.46), (0.74, 0.28), (0.95, 0.26), (0.92, 0.46), (0.95, 0.68), (0.74, 0.66), (0.5, 0.54)], steps=6
    )
    parts += [part("bow", wing, CLOTH, body=True), part("bow", mirrored(wing), CLOTH, body=True)]
    if some(rng):
        parts += [
            part("dot", ellipse(0.5 + side * x, y, 0.036), "white, yellow, red, light blue")
            for side in (-1, 1)
            for x, y in ((0.2, 0.42), (0.22, 0.56), (0.34, 0.36), (0.35, 0.5), (0.34, 0.61))
        ]
    else:
        lines += [
            polygon((0.5 + side * 0.1, y), (0.5 + side * 0.24, z))
            for side in (-1, 1)
            for y, z in ((0.44, 0.4), (0.5, 0.5), (0.53, 0.58))
        ]
    parts.append(part("knot", box(0.42, 0.39, 0.58, 0.58, radius=0.05), CLOTH))
    return finished(rng, parts, lines, middle=True)
