"""Checks whether each named part has the color that the prompt gives it. "a red house with a blue roof" -> walls, roof.

part drawings, engine -> a picture a prompt and seed -> median color of each part -> its word -> share obeyed
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sprint_live.eval.color_words import WORDS, color_word, median_lab
from sprint_live.eval.differences import thumbnail
from sprint_live.eval.intervals import statistic_interval
from sprint_live.eval.mottle import area_mottles, mottle_areas, summarize_mottle
from sprint_live.eval.parts import Asked, PartDrawing

WHAT = "share of named parts whose median color in CIELAB, away from the lines, is nearest to the word asked for"


@dataclass(frozen=True, kw_only=True)
class PartAnswer:
    """What was asked of one part, and the word that its median color has."""

    part: str
    asked: str
    seen: str

    @property
    def obeyed(self) -> bool:
        """Whether they are the same."""
        return self.asked == self.seen


@dataclass(frozen=True, kw_only=True)
class PartVerdict:
    """One picture of a part drawing. mottles: of each of its areas (`area_mottles`). thumbnail_u8: (128, 128, 3)."""

    name: str
    prompt: str
    seed: int
    answers: tuple[PartAnswer, ...]
    mottles: tuple[float, ...]
    thumbnail_u8: np.ndarray


def part_answers(picture_u8: np.ndarray, part_drawing: PartDrawing, asked: Asked) -> tuple[PartAnswer, ...]:
    """Read every part that a prompt names in a picture (S, S, 3) uint8 of the drawing's own size."""
    return tuple(
        PartAnswer(part=part, asked=word, seen=color_word(median_lab(picture_u8, part_drawing.areas[part])))
        for part, word in asked.colors.items()
    )


def judge_parts(
    draw: Callable[[np.ndarray, str, int], np.ndarray],
    part_drawings: Iterable[PartDrawing],
    *,
    num_seeds: int = 1,
    style: str = "",
) -> list[PartVerdict]:
    """Draw every prompt with seeds 0 .. num_seeds - 1; `draw(sketch_u8, prompt, seed)` gives (S, S, 3) uint8.

    style: words put behind every prompt, such as "comic".
    """
    verdicts = []
    for one in part_drawings:
        mottled = mottle_areas(one.drawing.ink)
        for asked in one.asked:
            for seed in range(num_seeds):
                picture_u8 = draw(one.drawing.sketch_u8, f"{asked.prompt}, {style}" if style else asked.prompt, seed)
                verdicts.append(
                    PartVerdict(
                        name=one.drawing.name,
                        prompt=asked.prompt,
                        seed=seed,
                        answers=part_answers(picture_u8, one, asked),
                        mottles=tuple(area_mottles(picture_u8, mottled)),
                        thumbnail_u8=thumbnail(picture_u8),
                    )
                )
    return verdicts


def summarize_parts(verdicts: list[PartVerdict]) -> dict[str, object]:
    """{part_colors, mottle, by_word, by_drawing}: share obeyed with its interval over drawings, then in detail."""
    groups: dict[str, list[list[float]]] = {}
    for verdict in verdicts:
        groups.setdefault(verdict.name, []).append([float(answer.obeyed) for answer in verdict.answers])
    mottles = [[list(verdict.mottles) for verdict in verdicts if verdict.name == name] for name in groups]
    answers = [answer for verdict in verdicts for answer in verdict.answers]
    by_word = {word: Counter(answer.seen for answer in answers if answer.asked == word) for word in WORDS}
    return {
        "part_colors": {**statistic_interval(list(groups.values())), "what": WHAT},
        "mottle": summarize_mottle(mottles),
        "by_word": {
            word: {"obeyed": round(seen[word] / seen.total(), 4), "seen": dict(seen.most_common())}
            for word, seen in by_word.items()
            if seen
        },
        "by_drawing": {name: round(float(np.mean(np.concatenate(found))), 4) for name, found in groups.items()},
    }
