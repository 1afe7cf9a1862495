"""Short words with which the programs of buildings, vehicles and objects are written.

Knows: numpy, the form of a thing.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sprint_live.train.data.kinds._thing import Part, Thing, ellipse, mirrored, polygon, turned

METAL = "gray, light gray, silver"
GLASS = "light blue, blue, white"
WOOD = "brown, light brown, dark brown"


def part(name: str, outline_xy: np.ndarray, colors: str = "", *, body: bool = False, fixed: bool = False) -> Part:
    """A part whose colors are written as one text, "red, dark blue"; "" for any color."""
    words = tuple(word.strip() for word in colors.split(",")) if colors else ()
    return Part(name=name, outline_xy=np.asarray(outline_xy, np.float32), colors=words, body=body, fixed=fixed)


def detail(outline_xy: np.ndarray, color: str) -> Part:
    """A detail without a name, always of one color."""
    return part("", outline_xy, color, fixed=True)


def some(rng: np.random.Generator, share: float = 0.5) -> bool:
    """Whether an optional part is there."""
    return bool(rng.random() < share)


def style(rng: np.random.Generator, *names: str) -> str:
    """One of the names."""
    return names[int(rng.integers(len(names)))]


def finished(
    rng: np.random.Generator,
    parts: Sequence[Part],
    lines: Sequence[np.ndarray] = (),
    *,
    says: tuple[str, ...] = (),
    flips: bool = False,
    tilt_deg: float = 0.0,
    middle: bool = False,
) -> Thing:
    """The thing fit into the unit square: turned, half of the time mirrored, its feet at 0.95 or in the middle."""
    flipped = flips and some(rng)
    outlines = [turned(item.outline_xy, tilt_deg, (0.5, 0.5)) for item in parts]
    strokes = [turned(item, tilt_deg, (0.5, 0.5)) for item in lines]
    if flipped:
        outlines, strokes = [mirrored(item) for item in outlines], [mirrored(item) for item in strokes]
    points = np.concatenate([*outlines, *strokes])
    low, high = points.min(0), points.max(0)
    size = high - low
    scale = min(0.92 / size[0], 0.9 / size[1])
    offset = np.float32([0.5, 0.5]) - scale * (low + high) / 2
    if not middle:
        offset[1] = max(0.95 - scale * high[1], 0.05 - scale * low[1])
    placed = [
        Part(
            name=item.name,
            outline_xy=(outline * scale + offset).astype(np.float32),
            colors=item.colors,
            body=item.body,
            fixed=item.fixed,
        )
        for item, outline in zip(parts, outlines, strict=True)
    ]
    return Thing(
        parts=tuple(placed), lines=tuple((item * scale + offset).astype(np.float32) for item in strokes), says=says
    )


def thick(
    points: Sequence[tuple[float, float]] | np.ndarray, width: float, end_width: float | None = None
) -> np.ndarray:
    """A band about an open line, its width going from `width` to `end_width`, with flat ends."""
    line = np.asarray(points, np.float64)
    step = np.gradient(line, axis=0)
    step /= np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9)
    half = np.linspace(width, width if end_width is None else end_width, len(line))[:, None] / 2
    aside = np.stack([-step[:, 1], step[:, 0]], 1) * half
    return np.concatenate([line + aside, (line - aside)[::-1]]).astype(np.float32)


def panes(left: float, top: float, right: float, bottom: float, columns: int = 2, rows: int = 2) -> list[np.ndarray]:
    """The bars of a window."""
    upright = [left + (right - left) * index / columns for index in range(1, columns)]
    level = [top + (bottom - top) * index / rows for index in range(1, rows)]
    return [polygon((x, top), (x, bottom)) for x in upright] + [polygon((left, y), (right, y)) for y in level]


def star_outline(
    x: float, y: float, outer: float, inner: float, num_rays: int = 5, *, turn_deg: float = -90.0
) -> np.ndarray:
    """A star, its first ray at `turn_deg`."""
    angle = np.deg2rad(turn_deg) + np.arange(2 * num_rays) * np.pi / num_rays
    radius = np.where(np.arange(2 * num_rays) % 2 == 0, outer, inner)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], 1).astype(np.float32)


def wheel(x: float, y: float, radius: float, *, hub: float = 0.45) -> list[Part]:
    """A tire and its hub."""
    return [
        part("wheel", ellipse(x, y, radius), "black, dark gray, gray"),
        part("hub", ellipse(x, y, radius * hub), "light gray, white, yellow"),
    ]


def wavy(left: float, right: float, y: float, height: float, waves: int) -> np.ndarray:
    """A level line of waves from left to right."""
    share = np.linspace(0, 1, 12 * waves + 1)
    return np.stack([left + (right - left) * share, y - height * np.sin(share * waves * 2 * np.pi)], 1).astype(
        np.float32
    )


def curl(x: float, y: float, height: float, width: float) -> np.ndarray:
    """A line of steam that rises from (x, y)."""
    share = np.linspace(0, 1, 16)
    return np.stack([x + width * np.sin(share * 2 * np.pi), y - height * share], 1).astype(np.float32)
