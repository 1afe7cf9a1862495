"""Seeds that collapse, and seeds that do not: alike, holed, clipped."""

from __future__ import annotations

import numpy as np
import pytest

from sprint_live.eval.collapse import background_of, clipped_share, hole_share, paint_seeds, summarize_seeds
from support.models.painter import RGB, SIDE, disc, disc_drawing

DRAWING = disc_drawing()


def shade(seed: int) -> tuple[int, int, int]:
    return (200 - 9 * seed, 40, 40)


def summary(draw, num_seeds: int = 8) -> dict:
    return summarize_seeds([paint_seeds(lambda prompt, seed: draw(seed), DRAWING, "red", num_seeds)])


def test_seeds_that_differ_do_not_collapse() -> None:
    asked = []
    seeds = paint_seeds(lambda prompt, seed: asked.append((prompt, seed)) or disc(shade(seed)), DRAWING, "red", 8)
    report = summarize_seeds([seeds])
    assert asked == [("a red ball", seed) for seed in range(8)] and len(seeds.thumbnails_u8) == 8
    assert report["collapsed"] == "0 of 8" and report["nothing_collapses"]
    row = report["drawings"][0]
    assert row["min_difference"] > 1 and row["diversity"]["low"] < row["diversity"]["value"] < row["diversity"]["high"]


def test_two_seeds_with_one_picture_are_both_counted() -> None:
    report = summary(lambda seed: disc(shade(2 if seed == 5 else seed)))
    assert report["collapsed"] == "2 of 8" and not report["nothing_collapses"]
    assert report["drawings"][0]["near_duplicates"] == 2 and report["drawings"][0]["broken"] == 0
    assert summary(lambda seed: disc(shade(0)))["collapsed"] == "8 of 8"


def test_a_hole_in_the_color_of_the_page_is_broken() -> None:
    def draw(seed: int) -> np.ndarray:
        picture_u8 = disc(shade(seed))
        if seed == 3:
            picture_u8[106:256] = (252, 250, 251)  # the upper half is nearly the page
        return picture_u8

    report = summary(draw)
    assert report["collapsed"] == "1 of 8" and report["drawings"][0]["broken"] == 1
    assert report["drawings"][0]["max_hole_share"] == pytest.approx(0.5, abs=0.02)


def test_a_clipped_picture_is_broken() -> None:
    report = summary(lambda seed: disc((0, 0, 0) if seed == 1 else (255, 0, 0) if seed == 2 else shade(seed)))
    assert report["collapsed"] == "2 of 8" and report["drawings"][0]["max_clipped_share"] == 1


def test_the_worst_drawing_is_the_figure() -> None:
    good, bad = (
        paint_seeds(lambda prompt, seed, kinds=kinds: disc(shade(seed % kinds)), DRAWING, "red", 8) for kinds in (8, 6)
    )
    assert summarize_seeds([good, bad])["collapsed"] == "4 of 8"


def test_holes_are_measured_against_the_picture_own_background() -> None:
    blue = disc(RGB["red"])
    blue[(blue == 255).all(axis=2)] = RGB["blue"]
    background = background_of(DRAWING.ink, DRAWING.inside)
    assert not (background & (DRAWING.ink | DRAWING.inside)).any() and background[5, 5] and not background[256, 100]
    assert hole_share(blue, DRAWING.inside, background) == 0
    assert hole_share(disc(RGB["blue"], paper=0), DRAWING.inside, background) == 0
    assert hole_share(np.full((SIDE, SIDE, 3), 200, np.uint8), DRAWING.inside, background) == 1
    assert clipped_share(disc((255, 0, 254)), DRAWING.inside) == 0
    everywhere = np.ones((64, 64), bool)
    assert background_of(everywhere, everywhere).sum() == 4 * 63, "no page left: the border ring"
