"""Renders of drawings by people, in every material and at every place. A probe is trained on them.

    ink of a drawing -> its enclosed areas as parts, in random colors -> a material or a place -> picture

Knows: materials, places, areas.  Must not know: models, probes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sprint_live.train.data.color_words import NAMED_COLORS, shade_of
from sprint_live.train.data.drawn_scenes import dress
from sprint_live.train.data.materials import all_materials
from sprint_live.train.data.page import Page
from sprint_live.train.data.places import all_places

SIDE_PX = 256
RENDERS = 2  # of a drawing in a material or at a place: other colors, another light
_SEED = 20_990_102  # beside heldout.HELD_OUT_SEED: no data build draws from it


@dataclass(frozen=True, kw_only=True)
class Renders:
    """pictures_u8 (N, S, S, 3). labels: what each shows. groups: the number of the drawing it shows."""

    pictures_u8: np.ndarray
    labels: tuple[str, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """A drawing as areas: labels (S, S) int32, 0 outside and on lines; ink (S, S) bool."""

    labels: np.ndarray
    ink: np.ndarray


def material_words() -> dict[str, str]:
    """The plainest words for every material, by its name: {"clay": "made of clay", ...}."""
    return {name: material.words[0] for name, material in all_materials().items()}


def place_words() -> dict[str, str]:
    """The plainest words for every place, by its name: {"beach": "on a beach", ...}."""
    return {name: place.words[0] for name, place in all_places().items()}


def material_renders(drawings: Sequence[Outlines], on_picture: Callable[[int], object] = lambda count: None) -> Renders:
    """Every drawing in every material, at the default place of the material."""
    asked = [(name, material, None) for name, material in all_materials().items()]
    return _renders(drawings, asked, on_picture)


def place_renders(drawings: Sequence[Outlines], on_picture: Callable[[int], object] = lambda count: None) -> Renders:
    """Every drawing as a comic at every place."""
    comic = all_materials()["comic"]
    return _renders(drawings, [(name, comic, name) for name in all_places()], on_picture)


def _renders(drawings: Sequence[Outlines], asked: list[tuple], on_picture: Callable[[int], object]) -> Renders:
    pictures, labels, groups = [], [], []
    for number, drawing in enumerate(drawings):
        for index, (label, material, where) in itertools.product(range(RENDERS), asked):
            rng = np.random.default_rng([_SEED, number, len(labels), index])
            pictures.append(dress(page_of(drawing, rng), material, where, rng)[0])
            labels.append(label)
            groups.append(number)
            on_picture(1)
    return Renders(pictures_u8=np.stack(pictures), labels=tuple(labels), groups=tuple(groups))


def page_of(drawing: Outlines, rng: np.random.Generator) -> Page:
    """The drawing at SIDE_PX: larger areas lie behind smaller ones, each in its own color."""
    step = len(drawing.labels) // SIDE_PX
    labels = drawing.labels[step // 2 :: step, step // 2 :: step][:SIDE_PX, :SIDE_PX]
    ink = drawing.ink.astype(np.uint8) * np.uint8(255)
    ink_u8 = cv2.resize(ink, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
    numbers, counts = np.unique(labels[labels > 0], return_counts=True)
    order = numbers[np.argsort(-counts)]
    parts = np.zeros(labels.shape, np.int16)
    for part, number in enumerate(order, start=1):
        parts[labels == number] = part
    colors = [np.zeros(3, np.float32)] + [shade_of(str(rng.choice(NAMED_COLORS)), rng) for _ in order]
    return Page(
        labels=parts,
        things=(parts > 0).astype(np.int16),
        colors_01=np.stack(colors).astype(np.float32),
        sketch_u8=ink_u8,
        ink_u8=ink_u8,
    )
