"""The contact sheet: one page with every drawing, the seeds of a few, and held-out scenes beside what was painted of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sprint_live.eval.collapse import SeedSet
from sprint_live.eval.differences import THUMBNAIL_PX, thumbnail
from sprint_live.eval.drawings import Drawing
from sprint_live.eval.fidelity import PaintedSet
from sprint_live.eval.judge import Cell, Verdict
from sprint_live.eval.pairs import Pair
from sprint_live.eval.part_colors import PartVerdict
from sprint_live.eval.parts import PartDrawing

MAX_SEEDS = 4
LABEL_PX = 20
GAP_PX = 4
HEADING_PX = 28
SEED_COLUMNS = 14
MAX_PAIRS = 8
INK, GOOD, BAD = (60, 60, 60), (0, 120, 40), (190, 0, 0)

Section = tuple[str, list[list[Cell]]]


def drawing_rows(drawings: Sequence[Drawing], verdicts: list[Verdict]) -> Section:
    """A row per drawing: its sketch, seeds, another noun and every color; a picture that did not obey is marked red."""
    rows = []
    for drawing, verdict in zip(drawings, verdicts, strict=True):
        lines_u8 = np.where(
            drawing.ink[..., None], np.uint8(0), np.where(drawing.inside[..., None], np.uint8(235), np.uint8(255))
        )
        sketch = Cell(thumbnail_u8=thumbnail(np.repeat(lines_u8, 3, axis=2)), label=drawing.name)
        rows.append([sketch, *verdict.seed_cells[:MAX_SEEDS], *verdict.prompt_cells])
    return "Drawings: the sketch, seeds (r edge recall, p precision), another noun, eight colors", rows


def seed_rows(sets: list[SeedSet]) -> Section:
    """All seeds of each set, red under those that count as collapsed."""
    rows = []
    for seeds in sets:
        cells = [
            Cell(
                thumbnail_u8=small_u8,
                label=f"{seeds.prompt} {index}" if index == 0 else str(index),
                good=None if fine else False,
            )
            for index, (small_u8, fine) in enumerate(
                zip(seeds.thumbnails_u8, ~(seeds.near_duplicates | seeds.broken), strict=True)
            )
        ]
        rows += [cells[start : start + SEED_COLUMNS] for start in range(0, len(cells), SEED_COLUMNS)]
    return "Seeds: all of them, unpicked", rows


def part_rows(part_drawings: Sequence[PartDrawing], verdicts: list[PartVerdict]) -> Section:
    """Drawings with named parts, each followed by its prompts at seed 0;
    under a picture what was asked, or asked:seen.
    """
    rows: list[list[Cell]] = [[]]
    for one in part_drawings:
        cells = [
            Cell(
                thumbnail_u8=thumbnail(np.where(one.drawing.ink[..., None], 0, 255).astype(np.uint8).repeat(3, axis=2)),
                label=one.drawing.name,
            )
        ]
        for verdict in verdicts:
            if verdict.name == one.drawing.name and verdict.seed == 0:
                label = " ".join(
                    answer.asked if answer.obeyed else f"{answer.asked}:{answer.seen}" for answer in verdict.answers
                )
                cells.append(
                    Cell(
                        thumbnail_u8=verdict.thumbnail_u8,
                        label=label,
                        good=all(answer.obeyed for answer in verdict.answers),
                    )
                )
        if rows[-1] and len(rows[-1]) + len(cells) > SEED_COLUMNS:
            rows.append([])
        rows[-1] += cells
    return (
        "Named parts: the drawing, its prompts; the color asked of each part, and what was seen where it is another",
        rows,
    )


def pair_rows(pairs: Sequence[Pair], real: PaintedSet, painted: dict[str, PaintedSet]) -> Section:
    """A row for each of the first held-out scenes: its sketch, the real picture, and what each set painted."""
    rows = []
    for index, pair in enumerate(pairs[:MAX_PAIRS]):
        sketch = Cell(thumbnail_u8=thumbnail(np.repeat(255 - pair.map_u8[..., None], 3, axis=2)), label=pair.caption)
        cells = [
            Cell(thumbnail_u8=found.thumbnails_u8[index], label=name)
            for name, found in {"real": real, **painted}.items()
        ]
        rows.append([sketch, *cells])
    return "Held-out scenes: the sketch, the real picture, what was painted of it", rows


def contact_sheet(sections: list[Section]) -> np.ndarray:
    """(H, W, 3) RGB uint8: sections below each other, each under its heading."""
    width = max(len(row) for _, rows in sections for row in rows) * (THUMBNAIL_PX + GAP_PX)
    bands = []
    for heading, rows in sections:
        bands.append(_text(heading, width, HEADING_PX, 16, INK))
        for row in rows:
            tiles = np.hstack([_tile(cell) for cell in row])
            bands.append(np.pad(tiles, ((0, 0), (0, width - tiles.shape[1]), (0, 0)), constant_values=255))
    return np.vstack(bands)


def _tile(cell: Cell) -> np.ndarray:
    tile_u8 = np.full((THUMBNAIL_PX + LABEL_PX + GAP_PX, THUMBNAIL_PX + GAP_PX, 3), 255, np.uint8)
    tile_u8[:THUMBNAIL_PX, :THUMBNAIL_PX] = cell.thumbnail_u8
    color = INK if cell.good is None else GOOD if cell.good else BAD
    tile_u8[THUMBNAIL_PX : THUMBNAIL_PX + LABEL_PX, :THUMBNAIL_PX] = _text(
        cell.label, THUMBNAIL_PX, LABEL_PX, 13, color
    )
    return tile_u8


def _text(words: str, width: int, height: int, size: int, color: tuple[int, int, int]) -> np.ndarray:
    """One line of text on white, cut with an ellipsis where it is too long."""
    font = ImageFont.load_default(size)
    if font.getlength(words) > width - 4:
        while words and font.getlength(f"{words}...") > width - 4:
            words = words[:-1]
        words += "..."
    page = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(page).text((2, 2), words, fill=color, font=font)
    return np.asarray(page)
