"""A folder of drawings with prompts.json: a list of {"file": NAME, "prompt": TEXT}."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from controlnet.maps import strokes
from sprint_live.engine.request import usable_prompt
from sprint_live.engine.sketch import fit_square, read_sketch, sketch_pixels
from sprint_live.errors import ArgumentError, SketchError, refusal
from sprint_live.eval.outline import INK_ABOVE_U8, enclosed, thin
from sprint_live.eval.prompts import noun_of

INDEX = "prompts.json"
FIX = "use assets/drawings, or a folder made like it"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """sketch_u8: as read. ink, lines, inside: (S, S) bool; what is drawn, where the engine puts it, the same thinned to one
    pixel, and what it encloses."""

    name: str
    prompt: str
    noun: str
    sketch_u8: np.ndarray
    ink: np.ndarray
    lines: np.ndarray
    inside: np.ndarray


def read_drawings(folder: Path, size: int) -> list[Drawing]:
    """All drawings of a folder, in the order of its prompts.json; `size` is the side S in pixels.

    Raises:
        ArgumentError: no such folder, or its prompts.json is missing, empty or not such a list.
        SketchError: a drawing cannot be read, or holds no line.
        PromptError: a prompt names no object.
    """
    try:
        entries = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        listed = [(str(entry["file"]), str(entry["prompt"])) for entry in entries]
    except OSError as error:
        raise ArgumentError(f"cannot read {folder / INDEX}: {error.strerror or error}; fix: {FIX}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArgumentError(
            refusal(got=f"{folder / INDEX} that is not such a list", accepted='[{"file": ..., "prompt": ...}, ...]', fix=FIX)
        ) from error
    if not listed:
        raise ArgumentError(refusal(got=f"an empty {folder / INDEX}", accepted="at least one drawing", fix=FIX))
    return [_read_drawing(folder / file, usable_prompt(prompt), size) for file, prompt in listed]


def _read_drawing(path: Path, prompt: str, size: int) -> Drawing:
    sketch_u8 = sketch_pixels(read_sketch(path))
    ink = fit_square(strokes.detect(sketch_u8), size) > INK_ABOVE_U8
    if not ink.any():
        raise SketchError(refusal(got=f"{path} without a line", accepted="a drawing", fix=f"take it out of {INDEX}"))
    return Drawing(
        name=path.stem,
        prompt=prompt,
        noun=noun_of(prompt),
        sketch_u8=sketch_u8,
        ink=ink,
        lines=thin(ink),
        inside=enclosed(ink),
    )
