"""Instruments of music.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, WOOD, detail, finished, part, some, style, thick
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

VARNISH = "brown, orange, light brown, red, dark brown, yellow"


def _waisted(upper: float, waist: float, lower: float, top: float, bottom: float) -> np.ndarray:
    """The outline of a guitar or violin about x = 0.5."""
    tall = bottom - top
    right = smooth(
        [
            (0.5, top),
            (0.5 + upper * 0.75, top + tall * 0.04),
            (0.5 + upper, top + tall * 0.2),
            (0.5 + waist, top + tall * 0.42),
            (0.5 + lower, top + tall * 0.7),
            (0.5 + lower * 0.7, top + tall * 0.96),
            (0.5, bottom),
        ],
        closed=False,
    )
    return np.concatenate([right, mirrored(right)[::-1][1:-1]])


def _head(y: float, half: float, *, pegs: int) -> list[Part]:
    """A head with pegs on both sides."""
    parts = []
    for index in range(pegs):
        for side in (-1, 1):
            parts.append(
                part(
                    "peg",
                    ellipse(0.5 + side * (half + 0.025), y + 0.035 + 0.045 * index, 0.026, 0.018),
                    "gold, black, silver, white",
                )
            )
    return [
        *parts,
        part(
            "head",
            polygon((0.5 - half, y), (0.5 + half, y), (0.5 + half * 0.75, y + 0.16), (0.5 - half * 0.75, y + 0.16)),
            WOOD + ", black",
        ),
    ]


@kind("guitar", group="object")
def guitar(rng: np.random.Generator) -> Thing:
    """An acoustic or an electric guitar with its strings."""
    electric, tilt = some(rng, 0.4), float(rng.choice([0, 35, -35]))
    parts, lines = _head(0.04, 0.055, pegs=3), []
    if electric:
        body = smooth(
            [
                (0.5, 0.62),
                (0.6, 0.58),
                (0.64, 0.52),
                (0.7, 0.56),
                (0.68, 0.7),
                (0.76, 0.82),
                (0.68, 0.94),
                (0.48, 0.95),
                (0.3, 0.93),
                (0.25, 0.8),
                (0.33, 0.68),
                (0.3, 0.54),
                (0.34, 0.49),
                (0.4, 0.58),
            ]
        )
        parts.append(part("guitar", body, "red, blue, black, white, yellow, green, purple", body=True))
        parts.append(
            part(
                "pickguard",
                smooth([(0.55, 0.64), (0.62, 0.62), (0.62, 0.74), (0.66, 0.86), (0.58, 0.89), (0.55, 0.76)], steps=5),
                "white, black, beige",
            )
        )
        parts += [
            part("pickup", box(0.43, y, 0.57, y + 0.035, radius=0.01), "black, silver, white") for y in (0.69, 0.77)
        ]
        parts += [part("dial", ellipse(x, y, 0.02), "gold, black, white") for x, y in ((0.65, 0.8), (0.62, 0.86))]
    else:
        parts.append(
            part(
                "guitar",
                _waisted(rng.uniform(0.16, 0.19), 0.13, rng.uniform(0.22, 0.26), 0.45, 0.95),
                VARNISH + ", blue",
                body=True,
            )
        )
        parts += [
            part("rosette", ellipse(0.5, 0.65, 0.085), "white, yellow, dark brown, gold"),
            detail(ellipse(0.5, 0.65, 0.06), "black"),
        ]
    parts.append(
        part("neck", box(0.465, 0.19, 0.535, 0.62 if not electric else 0.68), "dark brown, brown, black, light brown")
    )
    parts.append(part("bridge", box(0.41, 0.83, 0.59, 0.865, radius=0.01), "dark brown, black, gold"))
    lines += [polygon((x, 0.12), (x, 0.845)) for x in (0.483, 0.5, 0.517)]
    lines += [polygon((0.465, y), (0.535, y)) for y in (0.25, 0.31, 0.37, 0.43, 0.49)]
    return finished(rng, parts, lines, says=("electric",) if electric else (), tilt_deg=tilt, middle=tilt != 0)


@kind("violin", "fiddle", group="object")
def violin(rng: np.random.Generator) -> Thing:
    """A violin with its f-holes, now and then with a bow."""
    tilt, parts, lines = float(rng.choice([0, 30, -30])), [], []
    if some(rng):
        parts += [
            part("bow", thick([(0.86, 0.1), (0.83, 0.5), (0.86, 0.92)], 0.03), WOOD),
            part("frog", box(0.8, 0.8, 0.86, 0.9), "black, brown"),
        ]
        lines.append(polygon((0.83, 0.12), (0.815, 0.9)))
    parts += [
        part("peg", ellipse(0.5 + side * 0.05, y, 0.035, 0.017), "black, brown, gold")
        for y in (0.12, 0.18)
        for side in (-1, 1)
    ]
    parts += [
        part("scroll", ellipse(0.5, 0.07, 0.045), VARNISH),
        part("neck", box(0.47, 0.08, 0.53, 0.5), "black, dark brown"),
    ]
    half = smooth(
        [
            (0.5, 0.42),
            (0.58, 0.42),
            (0.68, 0.48),
            (0.68, 0.57),
            (0.61, 0.62),
            (0.61, 0.7),
            (0.71, 0.75),
            (0.73, 0.86),
            (0.64, 0.94),
            (0.5, 0.95),
        ],
        closed=False,
    )
    parts.append(part("violin", np.concatenate([half, mirrored(half)[::-1][1:-1]]), VARNISH, body=True))
    parts.append(
        part("fingerboard", polygon((0.47, 0.26), (0.53, 0.26), (0.54, 0.62), (0.46, 0.62)), "black, dark brown")
    )
    parts += [
        part("bridge", box(0.43, 0.7, 0.57, 0.725), "beige, light brown, white"),
        part("tailpiece", polygon((0.455, 0.79), (0.545, 0.79), (0.52, 0.93), (0.48, 0.93)), "black, dark brown"),
    ]
    parts.append(part("chin rest", ellipse(0.6, 0.89, 0.06, 0.035), "black, dark brown"))
    lines += [polygon((x, 0.12), (x, 0.8)) for x in (0.485, 0.5, 0.515)]
    for side in (-1, 1):
        lines.append(
            smooth(
                [
                    (0.5 + side * 0.085, 0.66),
                    (0.5 + side * 0.1, 0.68),
                    (0.5 + side * 0.085, 0.73),
                    (0.5 + side * 0.11, 0.78),
                    (0.5 + side * 0.13, 0.76),
                ],
                closed=False,
            )
        )
    return finished(rng, parts, lines, tilt_deg=tilt, middle=tilt != 0)


@kind("drum", group="object")
def drum(rng: np.random.Generator) -> Thing:
    """A drum with cords in zigzag and two sticks."""
    parts, lines = [], []
    top, low, wide = rng.uniform(0.36, 0.42), rng.uniform(0.78, 0.86), 0.38
    rims = "gold, yellow, white, brown, silver"
    parts.append(
        part(
            "drum",
            np.concatenate(
                [arc(0.5, top, wide, 0.1, 180, 0, num_points=20), arc(0.5, low, wide, 0.1, 0, 180, num_points=20)]
            ),
            "red, blue, green, orange, purple, turquoise",
            body=True,
        )
    )
    parts.append(
        part(
            "lower rim",
            np.concatenate(
                [
                    arc(0.5, low - 0.04, wide + 0.015, 0.1, 180, 0, num_points=20),
                    arc(0.5, low + 0.02, wide + 0.015, 0.1, 0, 180, num_points=20),
                ]
            ),
            rims,
        )
    )
    parts.append(
        part(
            "upper rim",
            np.concatenate(
                [
                    arc(0.5, top - 0.01, wide + 0.015, 0.1, 180, 360, num_points=20),
                    arc(0.5, top + 0.05, wide + 0.015, 0.1, 0, 180, num_points=20),
                ]
            ),
            rims,
        )
    )
    parts.append(part("drumhead", ellipse(0.5, top - 0.01, wide + 0.015, 0.1), "white, beige, light yellow"))
    xs = np.linspace(-0.97, 0.97, 2 * int(rng.integers(3, 5)) + 1)
    zigzag = [
        (0.5 + wide * x, (top + 0.055 if index % 2 == 0 else low - 0.045) + 0.1 * np.sqrt(1 - x * x))
        for index, x in enumerate(xs)
    ]
    lines.append(polygon(*zigzag))
    for a, b in (((0.3, top - 0.02), (0.06, 0.1)), ((0.62, top - 0.01), (0.9, 0.08))):
        parts += [
            part("drumstick", thick([a, b], 0.035), WOOD + ", yellow"),
            part("tip", ellipse(*a, 0.045, 0.04), WOOD + ", white, red"),
        ]
    return finished(rng, parts, lines)


@kind("piano", group="object")
def piano(rng: np.random.Generator) -> Thing:
    """An upright piano, a grand piano or a keyboard."""
    form, parts, lines = style(rng, "upright", "grand", "toy"), [], []
    wood = "black, brown, dark brown, white, red"
    if form == "grand":
        parts.append(
            part(
                "lid",
                smooth([(0.2, 0.48), (0.26, 0.16), (0.52, 0.06), (0.7, 0.2), (0.93, 0.34), (0.9, 0.48)], steps=6),
                wood,
            )
        )
        parts.append(part("prop", thick([(0.66, 0.48), (0.72, 0.3)], 0.02), "gold, brown, gray"))
        parts += [
            part("leg", polygon((x - 0.03, 0.6), (x + 0.03, 0.6), (x + 0.015, 0.93), (x - 0.015, 0.93)), wood)
            for x in (0.2, 0.56, 0.86)
        ]
        parts += [
            part("pedal", box(0.36, 0.84, 0.42, 0.9, radius=0.02), "gold, yellow"),
            part("lyre", box(0.375, 0.6, 0.405, 0.86), wood),
        ]
        parts.append(part("piano", box(0.08, 0.46, 0.94, 0.64, radius=0.03), wood, body=True))
        left, right, y, low = 0.1, 0.5, 0.52, 0.6
    elif form == "upright":
        parts += [part("leg", box(x, 0.6, x + 0.05, 0.93), wood) for x in (0.1, 0.85)]
        parts.append(part("piano", box(0.12, 0.16, 0.88, 0.92, radius=0.02), wood, body=True))
        parts.append(part("top", box(0.08, 0.11, 0.92, 0.18, radius=0.02), wood))
        if some(rng):
            parts.append(
                part(
                    "sheet music",
                    polygon((0.36, 0.24), (0.5, 0.26), (0.64, 0.24), (0.64, 0.44), (0.5, 0.46), (0.36, 0.44)),
                    "white, light yellow",
                )
            )
            lines += [polygon((0.5, 0.26), (0.5, 0.46))] + [
                polygon((x, y), (x + 0.08, y)) for x in (0.39, 0.53) for y in (0.31, 0.36, 0.4)
            ]
        parts.append(part("shelf", box(0.07, 0.62, 0.93, 0.69), wood))
        parts += [part("pedal", box(x, 0.86, x + 0.05, 0.9, radius=0.015), "gold, yellow") for x in (0.41, 0.475, 0.54)]
        left, right, y, low = 0.1, 0.9, 0.52, 0.63
    else:
        parts.append(
            part(
                "piano",
                box(0.04, 0.3, 0.96, 0.86, radius=0.06),
                "red, blue, black, purple, turquoise, pink, green",
                body=True,
            )
        )
        parts += [
            part("button", ellipse(x, 0.4, 0.03), "yellow, green, red, white, orange") for x in (0.14, 0.23, 0.32)
        ]
        parts.append(part("screen", box(0.44, 0.36, 0.66, 0.45, radius=0.01), "light blue, light green, black"))
        parts.append(part("speaker", box(0.72, 0.36, 0.9, 0.45, radius=0.02), "gray, dark gray, silver"))
        lines += [polygon((0.74, y), (0.88, y)) for y in (0.385, 0.405, 0.425)]
        left, right, y, low = 0.09, 0.91, 0.51, 0.82
    parts.append(part("key", box(left, y, right, low), "white, light yellow"))
    count = 14 if right - left > 0.6 else 10
    step = (right - left) / count
    lines += [polygon((left + step * index, y), (left + step * index, low)) for index in range(1, count)]
    for index in range(count - 1):
        if index % 7 not in (2, 6):
            x = left + step * (index + 1)
            parts.append(detail(box(x - step * 0.3, y, x + step * 0.3, y + (low - y) * 0.6), "black"))
    return finished(rng, parts, lines, says={"grand": ("grand",), "upright": (), "toy": ("toy",)}[form], flips=False)


@kind("trumpet", "horn", group="object", stands=False)
def trumpet(rng: np.random.Generator) -> Thing:
    """A trumpet with three valves."""
    brass, parts, lines = "gold, yellow, silver, red", [], []
    loop = thick(
        smooth(
            [(0.6, 0.44), (0.28, 0.44), (0.19, 0.52), (0.28, 0.62), (0.66, 0.62), (0.73, 0.55), (0.66, 0.47)],
            closed=False,
            steps=6,
        ),
        0.04,
    )
    parts.append(part("tube", loop, brass))
    parts.append(part("valve", box(0.37, 0.36, 0.43, 0.7, radius=0.015), brass + ", white"))
    parts.append(part("valve", box(0.46, 0.36, 0.52, 0.7, radius=0.015), brass + ", white"))
    parts.append(part("valve", box(0.55, 0.36, 0.61, 0.7, radius=0.015), brass + ", white"))
    parts += [part("button", ellipse(x, 0.33, 0.035, 0.022), "white, red, silver, black") for x in (0.4, 0.49, 0.58)]
    right = smooth([(0.6, 0.425), (0.76, 0.42), (0.88, 0.37), (0.95, 0.24)], closed=False)
    left = smooth([(0.95, 0.66), (0.88, 0.53), (0.76, 0.48), (0.6, 0.475)], closed=False)
    parts.append(
        part("bell", np.concatenate([polygon((0.06, 0.43)), right, left, polygon((0.06, 0.47))]), brass, body=True)
    )
    parts.append(part("opening", ellipse(0.95, 0.45, 0.045, 0.215), "gold, yellow, dark brown, orange, gray"))
    parts.append(
        part(
            "mouthpiece",
            polygon((0.02, 0.405), (0.05, 0.405), (0.1, 0.44), (0.1, 0.46), (0.05, 0.495), (0.02, 0.495)),
            brass + ", gray",
        )
    )
    if some(rng):
        for x, y in ((0.86, 0.12), (0.72, 0.2)):
            parts.append(part("note", ellipse(x, y, 0.032, 0.024, turn_deg=-20), "black, blue, red"))
            lines.append(polygon((x + 0.03, y - 0.005), (x + 0.03, y - 0.11), (x + 0.07, y - 0.08)))
    return finished(rng, parts, lines, flips=True, tilt_deg=rng.uniform(-20, 5), middle=True)


@kind("bell", group="object", stands=False)
def bell(rng: np.random.Generator) -> Thing:
    """A bell with its clapper, now and then with a bow."""
    parts, lines = [], []
    parts.append(part("clapper", ellipse(0.5, 0.85, 0.085), "gold, brown, gray, red"))
    parts.append(part("ring", thick(arc(0.5, 0.15, 0.055, 0.065, -200, 20), 0.03), "gold, brown, gray"))
    right = smooth([(0.5, 0.18), (0.62, 0.21), (0.72, 0.36), (0.76, 0.6), (0.88, 0.77)], closed=False)
    parts.append(
        part(
            "bell", np.concatenate([right, mirrored(right)[::-1][:-1]]), "gold, yellow, silver, red, orange", body=True
        )
    )
    parts.append(part("rim", box(0.1, 0.75, 0.9, 0.83, radius=0.035), "gold, yellow, orange, silver, brown"))
    if some(rng):
        loop = smooth([(0.5, 0.2), (0.36, 0.1), (0.26, 0.14), (0.26, 0.28), (0.38, 0.29)], steps=6)
        parts += [
            part("bow", loop, "red, blue, green, purple"),
            part("bow", mirrored(loop), "red, blue, green, purple"),
            part("knot", ellipse(0.5, 0.2, 0.05), "red, blue, green, purple, gold"),
        ]
    lines.append(smooth([(0.36, 0.34), (0.31, 0.46), (0.3, 0.6)], closed=False))
    return finished(rng, parts, lines, tilt_deg=float(rng.choice([0, 18, -18])), middle=True)


@kind("musical note", "note", group="object", stands=False)
def musical_note(rng: np.random.Generator) -> Thing:
    """One note with a flag, or two under a beam."""
    parts, ink = [], "black, blue, red, purple, green, dark blue"
    if some(rng):
        parts += [part("stem", box(x, 0.12, x + 0.055, 0.8), ink) for x in (0.33, 0.83)]
        parts.append(part("beam", polygon((0.33, 0.14), (0.885, 0.06), (0.885, 0.22), (0.33, 0.3)), ink))
        parts += [part("head", ellipse(x, 0.82, 0.145, 0.105, turn_deg=-20), ink) for x in (0.25, 0.75)]
    else:
        parts.append(part("stem", box(0.54, 0.08, 0.6, 0.8), ink))
        parts.append(
            part(
                "flag",
                smooth([(0.6, 0.06), (0.66, 0.22), (0.82, 0.34), (0.76, 0.56), (0.74, 0.42), (0.6, 0.3)], steps=6),
                ink,
            )
        )
        parts.append(part("head", ellipse(0.43, 0.81, 0.18, 0.125, turn_deg=-20), ink))
    return finished(rng, parts, middle=True)


@kind("xylophone", group="object")
def xylophone(rng: np.random.Generator) -> Thing:
    """Bars of all colors that grow shorter, and a mallet."""
    parts, lines = [], []
    parts += [
        part("frame", polygon((0.08, y0), (0.92, y1), (0.92, y1 + 0.06), (0.08, y0 + 0.06)), WOOD + ", white")
        for y0, y1 in ((0.38, 0.48), (0.7, 0.6))
    ]
    names = ("red", "orange", "yellow", "green", "light blue", "blue", "purple")
    for index, color in enumerate(names):
        x, half = 0.1 + 0.117 * index, 0.27 - 0.022 * index
        parts.append(part(f"{color} bar", box(x, 0.57 - half, x + 0.095, 0.57 + half, radius=0.03), color, fixed=True))
        parts += [detail(ellipse(x + 0.0475, 0.57 + side * (half - 0.06), 0.02), "white") for side in (-1, 1)]
    parts += [
        part("stick", thick([(0.44, 0.36), (0.88, 0.1)], 0.03), WOOD),
        part("mallet", ellipse(0.42, 0.37, 0.06), "red, yellow, black, blue, white"),
    ]
    return finished(rng, parts, lines, flips=True)


@kind("microphone", group="object")
def microphone(rng: np.random.Generator) -> Thing:
    """A microphone in the hand, at a slant, or on a stand."""
    stand, parts, lines = some(rng, 0.4), [], []
    if stand:
        parts += [
            part("stand", box(0.48, 0.56, 0.52, 0.92), METAL + ", black"),
            part("base", arc(0.5, 0.95, 0.18, 0.06, 180, 360), METAL + ", black"),
        ]
    low = 0.66 if stand else 0.95
    parts.append(
        part(
            "handle",
            polygon((0.4, 0.36), (0.6, 0.36), (0.555, low), (0.445, low)),
            "black, blue, red, gray, pink, purple",
        )
    )
    parts.append(part("head", ellipse(0.5, 0.22, 0.17), METAL + ", black, gold"))
    parts.append(part("ring", box(0.34, 0.32, 0.66, 0.39, radius=0.025), "gold, gray, black, silver"))
    parts.append(part("button", box(0.475, 0.46, 0.525, 0.54, radius=0.02), "red, green, white, yellow"))
    for share in (-0.5, 0, 0.5):
        half = 0.17 * np.sqrt(1 - share**2)
        if share < 0.3:
            lines.append(polygon((0.5 - half, 0.22 + 0.17 * share), (0.5 + half, 0.22 + 0.17 * share)))
        lines.append(polygon((0.5 + 0.17 * share, 0.22 - half), (0.5 + 0.17 * share, min(0.22 + half, 0.32))))
    return finished(rng, parts, lines, tilt_deg=0.0 if stand else float(rng.choice([0, 35, -35])), middle=not stand)
