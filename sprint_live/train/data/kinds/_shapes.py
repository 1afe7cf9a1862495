"""Shapes that the kinds share: limbs, petals, eyes, coats, and how a drawing is put into the unit square.

Knows: numpy, OpenCV's contours, the form of a part.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from sprint_live.train.data.kinds._thing import Part, Thing, arc, ellipse, smooth, turned

SKINS = ("light skin", "tan skin", "brown skin", "dark skin")
HAIRS = ("brown", "black", "yellow", "orange", "dark brown")
BRIGHT = ("red", "blue", "yellow", "green", "purple", "pink", "orange", "turquoise")
GREENS = ("green", "dark green", "light green")
IRISES = ("white", "white", "white", "green", "blue", "yellow")

Points = Sequence[tuple[float, float]]


def pick(rng: np.random.Generator, words: Sequence[str]) -> str:
    """One of the words, the first ones more often."""
    weights = 0.75 ** np.arange(len(words))
    return words[int(rng.choice(len(words), p=weights / weights.sum()))]


def area(name: str, outline: np.ndarray, *colors: str, body: bool = False, fixed: bool = False) -> Part:
    """A part, in one short line."""
    return Part(
        name=name, outline_xy=np.asarray(outline, np.float32), colors=tuple(map(str, colors)), body=body, fixed=fixed
    )


def dot(x: float, y: float, radius: float, color: str = "black", name: str = "") -> Part:
    """A small round detail whose color never changes."""
    return area(name, ellipse(x, y, radius, num_points=20), color, fixed=True)


class Coat:
    """The fur, feathers or skin of one animal: its color is the whole's, and a piece has a name of its own now and
    then.
    """

    def __init__(self, rng: np.random.Generator, *colors: str, whole: str = "body") -> None:
        """One of the colors, the first ones more often; whole: what the pieces without a name are called."""
        self.rng, self.color, self.whole, self.named = rng, pick(rng, colors), whole, {whole: False}

    def __call__(self, name: str, outline: np.ndarray, often: float = 0.5) -> Part:
        """A piece of the coat, called by its name in a share of the drawings and one with the body in the others."""
        if self.named.setdefault(name, self.rng.random() < often):
            return area(name, outline, self.color)
        return area(self.whole, outline, self.color, body=True)


def loosely(rng: np.random.Generator, points: Points | np.ndarray, amount: float = 0.012) -> np.ndarray:
    """A closed curve through points that a hand put nearly where they belong."""
    known = np.asarray(points, np.float32)
    return smooth(known + rng.uniform(-amount, amount, known.shape))


def even(points: Points, *, x: float = 0.5, curved: bool = True) -> np.ndarray:
    """A symmetric outline from its right half, given from top to bottom."""
    right = np.asarray(points, np.float32)
    left = right[::-1] * np.float32([-1, 1]) + np.float32([2 * x, 0])
    whole = np.concatenate([right, left[np.abs(left[:, 0] - x) > 1e-4]])
    return smooth(whole) if curved else whole


def limb(
    points: Points | np.ndarray, widths: float | Sequence[float], *, round_end: bool = True, round_start: bool = True
) -> np.ndarray:
    """A leg, a tail, a stem: a curve through the points with a width at each of them."""
    line = smooth(points, closed=False, steps=6)
    wide = (
        np.full(len(points), widths, np.float32) if isinstance(widths, (int, float)) else np.asarray(widths, np.float32)
    )
    half = np.interp(np.linspace(0, len(wide) - 1, len(line)), np.arange(len(wide)), wide)[:, None] / 2
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    side = np.stack([-along[:, 1], along[:, 0]], 1)
    angle = np.linspace(0, np.pi, 9)[1:-1, None]
    pieces = [line + side * half]
    if round_end and half[-1, 0] > 0.004:
        pieces.append(line[-1] + half[-1] * (np.cos(angle) * side[-1] + np.sin(angle) * along[-1]))
    pieces.append((line - side * half)[::-1])
    if round_start and half[0, 0] > 0.004:
        pieces.append(line[0] - half[0] * (np.cos(angle) * side[0] + np.sin(angle) * along[0]))
    return np.concatenate(pieces).astype(np.float32)


def petal(x: float, y: float, length: float, width: float, up_deg: float, *, sharp: bool = False) -> np.ndarray:
    """A petal or a leaf that grows from (x, y); up_deg 0: upward, 90: to the right."""
    if sharp:
        t = np.linspace(0, 1, 12)
        bend = np.sin(np.pi * t**0.85) * width / 2
        flat = np.concatenate([np.stack([bend, -t * length], 1), np.stack([-bend, -t * length], 1)[-2:0:-1]])
    else:
        flat = smooth(
            [
                (0, 0),
                (width * 0.36, -length * 0.35),
                (width * 0.5, -length * 0.7),
                (width * 0.26, -length * 0.96),
                (-width * 0.26, -length * 0.96),
                (-width * 0.5, -length * 0.7),
                (-width * 0.36, -length * 0.35),
            ],
            steps=5,
        )
    return turned(flat, up_deg) + np.float32([x, y])


def star(x: float, y: float, outer: float, inner: float, num_points: int = 5, turn_deg: float = 0.0) -> np.ndarray:
    """A star with a point at the top."""
    angle = np.linspace(0, 2 * np.pi, 2 * num_points, endpoint=False) - np.pi / 2 + np.deg2rad(turn_deg)
    radius = np.where(np.arange(2 * num_points) % 2 == 0, outer, inner)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], 1).astype(np.float32)


def cloud(rng: np.random.Generator, x: float, y: float, rx: float, ry: float, num_bumps: int) -> np.ndarray:
    """A bumpy outline about (x, y): a fleece, a crown of leaves."""
    starts = np.linspace(0, 2 * np.pi, num_bumps, endpoint=False) + rng.uniform(0, 1)
    starts += rng.uniform(-0.12, 0.12, num_bumps) * 2 * np.pi / num_bumps
    points = []
    for start, stop in zip(starts, np.append(starts[1:], starts[0] + 2 * np.pi), strict=True):
        t = np.linspace(0, 1, 8, endpoint=False)
        out = 1 + np.sqrt(np.maximum(0, 0.25 - (t - 0.5) ** 2)) * (stop - start) * 0.75
        angle = start + t * (stop - start)
        points.append(np.stack([x + rx * 0.86 * out * np.cos(angle), y + ry * 0.86 * out * np.sin(angle)], 1))
    return np.concatenate(points).astype(np.float32)


def eyes(rng: np.random.Generator, places: Points, radius: float, on: str = "") -> list[Part]:
    """Eyes of one style: dots, or round ones with pupils that look one way (always on a dark color)."""
    if rng.random() < 0.45 and on not in ("black", "dark gray", "dark brown"):
        return [dot(x, y, radius * 0.62, name="eye") for x, y in places]
    iris, look, tall, small = (
        pick(rng, IRISES),
        rng.uniform(-0.3, 0.3, 2),
        rng.uniform(1.0, 1.3),
        rng.uniform(0.45, 0.62),
    )
    parts = []
    for x, y in places:
        parts.append(area("eye", ellipse(x, y, radius, radius * tall, num_points=24), iris))
        parts.append(dot(x + look[0] * radius, y + look[1] * radius, radius * small))
    return parts


def smile(x: float, y: float, width: float, depth: float = 0.5) -> np.ndarray:
    """A mouth that smiles: an open line whose lowest point is (x, y + depth * width / 2)."""
    return arc(x, y, width / 2, width / 2 * depth, 160, 20, num_points=12)


def whiskers(x: float, y: float, out: float, length: float, num: int = 3) -> list[np.ndarray]:
    """Straight whiskers on both sides of (x, y), from `out` away."""
    slopes = np.linspace(-0.25, 0.25, num)
    return [
        np.float32([(x + s * out, y + slope * out), (x + s * (out + length), y + slope * (out + length))])
        for s in (-1, 1)
        for slope in slopes
    ]


def joined(outlines: Sequence[np.ndarray]) -> np.ndarray | None:
    """The outline around several that overlap; None where they do not make one piece."""
    points = np.concatenate(outlines)
    low, scale = points.min(0), 480 / float((points.max(0) - points.min(0)).max())
    canvas = np.zeros((500, 500), np.uint8)
    for outline in outlines:
        cv2.fillPoly(canvas, [np.rint((outline - low) * scale * 16 + 160).astype(np.int32)], 1, shift=4)
    found, _ = cv2.findContours(canvas, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if len(found) != 1:
        return None
    around = found[0][:, 0].astype(np.float32)
    around = sum(np.roll(around, step, 0) for step in range(-2, 3)) / 5
    return ((around[::3] - 10) / scale + low).astype(np.float32)


def with_joined(parts: Sequence[Part]) -> list[Part]:
    """Pieces of the body that lie directly above one another become one piece, as in a drawing of the silhouette."""
    done: list[Part] = []
    for part in parts:
        if done and part.body and done[-1].body and done[-1].name == part.name:
            around = joined([done[-1].outline_xy, part.outline_xy])
            if around is not None:
                done[-1] = replace(part, outline_xy=around)
                continue
        done.append(part)
    return done


def in_sight(parts: Sequence[Part]) -> list[Part]:
    """The parts of a finished drawing without those that others cover."""
    size_px, owner = 256, np.zeros((256, 256), np.int16)
    for index, part in enumerate(parts, 1):
        cv2.fillPoly(owner, [np.rint(part.outline_xy * (size_px * 16)).astype(np.int32)], index, shift=4)
    seen = np.bincount(owner.ravel(), minlength=len(parts) + 1)[1:]
    return [part for part, area_px in zip(parts, seen, strict=True) if area_px >= 3]


def in_square(
    rng: np.random.Generator,
    parts: Sequence[Part],
    lines: Sequence[np.ndarray] = (),
    says: Sequence[str] = (),
    *,
    stands: bool = True,
    flips: bool = True,
    stretch: float = 0.06,
    joins: float = 0.0,
) -> Thing:
    """The drawing at the right size: a little stretched, now and then mirrored, its feet near y = 0.95.

    joins: the share of the drawings in which pieces of the body are drawn as one silhouette.
    """
    parts = with_joined(parts) if rng.random() < joins else parts
    scale = np.float32([1 + rng.uniform(-stretch, stretch), 1])
    if flips and rng.random() < 0.5:
        scale = scale * np.float32([-1, 1])
    everything = np.concatenate([*(part.outline_xy for part in parts), *lines]) * scale
    low, high = everything.min(0), everything.max(0)
    size = rng.uniform(0.84, 0.92) / float((high - low).max())
    middle = np.float32([0.5, 0.5 if not stands else 0.95 - size * float(high[1] - low[1]) / 2])
    shift = middle - size * (low + high) / 2

    def put(points: np.ndarray) -> np.ndarray:
        return (np.asarray(points, np.float32) * scale * np.float32(size) + shift).astype(np.float32)

    placed = [replace(part, outline_xy=put(part.outline_xy)) for part in parts]
    return Thing(parts=tuple(in_sight(placed)), lines=tuple(put(line) for line in lines), says=tuple(says))
