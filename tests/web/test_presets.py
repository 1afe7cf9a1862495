"""The styles and places of the page: words the model was taught, labels in every language, a picture of each."""

from __future__ import annotations

import json
import runpy

import pytest
from PIL import Image

from sprint_live.models.presets import preset_styles
from sprint_live.models.zoo import PLAIN_STYLE, find_model, model_names
from sprint_live.train.data.materials import all_materials
from sprint_live.train.data.places import all_places
from support.paths import ROOT, WEB

PRESETS = json.loads((WEB / "presets.json").read_text("utf-8"))
LANGUAGES = {path.stem for path in (WEB / "languages").glob("*.json")}
MOST_BYTES = 300_000
REMAKE = "run scripts/preset_pictures.py and look at every picture"


@pytest.fixture(scope="module")
def maker() -> dict:
    """The names of scripts/preset_pictures.py."""
    return runpy.run_path(str(ROOT / "scripts" / "preset_pictures.py"))


@pytest.mark.parametrize("model", PRESETS)
def test_a_row_has_words_a_label_in_every_language_and_a_name_of_its_own(model):
    assert model in model_names() and set(PRESETS[model]) == {"styles", "places"}
    for rows in PRESETS[model].values():
        assert len(rows) >= 8 and len({row["name"] for row in rows}) == len({row["words"] for row in rows}) == len(rows)
        for row in rows:
            assert set(row) == {"name", "words", *LANGUAGES} and all(row[language] for language in LANGUAGES), row
            assert row["name"] == row["name"].lower(), "kept drawings of earlier versions find it by this"
        for language in LANGUAGES:
            assert len({row[language] for row in rows}) == len(rows), f"two rows have the same label in {language}"


@pytest.mark.parametrize("model", PRESETS)
def test_programs_take_the_same_styles(model):
    styles = find_model(model).styles
    rows = PRESETS[model]["styles"]
    assert list(styles) == [*(row["name"] for row in rows), PLAIN_STYLE]
    for row in rows:
        assert find_model(model).styled("a cat", row["name"]) == "a cat" + row["words"]
    with pytest.raises(KeyError):
        preset_styles("no such model")


def test_styles_and_places_are_those_of_the_training_captions():
    places = {word for place in all_places().values() for word in place.words}
    materials = {word for material in all_materials().values() for word in material.words}
    tiny = PRESETS["sprint-tiny"]
    assert {row["words"].removeprefix(", ") for row in tiny["styles"]} <= materials
    first, *others = tiny["places"]
    assert first["words"] == "" and {row["words"].removeprefix(" ") for row in others} <= places


@pytest.mark.parametrize("model", PRESETS)
def test_every_row_has_a_picture_by_these_weights_and_there_is_no_other(model, maker):
    folder = WEB / "presets" / model
    wanted = {f"{kind}/{row['name'].replace(' ', '-')}.webp" for kind, rows in PRESETS[model].items() for row in rows}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.webp")} == wanted, REMAKE
    assert (folder / "made-from.txt").read_text("utf-8").strip() == maker["fingerprint"](model), REMAKE
    for name in wanted:
        assert Image.open(folder / name).size == (maker["SIDE_PX"], maker["SIDE_PX"])
    assert sum((folder / name).stat().st_size for name in wanted) < MOST_BYTES
