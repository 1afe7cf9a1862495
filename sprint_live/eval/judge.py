"""Draws and scores every picture for a drawing; the pictures themselves are not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from sprint_live.api.draw_settings import DrawSettings, check_size
from sprint_live.api.frame import Frame
from sprint_live.errors import ArgumentError, refusal
from sprint_live.eval.colors import ASKED, dominant_word, follows_color, word_shares
from sprint_live.eval.differences import VISIBLE, difference, object_lab, pairwise, thumbnail
from sprint_live.eval.drawings import Drawing
from sprint_live.eval.edges import edge_curve, edge_scores
from sprint_live.eval.mottle import area_mottles, mottle_areas
from sprint_live.eval.prompts import phrase

CURVE_SEEDS = 2  # a curve costs nine thresholds, and its points hardly move with more seeds


class DrawingEngine(Protocol):
    """What of an Engine is used here."""

    def draw(self, sketch: np.ndarray, prompt: str, *, seed: int, steps: int, size: int) -> Frame:
        """One picture, at the engine's own guidance and control strength 1."""
        ...


@dataclass(frozen=True, kw_only=True)
class Plan:
    """num_seeds: pictures of each drawing's own prompt. num_prompt_seeds: of each changed prompt. size: side in pixels.
    threshold: the edge threshold chosen on real pictures, or None where there were none to choose it on.

    Raises:
        ArgumentError: a number below 1.
    """

    num_seeds: int = 8
    num_prompt_seeds: int = 2
    size: int = 1024
    steps: int = 1
    threshold: float | None = None

    def __post_init__(self) -> None:
        for name in ("num_seeds", "num_prompt_seeds"):
            if getattr(self, name) < 1:
                raise ArgumentError(refusal(got=f"{name} {getattr(self, name)}", accepted="1 or more", fix="raise it"))

    def check(self, sizes: tuple[int, ...]) -> None:
        """Raises ArgumentError unless a model of these sizes can draw every picture of the plan."""
        last_seed = max(self.num_seeds, self.num_prompt_seeds) - 1
        DrawSettings(seed=last_seed, steps=self.steps)
        check_size(self.size, sizes)

    @property
    def num_pictures(self) -> int:
        """Pictures a drawing: own prompt; plain, other noun, and every color."""
        return self.num_seeds + (2 + len(ASKED)) * self.num_prompt_seeds


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One picture of the contact sheet. good: None if nothing was asked of it."""

    thumbnail_u8: np.ndarray
    label: str
    good: bool | None = None


@dataclass(kw_only=True)
class Verdict:
    """All scores of one drawing, one entry a picture or a pair of pictures; `cells` has the pictures of seed 0 on.

    mottles: of every enclosed area of a picture. chosen: (recall, precision) at the plan's threshold. curves: at every
    threshold, of the first seeds.
    """

    name: str
    prompt: str
    recall: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    chosen: list[tuple[float, float]] = field(default_factory=list)
    curves: list[list[tuple[float, float]]] = field(default_factory=list)
    mottles: list[list[float]] = field(default_factory=list)
    seed_differences: list[float] = field(default_factory=list)
    colors: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    seed_cells: list[Cell] = field(default_factory=list)
    prompt_cells: list[Cell] = field(default_factory=list)


def other_noun(drawings: list[Drawing], index: int) -> str:
    """The other noun for drawing `index`: that of the next drawing of something else."""
    following = (drawings[(index + step) % len(drawings)].noun for step in range(1, len(drawings)))
    alone = "house" if drawings[index].noun != "house" else "cat"
    return next((noun for noun in following if noun != drawings[index].noun), alone)


def judge(
    engine: DrawingEngine, drawing: Drawing, other: str, plan: Plan, *, on_picture: Callable[[], object]
) -> Verdict:
    """Draw and score one drawing; `other` is the noun it is asked to be instead;
    `on_picture` is called `plan.num_pictures` times.
    """

    def draw(prompt: str, seed: int) -> np.ndarray:
        frame = engine.draw(drawing.sketch_u8, prompt, seed=seed, steps=plan.steps, size=plan.size)
        on_picture()
        return frame.pixels_u8

    verdict = Verdict(name=drawing.name, prompt=drawing.prompt)
    _judge_seeds(verdict, drawing, plan, draw)
    for seed in range(plan.num_prompt_seeds):
        _judge_nouns(verdict, drawing, other, seed, draw)
        _judge_colors(verdict, drawing, seed, draw)
    return verdict


Draw = Callable[[str, int], np.ndarray]


def _judge_seeds(verdict: Verdict, drawing: Drawing, plan: Plan, draw: Draw) -> None:
    labs, areas = [], mottle_areas(drawing.ink)
    for seed in range(plan.num_seeds):
        picture_u8 = draw(drawing.prompt, seed)
        recall, precision = edge_scores(picture_u8, ink=drawing.ink, lines=drawing.lines)
        verdict.recall.append(recall)
        verdict.precision.append(precision)
        if plan.threshold is not None:
            verdict.chosen.append(
                edge_scores(picture_u8, ink=drawing.ink, lines=drawing.lines, threshold=plan.threshold)
            )
        if seed < CURVE_SEEDS:
            verdict.curves.append(edge_curve(picture_u8, ink=drawing.ink, lines=drawing.lines))
        verdict.mottles.append(area_mottles(picture_u8, areas))
        verdict.seed_cells.append(Cell(thumbnail_u8=thumbnail(picture_u8), label=f"r{recall:.2f} p{precision:.2f}"))
        labs.append(object_lab(picture_u8, drawing.inside))
    verdict.seed_differences = pairwise(labs)


def _judge_nouns(verdict: Verdict, drawing: Drawing, other: str, seed: int, draw: Draw) -> None:
    plain_u8, other_u8 = draw(phrase(drawing.noun), seed), draw(phrase(other), seed)
    distance = difference(object_lab(plain_u8, drawing.inside), object_lab(other_u8, drawing.inside))
    change = {"kind": "noun", "old": drawing.noun, "new": other, "seed": seed, "difference": distance}
    verdict.changes.append({**change, "changed": distance >= VISIBLE})
    if seed == 0:
        verdict.prompt_cells.append(Cell(thumbnail_u8=thumbnail(plain_u8), label=drawing.noun))
        verdict.prompt_cells.append(Cell(thumbnail_u8=thumbnail(other_u8), label=other, good=distance >= VISIBLE))


def _judge_colors(verdict: Verdict, drawing: Drawing, seed: int, draw: Draw) -> None:
    shares, labs = {}, {}
    for word in ASKED:
        picture_u8 = draw(phrase(drawing.noun, word), seed)
        shares[word], labs[word] = word_shares(picture_u8, drawing.inside), object_lab(picture_u8, drawing.inside)
        seen = dominant_word(shares[word])
        verdict.colors.append(
            {"asked": word, "seed": seed, "seen": seen, "share": shares[word][word], "obeyed": seen == word}
        )
        if seed == 0:
            label = word if seen == word else f"{word}: {seen}"
            verdict.prompt_cells.append(Cell(thumbnail_u8=thumbnail(picture_u8), label=label, good=seen == word))
    for old, new in zip(ASKED, ASKED[1:] + ASKED[:1], strict=True):
        distance = difference(labs[old], labs[new])
        followed = follows_color(shares[old], shares[new], old=old, new=new)
        change = {"kind": "colour", "old": old, "new": new, "seed": seed, "difference": distance}
        verdict.changes.append({**change, "changed": distance >= VISIBLE, "followed": followed})
