"""What a kind draws: polygons with names, and the lines on top of them.

Coordinates are in the unit square, x to the right, y down; a thing fills most of it and its feet are near y = 0.95.

Knows: numpy.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Part:
    """One area of a thing.

    name: its noun in a caption, in the singular ("roof"); "" for a detail that no caption names. Parts of one name
    share one color, and a caption counts those that can be seen ("two windows").
    outline_xy: (N, 2) float32, a closed polygon (the last point is not repeated).
    colors: the color words it has when nothing is said, most natural first ("brown" for a trunk); () for any color.
    body: its color is also the color of the whole ("a red car" is a car whose body is red); at most one name of a
    thing. fixed: its color never changes (a pupil, a tooth); captions are silent about it.
    """

    name: str
    outline_xy: np.ndarray
    colors: tuple[str, ...] = ()
    body: bool = False
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One drawing of a kind.

    parts: back to front; a later one covers an earlier one. lines: open polylines (N, 2) of ink that enclose nothing
    (a mouth, whiskers, veins), drawn on top of all parts. says: words of this variant for the caption ("side view",
    "smiling"); () when there is nothing to say.
    """

    parts: tuple[Part, ...]
    lines: tuple[np.ndarray, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """nouns: the first is its name, the others are synonyms. group: "animal", "plant", "food", "building", "vehicle",
    "person", "object", "clothes", "nature". stands: it stands on the ground (False: it flies, floats or swims)."""

    nouns: tuple[str, ...]
    group: str
    draw: Callable[[np.random.Generator], Thing]
    stands: bool = True


DRAWN_BY: dict[str, Kind] = {}


def kind(
    *nouns: str, group: str, stands: bool = True
) -> Callable[[Callable[[np.random.Generator], Thing]], Callable[[np.random.Generator], Thing]]:
    """Register a function of a random generator as the program that draws these nouns."""

    def register(draw: Callable[[np.random.Generator], Thing]) -> Callable[[np.random.Generator], Thing]:
        assert nouns[0] not in DRAWN_BY, nouns[0]
        DRAWN_BY[nouns[0]] = Kind(nouns=nouns, group=group, draw=draw, stands=stands)
        return draw

    return register


def polygon(*points: tuple[float, float]) -> np.ndarray:
    """Straight edges between the points, (N, 2) float32."""
    return np.asarray(points, np.float32)


def ellipse(
    x: float, y: float, rx: float, ry: float | None = None, *, turn_deg: float = 0.0, num_points: int = 40
) -> np.ndarray:
    """An ellipse about (x, y); ry None: a circle."""
    angle = np.linspace(0, 2 * np.pi, num_points, endpoint=False)
    flat = np.stack([rx * np.cos(angle), (rx if ry is None else ry) * np.sin(angle)], 1)
    return turned(flat, turn_deg) + np.float32([x, y])


def box(left: float, top: float, right: float, bottom: float, *, radius: float = 0.0) -> np.ndarray:
    """An upright rectangle with round corners of `radius`."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    if radius <= 0:
        return polygon((left, top), (right, top), (right, bottom), (left, bottom))
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return np.concatenate([arc(x, y, radius, radius, start, start + 90, num_points=7) for x, y, start in corners])


def arc(
    x: float, y: float, rx: float, ry: float, from_deg: float, to_deg: float, *, num_points: int = 20
) -> np.ndarray:
    """Part of an ellipse, clockwise on the page from the x axis; an open line, or a piece of an outline."""
    angle = np.deg2rad(np.linspace(from_deg, to_deg, num_points))
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], 1).astype(np.float32)


def smooth(points: Sequence[tuple[float, float]] | np.ndarray, *, closed: bool = True, steps: int = 8) -> np.ndarray:
    """A uniform Catmull-Rom curve through the points, `steps` points between two of them."""
    known = np.asarray(points, np.float32)
    before, after = (
        (np.roll(known, 1, 0), np.roll(known, -1, 0))
        if closed
        else (np.vstack([known[:1], known[:-1]]), np.vstack([known[1:], known[-1:]]))
    )
    last = len(known) if closed else len(known) - 1
    share = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None]
    curve = []
    for index in range(last):
        follower = (index + 1) % len(known)
        p0, p1, p2, p3 = before[index], known[index], known[follower], after[follower]
        curve.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * share
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * share**2
                + (3 * p1 - p0 - 3 * p2 + p3) * share**3
            )
        )
    return np.concatenate(curve if closed else [*curve, known[-1:]]).astype(np.float32)


def turned(points_xy: np.ndarray, degrees: float, about: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """The points turned clockwise on the page about a point."""
    angle = np.deg2rad(degrees)
    matrix = np.float32([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return ((np.asarray(points_xy, np.float32) - np.float32(about)) @ matrix + np.float32(about)).astype(np.float32)


def mirrored(points_xy: np.ndarray, about_x: float = 0.5) -> np.ndarray:
    """The points mirrored left to right."""
    return np.stack([2 * about_x - points_xy[:, 0], points_xy[:, 1]], 1).astype(np.float32)
