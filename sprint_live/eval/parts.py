"""Drawings whose parts have names, points and requested colors: a folder with parts.json.

    [{"file", "noun", "parts": {NAME: [[x, y], ...]}, "prompts": [{"prompt", "colors": {NAME: WORD}}]}]

Points are pixels of the 1024 px page; a part is every area between lines that holds one of its points.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sprint_live.api.prompt import usable_prompt
from sprint_live.errors import ArgumentError, refusal
from sprint_live.eval.areas import area_at, label_areas
from sprint_live.eval.color_words import WORDS
from sprint_live.eval.drawings import Drawing, read_drawing

INDEX = "parts.json"
AWAY_FROM_LINES = 0.010  # of the side: colors are read this far from a line, which a picture may draw wider


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One prompt and the word it asks of each part that it names."""

    prompt: str
    colors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class PartDrawing:
    """areas: (S, S) bool of each named part, away from lines and never empty. asked: the prompts."""

    drawing: Drawing
    areas: dict[str, np.ndarray]
    asked: tuple[Asked, ...]


def has_parts(folder: Path) -> bool:
    """Whether a folder has a parts.json."""
    return (folder / INDEX).is_file()


def read_parts(folder: Path, size: int) -> list[PartDrawing]:
    """All drawings of FOLDER/parts.json at `size` pixels, in its order.

    Raises:
        ArgumentError: it is no such list, names a word or a part there is not, or a point lies in no enclosed area.
        SketchError: a drawing cannot be read.
    """
    path = folder / INDEX
    try:
        entries = json.loads(path.read_text(encoding="utf-8-sig"))
        return [_read(folder, entry, size) for entry in entries]
    except OSError as error:
        raise ArgumentError(f"cannot read {path}: {error.strerror or error}; fix: use assets/drawings/parts") from error
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        accepted = '[{"file", "noun", "parts", "prompts"}, ...]'
        raise ArgumentError(
            refusal(got=f"{path} that is not such a list ({error})", accepted=accepted, fix="write it again")
        ) from error


def _read(folder: Path, entry: dict, size: int) -> PartDrawing:
    drawing = read_drawing(folder / entry["file"], f"a {entry['noun']}", size)
    labels = label_areas(drawing.ink)
    areas = {}
    for name, points_px in entry["parts"].items():
        areas[name] = area_at(labels, drawing.ink, points_px, off_lines=AWAY_FROM_LINES)
        if not areas[name].any():
            got = f"{entry['file']} with {name} at {points_px}, in no area that lines enclose"
            raise ArgumentError(refusal(got=got, accepted="points inside the part", fix=f"move them in {INDEX}"))
    asked = tuple(Asked(prompt=usable_prompt(one["prompt"]), colors=dict(one["colors"])) for one in entry["prompts"])
    for one in asked:
        if not one.colors or not set(one.colors) <= set(areas) or not set(one.colors.values()) <= set(WORDS):
            got = f"{entry['file']} asked for {one.colors}"
            raise ArgumentError(
                refusal(got=got, accepted=f"its parts {list(areas)} in {', '.join(WORDS)}", fix=f"correct {INDEX}")
            )
    return PartDrawing(drawing=drawing, areas=areas, asked=asked)
