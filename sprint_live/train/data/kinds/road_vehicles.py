"""Vehicles on wheels that need no rails.

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
    panes,
    part,
    some,
    style,
    thick,
    wheel,
)
from sprint_live.train.data.kinds._thing import Part, Thing, arc, box, ellipse, kind, polygon, smooth

PAINT = "red, blue, yellow, green, orange, white, black, turquoise, pink, gray"


def _lights(front: float, back: float, y: float) -> list[Part]:
    """A headlight at the front and a red light at the back, seen from the side."""
    toward = 1 if front > back else -1
    return [
        part("headlight", ellipse(front - toward * 0.03, y, 0.025, 0.03), "yellow, white"),
        part(
            "taillight",
            box(min(back, back + toward * 0.035), y - 0.025, max(back, back + toward * 0.035), y + 0.025, radius=0.01),
            "red, orange",
        ),
    ]


def _car_front(rng: np.random.Generator) -> Thing:
    """A car that drives at us."""
    top, belt, low = rng.uniform(0.22, 0.28), rng.uniform(0.46, 0.5), 0.82
    parts = [part("wheel", box(x, 0.7, x + 0.15, 0.95, radius=0.04), "black, dark gray, gray") for x in (0.13, 0.72)]
    cabin = smooth(
        [(0.2, belt + 0.02), (0.28, top + 0.04), (0.38, top), (0.62, top), (0.72, top + 0.04), (0.8, belt + 0.02)],
        closed=False,
    )
    parts.append(part("car", cabin, PAINT, body=True))
    pane = polygon((0.27, belt), (0.33, top + 0.05), (0.67, top + 0.05), (0.73, belt))
    parts.append(part("window", pane, GLASS))
    parts.append(part("mirror", box(0.08, belt - 0.07, 0.2, belt + 0.01, radius=0.03), PAINT))
    parts.append(part("mirror", box(0.8, belt - 0.07, 0.92, belt + 0.01, radius=0.03), PAINT))
    parts.append(part("car", box(0.1, belt, 0.9, low, radius=0.09), PAINT, body=True))
    parts += [part("headlight", ellipse(x, belt + 0.13, 0.075), "yellow, white") for x in (0.22, 0.78)]
    parts.append(part("grille", box(0.36, belt + 0.08, 0.64, belt + 0.18, radius=0.02), METAL + ", black"))
    parts.append(part("bumper", box(0.07, low - 0.09, 0.93, low + 0.01, radius=0.04), "gray, silver, dark gray"))
    parts.append(part("license plate", box(0.4, low - 0.075, 0.6, low - 0.005), "white, yellow"))
    return finished(rng, parts, panes(0.36, belt + 0.08, 0.64, belt + 0.18, 5, 1), says=("front view",))


@kind("car", "automobile", group="vehicle")
def car(rng: np.random.Generator) -> Thing:
    """A sedan, a beetle, a convertible or a sports car from the side, or any car from the front."""
    form = style(rng, "sedan", "sedan", "beetle", "convertible", "sports", "front")
    if form == "front":
        return _car_front(rng)
    radius = rng.uniform(0.095, 0.115)
    axle, back, front = 0.78, rng.uniform(0.22, 0.26), rng.uniform(0.75, 0.79)
    parts, lines = [], []
    if form == "beetle":
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.05, 0.76),
                        (0.07, 0.62),
                        (0.2, 0.54),
                        (0.28, 0.36),
                        (0.46, 0.29),
                        (0.62, 0.36),
                        (0.72, 0.53),
                        (0.88, 0.58),
                        (0.95, 0.68),
                        (0.95, 0.78),
                    ],
                    closed=False,
                ),
                polygon((0.93, 0.8), (0.07, 0.8)),
            ]
        )
        windows = [
            smooth([(0.3, 0.53), (0.34, 0.41), (0.44, 0.36), (0.45, 0.53)], closed=False),
            smooth([(0.5, 0.53), (0.5, 0.36), (0.6, 0.41), (0.66, 0.53)], closed=False),
        ]
        seam = 0.475
    elif form == "convertible":
        parts.append(part("seat", box(0.3, 0.4, 0.4, 0.62, radius=0.04), "brown, red, beige, black"))
        parts.append(part("window", polygon((0.6, 0.55), (0.53, 0.37), (0.56, 0.37), (0.66, 0.55)), GLASS))
        lines.append(polygon((0.52, 0.56), (0.47, 0.46)))
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.05, 0.74),
                        (0.05, 0.62),
                        (0.1, 0.53),
                        (0.26, 0.52),
                        (0.32, 0.57),
                        (0.55, 0.57),
                        (0.62, 0.54),
                        (0.84, 0.56),
                        (0.95, 0.64),
                        (0.96, 0.76),
                    ],
                    closed=False,
                ),
                polygon((0.94, 0.8), (0.06, 0.8)),
            ]
        )
        windows, seam = [], 0.5
    elif form == "sports":
        shell = np.concatenate(
            [
                smooth(
                    [
                        (0.04, 0.76),
                        (0.04, 0.6),
                        (0.1, 0.55),
                        (0.28, 0.45),
                        (0.48, 0.42),
                        (0.62, 0.54),
                        (0.84, 0.6),
                        (0.96, 0.7),
                        (0.97, 0.78),
                    ],
                    closed=False,
                ),
                polygon((0.95, 0.81), (0.06, 0.81)),
            ]
        )
        windows = [
            smooth([(0.26, 0.56), (0.32, 0.49), (0.44, 0.47), (0.44, 0.56)], closed=False),
            smooth([(0.47, 0.56), (0.47, 0.47), (0.52, 0.5), (0.57, 0.56)], closed=False),
        ]
        parts.append(
            part(
                "spoiler",
                polygon(
                    (0.02, 0.47),
                    (0.17, 0.46),
                    (0.16, 0.5),
                    (0.12, 0.5),
                    (0.14, 0.57),
                    (0.08, 0.58),
                    (0.07, 0.51),
                    (0.02, 0.51),
                ),
                PAINT,
            )
        )
        seam = 0.455
    else:
        roof, hood = rng.uniform(0.3, 0.36), rng.uniform(0.53, 0.57)
        boxy = some(rng, 0.4)
        rear = 0.16 if boxy else 0.26
        shell = np.concatenate(
            [
                smooth([(0.05, 0.74), (0.05, hood + 0.03), (0.09, hood)], closed=False),
                smooth(
                    [
                        (rear, hood - 0.02),
                        (rear + 0.07, roof + 0.02),
                        (rear + 0.13, roof),
                        (0.55, roof),
                        (0.6, roof + 0.02),
                        (0.71, hood - 0.02),
                    ],
                    closed=False,
                ),
                smooth([(0.88, hood + 0.01), (0.95, hood + 0.05), (0.96, 0.76)], closed=False),
                polygon((0.94, 0.8), (0.06, 0.8)),
            ]
        )
        middle = (rear + 0.66) / 2
        windows = [
            polygon(
                (rear + 0.05, hood - 0.02),
                (rear + 0.11, roof + 0.05),
                (middle - 0.02, roof + 0.05),
                (middle - 0.02, hood - 0.02),
            ),
            polygon(
                (middle + 0.02, hood - 0.02), (middle + 0.02, roof + 0.05), (0.56, roof + 0.05), (0.64, hood - 0.02)
            ),
        ]
        seam = middle
    parts.append(part("car", shell, PAINT, body=True))
    parts += [part("window", pane, GLASS) for pane in windows]
    lines += [
        polygon((seam, 0.58 if form == "convertible" else 0.55), (seam, 0.78)),
        polygon((seam + 0.04, 0.63), (seam + 0.09, 0.63)),
    ]
    parts += _lights(0.955, 0.045, 0.66)
    if some(rng):
        parts += [
            part("bumper", box(0.02, 0.74, 0.13, 0.79, radius=0.02), METAL),
            part("bumper", box(0.88, 0.74, 0.99, 0.79, radius=0.02), METAL),
        ]
    for x in (back, front):
        parts += wheel(x, axle, radius)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("truck", "lorry", group="vehicle")
def truck(rng: np.random.Generator) -> Thing:
    """A truck with a box or an open load, from the side."""
    parts, lines = [], []
    load = style(rng, "box", "box", "sand", "logs", "tank")
    top, split = rng.uniform(0.28, 0.34), rng.uniform(0.6, 0.64)
    if load == "box":
        parts.append(part("cargo box", box(0.04, top, split, 0.74), "white, yellow, light blue, orange, gray"))
        if some(rng):
            parts.append(part("stripe", box(0.04, 0.5, split, 0.58), "red, blue, green, yellow"))
        else:
            lines += [polygon((x, top), (x, 0.74)) for x in (0.16, 0.29, 0.42)]
    elif load == "sand":
        parts.append(
            part(
                "sand",
                smooth([(0.06, 0.56), (0.18, 0.42), (0.32, 0.33), (0.46, 0.42), (split - 0.03, 0.56)], closed=False),
                "yellow, beige, brown, gray",
            )
        )
        parts.append(
            part(
                "cargo bed",
                polygon((0.02, 0.5), (split, 0.5), (split - 0.03, 0.74), (0.08, 0.74)),
                "yellow, orange, gray, blue",
            )
        )
        lines += [polygon((x, 0.5), (x, 0.74)) for x in (0.2, 0.35, 0.5)]
    elif load == "logs":
        for x, y in ((0.15, 0.6), (0.31, 0.6), (0.47, 0.6), (0.23, 0.46), (0.39, 0.46)):
            parts.append(part("log", ellipse(x, y, 0.08), "brown, light brown"))
            parts.append(part("", ellipse(x, y, 0.045), "beige", fixed=True))
        parts.append(part("cargo bed", box(0.04, 0.66, split, 0.74), "gray, black, brown"))
    else:
        parts.append(part("tank", box(0.04, top + 0.1, split, 0.7, radius=0.14), "silver, white, light gray, yellow"))
        parts.append(part("cargo bed", box(0.06, 0.68, split, 0.75), "gray, black"))
        lines += [polygon((x, top + 0.1), (x, 0.68)) for x in (0.22, 0.42)]
    roof = rng.uniform(0.38, 0.42)
    cab = polygon(
        (split + 0.02, 0.76),
        (split + 0.02, roof),
        (split + 0.17, roof),
        (split + 0.26, 0.56),
        (0.96, 0.58),
        (0.97, 0.76),
    )
    parts.append(part("cab", cab, PAINT, body=True))
    parts.append(
        part(
            "window",
            polygon(
                (split + 0.06, 0.55), (split + 0.06, roof + 0.04), (split + 0.155, roof + 0.04), (split + 0.22, 0.55)
            ),
            GLASS,
        )
    )
    lines += [
        polygon((split + 0.05, 0.58), (split + 0.05, 0.74)),
        polygon((split + 0.19, 0.58), (split + 0.19, 0.7)),
        polygon((split + 0.14, 0.62), (split + 0.18, 0.62)),
    ]
    parts.append(part("headlight", ellipse(0.94, 0.65, 0.022, 0.03), "yellow, white"))
    parts.append(part("bumper", box(0.06, 0.74, 0.98, 0.79, radius=0.015), "gray, dark gray, black"))
    for x in (0.16, 0.38, 0.82) if some(rng) else (0.25, 0.82):
        parts += wheel(x, 0.81, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("pickup truck", "pickup", group="vehicle")
def pickup(rng: np.random.Generator) -> Thing:
    """A pickup from the side, empty or loaded."""
    parts, lines, roof = [], [], rng.uniform(0.3, 0.36)
    if some(rng):
        for x, y in ((0.13, 0.47), (0.25, 0.46), (0.19, 0.38)):
            parts.append(part("pumpkin", ellipse(x, y, 0.075, 0.065), "orange, green, red, brown"))
    parts.append(
        part(
            "truck",
            np.concatenate(
                [
                    polygon((0.04, 0.78), (0.03, 0.5), (0.36, 0.5), (0.37, roof + 0.02), (0.4, roof), (0.56, roof)),
                    smooth([(0.58, roof + 0.01), (0.68, 0.52), (0.88, 0.54), (0.96, 0.6), (0.97, 0.78)], closed=False),
                ]
            ),
            PAINT,
            body=True,
        )
    )
    parts.append(part("window", polygon((0.41, 0.52), (0.41, roof + 0.04), (0.55, roof + 0.04), (0.64, 0.52)), GLASS))
    lines += [
        polygon((0.37, 0.5), (0.37, 0.76)),
        polygon((0.62, 0.55), (0.62, 0.74)),
        polygon((0.42, 0.6), (0.47, 0.6)),
        polygon((0.06, 0.55), (0.35, 0.55)),
    ]
    parts += _lights(0.965, 0.035, 0.63)
    parts += [part("bumper", box(x, 0.74, x + 0.12, 0.79, radius=0.02), METAL) for x in (0.0, 0.88)]
    for x in (0.2, 0.77):
        parts += wheel(x, 0.8, 0.105)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("bus", "coach", group="vehicle")
def bus(rng: np.random.Generator) -> Thing:
    """A bus from the side: a city bus, a school bus or one with two decks."""
    form, parts, lines = style(rng, "city", "school", "double"), [], []
    top = {"city": 0.36, "school": 0.36, "double": 0.18}[form]
    colors = {"city": "red, blue, green, orange, white", "school": "yellow, orange", "double": "red, blue, green"}[form]
    nose = 0.82 if form == "school" else 0.96
    if form == "school":
        parts.append(
            part(
                "bus",
                np.concatenate(
                    [
                        smooth([(0.8, 0.58), (0.92, 0.59), (0.96, 0.64), (0.97, 0.79)], closed=False),
                        polygon((0.8, 0.79)),
                    ]
                ),
                colors,
                body=True,
            )
        )
    parts.append(part("bus", box(0.03, top, nose, 0.8, radius=0.05), colors, body=True))
    rows = [0.25, 0.47] if form == "double" else [top + 0.06]
    for row in rows:
        last = row == rows[-1]
        count, end = (4, nose - 0.19) if last else (5, nose - 0.03)
        wide = (end - 0.07) / count
        for index in range(count):
            x = 0.07 + wide * index
            parts.append(part("window", box(x, row, x + wide - 0.025, row + 0.14, radius=0.015), GLASS))
    door, high = nose - 0.17, rows[-1]
    parts.append(part("door", box(door, high, door + 0.12, 0.78), "light blue, white, gray"))
    lines.append(polygon((door + 0.06, high), (door + 0.06, 0.78)))
    parts.append(part("stripe", box(0.03, 0.64, door - 0.02, 0.675), "black, white, yellow, blue"))
    parts += [
        part("headlight", ellipse(0.935, 0.7, 0.022), "white, yellow"),
        part("bumper", box(0.01, 0.77, 0.99, 0.81, radius=0.015), "gray, black"),
    ]
    for x in (0.2, 0.66):
        parts += wheel(x, 0.83, 0.085)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("van", "minibus", "camper van", group="vehicle")
def van(rng: np.random.Generator) -> Thing:
    """A van from the side, painted in two colors or in one."""
    parts, lines, top = [], [], rng.uniform(0.26, 0.32)
    shell = smooth(
        [
            (0.04, 0.7),
            (0.04, top + 0.1),
            (0.1, top + 0.01),
            (0.3, top),
            (0.62, top),
            (0.78, top + 0.03),
            (0.88, 0.5),
            (0.96, 0.58),
            (0.97, 0.72),
        ],
        closed=False,
    )
    parts.append(part("van", np.concatenate([shell, polygon((0.96, 0.79), (0.05, 0.79))]), PAINT, body=True))
    if some(rng):
        parts.append(
            part(
                "lower half",
                polygon((0.04, 0.57), (0.935, 0.57), (0.965, 0.62), (0.96, 0.79), (0.05, 0.79)),
                "white, beige, light blue, yellow, orange",
            )
        )
    for x in (0.1, 0.3, 0.5):
        parts.append(part("window", box(x, top + 0.06, x + 0.17, 0.53, radius=0.03), GLASS))
    parts.append(part("window", polygon((0.7, top + 0.06), (0.76, top + 0.06), (0.84, 0.53), (0.7, 0.53)), GLASS))
    lines += [polygon((x, 0.55), (x, 0.77)) for x in (0.485, 0.685)] + [polygon((0.63, 0.61), (0.67, 0.61))]
    parts += [*_lights(0.965, 0.035, 0.65), part("bumper", box(0.01, 0.75, 0.99, 0.8, radius=0.02), METAL + ", white")]
    if some(rng, 0.4):
        board = smooth([(0.1, top - 0.05), (0.4, top - 0.09), (0.74, top - 0.05), (0.4, top - 0.02)])
        parts.append(part("surfboard", board, "yellow, red, turquoise, orange"))
        lines += [polygon((x, top - 0.02), (x, top + 0.02)) for x in (0.25, 0.55)]
    for x in (0.22, 0.77):
        parts += wheel(x, 0.82, 0.09)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("fire truck", "fire engine", group="vehicle")
def fire_truck(rng: np.random.Generator) -> Thing:
    """A fire truck with its ladder, from the side."""
    parts, lines = [], []
    ladder = np.float32([[0.02, 0.38], [0.66, 0.38], [0.66, 0.46], [0.02, 0.46]])
    tilt = rng.uniform(0, 0.12)
    ladder[:2, 1] += np.float32([-tilt, tilt * 0.2])
    ladder[2:, 1] += np.float32([tilt * 0.2, -tilt])
    parts.append(part("truck", box(0.04, 0.5, 0.64, 0.79, radius=0.02), "red, orange", body=True))
    parts.append(
        part(
            "truck",
            polygon((0.64, 0.79), (0.64, 0.36), (0.86, 0.36), (0.95, 0.55), (0.97, 0.79)),
            "red, orange",
            body=True,
        )
    )
    parts.append(part("siren", box(0.7, 0.3, 0.8, 0.365, radius=0.025), "blue, light blue"))
    parts.append(part("ladder", ladder, "gray, yellow, white, silver"))
    for share in np.linspace(0.1, 0.9, 8):
        over, under = ladder[0] + share * (ladder[1] - ladder[0]), ladder[3] + share * (ladder[2] - ladder[3])
        lines.append(np.stack([over, under]))
    parts.append(part("window", polygon((0.79, 0.54), (0.79, 0.41), (0.84, 0.41), (0.91, 0.54)), GLASS))
    parts.append(part("window", box(0.67, 0.41, 0.76, 0.54), GLASS))
    lines += [
        polygon((0.655, 0.57), (0.655, 0.77)),
        polygon((0.775, 0.57), (0.775, 0.77)),
        polygon((0.73, 0.62), (0.765, 0.62)),
    ]
    parts.append(part("stripe", box(0.04, 0.66, 0.64, 0.7), "white, yellow"))
    if some(rng):
        parts += [
            part("hose", ellipse(0.32, 0.6, 0.055), "beige, yellow, gray"),
            detail(ellipse(0.32, 0.6, 0.022), "dark gray"),
        ]
    else:
        parts += [part("locker", box(x, 0.54, x + 0.14, 0.64), "gray, light gray, silver") for x in (0.09, 0.27, 0.45)]
    parts += [
        part("headlight", ellipse(0.94, 0.67, 0.022, 0.03), "yellow, white"),
        part("bumper", box(0.02, 0.75, 0.99, 0.8, radius=0.015), "gray, white"),
    ]
    for x in (0.2, 0.79):
        parts += wheel(x, 0.82, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("police car", group="vehicle")
def police_car(rng: np.random.Generator) -> Thing:
    """A police car from the side, with a siren and a star."""
    parts, lines = [], []
    parts.append(part("siren", box(0.4, 0.26, 0.56, 0.34, radius=0.03), "red, blue"))
    shell = np.concatenate(
        [
            polygon((0.05, 0.78), (0.05, 0.56), (0.22, 0.54), (0.31, 0.33), (0.6, 0.33), (0.72, 0.53)),
            smooth([(0.88, 0.56), (0.95, 0.6), (0.96, 0.78)], closed=False),
        ]
    )
    parts.append(part("car", shell, "white, blue, black, dark blue", body=True))
    parts.append(
        part("door", polygon((0.3, 0.56), (0.69, 0.56), (0.69, 0.77), (0.3, 0.77)), "blue, black, white, green")
    )
    parts.append(part("window", polygon((0.27, 0.53), (0.34, 0.38), (0.47, 0.38), (0.47, 0.53)), GLASS))
    parts.append(part("window", polygon((0.51, 0.53), (0.51, 0.38), (0.58, 0.38), (0.66, 0.53)), GLASS))
    parts.append(part("badge", ellipse(0.49, 0.665, 0.055), "gold, yellow, white"))
    parts += _lights(0.955, 0.045, 0.65)
    lines += [polygon((0.61, 0.6), (0.66, 0.6)), polygon((0.36, 0.6), (0.41, 0.6))]
    for x in (0.2, 0.79):
        parts += wheel(x, 0.79, 0.1)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("ambulance", group="vehicle")
def ambulance(rng: np.random.Generator) -> Thing:
    """An ambulance from the side."""
    parts, lines = [], []
    parts.append(part("siren", box(0.62, 0.21, 0.74, 0.29, radius=0.03), "blue, red"))
    parts.append(
        part(
            "ambulance",
            polygon((0.04, 0.79), (0.04, 0.28), (0.74, 0.28), (0.84, 0.52), (0.96, 0.57), (0.97, 0.79)),
            "white, yellow, light gray",
            body=True,
        )
    )
    parts.append(part("stripe", polygon((0.04, 0.62), (0.962, 0.62), (0.966, 0.69), (0.04, 0.69)), "red, orange, blue"))
    x, y, arm, thin = rng.uniform(0.2, 0.3), 0.44, 0.1, 0.033
    cross = [
        (-thin, -arm),
        (thin, -arm),
        (thin, -thin),
        (arm, -thin),
        (arm, thin),
        (thin, thin),
        (thin, arm),
        (-thin, arm),
        (-thin, thin),
        (-arm, thin),
        (-arm, -thin),
        (-thin, -thin),
    ]
    parts.append(part("cross", polygon(*[(x + a, y + b) for a, b in cross]), "red, blue"))
    parts.append(part("window", polygon((0.6, 0.54), (0.6, 0.35), (0.71, 0.35), (0.79, 0.54)), GLASS))
    parts.append(part("window", box(0.43, 0.35, 0.54, 0.54), GLASS))
    lines += [polygon((0.57, 0.3), (0.57, 0.77))]
    parts += [
        part("headlight", ellipse(0.94, 0.66, 0.022, 0.03), "yellow"),
        part("bumper", box(0.02, 0.75, 0.99, 0.8, radius=0.015), "gray, dark gray"),
    ]
    for x in (0.22, 0.78):
        parts += wheel(x, 0.82, 0.095)
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("tractor", group="vehicle")
def tractor(rng: np.random.Generator) -> Thing:
    """A tractor with a large wheel behind and a small one in front."""
    parts, lines, big = [], [], rng.uniform(0.22, 0.25)
    parts.append(part("exhaust pipe", box(0.74, 0.26, 0.785, 0.5), "gray, black, dark gray"))
    if some(rng, 0.7):
        parts.append(part("window", polygon((0.22, 0.56), (0.26, 0.2), (0.52, 0.2), (0.56, 0.56)), GLASS))
        parts.append(part("roof", box(0.18, 0.13, 0.58, 0.21, radius=0.03), "red, white, gray, yellow, black"))
        lines += [polygon((0.4, 0.21), (0.4, 0.5))]
    else:
        parts.append(
            part(
                "seat",
                smooth([(0.22, 0.3), (0.3, 0.29), (0.32, 0.44), (0.46, 0.46), (0.46, 0.53), (0.24, 0.53)]),
                "black, brown, dark gray",
            )
        )
        lines += [polygon((0.6, 0.5), (0.5, 0.36)), polygon((0.45, 0.39), (0.55, 0.32))]
    paint = "green, red, blue, orange, yellow"
    hood = np.concatenate(
        [
            smooth([(0.5, 0.46), (0.7, 0.46), (0.9, 0.48), (0.94, 0.54), (0.94, 0.72)], closed=False),
            polygon((0.3, 0.76), (0.18, 0.5)),
        ]
    )
    parts.append(part("tractor", hood, paint, body=True))
    lines += [polygon((x, 0.54), (x, 0.66)) for x in (0.7, 0.75, 0.8)]
    parts.append(part("headlight", ellipse(0.91, 0.56, 0.03), "yellow, white"))
    parts += wheel(0.3, 0.95 - big, big, hub=0.5) + wheel(0.8, 0.82, 0.13, hub=0.5)
    parts += [detail(ellipse(0.3, 0.95 - big, 0.03), "dark gray"), detail(ellipse(0.8, 0.82, 0.02), "dark gray")]
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("excavator", "digger", group="vehicle")
def excavator(rng: np.random.Generator) -> Thing:
    """An excavator on tracks, its arm stretched out."""
    paint = "yellow, orange, red, blue"
    parts = [
        part(
            "bucket",
            polygon((0.84, 0.56), (0.97, 0.6), (0.97, 0.7), (0.9, 0.8), (0.78, 0.74)),
            "gray, dark gray, black",
        )
    ]
    elbow = (rng.uniform(0.68, 0.74), rng.uniform(0.18, 0.26))
    parts.append(part("arm", thick([elbow, (0.9, 0.62)], 0.08, 0.06), paint))
    parts.append(part("arm", thick([(0.4, 0.55), elbow], 0.1, 0.08), paint))
    parts.append(detail(ellipse(*elbow, 0.035), "gray"))
    parts.append(
        part(
            "body",
            smooth([(0.03, 0.52), (0.1, 0.46), (0.3, 0.46), (0.52, 0.5), (0.54, 0.7), (0.3, 0.71), (0.05, 0.7)]),
            paint,
            body=True,
        )
    )
    parts.append(
        part("cab", polygon((0.24, 0.6), (0.24, 0.28), (0.4, 0.28), (0.48, 0.6)), "yellow, white, gray, orange")
    )
    parts.append(part("window", polygon((0.28, 0.52), (0.28, 0.33), (0.375, 0.33), (0.42, 0.52)), GLASS))
    parts.append(part("track", box(0.03, 0.73, 0.56, 0.93, radius=0.1), "black, dark gray, gray"))
    parts += [part("wheel", ellipse(x, 0.83, 0.06), "gray, light gray, yellow") for x in (0.14, 0.295, 0.45)]
    return finished(rng, parts, says=("side view",), flips=True)


@kind("bicycle", "bike", group="vehicle")
def bicycle(rng: np.random.Generator) -> Thing:
    """A bicycle from the side: rims, spokes, a frame, now and then a basket."""
    parts, lines, radius = [], [], rng.uniform(0.19, 0.21)
    rear, front, y = (0.23, 0.74), (0.77, 0.74), 0.74
    for x in (rear[0], front[0]):
        parts.append(part("wheel", ellipse(x, y, radius), "black, dark gray, brown"))
        parts.append(part("rim", ellipse(x, y, radius * 0.84), "white, light gray"))
        lines += [
            np.stack(
                [x + np.float32([0.03, radius * 0.84]) * np.cos(a), y + np.float32([0.03, radius * 0.84]) * np.sin(a)],
                1,
            )
            for a in np.arange(8) * np.pi / 4 + 0.2
        ]
    saddle, head, pedal, tube = (0.36, 0.42), (0.67, 0.42), (0.47, 0.76), 0.028
    if some(rng, 0.4):
        parts.append(
            part("basket", polygon((0.74, 0.33), (0.93, 0.33), (0.9, 0.5), (0.77, 0.5)), "brown, light brown, beige")
        )
        lines += [
            polygon((0.75, 0.39), (0.92, 0.39)),
            polygon((0.76, 0.45), (0.91, 0.45)),
            polygon((0.81, 0.33), (0.82, 0.5)),
            polygon((0.87, 0.33), (0.86, 0.5)),
        ]
    low = some(rng, 0.3)
    tubes = [(rear, pedal), (rear, saddle), (pedal, (head[0] + 0.02, head[1] + 0.08)), (saddle, pedal)]
    tubes += [] if low else [((saddle[0] + 0.02, saddle[1] + 0.06), (head[0] + 0.01, head[1] + 0.03))]
    parts += [part("frame", thick([a, b], tube), PAINT, body=True) for a, b in tubes]
    parts.append(part("frame", thick([(0.65, 0.34), front], tube), PAINT, body=True))
    parts.append(
        part(
            "handlebar",
            thick(smooth([(0.65, 0.36), (0.66, 0.3), (0.74, 0.28), (0.78, 0.33)], closed=False), 0.03),
            "black, gray, brown",
        )
    )
    parts.append(
        part(
            "saddle",
            smooth([(0.26, 0.38), (0.34, 0.365), (0.46, 0.4), (0.36, 0.44), (0.28, 0.44)]),
            "black, brown, red",
        )
    )
    parts += [
        part("gear", ellipse(*pedal, 0.05), "gray, silver"),
        detail(ellipse(*rear, 0.025), "gray"),
        detail(ellipse(*front, 0.025), "gray"),
    ]
    parts.append(part("pedal", thick([(0.47, 0.76), (0.52, 0.86)], 0.02), "black, gray"))
    parts.append(part("pedal", box(0.48, 0.85, 0.57, 0.88), "black, gray"))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("scooter", "motor scooter", group="vehicle")
def scooter(rng: np.random.Generator) -> Thing:
    """A scooter from the side."""
    parts: list[Part] = []
    for x in (0.2, 0.8):
        parts += wheel(x, 0.82, 0.125, hub=0.5)
    parts.append(part("fork", thick([(0.66, 0.3), (0.8, 0.82)], 0.05), "gray, silver, dark gray"))
    parts.append(
        part(
            "scooter",
            smooth(
                [
                    (0.06, 0.72),
                    (0.14, 0.6),
                    (0.38, 0.56),
                    (0.44, 0.76),
                    (0.58, 0.76),
                    (0.64, 0.42),
                    (0.7, 0.34),
                    (0.76, 0.42),
                    (0.7, 0.84),
                    (0.4, 0.87),
                    (0.36, 0.82),
                    (0.3, 0.72),
                    (0.14, 0.72),
                ]
            ),
            PAINT,
            body=True,
        )
    )
    parts.append(
        part(
            "mudguard",
            np.concatenate([arc(0.8, 0.8, 0.14, 0.14, 200, 340), arc(0.8, 0.8, 0.105, 0.1, 340, 200)]),
            PAINT,
        )
    )
    parts.append(
        part("seat", smooth([(0.08, 0.57), (0.14, 0.5), (0.38, 0.5), (0.42, 0.58), (0.26, 0.6)]), "black, brown, beige")
    )
    parts.append(part("handlebar", thick([(0.6, 0.27), (0.72, 0.29)], 0.035), "black, gray"))
    parts.append(part("headlight", ellipse(0.72, 0.38, 0.045), "yellow, white"))
    return finished(rng, parts, says=("side view",), flips=True)


@kind("motorcycle", "motorbike", group="vehicle")
def motorcycle(rng: np.random.Generator) -> Thing:
    """A motorcycle from the side."""
    parts, lines = [], []
    parts.append(part("fork", thick([(0.66, 0.36), (0.8, 0.75)], 0.04), "gray, silver"))
    parts.append(
        part(
            "exhaust pipe",
            thick(smooth([(0.5, 0.74), (0.44, 0.82), (0.3, 0.83), (0.06, 0.79)], closed=False), 0.05),
            "gray, silver",
        )
    )
    for x in (0.2, 0.8):
        parts += wheel(x, 0.77, 0.175, hub=0.55)
        lines += [
            np.stack([x + np.float32([0.04, 0.096]) * np.cos(a), 0.77 + np.float32([0.04, 0.096]) * np.sin(a)], 1)
            for a in np.arange(6) * np.pi / 3
        ]
        parts.append(detail(ellipse(x, 0.77, 0.035), "gray"))
    parts.append(part("engine", box(0.38, 0.6, 0.6, 0.8, radius=0.04), "gray, dark gray, silver"))
    lines += [polygon((0.42, y), (0.56, y)) for y in (0.65, 0.7, 0.75)]
    parts.append(
        part(
            "motorcycle",
            smooth([(0.36, 0.58), (0.4, 0.47), (0.56, 0.42), (0.66, 0.46), (0.62, 0.58), (0.48, 0.62)]),
            PAINT,
            body=True,
        )
    )
    parts.append(
        part(
            "seat",
            smooth([(0.1, 0.48), (0.2, 0.5), (0.32, 0.5), (0.42, 0.48), (0.42, 0.57), (0.26, 0.6), (0.14, 0.56)]),
            "black, brown",
        )
    )
    parts.append(
        part(
            "mudguard",
            np.concatenate([arc(0.2, 0.77, 0.215, 0.215, 205, 300), arc(0.2, 0.77, 0.185, 0.185, 300, 205)]),
            PAINT,
        )
    )
    parts.append(
        part(
            "handlebar",
            thick(smooth([(0.7, 0.42), (0.65, 0.33), (0.56, 0.32)], closed=False), 0.032),
            "black, gray, silver",
        )
    )
    parts.append(part("headlight", ellipse(0.73, 0.43, 0.05), "yellow, white"))
    return finished(rng, parts, lines, says=("side view",), flips=True)


@kind("wagon", "cart", group="vehicle")
def wagon(rng: np.random.Generator) -> Thing:
    """A hand cart of planks on wheels with spokes."""
    parts, lines = [part("handle", thick([(0.72, 0.66), (0.95, 0.36)], 0.04), WOOD + ", black")], []
    if some(rng):
        parts.append(
            part(
                "hay",
                smooth([(0.06, 0.5), (0.14, 0.36), (0.34, 0.28), (0.58, 0.34), (0.74, 0.5)], closed=False),
                "yellow, gold, light brown",
            )
        )
        lines += [
            polygon((x, y), (x + 0.05, y + 0.05))
            for x, y in ((0.2, 0.38), (0.34, 0.33), (0.46, 0.4), (0.58, 0.4), (0.29, 0.43))
        ]
    parts.append(
        part(
            "wagon",
            polygon((0.03, 0.48), (0.8, 0.48), (0.76, 0.72), (0.08, 0.72)),
            "red, brown, blue, light brown",
            body=True,
        )
    )
    lines += [polygon((0.05, 0.56), (0.79, 0.56)), polygon((0.06, 0.64), (0.78, 0.64))]
    for x in (0.22, 0.62):
        parts.append(part("wheel", ellipse(x, 0.79, 0.145), "black, brown, dark brown, dark gray"))
        parts.append(part("hub", ellipse(x, 0.79, 0.1), "beige, light gray, yellow"))
        lines += [
            np.stack([x + np.float32([0.03, 0.1]) * np.cos(a), 0.79 + np.float32([0.03, 0.1]) * np.sin(a)], 1)
            for a in np.arange(6) * np.pi / 3
        ]
        parts.append(detail(ellipse(x, 0.79, 0.03), "gray"))
    return finished(rng, parts, lines, flips=True)
