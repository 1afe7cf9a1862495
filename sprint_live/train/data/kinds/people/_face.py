"""The face of a head.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._shapes import area, dot, even, eyes, smile
from sprint_live.train.data.kinds._thing import Part, arc, ellipse, smooth
from sprint_live.train.data.kinds.people._hair import at


def face_of(
    rng: np.random.Generator,
    x: float,
    y: float,
    r: float,
    skin: str,
    *,
    brows: bool = False,
    ears: bool = True,
    plain: bool = False,
) -> tuple[list[Part], list[np.ndarray]]:
    """A face with eyes, nose and mouth; plain: dots and a smile, for small figures."""
    parts = (
        [area("ear", ellipse(x + s * r * 0.97, y + r * 0.05, r * 0.2, r * 0.25), skin) for s in (-1, 1)] if ears else []
    )
    chin = rng.uniform(0.98, 1.12)
    parts.append(
        area(
            "face",
            even(
                list(map(tuple, at([(0, -1), (0.72, -0.75), (0.98, -0.1), (0.78, chin * 0.68), (0, chin)], x, y, r))),
                x=x,
            ),
            skin,
        )
    )
    lines = []
    if plain and rng.random() < 0.6:
        parts += [dot(x + s * r * 0.36, y - r * 0.05, r * 0.1, name="eye") for s in (-1, 1)]
    elif rng.random() < 0.35:
        for s in (-1, 1):
            parts.append(
                area(
                    "eye",
                    np.concatenate(
                        [
                            arc(x + s * r * 0.4, y - r * 0.1, r * 0.22, r * 0.17, 180, 360),
                            arc(x + s * r * 0.4, y - r * 0.1, r * 0.22, r * 0.12, 0, 180)[1:-1],
                        ]
                    ),
                    "white",
                    fixed=True,
                )
            )
        iris = str(rng.choice(["blue", "green", "brown", "gray"]))
        parts += [area("iris", ellipse(x + s * r * 0.4, y - r * 0.1, r * 0.12), iris) for s in (-1, 1)] + [
            dot(x + s * r * 0.4, y - r * 0.1, r * 0.055) for s in (-1, 1)
        ]
    else:
        parts += eyes(rng, [(x + s * r * 0.38, y - r * 0.08) for s in (-1, 1)], r * rng.uniform(0.14, 0.18))
    if brows:
        lines += [arc(x + s * r * 0.4, y - r * 0.25, r * 0.2, r * 0.14, 210, 330, num_points=8) for s in (-1, 1)]
    if not plain or rng.random() < 0.3:
        nose = (
            [(0.02, 0.05), (0.12, 0.24), (-0.02, 0.28)]
            if rng.random() < 0.5
            else [(-0.08, 0.22), (0.0, 0.28), (0.08, 0.22)]
        )
        lines.append(smooth(at(nose, x, y, r), closed=False, steps=5))
    if rng.random() < 0.3:
        parts += [
            area("cheek", ellipse(x + s * r * 0.55, y + r * 0.32, r * 0.15, r * 0.12), "pink", "light red")
            for s in (-1, 1)
        ]
    mouth = rng.random()
    if mouth < 0.25:
        parts.append(
            area(
                "mouth",
                np.concatenate(
                    [
                        arc(x, y + r * 0.43, r * 0.32, r * 0.28, 0, 180),
                        arc(x, y + r * 0.43, r * 0.32, r * 0.03, 180, 0)[1:-1],
                    ]
                ),
                "red",
                "dark red",
            )
        )
    elif mouth < 0.45 and not plain:
        parts.append(
            area(
                "lips",
                even(
                    list(map(tuple, at([(0, 0.47), (0.1, 0.42), (0.3, 0.52), (0.13, 0.66), (0, 0.68)], x, y, r))), x=x
                ),
                "red",
                "pink",
            )
        )
        lines.append(smooth(at([(-0.28, 0.52), (0, 0.55), (0.28, 0.52)], x, y, r), closed=False, steps=5))
    else:
        lines.append(smile(x, y + r * 0.45, r * rng.uniform(0.5, 0.8), rng.uniform(0.35, 0.7)))
    return parts, lines
