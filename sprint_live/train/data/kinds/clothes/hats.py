"""Hats and caps.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import finished, part, some, star_outline, style
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth
from sprint_live.train.data.kinds.clothes._cloth import CLOTH


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
