"""Three parts of `sprint-live eval`: the color of each named part of a drawing, colors on the page, and many seeds."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    import numpy as np

    from sprint_live.engine.engine import Engine
    from sprint_live.eval.drawings import Drawing
    from sprint_live.eval.judge import Draw
    from sprint_live.eval.sheet import Section

PAGE_COLOR_STYLES = ("comic", "clay", "gold", "watercolor")


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


def check_page_colors(engine: Engine, args: argparse.Namespace) -> None:
    """Whether --page-colors can be answered, before anything is drawn.

    Raises:
        ArgumentError: the drawings have no named parts, or the model does not read colors.
    """
    from sprint_live.eval.parts import has_parts

    if args.page_colors and not (has_parts(args.drawings / "parts") and engine.model.colored_pages):
        raise ArgumentError(
            refusal(
                got=f"--page-colors with {engine.model.name} and {args.drawings}",
                accepted="a model that reads colored pages (sprint-tiny), and drawings with parts/parts.json",
                fix="leave it out, or use assets/drawings",
            )
        )


def judge_page_colors(engine: Engine, args: argparse.Namespace) -> dict[str, object] | None:
    """The part of the report on colors that a person puts on the page; None without --page-colors."""
    from tqdm import tqdm

    from sprint_live.eval import page_colors
    from sprint_live.eval.parts import read_parts

    if not args.page_colors:
        return None
    part_drawings = read_parts(args.drawings / "parts", args.size)[: args.page_colors]
    styles = [style for style in PAGE_COLOR_STYLES if style in engine.model.styles]
    with tqdm(
        total=len(part_drawings) * len(styles) * len(page_colors.WAYS), desc="page colors", unit="picture"
    ) as bar:

        def draw(sketch_u8: np.ndarray, prompt: str, style: str, paint_u8: np.ndarray) -> np.ndarray:
            bar.update()
            words = engine.model.styled(prompt, style)
            return engine.draw(sketch_u8, words, colors=paint_u8, steps=args.steps, size=args.size).pixels_u8

        return page_colors.judge_page_colors(draw, part_drawings, styles)


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
