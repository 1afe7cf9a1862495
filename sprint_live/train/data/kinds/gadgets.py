"""Things with a screen, a flame or a plug; things to read and to send.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import (
    GLASS,
    METAL,
    WOOD,
    detail,
    finished,
    part,
    some,
    star_outline,
    style,
    thick,
    wavy,
)
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth

CASE = "black, red, blue, gray, yellow, pink, turquoise, green, white, orange"


@kind("book", group="object")
def book(rng: np.random.Generator) -> Thing:
    """A closed book, an open one, or a pile."""
    form, parts, lines = style(rng, "closed", "open", "pile"), [], []
    paint = "red, blue, green, brown, purple, orange, yellow, turquoise"
    if form == "open":
        parts.append(
            part(
                "cover",
                polygon(
                    (0.03, 0.36), (0.97, 0.36), (0.97, 0.86), (0.54, 0.86), (0.5, 0.89), (0.46, 0.86), (0.03, 0.86)
                ),
                paint,
                body=True,
            )
        )
        page = np.concatenate(
            [
                smooth([(0.5, 0.36), (0.64, 0.27), (0.8, 0.27), (0.93, 0.31)], closed=False),
                smooth([(0.93, 0.8), (0.8, 0.76), (0.64, 0.76), (0.5, 0.85)], closed=False),
            ]
        )
        parts += [
            part("page", mirrored(page), "white, light yellow, beige"),
            part("page", page, "white, light yellow, beige"),
        ]
        for row in range(5):
            y = 0.4 + 0.075 * row
            lines.append(
                smooth([(0.12, y + 0.01), (0.22, y - 0.025), (0.34, y - 0.02), (0.44, y + 0.035)], closed=False)
            )
            lines.append(
                smooth([(0.56, y + 0.035), (0.66, y - 0.02), (0.78, y - 0.025), (0.88, y + 0.01)], closed=False)
            )
        if some(rng):
            parts.append(
                part(
                    "bookmark",
                    polygon((0.86, 0.27), (0.92, 0.29), (0.92, 0.46), (0.89, 0.42), (0.86, 0.45)),
                    "red, blue, green, yellow",
                )
            )
            lines = [line for line in lines if line[:, 0].max() < 0.5 or line[:, 1].min() > 0.44]
        return finished(rng, parts, lines, says=("open",))
    if form == "pile":
        y = 0.95
        for name in ("lower", "middle", "upper")[: int(rng.integers(2, 4))]:
            left, right, tall = rng.uniform(0.06, 0.18), rng.uniform(0.8, 0.94), rng.uniform(0.14, 0.18)
            parts.append(part(f"{name} book", box(left, y - tall, right, y, radius=0.035), paint))
            parts.append(
                part(
                    "pages", box(left + 0.08, y - tall + 0.035, right + 0.008, y - 0.035), "white, light yellow, beige"
                )
            )
            lines += [polygon((left + 0.1, y - tall * share), (right, y - tall * share)) for share in (0.4, 0.6)]
            y -= tall
        return finished(rng, parts, lines, says=("pile",), flips=True)
    parts.append(
        part(
            "pages",
            polygon((0.24, 0.86), (0.8, 0.86), (0.82, 0.89), (0.8, 0.92), (0.24, 0.92)),
            "white, light yellow, beige",
        )
    )
    parts.append(part("cover", polygon((0.2, 0.06), (0.82, 0.06), (0.82, 0.86), (0.2, 0.86)), paint, body=True))
    parts.append(
        part(
            "spine",
            np.concatenate(
                [
                    polygon((0.26, 0.06), (0.26, 0.86), (0.24, 0.89), (0.26, 0.95)),
                    smooth([(0.2, 0.95), (0.15, 0.9), (0.15, 0.12), (0.2, 0.06)], closed=False),
                ]
            ),
            paint + ", dark brown, dark blue",
        )
    )
    parts.append(part("label", box(0.36, 0.16, 0.72, 0.32, radius=0.02), "white, gold, yellow, beige"))
    lines += [
        polygon((0.42, 0.22), (0.66, 0.22)),
        polygon((0.46, 0.27), (0.62, 0.27)),
        polygon((0.26, 0.95), (0.82, 0.95)),
    ]
    parts.append(
        part("star", star_outline(0.54, 0.58, 0.15, 0.063), "gold, yellow, white")
        if some(rng)
        else part("emblem", ellipse(0.54, 0.58, 0.13), "gold, yellow, red, white")
    )
    return finished(rng, parts, lines, flips=True)


@kind("light bulb", "bulb", group="object", stands=False)
def light_bulb(rng: np.random.Generator) -> Thing:
    """A bulb with its filament and its screw, shining or not."""
    parts, lines, shines = [], [], some(rng)
    glass = smooth(
        [
            (0.41, 0.7),
            (0.38, 0.6),
            (0.27, 0.48),
            (0.26, 0.32),
            (0.36, 0.2),
            (0.5, 0.16),
            (0.64, 0.2),
            (0.74, 0.32),
            (0.73, 0.48),
            (0.62, 0.6),
            (0.59, 0.7),
        ],
        closed=False,
    )
    parts.append(
        part(
            "bulb",
            glass,
            "yellow, light yellow, orange" if shines else "white, light blue, light yellow, light gray",
            body=True,
        )
    )
    lines.append(
        smooth(
            [
                (0.45, 0.7),
                (0.43, 0.5),
                (0.4, 0.42),
                (0.46, 0.4),
                (0.47, 0.46),
                (0.5, 0.4),
                (0.53, 0.46),
                (0.54, 0.4),
                (0.6, 0.42),
                (0.57, 0.5),
                (0.55, 0.7),
            ],
            closed=False,
        )
    )
    parts.append(part("screw", box(0.4, 0.69, 0.6, 0.88, radius=0.03), METAL + ", gold"))
    lines += [polygon((0.4, y + 0.02), (0.6, y)) for y in (0.74, 0.79, 0.84)]
    parts.append(part("contact", arc(0.5, 0.88, 0.065, 0.06, 0, 180), "black, dark gray, gold"))
    if shines:
        lines += [
            np.stack([0.5 + np.float32([0.31, 0.43]) * np.cos(a), 0.38 + np.float32([0.29, 0.39]) * np.sin(a)], 1)
            for a in np.deg2rad(np.linspace(-200, 20, 8))
        ]
    return finished(rng, parts, lines, says=("shining",) if shines else (), middle=True)


@kind("candle", group="object")
def candle(rng: np.random.Generator) -> Thing:
    """A candle on a saucer, a striped one, or three in a holder."""
    parts, lines = [], []
    wax = "white, red, beige, yellow, pink, blue, light blue, green"

    def flame(x: float, y: float, size: float) -> list:
        """A flame and its core over a wick at (x, y)."""
        outer = smooth(
            [
                (x, y - size),
                (x + size * 0.3, y - size * 0.5),
                (x + size * 0.34, y - size * 0.2),
                (x, y),
                (x - size * 0.34, y - size * 0.2),
                (x - size * 0.28, y - size * 0.5),
            ]
        )
        inner = np.float32([x, y - size * 0.08]) + (outer - np.float32([x, y])) * 0.5
        return [part("flame", outer, "orange, yellow, red"), part("inner flame", inner, "yellow, light yellow, white")]

    if some(rng, 0.3):
        curve = smooth(
            [(0.18, 0.5), (0.22, 0.66), (0.36, 0.72), (0.5, 0.72), (0.64, 0.72), (0.78, 0.66), (0.82, 0.5)],
            closed=False,
        )
        parts += [
            part("holder", thick(curve, 0.05), "gold, silver, brown, black, gray"),
            part("holder", box(0.47, 0.5, 0.53, 0.9), "gold, silver, brown, black, gray"),
            part("base", arc(0.5, 0.95, 0.2, 0.09, 180, 360), "gold, silver, brown, black, gray"),
        ]
        for x, top in ((0.18, 0.28), (0.5, 0.24), (0.82, 0.28)):
            parts += [
                part("candle", box(x - 0.05, top, x + 0.05, 0.5), wax, body=True),
                part(
                    "cup",
                    polygon((x - 0.08, 0.48), (x + 0.08, 0.48), (x + 0.05, 0.55), (x - 0.05, 0.55)),
                    "gold, silver, brown, black, gray",
                ),
            ]
            lines.append(polygon((x, top), (x, top - 0.03)))
            parts += flame(x, top - 0.025, 0.17)
        return finished(rng, parts, lines)
    half, top = rng.uniform(0.1, 0.16), rng.uniform(0.36, 0.44)
    saucer = some(rng, 0.65)
    if saucer:
        parts.append(
            part("handle", thick(arc(0.78, 0.82, 0.11, 0.1, -140, 140), 0.045), "gold, gray, brown, red, blue")
        )
        parts.append(part("saucer", ellipse(0.5, 0.87, 0.36, 0.075), "gold, gray, brown, red, blue"))
    parts.append(
        part(
            "candle",
            np.concatenate([polygon((0.5 - half, top), (0.5 + half, top)), arc(0.5, 0.86, half, 0.04, 0, 180)]),
            wax,
            body=True,
        )
    )
    if some(rng):
        for y in (top + 0.16, top + 0.32):
            parts.append(
                part(
                    "stripe",
                    polygon((0.5 - half, y), (0.5 + half, y - 0.06), (0.5 + half, y + 0.01), (0.5 - half, y + 0.07)),
                    "white, red, yellow, gold, light blue",
                )
            )
    else:
        drip = np.concatenate(
            [
                polygon((0.5 - half, top)),
                polygon((0.5 + half, top)),
                smooth(
                    [
                        (0.5 + half, top + 0.16),
                        (0.5 + half * 0.72, top + 0.2),
                        (0.5 + half * 0.5, top + 0.08),
                        (0.5, top + 0.06),
                        (0.5 - half * 0.2, top + 0.14),
                        (0.5 - half * 0.5, top + 0.13),
                        (0.5 - half * 0.6, top + 0.07),
                        (0.5 - half, top + 0.1),
                    ],
                    closed=False,
                ),
            ]
        )
        parts.append(part("wax", drip, "white, light yellow, beige, light red, light pink"))
    parts.append(part("top", ellipse(0.5, top, half, 0.032), "white, light yellow, beige, orange"))
    lines.append(polygon((0.5, top), (0.5, top - 0.07)))
    parts += flame(0.5, top - 0.04, 0.27)
    return finished(rng, parts, lines, flips=True)


@kind("camera", group="object")
def camera(rng: np.random.Generator) -> Thing:
    """A camera with a lens, a flash and a button."""
    parts, lines = [], []
    parts.append(part("button", box(0.68, 0.22, 0.82, 0.3, radius=0.02), "red, gray, silver, yellow"))
    parts.append(
        part(
            "viewfinder",
            polygon((0.36, 0.3), (0.41, 0.17), (0.59, 0.17), (0.64, 0.3)),
            "gray, black, silver, dark gray",
        )
    )
    parts.append(part("camera", box(0.06, 0.28, 0.94, 0.86, radius=0.07), CASE, body=True))
    if some(rng, 0.7):
        parts.append(
            part(
                "band",
                polygon((0.06, 0.46), (0.94, 0.46), (0.94, 0.72), (0.06, 0.72)),
                "black, brown, gray, white, dark gray",
            )
        )
    radius = rng.uniform(0.19, 0.22)
    parts += [
        part("ring", ellipse(0.5, 0.59, radius), METAL + ", white, black"),
        part("lens", ellipse(0.5, 0.59, radius * 0.74), "light blue, blue, black, dark blue, purple"),
        part("middle of the lens", ellipse(0.5, 0.59, radius * 0.4), "black, dark blue, blue, turquoise"),
        detail(ellipse(0.45, 0.54, 0.027), "white"),
    ]
    parts.append(part("flash", box(0.13, 0.33, 0.28, 0.42, radius=0.02), "yellow, white, light yellow"))
    parts.append(part("light", ellipse(0.83, 0.37, 0.028), "red, green, orange"))
    return finished(rng, parts, lines)


@kind("telephone", "phone", group="object")
def telephone(rng: np.random.Generator) -> Thing:
    """An old telephone with a dial, or a mobile phone."""
    parts, lines, paint = [], [], "red, black, blue, green, yellow, pink, turquoise, orange"
    if some(rng, 0.45):
        parts.append(
            part("phone", box(0.27, 0.05, 0.73, 0.95, radius=0.07), "black, white, blue, pink, gray, gold", body=True)
        )
        parts.append(part("screen", box(0.31, 0.14, 0.69, 0.82), "light blue, blue, white, black, purple"))
        for row in range(3):
            for column, x in enumerate((0.36, 0.465, 0.57)):
                y = 0.2 + 0.13 * row
                parts.append(
                    part(
                        ("first", "second", "third")[column] + " icon",
                        box(x, y, x + 0.075, y + 0.075, radius=0.02),
                        "red, yellow, green, orange, purple, pink, turquoise",
                    )
                )
        parts += [
            part("button", ellipse(0.5, 0.885, 0.034), "white, gray, light gray, silver"),
            detail(box(0.44, 0.085, 0.56, 0.107, radius=0.01), "gray"),
        ]
        return finished(rng, parts, lines, says=("mobile",))
    base = np.concatenate(
        [
            smooth([(0.3, 0.36), (0.7, 0.36), (0.76, 0.5), (0.92, 0.8), (0.9, 0.9)], closed=False),
            smooth([(0.1, 0.9), (0.08, 0.8), (0.24, 0.5), (0.3, 0.36)], closed=False),
        ]
    )
    parts.append(
        part(
            "hook",
            polygon(
                (0.34, 0.26),
                (0.4, 0.26),
                (0.4, 0.32),
                (0.6, 0.32),
                (0.6, 0.26),
                (0.66, 0.26),
                (0.64, 0.42),
                (0.36, 0.42),
            ),
            "gold, gray, black, silver",
        )
    )
    parts.append(part("telephone", base, paint, body=True))
    handset = smooth(
        [
            (0.06, 0.36),
            (0.1, 0.2),
            (0.3, 0.12),
            (0.5, 0.1),
            (0.7, 0.12),
            (0.9, 0.2),
            (0.94, 0.36),
            (0.84, 0.4),
            (0.74, 0.36),
            (0.72, 0.26),
            (0.5, 0.22),
            (0.28, 0.26),
            (0.26, 0.36),
            (0.16, 0.4),
        ],
        steps=5,
    )
    parts.append(part("handset", handset, paint))
    parts += [
        part("dial", ellipse(0.5, 0.64, 0.19), "white, gold, gray, light yellow"),
        part("middle of the dial", ellipse(0.5, 0.64, 0.07), "red, white, black, gold, light blue"),
    ]
    parts += [
        detail(ellipse(0.5 + 0.128 * np.cos(a), 0.64 + 0.128 * np.sin(a), 0.026), "dark gray")
        for a in np.deg2rad(np.linspace(60, 340, 9))
    ]
    return finished(rng, parts, lines)


@kind("laptop", group="object")
def laptop(rng: np.random.Generator) -> Thing:
    """A laptop, open."""
    return _computer(rng, folds=True)


@kind("computer", group="object")
def computer(rng: np.random.Generator) -> Thing:
    """A screen with a keyboard and a mouse."""
    return _computer(rng, folds=False)


def _computer(rng: np.random.Generator, *, folds: bool) -> Thing:
    """A laptop, or a computer on a desk, and what its screen shows."""
    parts, lines, case = [], [], "gray, silver, black, white, light gray, blue, pink"
    screen = "light blue, blue, white, green, black, purple"
    if folds:
        parts += [
            part("lid", box(0.17, 0.18, 0.83, 0.66, radius=0.03), case),
            part("screen", box(0.21, 0.22, 0.79, 0.62), screen),
        ]
        parts.append(
            part(
                "base",
                polygon((0.17, 0.66), (0.83, 0.66), (0.97, 0.88), (0.95, 0.92), (0.05, 0.92), (0.03, 0.88)),
                case,
            )
        )
        parts.append(
            part(
                "keyboard",
                polygon((0.2, 0.69), (0.8, 0.69), (0.86, 0.79), (0.14, 0.79)),
                "black, dark gray, white, light gray",
            )
        )
        lines += [polygon((0.17, 0.74), (0.83, 0.74))] + [
            polygon((0.5 + x * 0.6, 0.69), (0.5 + x * 0.72, 0.79)) for x in np.linspace(-0.4, 0.4, 9)
        ]
        parts.append(
            part("touchpad", polygon((0.42, 0.81), (0.58, 0.81), (0.6, 0.87), (0.4, 0.87)), "light gray, gray, white")
        )
        left, top, right, low = 0.21, 0.22, 0.79, 0.62
    else:
        parts += [
            part("stand", polygon((0.43, 0.62), (0.57, 0.62), (0.6, 0.76), (0.4, 0.76)), case),
            part("foot", box(0.32, 0.73, 0.68, 0.78, radius=0.02), case),
        ]
        parts += [
            part("frame", box(0.14, 0.1, 0.86, 0.65, radius=0.03), case),
            part("screen", box(0.18, 0.14, 0.82, 0.57), screen),
        ]
        parts.append(
            part(
                "keyboard",
                polygon((0.14, 0.82), (0.76, 0.82), (0.8, 0.93), (0.1, 0.93)),
                "white, light gray, gray, black",
            )
        )
        lines += [polygon((0.12, 0.875), (0.78, 0.875))] + [
            polygon((0.45 + x, 0.82), (0.45 + x * 1.12, 0.93)) for x in np.linspace(-0.24, 0.24, 8)
        ]
        parts.append(part("mouse", ellipse(0.89, 0.88, 0.05, 0.055), "white, gray, black, red"))
        lines.append(polygon((0.89, 0.825), (0.89, 0.87)))
        left, top, right, low = 0.18, 0.14, 0.82, 0.57
    form = style(rng, "window", "picture", "text")
    if form == "window":
        parts += [
            part("window", box(left + 0.08, top + 0.07, right - 0.08, low - 0.07), "white, light yellow, light gray"),
            part("title bar", box(left + 0.08, top + 0.07, right - 0.08, top + 0.14), "red, blue, orange, green"),
        ]
    elif form == "picture":
        parts += [
            part(
                "hill",
                smooth(
                    [
                        (left, low),
                        (left + 0.04, low - 0.12),
                        (left + 0.2, low - 0.2),
                        (left + 0.36, low - 0.1),
                        (right - 0.1, low - 0.16),
                        (right, low),
                    ],
                    closed=False,
                    steps=5,
                ).clip([left, 0], [right, low]),
                "green, light green, brown",
            ),
            part("sun", ellipse(right - 0.14, top + 0.11, 0.06), "yellow, orange"),
        ]
    else:
        lines += [
            polygon((left + 0.06, top + y), (left + 0.06 + wide, top + y))
            for y, wide in ((0.09, 0.34), (0.17, 0.42), (0.25, 0.28), (0.33, 0.38))
        ]
    return finished(rng, parts, lines)


@kind("television", "tv", group="object")
def television(rng: np.random.Generator) -> Thing:
    """An old television with antennas and knobs, or a flat one."""
    parts, lines = [], []
    if some(rng, 0.65):
        lines += [polygon((0.47, 0.26), (0.3, 0.06)), polygon((0.53, 0.26), (0.7, 0.06))]
        parts += [part("knob of the antenna", ellipse(x, 0.055, 0.024), "red, gold, gray, black") for x in (0.3, 0.7)]
        parts += [
            part(
                "foot",
                polygon((x - 0.035, 0.84), (x + 0.035, 0.84), (x + dx, 0.95), (x + dx - 0.03, 0.95)),
                WOOD + ", black",
            )
            for x, dx in ((0.22, -0.02), (0.78, 0.05))
        ]
        parts.append(part("antenna foot", arc(0.5, 0.27, 0.1, 0.06, 180, 360), "gray, black, brown"))
        parts.append(
            part(
                "television",
                box(0.07, 0.26, 0.93, 0.86, radius=0.07),
                "brown, red, orange, turquoise, yellow, gray, light brown, blue",
                body=True,
            )
        )
        parts.append(
            part("screen", box(0.14, 0.33, 0.68, 0.79, radius=0.1), "light blue, gray, white, light green, dark gray")
        )
        parts += [part("knob", ellipse(0.81, y, 0.048), "gold, black, white, gray") for y in (0.42, 0.55)]
        lines += [polygon((0.75, y), (0.87, y)) for y in (0.66, 0.7, 0.74, 0.78)] + [
            polygon((0.24, 0.52), (0.34, 0.42)),
            polygon((0.27, 0.58), (0.41, 0.44)),
        ]
    else:
        parts += [
            part("stand", box(0.45, 0.7, 0.55, 0.86), "gray, black, silver"),
            part("foot", box(0.28, 0.84, 0.72, 0.9, radius=0.02), "gray, black, silver"),
        ]
        parts += [
            part("television", box(0.03, 0.16, 0.97, 0.74, radius=0.02), "black, gray, white, dark gray", body=True),
            part("screen", box(0.07, 0.2, 0.93, 0.69), "light blue, blue, dark blue, purple"),
        ]
        if some(rng, 0.7):
            parts += [
                part(
                    "hill",
                    smooth(
                        [(0.07, 0.6), (0.22, 0.5), (0.44, 0.58), (0.66, 0.48), (0.93, 0.6), (0.93, 0.69), (0.07, 0.69)],
                        steps=5,
                    ).clip([0.07, 0.2], [0.93, 0.69]),
                    "green, yellow, brown",
                ),
                part("sun", ellipse(0.74, 0.34, 0.075), "yellow, orange, white"),
            ]
    return finished(rng, parts, lines)


@kind("radio", group="object")
def radio(rng: np.random.Generator) -> Thing:
    """A radio with a loudspeaker or two, a handle and an antenna."""
    parts, lines = [], [polygon((0.84, 0.36), (0.97, 0.06))]
    parts.append(
        part(
            "handle",
            thick(smooth([(0.24, 0.4), (0.26, 0.24), (0.5, 0.21), (0.74, 0.24), (0.76, 0.4)], closed=False), 0.05),
            "black, gray, brown, gold",
        )
    )
    parts.append(part("radio", box(0.05, 0.36, 0.95, 0.9, radius=0.06), CASE + ", brown", body=True))
    for x in (0.24, 0.76) if some(rng) else (0.26,):
        parts += [
            part("loudspeaker", ellipse(x, 0.66, 0.16), "gray, black, dark gray, white, beige"),
            part("cone", ellipse(x, 0.66, 0.085), "black, gray, red, yellow, brown"),
        ]
    two = sum(item.name == "cone" for item in parts) == 2
    left, right = (0.42, 0.58) if two else (0.48, 0.88)
    parts.append(part("scale", box(left, 0.44, right, 0.55, radius=0.015), "yellow, white, light blue, light green"))
    lines.append(polygon((left + 0.06, 0.44), (left + 0.06, 0.55)))
    parts += [
        part("knob", ellipse(x, 0.7, 0.045 if two else 0.065), "gold, white, silver, red, gray")
        for x in ((0.455, 0.55) if two else (0.57, 0.78))
    ]
    return finished(rng, parts, lines, flips=True)


@kind("envelope", "letter", group="object", stands=False)
def envelope(rng: np.random.Generator) -> Thing:
    """A closed letter with a seal, or its front with a stamp."""
    parts, lines = (
        [
            part(
                "envelope",
                box(0.05, 0.22, 0.95, 0.8, radius=0.015),
                "white, beige, light yellow, light blue, pink, red",
                body=True,
            )
        ],
        [],
    )
    if some(rng, 0.65):
        lines += [polygon((0.05, 0.8), (0.4, 0.48)), polygon((0.95, 0.8), (0.6, 0.48))]
        parts.append(
            part(
                "flap",
                polygon((0.05, 0.22), (0.95, 0.22), (0.5, rng.uniform(0.54, 0.6))),
                "white, beige, light yellow, light blue, pink, red",
            )
        )
        half = smooth([(0.5, 0.5), (0.55, 0.45), (0.61, 0.5), (0.5, 0.63)], closed=False)
        parts.append(
            part("seal", ellipse(0.5, 0.55, 0.075), "red, gold, purple")
            if some(rng)
            else part("heart", np.concatenate([half, mirrored(half)[::-1][1:-1]]), "red, pink, purple")
        )
    else:
        edge = [0.74 + 0.16 * index / 6 for index in range(7)]
        parts.append(
            part(
                "stamp",
                polygon(
                    *[(x, 0.28 + (0.012 if index % 2 else 0)) for index, x in enumerate(edge)],
                    *[(x, 0.46 + (0.012 if index % 2 else 0)) for index, x in enumerate(edge[::-1])],
                ),
                "red, blue, green, orange",
            )
        )
        parts.append(part("picture", ellipse(0.82, 0.375, 0.045), "yellow, white, light blue"))
        lines += [polygon((0.3, y), (right, y)) for y, right in ((0.52, 0.66), (0.6, 0.72), (0.68, 0.58))] + [
            polygon((0.1, 0.3), (0.32, 0.3)),
            polygon((0.1, 0.36), (0.26, 0.36)),
        ]
        lines += [wavy(0.5, 0.7, y, 0.012, 2) for y in (0.31, 0.36, 0.41)]
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-12, 12), middle=True)


@kind("flashlight", "torch", group="object", stands=False)
def flashlight(rng: np.random.Generator) -> Thing:
    """A flashlight, with its beam or without."""
    parts, shines = [], some(rng)
    if shines:
        parts.append(
            part("beam", polygon((0.56, 0.38), (1.0, 0.2), (1.0, 0.8), (0.56, 0.62)), "yellow, light yellow, white")
        )
    parts.append(
        part("grip", box(0.04, 0.42, 0.42, 0.58, radius=0.03), "red, blue, black, yellow, green, gray", body=True)
    )
    parts.append(
        part("head", polygon((0.4, 0.42), (0.54, 0.34), (0.54, 0.66), (0.4, 0.58)), "gray, black, silver, red, yellow")
    )
    parts.append(part("rim", box(0.53, 0.32, 0.59, 0.68, radius=0.015), "silver, gray, gold, black"))
    if not shines:
        parts.append(part("lens", arc(0.59, 0.5, 0.05, 0.15, -90, 90), GLASS + ", yellow"))
    parts.append(part("switch", box(0.26, 0.45, 0.36, 0.51, radius=0.02), "white, yellow, red, black"))
    return finished(rng, parts, flips=True, tilt_deg=rng.uniform(-25, 25), middle=True)


@kind("lantern", group="object")
def lantern(rng: np.random.Generator) -> Thing:
    """A lantern with a flame behind glass, or one of paper."""
    parts, lines = [], []
    if some(rng, 0.6):
        metal = "black, dark gray, gold, brown, red, green"
        parts.append(part("handle", thick(arc(0.5, 0.24, 0.15, 0.17, 170, 370, num_points=24), 0.03), metal))
        parts += [
            part("roof", polygon((0.42, 0.18), (0.58, 0.18), (0.76, 0.36), (0.24, 0.36)), metal),
            part(
                "glass",
                polygon((0.28, 0.36), (0.72, 0.36), (0.68, 0.82), (0.32, 0.82)),
                "light yellow, light blue, white, yellow",
                body=True,
            ),
        ]
        parts += [
            part("candle", box(0.44, 0.66, 0.56, 0.82), "white, red, beige"),
            part("flame", smooth([(0.5, 0.44), (0.555, 0.56), (0.5, 0.65), (0.445, 0.56)]), "orange, red, yellow"),
        ]
        parts.append(part("base", box(0.25, 0.81, 0.75, 0.94, radius=0.02), metal))
        lines += [polygon((0.39, 0.36), (0.4, 0.82)), polygon((0.61, 0.36), (0.6, 0.82))]
        return finished(rng, parts, lines)
    lines.append(polygon((0.5, 0.05), (0.5, 0.16)))
    parts.append(
        part("tassel", polygon((0.47, 0.78), (0.53, 0.78), (0.55, 0.96), (0.45, 0.96)), "yellow, gold, red, orange")
    )
    parts.append(part("lantern", ellipse(0.5, 0.47, 0.38, 0.3), "red, orange, yellow, pink, purple, green", body=True))
    parts += [
        part("cap", box(0.36, y, 0.64, y + 0.07, radius=0.02), "gold, yellow, black, brown") for y in (0.14, 0.74)
    ]
    lines += [
        np.stack([0.5 + 0.38 * share * np.sin(t), 0.47 - 0.26 * np.cos(t)], 1)
        for share in (-0.66, -0.25, 0.25, 0.66)
        for t in (np.linspace(0.28, np.pi - 0.28, 16),)
    ]
    return finished(rng, parts, lines, says=("paper",), middle=True)


@kind("globe", group="object")
def globe(rng: np.random.Generator) -> Thing:
    """A globe on a stand."""
    parts = [
        part("base", arc(0.5, 0.95, 0.24, 0.07, 180, 360), WOOD + ", gold, black"),
        part("stand", box(0.47, 0.8, 0.53, 0.91), WOOD + ", gold, black"),
    ]
    parts.append(
        part(
            "arm",
            np.concatenate(
                [
                    arc(0.5, 0.45, 0.42, 0.42, -60, 130, num_points=40),
                    arc(0.5, 0.45, 0.37, 0.37, 130, -60, num_points=40),
                ]
            ),
            "gold, brown, gray, black",
        )
    )
    parts.append(part("ocean", ellipse(0.5, 0.45, 0.34), "blue, light blue, turquoise", body=True))
    for points in (
        [(0.24, 0.32), (0.36, 0.2), (0.48, 0.24), (0.44, 0.36), (0.36, 0.44), (0.28, 0.42)],
        [(0.4, 0.5), (0.5, 0.52), (0.5, 0.64), (0.44, 0.72), (0.38, 0.62)],
        [(0.6, 0.3), (0.72, 0.3), (0.78, 0.44), (0.72, 0.6), (0.62, 0.58), (0.58, 0.44)],
    ):
        parts.append(part("land", smooth(points), "green, light green, brown, yellow"))
    return finished(rng, parts, [], flips=True)


@kind("hourglass", group="object")
def hourglass(rng: np.random.Generator) -> Thing:
    """An hourglass whose sand runs."""
    parts, wood = [], WOOD + ", gold, black"
    parts += [part("post", box(x, 0.12, x + 0.045, 0.88), wood) for x in (0.22, 0.735)]
    right = smooth([(0.7, 0.13), (0.7, 0.28), (0.53, 0.48), (0.53, 0.52), (0.7, 0.72), (0.7, 0.87)], closed=False)
    parts.append(
        part("glass", np.concatenate([right, mirrored(right)[::-1]]), "light blue, white, light gray", body=True)
    )
    sand = "yellow, orange, beige, pink, turquoise, gold"
    level = rng.uniform(0.24, 0.32)
    upper = right[(right[:, 1] > level) & (right[:, 1] < 0.49)] - np.float32([0.025, 0])
    parts.append(part("sand", np.concatenate([upper, mirrored(upper)[::-1]]), sand))
    parts.append(
        part(
            "sand",
            smooth([(0.34, 0.86), (0.4, 0.8), (0.5, rng.uniform(0.66, 0.74)), (0.6, 0.8), (0.66, 0.86)], closed=False),
            sand,
        )
    )
    parts += [part("top" if y < 0.5 else "base", box(0.16, y, 0.84, y + 0.09, radius=0.02), wood) for y in (0.05, 0.86)]
    return finished(rng, parts, [polygon((0.5, 0.49), (0.5, 0.68))])


@kind("trash can", "garbage can", group="object")
def trash_can(rng: np.random.Generator) -> Thing:
    """A can with ribs and a lid."""
    parts, paint = [], "gray, silver, green, blue, dark gray, yellow"
    foot = rng.uniform(0.19, 0.26)
    parts.append(part("handle", thick(arc(0.5, 0.18, 0.08, 0.08, 180, 360), 0.035), "black, gray, dark gray"))
    parts.append(
        part("can", polygon((0.22, 0.3), (0.78, 0.3), (0.5 + foot, 0.95), (0.5 - foot, 0.95)), paint, body=True)
    )
    parts.append(
        part("lid", np.concatenate([arc(0.5, 0.26, 0.32, 0.1, 180, 360), polygon((0.82, 0.33), (0.18, 0.33))]), paint)
    )
    return finished(rng, parts, [polygon((0.5 + x, 0.38), (0.5 + x * 0.85, 0.89)) for x in (-0.18, -0.06, 0.06, 0.18)])
