"""Two parts of `sprint-live eval`: the color of each named part of a drawing, and many seeds of one drawing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from sprint_live.engine.engine import Engine
    from sprint_live.eval.drawings import Drawing
    from sprint_live.eval.judge import Draw
    from sprint_live.eval.sheet import Section


def judge_named_parts(engine: Engine, args: argparse.Namespace) -> tuple[dict[str, object] | None, Section | None]:
    """(part of the report, section of the sheet) of FOLDER/parts; None where there is none."""
    from tqdm import tqdm

    from sprint_live.eval.part_colors import judge_parts, summarize_parts
    from sprint_live.eval.parts import has_parts, read_parts
    from sprint_live.eval.sheet import part_rows

    folder = args.drawings / "parts"
    if not has_parts(folder):
        return None, None
    part_drawings = read_parts(folder, args.size)
    num_pictures = args.prompt_seeds * sum(len(one.asked) for one in part_drawings)
    with tqdm(total=num_pictures, desc="parts", unit="picture") as bar:

        def draw(sketch_u8: np.ndarray, prompt: str, seed: int) -> np.ndarray:
            bar.update()
            return engine.draw(sketch_u8, prompt, seed=seed, steps=args.steps, size=args.size).pixels_u8

        verdicts = judge_parts(draw, part_drawings, num_seeds=args.prompt_seeds, style=args.part_style)
    what = f"{len(part_drawings)} drawings with named parts, {num_pictures} pictures"
    return {"what": what, "style": args.part_style, **summarize_parts(verdicts)}, part_rows(part_drawings, verdicts)


def judge_seeds(engine: Engine, drawings: list[Drawing], args: argparse.Namespace) -> tuple[dict[str, object], Section]:
    """(part of the report, section of the sheet) of many seeds of the first drawings."""
    from tqdm import tqdm

    from sprint_live.eval.collapse import color_for, paint_seeds, summarize_seeds
    from sprint_live.eval.sheet import seed_rows

    chosen = drawings[: args.collapse_drawings]
    with tqdm(total=args.collapse_seeds * len(chosen), desc="seeds", unit="picture") as bar:

        def draw_of(drawing: Drawing) -> Draw:
            def draw(prompt: str, seed: int) -> np.ndarray:
                bar.update()
                return engine.draw(drawing.sketch_u8, prompt, seed=seed, steps=args.steps, size=args.size).pixels_u8

            return draw

        sets = [
            paint_seeds(draw_of(drawing), drawing, color_for(index), args.collapse_seeds)
            for index, drawing in enumerate(chosen)
        ]
    return summarize_seeds(sets), seed_rows(sets)
