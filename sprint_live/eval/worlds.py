"""Checks material and place of a picture, with a probe that learned from renders.

    renders of held-out drawings -> probe
    "a red house with a blue roof, made of clay" -> picture -> probe -> share called clay

A material is visible only on the thing, so its pictures are cropped to the drawing; a place is visible around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from sprint_live.errors import ArgumentError, refusal
from sprint_live.eval.differences import thumbnail
from sprint_live.eval.fidelity import FEATURE_PX
from sprint_live.eval.parts import PartDrawing
from sprint_live.eval.probe import Features, Probe, fit, picture_features
from sprint_live.eval.sheet import Cell, Section

MARGIN = 0.02  # of the side, around the drawing
WANTED = {"material": 0.85, "place": 0.8}
WANTED_HELD_OUT = 0.95
WHAT = "share of pictures that a linear probe, trained on renders of drawings, calls by the {} asked for"


@dataclass(frozen=True, kw_only=True)
class WorldPictures:
    """Pictures at FEATURE_PX (N, S, S, 3) uint8, the label asked of each, and the cells of a contact sheet."""

    pictures_u8: np.ndarray
    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


def around(picture_u8: np.ndarray, ink: np.ndarray | None) -> np.ndarray:
    """(FEATURE_PX, FEATURE_PX, 3) uint8: the picture (S, S, 3), cropped to where `ink` (T, T) bool is, or whole.

    Raises:
        ArgumentError: the ink is blank.
    """
    if ink is not None:
        if not ink.any():
            raise ArgumentError(refusal(got="a blank drawing", accepted="lines", fix="leave it out"))
        side = len(picture_u8)
        ys, xs = (np.flatnonzero(ink.any(axis=axis)) * side / len(ink) for axis in (1, 0))
        reach = MARGIN * side
        top, left = (max(0, int(at.min() - reach)) for at in (ys, xs))
        bottom, right = (min(side, int(at.max() + reach) + 1) for at in (ys, xs))
        picture_u8 = picture_u8[top:bottom, left:right]
    return cv2.resize(picture_u8, (FEATURE_PX, FEATURE_PX), interpolation=cv2.INTER_AREA)


def fit_probe(
    pictures_u8: np.ndarray,
    labels: Sequence[str],
    groups: Sequence[int],
    inks: Sequence[np.ndarray] | None,
    *,
    features: Features = picture_features,
) -> Probe:
    """A probe of renders (N, S, S, 3); groups: the drawing of each.
    inks: every drawing's (S, S) bool, to crop; None: whole.
    """
    crops = [around(one, None if inks is None else inks[group]) for one, group in zip(pictures_u8, groups, strict=True)]
    return fit(np.stack(crops), labels, groups=groups, features=features)


def draw_worlds(
    draw: Callable[[np.ndarray, str, int], np.ndarray],
    drawings: Sequence[PartDrawing],
    words: Mapping[str, str],
    *,
    crop: bool,
) -> WorldPictures:
    """Every drawing's first prompt with every label's words behind it, seed 0."""
    pictures, labels, cells = [], [], []
    for one in drawings:
        for label, said in words.items():
            picture_u8 = draw(one.drawing.sketch_u8, f"{one.asked[0].prompt}, {said}", 0)
            pictures.append(around(picture_u8, one.drawing.ink if crop else None))
            labels.append(label)
            cells.append(Cell(thumbnail_u8=thumbnail(picture_u8), label=said))
    return WorldPictures(pictures_u8=np.stack(pictures), labels=tuple(labels), cells=tuple(cells))


def score_worlds(probe: Probe, drawn: WorldPictures, kind: str) -> dict[str, object]:
    """{what, obeyed, by_label, held_out, chance, wanted, met}; kind: "material" or "place".

    `met` is None where the probe itself tells too few held-out renders apart to judge anything.
    """
    found = probe.score(drawn.pictures_u8, drawn.labels)
    obeyed = cast("dict[str, float]", found["obeyed"])
    held_out = probe.held_out["mean"] or 0.0
    fair = held_out >= WANTED_HELD_OUT
    return {
        "what": WHAT.format(kind),
        **found,
        "wanted": WANTED[kind],
        "wanted_held_out": WANTED_HELD_OUT,
        "met": (obeyed["mean"] >= WANTED[kind]) if fair else None,
    }


def world_rows(probe: Probe, drawn: WorldPictures, kind: str, columns: int) -> Section:
    """All pictures in rows of `columns`; red where the probe calls one otherwise, and how."""
    seen = probe.predict(drawn.pictures_u8)
    cells = [
        Cell(
            thumbnail_u8=cell.thumbnail_u8,
            label=cell.label if name == asked else f"{asked}:{name}",
            good=name == asked,
        )
        for cell, name, asked in zip(drawn.cells, seen, drawn.labels, strict=True)
    ]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    return f"Each {kind} that was asked for; where the probe sees another: asked:seen", rows
