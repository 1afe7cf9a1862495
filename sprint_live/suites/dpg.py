"""DPG-Bench's score: questions with parents, asked of four tiles of a 2x2 grid;
a question counts 0 if a parent got "no".

Source: ELLA arXiv 2403.05135, its repository's evaluation.
Knows: questions and answers.  Must not know: pictures, the model that answers.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sprint_live.errors import InputError, refusal

TILES = 4
_COLUMNS = ("item_id", "proposition_id", "dependency", "question_natural_language")


@dataclass(frozen=True, kw_only=True)
class Question:
    """number: its own, from 1. parents: numbers that must hold too; none for a question of its own."""

    number: int
    parents: tuple[int, ...]
    text: str


def read_questions(file: Path) -> dict[str, list[Question]]:
    """Item (the stem of its prompt's file) -> its questions, of dpg_bench.csv. Every row counts: the published script
    skips the first.

    Raises:
        InputError: a column is missing or a number is none.
    """
    questions: dict[str, list[Question]] = {}
    with file.open(newline="", encoding="utf-8") as lines:
        table = csv.DictReader(lines)
        if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
            raise InputError(
                refusal(got=f"{file} without {', '.join(missing)}", accepted="dpg_bench.csv", fix="copy it again")
            )
        for row in table:
            try:
                parents = tuple(int(one) for one in row["dependency"].split(",") if int(one))
                question = Question(
                    number=int(row["proposition_id"]), parents=parents, text=row["question_natural_language"]
                )
            except ValueError as error:
                raise InputError(
                    refusal(
                        got=f"{file} line {table.line_num} ({error})", accepted="whole numbers", fix="copy it again"
                    )
                ) from error
            questions.setdefault(row["item_id"], []).append(question)
    return questions


def tile_score(questions: Sequence[Question], answers: Mapping[int, bool]) -> float:
    """Mean over the questions of one tile; answers: number -> yes."""
    return float(np.mean([answers[one.number] and all(answers[parent] for parent in one.parents) for one in questions]))


def tiles(grid_u8: np.ndarray) -> list[np.ndarray]:
    """The four pictures of a 2x2 grid (2 S, 2 S, 3), row by row."""
    side = len(grid_u8) // 2
    return [grid_u8[y : y + side, x : x + side] for y in (0, side) for x in (0, side)]


def score(questions: Mapping[str, Sequence[Question]], answers: Mapping[str, Sequence[Mapping[int, bool]]]) -> float:
    """Mean over questions, tiles and prompts, in percent. answers: item -> four tiles -> number -> yes.

    Raises:
        InputError: an item has no answers, or not four tiles: files that failed are counted, not left out.
    """
    lacking = [item for item in questions if len(answers.get(item, ())) != TILES]
    if lacking:
        raise InputError(
            refusal(
                got=f"{len(lacking)} of {len(questions)} prompts without {TILES} answered tiles, as {lacking[0]}",
                accepted="answers to all",
                fix="draw and judge them",
            )
        )
    return 100 * float(
        np.mean([np.mean([tile_score(own, tile) for tile in answers[item]]) for item, own in questions.items()])
    )
