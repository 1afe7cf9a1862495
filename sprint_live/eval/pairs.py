"""Held-out scenes: a real picture, a sketch of it and its caption, so that generated and real pictures are of one
thing.

A folder holds, for every NAME: NAME.png (the picture, square), NAME.sketch.png (a drawing of it), NAME.txt (its
caption) and, for choosing an edge threshold, NAME.contours.png (all its lines, undistorted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from controlnet.maps import strokes
from sprint_live.api.prompt import usable_prompt
from sprint_live.engine.sketch import fit_square, read_sketch, sketch_pixels
from sprint_live.errors import ArgumentError, SketchError, refusal
from sprint_live.eval.distances import MIN_PICTURES
from sprint_live.eval.outline import INK_ABOVE_U8
from sprint_live.thinning import thin

FIX = "use a folder as `sprint-live eval --make-pairs` writes it"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """picture_u8: (S, S, 3). map_u8: (S, S), the sketch as white lines on black. ink, lines: (S, S) bool, the same and
    thinned. contours: (S, S) bool or None."""

    name: str
    caption: str
    picture_u8: np.ndarray
    map_u8: np.ndarray
    ink: np.ndarray
    lines: np.ndarray
    contours: np.ndarray | None


def read_pairs(folder: Path, size: int, num_pairs: int, *, on_pair: Callable[[], object] = lambda: None) -> list[Pair]:
    """The first `num_pairs` of a folder by name, at S = `size` pixels.

    Raises:
        ArgumentError: no such folder, fewer pairs in it than asked for, fewer asked for than a distance needs, or a
            picture that is not square.
        SketchError: a file is missing, cannot be read, or a sketch holds no line.
    """
    names = sorted(path.stem for path in folder.glob("*.txt"))
    if num_pairs < MIN_PICTURES or len(names) < num_pairs:
        raise ArgumentError(
            refusal(
                got=f"{num_pairs} pairs asked for, {len(names)} in {folder}",
                accepted=f"{MIN_PICTURES} or more",
                fix=FIX,
            )
        )
    found = []
    for name in names[:num_pairs]:
        found.append(_read_pair(folder, name, size))
        on_pair()
    return found


def _read_pair(folder: Path, name: str, size: int) -> Pair:
    picture_u8 = sketch_pixels(read_sketch(folder / f"{name}.png", paper="white"))
    if picture_u8.ndim == 2:
        picture_u8 = cv2.cvtColor(picture_u8, cv2.COLOR_GRAY2RGB)
    if picture_u8.shape[0] != picture_u8.shape[1]:
        got = f"{folder / name}.png of {picture_u8.shape[1]}x{picture_u8.shape[0]} pixels"
        raise ArgumentError(refusal(got=got, accepted="square pictures", fix="crop it, and its sketch with it"))
    if len(picture_u8) != size:
        picture_u8 = cv2.resize(
            picture_u8, (size, size), interpolation=cv2.INTER_AREA if len(picture_u8) > size else cv2.INTER_CUBIC
        )
    map_u8 = _lines(folder / f"{name}.sketch.png", size)
    ink = map_u8 > INK_ABOVE_U8
    contours = folder / f"{name}.contours.png"
    return Pair(
        name=name,
        caption=usable_prompt((folder / f"{name}.txt").read_text(encoding="utf-8-sig", errors="replace")),
        picture_u8=picture_u8,
        map_u8=map_u8,
        ink=ink,
        lines=thin(ink),
        contours=_lines(contours, size) > INK_ABOVE_U8 if contours.is_file() else None,
    )


def _lines(path: Path, size: int) -> np.ndarray:
    map_u8 = fit_square(strokes.detect(sketch_pixels(read_sketch(path))), size)
    if not (map_u8 > INK_ABOVE_U8).any():
        raise SketchError(
            refusal(got=f"{path} without a line", accepted="a drawing", fix="take the pair out of the folder")
        )
    return map_u8
