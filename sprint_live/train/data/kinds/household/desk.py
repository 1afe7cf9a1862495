"""What lies on a desk: books, letters, a globe, an hourglass.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import WOOD, finished, part, some, star_outline, style, wavy
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, mirrored, polygon, smooth


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
