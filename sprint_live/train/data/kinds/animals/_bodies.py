"""What drawings of animals share: trunks on four legs, ears, faces, spikes, collars. Animals look to the right.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sprint_live.train.data.kinds._shapes import Coat, area, even, eyes, limb, loosely, petal
from sprint_live.train.data.kinds._thing import Part, arc, box, ellipse, polygon, smooth

COLLARS = ("red", "blue", "yellow", "green", "pink")
Drawn = tuple[list[Part], list[np.ndarray]]


def four_legs(
    rng: np.random.Generator, coat: Coat, a: float, b: float, leg: float, thick: float, hoof: Sequence[str] = ()
) -> list[Part]:
    """A trunk about (0, 0) with half-length a and half-depth b, above four legs; the legs are behind it."""
    parts, low, step = [], b + leg, rng.uniform(0, 0.5) * thick
    joined_legs = rng.random() < 0.5
    for far, places in ((True, (-0.42 * a, 0.78 * a)), (False, (-0.74 * a, 0.46 * a))):
        for index, x in enumerate(places):
            foot = x + (step if index == far else -step)
            if joined_legs:
                outline = limb(
                    [(x, 0.1 * b), (x * 0.97 + foot * 0.03, b + leg * 0.4), (foot, low)],
                    [thick * 1.5, thick, thick * 0.95],
                    round_end=not hoof,
                )
            else:
                outline = box(x - thick / 2, 0.1 * b, x + thick / 2, low, radius=thick * 0.3)
                foot = x
            parts.append(coat("leg", outline, 0.3))
            if hoof:
                half, top = thick * 0.52, low - min(0.06, leg * 0.25)
                parts.append(
                    area(
                        "hoof",
                        polygon(
                            (foot - half * 0.95, top),
                            (foot + half * 0.95, top),
                            (foot + half * 1.2, low + 0.005),
                            (foot - half * 1.1, low + 0.005),
                        ),
                        *hoof,
                    )
                )
    back = rng.uniform(0.85, 1.0)
    trunk = [
        (-a, -0.1 * b),
        (-0.82 * a, -0.82 * b),
        (-0.1 * a, -0.92 * b * back),
        (0.75 * a, -0.98 * b),
        (a, -0.2 * b),
        (0.85 * a, 0.72 * b),
        (0, 0.98 * b),
        (-0.82 * a, 0.8 * b),
    ]
    parts.append(coat("body", loosely(rng, trunk, 0.05 * b)))
    return parts


def pointed_ears(
    coat: Coat,
    places: Sequence[tuple[float, float, float]],
    size: float,
    inner: Sequence[str] = (),
    width: float = 0.75,
) -> list[Part]:
    """Triangular ears at (x, y, degrees from upright); with `inner`, the inside is what is called the ear."""
    parts = []
    for x, y, turn in places:
        angle = np.deg2rad(turn)
        up, side = np.float32([np.sin(angle), -np.cos(angle)]), np.float32([np.cos(angle), np.sin(angle)])
        base = np.float32([x, y])
        for scale, name in ((1.0, "ear"), (0.58, "inner")):
            outline = np.stack(
                [
                    base - side * size * width / 2 * scale,
                    base + up * size * scale,
                    base + side * size * width / 2 * scale,
                ]
            )
            if name == "ear":
                parts.append(coat("" if inner else "ear", outline, 0.0 if inner else 0.6))
            elif inner:
                parts.append(area("ear", outline + up * size * 0.12, *inner))
    return parts


def round_ears(coat: Coat, places: Sequence[tuple[float, float]], size: float, inner: Sequence[str] = ()) -> list[Part]:
    """Round ears; with `inner`, the inside is what is called the ear."""
    parts = []
    for x, y in places:
        parts.append(coat("" if inner else "ear", ellipse(x, y, size), 0.0 if inner else 0.6))
        if inner:
            parts.append(area("ear", ellipse(x, y, size * 0.58), *inner))
    return parts


def collar(x: float, y: float, half: float, tag_color: str | None = "gold", high: float = 0.045) -> list[Part]:
    """A collar below a head, with a tag now and then."""
    band = smooth([(x - half, y - high / 2), (x, y + half * 0.22 - high / 2), (x + half, y - high / 2)], closed=False)
    parts = [area("collar", np.concatenate([band, (band + np.float32([0, high]))[::-1]]), *COLLARS)]
    if tag_color:
        parts.append(area("tag", ellipse(x, y + half * 0.22 + high * 0.9, high * 0.75), tag_color, "silver"))
    return parts


def round_face(
    rng: np.random.Generator,
    coat: Coat,
    x: float,
    y: float,
    r: float,
    muzzle: tuple[str, ...],
    nose: tuple[str, ...] = ("black", "brown"),
) -> Drawn:
    """A round head with a pale muzzle: a bear's, a lion's."""
    parts = [coat("head", ellipse(x, y, r * 1.05, r), 0.1)]
    parts.append(area("muzzle", ellipse(x, y + r * 0.38, r * 0.5, r * 0.4), *muzzle))
    parts += eyes(rng, [(x + s * r * 0.4, y - r * 0.15) for s in (-1, 1)], r * 0.14, coat.color)
    parts.append(
        area(
            "nose",
            even(
                [(x, y + r * 0.12), (x + r * 0.17, y + r * 0.15), (x + r * 0.08, y + r * 0.3), (x, y + r * 0.34)], x=x
            ),
            *nose,
        )
    )
    lines = [np.float32([(x, y + r * 0.34), (x, y + r * 0.46)])]
    lines += [
        arc(x + s * r * 0.15, y + r * 0.44, r * 0.15, r * 0.14, 180 if s > 0 else 0, 20 if s > 0 else 160, num_points=8)
        for s in (-1, 1)
    ]
    return parts, lines


def upright(rng: np.random.Generator, coat: Coat, belly: tuple[str, ...]) -> list[Part]:
    """A body that sits upright, seen from the front: two arms, two legs with soles."""
    parts = [
        coat(
            "arm", limb([(s * 0.15, 0.02), (s * 0.26, 0.1), (s * rng.uniform(0.28, 0.33), 0.2)], [0.12, 0.11, 0.1]), 0.4
        )
        for s in (-1, 1)
    ]
    parts.append(coat("body", even([(0, -0.06), (0.16, 0.0), (0.22, 0.2), (0.17, 0.37), (0, 0.41)], x=0)))
    parts.append(area("belly", ellipse(0, 0.2, 0.14, 0.15), *belly))
    parts += [coat("leg", ellipse(s * 0.19, 0.36, 0.11, 0.1), 0.4) for s in (-1, 1)]
    return parts


def spikes_at(places: list[tuple[float, float, float]], colors: tuple[str, ...]) -> list[Part]:
    """Spikes along a back, at (x, y, degrees from upright)."""
    return [area("spike", petal(x, y, 0.13, 0.1, turn, sharp=True), *colors) for x, y, turn in places]
