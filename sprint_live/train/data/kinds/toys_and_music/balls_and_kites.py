"""Balls, balloons and kites.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import detail, finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, ellipse, kind, mirrored, polygon, smooth
from sprint_live.train.data.kinds.toys_and_music._paint import BRIGHT


@kind("ball", group="object")
def ball(rng: np.random.Generator) -> Thing:
    """A beach ball, a soccer ball, a basketball or one with a stripe."""
    form, parts, lines = style(rng, "beach", "soccer", "basket", "stripe"), [], []
    if form == "beach":
        turn, count = rng.uniform(0, 60), 6
        for index in range(count):
            a = turn + 360 * index / count
            piece = np.concatenate([polygon((0.42, 0.4)), arc(0.5, 0.5, 0.43, 0.43, a, a + 360 / count, num_points=16)])
            name, colors = (("panel", "red, blue, orange, green"), ("light panel", "white, yellow, light blue"))[
                index % 2
            ]
            parts.append(part(name, piece, colors))
        parts.append(part("middle", ellipse(0.42, 0.4, 0.07), "white, yellow, red"))
    elif form == "soccer":
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), "white, yellow, light gray", body=True))
        parts.append(part("patch", star_outline(0.5, 0.5, 0.15, 0.1214, 5), "black, blue, red"))
        for index in range(5):
            angle = np.deg2rad(-90 + 72 * index)
            along, aside = np.float64([np.cos(angle), np.sin(angle)]), np.float64([-np.sin(angle), np.cos(angle)])
            center = np.float64([0.5, 0.5])
            lines.append(np.stack([center + along * 0.15, center + along * 0.28]))
            rim = [center + 0.43 * np.float64([np.cos(angle + d), np.sin(angle + d)]) for d in (0.3, 0.0, -0.3)]
            parts.append(
                part(
                    "patch",
                    np.stack(
                        [
                            center + along * 0.28,
                            center + along * 0.33 + aside * 0.09,
                            *rim,
                            center + along * 0.33 - aside * 0.09,
                        ]
                    ),
                    "black, blue, red",
                )
            )
            side = np.deg2rad(-54 + 72 * index)
            lines.append(
                np.stack(
                    [center + along * 0.33 + aside * 0.09, center + 0.3 * np.float64([np.cos(side), np.sin(side)])]
                )
            )
            follower = np.deg2rad(-90 + 72 * (index + 1))
            lines.append(
                np.stack(
                    [
                        center + 0.3 * np.float64([np.cos(side), np.sin(side)]),
                        center
                        + 0.33 * np.float64([np.cos(follower), np.sin(follower)])
                        - 0.09 * np.float64([-np.sin(follower), np.cos(follower)]),
                    ]
                )
            )
        return finished(rng, parts, lines, says=("soccer",))
    elif form == "basket":
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), "orange, brown, red", body=True))
        lines += [
            polygon((0.07, 0.5), (0.93, 0.5)),
            polygon((0.5, 0.07), (0.5, 0.93)),
            arc(0.05, 0.5, 0.24, 0.34, -57, 57),
            arc(0.95, 0.5, 0.24, 0.34, 123, 237),
        ]
    else:
        parts.append(part("ball", ellipse(0.5, 0.5, 0.43), BRIGHT, body=True))
        parts.append(
            part(
                "stripe",
                np.concatenate(
                    [
                        arc(0.5, 0.5, 0.43, 0.43, -14, 14),
                        arc(0.5, 0.604, 0.417, 0.12, 0, 180, num_points=24)[1:-1],
                        arc(0.5, 0.5, 0.43, 0.43, 166, 194),
                        arc(0.5, 0.396, 0.417, 0.12, 180, 0, num_points=24)[1:-1],
                    ]
                ),
                "white, yellow, light blue",
            )
        )
        if some(rng):
            parts.append(part("star", star_outline(0.5, 0.58, 0.11, 0.046), "red, blue, orange"))
    return finished(rng, parts, lines, tilt_deg=rng.uniform(-25, 25))


@kind("balloon", group="object", stands=False)
def balloon(rng: np.random.Generator) -> Thing:
    """One balloon, a heart, or a bunch of three, each on its string."""
    parts, lines, form = [], [], style(rng, "one", "bunch", "heart")
    if form == "bunch":
        names = ("left", "right", "middle")
        for name, (x, y) in zip(names, ((0.28, 0.32), (0.72, 0.34), (0.5, 0.22)), strict=True):
            lines.append(smooth([(x, y + 0.2), ((x + 1) / 3, 0.75), (0.5, 0.95)], closed=False))
            parts += [
                part(f"{name} balloon", polygon((x, y + 0.17), (x + 0.035, y + 0.225), (x - 0.035, y + 0.225)), BRIGHT),
                part(f"{name} balloon", ellipse(x, y, 0.155, 0.185), BRIGHT),
            ]
            parts.append(detail(ellipse(x - 0.06, y - 0.07, 0.022, 0.038, turn_deg=25), "white"))
        lines[2] = polygon((0.5, 0.44), (0.5, 0.95))
        return finished(rng, parts, lines, middle=True)
    wave = rng.uniform(0.02, 0.04)
    lines.append(
        smooth([(0.5, 0.66), (0.5 - wave, 0.74), (0.5 + wave, 0.82), (0.5 - wave, 0.89), (0.5, 0.96)], closed=False)
    )
    parts.append(part("knot", polygon((0.5, 0.59), (0.545, 0.66), (0.455, 0.66)), BRIGHT))
    if form == "heart":
        half = smooth([(0.5, 0.16), (0.6, 0.06), (0.74, 0.09), (0.79, 0.24), (0.7, 0.42), (0.5, 0.62)], closed=False)
        shape = np.concatenate([half, mirrored(half)[::-1][1:-1]])
    else:
        wide = rng.uniform(0.24, 0.28)
        half = smooth(
            [(0.5, 0.05), (0.5 + wide * 0.8, 0.12), (0.5 + wide, 0.3), (0.5 + wide * 0.6, 0.5), (0.5, 0.62)],
            closed=False,
        )
        shape = np.concatenate([half, mirrored(half)[::-1][1:-1]])
    parts.append(part("balloon", shape, BRIGHT, body=True))
    parts.append(part("reflection", ellipse(0.37, 0.22, 0.035, 0.065, turn_deg=25), "white, light yellow"))
    return finished(rng, parts, lines, middle=True)


@kind("kite", group="object", stands=False)
def kite(rng: np.random.Generator) -> Thing:
    """A kite of four fields with bows on its tail."""
    parts, lines = [], []
    top, side, low, wide = 0.05, rng.uniform(0.24, 0.3), 0.66, rng.uniform(0.22, 0.28)
    tail = smooth([(0.5, low), (0.44, 0.77), (0.54, 0.89), (0.46, 1.01), (0.52, 1.13)], closed=False)
    lines.append(tail)
    four = some(rng, 0.6)
    if four:
        fields = (
            ((0.5, top), (0.5, side), (0.5 - wide, side)),
            ((0.5, top), (0.5 + wide, side), (0.5, side)),
            ((0.5 - wide, side), (0.5, side), (0.5, low)),
            ((0.5 + wide, side), (0.5, low), (0.5, side)),
        )
        for name, field in zip(
            ("upper left field", "upper right field", "lower left field", "lower right field"), fields, strict=True
        ):
            parts.append(part(name, polygon(*field), BRIGHT + ", white"))
    else:
        parts.append(
            part("kite", polygon((0.5, top), (0.5 + wide, side), (0.5, low), (0.5 - wide, side)), BRIGHT, body=True)
        )
        parts += [detail(ellipse(0.5 + dx, side + 0.04, 0.026, 0.036), "black") for dx in (-0.08, 0.08)]
        parts.append(part("nose", ellipse(0.5, side + 0.11, 0.03), "red, yellow, orange"))
        lines.append(arc(0.5, side + 0.13, 0.08, 0.07, 20, 160))
    for index in (9, 17, 25):
        x, y = (float(value) for value in tail[index])
        for sign in (-1, 1):
            parts.append(
                part(
                    "bow",
                    polygon((x, y), (x + sign * 0.055, y - 0.03), (x + sign * 0.055, y + 0.03)),
                    "red, yellow, blue, white, green, pink",
                )
            )
    return finished(
        rng,
        parts,
        lines,
        says=() if four else ("smiling",),
        tilt_deg=rng.uniform(10, 35) * (1 if some(rng) else -1),
        middle=True,
    )
