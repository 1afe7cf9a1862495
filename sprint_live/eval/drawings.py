"""A folder of drawings by anybody: with prompts.json, a list of {"file": NAME, "prompt":
TEXT}, or with names as prompts.

Without a prompts.json every PNG, JPEG and WebP counts, and "red_car-2.jpg" is asked for as "a red car".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from controlnet.maps import strokes
from sprint_live.api.prompt import usable_prompt
from sprint_live.engine.sketch import fit_square, read_sketch, sketch_pixels
from sprint_live.errors import ArgumentError, InputError, PromptError, SketchError, refusal
from sprint_live.eval.outline import INK_ABOVE_U8, enclosed
from sprint_live.eval.prompts import ARTICLES, noun_of, phrase
from sprint_live.thinning import thin

INDEX = "prompts.json"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
FIX = "use assets/drawings, or a folder made like it"
MAX_TOUCHED = 0.3  # of the page; the drawings shipped here have 0.02 to 0.06


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """sketch_u8: as read. ink, lines, inside: (S, S) bool; what is drawn, where the engine puts it,
    the same thinned to one pixel, and what it encloses.
    """

    name: str
    prompt: str
    noun: str
    sketch_u8: np.ndarray
    ink: np.ndarray
    lines: np.ndarray
    inside: np.ndarray


@dataclass(frozen=True, kw_only=True)
class DrawingFolder:
    """drawings: what can be judged, in the order of prompts.json or of the names. skipped: file -> why it cannot be."""

    drawings: Sequence[Drawing]
    skipped: dict[str, str]


def read_drawings(folder: Path, size: int) -> DrawingFolder:
    """All drawings of a folder; `size` is the side S in pixels. One that cannot be judged is named, not fatal.

    A drawing is read exactly as the engine reads it (dark on light or light on dark; the border's median is the paper).
    A photograph of paper in uneven light turns into blots that way, and the engine would paint along them: it is
    skipped, with a word on how to turn it into lines.

    Raises:
        ArgumentError: no such folder, a prompts.json that is not such a list, or no drawing that can be judged;
        then the
            message says what is wrong with the first.
    """
    listed = _listed(folder)
    drawings, skipped = [], {}
    for file, prompt in listed:
        try:
            drawings.append(read_drawing(folder / file, usable_prompt(prompt), size))
        except InputError as error:
            skipped[file] = str(error)
    if not drawings:
        got = f"{folder} with no drawing that can be judged of {len(listed)}"
        first = f": {next(iter(skipped.items()))}" if skipped else ""
        raise ArgumentError(refusal(got=got + first, accepted="PNG, JPEG or WebP drawings", fix=FIX))
    return DrawingFolder(drawings=drawings, skipped=skipped)


def _listed(folder: Path) -> list[tuple[str, str]]:
    """(file, prompt) of every drawing."""
    if not folder.is_dir():
        raise ArgumentError(refusal(got=f"no folder {folder}", accepted="a folder of drawings", fix=FIX))
    if not (folder / INDEX).exists():
        files = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        return [(file, prompt_from_name(Path(file).stem)) for file in files]
    try:
        entries = json.loads((folder / INDEX).read_text(encoding="utf-8-sig"))
        listed = [(str(entry["file"]), str(entry["prompt"])) for entry in entries]
    except OSError as error:
        raise ArgumentError(f"cannot read {folder / INDEX}: {error.strerror or error}; fix: {FIX}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArgumentError(
            refusal(
                got=f"{folder / INDEX} that is not such a list", accepted='[{"file": ..., "prompt": ...}, ...]', fix=FIX
            )
        ) from error
    if not listed:
        raise ArgumentError(refusal(got=f"an empty {folder / INDEX}", accepted="at least one drawing", fix=FIX))
    return listed


def prompt_from_name(stem: str) -> str:
    """ "red_car-2" -> "a red car"; "the-old-house" -> "the old house"; without a letter "" (which is then refused)."""
    words = re.sub(r"[\W\d_]+", " ", stem).strip().lower()
    return words if not words or words.split()[0] in ARTICLES else phrase(words)


def read_drawing(path: Path, prompt: str, size: int) -> Drawing:
    """One drawing, as the engine reads it, at `size` pixels.

    Raises:
        PromptError, SketchError: no prompt, no line, or a page that is not mostly paper.
    """
    if not prompt:
        raise PromptError(
            refusal(
                got=f"{path.name} without a prompt", accepted="a word in its name", fix=f"rename it, or write {INDEX}"
            )
        )
    sketch_u8 = sketch_pixels(read_sketch(path))
    map_u8 = strokes.detect(sketch_u8)
    ink = fit_square(map_u8, size) > INK_ABOVE_U8
    touched = float(
        (map_u8 > 0).mean()
    )  # any gray that the engine would see, not only what is dark enough to count as ink
    if not ink.any():
        raise SketchError(refusal(got=f"{path} without a line", accepted="a drawing", fix="take it out of the folder"))
    if touched > MAX_TOUCHED:
        raise SketchError(
            refusal(
                got=f"{path} with {touched:.0%} of the page unlike its paper, as a photograph in uneven light is",
                accepted=f"lines, up to {MAX_TOUCHED:.0%}",
                fix="crop it to the paper, or turn it into lines first: sprint-live lines",
            )
        )
    return Drawing(
        name=path.stem,
        prompt=prompt,
        noun=noun_of(prompt),
        sketch_u8=sketch_u8,
        ink=ink,
        lines=thin(ink),
        inside=enclosed(ink),
    )
