"""Does an area that a person fills or dabs with a color keep it, whatever the words say it is made of?

part drawings, engine -> a color put into each part -> a picture a style -> share of areas that kept their color
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import cv2
import numpy as np

from sprint_live.eval.areas import label_areas
from sprint_live.eval.color_words import EXAMPLES
from sprint_live.eval.colored_areas import ColoredArea, color_kept
from sprint_live.eval.intervals import statistic_interval
from sprint_live.eval.parts import PartDrawing

WAYS = ("fill", "dab")
MAX_PARTS = 3  # of a drawing: a page whose every area is colored leaves nothing to the words
DAB = 0.6  # of the largest circle inside the area
_PAINTED = ("red", "blue", "green", "yellow", "purple", "orange", "pink", "brown")
WHAT = "share of colored areas whose median color in CIELAB, away from the lines, is that of the paint"

DrawColored = Callable[[np.ndarray, str, str, np.ndarray], np.ndarray]


def paint_parts(one: PartDrawing, first_color: int, *, way: str) -> tuple[np.ndarray, list[ColoredArea]]:
    """(paint (S, S, 4) uint8 premultiplied, what was painted): up to `MAX_PARTS` parts of a drawing, no area twice.

    way: "fill" covers the areas up to their lines, "dab" is a disc in the middle of one. first_color: where in the
    row of colors it begins.
    """
    labels = label_areas(one.drawing.ink)
    paint = np.zeros((*labels.shape, 4), np.uint8)
    painted: list[ColoredArea] = []
    taken: set[int] = set()
    for area in one.areas.values():
        numbers = set(np.unique(labels[area]).tolist()) - {0}
        if numbers & taken or len(painted) == MAX_PARTS:
            continue
        taken |= numbers
        red, green, blue = bytes.fromhex(EXAMPLES[_PAINTED[(first_color + len(painted)) % len(_PAINTED)]][0])
        if way == "fill":
            whole = np.isin(labels, list(numbers)).astype(np.uint8)
            paint[cv2.dilate(whole, np.ones((5, 5), np.uint8)) > 0] = (red, green, blue, 255)
        else:
            room = cv2.distanceTransform(area.astype(np.uint8), cv2.DIST_L2, 3)
            y, x = np.unravel_index(int(room.argmax()), room.shape)
            disc = np.zeros(labels.shape, np.uint8)
            cv2.circle(disc, (int(x), int(y)), max(6, round(DAB * float(room.max()))), 255, -1)
            paint[disc > 0] = (red, green, blue, 255)
            area = area & (labels == labels[y, x])  # a part of several areas is dabbed in one of them
        painted.append(ColoredArea(area=area, rgb_u8=(red, green, blue)))
    return paint, painted


def judge_page_colors(
    draw: DrawColored, part_drawings: Iterable[PartDrawing], styles: Sequence[str]
) -> dict[str, object]:
    """{what, fill: {style: interval}, dab: {style: interval}}; intervals resample drawings.

    `draw(sketch_u8, prompt, style, paint)` gives (S, S, 3) uint8, of the drawing's own size.
    """
    kept: dict[str, dict[str, list[list[list[float]]]]] = {way: {style: [] for style in styles} for way in WAYS}
    for index, one in enumerate(part_drawings):
        for way, by_style in kept.items():
            paint, painted = paint_parts(one, 3 * index, way=way)
            for style, groups in by_style.items():
                picture_u8 = draw(one.drawing.sketch_u8, one.drawing.prompt, style, paint)
                groups.append([[float(color_kept(picture_u8, area.area, area.rgb_u8)) for area in painted]])
    found = {
        way: {style: statistic_interval(groups) for style, groups in by_style.items()} for way, by_style in kept.items()
    }
    return {"what": WHAT, **found}
