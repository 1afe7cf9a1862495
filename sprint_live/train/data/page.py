"""Things on a page: visible parts, the strokes that draw them, and what a caption may say about them.

Knows: kinds, hands, colors.  Must not know: materials, places, captions' wording.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sprint_live.train.data.color_words import CANONICAL, NAMED_COLORS, shade_of
from sprint_live.train.data.hand import Hand, bend, bending, draw_strokes, fill
from sprint_live.train.data.kinds import all_kinds
from sprint_live.train.data.kinds._thing import Kind, Part, Thing

_STEP_PX = 4.0  # between two points of a stroke, at 512 pixels
_LEAST_AREA = 0.0004  # of the page: parts that are seen smaller are not named
_CONTRADICTED = 0.35  # of the parts with a color on the page: the caption says another one, and the page is right


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a caption can say about the parts of one name: color word, whether it must be said, number of visible parts.

    ids: their part numbers. The word is another color than the parts have where the control page has theirs.
    """

    name: str
    color: str
    said: bool
    count: int
    body: bool
    ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One thing on the page: its kind, the noun to use, variant words, and its named parts. ids: its part numbers."""

    kind: Kind
    noun: str
    says: tuple[str, ...]
    named: tuple[Named, ...]
    ids: tuple[int, ...]
    center_xy: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A drawn page.

    labels (S, S) int16: the visible part at each pixel, 0 for none. things (S, S) int16: the visible thing. colors_01
    (K + 1, 3) float32: colors of the parts. sketch_u8, ink_u8 (S, S): the drawn lines with and without gaps. placed:
    things with named parts. phrases: words for the things without named parts ("blue cat"). colored: numbers of the
    parts whose color is on the control page; the caption says nothing of it, or another color.
    """

    labels: np.ndarray
    things: np.ndarray
    colors_01: np.ndarray
    sketch_u8: np.ndarray
    ink_u8: np.ndarray
    placed: tuple[Placed, ...] = ()
    phrases: tuple[str, ...] = ()
    colored: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """Options of a page.

    kinds: nouns to choose from; () for all. say: probability that a part gets a random color and the caption says it.
    colored: probability that the page has color. least_size: minimum size of a single thing, as a share of the side."""

    kinds: tuple[str, ...] = ()
    say: float = 0.55
    colored: float = 0.3
    least_size: float = 0.55


def draw_page(side: int, hand: Hand, options: PageOptions, rng: np.random.Generator) -> Page:
    """A page of `side` x `side` pixels with one to three random things."""
    kinds = all_kinds()
    choices = [kinds[name] for name in (options.kinds or tuple(kinds))]
    count = int(rng.choice([1, 2, 3], p=(0.72, 0.22, 0.06)))
    drawn = [choices[rng.integers(len(choices))] for _ in range(count)]
    if count > 1 and rng.random() < 0.2:
        drawn = [drawn[0]] * count
    field = bending(hand, side, rng)
    labels, things = np.zeros((side, side), np.int16), np.zeros((side, side), np.int16)
    colors: list[np.ndarray] = [np.ones(3, np.float32)]
    strokes: list[np.ndarray] = []
    placed = []
    color_the_page = rng.random() < options.colored
    colored: list[int] = []
    for number, (kind, frame) in enumerate(zip(drawn, _frames(drawn, options.least_size, rng), strict=True), start=1):
        thing = _put(_thinned(kind.draw(rng), rng), frame, side, field, rng)
        first = len(colors)
        outlines = [part.outline_xy for part in thing.parts]
        own = np.zeros((side, side), np.int16)
        for index, outline in enumerate(outlines):
            fill(own, outline, first + index)
        seen = own > 0
        labels[seen], things[seen] = own[seen], number
        strokes += _strokes(outlines, thing.lines, side)
        chosen, named, on_page = _dress(thing.parts, first, own, options, color_the_page, rng)
        colors += chosen
        colored += on_page
        placed.append(
            Placed(
                kind=kind,
                noun=str(rng.choice(kind.nouns)) if rng.random() < 0.4 else kind.nouns[0],
                says=thing.says,
                named=named,
                ids=tuple(range(first, len(colors))),
                center_xy=(frame[0] + frame[2] / 2, frame[1] + frame[2] / 2),
            )
        )
    sketch, ink = draw_strokes(strokes, hand, side, rng)
    return Page(
        labels=labels,
        things=things,
        colors_01=np.stack(colors).astype(np.float32),
        sketch_u8=sketch,
        ink_u8=ink,
        placed=tuple(placed),
        colored=tuple(colored),
    )


def _frames(kinds: Sequence[Kind], least_size: float, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """(left, top, size) of each thing as shares of the page; several stand beside each other."""
    if len(kinds) == 1:
        size = float(rng.uniform(least_size, 1.0))
        return [(float(rng.uniform(0, 1 - size)), float(rng.uniform(0, 1 - size)), size)]
    width = 1 / len(kinds)
    frames = []
    for slot in rng.permutation(len(kinds)):
        size = width * float(rng.uniform(0.8, 1.0)) if len(kinds) > 2 else float(rng.uniform(0.36, 0.5))
        frames.append((slot * width + (width - size) / 2, float(rng.uniform(0.25, 0.95 - size)), size))
    return frames


def _thinned(thing: Thing, rng: np.random.Generator) -> Thing:
    """The thing; sometimes a part or some lines are left out, as in a quick drawing."""
    if rng.random() < 0.75:
        return thing
    kept = [part for part in thing.parts if part.body or part is thing.parts[0] or rng.random() > 0.15]
    return replace(thing, parts=tuple(kept), lines=tuple(line for line in thing.lines if rng.random() > 0.4))


def _put(
    thing: Thing, frame: tuple[float, float, float], side: int, field: np.ndarray, rng: np.random.Generator
) -> Thing:
    """The thing in pixels of the page: scaled, turned a little, stretched, perhaps mirrored, bent by the hand."""
    left, top, size = frame
    angle = np.deg2rad(float(rng.normal(0, 4)))
    turn = np.float32([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    stretch = np.float32([rng.uniform(0.9, 1.1) * (-1 if rng.random() < 0.5 else 1), rng.uniform(0.92, 1.08)])

    def move(points: np.ndarray) -> np.ndarray:
        points = _dense(points, _STEP_PX / 512 / size)
        return bend(
            (((points - 0.5) * stretch) @ turn * size + np.float32([left + size / 2, top + size / 2])) * side, field
        )

    closed = [replace(part, outline_xy=move(np.vstack([part.outline_xy, part.outline_xy[:1]]))) for part in thing.parts]
    return replace(thing, parts=tuple(closed), lines=tuple(move(line) for line in thing.lines))


def _dense(points: np.ndarray, step: float) -> np.ndarray:
    """The polyline with a point at least every `step`; its corners stay."""
    pieces = []
    for start, end in itertools.pairwise(points):
        count = max(1, int(np.ceil(np.hypot(*(end - start)) / step)))
        pieces.append(start + (end - start) * np.linspace(0, 1, count, endpoint=False, dtype=np.float32)[:, None])
    return np.vstack([*pieces, points[-1:]])


def _strokes(outlines: Sequence[np.ndarray], lines: Sequence[np.ndarray], side: int) -> list[np.ndarray]:
    """What is seen of every outline, front to back, and the lines on top."""
    covered = np.zeros((side, side), np.uint8)
    strokes: list[np.ndarray] = []
    for outline in reversed(outlines):
        at = outline.round().astype(int).clip(0, side - 1)
        strokes = _runs(outline, covered[at[:, 1], at[:, 0]] == 0) + strokes
        inner = np.zeros_like(covered)
        fill(inner, outline, 1)
        covered |= inner
    return strokes + list(lines)


def _runs(points: np.ndarray, seen: np.ndarray) -> list[np.ndarray]:
    """The stretches of a polyline that are seen, each with at least three points."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(np.int8), [0]])))
    return [points[start:stop] for start, stop in zip(edges[::2], edges[1::2], strict=True) if stop - start > 2]


def _dress(
    parts: Sequence[Part],
    first: int,
    own: np.ndarray,
    options: PageOptions,
    color_the_page: bool,
    rng: np.random.Generator,
) -> tuple[list[np.ndarray], tuple[Named, ...], list[int]]:
    """(color of every part, what a caption can say, numbers of the parts whose color is on the page)."""
    areas = np.bincount(own.ravel(), minlength=first + len(parts))[first : first + len(parts)]
    by_name: dict[str, list[int]] = {}
    for index, part in enumerate(parts):
        by_name.setdefault(part.name or f"#{index}", []).append(index)
    colors: list[np.ndarray] = [np.ones(3, np.float32)] * len(parts)
    named, on_page = [], []
    whole: tuple[tuple[str, ...], str] | None = None  # the body's natural colors, and the one it has here
    for name, members in sorted(by_name.items(), key=lambda entry: not parts[entry[1][0]].body):
        part = parts[members[0]]
        seen = [index for index in members if areas[index] > _LEAST_AREA * own.size]
        nameable = bool(part.name) and not part.fixed and bool(seen)
        on_the_page = color_the_page and not part.fixed and bool(seen) and rng.random() < 0.45
        said = nameable and not on_the_page and rng.random() < options.say
        if said or on_the_page:
            word = str(rng.choice(NAMED_COLORS))
        elif whole is not None and part.colors == whole[0] and not part.fixed:
            word = whole[1]  # legs and tail of a cat's own fur follow the cat
        else:
            word = _natural(part, rng)
        if part.body:
            whole = (part.colors, word)
        shade = shade_of(word, rng, exact=not on_the_page)
        for index in members:
            colors[index] = shade
        if nameable:
            ids = tuple(first + index for index in members)
            contradicted = on_the_page and rng.random() < _CONTRADICTED
            told = _other_than(word, rng) if contradicted else word
            named.append(
                Named(name=name, color=told, said=said or contradicted, count=len(seen), body=part.body, ids=ids)
            )
        if on_the_page:
            on_page += [first + index for index in seen]
    return colors, tuple(named), on_page


def _other_than(word: str, rng: np.random.Generator) -> str:
    return str(rng.choice([other for other in NAMED_COLORS if other != word]))


def _natural(part: Part, rng: np.random.Generator) -> str:
    """The color of a part that the caption does not mention: nearly always its first, so that it can be learned."""
    if not part.colors:
        return CANONICAL[sum(map(ord, part.name)) % len(CANONICAL)]
    return part.colors[0] if part.fixed or rng.random() < 0.85 else str(rng.choice(part.colors))
