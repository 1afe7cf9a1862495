"""What `sprint-live eval --worlds` adds: materials and places, asked of drawings with named parts and read by a
probe.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    import numpy as np

    from sprint_live.engine.engine import Engine
    from sprint_live.eval.parts import PartDrawing
    from sprint_live.eval.sheet import Section

COLUMNS = 11


def add_world_arguments(parser: argparse.ArgumentParser) -> None:
    """The option that asks for it."""
    parser.add_argument(
        "--worlds",
        type=int,
        default=0,
        help="drawings of FOLDER/parts to draw in every material and at every place; a probe trained on renders of "
        "all others "
        "says whether they look so. Takes ten minutes on two cores; 0 leaves it out (default: %(default)s)",
    )


def judge_worlds(engine: Engine, args: argparse.Namespace) -> tuple[dict[str, object] | None, list[Section]]:
    """(part of the report, sections of the sheet) of materials and places; nothing without --worlds.

    Raises:
        ArgumentError: so many drawings are asked for that fewer than four are left to train the probe on.
    """
    if not args.worlds:
        return None, []
    from sprint_live.eval.parts import read_parts
    from sprint_live.train.data.heldout_renders import material_renders, material_words, place_renders, place_words

    drawings = read_parts(args.drawings / "parts", args.size)
    if not 0 < args.worlds <= len(drawings) - 4:
        raise ArgumentError(
            refusal(
                got=f"--worlds {args.worlds} of {len(drawings)} drawings",
                accepted=f"1 to {len(drawings) - 4}",
                fix="leave four or more to train the probe on",
            )
        )
    report: dict[str, object] = {"what": f"{args.worlds} drawings in every material and at every place"}
    sections = []
    for kind, words, render in (
        ("material", material_words(), material_renders),
        ("place", place_words(), place_renders),
    ):
        report[kind], section = _judge_kind(engine, args, drawings, kind, words, render)
        sections.append(section)
    return report, sections


def _judge_kind(
    engine: Engine,
    args: argparse.Namespace,
    drawings: Sequence[PartDrawing],
    kind: str,
    words: dict[str, str],
    render: Callable,
) -> tuple[dict[str, object], Section]:
    from tqdm import tqdm

    from sprint_live.eval.areas import label_areas
    from sprint_live.eval.worlds import draw_worlds, fit_probe, score_worlds, world_rows
    from sprint_live.train.data.heldout_renders import RENDERS, Outlines

    asked, rest = drawings[: args.worlds], drawings[args.worlds :]
    crop = kind == "material"
    inks = [one.drawing.ink for one in rest]
    with tqdm(total=RENDERS * len(rest) * len(words), desc=f"{kind} renders", unit="picture") as bar:
        renders = render([Outlines(labels=label_areas(ink), ink=ink) for ink in inks], bar.update)
    probe = fit_probe(renders.pictures_u8, renders.labels, renders.groups, inks if crop else None)
    with tqdm(total=len(asked) * len(words), desc=f"{kind}s", unit="picture") as bar:

        def draw(sketch_u8: np.ndarray, prompt: str, seed: int) -> np.ndarray:
            bar.update()
            return engine.draw(sketch_u8, prompt, seed=seed, steps=args.steps, size=args.size).pixels_u8

        drawn = draw_worlds(draw, asked, words, crop=crop)
    return score_worlds(probe, drawn, kind), world_rows(probe, drawn, kind, COLUMNS)
