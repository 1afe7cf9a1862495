"""Edits of a drawing, as entries of the journal: strokes moved, copied or removed, and layers arranged.

An edit never touches the strokes it names: it is one more entry, so undo is to leave it out. `settle` applies edits;
web/canvas/edits.js is its twin, number for number, because both round the same integers.

Knows: strokes.  Must not know: pixels, bytes on the wire, the journal that keeps them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sprint_live.live.canvas.strokes import POINT, Clear, Stroke

__all__ = [
    "FIRST_LAYERS",
    "MAX_LAYERS",
    "MAX_WIDTH_UNITS",
    "ONE",
    "Arrange",
    "Copy",
    "Edit",
    "Entry",
    "Layer",
    "Mark",
    "Remove",
    "Transform",
    "num_named",
    "num_shown",
    "settle",
]

MAX_LAYERS = 8
MAX_WIDTH_UNITS = 512 * 16
ONE = 1 << 16  # a scale of 1


@dataclass(frozen=True, slots=True)
class Transform:
    """The strokes under an affine map: scaled, turned or flipped about the canvas's corner, then shifted.

    x is x scale_x + y skew_x + shift_x then, y is x skew_y + y scale_y + shift_y;
    scales and skews in 1/65536, shifts in 1/16 px.
    """

    stroke_ids: tuple[int, ...]
    scale_x: int = ONE
    scale_y: int = ONE
    shift_x: int = 0
    shift_y: int = 0
    skew_x: int = 0
    skew_y: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """Copies of strokes, above everything, on one layer, where `by` puts them. The originals stay.

    The copy of `by.stroke_ids[k]` is stroke `first_id + k`. num_points: of all the copies, so that they count for the
    limit of a drawing; whoever keeps a journal makes sure that it is true.
    """

    by: Transform
    first_id: int
    layer: int
    num_points: int


@dataclass(frozen=True, slots=True)
class Remove:
    """The strokes are removed from the paper."""

    stroke_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One sheet of the paper. opacity: percent; it fades paint, and makes lines grayer and so weaker as control."""

    layer_id: int
    opacity: int = 100
    shown: bool = True


FIRST_LAYERS = (Layer(0),)


@dataclass(frozen=True, slots=True)
class Arrange:
    """The layers from here on, lowest first. A layer that is missing is deleted with its strokes.

    merged: (upper, lower): before that, what lies on `upper` is put onto `lower` as both looked, opacity included.
    """

    layers: tuple[Layer, ...]
    merged: tuple[int, int] | None = None


Edit = Transform | Copy | Remove | Arrange
Entry = Stroke | Clear | Edit
Mark = Stroke | Arrange
"""What is left once edits are applied: the raster draws these in order."""


def settle(entries: Iterable[Entry]) -> tuple[Mark, ...]:
    """Strokes as they are after every transform, copy and removal, and arrangements of layers,
    in the order they were made.
    """
    marks: list[Mark | None] = []
    places: dict[int, list[int]] = {}
    for entry in entries:
        if isinstance(entry, Remove):
            for stroke_id in entry.stroke_ids:
                for i in places.pop(stroke_id, ()):
                    marks[i] = None
        elif isinstance(entry, Transform):
            found = sorted({i for stroke_id in entry.stroke_ids for i in places.get(stroke_id, ())})
            strokes = _strokes(marks[i] for i in found)
            for i, moved in zip(found, _transformed(strokes, entry), strict=True):
                marks[i] = moved
        elif isinstance(entry, Copy):
            sources = sorted(
                (i, k) for k, stroke_id in enumerate(entry.by.stroke_ids) for i in places.get(stroke_id, ())
            )
            moved = _transformed(_strokes(marks[i] for i, _ in sources), entry.by)
            for (_, k), stroke in zip(sources, moved, strict=True):
                places.setdefault(entry.first_id + k, []).append(len(marks))
                marks.append(replace(stroke, stroke_id=entry.first_id + k, layer=entry.layer))
        else:
            if isinstance(entry, Stroke):
                places.setdefault(entry.stroke_id, []).append(len(marks))
            marks.append(entry)  # pyright: ignore[reportArgumentType]  # what was cleared is not among them
    return tuple(mark for mark in marks if mark is not None)


def num_shown(entries: Iterable[Entry]) -> int:
    """How many strokes with points are on layers that are shown:
    `settle` without its arithmetic, for the event loop.
    """
    shown: set[int] = {0}
    layers_of: dict[int, list[int]] = {}  # stroke id -> the layer of each stroke under it
    for entry in entries:
        if isinstance(entry, Stroke):
            if entry.points:
                layers_of.setdefault(entry.stroke_id, []).append(entry.layer)
        elif isinstance(entry, Remove):
            for stroke_id in entry.stroke_ids:
                layers_of.pop(stroke_id, None)
        elif isinstance(entry, Copy):
            made = [(entry.first_id + k, len(layers_of.get(i, ()))) for k, i in enumerate(entry.by.stroke_ids)]
            for copy_id, count in made:
                if count:
                    layers_of.setdefault(copy_id, []).extend([entry.layer] * count)
        elif isinstance(entry, Arrange):
            goes, stays = entry.merged or (None, None)
            known = {layer.layer_id for layer in entry.layers}
            for stroke_id, layers in layers_of.items():
                moved = [stays if layer == goes else layer for layer in layers if layer in known or layer == goes]
                layers_of[stroke_id] = [layer for layer in moved if layer is not None]
            shown = {layer.layer_id for layer in entry.layers if layer.shown}
    return sum(layer in shown for layers in layers_of.values() for layer in layers)


def num_named(entry: Entry) -> int:
    """How many strokes an entry names."""
    if isinstance(entry, Transform | Remove):
        return len(entry.stroke_ids)
    return len(entry.by.stroke_ids) if isinstance(entry, Copy) else 0


def _strokes(marks: Iterable[Mark | None]) -> list[Stroke]:
    """The marks, all of them strokes: a place leads to nothing else."""
    return [mark for mark in marks if isinstance(mark, Stroke)]


def _transformed(strokes: list[Stroke], by: Transform) -> list[Stroke]:
    """All strokes at once: a call of numpy for each would take tens of milliseconds for a large drawing."""
    points = np.frombuffer(b"".join(stroke.points for stroke in strokes), POINT).copy()
    x, y = (points[axis].astype(np.float64) for axis in "xy")
    for axis, along_x, along_y, shift in (
        ("x", by.scale_x, by.skew_x, by.shift_x),
        ("y", by.skew_y, by.scale_y, by.shift_y),
    ):
        units = np.floor((x * along_x + y * along_y) / ONE + shift + 0.5)
        points[axis] = np.clip(units, -32768, 32767).astype(np.int16)
    moved: list[Stroke] = []
    data, at = points.tobytes(), 0
    grown = math.sqrt(abs(by.scale_x * by.scale_y - by.skew_x * by.skew_y)) / ONE
    for stroke in strokes:
        width = min(MAX_WIDTH_UNITS, max(1, math.floor(stroke.width_units * grown + 0.5)))
        moved.append(replace(stroke, width_units=width, points=data[at : at + len(stroke.points)]))
        at += len(stroke.points)
    return moved
