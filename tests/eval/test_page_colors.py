"""Colors on the page: painters that keep them, that ignore them, and the command that asks."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from sprint_live.cli import main
from sprint_live.cli._eval_drawings import check_page_colors
from sprint_live.errors import ArgumentError
from sprint_live.eval.areas import label_areas
from sprint_live.eval.page_colors import MAX_PARTS, judge_page_colors, paint_parts
from sprint_live.eval.parts import read_parts

PARTS = Path(__file__).resolve().parents[2] / "assets" / "drawings" / "parts"
SIDE = 256


@pytest.fixture(scope="module")
def drawings():
    return read_parts(PARTS, SIDE)[:6]


def filled(ink: np.ndarray, paint_u8: np.ndarray) -> np.ndarray:
    """What a model draws that keeps a color in the whole area it lies in."""
    labels = label_areas(ink)
    picture_u8 = np.full((SIDE, SIDE, 3), 255, np.uint8)
    for number in np.unique(labels[paint_u8[..., 3] > 0]):
        inside = (labels == number) & (paint_u8[..., 3] > 0)
        if number and inside.sum() > 8:
            picture_u8[labels == number] = np.median(paint_u8[inside][:, :3], axis=0)
    return picture_u8


def test_one_who_keeps_colors_scores_one_and_one_who_does_not_none(drawings) -> None:
    asked = []
    inks = {id(one.drawing.sketch_u8): one.drawing.ink for one in drawings}

    def keeps(sketch_u8, prompt, style, paint_u8):
        asked.append((prompt, style))
        return filled(inks[id(sketch_u8)], paint_u8)

    report = judge_page_colors(keeps, drawings, ("comic", "gold"))
    assert {(way, style): report[way][style]["mean"] for way in ("fill", "dab") for style in ("comic", "gold")} == {
        (way, style): 1.0 for way in ("fill", "dab") for style in ("comic", "gold")
    }
    assert report["fill"]["comic"]["num_groups"] == len(drawings) and len(set(asked)) == 2 * len(drawings)
    gray = judge_page_colors(lambda *_: np.full((SIDE, SIDE, 3), 128, np.uint8), drawings, ("comic",))
    assert gray["fill"]["comic"]["mean"] == gray["dab"]["comic"]["mean"] == 0.0


def test_only_one_of_two_styles_keeps_them(drawings) -> None:
    inks = {id(one.drawing.sketch_u8): one.drawing.ink for one in drawings}

    def comic_alone(sketch_u8, prompt, style, paint_u8):
        return filled(inks[id(sketch_u8)], paint_u8 if style == "comic" else 0 * paint_u8)

    report = judge_page_colors(comic_alone, drawings, ("comic", "clay"))
    assert report["fill"]["comic"]["mean"] == 1 and report["fill"]["clay"]["mean"] == 0


def test_a_fill_covers_its_area_a_dab_lies_in_it_and_no_area_is_painted_twice(drawings) -> None:
    for index, one in enumerate(drawings):
        fill, areas = paint_parts(one, index, way="fill")
        dab, same = paint_parts(one, index, way="dab")
        assert 0 < len(areas) == len(same) <= MAX_PARTS
        covered = np.zeros((SIDE, SIDE), int)
        for area in areas:
            covered += area.area
            assert (fill[area.area] == (*area.rgb_u8, 255)).all()
            inside = (dab[area.area] == (*area.rgb_u8, 255)).all(-1)
            assert 0 < inside.sum() < area.area.sum()
        assert covered.max() == 1
        assert len({area.rgb_u8 for area in areas}) == len(areas)


@pytest.mark.parametrize(("reads", "folder"), [(False, PARTS.parent), (True, PARTS)])
def test_what_cannot_be_asked_is_refused_before_anything_is_drawn(reads, folder) -> None:
    engine = SimpleNamespace(model=SimpleNamespace(name="m", colored_pages=reads))
    check_page_colors(engine, argparse.Namespace(page_colors=0, drawings=folder))
    with pytest.raises(ArgumentError, match="reads colored pages"):
        check_page_colors(engine, argparse.Namespace(page_colors=1, drawings=folder))


def test_a_negative_number_of_drawings_is_refused(capsys) -> None:
    assert main(["eval", "--page-colors", "-1"]) == 2
    assert "0 or more drawings" in capsys.readouterr().err
