"""The contact sheet: a row a drawing, with its sketch, its seeds, another noun and every colour."""

from __future__ import annotations

import cv2
import numpy as np

from sprint_live.eval.differences import THUMBNAIL_PX, thumbnail
from sprint_live.eval.drawings import Drawing
from sprint_live.eval.judge import Cell, Verdict

MAX_SEEDS = 4
LABEL_PX = 16
GAP_PX = 4
INK, GOOD, BAD = (60, 60, 60), (0, 120, 40), (190, 0, 0)


def contact_sheet(drawings: list[Drawing], verdicts: list[Verdict]) -> np.ndarray:
    """(H, W, 3) RGB uint8; under a picture what it scored or was asked, in red where it did not obey."""
    rows = []
    for drawing, verdict in zip(drawings, verdicts, strict=True):
        lines_u8 = np.where(drawing.ink[..., None], np.uint8(0), np.where(drawing.inside[..., None], np.uint8(235), np.uint8(255)))
        sketch = Cell(thumbnail_u8=thumbnail(np.repeat(lines_u8, 3, axis=2)), label=drawing.name)
        cells = [sketch, *verdict.seed_cells[:MAX_SEEDS], *verdict.prompt_cells]
        rows.append(np.hstack([_tile(cell) for cell in cells]))
    return np.vstack(rows)


def _tile(cell: Cell) -> np.ndarray:
    tile_u8 = np.full((THUMBNAIL_PX + LABEL_PX + GAP_PX, THUMBNAIL_PX + GAP_PX, 3), 255, np.uint8)
    tile_u8[:THUMBNAIL_PX, :THUMBNAIL_PX] = cell.thumbnail_u8
    colour = INK if cell.good is None else GOOD if cell.good else BAD
    cv2.putText(tile_u8, cell.label[:20], (2, THUMBNAIL_PX + 12), cv2.FONT_HERSHEY_SIMPLEX, 0.38, colour, 1, cv2.LINE_AA)
    return tile_u8
