"""Materials and places: a painter that obeys is told from one that draws the same whatever is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sprint_live.errors import ArgumentError
from sprint_live.eval.areas import label_areas
from sprint_live.eval.parts import read_parts
from sprint_live.eval.probe import color_statistics
from sprint_live.eval.worlds import around, draw_worlds, fit_probe, score_worlds, world_rows
from sprint_live.train.data import heldout_renders
from sprint_live.train.data.drawn_scenes import dress
from sprint_live.train.data.heldout_renders import Outlines, material_renders, page_of, place_renders
from sprint_live.train.data.materials import all_materials
from sprint_live.train.data.places import all_places

PARTS = Path(__file__).resolve().parents[2] / "assets" / "drawings" / "parts"
PLACES = ("beach", "space", "forest")


def test_the_picture_is_cropped_to_the_drawing() -> None:
    picture_u8 = np.zeros((200, 200, 3), np.uint8)
    picture_u8[60:100, 120:160] = 255
    ink = np.zeros((400, 400), bool)
    ink[120:200, 240:320] = True
    assert around(picture_u8, ink).mean() > 0.6 * 255 > 30 > around(picture_u8, None).mean()
    with pytest.raises(ArgumentError, match="blank"):
        around(picture_u8, np.zeros((400, 400), bool))


@pytest.fixture(scope="module")
def drawings():
    return read_parts(PARTS, 512)[:7]


def outlines(drawings) -> list[Outlines]:
    return [Outlines(labels=label_areas(one.drawing.ink), ink=one.drawing.ink) for one in drawings]


def test_a_page_of_a_drawing_has_its_areas_and_colors(drawings) -> None:
    (outline,) = outlines(drawings[:1])
    page = page_of(outline, np.random.default_rng(0))
    side = heldout_renders.SIDE_PX
    assert page.labels.shape == (side, side) and page.ink_u8.max() == 255
    assert len(page.colors_01) == page.labels.max() + 1 >= 4
    sizes = np.bincount(page.labels.ravel())[1:]
    assert (np.diff(sizes) <= 0).all(), "larger areas lie behind"


def test_every_material_and_place_is_rendered_of_every_drawing(drawings, monkeypatch) -> None:
    monkeypatch.setattr(heldout_renders, "RENDERS", 1)
    counted = []
    found = material_renders(outlines(drawings[:1]), counted.append)
    assert found.labels == tuple(all_materials()) and set(found.groups) == {0} and sum(counted) == len(found.labels)
    assert len({picture.tobytes() for picture in found.pictures_u8}) == len(found.labels)


def test_an_obedient_painter_is_told_from_a_deaf_one(drawings, monkeypatch) -> None:
    places = {name: all_places()[name] for name in PLACES}
    monkeypatch.setattr(heldout_renders, "all_places", lambda: places)
    renders = place_renders(outlines(drawings[1:]))
    probe = fit_probe(renders.pictures_u8, renders.labels, renders.groups, None, features=color_statistics)
    page = page_of(outlines(drawings[:1])[0], np.random.default_rng(5))
    words = {name: place.words[0] for name, place in places.items()}
    asked = []

    def obey(sketch_u8: np.ndarray, prompt: str, seed: int) -> np.ndarray:
        asked.append(prompt)
        where = next(name for name, said in words.items() if prompt.endswith(f", {said}"))
        return dress(page, all_materials()["comic"], where, np.random.default_rng(seed))[0]

    def ignore(sketch_u8: np.ndarray, prompt: str, seed: int) -> np.ndarray:
        return obey(sketch_u8, f"x, {words['space']}", seed)

    good = draw_worlds(obey, drawings[:1], words, crop=False)
    assert asked[0].startswith(drawings[0].asked[0].prompt) and good.labels == PLACES
    score = score_worlds(probe, good, "place")
    assert score["obeyed"]["mean"] == 1 and score["held_out"]["mean"] >= 0.95 and score["met"] is True
    deaf = draw_worlds(ignore, drawings[:1], words, crop=False)
    assert score_worlds(probe, deaf, "place")["obeyed"]["mean"] == 0.3333
    heading, rows = world_rows(probe, deaf, "place", 2)
    assert "place" in heading and [len(row) for row in rows] == [2, 1]
    assert [cell.good for row in rows for cell in row] == [False, True, False]


def test_a_probe_that_cannot_tell_renders_apart_judges_nobody(drawings) -> None:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (24, 64, 64, 3)).astype(np.uint8)
    labels = [("wood", "clay")[index % 2] for index in range(24)]
    probe = fit_probe(noise, labels, [index // 2 for index in range(24)], None, features=color_statistics)
    drawn = draw_worlds(lambda sketch, prompt, seed: noise[0], drawings[:1], {"wood": "made of wood"}, crop=False)
    assert score_worlds(probe, drawn, "material")["met"] is None
